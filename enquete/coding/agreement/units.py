"""The units of an interview, and what each coder decided on each: turns, sentences or characters."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from enum import StrEnum
from typing import NamedTuple

from enquete.coding.agreement.table import Unit
from enquete.coding.turns import spoken_turns
from enquete.model import Span, Turn


class UnitKind(StrEnum):
    """What is compared. Characters are code points, spaces included."""

    TURN = "tour"
    SENTENCE = "phrase"
    CHARACTER = "caractere"


class Passage(NamedTuple):
    """text[start:end], the code that a coder put on it."""

    start: int
    end: int
    coder: str
    code: str


class _Place(NamedTuple):
    start: int
    end: int
    turn: int


class _Places:
    """Parts of what participants say, in the order of the text."""

    def __init__(self, text: str, places: Sequence[_Place]) -> None:
        self.places = places
        self._text = text
        self._ends = [place.end for place in places]

    def covered(self, passage: Passage) -> Iterator[int]:
        """Ranks of the places that share with the passage a character that is no space."""
        for rank in range(bisect_right(self._ends, passage.start), len(self.places)):
            place = self.places[rank]
            if place.start >= passage.end:
                return
            if self._text[max(place.start, passage.start) : min(place.end, passage.end)].strip():
                yield rank


def interview_units(
    group: str,
    text: str,
    turns: Sequence[Turn],
    passages: Iterable[Passage],
    coders: Sequence[str | None],
    kind: UnitKind,
) -> list[Unit]:
    """The units of one interview, from what its participants say, in the order of the text.

    coders: in the table's order, None for those who did not decide on this interview. A passage covers a turn or a
    sentence when they share a character that is no space; passages of other coders are left out.
    """
    said = _said(turns)
    mine = [passage for passage in passages if passage.coder in coders]
    if kind is UnitKind.CHARACTER:
        return list(_runs(group, said, mine, coders))
    places = said if kind is UnitKind.TURN else [part for place in said for part in _sentences(text, place)]
    parts = _Places(text, places)
    put: dict[tuple[int, str], set[str]] = defaultdict(set)
    for passage in mine:
        for rank in parts.covered(passage):
            put[rank, passage.coder].add(passage.code)
    return [
        Unit(group, place.turn, tuple(_decision(put.get((rank, coder or "")), coder) for coder in coders))
        for rank, place in enumerate(places)
    ]


def outside(text: str, turns: Sequence[Turn], passages: Iterable[Passage]) -> int:
    """How many passages lie wholly in what others than the participants say: no unit holds them."""
    parts = _Places(text, _said(turns))
    return sum(next(parts.covered(passage), None) is None for passage in passages)


def _said(turns: Sequence[Turn]) -> list[_Place]:
    return [_Place(turns[index].start, turns[index].end, index) for index in spoken_turns(turns)]


def _decision(codes: Iterable[str] | None, coder: str | None) -> frozenset[str] | None:
    return None if coder is None else frozenset(codes or ())


# --- sentences

_END = re.compile(r"[.!?…]+[»”\"')\]]*(?:[ \u00a0\u202f]?»)?(?=\s)|\n+")
_ABBREVIATED = re.compile(r"(?:^|[\s(«'’\-])(?:[A-ZÀ-Ý]|MM|Mme|Mmes|Mlle|Dr|Pr|Me|St|Ste|cf|ex|art|av|bd|tél|env|p)\.$")


def sentences(text: str) -> list[Span]:
    """Where the sentences of a turn stand, without spaces around.

    A sentence ends with its punctuation, unless a small letter follows or an abbreviation precedes (« M. »), and with
    a line. A turn written without punctuation is one sentence.
    """
    found: list[Span] = []
    start = 0
    for end in [*(match.end() for match in _END.finditer(text) if _ends(text, match)), len(text)]:
        piece = text[start:end]
        if any(character.isalnum() for character in piece):
            first = start + len(piece) - len(piece.lstrip())
            found.append(Span(first, first + len(piece.strip())))
        elif found and piece.strip():  # marks alone belong to what precedes
            found[-1] = Span(found[-1].start, start + len(piece.rstrip()))
        start = end
    return found


def _ends(text: str, mark: re.Match[str]) -> bool:
    if mark[0].startswith("\n"):
        return True
    following = text[mark.end() :].lstrip(' \t\u00a0\u202f«“"(-–—')[:1]
    abbreviated = mark[0] == "." and _ABBREVIATED.search(text, max(0, mark.start() - 8), mark.end())
    return not (following.islower() or abbreviated)


def _sentences(text: str, turn: _Place) -> list[_Place]:
    return [
        _Place(turn.start + span.start, turn.start + span.end, turn.turn)
        for span in sentences(text[turn.start : turn.end])
    ]


# --- characters


def _runs(
    group: str, said: Sequence[_Place], passages: Sequence[Passage], coders: Sequence[str | None]
) -> Iterator[Unit]:
    """Characters side by side on which everybody decided alike are one unit of that size."""
    changes: dict[int, list[tuple[int, Passage]]] = defaultdict(list)
    for passage in passages:
        changes[passage.start].append((1, passage))
        changes[passage.end].append((-1, passage))
    bounds = sorted(changes)
    held: dict[str, Counter[str]] = defaultdict(Counter)
    after = 0  # rank of the next bound
    for turn in said:
        start = turn.start
        while start < turn.end:
            while after < len(bounds) and bounds[after] <= start:
                for step, passage in changes[bounds[after]]:
                    held[passage.coder][passage.code] += step
                after += 1
            end = min(turn.end, bounds[after] if after < len(bounds) else turn.end)
            decisions = tuple(_decision(+held[coder] if coder in held else None, coder) for coder in coders)
            yield Unit(group, turn.turn, decisions, end - start)
            start = end
