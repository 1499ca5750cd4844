"""What calamine leaves out of a workbook: formulas in error or not computed, leading zeros shown, what is hidden."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from enquete.tables.sheets import MAX_REPEATED

if TYPE_CHECKING:
    from lxml.etree import _Element

Place = tuple[int, int]  # row and column, from 0
IMPOSSIBLE = "date impossible"
_WIDEST = 16_384  # columns of a sheet


@dataclass(frozen=True, slots=True)
class Marks:
    """refused: cells that hold no value, and why. zeros: cells shown with this many digits. negative: numbers below 0.
    truths: cells of an .ods that hold true or false. merged: first and last cell of each merged block.
    """

    refused: dict[Place, str] = field(default_factory=dict)
    zeros: dict[Place, int] = field(default_factory=dict)
    negative: frozenset[Place] = frozenset()
    hidden_rows: tuple[int, ...] = ()
    hidden_columns: tuple[int, ...] = ()
    merged: tuple[tuple[Place, Place], ...] = ()
    truths: frozenset[Place] = frozenset()


def marks(data: bytes) -> dict[str, Marks]:
    """By name of sheet. Raises KeyError, ValueError, BadZipFile or SyntaxError for a damaged file."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        if "content.xml" in archive.namelist():
            return dict(_ods(archive.read("content.xml")))
        zeros = _zero_styles(archive)
        return {name: _xlsx(archive.read(part), zeros) for name, part in _parts(archive)}


def cell_name(place: Place) -> str:
    """(2, 27) -> « AB3 »."""
    row, column = place
    letters = ""
    while column >= 0:
        letters = chr(65 + column % 26) + letters
        column = column // 26 - 1
    return f"{letters}{row + 1}"


def _place(reference: str) -> Place:
    found = re.fullmatch(r"([A-Z]+)(\d+)", reference)
    if not found:
        raise ValueError
    column = 0
    for letter in found[1]:
        column = column * 26 + ord(letter) - 64
    return int(found[2]) - 1, column - 1


def _parts(archive: zipfile.ZipFile) -> Iterator[tuple[str, str]]:
    """(name of the sheet, its part of the archive)."""
    from lxml import etree

    targets: dict[object, str] = {
        each.get("Id"): each.get("Target", "") for each in _parsed(archive, "xl/_rels/workbook.xml.rels")
    }
    names = set(archive.namelist())
    for each in _parsed(archive, "xl/workbook.xml").iter("{*}sheet"):
        link: object = next((value for key, value in each.attrib.items() if etree.QName(key).localname == "id"), None)
        target = targets.get(link, "")
        part = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
        if part in names:
            yield each.get("name", ""), part


def _parsed(archive: zipfile.ZipFile, part: str) -> _Element:
    from lxml import etree

    return etree.fromstring(archive.read(part), etree.XMLParser(resolve_entities=False, huge_tree=True))


def _zero_styles(archive: zipfile.ZipFile) -> dict[int, int]:
    """Styles that show leading zeros (« 00000 », of postal codes), and the number of digits of each."""
    if "xl/styles.xml" not in archive.namelist():
        return {}
    styles = _parsed(archive, "xl/styles.xml")
    digits = {
        each.get("numFmtId"): len(each.get("formatCode", ""))
        for each in styles.iter("{*}numFmt")
        if re.fullmatch("00+", each.get("formatCode", ""))
    }
    used = (each.get("numFmtId") for block in styles.iter("{*}cellXfs") for each in block)
    return {place: digits[number] for place, number in enumerate(used) if number in digits}


_ATTRIBUTE = re.compile(rb'([\w:]+)="([^"]*)"')
_NO_VALUE = re.compile(  # a formula, then no value or an empty one
    rb"<(?:\w+:)?c ([^>]*)>\s*<(?:\w+:)?f(?:[^>]*/>|[^>]*>[^<]*</(?:\w+:)?f>)\s*"
    rb"(?:</(?:\w+:)?c>|<(?:\w+:)?v\s*/>|<(?:\w+:)?v></(?:\w+:)?v>)"
)


def _xlsx(xml: bytes, zeros: dict[int, int]) -> Marks:
    refused = {}
    for attributes, value in _cells_in_error(xml):
        refused[_place(attributes["r"])] = value
    if re.search(rb"<(?:\w+:)?f[ >/]", xml):
        for found in _NO_VALUE.finditer(xml):
            attributes = _attributes(found[1])
            if attributes.get("t") != "str":  # the formula gives an empty text
                refused[_place(attributes["r"])] = "formule pas encore calculée"
    shown = {}
    for style, digits in zeros.items():
        for attributes in _tags(xml, rb"c", rb'[^>]*\bs="%d"[^>]*' % style, sign=b's="%d"' % style):
            shown[_place(attributes["r"])] = digits
    hidden = rb'[^>]*\bhidden="(?:1|true)"[^>]*'
    rows = tuple(int(attributes["r"]) - 1 for attributes in _tags(xml, rb"row", hidden, sign=b"hidden="))
    columns: list[int] = []
    for attributes in _tags(xml, rb"col", hidden, sign=b"hidden="):
        columns += range(int(attributes["min"]) - 1, min(int(attributes["max"]), _WIDEST))
    below = _tags(xml, rb"c", rb"[^>]*", rb"<(?:\w+:)?v>-", sign=b"v>-")
    negative = frozenset(_place(attributes["r"]) for attributes in below)
    return Marks(refused, shown, negative, rows, tuple(columns))


