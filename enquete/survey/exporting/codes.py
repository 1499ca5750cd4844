"""Numbers for choices and for what is missing: the same in all waves, within what SPSS can declare."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import count
from math import floor

from enquete.model import MissingKind
from enquete.survey.exporting.types import Value
from enquete.survey.matching.types import Cell, Missing, Variable
from enquete.survey.questionnaire.types import Choice, QuestionKind
from enquete.wording import label

_WHOLE = re.compile(r"-?\d{1,9}")
_NUMBER = re.compile(r"-?\d+(?:[.,]\d+)?")
_DISCRETE = 3  # missing values that SPSS declares one by one
YES_NO: tuple[Value, ...] = (Value(0, "0", "Non"), Value(1, "1", "Oui"))
NUMBERS = (QuestionKind.INTEGER, QuestionKind.DECIMAL)


@dataclass(frozen=True, slots=True)
class Coded:
    """How a question is written. values: answers first; ranges: declared missing. recoded: its missing values bear
    other numbers than their files', since SPSS could not declare them.
    """

    values: tuple[Value, ...]
    ranges: tuple[tuple[float, float], ...] = ()
    recoded: bool = False

    def of(self, cell: Cell) -> Value | None:
        """The value of a choice's name or of a missing answer; None for what is neither."""
        if isinstance(cell, Missing):
            found = [value for value in self.values if value.missing and value.name == _plain(cell.code)]
            return next((value for value in found if value.missing is cell.kind), found[0] if found else None)
        return next((value for value in self.values if value.name == cell), None)


def coded(variables: Sequence[Variable], cells: Iterable[Cell]) -> Coded:
    """One question, as each wave asks it, with all that people answered."""
    given = list(dict.fromkeys(cells))
    missing = _missing(variables, given)
    if variables[0].kind in NUMBERS:
        numbers = [cell for cell in given if isinstance(cell, int | float)]
        return _declared(variables, (), numbers, missing)
    if variables[0].kind is QuestionKind.MANY:
        return _declared(variables, YES_NO, [0, 1], missing)
    choices = [choice for choice in _choices(variables) if not choice.missing]
    known = {choice.name for choice in choices}
    strays = sorted({name for cell in given for name in _names(cell)} - known - {name for name, _, _ in missing})
    answers = _numbered([*choices, *(Choice(name, name) for name in strays)])
    return _declared(variables, answers, [value.code for value in answers], missing)


def _names(cell: Cell) -> tuple[str, ...]:
    return cell if isinstance(cell, tuple) else (cell,) if isinstance(cell, str) else ()


def _choices(variables: Sequence[Variable]) -> list[Choice]:
    """Of all waves, each once, as the last wave words it."""
    found = {choice.name: choice for variable in variables for choice in variable.choices}
    return list(found.values())


def _numbered(choices: Sequence[Choice]) -> tuple[Value, ...]:
    """Names that are numbers keep them; else from 1 on."""
    whole = all(_WHOLE.fullmatch(choice.name) for choice in choices)
    if whole and len({int(choice.name) for choice in choices}) == len(choices):
        return tuple(Value(int(choice.name), choice.name, choice.label or choice.name) for choice in choices)
    return tuple(Value(rank, choice.name, choice.label or choice.name) for rank, choice in enumerate(choices, 1))


_Gap = tuple[str, str, MissingKind]  # name, label, kind


def _missing(variables: Sequence[Variable], given: Iterable[Cell]) -> list[_Gap]:
    """What is no answer: choices that say so, single values that files declare, what people gave."""
    found: dict[tuple[str, MissingKind], str] = {}
    for choice in _choices(variables):
        if choice.missing:
            found[_plain(choice.name), choice.missing] = choice.label
    names = {name for name, _ in found}
    for variable in variables:
        for code in variable.missing:
            name = _plain(code.low)
            if code.low == code.high and name not in names:
                found[name, code.kind] = code.label or _told(code.kind)
    for cell in given:
        if isinstance(cell, Missing):
            found.setdefault((_plain(cell.code), cell.kind), _told(cell.kind))
    return [(name, words, kind) for (name, kind), words in found.items()]


def _told(kind: MissingKind) -> str:
    """The label of a missing value to which no file gives one; none where nothing is known of it."""
    return "" if kind is MissingKind.OTHER else label(kind)


def _plain(code: float | str) -> str:
    """A number as files write it, « 99 » for 99.0; anything else as it is."""
    number = _number(str(code))
    return str(code) if number is None else str(number)


def _number(name: str) -> int | float | None:
    if not _NUMBER.fullmatch(name):
        return None
    value = float(name.replace(",", "."))
    return int(value) if value.is_integer() else value


def _declared(
    variables: Sequence[Variable], answers: tuple[Value, ...], valid: Sequence[float], missing: Sequence[_Gap]
) -> Coded:
    """Missing values under the numbers of their files where SPSS can declare them beside these answers, else under
    numbers below all answers.
    """
    ranges = _ranges(variables)
    codes = [_number(name) for name, _, _ in missing]
    kept = all(code is not None and code not in valid for code in codes) and len(set(codes)) == len(codes)
    if kept:
        values = tuple(
            Value(code, name, words, kind)
            for code, (name, words, kind) in zip(codes, missing, strict=True)
            if code is not None
        )
        if declarable([value.code for value in values], ranges, valid) is not None:
            return Coded((*answers, *values), ranges)
    below = min(0, floor(min(valid, default=0)))
    values = tuple(Value(below - place, *gap) for place, gap in zip(count(1), missing, strict=False))
    return Coded((*answers, *values), (), recoded=any(code is not None for code in codes) or bool(ranges))


def _ranges(variables: Sequence[Variable]) -> tuple[tuple[float, float], ...]:
    found = [
        (float(code.low), float(code.high))
        for variable in variables
        for code in variable.missing
        if isinstance(code.low, int | float) and isinstance(code.high, int | float) and code.low != code.high
    ]
    return tuple(dict.fromkeys(found))


Declared = list[float | tuple[float, float]]


def declarable(
    codes: Sequence[float], ranges: Sequence[tuple[float, float]], valid: Sequence[float]
) -> Declared | None:
    """What SPSS is told: three values, or one range and one value at most, that no answer falls in. None: it can't."""
    alone = sorted({code for code in codes if not any(low <= code <= high for low, high in ranges)})
    if any(low <= value <= high for low, high in ranges for value in valid):
        return None
    if not ranges and len(alone) <= _DISCRETE:
        return list(alone)
    if len(ranges) <= 1 and len(alone) <= 1:
        return [*ranges, *alone]
    ends = [*alone, *(end for pair in ranges for end in pair)]
    for out in (None, *alone):
        rest = [end for end in ends if end != out]
        low, high = min(rest), max(rest)
        if not any(low <= value <= high for value in valid):
            return [(low, high), *([] if out is None else [out])]
    return None
