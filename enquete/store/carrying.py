"""Moves what hangs on a text to its next revision: codings, suggestions, memos. Nothing is lost."""

from __future__ import annotations

import sqlite3

from enquete.model import Span
from enquete.offsets import Mapping


def carry(db: sqlite3.Connection, old: int, new: int, edits: Mapping) -> int:
    """Codings, suggestions and memos of revision `old` to `new`; gives the codings whose own words changed.

    Two codings of one coder and code that become the same passage are joined: memos follow the one that stays.
    """
    touched = _carry_codings(db, old, new, edits)
    _carry_suggestions(db, old, new, edits)
    memos = db.execute('SELECT id, start, "end" FROM memo WHERE revision_id = ?', (old,)).fetchall()
    for memo in memos:
        span = None if memo["start"] is None else edits.span(Span(memo["start"], memo["end"])).span
        db.execute(
            'UPDATE memo SET revision_id = ?, start = ?, "end" = ? WHERE id = ?',
            (new, span and span.start, span and span.end, memo["id"]),
        )
    return touched


def _carry_codings(db: sqlite3.Connection, old: int, new: int, edits: Mapping) -> int:
    rows = db.execute("SELECT * FROM coding WHERE revision_id = ? ORDER BY id", (old,)).fetchall()
    moves = edits.spans([Span(row["start"], row["end"]) for row in rows])
    stays: dict[tuple[object, ...], int] = {}
    touched = 0
    for row, (span, changed) in zip(rows, moves, strict=True):
        key = (row["coder_id"], row["codebook"], row["code"], span)
        if key in stays:
            keep = stays[key]
            db.execute("UPDATE memo SET coding_id = ? WHERE coding_id = ?", (keep, row["id"]))
            db.execute("UPDATE coding SET flag = coalesce(flag, ?) WHERE id = ?", (row["flag"], keep))
            db.execute("DELETE FROM coding WHERE id = ?", (row["id"],))
            continue
        stays[key] = row["id"]
        touched += changed
        if changed:  # void; and its digest would confirm a name that was masked since to whoever guesses
            db.execute("DELETE FROM signoff WHERE coding_id = ?", (row["id"],))
        db.execute(
            'UPDATE coding SET revision_id = ?, start = ?, "end" = ?, touched = touched OR ? WHERE id = ?',
            (new, span.start, span.end, changed, row["id"]),
        )
    return touched


def _carry_suggestions(db: sqlite3.Connection, old: int, new: int, edits: Mapping) -> None:
    rows = db.execute("SELECT * FROM suggestion WHERE revision_id = ? ORDER BY id", (old,)).fetchall()
    moves = edits.spans([Span(row["start"], row["end"]) for row in rows])
    for row, (span, _) in zip(rows, moves, strict=True):
        moved = db.execute(
            'UPDATE OR IGNORE suggestion SET revision_id = ?, start = ?, "end" = ? WHERE id = ?',
            (new, span.start, span.end, row["id"]),
        )
        if not moved.rowcount:
            db.execute("DELETE FROM suggestion WHERE id = ?", (row["id"],))
