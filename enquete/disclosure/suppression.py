"""Which counts to hide, so that no reader computes a small one back from all the others.

The reader is taken to know every count shown, every relation between counts (a total is the sum of its parts, a theme
holds its sub-codes, somebody met twice is met in both waves) and how many people each count is out of. What they can
conclude about a hidden count is then its least and its greatest value over all the whole numbers that agree with what
is shown: the feasibility interval of Hundepool et al., Statistical Disclosure Control, Wiley, 2012, § 4.3. The bounds
are those of whole numbers, not of fractions: a wider, fractional interval would promise more than it holds.

Rule, for a threshold t:
- a count under t, zero included, is hidden: an empty cell tells something of everybody in its group;
- whoever compares everything still has every value from 1 to t - 1 to choose from (1 and not 0, since a quotation
  beside a hidden count says that somebody spoke);
- of a larger count, hidden only to protect another, t - 1 values at least remain;
- a count that nobody publishes is protected likewise, unless it is known to reach t: it could then be published.

What else is hidden is chosen one count at a time, the least loss first (Fischetti and Salazar-González, Management
Science 47(7), 2001, find the best choice; a greedy one is good enough for a theme and its sub-codes), and given back
where it was not needed after all. What a reader who knows this order could conclude from it is not computed.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field

HIDDEN = "masqué"


@dataclass(frozen=True, slots=True)
class Relation:
    """low <= sum of factor x count <= high, as anybody knows. terms: (count, factor). high: None for no limit."""

    terms: tuple[tuple[str, int], ...]
    low: int = 0
    high: int | None = None


@dataclass(frozen=True, slots=True)
class Counts:
    """Counts of people that hang together. Keys are any names.

    values: of those to publish and of those to protect. shown: to publish, from the first to give up to the last.
    protected: never published, yet nobody must compute them when they are small. most: how many people each can count
    at all, for every key that a relation names; least: what is known otherwise (0 where nothing is).
    """

    values: Mapping[str, int]
    shown: tuple[str, ...]
    most: Mapping[str, int]
    relations: tuple[Relation, ...] = ()
    protected: tuple[str, ...] = ()
    least: Mapping[str, int] = field(default_factory=dict)


def suppress(counts: Counts, threshold: int) -> frozenset[str]:
    """The keys of `shown` to hide; equal counts give equal choices. threshold: people, 2 at least."""
    small = frozenset(key for key in counts.shown if counts.values[key] < threshold)
    hidden = small
    while exposed := _exposed(counts, hidden, threshold):
        hidden |= {_next(counts, hidden, exposed[0], threshold)}
    for key in reversed(counts.shown):
        if key in hidden - small and not _exposed(counts, hidden - {key}, threshold):
            hidden -= {key}
    return hidden


def suppress_among(
    counts: Counts, hidden: frozenset[str], cells: frozenset[str], small: frozenset[str], threshold: int
) -> frozenset[str] | None:
    """Which of some cells to hide, `small` at least, so that what is shown beside them stays shown; None where all of
    them would be hidden, or where that is not enough: then they are better left out. hidden: of the others.
    """
    chosen = small
    while chosen < cells:
        exposed = _exposed(counts, hidden | chosen, threshold)
        if not exposed:
            return chosen
        chosen |= {_next(counts, hidden | chosen, exposed[0], threshold, cells)}
    return None


def bounds(counts: Counts, hidden: Iterable[str]) -> dict[str, tuple[int, int]]:
    """What can be concluded of each hidden or protected count: its least and its greatest possible value."""
    attack = _Attack(counts, frozenset(hidden))
    return {key: (attack.least(key), attack.most(key)) for key in attack.unknown()}


def _exposed(counts: Counts, hidden: frozenset[str], threshold: int) -> list[str]:
    """Hidden and protected counts of which too much can be concluded."""
    if hidden.issuperset(counts.shown):
        return []  # nothing is published, nothing follows
    attack = _Attack(counts, hidden)
    return [key for key in attack.unknown() if not attack.safe(key, threshold)]


def _next(
    counts: Counts, hidden: frozenset[str], exposed: str, threshold: int, among: Collection[str] | None = None
) -> str:
    """The first count that makes the exposed one safe, else the one that leaves most doubt about it. among: those that
    may be hidden; None: any.
    """
    best, widest = "", -1
    for key in (key for key in counts.shown if key not in hidden and (among is None or key in among)):
        attack = _Attack(counts, hidden | {key})
        if attack.safe(exposed, threshold):
            return key
        width = attack.most(exposed) - attack.least(exposed)
        if width > widest:
            best, widest = key, width
    return best


class _Attack:
    """Everything a reader can conclude: whole numbers that agree with what is shown.

    Each solution found is a witness for every count at once, so that few problems need to be solved.
    """

    def __init__(self, counts: Counts, hidden: frozenset[str]) -> None:
        import numpy as np
        from scipy.optimize import Bounds, LinearConstraint

        self._counts, self._hidden = counts, hidden
        self._place = {key: place for place, key in enumerate(counts.most)}
        published = set(counts.shown) - hidden
        low = np.array([counts.values[k] if k in published else counts.least.get(k, 0) for k in counts.most], float)
        high = np.array([counts.values[k] if k in published else most for k, most in counts.most.items()], float)
        self._box = Bounds(low, high)
        matrix = np.zeros((len(counts.relations), len(counts.most)))
        for row, relation in enumerate(counts.relations):
            for key, factor in relation.terms:
                matrix[row, self._place[key]] += factor
        self._rules = LinearConstraint(
            matrix, [r.low for r in counts.relations], [np.inf if r.high is None else r.high for r in counts.relations]
        )
        self._lows: dict[str, int] = {}
        self._highs: dict[str, int] = {}
        self._seen_low = np.array([counts.values.get(key, np.inf) for key in counts.most])  # the truth is a witness
        self._seen_high = np.array([counts.values.get(key, -np.inf) for key in counts.most])

    def unknown(self) -> list[str]:
        """Hidden and protected counts, in their order."""
        return [key for key in (*self._counts.shown, *self._counts.protected) if self._is_unknown(key)]

    def _is_unknown(self, key: str) -> bool:
        return key in self._hidden or key in self._counts.protected

    def safe(self, key: str, threshold: int) -> bool:
        """Whether enough values remain possible: see the rule of this module."""
        if key in self._counts.protected and self._counts.values[key] >= threshold and self.least(key) >= threshold:
            return True  # large enough to be published, if it were of use
        floor, cap = self._counts.least.get(key, 0), self._counts.most[key]
        width = min(max(1, threshold - 2), cap - floor)
        if self._counts.values[key] < threshold and not self._reaches(key, max(1, floor), min(threshold - 1, cap)):
            return False
        place = self._place[key]
        if self._seen_high[place] - self._seen_low[place] >= width:
            return True
        return self.most(key) - self.least(key) >= width

    def _reaches(self, key: str, low: int, high: int) -> bool:
        place = self._place[key]
        return bool(
            (self._seen_low[place] <= low or self.least(key) <= low)
            and (self._seen_high[place] >= high or self.most(key) >= high)
        )

    def least(self, key: str) -> int:
        if key not in self._lows:
            self._lows[key] = self._solve(key, 1)
        return self._lows[key]

    def most(self, key: str) -> int:
        if key not in self._highs:
            self._highs[key] = self._solve(key, -1)
        return self._highs[key]

    def _solve(self, key: str, sign: int) -> int:
        import numpy as np
        from scipy.optimize import milp

        place = self._place[key]
        goal = np.zeros(len(self._place))
        goal[place] = sign
        found = milp(goal, integrality=np.ones(len(goal)), bounds=self._box, constraints=self._rules)
        if found.x is None:
            raise ValueError("the counts do not agree with their relations")
        values = np.round(found.x)
        self._seen_low = np.minimum(self._seen_low, values)
        self._seen_high = np.maximum(self._seen_high, values)
        return int(values[place])
