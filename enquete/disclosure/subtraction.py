"""Two outputs of one study: the few people whom a subtraction between their numbers would count.

Each hides its own small counts; but when a group of one lacks a few people of a group of the other, the difference of
two large counts is theirs (differencing: Duncan, Elliot and Salazar-González, Statistical Confidentiality, Springer,
2011, § 1.5). Sums of several groups are looked at within one partition, where readers add them up.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import product

Heard = tuple[str, str]  # a person, and a text of theirs that counts: who is met again may speak in it alone


@dataclass(frozen=True, slots=True)
class Partition:
    """Groups without a text in common, each with counts of its own. name: as readers know it."""

    name: str
    groups: tuple[frozenset[Heard], ...]


Published = Mapping[str, Sequence[Partition]]
"""By whatever counts are told of: those of two codebooks are no differences of each other."""


def subtracted(ours: Published, theirs: Published, threshold: int) -> str | None:
    """Name of a partition of `ours` that would tell of fewer people than the threshold beside `theirs`; None: none.

    Two partitions that one output holds are passed over: it hides small counts in all of its tables together.
    """
    for key in sorted(ours.keys() & theirs.keys()):
        for mine, other in product(ours[key], theirs[key]):
            together = mine in theirs[key] or other in ours[key]
            if not together and (_tells(mine, other, threshold) or _tells(other, mine, threshold)):
                return mine.name
    return None


def _tells(one: Partition, other: Partition, threshold: int) -> bool:
    """Whether a group of `one` is, but for texts of a few people, within or around groups of the other."""
    for group in one.groups:
        around = _union(known for known in other.groups if known & group)
        within = _union(known for known in other.groups if known <= group)
        if group <= around and 0 < _people(around - group) < threshold:
            return True
        if within and 0 < _people(group - within) < threshold:
            return True
    return False


def _people(heard: frozenset[Heard]) -> int:
    return len({person for person, _ in heard})


def _union(groups: Iterable[frozenset[Heard]]) -> frozenset[Heard]:
    return frozenset().union(*groups)
