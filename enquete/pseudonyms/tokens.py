"""Words of a passage with what the rules ask of each: position, folded form, capitals, what stands before."""

from __future__ import annotations

import re

from enquete.pseudonyms.numbers import Said, numbers_in
from enquete.pseudonyms.words import fold

_WORD = re.compile(r"(?:[^\W\d_][\u0300-\u036f]*)+|\d+")
_BREAK = re.compile(r"[.!?…\n\r:;«“\"\[—–/]|(?:^|\s)-\s")
_ABBREVIATION = re.compile(r"(?:\b(?:M|Mme|Mlle|Mr|Mrs|Dr|Pr|St|Ste|Me)|\b[A-ZÀ-Þ])\.[ \u00a0\u202f]$")
_JOINERS = {" ", "-", "'", "’", "\u00a0", "\u202f", "‑", "ʼ", " - ", "- ", " -", " & ", "&"}


class Tokens:
    """Parallel lists, one item a word or a figure; positions from the start of the passage.

    gaps: what stands before each word; initial: whether it opens a sentence (or may);
    capital: 0 lower case or figure, 1 Capital, 2 CAPITALS of two letters or more.
    numbers: said in words or in figures, one after the other.
    cased: whether the passage is written with capitals at all (automatic transcripts often are not).
    """

    __slots__ = ("capital", "cased", "ends", "folds", "gaps", "initial", "numbers", "starts", "text", "words")

    def __init__(self, text: str) -> None:
        self.text = text
        self.words: list[str] = []
        self.starts: list[int] = []
        self.ends: list[int] = []
        self.gaps: list[str] = []
        self.initial: list[bool] = []
        self.capital: list[int] = []
        last = 0
        for match in _WORD.finditer(text):
            word, (start, end) = match[0], match.span()
            gap = text[last:start]
            self.words.append(word)
            self.starts.append(start)
            self.ends.append(end)
            self.gaps.append(gap)
            self.initial.append(last == 0 or (len(gap) > 1 and self._opens(gap, start)) or gap == "\n")
            self.capital.append(0 if not word[0].isupper() else 2 if len(word) > 1 and word.isupper() else 1)
            last = end
        self.folds = [fold(w) for w in self.words]
        self.cased = 1 in self.capital
        self.numbers: list[Said] = list(numbers_in(self.folds))

    def _opens(self, gap: str, start: int) -> bool:
        if not _BREAK.search(gap):
            return False
        return not (gap[0] == "." and _ABBREVIATION.search(self.text, max(0, start - 7), start))

    def __len__(self) -> int:
        return len(self.words)

    def joined(self, index: int) -> bool:
        """Whether the word before is part of the same phrase: a space, a hyphen or an apostrophe between."""
        return index > 0 and self.gaps[index] in _JOINERS

    def span(self, first: int, last: int) -> tuple[int, int]:
        """Characters from word `first` to word `last`, both included."""
        return self.starts[first], self.ends[last]
