"""Settles who is who and what stands for each: masked in the whole study, identified within a participant."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from itertools import count

from enquete.model import IdentifierType, Mention
from enquete.offsets import Replacement
from enquete.pseudonyms import categories, choosing
from enquete.pseudonyms.book import Component, Entity, NameBook
from enquete.pseudonyms.documents import Detection, Document
from enquete.pseudonyms.persons import Circle, Named, Part, initial_of, known_part, read_mention
from enquete.pseudonyms.words import fold, words_of

_PERSON, _ORGANISATION = IdentifierType.PERSON, IdentifierType.ORGANISATION


@dataclass(frozen=True, slots=True)
class Identified:
    """A mention, whose it is, and what stands for it. lead: how much of the replacement comes before the pseudonym."""

    mention: Mention
    entity: str
    replacement: Replacement
    lead: int = 0


@dataclass(frozen=True, slots=True)
class Resolution:
    """The book grown by what was met, and each document's mentions, sorted."""

    book: NameBook
    identified: tuple[tuple[Identified, ...], ...]


def names_of(documents: Sequence[Document], detections: Sequence[Detection]) -> frozenset[str]:
    """Every word of a person's name found in the study, folded: no pseudonym may be one of them."""
    found: set[str] = set()
    for document, detection in zip(documents, detections, strict=True):
        for name in document.names:
            found.update(words_of(name))
        for mention in detection.mentions:
            if mention.type is _PERSON:
                found.update(words_of(document.text[mention.start : mention.end]))
    return frozenset(found)


def resolve(
    documents: Sequence[Document],
    detections: Sequence[Detection],
    groups: Sequence[tuple[str, ...]],
    book: NameBook,
    secret: bytes,
    avoid: Collection[str] = (),
) -> Resolution:
    """Gives each mention its entity and its replacement.

    groups: for each document the codes of its participants, or the interview's own. avoid: folded names of the study
    (see names_of) that no pseudonym may be; those of these documents and of the book are avoided anyway.
    """
    taken = set(avoid) | names_of(documents, detections)
    taken |= book.name_words()
    resolver = _Resolver(book, secret, taken)
    identified = [
        tuple(resolver.document(d.text, found.mentions, group))
        for d, found, group in zip(documents, detections, groups, strict=True)
    ]
    return Resolution(NameBook(tuple(resolver.entities.values())), tuple(identified))


