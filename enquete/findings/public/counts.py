"""What may be counted in public: small counts hidden, and those from which they could be computed."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations, pairwise

from enquete.disclosure.combinations import Values, shared
from enquete.disclosure.suppression import HIDDEN, Counts, Relation, suppress
from enquete.findings.counting import Base, Node, tree
from enquete.findings.material import Grid
from enquete.findings.profile import LONGEST
from enquete.findings.tables import Cell
from enquete.model import RespondentType

_SUB_CODE, _THEME = 1_000, 2_000  # what a total is worth beside a wave's count: given up after it

Waves = frozenset[str]


@dataclass(frozen=True, slots=True)
class GridCounts:
    """One codebook and type of respondent. people: code -> count or « masqué »; out_of: people coded with it.

    by_wave: theme -> the cells of « Évolution »; empty where the waves may not be compared.
    """

    out_of: int
    people: Mapping[str, Cell]
    by_wave: Mapping[str, tuple[Cell, ...]]


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
        self, grid: Grid, kind: RespondentType, quoted: Collection[str], *, waves: bool = True
    ) -> GridCounts | None:
        """None for too few people. quoted: codes under which a quotation of this type is shown; waves: whether their
        counts are published too.
        """
        known = self.base.coded_people(grid, kind)
        if kind not in self.met or len(known) < self.threshold:
            return None
        panel = self._panel(grid, kind) if waves else None
        people: dict[str, Cell] = {}
        by_wave: dict[str, tuple[Cell, ...]] = {}
        for nodes in _trees(grid):
            theme = _Theme(self.base, grid, kind, nodes, panel)
            counts = theme.counts(len(known), quoted)
            hidden = suppress(counts, self.threshold)
            cells: dict[str, Cell] = {key: HIDDEN if key in hidden else counts.values[key] for key in counts.shown}
            people |= {node.code.id: cells[_total(node)] for node in nodes}
            if panel:
                by_wave[nodes[0].code.id] = tuple(panel.cells(cells))
        return GridCounts(len(known), people, by_wave)

    def _panel(self, grid: Grid, kind: RespondentType) -> _Panel | None:
        """Who was met when; None unless each wave, and each two waves that follow each other, has enough people."""
        known = {wave: self.base.coded_people(grid, kind, wave) for wave in self.base.waves}
        panel = _Panel(tuple(known), known)
        sizes = [len(people) for people in known.values() if people]
        sizes += [len(known[one] & known[two]) for one, two in pairwise(known) if known[one] & known[two]]
        enough = sum(map(bool, known.values())) > 1 and min(sizes) >= self.threshold
        return panel if enough else None


@dataclass(frozen=True)
class _Panel:
    """People known in each wave, for one codebook and type."""

    waves: tuple[str, ...]
    known: Mapping[str, frozenset[str]]

    @cached_property
    def groups(self) -> Mapping[Waves, frozenset[str]]:
        """People by the waves that they were met in."""
        groups: dict[Waves, set[str]] = defaultdict(set)
        for person in sorted(frozenset().union(*self.known.values())):
            groups[frozenset(wave for wave in self.waves if person in self.known[wave])].add(person)
        return {waves: frozenset(people) for waves, people in groups.items()}

    @cached_property
    def pairs(self) -> tuple[tuple[str, str], ...]:
        """Waves that follow each other."""
        return tuple(pairwise(self.waves))

    def cells(self, cells: Mapping[str, Cell]) -> Iterator[Cell]:
        """In the order of the columns of « Évolution »; nobody met in both waves: nothing to hide."""
        for wave in self.waves:
            yield cells.get(_in(wave), 0)
            yield len(self.known[wave])
        for first, second in self.pairs:
            for key in (_only(first, second), _both(first, second), _only(second, first)):
                yield cells.get(key, 0)
            yield len(self.known[first] & self.known[second])


@dataclass(frozen=True)
class _Theme:
    """A theme and its sub-codes."""

    base: Base
    grid: Grid
    kind: RespondentType
    nodes: Sequence[Node]
    panel: _Panel | None

    def counts(self, out_of: int, quoted: Collection[str]) -> Counts:
        """Everything published of it, tied together."""
        values = {_total(node): len(self._speaking(node)) for node in self.nodes}
        most = dict.fromkeys(values, out_of)
        least = {_total(node): 1 for node in self.nodes if not node.family.isdisjoint(quoted)}
        worth = {_total(node): values[_total(node)] + (_SUB_CODE if node.depth else _THEME) for node in self.nodes}
        relations = list(self._nested(values))
        protected: tuple[str, ...] = ()
        if self.panel:
            in_waves, atoms = self._in_waves(self.panel)
            values |= in_waves
            protected = tuple(_of_group(waves) for waves in self.panel.groups)
            worth |= {key: value for key, value in in_waves.items() if key not in protected}
            most |= {key: out_of for key in worth if key not in most}
            most |= {_of_group(waves): len(people) for waves, people in self.panel.groups.items()}
            most |= {atom.key: len(self.panel.groups[atom.met]) for atom in atoms}
            relations += _sums(self.panel, atoms, _total(self.nodes[0]))
        shown = tuple(sorted(worth, key=lambda key: (worth[key], key)))
        return Counts(values, shown, most, tuple(relations), protected, least)

    def _speaking(self, node: Node) -> frozenset[str]:
        people = {p.participant for p in self.base.under(self.grid, node.family) if p.participant}
        return self.base.of_type(people, self.kind)

    def _nested(self, values: Mapping[str, int]) -> Iterator[Relation]:
        """A theme has at least the people of each sub-code, and at most those of all together, when nobody is coded
        under the theme alone: readers may well think so, hence it is taken as known whenever it is true.
        """
        for node in self.nodes:
            below = [_total(n) for n in self.nodes if n.depth == node.depth + 1 and n.code.parent == node.code.id]
            for child in below:
                yield Relation(((_total(node), 1), (child, -1)))
            if below and values[_total(node)] <= sum(values[child] for child in below):
                yield Relation((*((child, 1) for child in below), (_total(node), -1)))

    def _in_waves(self, panel: _Panel) -> tuple[dict[str, int], list[_Atom]]:
        """The theme's count in each wave and from one to the next, and what all of them are made of."""
        family = self.nodes[0].family
        speaking: dict[str, set[str]] = defaultdict(set)
        for passage in self.base.under(self.grid, family):
            if passage.participant:
                speaking[passage.participant].add(passage.wave)
        atoms = [
            _Atom(met, frozenset(said))
            for met in panel.groups
            for size in range(1, len(met) + 1)
            for said in combinations(sorted(met), size)
        ]
        people = Counter(
            _Atom(met, frozenset(speaking[person]))
            for met, group in panel.groups.items()
            for person in group
            if speaking.get(person)
        )
        values = {key: sum(people[atom] for atom in part) for key, part in _parts(panel, atoms)}
        return values, atoms


