"""Answers as a workbook: « Réponses », a sheet a repeat, « Dictionnaire »."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

from enquete.reports.long_tables import add_long_table
from enquete.reports.packing import Change
from enquete.reports.workbook import Look, Value, add_sheet, new_book, to_bytes
from enquete.survey.exporting.dictionary import HEADS, dictionary
from enquete.survey.exporting.types import Entry, Field, Holds, Table
from enquete.survey.exporting.types import Value as Labelled

ANSWERS, DICTIONARY = "Réponses", "Dictionnaire"
_NARROWEST, _WIDEST = 9, 40  # characters
_DICTIONARY_WIDTHS = (12, 22, 46, 18, 10, 14, 11, 16, 36, 18)


def render(tables: Sequence[Table], title: str) -> bytes:
    """An .xlsx: equal tables give equal bytes. Choices in words; a blank cell is a blank."""
    book = new_book(title)
    changes: dict[str, Change] = {}
    for table in tables:
        sheet = add_sheet(book, table.name.replace("/", " ") or ANSWERS)
        looks = [_look(field) for field in table.fields]
        columns = [[_cell(cell) for cell in field.cells] for field in table.fields]
        rows = list(zip(*columns, strict=True))
        changes[sheet.title] = add_long_table(sheet, looks, rows, frozen=1)
    sheet = add_sheet(book, DICTIONARY)
    looks = [Look(head, width, wrap=width > 30) for head, width in zip(HEADS, _DICTIONARY_WIDTHS, strict=True)]
    changes[sheet.title] = add_long_table(sheet, looks, list(dictionary(tables)), frozen=2)
    return to_bytes(book, changes)


def _look(field: Field) -> Look:
    shown = [len(str(_cell(cell) or "")) for cell in field.cells[:200]]
    wanted = max([_NARROWEST, len(field.name) + 4, *(length + 2 for length in shown)])
    return Look(field.name, min(_WIDEST, wanted), wrap=wanted > _WIDEST, number=field.holds is Holds.NUMBER)


def _cell(cell: Entry) -> Value:
    if isinstance(cell, Labelled):
        return cell.label or cell.name
    return cell.isoformat(timespec="minutes") if isinstance(cell, datetime.time) else cell
