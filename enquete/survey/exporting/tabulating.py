"""Answers of several waves as tables: a row per person and wave, or a row per person."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from enquete.errors import EnqueteError, Problem
from enquete.model import Measure
from enquete.survey.exporting.codes import NUMBERS, YES_NO, Coded, coded
from enquete.survey.exporting.names import unique
from enquete.survey.exporting.types import Entry, Field, Holds, MultipleSet, Row, Source, Table, Value
from enquete.survey.matching.types import Cell, Missing, Variable
from enquete.survey.questionnaire.types import QuestionKind
from enquete.wording import label

PERSON, WAVE, RESPONDENT, DAY = "participant", "vague", "repondant", "date_reponse"
LINE, PARENT_LINE = "ligne", "ligne_parente"
_MOMENTS: Mapping[QuestionKind, tuple[Holds, Callable[[str], datetime.date | datetime.time]]] = {
    QuestionKind.DATE: (Holds.DATE, datetime.date.fromisoformat),
    QuestionKind.TIME: (Holds.TIME, datetime.time.fromisoformat),
    QuestionKind.DATETIME: (Holds.DATETIME, datetime.datetime.fromisoformat),
}


@dataclass(frozen=True, slots=True)
class Layout:
    """waves: code -> label, in order. wide: a row per person, whose columns bear their wave. texts: with open answers.

    respondents: their types, by the word that rows bear.
    """

    waves: Mapping[str, str]
    respondents: Mapping[str, str]
    wide: bool = False
    texts: bool = False


@dataclass(slots=True)
class Tabulated:
    """tables: the main one first, then the repeats. recoded: questions whose missing values bear other numbers than in
    their files.
    """

    tables: list[Table] = field(default_factory=list)
    recoded: list[str] = field(default_factory=list)


class _Line(NamedTuple):
    """A row of a table: the answers of one person in one wave. number: from 1, parent: of the row around it."""

    row: Row
    number: int
    parent: int | None


def tabulate(sources: Sequence[Source], layout: Layout) -> Tabulated:
    """The answers of these questionnaires. Raises EnqueteError(EXPORT_QUESTION_TWICE)."""
    done = Tabulated()
    numbers: dict[int, int] = {}  # row of the database -> number of its line
    parts = list(dict.fromkeys(["", *(source.part for source in sources)]))
    for part in parts:
        mine = [source for source in sources if source.part == part]
        _refuse_twice(mine)
        lines = _lines(mine, layout, numbers)
        wide = layout.wide and not part
        taken: set[str] = set()
        fields = _unique(_head(lines, layout, part, linked=len(parts) > 1, wide=wide), taken)
        sets: list[MultipleSet] = []
        for question in _questions(mine, layout):
            code = coded(question.variables, question.cells)
            if code.recoded and question.name not in done.recoded:
                done.recoded.append(question.name)
            for wave in question.waves if wide else [None]:
                made = _unique(_fields(question, code, _column(lines, question, wave, wide=wide), wave), taken)
                fields += made
                if question.kind is QuestionKind.MANY and len(made) > 1:
                    name = _in_wave(question.name, wave)
                    sets.append(MultipleSet(name, question.label, tuple(one.name for one in made)))
        done.tables.append(Table(part, tuple(fields), tuple(sets)))
    return done


def _refuse_twice(sources: Sequence[Source]) -> None:
    """One row per person and wave has room for one answer to a question."""
    asked: dict[tuple[str, str], str] = {}
    for source in sources:
        for variable in source.variables:
            other = asked.setdefault((source.wave, variable.question), source.questionnaire)
            if other != source.questionnaire:
                raise EnqueteError(
                    Problem.EXPORT_QUESTION_TWICE,
                    name=variable.question, wave=source.wave, one=other, other=source.questionnaire, exit_code=2,
                )  # fmt: skip


def _lines(sources: Sequence[Source], layout: Layout, numbers: dict[int, int]) -> list[list[_Line]]:
    """Lines, each with the rows that it is made of: one, or those of one person (and wave). numbers: takes theirs."""
    order = {wave: place for place, wave in enumerate(layout.waves)}
    rows = [row for source in sources for row in source.rows]
    rows.sort(key=lambda row: (row.participant, order[row.wave], row.id))
    repeat = bool(sources and sources[0].part)
    found: dict[object, list[_Line]] = {}
    for row in rows:
        key: object = row.id if repeat else row.participant if layout.wide else (row.participant, row.wave)
        line = found.setdefault(key, [])
        number = line[0].number if line else len(found)
        numbers[row.id] = number
        line.append(_Line(row, number, numbers.get(row.parent) if row.parent is not None else None))
    return list(found.values())


@dataclass(frozen=True, slots=True)
class _Question:
    """A question as the waves ask it: those that ask it in one manner. cells: every answer."""

    name: str
    label: str
    kind: QuestionKind
    variables: tuple[Variable, ...]
    waves: tuple[str, ...]
    cells: tuple[Cell, ...]


def _questions(sources: Sequence[Source], layout: Layout) -> Iterator[_Question]:
    """In the order in which the waves ask them. One that changes its kind is two."""
    order = list(layout.waves)
    asked: dict[tuple[str, QuestionKind], list[tuple[Source, Variable]]] = {}
    for source in sorted(sources, key=lambda source: order.index(source.wave)):
        for variable in source.variables:
            if variable.kind is not QuestionKind.OTHER and (layout.texts or variable.kind is not QuestionKind.TEXT):
                kind = QuestionKind.DECIMAL if variable.kind in NUMBERS else variable.kind
                asked.setdefault((variable.question, kind), []).append((source, variable))
    for (name, _), found in asked.items():
        variables = tuple(variable for _, variable in found)
        cells = (row.cells[name] for source, _ in found for row in source.rows if name in row.cells)
        waves = tuple(dict.fromkeys(source.wave for source, _ in found))
        yield _Question(name, variables[-1].label, variables[-1].kind, variables, waves, tuple(dict.fromkeys(cells)))


def _column(
    lines: Sequence[Sequence[_Line]], question: _Question, wave: str | None, *, wide: bool
) -> list[Cell | None]:
    """The answers, line by line. wave: the only one to look at, in a wide table."""
    waves = {wave} if wide else set(question.waves)
    is_open = question.kind is QuestionKind.TEXT
    column: list[Cell | None] = []
    for line in lines:
        cell: Cell | None = None
        for row, _, _ in line:
            if row.wave in waves:
                words = row.texts.get(question.name) if is_open else None
                found = row.cells.get(question.name) if words is None else words
                cell = cell if found is None else found
        column.append(cell)
    return column


def _in_wave(name: str, wave: str | None) -> str:
    return name if wave is None else f"{name}_{wave}"


def _fields(question: _Question, code: Coded, column: Sequence[Cell | None], wave: str | None) -> Iterator[Field]:
    """The columns of one question."""
    last = question.variables[-1]
    words = f"{question.label} ({wave})" if wave else question.label
    base = Field(
        _in_wave(question.name, wave), words, Holds.TEXT, (), code.values, code.ranges, last.measure,
        weight=any(variable.weight for variable in question.variables), question=question.name,
        waves=(wave,) if wave else question.waves,
    )  # fmt: skip
    if question.kind in NUMBERS:
        numbers: list[Entry] = [cell if isinstance(cell, int | float) else None for cell in column]
        gaps = _coded(code, [cell if isinstance(cell, Missing) else None for cell in column])
        numbers = [number if gap is None else gap for number, gap in zip(numbers, gaps, strict=True)]
        yield replace(base, holds=Holds.NUMBER, cells=numbers, decimals=_decimals(numbers))
    elif question.kind is QuestionKind.ONE:
        yield replace(base, holds=Holds.CODE, cells=_coded(code, column))
    elif question.kind is QuestionKind.MANY:
        yield from _dichotomies(base, code, question, column, wave)
    elif question.kind is QuestionKind.RANK:
        yield from _ranked(base, code, question, column, wave)
    elif question.kind in _MOMENTS:
        yield from _moments(base, code, question.kind, column, wave, question)
    else:
        texts = [code_words(cell, code) for cell in column]
        yield replace(base, cells=texts, measure=Measure.NOMINAL, values=(), ranges=())


def code_words(cell: Cell | None, code: Coded) -> str | None:
    """An open answer; what is no answer, in words between brackets."""
    if isinstance(cell, Missing):
        value = code.of(cell)
        return f"[{value.label if value else label(cell.kind)}]"
    return None if cell is None else str(cell)


def _coded(code: Coded, column: Sequence[Cell | None]) -> list[Entry]:
    """The values of a column; each distinct answer is looked up once."""
    known = {cell: code.of(cell) for cell in set(column) if cell is not None and not isinstance(cell, tuple)}
    return [None if cell is None or isinstance(cell, tuple) else known[cell] for cell in column]


def _decimals(cells: Sequence[Entry]) -> int:
    """As many as its numbers need, six at most."""
    longest = 0
    for cell in cells:
        if isinstance(cell, float) and not cell.is_integer():
            longest = max(longest, len(f"{cell:.6f}".rstrip("0").partition(".")[2]))
    return longest


def _options(question: _Question) -> list[tuple[str, str]]:
    """(name, label) of the choices to several: those that are answers, and any other that somebody chose."""
    found = {c.name: c.label for variable in question.variables for c in variable.choices if not c.missing}
    every = {c.name: c.label for variable in question.variables for c in variable.choices}
    for cell in question.cells:
        for name in cell if isinstance(cell, tuple) else ():
            found.setdefault(name, every.get(name, name))
    return list(found.items())


def _dichotomies(
    base: Field, code: Coded, question: _Question, column: Sequence[Cell | None], wave: str | None
) -> Iterator[Field]:
    """A column 0/1 a choice; what is no answer is so in all of them."""
    no, yes = YES_NO
    gaps = _coded(code, column)
    for name, words in _options(question):
        cells = [
            (yes if name in cell else no) if isinstance(cell, tuple) else gap
            for cell, gap in zip(column, gaps, strict=True)
        ]
        title = _in_wave(f"{question.name}_{name}", wave)
        yield replace(
            base, name=title, label=f"{words} – {base.label}", holds=Holds.CODE, cells=cells, choice=name,
            measure=Measure.NOMINAL,
        )  # fmt: skip


def _ranked(
    base: Field, code: Coded, question: _Question, column: Sequence[Cell | None], wave: str | None
) -> Iterator[Field]:
    """A column a place: what was put first, second…"""
    places = max((len(cell) for cell in question.cells if isinstance(cell, tuple)), default=1)
    for place in range(places):
        cells = _coded(code, [_at(cell, place) for cell in column])
        name = _in_wave(f"{question.name}_{place + 1}", wave)
        yield replace(base, name=name, label=f"{place + 1} – {base.label}", holds=Holds.CODE, cells=cells)


def _at(cell: Cell | None, place: int) -> Cell | None:
    """What was put there; why nothing was ranked is told at each place."""
    if not isinstance(cell, tuple):
        return cell
    return cell[place] if place < len(cell) else None


def _moments(
    base: Field, code: Coded, kind: QuestionKind, column: Sequence[Cell | None], wave: str | None, question: _Question
) -> Iterator[Field]:
    """Dates and times as such; why one is missing stands in a column of its own."""
    holds, read = _MOMENTS[kind]
    cells = [_moment(read, cell) if isinstance(cell, str) else None for cell in column]
    if any(isinstance(cell, str) and moment is None for cell, moment in zip(column, cells, strict=True)):
        holds, cells = Holds.TEXT, [cell if isinstance(cell, str) else None for cell in column]
    yield replace(base, holds=holds, cells=cells, values=(), ranges=(), measure=Measure.SCALE)
    if any(isinstance(cell, Missing) for cell in question.cells):
        why = _coded(code, [cell if isinstance(cell, Missing) else None for cell in column])
        name = _in_wave(f"{question.name}_manque", wave)
        values = tuple(value for value in code.values if value.missing)
        yield replace(
            base, name=name, label=f"Pourquoi sans réponse – {base.label}", holds=Holds.CODE, cells=why,
            values=values, ranges=(), measure=Measure.NOMINAL,
        )  # fmt: skip


def _moment(read: Callable[[str], datetime.date | datetime.time], written: str) -> Entry:
    """None where it is none after all. Times of day elsewhere are told as they were there."""
    try:
        moment = read(written)
    except ValueError:
        return None
    return moment.replace(tzinfo=None) if isinstance(moment, datetime.datetime | datetime.time) else moment


def _head(lines: Sequence[Sequence[_Line]], layout: Layout, part: str, *, linked: bool, wide: bool) -> Iterator[Field]:
    """Whose each line is, in which wave, when."""
    firsts = [line[0] for line in lines]
    yield Field(PERSON, "Code de la personne", Holds.TEXT, [one.row.participant for one in firsts])
    kinds = {name: Value(rank, name, words) for rank, (name, words) in enumerate(layout.respondents.items(), 1)}
    if not part:
        cells: list[Entry] = [kinds[one.row.respondent] for one in firsts]
        yield Field(RESPONDENT, "Sorte de répondant", Holds.CODE, cells, tuple(kinds.values()))
    if not wide:
        waves = {name: Value(rank, name, words) for rank, (name, words) in enumerate(layout.waves.items(), 1)}
        yield Field(WAVE, "Vague", Holds.CODE, [waves[one.row.wave] for one in firsts], tuple(waves.values()),
                    measure=Measure.ORDINAL)  # fmt: skip
    if linked:
        yield Field(LINE, "Numéro de la ligne dans ce tableau", Holds.NUMBER, [one.number for one in firsts])
    if part:
        around = "du tableau qui contient celui-ci"
        yield Field(PARENT_LINE, f"Numéro de la ligne {around}", Holds.NUMBER, [one.parent for one in firsts])
        return
    for wave in layout.waves if wide else [None]:
        days = [
            next((one.row.day for one in line if one.row.day and wave in (None, one.row.wave)), None) for line in lines
        ]
        if any(days):
            name = _in_wave(DAY, wave)
            words = f"Jour de la réponse ({wave})" if wave else "Jour de la réponse"
            yield Field(name, words, Holds.DATE, days, measure=Measure.SCALE)


def _unique(fields: Iterable[Field], taken: set[str]) -> list[Field]:
    """Each name once in its table, whatever its case."""
    return [replace(one, name=unique(one.name, taken)) for one in fields]
