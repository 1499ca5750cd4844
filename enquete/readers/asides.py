"""Voices inside a turn: overlaps « //S02: oui // » and asides « [L : Oui.] »."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from enquete.model import Span
from enquete.readers import words
from enquete.readers.labels import Kind, kind_of
from enquete.readers.source import trimmed
from enquete.readers.speakers import Cast

_LABEL = r"(?P<label{n}>[^\W\d_][\w\u0300-\u036f.'’·-]*(?: [\w\u0300-\u036f.'’·-]+){{0,3}}?)"
_ASIDE = re.compile(
    r"//\s*" + _LABEL.format(n=1) + r"\s*:\s*(?P<speech1>.*?)\s*(?://|$)"
    r"|\[\s*" + _LABEL.format(n=2) + r"\s*:\s*(?P<speech2>[^\[\]]*[^\W\d_][^\[\]]*?)\s*\]"
    r"|\(\s*" + _LABEL.format(n=3) + r"\s*:\s*(?P<speech3>[^()]*[^\W\d_][^()]*?)\s*\)"
)


@dataclass(frozen=True, slots=True)
class Voiced:
    """Pieces of one voice. label: where it is written, for an aside."""

    speaker: int
    pieces: tuple[Span, ...]
    label: Span | None = None


def split(text: str, pieces: Sequence[Span], speaker: int, cast: Cast) -> list[Voiced]:
    """The pieces of a turn, cut where another voice speaks: the first speaker then goes on."""
    parts: list[Voiced] = []
    mine: list[Span] = []
    for piece in pieces:
        start = piece.start
        for match in _ASIDE.finditer(text, piece.start, piece.end):
            which = match.lastgroup[-1] if match.lastgroup else "1"
            other = _voice(match[f"label{which}"], cast, overlap=which == "1")
            said = trimmed(text, *match.span(f"speech{which}"))
            if other is None or said is None:
                continue
            before = trimmed(text, start, match.start())
            mine += [before] if before else []
            if mine:
                parts.append(Voiced(speaker, tuple(mine)))
                mine = []
            parts.append(Voiced(other, (said,), Span(*match.span(f"label{which}"))))
            start = match.end()
        rest = trimmed(text, start, piece.end, letters=start != piece.start)
        mine += [rest] if rest else []
    if mine:
        parts.append(Voiced(speaker, tuple(mine)))
    return parts


def _voice(label: str, cast: Cast, *, overlap: bool) -> int | None:
    """The speaker of an aside; None when the words aren't a label: « [bruit : une porte] »."""
    key = words.key(label)
    known = cast.numbers.get(key)
    if known is not None or not key:
        return known
    if len(key) == 1:
        alike = [n for n, keys in enumerate(cast.voices) if keys[0].startswith(key)]
        if len(alike) == 1:
            return alike[0]
    kind = kind_of(label, key)
    if kind in (Kind.ROLE, Kind.PATTERN, Kind.INITIALS, Kind.LETTER) or (overlap and kind is Kind.NAME):
        return len(cast.voices) + _rank(key)
    return None


def _rank(key: str) -> int:
    """A number for a voice that speaks in asides only, the same for the same label."""
    return int.from_bytes(key.encode(), "big")
