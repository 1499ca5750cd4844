"""Suggests codes for the turns of an interview: the cues found, weighed, set against each other."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from enquete.codebook.types import Codebook
from enquete.model import Suggestion
from enquete.themes.cues import compile_cues
from enquete.themes.matching import Finder, Match, sentences
from enquete.themes.parsed import ParsedTurn
from enquete.themes.patterns import PatternFinder

Level = Literal["codes", "themes"]

THRESHOLD = 0.45  # below, nothing is proposed: one rare word alone says 0.5
RIVALRY = 0.75  # of the best score of the passage, below which a code gives way
MOST = 3  # codes a passage
PASSAGE = 90  # tokens after which a long turn is cut, at the end of a sentence
REACH = 20  # tokens shown on either side of a cue, at most
HABIT = 3.0  # evidence lent to every codebook before an interview tells which one it is about
LISTED = 3  # cues named in the origin of a suggestion


class Spotter:
    """The cues of one or several codebooks, compiled once.

    level: « themes » folds sub-codes into their theme. parsed_cues: cues that the model read before, by their text
    (see `cue_texts`). Raises EnqueteError(NO_MODEL, BAD_PATTERN).
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
        self._places = {
            code.id: _Place(number, book.theme(code.id), level == "themes")
            for number, book in enumerate(books)
            for code in book.codes
        }
        self._finder = Finder(compile_cues(books, parsed_cues or {}))
        self._patterns = PatternFinder(books)

    def spot(self, turns: Sequence[ParsedTurn]) -> list[Suggestion]:
        """The suggestions for one interview, in the order of the turns, then of the passages, the best first.

        turns: what participants say, never the interviewer. Suggestion.turn is an index in `turns`; start and end
        are code points of that turn's own text, around its best cue: the sentence. With several codebooks, the one
        that the interview speaks of most outweighs the others: give one interview at a time.
        """
        matched = self._patterns.find(turns)
        passages = [
            (index, turn, candidates)
            for index, turn in enumerate(turns)
            for candidates in self._weigh(turn, [*self._finder.find(turn), *matched.get(index, ())])
        ]
        relevance = self._relevance(candidates for _, _, candidates in passages)
        return [
            _suggestion(index, turn, chosen)
            for index, turn, candidates in passages
            for chosen in self._choose(candidates, relevance)
        ]

    def _weigh(self, turn: ParsedTurn, matches: list[Match]) -> Iterator[list[_Candidate]]:
        """For each passage of the turn, the codes that have a cue there."""
        if not matches:
            return
        numbers = _passages(turn)
        passages: dict[int, dict[str, list[Match]]] = {}
        for match in matches:
            place = self._places[match.cue.code]
            code = place.theme if place.folded else match.cue.code
            passages.setdefault(numbers[match.first], {}).setdefault(code, []).append(match)
        for number in sorted(passages):
            yield [_candidate(code, found) for code, found in sorted(passages[number].items())]

    def _relevance(self, passages: Iterable[list[_Candidate]]) -> dict[int, float]:
        """For each codebook, how much the interview speaks of it, by the best code of each passage; 1 for the first."""
        evidence = dict.fromkeys((place.book for place in self._places.values()), HABIT)
        for candidates in passages:
            best = max(candidates, key=lambda candidate: candidate.score)
            evidence[self._places[best.code].book] += best.score
        most = max(evidence.values(), default=1.0)
        return {book: found / most for book, found in evidence.items()}

    def _choose(self, candidates: list[_Candidate], relevance: Mapping[int, float]) -> list[_Candidate]:
        """The codes proposed for a passage, the best first. A theme gives way to its sub-codes."""
        weighed = [_Candidate(c.code, c.score * relevance[self._places[c.code].book], c.matches) for c in candidates]
        weighed.sort(key=lambda candidate: (-candidate.score, candidate.code))
        least = max(self._threshold, RIVALRY * weighed[0].score)
        kept = [candidate for candidate in weighed if candidate.score >= least]
        themes = {self._places[candidate.code].theme for candidate in kept if not self._is_theme(candidate)}
        return [candidate for candidate in kept if candidate.code not in themes][:MOST]

    def _is_theme(self, candidate: _Candidate) -> bool:
        return self._places[candidate.code].theme == candidate.code


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a code belongs. book: number of its codebook; folded: whether its theme is proposed in its stead."""

    book: int
    theme: str
    folded: bool


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A code that a passage may be about, with the cues that say so, the strongest first."""

    code: str
    score: float
    matches: tuple[Match, ...]


def _candidate(code: str, matches: list[Match]) -> _Candidate:
    """Several different cues in different places say more than one."""
    kept: list[Match] = []
    for match in sorted(matches, key=lambda m: (-m.strength, m.first, m.cue.text)):
        if not any(match.cue.text == other.cue.text or match.overlaps(other) for other in kept):
            kept.append(match)
    return _Candidate(code, 1 - math.prod(1 - match.strength for match in kept), tuple(kept))


def _suggestion(index: int, turn: ParsedTurn, chosen: _Candidate) -> Suggestion:
    start, end = _span(turn, chosen.matches[0])
    title = "indices" if len(chosen.matches) > 1 else "indice"
    origin = f"{title} : {', '.join(match.cue.text for match in chosen.matches[:LISTED])}"
    return Suggestion(start, end, index, chosen.code, round(chosen.score, 3), origin)


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
