"""Finds cues in a turn: in any inflection, with other words between, in any order within a sentence."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from enquete.themes.cues import Cue, Element, exact_key
from enquete.themes.negation import denied
from enquete.themes.parsed import ParsedTurn, other_lemmas
from enquete.themes.words import FILLERS, FUNCTION, SUBJECTS

GAP = 3  # words that weigh allowed between two words of a cue
COVERAGE = 0.75  # of a cue's weight, below which it is not there
OUT_OF_ORDER = 0.85  # « le loyer, j'arrive plus à le payer » for « payer le loyer »
SUPPOSED = 0.8  # « si on me coupe », « une sanction ? »


Where = Mapping[str, list[int]]  # by key, the tokens of a sentence that answer to it, in order


class Sentence(NamedTuple):
    """Tokens first to end of a turn, and where its words are."""

    first: int
    end: int
    places: Where


class Hit(NamedTuple):
    """What is looked for, found. key: of the cues; first, last: indices of tokens, both within; quality: 0 to 1."""

    key: str
    first: int
    last: int
    quality: float


class Places:
    """What the tokens of turns answer to, of what is looked for: worked out once for each pair of form and lemma.

    Raises EnqueteError(NO_MODEL).
    """

    def __init__(self, vocabulary: Iterable[str]) -> None:
        self._vocabulary = frozenset(vocabulary)
        self._other_lemmas = other_lemmas()
        self._keys: dict[tuple[str, str], tuple[str, ...]] = {}

    def of(self, turn: ParsedTurn) -> list[Sentence]:
        """Each sentence of the turn, with the tokens that answer to each key."""
        found = []
        for first, end in sentences(turn):
            places: dict[str, list[int]] = {}
            for at, token in enumerate(zip(turn.forms[first:end], turn.lemmas[first:end], strict=True), first):
                for key in self.answers(token):
                    places.setdefault(key, []).append(at)
            found.append(Sentence(first, end, places))
        return found

    def answers(self, token: tuple[str, str]) -> tuple[str, ...]:
        """Of what is looked for, what a form with this lemma answers to."""
        keys = self._keys.get(token)
        if keys is None:
            form, lemma = token
            found = {form, lemma, exact_key(form), *self._other_lemmas(form)}
            keys = self._keys[token] = tuple(sorted(found & self._vocabulary))
        return keys


class Finder:
    """Cues by the word to look for first, then by a second one that must be there too; those of equal keys once."""

    def __init__(self, cues: Iterable[Cue]) -> None:
        self.vocabulary: set[str] = set()
        self._alone: dict[str, list[_Plan]] = {}
        self._paired: dict[str, dict[str, list[_Plan]]] = {}
        for cue in {cue.key: cue for cue in cues}.values():
            plan = _Plan.of(cue)
            for key in sorted(cue.elements[cue.anchor].keys):
                if not plan.required:
                    self._alone.setdefault(key, []).append(plan)
                for second in sorted(plan.required[0]) if plan.required else ():
                    self._paired.setdefault(key, {}).setdefault(second, []).append(plan)
            self.vocabulary.update(key for element in cue.elements for key in element.keys)

    @property
    def anchors(self) -> frozenset[str]:
        """One of these words at least stands where a cue does."""
        return frozenset(self._alone.keys() | self._paired.keys())

    def find(self, turn: ParsedTurn, read: Sequence[Sentence]) -> Iterator[Hit]:
        """Every cue of the turn, once for each place of its anchor. read: what `Places` says of the turn."""
        reading = _Reading(turn)
        for sentence in read:
            places = sentence.places
            present = places.keys()
            for key in present & self._alone.keys():
                for plan in self._alone[key]:
                    yield from reading.matches(plan, places, places[key])
            for key in present & self._paired.keys():
                seconds = self._paired[key]
                for second in present & seconds.keys():
                    for plan in seconds[second]:
                        if len(plan.required) == 1 or not any(present.isdisjoint(keys) for keys in plan.required):
                            yield from reading.matches(plan, places, places[key])


@dataclass(frozen=True, slots=True)
class _Plan:
    """How to look for a cue. required: keys of the words too heavy to be missed, the anchor left out."""

    cue: Cue
    required: tuple[frozenset[str], ...]
    total: float

    @classmethod
    def of(cls, cue: Cue) -> _Plan:
        total = sum(element.weight for element in cue.elements)
        dispensable = 0.0 if cue.exact or not any(e.heavy for e in cue.elements) else (1 - COVERAGE) * total
        required = [e.keys for i, e in enumerate(cue.elements) if i != cue.anchor and e.weight > dispensable]
        return cls(cue, tuple(required), total)


class _Reading:
    """What matching needs to know of a turn, worked out when a first cue may be there."""

    def __init__(self, turn: ParsedTurn) -> None:
        self.turn = turn

    @cached_property
    def denied(self) -> list[bool]:
        return denied(self.turn)

    @cached_property
    def denies(self) -> bool:
        return any(self.denied)

    @cached_property
    def rank(self) -> list[int]:
        return _ranks(self.turn)

    def matches(self, plan: _Plan, places: Where, anchors: list[int]) -> Iterator[Hit]:
        """The cue around each of its anchor's places."""
        if plan.cue.denied and not self.denies:
            return
        for at in anchors:
            match = self._exact(plan, places, at) if plan.cue.exact else self._loose(plan, places, at)
            if match is not None:
                yield match

    def _exact(self, plan: _Plan, places: Where, at: int) -> Hit | None:
        first = at - plan.cue.anchor
        for index, element in enumerate(plan.cue.elements, first):
            if not any(index in places.get(key, ()) for key in element.keys):
                return None
        last = first + len(plan.cue.elements) - 1
        return Hit(plan.cue.key, first, last, self._mood(first, last))

    def _loose(self, plan: _Plan, places: Where, at: int) -> Hit | None:
        """From the anchor to the left, then to the right, each word as near as it can be to the one before."""
        elements = plan.cue.elements
        found = {plan.cue.anchor: at}
        for step in (-1, 1):
            index, near = plan.cue.anchor + step, at
            while 0 <= index < len(elements):
                spot = self._nearest(elements[index], places, near, step, found)
                if spot is not None:
                    found[index] = near = spot
                index += step
        covered = sum(elements[index].weight for index in found) / plan.total
        if covered < COVERAGE or self._is_denied(plan.cue, found) != plan.cue.denied:
            return None
        spots = [found[index] for index in sorted(found)]
        first, last = min(spots), max(spots)
        in_order = spots == sorted(spots)
        if not any(element.heavy for element in elements) and (len(found) < len(elements) or not in_order):
            return None  # made of function words alone: all of them, in order
        return Hit(plan.cue.key, first, last, covered * (1 if in_order else OUT_OF_ORDER) * self._mood(first, last))

    def _nearest(self, element: Element, places: Where, near: int, step: int, found: dict[int, int]) -> int | None:
        """The closest token that answers to the element, on the expected side if there is one there."""
        best: tuple[bool, int] | None = None
        for key in element.keys:
            for spot in places.get(key, ()):
                far = abs(self.rank[spot] - self.rank[near]) > GAP + 1
                if far or spot == near or spot in found.values():
                    continue
                candidate = ((spot - near) * step < 0, abs(spot - near))
                if best is None or candidate < best:
                    best = candidate
        if best is None:
            return None
        return near + step * best[1] * (-1 if best[0] else 1)

    def _is_denied(self, cue: Cue, found: dict[int, int]) -> bool:
        """Whether a negation bears on one of the heavy words."""
        return any(self.denied[spot] for index, spot in found.items() if cue.elements[index].heavy)

    def _mood(self, first: int, last: int) -> float:
        """Less for what is only supposed or asked."""
        forms = self.turn.forms
        for index in range(first - 1, max(-1, first - 6), -1):
            if forms[index] in (".", "?", "!"):
                break
            if forms[index] in ("si", "s'") and forms[index + 1] in SUBJECTS:
                return SUPPOSED
        end = next((form for form in forms[last:] if form in (".", "?", "!")), "")
        return SUPPOSED if end == "?" else 1.0


def sentences(turn: ParsedTurn) -> Iterator[tuple[int, int]]:
    """First token and end of each sentence: a turn without punctuation is one."""
    first = 0
    for at, form in enumerate(turn.forms, 1):
        if form in (".", "?", "!") or at == len(turn.forms):
            yield first, at
            first = at


def _ranks(turn: ParsedTurn) -> list[int]:
    """Distances are counted in words that weigh: fillers, punctuation, function words, repeated words are free."""
    ranks, rank, before = [], 0, ""
    for form, tag in zip(turn.forms, turn.tags, strict=True):
        rank += not (form in FUNCTION or form in FILLERS or tag in ".I" or form == before)
        ranks.append(rank)
        before = form
    return ranks
