"""Participants, by code: their waves, attributes and consents."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass, field

from enquete.model import ConsentKind, ConsentState, RespondentType


@dataclass(frozen=True, slots=True)
class Participation:
    """A person in a wave. attributes and recruited_by are free of names."""

    wave: str
    recruited_by: str | None = None
    attributes: Mapping[str, str] = field(default_factory=dict)
    consents: Mapping[ConsentKind, ConsentState] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Participant:
    """A person, with the waves that are known of them, in no particular order."""

    code: str
    type: RespondentType
    waves: Mapping[str, Participation] = field(default_factory=dict)


def put_participant(db: sqlite3.Connection, code: str, type_: RespondentType) -> int:
    """Adds the person, or corrects their type; gives the row's id."""
    db.execute(
        "INSERT INTO participant (code, type) VALUES (?, ?) ON CONFLICT (code) DO UPDATE SET type = excluded.type",
        (code, type_),
    )
    row = db.execute("SELECT id FROM participant WHERE code = ?", (code,)).fetchone()
    return int(row["id"])


def put_participation(db: sqlite3.Connection, participant_id: int, participation: Participation) -> None:
    """Adds the person to a wave, or replaces what is given anew; what is not given stays."""
    key = (participant_id, participation.wave)
    db.execute(
        "INSERT INTO participation (participant_id, wave, recruited_by) VALUES (?, ?, ?) "
        "ON CONFLICT DO UPDATE SET recruited_by = coalesce(excluded.recruited_by, recruited_by)",
        (*key, participation.recruited_by),
    )
    db.executemany(
        "INSERT OR REPLACE INTO attribute (participant_id, wave, name, value) VALUES (?, ?, ?, ?)",
        [(*key, name, value) for name, value in participation.attributes.items()],
    )
    db.executemany(
        "INSERT OR REPLACE INTO consent (participant_id, wave, kind, state) VALUES (?, ?, ?, ?)",
        [(*key, kind, state) for kind, state in participation.consents.items()],
    )


def participants(db: sqlite3.Connection) -> list[Participant]:
    """Everybody, by code."""
    waves: dict[int, dict[str, Participation]] = {}
    for row in db.execute("SELECT * FROM participation ORDER BY participant_id, wave"):
        attributes = db.execute(
            "SELECT name, value FROM attribute WHERE participant_id = ? AND wave = ? ORDER BY name",
            (row["participant_id"], row["wave"]),
        )
        consents = db.execute(
            "SELECT kind, state FROM consent WHERE participant_id = ? AND wave = ? ORDER BY kind",
            (row["participant_id"], row["wave"]),
        )
        waves.setdefault(row["participant_id"], {})[row["wave"]] = Participation(
            row["wave"],
            row["recruited_by"],
            {r["name"]: r["value"] for r in attributes},
            {ConsentKind(r["kind"]): ConsentState(r["state"]) for r in consents},
        )
    return [
        Participant(row["code"], RespondentType(row["type"]), waves.get(row["id"], {}))
        for row in db.execute("SELECT * FROM participant ORDER BY code")
    ]
