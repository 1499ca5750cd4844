"""Participants, by code: their waves, attributes and consents."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from enquete.model import ConsentKind, ConsentState, RespondentType
from enquete.survey.participants import participant_key


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


def add_participants(db: sqlite3.Connection, codes: Iterable[str]) -> dict[str, int]:
    """Adds those whom the study does not know, as concerned persons; gives the row of everybody, by code."""
    db.executemany(
        "INSERT OR IGNORE INTO participant (code, type) VALUES (?, ?)",
        [(code, RespondentType.CONCERNED) for code in codes],
    )
    return participant_rows(db)


def participant_rows(db: sqlite3.Connection) -> dict[str, int]:
    """The row of everybody, by code."""
    return {row["code"]: row["id"] for row in db.execute("SELECT code, id FROM participant ORDER BY id")}


def add_participations(db: sqlite3.Connection, rows: Iterable[tuple[int, str]]) -> None:
    """Adds people (their rows) to waves; what is known of them there stays."""
    db.executemany("INSERT OR IGNORE INTO participation (participant_id, wave) VALUES (?, ?)", rows)


def put_attributes(db: sqlite3.Connection, rows: Iterable[tuple[int, str, str, str]]) -> None:
    """(row of the person, wave, name, value): said anew where it was said before. They must be in the wave."""
    db.executemany("INSERT OR REPLACE INTO attribute (participant_id, wave, name, value) VALUES (?, ?, ?, ?)", rows)


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
    # A file that still says yes does not undo what was noted since, on a given day, with its proof.
    db.executemany(
        "INSERT INTO consent (participant_id, wave, kind, state) VALUES (?, ?, ?, ?) "
        "ON CONFLICT DO UPDATE SET state = excluded.state WHERE decided_on IS NULL OR excluded.state <> 'given'",
        [(*key, kind, state) for kind, state in participation.consents.items()],
    )


def values(db: sqlite3.Connection) -> set[str]:
    """Everything that is told of people in words: attributes, and who sent them."""
    rows = db.execute("SELECT value FROM attribute UNION SELECT recruited_by FROM participation")
    return {row["value"] for row in rows if row["value"]}


def change_values(db: sqlite3.Connection, changes: Mapping[str, str]) -> None:
    """Says these in other words, wherever they stand."""
    for old, new in changes.items():
        if new != old:
            db.execute("UPDATE attribute SET value = ? WHERE value = ?", (new, old))
            db.execute("UPDATE participation SET recruited_by = ? WHERE recruited_by = ?", (new, old))


def attribute_names(db: sqlite3.Connection) -> list[str]:
    """Names of attributes, as they are written."""
    return [row["name"] for row in db.execute("SELECT DISTINCT name FROM attribute ORDER BY name")]


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


def known_codes(db: sqlite3.Connection) -> dict[str, str]:
    """The code of each person by each of those that they bear, their own first, by code."""
    own = {row["code"]: row["code"] for row in db.execute("SELECT code FROM participant ORDER BY code")}
    others = db.execute(
        "SELECT o.code, p.code AS own FROM other_code o JOIN participant p ON p.id = o.participant_id ORDER BY o.code"
    )
    return own | {row["code"]: row["own"] for row in others}


def code_of(db: sqlite3.Connection, written: str) -> str | None:
    """The code of whom somebody writes « p12 », « P-012 », or another code of theirs; None when nobody bears it."""
    key = participant_key(written)
    return next((own for code, own in known_codes(db).items() if participant_key(code) == key), None)


@dataclass(frozen=True, slots=True)
class Consent:
    """What a person said of one thing in one wave.

    decided_on: day, None when it is not known. proofs: keys of the vault, oldest first. oral: said aloud.
    """

    participant: str
    wave: str
    kind: ConsentKind
    state: ConsentState
    decided_on: date | None = None
    proofs: tuple[str, ...] = ()
    oral: bool = False


def put_consent(db: sqlite3.Connection, consent: Consent) -> None:
    """Notes a decision; its proofs come after those there are. The participant must be there."""
    row = db.execute("SELECT id FROM participant WHERE code = ?", (consent.participant,)).fetchone()
    key = (int(row["id"]), consent.wave)
    db.execute("INSERT OR IGNORE INTO participation (participant_id, wave) VALUES (?, ?)", key)
    db.execute(
        "INSERT INTO consent (participant_id, wave, kind, state, decided_on, proof, oral) VALUES (?, ?, ?, ?, ?, ?, ?) "
        "ON CONFLICT DO UPDATE SET state = excluded.state, decided_on = excluded.decided_on, oral = excluded.oral, "
        "proof = coalesce(proof || ' ' || excluded.proof, excluded.proof, proof)",
        (
            *key,
            consent.kind,
            consent.state,
            consent.decided_on and consent.decided_on.isoformat(),
            " ".join(consent.proofs) or None,
            consent.oral,
        ),
    )


def consents(db: sqlite3.Connection) -> list[Consent]:
    """Every decision, by person, wave and kind."""
    rows = db.execute(
        "SELECT p.code, c.* FROM consent c JOIN participant p ON p.id = c.participant_id "
        "ORDER BY p.code, c.wave, c.kind"
    )
    return [
        Consent(
            row["code"],
            row["wave"],
            ConsentKind(row["kind"]),
            ConsentState(row["state"]),
            date.fromisoformat(row["decided_on"]) if row["decided_on"] else None,
            tuple((row["proof"] or "").split()),
            bool(row["oral"]),
        )
        for row in rows
    ]


def proofs(db: sqlite3.Connection) -> set[str]:
    """Keys of the proofs that a consent names: the others of the vault are left from a crash or an erasure."""
    return {key for consent in consents(db) for key in consent.proofs}


def forget_proofs(db: sqlite3.Connection) -> None:
    """The states stay without their proofs."""
    db.execute("UPDATE consent SET proof = NULL")
