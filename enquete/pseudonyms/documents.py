"""What the detector reads: a text and the passages of it that hold words of people."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import Enum

from enquete.model import Doubt, Mention, Transcript

_LONG = 4_000  # characters read as one unit: the model needs memory in proportion, and refuses a million
# Where a long passage is best cut, the best first: never after « M. », and within a name only as the last resort.
_CUTS = tuple(
    re.compile(pattern)
    for pattern in (
        r"(?:\r?\n){2,}",
        r"\r?\n",
        r"(?:(?<=[a-zà-ÿ]{4})\.|[!?…])[ »”\")]*\s",
        r"(?<=[a-zà-ÿ]{4})[,;:]\s",
        r"\s(?=(?:mais|donc|alors|puis|parce|quand)\s)",
        r"\s",
    )
)


class PassageKind(Enum):
    """What a passage is read as."""

    TURN = "turn"
    LABEL = "label"  # of a speaker, as it stands in a raw text
    FRONT = "front"  # title, metadata block


@dataclass(frozen=True, slots=True)
class Passage:
    """A text to read as one unit, Document.text[start:end]: speech, a label, a line of the front matter."""

    start: int
    end: int
    kind: PassageKind = PassageKind.TURN


@dataclass(frozen=True, slots=True)
class Document:
    """text: a canonical text, or a raw one (then labels and front matter are passages too).

    passages: sorted, disjoint. names: known from elsewhere (speaker labels, participants file): masked everywhere.
    """

    text: str
    passages: tuple[Passage, ...]
    names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Detection:
    """mentions: sorted, disjoint. doubts: sorted, disjoint, none of them inside a mention."""

    mentions: tuple[Mention, ...]
    doubts: tuple[Doubt, ...]


def from_transcript(transcript: Transcript) -> Document:
    """The raw text of a file, its labels and front matter included: what « pseudonymiser FICHIERS » reads."""
    passages = [Passage(span.start, span.end, PassageKind.FRONT) for span in transcript.front]
    for turn in transcript.turns:
        if turn.label is not None:
            passages.append(Passage(turn.label.start, turn.label.end, PassageKind.LABEL))
        passages += (Passage(span.start, span.end) for span in turn.speech)
    passages.sort(key=lambda p: (p.start, p.end))
    disjoint: list[Passage] = []
    for passage in passages:
        if passage.start < passage.end and (not disjoint or passage.start >= disjoint[-1].end):
            disjoint.append(passage)
    return Document(transcript.text, tuple(disjoint))


def divided(document: Document) -> Document:
    """The same document with its long passages in pieces: a text without speakers is one passage, of any length."""
    pieces: list[Passage] = []
    for passage in document.passages:
        if passage.kind is PassageKind.LABEL:
            pieces.append(passage)
        else:
            pieces += _pieces(document.text, passage)
    return replace(document, passages=tuple(pieces))


def _pieces(text: str, passage: Passage) -> Iterator[Passage]:
    start = passage.start
    while passage.end - start > _LONG:
        end = _cut(text, start + _LONG // 2, start + _LONG)
        yield Passage(start, end, passage.kind)
        start = end
    yield Passage(start, passage.end, passage.kind)


def _cut(text: str, low: int, high: int) -> int:
    """The last good place between the two, else `high`."""
    for pattern in _CUTS:
        ends = [match.end() for match in pattern.finditer(text, low, high)]
        if ends:
            return ends[-1]
    return high
