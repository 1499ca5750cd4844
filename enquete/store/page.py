"""What the coding page asks of the database: a coder's interviews, how far they are, what is proposed to them."""

from __future__ import annotations

import sqlite3
from typing import NamedTuple

from enquete.model import InterviewKind
from enquete.store.codings import StoredSuggestion, coder_id
from enquete.store.entries import HOLDS
from enquete.store.interviews import IN_ORDER


class Round(NamedTuple):
    """A share-out of interviews. kind: coding or training."""

    name: str
    kind: str
    blind: bool


class Mine(NamedTuple):
    """A text that a coder codes, and what they did of it. revision, uid: row and uid of its current text.

    asked: the question that it answers, « rsa-v1/dire »; empty for an interview. roles: of its voices, in order.
    place: index of the furthest turn seen, -1 before. codings: their number.
    """

    code: str
    wave: str
    kind: InterviewKind
    held_on: str | None
    asked: str
    roles: tuple[str, ...]
    revision: int
    uid: str
    round: Round | None
    place: int
    begun: bool
    read: bool
    coded: bool
    codings: int


_MINE = f"""
WITH me AS (SELECT id FROM coder WHERE code = ?)
SELECT i.code, i.wave, i.kind, i.held_on, v.id AS revision, v.uid, o.name, o.kind AS round_kind, o.blind,
    (SELECT d.questionnaire || '/' || t.question FROM open_answer t JOIN response n ON n.id = t.response_id
        JOIN dataset d ON d.id = n.dataset_id WHERE t.interview_id = i.id) AS asked,
    (SELECT group_concat(s.role) FROM (SELECT role FROM speaker WHERE interview_id = i.id ORDER BY number) s) AS roles,
    coalesce((SELECT turn FROM place p WHERE p.interview_id = i.id AND p.coder_id IN me), -1) AS place,
    EXISTS (SELECT 1 FROM entry e WHERE e.interview_id = i.id AND e.coder_id IN me) AS begun,
    EXISTS (SELECT 1 FROM entry e WHERE e.interview_id = i.id AND e.coder_id IN me AND e.kind = 'stage'
        AND e.field = 'read' AND {HOLDS}) AS seen,
    EXISTS (SELECT 1 FROM reading d WHERE d.interview_id = i.id AND d.coder_id IN me) AS coded,
    (SELECT count(*) FROM coding g WHERE g.revision_id = v.id AND g.coder_id IN me) AS codings
FROM interview i JOIN revision v ON v.interview_id = i.id AND v.text IS NOT NULL
LEFT JOIN assignment a ON a.interview_id = i.id AND a.coder_id IN me
LEFT JOIN round o ON o.id = a.round_id
WHERE (a.interview_id IS NOT NULL
    OR EXISTS (SELECT 1 FROM entry e WHERE e.interview_id = i.id AND e.coder_id IN me)
    OR NOT EXISTS (SELECT 1 FROM assignment b JOIN round q ON q.id = b.round_id
        WHERE q.kind = 'coding' OR b.coder_id IN me))
"""  # noqa: S608


def interviews_of(db: sqlite3.Connection, coder: str) -> list[Mine]:
    """The texts that a coder was given or has begun: interviews by code, then open answers.

    Every one for whoever was given none, while no round of coding has shared them out.
    """
    return [_mine(row) for row in db.execute(f"{_MINE} {IN_ORDER}", (coder,))]


def interview_of(db: sqlite3.Connection, coder: str, code: str) -> Mine | None:
    """One of them; None when it is not theirs, or does not exist."""
    row = db.execute(f"{_MINE} AND i.code = ?", (coder, code)).fetchone()
    return _mine(row) if row else None


def _mine(row: sqlite3.Row) -> Mine:
    given = Round(row["name"], row["round_kind"], bool(row["blind"])) if row["name"] is not None else None
    return Mine(
        code=row["code"],
        wave=row["wave"],
        kind=InterviewKind.ANSWER if row["asked"] else InterviewKind(row["kind"]),
        held_on=row["held_on"],
        asked=row["asked"] or "",
        roles=tuple(row["roles"].split(",")) if row["roles"] else (),
        revision=row["revision"],
        uid=row["uid"],
        round=given,
        place=row["place"],
        begun=bool(row["begun"]) or row["place"] >= 0,
        read=bool(row["seen"]) or bool(row["coded"]),
        coded=bool(row["coded"]),
        codings=row["codings"],
    )


def set_place(db: sqlite3.Connection, coder: str, interview: str, turn: int) -> None:
    """The coder has seen the turns up to this one; the furthest is kept."""
    db.execute(
        "INSERT INTO place SELECT id, ?, ? FROM interview WHERE code = ? "
        "ON CONFLICT DO UPDATE SET turn = max(turn, excluded.turn)",
        (coder_id(db, coder), turn, interview),
    )


def suggestions_on(db: sqlite3.Connection, revision: int) -> list[StoredSuggestion]:
    """The suggestions that stand in a text (its row), by place."""
    rows = db.execute(
        'SELECT id, revision_id, codebook, start, "end", code, score, origin FROM suggestion '
        'WHERE revision_id = ? ORDER BY start, "end", codebook, code',
        (revision,),
    )
    return [StoredSuggestion(*row) for row in rows]


def suggestion_stands(db: sqlite3.Connection, suggestion: int, interview: str) -> bool:
    """Whether this suggestion (its row) stands in the current text of an interview."""
    found = db.execute(
        "SELECT 1 FROM suggestion s JOIN revision v ON v.id = s.revision_id AND v.text IS NOT NULL "
        "JOIN interview i ON i.id = v.interview_id WHERE s.id = ? AND i.code = ?",
        (suggestion, interview),
    )
    return found.fetchone() is not None


def assigned_coders(db: sqlite3.Connection) -> list[str]:
    """Codes of those who were given interviews to code."""
    rows = db.execute("SELECT DISTINCT c.code FROM assignment a JOIN coder c ON c.id = a.coder_id ORDER BY c.code")
    return [row["code"] for row in rows]


def settled_names(db: sqlite3.Connection) -> set[str]:
    """Codes under which settled codings stand: nobody codes in their name."""
    return {row["code"] for row in db.execute("SELECT code FROM coder WHERE layer = 'settled'")}
