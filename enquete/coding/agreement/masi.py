"""Krippendorff's alpha on whole sets of codes, with the MASI distance.

Passonneau, R. (2006). Measuring agreement on set-valued items (MASI) for semantic and pragmatic annotation. LREC.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from enquete.coding.agreement.table import ReliabilityData

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


def masi_distance(one: frozenset[str], other: frozenset[str]) -> float:
    """1 - Jaccard × monotonicity (1 for equal sets, 2/3 for a subset, 1/3 for an overlap, 0 for nothing in common).

    Two empty sets are equal.
    """
    common = len(one & other)
    if one == other:
        return 0.0
    if not common:
        return 1.0
    monotonicity = 2 / 3 if common == min(len(one), len(other)) else 1 / 3
    return 1 - monotonicity * common / len(one | other)


@dataclass(frozen=True, slots=True)
class SetTerms:
    """What alpha is made of, by group of units: sums over any of the groups give the alpha of their units.

    disagreement: one number a group; counts: groups × distinct sets, decisions; distances: sets × sets.
    """

    groups: tuple[str, ...]
    disagreement: NDArray[np.float64]
    counts: NDArray[np.float64]
    distances: NDArray[np.float64]

    def alphas(self, draws: Any) -> list[float | None]:
        """One alpha for each draw. draws: draws × groups, how many times each group counts."""
        disagreement = draws @ self.disagreement
        counts = draws @ self.counts
        expected = ((counts @ self.distances) * counts).sum(axis=1)
        values = counts.sum(axis=1)
        return [
            1 - (float(n) - 1) * float(observed) / float(chance) if chance > 0 else None
            for n, observed, chance in zip(values, disagreement, expected, strict=True)
        ]

    def alpha(self) -> float | None:
        """Of all units. None when nothing can be compared, or when all decisions are the same."""
        import numpy as np

        return self.alphas(np.ones((1, len(self.groups))))[0]


def set_terms(data: ReliabilityData) -> SetTerms:
    """Units that fewer than two coders decided on are left out."""
    import numpy as np

    groups = data.compared().by_group()
    ranks: dict[frozenset[str], int] = {}
    compared: Counter[tuple[int, tuple[int, ...]]] = Counter()
    for group, part in enumerate(groups.values()):
        for unit in part.units:
            put = (ranks.setdefault(decision, len(ranks)) for decision in unit.decisions if decision is not None)
            compared[group, tuple(sorted(put))] += unit.size
    distances = _distances(list(ranks))
    disagreement = np.zeros(len(groups))
    counts = np.zeros((len(groups), len(ranks)))
    for (group, sets), units in compared.items():
        chosen = np.array(sets)
        disagreement[group] += units * distances[np.ix_(chosen, chosen)].sum() / (len(sets) - 1)
        np.add.at(counts[group], chosen, units)
    return SetTerms(tuple(groups), disagreement, counts, distances)


def _distances(sets: Sequence[frozenset[str]]) -> NDArray[np.float64]:
    """`masi_distance` of each two."""
    import numpy as np

    codes = {code: rank for rank, code in enumerate(sorted(frozenset().union(*sets)))}
    there = np.zeros((len(sets), len(codes)))
    for row, codes_put in enumerate(sets):
        there[row, [codes[code] for code in codes_put]] = 1
    common = there @ there.T
    sizes = there.sum(axis=1)
    smaller = np.minimum.outer(sizes, sizes)
    union = np.add.outer(sizes, sizes) - common
    monotonicity = np.where(common == smaller, np.where(common == union, 1, 2 / 3), np.where(common > 0, 1 / 3, 0))
    distances = 1 - monotonicity * common / np.where(union > 0, union, 1)
    np.fill_diagonal(distances, 0)
    return distances
