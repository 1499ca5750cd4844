"""How the counts of one theme hang together: its sub-codes, its waves, its crossings, and the people behind them all.

The reader is taken to know more than the documents say: how many people share each combination of waves and of values,
as somebody would who knows everyone that was met.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations, pairwise

from enquete.disclosure.suppression import Counts, Relation
from enquete.findings.counting import Base, Node
from enquete.findings.material import Grid
from enquete.findings.public.splits import Split
from enquete.findings.tables import Cell
from enquete.model import RespondentType

_LEAST_LEFT = 2  # people of a group who do not speak: a lone one would know it of everybody else
_SUB_CODE, _THEME = 1_000, 2_000  # what a total is worth beside a wave's count: given up after it

Waves = frozenset[str]
Values = tuple[str, ...]  # one a crossing
Quoted = Mapping[str, frozenset[str]]  # code -> people quoted under it; "" for a voice that is linked to nobody


@dataclass(frozen=True)
class Panel:
    """People known in each wave, for one codebook and type."""

    waves: tuple[str, ...]
    known: Mapping[str, frozenset[str]]

    @cached_property
    def met(self) -> Mapping[str, Waves]:
        """person -> the waves that they were met in."""
        people = sorted(frozenset().union(*self.known.values()))
        return {person: frozenset(w for w in self.waves if person in self.known[w]) for person in people}

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


@dataclass(frozen=True, slots=True)
class _Group:
    """People alike in all that is counted: met in the same waves (none where these are not told), of equal values."""

    met: Waves
    values: Values


@dataclass(frozen=True, slots=True)
class _Atom:
    """Those of a group who speak of the theme in these waves."""

    group: _Group
    said: Waves

    @property
    def key(self) -> str:
        return f"{self.group.values}, vus en {sorted(self.group.met)}, en parlent en {sorted(self.said)}"


_Part = tuple[str, list[_Atom]]  # a count, as the atoms that it is the sum of


@dataclass(frozen=True)
class ThemeTies:
    """A theme and its sub-codes. known: people coded with the codebook; panel: None where waves are not told."""

    base: Base
    grid: Grid
    kind: RespondentType
    nodes: Sequence[Node]
    known: frozenset[str]
    panel: Panel | None
    quoted: Quoted

    @property
    def theme(self) -> str:
        """Its code."""
        return self.nodes[0].code.id

    def counts(self, splits: Sequence[Split] = ()) -> Counts:
        """Everything published of it, tied together."""
        out_of = len(self.known)
        values = {total(node): len(self._speaking(node)) for node in self.nodes}
        most = dict.fromkeys(values, out_of)
        least = {total(node): 1 for node in self.nodes if not node.family.isdisjoint(self.quoted)}
        worth = {total(node): values[total(node)] + (_SUB_CODE if node.depth else _THEME) for node in self.nodes}
        relations = list(self._nested(values))
        protected: tuple[str, ...] = ()
        if self.panel or splits:
            groups = self._groups(splits)
            people = self._people(groups)
            atoms = [_Atom(group, said) for group in dict.fromkeys(groups.values()) for said in _subsets(group.met)]
            published = [*self._in_waves(atoms), *_by_value(splits, atoms)]
            behind = [*self._by_meetings(atoms), *_by_combination(splits, atoms)]
            sums = {key: sum(people[atom] for atom in part) for key, part in [*published, *behind]}
            values |= sums
            protected = tuple(key for key, _ in behind)
            worth |= {key: sums[key] for key, _ in published}
            sizes = Counter(groups.values())
            most |= {
                key: sum(sizes[group] for group in {atom.group for atom in part}) for key, part in published + behind
            }
            most |= {atom.key: sizes[atom.group] for atom in atoms}
            least |= {cell(one, value): 1 for one in splits for value in self._quoted_values(one)}
            relations += _sums([(total(self.nodes[0]), atoms), *published, *behind])
        shown = tuple(sorted(worth, key=lambda key: (worth[key], key)))
        return Counts(values, shown, most, tuple(relations), protected, least)

    def too_small(self, split: Split, counts: Counts, threshold: int) -> frozenset[str]:
        """Cells that say too much of their group: few speak, or nearly everybody does."""
        return frozenset(
            key
            for value, size in zip(split.values, split.sizes, strict=True)
            if (count := counts.values[key := cell(split, value)]) < threshold or size - count < _LEAST_LEFT
        )

    def _speaking(self, node: Node) -> frozenset[str]:
        people = {p.participant for p in self.base.under(self.grid, node.family) if p.participant}
        return self.base.of_type(people, self.kind)

    def _nested(self, values: Mapping[str, int]) -> Iterator[Relation]:
        """A theme has at least the people of each sub-code, and at most those of all together, when nobody is coded
        under the theme alone: readers may well think so, hence it is taken as known whenever it is true.
        """
        for node in self.nodes:
            below = [total(n) for n in self.nodes if n.depth == node.depth + 1 and n.code.parent == node.code.id]
            for child in below:
                yield Relation(((total(node), 1), (child, -1)))
            if below and values[total(node)] <= sum(values[child] for child in below):
                yield Relation((*((child, 1) for child in below), (total(node), -1)))

    def _quoted_values(self, split: Split) -> set[str]:
        people = frozenset().union(*(self.quoted.get(code, frozenset()) for code in self.nodes[0].family))
        return {split.of[person] for person in people if person in split.of}

    def _groups(self, splits: Sequence[Split]) -> Mapping[str, _Group]:
        """person -> whom they are like."""
        met = self.panel.met if self.panel else {}
        return {
            person: _Group(met.get(person, frozenset()), tuple(split.of[person] for split in splits))
            for person in sorted(self.known)
        }

    def _people(self, groups: Mapping[str, _Group]) -> Mapping[_Atom, int]:
        """How many there are of each atom."""
        speaking: dict[str, set[str]] = defaultdict(set)
        for passage in self.base.under(self.grid, self.nodes[0].family):
            if passage.participant and passage.participant in groups:
                speaking[passage.participant].add(passage.wave)
        return Counter(
            _Atom(groups[person], frozenset(waves) if self.panel else frozenset()) for person, waves in speaking.items()
        )

    def _in_waves(self, atoms: Sequence[_Atom]) -> Iterator[_Part]:
        """The theme's count in each wave and from one to the next."""
        if not self.panel:
            return
        for wave in self.panel.waves:
            if self.panel.known[wave]:
                yield _in(wave), [atom for atom in atoms if wave in atom.said]
        for first, second in self.panel.pairs:
            if self.panel.known[first] & self.panel.known[second]:
                twice = [atom for atom in atoms if {first, second} <= atom.group.met]
                yield _only(first, second), [a for a in twice if first in a.said and second not in a.said]
                yield _both(first, second), [a for a in twice if {first, second} <= a.said]
                yield _only(second, first), [a for a in twice if second in a.said and first not in a.said]

    def _by_meetings(self, atoms: Sequence[_Atom]) -> Iterator[_Part]:
        """People met in the same waves: nobody prints them."""
        for met in dict.fromkeys(self.panel.met.values()) if self.panel else ():
            yield f"vus en {sorted(met)}", [atom for atom in atoms if atom.group.met == met]


