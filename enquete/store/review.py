"""What a person has read through and settled, and what came up since. Keys and keyed hashes only: no name."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from enum import StrEnum
from typing import NamedTuple

from enquete.model import Doubt
from enquete.store.interviews import now

CORRECTION = "correction"  # the reason of a revision that corrects the words of a transcript
_DECIDING = "review "


class AlertKind(StrEnum):
    """LATE_NAME: an import told a name that stood in this text. FLAG: a coder found a word revealing."""

    LATE_NAME = "late name"
    FLAG = "flag"


class Alert(NamedTuple):
    """interview: its code. subject: key of the vault's book of names, or of the coder's flag. raised_at: UTC."""

    interview: str
    kind: AlertKind
    subject: str
    raised_at: str


class Review(NamedTuple):
    """Who has read the pseudonyms of an interview through, and when (UTC). corrected: its words changed since."""

    reviewer: str
    reviewed_at: str
    corrected: bool


class Settled(NamedTuple):
    """What a person has accepted: these words (keyed hash) stand for this entity."""

    entity: str
    form: str


def alerts(db: sqlite3.Connection) -> list[Alert]:
    """What waits for a person, by interview, in the order in which it came up."""
    rows = db.execute(
        "SELECT i.code, a.kind, a.subject, a.raised_at FROM alert a JOIN interview i ON i.id = a.interview_id "
        "ORDER BY i.code, a.id"
    )
    return [Alert(row["code"], AlertKind(row["kind"]), row["subject"], row["raised_at"]) for row in rows]


def blocking_alerts(db: sqlite3.Connection) -> list[Alert]:
    """Those that keep every output back until a person has settled them: names found later."""
    return [alert for alert in alerts(db) if alert.kind is AlertKind.LATE_NAME]


def raise_alert(db: sqlite3.Connection, interview: int, kind: AlertKind, subject: str) -> None:
    """interview: its row. The same alert twice is one."""
    db.execute(
        "INSERT OR IGNORE INTO alert (interview_id, kind, subject, raised_at) VALUES (?, ?, ?, ?)",
        (interview, kind.value, subject, now()),
    )


def lower_alerts(db: sqlite3.Connection, subjects: Iterable[str]) -> int:
    """Takes back the alerts about these subjects, in every interview; gives their number."""
    return sum(db.execute("DELETE FROM alert WHERE subject = ?", (subject,)).rowcount for subject in subjects)


def drop_vain_alerts(db: sqlite3.Connection) -> None:
    """Takes back the alerts about what no longer stands in their interview's text."""
    db.execute(
        "DELETE FROM alert WHERE NOT EXISTS (SELECT 1 FROM mask m JOIN revision r ON r.id = m.revision_id "
        "WHERE r.interview_id = alert.interview_id AND r.text IS NOT NULL AND m.entity = alert.subject)"
    )


def reviews(db: sqlite3.Connection) -> dict[str, Review]:
    """By interview code; an interview without one is to be read."""
    rows = db.execute(
        "SELECT i.code, v.reviewer, v.reviewed_at, EXISTS (SELECT 1 FROM revision r WHERE r.interview_id = i.id "
        "AND r.reason = ? AND r.made_at >= v.reviewed_at) AS corrected "
        "FROM review v JOIN interview i ON i.id = v.interview_id ORDER BY i.code",
        (CORRECTION,),
    )
    return {row["code"]: Review(row["reviewer"], row["reviewed_at"], bool(row["corrected"])) for row in rows}


def set_reviewed(db: sqlite3.Connection, interview: int, reviewer: str) -> None:
    """interview: its row. Said again, the last reader and day count."""
    db.execute("INSERT OR REPLACE INTO review VALUES (?, ?, ?)", (interview, reviewer, now()))


def forget_review(db: sqlite3.Connection, interview: int) -> None:
    """The interview is to be read again."""
    db.execute("DELETE FROM review WHERE interview_id = ?", (interview,))


def settled(db: sqlite3.Connection) -> set[Settled]:
    """What was accepted, and is not asked again."""
    return {Settled(row["entity"], row["form"]) for row in db.execute("SELECT entity, form FROM settled")}


def settle(db: sqlite3.Connection, accepted: Iterable[Settled]) -> None:
    """These are not asked again."""
    db.executemany("INSERT OR IGNORE INTO settled VALUES (?, ?)", sorted(accepted))


def begin_decision(db: sqlite3.Connection, entities: Iterable[str]) -> None:
    """Says which entities are about to change: what a killed process left of it can be told and finished."""
    db.executemany("INSERT OR IGNORE INTO pending VALUES (?)", [(_DECIDING + entity,) for entity in entities])


def interrupted_decision(db: sqlite3.Connection) -> set[str]:
    """The entities whose change was begun and not ended."""
    rows = db.execute("SELECT task FROM pending WHERE task LIKE ?", (f"{_DECIDING}%",))
    return {row["task"].removeprefix(_DECIDING) for row in rows}


def end_decision(db: sqlite3.Connection, entities: Iterable[str]) -> None:
    """The vault and the texts are in step for these."""
    db.executemany("DELETE FROM pending WHERE task = ?", [(_DECIDING + entity,) for entity in entities])


def current_revision(db: sqlite3.Connection, interview: int) -> int:
    """The row of the text that an interview (its row) has now."""
    row = db.execute("SELECT id FROM revision WHERE interview_id = ? AND text IS NOT NULL", (interview,)).fetchone()
    return int(row["id"])


def set_doubts(db: sqlite3.Connection, revision: int, doubts: Iterable[Doubt]) -> None:
    """Says anew which words of a current text are doubtful; the text stays."""
    db.execute("DELETE FROM doubt WHERE revision_id = ?", (revision,))
    db.executemany(
        'INSERT OR IGNORE INTO doubt (revision_id, start, "end", why, risk) VALUES (?, ?, ?, ?, ?)',
        [(revision, d.start, d.end, d.why, d.risk) for d in doubts],
    )
