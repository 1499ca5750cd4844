"""Looks for cues and patterns in turns; what is found is kept, so that after an edit only new cues are looked for."""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from typing import NamedTuple

from enquete.codebook.types import Pattern
from enquete.themes.cues import Cue
from enquete.themes.matching import Finder, Hit, Places
from enquete.themes.parsed import ParsedTurn
from enquete.themes.patterns import PatternFinder

_MARK = 12  # hexadecimal figures: two keys of a study share a mark once in millions of studies


class Read(NamedTuple):
    """A turn, and what was found in it, in order."""

    turn: ParsedTurn
    hits: Sequence[Hit]


class Search:
    """Cues and patterns, ready to be looked for. Raises EnqueteError(NO_MODEL, BAD_PATTERN)."""

    def __init__(self, cues: Iterable[Cue], patterns: Iterable[tuple[Cue, Pattern]]) -> None:
        self._cues, self._patterns = Finder(cues), PatternFinder(patterns)
        self._places = Places(self._cues.vocabulary | self._patterns.vocabulary)
        self._anchors = self._cues.anchors | self._patterns.anchors
        self._met: set[tuple[str, str]] = set()
        self._telling: set[tuple[str, str]] = set()  # of those met, the forms and lemmas that answer to an anchor

    def read(self, turn: ParsedTurn) -> Read:
        """The turn with all that is found in it."""
        if not self._may_hold(turn):
            return Read(turn, ())
        places = self._places.of(turn)
        return Read(turn, sorted({*self._cues.find(turn, places), *self._patterns.find(turn, places)}))

    def _may_hold(self, turn: ParsedTurn) -> bool:
        """Told at once of most turns, when little is looked for."""
        tokens = set(zip(turn.forms, turn.lemmas, strict=True))
        for token in tokens - self._met:
            self._met.add(token)
            if not self._anchors.isdisjoint(self._places.answers(token)):
                self._telling.add(token)
        return "" in self._anchors or not self._telling.isdisjoint(tokens)


@dataclass(frozen=True, slots=True)
class Found:
    """What was looked for in some turns of a text, by key, and what was found in each of them, by index."""

    sought: frozenset[str]
    hits: Mapping[int, Sequence[Hit]]

    def encode(self) -> bytes:
        """Compact bytes, without a word of the turns nor of the cues: marks and positions. See `decode`."""
        keys = sorted(self.sought)
        places = {key: place for place, key in enumerate(keys)}
        rows = [(places[h.key], turn, h.first, h.last, h.quality) for turn, hits in self.hits.items() for h in hits]
        content = ["".join(map(mark, keys)), list(self.hits), *(list(column) for column in zip(*rows, strict=True))]
        return zlib.compress(json.dumps(content, separators=(",", ":")).encode())

    @classmethod
    def decode(cls, data: bytes, keys: Mapping[str, str]) -> Found:
        """What `encode` made these bytes of, of the keys that matter. keys: those, by their mark."""
        marks, turns, *columns = json.loads(zlib.decompress(data))
        sought = [keys.get(one) for one in _cut(marks)]
        hits: dict[int, list[Hit]] = {turn: [] for turn in turns}
        for place, turn, first, last, quality in zip(*columns, strict=True):
            if (key := sought[place]) is not None:
                hits[turn].append(Hit(key, first, last, quality))
        return cls(frozenset(key for key in sought if key is not None), hits)


def mark(key: str) -> str:
    """Stands for a key where no word may be written."""
    return blake2b(key.encode(), digest_size=_MARK // 2).hexdigest()


def _cut(marks: str) -> Iterator[str]:
    return (marks[at : at + _MARK] for at in range(0, len(marks), _MARK))
