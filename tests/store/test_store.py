"""The database: revisions carry what hangs on them, and nothing half-done stays."""

import sqlite3

import pytest
from hypothesis import given
from hypothesis import strategies as st

from enquete.errors import EnqueteError, Problem
from enquete.model import IdentifierType, InterviewKind, RespondentType, Role, Suggestion, Turn
from enquete.offsets import Mapping, Replacement, replace
from enquete.store import codings, database
from enquete.store.entries import all_entries
from enquete.store.interviews import Mask, Revision, Voice, add_interview, edits_since, interviews, revise
from enquete.store.people import Participation, participants, put_participant, put_participation


def revision(uid, text):
    return Revision(uid, "f1", text, [Turn(0, len(text), 0, Role.PARTICIPANT)], [], [], Mapping(), "import")


def add(db, text, uid="u1"):
    put_participant(db, "P001", RespondentType.CONCERNED)
    code = add_interview(
        db,
        wave="v1",
        kind=InterviewKind.RECORDED,
        held_on=None,
        participants=["P001"],
        voices=[Voice(Role.PARTICIPANT, "P001")],
        revision=revision(uid, text),
    )
    return next(interview for interview in interviews(db) if interview.code == code)


@pytest.fixture
def db(tmp_path):
    with database.opened(tmp_path / "etude.db") as connection:
        yield connection


def test_an_interview_comes_back_whole(db):
    put_participant(db, "P001", RespondentType.HELPER)
    text = "[prénom] habite [commune]"
    masks = [
        Mask(0, 8, IdentifierType.PERSON, "k1", 0.9, "titre"),
        Mask(16, 25, IdentifierType.PLACE, "k2", 1.0, "liste"),
    ]
    turns = [Turn(0, 25, 0, Role.OTHER, 1.5, 4.0)]
    add_interview(
        db,
        wave="v2",
        kind=InterviewKind.NOTES,
        held_on="2025-03-01",
        participants=["P001"],
        voices=[Voice(Role.OTHER)],
        revision=Revision("u1", "f1", text, turns, masks, [], None, "import"),
    )
    (found,) = interviews(db)
    assert (found.code, found.wave, found.kind, found.held_on) == ("E001", "v2", InterviewKind.NOTES, "2025-03-01")
    assert found.text == text
    assert list(found.masks) == masks
    assert list(found.turns) == turns
    assert found.participants == ("P001",)


def test_people_keep_what_is_not_given_anew(db):
    row = put_participant(db, "P001", RespondentType.CONCERNED)
    put_participation(db, row, Participation("v1", "CCAS", {"sexe": "F", "âge": "25-34"}))
    put_participation(db, row, Participation("v1", None, {"âge": "35-44"}))
    (person,) = participants(db)
    assert person.waves["v1"].attributes == {"sexe": "F", "âge": "35-44"}
    assert person.waves["v1"].recruited_by == "CCAS"


def test_a_new_revision_carries_codings_suggestions_and_memos(db):
    old = add(db, "Karim habite ici depuis dix ans")
    with database.transaction(db):
        codings.add_coding(db, codings.Coding(old.revision, 20, 31, "g", "A", "léa", "cite", "un mémo"))
        codings.replace_suggestions(db, old.revision, ["g"], [("g", Suggestion(6, 16, 0, "B", 0.5, "indice"))])
        new, edits = replace(old.text, [Replacement(0, 5, "Jean-Luc")])
        touched = revise(db, old, revision("u2", new), edits)
    (now,) = interviews(db)
    (coding,) = codings.codings(db)
    (suggestion,) = codings.suggestions(db)
    assert touched == 0
    assert now.text[coding.start : coding.end] == "uis dix ans"
    assert (coding.revision, coding.flag, coding.memo) == (now.revision, "cite", "un mémo")
    assert now.text[suggestion.start : suggestion.end] == "habite ici"
    assert edits_since(db, "u1") == (now.revision, edits)
    assert db.execute("SELECT count(*) FROM revision WHERE text LIKE '%Karim%'").fetchone()[0] == 0


def test_codings_that_become_one_are_joined_with_their_memos(db):
    old = add(db, "chez Vigie Boucle")
    with database.transaction(db):
        codings.add_coding(db, codings.Coding(old.revision, 5, 10, "g", "A", "léa", None, "un"))
        codings.add_coding(db, codings.Coding(old.revision, 11, 17, "g", "A", "léa", "cite", "deux"))
        new, edits = replace(old.text, [Replacement(5, 17, "[employeur]")])
        revise(db, old, revision("u2", new), edits)
    (coding,) = codings.codings(db)
    assert (coding.memo, coding.flag, coding.touched) == ("un\ndeux", "cite", True)