def _tags(xml: bytes, tag: bytes, inside: bytes, after: bytes = b"", *, sign: bytes) -> Iterator[dict[str, str]]:
    """The attributes of each such tag. sign: stands in them all; most sheets have none, which is soon seen."""
    if sign in xml:
        for found in re.finditer(rb"<(?:\w+:)?" + tag + rb" (" + inside + rb")>" + after, xml):
            yield _attributes(found[1])


def _attributes(text: bytes) -> dict[str, str]:
    return {name.decode(): value.decode() for name, value in _ATTRIBUTE.findall(text)}


def _cells_in_error(xml: bytes) -> Iterator[tuple[dict[str, str], str]]:
    if b't="e"' not in xml:
        return
    for found in re.finditer(rb'<(?:\w+:)?c ([^>]*\bt="e"[^>]*)(?<!/)>(.*?)</(?:\w+:)?c>', xml, re.DOTALL):
        value = re.search(rb"<(?:\w+:)?v>([^<]*)", found[2])
        yield _attributes(found[1]), value[1].decode() if value else "erreur"


_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_TRUTHS = ("of:=TRUE()", "of:=FALSE()")  # what LibreOffice makes of the truth values of an .xlsx
_TYPE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}value-type"
_DATE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}date-value"
_KIND = "{urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0}value-type"


def _ods(content: bytes) -> Iterator[tuple[str, Marks]]:
    from lxml import etree

    root = etree.fromstring(content, etree.XMLParser(resolve_entities=False, huge_tree=True))
    for page in root.iter(f"{_TABLE}table"):
        yield page.get(f"{_TABLE}name", ""), _ods_page(page)


def _ods_page(page: _Element) -> Marks:
    refused: dict[Place, str] = {}
    hidden: list[int] = []
    merged: list[tuple[Place, Place]] = []
    truths: set[Place] = set()
    number = 0
    for row in page.iter(f"{_TABLE}table-row"):
        repeated = int(row.get(f"{_TABLE}number-rows-repeated", "1"))
        if row.get(f"{_TABLE}visibility", "visible") != "visible":
            hidden += range(number, number + min(repeated, MAX_REPEATED))
        for place, cell in _ods_cells(row):
            if cell.get(_KIND) == "error":
                said = str(cell.xpath("string()")).strip() or "erreur"
                refused |= dict.fromkeys(_ods_places(number, repeated, place, cell), said)
            elif not re.match(r"\d{4}-|$", cell.get(_DATE, "")):  # before the year 0, after the year 9999
                refused |= dict.fromkeys(_ods_places(number, repeated, place, cell), IMPOSSIBLE)
            elif cell.get(_TYPE) == "boolean" or cell.get(f"{_TABLE}formula") in _TRUTHS:
                truths |= set(_ods_places(number, repeated, place, cell))
            tall = int(cell.get(f"{_TABLE}number-rows-spanned", "1"))
            wide = int(cell.get(f"{_TABLE}number-columns-spanned", "1"))
            if tall > 1 or wide > 1:
                merged.append(((number, place), (number + tall - 1, place + wide - 1)))
        number += repeated
    columns = tuple(_hidden_ods_columns(page))
    return Marks(refused, {}, frozenset(), tuple(hidden), columns, tuple(merged), frozenset(truths))


def _ods_places(row: int, rows: int, column: int, cell: _Element) -> Iterator[Place]:
    """The cells that one element stands for: equal ones, side by side or in equal rows, are written once."""
    wide = int(cell.get(f"{_TABLE}number-columns-repeated", "1"))
    for down in range(min(rows, MAX_REPEATED)):
        yield from ((row + down, column + across) for across in range(min(wide, _WIDEST)))


def _ods_cells(row: _Element) -> Iterator[tuple[int, _Element]]:
    place = 0
    for cell in row.iterchildren(f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell"):
        yield place, cell
        place += int(cell.get(f"{_TABLE}number-columns-repeated", "1"))


def _hidden_ods_columns(page: _Element) -> Iterator[int]:
    place = 0
    for each in page.iter(f"{_TABLE}table-column"):
        repeated = int(each.get(f"{_TABLE}number-columns-repeated", "1"))
        if each.get(f"{_TABLE}visibility", "visible") != "visible":
            yield from range(place, place + min(repeated, MAX_REPEATED))
        place += repeated
