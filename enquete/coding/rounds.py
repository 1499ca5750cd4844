"""Shares interviews out among coders: who codes what, how many by several, at random, in loads as equal as feasible.

Chance comes from digests (SHA-256 of the seed and a code), not from `random`: the same seed and the same interviews
give the same share-out on any machine, in whatever order they are given.

Loads are made equal as in scheduling on identical machines: the longest first, each to whoever has the least, then
exchanges as long as they help. Graham, R. L. (1969). Bounds on multiprocessing timing anomalies. SIAM Journal on
Applied Mathematics, 17(2), 416-429.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from itertools import combinations

from enquete.errors import EnqueteError, Problem
from enquete.wording import n

ALL = ("tous", "toutes", "tout")
_EXCHANGED = 300  # texts: beyond, they are short, and the longest first leaves loads a few words apart


@dataclass(frozen=True, slots=True)
class Work:
    """A text to share out. words: of the participants. held: coders who have it; barred: who may not get it."""

    code: str
    words: int
    held: frozenset[str] = frozenset()
    barred: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Terms:
    """Among whom, how many texts are to have several coders, how many each, and what chance is drawn from.

    what: texts, in words for errors.
    """

    coders: tuple[str, ...]
    doubled: int
    by: int
    seed: int
    what: str = "entretien"


def doubled(share: str, total: int, what: str = "entretien") -> int:
    """How many texts a share means: « 20 % » (at least that many), « 8 » or « tous ». what: texts, in words for errors.

    Raises EnqueteError(ROUND_SHARE).
    """
    written = "".join(share.split()).casefold()
    if written in ALL:
        return total
    found = re.fullmatch(r"(\d{1,6})(%?)", written)
    if found:
        number = int(found[1])
        wanted = -(-number * total // 100) if found[2] else number
        if wanted <= total:
            return wanted
    raise EnqueteError(Problem.ROUND_SHARE, share=share, total=n(what, total), exit_code=2)


def share_out(
    works: Iterable[Work], elsewhere: Iterable[AbstractSet[str]], loads: Mapping[str, int], terms: Terms
) -> dict[str, tuple[str, ...]]:
    """New coders of each interview, by its code: only what is not yet given out. Interviews that get none are left out.

    elsewhere: coders of each interview that is not to be shared; loads: words that each coder still has to code there
    and here. Pairs that code an interview together are spread evenly first, loads are made equal next.
    Raises EnqueteError(ROUND_TOO_FEW) when so many coders can't be found for so many interviews.
    """
    drawn = sorted(works, key=lambda work: _chance(terms.seed, work.code))
    missing = _missing(drawn, terms)
    plan = _Plan.of(drawn, elsewhere, loads, terms)
    by_size = sorted(drawn, key=lambda work: (missing[work.code] < 2 and not work.held, -work.words))
    for work in by_size:
        _staff(plan, work, missing[work.code])
    shared = [work for work in by_size if plan.given[work.code]]
    while len(shared) <= _EXCHANGED and sum(_improvements(plan, shared)):
        pass
    return {work.code: tuple(sorted(plan.given[work.code])) for work in sorted(shared, key=lambda work: work.code)}


def _chance(*parts: object) -> bytes:
    return hashlib.sha256("\n".join(map(str, parts)).encode()).digest()


def _free(work: Work, terms: Terms) -> list[str]:
    return [coder for coder in terms.coders if coder not in work.held and coder not in work.barred]


def _missing(drawn: Sequence[Work], terms: Terms) -> dict[str, int]:
    """How many coders each interview still needs. drawn: in the order of chance; the first ones are to have several."""
    several = {work.code for work in drawn if len(work.held) >= terms.by}
    feasible = [w for w in drawn if w.code not in several and len(w.held) + len(_free(w, terms)) >= terms.by]
    wanted = max(0, terms.doubled - len(several))
    if wanted > len(feasible):
        wished, found = n(terms.what, terms.doubled), len(several) + len(feasible)
        raise EnqueteError(Problem.ROUND_TOO_FEW, wanted=wished, by=terms.by, found=found, exit_code=2)
    several |= {work.code for work in feasible[:wanted]}
    missing = {}
    for work in drawn:
        missing[work.code] = max(0, (terms.by if work.code in several else 1) - len(work.held))
        if missing[work.code] > len(_free(work, terms)):
            raise EnqueteError(Problem.ROUND_NOBODY, where=work.code)
    return missing


@dataclass(slots=True)
class _Plan:
    """Who has what at a moment. uneven, unequal: sums of squares of the meetings of each pair, of the loads."""

    terms: Terms
    loads: dict[str, int]
    meetings: Counter[tuple[str, str]]
    given: dict[str, set[str]]
    uneven: int = 0
    unequal: int = 0
    met: dict[str, set[str]] = field(default_factory=dict)

    @classmethod
    def of(
        cls,
        works: Sequence[Work],
        elsewhere: Iterable[AbstractSet[str]],
        loads: Mapping[str, int],
        terms: Terms,
    ) -> _Plan:
        groups = [*elsewhere, *(work.held for work in works)]
        meetings = Counter(pair for group in groups for pair in combinations(sorted(group), 2))
        start = {coder: loads.get(coder, 0) for coder in sorted(terms.coders)}
        plan = cls(terms, start, meetings, {work.code: set() for work in works})
        plan.uneven = sum(count * count for count in meetings.values())
        plan.unequal = sum(load * load for load in start.values())
        return plan

    @property
    def cost(self) -> tuple[int, int]:
        return self.uneven, self.unequal

    def on(self, work: Work) -> set[str]:
        return self.given[work.code] | work.held

    def free(self, work: Work) -> list[str]:
        taken = self.given[work.code]
        return [coder for coder in self.loads if coder not in taken | work.held | work.barred]

    def give(self, work: Work, coder: str) -> None:
        for other in self.on(work):
            pair = _pair(coder, other)
            self.uneven += 2 * self.meetings[pair] + 1
            self.meetings[pair] += 1
        self.given[work.code].add(coder)
        self._load(coder, work.words)

    def take(self, work: Work, coder: str) -> None:
        self.given[work.code].remove(coder)
        for other in self.on(work):
            pair = _pair(coder, other)
            self.uneven -= 2 * self.meetings[pair] - 1
            self.meetings[pair] -= 1
        self._load(coder, -work.words)

    def _load(self, coder: str, words: int) -> None:
        self.unequal += words * (2 * self.loads[coder] + words)
        self.loads[coder] += words

    def together(self, coders: Iterable[str]) -> int:
        """How often these have met, each pair counted."""
        return sum(self.meetings[pair] for pair in combinations(sorted(coders), 2))


def _pair(one: str, other: str) -> tuple[str, str]:
    return (one, other) if one < other else (other, one)


def _staff(plan: _Plan, work: Work, missing: int) -> None:
    """Gives an interview its coders: those who have met least, then those who have least to do, then by chance."""

    def rank(coders: tuple[str, ...]) -> tuple[int, int, bytes]:
        load = sum(plan.loads[coder] for coder in coders)
        return plan.together(plan.on(work) | set(coders)), load, _chance(plan.terms.seed, work.code, *coders)

    while missing:
        # Of an interview that nobody has, two at once: any first one has met nobody there.
        size = 2 if missing > 1 and not plan.on(work) else 1
        for coder in min(combinations(plan.free(work), size), key=rank):
            plan.give(work, coder)
        missing -= size


def _improvements(plan: _Plan, works: Sequence[Work]) -> Iterator[bool]:
    """Tries each change once, and says of each whether it helped: one coder for another, then exchanges."""
    for work in works:
        for coder in sorted(plan.given[work.code]):
            for other in plan.free(work):
                if _try(plan, [(work, coder, other)]):
                    yield True
                    break
    for one, two in combinations(works, 2):
        yield from (_try(plan, changes) for changes in _exchanges(plan, one, two))


_Change = tuple[Work, str, str]  # an interview, who loses it, who gets it


def _exchanges(plan: _Plan, one: Work, other: Work) -> Iterator[list[_Change]]:
    """A coder of each against one of the other's, then all of them, where neither would code one interview twice."""
    here, there = sorted(plan.given[one.code]), sorted(plan.given[other.code])
    if one.words == other.words or here == there:
        return
    pairs = [([a], [b]) for a in here for b in there if a != b]
    if 1 < len(here) == len(there) and not set(here) & set(there):
        pairs.append((here, there))
    for leaving, coming in pairs:
        gap = sum(plan.loads[coder] for coder in leaving) - sum(plan.loads[coder] for coder in coming)
        if gap * (one.words - other.words) <= 0:
            continue  # whoever has more to do would get more
        stays_one, stays_other = plan.on(one) - set(leaving), plan.on(other) - set(coming)
        if not (stays_one | one.barred) & set(coming) and not (stays_other | other.barred) & set(leaving):
            yield [
                *((one, a, b) for a, b in zip(leaving, coming, strict=True)),
                *((other, b, a) for a, b in zip(leaving, coming, strict=True)),
            ]


def _try(plan: _Plan, changes: Sequence[_Change]) -> bool:
    """Makes these changes if they make the plan better. False: nothing has changed."""
    if any(leaving not in plan.given[work.code] for work, leaving, _ in changes):
        return False  # an exchange just made has moved them
    before = plan.cost
    for work, leaving, _ in changes:
        plan.take(work, leaving)
    for work, _, coming in changes:
        plan.give(work, coming)
    if plan.cost < before:
        return True
    for work, _, coming in changes:
        plan.take(work, coming)
    for work, leaving, _ in changes:
        plan.give(work, leaving)
    return False
