"""What commands give back to the command line."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field


@dataclass(slots=True)
class Result:
    """lines: for a person; rows: for a program (--json); problems: files or rows left out, each with its reason."""

    lines: list[str] = field(default_factory=list)
    rows: list[Mapping[str, object]] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)


def aligned(rows: Sequence[Sequence[str]], numbers: Collection[int]) -> Iterator[str]:
    """A table, a line a row: columns as wide as they need. numbers: columns set to the right."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        cells = [
            cell.rjust(width) if place in numbers else cell.ljust(width)
            for place, (cell, width) in enumerate(zip(row, widths, strict=True))
        ]
        yield "  ".join(cells).rstrip()
