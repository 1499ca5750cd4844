"""A codebook through its versions: what each change makes of the codes, and of the text of the file."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from enquete.codebook import Code, Codebook, Cues, check, dump, load, loads, tree
from enquete.codebook.comparing import compared
from enquete.codebook.editing import edited
from enquete.codebook.revising import adopted, code_of, merged, renamed, retired, split
from enquete.errors import EnqueteError

BOOK = """\
# Grille de travail.
id: essai
label: Essai
version: 3  # relue en mars
codes:

  # ---- argent
  - id: A
    label: Argent
    definition: Tout ce qui touche aux sommes.
  - id: A.1
    label: Dettes
    include: |
      loyers
      # le crédit aussi
    cues: [devoir de l'argent, huissier]   # écrits comme on parle

  - id: A.2
    parent: A
    label: Fins de mois
    cues:
      words: [fin de mois]
  # ---- santé
  - id: B
    label: Santé
    examples: ["j'ai mal au dos"]
"""
BEFORE = loads(BOOK)


def lines(text):
    return set(text.splitlines())


def ids(book):
    return [(code.id, code.parent) for code in book.codes]


def test_a_renamed_code_changes_its_own_lines_only():
    after = renamed(BEFORE, "A.1", "dettes", "Dettes et crédits")
    text = edited(BOOK, after, {"dettes": "A.1"})
    assert loads(text) == after
    assert after.version == 4
    assert lines(BOOK) - lines(text) == {"version: 3  # relue en mars", "  - id: A.1", "    label: Dettes"}
    assert "  - id: dettes\n    parent: A\n    label: Dettes et crédits\n    include: |\n" in text
    assert len(lines(text) - lines(BOOK)) == 3


def test_codes_under_a_renamed_code_follow_it():
    after = renamed(BEFORE, "A", "argent")
    assert ids(after) == [("argent", None), ("A.1", "argent"), ("A.2", "argent"), ("B", None)]
    text = edited(BOOK, after, {"argent": "A"})
    assert loads(text) == after
    assert "# ---- argent" in text
    assert "# écrits comme on parle" in text


def test_merged_codes_leave_their_cues_examples_and_sub_codes():
    after = merged(BEFORE, ["A.2", "B"], "A.1")
    assert ids(after) == [("A", None), ("A.1", "A")]
    assert after.by_id["A.1"].cues == Cues(("fin de mois",), ("devoir de l'argent", "huissier"))
    assert after.by_id["A.1"].examples == ("j'ai mal au dos",)
    text = edited(BOOK, after)
    assert loads(text) == after
    assert {"# ---- santé", "# ---- argent"} <= {line.strip() for line in text.splitlines()}
    assert "      # le crédit aussi" in text.splitlines()


def test_a_code_merged_into_one_that_lies_under_it_gives_it_its_place():
    after = merged(BEFORE, ["A"], "A.1")
    assert ids(after) == [("A.1", None), ("A.2", "A.1"), ("B", None)]
    assert len(tree(after)) == 3
    assert loads(edited(BOOK, after)) == after


def test_codes_may_be_merged_under_a_new_one():
    after = merged(BEFORE, ["A.1", "A.2"], "A.9", "Dettes et fins de mois")
    assert ids(after) == [("A", None), ("A.9", "A"), ("B", None)]
    assert after.by_id["A.9"].label == "Dettes et fins de mois"
    assert loads(edited(BOOK, after)) == after
    with pytest.raises(EnqueteError, match="--libelle"):
        merged(BEFORE, ["A.1", "A.2"], "A.9")


def test_a_split_code_is_retired_beside_the_new_ones():
    after = split(BEFORE, "A.1", [("A.3", "Loyers"), ("A.4", "")])
    assert ids(after) == [("A", None), ("A.1", "A"), ("A.3", "A"), ("A.4", "A"), ("A.2", "A"), ("B", None)]
    assert after.by_id["A.1"].retired
    assert after.by_id["A.4"].label == "A.4"
    text = edited(BOOK, after)
    assert loads(text) == after
    assert lines(BOOK) - lines(text) == {"version: 3  # relue en mars"}
    assert "A.1  Dettes (retiré)" in "\n".join(tree(after))


def test_a_retired_code_keeps_its_cues_and_none_of_them_is_looked_for():
    after = retired(BEFORE, "A.2")
    assert after.by_id["A.2"].cues == BEFORE.by_id["A.2"].cues
    assert not after.in_use().by_id["A.2"].cues
    assert loads(edited(BOOK, after)) == after
    with pytest.raises(EnqueteError, match="retiré"):
        retired(after, "A.2")


def test_an_adopted_code_comes_last_under_its_parent():
    after = adopted(BEFORE, Code("A.3", "Entraide", parent="A", definition="Ce que la famille prête."))
    assert [code.id for code in after.codes] == ["A", "A.1", "A.2", "A.3", "B"]
    text = edited(BOOK, after)
    assert loads(text) == after
    assert lines(BOOK) - lines(text) == {"version: 3  # relue en mars"}


@pytest.mark.parametrize("new", ["a.2", "~mien", "", "deux  espaces"])
def test_an_id_that_is_taken_or_means_something_else_is_refused(new):
    with pytest.raises(EnqueteError):
        renamed(BEFORE, "A.1", new)


def test_a_code_is_found_in_any_case_and_an_unknown_one_says_which_are_near():
    assert code_of(BEFORE, "a.1").id == "A.1"
    with pytest.raises(EnqueteError, match=r"A\.1"):
        code_of(BEFORE, "A.11")


@pytest.mark.parametrize(
    "odd",
    [
        'id: e\nlabel: E\ncodes: [{id: A, label: Un}, {id: B, label: Deux}]\n',
        "label: E\ncodes:\n- {id: A, label: Un}\n- id: B\n  label: Deux\nid: e\nversion: 3\n",
        "id: e\nlabel: E\ncodes:\n-\n  id: A\n  label: Un\n- id: B\n  label: Deux\n",
        '{"id": "e", "label": "E", "codes": [{"id": "A", "label": "Un"}, {"id": "B", "label": "Deux"}]}',
    ],
)  # fmt: skip
def test_another_layout_is_written_anew(odd):
    after = renamed(loads(odd), "B", "C")
    assert loads(edited(odd, after, {"C": "B"})) == after


def test_a_codebook_without_version_becomes_version_2():
    text = edited(
        BOOK.replace("version: 3  # relue en mars\n", ""), retired(loads(BOOK.replace("version: 3 ", "")), "B")
    )
    assert loads(text).version == 2
    assert "# ---- argent" in text


@pytest.mark.parametrize("name", ["rsa/rsa.yaml", "inclusion-numerique/inclusion-numerique.yaml"])
def test_the_codebooks_of_the_kits_keep_their_comments(name):
    path = Path(__file__).parents[2] / "codebooks" / name
    text, book = path.read_text(encoding="utf-8"), load(path)
    some = book.codes[1]
    after = renamed(split(book, some.id, [("X1", "Un"), ("X2", "Deux")]), book.codes[0].id, "theme")
    new = edited(text, after, {"theme": book.codes[0].id})
    assert loads(new) == after
    assert {line for line in text.splitlines() if line.lstrip().startswith("#")} <= set(new.splitlines())
    assert len(lines(text) - lines(new)) < 15


def test_a_retired_code_is_not_reproached_with_having_no_definition():
    bare = loads("id: e\nlabel: E\ncodes:\n- id: A\n  label: Un\n  retired: true\n")
    assert check(bare) == []
    assert loads(dump(bare)) == bare


def test_versions_compared():
    after = renamed(BEFORE, "A.1", "dettes", "Dettes et crédits")
    after = merged(after, ["A.2"], "dettes")
    after = retired(after, "B")
    after = adopted(after, Code("C", "Entraide"))
    found = compared(BEFORE, after, {"A.1": "dettes", "A.2": "dettes"})
    assert [code.id for code in found.added] == ["C"]
    assert found.gone == {"A.1": "dettes", "A.2": "dettes"}
    assert [code.id for code in found.retired] == ["B"]
    assert {one.after.id: one.parts for one in found.changed}["dettes"][0] == "libellé"
    assert not compared(BEFORE, BEFORE)


def test_a_code_renamed_by_hand_is_known_by_its_label_and_definition():
    found = compared(BEFORE, loads(BOOK.replace("id: B", "id: sante")))
    assert found.gone == {"B": "sante"}
    assert found.added == ()


WORD = st.text("abcdé'#:- \"", min_size=1, max_size=12).map(str.strip).filter(bool)
CODES = st.lists(
    st.builds(
        lambda label, definition, words, retired: (label, definition, words, retired),
        WORD, st.one_of(st.just(""), WORD), st.lists(WORD, max_size=2), st.booleans(),
    ),
    min_size=2, max_size=5,
)  # fmt: skip


@given(CODES, st.data())
def test_what_is_written_reads_back_as_what_was_asked_for(drawn, data):
    codes = [
        Code(f"c{place}", " ".join(label.split()), definition=definition, cues=Cues(words=tuple(dict.fromkeys(words))),
             retired=gone)
        for place, (label, definition, words, gone) in enumerate(drawn)
    ]  # fmt: skip
    book = loads(dump(Codebook("e", "E", 1, tuple(codes))))
    text = dump(book)
    one, other = data.draw(st.permutations([code.id for code in book.codes]))[:2]
    for after, names in (
        (renamed(book, one, "neuf"), {"neuf": one}),
        (merged(book, [one], other), {}),
        (split(book, one, [("x", ""), ("y", "")]), {}),
        (adopted(book, Code("neuf", "Neuf", parent=other)), {}),
    ):
        assert loads(edited(text, after, names)) == after
