"""Tables of a synthesis on upright paper: main themes alone, what repeats told once, wide ones cut in several."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from enquete.findings.tables import Cell, Column, Kind, Table

LEFT_OUT = "Le détail, sous-thèmes compris : voir le classeur ou la page."
_BANDS = ("Grille", "Répondants", "Caractéristique")  # said once, above the rows that share them
_ID = "Code"
_ASKED = "Question"  # its code; its words stand above those of its themes
_THEME = "Thème"
_DETAILS = ("entretiens", "(entretiens)", "passages", "mots", "identifié")  # last words of titles
_LETTER = 0.18  # centimetres, in the size of tables
_BOLD = 0.21
_LEAST = 3.4  # centimetres: a column of sentences
_FEW = 2.2  # a column of a few words
_SQUEEZED = 1.12  # of the room: letters are counted wide
_MARGIN = 0.42
_TEXT = {Kind.SHORT: 3.0, Kind.PHRASE: 4.6, Kind.LONG: 7.0, Kind.COUNT: 0.0}  # centimetres: wanted by words


@dataclass(frozen=True, slots=True)
class Narrow:
    """Columns and widths (centimetres); rows: a depth and cells, or the words of a band."""

    columns: tuple[Column, ...]
    widths: tuple[float, ...]
    rows: tuple[tuple[int, tuple[Cell, ...]] | str, ...]


def bands(table: Table) -> list[int]:
    """Places of the columns that are said once, above the rows that share them."""
    asked = any(column.title == _ASKED for column in table.columns)
    titles = ("Répondants",) if asked else _BANDS
    return [place for place, column in enumerate(table.columns) if column.title in titles]


def shown(table: Table) -> list[int]:
    """Places of the others, those that only programs read apart."""
    asked = any(column.title == _ASKED for column in table.columns)
    hidden = {_ID, _ASKED, "Grille"} if asked else {_ID}
    above = bands(table)
    return [p for p, column in enumerate(table.columns) if p not in above and column.title not in hidden]


def narrow(table: Table, width: float) -> tuple[list[Narrow], bool]:
    """The table in pieces as wide as the page, keys repeated; and whether details are left out."""
    kept, left_out = _kept(table)
    places = shown(kept)
    keys = [place for place in places if kept.columns[place].kind is not Kind.COUNT]
    counts = [place for place in places if place not in keys]
    widths = {place: _width(kept.columns[place], [row[place] for row in kept.rows]) for place in places}
    room = max(width - sum(widths[place] for place in keys), width / 3)
    pieces = []
    for chunk in _chunks(kept, counts, widths, room * _SQUEEZED):
        own = [*keys, *chunk]
        spare = max(0.0, width - sum(widths[place] for place in own))
        wide = [widths[p] + (min(spare, 3.0) if p == own[0] else 0.0) for p in own]
        columns = tuple(kept.columns[p] for p in own)
        pieces.append(Narrow(columns, _fitted(wide, width), tuple(_rows(kept, own))))
    return pieces, left_out


def _kept(table: Table) -> tuple[Table, bool]:
    """Main themes and people, of a table of themes or of questions; any other whole."""
    titles = {column.title for column in table.columns}
    if not table.depths or not titles & {_THEME, _ASKED}:
        return table, False
    deepest = 1 if _ASKED in titles else 0
    places = [place for place, column in enumerate(table.columns) if not _is_detail(column)]
    main = [line for line, depth in enumerate(table.depths) if depth <= deepest]
    kept = replace(
        table,
        columns=tuple(table.columns[place] for place in places),
        rows=tuple(tuple(table.rows[line][place] for place in places) for line in main),
        depths=tuple(table.depths[line] for line in main),
    )
    return kept, len(places) < len(table.columns) or len(main) < len(table.rows)


def _is_detail(column: Column) -> bool:
    words = column.title.casefold().split()
    return column.kind is Kind.COUNT and bool(words) and words[-1] in _DETAILS


def _rows(table: Table, places: Sequence[int]) -> Iterator[tuple[int, tuple[Cell, ...]] | str]:
    former, above = "", bands(table)
    flat = len(set(table.depths)) < 2
    for line, row in enumerate(table.rows):
        band = " – ".join(str(row[place]) for place in above if row[place] != "")
        cells = tuple(row[place] for place in places)
        if band and cells[0] == "":  # a row of its own: « Ensemble »
            yield 0, (band, *cells[1:])
            continue
        if band and band != former:
            yield band
        former = band
        yield 1 if flat else table.depths[line], cells


def _width(column: Column, cells: Sequence[Cell]) -> float:
    """Enough for the longest word, or for a few where there are more."""
    title = max(map(len, column.title.split()), default=1)
    word = max((len(word) for cell in cells for word in str(cell).split()), default=1)
    whole = max(map(len, map(str, cells)), default=1)
    return max(title * _BOLD, word * _BOLD, min(whole * _LETTER, _TEXT[column.kind])) + _MARGIN


def _chunks(table: Table, counts: Sequence[int], widths: dict[int, float], room: float) -> list[list[int]]:
    """A column « sur » stays with the one before."""
    groups: list[list[int]] = []
    for place in counts:
        base = table.columns[place].title.casefold().split()[-1:] == ["sur"]
        if base and groups:
            groups[-1].append(place)
        else:
            groups.append([place])
    sizes = [sum(widths[place] for place in group) for group in groups]
    needed = _packed(groups, sizes, room)
    even = max(sum(sizes) / max(1, len(needed)) + max(sizes, default=0.0) / 2, max(sizes, default=0.0))
    balanced = _packed(groups, sizes, min(room, even))
    return balanced if len(balanced) == len(needed) else needed


def _packed(groups: Sequence[list[int]], sizes: Sequence[float], room: float) -> list[list[int]]:
    chunks: list[list[int]] = [[]]
    used = 0.0
    for group, size in zip(groups, sizes, strict=True):
        if chunks[-1] and used + size > room:
            chunks.append([])
            used = 0.0
        chunks[-1] += group
        used += size
    return chunks


def _fitted(widths: Sequence[float], width: float) -> tuple[float, ...]:
    """What is too much is taken from the columns of sentences first, then from those of several words."""
    over = sum(widths) - width
    fitted = list(widths)
    for least in (_LEAST, _FEW):
        for place in sorted(range(len(fitted)), key=lambda one: -fitted[one]):
            taken = min(max(over, 0.0), max(fitted[place] - least, 0.0))
            fitted[place] -= taken
            over -= taken
    total = sum(fitted)
    return tuple(one * min(1.0, width / total) for one in fitted) if total else ()
