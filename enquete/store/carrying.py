"""Moves what hangs on a text to its next revision: codings, suggestions, rulings. Nothing is lost.

Entries stay where they were made: they are placed when they are read.
"""

from __future__ import annotations

import sqlite3

from enquete.model import Span
from enquete.offsets import Mapping

TEXT_CHANGED = 1  # in coding.touched


def carry(db: sqlite3.Connection, old: int, new: int, edits: Mapping) -> int:
    """Codings, suggestions and rulings of revision `old` to `new`; gives the codings whose own words changed."""
    touched = _carry_codings(db, old, new, edits)
    _carry_suggestions(db, old, new, edits)
    rulings = db.execute('SELECT id, start, "end" FROM ruling WHERE revision_id = ?', (old,)).fetchall()
    for row, (span, _) in zip(rulings, edits.spans([Span(r["start"], r["end"]) for r in rulings]), strict=True):
        db.execute(
            'UPDATE ruling SET revision_id = ?, start = ?, "end" = ? WHERE id = ?',
            (new, span.start, span.end, row["id"]),
        )
    return touched


def _carry_codings(db: sqlite3.Connection, old: int, new: int, edits: Mapping) -> int:
    rows = db.execute("SELECT * FROM coding WHERE revision_id = ? ORDER BY id", (old,)).fetchall()
    moves = edits.spans([Span(row["start"], row["end"]) for row in rows])
    for row, (span, changed) in zip(rows, moves, strict=True):
        if changed:  # void; and its digest would confirm a name that was masked since to whoever guesses
            db.execute("DELETE FROM signoff WHERE coding_id = ?", (row["id"],))
        db.execute(
            'UPDATE coding SET revision_id = ?, start = ?, "end" = ?, touched = touched | ? WHERE id = ?',
            (new, span.start, span.end, TEXT_CHANGED * changed, row["id"]),
        )
    return sum(changed for _, changed in moves)


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
