"""What a synthesis is: tables, pages to read and figures, without any formatting."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

Cell = str | int


class Kind(StrEnum):
    """What a column holds: a few words, a phrase, a long text, a count (or « quelques »)."""

    SHORT = "short"
    PHRASE = "phrase"
    LONG = "long"
    COUNT = "count"


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table; its title is unique in the table."""

    title: str
    kind: Kind


@dataclass(frozen=True, slots=True)
class Series:
    """The bars of one colour; « quelques » where the count is masked.

    few: the most that a masked count can be, which its bar, unlike the others, stands for.
    """

    name: str
    values: tuple[Cell, ...]
    few: int = 0


@dataclass(frozen=True, slots=True)
class Figure:
    """Horizontal bars: one group a category, in reading order."""

    title: str
    category_title: str
    value_title: str
    categories: tuple[str, ...]
    series: tuple[Series, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """Rows as wide as the columns.

    depths: for a tree, one per row, 0 for a root; empty otherwise. tree: index of the column that holds its labels.
    notes: lines to read under the rows. links: row -> (sheet, row) that its tree's label leads to, from 0.
    """

    name: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    depths: tuple[int, ...] = ()
    tree: int = 0
    figures: tuple[Figure, ...] = ()
    notes: tuple[str, ...] = ()
    links: Mapping[int, tuple[str, int]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and its paragraphs."""

    title: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Page:
    """A page to read."""

    name: str
    title: str
    sections: tuple[Section, ...]


@dataclass(frozen=True, slots=True)
class Synthesis:
    """One output for one audience. sheets: in reading order; themes, waves, questions: None where there is nothing of
    them to show.
    """

    title: str
    readme: Page
    profile: Table
    themes: Table | None
    waves: Table | None
    quotations: Table
    method: Page
    questions: Table | None = None

    @property
    def sheets(self) -> tuple[Page | Table, ...]:
        counts = (self.profile, self.themes, self.waves, self.questions)
        sheets = (self.readme, *counts, self.quotations, self.method)
        return tuple(sheet for sheet in sheets if sheet is not None)

    def texts(self) -> Iterator[tuple[str, str]]:
        """(place, text) of every string, for the gate: « Verbatims, ligne 12, Citation »."""
        yield "titre", self.title
        for sheet in self.sheets:
            yield from _page_texts(sheet) if isinstance(sheet, Page) else _table_texts(sheet)


def _page_texts(page: Page) -> Iterator[tuple[str, str]]:
    yield f"{page.name}, titre", page.title
    for section in page.sections:
        for line in (section.title, *section.lines):
            yield f"{page.name}, « {section.title} »", line


def _table_texts(table: Table) -> Iterator[tuple[str, str]]:
    for column in table.columns:
        yield f"{table.name}, en-tête", column.title
    for line, row in enumerate(table.rows, start=2):
        for column, cell in zip(table.columns, row, strict=True):
            if isinstance(cell, str):
                yield f"{table.name}, ligne {line}, {column.title}", cell
    for note in table.notes:
        yield f"{table.name}, note", note
    for figure in table.figures:
        names = (series.name for series in figure.series)
        for text in (figure.title, figure.category_title, figure.value_title, *figure.categories, *names):
            yield f"{table.name}, graphique", text