@given(st.data())
def test_chained_revisions_lose_no_coding(data):
    text = data.draw(st.text("abc ", min_size=4, max_size=20))
    with database.opened(":memory:") as db:
        interview = add(db, text)
        start = data.draw(st.integers(0, len(text) - 2))
        end = data.draw(st.integers(start + 1, len(text)))
        codings.add_coding(db, codings.Coding(interview.revision, start, end, "g", "A", "léa"))
        words, changed = text[start:end], False
        for step in range(3):
            (interview,) = interviews(db)
            low = data.draw(st.integers(0, len(interview.text)))
            high = data.draw(st.integers(low, len(interview.text)))
            new, edits = replace(interview.text, [Replacement(low, high, data.draw(st.text("XY", max_size=3)))])
            with database.transaction(db):
                changed |= bool(revise(db, interview, revision(f"r{step}", new), edits))
        (coding,) = codings.codings(db)
        (interview,) = interviews(db)
        assert 0 <= coding.start <= coding.end <= len(interview.text)
        assert coding.touched == changed
        if not changed:
            assert interview.text[coding.start : coding.end] == words


def test_a_coding_given_twice_stands_once(db):
    interview = add(db, "bonjour")
    coding = codings.Coding(interview.revision, 0, 7, "g", "A", "léa", None, "mémo")
    assert codings.add_coding(db, coding)
    assert not codings.add_coding(db, coding)
    assert len(codings.codings(db)) == 1
    assert codings.codings(db)[0].memo == "mémo"


def test_suggestions_that_stay_keep_their_row(db):
    interview = add(db, "bonjour à tous")
    first = Suggestion(0, 7, 0, "A", 0.5, "indice : x")
    codings.replace_suggestions(db, interview.revision, ["g"], [("g", first)])
    row = codings.suggestions(db)[0].id
    codings.decide(db, row, "léa", "refused")
    again = [("g", Suggestion(0, 7, 0, "A", 0.7, "indice : y")), ("g", Suggestion(10, 14, 0, "B", 0.6, "z"))]
    codings.replace_suggestions(db, interview.revision, ["g"], again)
    assert [(s.id == row, s.score) for s in codings.suggestions(db)] == [(True, 0.7), (False, 0.6)]
    codings.replace_suggestions(db, interview.revision, ["g"], [])
    assert codings.suggestions(db) == []


def test_a_decision_that_changes_takes_its_coding_away_and_loses_nothing(db):
    interview = add(db, "Je viens de Nanterre.")
    codings.replace_suggestions(db, interview.revision, ["g"], [("g", Suggestion(0, 7, 0, "A", 0.9, "indice : x"))])
    row = codings.suggestions(db)[0].id
    taken = codings.Coding(interview.revision, 0, 7, "g", "A", "léa", memo="un doute", suggestion=row)

    def states():
        return [(c.code, c.memo) for c in codings.codings(db)]

    assert codings.add_coding(db, taken)
    assert codings.take_back(db, row, "léa", []) == 1
    assert states() == []
    before = [one.entry for one in all_entries(db, "léa")]
    assert {entry.body for entry in before} >= {"un doute"}
    assert codings.take_back(db, row, "léa", []) == 0
    assert codings.add_coding(db, taken)  # decided otherwise once more
    assert states() == [("A", "un doute")]
    assert not codings.add_coding(db, taken)
    assert {entry.uid for entry in before} <= {one.entry.uid for one in all_entries(db, "léa")}


def test_a_failing_transaction_leaves_nothing(db):
    def fail():
        with database.transaction(db):
            add(db, "bonjour")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert list(interviews(db)) == []


def test_a_full_disk_is_said_to_be_full(tmp_path):
    def fill():
        with database.opened(tmp_path / "etude.db") as db:
            db.execute(f"PRAGMA max_page_count = {db.execute('PRAGMA page_count').fetchone()[0]}")
            with database.transaction(db):
                add(db, "bonjour " * 100_000)

    with pytest.raises(EnqueteError, match="database or disk is full"):
        fill()


def test_a_failing_migration_rolls_back_whole(tmp_path):
    path = tmp_path / "etude.db"
    with database.opened(path) as db:
        add(db, "bonjour")
        broken = [*database.migrations(), (99, "CREATE TABLE more (x); CREATE TABLE participant (x);")]
        with pytest.raises(sqlite3.OperationalError):
            database.migrate(path, db, broken)
        assert db.execute("PRAGMA user_version").fetchone()[0] == database.migrations()[-1][0]
        assert db.execute("SELECT count(*) FROM sqlite_master WHERE name = 'more'").fetchone()[0] == 0
    assert (tmp_path / "etude.avant-099.db").exists()


def test_a_file_that_is_no_database_is_refused(tmp_path):
    path = tmp_path / "etude.db"
    path.write_bytes(b"not a database at all, but long enough to look" * 100)
    with pytest.raises(EnqueteError) as caught, database.opened(path):
        pass
    assert caught.value.problem is Problem.BROKEN_DATABASE


def test_a_newer_study_is_refused(tmp_path):
    path = tmp_path / "etude.db"
    with database.opened(path) as db:
        db.execute("PRAGMA user_version = 99")
    with pytest.raises(EnqueteError) as caught, database.opened(path):
        pass
    assert caught.value.problem is Problem.NEWER_STUDY


def test_deleted_text_leaves_the_file(tmp_path):
    path = tmp_path / "etude.db"
    with database.opened(path) as db:
        old = add(db, "le secret de Fatoumata " * 50)
        with database.transaction(db):
            revise(db, old, revision("u2", "rien"), Mapping())
    assert b"Fatoumata" not in path.read_bytes()
