"""Dialogues in which nobody is named: questions in bold or italics, or a dash at each change of voice.

Typography alone proves nothing (bold titles, lists with dashes): one of the two voices must do the asking, from one
end of the interview to the other.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from enquete.model import Span
from enquete.readers.labels import Head, Kind, Shape
from enquete.readers.source import Line
from enquete.readers.speakers import Cast

_DASH = re.compile(r"\s*(?:[-–—―]|[•·\uf0b7](?=\s))\s*(?=[^\W_]|[«\"“(\[…])")
_ASKS = re.compile(
    r"\?[\s»\"”*_)\]]*$|^\W*(?:(?:et|alors|donc) )?(?:parlez|racontez|décrivez|parle|raconte)\b", re.IGNORECASE
)
_NUMBER = re.compile(r"(?:Q\s?)?\d{1,3}\s?[.)–-]\s+", re.IGNORECASE)
_SENTENCE = re.compile(r"(?:[?!…]|(?<![\s.-][A-ZÀ-Ý])\.)[\s»\"”*_)\]]*$")  # not « Mme B. »
_KEYS = ("enquete", "enqueteur")  # who answers, who asks
_TURNS = 6
_SENTENCES = 0.6  # share of the turns that end as a sentence does, which items of a list seldom do
_WINDOW = 10  # turns
_ASKING, _ANSWERING = 0.5, 0.35  # share of turns that end in a question

WARNING = (
    "Aucun locuteur n'est nommé : les voix sont distinguées par la présentation (gras, italique ou tirets), et les "
    "questions attribuées à l'enquêteur ; vérifiez les premiers tours."
)


@dataclass(frozen=True, slots=True)
class _Block:
    """What one voice says at a stretch, from lines[line]; speech: where its words begin."""

    line: int
    speech: int
    voice: bool
    words: str


def cast(text: str, lines: Sequence[Line], skipped: frozenset[int]) -> Cast | None:
    """The two voices and the lines on which each begins to speak; None when nothing tells them apart."""
    kept = [n for n, line in enumerate(lines) if n not in skipped and not line.front]
    if any(lines[n].speaker for n in kept):
        return None
    while kept and not _SENTENCE.search(_words(text, lines[kept[0]])):
        kept.pop(0)  # a title
    blocks = _by_turn(text, lines, kept)
    asking = _asking(blocks)
    if asking is not None:
        return _cast(blocks, asking)
    for blocks in (_by_look(text, lines, kept), _by_mark(text, lines, kept)):
        asking = _asking(blocks)
        if asking is not None:  # a title in bold and a word of context may stand above the first question
            first = next(n for n, b in enumerate(blocks) if b.voice is asking and _SENTENCE.search(b.words))
            return _cast(blocks[first:], asking)
    return None


def _cast(blocks: Sequence[_Block], asking: bool) -> Cast:
    heads = tuple(
        Head(b.line, Span(b.speech, b.speech), _KEYS[b.voice is asking], Shape.GIVEN, Kind.ROLE, b.speech)
        for b in blocks
    )
    order = tuple(dict.fromkeys(head.key for head in heads))
    return Cast(tuple((key,) for key in order), {key: n for n, key in enumerate(order)}, heads, (0,) * len(order))


def _by_look(text: str, lines: Sequence[Line], kept: Sequence[int]) -> list[_Block]:
    """One voice in bold, in italics, in capitals or in headings, the other plain."""
    looks = {n: _stands_out(_words(text, lines[n]), lines[n]) for n in kept}
    spoken = [n for n in kept if looks[n] or not lines[n].heading]
    return list(_gathered(text, lines, spoken, looks))


def _stands_out(words: str, line: Line) -> bool:
    return bool(_SENTENCE.search(words)) if line.heading else line.apart or words.isupper()


def _by_mark(text: str, lines: Sequence[Line], kept: Sequence[int]) -> list[_Block]:
    """One voice behind dashes or numbers or in a list, the other without."""
    spoken = [n for n in kept if not lines[n].heading]
    return list(_gathered(text, lines, spoken, {n: lines[n].listed or bool(_dash(text, lines[n])) for n in spoken}))


def _gathered(text: str, lines: Sequence[Line], spoken: Sequence[int], voice: Mapping[int, bool]) -> Iterator[_Block]:
    """Neighbouring lines of one voice are one turn."""
    for which, group in groupby(spoken, key=lambda n: voice[n]):
        members = list(group)
        first = lines[members[0]]
        said = " ".join(_words(text, lines[n]) for n in members)
        yield _Block(members[0], first.start + _dash(text, first), which, said)


def _by_turn(text: str, lines: Sequence[Line], kept: Sequence[int]) -> list[_Block]:
    """Each dash hands over to the other voice; what stands before the first is no speech. Word makes lists of them."""
    blocks: list[_Block] = []
    for number in kept:
        line = lines[number]
        dash = _dash(text, line)
        words = _words(text, line)
        if line.listed or _DASH.match(text, line.start, line.end):
            blocks.append(_Block(number, line.start + dash, len(blocks) % 2 == 0, words))
        elif blocks:
            last = blocks[-1]
            blocks[-1] = _Block(last.line, last.speech, last.voice, f"{last.words} {words}")
    return blocks


def _dash(text: str, line: Line) -> int:
    """The length of the dash, or of the number of a question, that the line begins with."""
    match = _DASH.match(text, line.start, line.end) or _NUMBER.match(text, line.start, line.end)
    return match.end() - line.start if match else 0


def _words(text: str, line: Line) -> str:
    return text[line.start : line.end].strip()


def _asks(words: str) -> bool:
    return bool(_ASKS.search(words))


def _asking(blocks: Sequence[_Block]) -> bool | None:
    """The voice that asks, in the whole and in no part the other way round; None where neither does."""
    sentences = sum(bool(_SENTENCE.search(b.words)) for b in blocks)
    if len(blocks) < _TURNS or sentences < _SENTENCES * len(blocks):
        return None
    shares = _shares(blocks)
    asking = shares[True] > shares[False]
    if shares[asking] < _ASKING or shares[not asking] > _ANSWERING:
        return None
    for start in range(0, len(blocks), _WINDOW):
        part = _shares(blocks[start : start + _WINDOW])
        if part[asking] < part[not asking]:
            return None
    return asking


def _shares(blocks: Sequence[_Block]) -> dict[bool, float]:
    """For each voice, the share of its turns that end in a question."""
    asked = {voice: [_asks(b.words) for b in blocks if b.voice is voice] for voice in (True, False)}
    return {voice: sum(found) / len(found) if found else 0.0 for voice, found in asked.items()}
