"""Spans and mappings between texts: raw to canonical, canonical to pseudonymised, one revision to the next.

A mapping is the list of edits that turns an old text into a new one, positions and lengths only: it can be stored
beside a pseudonymised text without telling what was replaced. Positions are 0-based code points, half-open.
"""

from __future__ import annotations

import difflib
import json
import re
import unicodedata
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate
from typing import NamedTuple

from enquete.model import Span


class Edit(NamedTuple):
    """old[start:end] became `length` code points of the new text."""

    start: int
    end: int
    length: int


class Moved(NamedTuple):
    """Where a span went; changed: whether an edit touched its own words."""

    span: Span
    changed: bool


@dataclass(frozen=True)
class Mapping:
    """Edits sorted by position, disjoint and not touching each other's inside."""

    edits: tuple[Edit, ...] = ()

    def __post_init__(self) -> None:
        previous = 0
        for edit in self.edits:
            if not previous <= edit.start <= edit.end or edit.length < 0:
                raise ValueError("edits must be sorted, disjoint and of non-negative length")
            previous = edit.end

    def __bool__(self) -> bool:
        return bool(self.edits)

    @cached_property
    def _index(self) -> tuple[list[int], list[int]]:
        """The end of each edit; the shift of the positions before all edits, then after each."""
        shifts = accumulate((e.length - (e.end - e.start) for e in self.edits), initial=0)
        return [e.end for e in self.edits], list(shifts)

    def span(self, span: Span) -> Moved:
        """Where an old span stands in the new text: a boundary inside a replaced passage snaps outward.

        Text inserted at a boundary stays outside the span.
        """
        ends, shifts = self._index
        first = bisect_left(ends, span.start)
        # An edit that ends where the span starts lies before it; an insertion at its start too.
        while first < len(ends) and ends[first] == span.start:
            first += 1
        start = span.start + shifts[first]
        if first < len(ends) and self.edits[first].start < span.start:
            start = self.edits[first].start + shifts[first]
        last = first
        while last < len(ends) and self.edits[last].start < span.end:
            last += 1
        changed = last > first
        end = span.end + shifts[last]
        if changed and ends[last - 1] > span.end:
            end = ends[last - 1] + shifts[last]
        return Moved(Span(start, max(start, end)), changed)

    def spans(self, spans: Iterable[Span]) -> list[Moved]:
        """`span` for many spans."""
        return [self.span(span) for span in spans]

    def inverse(self) -> Mapping:
        """From the new text back to the old one."""
        edits, shift = [], 0
        for edit in self.edits:
            start = edit.start + shift
            edits.append(Edit(start, start + edit.length, edit.end - edit.start))
            shift += edit.length - (edit.end - edit.start)
        return Mapping(tuple(edits))

    def then(self, other: Mapping) -> Mapping:
        """From this mapping's old text to `other`'s new text."""
        # In the text between the two, edits of both that overlap or touch become one. Each is held as its
        # place there and by how much longer that place is in the old text and in the new one.
        middle = [(e.start, e.end, e.length - (e.end - e.start), 0) for e in self.inverse().edits]
        middle += [(e.start, e.end, 0, e.length - (e.end - e.start)) for e in other.edits]
        middle.sort()
        edits: list[Edit] = []
        shift = 0  # from the middle text to the old one
        index = 0
        while index < len(middle):
            start, end = middle[index][:2]
            longer_before = longer_after = 0
            while index < len(middle) and middle[index][0] <= end:
                _, high, before, after = middle[index]
                end = max(end, high)
                longer_before += before
                longer_after += after
                index += 1
            old_start = start + shift
            edits.append(Edit(old_start, old_start + end - start + longer_before, end - start + longer_after))
            shift += longer_before
        return Mapping(tuple(edits))

    def to_json(self) -> str:
        return json.dumps(self.edits, separators=(",", ":"))

    @classmethod
    def from_json(cls, text: str) -> Mapping:
        return cls(tuple(Edit(*map(int, edit)) for edit in json.loads(text)))


class Replacement(NamedTuple):
    """old[start:end] becomes `text`."""

    start: int
    end: int
    text: str


def replace(text: str, replacements: Iterable[Replacement]) -> tuple[str, Mapping]:
    """The new text, and the mapping that leads to it. Raises ValueError where replacements overlap."""
    parts: list[str] = []
    edits: list[Edit] = []
    read = 0
    for start, end, new in sorted(replacements):
        if start < read:
            raise ValueError("replacements overlap")
        parts += (text[read:start], new)
        edits.append(Edit(start, end, len(new)))
        read = end
    return "".join([*parts, text[read:]]), Mapping(tuple(edits))


_WORD = re.compile(r"\w+|\W")


def difference(old: str, new: str) -> Mapping:
    """A mapping from `old` to `new` found by comparing them: lines first, then words within what differs."""
    edits: list[Edit] = []
    for low, high, other_low, other_high in _unlike(old.splitlines(keepends=True), new.splitlines(keepends=True)):
        old_words, new_words = _WORD.findall(old[low:high]), _WORD.findall(new[other_low:other_high])
        for start, end, other_start, other_end in _unlike(old_words, new_words):
            edits.append(Edit(low + start, low + end, other_end - other_start))
    return Mapping(tuple(edits))


def _unlike(old: Sequence[str], new: Sequence[str]) -> Iterable[tuple[int, int, int, int]]:
    """The stretches that differ, as code points of both joined texts."""
    old_at = [0, *accumulate(map(len, old))]
    new_at = [0, *accumulate(map(len, new))]
    for tag, a, b, c, d in difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag != "equal":
            yield old_at[a], old_at[b], new_at[c], new_at[d]


_MARKS = r"[\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]+"
_DECOMPOSED = re.compile(rf"[^\r\n]?{_MARKS}|[^\x00-\u02ff]")


def normalised(text: str) -> list[Replacement]:
    """What to replace for line ends to be LF and letters NFC: the words stay where they are."""
    changes = [Replacement(m.start(), m.end(), "\n") for m in re.finditer("\r\n?", text)]
    if not unicodedata.is_normalized("NFC", text):
        for match in _DECOMPOSED.finditer(text):
            composed = unicodedata.normalize("NFC", match[0])
            if composed != match[0]:
                changes.append(Replacement(match.start(), match.end(), composed))
    return sorted(changes)
