"""A delimited text cut into records and fields, all at once: with arrays of positions rather than row by row.

A panel of 1,600 people, 4 waves and 250 questions is 1.6 million fields.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from enquete.survey.answers.levels import counted

_QUOTE, _LINE = 34, 10
_WORD = 8  # bytes compared at once
_LONGEST = 32  # bytes; longer fields are mostly words, each different
_MASKS = np.array([(1 << 8 * length) - 1 for length in range(_WORD + 1)], np.uint64)


class Records(Protocol):
    """counts: number of fields of each record; lines: where it begins, from 1. Blank records have one empty field."""

    @property
    def counts(self) -> NDArray[np.int64]: ...

    @property
    def lines(self) -> NDArray[np.int64]: ...

    def record(self, place: int) -> list[str]: ...

    def columns(self, records: NDArray[np.int64], width: int) -> Iterator[tuple[list[str], NDArray[Any]]]:
        """Of the records, each `width` fields wide or more: distinct values, and which of them each record holds."""


class QuotesError(ValueError):
    """Quotes that are never closed, or closed in the middle of a value. line: where its record begins."""

    def __init__(self, line: int) -> None:
        self.line = line
        super().__init__(line)


def cut(data: bytes, delimiter: str) -> Records:
    """The records of a UTF-8 text with LF line ends and without NUL. Raises QuotesError."""
    if not data.endswith(b"\n"):
        data += b"\n"
    buffer = np.frombuffer(data, np.uint8)
    ends = (buffer == ord(delimiter)) | (buffer == _LINE)
    if b'"' in data:
        quotes = buffer == _QUOTE
        inside = _inside(quotes)
        if inside[-1] or _stray(quotes, inside, ends):
            return _read(data.decode(), delimiter)
        ends &= ~inside
    return _Positions(data, buffer, np.flatnonzero(ends))


def _inside(quotes: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Which bytes follow an odd number of quotes, the byte itself counted."""
    lengths = np.diff(np.flatnonzero(quotes), prepend=0, append=len(quotes))
    return np.repeat(np.arange(len(lengths)) & 1 == 1, lengths)


def _stray(quotes: NDArray[np.bool_], inside: NDArray[np.bool_], ends: NDArray[np.bool_]) -> bool:
    """Whether a quote stands elsewhere than at the edge of a field, or doubled within."""
    fair = ends | quotes
    opening = quotes[1:] & inside[1:] & ~fair[:-1]
    closing = quotes[:-1] & ~inside[:-1] & ~fair[1:]
    return bool(opening.any() or closing.any())


