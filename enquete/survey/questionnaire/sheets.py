"""The sheets of an XLSForm, whatever file holds them: Markdown tables, a workbook, or pyxform's .csv.

Markdown is read as pyxform reads it, its first column naming the sheet:

    | survey  |                |        |                           |
    |---------|----------------|--------|---------------------------|
    |         | type           | name   | label                     |
    |         | select_one oui | rsa    | Touchez-vous le RSA ?     |

and in a more natural way, a heading that names the sheet above an ordinary table:

    ## survey

    | type           | name | label                 |
    |----------------|------|-----------------------|
    | select_one oui | rsa  | Touchez-vous le RSA ? |

Prose, other headings and blank lines may stand between tables; a sheet may be cut into several tables. In a cell,
« \\| » is a bar and « <br> » a line break. A line that begins with « # » and no sheet's name is a comment.
A .csv has the layout of the first form, with commas, semicolons or tabs.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from enquete.errors import EnqueteError, Problem
from enquete.readers.encoding import decode, file_bytes
from enquete.tables import folded
from enquete.tables.read import ENCRYPTED, OLD_OFFICE

SHEETS = ("survey", "choices", "settings", "external_choices", "entities", "osm")
_HEADING = re.compile(r"(#{1,6})\s+(.+?)\s*#*")
_BAR = re.compile(r"(?<!\\)\|")
_BREAK = re.compile(r"\s*<br\s*/?>\s*", re.IGNORECASE)
_UNWRITTEN = re.compile("[\x00-\x08\x0e-\x1f]")  # what stands in no text
_RULE = re.compile(r"[\s:|-]*-[\s:|-]*")  # under the headers of a table

# Columns of ours, as they are written everywhere once accents, case and plurals are forgiven.
_OURS = {
    "survey": {"usage": "usage", "usages": "usage", "mesure": "mesure", "situation": "situation"},
    "choices": {"manque": "manque", "manquant": "manque"},
    "settings": {"vague": "vague", "vagues": "vague"},
}


@dataclass(frozen=True, slots=True)
class Fault:
    """line: of the file, or row of the sheet; 0: about the whole. message: a French sentence that ends with the remedy.

    is_error: whether the questionnaire can't be used so.
    """

    message: str
    sheet: str = ""
    line: int = 0
    is_error: bool = True

    def place(self) -> str:
        """« feuille « survey », ligne 4 »."""
        sheet = f"feuille « {self.sheet} »" if self.sheet else ""
        return ", ".join(part for part in (sheet, f"ligne {self.line}" if self.line else "") if part)


@dataclass(frozen=True, slots=True)
class Line:
    """number: line of the file, or row of the sheet. cells: by header, those that hold something."""

    number: int
    cells: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Sheet:
    """header: the columns that have a title, in order. title: line of the header. lines: those that hold something."""

    header: tuple[str, ...]
    lines: tuple[Line, ...]
    title: int = 1


@dataclass(frozen=True, slots=True)
class Book:
    """sheets: by name in small letters. names: of every sheet as written. faults: what can't be read rightly."""

    source: str
    sheets: Mapping[str, Sheet]
    names: tuple[str, ...]
    faults: tuple[Fault, ...] = ()


def read_book(path: Path) -> Book:
    """The sheets of a .md, .csv, .xlsx, .xlsm, .xls or .ods file, the groups of Kobo's form builder made plain.

    Raises EnqueteError: FILE_NOT_FOUND, QUESTIONNAIRE_IS_FOLDER, QUESTIONNAIRE_EMPTY, QUESTIONNAIRE_FORMAT,
    QUESTIONNAIRE_DAMAGED, TABLE_PASSWORD, TABLE_TOO_LARGE. What can be told line by line is in the book's faults.
    """
    from enquete.survey.questionnaire.kobo_groups import with_plain_groups

    return with_plain_groups(_read(path))


def _read(path: Path) -> Book:
    if path.is_dir():
        raise EnqueteError(Problem.QUESTIONNAIRE_IS_FOLDER, where=path.name or str(path))
    data = file_bytes(path)
    if not data.strip():
        raise EnqueteError(Problem.QUESTIONNAIRE_EMPTY, where=path.name)
    suffix = path.suffix.lower()
    if data.startswith(OLD_OFFICE) and ENCRYPTED in data:
        raise EnqueteError(Problem.TABLE_PASSWORD, where=path.name)
    if data.startswith((b"PK", OLD_OFFICE)) or suffix in (".xlsx", ".xlsm", ".xls", ".ods"):
        from enquete.survey.questionnaire.workbooks import read_workbook

        return read_workbook(path.name, data)
    text = decode(data)[0]
    if _UNWRITTEN.search(text) or text.lstrip().startswith(("<?xml", "<!DOCTYPE", "<html", "%PDF", "{")):
        raise EnqueteError(Problem.QUESTIONNAIRE_FORMAT, where=path.name)
    return delimited_book(path.name, text) if suffix in (".csv", ".tsv") else markdown_book(path.name, text)


def markdown_book(source: str, text: str) -> Book:
    """The sheets of a Markdown text."""
    return assembled(source, _markdown_rows(text))


