"""A hash of a study's content, for outputs to name what they rest on."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Sequence
from typing import NamedTuple

_SAID = (
    "SELECT code, type FROM participant ORDER BY code",
    "SELECT p.code, a.wave, a.name, a.value FROM attribute a "
    "JOIN participant p ON p.id = a.participant_id ORDER BY 1, 2, 3",
    "SELECT p.code, c.wave, c.kind, c.state FROM consent c "
    "JOIN participant p ON p.id = c.participant_id ORDER BY 1, 2, 3",
    "SELECT i.code, i.wave, i.kind, i.held_on, r.digest FROM interview i "
    "JOIN revision r ON r.interview_id = i.id AND r.text IS NOT NULL ORDER BY 1",
    'SELECT DISTINCT i.code, g.start, g."end", g.codebook, g.code, c.code, g.flag FROM coding g '
    "JOIN coder c ON c.id = g.coder_id JOIN revision r ON r.id = g.revision_id "
    "JOIN interview i ON i.id = r.interview_id ORDER BY 1, 2, 3, 4, 5, 6",
    'SELECT i.code, r.start, r."end", r.verdict FROM ruling r JOIN interview i ON i.id = r.interview_id '
    "WHERE r.replaced_by IS NULL ORDER BY 1, 2, 3, 4",
)
_WRITTEN = (
    "SELECT p.kind, p.code, s.field, s.body FROM statement s JOIN piece p ON p.id = s.piece_id "
    "WHERE p.dropped_at IS NULL AND s.id = "
    "(SELECT max(l.id) FROM statement l WHERE l.piece_id = s.piece_id AND l.field = s.field) "
    "AND s.body <> '' ORDER BY 1, 2, 3",
    'SELECT p.kind, p.code, e.side, i.code, e.start, e."end", e.codebook, e.code, e.touched FROM evidence e '
    "JOIN piece p ON p.id = e.piece_id JOIN revision r ON r.id = e.revision_id "
    "JOIN interview i ON i.id = r.interview_id WHERE p.dropped_at IS NULL ORDER BY 1, 2, 3, 4, 5, 6, 7, 8, 9",
    'SELECT m.kind, i.code, m.start, m."end", m.body, m.touched, m.signer FROM remark m '
    "JOIN revision r ON r.id = m.revision_id JOIN interview i ON i.id = r.interview_id ORDER BY 1, 2, 3, 4, 5, 6, 7",
)


class Digests(NamedTuple):
    """said: of people, texts, codings and rulings; content: of what people wrote of them too."""

    said: str
    content: str


def content_digests(db: sqlite3.Connection) -> Digests:
    """SHA-256 over what a study holds, whatever the order and the time it came in."""
    told = hashlib.sha256()
    _tell(db, told, _SAID)
    said = told.hexdigest()
    _tell(db, told, _WRITTEN)
    return Digests(said, told.hexdigest())


def _tell(db: sqlite3.Connection, told: hashlib._Hash, queries: Sequence[str]) -> None:
    for query in queries:
        for row in db.execute(query):
            told.update(repr(tuple(row)).encode())
        told.update(b"\n")
