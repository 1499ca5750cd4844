"""The settled layer: what adjudication keeps of coders' codings, beside their own layers, which it never alters.

It is written like a coder's, by entries, under a code that no person bears: each ruling is a step. A ruling is never
overwritten: the next one on the same codings replaces it. Which codings count in findings: `enquete.store.counting`.
"""

from __future__ import annotations

import secrets
import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from enquete.coding.adjudication import Case, Kept, Reading, Verdict
from enquete.coding.entries import Entry, Kind
from enquete.store.entries import Current, entry_of, now_standing, put_entries
from enquete.store.interviews import Interview, now
from enquete.store.words import leave_unread

SETTLED = "arbitrage"  # code of the layer


class Decision(NamedTuple):
    """coder: whose reading, for Verdict.ONE; kept: codings of the settled version; by: who decides, empty where all
    agreed; why: pseudonymised.
    """

    verdict: Verdict
    coder: str
    kept: Sequence[Kept]
    by: str
    why: str = ""


@dataclass(frozen=True, slots=True)
class Ruling:
    """A decision as it stands today. start, end: of the passage; readings: what coders had done, as it is named and
    placed today. kept: its codings of the settled version. stands: no other one replaces it.
    """

    id: int
    interview: str
    start: int
    end: int
    verdict: Verdict
    coder: str
    by: str
    why: str
    made_at: str
    stands: bool
    readings: tuple[Reading, ...]
    kept: tuple[Kept, ...]

    @property
    def items(self) -> frozenset[tuple[str, str]]:
        """(coder, item) of the codings that it settles."""
        return frozenset((reading.coder, reading.item) for reading in self.readings)


def settled_layer(db: sqlite3.Connection) -> str:
    """Code of the layer, made on first use: no coder's, even where one is called so."""
    row = db.execute("SELECT code FROM coder WHERE layer = 'settled'").fetchone()
    if row:
        return str(row["code"])
    taken = {row["code"] for row in db.execute("SELECT code FROM coder")}
    code = next(
        f"{SETTLED}{'-' * number}" for number in range(len(taken) + 1) if f"{SETTLED}{'-' * number}" not in taken
    )
    db.execute("INSERT INTO coder (code, layer) VALUES (?, 'settled')", (code,))
    return code


def note(db: sqlite3.Connection, entry: Entry) -> int:
    """Keeps words with the settled layer (why a code was changed); gives the row of their entry.

    The vault has not seen them: the next command with a key looks for its names there.
    """
    layer = settled_layer(db)
    put_entries(db, layer, [entry])
    leave_unread(db, layer, [entry.uid])
    return _row(db, layer, entry.uid)


def _row(db: sqlite3.Connection, coder: str, uid: str) -> int:
    found = db.execute(
        "SELECT e.id FROM entry e JOIN coder c ON c.id = e.coder_id WHERE c.code = ? AND e.uid = ?", (coder, uid)
    )
    return int(found.fetchone()["id"])


def put_ruling(db: sqlite3.Connection, interview: Interview, case: Case, decision: Decision) -> int:
    """Settles a case, and gives the row of the ruling. Those that settled one of its codings before are replaced."""
    layer, step = settled_layer(db), f"r{secrets.token_hex(8)}"
    mine = {(reading.coder, reading.item) for reading in case.readings}
    former = [one for one in rulings(db, interview.code) if one.stands and one.items & mine]
    old = _held(db, [one.id for one in former])
    new = []
    for number, one in enumerate(decision.kept):
        over = tuple(uid for uid, place in old.items() if place == one)  # what hangs on it (a signature) stays
        new.append(_coding(interview, one, f"{step}-{number}", step, over, Current(db).generation))
        for uid in over:
            del old[uid]
    if old:
        new.append(_entry(interview, Kind.GONE, f"{step}-x", step, over=tuple(old)))
    put_entries(db, layer, new)
    why = None
    if decision.why:
        place = {"revision": interview.uid, "start": case.start, "end": case.end}
        why = note(db, _entry(interview, Kind.MEMO, f"{step}-why", step, body=decision.why, **place))
    cursor = db.execute(
        'INSERT INTO ruling (step, interview_id, revision_id, start, "end", verdict, kept_id, decided_by, why_id, '
        "made_at) VALUES (?, ?, ?, ?, ?, ?, (SELECT id FROM coder WHERE code = ?), ?, ?, ?)",
        (
            step, interview.id, interview.revision, case.start, case.end, decision.verdict, decision.coder or None,
            decision.by, why, now(),
        ),
    )  # fmt: skip
    row = int(cursor.lastrowid or 0)
    db.executemany(
        "INSERT INTO ruled SELECT ?, e.id FROM entry e JOIN coding g ON g.entry_id = e.id "
        'JOIN coder c ON c.id = e.coder_id WHERE c.code = ? AND e.item = ? AND g.start = ? AND g."end" = ? '
        "AND g.codebook = ? AND g.code = ? ORDER BY e.id LIMIT 1",
        [(row, r.coder, r.item, r.start, r.end, r.codebook, r.code) for r in case.readings],
    )
    db.executemany("UPDATE ruling SET replaced_by = ? WHERE id = ?", [(row, one.id) for one in former])
    return row


