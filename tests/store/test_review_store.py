"""Alerts, reviews and what was settled, as the database keeps them."""

import pytest

from enquete.model import Doubt, InterviewKind, Role, Turn
from enquete.model import IdentifierType as Type
from enquete.offsets import Mapping
from enquete.store import review
from enquete.store.database import opened, transaction
from enquete.store.interviews import Mask, Revision, Voice, add_interview, doubts, interviews, revise
from enquete.store.review import Alert, AlertKind, Settled


def revision(uid, text, masks=(), reason="import"):
    turns = [Turn(0, len(text), 0, Role.PARTICIPANT)]
    return Revision(uid, uid, text, turns, masks, [Doubt(0, 2, "mot")], None, reason)


@pytest.fixture
def db(tmp_path):
    with opened(tmp_path / "etude.db") as connection:
        mask = Mask(0, 3, Type.PERSON, "e1", 1.0, "titre", "f1")
        with transaction(connection):
            for uid in ("a", "b"):
                add_interview(
                    connection, wave="v1", kind=InterviewKind.RECORDED, held_on=None, participants=[],
                    voices=[Voice(Role.PARTICIPANT)], revision=revision(uid, "Léa parle.", [mask]),
                )  # fmt: skip
        yield connection


def row(db, code):
    return next(text for text in interviews(db) if text.code == code)


def test_names_found_late_block_and_flags_do_not(db):
    review.raise_alert(db, row(db, "E001").id, AlertKind.LATE_NAME, "e1")
    review.raise_alert(db, row(db, "E001").id, AlertKind.LATE_NAME, "e1")
    review.raise_alert(db, row(db, "E002").id, AlertKind.FLAG, "s1")
    assert [(a.interview, a.kind, a.subject) for a in review.alerts(db)] == [
        ("E001", AlertKind.LATE_NAME, "e1"),
        ("E002", AlertKind.FLAG, "s1"),
    ]
    (blocking,) = review.blocking_alerts(db)
    assert isinstance(blocking, Alert)
    assert blocking.interview == "E001"
    assert review.lower_alerts(db, ["e1", "e9"]) == 1
    assert review.blocking_alerts(db) == []


def test_an_alert_about_what_stands_nowhere_goes(db):
    for subject in ("e1", "e2"):
        review.raise_alert(db, row(db, "E001").id, AlertKind.LATE_NAME, subject)
    review.drop_vain_alerts(db)
    assert [alert.subject for alert in review.alerts(db)] == ["e1"]


def test_a_review_tells_who_and_whether_the_words_changed_since(db):
    text = row(db, "E001")
    review.set_reviewed(db, text.id, "lea")
    assert {code: (r.reviewer, r.corrected) for code, r in review.reviews(db).items()} == {"E001": ("lea", False)}
    revise(db, text, revision("c", "Léa parlait.", reason=review.CORRECTION), Mapping())
    assert review.reviews(db)["E001"].corrected
    review.forget_review(db, text.id)
    assert review.reviews(db) == {}


def test_what_was_accepted_is_kept_once(db):
    review.settle(db, {Settled("e1", "f1")})
    review.settle(db, {Settled("e1", "f1"), Settled("e1", "f2")})
    assert review.settled(db) == {Settled("e1", "f1"), Settled("e1", "f2")}


def test_a_decision_begun_is_known_until_it_ends(db):
    review.begin_decision(db, ["e1", "e2"])
    assert review.interrupted_decision(db) == {"e1", "e2"}
    review.end_decision(db, ["e1", "e2"])
    assert review.interrupted_decision(db) == set()


def test_doubts_are_said_anew(db):
    text = row(db, "E001")
    review.set_doubts(db, text.revision, [Doubt(4, 9, "autre", 0.9)])
    assert doubts(db, text.revision) == [Doubt(4, 9, "autre", 0.9)]
    assert review.current_revision(db, text.id) == text.revision
