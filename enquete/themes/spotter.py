"""Suggests codes for the turns of an interview: the cues found, weighed, set against each other."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Literal, NamedTuple

from enquete.codebook.types import Codebook
from enquete.model import Suggestion
from enquete.themes.cues import Cue, compile_cues, read_cues
from enquete.themes.fields import Fields, content, fields
from enquete.themes.matching import sentences
from enquete.themes.parsed import ParsedTurn
from enquete.themes.patterns import pattern_cues
from enquete.themes.search import Read, Search

Level = Literal["codes", "themes"]

THRESHOLD = 0.5  # below, nothing is proposed
RIVALRY = 0.7  # of the evidence for the best code of a passage, below which another gives way
MOST = 3  # codes a passage
PASSAGE = 60  # tokens after which a long turn is cut, at the end of a sentence
REACH = 20  # tokens shown on either side of a cue, at most
HABIT = 3.0  # evidence lent to every codebook before an interview tells which one it is about
LISTED = 3  # cues named in the origin of a suggestion
ALONE = 0.8  # what the words of a code's cues count for when none of its cues is there
# The evidence that scores one half. The more cues a code has, the more of them any passage meets by chance.
HALF_SPARSE, HALF_DENSE, DENSE = 0.4, 1.2, 40  # with hardly a cue; with DENSE cues a code or more


class Spotter:
    """The cues of one or several codebooks, compiled once.

    level: « themes » folds sub-codes into their theme. parsed_cues: cues that the model read before, by their text
    (see `cue_texts`); it reads the others. Raises EnqueteError(NO_MODEL).
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
            code.id: _Place(number, book.theme(code.id)) for number, book in enumerate(books) for code in book.codes
        }
        self._level = level
        parsed = read_cues(books, parsed_cues or {})
        cues = compile_cues(books, parsed)
        self._cues, self._patterns = cues, pattern_cues(books)
        self._by_key: dict[str, list[Cue]] = {}
        for cue in (*cues, *(cue for cue, _ in self._patterns)):
            self._by_key.setdefault(cue.key, []).append(cue)
        self._fields, self._alone = fields(cues, parsed, self._name)
        density = min(1.0, len(cues) / max(1, len(self._places)) / DENSE)
        self._half = HALF_SPARSE + (HALF_DENSE - HALF_SPARSE) * density

    def spot(self, turns: Sequence[ParsedTurn], questions: Mapping[int, ParsedTurn] | None = None) -> list[Suggestion]:
        """The suggestions for one interview, in the order of the turns, then of the passages, the best first.

        turns: what participants say. questions: by index in `turns`, what the interviewer said just before; it is read
        along with the answer (« La CAF ? – Jamais. »), and nothing is proposed on it. Suggestion.turn is an index in
        `turns`; start and end are code points of that turn's own text, around its best cue: the sentence. With several
        codebooks, the one that the interview speaks of most outweighs the others: give one interview at a time.
        Raises EnqueteError(NO_MODEL, BAD_PATTERN).
        """
        asked = {index: self._search.read(question) for index, question in (questions or {}).items()}
        return self.weigh([self._search.read(turn) for turn in turns], asked)

    @property
    def keys(self) -> Collection[str]:
        """What is looked for: see `Cue.key`."""
        return self._by_key.keys()

    def search(self, keys: Collection[str]) -> Search:
        """Looks for some of the keys only. Raises EnqueteError(NO_MODEL, BAD_PATTERN)."""
        return Search(
            (cue for cue in self._cues if cue.key in keys),
            ((cue, pattern) for cue, pattern in self._patterns if cue.key in keys),
        )

    @cached_property
    def _search(self) -> Search:
        return self.search(self.keys)

    def weigh(self, turns: Sequence[Read], questions: Mapping[int, Read]) -> list[Suggestion]:
        """As `spot`, of turns in which all the keys, and no others, have been looked for."""
        passages = [
            (index, read.turn, passage)
            for index, read in enumerate(turns)
            for passage in self._weigh(read, questions.get(index))
        ]
        relevance = self._relevance(passage.candidates for _, _, passage in passages)
        return [
            self._suggestion(index, turn, passage, chosen)
            for index, turn, passage in passages
            for chosen in self._choose(passage.candidates, relevance)
        ]

    def _name(self, code: str) -> str:
        """The code to propose for a code's cues: itself, or its theme."""
        return self._places[code].theme if self._level == "themes" else code

    def _weigh(self, read: Read, question: Read | None) -> Iterator[_Passage]:
        """The passages of the turn, each with the codes that its cues, its words and its question speak for."""
        turn, matches = read.turn, self._matches(read)
        asked = self._matches(question) if question else []
        context = content(question.turn) if question else frozenset()
        hints = {code: _certainty(_distinct(found)) for code, found in self._by_code(asked).items()}
        for first, end in _passages(turn):
            own = content(turn, first, end)
            if not own:
                continue
            found = self._by_code(match for match in matches if first <= match.first < end)
            words = sorted((own | context) & self._fields.keys())
            candidates = self._candidates(found, hints, words)
            if candidates:
                yield _Passage(first, end, candidates)

    def _by_code(self, matches: Iterable[_Match]) -> dict[str, list[_Match]]:
        found: dict[str, list[_Match]] = {}
        for match in matches:
            found.setdefault(self._name(match.cue.code), []).append(match)
        return found

    def _candidates(
        self, found: Mapping[str, list[_Match]], hints: Mapping[str, float], words: Sequence[str]
    ) -> list[_Candidate]:
        """Cues of the passage, cues of the question and the words of the code's cues add up.

        Without a cue in the passage, they count for less. Codes that a rival of the same codebook leaves far behind are
        left out at once: nothing could bring them back.
        """
        lone, support = _total(self._alone, words), _total(self._fields, words)
        hinted = hints.keys() & support.keys()
        evidence = {code: (hints.get(code, 0.0) + lone.get(code, 0.0)) * ALONE for code in lone.keys() | hinted}
        kept = {code: _distinct(matches) for code, matches in found.items()}
        for code, matches in kept.items():
            evidence[code] = _certainty(matches) + hints.get(code, 0.0) + support.get(code, 0.0)
        best: dict[int, float] = {}
        for code, worth in evidence.items():
            book = self._places[code].book
            if worth > best.get(book, 0.0):
                best[book] = worth
        strong = [code for code, worth in evidence.items() if worth >= RIVALRY * best.get(self._places[code].book, 0.0)]
        return [_Candidate(code, evidence[code], kept.get(code, ())) for code in sorted(strong)]

    def _matches(self, read: Read) -> list[_Match]:
        return [
            _Match(cue, hit.first, hit.last, cue.score * hit.quality**2)
            for hit in read.hits
            for cue in self._by_key[hit.key]
        ]

    def _relevance(self, passages: Iterable[list[_Candidate]]) -> dict[int, float]:
        """For each codebook, how much the interview speaks of it, by the best code of each passage; 1 for the first.

        Squared: the study's own codebook comes first, another one only fills in what it lacks.
        """
        evidence = dict.fromkeys((place.book for place in self._places.values()), HABIT)
        for candidates in passages:
            best = max(candidates, key=lambda candidate: candidate.evidence)
            evidence[self._places[best.code].book] += best.evidence
        most = max(evidence.values(), default=1.0)
        return {book: (found / most) ** 2 for book, found in evidence.items()}

    def _choose(self, candidates: list[_Candidate], relevance: Mapping[int, float]) -> list[_Candidate]:
        """The codes proposed for a passage, the best first. A theme gives way to its sub-codes."""
        weighed = [(c.evidence * relevance[self._places[c.code].book], c) for c in candidates]
        least = RIVALRY * max(evidence for evidence, _ in weighed)
        near = [replace(c, evidence=evidence) for evidence, c in weighed if evidence >= least]
        near.sort(key=lambda candidate: (-candidate.evidence, candidate.code))
        kept = [c for c in near if self._score(c) >= self._threshold]
        themes = {theme for c in kept if (theme := self._places[c.code].theme) != c.code}
        return [c for c in kept if c.code not in themes][:MOST]

    def _score(self, candidate: _Candidate) -> float:
        return candidate.evidence / (candidate.evidence + self._half)

    def _suggestion(self, index: int, turn: ParsedTurn, passage: _Passage, chosen: _Candidate) -> Suggestion:
        if chosen.matches:
            start, end = _span(turn, chosen.matches[0].first, chosen.matches[0].last)
            title = "indices" if len(chosen.matches) > 1 else "indice"
            origin = f"{title} : {', '.join(match.cue.text for match in chosen.matches[:LISTED])}"
        else:
            said = self._tokens(turn, passage, chosen.code)
            start, end = _span(turn, said[0], said[0]) if said else _span(turn, passage.first, passage.first)
            listed = dict.fromkeys(turn.forms[at] for at in sorted(said[:LISTED]))
            origin = f"mots : {', '.join(listed)}" if said else "la question"
        return Suggestion(start, end, index, chosen.code, round(self._score(chosen), 3), origin)

    def _tokens(self, turn: ParsedTurn, passage: _Passage, code: str) -> list[int]:
        """The tokens of the passage whose lemma speaks for the code, those that say most first."""
        worth = {
            at: self._alone[turn.lemmas[at]][code]
            for at in range(passage.first, passage.end)
            if code in self._alone.get(turn.lemmas[at], ())
        }
        return sorted(worth, key=lambda at: (-worth[at], at))