def _held(db: sqlite3.Connection, rulings_: Iterable[int]) -> dict[str, Kept]:
    """Codings of the settled version that these rulings made, by the uid of their entry."""
    found = {}
    for ruling in rulings_:
        for row in db.execute(
            'SELECT e.uid, g.codebook, g.code, g.start, g."end" FROM coding g JOIN entry e ON e.id = g.entry_id '
            "JOIN ruling r ON r.step = e.step WHERE r.id = ?",
            (ruling,),
        ):
            found[str(row["uid"])] = Kept(row["codebook"], row["code"], row["start"], row["end"])
    return found


def _coding(interview: Interview, kept: Kept, uid: str, step: str, over: tuple[str, ...], generation: int) -> Entry:
    fields = {
        "revision": interview.uid, "start": kept.start, "end": kept.end, "codebook": kept.codebook, "code": kept.code,
        "generation": generation,
    }  # fmt: skip
    return _entry(interview, Kind.CODING, uid, step, over=over, **fields)


def _entry(interview: Interview, kind: Kind, uid: str, step: str, **fields: Any) -> Entry:
    return Entry.model_construct(
        uid=uid, kind=kind, step=step, item=uid, interview=interview.code, made_at=now(), **fields
    )


def rulings(db: sqlite3.Connection, interview: str | None = None) -> list[Ruling]:
    """Every ruling, those that stand and those that were replaced, in the order in which they were made."""
    rows = db.execute(
        "SELECT r.*, i.code AS interview, coalesce(c.code, '') AS coder, coalesce(w.body, '') AS why FROM ruling r "
        "JOIN interview i ON i.id = r.interview_id LEFT JOIN coder c ON c.id = r.kept_id "
        "LEFT JOIN entry w ON w.id = r.why_id WHERE ? IS NULL OR i.code = ? ORDER BY r.id",
        (interview, interview),
    ).fetchall()
    current = Current(db)
    readings, kept = _readings(db, current, interview), _kept(db, current, interview)
    return [
        Ruling(
            row["id"], row["interview"], row["start"], row["end"], Verdict(row["verdict"]), row["coder"],
            row["decided_by"], row["why"], row["made_at"], row["replaced_by"] is None,
            tuple(readings.get(row["id"], ())), tuple(kept.get(row["step"], ())),
        )
        for row in rows
    ]  # fmt: skip


_PLACED = (
    "SELECT e.*, i.code AS interview, v.uid AS revision, c.code AS coder, {more} FROM entry e "
    "JOIN coder c ON c.id = e.coder_id JOIN interview i ON i.id = e.interview_id "
    "JOIN revision v ON v.id = e.revision_id {join} WHERE e.kind = 'coding' AND (? IS NULL OR i.code = ?) ORDER BY e.id"
)


def _readings(db: sqlite3.Connection, current: Current, interview: str | None) -> Mapping[int, list[Reading]]:
    found: dict[int, list[Reading]] = defaultdict(list)
    query = _PLACED.format(more="d.ruling_id", join="JOIN ruled d ON d.entry_id = e.id")
    for row in db.execute(query, (interview, interview)).fetchall():
        here = _today(current, row)
        if here is not None:
            flag = row["flag"]
            found[row["ruling_id"]].append(Reading(row["coder"], row["item"], *here, flag))
    return found


def _kept(db: sqlite3.Connection, current: Current, interview: str | None) -> Mapping[str, list[Kept]]:
    """By step."""
    found: dict[str, list[Kept]] = defaultdict(list)
    query = _PLACED.format(more="r.id AS ruling_id", join="JOIN ruling r ON r.step = e.step")
    for row in db.execute(query, (interview, interview)).fetchall():
        here = _today(current, row)
        if here is not None and here not in found[row["step"]]:
            found[row["step"]].append(here)
    return found


def _today(current: Current, row: sqlite3.Row) -> Kept | None:
    """Where an entry's words stand and how its code is called today; None when they were taken back."""
    here = now_standing(current, entry_of(row), row["revision_id"])
    if here is None:
        return None
    e = here.entry
    return Kept(e.codebook or "", e.code or "", e.start or 0, e.end or 0)


def settle_whole(db: sqlite3.Connection, interview: Interview) -> None:
    """Nothing is open in this interview any more: its settled version is whole."""
    uid = f"whole-{interview.id}"
    stage = Entry(uid=uid, kind=Kind.STAGE, step=uid, item=uid, interview=interview.code, field="coded", made_at=now())
    put_entries(db, settled_layer(db), [stage])


def settled_whole(db: sqlite3.Connection) -> set[str]:
    """Codes of the interviews whose settled version is whole."""
    rows = db.execute(
        "SELECT i.code FROM reading r JOIN interview i ON i.id = r.interview_id "
        "JOIN coder c ON c.id = r.coder_id AND c.layer = 'settled'"
    )
    return {row["code"] for row in rows}
