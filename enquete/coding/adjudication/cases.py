"""Groups what several coders did in one interview into cases: the passages that are decided on whole.

1. The passages of one code that overlap, whoever coded them, are one place of that code (chains included: A over B, B
   over C). Two passages overlap when they have a letter or a figure in common: a space or a full stop is no
   disagreement.
2. A place that every coder coded is an agreement, with other bounds perhaps.
3. Where some did not code it, two places of the same codebook that overlap are one case when each was coded by somebody
   who did not code the other: A said X where B said Y. Otherwise each is a case of its own: A said X, B nothing.
"""

from __future__ import annotations

import base64
import hashlib
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from enquete.model import Span

_KEY = 5  # signs of a key after its interview, more where two would be alike


class Kind(StrEnum):
    """AGREED: all coded it, on the same words; BOUNDS: all, on other bounds; ALONE: some did, others did not; CODES:
    they gave other codes to the same words.
    """

    AGREED = "agreed"
    BOUNDS = "bounds"
    ALONE = "alone"
    CODES = "codes"


@dataclass(frozen=True, slots=True)
class Reading:
    """What a coder read in text[start:end]. item: names the coding among those of its coder, through its edits."""

    coder: str
    item: str
    codebook: str
    code: str
    start: int
    end: int
    flag: str | None = None
    memo: str = ""

    @property
    def span(self) -> Span:
        return Span(self.start, self.end)


@dataclass(frozen=True, slots=True)
class Case:
    """A passage to decide on: text[start:end] holds all its readings.

    key: the same as long as it holds the same codings, whatever happens to the text or to other cases. coders: all who
    are compared, sorted; readings: by place, then coder.
    """

    key: str
    kind: Kind
    start: int
    end: int
    coders: tuple[str, ...]
    readings: tuple[Reading, ...]

    def of(self, coder: str) -> tuple[Reading, ...]:
        """What one coder read there; empty: nothing, which is a reading too."""
        return tuple(reading for reading in self.readings if reading.coder == coder)

    @property
    def codes(self) -> tuple[tuple[str, str], ...]:
        """(codebook, code) of each, in order of place."""
        return tuple(dict.fromkeys((reading.codebook, reading.code) for reading in self.readings))

    @property
    def open_by_nature(self) -> bool:
        """Whether coders disagree: bounds alone are no disagreement."""
        return self.kind in (Kind.ALONE, Kind.CODES)


def cases(interview: str, text: str, coders: Collection[str], readings: Iterable[Reading]) -> list[Case]:
    """All the cases of one interview, by place. interview: its code, which begins the keys.

    coders: those who are compared; readings of others are left out.
    """
    panel = tuple(sorted(coders))
    mine = sorted((r for r in readings if r.coder in coders), key=lambda r: (r.start, r.end, r.coder, r.code, r.item))
    words = {reading: _words(text, reading.span) for reading in mine}
    places = _places(mine, words)
    whole = [place for place in places if len({r.coder for r in place}) == len(panel)]
    partial = [place for place in places if len({r.coder for r in place}) < len(panel)]
    groups = [*whole, *_conflicts(partial, words)]
    found = [_case(panel, group, words) for group in groups]
    return _keyed(interview, sorted(found, key=lambda case: (case.start, case.end, case.codes)))


def _words(text: str, span: Span) -> Span:
    """The span without what stands before its first letter or figure and after its last one."""
    start, end = span.start, span.end
    while start < end and not text[start].isalnum():
        start += 1
    while start < end and not text[end - 1].isalnum():
        end -= 1
    return Span(start, end) if start < end else span


def _places(readings: Sequence[Reading], words: dict[Reading, Span]) -> list[list[Reading]]:
    """The readings of each code, in chains that overlap."""
    by_code: dict[tuple[str, str], list[Reading]] = defaultdict(list)
    for reading in readings:
        by_code[reading.codebook, reading.code].append(reading)
    places: list[list[Reading]] = []
    for group in by_code.values():
        end = -1
        for reading in sorted(group, key=lambda r: words[r]):
            if words[reading].start < end:
                places[-1].append(reading)
            else:
                places.append([reading])
            end = max(end, words[reading].end)
    return places


def _conflicts(places: Sequence[list[Reading]], words: dict[Reading, Span]) -> list[list[Reading]]:
    """Places that overlap under other codes of the same codebook, put together where coders chose between them."""
    above = list(range(len(places)))

    def top(index: int) -> int:
        while above[index] != index:
            index = above[index]
        return index

    hulls = [_hull([words[r] for r in place]) for place in places]
    order = sorted(range(len(places)), key=lambda index: hulls[index])
    running: list[int] = []
    for index in order:
        running = [other for other in running if hulls[other].end > hulls[index].start]
        for other in running:
            if _compete(places[index], places[other], lambda r: words[r]):
                above[top(index)] = top(other)
        running.append(index)
    groups: dict[int, list[Reading]] = defaultdict(list)
    for index, place in enumerate(places):
        groups[top(index)] += place
    return list(groups.values())


def _compete(one: Sequence[Reading], other: Sequence[Reading], words: Callable[[Reading], Span]) -> bool:
    """Whether some chose the one and some the other for words in common."""
    if one[0].codebook != other[0].codebook:
        return False
    first, second = {r.coder for r in one}, {r.coder for r in other}
    return bool(first - second and second - first) and any(words(r).overlaps(words(s)) for r in one for s in other)


def _hull(spans: Collection[Span]) -> Span:
    return Span(min(span.start for span in spans), max(span.end for span in spans))


def _case(panel: tuple[str, ...], group: Sequence[Reading], words: dict[Reading, Span]) -> Case:
    hull = _hull([reading.span for reading in group])
    if len({(reading.codebook, reading.code) for reading in group}) > 1:
        kind = Kind.CODES
    elif len({reading.coder for reading in group}) < len(panel):
        kind = Kind.ALONE
    else:
        kind = Kind.AGREED if len({words[reading] for reading in group}) == 1 else Kind.BOUNDS
    ordered = sorted(group, key=lambda r: (r.start, r.end, r.coder, r.code, r.item))
    return Case("", kind, hull.start, hull.end, panel, tuple(ordered))


def _keyed(interview: str, found: Sequence[Case]) -> list[Case]:
    digests: list[str] = []
    for case in found:
        digest = _digest(case, 0)
        if digest in digests:  # two states of one coding, made apart: both hold until their coder drops one
            digest = _digest(case, digests.count(digest) + len(digests))
        digests.append(digest)
    length = _KEY
    while len({digest[:length] for digest in digests}) < len(digests):
        length += 1
    return [
        Case(f"{interview}-{digest[:length]}", case.kind, case.start, case.end, case.coders, case.readings)
        for case, digest in zip(found, digests, strict=True)
    ]


def _digest(case: Case, again: int) -> str:
    """From the codings themselves: neither a new text nor other bounds nor another name of the code change it."""
    told = "\n".join([*sorted(f"{reading.coder} {reading.item}" for reading in case.readings), f"{again or ''}"])
    return base64.b32encode(hashlib.sha256(told.encode()).digest()).decode().lower()
