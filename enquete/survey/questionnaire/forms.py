"""A questionnaire as a person reads it: numbered questions, filters in words, where to go on."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import takewhile

from enquete.survey.questionnaire.conditions import Named, Refer, in_words
from enquete.survey.questionnaire.reading import Step, steps
from enquete.survey.questionnaire.sheets import Book
from enquete.survey.questionnaire.types import Question, Usage

_HEADINGS = ("group", "repeat")
_REFERENCE = re.compile(r"\$\{\s*([^}]+?)\s*\}")
_TAGS = re.compile(r"</?(?:span|b|i|em|strong|br|p|div|font|a)\b[^>]*>", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Entry:
    """A heading, a note or a question. number: of the question, 0 for others; questions that nobody asks have none.

    condition: on what it depends, in words, "" when it is for everybody, or when the entry before it said so already.
    until: number of the last question of the same condition. onwards: of the question to go to otherwise, 0: the end.
    """

    step: Step
    number: int = 0
    condition: str = ""
    until: int = 0
    onwards: int = 0

    @property
    def question(self) -> Question | None:
        return self.step.question


def entries(book: Book, *, identity_last: bool = False) -> list[Entry]:
    """Everything that is said to the person, in order; what the form fills in by itself is left out.

    identity_last: what tells who the person is, or how to reach them, comes at the end. Raises what `reading.crashes`
    tells for a book that can't be read.
    """
    said = [step for step in steps(book) if _is_said(step)]
    last = [step for step in said if tells_who(step)] if identity_last else []
    said = [step for step in said if step not in last]
    said = [step for place, step in enumerate(said) if step.kind not in _HEADINGS or _holds(said, place)] + last
    made: list[Entry] = []
    for step in said:
        asked = sum(bool(entry.number) for entry in made)
        made.append(Entry(step, asked + 1 if step.question else 0))
    names = {entry.step.name: entry for entry in made if entry.number}

    def refer(name: str) -> Named:
        entry = names.get(name)
        return Named(f"la question {entry.number}", entry.question) if entry else Named(f"« {name} »")

    filtered = [_filtered(made, place, refer) for place in range(len(made))]
    return [replace(entry, step=_spoken(entry.step, names)) for entry in filtered]


def tells_who(step: Step) -> bool:
    """Whether its answer is for the vault."""
    return bool(step.question and step.question.usage & {Usage.IDENTITY, Usage.CONTACT})


def _is_said(step: Step) -> bool:
    """The words of « or_other » stand with its choices."""
    if step.question:
        return step.kind != "other" and bool(step.label or step.question.choices)
    return step.kind in _HEADINGS or bool(step.label)


def _holds(said: Sequence[Step], place: int) -> bool:
    """Whether a heading has something under it."""
    inside = takewhile(lambda step: step.level > said[place].level, said[place + 1 :])
    return any(step.kind not in _HEADINGS for step in inside)


def _filtered(made: Sequence[Entry], place: int, refer: Refer) -> Entry:
    entry = made[place]
    if not entry.step.relevant:
        return entry
    before = made[place - 1].step if place else None
    same = entry.step.kind in ("question", "note")
    if same and before and before.kind in ("question", "note") and _alike(before, entry.step):
        return entry
    stop = place + 1
    while stop < len(made) and _within(made, place, stop):
        stop += 1
    inside = [other.number for other in made[place:stop] if other.number]
    onwards = next((other.number for other in made[stop:] if other.number), 0)
    words = in_words(entry.step.relevant, refer)
    return replace(entry, condition=words, until=max(inside, default=0), onwards=onwards)


def _alike(one: Step, other: Step) -> bool:
    return one.relevant == other.relevant and one.level == other.level


def _within(made: Sequence[Entry], place: int, other: int) -> bool:
    """Whether a later entry depends on the same condition: inside of its group, or with the very same words."""
    step, later = made[place].step, made[other].step
    if step.kind in _HEADINGS:
        return later.level > step.level
    return later.kind in ("question", "note") and _alike(step, later)


def _spoken(step: Step, names: dict[str, Entry]) -> Step:
    """Without marks of layout; an answer that a text repeats is called by its question."""

    def said(match: re.Match[str]) -> str:
        entry = names.get(match[1])
        return f"[réponse {entry.number}]" if entry else "[…]"

    def plain(text: str) -> str:
        bare = re.sub(r"(\*\*|__)(?=\S)(.+?)(?<=\S)\1", r"\2", _TAGS.sub(" ", text))
        return "\n".join(" ".join(line.split()) for line in _REFERENCE.sub(said, bare).split("\n")).strip()

    return replace(step, label=plain(step.label), hint=plain(step.hint))
