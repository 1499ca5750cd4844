"""An XLSForm as a workbook that Kobo, ODK and pyxform accept: its sheets as their author wrote them, all of it text."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from enquete.reports.workbook import put, to_bytes
from enquete.survey.questionnaire.sheets import SHEETS, Book

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

_WIDTHS = {"label": 60, "hint": 40, "relevant": 36, "constraint": 30, "calculation": 36, "type": 26, "name": 20}
_USUAL_WIDTH = 16


def write_xlsform(book: Book, title: str) -> bytes:
    """The .xlsx; equal books give equal bytes. title: of the form, where its settings give none."""
    from openpyxl import Workbook

    made = Workbook()
    made.remove(made.worksheets[0])
    made.properties.creator, made.properties.title = None, None
    for name in SHEETS:
        if name in book.sheets:
            sheet = book.sheets[name]
            header, rows = sheet.header, [line.cells for line in sheet.lines]
        elif name == "settings":
            header, rows = (), []
        else:
            continue
        if name == "settings":
            header, rows = _settings(header, rows, title, book.source)
        _fill(made.create_sheet(name), header, rows)
    return to_bytes(made)


def _settings(
    header: Sequence[str], rows: Sequence[Mapping[str, str]], title: str, source: str
) -> tuple[tuple[str, ...], list[Mapping[str, str]]]:
    """With a title and an identifier: without them, the form would bear the name of the file in Kobo and ODK."""
    cells = dict(rows[0]) if rows else {}
    names = {"_".join(name.split()).casefold() for name in cells}
    if not names & {"form_title", "set_form_title", "title"}:
        cells["form_title"] = title
    if not names & {"form_id", "set_form_id", "id_string"}:
        cells["form_id"] = form_id(Path(source).stem)
    return tuple(dict.fromkeys((*header, *cells))), [cells, *rows[1:]]


def form_id(text: str) -> str:
    """« Première vague » -> « premiere_vague »."""
    bare = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    return re.sub(r"[^\w.-]+", "_", bare.casefold()).strip("_") or "questionnaire"


def _fill(sheet: Worksheet, header: Sequence[str], rows: Sequence[Mapping[str, str]]) -> None:
    from openpyxl.styles import Alignment, Font
    from openpyxl.utils import get_column_letter

    for place, title in enumerate(header, 1):
        put(sheet.cell(1, place), title)
        sheet.cell(1, place).font = Font(bold=True)
        width = _WIDTHS.get(title.split(":")[0].strip().casefold(), _USUAL_WIDTH)
        sheet.column_dimensions[get_column_letter(place)].width = width
    for number, cells in enumerate(rows, 2):
        for place, title in enumerate(header, 1):
            if cells.get(title):
                put(sheet.cell(number, place), cells[title])
                sheet.cell(number, place).number_format = "@"
                sheet.cell(number, place).alignment = Alignment(vertical="top", wrap_text=True)
    sheet.freeze_panes = "A2"
