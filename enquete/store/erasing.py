"""Erasing people, interviews and passages, down to the free pages. What is begun here is marked until it is finished.

The database goes first, in one transaction that also leaves a mark; the vault, the backups and the free pages follow,
and then the mark goes. Killed in between, the next run does the rest: it needs nothing that the database has lost.
"""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from enquete.model import Span
from enquete.store.entries import HOLDS, Current, drop_items
from enquete.store.interviews import Interview, now
from enquete.store.pieces import take_off_quoted

_MARK = "erasure "


def begin_erasure(db: sqlite3.Connection, subject: str) -> None:
    """Marks that something of `subject` (a person's or an interview's code) may still stand outside the database."""
    db.execute("INSERT OR IGNORE INTO pending VALUES (?)", (_MARK + subject,))


def unfinished_erasures(db: sqlite3.Connection) -> list[str]:
    """Subjects marked by `begin_erasure` and not yet ended."""
    rows = db.execute("SELECT task FROM pending WHERE task LIKE ? ORDER BY task", (_MARK + "%",))
    return [row["task"].removeprefix(_MARK) for row in rows]


def end_erasures(db: sqlite3.Connection) -> None:
    """Everything was erased everywhere."""
    db.execute("DELETE FROM pending WHERE task LIKE ?", (_MARK + "%",))


def withdraw(db: sqlite3.Connection, code: str) -> None:
    """Erases a participant, with attributes and consents; the code is kept so that nobody else gets it.

    Their interviews are erased apart, before. Their other codes are kept too, and what was noted of their absence goes.
    """
    db.execute(
        "INSERT OR IGNORE INTO withdrawn (code, at, also) SELECT o.code, ?, 1 FROM other_code o "
        "JOIN participant p ON p.id = o.participant_id WHERE p.code = ?",
        (now(), code),
    )
    db.execute("INSERT OR IGNORE INTO withdrawn (code, at) VALUES (?, ?)", (code, now()))
    db.execute(
        "DELETE FROM entry WHERE id IN (SELECT l.known_id FROM lost l JOIN participant p ON p.id = l.participant_id "
        "WHERE p.code = ?)",
        (code,),
    )
    db.execute("DELETE FROM participant WHERE code = ?", (code,))


def withdrawn(db: sqlite3.Connection) -> dict[str, str]:
    """When each withdrawn person's data were erased (UTC), by each of their codes."""
    return dict(db.execute("SELECT code, at FROM withdrawn ORDER BY code").fetchall())


def people_withdrawn(db: sqlite3.Connection) -> list[str]:
    """The first code of each person who withdrew."""
    return [row["code"] for row in db.execute("SELECT code FROM withdrawn WHERE NOT also ORDER BY code")]


def note_erased_files(db: sqlite3.Connection, keys: Iterable[str], interviews: Iterable[int]) -> None:
    """keys: keyed hashes of the digests of files that are not to come back; interviews: rows whose file, erased before
    because its day had come, is not to either.
    """
    db.executemany("INSERT OR REPLACE INTO erased_file VALUES (?, NULL)", [(key,) for key in keys])
    db.executemany("UPDATE erased_file SET interview_id = NULL WHERE interview_id = ?", [(row,) for row in interviews])


def note_purged_files(db: sqlite3.Connection, files: Mapping[str, int]) -> None:
    """Files erased because their day had come, by keyed hash, with the rows of their interviews: they may come back
    as long as the study holds these.
    """
    db.executemany("INSERT OR REPLACE INTO erased_file VALUES (?, ?)", list(files.items()))


def erased_files(db: sqlite3.Connection) -> dict[str, int | None]:
    """Files noted as erased, by keyed hash: the row of the interview that one may come back for, None for none."""
    return {row["key"]: row["interview_id"] for row in db.execute("SELECT key, interview_id FROM erased_file")}


def erase_interview(db: sqlite3.Connection, interview: int) -> None:
    """An interview (its row) with every revision and all that hangs on them."""
    db.execute("DELETE FROM interview WHERE id = ?", (interview,))


def erase_everybody(db: sqlite3.Connection) -> None:
    """Every interview, answer, memo and attribute, who was tried and lost; codes and consents stay."""
    for table in ("interview", "dataset", "attribute", "attempt", "lost"):
        db.execute(f"DELETE FROM {table}")  # noqa: S608
    db.execute("DELETE FROM entry WHERE title <> '' OR body <> ''")
    db.execute("DELETE FROM piece WHERE kind IN ('case', 'reply')")
    db.execute("DELETE FROM departure")
    db.execute("UPDATE participation SET recruited_by = NULL")


