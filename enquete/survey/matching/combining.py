"""The answers to one question that several columns hold: a column a choice, a place, or a part of the rows."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

from enquete.survey.answers.types import DataTable, Scalar
from enquete.survey.matching.choices import OTHERS, ChoiceIndex, marked
from enquete.survey.matching.columns import Assigned
from enquete.survey.matching.loose import text_of
from enquete.survey.matching.reading import Level, Rules, Special, label_of
from enquete.survey.matching.scalars import Doubt
from enquete.survey.matching.single import Answer, Read, coded, read_column, report_of, single, unsaid
from enquete.survey.matching.types import Answered, Cell, Missing
from enquete.survey.questionnaire.types import Question, QuestionKind

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Codes = NDArray[np.int32]


def combined(
    arrays: Sequence[Codes], cell_of: Callable[[tuple[int, ...]], Cell | None]
) -> tuple[tuple[Cell, ...], Codes]:
    """The cell of each different combination of values, asked once."""
    import numpy as np

    codes = np.zeros(len(arrays[0]), dtype=np.int64)
    for array in arrays:
        _, codes = np.unique(codes * (int(array.max(initial=0)) + 2) + array + 1, return_inverse=True)
    _, first = np.unique(codes, return_index=True)
    combinations = [tuple(int(array[row]) for array in arrays) for row in first]
    return coded([cell_of(combination) for combination in combinations], codes.astype(np.int32))


def from_places(question: Question, columns: Sequence[Assigned], table: DataTable, rules: Rules) -> Answer:
    """Each column holds one choice: the places of a rank, the categories of a set."""
    one = _as_one_choice(question)
    reads = [read_column(one, column, rules) for column in columns]

    def cell_of(places: tuple[int, ...]) -> Cell | None:
        said = [read.cells[place] for read, place in zip(reads, places, strict=True) if place >= 0]
        chosen = tuple(dict.fromkeys(cell for cell in said if isinstance(cell, str)))
        return chosen or next(iter(said), None)

    cells, codes = combined([read.codes for read in reads], cell_of)
    reports = [report_of(read, table, question) for read in reads]
    return Answer(question, Answered(unsaid(question), cells, codes), reports)


def completing(question: Question, columns: Sequence[Assigned], table: DataTable, rules: Rules) -> Answer:
    """Columns that the mapping file gives to one question: each answers where the others are blank."""
    made = [single(question, one, table, rules) for one in columns]
    first = made[0]
    for other in made[1:]:
        first.reports += other.reports
        if question.open:
            pairs = list(zip(first.texts, other.texts, strict=True))
            first.conflicts += [row for row, (a, b) in enumerate(pairs) if a and b and a != b]
            first.texts = [a or b for a, b in pairs]
        first.answered = _completed(first, other)
    return first


def _completed(first: Answer, other: Answer) -> Answered | None:
    if first.answered is None or other.answered is None:
        return first.answered or other.answered
    one, two = first.answered, other.answered

    def cell_of(places: tuple[int, ...]) -> Cell | None:
        if places[0] >= 0:
            return one.cells[places[0]]
        return two.cells[places[1]] if places[1] >= 0 else None

    for row, (a, b) in enumerate(zip(one.codes.tolist(), two.codes.tolist(), strict=True)):
        if a >= 0 and b >= 0 and one.cells[a] != two.cells[b]:
            first.conflicts.append(row)
    cells, codes = combined([one.codes, two.codes], cell_of)
    return Answered(one.variable, cells, codes)


def _as_one_choice(question: Question) -> Question:
    from dataclasses import replace

    return replace(question, kind=QuestionKind.ONE)


_BLANK, _NO, _YES = Level(), Level("no"), Level("yes")


def from_marks(question: Question, columns: Sequence[Assigned], table: DataTable, rules: Rules) -> Answer:
    """Each column says whether one choice was made."""
    reads = []
    for one in columns:
        levels = _marks(question, one, rules)
        reads.append(Read(one, levels, *coded([level.cell for level in levels], one.column.codes)))
    names = [one.claim.item for one in columns if one.claim]
    order = {choice.name: place for place, choice in enumerate(question.choices)}
    kinds = {choice.name: choice.missing for choice in question.choices}

    def cell_of(places: tuple[int, ...]) -> Cell | None:
        said = [read.cells[place] if place >= 0 else None for read, place in zip(reads, places, strict=True)]
        chosen = tuple(sorted({n for n, cell in zip(names, said, strict=True) if cell == "yes"}, key=order.__getitem__))
        if len(chosen) == 1 and (kind := kinds[chosen[0]]):
            return Missing(kind, chosen[0])
        missing = next((cell for cell in said if isinstance(cell, Missing)), None)
        return chosen or missing or (() if "no" in said else None)

    cells, codes = combined([read.codes for read in reads], cell_of)
    reports = [report_of(read, table, question) for read in reads]
    return Answer(question, Answered(unsaid(question), cells, codes), reports)


def _marks(question: Question, one: Assigned, rules: Rules) -> list[Level]:
    special = Special(question, one.column, rules)
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


def both(single: Answer, marks: Answer) -> Answer:
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


def with_other_words(made: Answer, words: Answer) -> Answer:
    """« autre » was chosen where its words are given, when no column of its own says so."""
    import numpy as np

    other = next((c.name for c in made.question.choices if c.name in OTHERS), "")
    if not other or made.answered is None:
        return made
    answered, order = made.answered, [choice.name for choice in made.question.choices]

    def cell_of(places: tuple[int, ...]) -> Cell | None:
        cell = answered.cells[places[0]] if places[0] >= 0 else None
        if places[1] < 0 or isinstance(cell, Missing):
            return cell
        return tuple(sorted({*(cell if isinstance(cell, tuple) else ()), other}, key=order.index))

    if words.texts:
        said = np.array([0 if text else -1 for text in words.texts], dtype=np.int32)
    elif words.answered:
        given = [place for place, cell in enumerate(words.answered.cells) if not isinstance(cell, Missing)]
        said = np.isin(words.answered.codes, given).astype(np.int32) - 1
    else:
        return made
    cells, codes = combined([answered.codes, said], cell_of)
    made.answered = Answered(answered.variable, cells, codes)
    return made


def words_of(answer_: Answer, answers: Mapping[str, Answer]) -> list[str]:
    """The words of « autre » of a question whose cells hold them, beside those of its own column."""
    own = answers.get(f"{answer_.question.name}_other")
    if own is None or not own.texts:
        return answer_.other
    return [said or words for said, words in zip(own.texts, answer_.other, strict=True)]
