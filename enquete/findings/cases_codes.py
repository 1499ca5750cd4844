"""Sheets « Cas × codes » and « Qui en parle », for the team: who speaks of what, and who never does."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping

from enquete.findings.counting import Base, Node, merge, tree
from enquete.findings.groups import value_of
from enquete.findings.leads import Leads, Target
from enquete.findings.material import Grid
from enquete.findings.profile import attribute_title
from enquete.findings.sheets import CASES_CODES, WHO_SPEAKS
from enquete.findings.tables import Cell, Column, Kind, Table
from enquete.findings.themes import CODE_COLUMNS, TREE
from enquete.model import RespondentType
from enquete.wording import capital, label

_COUNTED = (
    "Nombre de passages de chaque personne sous chaque code, sous-codes compris, tous entretiens réunis. Case vide : "
    "aucun entretien de cette personne n'est codé avec cette grille ; 0 : il l'est, et elle n'en parle pas.",
    "Un sous-code dont personne ne parle n'a pas de colonne : voir « Qui en parle ».",
)


def cases_codes(base: Base, leads: Leads) -> Table | None:
    """A row a person met, by type then code, with broad attributes; a column a code. Counts lead to quotations."""
    people = sorted(
        {code for met in base.met.values() for code in met}, key=lambda c: (base.types.index(base.type_of_person(c)), c)
    )
    columns = _code_columns(base)
    if not people or not columns:
        return None
    read = {grid.id: _read(base, grid) for grid in base.material.codebooks}
    names = base.material.attributes_shown
    rows: list[tuple[Cell, ...]] = []
    links: dict[tuple[int, int], Target] = {}
    for code in people:
        waves = frozenset((code, wave) for wave in base.waves)
        cells: list[Cell] = [code, capital(label(base.people[code].type))]
        cells += [_attribute(base, code, name) for name in names]
        cells.append(sum(code in present for present in base.present.values()))
        for grid, node, counted in columns:
            target = leads.first(grid.id, node.family, said=waves) if counted[code] else None
            if target is not None:
                links[len(rows), len(cells)] = target
            cells.append(counted[code] if code in read[grid.id] else "")
        rows.append(tuple(cells))
    heads = (
        Column("Participant", Kind.SHORT),
        Column("Répondant", Kind.SHORT),
        *(Column(f"{attribute_title(base, name)} (caractéristique)", Kind.SHORT) for name in names),
        Column("Entretiens", Kind.COUNT),
        *(Column(_title(base, grid, node), Kind.COUNT) for grid, node, _ in columns),
    )
    return Table(CASES_CODES, heads, tuple(rows), notes=_COUNTED, links=links)


def _code_columns(base: Base) -> list[tuple[Grid, Node, Counter[str | None]]]:
    """Themes, and the sub-codes that somebody speaks of, with how many passages each person has."""
    found = []
    for grid in base.material.codebooks:
        for node in tree(grid.codes):
            counted = Counter(extract.participant for extract in merge(base.under(grid, node.family)))
            if counted or node.depth == 0:
                found.append((grid, node, counted))
    return found


def _title(base: Base, grid: Grid, node: Node) -> str:
    """Unique: two codebooks may have a code of the same name."""
    alike = sum(code.id == node.code.id for other in base.material.codebooks for code in other.codes) > 1
    return f"{grid.title} : {node.code.id} {node.code.label}" if alike else f"{node.code.id} {node.code.label}"


def _attribute(base: Base, code: str, name: str) -> str:
    """At the first meeting."""
    wave = next(wave for wave in base.waves if code in base.met[wave])
    return value_of(base, code, wave, name)


def _read(base: Base, grid: Grid) -> frozenset[str]:
    return frozenset(code for interview in base.coded(grid) for code in base.present[interview.code])


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
