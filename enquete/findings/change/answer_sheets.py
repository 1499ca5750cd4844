"""Answers of two waves as sheets, each count as its readers may see it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from enquete.disclosure.small_cells import mask
from enquete.disclosure.suppression import HIDDEN, Counts, Relation, suppress
from enquete.findings.change.answer_words import middle_words, state_words
from enquete.findings.change.answers import BLANK, Differences, Standing, State, Transitions
from enquete.findings.tables import Cell, Column, Kind, Table
from enquete.model import Audience, MissingKind
from enquete.wording import label

_TOTAL = "Total"
NOTES = {
    Audience.PROJECT_GROUP: "« quelques » : moins de {threshold} personnes.",
    Audience.PUBLIC: (
        f"« {HIDDEN} » : nombre trop petit (moins de {{threshold}}, zéro compris), ou qui permettrait d'en retrouver "
        "un."
    ),
}


def transition_sheet(found: Transitions, waves: tuple[str, str], audience: Audience, threshold: int) -> Table:
    """A row an answer before, a column an answer after. waves: their codes."""
    columns = [state_words(found, state, waves[1], before=False) for state in found.columns]
    rows = [state_words(found, state, waves[0], before=True) for state in found.rows]
    counts = [[found.count(row, column) for column in found.columns] for row in found.rows]
    return _sheet(found.asked.name, f"{waves[0]} (lignes) puis {waves[1]} (colonnes)", columns, rows, counts, audience,
                  threshold)  # fmt: skip


def option_sheet(
    name: str, found: Sequence[Transitions], waves: tuple[str, str], audience: Audience, threshold: int
) -> Table:
    """A row a choice of a question to several."""
    no, yes = State(Standing.CHOICE, "non"), State(Standing.CHOICE, "oui")
    pairs = ((no, yes), (yes, yes), (yes, no), (no, no))
    columns = [f"{waves[1]} seulement", "Les deux fois", f"{waves[0]} seulement", "Ni l'une ni l'autre"]
    counts = [[one.count(*pair) for pair in pairs] for one in found]
    return _sheet(name, "Choix", columns, [o.asked.label for o in found], counts, audience, threshold, down=False)


def difference_sheet(found: Differences, waves: tuple[str, str], audience: Audience, threshold: int) -> Table:
    """Up, same, down, and who gave no number."""
    rows = ["Plus", "Autant", "Moins"]
    counts = [[len(found.up)], [len(found.same)], [len(found.down)]]
    for pair, people in sorted(found.states.items()):
        rows.append(f"À part : {_side(pair[0], waves[0])}, puis {_side(pair[1], waves[1])}")
        counts.append([len(people)])
    title = f"De {waves[0]} à {waves[1]}"
    notes = [middle_words(found)] if found.by_person and len(found.by_person) >= _least(audience, threshold) else []
    return _sheet(found.asked.name, title, ["Personnes"], rows, counts, audience, threshold, across=False, more=notes)


def _side(state: State, wave: str) -> str:
    if state.standing is Standing.CHOICE:
        return f"un nombre en {wave}"
    if state.standing is Standing.MISSING:
        return f"« {label(MissingKind(state.name))} » en {wave}"
    return f"sans réponse en {wave}" if state == BLANK else f"pas vues en {wave}"


def _least(audience: Audience, threshold: int) -> int:
    return 1 if audience is Audience.TEAM else threshold


def _sheet(
    name: str,
    corner: str,
    columns: Sequence[str],
    rows: Sequence[str],
    counts: Sequence[Sequence[int]],
    audience: Audience,
    threshold: int,
    *,
    across: bool = True,
    down: bool = True,
    more: Sequence[str] = (),
) -> Table:
    """across, down: whether rows, columns have a total."""
    cells = protected(counts, audience, threshold)
    body: list[tuple[Cell, ...]] = [
        (words, *(line if across else line[:-1])) for words, line in zip(rows, cells, strict=False)
    ]
    if down:
        body.append((_TOTAL, *(cells[-1] if across else cells[-1][:-1])))
    heads = [Column(corner, Kind.PHRASE), *(Column(words, Kind.COUNT) for words in _unique(columns))]
    if across:
        heads.append(Column(_TOTAL, Kind.COUNT))
    told = [NOTES[audience].format(threshold=threshold)] if audience in NOTES else []
    return Table(name, tuple(heads), tuple(body), notes=(*told, *more))


def _unique(words: Iterable[str]) -> list[str]:
    """Two choices may bear one label."""
    seen: dict[str, int] = {}
    found = []
    for word in words:
        seen[word] = seen.get(word, 0) + 1
        found.append(word if seen[word] == 1 else f"{word} ({seen[word]})")
    return found


def protected(counts: Sequence[Sequence[int]], audience: Audience, threshold: int) -> list[list[Cell]]:
    """The table with its totals, last, as this audience may read it: whole, « quelques », or with what could be
    computed back hidden too.
    """
    whole = [[*row, sum(row)] for row in counts]
    whole.append([sum(column) for column in zip(*whole, strict=True)] if whole else [])
    if audience is Audience.TEAM:
        return [list(row) for row in whole]
    if audience is Audience.PROJECT_GROUP:
        return [[mask(value, threshold) for value in row] for row in whole]
    hidden = _hidden(whole, threshold)
    return [[HIDDEN if f"{r},{c}" in hidden else value for c, value in enumerate(row)] for r, row in enumerate(whole)]


def _hidden(whole: Sequence[Sequence[int]], threshold: int) -> frozenset[str]:
    """Keys « row,column » of the counts to hide, totals in the last row and column."""
    lines, width = range(len(whole)), range(len(whole[0]))
    values = {f"{r},{c}": whole[r][c] for r in lines for c in width}
    inner = [key for key in values if not key.startswith(f"{lines[-1]},") and not key.endswith(f",{width[-1]}")]
    sums = [Relation((*((f"{r},{c}", 1) for c in width[:-1]), (f"{r},{width[-1]}", -1)), 0, 0) for r in lines]
    sums += [Relation((*((f"{r},{c}", 1) for r in lines[:-1]), (f"{lines[-1]},{c}", -1)), 0, 0) for c in width]
    most = dict.fromkeys(values, whole[-1][-1])
    shown = (*inner, *(key for key in values if key not in inner))
    return suppress(Counts(values, shown, most, tuple(sums)), threshold)
