"""What is to become of each row of a file of answers: new, said before, changed, refused. Stores nothing."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from enum import Enum
from typing import Any

from enquete.actions.answers.open_answers import is_text
from enquete.actions.answers.people import People, Refusal
from enquete.actions.answers.standing import Standing, Text, same
from enquete.errors import EnqueteError, Problem
from enquete.model import Measure
from enquete.store.responses import BLANK, WORDS, Items, Kept, bodies, encoded, items
from enquete.survey.answers.types import DataFile, DataTable
from enquete.survey.matching.types import Answers, Variable, Words
from enquete.survey.questionnaire.types import QuestionKind, Questionnaire


class Fate(Enum):
    """What becomes of a row of the main table; a row of a repeat follows the one above it."""

    NEW = "new"
    SAME = "same"
    CHANGED = "changed"  # to be said anew
    LEFT = "left"  # told otherwise than it is stored, and left as it is stored
    REFUSED = "refused"


@dataclass(slots=True)
class Sheet:
    """One table as it is to be stored. texts: by question, the words of each row that are a text of their own.

    bodies: as many items as `variables`.
    """

    answers: Answers
    variables: tuple[Variable, ...]
    bodies: list[str]
    texts: tuple[Words, ...]

    @property
    def questions(self) -> list[str]:
        return [variable.question for variable in self.variables]

    def items(self, row: int) -> dict[str, Any]:
        """What a row answers, by question."""
        told = zip(self.questions, json.loads(self.bodies[row]), strict=True)
        items = {question: item for question, item in told if item is not None}
        for words in self.texts:
            if words.texts[row]:
                items[words.name] = Text(words.texts[row])
        return items

    def day(self, row: int) -> str | None:
        on = self.answers.days[row]
        return on.isoformat() if on else None


def sheet_of(answers: Answers, questionnaire: Questionnaire) -> Sheet:
    """Open answers come after the closed ones; those that say nothing stay words in the body."""
    import numpy as np

    columns = [items(column) for column in answers.answered]
    variables, texts = [column.variable for column in answers.answered], []
    for words in answers.texts:
        said = {one: place for place, one in enumerate(dict.fromkeys(words.texts))}
        made = [*map(_item, said)]
        columns.append(Items(made, np.array([said[one] for one in words.texts], dtype=np.int32)))
        texts.append(Words(words.name, [one if made[said[one]] == WORDS else "" for one in words.texts]))
        question = questionnaire.question(words.name)
        variables.append(Variable(words.name, QuestionKind.TEXT, question.label if question else "", Measure.NOMINAL))
    return Sheet(answers, tuple(variables), bodies(columns, len(answers.numbers)), tuple(texts))


def _item(said: str) -> str:
    if not said.strip():
        return BLANK
    return WORDS if is_text(said) else encoded(said.strip())


@dataclass(slots=True)
class Plan:
    """One wave: its main table, the repeats below it, and what becomes of each row.

    codes: of each row of the main table, None for those refused. kept: what is stored of it already. children: rows of
    the main table whose repeats the file tells otherwise. For each repeat, above: the repeat around it, "" for the main
    table; below: its rows under each row of that one; roots: the row of the main table that each of its rows hangs on;
    former: what its rows take the place of.
    """

    main: Sheet
    parts: dict[str, Sheet]
    keyed: bool
    standing: Standing
    codes: list[str | None]
    marks: list[str]
    refused: list[Refusal]
    fates: list[Fate] = field(default_factory=list)
    kept: list[Kept | None] = field(default_factory=list)
    children: set[int] = field(default_factory=set)
    above: dict[str, str] = field(default_factory=dict)
    below: dict[str, dict[int, list[int]]] = field(default_factory=dict)
    roots: dict[str, list[int]] = field(default_factory=dict)
    former: dict[str, dict[int, Kept]] = field(default_factory=dict)

    @property
    def wave(self) -> str:
        return self.main.answers.wave

    def rows(self, *fates: Fate) -> list[int]:
        """Of the main table, those that have one of these fates."""
        return [row for row, fate in enumerate(self.fates) if fate in fates]

    def sheets(self) -> Iterator[tuple[Sheet, Sequence[int]]]:
        """Every table, with the row of the main one that each of its rows hangs on."""
        yield self.main, range(len(self.codes))
        for part, sheet in self.parts.items():
            yield sheet, self.roots[part]


def plan(
    tables: Sequence[Answers],
    questionnaire: Questionnaire,
    standing: Standing,
    people: People,
    data: DataFile,
    *,
    replace: bool,
) -> Plan:
    """tables: of one wave, the main one first. data: the file as its author wrote it, for rows that nothing names.

    replace: whether what differs from what is stored takes its place.

    Raises EnqueteError(ANSWERS_CORRECTED).
    """
    main, *parts = [sheet_of(answers, questionnaire) for answers in tables]
    answers = main.answers
    by_mark = {kept.submission: kept for kept in standing.main if kept.submission}
    if answers.keyed:
        marks = [people.mark(submission) for submission in answers.submissions]
        codes, refused = people.keyed(answers)
    else:
        marks = _marks(answers, people, data.tables[0])
        codes, refused = people.unkeyed(answers, marks, {mark: standing.code(kept) for mark, kept in by_mark.items()})
    made = Plan(main, {sheet.answers.part: sheet for sheet in parts}, answers.keyed, standing, codes, marks, refused)
    _hang(made)
    by_code = {standing.code(kept): kept for kept in standing.main}
    for row, (code, mark) in enumerate(zip(codes, marks, strict=True)):
        kept = by_code.get(code) if code else None
        moved = by_mark.get(mark) if mark and code else None
        if moved is not None and moved is not kept:
            refused.append(Refusal(answers.numbers[row], _moved(standing.code(moved), code or "")))
            codes[row] = kept = None
        elif code and kept is None and (wave := _elsewhere(made, row)):
            refused.append(Refusal(answers.numbers[row], _in_another_wave(wave)))
            codes[row] = None
        made.kept.append(kept)
    made.fates = [_fate(made, row, replace=replace) for row in range(len(codes))]
    for row in made.rows(Fate.CHANGED):
        kept = made.kept[row]
        if kept and row in made.children:
            _follow(made, "", row, kept)
    if not answers.keyed and not any(answers.submissions):
        _refuse_corrected(made, data.source)
    return made


def _marks(answers: Answers, people: People, raw: DataTable) -> list[str]:
    """By the collecting program's ids, or by all that the rows say."""
    if all(answers.submissions):
        return [people.mark(submission) for submission in answers.submissions]
    return people.marks_of_rows(raw, answers.numbers)