class _Match(NamedTuple):
    """A cue found. first, last: indices of tokens, both within; strength: how much the cue says here, 0 to 1."""

    cue: Cue
    first: int
    last: int
    strength: float

    def overlaps(self, other: _Match) -> bool:
        return self.first <= other.last and other.first <= self.last


def _distinct(matches: list[_Match]) -> tuple[_Match, ...]:
    """Different cues in different places, the strongest first."""
    kept: list[_Match] = []
    for match in sorted(matches, key=lambda m: (-m.strength, m.first, m.cue.text, m.last, m.cue.code)):
        if not any(match.cue.text == other.cue.text or match.overlaps(other) for other in kept):
            kept.append(match)
    return tuple(kept)


def _total(fields: Fields, words: Iterable[str]) -> dict[str, float]:
    """By code, what these words add for it."""
    total: dict[str, float] = {}
    for word in words:
        for code, worth in fields[word].items():
            total[code] = total.get(code, 0.0) + worth
    return total


def _certainty(matches: Iterable[_Match]) -> float:
    """Each further cue takes away a part of the doubt."""
    return 1 - math.prod(1 - match.strength for match in matches)


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a code belongs. book: number of its codebook."""

    book: int
    theme: str


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A code that a passage may be about, with the cues that say so there, the strongest first."""

    code: str
    evidence: float
    matches: tuple[_Match, ...]


@dataclass(frozen=True, slots=True)
class _Passage:
    """Tokens first to end of a turn, and the codes that they may be about."""

    first: int
    end: int
    candidates: list[_Candidate]


def _passages(turn: ParsedTurn) -> Iterator[tuple[int, int]]:
    """First token and end of each passage: a turn, or stretches of whole sentences of a long one."""
    began = 0
    for first, end in sentences(turn):
        if first - began >= PASSAGE:
            yield began, first
            began = first
        if end == len(turn.forms):
            yield began, end


def _span(turn: ParsedTurn, first: int, last: int) -> tuple[int, int]:
    """The sentence of these tokens, at most REACH tokens on either side of them."""
    began, end = next((began, end) for began, end in sentences(turn) if first < end)
    began, end = max(began, first - REACH), min(max(end, last + 1), last + 1 + REACH)
    return turn.starts[began], max(turn.ends[began:end])
