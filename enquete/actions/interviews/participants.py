"""The participants file into the study: codes, types, waves, attributes, consents; names into the vault."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence
from pathlib import Path

from enquete.actions.interviews.masking import mask_attributes
from enquete.actions.interviews.people import Register
from enquete.store.codings import record
from enquete.store.database import transaction
from enquete.store.people import Participation, put_participant, put_participation
from enquete.survey.columns import find_columns
from enquete.survey.participants import ParticipantRow, is_name
from enquete.survey.preferences import PREFERENCES
from enquete.tables import read_table
from enquete.vault import Identities, Vault


def store_participants(
    db: sqlite3.Connection, vault: Vault, rows: Sequence[ParticipantRow], register: Register, *, store: bool
) -> Mapping[str, Mapping[str, str]]:
    """Everybody in the file, met or not; gives the names known of each person, by code.

    With store=False nothing is written.
    """
    identities = vault.identities()
    _name(identities, rows, register)
    if store and rows:
        values = [value for row in rows for value in (*row.attributes.values(), row.recruited_by)]
        masked = dict(zip(values, mask_attributes(values, identities), strict=True))
        with transaction(db):
            current = vault.identities()
            _name(current, rows, register)
            vault.write_identities(current)
            _write_contacts(vault, rows, register)
            for row in rows:
                person = put_participant(db, register.code(row.participant), row.type)
                attributes = {name: masked[value] for name, value in row.attributes.items()}
                participation = Participation(
                    row.wave, masked[row.recruited_by] or None, attributes, dict(row.consents)
                )
                put_participation(db, person, participation)
            record(db, "importer participants", f"lignes={len(rows)}")
    return identities.people


def identifying_columns(path: Path, rows: Sequence[ParticipantRow]) -> tuple[str, ...]:
    """Columns of a participants file that tell who people are, those of its refused rows too.

    rows: those that could be read. Raises EnqueteError as `read_table`.
    """
    table = read_table(path)
    columns = find_columns(table)
    telling = (*columns.identity, *columns.preferences)
    filled = [column for column in telling if any(row.cells[column] for row in table.rows)]
    return tuple(dict.fromkeys([*filled, *(column for row in rows for column in row.identity)]))


def _name(identities: Identities, rows: Sequence[ParticipantRow], register: Register) -> None:
    for row in rows:
        code = register.code(row.participant)
        names = {column: value for column, value in row.identity.items() if is_name(column)}
        if names:
            identities.people.setdefault(code, {}).update(names)
        if row.pseudonym:
            identities.chosen[code] = row.pseudonym


def _write_contacts(vault: Vault, rows: Sequence[ParticipantRow], register: Register) -> None:
    contacts = vault.contacts()
    for row in rows:
        reach = {column: value for column, value in row.identity.items() if not is_name(column)}
        if reach:
            contacts.setdefault(register.code(row.participant), {}).setdefault(row.wave, {}).update(reach)
        if row.preferences:
            contacts.setdefault(register.code(row.participant), {}).setdefault(PREFERENCES, {}).update(row.preferences)
    vault.write_contacts(contacts)
