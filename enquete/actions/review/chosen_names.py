"""The pseudonyms that people chose for themselves, given to them in their interviews."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from enquete.actions.review.decisions import Desk, rename
from enquete.errors import EnqueteError
from enquete.model import IdentifierType
from enquete.pseudonyms import Entity, NameBook
from enquete.pseudonyms.persons import known_part, parts_of
from enquete.pseudonyms.roles import SELF


def give_chosen(desk: Desk) -> list[str]:
    """Gives each person who chose a pseudonym that one, wherever they are named; French remarks on those it could not.

    A person is known by the names of the participants file, or as the only one who says « je m'appelle » in interviews
    of theirs alone.
    """
    identities = desk.vault.identities()
    remarks = []
    for code, pseudonym in sorted(identities.chosen.items()):
        entity = _own_entity(identities.book, code, identities.people.get(code, {}))
        if entity is None or entity.fixed:
            continue
        try:
            rename(desk, entity.key, pseudonym)
        except EnqueteError as error:
            remarks.append(f"pseudonyme choisi par {code} : {error}")
    return remarks


def _own_entity(book: NameBook, code: str, names: Mapping[str, str]) -> Entity | None:
    theirs = [e for e in book.entities if e.type is IdentifierType.PERSON and code in e.group]
    written = {part.form for name in names.values() for part in parts_of(name)}
    named = [entity for entity in theirs if _bears(entity, written)]
    if len(named) == 1:
        return named[0]
    alone = [entity for entity in theirs if entity.role == SELF and entity.group == (code,)]
    return alone[0] if len(alone) == 1 and not names else None


def _bears(entity: Entity, parts: Collection[str]) -> bool:
    """Whether the first name is one of these parts, and the surname another where it is known."""
    firsts = [c for c in entity.components if c.role == "first"]
    lasts = [c for c in entity.components if c.role == "last"]
    known = {part for form in parts if (part := known_part(entity, form)) is not None}
    return bool(known) and any(c in known for c in firsts) and (not lasts or any(c in known for c in lasts))
