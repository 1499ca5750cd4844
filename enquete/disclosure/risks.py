"""What singles a person out: attributes and facts that few others share, alone or two or three together.

A combination is listed when fewer than k people of the study have it, and when no part of it is already so rare: the
minimal sample uniques of Elliot, Manning and Ford (International Journal of Uncertainty, Fuzziness and Knowledge-Based
Systems 10(5), 2002), for k people instead of one. As there, the fewer its parts the riskier it is; people who share
it divide its weight. People of the study, not of the town: outside, others may be alike, or nobody.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations
from math import factorial

LARGEST = 3  # attributes and facts together: more is no longer what a neighbour remembers

Item = tuple[str, str]  # « commune », « Nanterre »; « origine », « Roumanie »


@dataclass(frozen=True, slots=True)
class Risk:
    """One combination of one person. people: how many of the study have it, that person included."""

    person: str
    items: tuple[Item, ...]
    people: int

    @property
    def score(self) -> float:
        """6, 2 or 1 for one, two or three items, shared among those who have them."""
        return factorial(LARGEST + 1 - len(self.items)) / self.people


def risks(items: Mapping[str, Collection[Item]], k: int) -> list[Risk]:
    """person -> items; the riskiest person first, then their riskiest combination. Equal items, equal lists."""
    having = _having(items)
    found = [risk for person in sorted(items) for risk in _of_person(person, items[person], having, k)]
    totals: dict[str, float] = defaultdict(float)
    for risk in found:
        totals[risk.person] += risk.score
    return sorted(found, key=lambda r: (-round(totals[r.person], 9), r.person, -r.score, len(r.items), r.items))


def total(found: Iterable[Risk]) -> float:
    """How much singles a person out: the sum over their combinations."""
    return sum(risk.score for risk in found)


def shared_by(wanted: Collection[Item], items: Mapping[str, Collection[Item]]) -> int:
    """How many people have all of them."""
    return sum(set(wanted) <= set(own) for own in items.values())


def _having(items: Mapping[str, Collection[Item]]) -> dict[Item, int]:
    """Item -> those who have it, as bits."""
    having: dict[Item, int] = defaultdict(int)
    for place, person in enumerate(sorted(items)):
        for item in items[person]:
            having[item] |= 1 << place
    return having


def _of_person(person: str, own: Collection[Item], having: Mapping[Item, int], k: int) -> Iterator[Risk]:
    rare: set[tuple[Item, ...]] = set()
    common = sorted(set(own))
    for size in range(1, LARGEST + 1):
        for group in combinations(common, size):
            if any(part in rare for less in range(1, size) for part in combinations(group, less)):
                continue
            people = having[group[0]]
            for item in group[1:]:
                people &= having[item]
            if people.bit_count() < k:
                rare.add(group)
                yield Risk(person, group, people.bit_count())
        if size == 1:
            common = [item for item in common if (item,) not in rare]
