"""What every workbook shares: text that stays text, a restrained look, print set-up, equal bytes for equal content."""

from __future__ import annotations

import datetime
import io
import re
from collections.abc import Mapping, Sequence
from copy import copy
from dataclasses import dataclass
from functools import lru_cache
from math import ceil
from typing import TYPE_CHECKING, Any, Literal

from enquete.findings.tables import TO_FILL
from enquete.reports.packing import Change, deterministic

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.cell import Cell, MergedCell
    from openpyxl.styles.cell_style import StyleArray
    from openpyxl.worksheet.worksheet import Worksheet

Value = str | int | float | datetime.date | None

INK = "1F2933"
HEAD = "1B4965"  # dark enough for white letters, and for grey printers
BAND = "E8EEF2"
RULE = "B8C4CE"
SERIES = ("1B4965", "F2B134", "62A8AC", "8D6A9F")  # told apart by colour-blind readers, and by their lightness alone
PALE = ("DCE6EC", "FDF1D6", "E0EEEF", "E8E1EC")  # the same, washed out

FONT = "Calibri"  # with Carlito, as wide, where there is no Calibri
LINE = 15.0  # points: the height of a line of the body
_LETTER, _LETTERS, _TALLEST_HEAD = 5.6, 14, 190.0  # points, letters and points: headers that stand upright
_SHEET_WIDTH = 142.0  # characters between the margins of an A4 page on its side
_REPEATED = 3  # first columns, on each of several pages side by side
_SMALLEST = 0.72  # of its size: under it, a table is printed on several pages side by side
_LONG = 50.0  # characters: columns of sentences, read from the top
_PAGE_WIDTH = 105.0
_TALLEST_ROW = 409.0  # points, Excel's own
_WIDE_FILL = 1.05
_FILL = 1.0  # characters that a unit of width holds: 1.15 in Calibri, fewer in what may replace it

_CELL_LIMIT = 32_767  # UTF-16 units, Excel's own
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_FORBIDDEN_IN_NAME = re.compile(r"[\[\]:*?/\\]")


@dataclass(frozen=True, slots=True)
class Look:
    """How a column stands. width: in characters. wrap: long text; number: aligned right; hidden: for programs.

    edited: readers write in it; its header says so. upright: its header is read from the bottom to the top.
    """

    title: str
    width: float
    wrap: bool = False
    number: bool = False
    hidden: bool = False
    edited: bool = False
    upright: bool = False


def safe_text(text: str) -> str:
    """What a cell can hold: no control characters, and cut visibly at Excel's limit."""
    text = _UNWRITABLE.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    if len(text) * 2 <= _CELL_LIMIT or _units(text) <= _CELL_LIMIT:
        return text
    notice = f" … [texte coupé : {len(text)} caractères, la cellule n'en tient pas tant]"
    room = _CELL_LIMIT - _units(notice)
    kept = text.encode("utf-16-le")[: room * 2].decode("utf-16-le", errors="ignore")
    return kept + notice


def _units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


def put(cell: Cell | MergedCell, value: Value) -> None:
    """Write a value; a text is never a formula, an error or a number, whatever it starts with."""
    if not isinstance(value, str):
        cell.value = value
        return
    text = safe_text(value)
    cell.value = text
    cell.data_type = "s"
    if looks_like_formula(value):
        cell.quotePrefix = True


def looks_like_formula(text: str) -> bool:
    """Whether a spreadsheet would compute this text if somebody typed it."""
    return text.startswith(_FORMULA)


def new_book(title: str) -> Workbook:
    """An empty workbook, its title the only property."""
    from openpyxl import Workbook

    book = Workbook()
    book.remove(book.worksheets[0])
    book.properties.creator = None
    book.properties.title = safe_text(title)
    book.properties.language = "fr-FR"
    return book


def add_sheet(book: Workbook, name: str) -> Worksheet:
    """A sheet under a name that Excel accepts (31 characters, none of []:*?/\\), unique in the book."""
    name = _FORBIDDEN_IN_NAME.sub(" ", safe_text(name)).strip("' ")[:31] or "Feuille"
    unique, rank = name, 2
    while unique.casefold() in {s.casefold() for s in book.sheetnames}:
        suffix = f" ({rank})"
        unique, rank = name[: 31 - len(suffix)] + suffix, rank + 1
    sheet: Worksheet = book.create_sheet(unique)
    sheet.sheet_view.showGridLines = False
    return sheet


