"""What coders did, entry by entry, and the codings, decisions and readings that follow from it.

Putting entries together in any order, any number of times, gives the same layer (see enquete.coding.entries).
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple

from enquete.coding.entries import OWN_CODE, Entry, Kind
from enquete.model import Span
from enquete.offsets import Mapping
from enquete.store.carrying import TEXT_CHANGED
from enquete.store.interviews import now

WITHDRAWN = "retrait"  # reason of a revision that took somebody's words back
# Of an entry e: no other one of the same coder replaces it.
HOLDS = "NOT EXISTS (SELECT 1 FROM replaced r WHERE r.coder_id = e.coder_id AND r.uid = e.uid)"
CODE_CHANGED = 2  # in coding.touched, beside TEXT_CHANGED


class Arrival(StrEnum):
    """What became of an entry that came in. CHANGED: it replaces another; MOVED: the text changed meanwhile."""

    NEW = "new"
    SAME = "same"
    CHANGED = "changed"
    MOVED = "moved"
    IMPOSSIBLE = "impossible"


class Arrived(NamedTuple):
    """An entry as it stands now (current text, current codes), and what became of it.

    reason: in French, if refused; touched: see TEXT_CHANGED, CODE_CHANGED.
    """

    entry: Entry
    arrival: Arrival
    reason: str = ""
    touched: int = 0


@dataclass(frozen=True, slots=True)
class _Step:
    """From a revision to the next. row: of the next one; taken: spans, in the text before, that were taken back."""

    row: int
    mapping: Mapping
    taken: tuple[Span, ...]


class Moved(NamedTuple):
    """Where a span stands in the current text (its row). touched: its own words changed."""

    span: Span
    revision: int
    touched: bool


@dataclass(slots=True)
class Current:
    """The texts and codes of the moment, and the ways that lead to them; what is read is kept. One transaction long."""

    db: sqlite3.Connection
    _steps: dict[int, _Step | None] = field(default_factory=dict)
    _uids: dict[int, str] = field(default_factory=dict)
    _changes: list[sqlite3.Row] | None = None

    def place(self, revision: int, span: Span, *, whole: bool = False) -> Moved | None:
        """Where a span of a revision (its row) stands in the current text; None when its words were taken back: all of
        them, or any (whole).

        Step by step, as stored codings moved: a composed mapping could snap further.
        """
        touched = False
        while (step := self._next(revision)) is not None:
            if any(t.overlaps(span) if whole else t.start <= span.start and span.end <= t.end for t in step.taken):
                return None
            span, changed = step.mapping.span(span)
            touched = touched or changed
            revision = step.row
        return Moved(span, revision, touched)

    def uid(self, revision: int) -> str:
        """Of a revision (its row)."""
        if revision not in self._uids:
            row = self.db.execute("SELECT uid FROM revision WHERE id = ?", (revision,)).fetchone()
            self._uids[revision] = row["uid"]
        return self._uids[revision]

    def _next(self, revision: int) -> _Step | None:
        if revision not in self._steps:
            row = self.db.execute("SELECT id, edits, reason FROM revision WHERE parent_id = ?", (revision,)).fetchone()
            self._steps[revision] = _step(row) if row else None
        return self._steps[revision]

    @property
    def generation(self) -> int:
        """Number of the last change of codes, 0 before the first."""
        changes = self._code_changes()
        return changes[-1]["id"] if changes else 0

    def code(self, codebook: str, code: str, generation: int) -> tuple[str, str, bool]:
        """(codebook, code, whether it changed its meaning) of a code as it was named at a generation.

        A proposed code that was adopted is followed from any generation: its id is never another code's.
        """
        touched = False
        for change in self._code_changes():
            late = change["id"] > generation or code.startswith(OWN_CODE)
            if late and (change["codebook"], change["code"]) == (codebook, code):
                touched = touched or change["kind"] in LOOK_AGAIN
                if change["kind"] in FOLLOWED:
                    codebook, code = change["new_codebook"], change["new_code"]
                    generation = min(generation, change["id"])
        return codebook, code, touched

    def _code_changes(self) -> list[sqlite3.Row]:
        if self._changes is None:
            self._changes = self.db.execute("SELECT * FROM code_change ORDER BY id").fetchall()
        return self._changes


FOLLOWED = ("renamed", "merged", "adopted")  # changes of a code after which its passages bear the new one
LOOK_AGAIN = ("split", "retired")  # those after which they keep it, and want a look


def _step(row: sqlite3.Row) -> _Step:
    mapping = Mapping.from_json(row["edits"])
    taken = tuple(Span(e.start, e.end) for e in mapping.edits) if row["reason"] == WITHDRAWN else ()
    return _Step(row["id"], mapping, taken)


def put_entries(db: sqlite3.Connection, coder: str, entries: Iterable[Entry]) -> list[Arrived]:
    """Adds what a coder did, as `Layer.put` does."""
    layer = Layer.of(db, coder)
    return [layer.put(entry) for entry in entries]


@dataclass(frozen=True, slots=True)
class Layer:
    """What one coder (their row) did, open for more inside the caller's transaction."""

    db: sqlite3.Connection
    coder: int
    current: Current

    @classmethod
    def of(cls, db: sqlite3.Connection, coder: str) -> Layer:
        """The layer of a coder, made on first use."""
        db.execute("INSERT OR IGNORE INTO coder (code) VALUES (?)", (coder,))
        row = db.execute("SELECT id FROM coder WHERE code = ?", (coder,)).fetchone()
        return cls(db, row["id"], Current(db))

    def put(self, entry: Entry) -> Arrived:
        """Adds an entry, and brings codings, decisions and readings up to date. Idempotent by uid.

        Whether codes exist and passages lie in turns is the caller's to check before.
        """
        stored = self.stored(entry.uid)
        if stored is not None:
            return stored
        # Restored from a copy, the database may know fewer changes of codes than whoever made the entry.
        entry = entry.model_copy(update={"generation": min(entry.generation, self.current.generation)})
        interview, revision = self._home(entry)
        if entry.interview is not None and interview is None:
            return Arrived(entry, Arrival.IMPOSSIBLE, "l'entretien n'est plus dans l'étude.")
        if entry.revision is not None and revision is None:
            return Arrived(entry, Arrival.IMPOSSIBLE, "ce texte n'est pas celui de cet entretien.")
        here = now_standing(self.current, entry, revision)
        if here is None:
            return _taken_back(entry)
        suggestion = self._known_suggestion(entry.suggestion)
        row = self._insert(entry, interview, revision, suggestion)
        self._project_coding(entry, row, here, suggestion)
        self._project_others(entry, interview, suggestion)
        arrival = Arrival.MOVED if here.shifted else Arrival.CHANGED if entry.over else Arrival.NEW
        return Arrived(here.entry, arrival, touched=here.touched)

    def stored(self, uid: str) -> Arrived | None:
        """The entry of this uid, as it stands, when it came in before."""
        known = self.db.execute(f"{_WHOLE} WHERE e.coder_id = ? AND e.uid = ?", (self.coder, uid)).fetchone()
        if known is None:
            return None
        over = self.db.execute("SELECT uid FROM replaced WHERE entry_id = ? ORDER BY uid", (known["id"],))
        entry = entry_of(known, [row["uid"] for row in over])
        here = now_standing(self.current, entry, known["revision_id"])
        return Arrived(here.entry, Arrival.SAME, touched=here.touched) if here else _taken_back(entry)

    def named(self, item: str) -> set[tuple[Kind, str | None, str | None]]:
        """(kind, codebook, code) of each state of a thing, as they were named."""
        rows = self.db.execute(
            "SELECT DISTINCT kind, codebook, code FROM entry WHERE coder_id = ? AND item = ?", (self.coder, item)
        )
        return {(Kind(row["kind"]), row["codebook"], row["code"]) for row in rows}

    def placed(self, entry: Entry) -> Span | None:
        """Where its passage stands in the current text; None where the study has it no longer, or it has none."""
        revision = self._home(entry)[1]
        here = now_standing(self.current, entry, revision)
        if revision is None or here is None or here.entry.start is None or here.entry.end is None:
            return None
        return Span(here.entry.start, here.entry.end)

    def _home(self, entry: Entry) -> tuple[int | None, int | None]:
        """(row of its interview, row of its revision): None for what it names none of, or what the study has not."""
        found = self.db.execute("SELECT id FROM interview WHERE code = ?", (entry.interview,)).fetchone()
        interview = found["id"] if found else None
        found = self.db.execute(
            "SELECT id FROM revision WHERE uid = ? AND interview_id = ?", (entry.revision, interview)
        ).fetchone()
        return interview, found["id"] if found else None

    def _known_suggestion(self, suggestion: int | None) -> int | None:
        """The suggestion, unless the study has it no longer."""
        row = self.db.execute("SELECT id FROM suggestion WHERE id = ?", (suggestion,)).fetchone()
        return row["id"] if row else None

    def _insert(self, e: Entry, interview: int | None, revision: int | None, suggestion: int | None) -> int:
        cursor = self.db.execute(
            "INSERT INTO entry (uid, coder_id, kind, step, reverses, item, about, interview_id, revision_id, start, "
            '"end", codebook, code, generation, flag, suggestion_id, field, title, body, made_at) '
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                e.uid, self.coder, e.kind, e.step, e.reverses, e.item, e.about, interview, revision, e.start, e.end,
                e.codebook, e.code, e.generation, e.flag, suggestion, e.field, e.title, e.body, e.made_at or now(),
            ),
        )  # fmt: skip
        row = int(cursor.lastrowid or 0)
        pairs = [(self.coder, uid, row) for uid in e.over]
        self.db.executemany("INSERT OR IGNORE INTO replaced VALUES (?, ?, ?)", pairs)
        return row

    def _holds(self, uid: str) -> bool:
        query = "SELECT 1 FROM replaced WHERE coder_id = ? AND uid = ?"
        return self.db.execute(query, (self.coder, uid)).fetchone() is None

    def _project_coding(self, entry: Entry, row: int, here: Standing, suggestion: int | None) -> None:
        """The row of what it replaces becomes its own: what hangs on it (a signature) stays or falls with it."""
        query = "SELECT g.id FROM coding g JOIN entry e ON e.id = g.entry_id WHERE e.coder_id = ? AND e.uid = ?"
        freed = [coding["id"] for uid in entry.over for coding in self.db.execute(query, (self.coder, uid))]
        if entry.kind is Kind.CODING and self._holds(entry.uid):
            now_is = here.entry
            values = (
                row, now_is.item, here.revision, now_is.start, now_is.end, now_is.codebook, now_is.code, self.coder,
                now_is.flag, here.touched, suggestion, now_is.made_at or now(),
            )  # fmt: skip
            self._set_coding(freed.pop(0) if freed else None, values)
        self.db.executemany("DELETE FROM coding WHERE id = ?", [(coding,) for coding in freed])

    def _set_coding(self, coding: int | None, values: tuple[object, ...]) -> None:
        """coding: the row to overwrite, None for a new one."""
        if coding is None:
            self.db.execute(
                'INSERT INTO coding (entry_id, item, revision_id, start, "end", codebook, code, coder_id, flag, '
                "touched, suggestion_id, made_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                values,
            )
        else:
            self.db.execute(
                'UPDATE coding SET entry_id = ?, item = ?, revision_id = ?, start = ?, "end" = ?, codebook = ?, '
                "code = ?, coder_id = ?, flag = ?, touched = ?, suggestion_id = ?, made_at = ? WHERE id = ?",
                (*values, coding),
            )

    def _project_others(self, entry: Entry, interview: int | None, suggestion: int | None) -> None:
        """Readings and decisions are keyed by what they are about: worked out anew from the entries that hold."""
        query = "SELECT kind, interview_id, suggestion_id FROM entry WHERE coder_id = ? AND uid = ?"
        before = [tuple(row) for uid in entry.over for row in self.db.execute(query, (self.coder, uid))]
        for kind, about, judged in {(entry.kind.value, interview, suggestion), *before}:
            if kind == Kind.STAGE:
                self._project_reading(about)
            elif kind == Kind.VERDICT and judged is not None:
                self._project_decision(judged)

    def _project_reading(self, interview: int | None) -> None:
        self.db.execute("DELETE FROM reading WHERE interview_id = ? AND coder_id = ?", (interview, self.coder))
        self.db.execute(
            "INSERT OR IGNORE INTO reading SELECT interview_id, coder_id FROM entry e "  # noqa: S608
            f"WHERE interview_id = ? AND coder_id = ? AND kind = 'stage' AND field = 'coded' AND {HOLDS}",
            (interview, self.coder),
        )

    def _project_decision(self, suggestion: int) -> None:
        """Of two verdicts that hold on one suggestion, « accepted » is kept, then « changed »."""
        self.db.execute("DELETE FROM decision WHERE suggestion_id = ? AND coder_id = ?", (suggestion, self.coder))
        self.db.execute(
            "INSERT INTO decision SELECT suggestion_id, coder_id, min(field) FROM entry e "  # noqa: S608
            f"WHERE suggestion_id = ? AND coder_id = ? AND kind = 'verdict' AND {HOLDS} GROUP BY suggestion_id",
            (suggestion, self.coder),
        )