def take_off(db: sqlite3.Connection, revision: int, gone: Sequence[Span], kept: Sequence[Span]) -> tuple[int, int]:
    """What hangs on words about to go, in a current text; gives the numbers of codings and of memos deleted.

    gone: the words, in code points. kept: words of participants that stay. A coding that touches `gone` and none of
    `kept` goes; any memo and any suggestion that touches `gone` does.
    """
    rows = db.execute(
        'SELECT id, coder_id, item, start, "end" FROM coding WHERE revision_id = ?', (revision,)
    ).fetchall()
    codings = [row for row in rows if _touches(row, gone) and not _touches(row, kept)]
    memos = _memos_touching(db, revision, [row["item"] for row in rows if _touches(row, gone)], gone)
    for row in (*codings, *memos):
        drop_items(db, row["coder_id"], [row["item"]])
    suggestions = [
        row["id"]
        for row in db.execute('SELECT id, start, "end" FROM suggestion WHERE revision_id = ?', (revision,))
        if _touches(row, gone)
    ]
    db.executemany("DELETE FROM suggestion WHERE id = ?", [(row,) for row in suggestions])
    take_off_quoted(db, revision, gone)
    return len(codings), len(memos)


def _memos_touching(
    db: sqlite3.Connection, revision: int, items: Sequence[str], gone: Sequence[Span]
) -> list[sqlite3.Row]:
    """(coder_id, item) of memos and dated events on these words, in any of their states, or on these codings."""
    current = Current(db)
    found: dict[tuple[int, str], sqlite3.Row] = {}
    for row in db.execute(
        "SELECT e.* FROM entry e JOIN revision r ON r.interview_id = e.interview_id "
        "WHERE r.id = ? AND e.kind IN ('memo', 'event')",
        (revision,),
    ).fetchall():
        moved = None
        if row["revision_id"] is not None:
            moved = current.place(row["revision_id"], Span(row["start"], row["end"]))
            touched = moved is None or any(moved.span.overlaps(span) for span in gone)
        else:
            touched = False
        if touched or row["about"] in items:
            found[row["coder_id"], row["item"]] = row
    return list(found.values())


def _touches(row: sqlite3.Row, spans: Sequence[Span]) -> bool:
    return any(span.overlaps(Span(row["start"], row["end"])) for span in spans)


def silence(db: sqlite3.Connection, interview: Interview, numbers: Iterable[int]) -> None:
    """These voices are nobody's any more: neither counted nor read."""
    db.executemany(
        "UPDATE speaker SET participant_id = NULL, role = 'other' WHERE interview_id = ? AND number = ?",
        [(interview.id, number) for number in numbers],
    )


def forget_source(db: sqlite3.Connection, interview: int | None = None) -> None:
    """The file that a text (or every text) came from is gone: positions in it are told no longer."""
    db.execute(
        "UPDATE revision SET source = '', source_edits = NULL WHERE ? IS NULL OR interview_id = ?",
        (interview, interview),
    )


@dataclass(slots=True)
class Standing:
    """What of an entity stands in current texts: keyed hashes of its forms, codes of the people of those interviews."""

    forms: set[str] = field(default_factory=set)
    people: set[str] = field(default_factory=set)


def standing(db: sqlite3.Connection) -> Mapping[str, Standing]:
    """By entity key. An interview without participants counts under its own code."""
    found: dict[str, Standing] = defaultdict(Standing)
    rows = db.execute(
        "SELECT DISTINCT m.entity, m.form, coalesce(p.code, i.code) AS person FROM mask m "
        "JOIN revision r ON r.id = m.revision_id AND r.text IS NOT NULL JOIN interview i ON i.id = r.interview_id "
        "LEFT JOIN interview_participant ip ON ip.interview_id = i.id "
        "LEFT JOIN participant p ON p.id = ip.participant_id"
    )
    for row in rows:
        found[row["entity"]].forms.add(row["form"])
        found[row["entity"]].people.add(row["person"])
    return found


def forget_entities(db: sqlite3.Connection, known: Iterable[str]) -> None:
    """What was settled or asked about entities that the book of names no longer has. known: keys that it has."""
    keep = set(known)
    for row in db.execute("SELECT DISTINCT entity FROM settled").fetchall():
        if row["entity"] not in keep:
            db.execute("DELETE FROM settled WHERE entity = ?", (row["entity"],))
    for row in db.execute("SELECT id, subject FROM alert WHERE kind = 'late name'").fetchall():
        if row["subject"] not in keep:
            db.execute("DELETE FROM alert WHERE id = ?", (row["id"],))


def memos_naming(db: sqlite3.Connection, codes: Iterable[str]) -> int:
    """How many memos and the like hold one of these codes, or are about one of these interviews as a whole."""
    found: set[tuple[int, str]] = set()
    for code in codes:
        found |= {
            (row["coder_id"], row["item"])
            for row in db.execute(
                f"SELECT e.coder_id, e.item FROM entry e LEFT JOIN interview i ON i.id = e.interview_id WHERE {HOLDS} "  # noqa: S608
                "AND (e.title <> '' OR e.body <> '') "
                "AND (instr(e.title, ?) OR instr(e.body, ?) OR (i.code = ? AND e.start IS NULL))",
                (code, code, code),
            )
        }
    return len(found)


def compact(db: sqlite3.Connection) -> None:
    """Rewrites the database without its free pages. Outside any transaction."""
    db.execute("VACUUM")


def last_purges(db: sqlite3.Connection) -> dict[str, str]:
    """When each part was last erased because its day had come (UTC), by its key."""
    rows = db.execute(
        "SELECT substr(action, 8) AS part, max(at) AS at FROM event WHERE action LIKE 'purger %' GROUP BY 1"
    )
    return {row["part"]: row["at"] for row in rows}
