"""Tables of thousands of rows, as `workbook.add_table` makes them: openpyxl would take seconds over their cells."""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping, Sequence
from functools import partial
from itertools import islice
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape, quoteattr

from enquete.reports.packing import Change
from enquete.reports.workbook import (
    Look,
    Styles,
    Value,
    add_table,
    height,
    looks_like_formula,
    put,
    safe_text,
    underline,
)

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet


Links = Mapping[tuple[int, int], str]

_MOST_LINKS = 65_530  # in a sheet, Excel's own
_TO_WRITE_IN = 32.0  # points: the height of an empty row


def add_long_table(
    sheet: Worksheet,
    looks: Sequence[Look],
    rows: Sequence[Sequence[Value]],
    *,
    frozen: int = 0,
    filled: Mapping[Look, str] | None = None,
    depths: Sequence[int] = (),
    tree: int = 0,
    links: Links | None = None,
    room: int = 0,
) -> Change:
    """Header and frame of a table in the sheet; gives what adds the rows, for `workbook.to_bytes`.

    filled: background colour of some columns. depths, tree: as `add_table`. links: (row, column) -> `place` that it
    leads to, rows from 0. room: empty rows below, to write in.
    """
    from openpyxl.utils import get_column_letter

    add_table(sheet, looks, (), frozen=frozen, to_come=len(rows) + room)
    cells = _Cells(sheet, looks, filled or {}, tree, links or {})
    blank = ("",) * len(looks)
    xml = [cells.row(line, row, depths[line] if depths else None) for line, row in enumerate(rows)]
    xml += [cells.row(line, blank, None, _TO_WRITE_IN) for line in range(len(rows), len(rows) + room)]
    leads = islice(sorted((links or {}).items()), _MOST_LINKS)
    hyperlinks = "".join(
        f'<hyperlink ref="{get_column_letter(column + 1)}{row + 2}" location={quoteattr(target)}/>'
        for (row, column), target in leads
    )
    return partial(_with_rows, "".join(xml).encode(), hyperlinks.encode(), sheet.auto_filter.ref.encode())


def _with_rows(rows: bytes, hyperlinks: bytes, area: bytes, sheet: bytes) -> bytes:
    """The XML of a sheet, with more rows and links; area: all that it then holds.

    Rows stand in their order: those below the table (notes) come after.
    """
    head, start, notes = sheet.partition(b"</row>")
    if b"<row " not in notes:
        head = re.sub(rb'(<dimension ref=")[^"]*', rb"\g<1>" + area, head, count=1)
    if hyperlinks and b"</hyperlinks>" in notes:
        notes = notes.replace(b"</hyperlinks>", hyperlinks + b"</hyperlinks>", 1)
    elif hyperlinks:
        # Excel refuses them anywhere but between data validations and print options.
        links = b"<hyperlinks>" + hyperlinks + b"</hyperlinks>"
        notes = notes.replace(b"<printOptions", links + b"<printOptions", 1)
    return head + start + rows + notes


def _days(value: datetime.date) -> float:
    """As spreadsheets count: from 30 December 1899 on."""
    since = value if isinstance(value, datetime.datetime) else datetime.datetime.combine(value, datetime.time())
    return (since - datetime.datetime(1899, 12, 30)) / datetime.timedelta(days=1)


class _Cells:
    """The cells of some columns as XML, in the styles of the workbook."""

    def __init__(
        self, sheet: Worksheet, looks: Sequence[Look], filled: Mapping[Look, str], tree: int, links: Links
    ) -> None:
        from openpyxl.utils import get_column_letter

        self._sheet, self._looks, self._filled, self._tree, self._links = sheet, looks, filled, tree, links
        self._letters = [get_column_letter(number) for number in range(1, len(looks) + 1)]
        self._styles = Styles(looks)
        self._known: dict[tuple[int, type, bool, int | None, bool], int] = {}

    def row(self, row: int, values: Sequence[Value], depth: int | None, least: float = 0.0) -> str:
        """row: from 0, under the header. depth: in a tree. least: points, its height at least."""
        cells = "".join(self._cell(place, row, value, depth) for place, value in enumerate(values))
        tall = max(least, height(values, self._looks))
        return f'<row r="{row + 2}" ht="{tall:g}" customHeight="1">{cells}</row>'

    def _cell(self, place: int, row: int, value: Value, depth: int | None) -> str:
        linked = (row, place) in self._links
        start = f'<c r="{self._letters[place]}{row + 2}" s="{self._style(place, value, depth, linked)}"'
        if isinstance(value, int | float):
            return f"{start}><v>{value!r}</v></c>"
        if isinstance(value, datetime.date):
            return f"{start}><v>{_days(value)!r}</v></c>"
        text = safe_text(value or "")
        if not text:
            return f"{start}/>"
        kept = ' xml:space="preserve"' if text != text.strip() else ""
        return f'{start} t="inlineStr"><is><t{kept}>{escape(text)}</t></is></c>'

    def _style(self, place: int, value: Value, depth: int | None, linked: bool) -> int:
        """Number of the style that `add_table` would give this value, underlined where it leads elsewhere."""
        formula = isinstance(value, str) and looks_like_formula(value)
        key = (place, type(value), formula, depth, linked)
        if key not in self._known:
            self._known[key] = self._new_style(place, value, depth, linked)
        return self._known[key]

    def _new_style(self, place: int, value: Value, depth: int | None, linked: bool) -> int:
        from openpyxl.cell import Cell
        from openpyxl.styles import PatternFill

        cell = Cell(self._sheet, row=2, column=place + 1)  # in no sheet: only its style is wanted
        put(cell, value)
        look = self._looks[place]
        self._styles.body(cell, look, depth, indent=depth or 0 if place == self._tree else 0)
        if look in self._filled:
            cell.fill = PatternFill("solid", fgColor=self._filled[look])
        if linked:
            underline(cell)
        number: int = cell.style_id
        return number
