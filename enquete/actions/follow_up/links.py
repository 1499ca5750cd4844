"""Codes that are one person's from wave to wave: proposed with the vault open, confirmed by a human, or in a table.

The database goes first, in one transaction that leaves a mark; the vault follows, whose every entry under the former
code moves to the other; then the mark goes. Killed in between, the next command that opens the vault does the rest, and
nothing was lost: what the vault still holds under a former code is found by it.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from enquete.actions.coding.coders import check_name
from enquete.actions.results import Result
from enquete.actions.study import Study
from enquete.errors import EnqueteError, Problem
from enquete.store.codings import record
from enquete.store.database import transaction
from enquete.store.erasing import withdrawn
from enquete.store.follow_up import tell_apart, told_apart
from enquete.store.linking import (
    add_other_code,
    conflict,
    links_finished,
    links_to_finish,
    merge,
    met_in,
    other_codes,
)
from enquete.store.people import code_of, participants
from enquete.survey.identity import telling
from enquete.survey.linking import KnownPerson, Link, known_person, propose
from enquete.survey.participants import participant_key, read_code
from enquete.survey.preferences import PREFERENCES, both_preferences
from enquete.tables import find_column, read_table
from enquete.vault import Identities, Vault
from enquete.wording import n

_OLD = ("ancien code", "code d'avant", "ancienne clé", "ancien", "old code", "old", "avant", "code v1")
_NEW = ("nouveau code", "code d'après", "nouvelle clé", "nouveau", "new code", "new", "après", "code v2")


def finish_links(db: sqlite3.Connection, vault: Vault) -> None:
    """What a killed command left: the vault knows as two people whom the database knows as one."""
    if not links_to_finish(db):
        return
    with transaction(db):
        _follow(vault, other_codes(db))
        links_finished(db)


def _follow(vault: Vault, own: Mapping[str, str]) -> None:
    """own: the code that stands for each former one."""
    identities = vault.identities()
    _rename(identities, own)
    vault.write_identities(identities)
    contacts = vault.contacts()
    for former in [code for code in contacts if code in own]:
        kept = contacts.setdefault(own[former], {})
        for wave, cells in contacts.pop(former).items():
            join = both_preferences if wave == PREFERENCES else _together
            kept[wave] = join(kept.get(wave, {}), cells)
    vault.write_contacts(contacts)


def _rename(identities: Identities, own: Mapping[str, str]) -> None:
    for former in [code for code in identities.people if code in own]:
        kept = identities.people.setdefault(own[former], {})
        identities.people[own[former]] = _together(kept, identities.people.pop(former))
    for former in [code for code in identities.chosen if code in own]:
        identities.chosen.setdefault(own[former], identities.chosen.pop(former))

    def group(codes: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(dict.fromkeys(own.get(code, code) for code in codes))

    identities.cleared = frozenset(replace(one, group=group(one.group)) for one in identities.cleared)
    identities.book = type(identities.book)(
        tuple(replace(entity, group=group(entity.group)) for entity in identities.book.entities)
    )


def _together(kept: Mapping[str, Any], other: Mapping[str, Any]) -> dict[str, Any]:
    """Both, column by column; another value of one column under a header of its own: no name is lost."""
    both = dict(kept)
    for column, value in other.items():
        header, number = column, 2
        while header in both and both[header] != value:
            header, number = f"{column} ({number})", number + 1
        both[header] = value
    return both


def proposals(study: Study, *, named: bool = False) -> Iterator[str]:
    """Lines to print: pairs that may be one person, best first; named: with what the vault knows of them.

    Raises EnqueteError: no key.
    """
    vault = study.vault()
    with study.database() as db:
        finish_links(db, vault)
        people = known_people(db, vault)
        apart = told_apart(db)
    links = propose(people, apart)
    silent = sum(not person.known for person in people)
    if not links:
        yield "Aucun lien à proposer : rien, au coffre, ne rapproche deux personnes de vagues différentes."
    for link in links:
        yield f"{link.second} serait {link.first}, {_sure(link)} ({_percent(link.chance)})"
        yield f"  {' ; '.join(item.why for item in link.evidence)}"
        if named:
            yield from (f"    {code} : {_who(vault, code)}" for code in (link.first, link.second))
    if links and not named:
        yield "Pour voir les noms, sur un écran que personne d'autre ne regarde : « --noms »."
    if links:
        first = links[0]
        yield f"Pour confirmer : « enquete suivi liens confirmer {first.second} {first.first} --par CODE »."
        yield f"Pour dire que ce sont deux personnes : « enquete suivi liens separer {first.second} {first.first} »."
    if silent:
        nothing = "sans nom, naissance ni téléphone au coffre"
        yield f"{n('personne', silent)} {nothing} : rien ne les rapproche d'une autre vague."


def _who(vault: Vault, code: str) -> str:
    """All that is compared, as files wrote it."""
    reach = vault.contacts().get(code, {})
    cells = [vault.identities().people.get(code, {}), *(reach[wave] for wave in reach if wave != PREFERENCES)]
    return " ; ".join(dict.fromkeys(f"{column} {value}" for told in cells for column, value in told.items()))


def known_people(db: sqlite3.Connection, vault: Vault) -> list[KnownPerson]:
    """Everybody, as they are compared."""
    identities, contacts, met = vault.identities(), vault.contacts(), met_in(db)
    return [
        known_person(
            one.code,
            met.get(one.code) or one.waves.keys(),
            identities.people.get(one.code, {}),
            [cells for wave, cells in contacts.get(one.code, {}).items() if wave != PREFERENCES],
        )
        for one in participants(db)
    ]


def _sure(link: Link) -> str:
    if link.chance >= 0.99:
        return "presque sûr"
    return "probable" if link.chance >= 0.8 else "à vérifier"


def _percent(chance: float) -> str:
    """Never 100: a human decides."""
    return f"{min(int(chance * 100), 99)}\u00a0%"


def confirm_link(study: Study, gone: str, kept: str, by: str) -> Iterator[str]:
    """Makes one person of two codes, and gives lines to print. The second code is kept.

    Raises EnqueteError: CODER_NAME, UNKNOWN_PARTICIPANT, LINK_*, no key.
    """
    check_name(by)
    vault = study.vault()
    with study.database() as db:
        finish_links(db, vault)
        with transaction(db):
            old, new = _known(db, gone), _known(db, kept)
            refuse_link(db, old, new)
            merge(db, old, new, by)
            record(db, "suivi liens confirmer", "liens=1")
        finish_links(db, vault)
    yield f"{old} et {new} sont une même personne : {new}. Tout ce qui était à {old} est à {new}."
    yield f"Un fichier qui dira encore {old} parlera d'elle."
    yield "Ses pseudonymes restent ceux de chaque vague : « enquete relire --fusionner » permet de n'en garder qu'un."


def _known(db: sqlite3.Connection, written: str) -> str:
    code = code_of(db, written)
    if code is None:
        raise EnqueteError(Problem.UNKNOWN_PARTICIPANT, code=written)
    return code


def refuse_link(db: sqlite3.Connection, gone: str, kept: str) -> None:
    """Raises EnqueteError(LINK_SELF, LINK_SAME_WAVE, LINK_TYPES, LINK_ATTRIBUTES): what stands against it."""
    if gone == kept:
        raise EnqueteError(Problem.LINK_SELF, code=kept)
    found = conflict(db, gone, kept)
    if found.met:
        raise EnqueteError(Problem.LINK_SAME_WAVE, gone=gone, kept=kept, waves=", ".join(found.met))
    if found.types:
        raise EnqueteError(Problem.LINK_TYPES, gone=gone, kept=kept)
    if found.attributes:
        told = ", ".join(f"« {name} » en {wave}" for wave, name in found.attributes)
        raise EnqueteError(Problem.LINK_ATTRIBUTES, gone=gone, kept=kept, attributes=told)


def separate(study: Study, one: str, other: str) -> str:
    """A human says that these are two people. Raises EnqueteError: UNKNOWN_PARTICIPANT, LINK_SELF."""
    with study.database() as db, transaction(db):
        mine, theirs = _known(db, one), _known(db, other)
        if mine == theirs:
            raise EnqueteError(Problem.LINK_SELF, code=mine)
        tell_apart(db, mine, theirs)
        record(db, "suivi liens separer", "paires=1")
    return f"{mine} et {theirs} sont deux personnes : ce lien ne sera plus proposé."


def import_links(study: Study, path: Path, by: str, *, try_only: bool) -> Result:
    """A table of former and new codes. The one that the study knows is kept, the former one when it knows both; a code
    that it does not know yet is the same person's in the files to come. problems: rows left out, each with its line.

    Raises EnqueteError: CODER_NAME, as `read_table`, TABLE_NO_COLUMN, no key.
    """
    check_name(by)
    table = read_table(path)
    old, new = find_column(table.columns, _OLD), find_column(table.columns, _NEW)
    if old is None or new is None:
        wanted = "l'ancien code" if old is None else "le nouveau code"
        names = "ancien code, nouveau code"
        raise EnqueteError(Problem.TABLE_NO_COLUMN, where=table.source, wanted=wanted, names=names)
    vault = study.vault()
    result = Result()
    with study.database() as db:
        finish_links(db, vault)
        for row in table.rows:
            try:
                result.lines.append(_link_row(db, row.cells[old], row.cells[new], by, try_only=try_only))
            except EnqueteError as error:
                result.problems.append(f"{table.source}, ligne {row.number} : {error}")
        finish_links(db, vault)
    done = len(result.lines)
    result.lines.append(f"{n('lien', done)} {'à faire' if try_only else 'en place'}.")
    return result


def _link_row(db: sqlite3.Connection, old: str, new: str, by: str, *, try_only: bool) -> str:
    """One row, in a transaction of its own."""
    gone = set(map(participant_key, withdrawn(db)))
    for written in (old, new):
        if not participant_key(written):
            raise EnqueteError(Problem.LINK_EMPTY)
        if participant_key(written) in gone:
            raise EnqueteError(Problem.LINK_WITHDRAWN, code=written)
    with transaction(db):
        mine, theirs = code_of(db, old), code_of(db, new)
        if mine is None and theirs is None:
            raise EnqueteError(Problem.LINK_UNKNOWN)
        if mine == theirs:
            return f"{old}, {new} : une même personne déjà, {mine}"
        if mine and theirs:
            refuse_link(db, theirs, mine)
            if {mine, theirs} in told_apart(db):
                raise EnqueteError(Problem.LINK_APART, gone=theirs, kept=mine)
            if not try_only:
                merge(db, theirs, mine, by)
                record(db, "suivi liens importer", "liens=1")
            return f"{theirs} est {mine}"
        known, other = (mine, new) if mine else (theirs, old)
        _refuse_names(other)
        if not try_only and known:
            add_other_code(db, other.replace(" ", ""), known, by)
            record(db, "suivi liens importer", "codes=1")
        return f"{other} sera {known} dans les fichiers à venir"


def _refuse_names(written: str) -> None:
    """The database holds codes, and nobody's name. Raises EnqueteError(LINK_CODE)."""
    try:
        read_code(written)
    except ValueError:
        raise EnqueteError(Problem.LINK_CODE) from None
    if telling(written):
        raise EnqueteError(Problem.LINK_CODE)


def list_links(study: Study) -> Iterator[str]:
    """Lines to print: the codes that are one person's, and the pairs told apart."""
    with study.database() as db:
        own, apart = other_codes(db), told_apart(db)
    for former, code in own.items():
        yield f"{former} est {code}"
    for pair in sorted(sorted(pair) for pair in apart):
        yield f"{' et '.join(pair)} sont deux personnes"
    if not own and not apart:
        yield "Aucun lien : chaque personne porte le même code d'une vague à l'autre."
        yield "Pour en chercher : « enquete suivi liens proposer »."
