"""Tables as text, a column each tab, such as ELAN, NVivo and video editors export: number, time, speech, speaker."""

from __future__ import annotations

import re
from collections import Counter

from enquete.model import Span
from enquete.readers import tables, times
from enquete.readers.source import Line, trimmed

_ROW = re.compile(r"[^\r\n]+")
_FEWEST = 4  # rows
_SAME = 0.8  # share of the rows that have as many columns
_NARROWEST = 3  # columns: two are « speaker<tab>speech », which any reader finds


def lines_of(text: str) -> tuple[Line, ...] | None:
    """The rows with the speaker and the speech of each; None where the text is no such table."""
    if "\t" not in text:
        return None
    rows = [_cells(match) for match in _ROW.finditer(text) if not match[0].isspace()]
    width, count = Counter(len(row) for row in rows).most_common(1)[0]
    if width < _NARROWEST or len(rows) < _FEWEST or count < _SAME * len(rows):
        return None
    columns = tables.columns_of([[[cell.of(text)] for cell in row] for row in rows])
    if columns is None:
        return None
    return tuple(
        _line(text, row, columns, front=(not number and columns.header) or len(row) != width)
        for number, row in enumerate(rows)
    )


def _cells(row: re.Match[str]) -> list[Span]:
    spans = (Span(*match.span()) for match in re.finditer(r"(?:^|(?<=\t))[^\t]*", row[0]))
    return [Span(row.start() + s.start, row.start() + s.end) for s in spans]


def _line(text: str, row: list[Span], columns: tables.Columns, *, front: bool) -> Line:
    if front:
        return Line(row[0].start, row[-1].end, front=True)
    clocks = row[columns.time].of(text) if columns.time is not None else ""
    begin, end = times.stretch(clocks)
    speaker = trimmed(text, row[columns.speaker].start, row[columns.speaker].end)
    return Line(row[0].start, row[-1].end, speaker=speaker, speech=row[columns.speech], begin=begin, end_time=end)
