"""The grid of cases as a workbook to write in: a row a person, a column a theme, and the passages beneath each cell."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from enquete.findings.cases.grid import Theme
from enquete.findings.counting import Base
from enquete.findings.groups import value_of
from enquete.findings.leads import Target
from enquete.findings.material import Passage
from enquete.findings.profile import attribute_title
from enquete.findings.sheets import CASES
from enquete.findings.tables import Cell, Column, Kind, Table
from enquete.findings.written.pieces import Piece
from enquete.wording import capital, label, n

PERSON = "Personne"
PASSAGES = "Passages"
TO_WRITE = "(à écrire : "  # stands for no summary
_HOW = (
    "Écrivez dans les cases des thèmes : ce que cette personne dit, tous entretiens lus. On peut trier, cacher ou "
    "ajouter des colonnes ; gardez la première et les titres. Puis « enquete cas reprendre » avec ce classeur."
)
_LEADS = "Une case mène aux passages de cette personne sous ce thème ; une case sans lien n'en a aucun de codé."


def filled_grid(base: Base, said: Mapping[str, Piece], themes: Sequence[Theme], mark: str) -> tuple[Table, Table]:
    """« Grille des cas » and « Passages », each leading to the other. mark: by which the workbook is known again."""
    people = sorted({code for met in base.met.values() for code in met})
    names = base.material.attributes_shown
    first = 2 + len(names)
    rows: list[tuple[Cell, ...]] = []
    links: dict[tuple[int, int], Target] = {}
    beneath: list[tuple[Cell, ...]] = []
    back: dict[tuple[int, int], Target] = {}
    for row, person in enumerate(people):
        wave = next(wave for wave in base.waves if person in base.met[wave])
        summaries = [said[person].get(theme.field) if person in said else "" for theme in themes]
        known = (value_of(base, person, wave, name) for name in names)
        for place, theme in enumerate(themes):
            found = _passages(base, person, theme)
            if found:
                summaries[place] = summaries[place] or f"{TO_WRITE}{n('passage', len(found))})"  # a link needs words
                links[row, first + place] = PASSAGES, len(beneath)
            for passage in found:
                back[len(beneath), 0] = CASES, row
                where = (base.wave_label(passage.wave), passage.interview, passage.turn + 1)
                beneath.append((person, theme.title, *where, passage.text.strip()))
        rows.append((person, capital(label(base.people[person].type)), *known, *summaries))
    heads = (
        Column(PERSON, Kind.SHORT),
        Column("Répondant", Kind.SHORT),
        *(Column(f"{attribute_title(base, name)} (caractéristique)", Kind.SHORT) for name in names),
        *(Column(theme.title, Kind.LONG, edited=True) for theme in themes),
    )
    grid = Table(CASES, heads, tuple(rows), notes=(_HOW, _LEADS, mark), links=links, keys=tuple(people))
    return grid, Table(PASSAGES, _COLUMNS, tuple(beneath), links=back)


_COLUMNS = (
    Column(PERSON, Kind.SHORT),
    Column("Thème", Kind.PHRASE),
    Column("Vague", Kind.SHORT),
    Column("Entretien", Kind.SHORT),
    Column("Tour", Kind.COUNT),
    Column("Paroles", Kind.LONG),
)


def _passages(base: Base, person: str, theme: Theme) -> list[Passage]:
    """In the order of the texts, each once, whoever coded it."""
    grid = next((one for one in base.material.codebooks if one.id == theme.grid), None)
    under = base.under(grid, theme.family) if grid else []
    mine = {(p.interview, p.start, p.end): p for p in under if p.participant == person}
    order = {code: place for place, code in enumerate(base.interviews)}
    return sorted(mine.values(), key=lambda p: (order[p.interview], p.start, p.end))


def plain_field(title: str, themes: Collection[str]) -> str:
    """« rsa:2 » for a column « 2 Logement » of a grid whose departure is not known; "" for any other, or for two."""
    code = title.split(" ", 1)[0]
    found = [theme for theme in themes if code in (theme, theme.partition(":")[2])]
    return found[0] if len(found) == 1 else ""
