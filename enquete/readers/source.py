"""What a format's reader hands to the recognition of speakers: a text, its lines and what the layout says of each."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from enquete.model import Span
from enquete.readers.words import INVISIBLE

_LINE = re.compile(r"[^\r\n]+")
_HEADING = re.compile(r"#{1,6} ")
_APART = re.compile(r"\s*(\*{1,3}|_{1,3})(?![\s*_])[^*_]+(?<!\s)\1\s*")  # all of it between Markdown's marks
_LETTERS = re.compile(r"[^\W_]")
_EDGES = f" \t\r\n\u00a0\u202f{INVISIBLE}*_"


@dataclass(frozen=True, slots=True)
class Line:
    """text[start:end], a line or a paragraph, without its line end.

    bold: where the bold beginning of the line ends; equal to start when it isn't bold.
    speaker: where the format itself says who speaks (a table cell, a voice tag), None when it says nothing.
    speech: the part of the line that can be speech, None for all of it.
    cuts: markup inside the line, in order.
    begin, end_time: seconds.
    front: the format itself says that this is no speech (a table's header row, a header of the file).
    heading: the format itself says that this is a heading: no speech either, but it may be a label.
    apart: the whole line is in bold, in italics or underlined.
    listed: the format itself puts a dash, a bullet or a number before the line.
    """

    start: int
    end: int
    bold: int = -1
    speaker: Span | None = None
    speech: Span | None = None
    cuts: tuple[Span, ...] = ()
    begin: float | None = None
    end_time: float | None = None
    front: bool = False
    heading: bool = False
    apart: bool = False
    listed: bool = False


@dataclass(frozen=True, slots=True)
class Source:
    """lines: those that may hold speech, in order. cut_by_time: the file is cut by time and not by turn (subtitles),
    so that neighbouring pieces of one speaker are one turn."""

    text: str
    lines: tuple[Line, ...]
    cut_by_time: bool = False
    properties: Mapping[str, str] = field(default_factory=dict)
    warnings: tuple[str, ...] = ()


def lines_of(text: str) -> tuple[Line, ...]:
    """The lines of a plain text or of Markdown, blank ones left out."""
    found = (m for m in _LINE.finditer(text) if not m[0].isspace())
    return tuple(
        Line(m.start(), m.end(), heading=bool(_HEADING.match(m[0])), apart=bool(_APART.fullmatch(m[0]))) for m in found
    )


def trimmed(text: str, start: int, end: int, *, letters: bool = True) -> Span | None:
    """The span without spaces and markup at its edges, None when nothing, or no letter or figure, is left."""
    while start < end and text[start] in _EDGES:
        start += 1
    while end > start and text[end - 1] in _EDGES:
        end -= 1
    if start == end or (letters and not _LETTERS.search(text, start, end)):
        return None
    return Span(start, end)


@dataclass(slots=True)
class Writer:
    """Builds an extracted text, one paragraph a line."""

    parts: list[str] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)
    length: int = 0

    def paragraph(
        self, text: str, bold: int = 0, *, heading: bool = False, apart: bool = False, listed: bool = False
    ) -> None:
        """bold: how many code points at the beginning are bold. A blank paragraph makes a blank line."""
        for number, piece in enumerate(re.split(r"\r\n|[\r\n\v\f\x85\u2028\u2029]", text)):
            start = self._write(piece)
            if piece and not piece.isspace():
                prefix = 0 if number else min(bold, len(piece))
                look = Line(start, start + len(piece), start + prefix, heading=heading, apart=apart)
                self.lines.append(replace(look, listed=listed and not number))

    def row(
        self,
        speaker: str,
        paragraphs: Iterable[str],
        begin: float | None = None,
        end: float | None = None,
        front: bool = False,
    ) -> None:
        """What a speaker says where the format keeps both apart: « speaker<tab>speech », then further paragraphs."""
        label = " ".join(speaker.split())
        for number, paragraph in enumerate(p for p in paragraphs if p.strip()):
            lead = f"{label}\t" if label and not number else ""
            start = self._write(lead + paragraph)
            speech = start + len(lead)
            self.lines.append(
                Line(
                    start,
                    speech + len(paragraph),
                    speaker=Span(start, start + len(label)) if lead else None,
                    speech=Span(speech, speech + len(paragraph)),
                    begin=begin,
                    end_time=end,
                    front=front,
                )
            )

    def _write(self, line: str) -> int:
        start = self.length
        self.parts += (line, "\n")
        self.length += len(line) + 1
        return start

    def source(
        self, properties: Mapping[str, str] | None = None, warnings: Iterable[str] = (), cut_by_time: bool = False
    ) -> Source:
        return Source("".join(self.parts), tuple(self.lines), cut_by_time, dict(properties or {}), tuple(warnings))
