"""Two codes that a human says are one person: what hangs on one moves to the other, in one transaction."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from dataclasses import dataclass

from enquete.store.interviews import now, participant_id
from enquete.store.pieces import merge_cases

_MARK = "link "
# Of two answers to the same question in one wave, the one that protects holds.
_STRICTEST = ("withdrawn", "refused", "given")


@dataclass(frozen=True, slots=True)
class Conflict:
    """Why two people cannot be one. met: waves in which both were met; attributes: (wave, name) that differ."""

    met: tuple[str, ...] = ()
    attributes: tuple[tuple[str, str], ...] = ()
    types: bool = False

    def __bool__(self) -> bool:
        return bool(self.met or self.attributes or self.types)


def conflict(db: sqlite3.Connection, one: str, other: str) -> Conflict:
    """What stands against these two codes being one person."""
    ids = participant_id(db, one), participant_id(db, other)
    types = {row["type"] for row in db.execute("SELECT type FROM participant WHERE id IN (?, ?)", ids)}
    attributes = db.execute(
        "SELECT a.wave, a.name FROM attribute a JOIN attribute b ON (a.wave, a.name) = (b.wave, b.name) "
        "WHERE a.participant_id = ? AND b.participant_id = ? AND a.value <> b.value ORDER BY a.wave, a.name",
        ids,
    )
    met = met_in(db)
    return Conflict(
        tuple(sorted(met[one] & met[other])), tuple((r["wave"], r["name"]) for r in attributes), len(types) > 1
    )


def met_in(db: sqlite3.Connection) -> dict[str, set[str]]:
    """Waves in which each person was met or answered, by code."""
    found: dict[str, set[str]] = defaultdict(set)
    for row in db.execute(
        "SELECT p.code, i.wave FROM interview_participant ip JOIN interview i ON i.id = ip.interview_id "
        "JOIN participant p ON p.id = ip.participant_id UNION SELECT p.code, d.wave FROM response r "
        "JOIN dataset d ON d.id = r.dataset_id JOIN participant p ON p.id = r.participant_id"
    ):
        found[row["code"]].add(row["wave"])
    return found


def merge(db: sqlite3.Connection, gone: str, kept: str, by: str) -> None:
    """All that hangs on `gone` hangs on `kept`, who bears both codes now; a mark says that the vault is to follow.

    Inside the caller's transaction, where `conflict` found nothing.
    """
    old, new = participant_id(db, gone), participant_id(db, kept)
    _move_participations(db, old, new)
    _move_losses(db, old, new)
    db.execute(
        "UPDATE attempt_limit SET attempts = (SELECT min(attempts) FROM attempt_limit WHERE participant_id IN (?, ?)) "
        "WHERE participant_id IN (?, ?)",
        (old, new, old, new),
    )
    for table in ("interview_participant", "attempt_limit", "output_participant"):
        db.execute(f"UPDATE OR IGNORE {table} SET participant_id = ? WHERE participant_id = ?", (new, old))  # noqa: S608
    for table in ("speaker", "response", "attempt", "other_code"):
        db.execute(f"UPDATE {table} SET participant_id = ? WHERE participant_id = ?", (new, old))  # noqa: S608
    for row in db.execute("SELECT * FROM told_apart WHERE ? IN (one_id, other_id)", (old,)).fetchall():
        third = row["one_id"] + row["other_id"] - old
        if third != new:
            db.execute("INSERT OR IGNORE INTO told_apart VALUES (?, ?)", sorted((third, new)))
    merge_cases(db, old, new, kept)
    db.execute("UPDATE OR IGNORE sheet_request SET participant_id = ? WHERE participant_id = ?", (new, old))
    db.execute("DELETE FROM participant WHERE id = ?", (old,))
    add_other_code(db, gone, kept, by)
    db.execute("INSERT OR IGNORE INTO pending VALUES (?)", (_MARK + gone,))


def _move_losses(db: sqlite3.Connection, old: int, new: int) -> None:
    """Of one wave, the reason that was given of the second person stays, and what is known of both."""
    for row in db.execute("SELECT * FROM lost WHERE participant_id = ?", (old,)).fetchall():
        key = (new, row["wave"])
        there = db.execute("SELECT known_id FROM lost WHERE (participant_id, wave) = (?, ?)", key).fetchone()
        if there is None:
            continue
        if there["known_id"] is None or row["known_id"] is None:
            known = there["known_id"] or row["known_id"]
            db.execute("UPDATE lost SET known_id = ? WHERE (participant_id, wave) = (?, ?)", (known, *key))
            continue
        db.execute(
            "UPDATE entry SET body = body || ' ; ' || (SELECT body FROM entry WHERE id = ?) WHERE id = ?",
            (row["known_id"], there["known_id"]),
        )
        db.execute("DELETE FROM entry WHERE id = ?", (row["known_id"],))
    db.execute("UPDATE OR IGNORE lost SET participant_id = ? WHERE participant_id = ?", (new, old))


def _move_participations(db: sqlite3.Connection, old: int, new: int) -> None:
    db.execute(
        "INSERT INTO participation SELECT ?, wave, recruited_by FROM participation WHERE participant_id = ? "
        "ON CONFLICT DO UPDATE SET recruited_by = coalesce(recruited_by, excluded.recruited_by)",
        (new, old),
    )
    db.execute(
        "INSERT OR IGNORE INTO attribute SELECT ?, wave, name, value FROM attribute WHERE participant_id = ?",
        (new, old),
    )
    for row in db.execute("SELECT * FROM consent WHERE participant_id = ?", (old,)).fetchall():
        key = (new, row["wave"], row["kind"])
        there = db.execute("SELECT * FROM consent WHERE (participant_id, wave, kind) = (?, ?, ?)", key).fetchone()
        both = sorted((one for one in (there, row) if one), key=lambda one: _STRICTEST.index(one["state"]))
        proofs = " ".join(one["proof"] for one in (there, row) if one and one["proof"])
        holds = both[0]
        db.execute(
            "INSERT OR REPLACE INTO consent (participant_id, wave, kind, state, decided_on, proof, oral) "
            "VALUES (?, ?, ?, ?, ?, ?, ?)",
            (*key, holds["state"], holds["decided_on"], proofs or None, holds["oral"]),
        )


def add_other_code(db: sqlite3.Connection, code: str, own: str, by: str) -> None:
    """Somebody bears another code too, in files to come. own: theirs in the study; nobody bears the other one yet."""
    db.execute("INSERT INTO other_code VALUES (?, ?, ?, ?)", (code, participant_id(db, own), by, now()))


def other_codes(db: sqlite3.Connection) -> dict[str, str]:
    """The code in the study of whoever bears another one, by that other one."""
    rows = db.execute(
        "SELECT o.code, p.code AS own FROM other_code o JOIN participant p ON p.id = o.participant_id ORDER BY o.code"
    )
    return {row["code"]: row["own"] for row in rows}


def links_to_finish(db: sqlite3.Connection) -> list[str]:
    """Codes merged into another one, which the vault may still know apart."""
    rows = db.execute("SELECT task FROM pending WHERE task LIKE ? ORDER BY task", (_MARK + "%",))
    return [row["task"].removeprefix(_MARK) for row in rows]


def links_finished(db: sqlite3.Connection) -> None:
    """The vault has followed."""
    db.execute("DELETE FROM pending WHERE task LIKE ?", (_MARK + "%",))
