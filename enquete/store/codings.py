"""Human codings, machine suggestions and what coders wrote."""

from __future__ import annotations

import hashlib
import secrets
import sqlite3
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import NamedTuple

from enquete.coding.entries import Entry, Kind
from enquete.model import Suggestion
from enquete.store.entries import HOLDS, Arrival, Current, put_entries
from enquete.store.interviews import now


@dataclass(frozen=True, slots=True)
class Coding:
    """A passage of a revision, a code, a coder. flag: cite, paraphrase, never or None. id: its row, 0 before.

    item: names it among those of its coder, through its edits.
    """

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
    item: str = ""


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
    return [row["code"] for row in db.execute("SELECT code FROM coder WHERE layer = 'coder' ORDER BY code")]


def readers(db: sqlite3.Connection) -> list[str]:
    """Codes of those who have read interviews through, signed quotations, settled disagreements or changed codes."""
    rows = db.execute(
        "SELECT reviewer AS code FROM review UNION SELECT signer FROM signoff UNION SELECT decided_by FROM ruling "
        "UNION SELECT made_by FROM code_change ORDER BY code"
    )
    return [row["code"] for row in rows if row["code"]]


def rename_coder(db: sqlite3.Connection, code: str, new: str) -> None:
    """The same coder under another code, which nobody has; what they reviewed, signed and decided follows."""
    db.execute("UPDATE coder SET code = ? WHERE code = ?", (new, code))
    db.execute("UPDATE review SET reviewer = ? WHERE reviewer = ?", (new, code))
    db.execute("UPDATE signoff SET signer = ? WHERE signer = ?", (new, code))
    db.execute("UPDATE ruling SET decided_by = ? WHERE decided_by = ?", (new, code))
    db.execute("UPDATE code_change SET made_by = ? WHERE made_by = ?", (new, code))


def add_coding(db: sqlite3.Connection, coding: Coding) -> bool:
    """Stores a coding with its memo; False when it stood already (its flag and memo are brought up to date).

    One that its coder has deleted since it was first added stays deleted, unless `take_back` did it.
    """
    same = _same(db, coding)
    if same is None:
        words = f"{coding.revision} {coding.start} {coding.end} {coding.codebook} {coding.code}"
        item = f"i{hashlib.sha256(words.encode()).hexdigest()[:20]}"
        gone = _taken_back(db, coding.coder, item)
        uid = f"i{secrets.token_hex(10)}" if gone else item
        new = put_entries(db, coding.coder, [_entry(db, coding, uid, item, gone)])[0].arrival is not Arrival.SAME
    else:
        new, item = False, str(same["item"])
        if coding.flag and coding.flag != same["flag"]:
            flagged = _entry(db, coding, f"i{secrets.token_hex(10)}", item, over=(same["uid"],))
            put_entries(db, coding.coder, [flagged])
    if coding.memo and coding.memo not in _memos_by_item(db).get((coder_id(db, coding.coder), item), ()):
        uid = f"i{secrets.token_hex(10)}"
        place = _entry(db, coding, uid, uid)
        memo = place.model_copy(update={"kind": Kind.MEMO, "about": item, "body": coding.memo, "flag": None})
        put_entries(db, coding.coder, [memo])
    return new


_TAKEN_BACK = "taken-"  # begins the steps of `take_back`


def _taken_back(db: sqlite3.Connection, coder: str, item: str) -> tuple[str, ...]:
    """Uids of what holds as the end of an item that `take_back` took away."""
    rows = db.execute(
        f"SELECT e.uid FROM entry e WHERE e.coder_id = ? AND e.item = ? AND e.step LIKE ? AND {HOLDS}",  # noqa: S608
        (coder_id(db, coder), item, f"{_TAKEN_BACK}%"),
    )
    return tuple(row["uid"] for row in rows)


def _same(db: sqlite3.Connection, coding: Coding) -> sqlite3.Row | None:
    row: sqlite3.Row | None = db.execute(
        "SELECT g.item, g.flag, e.uid FROM coding g JOIN entry e ON e.id = g.entry_id "
        "WHERE g.revision_id = ? AND g.coder_id = ? AND g.codebook = ? AND g.code = ? "
        'AND g.start = ? AND g."end" = ? ORDER BY g.id',
        (coding.revision, coder_id(db, coding.coder), coding.codebook, coding.code, coding.start, coding.end),
    ).fetchone()
    return row


