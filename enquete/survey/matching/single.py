"""The answers in one column, and what « --essai » says of it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from enquete.model import MissingKind
from enquete.survey.answers.types import Column, DataTable
from enquete.survey.matching.columns import Assigned
from enquete.survey.matching.loose import text_of
from enquete.survey.matching.reading import Level, Rules, label_of, read_levels
from enquete.survey.matching.types import Answered, Cell, ColumnReport, Missing, Use, Variable
from enquete.survey.questionnaire.types import Question

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Codes = NDArray[np.int32]


@dataclass(slots=True)
class Answer:
    """answered: None for an open question without any kind of missing. texts: of an open question, row by row.

    other: words of « autre » that stand among the choices, row by row. conflicts: rows (from 0) whose columns
    disagree; mixed: rows where a choice that means « no answer » stands beside others.
    """

    question: Question
    answered: Answered | None
    reports: list[ColumnReport]
    texts: list[str] = field(default_factory=list)
    other: list[str] = field(default_factory=list)
    conflicts: list[int] = field(default_factory=list)
    mixed: list[int] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Read:
    """A column once read: cells and, for each row, its place among them (-1: none)."""

    assigned: Assigned
    levels: list[Level]
    cells: tuple[Cell, ...]
    codes: Codes


def unsaid(question: Question) -> Variable:
    """A variable of which the columns are still to be said."""
    return Variable(question.name, question.kind, question.label, question.measure)


def read_column(question: Question, assigned: Assigned, rules: Rules) -> Read:
    """Each level once; equal answers share a cell."""
    levels = read_levels(question, assigned.column, rules)
    cells, codes = coded([level.cell for level in levels], assigned.column.codes)
    return Read(assigned, levels, cells, codes)


def coded(of_levels: Sequence[Cell | None], codes: Codes) -> tuple[tuple[Cell, ...], Codes]:
    """The distinct cells, and for each row its place among them."""
    import numpy as np

    places: dict[tuple[type, Cell], int] = {}
    lookup = np.full(len(of_levels) + 1, -1, dtype=np.int32)  # the last one is what -1 finds
    for level, cell in enumerate(of_levels):
        if cell is not None:
            lookup[level] = places.setdefault((type(cell), cell), len(places))
    return tuple(cell for _, cell in places), lookup[codes]


def single(question: Question, assigned: Assigned, table: DataTable, rules: Rules) -> Answer:
    """What one column alone holds of a question: cells, or the words of an open one."""
    read = read_column(question, assigned, rules)
    report = report_of(read, table, question)
    other = _by_row([level.words for level in read.levels], assigned.column.codes)
    if not question.open:
        return Answer(question, Answered(unsaid(question), read.cells, read.codes), [report], other=other)
    kept = [level.cell if isinstance(level.cell, Missing) else None for level in read.levels]
    cells, codes = coded(kept, assigned.column.codes)
    words = ["" if isinstance(level.cell, Missing) else str(level.cell or "") for level in read.levels]
    texts = _by_row(words, assigned.column.codes) or [""] * len(table.numbers)
    return Answer(question, Answered(unsaid(question), cells, codes) if cells else None, [report], texts)


def _by_row(of_levels: Sequence[str], codes: Codes) -> list[str]:
    """A text for each row; nothing at all when there is none."""
    if not any(of_levels):
        return []
    texts = [*of_levels, ""]
    return [texts[code] for code in codes.tolist()]


def report_of(read: Read, table: DataTable, question: Question) -> ColumnReport:
    """What « --essai » says of a column read on its own."""
    valid, missing = _counts(read.cells, read.codes)
    doubtful = unknown_rows(read.assigned.column, read.levels, table.numbers)
    hidden = sum(len(rows) for rows in _doubt_rows(read, table))
    missing[None] = missing.get(None, 0) - hidden
    settle = dict.fromkeys(level.doubt.settle for level in read.levels if level.doubt)
    return ColumnReport(
        column=read.assigned.column.name,
        question=question,
        valid=valid,
        missing={kind: count for kind, count in missing.items() if count},
        unknown=doubtful,
        examples=examples(read.assigned.column),
        note=read.assigned.note,
        use=Use.ANSWERS,
        table=table.name,
        item=read.assigned.claim.item if read.assigned.claim else "",
        settle=tuple(settle),
    )


def _doubt_rows(read: Read, table: DataTable) -> Iterable[tuple[int, ...]]:
    for place, level in enumerate(read.levels):
        if level.doubt:
            yield rows_of(read.assigned.column.codes, place, table.numbers)


def unknown_rows(column: Column, levels: Sequence[Level], numbers: Sequence[int]) -> dict[str, tuple[int, ...]]:
    """Values that mean nothing to the question, as written, with the rows where they stand."""
    found: dict[str, tuple[int, ...]] = {}
    for place, level in enumerate(levels):
        if level.doubt:
            rows = rows_of(column.codes, place, numbers)
            for text in level.strangers or (text_of(column.levels[place]),):
                found[text] = tuple(sorted({*found.get(text, ()), *rows}))
    return found


def rows_of(codes: Codes, place: int, numbers: Sequence[int]) -> tuple[int, ...]:
    """Numbers of the rows that hold one level."""
    import numpy as np

    return tuple(numbers[row] for row in np.nonzero(codes == place)[0].tolist())


def _counts(cells: Sequence[Cell], codes: Codes) -> tuple[int, dict[MissingKind | None, int]]:
    import numpy as np

    counts = np.bincount(codes + 1, minlength=len(cells) + 1).tolist()
    missing: dict[MissingKind | None, int] = {None: counts[0]}
    valid = 0
    for cell, count in zip(cells, counts[1:], strict=True):
        if isinstance(cell, Missing):
            missing[cell.kind] = missing.get(cell.kind, 0) + count
        else:
            valid += count
    return valid, missing


def examples(column: Column) -> tuple[str, ...]:
    """The first values of a column, with what the file says that they mean."""
    told = []
    for level in column.levels[:3]:
        said = label_of(column, level)
        told.append(f"{text_of(level)} ({said})" if said else text_of(level))
    return tuple(told)
