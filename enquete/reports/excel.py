"""The synthesis as a workbook."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from math import ceil
from typing import TYPE_CHECKING

from enquete.disclosure.small_cells import MASKED
from enquete.disclosure.suppression import HIDDEN
from enquete.findings.sheets import ASSESSMENT, ESSENTIAL, FINDINGS, METHOD, RECOMMENDATIONS
from enquete.findings.tables import Cell, Column, Figure, Kind, Links, Page, Synthesis, Table
from enquete.reports import charts
from enquete.reports.choices import Choices
from enquete.reports.leading import ARROW, spread
from enquete.reports.long_tables import add_long_table
from enquete.reports.packing import Change
from enquete.reports.workbook import (
    LINE,
    Look,
    add_notes,
    add_sheet,
    add_text,
    height,
    lead_back,
    new_book,
    place,
    put,
    set_up_print,
    to_bytes,
)

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.cell import Cell as HeadCell
    from openpyxl.cell import MergedCell
    from openpyxl.chart import BarChart
    from openpyxl.worksheet.worksheet import Worksheet

DATA_SHEET = "Graphiques (données)"

_FEW = "Là où il est écrit « quelques », la barre a la longueur du plus grand nombre possible, pas du vrai."
_HIDDEN_CELLS = {
    MASKED: f"« {MASKED} » : un petit nombre, caché pour que personne ne soit reconnu. Voir « {METHOD} ».",
    HIDDEN: f"« {HIDDEN} » : un nombre caché pour que personne ne soit reconnu. Voir « {METHOD} ».",
}
_COLUMN = 1.9  # centimetres: a column of the width set below, in Excel and in LibreOffice
_COLUMN_WIDTH = 9.5
_BESIDE = 60  # rows that a chart may stand beside
_PAGE = 17.0  # centimetres between the margins of an A4 page on its side, some room left
_POINTS = 28.35  # in a centimetre
_WIDTHS = {Kind.SHORT: (8, 21), Kind.PHRASE: (10, 46), Kind.LONG: (64, 64), Kind.COUNT: (8, 14)}
_NARROW_PHRASE = 28  # beside a column of sentences
_WRITTEN = {Kind.SHORT: 16, Kind.PHRASE: 32, Kind.LONG: 48}  # at least, to write in
_MANY, _UPRIGHT = 14, 6.5  # counts side by side, and the width of each: their headers stand upright
_FROZEN = {"Profil": 2, "Thèmes": 3, "Évolution": 3, "Cas × codes": 1}
_FILL = "FFF8E1"  # of what readers write in
_ROOM, _GROWING = 20, (FINDINGS, RECOMMENDATIONS, ASSESSMENT)  # empty rows, where readers add some of their own
_ONE_PAGE = (19.0, 74.0, 19.0)  # characters: headings, paragraphs and links of a page that is printed upright
_ONE_PAGE_WIDTH = 21  # centimetres: of these columns, in Excel
_ONE_PAGE_CHART = 8  # centimetres


def render(synthesis: Synthesis) -> bytes:
    """An .xlsx: equal syntheses give equal bytes."""
    return render_sheets(synthesis.title, synthesis.sheets)


def render_sheets(title: str, sheets: Iterable[Page | Table]) -> bytes:
    """Pages and tables as an .xlsx, in their order: equal ones give equal bytes."""
    return _Book(title, list(sheets)).to_bytes()


class _Book:
    """A workbook being written. Every sheet is there from the start, so that any may lead to any other."""

    def __init__(self, title: str, sheets: list[Page | Table]) -> None:
        self._book = new_book(title)
        self._pages = [(add_sheet(self._book, sheet.name), sheet) for sheet in sheets]
        self._named = {sheet.name: (page.title, isinstance(sheet, Page)) for page, sheet in self._pages}
        self._choices = Choices(self._book)
        self._changes: dict[str, Change] = {}

    def to_bytes(self) -> bytes:
        for page, sheet in self._pages:
            if isinstance(sheet, Page):
                self._write_page(page, sheet)
            else:
                self._write_table(page, sheet)
        drawn = [(page, sheet) for page, sheet in self._pages if sheet.figures]
        if drawn:
            _draw(self._book, drawn)
        self._choices.write()
        drawings = {page.title: charts.described(sheet.figures) for page, sheet in drawn}
        return to_bytes(self._book, self._changes, drawings)

    def _write_page(self, page: Worksheet, sheet: Page) -> None:
        sections = [(section.title, section.lines) for section in sheet.sections]
        places, names = self._places(sheet.links), {key: name for key, (name, _) in sheet.links.items()}
        links = {key: (f"{ARROW}{names[key]}", location) for key, location in places.items()}
        if sheet.name != ESSENTIAL:
            add_text(page, sheet.title, sections, links)
            return
        last = add_text(page, sheet.title, sections, links, _ONE_PAGE) - 1
        page.page_setup.orientation, page.page_setup.fitToHeight = "portrait", 1
        page.print_area = f"A1:C{last}"

    def _write_table(self, page: Worksheet, table: Table) -> None:
        table, looks = spread(table, _looks(table))
        room = _ROOM if table.name in _GROWING and any(column.edited for column in table.columns) else 0
        links = self._places(table.links)
        self._changes[page.title] = add_long_table(
            page,
            looks,
            table.rows,
            frozen=_FROZEN.get(table.name, 1 if table.keys else 0),
            filled={look: _FILL for look in looks if look.edited},
            depths=table.depths,
            tree=table.tree,
            links=links,
            room=room,
        )
        self._lead_home(page.cell(1, 1))
        for number, column in enumerate(table.columns, start=1):
            if column.edited and column.choices and (table.rows or room):
                self._choices.offer(page, number, len(table.rows) + room, column)
        add_notes(page, (*table.notes, *_explained(table)))

    def _lead_home(self, cell: HeadCell | MergedCell) -> None:
        """The first header, which stays in sight, leads back to the first page."""
        first, sheet = self._pages[0]
        if isinstance(sheet, Page):
            lead_back(cell, first.title)

    def _places(self, links: Links) -> dict[tuple[int, int], str]:
        """Where cells lead, as the sheets are called here; nowhere when the sheet is not in this workbook."""
        found = {}
        for key, (name, row) in links.items():
            if name in self._named:
                title, is_page = self._named[name]
                found[key] = place(title, 1 if is_page else row + 2)
        return found


def _explained(table: Table) -> Iterator[str]:
    """What stands for hidden numbers, where nothing under the table tells yet."""
    counts = [number for number, column in enumerate(table.columns) if column.kind is Kind.COUNT]
    words = {row[number] for row in table.rows for number in counts}
    for word, told in _HIDDEN_CELLS.items():
        if word in words and not any(word in note for note in table.notes):
            yield told


def _looks(table: Table) -> list[Look]:
    crowded = any(column.kind is Kind.LONG for column in table.columns)
    upright = sum(column.kind is Kind.COUNT for column in table.columns) > _MANY
    return [
        _look(column, values, crowded, upright) for column, values in zip(table.columns, _columns(table), strict=True)
    ]


def _columns(table: Table) -> Iterator[tuple[Cell, ...]]:
    return zip(*table.rows, strict=True) if table.rows else iter([()] * len(table.columns))


def _look(column: Column, values: tuple[Cell, ...], crowded: bool, upright: bool) -> Look:
    """As wide as its longest value, or its header's longest word, within what its kind allows."""
    number = column.kind is Kind.COUNT
    if number and upright:
        return Look(column.title, _UPRIGHT, number=True, upright=True)
    least, most = _WIDTHS[column.kind]
    if column.edited:
        least = most = max(least, _WRITTEN.get(column.kind, least))
    elif crowded and column.kind is Kind.PHRASE:
        most = _NARROW_PHRASE
    longest_word = max(map(len, column.title.split()), default=0)
    wanted = max([longest_word + 2, *(len(str(value)) + 3 for value in values)])
    width = max(least, longest_word + 2, min(most, wanted))
    return Look(column.title, width, wrap=not number, number=number, edited=column.edited)


