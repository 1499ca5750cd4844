"""Suggests codes for turns: the cues found, weighed, set against each other."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Literal

from enquete.codebook.types import Codebook
from enquete.model import Suggestion
from enquete.themes.cues import compile_cues
from enquete.themes.matching import Finder, Match, sentences
from enquete.themes.parsed import ParsedTurn
from enquete.themes.patterns import PatternFinder

Level = Literal["codes", "themes"]

THRESHOLD = 0.4  # below, nothing is proposed
RIVALRY = 0.6  # of the best score of the passage, below which a code gives way
MOST = 3  # codes a passage
PASSAGE = 90  # words after which a long turn is cut at the end of a sentence
REACH = 20  # tokens shown on either side of a cue, at most
WORD_SCORE = 0.5  # of one rare word; each further one halves what is missing to 1


class Spotter:
    """The cues of one or several codebooks, compiled once.

    Only what participants say is to be given to `spot`. level « themes » folds sub-codes into their theme.
    Raises EnqueteError(NO_MODEL).
    """

    def __init__(
        self,
        codebooks: Iterable[Codebook],
        level: Level = "codes",
        threshold: float = THRESHOLD,
        parsed_cues: Mapping[str, ParsedTurn] | None = None,
    ) -> None:
        books = tuple(codebooks)
        self._threshold = threshold
        self._fold = {
            code.id: book.theme(code.id) if level == "themes" else code.id for book in books for code in book.codes
        }
        self._finder = Finder(compile_cues(books, parsed_cues or {}))
        self._patterns = PatternFinder(books)

    def spot(self, turns: Sequence[ParsedTurn]) -> list[Suggestion]:
        """The suggestions, in the order of the turns, then of the text, the best first.

        Suggestion.turn is the index in `turns`; start and end are code points of that turn's own text: the
        sentence of the best cue.
        """
        matched = self._patterns.find(turns)
        return [
            suggestion
            for index, turn in enumerate(turns)
            for suggestion in self._suggest(index, turn, [*self._finder.find(turn), *matched.get(index, ())])
        ]

    def _suggest(self, index: int, turn: ParsedTurn, matches: list[Match]) -> Iterator[Suggestion]:
        if not matches:
            return
        passages = _passages(turn)
        by_place: dict[int, dict[str, list[Match]]] = {}
        for match in matches:
            codes = by_place.setdefault(passages[match.first], {})
            codes.setdefault(self._fold[match.cue.code], []).append(match)
        for place in sorted(by_place):
            for code, score, found in self._choose(by_place[place]):
                start, end = _span(turn, found[0])
                origin = "indice : " if len(found) == 1 else "indices : "
                yield Suggestion(
                    start, end, index, code, round(score, 3), origin + ", ".join(m.cue.text for m in found[:3])
                )

    def _choose(self, codes: dict[str, list[Match]]) -> list[tuple[str, float, list[Match]]]:
        """The codes of a passage, each with its score and its cues, the best first."""
        weighed = []
        for code, matches in codes.items():
            found = _distinct(matches)
            score = 1 - math.prod(1 - strength(match) for match in found)
            weighed.append((code, score, found))
        weighed.sort(key=lambda item: (-item[1], item[0]))
        best = weighed[0][1]
        return [item for item in weighed[:MOST] if item[1] >= max(self._threshold, RIVALRY * best)]


def strength(match: Match) -> float:
    """How much one cue says, 0 to 1: its rare words, how well it was found, how many codes have it too."""
    specificity = 1 - math.exp(math.log(1 - WORD_SCORE) * match.cue.weight)
    return specificity * match.quality**2 / math.sqrt(match.cue.shared)


def _distinct(matches: list[Match]) -> list[Match]:
    """The best match of each place and of each cue, the best first."""
    kept: list[Match] = []
    for match in sorted(matches, key=lambda m: (-strength(m), m.first, m.cue.text)):
        if not any(
            match.cue == other.cue or (match.first <= other.last and other.first <= match.last) for other in kept
        ):
            kept.append(match)
    return kept


def _passages(turn: ParsedTurn) -> list[int]:
    """The number of the passage of each token: a turn, or stretches of whole sentences of a long one."""
    numbers: list[int] = []
    passage, began = 0, 0
    for first, end in sentences(turn):
        if first - began >= PASSAGE:
            passage, began = passage + 1, first
        numbers += [passage] * (end - first)
    return numbers


def _span(turn: ParsedTurn, match: Match) -> tuple[int, int]:
    """The sentence of the cue, at most REACH tokens on either side of it."""
    first, end = next((first, end) for first, end in sentences(turn) if match.first < end)
    first, end = max(first, match.first - REACH), min(max(end, match.last + 1), match.last + 1 + REACH)
    return turn.starts[first], max(turn.ends[first:end])
