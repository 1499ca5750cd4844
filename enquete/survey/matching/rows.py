"""Whose each row is, in which wave, on which day; the rows that are refused, each with its reason."""

from __future__ import annotations

import datetime
import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Protocol

from enquete.survey.answers.types import Column, DataTable
from enquete.survey.matching.loose import text_of
from enquete.survey.matching.platforms import day_columns, names_waves, submission_columns
from enquete.survey.matching.scalars import Doubt, date_order, read_day
from enquete.survey.participants import participant_key
from enquete.survey.questionnaire.types import Questionnaire
from enquete.survey.values import read_wave
from enquete.tables import Remark, Severity
from enquete.wording import n

_NOBODY = datetime.date(1980, 1, 1)
"""What LimeSurvey writes for a day that it was told not to keep."""


class Wave(Protocol):
    """A wave of the study, as its configuration holds it."""

    @property
    def code(self) -> str: ...
    @property
    def label(self) -> str: ...


@dataclass(slots=True)
class Rows:
    """The rows of the main table. refused: reasons, by place of the row; left: places of those of other waves."""

    table: DataTable
    keys: list[str]
    waves: list[str]
    submissions: list[str]
    days: list[datetime.date | None]
    refused: dict[int, str] = field(default_factory=dict)
    left: set[int] = field(default_factory=set)

    def of_wave(self, wave: str) -> list[int]:
        """Places of its rows that are kept."""
        return [
            row
            for row, of_row in enumerate(self.waves)
            if of_row == wave and row not in self.refused and row not in self.left
        ]

    def remarks(self) -> list[Remark]:
        """Each refused row with its reason; how many were left out."""
        numbers = self.table.numbers
        told = [
            Remark(numbers[row], Severity.ERROR, f"ligne refusée : {why}.") for row, why in sorted(self.refused.items())
        ]
        if self.left:
            message = f"{n('ligne', len(self.left))} d'autres vagues, de côté."
            told.append(Remark(None, Severity.NOTE, message))
        return told


def per_row(column: Column | None, count: int) -> list[str]:
    """The column's text in each row, "" for a blank."""
    if column is None:
        return [""] * count
    texts = [*map(text_of, column.levels), ""]
    return [texts[code] for code in column.codes.tolist()]


# --- waves


@dataclass(frozen=True, slots=True)
class WaveColumn:
    """The column that says each row's wave. of_rows: the wave's code, "" where it says none of the study."""

    column: Column
    of_rows: list[str]
    known: str

    def refusal(self, row: int) -> str:
        """Why a row has no wave."""
        blank = self.column.codes[row] < 0
        what = "cette ligne n'a pas de vague" if blank else "vague inconnue"
        return f"{what} (vagues de l'étude : {self.known})"


def find_waves(table: DataTable, waves: Sequence[Wave], column: Column | None, taken: set[str]) -> WaveColumn | None:
    """column: the one that the mapping names, else a header « vague » one value of which at least is a wave's.

    taken: headers that have another use. None where the file says nothing of waves.
    """
    codes, labels = [wave.code for wave in waves], [wave.label for wave in waves]

    def read(one: Column) -> list[str]:
        return [_wave_of(text_of(level), codes, labels) for level in one.levels]

    if column is None:
        named = [one for one in table.columns if names_waves(one.name) and one.name not in taken and any(read(one))]
        if len(named) != 1:
            return None
        column = named[0]
    told = [*read(column), ""]
    return WaveColumn(column, [told[place] for place in column.codes.tolist()], ", ".join(codes))


def _wave_of(text: str, codes: Sequence[str], labels: Sequence[str]) -> str:
    try:
        return read_wave(text, codes, labels)
    except ValueError:
        return ""


def wave_refusal(wave: str, questionnaire: Questionnaire) -> str | None:
    """Why rows of this wave are not for this questionnaire."""
    if not questionnaire.waves or wave in questionnaire.waves:
        return None
    made_for = ", ".join(questionnaire.waves)
    return f"le questionnaire « {questionnaire.name} » est celui de la vague {made_for}, pas de {wave}"


# --- keys, days, submissions


