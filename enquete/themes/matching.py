"""Finds cues in a turn: in any inflection, with other words between, in any order within a sentence."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from enquete.themes.cues import Cue, anchor, exact_key
from enquete.themes.negation import denied
from enquete.themes.parsed import ParsedTurn, other_lemmas
from enquete.themes.words import FILLERS, FUNCTION

GAP = 3  # other words allowed between two words of a cue, function words not counted
COVERAGE = 0.75  # of a cue's weight, below which it is not there
OUT_OF_ORDER = 0.85  # « le loyer, j'arrive plus à le payer » for « payer le loyer »
HYPOTHETICAL = 0.8


@dataclass(frozen=True, slots=True)
class Match:
    """A cue found. first, last: indices of tokens, both within; quality: 0 to 1."""

    cue: Cue
    first: int
    last: int
    quality: float


class Finder:
    """The cues by their anchor word. Raises EnqueteError(NO_MODEL)."""

    def __init__(self, cues: Iterable[Cue]) -> None:
        self._other_lemma = other_lemmas()
        self._anchored: dict[str, list[tuple[Cue, int]]] = {}
        for cue in cues:
            at = anchor(cue.elements)
            for key in sorted(cue.elements[at].keys):
                self._anchored.setdefault(key, []).append((cue, at))
        self._keys: dict[tuple[str, str], frozenset[str]] = {}

    def keys(self, form: str, lemma: str) -> frozenset[str]:
        """What a token answers to."""
        known = self._keys.get((form, lemma))
        if known is None:
            known = frozenset({form, lemma, self._other_lemma(form), exact_key(form)})
            self._keys[form, lemma] = known
        return known

    def find(self, turn: ParsedTurn) -> Iterator[Match]:
        """Every cue of the turn; the same cue as often as its anchor stands there."""
        anchored = self._anchored
        reading: _Reading | None = None
        for at, (form, lemma) in enumerate(zip(turn.forms, turn.lemmas, strict=True)):
            for key in self.keys(form, lemma):
                for cue, place in anchored.get(key, ()):
                    if reading is None:
                        reading = _Reading(turn, self)
                    if match := reading.match(cue, place, at):
                        yield match


class _Reading:
    """What matching needs to know of one turn, worked out when a first cue may be there."""

    def __init__(self, turn: ParsedTurn, finder: Finder) -> None:
        self.turn = turn
        self.keys = [finder.keys(form, lemma) for form, lemma in zip(turn.forms, turn.lemmas, strict=True)]
        self.denied = denied(turn)
        self.sentence = sentence_numbers(turn)
        self.rank = _ranks(turn)

    def match(self, cue: Cue, place: int, at: int) -> Match | None:
        if cue.exact:
            return self._exact(cue, place, at)
        found = {place: at}
        for step in (-1, 1):
            index, near = place + step, at
            while 0 <= index < len(cue.elements):
                spot = self._nearest(cue.elements[index].keys, near, step, set(found.values()))
                if spot is not None:
                    found[index] = near = spot
                index += step
        return self._judge(cue, found)

    def _exact(self, cue: Cue, place: int, at: int) -> Match | None:
        first = at - place
        last = first + len(cue.elements) - 1
        if first < 0 or last >= len(self.keys):
            return None
        if all(element.keys & self.keys[first + i] for i, element in enumerate(cue.elements)):
            return Match(cue, first, last, self._mood(first, last))
        return None

    def _nearest(self, keys: frozenset[str], near: int, step: int, taken: set[int]) -> int | None:
        """The closest token that answers to these keys: on the expected side first, then on the other."""
        for direction in (step, -step):
            index = near + direction
            while 0 <= index < len(self.keys) and self.sentence[index] == self.sentence[near]:
                if abs(self.rank[index] - self.rank[near]) > GAP + 1:
                    break
                if index not in taken and keys & self.keys[index]:
                    return index
                index += direction
        return None

    def _judge(self, cue: Cue, found: dict[int, int]) -> Match | None:
        covered = sum(cue.elements[index].weight for index in found) / cue.weight
        if covered < COVERAGE:
            return None
        spots = [found[index] for index in sorted(found)]
        first, last = min(spots), max(spots)
        in_order = spots == sorted(spots)
        if not any(element.heavy for element in cue.elements) and (len(found) < len(cue.elements) or not in_order):
            return None  # made of function words alone: all of them, in order
        if self._is_denied(cue, found) != cue.denied:
            return None
        return Match(cue, first, last, covered * (1 if in_order else OUT_OF_ORDER) * self._mood(first, last))

    def _is_denied(self, cue: Cue, found: dict[int, int]) -> bool:
        """Whether a negation bears on one of the heavy words."""
        return any(self.denied[spot] for index, spot in found.items() if cue.elements[index].heavy)

    def _mood(self, first: int, last: int) -> float:
        """Less for what is only supposed or asked: « si on me coupe », « une sanction ? »."""
        forms, number = self.turn.forms, self.sentence[first]
        supposed = any(
            forms[i] in ("si", "s'")
            and self.sentence[i] == number
            and not (i + 1 < len(forms) and forms[i + 1] in ("peu", "bien"))
            for i in range(max(0, first - 5), first)
        )
        end = next((i for i in range(last, len(forms)) if forms[i] in (".", "?", "!", "…")), None)
        asked = end is not None and forms[end] == "?"
        return HYPOTHETICAL if supposed or asked else 1.0


def sentence_numbers(turn: ParsedTurn) -> list[int]:
    """The number of the sentence of each token."""
    numbers, number = [], 0
    for form in turn.forms:
        numbers.append(number)
        number += form in (".", "?", "!")
    return numbers


def _ranks(turn: ParsedTurn) -> list[int]:
    """Distances are counted in words that weigh: fillers, punctuation, function words, repeated words are free."""
    ranks, rank, before = [], 0, ""
    for form, tag in zip(turn.forms, turn.tags, strict=True):
        light = form in FILLERS or form in FUNCTION or tag in ".I" or form == before
        rank += not light
        ranks.append(rank)
        before = form
    return ranks
