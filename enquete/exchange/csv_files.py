"""Answers as tables of text, and the dictionary that goes with them: UTF-8, commas, names of choices as they are."""

from __future__ import annotations

import csv
import datetime
import io
import re
from collections.abc import Iterable, Sequence

from enquete.survey.exporting.dictionary import HEADS, dictionary
from enquete.survey.exporting.types import Entry, Table, Value

_NUMBER = re.compile(r"[+-]?\d+(?:[.,]\d+)?")
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def csv_table(table: Table) -> bytes:
    """Choices and what is missing by their names, dates as YYYY-MM-DD, decimal points; a blank stays blank.

    Words that a spreadsheet would compute (« =… », « - … ») have an apostrophe before them.
    """
    heads = [field.name for field in table.fields]
    columns = [[_cell(cell) for cell in field.cells] for field in table.fields]
    return _written([heads, *zip(*columns, strict=True)])


def csv_dictionary(tables: Sequence[Table]) -> bytes:
    """A line a column and a value."""
    return _written([HEADS, *([_words(cell) for cell in line] for line in dictionary(tables))])


def _cell(cell: Entry) -> str:
    if cell is None:
        return ""
    if isinstance(cell, Value):
        return _words(cell.name)
    if isinstance(cell, datetime.datetime):
        return cell.isoformat(sep=" ", timespec="seconds")
    if isinstance(cell, datetime.date | datetime.time):
        return cell.isoformat()
    if isinstance(cell, str):
        return _words(cell)
    return repr(cell)


def _words(text: str) -> str:
    """« -1 » is a number wherever it stands."""
    return f"'{text}" if text.startswith(_FORMULA) and not _NUMBER.fullmatch(text) else text


def _written(rows: Iterable[Sequence[str]]) -> bytes:
    """With the mark by which spreadsheets know UTF-8."""
    stream = io.StringIO()
    csv.writer(stream, lineterminator="\r\n").writerows(rows)
    return "\ufeff".encode() + stream.getvalue().encode()
