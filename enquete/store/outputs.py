"""What left the study: outputs and coders' packets, who holds a copy, and which are to be destroyed."""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Literal

from enquete.model import Audience
from enquete.store.interviews import now

OutputKind = Literal["export", "packet"]


@dataclass(frozen=True, slots=True)
class StoredOutput:
    """One copy of a file. holder: who has it, empty for the copy written in the study or whose holder nobody named.

    name: path inside the study, or the file's own name. digest: SHA-256 of its bytes. interviews: codes of those it was
    made from that the study still holds. recalled_at, destroyed_at: when it was called back and confirmed destroyed.
    """

    id: int
    name: str
    kind: str
    audience: str
    digest: str
    made_at: str
    holder: str
    recalled_at: str | None
    destroyed_at: str | None
    interviews: tuple[str, ...]

    @property
    def awaited(self) -> bool:
        """Whether its destruction was asked for and nobody has confirmed it."""
        return self.recalled_at is not None and self.destroyed_at is None


def register_output(
    db: sqlite3.Connection,
    name: str,
    kind: OutputKind,
    audience: Audience,
    digest: str,
    interviews: Iterable[str],
    holder: str = "",
    participants: Iterable[str] = (),
) -> int:
    """A file that was written; gives its number. Inside the caller's transaction or on its own.

    Same name, digest and holder are one row: written again, it is called back and destroyed no longer.
    interviews: codes; one that the study does not hold is passed over. participants: codes of those whose answers to
    questionnaires it was made from.
    """
    db.execute(
        "INSERT INTO output (name, kind, audience, digest, made_at, holder) VALUES (?, ?, ?, ?, ?, ?) "
        "ON CONFLICT DO UPDATE SET kind = excluded.kind, audience = excluded.audience, made_at = excluded.made_at, "
        "recalled_at = NULL, destroyed_at = NULL",
        (name, kind, audience, digest, now(), holder),
    )
    row = db.execute(
        "SELECT id FROM output WHERE name = ? AND digest = ? AND holder = ?", (name, digest, holder)
    ).fetchone()
    db.executemany(
        "INSERT OR IGNORE INTO output_interview SELECT ?, id FROM interview WHERE code = ?",
        [(row["id"], code) for code in interviews],
    )
    db.executemany(
        "INSERT OR IGNORE INTO output_participant SELECT ?, id FROM participant WHERE code = ?",
        [(row["id"], code) for code in participants],
    )
    return int(row["id"])


def outputs(db: sqlite3.Connection) -> list[StoredOutput]:
    """Every copy known of, in the order in which they were registered."""
    held: dict[int, list[str]] = {}
    for row in db.execute(
        "SELECT o.output_id, i.code FROM output_interview o JOIN interview i ON i.id = o.interview_id ORDER BY i.code"
    ):
        held.setdefault(row["output_id"], []).append(row["code"])
    return [
        StoredOutput(
            row["id"], row["name"], row["kind"], row["audience"], row["digest"], row["made_at"], row["holder"],
            row["recalled_at"], row["destroyed_at"], tuple(held.get(row["id"], ())),
        )
        for row in db.execute("SELECT * FROM output ORDER BY id")
    ]  # fmt: skip


def outputs_holding(db: sqlite3.Connection, interviews: Collection[str]) -> list[StoredOutput]:
    """Copies not confirmed destroyed that were made from at least one of these interviews (codes)."""
    wanted = set(interviews)
    return [o for o in outputs(db) if o.destroyed_at is None and wanted.intersection(o.interviews)]


def outputs_of_answers(db: sqlite3.Connection, participant: str | None = None) -> list[StoredOutput]:
    """Copies not confirmed destroyed that hold this person's (code) answers to questionnaires; None: anybody's."""
    rows = db.execute(
        "SELECT DISTINCT o.output_id FROM output_participant o JOIN participant p ON p.id = o.participant_id "
        "WHERE ? IS NULL OR p.code = ?",
        (participant, participant),
    )
    wanted = {row["output_id"] for row in rows}
    return [o for o in outputs(db) if o.destroyed_at is None and o.id in wanted]


def hand_over(db: sqlite3.Connection, output: int, holder: str) -> int | None:
    """Somebody was given a copy: a row of its own, so that each copy is confirmed apart; gives its number.

    None when no output has this number.
    """
    db.execute(
        "INSERT INTO output (name, kind, audience, digest, made_at, holder, recalled_at) "
        "SELECT name, kind, audience, digest, ?, ?, recalled_at FROM output WHERE id = ? "
        "ON CONFLICT DO UPDATE SET made_at = excluded.made_at, destroyed_at = NULL, "
        "recalled_at = coalesce(recalled_at, excluded.recalled_at)",
        (now(), holder, output),
    )
    row = db.execute(
        "SELECT c.id FROM output c JOIN output o ON (c.name, c.digest) = (o.name, o.digest) "
        "WHERE o.id = ? AND c.holder = ?",
        (output, holder),
    ).fetchone()
    if row is None:
        return None
    db.execute(
        "INSERT OR IGNORE INTO output_interview SELECT ?, interview_id FROM output_interview WHERE output_id = ?",
        (row["id"], output),
    )
    db.execute(
        "INSERT OR IGNORE INTO output_participant SELECT ?, participant_id FROM output_participant WHERE output_id = ?",
        (row["id"], output),
    )
    return int(row["id"])


def recall(db: sqlite3.Connection, numbers: Iterable[int]) -> None:
    """Their destruction is asked for; the first date stays."""
    db.executemany(
        "UPDATE output SET recalled_at = coalesce(recalled_at, ?) WHERE id = ?", [(now(), n) for n in numbers]
    )


def confirm_destroyed(db: sqlite3.Connection, output: int) -> bool:
    """Somebody confirmed that this copy is destroyed; False when no output has this number."""
    return bool(db.execute("UPDATE output SET destroyed_at = ? WHERE id = ?", (now(), output)).rowcount)


def confirm_overwritten(db: sqlite3.Connection, output: int) -> None:
    """The study's own former copies at the path of this output are no more: it was written over them."""
    db.execute(
        "UPDATE output SET destroyed_at = ? WHERE destroyed_at IS NULL AND holder = '' AND id <> ? "
        "AND name = (SELECT name FROM output WHERE id = ?)",
        (now(), output, output),
    )


def pending_recalls(db: sqlite3.Connection) -> int:
    """Copies whose destruction was asked for and that nobody has confirmed."""
    row = db.execute("SELECT count(*) FROM output WHERE recalled_at IS NOT NULL AND destroyed_at IS NULL").fetchone()
    return int(row[0])
