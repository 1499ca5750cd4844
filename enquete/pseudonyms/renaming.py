"""A pseudonym may turn out to be somebody's real name: its bearer gets another one."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from enquete.model import IdentifierType
from enquete.pseudonyms import choosing
from enquete.pseudonyms.book import Component, Entity, NameBook
from enquete.pseudonyms.policies import Policies, Policy
from enquete.pseudonyms.words import fold, words_of

_DEFAULT = Policies()
Renamings = dict[str, dict[str, str]]  # by entity: the old pseudonym, folded, and the new one


def rename_collisions(
    book: NameBook, people: Collection[str], secret: bytes, policies: Policies = _DEFAULT
) -> tuple[NameBook, Renamings]:
    """The book without pseudonyms that are real names of the study (those of the book, and `people`)."""
    real = {word for name in people for word in words_of(name)}
    real |= book.name_words()
    borne = {fold(c.replacement) for e in book.entities for c in e.components}
    chosen: dict[tuple[str, str], str] = {}
    renamings: Renamings = {}

    def anew(entity: Entity, part: Component) -> Component:
        old = fold(part.replacement)
        if old not in real:
            return part
        # A family shares its surname, and keeps sharing it.
        if (part.form, old) not in chosen:
            group = min(entity.group, default="")
            taken = (real | borne).__contains__
            same = policies.of(entity) is Policy.REGISTER
            if part.role == "last":
                new = choosing.surname(part.form, secret, group, taken, same_register=same)
            else:
                new = choosing.first_name(part.form, entity.sex, secret, group, taken, same_register=same)
            chosen[part.form, old] = new
            borne.add(fold(new))
        renamings.setdefault(entity.key, {})[old] = chosen[part.form, old]
        return replace(part, replacement=chosen[part.form, old])

    entities = tuple(
        replace(e, components=tuple(anew(e, part) for part in e.components)) if e.type is IdentifierType.PERSON else e
        for e in book.entities
    )
    return NameBook(entities), renamings
