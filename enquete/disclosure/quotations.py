"""Looks for people's words in many texts at once: runs of consecutive words, whatever their punctuation and case."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

from enquete.disclosure.split import Split
from enquete.pseudonyms.words import fold

if TYPE_CHECKING:
    import numpy as np

_WORD = re.compile(r"(?:[^\W\d_][\u0300-\u036f]*)+|\d+")
_MIX = 0x9E3779B97F4A7C15  # an odd number without pattern: sums of its powers tell runs of words apart
_BITS = 23


class Run(NamedTuple):
    """The first words of a run that may not stand in a text, in code points. what: why not."""

    start: int
    end: int
    what: str


class _AsWritten(dict[str, int]):
    """Numbers of words as texts write them: each is folded once, since people say the same words over and over."""

    def __init__(self, numbers: dict[str, int]) -> None:
        super().__init__()
        self._numbers = numbers

    def __missing__(self, word: str) -> int:
        number = self[word] = self._numbers.setdefault(fold(word), len(self._numbers) + 1)
        return number


class _Vocabulary:
    """A number for each word met; those of texts that are looked through get none of their own."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}
        self._written = _AsWritten(self._numbers)

    def learn(self, text: str) -> list[int]:
        """The numbers of a text's words, new words included."""
        return [self._written[word] for word in _WORD.findall(text)]

    def read(self, tokens: Iterable[str]) -> Iterator[tuple[int, ...]]:
        """The numbers of the words of each token between spaces, 0 for an unknown word."""
        numbers = self._numbers
        return (tuple(numbers.get(fold(word), 0) for word in _WORD.findall(token)) for token in tokens)


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
        import numpy as np

        numbers = chain.from_iterable((*self._vocabulary.learn(text), 0) for text in texts)
        return self._hashes(np.array(list(numbers), np.uint64))[0]

    def _hashes(self, words: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Of each run without an unknown word: its hash, and the place of its first word."""
        import numpy as np

        count = len(words) - self._length + 1
        if count <= 0:
            return np.zeros(0, dtype=np.uint64), np.zeros(0, dtype=np.int64)
        unknown = np.concatenate([[0], np.cumsum(words == 0)])
        places = np.flatnonzero(unknown[self._length :] == unknown[:count])
        hashes = np.zeros(len(places), dtype=np.uint64)
        for place in range(self._length):
            hashes += words[places + place]
            hashes *= np.uint64(_MIX)
            hashes ^= hashes >> np.uint64(29)
        return hashes, places

    def find(self, split: Split) -> Iterator[tuple[int, Run]]:
        """(index of the text, its first run)."""
        import numpy as np

        if not self:
            return
        words, owners, starts = self._read(split)
        hashes, places = self._hashes(words)
        some = np.zeros(1 << _BITS, np.bool_)  # most runs stand nowhere: told from a few bits
        some[self._runs >> np.uint64(64 - _BITS)] = True
        chosen = some[hashes >> np.uint64(64 - _BITS)]
        hashes, places = hashes[chosen], places[chosen]
        at = np.minimum(np.searchsorted(self._runs, hashes), len(self._runs) - 1)
        hits = places[self._runs[at] == hashes]
        of, first = np.unique(owners[hits], return_index=True)
        for owner, hit in zip(of.tolist(), hits[first].tolist(), strict=True):
            yield owner, self._located(split.texts[owner], hit - int(starts[owner]))

    def _read(self, split: Split) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """The numbers of the words of all texts, 0 after each; the index of the text of each; where texts start."""
        import numpy as np

        read = [(0,), *self._vocabulary.read(split.tokens[1:])]
        sizes = np.array([len(numbers) for numbers in read])
        flat = np.array(list(chain.from_iterable(read)), np.uint64)
        firsts = np.cumsum(sizes) - sizes
        of = sizes[split.ids]
        ends = np.cumsum(of)
        words = flat[np.repeat(firsts[split.ids] - (ends - of), of) + np.arange(ends[-1] if len(ends) else 0)]
        starts = np.concatenate([[0], ends[split.ids == 0]])
        return words, np.repeat(split.owners, of), starts

    def _located(self, text: str, word: int) -> Run:
        spans = [match.span() for token in re.finditer(r"\S+", text) for match in _WORD.finditer(text, *token.span())]
        return Run(spans[word][0], spans[word + self._length - 1][1], self._what)
