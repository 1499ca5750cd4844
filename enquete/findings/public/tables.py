"""Sheets « Profil », « Thèmes » and « Évolution » for the public."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from enquete.disclosure.combinations import NOT_SHOWN
from enquete.disclosure.suppression import HIDDEN
from enquete.findings.counting import Node, tree
from enquete.findings.material import Grid
from enquete.findings.profile import EVERYONE, attribute_title, natural
from enquete.findings.public.counts import Counted, Public
from enquete.findings.tables import Cell, Column, Figure, Kind, Series, Table
from enquete.findings.themes import CODE_COLUMNS, TREE, people_figure, wave_columns
from enquete.model import RespondentType
from enquete.wording import capital, label, n

_NOT_SHOWN = f"« {NOT_SHOWN} » : non renseigné, ou trop rare pour que {{k}} personnes au moins le partagent."
_NOTE = (
    f"« {HIDDEN} » : nombre trop petit (moins de {{threshold}}, zéro compris), ou qui permettrait d'en retrouver un. "
    "Voir « Méthode »."
)
_TOO_FEW = "{grid} : moins de {threshold} personnes ont un entretien codé avec cette grille, rien n'en est compté."


def profile(public: Public, everyone: str = EVERYONE) -> Table:
    """Each person once, each attribute on its own, in values that enough people share. everyone: their name."""
    rows: list[tuple[Cell, ...]] = []
    for kind, people in public.met.items():
        who = capital(label(kind, 2))
        rows.append((who, everyone, "", len(people)))
        for name in public.base.attributes:
            title = attribute_title(public.base, name)
            rows += [(who, title, value, count) for value, count in _values(public, kind, name)]
    columns = (
        Column("Répondants", Kind.PHRASE),
        Column("Caractéristique", Kind.PHRASE),
        Column("Valeur", Kind.PHRASE),
        Column("Personnes", Kind.COUNT),
    )
    depths = tuple(0 if not row[2] else 1 for row in rows)
    notes = (_NOT_SHOWN.format(k=public.k),) if any(NOT_SHOWN in row for row in rows) else ()
    return Table("Profil", columns, tuple(rows), depths, 1, notes=notes)


def _values(public: Public, kind: RespondentType, name: str) -> Iterator[tuple[str, Cell]]:
    """Values that enough people share, made broader until they do: nothing is left to subtract. None at all where
    hardly anything could be named.
    """
    counts = Counter(public.shown(kind, name).values())
    if set(counts) != {NOT_SHOWN}:
        for value in sorted(counts, key=lambda v: (v == NOT_SHOWN, natural(v))):
            yield value, counts[value]


def themes(public: Public, counted: Counted) -> Table:
    """A row a theme, and a row a sub-code whose number is shown: how many people speak of it, out of how many."""
    rows: list[tuple[Cell, ...]] = []
    depths: list[int] = []
    figures: list[Figure] = []
    notes: list[str] = []
    for grid in public.base.material.codebooks:
        nodes, untold = tree(grid.codes), 0
        found = [counted.get((grid.id, kind)) for kind in public.met]
        if not any(found):
            notes.append(_TOO_FEW.format(grid=grid.title, threshold=public.threshold))
            continue
        for node in nodes:
            people = [one.people[node.code.id] if one else HIDDEN for one in found]
            if node.depth and all(cell == HIDDEN for cell in people):
                untold += 1
                continue
            out_of: list[Cell] = [one.out_of if one else HIDDEN for one in found]
            pairs = zip(people, out_of, strict=True)
            rows.append((grid.title, node.code.id, node.code.label, *(cell for pair in pairs for cell in pair)))
            depths.append(node.depth)
        figures += _people_figure(public, grid, nodes, counted)
        if untold:
            verb = "n'a pas de ligne" if untold < 2 else "n'ont pas de ligne"
            notes.append(f"{grid.title} : {n('sous-code', untold)} {verb}, faute d'un nombre qui puisse être montré.")
    titles = []
    for kind in public.met:
        who = capital(label(kind, 2))
        titles += [f"{who} qui en parlent", "Sur" if kind is public.base.leading else f"{who}, sur"]
    columns = (*CODE_COLUMNS, *(Column(title, Kind.COUNT) for title in titles))
    return Table("Thèmes", columns, tuple(rows), tuple(depths), TREE, tuple(figures), (*_notes(public, rows), *notes))


def _people_figure(public: Public, grid: Grid, nodes: Sequence[Node], counted: Counted) -> list[Figure]:
    """Only the themes whose count is shown."""
    found = counted.get((grid.id, public.base.leading))
    shown = [(n, found.people[n.code.id]) for n in nodes if n.depth == 0] if found else []
    return people_figure(public.base, grid, [(n, count) for n, count in shown if isinstance(count, int)])


def themes_by_wave(public: Public, counted: Counted) -> Table | None:
    """A row a theme of which something is shown, without its sub-codes; None where there is none, or where no two
    waves have enough people to be compared.
    """
    rows: list[tuple[Cell, ...]] = []
    figures: list[Figure] = []
    waves = len(public.base.waves)
    for grid in public.base.material.codebooks:
        for kind in public.met:
            found = counted.get((grid.id, kind))
            themes = [node for node in tree(grid.codes) if node.depth == 0] if found and found.by_wave else []
            if not found or not themes:
                continue
            lines = [(node, cells) for node in themes if _tells(cells := found.by_wave[node.code.id], waves)]
            rows += [(grid.title, n.code.id, n.code.label, capital(label(kind, 2)), *cells) for n, cells in lines]
            if kind is public.base.leading:
                figures += _wave_figure(public, grid, lines)
    if not rows:
        return None
    columns = (*CODE_COLUMNS, Column("Répondants", Kind.PHRASE), *wave_columns(public.base))
    return Table("Évolution", columns, tuple(rows), (), TREE, figures=tuple(figures), notes=_notes(public, rows))


def _tells(cells: Sequence[Cell], waves: int) -> bool:
    """Whether a number of people who speak is shown: in a wave, beside its base, or among three beside theirs."""
    counts = [*cells[: 2 * waves : 2], *(cell for place, cell in enumerate(cells[2 * waves :]) if place % 4 < 3)]
    return any(isinstance(count, int) and count for count in counts)


def _wave_figure(public: Public, grid: Grid, lines: Sequence[tuple[Node, tuple[Cell, ...]]]) -> list[Figure]:
    """Only the themes whose count is shown in every wave."""
    places = range(0, 2 * len(public.base.waves), 2)
    whole = [(node, cells) for node, cells in lines if all(isinstance(cells[p], int) for p in places)]
    if not whole:
        return []
    return [
        Figure(
            title=f"{grid.title} : {label(public.base.leading, 2)} par thème et par vague",
            category_title="Thème",
            value_title="Nombre de personnes (thèmes dont aucun nombre n'est masqué)",
            categories=tuple(node.code.label for node, _ in whole),
            series=tuple(
                Series(f"{public.base.wave_label(wave)} (sur {whole[0][1][p + 1]})", tuple(c[p] for _, c in whole))
                for wave, p in zip(public.base.waves, places, strict=True)
            ),
        )
    ]


def _notes(public: Public, rows: Sequence[tuple[Cell, ...]]) -> tuple[str, ...]:
    """What « masqué » means, where it stands."""
    return (_NOTE.format(threshold=public.threshold),) if any(HIDDEN in row for row in rows) else ()