class _Resolver:
    """Holds the entities while documents are read one after the other."""

    def __init__(self, book: NameBook, secret: bytes, taken: set[str]) -> None:
        self.entities = {e.key: e for e in book.entities}
        self.secret = secret
        self.taken = taken
        self.used: dict[str, set[str]] = {}

    def document(self, text: str, mentions: Sequence[Mention], group: tuple[str, ...]) -> list[Identified]:
        group = tuple(sorted(group))
        self.near = [e for e in self.entities.values() if set(e.group) & set(group)]
        circle = Circle(group, {e.key: e for e in self.near if e.type is _PERSON})
        read = {m: read_mention(text, m.start, m.end) for m in mentions if m.type is _PERSON}
        # Full names first: what a lone first name or surname is, they tell.
        owners: dict[Mention, str] = {}
        for mention in sorted(read, key=lambda m: (-len(read[m].parts), m.start)):
            owners[mention] = self._person(circle, read[mention], text[mention.start : mention.end], owners, mention)
        identified = []
        last = 0
        for mention in mentions:
            if mention.type is _PERSON:
                key = owners[mention]
                new = self._written(self.entities[key], read[mention], text[mention.start : mention.end])
            else:
                key, new = self._other(text, mention, group)
            identified.append(_placed(text, mention, key, new, last))
            last = mention.end
        return identified

    # --- persons

    def _person(self, circle: Circle, named: Named, form: str, owners: dict[Mention, str], mention: Mention) -> str:
        if named.nickname:
            earlier = [m for m in owners if m.end <= mention.start and mention.start - m.end < 150]
            circle.previous = owners[max(earlier, key=lambda m: m.end)] if earlier else ""
        key = circle.find(named)
        if not key:
            first = next((p.form for p in named.parts if p.form), "")
            key = choosing.key(
                self.secret,
                "person",
                circle.group[0] if circle.group else "",
                *(p.form for p in named.parts),
                named.sex,
            )
            for number in count(2):
                if key not in self.entities:
                    break
                key = choosing.key(self.secret, "person", circle.group[0], first, str(number))
            self.entities[key] = Entity(key, _PERSON, circle.group, named.sex, (), ())
        entity = self.entities[key]
        told = named.nickname and not any(known_part(entity, p.form) for p in named.parts)
        entity = replace(
            entity,
            sex=entity.sex or named.sex,
            group=tuple(sorted(set(entity.group) | set(circle.group))),
            forms=tuple(sorted(set(entity.forms) | {form})),
        )
        for part in named.parts:
            if len(part.form) > 1 and known_part(entity, part.form) is None:
                role = (
                    "nick"
                    if told
                    else part.role or ("first" if not any(c.role == "first" for c in entity.components) else "last")
                )
                entity = replace(entity, components=(*entity.components, self._component(circle, entity, part, role)))
        self.entities[key] = circle.entities[key] = entity
        circle.counts[key] = circle.counts.get(key, 0) + 1
        return key

    def _component(self, circle: Circle, entity: Entity, part: Part, role: str) -> Component:
        """What stands for a part of a name: what stood for it before (a family shares its surname)."""
        kind = "last" if role == "last" else "first"
        for other in circle.entities.values():
            known = known_part(other, part.form)
            if known is not None and ("last" if known.role == "last" else "first") == kind and known.form == part.form:
                return Component(role, part.form, known.replacement)
        group = min(circle.group, default="")
        used = {fold(c.replacement) for e in circle.entities.values() for c in e.components}

        def taken(name: str) -> bool:
            return name in self.taken or name in used

        if kind == "last":
            return Component(role, part.form, choosing.surname(part.form, self.secret, group, taken))
        return Component(role, part.form, choosing.first_name(part.form, entity.sex, self.secret, group, taken))

    def _written(self, entity: Entity, named: Named, form: str) -> str:
        """The mention with each part replaced, in the case it is written in."""
        pieces: list[str] = []
        read = 0
        for part in named.parts:
            known = initial_of(entity, part.form) if len(part.form) == 1 else known_part(entity, part.form)
            new = known.replacement if known else "[nom]"
            if len(part.form) == 1:
                new = new[0] if known else "X"
            pieces += (form[read : part.start], _in_case(form[part.start : part.end], new))
            read = part.end
        return "".join([*pieces, form[read:]])

    # --- everything else

    def _other(self, text: str, mention: Mention, group: tuple[str, ...]) -> tuple[str, str]:
        form = text[mention.start : mention.end]
        flat = "".join(words_of(form)) or form
        for entity in self.near:
            if entity.type is mention.type and entity.components and entity.components[0].form == flat:
                self._seen(entity, form, group)
                return entity.key, entity.components[0].replacement
        new = self._category(text, mention, form)
        entity = Entity(
            choosing.key(self.secret, mention.type.value, min(group, default=""), flat),
            mention.type,
            group,
            "",
            (Component("", flat, new),),
            (form,),
        )
        self.entities[entity.key] = entity
        self.near.append(entity)
        return entity.key, new

    def _seen(self, entity: Entity, form: str, group: tuple[str, ...]) -> None:
        grown = replace(
            entity,
            group=tuple(sorted(set(entity.group) | set(group))),
            forms=tuple(sorted(set(entity.forms) | {form})),
        )
        self.entities[entity.key] = grown
        self.near[self.near.index(entity)] = grown

    def _category(self, text: str, mention: Mention, form: str) -> str:
        if mention.type in categories.FIXED:
            return categories.FIXED[mention.type]
        if mention.type is IdentifierType.AGE:
            return categories.age_band(form)
        if mention.type is IdentifierType.BIRTH_DATE:
            return categories.birth_year(form)
        before = " ".join(words_of(text[max(0, mention.start - 80) : mention.start]))
        if mention.type is _ORGANISATION:
            kind = categories.organisation(before)
            number = 1 + sum(
                e.type is _ORGANISATION and e.components[0].replacement.startswith(f"[{kind} ") for e in self.near
            )
            return f"[{kind} {number}]"
        return categories.place(form, before)


def replacements(identified: Sequence[Identified]) -> list[Replacement]:
    """For offsets.replace."""
    return [i.replacement for i in identified]


@dataclass(frozen=True, slots=True)
class Place:
    """Where a pseudonym stands in the new text. entity: key of the book."""

    start: int
    end: int
    type: IdentifierType
    entity: str
    score: float
    why: str


def masked_places(identified: Sequence[Identified]) -> list[Place]:
    """Where each pseudonym stands once offsets.replace has made the new text."""
    places, shift = [], 0
    for item in identified:
        start, end, new = item.replacement
        at = start + shift
        m = item.mention
        places.append(Place(at + item.lead, at + len(new), m.type, item.entity, m.score, m.why))
        shift += len(new) - (end - start)
    return places


_VOWELS = "aeiouyh"


def _placed(text: str, mention: Mention, key: str, new: str, free_from: int) -> Identified:
    """« d'Amina » becomes « de Karim », « de Karim » becomes « d'Amina »: the small word before goes with the name."""
    start = mention.start
    if mention.type is _PERSON and new[:1].isalpha():
        vowel = fold(new[0]) in _VOWELS
        for old, other in (("d'", "de "), ("d’", "de "), ("qu'", "que "), ("qu’", "que ")):
            if (
                not vowel
                and text[max(free_from, start - len(old)) : start].lower() == old
                and not text[start - len(old) - 1 : start - len(old)].isalpha()
            ):
                small = text[start - len(old) : start - 1] + other[len(old) - 1 :]
                return Identified(mention, key, Replacement(start - len(old), mention.end, small + new), len(small))
        if (
            vowel
            and text[max(free_from, start - 3) : start].lower() == "de "
            and not text[start - 4 : start - 3].isalpha()
        ):
            small = text[start - 3] + "'"
            return Identified(mention, key, Replacement(start - 3, mention.end, small + new), len(small))
    return Identified(mention, key, Replacement(start, mention.end, new))


def _in_case(old: str, new: str) -> str:
    letters = [c for c in old if c.isalpha()]
    if len(letters) > 1 and all(c.isupper() for c in letters):
        return new.upper()
    if letters and all(c.islower() for c in letters):
        return new.lower()
    return new
