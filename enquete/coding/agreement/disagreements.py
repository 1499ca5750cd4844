"""Where coders part on a code, and what the others put instead."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from enquete.coding.agreement.table import Place, ReliabilityData


@dataclass(frozen=True, slots=True)
class Disagreement:
    """A turn (or a unit of a plain table). put, left: coders who put the code there and who did not.

    Somebody is in both when the turn has several units (sentences, characters) that they decided differently.
    instead: codes that those who left it out put there, and those who put it did not.
    """

    group: str
    place: int | str
    put: tuple[str, ...]
    left: tuple[str, ...]
    instead: tuple[str, ...]


def disagreements(data: ReliabilityData, code: str) -> list[Disagreement]:
    """In the order of the data, each turn once."""
    found: dict[Place, list[set[str]]] = {}
    for unit in data.units:
        put = [rank for rank, decision in enumerate(unit.decisions) if decision is not None and code in decision]
        left = [rank for rank, decision in enumerate(unit.decisions) if decision is not None and code not in decision]
        if not put or not left:
            continue
        here = found.setdefault((unit.group, unit.place), [set(), set(), set()])
        here[0] |= {data.coders[rank] for rank in put}
        here[1] |= {data.coders[rank] for rank in left}
        here[2] |= _codes(unit.decisions, left) - _codes(unit.decisions, put)
    return [Disagreement(*place, *(tuple(sorted(names)) for names in sets)) for place, sets in found.items()]


def _codes(decisions: Sequence[frozenset[str] | None], ranks: Sequence[int]) -> set[str]:
    return {code for rank in ranks for code in decisions[rank] or ()}


def rival(found: Sequence[Disagreement]) -> tuple[str, int] | None:
    """The code that most often stands instead, and in how many places: two at least, and a third of them."""
    counts = Counter(code for one in found for code in one.instead)
    if not counts:
        return None
    code, times = min(counts.items(), key=lambda item: (-item[1], item[0]))
    return (code, times) if times >= 2 and times * 3 >= len(found) else None