def refuse_keys(rows: Rows) -> None:
    """Rows without a key in a file that has one, two rows with one key in a wave. Whether a key may serve as a code is
    for whoever knows those of the study.
    """
    same: dict[tuple[str, str], list[int]] = defaultdict(list)
    known: dict[str, str] = {}
    for row, key in enumerate(rows.keys):
        if row in rows.refused or row in rows.left:
            continue
        folded_key = known.get(key) or known.setdefault(key, participant_key(key))
        if folded_key:
            same[folded_key, rows.waves[row]].append(row)
        else:
            rows.refused[row] = "cette ligne n'a pas de code de participant"
    for (_, wave), several in same.items():
        if len(several) > 1:
            lines = _listed([rows.table.numbers[row] for row in several])
            for row in several:
                rows.refused[row] = f"les lignes {lines} portent le même code de participant dans la vague {wave}"


def _listed(numbers: Sequence[int]) -> str:
    texts = [str(number) for number in numbers]
    return f"{', '.join(texts[:-1])} et {texts[-1]}"


def submissions(table: DataTable, taken: set[str]) -> list[str]:
    """The collecting program's own number of each row."""
    headers = [c.name for c in table.columns if c.name not in taken]
    for header in submission_columns(headers):
        texts = per_row(table.column(header), len(table.numbers))
        if any(texts):
            return [text.removeprefix("uuid:") for text in texts]
    return [""] * len(table.numbers)


def days(table: DataTable, column: Column | None, order: str | None, taken: set[str]) -> list[datetime.date | None]:
    """The day of each row: from the column that says so, else from the first of the program's own that knows."""
    count = len(table.numbers)
    if column is not None:
        return _days_of(column, order)
    found: list[datetime.date | None] = [None] * count
    for header in day_columns([c.name for c in table.columns if c.name not in taken]):
        own = table.column(header)
        if own is not None and None in found:
            told = _days_of(own, None)
            found = [day or other for day, other in zip(found, told, strict=True)]
    return found


def _days_of(column: Column, order: str | None) -> list[datetime.date | None]:
    told = _read_days(column, order)
    of_levels = [None if isinstance(day, Doubt) or day == _NOBODY else day for day in told]
    return [of_levels[place] if place >= 0 else None for place in column.codes.tolist()]


def _read_days(column: Column, order: str | None) -> list[datetime.date | Doubt]:
    order = order or date_order(level for level in column.levels if isinstance(level, str))
    return [read_day(level, order) for level in column.levels]


def self_written(table: DataTable, taken: set[str]) -> list[Remark]:
    """What the program's own columns say of its rows: unfinished answers, days that read two ways."""
    told = []
    headers = [c.name for c in table.columns if c.name not in taken]
    for header in day_columns(headers):
        column = table.column(header)
        if column is None:
            continue
        unsent = int((column.codes < 0).sum())
        if unsent and re.match(r"submitdate|date de soumission|date submitted", header, re.IGNORECASE):
            message = f"{n('réponse inachevée', unsent)} (sans date d'envoi), gardée{'s' if unsent > 1 else ''}."
            told.append(Remark(None, Severity.NOTE, message))
        if any(isinstance(day, Doubt) and day.settle == "dates" for day in _read_days(column, None)):
            message = f"« {header} » se lit de deux façons (jour et mois) : aucun jour n'en est tiré."
            told.append(Remark(None, Severity.NOTE, message))
    return told


def orphans(parents: Sequence[int], numbers: Sequence[int], where: str) -> list[Remark]:
    """Rows of a linked table whose parent is nowhere in the file."""
    message = f"ligne refusée : {where}, la ligne à laquelle elle se rattache manque."
    return [
        Remark(number, Severity.ERROR, message) for number, parent in zip(numbers, parents, strict=True) if parent < 0
    ]


def followers(parents: Sequence[int], imported: int, where: str) -> list[Remark]:
    """How many rows of a linked table stay out with the row that they belong to."""
    out = sum(parent >= 0 for parent in parents) - imported
    if not out:
        return []
    tied = "à laquelle elles se rattachent" if out > 1 else "à laquelle elle se rattache"
    message = f"{where} : {n('ligne', out)} de côté, avec la ligne {tied}."
    return [Remark(None, Severity.WARNING, message)]
