"""Reads a table from a file."""

from __future__ import annotations

from pathlib import Path

from enquete.tables.model import Table


def read_table(path: Path, sheet: str | None = None) -> Table:
    """The table of a .csv, .tsv, .txt, .jsonl, .xlsx or .ods file; the kind is told by the content.

    sheet: its name; by default the first that holds something. Raises EnqueteError(FILE_NOT_FOUND, TABLE_…) with
    file and line.
    """
    raise NotImplementedError
