"""Whom the public tables count together, for what another output of the same study would give by subtraction."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from enquete.disclosure.subtraction import Heard, Partition, Published
from enquete.findings.counting import Base
from enquete.findings.material import Grid, Material
from enquete.findings.public.counts import Public
from enquete.findings.public.crossings import asked
from enquete.findings.sheets import CHANGE, PROFILE, QUESTIONS, THEMES
from enquete.model import RespondentType
from enquete.wording import capital, label


def counted_together(material: Material) -> Published:
    """Of people met, by codebook and by question; every attribute of « Profil » apart, which tells nothing said."""
    public = Public(Base(material))
    found = {"": [Partition(PROFILE, _met(public))]}
    for grid in material.codebooks:
        kinds = [kind for kind in public.met if len(public.base.coded_people(grid, kind)) >= public.threshold]
        counted = [_Counted(public, grid, kind) for kind in kinds]
        parts = [Partition(THEMES, tuple(one.heard(one.known) for one in counted))]
        parts += [part for one in counted for part in one.parts()]
        found[grid.id] = [part for part in parts if part.groups]
    for question in material.questions:
        answered = _met(Public(Base(material.answering(question.key))))
        if answered:
            found[f"question {question.key}"] = [Partition(QUESTIONS, answered)]
    return found


def _met(public: Public) -> tuple[frozenset[Heard], ...]:
    return tuple(frozenset((person, "") for person in people) for people in public.met.values())


@dataclass(frozen=True)
class _Counted:
    """One codebook and type of respondent."""

    public: Public
    grid: Grid
    kind: RespondentType

    @property
    def known(self) -> frozenset[str]:
        return self.public.base.coded_people(self.grid, self.kind)

    def heard(self, people: frozenset[str], *waves: str) -> frozenset[Heard]:
        """Interviews of these people that were coded; in these waves, or in any."""
        texts = [text for text in self.public.base.coded(self.grid) if not waves or text.wave in waves]
        return frozenset(
            (who, text.code) for text in texts for who in self.public.base.present[text.code] if who in people
        )

    def parts(self) -> Iterator[Partition]:
        """Besides everybody: by wave, and by value of what is crossed."""
        panel = self.public.panel(self.grid, self.kind)
        for wave in panel.waves if panel else ():
            yield Partition(CHANGE, _some(self.heard(self.known, wave)))
        for one, two in panel.pairs if panel else ():
            twice = panel.known[one] & panel.known[two] if panel else frozenset()
            yield Partition(CHANGE, _some(self.heard(twice, one, two)))
        for split in self.public.splits(self.grid, self.kind, self.known, asked(self.public)):
            people = [frozenset(who for who, of in split.of.items() if of == value) for value in split.values]
            name = f"{capital(label(self.kind, 2))}, croisement par {split.key}"
            yield Partition(name, tuple(self.heard(group) for group in people))


def _some(heard: frozenset[Heard]) -> tuple[frozenset[Heard], ...]:
    return (heard,) if heard else ()
