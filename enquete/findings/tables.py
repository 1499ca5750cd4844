"""What a synthesis is: tables, pages to read and figures, without any formatting."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from enquete.findings.written.departure import Departure
from enquete.findings.written.shown import ShownFinding, ShownPiece, ShownRecommendation
from enquete.model import Audience

Cell = str | int


TO_FILL = " – à remplir"  # after the header of a column that readers write in
Links = Mapping[tuple[int, int], tuple[str, int]]


class Kind(StrEnum):
    """What a column holds: a few words, a phrase, a long text, a count (or « quelques »)."""

    SHORT = "short"
    PHRASE = "phrase"
    LONG = "long"
    COUNT = "count"


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table; its title is unique in the table.

    edited: its readers write in it, and what they write is read back. choices: the values that it may have.
    """

    title: str
    kind: Kind
    edited: bool = False
    choices: tuple[str, ...] = ()


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
    notes: lines to read under the rows. links: (row, column) -> (sheet, row) that the cell leads to, from 0.
    keys: what names each row when an edited table is read back; they stand in its first column.
    """

    name: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    depths: tuple[int, ...] = ()
    tree: int = 0
    figures: tuple[Figure, ...] = ()
    notes: tuple[str, ...] = ()
    links: Links = field(default_factory=dict)
    keys: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and its paragraphs."""

    title: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Page:
    """A page to read. links: (section, line) -> (sheet, row) that the line leads to, from 0."""

    name: str
    title: str
    sections: tuple[Section, ...]
    figures: tuple[Figure, ...] = ()
    links: Links = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Synthesis:
    """One output for one audience, that a workbook, a report and a page show alike: a figure that stands in two of them
    comes from here. None, or empty: nothing of it to show to this audience.

    findings, recommendations, assessment: as documents lay them out; their tables, as workbooks do. more: tables after
    the method, for the team. provenance: analysis, codebooks, data and program, a line each. departure: what the sheets
    that people edit say, for the day the workbook comes back.
    """

    title: str
    readme: Page
    profile: Table
    themes: Table | None
    waves: Table | None
    quotations: Table
    method: Page
    questions: Table | None = None
    audience: Audience = Audience.PROJECT_GROUP
    essential: Page | None = None
    lost: Table | None = None
    crossings: tuple[Table, ...] = ()
    cases: Table | None = None
    types: Table | None = None
    vocabulary: Table | None = None
    findings_table: Table | None = None
    recommendations_table: Table | None = None
    assessment_table: Table | None = None
    codebook: Table | None = None
    agreement: Table | None = None
    more: tuple[Table, ...] = ()
    findings: tuple[ShownFinding, ...] = ()
    recommendations: tuple[ShownRecommendation, ...] = ()
    assessment: tuple[ShownPiece, ...] = ()
    provenance: tuple[str, ...] = ()
    departure: Departure | None = None

    @property
    def sheets(self) -> tuple[Page | Table, ...]:
        """Of a workbook, in reading order."""
        counts = (self.profile, self.lost, self.themes, *self.crossings, self.waves, self.questions, self.vocabulary)
        read = (self.cases, self.types, self.quotations)
        written = (self.findings_table, self.recommendations_table, self.assessment_table)
        about = (self.codebook, self.agreement, self.method)
        sheets = (self.readme, self.essential, *counts, *read, *written, *about, *self.more)
        return tuple(sheet for sheet in sheets if sheet is not None)

    def texts(self) -> Iterator[tuple[str, str]]:
        """(place, text) of every string, for the gate: « Verbatims, ligne 12, Citation »."""
        yield "titre", self.title
        for sheet in self.sheets:
            yield from _page_texts(sheet) if isinstance(sheet, Page) else _table_texts(sheet)
        for piece in (*self.findings, *self.recommendations, *self.assessment):
            yield from piece.texts()


def _page_texts(page: Page) -> Iterator[tuple[str, str]]:
    yield f"{page.name}, titre", page.title
    for section in page.sections:
        for line in (section.title, *section.lines):
            yield f"{page.name}, « {section.title} »", line
    yield from _figure_texts(page.name, page.figures)


def _table_texts(table: Table) -> Iterator[tuple[str, str]]:
    for column in table.columns:
        yield f"{table.name}, en-tête", column.title
    for line, row in enumerate(table.rows, start=2):
        for column, cell in zip(table.columns, row, strict=True):
            if isinstance(cell, str):
                yield f"{table.name}, ligne {line}, {column.title}", cell
    for note in table.notes:
        yield f"{table.name}, note", note
    yield from _figure_texts(table.name, table.figures)


def _figure_texts(name: str, figures: Iterable[Figure]) -> Iterator[tuple[str, str]]:
    for figure in figures:
        names = (series.name for series in figure.series)
        for text in (figure.title, figure.category_title, figure.value_title, *figure.categories, *names):
            yield f"{name}, graphique", text
