"""Titles of the columns of a text or a sheet: found, and refused when they would make a column be misread."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from enquete.errors import EnqueteError, Problem
from enquete.survey.answers.fields import first_lines
from enquete.survey.answers.levels import rows_of
from enquete.survey.answers.types import Column, DataTable
from enquete.tables import Remark, Severity

_TITLE_SHOWN = 60  # characters
_DATUM = re.compile(r"\d{1,4}[/.-]\d{1,2}[/.-]\d{1,4}|[^\s@]+@[^\s@]+\.\w+")


def header_place(rows: Sequence[Sequence[str]]) -> int | None:
    """The first row that holds something, unless it is a title above the table; None when all are blank.

    A title stands alone in its row, which is as wide as the others or set apart by a blank one.
    """
    filled = [sum(bool(cell) for cell in row) for row in rows]
    first = next((place for place, count in enumerate(filled) if count), None)
    if first is None or filled[first] > 1:
        return first
    wider = next((place for place in range(first, len(rows)) if filled[place] > 1), first)
    return wider if len(rows[first]) > 1 or 0 in filled[first:wider] else first


def check_header(header: Sequence[str], where: str, below_title: bool) -> None:
    """below_title: other rows stand above, so that a row of answers might be taken for the header.

    Raises EnqueteError(TABLE_NO_HEADER, ANSWERS_REPEATED).
    """
    titles = [title for title in header if title]
    numbers = [bool(re.fullmatch(r"[\d\s.,]+", title)) for title in titles]
    if any(map(_DATUM.fullmatch, titles)) or all(numbers) or (below_title and any(numbers)):
        raise EnqueteError(Problem.TABLE_NO_HEADER, where=where)
    seen: dict[str, int] = {}
    for place, title in enumerate(header):
        key = " ".join(title.split())
        if key and seen.setdefault(key, place) != place:
            shown = key if len(key) <= _TITLE_SHOWN else f"{key[:_TITLE_SHOWN]}…"
            raise EnqueteError(
                Problem.ANSWERS_REPEATED, where=where, first=seen[key] + 1, second=place + 1, title=shown
            )


def header_remarks(titles: Sequence[str]) -> list[Remark]:
    """Titles that pandas has renamed: « Précisez » and « Précisez.1 » were one title, written twice."""
    known = set(titles)
    return [
        Remark(
            None,
            Severity.WARNING,
            f"Les colonnes « {found[1]} » et « {title} » portaient peut-être le même titre, qu'un programme a numéroté "
            ": vérifiez laquelle répond à quelle question.",
        )
        for title in titles
        if (found := re.fullmatch(r"(.+)\.[1-9]", title)) and found[1] in known
    ]


def title_remarks(lines: Sequence[int]) -> list[Remark]:
    """lines: those that hold something above the header."""
    if not lines:
        return []
    return [Remark(None, Severity.NOTE, f"Tenu pour un titre au-dessus du tableau : {first_lines(lines)}.")]


def titled(table: DataTable, where: str) -> tuple[DataTable, list[Remark]]:
    """The table without its blank columns that have no title. Raises EnqueteError(TABLE_NO_TITLE, ANSWERS_TWO_HEADERS).

    A first column without title that only numbers the rows (pandas and R write one) is left out, and it is said.
    """
    if _titled_below(table):
        raise EnqueteError(Problem.ANSWERS_TWO_HEADERS, where=f"{where}, ligne {table.numbers[0]}")
    remarks = []
    columns = []
    for place, each in enumerate(table.columns):
        if each.name:
            columns.append(each)
        elif place == 0 and _numbers_rows(each):
            remarks.append(
                Remark(
                    None,
                    Severity.NOTE,
                    f"La première colonne de « {table.name} », sans titre, ne fait que numéroter les lignes : laissée.",
                )
            )
        elif each.levels:
            row = rows_of(each, range(len(each.levels)))[0]
            raise EnqueteError(Problem.TABLE_NO_TITLE, where=f"{where}, ligne {table.numbers[row]}", column=place + 1)
    return replace(table, columns=tuple(columns)), remarks


def _titled_below(table: DataTable) -> bool:
    """Whether several columns have no title, and the first row holds one for each column."""
    if not table.numbers or sum(not each.name and bool(each.levels) for each in table.columns) < 2:
        return False
    first = [each.levels[each.codes[0]] if each.codes[0] >= 0 else "" for each in table.columns if each.levels]
    return all(isinstance(cell, str) and re.search(r"[^\W\d]", cell) for cell in first)


def _numbers_rows(each: Column) -> bool:
    """Whole numbers that only grow, one in each row."""
    if len(each.levels) != len(each.codes) or not all(re.fullmatch(r"\d+", str(level)) for level in each.levels):
        return False
    numbers = [int(str(level)) for level in each.levels]
    return numbers == sorted(numbers)
