"""Sheets « Thèmes » and « Évolution »: who speaks of what, out of how many, in which wave."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from enquete.disclosure.small_cells import mask
from enquete.findings.counting import Base, Extract, Node, merge, tree
from enquete.findings.leads import NOWHERE, Leads, Target
from enquete.findings.material import Grid
from enquete.findings.shares import LEAST, percent
from enquete.findings.sheets import CHANGE, CODEBOOK, THEMES
from enquete.findings.tables import Cell, Column, Figure, Kind, Series, Table
from enquete.model import RespondentType
from enquete.wording import capital, label

UNLINKED = "Passages dont le locuteur n'est pas identifié"


def themes(base: Base, leads: Leads = NOWHERE) -> Table:
    """A row a code: people, interviews, passages and words by type of respondent, with what they are out of.

    leads: to the quotations of each count, and to the codebook.
    """
    unlinked = _any_unlinked(base)
    rows: list[tuple[Cell, ...]] = []
    depths: list[int] = []
    links: dict[tuple[int, int], Target] = {}
    figures = []
    columns = (*CODE_COLUMNS, *(c for kind in base.types for c in _type_columns(base, kind)))
    if unlinked:
        columns = (*columns, Column(UNLINKED, Kind.COUNT))
    for grid in base.material.codebooks:
        nodes = tree(grid.codes)
        concerned: list[tuple[Node, int]] = []
        for node in nodes:
            extracts = merge(base.under(grid, node.family))
            cells = [cell for kind in base.types for cell in _counts(base, grid, kind, extracts)]
            if unlinked:
                cells.append(sum(base.type_of(e) is None for e in extracts))
            links |= {(len(rows), place): target for place, target in _targets(base, grid, node, extracts, leads)}
            links[len(rows), CODE] = CODEBOOK, len(rows)
            rows.append((grid.title, node.code.id, node.code.label, *cells))
            depths.append(node.depth)
            concerned.append((node, int(cells[0])))
        figures += people_figure(base, grid, [(n, count) for n, count in concerned if n.depth == 0])
    return Table(THEMES, columns, tuple(rows), tuple(depths), TREE, tuple(figures), links=links)


CODE_COLUMNS = (Column("Grille", Kind.PHRASE), Column("Code", Kind.SHORT), Column("Thème", Kind.PHRASE))
CODE, TREE = 1, 2  # « Code », which leads to its definition; « Thème »


def _type_columns(base: Base, kind: RespondentType) -> tuple[Column, ...]:
    """Everything for the leading type; who and how often for the others, whose titles name them."""
    people = capital(label(kind, 2))
    if kind is base.leading:
        titles = [f"{people} qui en parlent", "Sur", *(["Part"] if _many(base) else []), "N'en parlent jamais"]
        titles += ["Entretiens", "Sur (entretiens)", "Passages", "Mots"]
    else:
        titles = [f"{people} qui en parlent", f"{people}, sur", f"{people}, passages"]
    return tuple(Column(title, Kind.COUNT) for title in titles)


def _many(base: Base) -> bool:
    """Whether there are people enough for percentages, with some codebook."""
    return any(len(base.coded_people(grid, base.leading)) >= LEAST for grid in base.material.codebooks)


def _targets(
    base: Base, grid: Grid, node: Node, extracts: Sequence[Extract], leads: Leads
) -> Iterator[tuple[int, Target]]:
    """(column, where it leads) of the people of each type who speak of a code."""
    column = len(CODE_COLUMNS)
    for kind in base.types:
        said = frozenset(
            (e.participant, e.wave) for e in extracts if e.participant is not None and base.type_of(e) is kind
        )
        target = leads.first(grid.id, node.family, said=said)
        if target is not None:
            yield column, target
        column += len(_type_columns(base, kind))


def _any_unlinked(base: Base) -> bool:
    return any(base.type_of(e) is None for e in merge(base.passages))


def _counts(base: Base, grid: Grid, kind: RespondentType, extracts: Sequence[Extract]) -> list[Cell]:
    """A person counts once, whatever the interviews and coders."""
    mine = [e for e in extracts if base.type_of(e) is kind]
    people = {e.participant for e in mine if e.participant is not None}
    known = base.coded_people(grid, kind)
    if kind is not base.leading:
        return [len(people), len(known), len(mine)]
    interviews = [i for i in base.coded(grid) if base.of_type(base.present[i.code], kind)]
    return [
        len(people),
        len(known),
        *([percent(len(people), len(known))] if _many(base) else []),
        len(known - people),
        len({e.interview for e in mine}),
        len(interviews),
        len(mine),
        sum(e.words for e in mine),
    ]


def people_figure(base: Base, grid: Grid, counts: Sequence[tuple[Node, int]]) -> list[Figure]:
    """The themes most spoken of first."""
    if not any(count for _, count in counts):
        return []
    ranked = sorted(counts, key=lambda pair: -pair[1])
    total = len(base.coded_people(grid, base.leading))
    return [
        Figure(
            title=f"{grid.title} : {label(base.leading, 2)} qui parlent de chaque thème",
            category_title="Thème",
            value_title=f"Nombre de personnes, sur {total} dont un entretien est codé",
            categories=tuple(node.code.label for node, _ in ranked),
            series=(Series(capital(label(base.leading, 2)), tuple(count for _, count in ranked)),),
        )
    ]


def themes_by_wave(base: Base, leads: Leads = NOWHERE) -> Table:
    """A row a code and type: people in each wave, and what became of it for those met twice; small cells masked.

    Types with fewer people than the threshold have no row: every cell would be masked. leads: to the quotations.
    """
    rows: list[tuple[Cell, ...]] = []
    depths: list[int] = []
    links: dict[tuple[int, int], Target] = {}
    figures = []
    for grid in base.material.codebooks:
        nodes = tree(grid.codes)
        for kind in base.types:
            if kind is not base.leading and _few(base, grid, kind):
                continue
            roots = []
            for node in nodes:
                parts = _wave_parts(base, grid, kind, node)
                for place, (_, said) in enumerate(parts, start=len(CODE_COLUMNS) + 1):
                    target = leads.first(grid.id, node.family, said=said) if said else None
                    if target is not None:
                        links[len(rows), place] = target
                cells = [cell for cell, _ in parts]
                rows.append((grid.title, node.code.id, node.code.label, capital(label(kind, 2)), *cells))
                depths.append(node.depth)
                roots += [(node, cells)] if node.depth == 0 else []
            if kind is base.leading:
                figures += _wave_figure(base, grid, roots)
    columns = (*CODE_COLUMNS, Column("Répondants", Kind.PHRASE), *wave_columns(base))
    notes = (BECAME,) if len(base.waves) > 1 else ()
    return Table(CHANGE, columns, tuple(rows), tuple(depths), TREE, tuple(figures), notes, links)


BECAME = (
    "Vues deux fois : un thème dont on ne parle qu'à la première vague a disparu des entretiens, un thème dont on ne "
    "parle qu'à la seconde y est apparu, les autres y sont restés. Ne plus en parler ne veut pas dire que c'est réglé."
)


def _few(base: Base, grid: Grid, kind: RespondentType) -> bool:
    return len(base.coded_people(grid, kind)) < base.material.threshold


def wave_columns(base: Base) -> tuple[Column, ...]:
    """Each wave's people, then who was met twice: the order of the cells of a row."""
    titles = []
    for wave in base.waves:
        titles += [f"{base.wave_label(wave)}, personnes", f"{base.wave_label(wave)}, sur"]
    for first, second in pairwise(base.waves):
        again, one, two = "Vues deux fois", base.wave_label(first), base.wave_label(second)
        if len(base.waves) > 2:  # codes, since labels would make headers of eight lines
            again, one, two = f"Vues en {first} et {second}", first, second
        titles += [f"{again}, {when}" for when in (f"seulement {one}", "les deux fois", f"seulement {two}", "sur")]
    return tuple(Column(title, Kind.COUNT) for title in titles)