def add_table(
    sheet: Worksheet,
    looks: Sequence[Look],
    rows: Sequence[Sequence[Value]],
    depths: Sequence[int] = (),
    tree: int = 0,
    frozen: int = 0,
    to_come: int = 0,
) -> None:
    """Header in row 1, then the rows; filter, widths, header and `frozen` first columns kept in sight.

    depths: one per row of a tree: rows of depth 0 stand out, the others are indented in column number `tree`.
    to_come: rows that are written otherwise, below (see `long_tables`).
    """
    from openpyxl.utils import get_column_letter

    styles = Styles(looks)
    for number, look in enumerate(looks, start=1):
        cell = sheet.cell(1, number)
        put(cell, look.title)
        styles.head(cell, look)
        column = sheet.column_dimensions[get_column_letter(number)]
        column.width, column.hidden = look.width, look.hidden
    sheet.row_dimensions[1].height = _head_height([look for look in looks if not look.hidden])
    for line, row in enumerate(rows, start=2):
        depth = depths[line - 2] if depths else None
        for place, value in enumerate(row):
            cell = sheet.cell(line, place + 1)
            put(cell, value)
            styles.body(cell, looks[place], depth, indent=depth or 0 if place == tree else 0)
        sheet.row_dimensions[line].height = height(row, looks)
    last = f"{get_column_letter(len(looks))}{len(rows) + to_come + 1}"
    sheet.auto_filter.ref = f"A1:{last}"
    sheet.freeze_panes = f"{get_column_letter(frozen + 1)}2"
    set_up_print(sheet, area=f"A1:{last}")
    wide = sum(look.width for look in looks if not look.hidden)
    if wide * _SMALLEST > _SHEET_WIDTH:
        sheet.page_setup.fitToWidth = ceil(wide * _SMALLEST / _SHEET_WIDTH)
        sheet.print_title_cols = f"A:{get_column_letter(max(1, min(frozen, _REPEATED)))}"


def _head_height(looks: Sequence[Look]) -> float:
    """Points, with room below the words for the filters' buttons."""
    lines = max((lines_of(_head_words(k), k.width - 1) for k in looks if not k.upright), default=1)
    longest = max((len(k.title) for k in looks if k.upright), default=0)
    turned = min(_TALLEST_HEAD, LINE + _LETTER * max(_LETTERS, longest / 2 + 4)) if longest else 0.0
    return max(LINE * (0.6 + lines), turned)


def _head_words(look: Look) -> str:
    """What a reader sees of a header; its cell holds the title alone, by which what comes back is known."""
    return look.title + TO_FILL if look.edited else look.title


def place(sheet: str, row: int, column: int = 1) -> str:
    """Of a cell of a sheet, as links inside a book name it. row, column: from 1."""
    quoted = sheet.replace("'", "''")
    return f"'{quoted}'!{_letter(column)}{row}"


def link(cell: Cell | MergedCell, sheet: str, row: int, column: int = 1) -> None:
    """Leads to a cell of another sheet of the same book. row, column: from 1."""
    lead(cell, place(sheet, row, column))


def lead(cell: Cell | MergedCell, location: str) -> None:
    """To another `place` of the same book."""
    from openpyxl.worksheet.hyperlink import Hyperlink

    cell.hyperlink = Hyperlink(ref=cell.coordinate, location=location)
    underline(cell)


def lead_back(cell: Cell | MergedCell, sheet: str) -> None:
    """A header that leads to the first sheet: pale, since LibreOffice has its own dark colour for links."""
    from openpyxl.styles import Font, PatternFill
    from openpyxl.worksheet.hyperlink import Hyperlink

    cell.hyperlink = Hyperlink(ref=cell.coordinate, location=place(sheet, 1), tooltip=f"Retour à « {sheet} »")
    cell.fill = PatternFill("solid", fgColor=BAND)
    cell.font = Font(name=FONT, bold=True, color=HEAD, underline="single")


def underline(cell: Cell | MergedCell) -> None:
    """The look of a link."""
    from openpyxl.styles.fonts import Font

    font = cell.font
    cell.font = Font(name=font.name, bold=font.bold, color=HEAD, underline="single")


