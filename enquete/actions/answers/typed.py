"""Answers that somebody typed and that are no text of their own: attributes, choices of a list that stands elsewhere,
what a mapping file takes for a kind of missing. They are stored with their names masked.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import NamedTuple

from enquete.actions.interviews.masking import mask_attributes
from enquete.pseudonyms import Entity, NameBook
from enquete.survey.matching.types import Answered, Cell, MatchReport, Missing, Variable
from enquete.survey.questionnaire.columns import plain_missing
from enquete.survey.questionnaire.types import QuestionKind
from enquete.vault import Identities

_LISTED = (QuestionKind.ONE, QuestionKind.MANY, QuestionKind.RANK)
_WORD = re.compile(r"[^\W\d_]{2}")
_FILE = "fichier"  # stands for everybody whom the file names


class Typed(NamedTuple):
    """matched: without names among its answers. entities: those met there, for the book of names."""

    matched: MatchReport
    entities: tuple[Entity, ...] = ()

    def learn(self, identities: Identities) -> None:
        """Puts them in the book, where they are not yet."""
        there = {entity.key for entity in identities.book.entities}
        new = tuple(entity for entity in self.entities if entity.key not in there)
        if new:
            identities.book = NameBook((*identities.book.entities, *new))


def typed(matched: MatchReport, identities: Identities) -> Typed:
    """The same words get the same pseudonym each time: a file imported again says what is stored."""
    words = dict.fromkeys(
        word for table in matched.tables for answered in table.answered for word in _typed_in(answered)
    )
    if not words:
        return Typed(matched)
    known = identities.copy()
    names = (text for table in matched.tables for one in table.identity for text in one.texts if _WORD.search(text))
    known.people[_FILE] = {str(number): name for number, name in enumerate(dict.fromkeys(names))}
    masked = dict(zip(words, mask_attributes(list(words), known), strict=True))
    tables = tuple(
        replace(table, answered=tuple(_masked(answered, masked) for answered in table.answered))
        for table in matched.tables
    )
    return Typed(replace(matched, tables=tables), known.book.entities)


def _typed_in(answered: Answered) -> Iterator[str]:
    variable = answered.variable
    yield from (word for code in variable.missing for word in _said(variable, code.low, code.high, code.label))
    for cell in answered.cells:
        yield from _words(variable, cell)


def _words(variable: Variable, cell: Cell) -> Iterator[str]:
    if isinstance(cell, Missing):
        yield from _said(variable, cell.code)
    elif variable.kind is QuestionKind.TEXT or (variable.kind in _LISTED and not variable.choices):
        yield from (word for word in (cell if isinstance(cell, tuple) else [cell]) if isinstance(word, str) and word)


def _said(variable: Variable, *codes: float | str) -> Iterator[str]:
    """Of the codes of kinds of missing, those that neither the questionnaire nor everybody writes so."""
    usual = {text for choice in variable.choices for text in (choice.name, choice.label)}
    for code in codes:
        if isinstance(code, str) and _WORD.search(code) and code not in usual and plain_missing(code) is None:
            yield code


def _masked(answered: Answered, masked: Mapping[str, str]) -> Answered:
    if all(masked[word] == word for word in _typed_in(answered)):
        return answered
    variable = answered.variable

    def said(code: float | str) -> float | str:
        return masked.get(code, code) if isinstance(code, str) else code

    def shown(cell: Cell) -> Cell:
        if not list(_words(variable, cell)):
            return cell
        if isinstance(cell, Missing):
            return replace(cell, code=masked[cell.code])
        return tuple(masked[word] for word in cell) if isinstance(cell, tuple) else masked[str(cell)]

    missing = tuple(
        replace(code, low=said(code.low), high=said(code.high), label=str(said(code.label)))
        for code in variable.missing
    )
    return Answered(replace(variable, missing=missing), tuple(map(shown, answered.cells)), answered.codes)
