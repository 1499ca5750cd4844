"""What the same people answered to the same closed question in two waves."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from statistics import median
from typing import NamedTuple

from enquete.errors import EnqueteError, Problem
from enquete.model import Measure, MissingKind
from enquete.survey.matching.types import Cell, Missing, Variable
from enquete.survey.questionnaire.types import Choice, QuestionKind
from enquete.wording import label

NUMBERS = (QuestionKind.INTEGER, QuestionKind.DECIMAL)
COMPARABLE = (QuestionKind.ONE, QuestionKind.MANY, *NUMBERS)
Given = Mapping[str, Cell | None]
"""Answers by code of person: None for a blank cell; whoever is not there did not answer the questionnaire."""


class Standing(StrEnum):
    """What somebody's place in a table is."""

    CHOICE = "choice"
    MISSING = "missing"
    BLANK = "blank"
    ABSENT = "absent"


class State(NamedTuple):
    """name: of the choice, or the kind of missing."""

    standing: Standing
    name: str = ""


BLANK, ABSENT = State(Standing.BLANK), State(Standing.ABSENT)


@dataclass(frozen=True, slots=True)
class Asked:
    """A question as both waves ask it. choices: that are answers, those of both waves, in their order. about: of one
    choice among several, the question that offers it.
    """

    name: str
    label: str
    kind: QuestionKind
    measure: Measure
    choices: tuple[Choice, ...]
    missing: Mapping[str, MissingKind]
    about: str = ""

    def state(self, cell: Cell | None) -> State:
        """Of an answer to one choice among several."""
        if cell is None:
            return BLANK
        if isinstance(cell, Missing):
            return State(Standing.MISSING, cell.kind)
        kind = self.missing.get(str(cell))
        return State(Standing.MISSING, kind) if kind else State(Standing.CHOICE, str(cell))


@dataclass(frozen=True, slots=True)
class Transitions:
    """A table of people. rows, columns: what they answered before and after. people: codes, by (row, column)."""

    asked: Asked
    rows: tuple[State, ...]
    columns: tuple[State, ...]
    people: Mapping[tuple[State, State], tuple[str, ...]]

    def count(self, row: State, column: State) -> int:
        return len(self.people.get((row, column), ()))

    @property
    def used(self) -> list[State]:
        """Choices of those who answered both times, in the order of the question."""
        chosen = {state for pair in self.people for state in pair if _both(pair)}
        return [state for state in dict.fromkeys((*self.rows, *self.columns)) if state in chosen]

    @property
    def square(self) -> list[list[int]]:
        """Those who answered both times, by the choices that are `used`."""
        return [[self.count(row, column) for column in self.used] for row in self.used]

    @property
    def paired(self) -> int:
        """People who answered both times."""
        return sum(len(people) for pair, people in self.people.items() if _both(pair))

    @property
    def moved(self) -> int:
        """Those of them whose answers differ."""
        return sum(len(people) for pair, people in self.people.items() if _both(pair) and pair[0] != pair[1])

    def label(self, state: State) -> str:
        """In French. BLANK and ABSENT depend on the wave: the caller's to say."""
        if state.standing is Standing.MISSING:
            return label(MissingKind(state.name))
        return next((c.label or c.name for c in self.asked.choices if c.name == state.name), state.name)


@dataclass(frozen=True, slots=True)
class Differences:
    """A number asked twice. by_person: after minus before, of those who gave one both times.

    states: (before, after) of the others, with their codes; a number is « choice » there.
    """

    asked: Asked
    by_person: Mapping[str, float]
    states: Mapping[tuple[State, State], tuple[str, ...]]

    @property
    def up(self) -> tuple[str, ...]:
        return tuple(code for code, d in self.by_person.items() if d > 0)

    @property
    def down(self) -> tuple[str, ...]:
        return tuple(code for code, d in self.by_person.items() if d < 0)

    @property
    def same(self) -> tuple[str, ...]:
        return tuple(code for code, d in self.by_person.items() if d == 0)

    @property
    def middle(self) -> float | None:
        return median(self.by_person.values()) if self.by_person else None


def _both(pair: tuple[State, State]) -> bool:
    return all(state.standing is Standing.CHOICE for state in pair)


