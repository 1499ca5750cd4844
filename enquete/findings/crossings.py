"""A sheet a crossing: who speaks of what, by value of an attribute, by wave or by type of respondent."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from enquete.disclosure.small_cells import mask
from enquete.findings import sheets
from enquete.findings.analysis import RESPONDENT, WAVE, Crossing
from enquete.findings.counting import Base, Node, tree
from enquete.findings.groups import CHANGED, Groups, Meeting, groups
from enquete.findings.leads import NOWHERE, Leads, Target
from enquete.findings.material import Grid
from enquete.findings.tables import Cell, Column, Figure, Kind, Series, Table
from enquete.findings.themes import CODE_COLUMNS, TREE
from enquete.model import RespondentType
from enquete.wording import capital, label

OUT_OF = "Sur : personnes dont un entretien est codé"
ALL = "Ensemble"
LONGEST_NAME = 31  # characters: Excel's own
DRAWN = 4  # values: beyond, bars of a chart can't be told apart
_FORBIDDEN = re.compile(r"[\[\]:*?/\\]")
_OUT_OF = "Chaque colonne se lit sur sa première ligne : combien de personnes de ce groupe ont un entretien codé."
_ALL = "« Ensemble » : une personne y compte une fois, comme dans Thèmes."


@dataclass(frozen=True, slots=True)
class _Block:
    """One codebook, one type of respondent; None: all, where types are the columns.

    nodes: (depth in the table, code). known: meetings coded with the codebook.
    """

    grid: Grid
    nodes: Sequence[tuple[int, Node]]
    kind: RespondentType | None
    known: frozenset[Meeting]


def crossings(base: Base, leads: Leads) -> tuple[Table, ...]:
    """Those that the analysis asks for; by each of the broad attributes of the study when it does not say."""
    asked = base.material.analysis.crossings
    if asked is None:
        asked = tuple(Crossing(name) for name in base.material.attributes_shown)
    taken = {name.casefold() for name in vars(sheets).values() if isinstance(name, str)}
    tables = []
    for crossing in asked:
        table = _crossing(base, crossing, leads, taken)
        if table is not None:
            tables.append(table)
            taken.add(table.name.casefold())
    return tuple(tables)


@dataclass
class _Rows:
    """What is written of a sheet so far."""

    rows: list[tuple[Cell, ...]] = field(default_factory=list)
    depths: list[int] = field(default_factory=list)
    links: dict[tuple[int, int], Target] = field(default_factory=dict)
    figures: list[Figure] = field(default_factory=list)

    def add(self, base: Base, block: _Block, told: Groups, out_of: Sequence[Cell], leads: Leads) -> None:
        """A head row that says out of how many, a row a code, a chart of the themes."""
        who = (capital(label(block.kind, 2)),) if block.kind else ()
        self.rows.append((block.grid.title, "", OUT_OF, *who, *out_of))
        self.depths.append(0)
        roots = []
        for depth, node in block.nodes:
            cells, targets = _cells(base, block, told, node, leads)
            first = len(CODE_COLUMNS) + len(who)
            self.links |= {(len(self.rows), first + place): target for place, target in targets.items()}
            self.rows.append((block.grid.title, node.code.id, node.code.label, *who, *cells))
            self.depths.append(depth)
            roots += [(node, cells)] if depth == 0 else []
        if block.kind in (None, base.leading):
            self.figures += _figure(base, block, told, out_of, roots)


def _crossing(base: Base, crossing: Crossing, leads: Leads, taken: Collection[str]) -> Table | None:
    """None when nobody's interview is coded with the codebooks of its codes. Where every group is too small to be
    counted, a note stands for rows of nothing else than « quelques ».
    """
    blocks = [block for block in _blocks(base, crossing) if block.known]
    if not blocks:
        return None
    told = groups(base, crossing.by, frozenset().union(*(block.known for block in blocks)))
    with_types = crossing.by != RESPONDENT
    with_all = with_types and not base.masked  # a total would give back the only masked part
    leads = leads if _may_lead(base, crossing.by) else NOWHERE
    written, notes = _Rows(), []
    for block in blocks:
        out_of = _out_of(base, block, told)
        if any(isinstance(count, int) and count for count in out_of):
            written.add(base, block, told, out_of, leads)
        else:
            notes.append(_too_few(base, block))
    who_column = (Column("Répondants", Kind.PHRASE),) if with_types else ()
    columns = (*CODE_COLUMNS, *who_column, *_columns(told, total=with_all))
    notes += [_OUT_OF] if written.rows else []
    notes += [_ALL] if with_all else []
    notes += [] if crossing.by in (WAVE, RESPONDENT) or not written.rows else [CHANGED]
    name = sheet_name(crossing.title or f"Thèmes × {small(told.title)}", taken)
    rows, depths, figures = tuple(written.rows), tuple(written.depths), tuple(written.figures)
    return Table(name, columns, rows, depths, TREE, figures, tuple(notes), written.links)


def _too_few(base: Base, block: _Block) -> str:
    who = f", {label(block.kind, 2)}" if block.kind else ""
    least = base.material.threshold
    return f"{block.grid.title}{who} : aucun groupe n'atteint {least} personnes, rien n'est compté."


def _may_lead(base: Base, by: str) -> bool:
    """To the words of somebody: never from an attribute that is not shown beside them."""
    return not base.masked or by in (WAVE, RESPONDENT, *base.material.attributes_shown)


def sheet_name(wanted: str, taken: Collection[str]) -> str:
    """Short enough for Excel, and like no other. taken: in small letters."""
    name = _FORBIDDEN.sub(" ", wanted).strip("' ")[:LONGEST_NAME].rstrip() or "Croisement"
    unique, rank = name, 2
    while unique.casefold() in taken:
        suffix = f" ({rank})"
        unique, rank = name[: LONGEST_NAME - len(suffix)].rstrip() + suffix, rank + 1
    return unique


def small(title: str) -> str:
    """« Tranche d'âge » in the middle of a sentence; « RSA » stays."""
    return title if title[:2].isupper() else title[:1].lower() + title[1:]


