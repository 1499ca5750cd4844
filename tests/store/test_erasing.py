"""What erasing takes away from the database, and what outputs it leaves to follow."""

import pytest

from enquete.model import Audience, InterviewKind, RespondentType, Role, Span, Suggestion, Turn
from enquete.offsets import Mapping
from enquete.store import codings, database
from enquete.store.erasing import begin_erasure, erase_interview, take_off, unfinished_erasures, withdraw, withdrawn
from enquete.store.interviews import Revision, Voice, add_interview, interviews, revise
from enquete.store.outputs import (
    confirm_destroyed,
    hand_over,
    outputs,
    outputs_holding,
    pending_recalls,
    recall,
    register_output,
)
from enquete.store.people import participants, put_participant

TEXT = "Je suis venue.\nMoi aussi, avec elle."


@pytest.fixture
def db(tmp_path):
    with database.opened(tmp_path / "etude.db") as connection:
        yield connection


@pytest.fixture
def interview(db):
    put_participant(db, "P001", RespondentType.CONCERNED)
    turns = [Turn(0, 14, 0, Role.PARTICIPANT), Turn(15, len(TEXT), 0, Role.PARTICIPANT)]
    add_interview(
        db,
        wave="v1",
        kind=InterviewKind.RECORDED,
        held_on=None,
        participants=["P001"],
        voices=[Voice(Role.PARTICIPANT, "P001")],
        revision=Revision("u1", "f1", TEXT, turns, [], [], Mapping(), "import"),
    )
    return next(interviews(db))


def test_an_interview_goes_with_all_its_revisions(db, interview):
    codings.add_coding(db, codings.Coding(interview.revision, 0, 7, "g", "A", "léa", memo="un mémo"))
    revise(db, interview, Revision("u2", "f1", TEXT, interview.turns, [], [], None, "correction"), Mapping())
    erase_interview(db, interview.id)
    withdraw(db, "P001")
    for table in ("interview", "revision", "turn", "coding", "entry", "replaced", "participant"):
        assert db.execute(f"SELECT count(*) FROM {table}").fetchone()[0] == 0, table  # noqa: S608
    assert list(withdrawn(db)) == ["P001"]
    assert participants(db) == []


def test_what_hangs_on_words_that_go_goes_with_them(db, interview):
    for start, end in ((0, 14), (3, 20), (15, 24)):
        codings.add_coding(db, codings.Coding(interview.revision, start, end, "g", "A", "léa", memo=f"{start}"))
    codings.replace_suggestions(
        db, interview.revision, ["g"], [("g", Suggestion(s, e, 0, "B", 1, "indice")) for s, e in ((0, 5), (20, 24))]
    )
    assert take_off(db, interview.revision, [Span(0, 14)], [Span(15, len(TEXT))]) == (1, 2)
    assert [(c.start, c.end, c.memo) for c in codings.codings(db)] == [(3, 20, ""), (15, 24, "15")]
    assert [(s.start, s.end) for s in codings.suggestions(db)] == [(20, 24)]


def test_an_erasure_is_marked_until_it_is_finished(db):
    begin_erasure(db, "P001")
    begin_erasure(db, "P001")
    assert unfinished_erasures(db) == ["P001"]


def test_a_copy_is_followed_apart_from_the_others(db, interview):
    first = register_output(db, "a.xlsx", "export", Audience.TEAM, "d1", ["E001", "E404"])
    assert register_output(db, "a.xlsx", "export", Audience.TEAM, "d1", ["E001"]) == first
    other = register_output(db, "a.xlsx", "export", Audience.TEAM, "d2", [])
    given = hand_over(db, first, "le CCAS")
    assert hand_over(db, 99, "le CCAS") is None
    assert [(o.id, o.holder) for o in outputs_holding(db, ["E001"])] == [(first, ""), (given, "le CCAS")]
    recall(db, [first, given])
    assert confirm_destroyed(db, first)
    assert not confirm_destroyed(db, 99)
    assert pending_recalls(db) == 1
    assert [o.id for o in outputs_holding(db, ["E001"])] == [given]
    assert [o.awaited for o in outputs(db)] == [False, False, True]
    assert other == 2


def test_written_again_a_copy_is_in_use_again(db, interview):
    first = register_output(db, "a.xlsx", "export", Audience.TEAM, "d1", ["E001"])
    recall(db, [first])
    confirm_destroyed(db, first)
    register_output(db, "a.xlsx", "export", Audience.TEAM, "d1", ["E001"])
    (output,) = outputs(db)
    assert (output.recalled_at, output.destroyed_at) == (None, None)


def test_what_was_called_back_is_remembered_without_its_interviews(db, interview):
    recall(db, [register_output(db, "a.xlsx", "export", Audience.TEAM, "d1", ["E001"])])
    erase_interview(db, interview.id)
    (output,) = outputs(db)
    assert (output.awaited, output.interviews) == (True, ())