def _entry(db: sqlite3.Connection, coding: Coding, uid: str, item: str, over: tuple[str, ...] = ()) -> Entry:
    """A coding as an entry of its own step, made now."""
    row = db.execute(
        "SELECT r.uid, i.code FROM revision r JOIN interview i ON i.id = r.interview_id WHERE r.id = ?",
        (coding.revision,),
    ).fetchone()
    return Entry.model_construct(
        uid=uid,
        kind=Kind.CODING,
        step=uid,
        item=item,
        over=over,
        interview=row["code"],
        revision=row["uid"],
        start=coding.start,
        end=coding.end,
        codebook=coding.codebook,
        code=coding.code,
        generation=Current(db).generation,
        flag=coding.flag,
        suggestion=coding.suggestion,
        made_at=now(),
    )


_FLAGS = ("never", "paraphrase", "cite")  # the most cautious first


# (row of the interview, row of the coder) of exercises, which count nowhere.
_TRAINING = (
    "(SELECT a.interview_id, a.coder_id FROM assignment a JOIN round o ON o.id = a.round_id WHERE o.kind = 'training')"
)
_COUNTED = (
    "FROM coding g JOIN revision v ON v.id = g.revision_id JOIN coder c ON c.id = g.coder_id "
    f"WHERE c.layer = 'coder' AND (v.interview_id, g.coder_id) NOT IN {_TRAINING}"
)


def codings(
    db: sqlite3.Connection, *, settled: bool = False, training: bool = False, revision: int | None = None
) -> list[Coding]:
    """Every coding of the coders, by interview and place, or those of the settled layer.

    revision: row of the only text to look at.
    training: those of training rounds instead, which are exercises and stand in no other list.
    Memos of one coding are joined by line breaks. Codings of one coder that have become the same passage and code are
    one, under the most cautious flag.
    """
    layer = "settled" if settled else "coder"
    memos = _memos_by_item(db)
    rows = db.execute(
        "SELECT g.*, c.code AS coder FROM coding g JOIN coder c ON c.id = g.coder_id "  # noqa: S608
        f"JOIN revision v ON v.id = g.revision_id WHERE c.layer = ? AND ((v.interview_id, g.coder_id) IN {_TRAINING}) "
        f"= ? {'AND g.revision_id = ? ' if revision is not None else ''}"
        'ORDER BY g.revision_id, g.start, g."end", g.code, c.code, g.codebook, g.id',
        (layer, training, *([] if revision is None else [revision])),
    )
    found: dict[tuple[object, ...], Coding] = {}
    for r in rows:
        memo = "\n".join(memos.get((r["coder_id"], r["item"]), ()))
        one = Coding(
            r["revision_id"], r["start"], r["end"], r["codebook"], r["code"], r["coder"],
            r["flag"], memo, bool(r["touched"]), r["suggestion_id"], r["id"], r["item"],
        )  # fmt: skip
        key = (one.revision, one.start, one.end, one.codebook, one.code, one.coder)
        found[key] = _joined(found[key], one) if key in found else one
    return list(found.values())


def _joined(first: Coding, second: Coding) -> Coding:
    return replace(
        first,
        flag=strictest((first.flag, second.flag)),
        memo="\n".join(filter(None, (first.memo, second.memo))),
        touched=first.touched or second.touched,
    )


def strictest(flags: Collection[str | None]) -> str | None:
    """The most cautious of these flags."""
    return next((flag for flag in _FLAGS if flag in flags), None)


def _memos_by_item(db: sqlite3.Connection) -> dict[tuple[int, str], list[str]]:
    """Memos that hold, by (row of the coder, item that they are on)."""
    found: dict[tuple[int, str], list[str]] = {}
    for row in db.execute(
        f"SELECT e.coder_id, e.about, e.body FROM entry e WHERE e.kind = 'memo' AND e.about IS NOT NULL AND {HOLDS} "  # noqa: S608
        "ORDER BY e.id"
    ):
        found.setdefault((row["coder_id"], row["about"]), []).append(row["body"])
    return found


