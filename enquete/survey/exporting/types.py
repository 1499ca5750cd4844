"""What an export is made of, before any format."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from enquete.model import Measure, MissingKind
from enquete.survey.matching.types import Cell, Variable


class Holds(StrEnum):
    """What the cells of a column are. CODE: values with labels; NUMBER: numbers, and values that are missing."""

    CODE = "code"
    NUMBER = "nombre"
    TEXT = "texte"
    DATE = "date"
    TIME = "heure"
    DATETIME = "date et heure"


@dataclass(frozen=True, slots=True)
class Value:
    """A value with a label. code: as statistical programs hold it, the same in all waves; name: of the choice, or the
    code of a missing value as its file wrote it. missing: what it means when it is no answer.
    """

    code: int | float
    name: str
    label: str
    missing: MissingKind | None = None


Entry = Value | int | float | str | datetime.date | datetime.time | None
"""A cell. None: blank."""


@dataclass(frozen=True, slots=True)
class Field:
    """A column. name: unique in its table, whatever the case. values: all that its cells may hold, answers first.

    ranges: (low, high) of numbers declared missing beyond `values`. question: that it comes from, "" for none; choice:
    of a question to several, what it says of which choice. decimals: of its numbers. waves: codes of those that
    ask it.
    """

    name: str
    label: str
    holds: Holds
    cells: Sequence[Entry]
    values: tuple[Value, ...] = ()
    ranges: tuple[tuple[float, float], ...] = ()
    measure: Measure = Measure.NOMINAL
    decimals: int = 0
    weight: bool = False
    question: str = ""
    choice: str = ""
    waves: tuple[str, ...] = ()

    @property
    def missing(self) -> tuple[Value, ...]:
        return tuple(value for value in self.values if value.missing)


@dataclass(frozen=True, slots=True)
class MultipleSet:
    """Columns 0/1 of one question to several choices."""

    name: str
    label: str
    fields: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """name: of the repeat, "" for the main table."""

    name: str
    fields: tuple[Field, ...]
    sets: tuple[MultipleSet, ...] = ()

    @property
    def rows(self) -> int:
        return len(self.fields[0].cells) if self.fields else 0


@dataclass(frozen=True, slots=True)
class Row:
    """What one person answered, or one row of a repeat. id, parent: of the database.

    texts: open answers, by question.
    """

    id: int
    parent: int | None
    participant: str
    respondent: str
    wave: str
    day: datetime.date | None
    cells: Mapping[str, Cell]
    texts: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Source:
    """What one part of one questionnaire holds. part: path of the repeat, "" for the main table."""

    questionnaire: str
    wave: str
    part: str
    variables: tuple[Variable, ...]
    rows: tuple[Row, ...]
