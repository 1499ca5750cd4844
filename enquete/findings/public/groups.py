"""Whom the public tables count together, for what another output of the same study would give by subtraction."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from enquete.disclosure.subtraction import Partition, Published
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
    found: dict[str, list[Partition]] = {"": [Partition(PROFILE, tuple(public.met.values()))]}
    for grid in material.codebooks:
        kinds = [kind for kind in public.met if len(public.base.coded_people(grid, kind)) >= public.threshold]
        known = tuple(public.base.coded_people(grid, kind) for kind in kinds)
        parts = [Partition(THEMES, known), *(part for kind in kinds for part in _of_kind(public, grid, kind))]
        found[grid.id] = [part for part in parts if part.groups]
    for question in material.questions:
        answered = Public(Base(material.answering(question.key))).met
        if answered:
            found[f"question {question.key}"] = [Partition(QUESTIONS, tuple(answered.values()))]
    return found


def _of_kind(public: Public, grid: Grid, kind: RespondentType) -> Iterator[Partition]:
    panel = public.panel(grid, kind)
    if panel:
        for wave in panel.waves:
            yield Partition(CHANGE, _some(panel.known[wave]))
        for one, two in pairwise(panel.waves):
            yield Partition(CHANGE, _some(panel.known[one] & panel.known[two]))
    for split in public.splits(grid, kind, public.base.coded_people(grid, kind), asked(public)):
        people = {value: frozenset(who for who, of in split.of.items() if of == value) for value in split.values}
        yield Partition(f"{capital(label(kind, 2))}, croisement par {split.key}", tuple(people.values()))


def _some(people: frozenset[str]) -> tuple[frozenset[str], ...]:
    return (people,) if people else ()
