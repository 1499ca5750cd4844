"""Sheet « Grille des cas »: what people wrote of each case under each theme.

A framework matrix: Ritchie, J. & Spencer, L. (1994), « Qualitative data analysis for applied policy research », in
Bryman & Burgess (eds), Analyzing Qualitative Data, Routledge.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from enquete.findings.counting import Base, tree
from enquete.findings.groups import value_of
from enquete.findings.leads import Leads, Target
from enquete.findings.profile import attribute_title
from enquete.findings.sheets import CASES
from enquete.findings.tables import Cell, Column, Kind, Table
from enquete.findings.written.pieces import Piece
from enquete.findings.written.showing import Showing
from enquete.findings.written.types import PieceKind
from enquete.model import Audience
from enquete.wording import capital, label

_READ = (
    "Chaque case est un résumé écrit par une personne, après lecture de tous les entretiens de ce cas. Case vide, ou "
    "thème absent : personne n'a écrit de résumé ; cela ne veut pas dire que rien n'a été dit."
)
_LEADS = "Une case mène à la première citation de cette personne sous ce thème, quand elle peut être lue ici."


@dataclass(frozen=True, slots=True)
class Theme:
    """A column. field: « rsa:2 »; family: its code and those under it."""

    field: str
    title: str
    grid: str
    family: frozenset[str]


def cases(showing: Showing, base: Base, leads: Leads) -> Table | None:
    """A row a person met, a column a theme; attributes beside for the team alone. None while nobody wrote a summary."""
    written = {piece.code: piece for piece in base.material.pieces if piece.kind is PieceKind.CASE}
    people = [person for person in in_order(base, showing) if person in written or showing.audience is Audience.TEAM]
    summed_up = [written[person] for person in people if person in written]
    themes = [theme for theme in themes_of(base, summed_up) if any(piece.get(theme.field) for piece in summed_up)]
    if not themes:
        return None
    names = base.material.attributes_shown if showing.audience is Audience.TEAM else ()
    rows: list[tuple[Cell, ...]] = []
    links: dict[tuple[int, int], Target] = {}
    for person in people:
        cells: list[Cell] = [showing.named(person), capital(label(base.people[person].type))]
        cells += [value_of(base, person, _first_wave(base, person), name) for name in names]
        met = frozenset((person, wave) for wave in base.waves)
        for theme in themes:
            words = written[person].get(theme.field) if person in written else ""
            target = leads.first(theme.grid, theme.family, said=met) if words else None
            if target is not None:
                links[len(rows), len(cells)] = target
            cells.append(showing.named(words))
        rows.append(tuple(cells))
    columns = (
        Column("Personne", Kind.SHORT),
        Column("Répondant", Kind.SHORT),
        *(Column(f"{attribute_title(base, name)} (caractéristique)", Kind.SHORT) for name in names),
        *(Column(theme.title, Kind.LONG) for theme in themes),
    )
    return Table(CASES, columns, tuple(rows), notes=(_READ, _LEADS), links=links, keys=tuple(str(r[0]) for r in rows))


def in_order(base: Base, showing: Showing) -> list[str]:
    """People met, by type, then as this audience names them: « Personne 2 » before « Personne 10 »."""
    met = {code for people in base.met.values() for code in people}

    def rank(code: str) -> tuple[int, int, str]:
        shown = showing.named(code)
        return base.types.index(base.type_of_person(code)), len(shown), shown

    return sorted(met, key=rank)


def themes_of(base: Base, written: Sequence[Piece] = (), asked: Sequence[str] = ()) -> list[Theme]:
    """The themes of the codebooks, and any other code that a summary was written under or that is asked for, in order.

    A code that no codebook has any longer comes last, under its own name: what was written stays readable.
    """
    used = {name for piece in written for name in piece.fields if piece.get(name)} | set(asked)
    found = []
    for grid in base.material.codebooks:
        for node in tree(grid.codes):
            field = f"{grid.id}:{node.code.id}"
            if node.depth == 0 or field in used:
                found.append((grid, node, field))
    alike = _alike([node.code.id for _, node, _ in found])
    themes = [
        Theme(
            field,
            f"{f'{grid.title} : ' if alike[node.code.id] > 1 else ''}{node.code.id} {node.code.label}",
            grid.id,
            node.family,
        )
        for grid, node, field in found
    ]
    gone = sorted(used - {theme.field for theme in themes})
    return themes + [Theme(field, f"{field} (hors grille)", "", frozenset()) for field in gone]


def _alike(codes: Sequence[str]) -> Mapping[str, int]:
    return {code: codes.count(code) for code in codes}


def _first_wave(base: Base, person: str) -> str:
    return next(wave for wave in base.waves if person in base.met[wave])