def _draw(book: Workbook, drawn: list[tuple[Worksheet, Page | Table]]) -> None:
    """Charts to the right of their tables, each on a page of its own when printed, or under a page's words; their data
    on a last sheet."""
    data = add_sheet(book, DATA_SHEET)
    data.column_dimensions["A"].width = 44
    for letter in "BCDEF":
        data.column_dimensions[letter].width = 26
    row = 1
    if any(isinstance(v, str) for _, t in drawn for f in t.figures for s in f.series for v in s.values):
        put(data["A1"], _FEW)
        row = 3
    for page, sheet in drawn:
        row = (
            _draw_under(data, page, sheet.figures, row)
            if isinstance(sheet, Page)
            else _draw_beside(data, page, sheet, row)
        )
    columns = max(len(f.series) for _, t in drawn for f in t.figures)
    set_up_print(data, area=f"A1:{'ABCDEF'[columns]}{row}", header_row=False)


def _draw_beside(data: Worksheet, sheet: Worksheet, table: Table, row: int) -> int:
    """Gives the next free row of the data."""
    table, looks = spread(table, _looks(table))
    column = len(looks) + 2
    heights = [height(values, looks) for values in table.rows[:_BESIDE]]
    areas = [str(sheet.print_area)]
    page = int(_PAGE - (sheet.row_dimensions[1].height or LINE) / _POINTS)
    for figure in table.figures:
        free = charts.write_data(data, figure, row)
        chart = charts.bar_chart(figure, data, row, charts.height(figure, page))
        column, area = _beside(sheet, chart, column, heights)
        areas.append(area)
        row = free
    sheet.print_area = ",".join(areas)
    return row


def _draw_under(data: Worksheet, sheet: Worksheet, figures: tuple[Figure, ...], row: int) -> int:
    """Gives the next free row of the data."""
    line = sheet.max_row + 2
    for figure in figures:
        free = charts.write_data(data, figure, row)
        chart = charts.bar_chart(figure, data, row, _ONE_PAGE_CHART)
        chart.width = _ONE_PAGE_WIDTH
        sheet.add_chart(chart, f"A{line}")
        line, row = line + ceil(_ONE_PAGE_CHART * _POINTS / LINE) + 1, free
    sheet.print_area = f"A1:C{line - 1}"
    return row


def _beside(sheet: Worksheet, chart: BarChart, column: int, heights: Sequence[float]) -> tuple[int, str]:
    """Anchor a chart in row 2; gives the next free column, and the cells it covers. heights: of the first rows."""
    from openpyxl.utils import get_column_letter

    wide = ceil(charts.WIDTH / _COLUMN) + 1
    for number in range(column, column + wide):
        sheet.column_dimensions[get_column_letter(number)].width = _COLUMN_WIDTH
    left, right = get_column_letter(column), get_column_letter(column + wide - 1)
    room = float(chart.height + 1) * _POINTS
    row = 0
    while room > 0:
        room -= heights[row] if row < len(heights) else LINE
        row += 1
    sheet.add_chart(chart, f"{left}2")
    return column + wide + 1, f"{left}2:{right}{row + 1}"