class _Positions:
    def __init__(self, data: bytes, buffer: NDArray[np.uint8], ends: NDArray[np.int64]) -> None:
        self._data = data
        self._starts = np.concatenate(([0], ends[:-1] + 1))
        self._ends = ends
        last = np.flatnonzero(buffer[ends] == _LINE)
        self._first = np.concatenate(([0], last[:-1] + 1))
        self.counts = last - self._first + 1
        self._quoted = b'"' in data
        self.lines = np.arange(1, len(last) + 1)
        if self._quoted:  # a field may hold line ends
            self.lines = np.searchsorted(np.flatnonzero(buffer == _LINE), self._starts[self._first]) + 1
        self._buffer = buffer
        self._words = np.frombuffer(data + b"\0" * (2 * _WORD - len(data) % _WORD), "<u8")

    def record(self, place: int) -> list[str]:
        fields = slice(self._first[place], self._first[place] + self.counts[place])
        return self._texts(self._slices(*self._edges(self._starts[fields], self._ends[fields])))

    def columns(self, records: NDArray[np.int64], width: int) -> Iterator[tuple[list[str], NDArray[Any]]]:
        for starts, ends in zip(*self._by_column(records, width), strict=True):
            yield self._column(*self._edges(starts, ends))

    def _by_column(self, records: NDArray[np.int64], width: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Starts and ends of the fields, those of a column side by side in memory."""
        if len(records) and (self.counts[records[0] :] == width).all():  # no record among them is left out
            fields = slice(self._first[records[0]], None)
            starts, ends = self._starts[fields].reshape(-1, width), self._ends[fields].reshape(-1, width)
            return np.ascontiguousarray(starts.T), np.ascontiguousarray(ends.T)
        places = np.arange(width)[:, None] + self._first[records]
        return self._starts[places], self._ends[places]

    def _column(self, starts: NDArray[np.int64], ends: NDArray[np.int64]) -> tuple[list[str], NDArray[Any]]:
        lengths = ends - starts
        if not len(lengths) or lengths.max() > _LONGEST:
            distinct, codes = counted(self._slices(starts, ends))
            return self._texts(distinct), codes
        codes = self._codes(starts, lengths)
        seen = np.empty(codes.max() + 1, np.int64)
        seen[codes[::-1]] = np.arange(len(codes))[::-1]  # the first row that holds each
        return self._texts(self._slices(starts[seen], ends[seen])), codes

    def _edges(self, starts: NDArray[np.int64], ends: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Where fields begin and end, their quotes left out."""
        if not self._quoted:
            return starts, ends
        quoted = self._buffer[starts] == _QUOTE
        return starts + quoted, ends - quoted

    def _codes(self, starts: NDArray[np.int64], lengths: NDArray[np.int64]) -> NDArray[Any]:
        """Which distinct value each field holds, compared by words of eight bytes."""
        import pandas as pd

        codes: NDArray[Any] | None = None
        for offset in range(0, max(int(lengths.max()), 1), _WORD):
            word = self._word(starts + offset) & _MASKS[np.clip(lengths - offset, 0, _WORD)]
            found, distinct = pd.factorize(word)
            codes = found if codes is None else pd.factorize(codes * len(distinct) + found)[0]
        assert codes is not None  # noqa: S101
        return codes

    def _word(self, at: NDArray[np.int64]) -> NDArray[np.uint64]:
        """The eight bytes from each position on, read from two aligned words."""
        place = np.minimum(at >> 3, len(self._words) - 2)
        shift = ((at & 7) << 3).astype(np.uint64)
        high = (self._words[place + 1] << (np.uint64(63) - shift)) << np.uint64(1)
        word: NDArray[np.uint64] = (self._words[place] >> shift) | high
        return word

    def _slices(self, starts: NDArray[np.int64], ends: NDArray[np.int64]) -> list[bytes]:
        data = self._data
        return [data[start:end] for start, end in zip(starts.tolist(), ends.tolist(), strict=True)]

    @staticmethod
    def _texts(fields: list[bytes]) -> list[str]:
        """All decoded at once. A lone quote stands in none: a text that has some is read row by row."""
        return b"\0".join(fields).decode().replace('""', '"').split("\0") if fields else []


@dataclass(frozen=True, slots=True)
class _Rows:
    rows: list[list[str]]
    counts: NDArray[np.int64]
    lines: NDArray[np.int64]

    def record(self, place: int) -> list[str]:
        return self.rows[place]

    def columns(self, records: NDArray[np.int64], width: int) -> Iterator[tuple[list[str], NDArray[Any]]]:
        rows = [self.rows[record] for record in records.tolist()]
        return (counted([row[place] for row in rows]) for place in range(width))


def _read(text: str, delimiter: str) -> Records:
    """Row by row: quotes that stand within a value that does not begin with one are part of it."""
    rows: list[list[str]] = []
    lines: list[int] = [1]
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    csv.field_size_limit(2**31 - 1)
    try:
        for row in reader:
            rows.append(row or [""])
            lines.append(reader.line_num + 1)
    except csv.Error:
        raise QuotesError(lines[-1]) from None
    return _Rows(rows, np.array([len(row) for row in rows], np.int64), np.array(lines[:-1], np.int64))


def first_lines(lines: Iterable[int], most: int = 5) -> str:
    """« lignes 3, 7 et 12 », « lignes 3, 7, 12, 15, 16 et 40 autres »."""
    numbers = list(lines)
    shown = [str(number) for number in numbers[:most]]
    if len(numbers) > most:
        shown.append(f"{len(numbers) - most} autres" if len(numbers) - most > 1 else "une autre")
    if len(shown) == 1:
        return f"ligne {shown[0]}"
    return f"lignes {', '.join(shown[:-1])} et {shown[-1]}"
