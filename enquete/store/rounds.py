"""Who is to code what: rounds, and the interviews that they give to each coder."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from typing import NamedTuple

from enquete.store.codings import coder_id
from enquete.store.entries import HOLDS
from enquete.store.interviews import now

CODING, TRAINING = "coding", "training"  # kinds of rounds
_SETTLED = "settled"  # layer of what adjudication kept


class StoredRound(NamedTuple):
    """A share-out of interviews. seed: what chance was drawn from, None when it was made by hand.

    reference: code of the coder whom newcomers are compared with (training); settled: it is what adjudication kept.
    """

    name: str
    kind: str
    seed: int | None
    reference: str | None
    settled: bool
    made_at: str


class Assignment(NamedTuple):
    """interview, coder: codes. round: its name."""

    interview: str
    coder: str
    round: str
    kind: str


def add_round(
    db: sqlite3.Connection, name: str, kind: str, *, seed: int | None = None, reference: str | None = None
) -> None:
    """A new round, blind: nobody sees another one's codings. reference: code of a coder."""
    db.execute(
        "INSERT INTO round (name, kind, reference_id, blind, seed, made_at) VALUES (?, ?, ?, 1, ?, ?)",
        (name, kind, coder_id(db, reference) if reference else None, seed, now()),
    )


def rounds(db: sqlite3.Connection) -> list[StoredRound]:
    """In the order in which they were made."""
    rows = db.execute(
        "SELECT o.name, o.kind, o.seed, c.code, coalesce(c.layer, '') = ?, o.made_at "
        "FROM round o LEFT JOIN coder c ON c.id = o.reference_id ORDER BY o.id",
        (_SETTLED,),
    )
    return [StoredRound(r[0], r[1], r[2], r[3], bool(r[4]), r[5]) for r in rows]


def assign(db: sqlite3.Connection, name: str, pairs: Iterable[tuple[str, str]]) -> None:
    """Gives (interview, coder) to each other, within a round; what a coder has already stays in its round."""
    for interview, coder in pairs:
        db.execute(
            "INSERT OR IGNORE INTO assignment SELECT i.id, ?, o.id FROM interview i, round o "
            "WHERE i.code = ? AND o.name = ?",
            (coder_id(db, coder), interview, name),
        )


def unassign(db: sqlite3.Connection, taken: Iterable[Assignment]) -> None:
    """Takes interviews back, with how far they were read; a round that gives nothing any more goes too."""
    for one in taken:
        for table in ("assignment", "place"):
            db.execute(
                f"DELETE FROM {table} WHERE interview_id = (SELECT id FROM interview WHERE code = ?) "  # noqa: S608
                "AND coder_id = (SELECT id FROM coder WHERE code = ?)",
                (one.interview, one.coder),
            )
    db.execute("DELETE FROM round WHERE id NOT IN (SELECT round_id FROM assignment)")


def assignments(db: sqlite3.Connection) -> list[Assignment]:
    """By interview and coder."""
    rows = db.execute(
        "SELECT i.code, c.code, o.name, o.kind FROM assignment a JOIN interview i ON i.id = a.interview_id "
        "JOIN coder c ON c.id = a.coder_id JOIN round o ON o.id = a.round_id ORDER BY i.code, c.code"
    )
    return [Assignment(*row) for row in rows]


class Progress(NamedTuple):
    """How far a coder is with an interview (codes). entries, codings: those that hold; read, coded: said by the coder.

    opened: a page has shown it to them.
    """

    interview: str
    coder: str
    entries: int
    codings: int
    opened: bool
    read: bool
    coded: bool


def begun(db: sqlite3.Connection) -> set[tuple[str, str]]:
    """(interview, coder) of whatever somebody has worked on, though they may have taken it all away since."""
    rows = db.execute(
        "SELECT DISTINCT i.code, c.code FROM entry e JOIN interview i ON i.id = e.interview_id "
        "JOIN coder c ON c.id = e.coder_id AND c.layer <> ?",
        (_SETTLED,),
    )
    return {(row[0], row[1]) for row in rows}


def progress(db: sqlite3.Connection) -> list[Progress]:
    """Of each coder on each interview that they have opened or worked on, by interview and coder."""
    rows = db.execute(
        f"""
        SELECT i.code, c.code, sum(entry), sum(d.kind = 'coding'), sum(NOT entry),
            sum(d.field = 'read'), sum(d.field = 'coded')
        FROM (
            SELECT interview_id, coder_id, 1 AS entry, kind, CASE kind WHEN 'stage' THEN field END AS field
                FROM entry e WHERE interview_id IS NOT NULL AND kind <> 'gone' AND {HOLDS}
            UNION ALL SELECT interview_id, coder_id, 0, '', NULL FROM place
        ) d JOIN interview i ON i.id = interview_id JOIN coder c ON c.id = coder_id AND c.layer <> ?
        GROUP BY i.code, c.code ORDER BY i.code, c.code
        """,  # noqa: S608
        (_SETTLED,),
    )
    return [Progress(r[0], r[1], r[2], r[3], bool(r[4]), bool(r[5] or r[6]), bool(r[6])) for r in rows]
