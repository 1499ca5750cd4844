"""Looks for cues and patterns in turns; what is found is kept, so that after an edit only new cues are looked for."""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
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


class Sought(NamedTuple):
    """What was looked for, kept once for all the texts where it was. name: digest of the marks of its keys; body: these
    marks, without a word of the cues.
    """

    name: str
    body: bytes


class Keys(NamedTuple):
    """A list of what was looked for, as today's codebooks know it. known: None for what they have no longer."""

    known: Sequence[str | None]
    sought: frozenset[str]

    @classmethod
    def read(cls, body: bytes, keys: Mapping[str, str]) -> Keys:
        """body: of a `Sought`. keys: those that matter, by their mark."""
        known = [keys.get(one) for one in _cut(zlib.decompress(body).decode())]
        return cls(known, frozenset(key for key in known if key is not None))


@dataclass(frozen=True, slots=True)
class Found:
    """What was looked for in some turns of a text, by key, and what was found in each of them, by index."""

    sought: frozenset[str]
    hits: Mapping[int, Sequence[Hit]]

    def encode(self) -> bytes:
        """Compact bytes, without a word of the turns nor of the cues: positions. See `decode`, `sought_of`."""
        name, places = _listed(self.sought)[0].name, _listed(self.sought)[1]
        rows = [(places[h.key], turn, h.first, h.last, h.quality) for turn, hits in self.hits.items() for h in hits]
        content = [name, list(self.hits), *(list(column) for column in zip(*rows, strict=True))]
        return zlib.compress(json.dumps(content, separators=(",", ":")).encode())

    @classmethod
    def decode(cls, data: bytes, lists: Mapping[str, Keys]) -> Found:
        """What `encode` made these bytes of, of the keys that matter. lists: what was looked for, by its name."""
        name, turns, *columns = json.loads(zlib.decompress(data))
        keys = lists.get(name, _NOTHING)
        hits: dict[int, list[Hit]] = {turn: [] for turn in turns}
        for place, turn, first, last, quality in zip(*columns, strict=True) if keys.known else ():
            if (key := keys.known[place]) is not None:
                hits[turn].append(Hit(key, first, last, quality))
        return cls(keys.sought, hits)


_NOTHING = Keys((), frozenset())


def sought_of(keys: frozenset[str]) -> Sought:
    """These keys, to be kept beside what was found of them."""
    return _listed(keys)[0]


@lru_cache(maxsize=16)  # thousands of texts are looked through for the same cues
def _listed(keys: frozenset[str]) -> tuple[Sought, Mapping[str, int]]:
    """The keys to keep, and their places in that list."""
    ordered = sorted(keys)
    marks = "".join(map(mark, ordered)).encode()
    sought = Sought(blake2b(marks, digest_size=16).hexdigest(), zlib.compress(marks))
    return sought, {key: place for place, key in enumerate(ordered)}


def mark(key: str) -> str:
    """Stands for a key where no word may be written."""
    return blake2b(key.encode(), digest_size=_MARK // 2).hexdigest()


def _cut(marks: str) -> Iterator[str]:
    return (marks[at : at + _MARK] for at in range(0, len(marks), _MARK))