def mark_read(db: sqlite3.Connection, interview: int, coder: str) -> None:
    """The coder read this interview whole: what they left uncoded is a decision too."""
    mine = (interview, coder_id(db, coder))
    if db.execute("SELECT 1 FROM reading WHERE interview_id = ? AND coder_id = ?", mine).fetchone():
        return
    code = db.execute("SELECT code FROM interview WHERE id = ?", (interview,)).fetchone()["code"]
    item = f"i-coded-{interview}"
    query = "SELECT count(*) FROM entry WHERE coder_id = ? AND item = ?"
    times = db.execute(query, (coder_id(db, coder), item)).fetchone()[0]
    uid = f"{item}-{times}" if times else item
    put_entries(db, coder, [Entry(uid=uid, kind=Kind.STAGE, step=uid, item=item, interview=code, field="coded")])


def readings(db: sqlite3.Connection, *, training: bool = False) -> list[tuple[int, str]]:
    """(interview row, coder) of each interview that a coder read whole. training: as in `codings`."""
    rows = db.execute(
        "SELECT r.interview_id, c.code FROM reading r JOIN coder c ON c.id = r.coder_id "  # noqa: S608
        f"WHERE c.layer = 'coder' AND ((r.interview_id, r.coder_id) IN {_TRAINING}) = ? ORDER BY 1, 2",
        (training,),
    )
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
    """Takes away what the coder once took over from a suggestion and no longer does, with the memos on it; gives how
    many codings. It can be undone, as anything that coders do.

    kept: (codebook, code) that their new decision names.
    """
    rows = db.execute(
        "SELECT e.uid, e.item, i.code AS interview, g.codebook, g.code FROM coding g JOIN entry e ON e.id = g.entry_id "
        "JOIN interview i ON i.id = e.interview_id WHERE g.suggestion_id = ? AND g.coder_id = ?",
        (suggestion, coder_id(db, coder)),
    ).fetchall()
    away = [row for row in rows if (row["codebook"], row["code"]) not in set(kept)]
    for row in away:
        memos = db.execute(
            f"SELECT e.uid, e.item FROM entry e WHERE e.coder_id = ? AND e.kind = 'memo' AND e.about = ? AND {HOLDS}",  # noqa: S608
            (coder_id(db, coder), row["item"]),
        ).fetchall()
        step = f"{_TAKEN_BACK}{secrets.token_hex(10)}"
        put_entries(
            db,
            coder,
            [
                Entry(
                    uid=f"{step}-{number}", kind=Kind.GONE, step=step, item=one["item"], over=(one["uid"],),
                    interview=row["interview"], made_at=now(),
                )
                for number, one in enumerate([row, *memos])
            ],
        )  # fmt: skip
    return len(away)


def decide(db: sqlite3.Connection, suggestion: int, coder: str, verdict: str) -> None:
    """verdict: accepted, refused or changed."""
    row = db.execute(
        "SELECT i.code FROM suggestion s JOIN revision r ON r.id = s.revision_id "
        "JOIN interview i ON i.id = r.interview_id WHERE s.id = ?",
        (suggestion,),
    ).fetchone()
    former = db.execute(
        f"SELECT e.uid FROM entry e WHERE e.coder_id = ? AND e.kind = 'verdict' AND e.suggestion_id = ? AND {HOLDS}",  # noqa: S608
        (coder_id(db, coder), suggestion),
    ).fetchall()
    uid = f"i{secrets.token_hex(10)}"
    entry = Entry(
        uid=uid, kind=Kind.VERDICT, step=uid, item=f"v{suggestion}", over=tuple(one["uid"] for one in former),
        interview=row["code"], suggestion=suggestion, field=verdict, made_at=now(),
    )  # fmt: skip
    put_entries(db, coder, [entry])


class Judged(NamedTuple):
    """What became of suggestions: numbers of verdicts over all coders, and of the coders who gave some."""

    accepted: int
    changed: int
    refused: int
    coders: int


def judged(db: sqlite3.Connection) -> Judged:
    """How suggestions are used; whose verdict each was is told nowhere."""
    verdicts = ", ".join(f"count(*) FILTER (WHERE verdict = '{v}')" for v in ("accepted", "changed", "refused"))
    return Judged(*db.execute(f"SELECT {verdicts}, count(DISTINCT coder_id) FROM decision").fetchone())  # noqa: S608


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
            f'SELECT count(*) FROM (SELECT DISTINCT g.revision_id, g.coder_id, g.codebook, g.code, g.start, g."end" '  # noqa: S608
            f"{_COUNTED})",
            f"SELECT count(DISTINCT coder_id) {_COUNTED}",
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
