"""What the rules hand to each other within one passage."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from enquete.model import IdentifierType


class Found(NamedTuple):
    """A passage to mask, positions within it. spread: whether the same words are masked elsewhere too."""

    start: int
    end: int
    type: IdentifierType
    score: float
    why: str
    spread: bool = False


class Weak(NamedTuple):
    """A passage that may be a name: masked when another place of the study confirms it, else to be looked at.

    risk: 0 to 1, the likelihood that it names somebody.
    """

    start: int
    end: int
    risk: float
    why: str


class Cover:
    """Which characters of a passage are settled: masked already, or to stay readable."""

    __slots__ = ("_taken",)

    def __init__(self, length: int) -> None:
        self._taken = bytearray(length)

    def take(self, start: int, end: int) -> None:
        self._taken[start:end] = b"\1" * (end - start)

    def free_from(self, start: int, end: int) -> int:
        """Where the settled characters that open this stretch end."""
        while start < end and self._taken[start]:
            start += 1
        return start

    def free(self, start: int, end: int) -> bool:
        return not any(self._taken[start:end])


def disjoint(found: Iterable[Found]) -> list[Found]:
    """Sorted by position; of two that overlap the longer stays, grown to cover both."""
    kept: list[Found] = []
    for item in sorted(found, key=lambda f: (f.start, -f.end)):
        if kept and item.start < kept[-1].end:
            last = kept[-1]
            if item.end > last.end:
                longer = last if last.end - last.start >= item.end - item.start else item
                kept[-1] = longer._replace(start=last.start, end=item.end)
        else:
            kept.append(item)
    return kept
