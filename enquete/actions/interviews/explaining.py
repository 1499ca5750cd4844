"""Why each passage of a text was masked or put on the list of doubtful words, without the words themselves."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from enquete.actions.interviews.masking import Masked
from enquete.model import IdentifierType, Turn


@dataclass(frozen=True, slots=True)
class Explanation:
    """One passage of the new text. turn: from 1. start: in code points. shown: what stands there, empty for a doubt.

    type: None for a doubt. score: of the rule, or the risk of a doubt, 0 to 1. why: the rule and the context.
    """

    turn: int
    start: int
    shown: str
    type: IdentifierType | None
    score: float
    why: str


def explanations(masked: Masked, turns: Sequence[Turn]) -> tuple[Explanation, ...]:
    """In the order of the text. turns: those of the new text."""
    starts = [turn.start for turn in turns]
    found = [
        Explanation(bisect_right(starts, m.start), m.start, masked.text[m.start : m.end], m.type, m.score, m.why)
        for m in masked.masks
    ]
    found += [Explanation(bisect_right(starts, d.start), d.start, "", None, d.risk, d.why) for d in masked.doubts]
    return tuple(sorted(found, key=lambda e: e.start))
