"""What the database keeps of people met again."""

from datetime import date

import pytest

from enquete.model import Channel, LossReason, Outcome, RespondentType
from enquete.store import database
from enquete.store.erasing import people_withdrawn, withdraw, withdrawn
from enquete.store.follow_up import (
    Attempt,
    Loss,
    add_attempt,
    attempts,
    found_again,
    limits,
    losses,
    meetings,
    put_loss,
    set_limit,
    tell_apart,
    told_apart,
)
from enquete.store.linking import add_other_code, conflict, merge
from enquete.store.people import Participation, code_of, known_codes, participants, put_participant, put_participation
from enquete.store.responses import Dataset, ResponseRow, add_responses, new_dataset
from enquete.store.words import coders_words, unread_since

DAY = date(2025, 10, 1)


@pytest.fixture
def db(tmp_path):
    with database.opened(tmp_path / "etude.db") as connection, database.transaction(connection):
        for code in ("P001", "P002", "P003"):
            put_participant(connection, code, RespondentType.CONCERNED)
        yield connection


def test_attempts_of_every_kind_come_back(db):
    given = [Attempt("P001", "v2", DAY, channel, outcome) for channel in Channel for outcome in Outcome]
    for one in given:
        add_attempt(db, one)
    assert attempts(db) == given


def test_a_loss_said_anew_keeps_what_was_known(db):
    for reason in LossReason:
        put_loss(db, Loss("P001", "v2", reason, DAY, "lea", "partie en juin" if reason is LossReason.MOVED else ""))
    assert losses(db) == [Loss("P001", "v2", LossReason.UNKNOWN, DAY, "lea", "partie en juin")]
    put_loss(db, Loss("P001", "v2", LossReason.DIED, DAY, "max", "le centre social l'a dit"))
    assert [one.known for one in losses(db)] == ["le centre social l'a dit"]
    assert [words.body for words in coders_words(db)] == ["le centre social l'a dit"]
    assert unread_since(db) is not None


def test_who_is_found_again_is_lost_no_more(db):
    put_loss(db, Loss("P001", "v2", LossReason.MOVED, DAY, "lea"))
    assert found_again(db, "P001", DAY) == ["v2"]
    assert found_again(db, "P001", DAY) == []
    assert losses(db)[0].found_on == DAY


def test_limits_of_ones_own(db):
    set_limit(db, "P001", 2)
    set_limit(db, "P001", 3)
    assert limits(db) == {"P001": 3}
    set_limit(db, "P001", None)
    assert limits(db) == {}


def test_answers_are_meetings_but_not_each_row_of_a_repeat(db):
    for part in ("", "foyer/enfants"):
        add_responses(
            db,
            new_dataset(db, Dataset(0, "q", "v2", part, False, ())),
            [ResponseRow(1, None, "", "2025-10-01T09:00", "[]")],
        )
    (one,) = meetings(db)
    assert (one.participant, one.wave, one.on, one.questionnaire, one.keyed) == ("P001", "v2", DAY, "q", False)


def test_pairs_told_apart_follow_a_link(db):
    tell_apart(db, "P003", "P002")
    tell_apart(db, "P002", "P003")
    merge(db, "P003", "P001", "lea")
    assert told_apart(db) == {frozenset(("P001", "P002"))}
    assert known_codes(db) == {"P001": "P001", "P002": "P002", "P003": "P001"}
    assert code_of(db, "p 3") == "P001"
    assert code_of(db, "p4") is None


def test_codes_already_borne_follow_too(db):
    add_other_code(db, "Z9", "P003", "lea")
    merge(db, "P003", "P001", "lea")
    assert code_of(db, "z9") == "P001"
    withdraw(db, "P001")
    assert set(withdrawn(db)) == {"P001", "P003", "Z9"}
    assert people_withdrawn(db) == ["P001"]
    assert code_of(db, "z9") is None


def test_what_stands_against_a_link(db):
    rows = {one: number for number, one in enumerate(("P001", "P002", "P003"), 1)}
    put_participation(db, rows["P001"], Participation("v1", None, {"commune": "Bagneux", "sexe": "F"}))
    put_participation(db, rows["P002"], Participation("v1", None, {"commune": "Nanterre", "sexe": "F"}))
    put_participation(db, rows["P003"], Participation("v2", "centre social", {"commune": "Nanterre"}))
    assert conflict(db, "P001", "P002").attributes == (("v1", "commune"),)
    assert not conflict(db, "P001", "P003")
    merge(db, "P003", "P001", "lea")
    one = participants(db)[0]
    assert (one.waves["v2"].recruited_by, one.waves["v2"].attributes) == ("centre social", {"commune": "Nanterre"})
