"""Answers in the sheets of a workbook, .xlsx or .ods, through calamine."""

from __future__ import annotations

import datetime
import io
import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from enquete.errors import EnqueteError, Problem
from enquete.survey.answers.fields import first_lines
from enquete.survey.answers.headers import check_header, header_place, header_remarks, title_remarks, titled
from enquete.survey.answers.levels import clean_text, column, counted, kept, plain_number, without_blank_rows
from enquete.survey.answers.stacked import stacked_titles
from enquete.survey.answers.types import Column, DataTable, Scalar
from enquete.survey.answers.workbook import IMPOSSIBLE, Marks, cell_name, marks
from enquete.tables import Remark, Severity
from enquete.tables.sheets import DAMAGE

_HEAD = 50  # rows among which the header is looked for
_DURATION = re.compile(r"PT(\d+)H(\d+)M(\d+)(?:\.\d+)?S")  # calamine's, in .ods


def workbook_tables(data: bytes, source: str, sheet: str | None) -> tuple[list[DataTable], list[Remark]]:
    """A table for each visible sheet that holds something, or for the sheet of this name.

    Raises EnqueteError with sheet and row: TABLE_NO_SHEET, TABLE_EMPTY, TABLE_DAMAGED, ANSWERS_FORM, and those of the
    header.
    """
    import python_calamine

    try:
        book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
        pages = {
            each.name: book.get_sheet_by_name(each.name)
            for each in book.sheets_metadata
            if each.typ == python_calamine.SheetTypeEnum.WorkSheet
            and (each.name == sheet if sheet else each.visible == python_calamine.SheetVisibleEnum.Visible)
        }
        found = marks(data)
    except (python_calamine.CalamineError, *DAMAGE):
        raise EnqueteError(Problem.TABLE_DAMAGED, where=source) from None
    if sheet and not pages:
        raise EnqueteError(Problem.TABLE_NO_SHEET, where=source, sheet=sheet)
    rows = {name: page.to_python(skip_empty_area=False) for name, page in pages.items()}
    rows = {name: cells for name, cells in rows.items() if any(cell != "" for row in cells for cell in row)}
    if not rows:
        raise EnqueteError(Problem.TABLE_EMPTY, where=source)
    tables: list[DataTable] = []
    remarks: list[Remark] = []
    if _is_form(rows):
        raise EnqueteError(Problem.ANSWERS_FORM, where=source)
    for name, cells in rows.items():
        of_sheet = found.get(name, Marks())
        of_sheet = replace(of_sheet, merged=tuple(pages[name].merged_cell_ranges or of_sheet.merged))
        try:
            table, more = _table(name, cells, of_sheet, f"{source}, feuille « {name} »")
        except EnqueteError as error:
            if not tables or _is_linked(cells):
                raise
            remarks.append(Remark(None, Severity.WARNING, f"Feuille « {name} » non lue : {error.what}"))
            continue
        tables.append(table)
        remarks += more if len(rows) == 1 else [replace(each, message=f"{name} : {each.message}") for each in more]
    hidden = [each.name for each in book.sheets_metadata if each.name not in pages]
    if hidden and not sheet:
        remarks.append(Remark(None, Severity.NOTE, f"Feuilles masquées, non lues : {', '.join(hidden)}."))
    return tables, remarks


def _is_linked(cells: Sequence[Sequence[Any]]) -> bool:
    """Whether its titles say that its rows belong to those of another sheet, as Kobo and ODK do."""
    return any(str(cell).endswith(("PARENT_KEY", "_parent_index")) for row in cells[:_HEAD] for cell in row)


def _is_form(rows: Mapping[str, Sequence[Sequence[Any]]]) -> bool:
    """Whether a sheet « survey » has the columns that make it the questions of an XLSForm."""
    questions = next((cells for name, cells in rows.items() if name.strip().casefold() == "survey"), None)
    if not questions:
        return False
    titles = {str(cell).strip().casefold() for row in questions[:1] for cell in row}
    return {"type", "name"} <= titles


