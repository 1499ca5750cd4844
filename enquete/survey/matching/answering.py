"""The answers to one question, from the columns that hold them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from enquete.model import Measure
from enquete.survey.answers.types import Column, DataTable
from enquete.survey.matching.columns import Assigned
from enquete.survey.matching.combining import both, completing, from_marks, from_places
from enquete.survey.matching.headers import Part
from enquete.survey.matching.reading import Rules, missing_codes
from enquete.survey.matching.single import Answer, single
from enquete.survey.matching.types import Answered, Variable
from enquete.survey.questionnaire.types import Question, QuestionKind, Usage

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Codes = NDArray[np.int32]


def answer(question: Question, columns: Sequence[Assigned], table: DataTable, rules: Rules, weight: str) -> Answer:
    """weight: the column that the file declares to be its weight."""
    whole = [one for one in columns if one.claim and one.claim.part is Part.WHOLE]
    marks = [one for one in columns if one.claim and one.claim.part is Part.CHOICE]
    places = [one for one in columns if one.claim and one.claim.part is Part.PLACE]
    if marks:
        made = from_marks(question, marks, table, rules)
        if whole:
            made = both(single(question, whole[0], table, rules), made)
    elif len(whole) > 1 and question.kind not in (QuestionKind.MANY, QuestionKind.RANK):
        made = completing(question, whole, table, rules)
    elif places or len(whole) > 1:
        made = from_places(question, sorted(places, key=_place) or whole, table, rules)
    else:
        made = single(question, whole[0], table, rules)
    if made.answered:
        names = [one.column for one in columns]
        variable = _variable(question, names, rules, weight)
        made.answered = Answered(variable, made.answered.cells, made.answered.codes)
        made.mixed = _mixed(question, made.answered)
    return made


def _place(one: Assigned) -> int:
    return int(one.claim.item) if one.claim and one.claim.item else 0


def _variable(question: Question, columns: Sequence[Column], rules: Rules, weight: str) -> Variable:
    """The questionnaire says what is measured, the file what it declared missing and how it shows values."""
    own = rules.mapping.question(question.name)
    first = columns[0]
    codes = dict.fromkeys(code for column in columns for code in missing_codes(column, own))
    ordered = question.kind is QuestionKind.ONE and first.measure is Measure.ORDINAL
    return Variable(
        question=question.name,
        kind=question.kind,
        label=question.label,
        measure=Measure.ORDINAL if ordered else question.measure,
        choices=question.choices,
        missing=tuple(codes),
        columns=tuple(column.name for column in columns),
        format=first.format,
        weight=Usage.WEIGHT in question.usage or (bool(weight) and first.name == weight),
    )


def _mixed(question: Question, answered: Answered) -> list[int]:
    import numpy as np

    none = {choice.name for choice in question.choices if choice.missing}
    places = [
        place for place, cell in enumerate(answered.cells)
        if isinstance(cell, tuple) and len(cell) > 1 and none.intersection(cell)
    ]  # fmt: skip
    return [int(row) for row in np.nonzero(np.isin(answered.codes, places))[0]] if places else []
