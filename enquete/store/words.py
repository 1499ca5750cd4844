"""What coders wrote: memos, journal, sheets, dated events, proposed codes; and whether the vault has seen it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from typing import NamedTuple

from enquete.store.codings import coder_id


class StoredWords(NamedTuple):
    """Words of a coder, with the row of their entry. interview: code of the one that they are about, empty for none."""

    id: int
    interview: str
    title: str
    body: str


def coders_words(db: sqlite3.Connection, since: int = 0) -> list[StoredWords]:
    """All that coders wrote (memos, journal, sheets, proposed codes), former states too, in the order of arrival.

    since: row of the first entry to look at.
    """
    rows = db.execute(
        "SELECT e.id, coalesce(i.code, ''), e.title, e.body FROM entry e "
        "LEFT JOIN interview i ON i.id = e.interview_id WHERE e.id >= ? AND (e.title <> '' OR e.body <> '') "
        "ORDER BY e.id",
        (since,),
    )
    return [StoredWords(*row) for row in rows]


def came_before(db: sqlite3.Connection, coder: str, uids: Iterable[str]) -> set[str]:
    """Those of these entries of a coder that are stored."""
    query = "SELECT 1 FROM entry e JOIN coder c ON c.id = e.coder_id WHERE c.code = ? AND e.uid = ?"
    return {uid for uid in uids if db.execute(query, (coder, uid)).fetchone()}


_UNREAD = "typed words "  # of a pending task; the row of the first entry follows


def leave_unread(db: sqlite3.Connection, coder: str, uids: Iterable[str]) -> None:
    """Says that the words of these entries were pseudonymised without the vault, and wait for it."""
    rows = [
        row["id"]
        for uid in uids
        for row in db.execute("SELECT id FROM entry WHERE coder_id = ? AND uid = ?", (coder_id(db, coder), uid))
    ]
    if rows and unread_since(db) is None:  # rows only grow: the first one stays the first
        db.execute("INSERT INTO pending VALUES (?)", (f"{_UNREAD}{min(rows)}",))


def unread_since(db: sqlite3.Connection) -> int | None:
    """Row of the first entry whose words wait for the vault; None when none does."""
    row = db.execute("SELECT task FROM pending WHERE task LIKE ?", (f"{_UNREAD}%",)).fetchone()
    return int(row["task"].removeprefix(_UNREAD)) if row else None


def all_read(db: sqlite3.Connection) -> None:
    """No words wait for the vault any longer."""
    db.execute("DELETE FROM pending WHERE task LIKE ?", (f"{_UNREAD}%",))


def set_words(db: sqlite3.Connection, entry: int, title: str, body: str) -> None:
    """Says what a coder wrote (the row of the entry) in other words."""
    db.execute("UPDATE entry SET title = ?, body = ? WHERE id = ?", (title, body, entry))
