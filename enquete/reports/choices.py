"""Drop-down lists in the columns that readers fill in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from enquete.findings.tables import Column
from enquete.reports.workbook import add_sheet, put

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

LISTS_SHEET = "Listes"

_INLINE = 255  # characters of a list that is written in its own cell range, Excel's own limit
_MESSAGE = 225  # characters of an error message, Excel's own limit
_REFUSED = "Choisissez une valeur de la liste, ou laissez la case vide."


class Choices:
    """The lists of a workbook; those that are too long to stand beside their cells, on a hidden sheet."""

    def __init__(self, book: Workbook) -> None:
        self._book = book
        self._long: dict[tuple[str, ...], int] = {}

    def offer(self, sheet: Worksheet, number: int, rows: int, column: Column) -> None:
        """In the rows under the header. number: of the column, from 1."""
        from openpyxl.utils import get_column_letter
        from openpyxl.worksheet.datavalidation import DataValidation

        told = f"{_REFUSED} {column.title} : {', '.join(column.choices)}."
        validation = DataValidation(
            type="list",
            formula1=self._formula(column.choices),
            allow_blank=True,
            showErrorMessage=True,
            errorTitle="Valeur inconnue",
            error=told if len(told) <= _MESSAGE else _REFUSED,
        )
        letter = get_column_letter(number)
        validation.add(f"{letter}2:{letter}{rows + 1}")
        sheet.add_data_validation(validation)

    def write(self) -> None:
        """The hidden sheet, when a list needs it; once every list is known."""
        if not self._long:
            return
        sheet = add_sheet(self._book, LISTS_SHEET)
        sheet.sheet_state = "hidden"
        for choices, number in self._long.items():
            for line, choice in enumerate(choices, start=1):
                put(sheet.cell(line, number), choice)

    def _formula(self, choices: tuple[str, ...]) -> str:
        from openpyxl.utils import get_column_letter

        joined = ",".join(choices)
        if len(joined) <= _INLINE - 2 and not any(mark in choice for choice in choices for mark in ',"'):
            return f'"{joined}"'
        letter = get_column_letter(self._long.setdefault(choices, len(self._long) + 1))
        return f"'{LISTS_SHEET}'!${letter}$1:${letter}${len(choices)}"
