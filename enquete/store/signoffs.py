"""Quotations that a named person let out: by coding, with the digest of the words that they read."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterable
from typing import NamedTuple

from enquete.store.interviews import now


class SignedWords(NamedTuple):
    """text[start:end] of a current revision, as the signer read it."""

    revision: int
    start: int
    end: int
    words: str
    signer: str


def sign(db: sqlite3.Connection, codings: Iterable[int], signer: str, words: str) -> None:
    """Lets out the words that these codings cover, anew where they were before."""
    db.executemany(
        "INSERT OR REPLACE INTO signoff (coding_id, signer, digest, signed_at) VALUES (?, ?, ?, ?)",
        [(coding, signer, _digest(words), now()) for coding in codings],
    )


def take_back(db: sqlite3.Connection, codings: Iterable[int]) -> None:
    """Holds back words that were let out."""
    db.executemany("DELETE FROM signoff WHERE coding_id = ?", [(coding,) for coding in codings])


def signed_words(db: sqlite3.Connection) -> list[SignedWords]:
    """What is let out now, by place: a sign-off of words that have changed since is void."""
    rows = db.execute(
        'SELECT DISTINCT g.revision_id, g.start, g."end", s.signer, s.digest FROM signoff s '
        "JOIN coding g ON g.id = s.coding_id JOIN revision r ON r.id = g.revision_id WHERE r.text IS NOT NULL "
        'ORDER BY g.revision_id, g.start, g."end", s.signed_at, s.coding_id'
    ).fetchall()
    # A text comes once, and not with each of its sign-offs: a large study would hold it a hundred times.
    texts = {row["id"]: row["text"] for row in db.execute("SELECT id, text FROM revision WHERE text IS NOT NULL")}
    found = [(texts[row["revision_id"]][row["start"] : row["end"]], row) for row in rows]
    return [
        SignedWords(row["revision_id"], row["start"], row["end"], words, row["signer"])
        for words, row in found
        if _digest(words) == row["digest"]
    ]


def _digest(words: str) -> str:
    return hashlib.sha256(words.encode()).hexdigest()