def _subsets(met: Waves) -> list[Waves]:
    """When somebody met in these waves may speak; once and for all where waves are not told."""
    sizes = range(1, len(met) + 1)
    return [frozenset(said) for size in sizes for said in combinations(sorted(met), size)] or [frozenset()]


def _by_value(splits: Sequence[Split], atoms: Sequence[_Atom]) -> Iterator[_Part]:
    for place, split in enumerate(splits):
        for value in split.values:
            yield cell(split, value), [atom for atom in atoms if atom.group.values[place] == value]


def _by_combination(splits: Sequence[Split], atoms: Sequence[_Atom]) -> Iterator[_Part]:
    """People of the same values in several crossings: nobody prints them."""
    if len(splits) > 1:
        for values in dict.fromkeys(atom.group.values for atom in atoms):
            yield f"ensemble {values}", [atom for atom in atoms if atom.group.values == values]


def _sums(parts: Sequence[_Part]) -> Iterator[Relation]:
    for key, part in parts:
        yield Relation(((key, 1), *((atom.key, -1) for atom in part)), 0, 0)


def total(node: Node) -> str:
    """Key of the people who speak of a code."""
    return f"en parlent {node.code.id}"


def cell(split: Split, value: str) -> str:
    """Key of those of them who have a value."""
    return f"{split.key} = {value}"


def _in(wave: str) -> str:
    return f"en {wave}"


def _only(here: str, there: str) -> str:
    return f"en {here} et non en {there}"


def _both(first: str, second: str) -> str:
    return f"en {first} et en {second}"
