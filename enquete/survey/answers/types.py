"""A file of answers, whatever wrote it.

A column is its distinct values and, for each row, which of them: what must be said of values (is this an answer that
the question knows?) is asked once of each, however many rows there are.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from enquete.model import Measure
from enquete.tables import Remark

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


@dataclass(frozen=True, slots=True, order=True)
class Tagged:
    """A missing value that bears a letter: Stata's « .a » to « .z », SAS's too."""

    letter: str


@dataclass(frozen=True, slots=True)
class MissingRange:
    """Values declared missing, both ends included; a single value has equal ends. Texts, tags: only as single ones."""

    low: float | str | Tagged
    high: float | str | Tagged


Scalar = int | float | str | datetime.date | datetime.datetime | datetime.time | Tagged
"""A cell that holds something. Text as the file holds it: NFC, no spaces around."""


@dataclass(frozen=True, slots=True)
class Column:
    """One variable. levels: its distinct values, in order of first appearance. codes: for each row the place of its
    value in `levels`, -1 for a blank cell (int32).

    label: what the file says that it asks. value_labels: what single values mean. missing: declared missing.
    measure: None when the file does not say. format: the program's own (« F8.2 », « %9.0g », « EDATE10 »).
    """

    name: str
    levels: tuple[Scalar, ...]
    codes: NDArray[np.int32]
    label: str = ""
    value_labels: Mapping[Scalar, str] = field(default_factory=dict)
    missing: tuple[MissingRange, ...] = ()
    measure: Measure | None = None
    format: str = ""


@dataclass(frozen=True, slots=True)
class ResponseSet:
    """A multiple-response set of SPSS. counted: the value that says « chosen » (dichotomies), None for categories."""

    name: str
    label: str
    columns: tuple[str, ...]
    counted: Scalar | None = None


@dataclass(frozen=True, slots=True)
class DataTable:
    """name: of the sheet, or of the file without its extension. numbers: of each row as its author sees it (line of a
    text file, row of a sheet, case of a statistical file), from 1.
    """

    name: str
    columns: tuple[Column, ...]
    numbers: tuple[int, ...]

    def column(self, name: str) -> Column | None:
        return next((column for column in self.columns if column.name == name), None)


@dataclass(frozen=True, slots=True)
class DataFile:
    """tables: the first is the main one; others are linked (repeats). format: « sav », « dta », « csv »…
    weight: name of the weight variable, where the file declares one. notes: what its author wrote in it about it.
    remarks: rows that were refused (ERROR: they are in no table) and what its reader should know.
    """

    source: str
    format: str
    tables: tuple[DataTable, ...]
    sets: tuple[ResponseSet, ...] = ()
    weight: str = ""
    label: str = ""
    remarks: tuple[Remark, ...] = ()
    notes: tuple[str, ...] = ()
