"""Moves what hangs on a text to its next revision: codings, suggestions, rulings, what pieces quote. Nothing is lost.

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
    _carry_quoted(db, old, new, edits)
    return touched


def _carry_quoted(db: sqlite3.Connection, old: int, new: int, edits: Mapping) -> None:
    """Quotations of pieces, and remarks; a paraphrase of words that changed is nobody's any longer to let out."""
    for table in ("evidence", "remark"):
        rows = db.execute(f'SELECT id, start, "end" FROM {table} WHERE revision_id = ?', (old,)).fetchall()  # noqa: S608
        moves = edits.spans([Span(row["start"], row["end"]) for row in rows])
        for row, (span, changed) in zip(rows, moves, strict=True):
            db.execute(
                f'UPDATE {table} SET revision_id = ?, start = ?, "end" = ?, touched = touched | ? WHERE id = ?',  # noqa: S608
                (new, span.start, span.end, TEXT_CHANGED * changed, row["id"]),
            )
            if changed and table == "remark":
                db.execute("UPDATE remark SET signer = '' WHERE id = ?", (row["id"],))


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
