"""Sheet « Nouveaux codes », for the team: what each interview, in the order of dates, brought that was new.

The figures that G. Guest, E. Namey and M. Chen use (« A simple method to assess and report thematic saturation in
qualitative research », PLoS ONE 15(5), 2020, e0232076): codes met in the first interviews, and new ones in each run of
the next. No threshold is set and nothing is concluded: see `CAUTION`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from enquete.findings.counting import Base
from enquete.findings.material import Grid, InterviewFacts
from enquete.findings.sheets import NEW_CODES
from enquete.findings.tables import Column, Figure, Kind, Series, Table
from enquete.wording import day, n, number

RUN = 3  # last interviews, of which it is told what they brought

CAUTION = (
    "Ces nombres ne disent jamais que tout a été entendu : ils suivent le choix des personnes, le guide et la grille. "
    "D'autres personnes auraient pu parler d'autre chose, et un code écrit avant les entretiens ne sort pas d'eux."
)
_READ = (
    "Entretiens dans l'ordre de leurs dates, ceux qui n'en ont pas à la fin. Un code est nouveau quand aucun entretien "
    f"d'avant ne l'a. Des {RUN} derniers : codes nouveaux de cet entretien et des {RUN - 1} d'avant (Guest, Namey et "
    "Chen, 2020)."
)


@dataclass(frozen=True, slots=True)
class Step:
    """One interview coded with a codebook. codes: that it has; new: those that none before it has."""

    interview: InterviewFacts
    codes: frozenset[str]
    new: tuple[str, ...]


def steps(base: Base, grid: Grid) -> list[Step]:
    """Every interview coded with a codebook, in the order of dates; codes as they were given, themes not counted for
    their sub-codes."""
    order = {code.id: place for place, code in enumerate(grid.codes)}
    by_interview: dict[str, set[str]] = defaultdict(set)
    for passage in base.under(grid, order):
        by_interview[passage.interview].add(passage.code)
    met: set[str] = set()
    found = []
    for interview in sorted(base.coded(grid), key=lambda one: (one.date or date.max, one.code)):
        codes = frozenset(by_interview[interview.code])
        found.append(Step(interview, codes, tuple(sorted(codes - met, key=order.__getitem__))))
        met |= codes
    return found


def new_codes(base: Base) -> Table | None:
    """A row a codebook and interview. None when nothing is coded."""
    rows = []
    figures = []
    for grid in base.material.codebooks:
        found = steps(base, grid)
        labels = {code.id: code.label for code in grid.codes}
        usable = _usable(grid, found)
        for place, step in enumerate(found):
            one = step.interview
            met, run = _met(found, place), sum(len(s.new) for s in found[max(0, place - RUN + 1) : place + 1])
            rows.append(
                (
                    grid.title,
                    place + 1,
                    one.code,
                    day(one.date) if one.date else "sans date",
                    base.wave_label(one.wave),
                    len(step.codes),
                    len(step.new),
                    met,
                    usable,
                    run,
                    " ; ".join(f"{code} {labels[code]}" for code in step.new),
                )
            )
        figures += _figure(grid, found)
    if not rows:
        return None
    columns = (
        Column("Grille", Kind.PHRASE),
        Column("Rang", Kind.COUNT),
        Column("Entretien", Kind.SHORT),
        Column("Date", Kind.SHORT),
        Column("Vague", Kind.SHORT),
        Column("Codes", Kind.COUNT),
        Column("Nouveaux", Kind.COUNT),
        Column("Rencontrés jusque-là", Kind.COUNT),
        Column("Sur (codes de la grille)", Kind.COUNT),
        Column(f"Nouveaux, des {RUN} derniers", Kind.COUNT),
        Column("Lesquels", Kind.LONG),
    )
    return Table(NEW_CODES, columns, tuple(rows), figures=tuple(figures), notes=(_READ, CAUTION))


def _usable(grid: Grid, found: Sequence[Step]) -> int:
    """Codes that passages can have: those without sub-codes, and others that some do have."""
    above = {code.parent for code in grid.codes}
    used = {code for step in found for code in step.new}
    return len({code.id for code in grid.codes if code.id not in above} | used)


def _met(found: Sequence[Step], place: int) -> int:
    return sum(len(step.new) for step in found[: place + 1])


def _figure(grid: Grid, found: Sequence[Step]) -> list[Figure]:
    if not any(step.new for step in found):
        return []
    return [
        Figure(
            title=f"{grid.title} : codes nouveaux, entretien après entretien",
            category_title="Entretien, dans l'ordre des dates",
            value_title="Nombre de codes qu'aucun entretien d'avant n'a",
            categories=tuple(step.interview.code for step in found),
            series=(Series("Nouveaux codes", tuple(len(step.new) for step in found)),),
        )
    ]


def new_codes_lines(base: Base) -> Iterator[str]:
    """For the method: what the last interviews brought, codebook by codebook."""
    for grid in base.material.codebooks:
        found = steps(base, grid)
        if len(found) > RUN:
            last = sum(len(step.new) for step in found[-RUN:])
            codes = f"{n('code', _met(found, len(found)))} sur {number(_usable(grid, found))}"
            yield (
                f"Grille « {grid.title} » : {codes} dans {n('entretien', len(found))} ; les {RUN} derniers, dans "
                f"l'ordre des dates, en ont apporté {n('nouveau', last)}."
            )
