"""The synthesis as a workbook."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from math import ceil
from typing import TYPE_CHECKING

from enquete.findings.tables import Column, Kind, Page, Synthesis, Table
from enquete.reports import charts
from enquete.reports.workbook import (
    LINE,
    Look,
    add_notes,
    add_sheet,
    add_table,
    add_text,
    link,
    new_book,
    put,
    set_up_print,
    to_bytes,
)

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.chart import BarChart
    from openpyxl.worksheet.worksheet import Worksheet

DATA_SHEET = "Graphiques (données)"

_FEW = "Là où il est écrit « quelques », la barre a la longueur du plus grand nombre possible, pas du vrai."
_COLUMN = 1.9  # centimetres: a column of the width set below, in Excel and in LibreOffice
_COLUMN_WIDTH = 9.5
_PAGE = 17.0  # centimetres between the margins of an A4 page on its side, some room left
_POINTS = 28.35  # in a centimetre
_WIDTHS = {Kind.SHORT: (8, 21), Kind.PHRASE: (10, 46), Kind.LONG: (64, 64), Kind.COUNT: (8, 14)}
_NARROW_PHRASE = 28  # beside a column of sentences
_FROZEN = {"Profil": 2, "Thèmes": 3, "Évolution": 3, "Questions ouvertes": 0, "Verbatims": 0}


def render(synthesis: Synthesis) -> bytes:
    """An .xlsx: equal syntheses give equal bytes."""
    return render_sheets(synthesis.title, synthesis.sheets)


def render_sheets(title: str, sheets: Iterable[Page | Table]) -> bytes:
    """Pages and tables as an .xlsx, in their order: equal ones give equal bytes."""
    book = new_book(title)
    drawn: list[tuple[Worksheet, Table]] = []
    for sheet in sheets:
        page = add_sheet(book, sheet.name)
        if isinstance(sheet, Page):
            add_text(page, sheet.title, [(s.title, s.lines) for s in sheet.sections])
            continue
        _write_table(page, sheet)
        if sheet.figures:
            drawn.append((page, sheet))
    if drawn:
        _draw(book, drawn)
    return to_bytes(book)


def _write_table(sheet: Worksheet, table: Table) -> None:
    crowded = any(column.kind is Kind.LONG for column in table.columns)
    looks = [
        _look(column, list(values), crowded) for column, values in zip(table.columns, _columns(table), strict=True)
    ]
    frozen = _FROZEN.get(table.name, 0)
    add_table(sheet, looks, table.rows, table.depths, table.tree, frozen)
    for (row, column), (name, place) in table.links.items():
        link(sheet.cell(row + 2, column + 1), name, place + 2)
    add_notes(sheet, table.notes)


def _columns(table: Table) -> Iterator[tuple[str | int, ...]]:
    return zip(*table.rows, strict=True) if table.rows else iter([()] * len(table.columns))


def _look(column: Column, values: list[str | int], crowded: bool) -> Look:
    """As wide as its longest value, or its header's longest word, within what its kind allows."""
    least, most = _WIDTHS[column.kind]
    if crowded and column.kind is Kind.PHRASE:
        most = _NARROW_PHRASE
    longest_word = max(map(len, column.title.split()), default=0)
    wanted = max([longest_word + 2, *(len(str(value)) + 3 for value in values)])
    return Look(
        column.title,
        max(least, longest_word + 2, min(most, wanted)),
        wrap=column.kind is not Kind.COUNT,
        number=column.kind is Kind.COUNT,
    )


def _draw(book: Workbook, drawn: list[tuple[Worksheet, Table]]) -> None:
    """Charts to the right of their tables, each on a page of its own when printed; their data on a last sheet."""
    data = add_sheet(book, DATA_SHEET)
    data.column_dimensions["A"].width = 44
    for letter in "BCDEF":
        data.column_dimensions[letter].width = 26
    row = 1
    if any(isinstance(v, str) for _, t in drawn for f in t.figures for s in f.series for v in s.values):
        put(data["A1"], _FEW)
        row = 3
    for sheet, table in drawn:
        column = len(table.columns) + 2
        areas = [str(sheet.print_area)]
        page = int(_PAGE - (sheet.row_dimensions[1].height or LINE) / _POINTS)
        for figure in table.figures:
            free = charts.write_data(data, figure, row)
            chart = charts.bar_chart(figure, data, row, charts.height(figure, page))
            column, area = _place(sheet, chart, column)
            areas.append(area)
            row = free
        sheet.print_area = ",".join(areas)
    set_up_print(
        data, area=f"A1:{'ABCDEF'[max(len(f.series) for _, t in drawn for f in t.figures)]}{row}", header_row=False
    )


def _place(sheet: Worksheet, chart: BarChart, column: int) -> tuple[int, str]:
    """Anchor a chart in row 2; gives the next free column, and the cells it covers."""
    from openpyxl.utils import get_column_letter

    wide = ceil(charts.WIDTH / _COLUMN) + 1
    for place in range(column, column + wide):
        sheet.column_dimensions[get_column_letter(place)].width = _COLUMN_WIDTH
    left, right = get_column_letter(column), get_column_letter(column + wide - 1)
    room, row = (chart.height + 1) * _POINTS, 2
    while room > 0:
        room -= sheet.row_dimensions[row].height or LINE
        row += 1
    sheet.add_chart(chart, f"{left}2")
    return column + wide + 1, f"{left}2:{right}{row - 1}"
