"""Which question a header is that of: its name with or without its groups, its label, or what a platform makes of them.

Only what is certain is a claim; several claims are for a person to settle.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from enquete.survey.matching.choices import OTHERS
from enquete.survey.matching.loose import loose, name_key, unnumbered
from enquete.survey.matching.wordings import Wordings
from enquete.survey.questionnaire.types import Question, QuestionKind

_SEPARATORS = ("/", ".", ":", "-")
_CODE_AND_LABEL = re.compile(r"([^\W_][\w-]*(?:\[[^\[\]]*\])*)\s*[.:)]\s+(.+)|([^\W_][\w-]*)\s*\[(.+)\]", re.DOTALL)
_OTHER_WORDS = ("other", "autre", "autre précisez", "autre préciser", "autre à préciser", "other please specify")
_RANKS = ("rang", "rank", "classement", "choix", "choice", "ranking")
# Names cut by Stata and SPSS.
_CUT = (32, 64)


class Part(StrEnum):
    """What of a question a column holds."""

    WHOLE = "whole"
    CHOICE = "choice"  # whether this choice was made
    PLACE = "place"  # what stands at this place of a rank
    OTHER = "other"  # the words of « autre » of a question that has no question for them


@dataclass(frozen=True, slots=True)
class Claim:
    """item: name of the choice, or the place of a rank, from 1."""

    question: str
    part: Part = Part.WHOLE
    item: str = ""

    @property
    def written(self) -> str:
        """As the mapping file writes it."""
        return f"{self.question}/{self.item}" if self.item else self.question


_Claims = dict[str, dict[Claim, None]]


class HeaderIndex:
    """The headers that the questions of one part of the questionnaire may have."""

    def __init__(self, questions: Sequence[Question], wordings: Wordings) -> None:
        self._wordings = wordings
        self._exact: _Claims = defaultdict(dict)
        self._names: _Claims = defaultdict(dict)
        self._labels: _Claims = defaultdict(dict)
        self._spelled: _Claims = defaultdict(dict)
        self._known = {question.name for question in questions}
        self._several = {q.name for q in questions if q.kind in (QuestionKind.MANY, QuestionKind.RANK)}
        for question in questions:
            self._add(question)

    def by_name(self, header: str) -> tuple[Claim, ...]:
        """Claims by the question's name."""
        return _whole_first(self._exact.get(header) or self._names.get(name_key(header)) or self._cut(header) or {})

    def by_code(self, header: str) -> tuple[Claim, ...]:
        """Claims by the name that stands before a label: « Q21. Question », « Q21[SQ002]. Question [Ligne] ».

        What stands in brackets after the label of a question of several answers is one of them, not the whole. In
        « Q21 [Question] » the label decides: « Q21[comment] » is no « Q21 ».
        """
        parts = _CODE_AND_LABEL.fullmatch(header.strip())
        if not parts or not parts[1]:
            return ()
        code, said = parts[1], parts[2]
        found = self.by_name(code)
        in_brackets = said.rstrip().endswith("]") and "[" not in code
        return tuple(claim for claim in found if not (in_brackets and claim.question in self._several))

    def by_label(self, *texts: str) -> tuple[Claim, ...]:
        """Claims by labels: of the header itself, or of what the file says of the column."""
        for text in texts:
            for form in _forms(text):
                if found := self._spelled.get(_spelling(form)) or self._labels.get(loose(form)):
                    return tuple(found)
        return ()

    def _cut(self, header: str) -> dict[Claim, None]:
        if len(header) not in _CUT:
            return {}
        key = name_key(header)
        keys = [known for known in self._names if known.startswith(key)]
        return self._names[keys[0]] if len(keys) == 1 else {}

    def _add(self, question: Question) -> None:
        whole = Claim(question.name)
        names = list(dict.fromkeys(_paths(question)))
        labels = list(self._label_forms(question))
        if numbered := re.fullmatch(r"(.+)_SQ0*(\d+)", question.name):
            self._names[name_key(f"{numbered[1]} {numbered[2]}")][whole] = None
        for name in names:
            self._exact[name][whole] = None
            self._names[name_key(name)][whole] = None
        for label in labels:
            self._say(label, whole)
        for claim, exact, spoken in self._items(question):
            self._add_items(claim, names, labels, exact, spoken)

    def _add_items(
        self,
        claim: Claim,
        names: Sequence[str],
        labels: Sequence[str],
        exact: Sequence[str],
        spoken: Sequence[str],
    ) -> None:
        for item in exact:
            for label in labels:
                for joined in (f"{label}/{item}", f"{label} [{item}]", f"{label}[{item}]"):
                    self._spelled[_spelling(joined)][claim] = None
            for name in names:
                for joined in (f"{name}/{item}", f"{name}.{item}", f"{name}:{item}", f"{name}[{item}]"):
                    self._exact[joined][claim] = None
                self._names[name_key(f"{name} {item}")][claim] = None
        for item in spoken:
            for base in (*labels, names[0]):
                for joined in (f"{base} {item}", f"{base}/{item}", f"{base} [{item}]", f"{base}[{item}]"):
                    self._say(joined, claim)

    def _say(self, text: str, claim: Claim) -> None:
        """A label as spelled, and as people compare labels; one without any word is no label."""
        if key := loose(text):
            self._labels[key][claim] = None
            self._spelled[_spelling(text)][claim] = None

    def _label_forms(self, question: Question) -> Iterator[str]:
        """Its labels alone, and after those of the groups around it (« Groupe/Question », « Grille [Ligne] »)."""
        for label in self._wordings.of_question(question):
            forms = [label, *([bare] if (bare := unnumbered(label)) != label else [])]
            for form in forms:
                yield form
                before = ""
                for group in reversed(question.path):
                    for of_group in self._wordings.of_group(group) or (group,):
                        yield f"{of_group} {form}"
                        if before:
                            yield f"{of_group} {before} {form}"
                    before = f"{next(iter(self._wordings.of_group(group)), group)} {before}".strip()

    def _items(self, question: Question) -> Iterator[tuple[Claim, Sequence[str], Sequence[str]]]:
        """Claims of what a column may hold of a question, with how headers name and say it."""
        if question.kind is QuestionKind.MANY:
            for choice in question.choices:
                numbered = re.fullmatch(r"SQ0*(\d+)", choice.name)
                exact = (choice.name, numbered[1]) if numbered else (choice.name,)
                said = self._wordings.of_choice(question, choice.name, choice.label)
                yield Claim(question.name, Part.CHOICE, choice.name), exact, (*said, *map(unnumbered, said))
        if question.kind is QuestionKind.RANK:
            for place in map(str, range(1, len(question.choices) + 1)):
                spoken = [f"{word} {place}" for word in _RANKS]
                yield Claim(question.name, Part.PLACE, place), (place,), (place, *spoken)
        words = f"{question.name}_other"
        has_other = question.other or words in self._known or any(c.name in OTHERS for c in question.choices)
        if question.kind in (QuestionKind.ONE, QuestionKind.MANY) and has_other:
            claim = Claim(words) if words in self._known else Claim(question.name, Part.OTHER, "other")
            yield claim, OTHERS[:2], _OTHER_WORDS


def _paths(question: Question) -> Iterator[str]:
    """« age », « foyer/age », « foyer.age »… with all its groups or the nearest ones."""
    last = question.name.rsplit("/", 1)[-1]
    yield question.name
    yield last
    for start in range(len(question.path)):
        for separator in _SEPARATORS:
            yield separator.join((*question.path[start:], last))


def _forms(text: str) -> Iterator[str]:
    yield text
    yield unnumbered(text)
    if parts := _CODE_AND_LABEL.fullmatch(text.strip()):
        yield parts[2] or parts[4]


def _spelling(text: str) -> str:
    return " ".join(text.split()).casefold()


def _whole_first(claims: Iterable[Claim]) -> tuple[Claim, ...]:
    """A name as written is that of its question before it is that of another one's choice."""
    found = tuple(claims)
    return (
        tuple(claim for claim in found if claim.part is Part.WHOLE and not claim.question.endswith("_other")) or found
    )