def asked(first: Variable, second: Variable) -> Asked:
    """The question of two waves as one.

    Raises EnqueteError: QUESTION_CHANGED when it is not of one kind; QUESTION_OPEN, QUESTION_NOT_COMPARED for what no
    table compares.
    """
    name = second.question
    numbers = first.kind in NUMBERS and second.kind in NUMBERS
    if first.kind is not second.kind and not numbers:
        raise EnqueteError(Problem.QUESTION_CHANGED, name=name, first=first.kind.value, second=second.kind.value)
    if second.kind is QuestionKind.TEXT:
        raise EnqueteError(Problem.QUESTION_OPEN, name=name)
    if second.kind not in COMPARABLE:
        raise EnqueteError(Problem.QUESTION_NOT_COMPARED, name=name, kind=second.kind.value)
    latest = {choice.name: choice for choice in second.choices}
    every = [latest.get(c.name, c) for c in first.choices]
    every += [c for c in second.choices if c.name not in {one.name for one in every}]
    measure = second.measure if second.measure is first.measure else Measure.NOMINAL
    missing = {c.name: c.missing for c in every if c.missing}
    choices = tuple(c for c in every if not c.missing)
    return Asked(name, second.label or first.label, second.kind, measure, choices, missing)


def transitions(question: Asked, before: Given, after: Given) -> Transitions:
    """Of a question to one choice. Whoever answered neither time is not there."""
    people = _paired(question.state, before, after)
    return Transitions(question, _states(question, people, 0), _states(question, people, 1), people)


def options(question: Asked, before: Given, after: Given) -> list[Transitions]:
    """Of a question to several choices, each of them as a question of its own: chosen or not."""
    found = []
    for choice in question.choices:
        one = replace(
            question, name=f"{question.name}, {choice.name}", label=choice.label, choices=CHOSEN, about=question.label
        )
        halves = [
            {code: _chosen(question, choice.name, cell) for code, cell in given.items()} for given in (before, after)
        ]
        found.append(transitions(one, halves[0], halves[1]))
    return found


CHOSEN = (Choice("non", "Non"), Choice("oui", "Oui"))


def _chosen(question: Asked, name: str, cell: Cell | None) -> Cell | None:
    if not isinstance(cell, tuple):
        return cell
    if cell and all(one in question.missing for one in cell):
        return Missing(question.missing[cell[0]], cell[0])
    return "oui" if name in cell else "non"


def differences(question: Asked, before: Given, after: Given) -> Differences:
    """Of a number."""
    by_person = {}
    for code, new in after.items():
        old = before.get(code)
        if _number(old) and _number(new):
            by_person[code] = _difference(old, new)

    def state(cell: Cell | None) -> State:
        return State(Standing.CHOICE) if _number(cell) else question.state(cell)

    people = _paired(state, before, after)
    return Differences(question, by_person, {pair: codes for pair, codes in people.items() if not _both(pair)})


def _number(cell: Cell | None) -> bool:
    return isinstance(cell, int | float) and not isinstance(cell, bool)


def _difference(old: object, new: object) -> float:
    """Without what binary fractions add: 0.3 - 0.1 is 0.2."""
    from decimal import Decimal

    return float(Decimal(str(new)) - Decimal(str(old)))


def _paired(
    state: Callable[[Cell | None], State], before: Given, after: Given
) -> Mapping[tuple[State, State], tuple[str, ...]]:
    people: dict[tuple[State, State], list[str]] = {}
    for code in sorted({*before, *after}):
        pair = tuple(state(given[code]) if code in given else ABSENT for given in (before, after))
        people.setdefault((pair[0], pair[1]), []).append(code)
    return {pair: tuple(codes) for pair, codes in people.items()}


def _states(question: Asked, people: Iterable[tuple[State, State]], place: int) -> tuple[State, ...]:
    """Every choice, then what is no answer, as far as somebody is there."""
    used = {pair[place] for pair in people}
    choices = [State(Standing.CHOICE, choice.name) for choice in question.choices]
    strays = sorted(state for state in used if state.standing is Standing.CHOICE and state not in choices)
    missing = [State(Standing.MISSING, kind) for kind in MissingKind]
    return (*choices, *strays, *(state for state in (*missing, BLANK, ABSENT) if state in used))


def totals(found: Transitions, place: int) -> Counter[State]:
    """People by row (0) or by column (1)."""
    counts: Counter[State] = Counter()
    for pair, people in found.people.items():
        counts[pair[place]] += len(people)
    return counts


def ranks(found: Transitions) -> Sequence[int]:
    """Of an ordered scale: how many steps each person who answered both times went up."""
    place = {choice.name: rank for rank, choice in enumerate(found.asked.choices)}
    return [
        place[after.name] - place[before.name]
        for (before, after), people in found.people.items()
        if _both((before, after)) and before.name in place and after.name in place
        for _ in people
    ]
