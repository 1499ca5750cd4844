"""Packets given to coders, and when their codings came back."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass

from enquete.store.codings import coder_id
from enquete.store.interviews import now
from enquete.store.outputs import StoredOutput, outputs


@dataclass(frozen=True, slots=True)
class StoredPacket:
    """coder: whose codings it gives back, under their code of today. output: the file, and who holds it.

    answered_at: when a file of codings last came back, None before; entries: how many actions it held.
    """

    uid: str
    coder: str
    output: StoredOutput
    answered_at: str | None
    entries: int


def study_uid(db: sqlite3.Connection) -> str:
    """Drawn at random when the study was made."""
    return str(db.execute("SELECT uid FROM study").fetchone()["uid"])


def register_packet(db: sqlite3.Connection, uid: str, coder: str, output: int) -> None:
    """A packet that was written. output: the number it is registered under."""
    db.execute("INSERT INTO packet (uid, output_id, coder_id) VALUES (?, ?, ?)", (uid, output, coder_id(db, coder)))


def note_answer(db: sqlite3.Connection, uid: str, entries: int) -> None:
    """A file of codings of this packet came back."""
    db.execute("UPDATE packet SET answered_at = ?, entries = ? WHERE uid = ?", (now(), entries, uid))


def packets(db: sqlite3.Connection) -> dict[str, StoredPacket]:
    """Every packet by its uid, in the order in which they were made."""
    known = {output.id: output for output in outputs(db)}
    rows = db.execute(
        "SELECT p.*, c.code FROM packet p JOIN coder c ON c.id = p.coder_id ORDER BY p.output_id"
    ).fetchall()
    return {
        row["uid"]: StoredPacket(row["uid"], row["code"], known[row["output_id"]], row["answered_at"], row["entries"])
        for row in rows
    }
