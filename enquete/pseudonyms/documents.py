"""What the detector reads: a text and the passages of it that hold words of people."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from enquete.model import Doubt, Mention, Transcript


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