def add_notes(sheet: Worksheet, notes: Sequence[str]) -> None:
    """Lines under a table, out of its filter, on its printed pages."""
    from openpyxl.styles import Alignment, Font
    from openpyxl.utils.cell import range_boundaries

    if not notes:
        return
    columns, last = (int(bound or 1) for bound in range_boundaries(sheet.auto_filter.ref)[2:])
    widths = [sheet.column_dimensions[letter].width for letter in map(_letter, range(1, columns + 1))]
    whole, first = columns, last + 2
    while columns > 1 and sum(widths[:columns]) > _SHEET_WIDTH:
        columns -= 1  # a note is read on one page
    for row, note in enumerate(notes, start=first):
        put(sheet.cell(row, 1), note)
        sheet.merge_cells(start_row=row, end_row=row, start_column=1, end_column=columns)
        sheet.cell(row, 1).font = Font(name=FONT, italic=True, color=INK)
        sheet.cell(row, 1).alignment = Alignment(vertical="top", wrap_text=True, indent=1)
        sheet.row_dimensions[row].height = LINE * lines_of(note, sum(widths[:columns]) - 1) + 3
    sheet.print_area = f"A1:{_letter(whole)}{first + len(notes) - 1}"


def _letter(column: int) -> str:
    from openpyxl.utils import get_column_letter

    return get_column_letter(column)


def add_text(
    sheet: Worksheet,
    title: str,
    sections: Sequence[tuple[str, Sequence[str]]],
    links: Mapping[tuple[int, int], tuple[str, str]] | None = None,
    widths: tuple[float, float, float] = (26.0, _PAGE_WIDTH, 24.0),
) -> int:
    """A page to read: a title, then headed paragraphs in one wide column; gives the first free row.

    links: (section, paragraph) -> words and `place` that they lead to, beside it: LibreOffice cuts a cell that is a
    link to its first line. widths: of headings, paragraphs and links, in characters.
    """
    from openpyxl.styles import Alignment, Font

    for letter, width in zip("ABC" if links else "AB", widths, strict=False):
        sheet.column_dimensions[letter].width = width
    put(sheet["A1"], title)
    sheet["A1"].font = Font(name=FONT, sz=16, bold=True, color=HEAD)
    sheet.row_dimensions[1].height = 28
    line = 3
    for number, (heading, paragraphs) in enumerate(sections):
        put(sheet.cell(line, 1), heading)
        sheet.cell(line, 1).font = Font(name=FONT, bold=True, color=HEAD)
        sheet.cell(line, 1).alignment = Alignment(vertical="top", wrap_text=True)
        for rank, paragraph in enumerate(paragraphs or ("",)):
            cell = sheet.cell(line, 2)
            put(cell, paragraph)
            cell.font = Font(name=FONT, color=INK)
            cell.alignment = Alignment(vertical="top", wrap_text=True)
            if links and (number, rank) in links:
                words, location = links[number, rank]
                beside = sheet.cell(line, 3)
                put(beside, words)
                beside.font = Font(name=FONT)
                beside.alignment = Alignment(vertical="top")
                lead(beside, location)
            headed = lines_of(heading, widths[0] - 1) if rank == 0 else 1
            sheet.row_dimensions[line].height = LINE * max(headed, lines_of(paragraph, widths[1])) + 3
            line += 1
        line += 1
    set_up_print(sheet, area=f"A1:{'C' if links else 'B'}{line - 1}", header_row=False)
    return line


def set_up_print(sheet: Worksheet, *, area: str, header_row: bool = True) -> None:
    """Landscape A4, one page wide, header row on every page, page numbers."""
    from openpyxl.worksheet.header_footer import HeaderFooterItem, _HeaderFooterPart
    from openpyxl.worksheet.properties import PageSetupProperties

    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = 9  # A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.print_options.horizontalCentered = True
    margins = sheet.page_margins
    margins.left = margins.right = 0.4
    margins.top, margins.bottom, margins.header, margins.footer = 0.6, 0.6, 0.3, 0.3
    if header_row:
        sheet.print_title_rows = "1:1"
    sheet.print_area = area
    sheet.oddFooter = HeaderFooterItem(left=_HeaderFooterPart("&A"), right=_HeaderFooterPart("Page &P / &N"))


