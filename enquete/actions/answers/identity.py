"""What a file of answers says of who people are: for the vault, under their codes; and what they are like."""

from __future__ import annotations

import re
import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from enquete.actions.answers.plan import Fate, Plan, Sheet
from enquete.pseudonyms.words import fold
from enquete.store.people import attribute_names
from enquete.survey.matching.types import Answered, Cell, Missing, Words
from enquete.survey.participants import is_name
from enquete.survey.questionnaire.types import Questionnaire, Usage
from enquete.tables import column_key
from enquete.vault import Identities

_NAME = re.compile(r"[^\W\d_]{2}")


def learn(
    identities: Identities, contacts: dict[str, Any], plan: Plan, questionnaire: Questionnaire, new: Iterable[str]
) -> None:
    """Puts names and ways to reach people where the vault keeps them. new: codes that the study does not hold yet,
    of whom a killed import may have left something.

    Rows that are refused, and those that differ from what is stored, tell nothing.
    """
    for unknown in new:
        identities.people.pop(unknown, None)
        contacts.pop(unknown, None)
    kept = set(plan.rows(Fate.NEW, Fate.SAME, Fate.CHANGED))
    for sheet, roots in plan.sheets():
        for words, contact in [
            *((w, False) for w in sheet.answers.identity),
            *((w, True) for w in sheet.answers.contact),
        ]:
            rank: Counter[str] = Counter()
            for root, said in zip(roots, words.texts, strict=True):
                code = plan.codes[root]
                if code is None or not said or root not in kept:
                    continue
                rank[code] += 1
                column = words.name if not sheet.answers.part else f"{words.name} {rank[code]}"
                if _names(words, questionnaire, said, contact=contact):
                    _add_name(identities.people.setdefault(code, {}), column, said, plan.wave)
                else:
                    contacts.setdefault(code, {}).setdefault(plan.wave, {})[column] = said


def _names(words: Words, questionnaire: Questionnaire, said: str, *, contact: bool) -> bool:
    """Whether this is a name, to be looked for wherever it may stand; dates, numbers and addresses are not."""
    question = questionnaire.question(words.name)
    titled = is_name(words.name) or (question is not None and is_name(question.label))
    declared = question is not None and Usage.IDENTITY in question.usage and not re.search(r"\d", said)
    return (titled or (declared and not contact)) and _NAME.search(said) is not None


def _add_name(names: dict[str, str], column: str, said: str, wave: str) -> None:
    """A name that is written otherwise than before is kept beside the other: both may stand in texts."""
    before = names.get(column)
    if before is not None and fold(before) != fold(said):
        column = f"{column} ({wave})"
    names[column] = said


def own_names(identities: Identities, code: str) -> tuple[str, ...]:
    """The names that a person is known by."""
    return tuple(dict.fromkeys(identities.people.get(code, {}).values()))


def attributes(
    db: sqlite3.Connection, plan: Plan, questionnaire: Questionnaire, rows: Sequence[int]
) -> list[tuple[str, str, str]]:
    """(code, name, value) of what the questionnaire says to be an attribute, in these rows of the main table."""
    asked = {question.name for question in questionnaire.questions if Usage.ATTRIBUTE in question.usage}
    wanted = [column for column in plan.main.answers.answered if column.variable.question in asked]
    spelt = {column_key(name): name for name in attribute_names(db)} if wanted else {}
    return [
        (plan.codes[row] or "", spelt.get(column_key(name), name), value)
        for column in wanted
        for name in [_attribute_name(column)]
        for row, value in _values(column, rows)
    ]


def _attribute_name(column: Answered) -> str:
    """« tranche_d_age » reads « tranche d age »: the study's own spelling is preferred, where it has one."""
    return " ".join(column.variable.question.replace("_", " ").split())


def _values(column: Answered, rows: Iterable[int]) -> Iterator[tuple[int, str]]:
    labels = {choice.name: choice.label for choice in column.variable.choices}
    shown = [_shown(cell, labels) for cell in column.cells]
    codes = column.codes.tolist()
    for row in rows:
        value = shown[codes[row]] if codes[row] >= 0 else ""
        if value:
            yield row, value


def _shown(cell: Cell, labels: Mapping[str, str]) -> str:
    if isinstance(cell, Missing):
        return ""
    if isinstance(cell, tuple):
        return ", ".join(labels.get(name, name) for name in cell)
    return labels.get(cell, cell) if isinstance(cell, str) else str(cell).replace(".", ",")


def vault_columns(sheets: Iterable[Sheet]) -> list[str]:
    """Names of the columns whose values only the vault holds."""
    names = (w.name for sheet in sheets for w in (*sheet.answers.identity, *sheet.answers.contact) if any(w.texts))
    return list(dict.fromkeys(names))
