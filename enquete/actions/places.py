"""Interviews, turns and passages as people name them: E001, tour 12, the words around."""

from __future__ import annotations

import re
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


def words_in(interview: Interview, words: str, turn: int | None) -> list[tuple[int, int]]:
    """Where these words stand, whole. turn: from 1, None for any.

    Raises EnqueteError(WORDS_NOT_FOUND, TURN_UNKNOWN).
    """
    check_turn(interview, turn)
    turns = interview.turns if turn is None else interview.turns[turn - 1 : turn]
    sought = r"\s+".join(map(re.escape, words.split()))
    pattern = re.compile(rf"(?<!\w){sought}(?!\w)")
    found = [m.span() for t in turns for m in pattern.finditer(interview.text, t.start, t.end)] if sought else []
    if not found:
        raise EnqueteError(Problem.WORDS_NOT_FOUND, where=interview.code)
    return found


def turn_at(interview: Interview, position: int) -> int:
    """Number of the turn, from 1."""
    return max(1, sum(turn.start <= position for turn in interview.turns))


def in_context(text: str, start: int, end: int, around: int, shown: str | None = None) -> str:
    """« on m'a [coupé] tout » on one line. around: characters on each side; shown: in place of the passage."""
    passage = text[start:end] if shown is None else shown
    return " ".join(f"{text[max(0, start - around) : start]}[{passage}]{text[end : end + around]}".split())