@dataclass(frozen=True, slots=True)
class _Atom:
    """People met in these waves who speak of the theme in those."""

    met: Waves
    said: Waves

    @property
    def key(self) -> str:
        return f"vus en {sorted(self.met)}, en parlent en {sorted(self.said)}"


def _parts(panel: _Panel, atoms: Sequence[_Atom]) -> Iterator[tuple[str, list[_Atom]]]:
    """Each count in the waves, as the atoms that it is the sum of."""
    for wave in panel.waves:
        if panel.known[wave]:
            yield _in(wave), [atom for atom in atoms if wave in atom.said]
    for first, second in panel.pairs:
        if panel.known[first] & panel.known[second]:
            twice = [atom for atom in atoms if {first, second} <= atom.met]
            yield _only(first, second), [a for a in twice if first in a.said and second not in a.said]
            yield _both(first, second), [a for a in twice if {first, second} <= a.said]
            yield _only(second, first), [a for a in twice if second in a.said and first not in a.said]
    for met in panel.groups:
        yield _of_group(met), [atom for atom in atoms if atom.met == met]


def _sums(panel: _Panel, atoms: Sequence[_Atom], total: str) -> Iterator[Relation]:
    for key, part in [(total, list(atoms)), *_parts(panel, atoms)]:
        yield Relation(((key, 1), *((atom.key, -1) for atom in part)), 0, 0)


def _trees(grid: Grid) -> Iterator[list[Node]]:
    """Each theme with its sub-codes."""
    nodes = tree(grid.codes)
    starts = [place for place, node in enumerate(nodes) if node.depth == 0]
    for start, end in pairwise([*starts, len(nodes)]):
        yield nodes[start:end]


def _total(node: Node) -> str:
    return f"en parlent {node.code.id}"


def _in(wave: str) -> str:
    return f"en {wave}"


def _only(here: str, there: str) -> str:
    return f"en {here} et non en {there}"


def _both(first: str, second: str) -> str:
    return f"en {first} et en {second}"


def _of_group(waves: Waves) -> str:
    return f"vus en {sorted(waves)}"
