"""Looks for people's words in many texts at once: runs of consecutive words, whatever their punctuation and case."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

from enquete.pseudonyms.words import fold

if TYPE_CHECKING:
    import numpy as np

_WORD = re.compile(r"(?:[^\W\d_][\u0300-\u036f]*)+|\d+")
_MIX = 0x9E3779B97F4A7C15  # an odd number without pattern: sums of its powers tell runs of words apart


class Run(NamedTuple):
    """The first words of a run that may not stand in a text, in code points. what: why not."""

    start: int
    end: int
    what: str


class _Vocabulary:
    """A number for each word met; those of texts that are looked through get none of their own."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}

    def learn(self, text: str) -> list[int]:
        """The numbers of a text's words, new words included."""
        numbers = self._numbers
        return [numbers.setdefault(fold(word), len(numbers) + 1) for word in _WORD.findall(text)]

    def read(self, tokens: Collection[str]) -> dict[str, tuple[int, ...]]:
        """The numbers of the words of each token between spaces, 0 for an unknown word."""
        numbers = self._numbers
        return {token: tuple(numbers.get(fold(word), 0) for word in _WORD.findall(token)) for token in tokens}


class Runs:
    """Runs of `length` words of some texts that stand in no text of those that may be quoted."""

    def __init__(self, what: str, length: int, kept_back: Iterable[str], quotable: Iterable[str] = ()) -> None:
        import numpy as np

        self._what, self._length, self._vocabulary = what, length, _Vocabulary()
        kept, free = self._learnt(kept_back), self._learnt(quotable)
        self._runs = np.setdiff1d(kept, free)

    def __bool__(self) -> bool:
        return bool(len(self._runs))

    def _learnt(self, texts: Iterable[str]) -> np.ndarray:
        numbers = chain.from_iterable((*self._vocabulary.learn(text), 0) for text in texts)
        return self._hashes(list(numbers))[0]

    def _hashes(self, numbers: Sequence[int]) -> tuple[np.ndarray, np.ndarray]:
        """Of each run without an unknown word: its hash, and the place of its first word."""
        import numpy as np

        words = np.array(numbers, dtype=np.uint64)
        count = len(words) - self._length + 1
        if count <= 0:
            return np.zeros(0, dtype=np.uint64), np.zeros(0, dtype=np.int64)
        hashes, known = np.zeros(count, dtype=np.uint64), np.ones(count, dtype=bool)
        for place in range(self._length):
            column = words[place : place + count]
            hashes = (hashes + column) * np.uint64(_MIX)
            hashes ^= hashes >> np.uint64(29)
            known &= column != 0
        places = np.flatnonzero(known)
        return hashes[places], places

    def find(self, texts: Sequence[str], tokens: Sequence[Sequence[str]]) -> Iterator[tuple[int, Run]]:
        """(index of the text, its first run). texts: plain; tokens: of each, split."""
        import numpy as np

        if not self:
            return
        read = self._vocabulary.read(set(chain.from_iterable(tokens)))
        numbers: list[int] = []
        starts = []
        for split in tokens:
            starts.append(len(numbers))
            numbers.extend(chain.from_iterable(map(read.__getitem__, split)))
            numbers.append(0)
        hashes, places = self._hashes(numbers)
        at = np.minimum(np.searchsorted(self._runs, hashes), len(self._runs) - 1)
        hits = places[self._runs[at] == hashes]
        owners = np.searchsorted(np.array(starts), hits, side="right") - 1
        owners, first = np.unique(owners, return_index=True)
        for owner, hit in zip(owners.tolist(), hits[first].tolist(), strict=True):
            yield owner, self._located(texts[owner], hit - starts[owner])

    def _located(self, text: str, word: int) -> Run:
        spans = [match.span() for token in re.finditer(r"\S+", text) for match in _WORD.finditer(text, *token.span())]
        return Run(spans[word][0], spans[word + self._length - 1][1], self._what)
