"""Words of a passage with what the rules ask of each: position, folded form, capitals, what stands before."""

from __future__ import annotations

import re
from functools import cached_property

from enquete.pseudonyms.numbers import Said, numbers_in
from enquete.pseudonyms.words import fold

_WORD = re.compile(r"(?:[^\W\d_][\u0300-\u036f]*)+|\d+")
_BREAK = re.compile(r"[.!?…\n\r:;«“\"\[—–/]|(?:^|\s)-\s")
_ABBREVIATION = re.compile(r"(?:\b(?:M|Mme|Mlle|Mr|Mrs|Dr|Pr|St|Ste|Me)|\b[A-ZÀ-Þ])\.[ \u00a0\u202f]$")
_JOINERS = {" ", "-", "'", "’", "\u00a0", "\u202f", "‑", "ʼ", " - ", "- ", " -", " & ", "&"}


def _capital(word: str) -> int:
    if not word[0].isupper():
        return 0
    return 2 if len(word) > 1 and word.isupper() else 1


class Tokens:
    """Parallel lists, one item a word or a figure; positions from the start of the passage.

    gaps: what stands before each word; initial: whether it opens a sentence (or may);
    capital: 0 lower case or figure, 1 Capital, 2 CAPITALS of two letters or more.
    cased: whether the passage is written with capitals at all (automatic transcripts often are not).
    """

    def __init__(self, text: str) -> None:
        self.text = text
        spans = [match.span() for match in _WORD.finditer(text)]
        self.starts = [start for start, _ in spans]
        self.ends = [end for _, end in spans]
        self.words = [text[start:end] for start, end in spans]
        self.gaps = [text[end:start] for end, start in zip((0, *self.ends), self.starts, strict=False)]
        # Most words follow a space: only the others are looked at.
        self.initial = [
            gap != " " and self._opens(gap, start) for gap, start in zip(self.gaps, self.starts, strict=True)
        ]
        self.capital = [0 if word.islower() else _capital(word) for word in self.words]
        self.folds = [fold(word) for word in self.words]
        if self.words:
            self.initial[0] = True
        self.cased = 1 in self.capital

    @cached_property
    def numbers(self) -> list[Said]:
        """Numbers said in words or in figures, one after the other."""
        return list(numbers_in(self.folds))

    def _opens(self, gap: str, start: int) -> bool:
        if gap == "\n" or (")" in gap or "]" in gap):
            return True  # « (rires) Abricot »
        if len(gap) < 2 or gap.startswith(".,") or not _BREAK.search(gap):
            return False  # « Mme R., 46 ans »
        return not (gap[0] == "." and _ABBREVIATION.search(self.text, max(0, start - 7), start))

    def __len__(self) -> int:
        return len(self.words)

    def joined(self, index: int) -> bool:
        """Whether the word before is part of the same phrase: a space, a hyphen or an apostrophe between."""
        return index > 0 and self.gaps[index] in _JOINERS

    def span(self, first: int, last: int) -> tuple[int, int]:
        """Characters from word `first` to word `last`, both included."""
        return self.starts[first], self.ends[last]
