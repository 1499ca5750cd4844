"""How much an alpha owes to the interviews that happened to be chosen: they are drawn again, each whole.

Efron, B. & Tibshirani, R. (1993). An Introduction to the Bootstrap. Chapman & Hall. (Percentile interval.)
Turns of one interview are alike: drawing them one by one would make the interval too narrow.
"""

from __future__ import annotations

import random
import statistics
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from enquete.coding.agreement.coefficients import krippendorff_alpha
from enquete.coding.agreement.table import Profiles

REPLICATES = 1000
SEED = 1971
LEVEL = 0.95
LEAST_GROUPS = 2
_LEAST_DEFINED = 0.9  # of the draws: when alpha does not exist in more of them, what is left says nothing


@dataclass(frozen=True, slots=True)
class Interval:
    """95 % of the draws lie between these two."""

    low: float
    high: float


def draws(groups: int) -> list[list[int]]:
    """For each draw, how many times each group was taken; the same ones at each run. None to draw from: no draw."""
    if not groups:
        return []
    source = random.Random(SEED)  # noqa: S311
    taken = []
    for _ in range(REPLICATES):
        counts = [0] * groups
        for _ in range(groups):
            counts[source.randrange(groups)] += 1
        taken.append(counts)
    return taken


def percentile_interval(values: Sequence[float | None]) -> Interval | None:
    """values: the statistic of each draw. None when it did not exist in too many of them."""
    defined = [value for value in values if value is not None]
    if len(defined) < max(2, _LEAST_DEFINED * len(values)):
        return None
    cuts = statistics.quantiles(defined, n=round(2 / (1 - LEVEL)), method="inclusive")
    return Interval(cuts[0], cuts[-1])


def alpha_interval(groups: Iterable[Profiles], taken: Sequence[Sequence[int]]) -> Interval | None:
    """Of Krippendorff's alpha. groups: profiles of the units of each interview; taken: as `draws` gives.

    None with fewer than two interviews.
    """
    by_group = list(groups)
    if len(by_group) < LEAST_GROUPS:
        return None
    import numpy as np

    kinds = sorted({profile for profiles in by_group for profile in profiles})
    units = np.array([[profiles.get(kind, 0) for kind in kinds] for profiles in by_group], dtype=np.int64)
    drawn = (np.array(taken, dtype=np.int64) @ units).tolist()
    return percentile_interval([krippendorff_alpha(dict(zip(kinds, row, strict=True))) for row in drawn])
