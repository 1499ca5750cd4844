"""The sheets of an XLSForm in a workbook, as pyxform reads them."""

from __future__ import annotations

import io
import re
import struct
import warnings
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from enquete.errors import EnqueteError, Problem
from enquete.readers.archive import check_package
from enquete.survey.questionnaire.sheets import SHEETS, Book, Fault, Line, Row, Sheet, assembled, our_headers
from enquete.tables.sheets import DAMAGE

# xlrd raises these as well on a damaged file.
_DAMAGE = (*DAMAGE, struct.error, LookupError, AssertionError, MemoryError)


def read_workbook(source: str, data: bytes) -> Book:
    """The sheets of an .xlsx, .xlsm, .xls or .ods file that XLSForm knows.

    Raises EnqueteError(QUESTIONNAIRE_FORMAT, QUESTIONNAIRE_DAMAGED, ZIP_BOMB, ENCRYPTED).
    """
    if not data.startswith(b"PK") or _check_zip(source, data):
        return _read_other(source, data)
    from pyxform.errors import PyXFormError, PyXFormReadError
    from pyxform.xls2json_backends import xlsx_to_dict

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of extensions that openpyxl leaves out: colours, lists of choices
            found = xlsx_to_dict(io.BytesIO(data))
    except PyXFormReadError:
        raise EnqueteError(Problem.QUESTIONNAIRE_DAMAGED, where=source) from None
    except PyXFormError as error:
        return Book(source, {}, (), (_unread(str(error), data),))
    except _DAMAGE:
        raise EnqueteError(Problem.QUESTIONNAIRE_DAMAGED, where=source) from None
    sheets = {name: _sheet(name, found) for name in SHEETS if name in found}
    return Book(source, sheets, tuple(found["sheet_names"]))


def _read_other(source: str, data: bytes) -> Book:
    """.ods, which pyxform does not read; .xls, of which its reader writes its doubts to the terminal.

    A sheet that is alone is the survey, whatever its name, as pyxform has it.
    """
    try:
        found = dict(_ods_rows(data) if data.startswith(b"PK") else _xls_rows(data))
    except _DAMAGE:
        raise EnqueteError(Problem.QUESTIONNAIRE_DAMAGED, where=source) from None
    rows = [
        Row(number, cells, "survey" if len(found) == 1 else name.casefold(), named=False)
        for name, lines in found.items()
        if len(found) == 1 or name.casefold() in SHEETS
        for number, cells in enumerate(lines, 1)
    ]
    return replace(assembled(source, rows), names=tuple(found))


_Rows = Iterator[tuple[str, list[list[str]]]]
"""(name of a sheet, its rows, blank ones too)"""


def _ods_rows(data: bytes) -> _Rows:
    from python_calamine import CalamineError, CalamineWorkbook
    from pyxform.xls2json_backends import xlsx_value_to_str

    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        for name in book.sheet_names:
            rows = book.get_sheet_by_name(name).to_python(skip_empty_area=False)
            yield name, [[xlsx_value_to_str(cell) for cell in row] for row in rows]
    except CalamineError:
        raise ValueError from None


def _xls_rows(data: bytes) -> _Rows:
    import xlrd
    from pyxform.xls2json_backends import xls_value_to_unicode
    from xlrd.compdoc import CompDocError

    try:
        book = xlrd.open_workbook(file_contents=data, logfile=io.StringIO())
        for sheet in book.sheets():
            yield (
                sheet.name,
                [[xls_value_to_unicode(c.value, c.ctype, book.datemode) for c in row] for row in sheet.get_rows()],
            )
    except (xlrd.XLRDError, xlrd.xldate.XLDateError, CompDocError):
        raise ValueError from None


def _check_zip(source: str, data: bytes) -> bool:
    """Whether it is an OpenDocument file."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            check_package(source, archive.infolist(), len(data))
            names = archive.namelist()
            if not any(name.startswith("xl/") or name == "content.xml" for name in names):
                raise EnqueteError(Problem.QUESTIONNAIRE_FORMAT, where=source)
            return "content.xml" in names
    except _DAMAGE:
        raise EnqueteError(Problem.QUESTIONNAIRE_DAMAGED, where=source) from None


def _sheet(name: str, found: Mapping[str, Any]) -> Sheet:
    """pyxform gives blank rows too, so that the number of a row is its place."""
    written = list(found[f"{name}_header"][0]) if found.get(f"{name}_header") else []
    ours = dict(zip(written, our_headers(name, written), strict=True))
    lines = (
        Line(number, {ours[header]: str(value) for header, value in row.items() if value is not None})
        for number, row in enumerate(found[name], 2)
    )
    return Sheet(tuple(ours.values()), tuple(line for line in lines if line.cells))


def _unread(message: str, data: bytes) -> Fault:
    """What pyxform says of a sheet that it can't read: it does not name the sheet."""
    repeated = re.fullmatch(r"Duplicate column header: (.*)", message, re.DOTALL)
    if not repeated:
        return Fault(f"une date n'y est pas lisible : écrivez-la en texte, 2026-03-31. pyxform dit « {message} ».")
    title = repeated[1].strip()
    sheet, first, second = _repeated_columns(title, data)
    where = f" ({first} et {second})" if first else ""
    return Fault(f"deux colonnes{where} ont le titre « {title} ». Renommez ou retirez l'une des deux.", sheet, 1)


def _repeated_columns(title: str, data: bytes) -> tuple[str, str, str]:
    """The sheet where a title stands twice, and the letters of both columns."""
    import openpyxl
    from openpyxl.utils import get_column_letter

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True)
        for page in book.worksheets:
            header = next(page.iter_rows(max_row=1, values_only=True), ())
            places = [n for n, value in enumerate(header, 1) if value is not None and str(value).strip() == title]
            if len(places) > 1 and page.title.lower() in SHEETS:
                return page.title.lower(), get_column_letter(places[0]), get_column_letter(places[1])
    return "", "", ""