_Part = tuple[Cell, frozenset[tuple[str, str]]]


def _wave_parts(base: Base, grid: Grid, kind: RespondentType, node: Node) -> list[_Part]:
    """The cells of a row, each with the people and waves that it counts; with nobody where it leads to no quotation."""
    said = {
        (p.participant, p.wave)
        for p in base.under(grid, node.family)
        if p.participant and base.type_of_person(p.participant) is kind
    }
    speaking = {wave: frozenset(person for person, when in said if when == wave) for wave in base.waves}
    known = {wave: base.coded_people(grid, kind, wave) for wave in base.waves}
    parts: list[_Part] = []

    def counted(people: frozenset[str], *waves: str) -> _Part:
        meetings = frozenset((person, wave) for person in people for wave in waves)
        return mask(len(people), base.material.threshold), meetings

    for wave in base.waves:
        parts += [counted(speaking[wave], wave), (len(known[wave]), frozenset())]
    for first, second in pairwise(base.waves):
        twice = known[first] & known[second]
        before, after = speaking[first] & twice, speaking[second] & twice
        became = [
            counted(before - after, first),
            counted(before & after, first, second),
            counted(after - before, second),
        ]
        if base.masked:  # a masked change must not lead to the only one who changed
            became = [(cell, frozenset()) for cell, _ in became]
        parts += [*became, (len(twice), frozenset())]
    return parts


def _wave_figure(base: Base, grid: Grid, roots: Sequence[tuple[Node, list[Cell]]]) -> list[Figure]:
    """Masked cells share one pale bar: its length must not tell what the cell hides. No figure of nothing else."""
    few = base.material.threshold - 1
    series = []
    for place, wave in enumerate(base.waves):
        values = tuple(cells[2 * place] for _, cells in roots)
        known = len(base.coded_people(grid, base.leading, wave))
        series.append(Series(f"{base.wave_label(wave)} (sur {known})", values, few=min(few, known)))
    if not any(isinstance(value, int) and value for one in series for value in one.values):
        return []
    return [
        Figure(
            title=f"{grid.title} : {label(base.leading, 2)} par thème et par vague",
            category_title="Thème",
            value_title=f"Nombre de personnes (barre claire : quelques, {few} au plus)",
            categories=tuple(node.code.label for node, _ in roots),
            series=tuple(series),
        )
    ]
