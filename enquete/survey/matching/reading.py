"""What each distinct value of a column means to its question."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from enquete.model import MissingKind
from enquete.survey.answers.types import Column, MissingRange, Scalar, Tagged
from enquete.survey.matching.choices import OTHERS, ChoiceIndex, Choices
from enquete.survey.matching.loose import loose, text_of
from enquete.survey.matching.mapping import Mapping as MappingFile
from enquete.survey.matching.mapping import QuestionRules
from enquete.survey.matching.platforms import Platform
from enquete.survey.matching.scalars import (
    Doubt,
    date_order,
    decimal_mark,
    read_clock,
    read_day,
    read_moment,
    read_number,
)
from enquete.survey.matching.types import Cell, Missing, MissingCode
from enquete.survey.matching.wordings import Wordings
from enquete.survey.questionnaire.columns import plain_missing
from enquete.survey.questionnaire.types import Question, QuestionKind

_MARKS = {"virgule": ",", "point": "."}
_NO_ANSWER = frozenset({"sans reponse", "non reponse", "pas de reponse", "no answer", "non repondu"})


@dataclass(frozen=True, slots=True)
class Rules:
    """What holds for the whole file. mark: its decimal mark, where its numbers show it."""

    wordings: Wordings
    mapping: MappingFile
    platform: Platform
    mark: str | None = None


@dataclass(frozen=True, slots=True)
class Level:
    """What a value means: cell None for a blank. doubt: why it means nothing. words: those of « autre » that it holds.

    strangers: the parts of it that are no answer, where only parts are not.
    """

    cell: Cell | None = None
    doubt: Doubt | None = None
    words: str = ""
    strangers: tuple[str, ...] = field(default=())


def read_levels(question: Question, column: Column, rules: Rules) -> list[Level]:
    """For each level of the column, what it means to the question."""
    own = rules.mapping.question(question.name)
    special = Special(question, column, rules)
    if question.kind in (QuestionKind.ONE, QuestionKind.MANY, QuestionKind.RANK):
        if not question.choices:
            return [_of_open_list(question, special, level) for level in column.levels]
        index = ChoiceIndex(question, rules.wordings, own)
        reader = _OneChoice(index, own, special) if question.kind is QuestionKind.ONE else _Choices(index, own, special)
        return reader.read(column)
    mark = _MARKS.get(own.decimal or "") or ("." if rules.platform.name in ("kobo", "odk") else rules.mark)
    order = own.dates or date_order(level for level in column.levels if isinstance(level, str))
    return [special.of(level) or _plain(question.kind, level, mark, order) for level in column.levels]


def file_mark(columns: Iterable[Column]) -> str | None:
    """The decimal mark that the numbers of these columns show."""
    return decimal_mark(level for column in columns for level in column.levels if isinstance(level, str))


def _plain(kind: QuestionKind, level: Scalar, mark: str | None, order: str | None) -> Level:
    if kind is QuestionKind.TEXT:
        return Level(text_of(level))
    if kind in (QuestionKind.INTEGER, QuestionKind.DECIMAL):
        number = read_number(level, kind is QuestionKind.INTEGER, mark)
        return Level(doubt=number) if isinstance(number, Doubt) else Level(number)
    value: datetime.date | datetime.time | Doubt
    if kind is QuestionKind.TIME:
        value = read_clock(level)
    else:
        value = read_day(level, order) if kind is QuestionKind.DATE else read_moment(level, order)
    return Level(doubt=value) if isinstance(value, Doubt) else Level(value.isoformat())


def _of_open_list(question: Question, special: Special, level: Scalar) -> Level:
    """A question whose list stands elsewhere takes what the file holds."""
    text = text_of(level)
    return special.of(level) or Level(text if question.kind is QuestionKind.ONE else tuple(text.split()))


class Special:
    """Values that are no answer, for any kind of question."""

    def __init__(self, question: Question, column: Column, rules: Rules) -> None:
        own, platform = rules.mapping.question(question.name), rules.platform
        explicit = rules.mapping.rules.questions.get(question.name, QuestionRules()).missing
        self.question = question
        self.column = column
        self.own = own
        self._blank = {text.strip().casefold() for text in own.blanks} | platform.blanks
        self._kinds = {text.strip(): kind for text, kind in own.missing.items()}
        self._loose_kinds = {loose(text): kind for text, kind in own.missing.items() if loose(text)}
        self._explicit = {loose(text) or text for text in explicit}

    def of(self, level: Scalar) -> Level | None:
        """None for what may be an answer."""
        if self.is_blank(level):
            return Level()
        missing = self.missing(level)
        return Level(missing) if missing else None

    def explicit(self, level: Scalar) -> Missing | None:
        """What the mapping file says of a value for this very question: no choice of that name stands before it."""
        spelled = {loose(text) or text for text in (text_of(level), label_of(self.column, level)) if text}
        return self.missing(level) if spelled & self._explicit else None

    def is_blank(self, level: Scalar) -> bool:
        if not isinstance(level, str):
            return bool(self.own.blanks) and text_of(level).casefold() in self._blank
        return level.casefold() in self._blank

    def missing(self, level: Scalar) -> Missing | None:
        text, said = text_of(level), label_of(self.column, level)
        for spelling in filter(None, (text, said)):
            kind = self._kinds.get(spelling) or self._loose_kinds.get(loose(spelling) or spelling)
            if kind:
                return Missing(kind, text)
        if isinstance(level, Tagged) or is_declared(self.column, level):
            return Missing(plain_missing(said) or MissingKind.OTHER, text)
        return None if self.question.open else self.by_words(level)

    def by_words(self, level: Scalar) -> Missing | None:
        """« NSP », « refus » in a closed question, or what the file says that a value means."""
        text, said = text_of(level), label_of(self.column, level)
        kind = plain_missing(said, text if isinstance(level, str) else "")
        if not kind and {loose(said), loose(text)} & _NO_ANSWER:
            kind = MissingKind.OTHER
        return Missing(kind, text) if kind else None


def label_of(column: Column, level: Scalar) -> str:
    """What the file says that a value means, "" when it says nothing."""
    return column.value_labels.get(level, "")


def is_declared(column: Column, level: Scalar) -> bool:
    """Whether the file declares this value missing."""
    return any(_within(level, declared) for declared in column.missing)


def _within(level: Scalar, declared: MissingRange) -> bool:
    low, high = declared.low, declared.high
    if isinstance(level, int | float) and isinstance(low, int | float) and isinstance(high, int | float):
        return low <= level <= high
    return level == low


def missing_codes(column: Column, own: QuestionRules) -> tuple[MissingCode, ...]:
    """What the file declares missing, with the kind of each."""
    declared = list(column.missing)
    tags = {level for level in (*column.levels, *column.value_labels) if isinstance(level, Tagged)}
    declared += [MissingRange(tag, tag) for tag in sorted(tags) if MissingRange(tag, tag) not in declared]
    made = []
    for one in declared:
        said = label_of(column, one.low) if one.low == one.high else ""
        low, high = _written(one.low), _written(one.high)
        kind = own.missing.get(text_of(one.low)) or own.missing.get(said) or plain_missing(said) or MissingKind.OTHER
        made.append(MissingCode(low, high, said, kind))
    return tuple(made)


def _written(end: float | str | Tagged) -> float | str:
    return text_of(end) if isinstance(end, Tagged) else end


class _OfChoices:
    """A question whose answers are choices."""

    def __init__(self, index: ChoiceIndex, own: QuestionRules, special: Special) -> None:
        self.index = index
        self.own = own
        self.special = special
        self.missing: Mapping[str, MissingKind | None] = {c.name: c.missing for c in index.question.choices}


class _OneChoice(_OfChoices):
    """One choice a cell."""

    def read(self, column: Column) -> list[Level]:
        """Names before labels where the whole column reads so, and the other way round."""
        as_names = [self.index.by_name(text_of(level)) for level in column.levels]
        as_labels = [self._labels(column, level) for level in column.levels]
        system = self.own.written_as or self._only_system(column, as_names, as_labels)
        return [
            self._level(column, level, names, labels, system)
            for level, names, labels in zip(column.levels, as_names, as_labels, strict=True)
        ]

    def _labels(self, column: Column, level: Scalar) -> Choices:
        said = label_of(column, level)
        return (self.index.by_label(said) or self.index.by_name(said)) if said else self.index.by_label(text_of(level))

    def _only_system(self, column: Column, as_names: Sequence[Choices], as_labels: Sequence[Choices]) -> str | None:
        """Codes or labels, when all that could be read is read as one of them only."""
        if any(label_of(column, level) for level in column.levels):
            return None  # the file says what its values mean: each is judged by that
        told = [(names, labels) for names, labels in zip(as_names, as_labels, strict=True) if names or labels]
        by_name, by_label = all(names for names, _ in told), all(labels for _, labels in told)
        return None if by_name == by_label else "codes" if by_name else "libelles"

    def _level(self, column: Column, level: Scalar, names: Choices, labels: Choices, system: str | None) -> Level:
        text, said = text_of(level), label_of(column, level)
        if told := self.special.explicit(level):
            return Level(told)
        mapped = self.index.mapped(text, said)
        if mapped is not None:
            return self._chosen(mapped[0]) if len(mapped) == 1 and mapped[0] in self.missing else Level(doubt=Doubt())
        found = self._agreed(text, said, names, labels, system)
        if isinstance(found, str):
            return self._found(column, level, found)
        if special := self.special.of(level):
            return special
        if found is None:
            return Level(doubt=Doubt("reponses"))
        return self._stranger(text, said)

    def _found(self, column: Column, level: Scalar, name: str) -> Level:
        """What the file declares missing is no answer, even where the questionnaire has a choice for it."""
        if not self.missing[name] and (is_declared(column, level) or self.special.is_blank(level)):
            return self.special.of(level) or self._chosen(name)
        return self._chosen(name)

    def _agreed(
        self, text: str, said: str, names: Choices, labels: Choices, system: str | None
    ) -> str | Choices | None:
        """The choice; None where code and label tell two; nothing where neither tells any."""
        if system == "codes" and len(names) == 1:
            return next(iter(names))
        if said and not labels and names:
            return next(iter(names)) if self._cut_label(names, said) else None
        both = names & labels if names and labels else names | labels
        found = both or (labels if said or system == "libelles" else frozenset())
        if not found and names and labels:
            return next(iter(labels)) if system == "libelles" and len(labels) == 1 else None
        found = found or self.index.by_both(text) or self.index.by_habit(text)
        if len(found) > 1:
            return None
        return next(iter(found)) if found else frozenset()

    def _cut_label(self, names: Choices, said: str) -> bool:
        """Whether a label is the beginning of that of the choice: programs cut long ones."""
        start = loose(said)
        labels = [loose(c.label) for c in self.index.question.choices if c.name in names]
        return len(names) == 1 and (
            start == "" or (len(start) >= 20 and any(label.startswith(start) for label in labels))
        )

    def _chosen(self, name: str) -> Level:
        kind = self.missing[name]
        return Level(Missing(kind, name) if kind else name)

    def _stranger(self, text: str, said: str) -> Level:
        other = next((name for name in OTHERS if name in self.missing), "")
        if self.own.other and other:
            return Level(other, words=said or text)
        return Level(doubt=Doubt())


class _Choices(_OfChoices):
    """Several choices a cell, in whatever way they are separated."""

    def read(self, column: Column) -> list[Level]:
        """A cell that reads in two ways is read as the others of its column are."""
        texts = [label_of(column, level) or text_of(level) for level in column.levels]
        ways = [self.index.split(text) for text in texts]
        if not any(ways) or all(label_of(column, level) for level in column.levels):
            ways = [way or self.index.split(text_of(level)) for way, level in zip(ways, column.levels, strict=True)]
        common = self._common(ways)
        return [self._level(*told, common) for told in zip(column.levels, texts, ways, strict=True)]

    def _common(self, ways: Sequence[Mapping[str, object]]) -> str | None:
        """The only separator with which every cell reads."""
        used = {separator for way in ways for separator in way if separator}
        whole = [separator for separator in used if all(separator in way or "" in way for way in ways if way)]
        return whole[0] if len(whole) == 1 else None

    def _level(
        self, level: Scalar, text: str, ways: Mapping[str, tuple[tuple[str, ...], ...]], common: str | None
    ) -> Level:
        if self.special.is_blank(level) and not ways:
            return Level()
        read = ways.get(common) if common and common in ways and len(ways) > 1 and "" not in ways else None
        found = {
            self.index.told_apart(way): way for way in (read or [way for several in ways.values() for way in several])
        }
        if len(found) == 1:
            return self._chosen(next(iter(found.values())))
        if len(found) > 1:
            return Level(doubt=Doubt("reponses"), strangers=(text,))
        if special := self.special.of(level):
            return special
        names, strangers = self.index.chosen_and_strangers(text)
        other = next((name for name in OTHERS if name in self.missing), "")
        if self.own.other and other:
            return Level(tuple(dict.fromkeys((*names, other))), words=", ".join(strangers))
        return Level(doubt=Doubt(), strangers=tuple(self.index.strangers(text)))

    def _chosen(self, names: tuple[str, ...]) -> Level:
        if not set(names) <= set(self.missing):
            return Level(doubt=Doubt())
        kind = self.missing[names[0]] if len(names) == 1 else None
        return Level(Missing(kind, names[0]) if kind else names)
