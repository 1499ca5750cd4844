"""Compares a newcomer's coding of an interview with a reference coding, passage by passage.

1. Of each code, passages that overlap, whoever made them, are one place (chains included). A place that both coded is
   found: on the same words, or cut otherwise.
2. What is left on either side is put together where the newcomer gave another code to the same words: a code of the
   same theme first, then the longest overlap, each passage once.
3. What is left then, the newcomer missed, or added.

Two passages overlap, and two bounds are the same, by the letters and figures that they hold: a space or a full stop
makes no difference.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from enquete.model import Span

CodeKey = tuple[str, str]  # (codebook, code)
Paths = Mapping[CodeKey, Sequence[CodeKey]]  # of each code: what it hangs on, its theme first, itself last


class Outcome(StrEnum):
    """AGREED: same code, same words; BOUNDS: same code, cut otherwise; OTHER: another code on words in common; MISSED:
    only the reference coded it; ADDED: only the newcomer did.
    """

    AGREED = "agreed"
    BOUNDS = "bounds"
    OTHER = "other"
    MISSED = "missed"
    ADDED = "added"


class Passage(NamedTuple):
    """text[start:end], a code and the coder's memo on it."""

    start: int
    end: int
    codebook: str
    code: str
    memo: str = ""

    @property
    def key(self) -> CodeKey:
        return self.codebook, self.code


@dataclass(frozen=True, slots=True)
class Comparison:
    """One place. reference, newcomer: the passages of each, by position; of one code on each side."""

    outcome: Outcome
    reference: tuple[Passage, ...]
    newcomer: tuple[Passage, ...]

    @property
    def span(self) -> Span:
        """All their words."""
        passages = (*self.reference, *self.newcomer)
        return Span(min(p.start for p in passages), max(p.end for p in passages))

    @property
    def expected(self) -> CodeKey | None:
        """The reference's code."""
        return self.reference[0].key if self.reference else None

    @property
    def given(self) -> CodeKey | None:
        """The newcomer's code."""
        return self.newcomer[0].key if self.newcomer else None


@dataclass(slots=True)
class Tally:
    """Of one code (or theme): places of the reference found (cut: of them, those cut otherwise), coded otherwise or
    missed; places where the newcomer put it instead of another, or added it.
    """

    found: int = 0
    cut: int = 0
    other: int = 0
    missed: int = 0
    instead: int = 0
    added: int = 0

    @property
    def expected(self) -> int:
        """Places of the reference."""
        return self.found + self.other + self.missed

    @property
    def trouble(self) -> int:
        """Places where the two differ on the code."""
        return self.other + self.missed + self.instead + self.added


def compare(
    text: str, reference: Iterable[Passage], newcomer: Iterable[Passage], paths: Paths | None = None
) -> list[Comparison]:
    """The comparisons of one interview, by place. Passages given twice count once."""
    lone: list[Comparison] = []
    found: list[Comparison] = []
    for ours, theirs in _places(text, sorted(set(reference)), sorted(set(newcomer))):
        if ours and theirs:
            same = len(ours) == len(theirs) == 1 and words(text, ours[0]) == words(text, theirs[0])
            found.append(Comparison(Outcome.AGREED if same else Outcome.BOUNDS, ours, theirs))
        else:
            lone.append(Comparison(Outcome.MISSED if ours else Outcome.ADDED, ours, theirs))
    return sorted(
        [*found, *_put_together(text, lone, paths or {})], key=lambda one: (one.span, one.outcome, _codes(one))
    )


def _codes(one: Comparison) -> list[CodeKey]:
    return [key for key in (one.expected, one.given) if key is not None]


def words(text: str, passage: Passage) -> Span:
    """The passage without what stands before its first letter or figure and after its last one."""
    start, end = passage.start, passage.end
    while start < end and not text[start].isalnum():
        start += 1
    while start < end and not text[end - 1].isalnum():
        end -= 1
    return Span(start, end) if start < end else Span(passage.start, passage.end)


def _places(
    text: str, reference: Sequence[Passage], newcomer: Sequence[Passage]
) -> Iterable[tuple[tuple[Passage, ...], tuple[Passage, ...]]]:
    """(of the reference, of the newcomer): the passages of one code that overlap, chains included."""
    by_code: dict[CodeKey, list[tuple[Span, bool, Passage]]] = defaultdict(list)
    for passages, is_reference in ((reference, True), (newcomer, False)):
        for passage in passages:
            by_code[passage.key].append((words(text, passage), is_reference, passage))
    for marked in by_code.values():
        place: list[tuple[Span, bool, Passage]] = []
        end = 0
        for one in sorted(marked):
            if place and one[0].start >= end:
                yield _sides(place)
                place = []
            place.append(one)
            end = max(end, one[0].end)
        yield _sides(place)