def _taken_back(entry: Entry) -> Arrived:
    return Arrived(entry, Arrival.IMPOSSIBLE, "ces paroles ont été retirées par la personne.")


class Standing(NamedTuple):
    """An entry with its place and code of today. touched: see TEXT_CHANGED, CODE_CHANGED."""

    entry: Entry
    revision: int | None
    shifted: bool
    touched: int


def now_standing(current: Current, entry: Entry, revision: int | None) -> Standing | None:
    """Where an entry of a revision (its row) stands today; None when its words were taken back."""
    update: dict[str, object] = {"generation": current.generation}
    shifted, touched = False, 0
    if revision is not None and entry.start is not None and entry.end is not None:
        words = entry.kind in (Kind.MEMO, Kind.EVENT)  # they may tell what was taken back
        span = Span(entry.start, entry.end)
        moved = current.place(revision, span, whole=words)
        if moved is None:
            return None
        revision = moved.revision
        shifted, touched = moved.touched or moved.span != span, TEXT_CHANGED * moved.touched
        update |= {"start": moved.span.start, "end": moved.span.end, "revision": current.uid(revision)}
    if entry.codebook is not None and entry.code is not None:
        codebook, code, changed = current.code(entry.codebook, entry.code, entry.generation)
        touched += CODE_CHANGED * changed
        update |= {"codebook": codebook, "code": code}
    return Standing(entry.model_copy(update=update), revision, shifted, touched)


