"""Reads a table from a file: the kind of file is told by its content, the header found, the columns checked."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Sequence
from pathlib import Path

from enquete.errors import EnqueteError, Problem
from enquete.readers.encoding import decode, file_bytes
from enquete.tables.delimited import RawRow, delimited_rows, header_index
from enquete.tables.model import Row, Table
from enquete.tables.sheets import cell_text, sheet_rows

OLD_OFFICE = b"\xd0\xcf\x11\xe0"  # of .xls, and of an .xlsx with a password, whose parts have UTF-16 names
ENCRYPTED = "EncryptedPackage".encode("utf-16-le")

# What never stands in a header: a date, an e-mail address, a file's name.
_DATUM = re.compile(
    r"\d{1,4}[/.-]\d{1,2}[/.-]\d{1,4}|[^\s@]+@[^\s@]+\.\w+|.+\.(?:docx?|odt|rtf|txt|md|pdf|srt|vtt|json|html?)",
    re.IGNORECASE,
)


def read_table(path: Path, sheet: str | None = None) -> Table:
    """The table of a .csv, .tsv, .txt, .jsonl, .xlsx or .ods file.

    sheet: its name; by default the first visible one that holds something. A title above the header, blank rows and
    columns are left out. Raises EnqueteError with file and line: FILE_NOT_FOUND, TABLE_… .
    """
    if path.is_dir():
        raise EnqueteError(Problem.TABLE_IS_FOLDER, where=path.name or str(path))
    data = file_bytes(path)
    if data.startswith(OLD_OFFICE):
        problem = Problem.TABLE_PASSWORD if ENCRYPTED in data else Problem.TABLE_OLD_EXCEL
        raise EnqueteError(problem, where=path.name)
    if data.startswith(b"PK") or path.suffix.lower() in (".xlsx", ".ods"):
        return _assembled(sheet_rows(data, path.name, sheet), path.name)
    text = decode(data)[0]
    if "\x00" in text or re.match(r"\s*<(?:!doctype|html|table|\?xml)", text, re.IGNORECASE):
        raise EnqueteError(Problem.TABLE_DAMAGED, where=path.name)
    if path.suffix.lower() in (".jsonl", ".ndjson"):
        return _json_lines(text, path.name)
    return _assembled(delimited_rows(text, path.name), path.name)


def _assembled(raw: Sequence[RawRow], source: str) -> Table:
    """The table under the header found in these rows."""
    rows = [(number, [_clean(cell) for cell in cells]) for number, cells in raw]
    head = header_index([cells for _, cells in rows])
    if head is None:
        raise EnqueteError(Problem.TABLE_EMPTY, where=source)
    line, header = rows[head]
    body = [(number, cells) for number, cells in rows[head + 1 :] if any(cells)]
    _check_header(header, f"{source}, ligne {line}")
    for number, cells in body:
        for place, cell in enumerate(cells):
            if cell and not (place < len(header) and header[place]):
                raise EnqueteError(Problem.TABLE_NO_TITLE, where=f"{source}, ligne {number}", column=place + 1)
    places = [place for place, title in enumerate(header) if title]
    return Table(
        tuple(header[place] for place in places),
        tuple(
            Row(number, {header[place]: cells[place] if place < len(cells) else "" for place in places})
            for number, cells in body
        ),
        source,
    )


def _clean(cell: str) -> str:
    text = re.sub("\r\n?", "\n", unicodedata.normalize("NFC", cell))
    return text.strip().strip("\ufeff\u200b").strip()


def _check_header(header: Sequence[str], where: str) -> None:
    titles = [title for title in header if title]
    if any(_DATUM.fullmatch(title) for title in titles) or all(re.fullmatch(r"[\d\s.,]+", title) for title in titles):
        raise EnqueteError(Problem.TABLE_NO_HEADER, where=where)
    seen: dict[str, int] = {}
    for place, title in enumerate(header):
        key = " ".join(title.split()).casefold()
        if key and seen.setdefault(key, place) != place:
            raise EnqueteError(Problem.TABLE_REPEATED, where=where, first=seen[key] + 1, second=place + 1)


def _json_lines(text: str, source: str) -> Table:
    """One object a line; the columns in the order in which they appear."""
    rows: list[tuple[int, dict[str, str]]] = []
    for number, line in enumerate(text.split("\n"), 1):
        if line.strip():
            rows.append((number, _json_object(line, f"{source}, ligne {number}")))
    if not rows:
        raise EnqueteError(Problem.TABLE_EMPTY, where=source)
    columns = tuple(dict.fromkeys(column for _, cells in rows for column in cells))
    return Table(
        columns,
        tuple(Row(number, {column: cells.get(column, "") for column in columns}) for number, cells in rows),
        source,
    )


def _json_object(line: str, where: str) -> dict[str, str]:
    try:
        values = json.loads(line)
    except (json.JSONDecodeError, RecursionError):
        raise EnqueteError(Problem.TABLE_JSON, where=where) from None
    if not isinstance(values, dict):
        raise EnqueteError(Problem.TABLE_JSON, where=where)
    return {column: _json_text(value, where) for column, value in values.items()}


def _json_text(value: object, where: str) -> str:
    """Lists are written with semicolons between their items."""
    if isinstance(value, dict) or (isinstance(value, list) and any(isinstance(item, dict | list) for item in value)):
        raise EnqueteError(Problem.TABLE_JSON, where=where)
    if isinstance(value, list):
        return "; ".join(cell_text(item) for item in value)
    return _clean(cell_text(value))
