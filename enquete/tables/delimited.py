"""Rows of a text whose fields are separated by semicolons, commas or tabs."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import dataclass
from itertools import pairwise
from statistics import median_high

from enquete.errors import EnqueteError, Problem

RawRow = tuple[int, list[str]]  # line where it begins, from 1; its fields

DELIMITERS = ";\t,|"


@dataclass(frozen=True, slots=True)
class _Reading:
    """The text read with one delimiter. Fields keep their spaces. broken: the line that its quotes make unreadable."""

    delimiter: str
    rows: list[RawRow]
    broken: int | None

    def score(self) -> float:
        """How much it looks like a table: wide, with rows that fit the header."""
        head = header_index([row for _, row in self.rows])
        if head is None or self.broken is not None:
            return 0
        width = _filled(self.rows[head][1])
        body = [row for _, row in self.rows[head + 1 :] if _filled(row)]
        fit = sum(1 < len(row) <= len(self.rows[head][1]) for row in body)
        return width * (0.01 + fit / len(body) if body else 1) if width > 1 else 0


def header_index(rows: list[list[str]]) -> int | None:
    """The first row that is about as full as the table: a title above it fills one or two cells."""
    counts = [_filled(row) for row in rows]
    full = [count for count in counts if count]
    if not full:
        return None
    usual = median_high(full)
    least = max(2, (usual + 1) // 2) if usual > 1 else 1
    return next(index for index, count in enumerate(counts) if count >= least)


def _filled(row: list[str]) -> int:
    return sum(not (field == "" or field.isspace()) for field in row)


def delimited_rows(text: str, source: str) -> list[RawRow]:
    """Every row of the text, blank ones too. Raises EnqueteError(TABLE_QUOTES, TABLE_MIXED, TABLE_SHIFTED)."""
    present = [mark for mark in DELIMITERS if mark in text] or [";"]
    readings = [_read(text, mark) for mark in present]
    best = max(readings, key=_Reading.score)
    if best.score() == 0:  # one column, or quotes that no delimiter explains
        best = max(readings, key=lambda reading: text.count(reading.delimiter))
        if best.broken is None and all(_filled(row) < 2 for _, row in best.rows):
            return best.rows
    if best.broken is not None:
        raise EnqueteError(Problem.TABLE_QUOTES, where=f"{source}, ligne {best.broken}")
    _check_fields(best, source)
    return best.rows


def _read(text: str, delimiter: str) -> _Reading:
    skipped = 0
    if found := re.match(r"sep=.\r?\n", text):  # Excel's own way to name the delimiter
        text, skipped = text[found.end() :], 1
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    rows: list[RawRow] = []
    line = 1
    try:
        for row in reader:
            rows.append((line + skipped, row))
            line = reader.line_num + 1
    except csv.Error:
        return _Reading(delimiter, rows, line + skipped)
    return _Reading(delimiter, rows, None)


def _check_fields(reading: _Reading, source: str) -> None:
    """No row may have more fields than headers, nor seem to be written with another delimiter."""
    head = header_index([row for _, row in reading.rows])
    if head is None:
        return
    width = len(reading.rows[head][1])
    for _, row in reading.rows[:head]:  # taken for a title, but it may be the header
        if len(row) == 1 and mixed(row, width, reading.delimiter):
            raise EnqueteError(Problem.TABLE_MIXED, where=f"{source}, ligne {reading.rows[head][0]}")
    body = [(line, row) for line, row in reading.rows[head + 1 :] if _filled(row)]
    longest = max((len(row) for _, row in body), default=0)
    same = all(len(row) == longest for _, row in body)  # each row ends with the same needless delimiters
    for line, row in body:
        where = f"{source}, ligne {line}"
        extra = row[width:]
        if extra and (_filled(extra) or not same or (reading.delimiter == "," and cut_at_comma(row))):
            raise EnqueteError(Problem.TABLE_SHIFTED, where=where, fields=len(row), headers=width)
        if len(row) < width and mixed(row, width, reading.delimiter):
            raise EnqueteError(Problem.TABLE_MIXED, where=where)


def cut_at_comma(row: list[str]) -> bool:
    """Two neighbouring fields of digits: perhaps one number cut at its comma."""
    return any(a.strip().isdecimal() and b.strip().isdecimal() for a, b in pairwise(row))


def mixed(row: list[str], width: int, delimiter: str) -> bool:
    """Whether the fields would be as many as the headers if another delimiter cut them too."""
    others = [mark for mark in DELIMITERS if mark != delimiter]
    return any(sum(len(re.split(rf"{re.escape(mark)}(?! )", field)) for field in row) == width for mark in others)
