"""What is worked out once for a study is not worked out again."""

import re
import sqlite3
import tempfile
import zlib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from enquete.actions.coding import parses, spotting
from enquete.codebook import Code, Codebook, Cues
from enquete.model import InterviewKind, Role, Turn
from enquete.offsets import Replacement
from enquete.offsets import replace as replaced
from enquete.store.database import opened
from enquete.store.interviews import Revision, Voice, add_interview, interviews, revise
from enquete.themes import cues
from enquete.themes.cues import cue_texts
from enquete.themes.parsed import ParsedTurn, parse
from enquete.themes.spotter import Spotter


def book(*said: str) -> Codebook:
    return Codebook("x", "x", 1, (Code("A", "a", cues=Cues(lemmas=said)),))


@pytest.fixture
def read_by_the_model(monkeypatch) -> list[str]:
    """The cues that the model reads from now on."""
    seen: list[str] = []
    real = cues.parse

    def listened(texts, **options):
        seen.extend(texts)
        return real(texts, **options)

    monkeypatch.setattr(cues, "parse", listened)
    monkeypatch.setattr(cues, "_read", {})
    return seen


def test_after_an_edit_only_the_new_cue_is_read(tmp_path: Path, monkeypatch, read_by_the_model: list[str]):
    with opened(tmp_path / "etude.db") as db:
        first = parses.cue_parses(db, [book("fin de droits", "perdre mon travail")])
    monkeypatch.setattr(cues, "_read", {})  # another process
    read_by_the_model.clear()
    with opened(tmp_path / "etude.db") as db:
        edited = book("fin de droits", "perdre mon emploi")
        second = parses.cue_parses(db, [edited])
    assert read_by_the_model == ["perdre mon emploi"]
    assert list(second) == cue_texts([edited])
    assert second["fin de droits"] == first["fin de droits"]


def test_an_untouched_working_copy_is_not_read_again(enquete, study, talk, monkeypatch):
    code, _, errors = enquete("importer", "entretiens", talk, "--vague", "v1")
    assert code == 0, errors
    assert enquete("reperer")[0] == 0
    assert (study / spotting.WORKING_COPY).is_file()
    monkeypatch.setattr(spotting, "read_codings", lambda path: pytest.fail("read again"))
    assert enquete("reperer")[0] == 0


TURNS = (
    "Là j'suis arrivée en fin de droits, j'ai perdu mon logement.",
    "Vous touchez le chômage ? Le loyer, vous arrivez à le payer ?",
    "Je touche plus le chômage. Le loyer, j'arrive plus à le payer, et j'ai pas de dettes.",
    "J'ai trois enfants, on m'a renvoyée d'un bureau à l'autre. Le bus passe plus.",
    "Si on me coupe le RSA, je perds l'appartement. J'ai peur du courrier.",
)
SAID = ("fin de droits", "perdre mon logement", "pas toucher le chômage", "payer le loyer", "loyer", "avoir peur",
        "dette", "chômage", "couper le RSA", "courrier", "prendre le bus", "le")  # fmt: skip
SOUGHT = (
    ({"LEMMA": "renvoyer"}, {"OP": "*"}, {"LOWER": "bureau"}),
    ({"POS": "NUM"}, {"LOWER": "enfants"}),
    ({"POS": "NUM"},),
)
a_code = st.builds(
    lambda said, exact, patterns: Cues(words=exact, lemmas=said, patterns=patterns),
    *(st.lists(st.sampled_from(pool), max_size=4).map(tuple) for pool in (SAID, SAID, SOUGHT)),
)
a_codebook = st.lists(a_code, min_size=1, max_size=4).map(
    lambda codes: Codebook("x", "x", 1, tuple(Code(f"C{n}", "c", cues=cues) for n, cues in enumerate(codes)))
)


@pytest.fixture(scope="module")
def read_once() -> tuple[dict[int, ParsedTurn], dict[str, ParsedTurn]]:
    """The turns by index, the cues by text."""
    turns = parse(TURNS)
    return dict(enumerate(turns)), dict(zip(SAID, parse(SAID), strict=True))


def stored_interview(db: sqlite3.Connection) -> int:
    """An interview to hang on what is found; its revision."""
    text = "\n".join(TURNS)
    revision = Revision("u", "s", text, [Turn(0, len(text), 0, Role.PARTICIPANT)], [], [], None, "importation")
    add_interview(db, wave="v1", kind=InterviewKind.RECORDED, held_on=None, participants=[],
                  voices=[Voice(Role.PARTICIPANT)], revision=revision)  # fmt: skip
    return next(iter(interviews(db))).revision


@settings(max_examples=40, deadline=None)
@given(edits=st.lists(a_codebook, min_size=2, max_size=4), themes=st.booleans())
def test_after_any_edits_suggestions_are_those_of_a_fresh_search(read_once, edits: list[Codebook], themes: bool):
    turns, cues = read_once
    with tempfile.TemporaryDirectory() as folder, opened(Path(folder) / "etude.db") as db:
        revision = stored_interview(db)
        for edited in edits:
            spotter = Spotter([edited], "themes" if themes else "codes", threshold=0.1, parsed_cues=cues)
            reads = parses.searched(db, spotter, {revision: turns})[revision]
            incremental = spotter.weigh([reads[0], reads[2], reads[3], reads[4]], {1: reads[1]})
            assert incremental == spotter.spot([turns[0], turns[2], turns[3], turns[4]], {1: turns[1]})


def test_only_new_cues_are_looked_for_and_no_word_is_kept(tmp_path: Path, read_once, monkeypatch):
    turns, cues = read_once
    sought: list[list[str]] = []
    real = Spotter.search
    monkeypatch.setattr(Spotter, "search", lambda self, keys: sought.append(sorted(keys)) or real(self, keys))
    with opened(tmp_path / "etude.db") as db:
        revision = stored_interview(db)
        for said in (("fin de droits", "loyer"), ("fin de droits", "loyer", "dette"), ("loyer", "dette")):
            parses.searched(db, Spotter([book(*said)], parsed_cues=cues), {revision: turns})
        assert [[key.split(maxsplit=2)[2] for key in keys] for keys in sought] == [
            ["fin de droits", "loyer"],
            ["dette"],
        ]
        kept = b"".join(zlib.decompress(row["body"]) for row in db.execute("SELECT body FROM found"))
    assert re.search(rb"[g-zA-Z]{3}", kept) is None


def test_turns_that_were_not_read_before_are_searched(tmp_path: Path, read_once):
    turns, cues = read_once
    spotter = Spotter([book("fin de droits", "loyer")], parsed_cues=cues)
    with opened(tmp_path / "etude.db") as db:
        revision = stored_interview(db)
        parses.searched(db, spotter, {revision: {0: turns[0]}})
        reads = parses.searched(db, spotter, {revision: turns})[revision]  # roles were put right since
    assert reads[2].hits


def test_what_was_found_goes_with_its_text(tmp_path: Path, read_once):
    turns, cues = read_once
    with opened(tmp_path / "etude.db") as db:
        revision = stored_interview(db)
        parses.searched(db, Spotter([book("loyer")], parsed_cues=cues), {revision: turns})
        (interview,) = interviews(db)
        text, edits = replaced(interview.text, [Replacement(0, len(interview.text), "Rien.")])
        new = Revision("v", "s", text, [Turn(0, len(text), 0, Role.PARTICIPANT)], [], [], None, "correction")
        revise(db, interview, new, edits)
        assert db.execute("SELECT count(*) FROM found").fetchone()[0] == 0
