"""Who asked for their own sheet: it is made for nobody else."""

from __future__ import annotations

import sqlite3
from datetime import date
from typing import NamedTuple

from enquete.store.interviews import participant_id


class Asked(NamedTuple):
    """participant: code. noted_by: code of who says so."""

    participant: str
    on: date
    noted_by: str


def ask_sheet(db: sqlite3.Connection, asked: Asked) -> None:
    """This person asked for their sheet; said again, the last day stands."""
    db.execute(
        "INSERT OR REPLACE INTO sheet_request VALUES (?, ?, ?)",
        (participant_id(db, asked.participant), asked.on.isoformat(), asked.noted_by),
    )


def asked_sheets(db: sqlite3.Connection) -> list[Asked]:
    """By code."""
    rows = db.execute(
        "SELECT p.code, s.asked_on, s.noted_by FROM sheet_request s JOIN participant p ON p.id = s.participant_id "
        "ORDER BY p.code"
    )
    return [Asked(row["code"], date.fromisoformat(row["asked_on"]), row["noted_by"]) for row in rows]
