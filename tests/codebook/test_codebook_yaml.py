"""Codebooks written in YAML: what is read, what is refused and where."""

from textwrap import dedent

import pytest
from hypothesis import given
from hypothesis import strategies as st

from enquete.codebook import Code, Codebook, Cues, dump, load, loads
from enquete.codebook.yaml_file import CONTROL, clean, clean_line
from enquete.errors import EnqueteError, Problem

BOOK = """\
id: rsa
label: Le « nouveau RSA »
version: 3
codes:
  - id: R01
    label: Entrée dans le RSA
    definition: >-
      Comment la personne
      arrive au RSA.
    colour: "#4477AA"
  - id: R01.1
    label: Bascule
    definition: Ce qui a tout déclenché.
    examples: ["« j'suis arrivé en fin de droits »"]
    cues:
      words: [RSA]
      lemmas: [fin de droits, pas toucher le chômage]
      patterns: [[{LEMMA: renvoyer}, {OP: "?"}, {LOWER: on}]]
  - id: R01.2
    parent: R01
    label: Oui
    cues: [déposer un dossier]
"""


def problem(text: str) -> EnqueteError:
    with pytest.raises(EnqueteError) as caught:
        loads(dedent(text), "grille.yaml")
    return caught.value


def test_every_field_is_read():
    book = loads(BOOK)
    assert (book.id, book.label, book.version) == ("rsa", "Le « nouveau RSA »", 3)
    assert book.by_id["R01"].definition == "Comment la personne arrive au RSA."
    bascule = book.by_id["R01.1"]
    assert bascule.parent == "R01"  # what stands before the last dot
    assert bascule.cues.words == ("RSA",)
    assert bascule.cues.lemmas == ("fin de droits", "pas toucher le chômage")
    assert bascule.cues.patterns == (({"LEMMA": "renvoyer"}, {"OP": "?"}, {"LOWER": "on"}),)
    assert book.by_id["R01.2"].cues == Cues(lemmas=("déposer un dossier",))
    assert book.by_id["R01.2"].label == "Oui"  # never a truth value


def test_lines_are_kept():
    book = loads(BOOK)
    assert book.by_id["R01.1"].line() == 11
    assert book.by_id["R01.1"].line("fin de droits") == 17
    assert book.by_id["R01"].line("colour") == 10


def test_sub_codes_inherit_colour_and_belong_to_a_theme():
    book = loads(BOOK)
    assert book.colour("R01.1") == "#4477AA"
    assert book.theme("R01.1") == "R01"
    assert [code.id for code in book.path("R01.2")] == ["R01", "R01.2"]
    assert [code.id for code in book.children["R01"]] == ["R01.1", "R01.2"]


def test_every_fault_is_listed_with_its_line():
    error = problem("""\
        id: x
        label: y
        version: deux
        codes:
          - id: a
            libellé: Titre
            definitoin: Texte
          - label: sans identifiant
            label: deux fois
            cues: {words: loyer}
    """)
    assert error.problem is Problem.CODEBOOK_FAULTS
    assert error.where == "grille.yaml, ligne 3"
    for expected in (
        "nombre entier",
        "ligne 5 : il manque « label »",
        "ligne 6 : le champ « libellé » n'existe pas ; vouliez-vous dire « label » ?",
        "ligne 7 : le champ « definitoin » n'existe pas ; vouliez-vous dire « definition » ?",
        "ligne 8 : il manque « id »",
        "ligne 9 : « label » est écrit deux fois",
        "ligne 10 : « words » est une liste",
    ):
        assert expected in str(error)


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("id: x\nlabel: a: b\n", 2),
        ("id: x\ncodes: [\n", 3),
        ("id: x\n\tlabel: y\n", 2),
        ("id: x\nlabel: *rien\n", 2),
        ("id: x\nlabel: y\ncodes: &c [*c]\n", 3),
        ("id: x\n---\nid: y\n", 2),
        ("[" * 3000, 1),
    ],
)
def test_what_is_no_yaml_is_refused_in_french(text: str, line: int):
    error = problem(text)
    assert error.where == f"grille.yaml, ligne {line}"
    assert "could not" not in str(error)
    assert "expected" not in str(error)


@pytest.mark.parametrize("text", ["", "- a\n", "texte\n", "id: x\nlabel: y\n", "id: x\nlabel: y\ncodes: oui\n"])
def test_what_is_no_codebook_is_refused(text: str):
    assert problem(text).problem is Problem.CODEBOOK_FAULTS


def test_a_file_that_is_missing_or_not_in_utf8(tmp_path):
    with pytest.raises(EnqueteError) as caught:
        load(tmp_path / "rien.yaml")
    assert caught.value.problem is Problem.FILE_NOT_FOUND
    path = tmp_path / "latin.yaml"
    path.write_bytes("id: x\nlabel: é\n".encode("latin-1"))
    with pytest.raises(EnqueteError, match="UTF-8") as caught:
        load(path)
    assert caught.value.where == "latin.yaml, ligne 2"


def test_the_hash_tells_contents_not_versions():
    book = loads(BOOK)
    assert loads(BOOK.replace("version: 3", "version: 4")).content_hash == book.content_hash
    assert loads(BOOK.replace("fin de droits", "fin de contrat")).content_hash != book.content_hash


texts = st.text(st.characters(exclude_categories=("Cs",))).map(lambda t: clean(CONTROL.sub("", t)))
lines = texts.map(clean_line)
named = lines.filter(bool)
patterns = st.lists(
    st.dictionaries(
        st.sampled_from(["LOWER", "LEMMA", "OP"]), named | st.lists(named, min_size=1).map(lambda x: {"IN": x})
    ),
    min_size=1,
    max_size=3,
).map(tuple)
codes = st.builds(
    Code,
    id=named,
    label=named,
    parent=st.none() | named,
    definition=texts,
    include=texts,
    exclude=texts,
    examples=st.lists(named, max_size=2).map(tuple),
    colour=st.just("") | st.just("#4477AA"),
    cues=st.builds(
        Cues,
        words=st.lists(named, max_size=2).map(tuple),
        lemmas=st.lists(named, max_size=2).map(tuple),
        patterns=st.lists(patterns, max_size=2).map(tuple),
    ),
)
books = st.builds(
    Codebook, id=named, label=named, version=st.integers(1, 99), codes=st.lists(codes, max_size=4).map(tuple)
)


@given(books)
def test_what_is_written_is_read_back_the_same(book: Codebook):
    written = dump(book)
    assert loads(written) == book
    assert dump(loads(written)) == written
    assert loads(written).content_hash == book.content_hash
