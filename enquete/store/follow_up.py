"""The same people met again: who was met when, who was tried, who is lost from sight, whom a human told apart."""

from __future__ import annotations

import secrets
import sqlite3
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from enquete.coding.entries import Entry, Kind
from enquete.model import Channel, LossReason, Outcome
from enquete.store.interviews import now, participant_id
from enquete.store.settled import note


class Meeting(NamedTuple):
    """An interview (its code), or answers to a questionnaire (its name, keyed). on: day, when it is known.

    keyed: False for a row of a file that does not say whose answers these are.
    """

    participant: str
    wave: str
    on: date | None
    interview: str = ""
    questionnaire: str = ""
    keyed: bool = True


def meetings(db: sqlite3.Connection) -> list[Meeting]:
    """Interviews and questionnaires of everybody, by person and day."""
    rows = db.execute(
        "SELECT p.code, i.wave, i.held_on AS held, i.code AS interview, '' AS questionnaire, 1 AS keyed "
        "FROM interview i JOIN interview_participant ip ON ip.interview_id = i.id "
        "JOIN participant p ON p.id = ip.participant_id "
        "WHERE NOT EXISTS (SELECT 1 FROM open_answer o WHERE o.interview_id = i.id) "
        "UNION ALL SELECT p.code, d.wave, r.answered_on, '', d.questionnaire, d.keyed FROM response r "
        "JOIN dataset d ON d.id = r.dataset_id JOIN participant p ON p.id = r.participant_id WHERE d.part = '' "
        "ORDER BY 1, 3, 4, 5"
    )
    return [
        Meeting(r["code"], r["wave"], _day(r["held"]), r["interview"], r["questionnaire"], bool(r["keyed"]))
        for r in rows
    ]


def _day(written: str | None) -> date | None:
    return date.fromisoformat(written[:10]) if written else None


class Attempt(NamedTuple):
    """Somebody was tried. participant: code."""

    participant: str
    wave: str
    on: date
    channel: Channel
    outcome: Outcome


def add_attempt(db: sqlite3.Connection, attempt: Attempt) -> None:
    """The participant must be there."""
    db.execute(
        "INSERT INTO attempt (participant_id, wave, tried_on, channel, outcome, made_at) VALUES (?, ?, ?, ?, ?, ?)",
        (
            participant_id(db, attempt.participant), attempt.wave, attempt.on.isoformat(), attempt.channel,
            attempt.outcome, now(),
        ),
    )  # fmt: skip


def attempts(db: sqlite3.Connection) -> list[Attempt]:
    """Of everybody, by person, wave and day."""
    rows = db.execute(
        "SELECT p.code, a.* FROM attempt a JOIN participant p ON p.id = a.participant_id "
        "ORDER BY p.code, a.wave, a.tried_on, a.id"
    )
    return [
        Attempt(r["code"], r["wave"], date.fromisoformat(r["tried_on"]), Channel(r["channel"]), Outcome(r["outcome"]))
        for r in rows
    ]


def set_limit(db: sqlite3.Connection, participant: str, limit: int | None) -> None:
    """How often somebody may be tried in a wave; None: as often as the study says."""
    person = participant_id(db, participant)
    db.execute("DELETE FROM attempt_limit WHERE participant_id = ?", (person,))
    if limit is not None:
        db.execute("INSERT INTO attempt_limit VALUES (?, ?)", (person, limit))


def limits(db: sqlite3.Connection) -> dict[str, int]:
    """Of those who have a limit of their own, by code."""
    rows = db.execute("SELECT p.code, l.attempts FROM attempt_limit l JOIN participant p ON p.id = l.participant_id")
    return {row["code"]: row["attempts"] for row in rows}


@dataclass(frozen=True, slots=True)
class Loss:
    """Somebody is not met in a wave. known: what is known of it, pseudonymised. by: code of who says so.

    found_on: when they were found again, None while they are lost.
    """

    participant: str
    wave: str
    reason: LossReason
    on: date
    by: str
    known: str = ""
    found_on: date | None = None


def put_loss(db: sqlite3.Connection, loss: Loss) -> None:
    """Says so, or says it anew; what was known stays where nothing else is given. The participant must be there."""
    person = participant_id(db, loss.participant)
    row = db.execute("SELECT known_id FROM lost WHERE participant_id = ? AND wave = ?", (person, loss.wave)).fetchone()
    known = row["known_id"] if row else None
    if loss.known:
        db.execute("DELETE FROM entry WHERE id = ?", (known,))
        known = note(db, _words(loss.known))
    db.execute(
        "INSERT OR REPLACE INTO lost (participant_id, wave, reason, noted_on, noted_by, found_on, known_id) "
        "VALUES (?, ?, ?, ?, ?, ?, ?)",
        (person, loss.wave, loss.reason, loss.on.isoformat(), loss.by, loss.found_on, known),
    )


def _words(body: str) -> Entry:
    uid = f"l{secrets.token_hex(8)}"
    return Entry(uid=uid, kind=Kind.MEMO, step=uid, item=uid, body=body, made_at=now())


def found_again(db: sqlite3.Connection, participant: str, on: date) -> list[str]:
    """Somebody is lost no more; gives the waves in which they were."""
    person = participant_id(db, participant)
    waves = [
        row["wave"]
        for row in db.execute("SELECT wave FROM lost WHERE participant_id = ? AND found_on IS NULL", (person,))
    ]
    db.execute("UPDATE lost SET found_on = ? WHERE participant_id = ? AND found_on IS NULL", (on.isoformat(), person))
    return waves


def losses(db: sqlite3.Connection) -> list[Loss]:
    """Of everybody, those who were found again too, by person and wave."""
    rows = db.execute(
        "SELECT p.code, l.*, coalesce(e.body, '') AS known FROM lost l JOIN participant p ON p.id = l.participant_id "
        "LEFT JOIN entry e ON e.id = l.known_id ORDER BY p.code, l.wave"
    )
    return [
        Loss(
            r["code"], r["wave"], LossReason(r["reason"]), date.fromisoformat(r["noted_on"]), r["noted_by"],
            r["known"], _day(r["found_on"]),
        )
        for r in rows
    ]  # fmt: skip


def tell_apart(db: sqlite3.Connection, one: str, other: str) -> None:
    """A human says that these are two people."""
    rows = sorted((participant_id(db, one), participant_id(db, other)))
    db.execute("INSERT OR IGNORE INTO told_apart VALUES (?, ?)", rows)


def told_apart(db: sqlite3.Connection) -> set[frozenset[str]]:
    """Pairs of codes."""
    rows = db.execute(
        "SELECT a.code AS one, b.code AS other FROM told_apart t JOIN participant a ON a.id = t.one_id "
        "JOIN participant b ON b.id = t.other_id"
    )
    return {frozenset((row["one"], row["other"])) for row in rows}
