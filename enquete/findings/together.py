"""Sheet « Co-occurrences », for the team: codes that come up in the same words, the same turn, the same interview."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations

from enquete.findings.counting import Base, Node, merge, tree
from enquete.findings.material import Grid, Passage
from enquete.findings.sheets import TOGETHER
from enquete.findings.tables import Cell, Column, Kind, Table
from enquete.model import RespondentType
from enquete.wording import capital, label

_Pair = tuple[int, int]  # places of two nodes, the first one before the other
_Voice = tuple[str, str | None]  # interview, participant

_NOTES = (
    "Personnes qui parlent des deux : dans les mêmes mots, dans le même tour de parole, dans le même entretien. Chaque "
    "nombre contient ceux qui le précèdent. Un code réunit ses sous-codes ; deux codes dont l'un contient l'autre ne "
    "sont pas comparés ; une paire absente : personne n'en parle dans un même entretien.",
    "Passages : endroits où les mots des deux codes se recouvrent. Deux thèmes qui se suivent ne sont pas liés pour "
    "autant : le guide d'entretien peut les avoir mis côte à côte.",
)


@dataclass
class _Found:
    """What is counted of a pair of codes, for one type of respondents."""

    places: int = 0
    passage: set[str] = field(default_factory=set)
    turn: set[str] = field(default_factory=set)
    interview: set[str] = field(default_factory=set)


def together(base: Base) -> Table | None:
    """A row a pair of codes and type of respondents; themes first, the pairs that most people bring up first."""
    nodes = [(grid, node) for grid in base.material.codebooks for node in tree(grid.codes)]
    several = len(base.material.codebooks) > 1
    rows = []
    for kind in base.types:
        found = _pairs(base, nodes, kind)
        ranked = sorted(found.items(), key=lambda item: _rank(nodes, *item))
        rows += [_row(nodes, pair, one, kind, several=several) for pair, one in ranked]
    if not rows:
        return None
    code, theme = Column("Code", Kind.SHORT), Column("Thème", Kind.PHRASE)
    columns = (
        Column("Niveau", Kind.SHORT),
        *((Column("Grille", Kind.PHRASE),) if several else ()),
        code,
        theme,
        *((Column("Avec : grille", Kind.PHRASE),) if several else ()),
        Column("Avec : code", Kind.SHORT),
        Column("Avec : thème", Kind.PHRASE),
        Column("Répondants", Kind.PHRASE),
        Column("Même passage, personnes", Kind.COUNT),
        Column("Même tour, personnes", Kind.COUNT),
        Column("Même entretien, personnes", Kind.COUNT),
        Column("Passages", Kind.COUNT),
    )
    return Table(TOGETHER, columns, tuple(rows), notes=_NOTES)


_Nodes = Sequence[tuple[Grid, Node]]


def _rank(nodes: _Nodes, pair: _Pair, found: _Found) -> tuple[object, ...]:
    return not _themes(nodes, pair), -len(found.passage), -len(found.turn), -len(found.interview), pair


def _themes(nodes: _Nodes, pair: _Pair) -> bool:
    return all(nodes[place][1].depth == 0 for place in pair)


def _row(nodes: _Nodes, pair: _Pair, found: _Found, kind: RespondentType, *, several: bool) -> tuple[Cell, ...]:
    (one_grid, one), (other_grid, other) = (nodes[place] for place in pair)
    return (
        "thèmes" if _themes(nodes, pair) else "codes",
        *((one_grid.title,) if several else ()),
        one.code.id,
        one.code.label,
        *((other_grid.title,) if several else ()),
        other.code.id,
        other.code.label,
        capital(label(kind, 2)),
        len(found.passage),
        len(found.turn),
        len(found.interview),
        found.places,
    )


def _pairs(base: Base, nodes: _Nodes, kind: RespondentType) -> Mapping[_Pair, _Found]:
    """A voice that is linked to nobody counts for nobody."""
    above: dict[tuple[str, str], list[int]] = defaultdict(list)  # code -> places of the nodes that it counts for
    for place, (grid, node) in enumerate(nodes):
        for code in node.family:
            above[grid.id, code].append(place)
    said: dict[_Voice, list[Passage]] = defaultdict(list)
    for passage in base.passages:
        if passage.participant and base.type_of_person(passage.participant) is kind:
            said[passage.interview, passage.participant].append(passage)
    starts = _turn_starts(base)
    found: dict[_Pair, _Found] = defaultdict(_Found)
    for (interview, person), passages in said.items():
        by_turn: dict[int, set[int]] = defaultdict(set)
        for passage in passages:
            for turn in _turns(passage, starts.get(interview, ())):
                by_turn[turn].update(above[passage.codebook, passage.code])
        for pair in _unlike(nodes, set().union(*by_turn.values())):
            found[pair].interview.add(person or "")
        for places in by_turn.values():
            for pair in _unlike(nodes, places):
                found[pair].turn.add(person or "")
        for pair, count in _overlaps(nodes, passages, above):
            found[pair].passage.add(person or "")
            found[pair].turn.add(person or "")
            found[pair].places += count
    return found


def _unlike(nodes: _Nodes, places: Collection[int]) -> Iterator[_Pair]:
    """Pairs of codes neither of which contains the other."""
    for one, other in combinations(sorted(places), 2):
        (grid, node), (other_grid, below) = nodes[one], nodes[other]
        if grid.id != other_grid.id or not (below.family <= node.family or node.family <= below.family):
            yield one, other


def _overlaps(
    nodes: _Nodes, passages: Sequence[Passage], above: Mapping[tuple[str, str], Sequence[int]]
) -> Iterator[tuple[_Pair, int]]:
    """Pairs whose words overlap, with how many times, in what one voice says in one interview."""
    by_place: dict[int, list[Passage]] = defaultdict(list)
    for passage in passages:
        for place in above[passage.codebook, passage.code]:
            by_place[place].append(passage)
    merged = {place: [(e.start, e.end) for e in merge(own)] for place, own in by_place.items()}
    for pair in _unlike(nodes, merged):
        count = _common(merged[pair[0]], merged[pair[1]])
        if count:
            yield pair, count


def _common(one: Sequence[tuple[int, int]], other: Sequence[tuple[int, int]]) -> int:
    """How many times spans of one overlap spans of the other; each sorted, none of its own overlapping."""
    count = first = second = 0
    while first < len(one) and second < len(other):
        count += one[first][0] < other[second][1] and other[second][0] < one[first][1]
        if one[first][1] < other[second][1]:
            first += 1
        else:
            second += 1
    return count


def _turn_starts(base: Base) -> Mapping[str, Sequence[tuple[int, int]]]:
    """interview -> (start, turn) of what participants say, in order."""
    starts: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for speech in base.material.speech:
        starts[speech.interview].append((speech.start, speech.turn))
    return {interview: sorted(those) for interview, those in starts.items()}


def _turns(passage: Passage, starts: Sequence[tuple[int, int]]) -> Iterable[int]:
    """The turns that a passage is in; where what was said is not known, the one that it starts in."""
    after = bisect_left(starts, (passage.start + 1, -1))
    last = bisect_left(starts, (passage.end, -1))
    return {passage.turn, *(turn for _, turn in starts[after:last])}