def wanted(grid: Grid, crossing: Crossing) -> list[tuple[int, Node]]:
    """(depth in the table, node) of the codes that a crossing asks for, with their sub-codes."""
    nodes = tree(grid.codes)
    if not crossing.codes:
        return [(node.depth, node) for node in nodes]
    ids = {code.removeprefix(f"{grid.id}:") for code in crossing.codes}
    found = []
    for node in nodes:
        above = [place for place, code in enumerate(node.path) if code.id in ids]
        if above:
            found.append((node.depth - above[0], node))
    return found


def _blocks(base: Base, crossing: Crossing) -> Iterator[_Block]:
    """Types of people whose every cell would be masked have none, the leading one apart."""
    for grid in base.material.codebooks:
        nodes = wanted(grid, crossing)
        if not nodes:
            continue
        met = [(code, i.wave) for i in base.coded(grid) for code in base.present[i.code]]
        if crossing.by == RESPONDENT:
            yield _Block(grid, nodes, None, frozenset(met))
            continue
        for kind in base.types:
            known = frozenset(meeting for meeting in met if base.type_of_person(meeting[0]) is kind)
            if kind is base.leading or len(_people(known)) >= base.material.threshold:
                yield _Block(grid, nodes, kind, known)


def _people(meetings: Collection[Meeting]) -> frozenset[str]:
    return frozenset(person for person, _ in meetings)


def _columns(told: Groups, *, total: bool) -> tuple[Column, ...]:
    """A column a value, told apart from the others that may bear its name."""
    others = {column.title for column in CODE_COLUMNS} | {"Répondants", ALL}
    titles = [f"{value} (valeur)" if value in others else value for value in told.values]
    return tuple(Column(title, Kind.COUNT) for title in (*titles, *([ALL] if total else [])))


def _out_of(base: Base, block: _Block, told: Groups) -> list[Cell]:
    threshold = base.material.threshold
    counts = [len(_people(block.known & told.meetings(value))) for value in told.values]
    return [*(mask(count, threshold) for count in counts), *_all(base, block, block.known)]


def _all(base: Base, block: _Block, meetings: Collection[Meeting]) -> list[Cell]:
    """Types are never added up."""
    return [len(_people(meetings))] if block.kind and not base.masked else []


def _cells(
    base: Base, block: _Block, told: Groups, node: Node, leads: Leads
) -> tuple[list[Cell], Mapping[int, Target]]:
    """The counts of a code, and where each leads."""
    said = frozenset((p.participant, p.wave) for p in base.under(block.grid, node.family) if p.participant)
    parts = [*(block.known & said & told.meetings(value) for value in told.values), block.known & said]
    targets = {}
    for place, part in enumerate(parts):
        target = leads.first(block.grid.id, node.family, said=part) if part else None
        if target is not None and (place < len(told.values) or (block.kind and not base.masked)):
            targets[place] = target
    threshold = base.material.threshold
    return [*(mask(len(_people(part)), threshold) for part in parts[:-1]), *_all(base, block, parts[-1])], targets


def _figure(
    base: Base, block: _Block, told: Groups, out_of: Sequence[Cell], roots: Sequence[tuple[Node, Sequence[Cell]]]
) -> list[Figure]:
    """None for more values than bars can tell apart, or for nothing but masked cells, which share one pale bar."""
    if not 1 < len(told.values) <= DRAWN:
        return []
    few = base.material.threshold - 1
    series = []
    for place, value in enumerate(told.values):
        known = out_of[place]
        name = f"{value} (sur {known})" if isinstance(known, int) else value
        least = min(few, known) if isinstance(known, int) else few
        series.append(Series(name, tuple(cells[place] for _, cells in roots), few=least))
    if not any(isinstance(value, int) and value for one in series for value in one.values):
        return []
    who = label(block.kind, 2) if block.kind else "répondants"
    pale = f" (barre claire : quelques, {few} au plus)" if few else ""
    return [
        Figure(
            title=f"{block.grid.title} : {who} par thème et par {small(told.title)}",
            category_title="Thème",
            value_title=f"Nombre de personnes{pale}",
            categories=tuple(node.code.label for node, _ in roots),
            series=tuple(series),
        )
    ]