def _sides(place: Sequence[tuple[Span, bool, Passage]]) -> tuple[tuple[Passage, ...], tuple[Passage, ...]]:
    return (
        tuple(passage for _, is_reference, passage in place if is_reference),
        tuple(passage for _, is_reference, passage in place if not is_reference),
    )


def _put_together(text: str, lone: Sequence[Comparison], paths: Paths) -> list[Comparison]:
    """Places where each gave another code to the same words become one; the others stay as they are."""
    missed = [one for one in lone if one.outcome is Outcome.MISSED]
    added = [one for one in lone if one.outcome is Outcome.ADDED]
    pairs = [
        (
            not same_theme(ours, theirs, paths),
            -common,
            sorted((one.span, _codes(one)) for one in (ours, theirs)),
            ours,
            theirs,
        )
        for ours in missed
        for theirs in added
        if (common := _common(text, ours.reference, theirs.newcomer))
    ]
    paired: set[Comparison] = set()
    together = []
    for *_, ours, theirs in sorted(pairs, key=lambda pair: pair[:3]):
        if ours not in paired and theirs not in paired:
            paired |= {ours, theirs}
            together.append(Comparison(Outcome.OTHER, ours.reference, theirs.newcomer))
    return [*together, *(one for one in lone if one not in paired)]


def _common(text: str, ours: Iterable[Passage], theirs: Iterable[Passage]) -> int:
    """Code points that both sides took in."""
    spans = [(words(text, one), words(text, other)) for one in ours for other in theirs]
    return sum(max(0, min(a.end, b.end) - max(a.start, b.start)) for a, b in spans)


def same_theme(one: Comparison, other: Comparison, paths: Paths) -> bool:
    """Whether the reference's code of one and the newcomer's of the other hang on the same theme."""
    ours, theirs = one.expected, other.given
    return ours is not None and theirs is not None and theme_of(ours, paths) == theme_of(theirs, paths)


def theme_of(key: CodeKey, paths: Paths) -> CodeKey:
    """The theme that a code hangs on: itself when it hangs on nothing, or is not known."""
    path = paths.get(key, ())
    return path[0] if path else key


def by_theme(passages: Iterable[Passage], paths: Paths) -> list[Passage]:
    """The same passages under their themes."""
    themes = ((passage, *theme_of(passage.key, paths)) for passage in passages)
    return [passage._replace(codebook=codebook, code=theme) for passage, codebook, theme in themes]


def tallies(comparisons: Iterable[Comparison]) -> dict[CodeKey, Tally]:
    """Of each code that either side used, in the order of first use."""
    found: dict[CodeKey, Tally] = defaultdict(Tally)
    for one in comparisons:
        if one.expected is not None:
            tally = found[one.expected]
            tally.found += one.outcome in (Outcome.AGREED, Outcome.BOUNDS)
            tally.cut += one.outcome is Outcome.BOUNDS
            tally.other += one.outcome is Outcome.OTHER
            tally.missed += one.outcome is Outcome.MISSED
        if one.given is not None:
            found[one.given].instead += one.outcome is Outcome.OTHER
            found[one.given].added += one.outcome is Outcome.ADDED
    return dict(found)


def confusions(comparisons: Iterable[Comparison]) -> Counter[tuple[CodeKey, CodeKey]]:
    """How often the newcomer put a code (second) where the reference had another (first)."""
    return Counter(
        (one.expected, one.given)
        for one in comparisons
        if one.outcome is Outcome.OTHER and one.expected is not None and one.given is not None
    )


def telling(codes: Mapping[str, frozenset[CodeKey]], lengths: Mapping[str, int], wanted: int) -> list[str]:
    """Interviews from which a newcomer learns most codes, at most so many: each time the one with most codes not yet
    met, the shortest of equals.

    codes: those of the reference, by interview. lengths: in words.
    """
    chosen: list[str] = []
    met: set[CodeKey] = set()

    def rank(interview: str) -> tuple[int, int, str]:
        return -len(codes[interview] - met), lengths[interview], interview

    while len(chosen) < min(wanted, len(codes)):
        best = min((interview for interview in codes if interview not in chosen), key=rank)
        chosen.append(best)
        met |= codes[best]
    return chosen