def _moved(stored: str, code: str) -> str:
    return (
        f"cette réponse est déjà dans l'étude sous le code {stored}, et ce fichier la donne à {code}. Corrigez le "
        "code, ou reliez-le à l'autre par « --liens »."
    )


def _elsewhere(made: Plan, row: int) -> str:
    """The other wave in which this answer is stored, "" for none. Rows that nothing names may well say the same."""
    submission = made.marks[row] if made.main.answers.submissions[row] else ""
    return made.standing.elsewhere(made.codes[row] or "", made.main.day(row), submission)


def _in_another_wave(wave: str) -> str:
    return (
        f"cette réponse est déjà dans l'étude, en vague {wave} (même personne et même jour, ou même identifiant) : ce "
        "fichier n'est-il pas celui d'une autre vague ? Sinon, corrigez le jour."
    )


def _hang(made: Plan) -> None:
    """Says of each row of a repeat which row of the main table it hangs on."""
    for part, sheet in made.parts.items():
        around = [other for other in made.parts if part.startswith(f"{other}/")]
        above = max(around, key=len, default="")
        made.above[part] = above
        parents = sheet.answers.parents
        under = made.below.setdefault(part, {})
        for row, parent in enumerate(parents):
            under.setdefault(parent, []).append(row)
        made.roots[part] = [made.roots[above][parent] for parent in parents] if above else list(parents)


