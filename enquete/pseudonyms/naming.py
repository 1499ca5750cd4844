"""Which name each part of somebody's name becomes: families keep sharing theirs, nobody gets a name of the study."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace

from enquete.pseudonyms import choosing
from enquete.pseudonyms.book import Component, Entity
from enquete.pseudonyms.persons import known_part
from enquete.pseudonyms.policies import Policy
from enquete.pseudonyms.words import fold

LAST = "last"


@dataclass(frozen=True, slots=True)
class Naming:
    """secret: of the study. avoid: folded words that no pseudonym may be. policy: one of NAMING."""

    secret: bytes
    avoid: Collection[str]
    policy: Policy = Policy.FIRST_NAME

    def component(self, entity: Entity, form: str, role: str, near: Iterable[Entity]) -> Component:
        """What stands for a part of a name: a surname's own replacement among those near, else another name."""
        near = list(near)
        for other in near if kind(role) == LAST else ():
            known = known_part(other, form)
            if known is not None and known.form == form and known.role == LAST and known.replacement:
                return Component(role, form, known.replacement)
        return Component(role, form, self.choice(entity, form, role, near))

    def choice(self, entity: Entity, form: str, role: str, near: Iterable[Entity]) -> str:
        """Another name for this part, that nobody near bears as a pseudonym."""
        used = {fold(c.replacement) for e in near for c in e.components}

        def taken(name: str) -> bool:
            return name in self.avoid or name in used

        group, same = min(entity.group, default=""), self.policy is Policy.REGISTER
        if kind(role) == LAST:
            return choosing.surname(form, self.secret, group, taken, same_register=same)
        return choosing.first_name(form, entity.sex, self.secret, group, taken, same_register=same)

    def renamed(self, entity: Entity, near: Iterable[Entity], keep: Collection[Component] = ()) -> Entity:
        """The same person with another name for each part, but those of `keep`."""
        near = list(near)
        components: tuple[Component, ...] = ()
        for part in entity.components:
            if part in keep:
                components += (part,)
                continue
            so_far = [*near, replace(entity, components=components)]
            components += (replace(part, replacement=self.choice(entity, part.form, part.role, so_far)),)
        return replace(entity, components=components)


def kind(role: str) -> str:
    """Nicknames are replaced by first names."""
    return LAST if role == LAST else "first"
