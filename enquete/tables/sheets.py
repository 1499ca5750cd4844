"""Rows of a spreadsheet, .xlsx or .ods, as text."""

from __future__ import annotations

import datetime
import io
import re
import warnings
import zipfile
import zlib
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from enquete.errors import EnqueteError, Problem
from enquete.tables.delimited import RawRow

if TYPE_CHECKING:
    from lxml.etree import _Element

MAX_UNPACKED = 300_000_000  # bytes
MAX_REPEATED = 1000  # cells or rows said to be repeated; beyond, they are the blank margin of the sheet

# What a damaged file makes zipfile, lxml and openpyxl raise (their XML errors are SyntaxErrors).
DAMAGE = (zipfile.BadZipFile, zlib.error, OSError, EOFError, SyntaxError, KeyError, ValueError, TypeError,
           AttributeError, IndexError, NotImplementedError, RuntimeError)  # fmt: skip


def sheet_rows(data: bytes, source: str, sheet: str | None) -> list[RawRow]:
    """The rows of the sheet of this name, or of the first that holds something; blank rows included.

    Raises EnqueteError(TABLE_PASSWORD, TABLE_TOO_LARGE, TABLE_NO_SHEET, TABLE_FORMULAS, TABLE_DAMAGED).
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if sum(entry.file_size for entry in archive.infolist()) > MAX_UNPACKED:
                raise EnqueteError(Problem.TABLE_TOO_LARGE, where=source)
            names = set(archive.namelist())
            if "content.xml" in names:
                if b"encryption-data" in archive.read("META-INF/manifest.xml"):
                    raise EnqueteError(Problem.TABLE_PASSWORD, where=source)
                sheets = _ods_sheets(archive.read("content.xml"))
            else:
                sheets = _xlsx_sheets(data, source)
            for name, rows in sheets:
                found = list(rows) if sheet in (None, name) else []
                if sheet == name or any(any(cells) for _, cells in found):
                    return found
    except DAMAGE:
        raise EnqueteError(Problem.TABLE_DAMAGED, where=source) from None
    if sheet is not None:
        raise EnqueteError(Problem.TABLE_NO_SHEET, where=source, sheet=sheet)
    return []


def _xlsx_sheets(data: bytes, source: str) -> Iterator[tuple[str, Iterator[RawRow]]]:
    import openpyxl

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of extensions that openpyxl leaves out: colours, lists of choices
        book = openpyxl.load_workbook(io.BytesIO(data), read_only=True)
        values = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True)
        for page in book.worksheets:
            if page.sheet_state == "visible":
                yield page.title, _xlsx_rows(page, values[page.title], source)


def _xlsx_rows(formulas: Any, values: Any, source: str) -> Iterator[RawRow]:
    """The same sheet twice: with its formulas, and with the values that the spreadsheet last computed for them."""
    for page in (formulas, values):
        page.reset_dimensions()  # what the file says of its size is often wrong
    for number, (row, computed) in enumerate(zip(formulas.iter_rows(), values.iter_rows(), strict=True), 1):
        for cell, value in zip(row, computed, strict=True):
            if cell.data_type == "f" and value.value is None:
                raise EnqueteError(Problem.TABLE_FORMULAS, where=f"{source}, ligne {number}")
        yield number, [cell_text(cell.value, cell.number_format or "") for cell in computed]


def cell_text(value: object, number_format: str = "") -> str:
    """A spreadsheet's value as its author would type it, dates in ISO form."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "VRAI" if value else "FAUX"
    if isinstance(value, datetime.datetime):
        midnight = value.time() == datetime.time()
        return (value.date() if midnight else value.replace(microsecond=0)).isoformat()
    if isinstance(value, int | float):
        text = str(int(value)) if float(value).is_integer() else f"{value:.15g}"
        return text.zfill(len(number_format)) if re.fullmatch("0+", number_format) else text
    if isinstance(value, datetime.date | datetime.time):
        return value.isoformat()
    return _ESCAPED.sub(lambda m: chr(int(m[1], 16)), str(value)).replace("\r", "")


# How a workbook writes line ends, tabs, and an underscore that would look like the start of such a sign.
_ESCAPED = re.compile("_x(0009|000A|000D|005F)_", re.IGNORECASE)


def escaped(text: str) -> str:
    """A text as the cell of an .xlsx has to hold it, to be read back the same."""
    return re.sub("_(?=x[0-9A-Fa-f]{4}_)", "_x005F_", text)


_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"


def _ods_sheets(content: bytes) -> Iterator[tuple[str, Iterator[RawRow]]]:
    from lxml import etree

    root = etree.fromstring(content, etree.XMLParser(resolve_entities=False, huge_tree=True))
    for page in root.iter(f"{_TABLE}table"):
        yield page.get(f"{_TABLE}name", ""), _ods_rows(page)


def _ods_rows(page: _Element) -> Iterator[RawRow]:
    number = 1
    for row in page.iter(f"{_TABLE}table-row"):
        repeated = int(row.get(f"{_TABLE}number-rows-repeated", "1"))
        cells = list(_ods_cells(row))
        for offset in range(min(repeated, MAX_REPEATED) if any(cells) else 1):
            yield number + offset, cells
        number += repeated


def _ods_cells(row: _Element) -> Iterator[str]:
    for cell in row.iterchildren(f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell"):
        repeated = int(cell.get(f"{_TABLE}number-columns-repeated", "1"))
        yield from [_ods_text(cell)] * min(repeated, MAX_REPEATED)


def _ods_text(cell: _Element) -> str:
    kind = cell.get(f"{_OFFICE}value-type")
    if kind == "float":
        return cell_text(float(cell.get(f"{_OFFICE}value", "")))
    if kind == "date":
        return cell.get(f"{_OFFICE}date-value", "").removesuffix("T00:00:00")
    if kind == "boolean":
        return cell_text(cell.get(f"{_OFFICE}boolean-value") == "true")
    return "\n".join(_paragraph(paragraph) for paragraph in cell.iterchildren(f"{_TEXT}p"))


def _paragraph(element: _Element) -> str:
    """The text of a paragraph, with the spaces and line breaks that the format writes as elements."""
    if element.tag == f"{_TEXT}s":
        inside = " " * int(element.get(f"{_TEXT}c", "1"))
    elif element.tag == f"{_TEXT}line-break":
        inside = "\n"
    elif element.tag == f"{_TEXT}tab":
        inside = "\t"
    else:
        inside = (element.text or "") + "".join(_paragraph(child) + (child.tail or "") for child in element)
    return inside
