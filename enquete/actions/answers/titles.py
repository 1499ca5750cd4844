"""Titles of columns and sheets as they may be shown and kept: « Enquêté par Mme Lopez » says who."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from enquete.actions.interviews.masking import mask_texts
from enquete.pseudonyms import Policies
from enquete.survey.answers.types import DataFile
from enquete.survey.matching.columns import OWN_NOTE
from enquete.survey.matching.loose import loose
from enquete.survey.matching.telling import quoted
from enquete.survey.matching.types import ColumnReport, MatchReport, Variable
from enquete.vault import Identities

_CODE = re.compile(r"[\w./:\[\]-]*[\d_/\[\]][\w./:\[\]-]*")  # « Q3[SQ001] », « foyer/age »


@dataclass(frozen=True, slots=True)
class Titles:
    """shown: those that hold a name, without it. columns: place of the column that bears each, from 1."""

    shown: Mapping[str, str]
    columns: Mapping[str, int]

    def one(self, title: str) -> str:
        """A title as it may be shown, with what finds it in the file."""
        if title not in self.shown:
            return title
        place = f"colonne {self.columns[title]}, " if title in self.columns else ""
        return f"{self.shown[title]} ({place}nom remplacé)"

    def line(self, text: str) -> str:
        """A sentence that quotes titles."""
        for title in sorted(self.shown, key=len, reverse=True):
            text = text.replace(f"« {title} »", f"« {self.one(title)} »")
            text = text.replace(quoted(title), quoted(self.shown[title]))
        return text

    def variables(self, variables: Iterable[Variable]) -> tuple[Variable, ...]:
        """As the database may hold them."""
        return tuple(
            replace(
                one,
                columns=tuple(self.shown.get(title, title) for title in one.columns),
                missing=tuple(replace(code, label=self.shown.get(code.label, code.label)) for code in one.missing),
            )
            for one in variables
        )


def titles(data: DataFile, report: MatchReport, identities: Identities, policies: Policies) -> Titles:
    """identities: with those of the file; it grows by the names met. The model runs only where a title needs it."""
    texts = [text for text in dict.fromkeys(_doubtful(data, report)) if text and not _CODE.fullmatch(text)]
    masked = mask_texts(texts, [("titres",)] * len(texts), identities, policies) if texts else []
    shown = {text: said for text, said in zip(texts, masked, strict=True) if said != text}
    columns = {column.name: place for table in data.tables for place, column in enumerate(table.columns, 1)}
    return Titles(shown, columns)


def _doubtful(data: DataFile, report: MatchReport) -> Iterator[str]:
    """What the questionnaire does not say itself."""
    if len(data.tables) > 1:
        yield from (table.name for table in data.tables)
    yield from (column.column for column in report.columns if not _said_by_the_questionnaire(column))
    variables = (answered.variable for table in report.tables for answered in table.answered)
    yield from (code.label for variable in variables for code in variable.missing)


def _said_by_the_questionnaire(column: ColumnReport) -> bool:
    question = column.question
    known = {loose(question.name), loose(question.label)} if question else set()
    return column.note == OWN_NOTE or loose(column.column) in known
