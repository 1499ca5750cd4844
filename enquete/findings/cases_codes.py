"""Sheets « Cas × codes » and « Qui en parle », for the team: who speaks of what, and who never does."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping

from enquete.findings.counting import Base, merge, tree
from enquete.findings.leads import Leads, Target
from enquete.findings.material import Grid
from enquete.findings.sheets import CASES_CODES, WHO_SPEAKS
from enquete.findings.tables import Cell, Column, Kind, Table
from enquete.findings.themes import CODE_COLUMNS, TREE
from enquete.model import RespondentType
from enquete.wording import capital, label

_COUNTED = (
    "Nombre de passages de chaque personne sous chaque code, sous-codes compris, tous entretiens réunis. Case vide : "
    "aucun entretien de cette personne n'est codé avec cette grille ; 0 : il l'est, et elle n'en parle pas.",
)


def cases_codes(base: Base, leads: Leads) -> Table | None:
    """A row a person met, by type then code; a column a code. Each count leads to its first quotation."""
    people = sorted(
        {code for met in base.met.values() for code in met}, key=lambda c: (base.types.index(base.type_of_person(c)), c)
    )
    grids = base.material.codebooks
    nodes = [(grid, node) for grid in grids for node in tree(grid.codes)]
    if not people or not nodes:
        return None
    passages = [Counter(e.participant for e in merge(base.under(grid, node.family))) for grid, node in nodes]
    read = {grid.id: _read(base, grid) for grid in grids}
    rows: list[tuple[Cell, ...]] = []
    links: dict[tuple[int, int], Target] = {}
    for code in people:
        waves = frozenset((code, wave) for wave in base.waves)
        cells: list[Cell] = [code, capital(label(base.people[code].type)), _interviews(base, code)]
        for (grid, node), counted in zip(nodes, passages, strict=True):
            target = leads.first(grid.id, node.family, said=waves) if counted[code] else None
            if target is not None:
                links[len(rows), len(cells)] = target
            cells.append(counted[code] if code in read[grid.id] else "")
        rows.append(tuple(cells))
    titles = [
        f"{grid.title} : {node.code.id} {node.code.label}" if len(grids) > 1 else f"{node.code.id} {node.code.label}"
        for grid, node in nodes
    ]
    columns = (
        Column("Participant", Kind.SHORT),
        Column("Répondant", Kind.SHORT),
        Column("Entretiens", Kind.COUNT),
        *(Column(title, Kind.COUNT) for title in titles),
    )
    return Table(CASES_CODES, columns, tuple(rows), notes=_COUNTED, links=links)


def _read(base: Base, grid: Grid) -> frozenset[str]:
    return frozenset(code for interview in base.coded(grid) for code in base.present[interview.code])


def _interviews(base: Base, code: str) -> int:
    return sum(code in present for present in base.present.values())


def who_speaks(base: Base, leads: Leads) -> Table | None:
    """A row a code and type of respondents: who speaks of it, and who, coded as well, never does."""
    rows: list[tuple[Cell, ...]] = []
    depths = []
    links: dict[tuple[int, int], Target] = {}
    for grid in base.material.codebooks:
        known = {kind: base.coded_people(grid, kind) for kind in base.types}
        for node in tree(grid.codes):
            for kind, people in _by_type(base, grid, node.family).items():
                silent = known[kind] - people
                if not known[kind]:
                    continue
                everywhere = frozenset((person, wave) for person in people for wave in base.waves)
                target = leads.first(grid.id, node.family, said=everywhere) if people else None
                if target is not None:
                    links[len(rows), 4] = target
                place = (grid.title, node.code.id, node.code.label, capital(label(kind, 2)))
                rows.append((*place, len(people), ", ".join(sorted(people)), len(silent), ", ".join(sorted(silent))))
                depths.append(node.depth)
    if not rows:
        return None
    columns = (
        *CODE_COLUMNS,
        Column("Répondants", Kind.PHRASE),
        Column("En parlent", Kind.COUNT),
        Column("En parlent : qui", Kind.LONG),
        Column("N'en parlent jamais", Kind.COUNT),
        Column("N'en parlent jamais : qui", Kind.LONG),
    )
    return Table(WHO_SPEAKS, columns, tuple(rows), tuple(depths), TREE, links=links)


def _by_type(base: Base, grid: Grid, family: frozenset[str]) -> Mapping[RespondentType, set[str]]:
    people: dict[RespondentType, set[str]] = defaultdict(set)
    for kind in base.types:
        people[kind] = set()
    for passage in base.under(grid, family):
        if passage.participant:
            people[base.type_of_person(passage.participant)].add(passage.participant)
    return people
