"""Tests on two answers of the same people, for drawn samples only. Weights never enter them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import comb, sqrt

LARGEST_EXACT = 200  # differences other than zero, beyond which the normal approximation is as good


@dataclass(frozen=True, slots=True)
class McNemar:
    """lost, gained: people who left « yes », people who came to it. least: the smallest p that so many could give."""

    lost: int
    gained: int
    p: float
    least: float


@dataclass(frozen=True, slots=True)
class StuartMaxwell:
    """statistic: chi-square on `freedom` degrees; p: None where nobody changed. movers: people who changed category."""

    statistic: float
    freedom: int
    p: float | None
    movers: int


@dataclass(frozen=True, slots=True)
class Wilcoxon:
    """up, down, same: signs of the differences. w: sum of the ranks of those that went up. exact: how p was found.

    least: the smallest p that as many differences could give.
    """

    up: int
    down: int
    same: int
    w: float
    p: float
    exact: bool
    least: float


def mcnemar(lost: int, gained: int) -> McNemar:
    """Two-sided exact test: lost is binomial (lost + gained, 1/2) when nothing changed.

    McNemar, Psychometrika 12, 1947; exact form: Agresti, Categorical Data Analysis, 3rd ed., 2013, § 11.1.
    """
    n = lost + gained
    tail = sum(comb(n, k) for k in range(min(lost, gained) + 1))
    return McNemar(lost, gained, min(1.0, 2 * tail / 2**n), min(1.0, 2 / 2**n))


def stuart_maxwell(table: Sequence[Sequence[int]]) -> StuartMaxwell:
    """Whether the two margins of a square table of people are the same; asymptotic.

    Stuart, Biometrika 42, 1955; Maxwell, British Journal of Psychiatry 116, 1970. Categories that nobody left nor
    reached tell nothing: the inverse is the general one, and the degrees of freedom are its rank.
    """
    import numpy as np
    from scipy.stats import chi2

    counts = np.asarray(table, dtype=float)
    movers = int(counts.sum() - np.trace(counts))
    difference = counts.sum(axis=1) - counts.sum(axis=0)
    variance = -(counts + counts.T)
    np.fill_diagonal(variance, counts.sum(axis=1) + counts.sum(axis=0) - 2 * np.diag(counts))
    freedom = int(np.linalg.matrix_rank(variance)) if movers else 0
    if not freedom:
        return StuartMaxwell(0.0, 0, None, 0)
    statistic = float(difference @ np.linalg.pinv(variance) @ difference)
    return StuartMaxwell(statistic, freedom, float(chi2.sf(statistic, freedom)), movers)


def wilcoxon(differences: Sequence[float]) -> Wilcoxon:
    """Two-sided signed-rank test. Zeros are ranked, then left out (Pratt, JASA 54, 1959); equal sizes share the mean of
    their ranks.

    Wilcoxon, Biometrics Bulletin 1, 1945. Up to `LARGEST_EXACT` differences p is exact, given the ranks: every pattern
    of signs is counted (Streitberg and Röhmel, Statistical Software Newsletter 12, 1986); beyond, it is normal.
    """
    from scipy.stats import norm, rankdata

    ranks = rankdata([abs(d) for d in differences]) if differences else []
    told = [(rank, d) for rank, d in zip(ranks, differences, strict=True) if d]
    up = sum(d > 0 for _, d in told)
    w = float(sum(rank for rank, d in told if d > 0))
    if not told:
        return Wilcoxon(0, 0, len(differences), 0.0, 1.0, True, 1.0)
    if len(told) <= LARGEST_EXACT:
        p, least = _exact([round(2 * rank) for rank, _ in told], round(2 * w))
    else:
        spread = sqrt(sum(rank * rank for rank, _ in told) / 4)
        middle = sum(rank for rank, _ in told) / 2
        p, least = float(min(1.0, 2 * norm.sf(abs(w - middle) / spread))), 0.0
    exact = len(told) <= LARGEST_EXACT
    return Wilcoxon(up, len(told) - up, len(differences) - len(told), w, p, exact, least)


def _exact(doubled: Sequence[int], observed: int) -> tuple[float, float]:
    """(p, smallest p) of a sum of ranks (twice their values, so that they are whole), each counted or not by a coin."""
    import numpy as np

    total = sum(doubled)
    chances = np.zeros(total + 1)
    chances[0] = 1.0
    for rank in doubled:
        moved = np.zeros_like(chances)
        moved[rank:] = chances[: total + 1 - rank]
        chances = (chances + moved) / 2
    far = abs(2 * observed - total)
    distance = np.abs(2 * np.arange(total + 1) - total)
    return float(min(1.0, chances[distance >= far].sum())), float(min(1.0, 2 * chances[0]))


def holm(values: Sequence[float]) -> list[float]:
    """p-values corrected for their number, in their order (Holm, Scandinavian Journal of Statistics 6, 1979)."""
    corrected = [0.0] * len(values)
    highest = 0.0
    for rank, place in enumerate(sorted(range(len(values)), key=values.__getitem__)):
        highest = max(highest, min(1.0, (len(values) - rank) * values[place]))
        corrected[place] = highest
    return corrected
