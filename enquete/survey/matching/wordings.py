"""Every label that a questionnaire gives to its questions, groups and choices, in all its languages."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from enquete.survey.matching.loose import loose
from enquete.survey.questionnaire.types import Question, Questionnaire


@dataclass(frozen=True, slots=True)
class Wordings:
    """questions, choices, groups: labels of each, by name (choices by list and name; groups by name). notes: names and
    labels of what is only read.
    """

    questions: Mapping[str, tuple[str, ...]]
    choices: Mapping[tuple[str, str], tuple[str, ...]]
    groups: Mapping[str, tuple[str, ...]]
    notes: frozenset[str] = frozenset()

    def of_question(self, question: Question) -> tuple[str, ...]:
        return _distinct(question.label, *self.questions.get(question.name, ()))

    def of_choice(self, question: Question, name: str, label: str) -> tuple[str, ...]:
        return _distinct(label, *self.choices.get((list_name(question.type), name), ()))

    def is_note(self, header: str) -> bool:
        """« accueil/intro », « Accueil / Bonjour »: whether a column only bears the text of a note."""
        ends = [header[place + 1 :] for place, letter in enumerate(header) if letter == "/"]
        return any(loose(end) in self.notes for end in (header, *ends))

    def of_group(self, name: str) -> tuple[str, ...]:
        return self.groups.get(name, ())


def wordings(questionnaire: Questionnaire) -> Wordings:
    """Questions of one name in two groups keep the label that the questionnaire shows only."""
    survey = questionnaire.sheets.get("survey", ())
    counts = Counter(row.get("name", "") for row in survey)
    questions: dict[str, tuple[str, ...]] = {}
    groups: dict[str, tuple[str, ...]] = {}
    for row in survey:
        name = row.get("name", "")
        if not name or counts[name] > 1:
            continue
        begins = re.match(r"begin", row.get("type", ""), re.IGNORECASE)
        (groups if begins else questions)[name] = _labels(row)
    choices: dict[tuple[str, str], tuple[str, ...]] = {}
    for row in questionnaire.sheets.get("choices", ()):
        of_list = next((text for header, text in row.items() if header.replace("_", " ") == "list name"), "")
        choices[of_list, row.get("name", "")] = _labels(row)
    notes = [row for row in survey if row.get("type", "").strip().casefold() == "note"]
    said = (loose(text) for row in notes for text in (row.get("name", ""), *_labels(row)))
    return Wordings(questions, choices, groups, frozenset(filter(None, said)))


def list_name(type_: str) -> str:
    """« select_one from oui_non or_other » -> « oui_non »."""
    words = [word for word in type_.split() if word.casefold() not in ("from", "or_other", "or", "other", "specify")]
    return words[-1] if len(words) > 1 else ""


def _labels(row: Mapping[str, str]) -> tuple[str, ...]:
    return _distinct(*(text for header, text in row.items() if re.match(r"label\b|caption\b", header, re.IGNORECASE)))


def _distinct(*texts: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(text for text in texts if text))
