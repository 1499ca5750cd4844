"""Links on cells of several lines: LibreOffice would show their first line alone, so they stand beside them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from enquete.findings.tables import Cell, Column, Kind, Table
from enquete.reports.workbook import Look, lines_of

ARROW = "→ "

_WIDTH = 16.0  # characters


def spread(table: Table, looks: Sequence[Look]) -> tuple[Table, list[Look]]:
    """The table with a narrow column of links after each whose linked cells take several lines."""
    long = sorted({column for row, column in table.links if _wraps(table.rows[row][column], looks[column])})
    if not long:
        return table, list(looks)
    columns, wide = list(table.columns), list(looks)
    for column in reversed(long):
        title = f"{ARROW}{table.columns[column].title}"
        columns.insert(column + 1, Column(title, Kind.SHORT))
        wide.insert(column + 1, Look(title, _WIDTH, wrap=True))
    moved = {column: column + sum(one < column for one in long) for column in range(len(table.columns))}
    links = {(row, moved[column] + (column in long)): target for (row, column), target in table.links.items()}
    rows = tuple(_row(row, number, long, table.links) for number, row in enumerate(table.rows))
    return replace(table, columns=tuple(columns), rows=rows, links=links, tree=moved[table.tree]), wide


def _wraps(cell: Cell, look: Look) -> bool:
    return isinstance(cell, str) and lines_of(cell, look.width - 1) > 1


def _row(
    row: Sequence[Cell], number: int, long: Sequence[int], links: Mapping[tuple[int, int], tuple[str, int]]
) -> tuple[Cell, ...]:
    cells: list[Cell] = []
    for place, cell in enumerate(row):
        cells.append(cell)
        if place in long:
            cells.append(f"{ARROW}{links[number, place][0]}" if (number, place) in links else "")
    return tuple(cells)
