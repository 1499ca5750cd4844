"""What became of a text that left, was changed by people, and comes back, while the study went on.

Three states are compared: what it said when it left, what the study says now, what comes back. Nothing that a human
wrote is lost: what changed on both sides is left to a person.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import dataclass, field
from typing import Generic, NamedTuple, TypeVar

Key = TypeVar("Key", bound=Hashable)


class Conflict(NamedTuple):
    """Changed on both sides, differently. left: what it said when it left."""

    left: str
    now: str
    back: str


@dataclass(frozen=True, slots=True)
class Changes(Generic[Key]):
    """taken: what comes back changed, and that the study has not touched since. kept: what the study alone changed.

    same: changed on both sides alike.
    """

    taken: Mapping[Key, str] = field(default_factory=dict)
    kept: Mapping[Key, str] = field(default_factory=dict)
    same: Mapping[Key, str] = field(default_factory=dict)
    conflicts: Mapping[Key, Conflict] = field(default_factory=dict)

    def __bool__(self) -> bool:
        """Whether something comes back that the study does not say."""
        return bool(self.taken or self.conflicts)


def compare(left: Mapping[Key, str], now: Mapping[Key, str], back: Mapping[Key, str]) -> Changes[Key]:
    """By key of `back`: what it does not hold was not sent back, and stays as it is. A missing key says ""."""
    taken: dict[Key, str] = {}
    kept: dict[Key, str] = {}
    same: dict[Key, str] = {}
    conflicts: dict[Key, Conflict] = {}
    for key, text in back.items():
        before, here = left.get(key, ""), now.get(key, "")
        if text == before:
            if here != before:
                kept[key] = here
        elif here == before:
            taken[key] = text
        elif here == text:
            same[key] = text
        else:
            conflicts[key] = Conflict(before, here, text)
    return Changes(taken, kept, same, conflicts)
