"""Tables of thousands of rows, as `workbook.add_table` makes them: openpyxl would take seconds over their cells."""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

from enquete.reports.workbook import Change, Look, Styles, Value, add_table, height, looks_like_formula, put, safe_text

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet


def add_long_table(
    sheet: Worksheet,
    looks: Sequence[Look],
    rows: Sequence[Sequence[Value]],
    *,
    frozen: int = 0,
    filled: Mapping[Look, str] | None = None,
) -> Change:
    """Header and frame of a table in the sheet; gives what adds the rows, for `workbook.to_bytes`.

    filled: background colour of some columns.
    """
    add_table(sheet, looks, (), frozen=frozen, to_come=len(rows))
    cells = _Cells(sheet, looks, filled or {})
    xml = "".join(cells.row(line, row) for line, row in enumerate(rows, start=2))
    return partial(_with_rows, xml.encode(), sheet.auto_filter.ref.encode())


def _with_rows(rows: bytes, area: bytes, sheet: bytes) -> bytes:
    """The XML of a sheet, with more rows; area: all that it then holds."""
    before, end, after = sheet.partition(b"</sheetData>")
    return re.sub(rb'(<dimension ref=")[^"]*', rb"\g<1>" + area, before, count=1) + rows + end + after


def _days(value: datetime.date) -> float:
    """As spreadsheets count: from 30 December 1899 on."""
    since = value if isinstance(value, datetime.datetime) else datetime.datetime.combine(value, datetime.time())
    return (since - datetime.datetime(1899, 12, 30)) / datetime.timedelta(days=1)


class _Cells:
    """The cells of some columns as XML, in the styles of the workbook."""

    def __init__(self, sheet: Worksheet, looks: Sequence[Look], filled: Mapping[Look, str]) -> None:
        from openpyxl.utils import get_column_letter

        self._sheet, self._looks, self._filled = sheet, looks, filled
        self._letters = [get_column_letter(number) for number in range(1, len(looks) + 1)]
        self._styles = Styles(looks)
        self._known: dict[tuple[int, type, bool], int] = {}

    def row(self, line: int, values: Sequence[Value]) -> str:
        cells = "".join(self._cell(place, line, value) for place, value in enumerate(values))
        return f'<row r="{line}" ht="{height(values, self._looks):g}" customHeight="1">{cells}</row>'

    def _cell(self, place: int, line: int, value: Value) -> str:
        start = f'<c r="{self._letters[place]}{line}" s="{self._style(place, value)}"'
        if isinstance(value, int | float):
            return f"{start}><v>{value!r}</v></c>"
        if isinstance(value, datetime.date):
            return f"{start}><v>{_days(value)!r}</v></c>"
        text = safe_text(value or "")
        if not text:
            return f"{start}/>"
        kept = ' xml:space="preserve"' if text != text.strip() else ""
        return f'{start} t="inlineStr"><is><t{kept}>{escape(text)}</t></is></c>'

    def _style(self, place: int, value: Value) -> int:
        """Number of the style that `add_table` would give this value."""
        formula = isinstance(value, str) and looks_like_formula(value)
        key = (place, type(value), formula)
        if key not in self._known:
            self._known[key] = self._new_style(place, value)
        return self._known[key]

    def _new_style(self, place: int, value: Value) -> int:
        from openpyxl.cell import Cell
        from openpyxl.styles import PatternFill

        cell = Cell(self._sheet, row=2, column=place + 1)  # in no sheet: only its style is wanted
        put(cell, value)
        look = self._looks[place]
        self._styles.body(cell, look, None, 0)
        if look in self._filled:
            cell.fill = PatternFill("solid", fgColor=self._filled[look])
        number: int = cell.style_id
        return number
