"""Correcting a transcript: words that were ill heard, with what hangs on them."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from enquete.actions.interviews.correcting import corrections_of_words
from enquete.actions.interviews.correction_sheet import read_sheet, sheet
from enquete.actions.interviews.revising import Change, revise_text
from enquete.errors import EnqueteError, Problem
from enquete.model import InterviewKind, Role, Turn
from enquete.store import codings as stored
from enquete.store import database
from enquete.store.interviews import Revision, Voice, add_interview, interviews
from enquete.store.people import put_participant

NAMES = ("Fatoumata", "Diarra", "Ibrahim", "Lefèvre")


@pytest.fixture
def imported(study, talk, enquete):
    """The study with one interview, E001, coded by lea on « plus rien sur le compte »."""
    code, _, errors = enquete("importer", "entretiens", talk, "--vague", "v1")
    assert code == 0, errors
    table = study.parent / "codages.csv"
    table.write_text("entretien;tour;citation;code\nE001;4;plus rien sur le compte;R07.1\n", encoding="utf-8")
    code, _, errors = enquete("importer", "codages", table, "--codeur", "lea")
    assert code == 0, errors
    return study


def stored_interview(folder, number=0):
    with database.opened(folder / "etude.db") as db:
        return list(interviews(db))[number]


def quoted(folder):
    with database.opened(folder / "etude.db") as db:
        (text,) = interviews(db)
        return [text.text[c.start : c.end] for c in stored.codings(db)]


def test_words_ill_heard_are_corrected_and_codings_follow(imported, enquete):
    code, out, errors = enquete("corriger", "E001", "--remplacer", "pendant deux mois", "--par", "pendant douze mois")
    assert code == 0, errors
    assert "1\u00a0correction enregistrée." in out
    assert "pendant douze mois" in stored_interview(imported).text
    assert quoted(imported) == ["plus rien sur le compte"]


def test_a_coding_whose_own_words_changed_is_listed(imported, enquete):
    _, out, _ = enquete("corriger", "e001", "--remplacer", "rien sur le compte", "--par", "un sou sur le compte")
    assert "E001, tour 4 : R07.1 (lea)" in out
    assert quoted(imported) == ["plus un sou sur le compte"]


def test_a_name_typed_in_is_masked_as_the_same_person(imported, enquete):
    before = stored_interview(imported)
    pseudonym = next(m for m in before.masks if "Fatoumata" not in before.text and m.type == "PERSONNE")
    code, out, _ = enquete("corriger", "E001", "--remplacer", "expliquer", "--par", "expliqué, à moi Fatoumata")
    assert code == 1
    code, out, errors = enquete("corriger", "E001", "--remplacer", "expliqué", "--par", "expliqué, moi Fatoumata")
    assert code == 0, errors
    after = stored_interview(imported)
    assert not any(name in after.text + out for name in NAMES)
    first = before.text[pseudonym.start : pseudonym.end].split()[0]
    assert f"expliqué, moi {first}" in after.text
    mine = [m for m in after.masks if m.start > after.text.index("expliqué")]
    assert [m.entity for m in mine] == [pseudonym.entity]


def test_elision_before_a_typed_name_is_kept(imported, enquete):
    enquete("corriger", "E001", "--remplacer", "sur le compte", "--par", "sur le compte de ma fille Aminata")
    text = stored_interview(imported).text
    assert "Aminata" not in text
    assert "de d'" not in text


def test_a_pseudonym_is_no_transcription_fault(imported, enquete):
    text = stored_interview(imported)
    mask = text.masks[0]
    code, _, errors = enquete("corriger", "E001", "--remplacer", text.text[mask.start : mask.end], "--par", "Awa")
    assert code == 1
    assert "enquete relire" in errors


def test_words_that_stand_several_times_want_a_turn(imported, enquete):
    code, _, errors = enquete("corriger", "E001", "--remplacer", "le", "--par", "la")
    assert code == 1
    assert "--tour" in errors
    code, _, errors = enquete("corriger", "E001", "--remplacer", "le", "--par", "la", "--tour", "5", "--partout")
    assert code == 0, errors
    assert "Et la contrat" in stored_interview(imported).text


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("E009", "--remplacer", "a", "--par", "b"), "E009"),
        (("E001", "--remplacer", "girafe", "--par", "b"), "ne s'y trouvent pas"),
        (("E001", "--remplacer", "  ", "--par", "b"), "ne s'y trouvent pas"),
        (("E001", "--remplacer", "le", "--par", "b", "--tour", "99"), "6 tours"),
        (("E001", "--reprendre", "absent.txt"), "n'existe pas"),
    ],
)
def test_what_can_not_be_corrected_is_said(imported, enquete, words, told):
    code, _, errors = enquete("corriger", *words)
    assert code == 1
    assert told in errors


def test_half_a_correction_is_misuse(imported, enquete):
    code, _, errors = enquete("corriger", "E001", "--remplacer", "le")
    assert code == 2
    assert "--par" in errors


def test_a_trial_changes_nothing(imported, enquete):
    before = (imported / "etude.db").read_bytes()
    code, out, _ = enquete("corriger", "E001", "--remplacer", "deux mois", "--par", "trois mois", "--essai")
    assert code == 0
    assert "trois mois" in out
    assert (imported / "etude.db").read_bytes() == before


def test_a_sheet_is_written_edited_and_read_back(imported, enquete):
    code, out, errors = enquete("corriger", "E001", "--exporter")
    assert code == 0, errors
    path = Path(out.splitlines()[0].partition(" : ")[2])
    text = path.read_text(encoding="utf-8")
    assert "[4] participant" in text
    path.write_text(text.replace("la moitié", "la totalité"), encoding="cp1252", newline="\r\n")
    code, out, errors = enquete("corriger", "E001", "--reprendre", path)
    assert code == 0, errors
    assert "1\u00a0correction enregistrée." in out
    assert "coupé la totalité pendant deux mois" in stored_interview(imported).text
    code, _, errors = enquete("corriger", "E001", "--reprendre", path)
    assert code == 1
    assert "a changé depuis" in errors


def test_a_sheet_without_one_of_its_turns_is_refused_with_its_line(imported, enquete):
    _, out, _ = enquete("corriger", "E001", "--exporter")
    path = Path(out.splitlines()[0].partition(" : ")[2])
    path.write_text(path.read_text(encoding="utf-8").replace("[3] ", "3 "), encoding="utf-8")
    code, _, errors = enquete("corriger", "E001", "--reprendre", path)
    assert code == 1
    assert "tour 3" in errors
    assert "ligne" in errors


WORDS = st.text(st.sampled_from("abé [3]\n'’-é12"), max_size=40).filter(lambda t: t == t.strip("\n"))


@given(st.lists(st.tuples(st.sampled_from(list(Role)), WORDS), min_size=1, max_size=6))
def test_a_sheet_gives_back_the_turns(turns):
    written = sheet("E001", "abc", turns)
    assert read_sheet("x.txt", written, "E001", "abc", len(turns)) == [words for _, words in turns]


# --- chains of revisions


def revision(text, turns):
    return Revision("u0", "s0", text, turns, (), (), None, "import")


LETTERS = st.text(st.sampled_from("abcdefgh "), min_size=1, max_size=6)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_codings_keep_their_words_through_any_chain_of_corrections(tmp_path_factory, data):
    """Each letter of the text is told apart: a coding holds the letters that it held, and what was typed inside."""
    text = "".join(chr(0x4E00 + n) for n in range(60))
    path = tmp_path_factory.mktemp("chain") / "etude.db"
    spans = data.draw(st.lists(st.tuples(st.integers(0, 59), st.integers(1, 20)), min_size=1, max_size=6))
    with database.opened(path) as db, database.transaction(db):
        put_participant(db, "P001", "concerned")
        turns = [Turn(0, 30, 0, Role.PARTICIPANT), Turn(30, 60, 0, Role.PARTICIPANT)]
        add_interview(
            db,
            wave="v1",
            kind=InterviewKind.RECORDED,
            held_on=None,
            participants=["P001"],
            voices=[Voice(Role.PARTICIPANT, "P001")],
            revision=revision(text, turns),
        )
        (interview,) = interviews(db)
        for number, (start, length) in enumerate(spans):
            coding = stored.Coding(interview.revision, start, min(60, start + length), "rsa", f"R{number}", "lea")
            stored.add_coding(db, coding)
        expected = {f"R{n}": set(text[s : min(60, s + size)]) for n, (s, size) in enumerate(spans)}
        alive = set(text)
        for _ in range(data.draw(st.integers(1, 4))):
            (interview,) = interviews(db)
            changes = data.draw(chains(interview.text))
            gone = {letter for c in changes for letter in interview.text[c.start : c.end]} - {
                letter for c in changes for letter in c.text
            }
            alive -= gone
            revise_text(db, interview, changes, "correction")
        (interview,) = interviews(db)
        found = {c.code: interview.text[c.start : c.end] for c in stored.codings(db)}
        assert set(found) == set(expected)
        for code, letters in expected.items():
            assert letters & alive <= set(found[code])
            strangers = {letter for letter in found[code] if not letter.isascii()} - letters
            assert not strangers


@st.composite
def chains(draw, text):
    """Disjoint changes of a text."""
    cuts = sorted(draw(st.sets(st.integers(0, len(text)), min_size=2, max_size=6)))
    return [
        Change(start, end, draw(LETTERS))
        for start, end in zip(cuts[::2], cuts[1::2], strict=False)
        if draw(st.booleans()) or end - start < 8
    ]


def test_corrections_of_words_find_them_over_line_ends(tmp_path):
    with database.opened(tmp_path / "etude.db") as db, database.transaction(db):
        put_participant(db, "P001", "concerned")
        text = "on m'a\ncoupé tout"
        add_interview(
            db,
            wave="v1",
            kind=InterviewKind.RECORDED,
            held_on=None,
            participants=["P001"],
            voices=[Voice(Role.PARTICIPANT, "P001")],
            revision=revision(text, [Turn(0, len(text), 0, Role.PARTICIPANT)]),
        )
        (interview,) = interviews(db)
    (found,) = corrections_of_words(interview, "m'a coupé", "m'a tout coupé", None, everywhere=False)
    assert text[found.start : found.end] == "m'a\ncoupé"
    with pytest.raises(EnqueteError) as caught:
        corrections_of_words(interview, "oupé", "x", None, everywhere=False)
    assert caught.value.problem is Problem.WORDS_NOT_FOUND