def delimited_book(source: str, text: str) -> Book:
    """The sheets of a text whose first column names them."""
    best: list[tuple[int, list[str]]] = []
    for delimiter in ",;\t":
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
        rows, line = [], 1
        try:
            for row in reader:
                rows.append((line, row))
                line = reader.line_num + 1
        except csv.Error:
            continue
        if max((len(row) for _, row in rows), default=0) > max((len(row) for _, row in best), default=0):
            best = rows
    named = any(row and folded_sheet(row[0]) for _, row in best)
    first = next((row for _, row in best if any(row)), [])
    heading = "survey" if not named and {"type", "name"} <= {cell.strip().casefold() for cell in first} else ""
    return assembled(source, (Row(number, row, heading, named) for number, row in best))


def is_form(book: Book) -> bool:
    """Whether it has the sheet of a questionnaire, and not any table."""
    header = book.sheets["survey"].header if "survey" in book.sheets else ()
    return any(title.casefold() in ("type", "command") for title in header)


def folded_sheet(text: str) -> str:
    """The sheet of this name, case and accents aside; "" when it is none."""
    key = "_".join(text.split()).casefold().strip("`«»\"'* ")
    return key if key in SHEETS else ""


class Row(NamedTuple):
    """heading: sheet said by a heading. named: whether the first cell is that of the sheet's name. titles: whether a
    rule stands under it, so that it holds headers, or the sheet's name.
    """

    number: int
    cells: Sequence[str]
    heading: str = ""
    named: bool = True
    titles: bool = False


def _markdown_rows(text: str) -> Iterator[Row]:
    """The rows of its tables, rules left out. A heading holds for the tables under it, up to one of its rank."""
    lines = [line.strip() for line in text.splitlines()]
    heading, level, named, within = "", 0, True, False
    for number, line in enumerate(lines, 1):
        if not line.startswith("|"):
            within = False
            if found := _HEADING.fullmatch(line):
                said = next(filter(None, map(folded_sheet, re.split(r"[\s:,;()]+", found[2]))), "")
                if said or len(found[1]) <= level:
                    heading, level = said, len(found[1])
            continue
        cells = [_cell(cell) for cell in _BAR.split(line[1:])]
        if not cells[-1]:
            cells.pop()  # what follows the last bar
        first = cells[0] if cells else ""
        if not within:
            named = not heading or bool(folded_sheet(first)) or (not first and named)
        if not _RULE.fullmatch(line):
            ruled = not within and number < len(lines) and bool(_RULE.fullmatch(lines[number]))
            yield Row(number, cells, heading, named, ruled)
        within = True


def _cell(cell: str) -> str:
    return _BREAK.sub("\n", cell.replace("\\|", "|")).strip()


def assembled(source: str, rows: Iterable[Row]) -> Book:
    """The sheets of these rows, which come in order."""
    collected: dict[str, _Collected] = {}
    current = ""
    for row in rows:
        cells = [cell.strip() for cell in row.cells]
        if row.named:
            if cells and cells[0]:
                current = cells[0]
                collected.setdefault(current, _Collected(current.casefold())).header = None
            cells = cells[1:]
        else:
            current = row.heading
        if any(cells):
            sheet = collected.setdefault(current, _Collected(current.casefold()))
            sheet.add(row.number, cells, titles=row.titles and not row.named)
    known = [sheet for sheet in collected.values() if sheet.name in SHEETS and sheet.titles]
    faults = [fault for sheet in known for fault in sheet.faults]
    return Book(source, {sheet.name: sheet.sheet() for sheet in known}, tuple(filter(None, collected)), tuple(faults))


class _Collected:
    """A sheet as its rows come; a table that repeats the headers goes on with the sheet."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.header: list[str] | None = None
        self.titles: list[str] = []
        self.title = 0
        self.lines: list[Line] = []
        self.faults: list[Fault] = []

    def add(self, number: int, cells: Sequence[str], *, titles: bool) -> None:
        if self.header is None or titles or list(filter(None, cells)) == list(filter(None, self.header)):
            self._take_header(number, cells)
            return
        extra = [cell for place, cell in enumerate(cells) if cell and place >= len(self.header)]
        if extra:
            self.faults.append(
                Fault(
                    f"{len(cells)} cellules pour {len(self.header)} titres : les colonnes seraient décalées. Dans un "
                    "texte, écrivez « \\| » pour une barre, et retirez les séparateurs en trop.",
                    self.name,
                    number,
                )
            )
            return
        untitled = [place for place, cell in enumerate(cells) if cell and not self.header[place]]
        if untitled:
            message = f"la colonne {untitled[0] + 1} n'a pas de titre. Donnez-lui en un, ou videz cette cellule."
            self.faults.append(Fault(message, self.name, number))
            return
        self.lines.append(Line(number, {h: c for h, c in zip(self.header, cells, strict=False) if c}))

    def _take_header(self, number: int, cells: Sequence[str]) -> None:
        self.header = our_headers(self.name, cells)
        self.title = self.title or number
        seen: set[str] = set()
        for title in filter(None, self.header):
            if title in seen:
                message = f"deux colonnes ont le titre « {title} ». Renommez ou retirez l'une des deux."
                self.faults.append(Fault(message, self.name, number))
            seen.add(title)
        self.titles += [title for title in dict.fromkeys(self.header) if title and title not in self.titles]

    def sheet(self) -> Sheet:
        return Sheet(tuple(self.titles), tuple(self.lines), self.title)


def our_headers(sheet: str, header: Sequence[str]) -> list[str]:
    """The headers, those of our own columns in one spelling."""
    known = _OURS.get(sheet, {})
    return [known.get(folded(title), " ".join(title.split())) for title in header]
