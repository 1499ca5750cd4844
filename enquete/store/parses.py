"""What was worked out before, kept: the model's parses, where cues were found, the working copy as it was written."""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Iterable


def parses(db: sqlite3.Connection, revision: int, model: str) -> dict[int, bytes]:
    """The parses kept for a revision's turns, by turn index."""
    return dict(
        db.execute("SELECT position, body FROM parse WHERE revision_id = ? AND model = ?", (revision, model)).fetchall()
    )


def keep_parses(db: sqlite3.Connection, model: str, found: Iterable[tuple[int, int, bytes]]) -> None:
    """found: (revision row, turn index, body), kept until their revision is superseded."""
    db.executemany(
        "INSERT OR REPLACE INTO parse (revision_id, position, model, body) VALUES (?, ?, ?, ?)",
        [(revision, position, model, body) for revision, position, body in found],
    )


def cue_parses(db: sqlite3.Connection, model: str, cues: Collection[str]) -> dict[str, bytes]:
    """The parses kept of these cues, by their text."""
    rows = db.execute("SELECT cue, body FROM cue_parse WHERE model = ?", (model,))
    wanted = frozenset(cues)
    return {cue: body for cue, body in rows if cue in wanted}


def keep_cue_parses(db: sqlite3.Connection, model: str, found: Iterable[tuple[str, bytes]]) -> None:
    """found: (cue, body). Parses by another model are dropped."""
    db.execute("DELETE FROM cue_parse WHERE model <> ?", (model,))
    db.executemany("INSERT OR REPLACE INTO cue_parse VALUES (?, ?, ?)", [(model, cue, body) for cue, body in found])


def found(db: sqlite3.Connection, revision: int, rules: str) -> list[bytes]:
    """Where cues were found in a revision's turns, a body a search."""
    rows = db.execute("SELECT body FROM found WHERE revision_id = ? AND rules = ? ORDER BY number", (revision, rules))
    return [row["body"] for row in rows]


def sought(db: sqlite3.Connection, rules: str) -> dict[str, bytes]:
    """What was looked for in the bodies of `found`, by the name that they give it."""
    return dict(db.execute("SELECT name, body FROM sought WHERE rules = ?", (rules,)).fetchall())


def keep_sought(db: sqlite3.Connection, rules: str, lists: Iterable[tuple[str, bytes]]) -> None:
    """lists: (name, body), once for all the texts. Those of other rules are dropped."""
    db.execute("DELETE FROM sought WHERE rules <> ?", (rules,))
    db.executemany("INSERT OR IGNORE INTO sought VALUES (?, ?, ?)", [(name, rules, body) for name, body in lists])


def keep_found(db: sqlite3.Connection, rules: str, bodies: Iterable[tuple[int, bytes]]) -> None:
    """bodies: (revision row, body), kept until their revision is superseded. What other rules found is dropped."""
    db.execute("DELETE FROM found WHERE rules <> ?", (rules,))
    db.executemany(
        "INSERT INTO found SELECT ?1, coalesce(max(number) + 1, 0), ?2, ?3 FROM found WHERE revision_id = ?1",
        [(revision, rules, body) for revision, body in bodies],
    )


def written_digest(db: sqlite3.Connection, name: str) -> str | None:
    """SHA-256 of a working file as the program last wrote it: who finds it unchanged need not read it."""
    row = db.execute("SELECT digest FROM written WHERE name = ?", (name,)).fetchone()
    return row["digest"] if row else None


def keep_digest(db: sqlite3.Connection, name: str, digest: str) -> None:
    """To call once the file is written."""
    db.execute("INSERT OR REPLACE INTO written VALUES (?, ?)", (name, digest))