def to_bytes(
    book: Workbook, changes: Mapping[str, Change] | None = None, drawings: Mapping[str, Change] | None = None
) -> bytes:
    """The finished workbook: equal content gives equal bytes.

    changes: to the XML of sheets, by their titles; drawings: to that of what is drawn on them.
    """
    book.active = 0
    stream = io.BytesIO()
    book.save(stream)
    parts = {book[title].path[1:]: change for title, change in (changes or {}).items()}
    parts |= {_drawing_of(book[title]): change for title, change in (drawings or {}).items()}
    return deterministic(stream.getvalue(), parts)


# openpyxl numbers drawings as it saves, and has no alternative text for charts.
def _drawing_of(sheet: Any) -> str:
    path: str = sheet._drawing.path
    return path[1:]


def height(row: Sequence[Value], looks: Sequence[Look]) -> float:
    """Of a row, in points. Set here, since not every spreadsheet fits rows to wrapped text when it opens a file."""
    shown = [(str(v), k.width - 1) for v, k in zip(row, looks, strict=True) if k.wrap and not k.hidden]
    lines = max((lines_of(text, width) for text, width in shown), default=1)
    return min(_TALLEST_ROW, LINE * lines + 2)


@lru_cache(maxsize=1 << 12)  # a turn stands beside each of its codes
def lines_of(text: str, width: float) -> int:
    """How many lines a text takes in a column of that width, words kept whole."""
    room, lines = width * (_WIDE_FILL if width + 1 >= _LONG else _FILL), 0
    for paragraph in text.split("\n"):
        lines, used = lines + 1, 0
        for word in paragraph.split():
            if used and used + 1 + len(word) > room:
                lines, used = lines + 1, 0
            used += len(word) + (1 if used else 0)
    return lines


class Styles:
    """The few cell styles of a table, made once."""

    def __init__(self, looks: Sequence[Look]) -> None:
        from openpyxl.styles import Alignment, Border, Font, PatternFill, Side

        self._known: dict[tuple[Look, int | None, int, type, bool], StyleArray] = {}
        self._alignment = Alignment
        self._vertical: Literal["center", "top"] = "center" if all(k.width < _LONG for k in looks) else "top"
        self._fonts = {True: Font(name=FONT, bold=True, color=INK), False: Font(name=FONT, color=INK)}
        self._head_font = Font(name=FONT, bold=True, color="FFFFFF")
        self._head_fill = PatternFill("solid", fgColor=HEAD)
        self._band = PatternFill("solid", fgColor=BAND)
        self._border = Border(bottom=Side(style="hair", color=RULE))

    def head(self, cell: Cell | MergedCell, look: Look) -> None:
        cell.font, cell.fill = self._head_font, self._head_fill
        side, margin = ("right", 0) if look.number else ("left", 1)
        if look.upright:
            cell.alignment = self._alignment(horizontal="center", vertical="top", wrap_text=True, text_rotation=90)
        else:
            cell.alignment = self._alignment(horizontal=side, vertical="top", wrap_text=True, indent=margin)
        if look.edited:
            cell.number_format = f'@"{TO_FILL}"'

    def body(self, cell: Cell | MergedCell, look: Look, depth: int | None, indent: int) -> None:
        """Looked up after the first of its kind: a style is compared with all the others each time it is set."""
        key = (look, depth, indent, type(cell.value), cell.quotePrefix)
        if key in self._known:
            _share(cell, self._known[key])
            return
        cell.font = self._fonts[depth == 0]
        if depth == 0:
            cell.fill = self._band
        cell.border = self._border
        side, margin = ("right", 0) if look.number else ("left", 1 + indent)
        cell.alignment = self._alignment(horizontal=side, vertical=self._vertical, wrap_text=look.wrap, indent=margin)
        if isinstance(cell.value, int):
            cell.number_format = "#,##0"
        elif isinstance(cell.value, float):
            cell.number_format = "0.00"
        elif isinstance(cell.value, datetime.datetime):
            cell.number_format = "DD/MM/YYYY HH:MM"
        elif isinstance(cell.value, datetime.date):
            cell.number_format = "DD/MM/YYYY"
        self._known[key] = _style_of(cell)


# openpyxl has no public way for cells to share a style that has no name.
def _style_of(cell: Any) -> StyleArray:
    style: StyleArray = copy(cell._style)
    return style


def _share(cell: Any, style: StyleArray) -> None:
    cell._style = copy(style)
