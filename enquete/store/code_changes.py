"""How codes changed: what was noted, and the codings and suggestions that follow."""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from enquete.coding.entries import OWN_CODE
from enquete.store.entries import (
    CODE_CHANGED,
    FOLLOWED,
    HOLDS,
    LOOK_AGAIN,
    Current,
    entry_of,
    now_standing,
    put_entries,
)
from enquete.store.interviews import now
from enquete.store.pieces import theme_renamed

_MARK = "codebook "


class ChangeKind(StrEnum):
    """SPLIT and RETIRED leave codings where they are; the others take them along."""

    RENAMED = "renamed"
    MERGED = "merged"
    SPLIT = "split"
    RETIRED = "retired"
    ADOPTED = "adopted"


class CodeChange(NamedTuple):
    """A code, and what stands for it now: itself when it is retired; one of several when it is split."""

    kind: ChangeKind
    codebook: str
    code: str
    new_codebook: str
    new_code: str


@dataclass(frozen=True, slots=True)
class StoredChange:
    """A change as it was noted. version: of the codebook that it led to; why: pseudonymised."""

    change: CodeChange
    version: int
    made_by: str
    why: str
    made_at: str


def change_codes(
    db: sqlite3.Connection, changes: Iterable[CodeChange], version: int, made_by: str, why: int | None
) -> None:
    """Notes changes, in order, and applies them to codings and suggestions. why: row of the entry that says it.

    Entries stay as they were made: `Current.code` follows the same changes when they are read or arrive late.
    """
    for change in changes:
        kind, codebook, code, new_codebook, new_code = change
        db.execute(
            "INSERT INTO code_change (kind, codebook, code, new_codebook, new_code, version, made_by, why_id, made_at) "
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (*change, version, made_by, why, now()),
        )
        if kind in LOOK_AGAIN:
            db.execute(
                "UPDATE coding SET touched = touched | ? WHERE codebook = ? AND code = ?",
                (CODE_CHANGED, codebook, code),
            )
            db.execute(
                "UPDATE evidence SET touched = touched | ? WHERE codebook = ? AND code = ?",
                (CODE_CHANGED, codebook, code),
            )
            _drop_undecided(db, codebook, code)
        if kind in FOLLOWED and (codebook, code) != (new_codebook, new_code):  # else the label alone changed
            db.execute(
                "UPDATE coding SET codebook = ?, code = ? WHERE codebook = ? AND code = ?",
                (new_codebook, new_code, codebook, code),
            )
            _move_suggestions(db, (codebook, code), (new_codebook, new_code))
            db.execute(
                "UPDATE evidence SET codebook = ?, code = ? WHERE codebook = ? AND code = ?",
                (new_codebook, new_code, codebook, code),
            )
            theme_renamed(db, f"{codebook}:{code}", f"{new_codebook}:{new_code}")


def _drop_undecided(db: sqlite3.Connection, codebook: str, code: str) -> None:
    """Suggestions of a code that is offered no more, those that somebody judged apart."""
    db.execute(
        "DELETE FROM suggestion WHERE codebook = ? AND code = ? "
        "AND NOT EXISTS (SELECT 1 FROM decision d WHERE d.suggestion_id = suggestion.id) "
        "AND NOT EXISTS (SELECT 1 FROM coding g WHERE g.suggestion_id = suggestion.id)",
        (codebook, code),
    )


def _move_suggestions(db: sqlite3.Connection, old: tuple[str, str], new: tuple[str, str]) -> None:
    """Two that become the same passage and code are one, with what coders made of either."""
    rows = db.execute("SELECT * FROM suggestion WHERE codebook = ? AND code = ? ORDER BY id", old).fetchall()
    for row in rows:
        same = db.execute(
            'SELECT id FROM suggestion WHERE revision_id = ? AND codebook = ? AND code = ? AND start = ? AND "end" = ?',
            (row["revision_id"], *new, row["start"], row["end"]),
        ).fetchone()
        if same is None:
            db.execute("UPDATE suggestion SET codebook = ?, code = ? WHERE id = ?", (*new, row["id"]))
            continue
        pair = (same["id"], row["id"])
        db.execute("UPDATE entry SET suggestion_id = ? WHERE suggestion_id = ?", pair)
        db.execute("UPDATE coding SET suggestion_id = ? WHERE suggestion_id = ?", pair)
        db.execute(
            "INSERT INTO decision SELECT ?, coder_id, verdict FROM decision WHERE suggestion_id = ? "
            "ON CONFLICT DO UPDATE SET verdict = min(verdict, excluded.verdict)",
            pair,
        )
        db.execute("DELETE FROM suggestion WHERE id = ?", (row["id"],))


def recorded_changes(db: sqlite3.Connection, codebook: str) -> list[StoredChange]:
    """The changes that codes of a codebook went through, in order; those of codes proposed in it too."""
    rows = db.execute(
        "SELECT c.*, coalesce(e.body, '') AS why FROM code_change c LEFT JOIN entry e ON e.id = c.why_id "
        "WHERE c.codebook = ? OR c.new_codebook = ? ORDER BY c.id",
        (codebook, codebook),
    )
    return [
        StoredChange(
            CodeChange(ChangeKind(r["kind"]), r["codebook"], r["code"], r["new_codebook"], r["new_code"]),
            r["version"], r["made_by"], r["why"], r["made_at"],
        )
        for r in rows
    ]  # fmt: skip


def note_codebook(db: sqlite3.Connection, name: str, version: int) -> None:
    """The database has changed to this version of a codebook (the name of its file): the file is still to follow."""
    db.execute("INSERT OR IGNORE INTO pending VALUES (?)", (f"{_MARK}{version} {name}",))