class StoredEntry(NamedTuple):
    """An entry as it stands today. row: grows in the order of arrival; touched: see TEXT_CHANGED, CODE_CHANGED."""

    row: int
    entry: Entry
    touched: int


def entries(db: sqlite3.Connection, coder: str, interview: str | None = None, after: int = 0) -> list[StoredEntry]:
    """All that a coder did on an interview, in the order of arrival.

    interview: code; None for what is about none. after: only rows beyond this one. An entry whose words were taken back
    is left out.
    """
    row = db.execute("SELECT id FROM interview WHERE code = ?", (interview,)).fetchone()
    if interview is not None and row is None:
        return []
    return _standing(db, "e.interview_id IS ? AND e.id > ?", coder, row["id"] if row else None, after)


def all_entries(db: sqlite3.Connection, coder: str) -> list[StoredEntry]:
    """All that a coder did, as `entries` gives it."""
    return _standing(db, "1", coder)


_WHOLE = (
    "SELECT e.*, i.code AS interview, v.uid AS revision FROM entry e "
    "LEFT JOIN interview i ON i.id = e.interview_id LEFT JOIN revision v ON v.id = e.revision_id"
)


def _standing(db: sqlite3.Connection, which: str, coder: str, *values: object) -> list[StoredEntry]:
    """which: a condition on the entry e."""
    which = f"e.coder_id = (SELECT id FROM coder WHERE code = ?) AND {which}"  # noqa: S608
    rows = db.execute(f"{_WHOLE} WHERE {which} ORDER BY e.id", (coder, *values)).fetchall()
    over: dict[int, list[str]] = {}
    for row in db.execute(
        f"SELECT r.entry_id, r.uid FROM entry e JOIN replaced r ON r.entry_id = e.id WHERE {which} ORDER BY r.uid",  # noqa: S608
        (coder, *values),
    ):
        over.setdefault(row["entry_id"], []).append(row["uid"])
    current, found = Current(db), []
    for row in rows:
        here = now_standing(current, entry_of(row, over.get(row["id"], ())), row["revision_id"])
        if here is not None:
            found.append(StoredEntry(row["id"], here.entry, here.touched))
    return found


def entry_of(row: sqlite3.Row, over: Sequence[str] = ()) -> Entry:
    """The entry of a row of `entry`, with the codes of its interview and the uid of its revision in their place."""
    return Entry.model_construct(
        uid=row["uid"], kind=Kind(row["kind"]), step=row["step"], item=row["item"], over=tuple(over),
        reverses=row["reverses"], about=row["about"], interview=row["interview"], revision=row["revision"],
        start=row["start"], end=row["end"], codebook=row["codebook"], code=row["code"],
        generation=row["generation"], flag=row["flag"], suggestion=row["suggestion_id"], field=row["field"],
        title=row["title"], body=row["body"], made_at=row["made_at"],
    )  # fmt: skip


def drop_items(db: sqlite3.Connection, coder: int, items: Iterable[str]) -> None:
    """Forgets things (by item) as if they had never been: every state, and the memos on them."""
    db.executemany(
        "DELETE FROM entry WHERE coder_id = ? AND (item = ? OR about = ?)", [(coder, item, item) for item in items]
    )
