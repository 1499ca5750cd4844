"""What may be counted in public: small counts hidden, and those from which they could be computed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise

from enquete.disclosure.combinations import Values, shared
from enquete.disclosure.suppression import HIDDEN, Counts, suppress, suppress_among
from enquete.findings.analysis import Crossing
from enquete.findings.counting import Base, Node, tree
from enquete.findings.crossings import wanted
from enquete.findings.material import Grid
from enquete.findings.profile import LONGEST
from enquete.findings.public.splits import Split, split_people
from enquete.findings.public.ties import Panel, Quoted, ThemeTies, cell, total
from enquete.findings.tables import Cell
from enquete.model import RespondentType


@dataclass(frozen=True, slots=True)
class GridCounts:
    """One codebook and type of respondent. people: code -> count or « masqué »; out_of: people coded with it.

    by_wave: theme -> the cells of « Évolution »; empty where the waves may not be compared. splits: by attribute;
    by_value: (attribute, theme) -> a cell a value; absent where it may not be told.
    """

    out_of: int
    people: Mapping[str, Cell]
    by_wave: Mapping[str, tuple[Cell, ...]]
    splits: Mapping[str, Split] = field(default_factory=dict)
    by_value: Mapping[tuple[str, str], tuple[Cell, ...]] = field(default_factory=dict)


Counted = Mapping[tuple[str, RespondentType], GridCounts]  # by codebook and type; absent: too few people


@dataclass(frozen=True)
class Public:
    """A base as the public may see it."""

    base: Base

    @property
    def threshold(self) -> int:
        return self.base.material.threshold

    @property
    def k(self) -> int:
        """People who share what stands beside a quotation: never fewer than the threshold."""
        return max(self.base.material.shared_by, self.threshold)

    @cached_property
    def met(self) -> Mapping[RespondentType, frozenset[str]]:
        """The types of whom enough people were met; nobody else is counted or quoted."""
        everyone: frozenset[str] = frozenset().union(*self.base.met.values())
        people = {kind: self.base.of_type(everyone, kind) for kind in self.base.types}
        return {kind: codes for kind, codes in people.items() if len(codes) >= self.threshold}

    @cached_property
    def left_out(self) -> tuple[RespondentType, ...]:
        """Types of whom somebody was met, and too few."""
        everyone: frozenset[str] = frozenset().union(*self.base.met.values())
        return tuple(k for k in self.base.types if k not in self.met and self.base.of_type(everyone, k))

    def attribute(self, person: str, name: str) -> str:
        """The value at the first meeting, or at the first that gives one: a person has one of each here."""
        waves = [wave for wave in self.base.waves if person in self.base.met[wave]]
        values = (self.base.people[person].attributes.get(wave, {}).get(name, "").strip() for wave in waves)
        return next((value for value in values if value), "")

    @cached_property
    def broad(self) -> Mapping[str, Values]:
        """person -> the attributes shown, broad enough for k people of their type to share them."""
        names = self.base.material.attributes_shown
        found: dict[str, Values] = {}
        for codes in self.met.values():
            found |= shared({c: tuple(self.attribute(c, name) for name in names) for c in codes}, self.k)
        return found

    def shown(self, kind: RespondentType, name: str) -> Mapping[str, str]:
        """person -> what is shown of one attribute, alone or as beside quotations."""
        names, people = self.base.material.attributes_shown, sorted(self.met[kind])
        if name in names:
            return {person: self.broad[person][names.index(name)] for person in people}
        values = {person: (v if len(v := self.attribute(person, name)) <= LONGEST else "",) for person in people}
        return {person: value for person, (value,) in shared(values, self.k).items()}

    def grid_counts(
        self,
        grid: Grid,
        kind: RespondentType,
        quoted: Quoted,
        *,
        waves: bool = True,
        crossings: Sequence[Crossing] = (),
    ) -> GridCounts | None:
        """None for too few people. quoted: people quoted under each code, in this type; waves, crossings: what else is
        published of them.
        """
        known = self.base.coded_people(grid, kind)
        if kind not in self.met or len(known) < self.threshold:
            return None
        panel = self.panel(grid, kind) if waves else None
        splits = self.splits(grid, kind, known, crossings)
        people: dict[str, Cell] = {}
        by_wave: dict[str, tuple[Cell, ...]] = {}
        by_value: dict[tuple[str, str], tuple[Cell, ...]] = {}
        for nodes in _trees(grid):
            ties = ThemeTies(self.base, grid, kind, nodes, known, panel, quoted)
            counts, hidden, crossed = self._hidden(ties, splits)
            cells: dict[str, Cell] = {key: HIDDEN if key in hidden else counts.values[key] for key in counts.shown}
            people |= {node.code.id: cells[total(node)] for node in nodes}
            if panel:
                by_wave[ties.theme] = tuple(panel.cells(cells))
            for split in crossed:
                by_value[split.key, ties.theme] = tuple(cells[cell(split, value)] for value in split.values)
        return GridCounts(len(known), people, by_wave, {split.key: split for split in splits}, by_value)

    def _hidden(self, ties: ThemeTies, splits: Sequence[Split]) -> tuple[Counts, frozenset[str], list[Split]]:
        """What is hidden of a theme, and the crossings that can be told of it: one that would hide something else, or
        show nothing, is left out.
        """
        counts = ties.counts()
        hidden = suppress(counts, self.threshold)
        crossed: list[Split] = []
        theme = total(ties.nodes[0])
        for split in splits if theme not in hidden else ():
            if ties.theme in split.themes:
                more = ties.counts([*crossed, split])
                cells = frozenset(cell(split, value) for value in split.values)
                small = ties.too_small(split, more, self.threshold)
                chosen = suppress_among(more, hidden, cells, small, self.threshold)
                if chosen is not None:
                    counts, hidden = more, hidden | chosen
                    crossed.append(split)
        return counts, hidden, crossed

    def splits(
        self, grid: Grid, kind: RespondentType, known: frozenset[str], crossings: Sequence[Crossing]
    ) -> list[Split]:
        """The crossings that tell enough people apart; themes alone, without their sub-codes."""
        themes: dict[str, set[str]] = {}
        for crossing in crossings:
            asked = {node.code.id for depth, node in wanted(grid, crossing) if depth == node.depth == 0}
            themes.setdefault(crossing.by, set()).update(asked)
        found = (split_people(by, self.shown(kind, by), known, asked, self.k) for by, asked in themes.items() if asked)
        return [one for one in found if one is not None]

    def panel(self, grid: Grid, kind: RespondentType) -> Panel | None:
        """Who was met when; None unless each wave, and each two waves that follow each other, has enough people."""
        known = {wave: self.base.coded_people(grid, kind, wave) for wave in self.base.waves}
        panel = Panel(tuple(known), known)
        sizes = [len(people) for people in known.values() if people]
        sizes += [len(known[one] & known[two]) for one, two in pairwise(known) if known[one] & known[two]]
        enough = sum(map(bool, known.values())) > 1 and min(sizes) >= self.threshold
        return panel if enough else None


def _trees(grid: Grid) -> Iterator[list[Node]]:
    """Each theme with its sub-codes."""
    nodes = tree(grid.codes)
    starts = [place for place, node in enumerate(nodes) if node.depth == 0]
    for start, end in pairwise([*starts, len(nodes)]):
        yield nodes[start:end]
