"""The canonical text of a transcript: the speech alone, and the way from the raw text to it."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from enquete import offsets
from enquete.model import Span, Transcript, Turn
from enquete.offsets import Replacement
from enquete.readers.words import INVISIBLE

_ACCENTS = "\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f"
_INVISIBLE = re.compile(f"[{INVISIBLE}]+")
# A letter with its accents, which invisible characters may part from it.
_LETTER = re.compile(rf"\S(?:[{INVISIBLE}]*[{_ACCENTS}])*")
_BREAK = re.compile(r"[\r\n\v\f\x85\u2028\u2029]")
_MARGIN = re.compile(r"\s*\d{1,4}[ \t\u00a0]+")  # the number of a line cut at a width
_TAGS = re.compile(r"(?:<[^<>\s][^<>]*>)+")
_LINE_END = re.compile(r"[ \t\u00a0]*(?:\r\n|[\r\n\v\f\x85\u2028\u2029])\s*")


@dataclass(frozen=True)
class Canonical:
    """text: what the turns say, in order, one after the other. mapping: from Transcript.text to it."""

    text: str
    turns: tuple[Turn, ...]
    mapping: offsets.Mapping


def canonical(transcript: Transcript) -> Canonical:
    """NFC, LF; turns separated by a line end, pieces of one turn by a line end where the file begins a new paragraph,
    else by a space; line ends inside a piece are spaces. Labels, times and invisible characters are left out."""
    raw = transcript.text
    changes: list[Replacement] = []
    read = 0
    joint = ""
    for turn in transcript.turns:
        for number, piece in enumerate(turn.speech):
            if number:
                joint = _joint(raw[read : piece.start])
            if piece.start > read or joint:
                changes.append(Replacement(read, piece.start, joint))
            changes += _inside(raw, piece)
            read = piece.end
        joint = "\n"
    if read < len(raw):
        changes.append(Replacement(read, len(raw), ""))
    text, mapping = offsets.replace(raw, changes)
    return Canonical(text, _turns(transcript, mapping), mapping)


def _joint(gap: str) -> str:
    """What stands between two pieces of a turn. The cues of subtitles are cut by time: no paragraph ends there."""
    if _TAGS.fullmatch(gap):
        return ""
    paragraph = _BREAK.search(gap) and "-->" not in gap and "<" not in gap and not _MARGIN.fullmatch(gap)
    return "\n" if paragraph else " "


def _inside(raw: str, piece: Span) -> list[Replacement]:
    """Line ends, invisible characters and letters in two parts, within a piece of speech."""
    speech = piece.of(raw)
    changes = [Replacement(m.start(), m.end(), " ") for m in _LINE_END.finditer(speech)]
    if unicodedata.is_normalized("NFC", _INVISIBLE.sub("", speech)):
        changes += [Replacement(m.start(), m.end(), "") for m in _INVISIBLE.finditer(speech)]
    else:
        for match in _LETTER.finditer(speech):
            composed = unicodedata.normalize("NFC", _INVISIBLE.sub("", match[0]))
            if composed != match[0]:
                changes.append(Replacement(match.start(), match.end(), composed))
    return [Replacement(piece.start + c.start, piece.start + c.end, c.text) for c in changes]


def _turns(transcript: Transcript, mapping: offsets.Mapping) -> tuple[Turn, ...]:
    moved = mapping.spans(Span(t.speech[0].start, t.speech[-1].end) for t in transcript.turns)
    return tuple(
        Turn(m.span.start, m.span.end, t.speaker, transcript.speakers[t.speaker].role, t.begin, t.end)
        for m, t in zip(moved, transcript.turns, strict=True)
    )
