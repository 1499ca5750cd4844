"""Answers as a Stata file: labels, and missing values under letters. Equal tables give equal bytes."""

from __future__ import annotations

import re
from collections.abc import Mapping
from string import ascii_lowercase
from typing import Any

from enquete.exchange.files import written
from enquete.model import MissingKind
from enquete.survey.exporting.names import STATA, cut, fitting
from enquete.survey.exporting.types import Entry, Field, Holds, Table, Value

_LONGEST_LABEL = 80  # characters, of columns and of the file
_LONGEST_VALUE_LABEL = 32_000  # bytes
_STAMP = re.compile(rb"(<timestamp>\x11).{17}(?=</timestamp>)", re.DOTALL)
_MADE = b"01 Jan 1980 00:00"  # none is told
# The usual letter of each kind; a file's own (« .r ») stays.
_LETTERS = {
    MissingKind.DONT_KNOW: "d", MissingKind.REFUSED: "r", MissingKind.NOT_APPLICABLE: "s", MissingKind.NOT_ASKED: "n",
    MissingKind.OTHER: "z",
}  # fmt: skip


def dta(table: Table, title: str) -> bytes:
    """One table as a .dta of version 15, which Stata 14 opens too as far as its limits go."""
    import pandas as pd
    import pyreadstat

    names = fitting((field.name for field in table.fields), STATA)
    letters = {field.name: letters_of(field) for field in table.fields}
    frame = pd.DataFrame({names[f.name]: _column(f, letters[f.name]) for f in table.fields})

    def write(path: str) -> None:
        pyreadstat.write_dta(
            frame,
            path,
            file_label=cut(title, _LONGEST_LABEL, characters=True),
            column_labels={names[f.name]: cut(f.label, _LONGEST_LABEL, characters=True) for f in table.fields},
            version=15,
            variable_value_labels={
                names[f.name]: labels for f in table.fields if (labels := _labels(f, letters[f.name]))
            },
            missing_user_values={
                names[f.name]: sorted(set(letters[f.name].values())) for f in table.fields if letters[f.name]
            },
        )

    return _STAMP.sub(rb"\g<1>" + _MADE, written(write), count=1)


def letters_of(field: Field) -> dict[Value, str]:
    """A letter for each missing value: its own, else that of its kind, else the first that is free."""
    found: dict[Value, str] = {}
    for value in field.missing:
        if re.fullmatch(r"\.[a-z]", value.name) and value.name[1] not in found.values():
            found[value] = value.name[1]
    for value in field.missing:
        if value not in found and value.missing:
            free = [_LETTERS[value.missing], *ascii_lowercase]
            found[value] = next((letter for letter in free if letter not in found.values()), "z")
    return found


def _labels(field: Field, letters: Mapping[Value, str]) -> dict[Any, str]:
    """Of answers by number, of what is missing by letter."""
    labels: dict[Any, str] = {}
    for value in field.values:
        words = cut(value.label or value.name, _LONGEST_VALUE_LABEL)
        if value in letters:
            labels[letters[value]] = words
        elif isinstance(value.code, int):
            labels[float(value.code)] = words
    return labels


def _column(field: Field, letters: Mapping[Value, str]) -> Any:
    import pandas as pd

    if field.holds in (Holds.CODE, Holds.NUMBER):
        # Never whole numbers: pyreadstat writes a blank after a letter as whatever stood in memory, zero perhaps.
        cells = [_cell(cell, letters) for cell in field.cells]
        return pd.Series(cells, dtype=object if any(isinstance(cell, str) for cell in cells) else float)
    if field.holds in (Holds.DATE, Holds.DATETIME) and any(cell is not None for cell in field.cells):
        return pd.Series(list(field.cells), dtype=object)
    # Stata has no times of day; blank texts are empty there.
    return pd.Series(["" if cell is None else str(cell) for cell in field.cells], dtype=object)


def _cell(cell: Entry, letters: Mapping[Value, str]) -> Any:
    if isinstance(cell, Value):
        return letters[cell] if cell in letters else float(cell.code)
    return float(cell) if isinstance(cell, int | float) else None
