"""What somebody says of a passage without coding it: comments, and words that stand for its own."""

from __future__ import annotations

import sqlite3

from enquete.findings.written.types import Remark, RemarkKind
from enquete.store.interviews import now


def remarks(db: sqlite3.Connection) -> list[Remark]:
    """By interview and place, then in the order in which they were made."""
    rows = db.execute(
        "SELECT m.*, i.code AS interview FROM remark m JOIN revision r ON r.id = m.revision_id "
        'JOIN interview i ON i.id = r.interview_id WHERE r.text IS NOT NULL ORDER BY i.code, m.start, m."end", m.id'
    )
    return [
        Remark(
            row["id"], RemarkKind(row["kind"]), row["interview"], row["start"], row["end"], row["body"], row["author"],
            bool(row["touched"]), row["signer"],
        )
        for row in rows
    ]  # fmt: skip


def note_remark(
    db: sqlite3.Connection, kind: RemarkKind, interview: str, start: int, end: int, body: str, author: str
) -> int:
    """Says this of text[start:end] of the interview's current revision; gives its number.

    A passage has one paraphrase: a new one takes its place, unsigned. Raises KeyError for an unknown interview.
    """
    row = db.execute(
        "SELECT r.id FROM revision r JOIN interview i ON i.id = r.interview_id WHERE i.code = ? AND r.text IS NOT NULL",
        (interview,),
    ).fetchone()
    if row is None:
        raise KeyError(interview)
    if kind is RemarkKind.PARAPHRASE:
        db.execute(
            'DELETE FROM remark WHERE kind = ? AND revision_id = ? AND start = ? AND "end" = ?',
            (kind, row["id"], start, end),
        )
    made = db.execute(
        'INSERT INTO remark (kind, revision_id, start, "end", body, author, made_at) VALUES (?, ?, ?, ?, ?, ?, ?)',
        (kind, row["id"], start, end, body, author, now()),
    )
    return int(made.lastrowid or 0)


def drop_remark(db: sqlite3.Connection, number: int) -> None:
    """It is said no longer."""
    db.execute("DELETE FROM remark WHERE id = ?", (number,))


def sign_remark(db: sqlite3.Connection, number: int, signer: str) -> None:
    """A named person who has read it lets a paraphrase out for diffusion; empty: takes that back."""
    kept = 0 if signer else 3  # of what had changed since it was written: it has been read
    db.execute("UPDATE remark SET signer = ?, touched = touched & ? WHERE id = ?", (signer, kept, number))
