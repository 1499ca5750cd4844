"""Tables of a synthesis on upright paper: main themes alone, what repeats told once, wide ones cut in several."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from enquete.findings.tables import Cell, Column, Kind, Table

LEFT_OUT = "Sous-thèmes, entretiens, passages et mots : voir le classeur ou la page."
BANDS = ("Grille", "Répondants", "Caractéristique")  # said once, above the rows that share them
ID = "Code"
_THEME = "Thème"
_DETAILS = ("entretiens", "(entretiens)", "passages", "mots", "identifié")  # last words of titles
_LETTER = 0.18  # centimetres, in the size of tables
_BOLD = 0.21
_MARGIN = 0.42
_TEXT = {Kind.SHORT: 3.0, Kind.PHRASE: 4.6, Kind.LONG: 7.0, Kind.COUNT: 0.0}  # centimetres: wanted by words


@dataclass(frozen=True, slots=True)
class Narrow:
    """Columns and widths (centimetres); rows: cells, or the words of a band."""

    columns: tuple[Column, ...]
    widths: tuple[float, ...]
    rows: tuple[tuple[Cell, ...] | str, ...]


def narrow(table: Table, width: float) -> tuple[list[Narrow], bool]:
    """The table in pieces as wide as the page, keys repeated; and whether details are left out."""
    kept, left_out = _kept(table)
    rows = kept.rows
    bands = [place for place, column in enumerate(kept.columns) if column.title in BANDS]
    places = [place for place in range(len(kept.columns)) if place not in bands]
    keys = [place for place in places if kept.columns[place].kind is not Kind.COUNT]
    counts = [place for place in places if place not in keys]
    widths = {place: _width(kept.columns[place], [row[place] for row in rows]) for place in places}
    room = max(width - sum(widths[place] for place in keys), width / 3)
    pieces = []
    for chunk in _chunks(kept, counts, widths, room):
        shown = [*keys, *chunk]
        spare = max(0.0, width - sum(widths[place] for place in shown))
        wide = [widths[p] + (min(spare, 3.0) if p == (keys or shown)[0] else 0.0) for p in shown]
        pieces.append(
            Narrow(tuple(kept.columns[p] for p in shown), _fitted(wide, width), tuple(_rows(rows, bands, shown)))
        )
    return pieces, left_out


def _kept(table: Table) -> tuple[Table, bool]:
    """Main themes and people, of a table of themes; any other whole."""
    if not any(column.title == _THEME for column in table.columns) or not table.depths:
        return table, False
    places = [place for place, column in enumerate(table.columns) if not _is_detail(column)]
    main = [row for row, depth in zip(table.rows, table.depths, strict=True) if depth == 0]
    kept = replace(
        table,
        columns=tuple(table.columns[place] for place in places),
        rows=tuple(tuple(row[place] for place in places) for row in main),
        depths=(0,) * len(main),
    )
    told = [column for column in table.columns if column.title != ID and _is_detail(column)]
    return kept, bool(told) or len(main) < len(table.rows)


def _is_detail(column: Column) -> bool:
    if column.title == ID:
        return True
    words = column.title.casefold().split()
    return column.kind is Kind.COUNT and bool(words) and words[-1] in _DETAILS


def _rows(
    rows: Sequence[tuple[Cell, ...]], bands: Sequence[int], shown: Sequence[int]
) -> Iterator[tuple[Cell, ...] | str]:
    former = ""
    for row in rows:
        band = " – ".join(str(row[place]) for place in bands if row[place] != "")
        cells = tuple(row[place] for place in shown)
        if band and cells[0] == "":  # a row of its own: « Ensemble »
            yield band, *cells[1:]
            continue
        if band and band != former:
            yield band
        former = band
        yield cells


def _width(column: Column, cells: Sequence[Cell]) -> float:
    """Enough for the longest word, or for a few where there are more."""
    title = max(map(len, column.title.split()), default=1)
    word = max((len(word) for cell in cells for word in str(cell).split()), default=1)
    whole = max(map(len, map(str, cells)), default=1)
    return max(title * _BOLD, word * _LETTER, min(whole * _LETTER, _TEXT[column.kind])) + _MARGIN


def _chunks(table: Table, counts: Sequence[int], widths: dict[int, float], room: float) -> list[list[int]]:
    """A column « sur » stays with the one before."""
    groups: list[list[int]] = []
    for place in counts:
        base = table.columns[place].title.casefold().split()[-1:] == ["sur"]
        if base and groups:
            groups[-1].append(place)
        else:
            groups.append([place])
    chunks: list[list[int]] = [[]]
    for group in groups:
        if chunks[-1] and sum(widths[place] for place in (*chunks[-1], *group)) > room:
            chunks.append([])
        chunks[-1] += group
    return chunks


def _fitted(widths: Sequence[float], width: float) -> tuple[float, ...]:
    total = sum(widths)
    return tuple(one * min(1.0, width / total) for one in widths) if total else ()
