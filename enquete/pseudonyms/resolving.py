"""Settles who is who and what stands for each: masked in the whole study, identified within a participant."""

from __future__ import annotations

from bisect import insort
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from itertools import count

from enquete.model import IdentifierType, Mention
from enquete.offsets import Replacement
from enquete.pseudonyms import categories, choosing
from enquete.pseudonyms.book import Component, Entity, NameBook
from enquete.pseudonyms.documents import Detection, Document
from enquete.pseudonyms.labelling import label
from enquete.pseudonyms.naming import Naming
from enquete.pseudonyms.persons import Circle, Named, known_part, pieces_of, read_mention
from enquete.pseudonyms.policies import NAMING, Policies, Policy
from enquete.pseudonyms.words import fold, words_of
from enquete.pseudonyms.writing import written

_PERSON = IdentifierType.PERSON
_DEFAULT = Policies()


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
    """Every word of a person's name found in the study, or doubtful, folded: no pseudonym may be one of them."""
    found: set[str] = set()
    for document, detection in zip(documents, detections, strict=True):
        for name in document.names:
            found.update(words_of(name))
        for mention in detection.mentions:
            if mention.type is _PERSON:
                found.update(words_of(document.text[mention.start : mention.end]))
        for doubt in detection.doubts:
            found.update(words_of(document.text[doubt.start : doubt.end]))
    return frozenset(found)


def resolve(
    documents: Sequence[Document],
    detections: Sequence[Detection],
    groups: Sequence[tuple[str, ...]],
    book: NameBook,
    secret: bytes,
    avoid: Collection[str] = (),
    policies: Policies = _DEFAULT,
) -> Resolution:
    """Gives each mention its entity and its replacement.

    groups: for each document the codes of its participants, or the interview's own. avoid: folded names of the study
    (see names_of) that no pseudonym may be; those of these documents and of the book are avoided anyway.
    What the policy of its type keeps is left out, and stands in no book; what a human keeps is « replaced » by itself.
    """
    taken = set(avoid) | names_of(documents, detections) | book.name_words()
    # Nor a word that is said in these texts, be it no name: « Olive » would mislead where olives are spoken of.
    taken.update(word for document in documents for word in words_of(document.text))
    resolver = _Resolver(book, secret, taken, policies)
    identified = [
        tuple(resolver.document(d.text, found.mentions, group))
        for d, found, group in zip(documents, detections, groups, strict=True)
    ]
    return Resolution(NameBook(tuple(resolver.entities.values())), tuple(identified))


class _Resolver:
    """Holds the entities while documents are read one after the other."""

    def __init__(self, book: NameBook, secret: bytes, taken: set[str], policies: Policies) -> None:
        self.entities = {e.key: e for e in book.entities}
        self.known = set(self.entities)
        self.secret = secret
        self.taken = taken
        self.policies = policies

    def document(self, text: str, mentions: Sequence[Mention], group: tuple[str, ...]) -> list[Identified]:
        if not mentions:
            return []
        group = tuple(sorted(group))
        mentions = [piece for mention in mentions for piece in _pieces(text, mention)]
        self.near = [e for e in self.entities.values() if set(e.group) & set(group)]
        circle = Circle(group, {e.key: e for e in self.near if e.type is _PERSON})
        read = {m: read_mention(text, m.start, m.end) for m in mentions if m.type is _PERSON}
        # Full names first, then those whose bearer the context tells: they tell what a lone first name or surname is.
        owners: dict[Mention, str] = {}
        for mention in sorted(
            read, key=lambda m: (bool(read[m].initials), -len(read[m].parts), not read[m].role, m.start)
        ):
            owners[mention] = self._person(circle, read[mention], text[mention.start : mention.end], owners, mention)
        identified = []
        kept: set[str] = set()
        last = 0
        for mention in mentions:
            form = text[mention.start : mention.end]
            key = owners[mention] if mention.type is _PERSON else self._other(text, mention, group)
            entity = self._labelled(key, group)
            if self._kept(entity):
                kept.add(key)
                continue
            new = written(entity, form, self.policies)
            identified.append(_placed(text, mention, key, new, last))
            last = mention.end
        for key in kept - self.known:  # what was never masked is no secret of the book; what was stays there
            del self.entities[key]
        return identified

    def _kept(self, entity: Entity) -> bool:
        """Whether the policy of its type leaves it readable: its mentions are none."""
        return not entity.policy and not entity.fixed and self.policies.of(entity) is Policy.KEEP

    def _labelled(self, key: str, group: tuple[str, ...]) -> Entity:
        """The entity, with the label that its policy asks for."""
        entity = self.entities[key]
        policy = self.policies.of(entity)
        naming = entity.type is _PERSON and policy in NAMING
        if naming or entity.fixed or policy is Policy.KEEP or (entity.label and entity.labelled == policy):
            return entity
        near = [e for e in self.entities.values() if e.key != key and set(e.group) & set(group)]
        self.entities[key] = replace(entity, label=label(policy, entity, near), labelled=policy)
        return self.entities[key]

    # --- persons

    def _person(self, circle: Circle, named: Named, form: str, owners: dict[Mention, str], mention: Mention) -> str:
        if named.nickname:
            earlier = [m for m in owners if m.end <= mention.start and mention.start - m.end < 150]
            circle.previous = owners[max(earlier, key=lambda m: m.end)] if earlier else ""
        key = circle.find(named, mention.start)
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
            role=entity.role or named.role,
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
                naming = self._naming(entity)
                component = naming.component(entity, part.form, role, circle.entities.values())
                entity = replace(entity, components=(*entity.components, component))
        self.entities[key] = circle.entities[key] = entity
        insort(circle.said.setdefault(key, []), mention.start)
        return key

    def _naming(self, entity: Entity) -> Naming:
        policy = self.policies.of(entity)
        return Naming(self.secret, self.taken, policy if policy in NAMING else Policy.FIRST_NAME)

    # --- everything else

    def _other(self, text: str, mention: Mention, group: tuple[str, ...]) -> str:
        form = text[mention.start : mention.end]
        flat = "".join(words_of(form)) or form
        for number, entity in enumerate(self.near):
            if entity.type is mention.type and any(c.form == flat for c in entity.components):
                seen = replace(
                    self.entities[entity.key],
                    group=tuple(sorted({*entity.group, *group})),
                    forms=tuple(sorted({*entity.forms, form})),
                )
                self.entities[seen.key] = self.near[number] = seen
                return seen.key
        entity = Entity(
            choosing.key(self.secret, mention.type.value, min(group, default=""), flat),
            mention.type,
            group,
            "",
            (Component("", flat, ""),),
            (form,),
            role=_kind(text, mention, form),
        )
        self.entities[entity.key] = entity
        self.near.append(entity)
        return entity.key


def _pieces(text: str, mention: Mention) -> list[Mention]:
    """One mention a person."""
    if mention.type is not _PERSON:
        return [mention]
    return [replace(mention, start=start, end=end) for start, end in pieces_of(text, mention.start, mention.end)]


def _kind(text: str, mention: Mention, form: str) -> str:
    """What the context tells of a place or of an organisation: « commune des Hauts-de-Seine », « employeur »."""
    before = " ".join(words_of(text[max(0, mention.start - 80) : mention.start]))
    if mention.type is IdentifierType.PLACE:
        return categories.place(form, before)[1:-1]
    return categories.organisation(before) if mention.type is IdentifierType.ORGANISATION else ""


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
