"""Coefficients of agreement on categories that exclude one another (a code there or not is two of them).

Each takes profiles: (coders who chose the first category, who chose the second…) -> units, and gives None where it
is not defined (0/0). What one coder alone decided compares with nothing: it counts only in the shares of Fleiss and
Gwet.

Cicchetti, D. V. & Feinstein, A. R. (1990). High agreement but low kappa: II. Resolving the paradoxes. Journal of
    Clinical Epidemiology, 43(6), 551-558.
Cohen, J. (1960). A coefficient of agreement for nominal scales. Educational and Psychological Measurement, 20(1),
    37-46.
Fleiss, J. L. (1971). Measuring nominal scale agreement among many raters. Psychological Bulletin, 76(5), 378-382.
Gwet, K. L. (2008). Computing inter-rater reliability and its variance in the presence of high agreement. British
    Journal of Mathematical and Statistical Psychology, 61(1), 29-48.
Gwet, K. L. (2014). Handbook of Inter-Rater Reliability, 4th ed. Advanced Analytics. (Missing ratings.)
Krippendorff, K. (2011). Computing Krippendorff's alpha-reliability. University of Pennsylvania.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Mapping, Sequence
from typing import NamedTuple, TypeVar

from enquete.coding.agreement.table import Profiles

C = TypeVar("C", bound=Hashable)  # a category


class Pairs(NamedTuple):
    """Pairs of decisions on one unit: both put the code, one of them did, neither did."""

    both: int
    one: int
    neither: int


def decision_pairs(profiles: Profiles) -> Pairs:
    """Every pair of coders on every unit. profiles: (left it out, put it)."""
    both = one = neither = 0
    for (absent, present), units in profiles.items():
        both += units * (present * (present - 1) // 2)
        one += units * absent * present
        neither += units * (absent * (absent - 1) // 2)
    return Pairs(both, one, neither)


def _ratio(part: float, whole: float) -> float | None:
    return part / whole if whole else None


def overlap(pairs: Pairs) -> float | None:
    """Jaccard (1912): of what either of the two coded, what both did; for n coders, pooled over their pairs."""
    return _ratio(pairs.both, pairs.both + pairs.one)


def positive_agreement(pairs: Pairs) -> float | None:
    """Cicchetti & Feinstein (1990), 2a / (2a + b + c); for n coders, each term summed over their pairs."""
    return _ratio(2 * pairs.both, 2 * pairs.both + pairs.one)


def negative_agreement(pairs: Pairs) -> float | None:
    """Cicchetti & Feinstein (1990), 2d / (2d + b + c); for n coders, each term summed over their pairs."""
    return _ratio(2 * pairs.neither, 2 * pairs.neither + pairs.one)


def observed_agreement(profiles: Profiles) -> float | None:
    """Share of the pairs of decisions that agree, on each unit; the mean over units (Fleiss, 1971; Gwet, 2014)."""
    return _agreement_and_shares(profiles)[0]


def krippendorff_alpha(profiles: Profiles) -> float | None:
    """Krippendorff (2011), nominal data, any number of coders, missing decisions.

    None when nothing can be compared, or when all decisions are the same.
    """
    disagreement = 0.0
    totals: Counter[int] = Counter()
    for profile, units in profiles.items():
        number = sum(profile)
        if number < 2:
            continue
        disagreement += units * (number * number - sum(count * count for count in profile)) / (number - 1)
        for category, count in enumerate(profile):
            totals[category] += units * count
    values = totals.total()
    expected = values * values - sum(total * total for total in totals.values())
    return 1 - (values - 1) * disagreement / expected if expected else None


def cohen_kappa(table: Mapping[tuple[C, C], int]) -> float | None:
    """Cohen (1960). table: (what one coder chose, what the other did) -> units that both decided on."""
    units = sum(table.values())
    if not units:
        return None
    ones: Counter[C] = Counter()
    others: Counter[C] = Counter()
    for (one, other), count in table.items():
        ones[one] += count
        others[other] += count
    agreeing = sum(count for (one, other), count in table.items() if one == other)
    chance = sum(count * others[category] for category, count in ones.items())
    return _ratio(agreeing * units - chance, units * units - chance)


def presence_table(profiles: Profiles, positives: Sequence[int]) -> dict[tuple[bool, bool], int]:
    """The table of Cohen for two coders and a code: profiles (left it out, put it); positives: units where each did."""
    both = profiles.get((0, 2), 0)
    return {
        (True, True): both,
        (True, False): positives[0] - both,
        (False, True): positives[1] - both,
        (False, False): profiles.get((2, 0), 0),
    }


def fleiss_kappa(profiles: Profiles) -> float | None:
    """Fleiss (1971); where units have unequal numbers of decisions, as Gwet (2014) generalises it.

    Agreement is the mean over the units decided on by two or more, shares the mean over all units.
    """
    agreement, shares = _agreement_and_shares(profiles)
    if agreement is None:
        return None
    chance = sum(share * share for share in shares)
    return None if max(shares) == 1 else (agreement - chance) / (1 - chance)


def gwet_ac1(profiles: Profiles) -> float | None:
    """Gwet (2008), with missing decisions as in Gwet (2014). Every category of the profiles counts, chosen or not."""
    agreement, shares = _agreement_and_shares(profiles)
    if agreement is None or len(shares) < 2:
        return None
    chance = sum(share * (1 - share) for share in shares) / (len(shares) - 1)
    return (agreement - chance) / (1 - chance)


def _agreement_and_shares(profiles: Profiles) -> tuple[float | None, list[float]]:
    agreement, compared, decided = 0.0, 0, 0
    shares = [0.0] * len(next(iter(profiles), ()))
    for profile, units in profiles.items():
        number = sum(profile)
        decided += units
        for category, count in enumerate(profile):
            shares[category] += units * count / number
        if number > 1:
            compared += units
            agreement += units * sum(count * (count - 1) for count in profile) / (number * (number - 1))
    return _ratio(agreement, compared), [share / decided for share in shares]
