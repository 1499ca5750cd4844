"""A table of links: how another file writes somebody's key, and the code that the study knows them by."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from enquete.errors import EnqueteError, Problem
from enquete.survey.participants import participant_key
from enquete.tables import find_column, read_table

_KEYS = ("clé", "clé du fichier", "clé dans ce fichier", "key", "identifiant", "id", "écrit", "dans ce fichier", "nom")
_CODES = ("participant", "code participant", "code de participant", "code de l'étude", "étude", "code", "personne")


@dataclass(frozen=True, slots=True)
class Link:
    """row: of the table, as its author sees it. key: as the file of answers writes it, for the eyes of no output."""

    row: int
    key: str
    code: str


def read_links(path: Path) -> list[Link]:
    """The links of a table; rows where either side is empty tie nobody.

    Raises EnqueteError as `read_table`; LINKS_COLUMNS where it can't be told which column is which, LINKS_TWICE for a
    key that two rows give to two people.
    """
    table = read_table(path)
    key, code = _columns(table.columns)
    if key is None or code is None:
        raise EnqueteError(Problem.LINKS_COLUMNS, where=table.source)
    links = [
        Link(row.number, row.cells[key], row.cells[code]) for row in table.rows if row.cells[key] and row.cells[code]
    ]
    seen: dict[str, Link] = {}
    for link in links:
        first = seen.setdefault(participant_key(link.key), link)
        if participant_key(first.code) != participant_key(link.code):
            raise EnqueteError(Problem.LINKS_TWICE, where=table.source, first=first.row, second=link.row)
    return links


def _columns(headers: Sequence[str]) -> tuple[str | None, str | None]:
    """(key, code): by their names; of two columns one of which is known, the other is the other."""
    code = find_column(headers, _CODES)
    key = find_column([header for header in headers if header != code], _KEYS)
    if len(headers) == 2:
        first, second = headers
        if code is None:
            code = second if key in (None, first) else first
        key = key or (first if code == second else second)
    return key, code
