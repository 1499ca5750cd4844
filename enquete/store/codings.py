"""Human codings, machine suggestions and memos."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from enquete.model import Suggestion
from enquete.store.interviews import now


@dataclass(frozen=True, slots=True)
class Coding:
    """A passage of a revision, a code, a coder. flag: cite, paraphrase, never or None. id: its row, 0 before."""

    revision: int
    start: int
    end: int
    codebook: str
    code: str
    coder: str
    flag: str | None = None
    memo: str = ""
    touched: bool = False
    suggestion: int | None = None
    id: int = 0


class StoredSuggestion(NamedTuple):
    """A suggestion with its row id and what it stands in."""

    id: int
    revision: int
    codebook: str
    start: int
    end: int
    code: str
    score: float
    origin: str


def coder_id(db: sqlite3.Connection, code: str) -> int:
    """The row of a coder, made on first use."""
    db.execute("INSERT OR IGNORE INTO coder (code) VALUES (?)", (code,))
    return int(db.execute("SELECT id FROM coder WHERE code = ?", (code,)).fetchone()["id"])


def coders(db: sqlite3.Connection) -> list[str]:
    """Codes of those who have coded."""
    return [row["code"] for row in db.execute("SELECT code FROM coder ORDER BY code")]


def readers(db: sqlite3.Connection) -> list[str]:
    """Codes of those who have read interviews through, or signed quotations."""
    rows = db.execute("SELECT reviewer AS code FROM review UNION SELECT signer FROM signoff ORDER BY code")
    return [row["code"] for row in rows]


def rename_coder(db: sqlite3.Connection, code: str, new: str) -> None:
    """The same coder under another code, which nobody has; what they reviewed and signed follows."""
    db.execute("UPDATE coder SET code = ? WHERE code = ?", (new, code))
    db.execute("UPDATE review SET reviewer = ? WHERE reviewer = ?", (new, code))
    db.execute("UPDATE signoff SET signer = ? WHERE signer = ?", (new, code))


def add_coding(db: sqlite3.Connection, coding: Coding) -> bool:
    """Stores a coding with its memo; False when it stood already (its flag and memo are brought up to date)."""
    coder = coder_id(db, coding.coder)
    key = (coding.revision, coder, coding.codebook, coding.code, coding.start, coding.end)
    found = db.execute(
        "SELECT id FROM coding WHERE revision_id = ? AND coder_id = ? AND codebook = ? AND code = ? "
        'AND start = ? AND "end" = ?',
        key,
    ).fetchone()
    if found:
        row = int(found["id"])
        if coding.flag:
            db.execute("UPDATE coding SET flag = ? WHERE id = ?", (coding.flag, row))
    else:
        cursor = db.execute(
            "INSERT INTO coding "
            '(revision_id, coder_id, codebook, code, start, "end", flag, suggestion_id, made_at) '
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (*key, coding.flag, coding.suggestion, now()),
        )
        row = int(cursor.lastrowid or 0)
    known = db.execute("SELECT 1 FROM memo WHERE coding_id = ? AND body = ?", (row, coding.memo)).fetchone()
    if coding.memo and not known:
        db.execute(
            'INSERT INTO memo (coder_id, coding_id, revision_id, start, "end", code, body, made_at) '
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            (coder, row, coding.revision, coding.start, coding.end, coding.code, coding.memo, now()),
        )
    return not found


def codings(db: sqlite3.Connection) -> list[Coding]:
    """Every coding, by interview and place; memos of one coding joined by line breaks."""
    rows = db.execute(
        "SELECT g.*, c.code AS coder, "
        "(SELECT group_concat(body, char(10)) FROM (SELECT body FROM memo WHERE coding_id = g.id ORDER BY id)) "
        "AS memos "
        'FROM coding g JOIN coder c ON c.id = g.coder_id ORDER BY g.revision_id, g.start, g."end", g.code, c.code'
    )
    return [
        Coding(
            r["revision_id"], r["start"], r["end"], r["codebook"], r["code"], r["coder"],
            r["flag"], r["memos"] or "", bool(r["touched"]), r["suggestion_id"], r["id"],
        )
        for r in rows
    ]  # fmt: skip


class StoredMemo(NamedTuple):
    """A memo with its row id. interview: code of the one that it is about, empty for none."""

    id: int
    interview: str
    body: str


def memos(db: sqlite3.Connection) -> list[StoredMemo]:
    """Every memo, in the order in which they were written."""
    rows = db.execute(
        "SELECT m.id, coalesce(i.code, ''), m.body FROM memo m LEFT JOIN revision r ON r.id = m.revision_id "
        "LEFT JOIN interview i ON i.id = coalesce(m.interview_id, r.interview_id) ORDER BY m.id"
    )
    return [StoredMemo(*row) for row in rows]


def set_memo(db: sqlite3.Connection, memo: int, body: str) -> None:
    """Says a memo (its row) in other words."""
    db.execute("UPDATE memo SET body = ? WHERE id = ?", (body, memo))


def mark_read(db: sqlite3.Connection, interview: int, coder: str) -> None:
    """The coder read this interview whole: what they left uncoded is a decision too."""
    db.execute("INSERT OR IGNORE INTO reading VALUES (?, ?)", (interview, coder_id(db, coder)))


def readings(db: sqlite3.Connection) -> list[tuple[int, str]]:
    """(interview row, coder) of each interview read whole."""
    rows = db.execute("SELECT r.interview_id, c.code FROM reading r JOIN coder c ON c.id = r.coder_id ORDER BY 1, 2")
    return [(row["interview_id"], row["code"]) for row in rows]


def replace_suggestions(
    db: sqlite3.Connection, revision: int, codebooks: Iterable[str], found: Iterable[tuple[str, Suggestion]]
) -> None:
    """The suggestions of these codebooks on a revision; those that stand already keep their row and decisions.

    found: (codebook, suggestion with positions in the revision's text).
    """
    new = {(book, s.code, s.start, s.end): s for book, s in found}
    for book in codebooks:
        for row in db.execute(
            "SELECT * FROM suggestion WHERE revision_id = ? AND codebook = ?", (revision, book)
        ).fetchall():
            same = new.pop((book, row["code"], row["start"], row["end"]), None)
            if same is None:
                db.execute("DELETE FROM suggestion WHERE id = ?", (row["id"],))
            else:
                db.execute(
                    "UPDATE suggestion SET score = ?, origin = ? WHERE id = ?", (same.score, same.origin, row["id"])
                )
    db.executemany(
        'INSERT INTO suggestion (revision_id, codebook, code, start, "end", score, origin) '
        "VALUES (?, ?, ?, ?, ?, ?, ?)",
        [(revision, book, code, start, end, s.score, s.origin) for (book, code, start, end), s in new.items()],
    )


def suggestions(db: sqlite3.Connection) -> list[StoredSuggestion]:
    """Every suggestion, by revision and place."""
    rows = db.execute(
        'SELECT id, revision_id, codebook, start, "end", code, score, origin FROM suggestion '
        'ORDER BY revision_id, start, "end", codebook, code'
    )
    return [StoredSuggestion(*row) for row in rows]


def take_back(db: sqlite3.Connection, suggestion: int, coder: str, kept: Iterable[tuple[str, str]]) -> int:
    """Deletes what the coder once took over from a suggestion and no longer does; gives how many codings.

    kept: (codebook, code) that their new decision names.
    """
    rows = db.execute(
        "SELECT id, codebook, code FROM coding WHERE suggestion_id = ? AND coder_id = ?",
        (suggestion, coder_id(db, coder)),
    ).fetchall()
    gone = [row["id"] for row in rows if (row["codebook"], row["code"]) not in set(kept)]
    db.executemany("DELETE FROM coding WHERE id = ?", [(row,) for row in gone])
    return len(gone)


def decide(db: sqlite3.Connection, suggestion: int, coder: str, verdict: str) -> None:
    """verdict: accepted, refused or changed."""
    db.execute("INSERT OR REPLACE INTO decision VALUES (?, ?, ?)", (suggestion, coder_id(db, coder), verdict))


class Totals(NamedTuple):
    """Numbers for `enquete etat`. spotted: suggestions; suggestions: those that nobody has decided on."""

    codings: int
    coders: int
    spotted: int
    suggestions: int
    touched: int
    doubts: int


def totals(db: sqlite3.Connection) -> Totals:
    """What the study holds now."""
    counts = [
        db.execute(sql).fetchone()[0]
        for sql in (
            "SELECT count(*) FROM coding",
            "SELECT count(DISTINCT coder_id) FROM coding",
            "SELECT count(*) FROM suggestion",
            "SELECT count(*) FROM suggestion s "
            "WHERE NOT EXISTS (SELECT 1 FROM decision d WHERE d.suggestion_id = s.id)",
            "SELECT count(*) FROM coding WHERE touched",
            "SELECT count(*) FROM doubt",
        )
    ]
    return Totals(*counts)


def record(db: sqlite3.Connection, action: str, counts: str) -> None:
    """A line of the study's log: what was done, with numbers, never with content."""
    db.execute("INSERT INTO event (at, action, counts) VALUES (?, ?, ?)", (now(), action, counts))


def recorded(db: sqlite3.Connection, action: str) -> int:
    """How many times the log says that this was done."""
    return int(db.execute("SELECT count(*) FROM event WHERE action = ?", (action,)).fetchone()[0])


def last_recorded(db: sqlite3.Connection) -> date | None:
    """Day of the last line of the log."""
    last = db.execute("SELECT max(at) FROM event").fetchone()[0]
    return date.fromisoformat(last[:10]) if last else None


def coded_between(db: sqlite3.Connection) -> tuple[date, date] | None:
    """Days of the first and of the last coding; None when there is none."""
    first, last = db.execute("SELECT min(made_at), max(made_at) FROM coding").fetchone()
    return (date.fromisoformat(first[:10]), date.fromisoformat(last[:10])) if first else None
