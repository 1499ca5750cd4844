"""Interviews, turns and passages as people name them: E001, tour 12, the words around."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from typing import Protocol, TypeVar

from enquete import wording
from enquete.errors import EnqueteError, Problem
from enquete.store.interviews import Interview

_LISTED = 12  # codes named in a sentence


def named(texts: Iterable[Interview], code: str) -> Interview:
    """The interview of this code, in any case. Raises EnqueteError(UNKNOWN_INTERVIEW)."""
    found = next((text for text in texts if text.code.casefold() == code.casefold()), None)
    if found is None:
        raise EnqueteError(Problem.UNKNOWN_INTERVIEW, code=code)
    return found


def chosen(texts: Sequence[Interview], codes: Collection[str], questions: Collection[str]) -> list[Interview]:
    """Those of these codes and the answers to these questions, in the order of `texts`; all where neither is given.

    questions: « rsa-v1/dire », or « dire » where one questionnaire alone asks it, in any case.
    Raises EnqueteError(UNKNOWN_INTERVIEW, UNKNOWN_QUESTION).
    """
    known = {text.code.casefold() for text in texts}
    for code in codes:
        if code.casefold() not in known:
            raise EnqueteError(Problem.UNKNOWN_INTERVIEW, code=code, exit_code=2)
    keys = list(dict.fromkeys(text.asked for text in texts if text.asked))
    wanted, asked = {code.casefold() for code in codes}, {question_named(keys, name) for name in questions}
    if not wanted and not asked:
        return list(texts)
    return [text for text in texts if text.code.casefold() in wanted or (text.asked and text.asked in asked)]


def question_named(keys: Sequence[str], name: str) -> str:
    """The one of these questions that a name is about, see `chosen`. Raises EnqueteError(UNKNOWN_QUESTION)."""
    sought = name.strip().casefold()
    whole = [key for key in keys if key.casefold() == sought]
    found = whole or [key for key in keys if key.partition("/")[2].casefold() == sought]
    if len(found) != 1:
        known = ", ".join(found or keys) or "aucune"
        raise EnqueteError(Problem.UNKNOWN_QUESTION, name=name, known=known, exit_code=2)
    return found[0]


class Text(Protocol):
    """What it takes to tell texts apart: `Interview` has it, and what a coder codes."""

    @property
    def code(self) -> str: ...
    @property
    def asked(self) -> str: ...


_Text = TypeVar("_Text", bound=Text)


def by_question(texts: Iterable[_Text]) -> dict[str, list[_Text]]:
    """Interviews under « », answers by the question that they answer, in their order."""
    groups: dict[str, list[_Text]] = defaultdict(list)
    for text in texts:
        groups[text.asked].append(text)
    return groups


def counted(texts: Iterable[Text]) -> str:
    """« 12 entretiens et 340 réponses à 3 questions ouvertes »"""
    groups = by_question(texts)
    met = len(groups.pop("", ()))
    return wording.texts(met, sum(map(len, groups.values())), len(groups))


def codes_told(texts: Iterable[Text]) -> str:
    """« E001, E004 ; rsa-v1/dire (120 réponses) »: answers are too many to be named, but for a few in all."""
    parts = []
    groups = by_question(texts)
    many = sum(len(group) for question, group in groups.items() if question) > _LISTED
    for question, group in groups.items():
        codes = [text.code for text in group]
        more = len(codes) - _LISTED
        if question and many:
            parts.append(f"{question} ({wording.n('réponse', len(codes))})")
        else:
            parts.append(", ".join(codes[:_LISTED]) + (f" et {more} autres" if more > 0 else ""))
    return " ; ".join(parts)


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


def spot(interview: Interview, position: int) -> str:
    """« tour 4 »; an answer is a turn of its own, and needs none: « réponse »."""
    return "réponse" if interview.asked else f"tour {turn_at(interview, position)}"


def in_context(text: str, start: int, end: int, around: int, shown: str | None = None) -> str:
    """« on m'a [coupé] tout » on one line. around: characters on each side; shown: in place of the passage."""
    passage = text[start:end] if shown is None else shown
    return " ".join(f"{text[max(0, start - around) : start]}[{passage}]{text[end : end + around]}".split())
