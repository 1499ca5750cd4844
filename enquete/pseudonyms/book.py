"""The book of names: who is who in a study, and what stands for each. The vault holds it encrypted."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

from enquete.model import IdentifierType
from enquete.pseudonyms.words import words_of


class KnownName(NamedTuple):
    """A form seen in a text of the study, and what it names."""

    form: str
    type: IdentifierType


@dataclass(frozen=True, slots=True)
class Component:
    """One part of a name. role: first, last or nick; empty for what is no person. form: folded, without spaces."""

    role: str
    form: str
    replacement: str


@dataclass(frozen=True, slots=True)
class Entity:
    """Somebody or something that is masked, within the interviews of one participant or of several met together.

    key: opaque. group: codes of the participants (or of the interview). sex: f, m, or empty when unknown.
    forms: as written in the texts, sorted. policy: its own one, empty for that of its type. fixed: a human chose
    what stands for it, which is never chosen anew. role: what the context tells, kin or profession of a person
    (« son fils », « conseillère »), kind of a place or of an organisation. label: what stands for it as a whole, under
    the policy `labelled`.
    """

    key: str
    type: IdentifierType
    group: tuple[str, ...]
    sex: str
    components: tuple[Component, ...]
    forms: tuple[str, ...]
    policy: str = ""
    fixed: bool = False
    role: str = ""
    label: str = ""
    labelled: str = ""

    def to_json(self) -> dict[str, Any]:
        """JSON-able, for the vault alone."""
        return {
            "key": self.key,
            "type": self.type.value,
            "group": list(self.group),
            "sex": self.sex,
            "components": [[c.role, c.form, c.replacement] for c in self.components],
            "forms": list(self.forms),
            "policy": self.policy,
            "fixed": self.fixed,
            "role": self.role,
            "label": self.label,
            "labelled": self.labelled,
        }

    @classmethod
    def from_json(cls, content: dict[str, Any]) -> Entity:
        """What to_json gave."""
        return cls(
            content["key"],
            IdentifierType(content["type"]),
            tuple(content["group"]),
            content["sex"],
            tuple(Component(*c) for c in content["components"]),
            tuple(content["forms"]),
            content.get("policy", ""),
            content.get("fixed", False),
            content.get("role", ""),
            content.get("label", ""),
            content.get("labelled", ""),
        )


@dataclass(frozen=True, slots=True)
class NameBook:
    """Every entity of the study, in the order in which they were met."""

    entities: tuple[Entity, ...] = ()

    def known(self) -> list[KnownName]:
        """What `detect` should find again in new texts."""
        return [KnownName(form, e.type) for e in self.entities for form in e.forms if e.type in _NAMED]

    def forms(self) -> Iterator[tuple[str, IdentifierType]]:
        """Every string that identifies someone, for the gate: forms as written, and each part of a person's name.

        What a human decided to keep is no secret.
        """
        for entity in self.entities:
            if entity.policy == "garder":
                continue
            for form in entity.forms:
                yield form, entity.type
            if entity.type is IdentifierType.PERSON:
                for component in entity.components:
                    if len(component.form) > 2:
                        yield component.form, entity.type

    def name_words(self) -> set[str]:
        """Every word of a person's name, folded, and each part as a whole: what no pseudonym may be."""
        persons = [e for e in self.entities if e.type is IdentifierType.PERSON]
        parts = {c.form for e in persons for c in e.components}
        return parts | {word for e in persons for form in e.forms for word in words_of(form)}

    def without(self, code: str) -> NameBook:
        """The book without the entities that belong to this participant or interview alone."""
        kept = []
        for entity in self.entities:
            group = tuple(c for c in entity.group if c != code)
            if group:
                kept.append(replace(entity, group=group))
        return NameBook(tuple(kept))

    def to_json(self) -> list[dict[str, Any]]:
        """JSON-able, for the vault alone."""
        return [e.to_json() for e in self.entities]

    @classmethod
    def from_json(cls, content: list[dict[str, Any]]) -> NameBook:
        """What to_json gave."""
        return cls(tuple(map(Entity.from_json, content)))


_NAMED = {IdentifierType.PERSON, IdentifierType.PLACE, IdentifierType.ORGANISATION}