def unwritten_codebooks(db: sqlite3.Connection) -> list[tuple[str, int]]:
    """(name of the file, version) of codebooks whose file is still to follow, in the order of their versions."""
    rows = db.execute("SELECT task FROM pending WHERE task LIKE ?", (_MARK + "%",)).fetchall()
    told = (row["task"].removeprefix(_MARK).split(" ", 1) for row in rows)
    return sorted(((name, int(version)) for version, name in told), key=lambda one: (one[0], one[1]))


def codebook_written(db: sqlite3.Connection, name: str) -> None:
    """The file has followed."""
    for stem, version in unwritten_codebooks(db):
        if stem == name:
            db.execute("DELETE FROM pending WHERE task = ?", (f"{_MARK}{version} {name}",))


class Use(NamedTuple):
    """How much stands under a code: codings and coders of the coders' layers, passages of the settled version."""

    codings: int
    coders: int
    settled: int


def use_of(db: sqlite3.Connection, codes: Collection[tuple[str, str]]) -> Use:
    """Of all these (codebook, code) together."""
    rows = db.execute(
        "SELECT g.codebook, g.code, g.coder_id, c.layer FROM coding g JOIN coder c ON c.id = g.coder_id"
    ).fetchall()
    mine = [row for row in rows if (row["codebook"], row["code"]) in codes]
    own = [row for row in mine if row["layer"] == "coder"]
    return Use(len(own), len({row["coder_id"] for row in own}), len(mine) - len(own))


class Proposal(NamedTuple):
    """A code that a coder proposes. code: its id, « ~ » and the item of its entry; parent: the theme it was put under.

    label, definition: pseudonymised. codings: their number.
    """

    code: str
    codebook: str
    coder: str
    label: str
    definition: str
    parent: str
    codings: int


def proposals(db: sqlite3.Connection) -> list[Proposal]:
    """Those that were not adopted and that stand, or still hold codings; by codebook, label and coder."""
    current = Current(db)
    rows = db.execute(
        f"SELECT e.*, c.code AS coder, {HOLDS} AS stands, "  # noqa: S608
        "(SELECT count(*) FROM coding g WHERE g.codebook = e.codebook AND g.code = ? || e.item) AS codings "
        "FROM entry e JOIN coder c ON c.id = e.coder_id WHERE e.kind = 'proposal' AND NOT EXISTS "
        "(SELECT 1 FROM code_change h WHERE h.codebook = e.codebook AND h.code = ? || e.item) ORDER BY e.id",
        (OWN_CODE, OWN_CODE),
    )
    found = {}
    for r in rows:
        parent = current.code(r["codebook"], r["code"], r["generation"])[1] if r["code"] else ""
        code = OWN_CODE + r["item"]
        if r["stands"] or r["codings"]:  # of the states of one proposal, the last that came
            found[code] = Proposal(code, r["codebook"], r["coder"], r["title"], r["body"], parent, r["codings"])
    return sorted(found.values(), key=lambda p: (p.codebook, p.label.casefold(), p.coder, p.code))


def adopted(db: sqlite3.Connection) -> list[str]:
    """Ids of proposed codes that were taken into a codebook: they are offered no more."""
    rows = db.execute("SELECT DISTINCT code FROM code_change WHERE kind = ? ORDER BY code", (ChangeKind.ADOPTED,))
    return [row["code"] for row in rows]


def own_codings(db: sqlite3.Connection) -> int:
    """How many codings stand under codes that coders proposed and nobody has adopted."""
    row = db.execute(
        "SELECT count(*) FROM coding g JOIN coder c ON c.id = g.coder_id "
        "WHERE c.layer = 'coder' AND substr(g.code, 1, 1) = ?",
        (OWN_CODE,),
    ).fetchone()
    return int(row[0])


class Look(NamedTuple):
    """A coding whose passage wants a look. id: its row; touched: see TEXT_CHANGED, CODE_CHANGED.

    settled: it is of the settled version.
    """

    id: int
    interview: str
    coder: str
    settled: bool
    start: int
    end: int
    codebook: str
    code: str
    touched: int


def to_look_at(db: sqlite3.Connection) -> list[Look]:
    """By interview and place."""
    rows = db.execute(
        "SELECT g.id, i.code AS interview, c.code AS coder, c.layer = 'settled' AS settled, g.start, g.\"end\", "
        "g.codebook, g.code, g.touched FROM coding g "
        "JOIN coder c ON c.id = g.coder_id JOIN revision r ON r.id = g.revision_id "
        "JOIN interview i ON i.id = r.interview_id WHERE g.touched "
        'ORDER BY i.code, g.start, g."end", g.code, c.code, g.id'
    )
    return [Look(*row)._replace(settled=bool(row["settled"])) for row in rows]


def restate(db: sqlite3.Connection, look: Look, uid: str) -> None:
    """The coding is stated anew as it stands, in its own layer: it wants no look any more. uid: of the new entry."""
    row = db.execute(
        "SELECT e.*, c.code AS coder, i.code AS interview, v.uid AS revision FROM coding g "
        "JOIN entry e ON e.id = g.entry_id JOIN coder c ON c.id = e.coder_id "
        "JOIN interview i ON i.id = e.interview_id JOIN revision v ON v.id = e.revision_id WHERE g.id = ?",
        (look.id,),
    ).fetchone()
    here = now_standing(Current(db), entry_of(row), row["revision_id"])
    if here is not None:
        # A coding of the settled version stays of the same step: that of its ruling.
        step = row["step"] if look.settled else uid
        again = here.entry.model_copy(
            update={"uid": uid, "step": step, "over": (row["uid"],), "reverses": None, "made_at": now()}
        )
        put_entries(db, row["coder"], [again])