def _table(name: str, cells: list[list[Any]], found: Marks, where: str) -> tuple[DataTable, list[Remark]]:
    titles = [[_title(cell) for cell in row] for row in cells[:_HEAD]]
    stacked = stacked_titles(titles)
    head = stacked.place if stacked else header_place(titles)
    assert head is not None or len(cells) > _HEAD  # noqa: S101
    if head is None:
        raise EnqueteError(Problem.TABLE_NO_HEADER, where=f"{where}, ligne 1")
    header = list(stacked.titles) if stacked else [_title(cell) for cell in cells[head]]
    check_header(header, f"{where}, ligne {head + 1}", below_title=any(map(any, titles[:head])))
    if odd := [place for place in found.refused if place[0] == head]:
        raise EnqueteError(Problem.TABLE_NO_HEADER, where=f"{where}, cellule {cell_name(odd[0])}")
    found = replace(found, refused=found.refused | _impossible_dates(cells, found))
    for (row, place), digits in found.zeros.items():
        if head < row < len(cells) and isinstance(cells[row][place], float) and cells[row][place] >= 0:
            cells[row][place] = f"{cells[row][place]:.0f}".zfill(digits)
    for row, place in found.truths:
        if row < len(cells) and place < len(cells[row]):
            cells[row][place] = bool(cells[row][place])
    columns = tuple(_column(title, [row[place] for row in cells[head + 1 :]]) for place, title in enumerate(header))
    if stacked:
        columns = tuple(stacked.named(columns))
    table = DataTable(name, columns, tuple(range(head + 2, len(cells) + 1)))
    remarks = [] if stacked else title_remarks([row + 1 for row in range(head) if any(titles[row])])
    remarks += _said(found, head, len(cells), len(header), cells)
    bad = sorted({row for row, _ in found.refused if row > head})
    table = kept(table, ~np.isin(np.array(table.numbers) - 1, bad))
    table, more = titled(without_blank_rows(table), where)
    return table, remarks + more + header_remarks(header)


def _impossible_dates(cells: list[list[Any]], found: Marks) -> dict[tuple[int, int], str]:
    """Dates before the first day that an .xlsx can hold: calamine makes midnight of them."""
    return {
        (row, place): IMPOSSIBLE
        for row, place in found.negative
        if row < len(cells) and place < len(cells[row]) and not isinstance(cells[row][place], int | float | str)
    }


def _column(title: str, cells: list[Any]) -> Column:
    """Truth values are the words that a spreadsheet shows for them, lest they be taken for the numbers 1 and 0."""
    if True in cells or False in cells:  # or 1 or 0, which are equal to them
        cells = [("VRAI" if cell else "FAUX") if isinstance(cell, bool) else cell for cell in cells]
    raw, codes = counted(cells)
    return column(title, [_value(cell) for cell in raw], codes)


def _title(cell: Any) -> str:
    value = _value(cell)
    return value if isinstance(value, str) else str(value)


def _value(cell: Any) -> Scalar:
    if isinstance(cell, float | int):
        return plain_number(cell)
    if isinstance(cell, datetime.timedelta):
        return _duration(*_hours(int(cell.total_seconds())))
    if isinstance(cell, str):
        found = _DURATION.fullmatch(cell)
        return _duration(*map(int, found.groups())) if found else clean_text(cell)
    value: Scalar = cell
    return value


def _hours(seconds: int) -> tuple[int, int, int]:
    return seconds // 3600, seconds // 60 % 60, seconds % 60


def _duration(hours: int, minutes: int, seconds: int) -> Scalar:
    """A time of day, or « 30:00:00 »."""
    return datetime.time(hours, minutes, seconds) if hours < 24 else f"{hours}:{minutes:02}:{seconds:02}"


def _said(found: Marks, head: int, height: int, width: int, cells: list[list[Any]]) -> list[Remark]:
    """Rows refused for a cell that holds no value; what is merged, what is hidden."""
    by_row: dict[int, list[str]] = {}
    for place in sorted(found.refused):
        if head < place[0] < height:
            by_row.setdefault(place[0], []).append(f"{cell_name(place)} ({found.refused[place]})")
    remarks = [
        Remark(
            row + 1,
            Severity.ERROR,
            f"Ligne refusée : pas de valeur lisible en {', '.join(places)}. Corrigez-la dans le tableur, enregistrez, "
            "puis recommencez.",
        )
        for row, places in by_row.items()
    ]
    blocks = [f"{cell_name(first)}:{cell_name(last)}" for first, last in found.merged if head <= last[0] < height]
    if blocks:
        shown = ", ".join(blocks[:5]) + (" et d'autres" if len(blocks) > 5 else "")
        said = f"Cellules fusionnées ({shown}) : seule la première porte la valeur, les autres sont lues vides."
        remarks.append(Remark(None, Severity.WARNING, said))
    rows = [row + 1 for row in found.hidden_rows if head < row < height and any(cell != "" for cell in cells[row])]
    if rows:
        remarks.append(Remark(None, Severity.WARNING, f"Lues bien que masquées : {first_lines(rows)}."))
    columns = [cell_name((0, place))[:-1] for place in found.hidden_columns if place < width]
    if columns:
        remarks.append(Remark(None, Severity.WARNING, f"Colonnes lues bien que masquées : {', '.join(columns[:20])}."))
    return remarks