def _fate(made: Plan, row: int, *, replace: bool) -> Fate:
    if made.codes[row] is None:
        return Fate.REFUSED
    kept = made.kept[row]
    if kept is None:
        return Fate.NEW
    if made.parts and _below(made, row) != _stored_below(made, kept):
        made.children.add(row)
    equal = row not in made.children and _says_again(made.main, row, made.standing, kept)
    return Fate.SAME if equal else Fate.CHANGED if replace else Fate.LEFT


def _says_again(sheet: Sheet, row: int, standing: Standing, kept: Kept) -> bool:
    day = sheet.day(row)
    if day and day != kept.answered_on:
        return False
    no_text = not any(words.texts[row] for words in sheet.texts)
    if no_text and kept.body == sheet.bodies[row] and standing.names(kept) == sheet.questions:
        return True
    return same(sheet.items(row), standing.items(kept), sheet.questions)


def _below(made: Plan, row: int) -> list[Any]:
    """The rows of the repeats under a row of the main table, each with those under it, to be compared."""
    return _tree(made, "", row)


def _tree(made: Plan, above: str, row: int) -> list[Any]:
    found = []
    for part, sheet in made.parts.items():
        if made.above[part] == above:
            mine = made.below[part].get(row, ())
            found.append([(sheet.items(child), _tree(made, part, child)) for child in mine])
    return found


def _stored_below(made: Plan, kept: Kept) -> list[Any]:
    return _stored_tree(made, "", kept)


def _stored_tree(made: Plan, above: str, kept: Kept) -> list[Any]:
    found = []
    for part, sheet in made.parts.items():
        if made.above[part] == above:
            children = made.standing.children(kept, part)
            found.append([(_known(made.standing.items(c), sheet), _stored_tree(made, part, c)) for c in children])
    return found


def _follow(made: Plan, above: str, row: int, kept: Kept) -> None:
    """Says which stored rows of the repeats under a row the new ones take the place of: those that say the same, then
    those that have a text in common, then the others in their order.
    """
    for part, sheet in made.parts.items():
        if made.above[part] != above:
            continue
        new = list(made.below[part].get(row, ()))
        old = made.standing.children(kept, part)
        stored = {child.id: _known(made.standing.items(child), sheet) for child in old}
        for alike in (_equal, _same_text, _any):
            for place in list(new):
                found = next((child for child in old if alike(sheet.items(place), stored[child.id])), None)
                if found:
                    made.former.setdefault(part, {})[place] = found
                    new.remove(place)
                    old.remove(found)
                    _follow(made, part, place, found)


def _equal(new: dict[str, Any], old: dict[str, Any]) -> bool:
    return new == old


def _same_text(new: dict[str, Any], old: dict[str, Any]) -> bool:
    return any(isinstance(item, Text) and item == old.get(question) for question, item in new.items())


def _any(_new: dict[str, Any], _old: dict[str, Any]) -> bool:
    return True


def _known(items: dict[str, Any], sheet: Sheet) -> dict[str, Any]:
    """Of what is stored, what the file speaks of."""
    return {question: item for question, item in items.items() if question in sheet.questions}


def _refuse_corrected(made: Plan, source: str) -> None:
    there, new = made.rows(Fate.SAME, Fate.CHANGED, Fate.LEFT), made.rows(Fate.NEW)
    seen = {made.marks[row] for row in there}
    datasets = made.standing.datasets
    gone = sum(kept.submission not in seen for kept in made.standing.main if not datasets[kept.dataset].keyed)
    if there and new and gone:
        raise EnqueteError(Problem.ANSWERS_CORRECTED, where=source, same=len(there), gone=gone, new=len(new))
