"""What a person decides of the book of names: a pseudonym, a policy, one person or two.

Each function gives a new book. `names`: those of the participants file, as written, which no pseudonym may be.
A key that the book does not hold raises KeyError.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from itertools import count

from enquete.errors import EnqueteError, Problem
from enquete.model import IdentifierType
from enquete.pseudonyms import choosing
from enquete.pseudonyms.book import Component, Entity, NameBook
from enquete.pseudonyms.labelling import label
from enquete.pseudonyms.naming import LAST, Naming, kind
from enquete.pseudonyms.persons import known_part, parts_of, same
from enquete.pseudonyms.policies import CHOICES, NAMING, Policies, Policy
from enquete.pseudonyms.words import fold, words_of
from enquete.pseudonyms.writing import written

__all__ = ["candidates", "merged", "split", "with_policy", "with_pseudonym", "without", "written"]

_PERSON = IdentifierType.PERSON


def with_pseudonym(book: NameBook, key: str, text: str, names: Collection[str] = ()) -> NameBook:
    """Gives an entity the pseudonym that somebody chose; it is never chosen anew.

    « Rachid » stands for the first name, « Rachid Amrani » for both (for the surname alone where only that is known),
    « [le gardien] » or any text of a place or an organisation for the whole. Raises EnqueteError: PSEUDONYM_EMPTY,
    PSEUDONYM_IS_NAME when it is a real name of the study, PSEUDONYM_TAKEN when somebody near bears it.
    """
    entity, text = _entity(book, key), " ".join(text.split())
    words = words_of(text)
    if not words:
        raise EnqueteError(Problem.PSEUDONYM_EMPTY)
    real = book.name_words() | {word for name in names for word in words_of(name)}
    if real & {*words, "".join(words)}:
        raise EnqueteError(Problem.PSEUDONYM_IS_NAME)
    if entity.type is not _PERSON or text.startswith("["):
        if entity.type is _PERSON and any(e.label == text for e in _near(book, entity)):
            raise EnqueteError(Problem.PSEUDONYM_TAKEN)
        return _put(book, replace(entity, label=text, fixed=True))
    return _put(book, _named(book, entity, text))


def with_policy(
    book: NameBook,
    key: str,
    policy: str,
    policies: Policies,
    secret: bytes,
    names: Collection[str] = (),
) -> NameBook:
    """Gives an entity a policy of its own; an empty one gives it back that of its type.

    What a human chose before no longer holds. Raises EnqueteError(UNKNOWN_POLICY) for a policy that its type has not.
    """
    entity = _entity(book, key)
    if policy and policy not in CHOICES.get(entity.type, ()):
        known = ", ".join(CHOICES.get(entity.type, ())) or "aucune : ces numéros sont toujours masqués"
        raise EnqueteError(Problem.UNKNOWN_POLICY, policy=policy, known=known, exit_code=2)
    before, entity = policies.of(entity), replace(entity, policy=policy)
    after, near = policies.of(entity), _near(book, entity)
    if entity.type is _PERSON and after in NAMING:
        entity = replace(entity, fixed=False, label="", labelled="")
        if before in NAMING and before is not after:
            entity = Naming(secret, _avoid(book, names), after).renamed(entity, near)
    elif after is not Policy.KEEP:
        entity = replace(entity, fixed=False, label=label(after, entity, near), labelled=after)
    return _put(book, entity)


def merged(book: NameBook, keys: Sequence[str]) -> NameBook:
    """One entity instead of several: the first one, with the forms and the parts of all.

    Its replacements stand for theirs too; a part of a kind that it has not keeps its own. Raises
    EnqueteError(MERGE_TYPES) when they are not of one type.
    """
    first, *others = [_entity(book, key) for key in dict.fromkeys(keys)]
    if any(other.type is not first.type for other in others):
        raise EnqueteError(Problem.MERGE_TYPES)
    for other in others:
        borne = {kind(c.role): c.replacement for c in reversed(first.components)}
        added = [
            replace(c, replacement=borne.get(kind(c.role), c.replacement))
            for c in other.components
            if not any(c.form == mine.form for mine in first.components)
        ]
        first = replace(
            first,
            sex=first.sex or other.sex,
            role=first.role or other.role,
            group=tuple(sorted({*first.group, *other.group})),
            forms=tuple(sorted({*first.forms, *other.forms})),
            components=(*first.components, *added),
        )
    gone = {other.key for other in others}
    return _put(NameBook(tuple(e for e in book.entities if e.key not in gone)), first)


def split(
    book: NameBook,
    key: str,
    forms: Collection[str],
    policies: Policies,
    secret: bytes,
    names: Collection[str] = (),
    both: Collection[str] = (),
) -> NameBook:
    """A new entity, last of the book, for these forms of another one, with replacements of its own (a surname that both
    bear stays shared, unless nothing else tells them apart).

    both: those of them that name the former one too. Raises EnqueteError(SPLIT_FORMS) unless some forms go and some
    stay.
    """
    entity = _entity(book, key)
    gone = tuple(f for f in entity.forms if f in set(forms))
    stay = tuple(f for f in entity.forms if f not in set(forms) or f in set(both))
    if not gone or not stay:
        raise EnqueteError(Problem.SPLIT_FORMS)
    rest = replace(entity, forms=stay, components=_used(entity, stay))
    new = replace(
        entity,
        key=_free_key(book, entity, gone, secret),
        forms=gone,
        components=_used(entity, gone),
        fixed=False,
        label="",
        labelled="",
    )
    book = _put(book, rest)
    near = [e for e in book.entities if set(e.group) & set(new.group)]
    policy = policies.of(new)
    if new.type is _PERSON:
        naming = Naming(secret, _avoid(book, names), policy if policy in NAMING else Policy.FIRST_NAME)
        shared = [c for c in rest.components if c.role == LAST]
        # Two people known by their surname alone would else bear one name.
        alike = all(c in shared for c in new.components)
        new = naming.renamed(new, near, () if alike else shared)
    if policy not in NAMING and policy is not Policy.KEEP:
        new = replace(new, label=label(policy, new, near), labelled=policy)
    return NameBook((*book.entities, new))


def without(book: NameBook, key: str, forms: Collection[str]) -> NameBook:
    """The book once these forms of an entity name nobody; an entity without forms leaves it."""
    entity = _entity(book, key)
    stay = tuple(form for form in entity.forms if form not in forms)
    if not stay:
        return NameBook(tuple(e for e in book.entities if e.key != key))
    return _put(book, replace(entity, forms=stay, components=_used(entity, stay)))


def candidates(book: NameBook) -> list[tuple[str, ...]]:
    """Groups of keys that look like one person met in the interviews of several participants: to be offered, no more.

    A shared surname is asked for, and first names, sexes that do not contradict it.
    """
    persons = [e for e in book.entities if e.type is _PERSON]
    groups: list[list[Entity]] = []
    for entity in persons:
        home = next((g for g in groups if all(_alike(entity, other) for other in g)), None)
        if home is None:
            groups.append([entity])
        else:
            home.append(entity)
    return [tuple(e.key for e in group) for group in groups if len(group) > 1]


def _alike(one: Entity, other: Entity) -> bool:
    if set(one.group) & set(other.group) or (one.sex and other.sex and one.sex != other.sex):
        return False
    surnames, others = _forms(one, LAST), _forms(other, LAST)
    if not any(same(a, b) for a in surnames for b in others):
        return False
    firsts, theirs = _forms(one, "first"), _forms(other, "first")
    return not firsts or not theirs or any(same(a, b) for a in firsts for b in theirs)


def _forms(entity: Entity, role: str) -> list[str]:
    return [c.form for c in entity.components if kind(c.role) == role]


def _named(book: NameBook, entity: Entity, text: str) -> Entity:
    parts = [text[p.start : p.end] for p in parts_of(text)]
    lone_surname = not _forms(entity, "first")
    first, last = (None, parts[0]) if len(parts) == 1 and lone_surname else (parts[0], " ".join(parts[1:]) or None)
    components = []
    for component in entity.components:
        new = last if kind(component.role) == LAST else first
        components.append(replace(component, replacement=new) if new else component)
    for other in _near(book, entity):
        for theirs in other.components:
            shared = any(c.form == theirs.form for c in components if kind(c.role) == kind(theirs.role))
            if fold(theirs.replacement) in {fold(p) for p in (first, last) if p} and not shared:
                raise EnqueteError(Problem.PSEUDONYM_TAKEN)
    return replace(entity, components=tuple(components), policy=Policy.FIRST_NAME, fixed=True, label="", labelled="")


def _used(entity: Entity, forms: Collection[str]) -> tuple[Component, ...]:
    """The parts of the name that these forms are made of."""
    if entity.type is not _PERSON:
        flat = {"".join(words_of(form)) or form for form in forms}
        return tuple(c for c in entity.components if c.form in flat)
    used = {known_part(entity, part.form) for form in forms for part in parts_of(form) if len(part.form) > 1}
    return tuple(c for c in entity.components if c in used)


def _free_key(book: NameBook, entity: Entity, forms: Sequence[str], secret: bytes) -> str:
    keys = {e.key for e in book.entities}

    def numbered() -> Iterator[str]:
        for number in count(2):
            yield choosing.key(secret, entity.type.value, min(entity.group, default=""), *forms, str(number))

    return next(key for key in numbered() if key not in keys)


def _avoid(book: NameBook, names: Collection[str]) -> set[str]:
    return book.name_words() | {word for name in names for word in words_of(name)}


def _entity(book: NameBook, key: str) -> Entity:
    return {e.key: e for e in book.entities}[key]


def _near(book: NameBook, entity: Entity) -> list[Entity]:
    """The others known of the same people."""
    return [e for e in book.entities if e.key != entity.key and set(e.group) & set(entity.group)]


def _put(book: NameBook, entity: Entity) -> NameBook:
    return NameBook(tuple(entity if e.key == entity.key else e for e in book.entities))
