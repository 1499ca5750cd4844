"""Interviews, turns and passages as people name them: E001, tour 12, the words around."""

from __future__ import annotations

from collections.abc import Iterable

from enquete.errors import EnqueteError, Problem
from enquete.store.interviews import Interview


def named(texts: Iterable[Interview], code: str) -> Interview:
    """The interview of this code, in any case. Raises EnqueteError(UNKNOWN_INTERVIEW)."""
    found = next((text for text in texts if text.code.casefold() == code.casefold()), None)
    if found is None:
        raise EnqueteError(Problem.UNKNOWN_INTERVIEW, code=code)
    return found


def check_turn(interview: Interview, turn: int | None) -> None:
    """turn: from 1, None for any. Raises EnqueteError(TURN_UNKNOWN)."""
    if turn is not None and not 1 <= turn <= len(interview.turns):
        raise EnqueteError(Problem.TURN_UNKNOWN, where=interview.code, turn=turn, count=len(interview.turns))


def turn_at(interview: Interview, position: int) -> int:
    """Number of the turn, from 1."""
    return max(1, sum(turn.start <= position for turn in interview.turns))


def in_context(text: str, start: int, end: int, around: int, shown: str | None = None) -> str:
    """« on m'a [coupé] tout » on one line. around: characters on each side; shown: in place of the passage."""
    passage = text[start:end] if shown is None else shown
    return " ".join(f"{text[max(0, start - around) : start]}[{passage}]{text[end : end + around]}".split())
