"""What follows an erasure in the database: the vault, backups, files left by killed commands, free pages.

`finish` needs to know nothing of what was erased: it takes away whatever the database no longer accounts for, so that
it may be run again after a power cut.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from enquete.actions.findings.files import refresh_files
from enquete.actions.interviews.originals import pruned
from enquete.actions.study import Study
from enquete.model import IdentifierType
from enquete.pseudonyms import Entity, NameBook, form_key
from enquete.readers.words import fold
from enquete.store import database
from enquete.store.database import transaction
from enquete.store.erasing import (
    Standing,
    compact,
    end_erasures,
    forget_entities,
    standing,
    unfinished_erasures,
    withdrawn,
)
from enquete.store.interviews import interviews, sources
from enquete.store.people import participants, proofs
from enquete.store.responses import typed_answers
from enquete.store.review import AlertKind, alerts
from enquete.vault import FLAGS, FOLDER, Identities, Vault, uids

_ATTRIBUTES = "attributs"  # the group of names found in attributes


def erased_key(secret: bytes, digest: str) -> str:
    """What the database keeps of a file that is not to come back. digest: SHA-256 of its bytes."""
    return form_key(secret, digest)


def finish(study: Study, db: sqlite3.Connection, vault: Vault) -> Iterator[str]:
    """Takes away everywhere else what the database has lost, then the mark of it; gives lines that say what it deleted.

    Raises what the vault and the database do: run again, it goes on.
    """
    subjects = unfinished_erasures(db)
    if not subjects:
        return
    with transaction(db):  # nobody imports meanwhile
        identities = vault.identities()
        _cleanse(db, identities, _people_of(db, subjects))
        identities.files |= pruned(db, vault, identities.files)
        vault.write_identities(identities)
        _forget_contacts(vault, withdrawn(db))
        vault.remove_originals_except(sources(db))
        vault.remove_proofs_except(proofs(db))
        waiting = {alert.subject for alert in alerts(db) if alert.kind is AlertKind.FLAG}
        for flag in uids(study.folder / FOLDER, FLAGS) - waiting:
            vault.remove_flag(flag)
        forget_entities(db, [entity.key for entity in identities.book.entities])
    yield from refresh_files(study)
    yield from _delete_files(study.folder)
    compact(db)
    with transaction(db):
        end_erasures(db)


def _people_of(db: sqlite3.Connection, subjects: Collection[str]) -> set[str]:
    """Codes that the names to look at belong to: people erased, interviews, and the people of those interviews."""
    people = {*subjects, *withdrawn(db)}
    for interview in interviews(db):
        if interview.code in subjects:
            people.update(interview.participants)
    return people


def _cleanse(db: sqlite3.Connection, identities: Identities, people: Collection[str]) -> None:
    gone = set(withdrawn(db))
    known = sources(db)
    identities.people = {code: names for code, names in identities.people.items() if code not in gone}
    identities.chosen = {code: name for code, name in identities.chosen.items() if code not in gone}
    identities.files = {uid: file for uid, file in identities.files.items() if uid in known}
    left = {cleared: tuple(code for code in cleared.group if code not in gone) for cleared in identities.cleared}
    identities.cleared = frozenset(replace(c, group=group) for c, group in left.items() if group or not c.group)
    words = [value for p in participants(db) for w in p.waves.values() for value in w.attributes.values()]
    told = fold(" ".join([*words, *sorted(typed_answers(db))]))
    stands = standing(db)
    kept = (_kept(entity, identities.secret, people, gone, stands, told) for entity in identities.book.entities)
    identities.book = NameBook(tuple(entity for entity in kept if entity is not None))


def _kept(
    entity: Entity,
    secret: bytes,
    people: Collection[str],
    gone: Collection[str],
    stands: Mapping[str, Standing],
    typed: str,
) -> Entity | None:
    """What the book keeps of an entity: what others said, so long as it stands in one of their texts.

    people: codes whose names are looked at. gone: those of them who withdrew.
    """
    if entity.group == (_ATTRIBUTES,):
        names = [component.replacement for component in entity.components if component.replacement]
        told = entity.type is IdentifierType.PERSON and any(fold(name) in typed for name in names)
        return entity if told else None
    if not set(people).intersection(entity.group):
        return entity
    here = stands.get(entity.key)
    if here is None:
        return None
    group = tuple(code for code in entity.group if code not in gone) or tuple(sorted(here.people))
    if "" in here.forms:  # masked before forms were kept: which of them stand here can't be told
        return replace(entity, group=group)
    forms = tuple(form for form in entity.forms if form_key(secret, form) in here.forms)
    words = {fold(form).replace(" ", "") for form in forms}
    components = tuple(c for c in entity.components if any(c.form in word for word in words))
    return replace(entity, group=group, forms=forms, components=components)


def _forget_contacts(vault: Vault, gone: Collection[str]) -> None:
    contacts = vault.contacts()
    if any(code in contacts for code in gone):
        vault.write_contacts({code: reach for code, reach in contacts.items() if code not in gone})


def _delete_files(folder: Path) -> Iterator[str]:
    """Copies of the database made before its schema changed, and what killed commands left half written."""
    backups = sorted(folder.glob(f"{Path(database.FILE_NAME).stem}.avant-*"))
    for path in backups:
        path.unlink()
    if backups:
        yield f"Copies de la base d'avant une mise à jour, effacées : {', '.join(path.name for path in backups)}."
    for path in folder.rglob(".*.tmp"):
        if path.is_file() and FOLDER not in path.relative_to(folder).parts:
            path.unlink()
