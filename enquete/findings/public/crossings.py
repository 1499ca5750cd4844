"""A sheet a crossing for the public: who speaks of a theme, in few groups; nothing of a theme that tells too much."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from enquete.disclosure.suppression import HIDDEN
from enquete.findings import sheets
from enquete.findings.analysis import RESPONDENT, WAVE, Crossing
from enquete.findings.counting import Node
from enquete.findings.crossings import DRAWN, OUT_OF, sheet_name, small, wanted
from enquete.findings.material import Grid
from enquete.findings.profile import attribute_title
from enquete.findings.public.counts import Counted, Public
from enquete.findings.public.splits import Split
from enquete.findings.tables import Cell, Column, Figure, Kind, Series, Table
from enquete.findings.themes import CODE_COLUMNS, TREE
from enquete.model import RespondentType
from enquete.wording import capital, label

_HIDDEN = (
    f"« {HIDDEN} » : nombre trop petit (moins de {{threshold}}, zéro compris), nombre de presque tout un groupe, ou "
    "qui permettrait d'en retrouver un. Voir « Méthode »."
)
_ABSENT = "Un thème absent : sa répartition dirait trop de quelques personnes."
_GROUPS = "Groupes réunis jusqu'à être assez nombreux, d'après la feuille « Profil »."


def asked(public: Public) -> tuple[Crossing, ...]:
    """By attribute: waves and types of respondents have sheets of their own."""
    crossings = public.base.material.analysis.crossings
    if crossings is None:
        crossings = tuple(Crossing(name) for name in public.base.material.attributes_shown)
    known = public.base.attributes
    return tuple(one for one in crossings if one.by not in (WAVE, RESPONDENT) and one.by in known)


@dataclass(frozen=True, slots=True)
class _Block:
    """One codebook, one type of respondent. lines: themes that may be told, with their cells."""

    grid: Grid
    kind: RespondentType
    split: Split
    lines: Sequence[tuple[Node, tuple[Cell, ...]]]


def tables(public: Public, crossings: Sequence[Crossing], counted: Counted) -> list[tuple[Crossing, Table | None]]:
    """None for a crossing of which nothing may be told."""
    taken = {name.casefold() for name in vars(sheets).values() if isinstance(name, str)}
    found: list[tuple[Crossing, Table | None]] = []
    for crossing in crossings:
        blocks = list(_blocks(public, crossing, counted))
        table = _table(public, crossing, blocks, taken) if blocks else None
        if table:
            taken.add(table.name.casefold())
        found.append((crossing, table))
    return found


def _blocks(public: Public, crossing: Crossing, counted: Counted) -> Iterator[_Block]:
    for grid in public.base.material.codebooks:
        themes = [node for _, node in wanted(grid, crossing) if node.depth == 0]
        for kind in public.met:
            counts = counted.get((grid.id, kind))
            split = counts.splits.get(crossing.by) if counts else None
            if counts and split:
                cells = ((node, counts.by_value.get((crossing.by, node.code.id))) for node in themes)
                lines = [(node, told) for node, told in cells if told]
                if lines:
                    yield _Block(grid, kind, split, lines)


def _table(public: Public, crossing: Crossing, blocks: Sequence[_Block], taken: Collection[str]) -> Table:
    """A head row that says out of how many, then a row a theme; an empty cell where a block has no such group."""
    values = list(dict.fromkeys(value for block in blocks for value in block.split.values))
    rows: list[tuple[Cell, ...]] = []
    depths: list[int] = []
    for block in blocks:
        place = (block.grid.title, capital(label(block.kind, 2)))
        rows.append(_row(place, "", OUT_OF, dict(zip(block.split.values, block.split.sizes, strict=True)), values))
        depths.append(0)
        for node, cells in block.lines:
            told = dict(zip(block.split.values, cells, strict=True))
            rows.append(_row(place, node.code.id, node.code.label, told, values))
            depths.append(0)
    title = attribute_title(public.base, crossing.by)
    hidden = [_HIDDEN.format(threshold=public.threshold)] if any(HIDDEN in row for row in rows) else []
    fixed = {*(column.title for column in CODE_COLUMNS), "Répondants"}
    columns = (
        *CODE_COLUMNS,
        Column("Répondants", Kind.PHRASE),
        *(Column(f"{value} (valeur)" if value in fixed else value, Kind.COUNT) for value in values),
    )
    return Table(
        sheet_name(crossing.title or f"Thèmes × {small(title)}", taken),
        columns,
        tuple(rows),
        tuple(depths),
        TREE,
        tuple(_figures(public, title, blocks)),
        (*hidden, _ABSENT, _GROUPS),
    )


def _row(
    place: tuple[str, str], code: str, theme: str, told: Mapping[str, Cell], values: Sequence[str]
) -> tuple[Cell, ...]:
    grid, who = place
    return (grid, code, theme, who, *(told.get(value, "") for value in values))


def _figures(public: Public, title: str, blocks: Sequence[_Block]) -> Iterator[Figure]:
    """Only the themes of which nothing is hidden."""
    for block in blocks:
        whole = [(node, cells) for node, cells in block.lines if HIDDEN not in cells]
        if block.kind is public.base.leading and whole and len(block.split.values) <= DRAWN:
            yield Figure(
                title=f"{block.grid.title} : {label(block.kind, 2)} par thème et par {small(title)}",
                category_title="Thème",
                value_title="Nombre de personnes (thèmes dont aucun nombre n'est masqué)",
                categories=tuple(node.code.label for node, _ in whole),
                series=tuple(
                    Series(f"{value} (sur {size})", tuple(cells[place] for _, cells in whole))
                    for place, (value, size) in enumerate(zip(block.split.values, block.split.sizes, strict=True))
                ),
            )


def left_out(public: Public, found: Sequence[tuple[Crossing, Table | None]]) -> str:
    """The crossings that are not told at all, in one sentence; empty where there are none."""
    titles = [attribute_title(public.base, crossing.by) for crossing, table in found if table is None]
    if not titles:
        return ""
    names = ", ".join(f"« {title} »" for title in dict.fromkeys(titles))
    return f"Pas de croisement par {names} : trop peu de personnes pour qu'un nombre y soit montré sans risque."
