"""The answers to one question, from the columns that hold them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from enquete.model import Measure, MissingKind
from enquete.survey.answers.types import Column, DataTable, Scalar
from enquete.survey.matching.choices import OTHERS, ChoiceIndex, marked
from enquete.survey.matching.columns import Assigned
from enquete.survey.matching.headers import Part
from enquete.survey.matching.loose import text_of
from enquete.survey.matching.reading import Level, Rules, Special, label_of, missing_codes, read_levels
from enquete.survey.matching.scalars import Doubt
from enquete.survey.matching.types import Answered, Cell, ColumnReport, Missing, Use, Variable
from enquete.survey.questionnaire.types import Question, QuestionKind, Usage

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


def answer(question: Question, columns: Sequence[Assigned], table: DataTable, rules: Rules, weight: str) -> Answer:
    """weight: the column that the file declares to be its weight."""
    whole = [one for one in columns if one.claim and one.claim.part is Part.WHOLE]
    marks = [one for one in columns if one.claim and one.claim.part is Part.CHOICE]
    places = [one for one in columns if one.claim and one.claim.part is Part.PLACE]
    if marks:
        made = _from_marks(question, marks, table, rules)
        if whole:
            made = _both(_single(question, whole[0], table, rules), made)
    elif places or len(whole) > 1:
        made = _from_places(question, sorted(places, key=_place) or whole, table, rules)
    else:
        made = _single(question, whole[0], table, rules)
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


def _empty(question: Question) -> Variable:
    return Variable(question.name, question.kind, question.label, question.measure)


def _mixed(question: Question, answered: Answered) -> list[int]:
    import numpy as np

    none = {choice.name for choice in question.choices if choice.missing}
    places = [
        place for place, cell in enumerate(answered.cells)
        if isinstance(cell, tuple) and len(cell) > 1 and none.intersection(cell)
    ]  # fmt: skip
    return [int(row) for row in np.nonzero(np.isin(answered.codes, places))[0]] if places else []


# --- one column


def read_column(question: Question, assigned: Assigned, rules: Rules) -> Read:
    """Each level once; equal answers share a cell."""
    levels = read_levels(question, assigned.column, rules)
    cells, codes = _coded([level.cell for level in levels], assigned.column.codes)
    return Read(assigned, levels, cells, codes)


def _coded(of_levels: Sequence[Cell | None], codes: Codes) -> tuple[tuple[Cell, ...], Codes]:
    """The distinct cells, and for each row its place among them."""
    import numpy as np

    places: dict[tuple[type, Cell], int] = {}
    lookup = np.full(len(of_levels) + 1, -1, dtype=np.int32)  # the last one is what -1 finds
    for level, cell in enumerate(of_levels):
        if cell is not None:
            lookup[level] = places.setdefault((type(cell), cell), len(places))
    return tuple(cell for _, cell in places), lookup[codes]


def _single(question: Question, assigned: Assigned, table: DataTable, rules: Rules) -> Answer:
    read = read_column(question, assigned, rules)
    report = report_of(read, table, question)
    other = _by_row([level.words for level in read.levels], assigned.column.codes)
    if not question.open:
        return Answer(question, Answered(_empty(question), read.cells, read.codes), [report], other=other)
    kept = [level.cell if isinstance(level.cell, Missing) else None for level in read.levels]
    cells, codes = _coded(kept, assigned.column.codes)
    words = ["" if isinstance(level.cell, Missing) else str(level.cell or "") for level in read.levels]
    texts = _by_row(words, assigned.column.codes) or [""] * len(table.numbers)
    return Answer(question, Answered(_empty(question), cells, codes) if cells else None, [report], texts)


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


# --- several columns


def _combined(
    arrays: Sequence[Codes], cell_of: Callable[[tuple[int, ...]], Cell | None]
) -> tuple[tuple[Cell, ...], Codes]:
    """The cell of each different combination of values, asked once."""
    import numpy as np

    codes = np.zeros(len(arrays[0]), dtype=np.int64)
    for array in arrays:
        _, codes = np.unique(codes * (int(array.max(initial=0)) + 2) + array + 1, return_inverse=True)
    _, first = np.unique(codes, return_index=True)
    combinations = [tuple(int(array[row]) for array in arrays) for row in first]
    return _coded([cell_of(combination) for combination in combinations], codes.astype(np.int32))


def _from_places(question: Question, columns: Sequence[Assigned], table: DataTable, rules: Rules) -> Answer:
    """Each column holds one choice: the places of a rank, the categories of a set."""
    one = _as_one_choice(question)
    reads = [read_column(one, column, rules) for column in columns]

    def cell_of(places: tuple[int, ...]) -> Cell | None:
        said = [read.cells[place] for read, place in zip(reads, places, strict=True) if place >= 0]
        chosen = tuple(dict.fromkeys(cell for cell in said if isinstance(cell, str)))
        return chosen or next(iter(said), None)

    cells, codes = _combined([read.codes for read in reads], cell_of)
    reports = [report_of(read, table, question) for read in reads]
    return Answer(question, Answered(_empty(question), cells, codes), reports)


def _as_one_choice(question: Question) -> Question:
    from dataclasses import replace

    return replace(question, kind=QuestionKind.ONE)


_BLANK, _NO, _YES = Level(), Level("no"), Level("yes")


def _from_marks(question: Question, columns: Sequence[Assigned], table: DataTable, rules: Rules) -> Answer:
    """Each column says whether one choice was made."""
    reads = []
    for one in columns:
        levels = _marks(question, one, rules)
        reads.append(Read(one, levels, *_coded([level.cell for level in levels], one.column.codes)))
    names = [one.claim.item for one in columns if one.claim]
    order = {choice.name: place for place, choice in enumerate(question.choices)}
    kinds = {choice.name: choice.missing for choice in question.choices}

    def cell_of(places: tuple[int, ...]) -> Cell | None:
        said = [read.cells[place] if place >= 0 else None for read, place in zip(reads, places, strict=True)]
        chosen = tuple(sorted((n for n, cell in zip(names, said, strict=True) if cell == "yes"), key=order.__getitem__))
        if len(chosen) == 1 and (kind := kinds[chosen[0]]):
            return Missing(kind, chosen[0])
        missing = next((cell for cell in said if isinstance(cell, Missing)), None)
        return chosen or missing or (() if "no" in said else None)

    cells, codes = _combined([read.codes for read in reads], cell_of)
    reports = [report_of(read, table, question) for read in reads]
    return Answer(question, Answered(_empty(question), cells, codes), reports)


def _marks(question: Question, one: Assigned, rules: Rules) -> list[Level]:
    special = Special(question, one.column, rules.mapping.question(question.name), rules.platform)
    index = ChoiceIndex(question, rules.wordings, rules.mapping.question(question.name))
    item = one.claim.item if one.claim else ""
    return [_mark(level, one, special, index, item) for level in one.column.levels]


def _mark(level: Scalar, one: Assigned, special: Special, index: ChoiceIndex, item: str) -> Level:
    if special.is_blank(level):
        return _BLANK
    if one.counted is not None and text_of(level) == text_of(one.counted):
        return _YES
    if missing := special.missing(level):
        return Level(missing)
    if one.counted is not None:
        return _NO
    text, said = text_of(level), label_of(one.column, level)
    for spelling in (text, said):
        if (said_so := marked(spelling)) is not None:
            return _YES if said_so else _NO
    return _YES if item in index.readings(said or text) else Level(doubt=Doubt())


def _both(single: Answer, marks: Answer) -> Answer:
    """One column with all the choices, and one for each: they must agree. The single one has their order."""
    if single.answered is None or marks.answered is None:
        return single
    one, other = single.answered, marks.answered

    def same(a: Cell | None, b: Cell | None) -> bool:
        return b in (None, ()) or a == b or (isinstance(a, tuple) and isinstance(b, tuple) and set(a) == set(b))

    agree: dict[tuple[int, int], bool] = {}
    for row, pair in enumerate(zip(one.codes.tolist(), other.codes.tolist(), strict=True)):
        if pair not in agree:
            a = one.cells[pair[0]] if pair[0] >= 0 else None
            b = other.cells[pair[1]] if pair[1] >= 0 else None
            agree[pair] = same(a, b)
        if not agree[pair]:
            single.conflicts.append(row)
    single.reports += marks.reports
    return single


def with_other_words(made: Answer, words: Column) -> Answer:
    """« autre » was chosen where its words are given, when no column of its own says so."""
    other = next((c.name for c in made.question.choices if c.name in OTHERS), "")
    if not other or made.answered is None:
        return made
    answered, order = made.answered, [choice.name for choice in made.question.choices]

    def cell_of(places: tuple[int, ...]) -> Cell | None:
        cell = answered.cells[places[0]] if places[0] >= 0 else None
        if places[1] < 0 or isinstance(cell, Missing):
            return cell
        return tuple(sorted({*(cell if isinstance(cell, tuple) else ()), other}, key=order.index))

    said = (words.codes >= 0).astype(words.codes.dtype) - 1
    cells, codes = _combined([answered.codes, said], cell_of)
    made.answered = Answered(answered.variable, cells, codes)
    return made


def words_of(answer_: Answer, answers: Mapping[str, Answer]) -> list[str]:
    """The words of « autre » of a question whose cells hold them, beside those of its own column."""
    own = answers.get(f"{answer_.question.name}_other")
    if own is None or not own.texts:
        return answer_.other
    return [said or words for said, words in zip(own.texts, answer_.other, strict=True)]
