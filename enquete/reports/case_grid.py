"""The grid of cases as a workbook to write in: the grid, the passages that each cell sums up, how to use them.

The titles of themes, the codes of people and the mark of the last sheet are a format: they are read back.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from enquete.findings.cases.framework import NOT_QUOTED, Framework, Place, State
from enquete.findings.cases.grid import Theme
from enquete.findings.cases.returned import PERSON
from enquete.findings.counting import Base
from enquete.findings.quotations import MARKS, may_be_quoted
from enquete.findings.sheets import CASES
from enquete.reports.workbook import Look, add_sheet, add_table, add_text, link, new_book, to_bytes
from enquete.tables import escaped
from enquete.wording import n

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

PASSAGES, USAGE = "Passages", "Mode d'emploi"
_NOTHING, _CHANGED = "ECEFF1", "FDE7B0"
_BEFORE = (Look(PERSON, 11), Look("Répondant", 18, wrap=True))
_LOOKS = (
    Look(PERSON, 11),
    Look("Thème", 30, wrap=True),
    Look("Codes", 13, wrap=True),
    Look("Vague", 20, wrap=True),
    Look("Entretien", 11),
    Look("Tour", 8, number=True),
    Look("Paroles", 80, wrap=True),
    Look("Marque", 16, wrap=True),
)


@dataclass(frozen=True, slots=True)
class Sheet:
    """What the workbook is made of. kinds: of respondents, by person. attributes: (title, its value by person), the
    broad ones, beside the people; others: those after the themes.

    mark: what tells, when the workbook comes back, what it said when it left.
    """

    study: str
    base: Base
    framework: Framework
    kinds: Mapping[str, str]
    attributes: Sequence[tuple[str, Mapping[str, str]]]
    others: Sequence[tuple[str, Mapping[str, str]]]
    mark: str


def title_of(theme: Theme) -> str:
    """Of a column that people write in: « rsa:R02 Ressources »."""
    return f"{theme.field} {theme.title.partition(theme.field.partition(':')[2])[2].strip()}".strip()


def render(sheet: Sheet) -> bytes:
    """An .xlsx of three sheets: equal grids give equal bytes."""
    book = new_book(f"Grille des cas – {sheet.study}")
    grid, passages = add_sheet(book, CASES), add_sheet(book, PASSAGES)
    add_text(add_sheet(book, USAGE), "Écrire la grille des cas", _usage(sheet))
    rows = _write_passages(sheet, passages)
    _write_grid(sheet, grid, rows)
    return to_bytes(book)


def _write_grid(sheet: Sheet, page: Worksheet, passages: Mapping[Place, int]) -> None:
    """passages: the row of « Passages » where those of a cell begin."""
    from openpyxl.styles import PatternFill

    matrix = sheet.framework
    looks = [*_BEFORE, *(Look(title, _width(title, held), wrap=True) for title, held in sheet.attributes)]
    for theme in matrix.themes:
        looks += [Look(title_of(theme), 44, wrap=True), Look(f"Passages {theme.field}", 14, wrap=True)]
    looks += [Look(title, _width(title, held), wrap=True) for title, held in sheet.others]
    rows = []
    for person in matrix.people:
        cells = [person, sheet.kinds[person], *(held.get(person, "") for _, held in sheet.attributes)]
        for theme in matrix.themes:
            place = (person, theme.field)
            cells += [escaped(matrix.written.get(place, "")), _count(matrix, place)]
        cells += [held.get(person, "") for _, held in sheet.others]
        rows.append(cells)
    add_table(page, looks, rows, frozen=1)
    fills = {State.NOTHING: _NOTHING, State.CHANGED: _CHANGED}
    for line, person in enumerate(matrix.people, start=2):
        for column, theme in enumerate(matrix.themes):
            place = (person, theme.field)
            beside = page.cell(line, _column(sheet, column) + 1)
            colour = fills.get(matrix.state(place))
            if colour:
                page.cell(line, _column(sheet, column)).fill = PatternFill("solid", fgColor=colour)
                beside.fill = PatternFill("solid", fgColor=colour)
            if place in passages:
                link(beside, PASSAGES, passages[place])


def _column(sheet: Sheet, theme: int) -> int:
    """Of a theme's summaries, from 1."""
    return len(_BEFORE) + len(sheet.attributes) + 2 * theme + 1


def _count(matrix: Framework, place: Place) -> str:
    """What stands beside a summary: how many passages, and what there is to know of them."""
    said = len(matrix.said.get(place, ()))
    if matrix.state(place) is State.CHANGED:
        return f"{n('passage', said) if said else 'aucun'}, changés depuis"
    return n("passage", said) if said else "aucun"


def _width(title: str, held: Mapping[str, str]) -> float:
    longest = max((len(value) for value in held.values()), default=0)
    return max(10, min(24, longest + 3), *(len(word) + 2 for word in title.split()))


def _write_passages(sheet: Sheet, page: Worksheet) -> dict[Place, int]:
    """Gives the row where the passages of each cell begin."""
    matrix = sheet.framework
    rows: list[tuple[str | int, ...]] = []
    back: list[tuple[int, int]] = []
    first: dict[Place, int] = {}
    for line, person in enumerate(matrix.people, start=2):
        for column, theme in enumerate(matrix.themes):
            place = (person, theme.field)
            for one in matrix.said.get(place, ()):
                first.setdefault(place, len(rows) + 2)
                back.append((line, _column(sheet, column)))
                extract = one.extract
                words = extract.text.strip() if may_be_quoted(sheet.base, extract) else NOT_QUOTED
                rows.append((
                    person, theme.title, ", ".join(one.codes), sheet.base.wave_label(extract.wave),
                    extract.interview, one.turn, words, MARKS[extract.flag],
                ))  # fmt: skip
    add_table(page, _LOOKS, rows, frozen=1)
    for number, (line, column) in enumerate(back, start=2):
        link(page.cell(number, 1), CASES, line, column)
    return first


def _usage(sheet: Sheet) -> list[tuple[str, list[str]]]:
    return [
        (
            "Ce que c'est",
            [
                f"Étude « {sheet.study} ». Une ligne par personne, une colonne par thème : dans chaque case, ce qu'une "
                "personne de l'équipe a compris de tous ses entretiens sur ce thème. Pour l'équipe seulement.",
            ],
        ),
        (
            "Écrire",
            [
                "Écrivez dans les colonnes de thèmes ; videz une case pour retirer son résumé. Une case ne parle que "
                "de cette personne : comparez ensuite, en descendant une colonne.",
                "À droite de chaque thème, le nombre de passages codés mène à ces passages ; dans « Passages », le "
                "code de la personne ramène à la case.",
                "Fond gris, « aucun » : rien n'est codé sous ce thème chez cette personne. Cela peut s'écrire aussi.",
                "Fond jaune, « changés depuis » : le résumé a été écrit avant que ses passages changent. Relisez-les ; "
                "s'il reste juste : enquete cas revoir PERSONNE --theme THÈME --par CODE.",
            ],
        ),
        (
            "Vous pouvez",
            [
                "Trier, filtrer, masquer, déplacer des colonnes, en ajouter pour vous : elles ne sont pas reprises. "
                "Une fois les lignes triées, filtrez « Passages » par personne plutôt que d'en suivre les retours.",
                "Ne changez ni les codes des personnes, ni le début des titres de thèmes (« rsa:R02 »), ni la dernière "
                "ligne de cette feuille.",
            ],
        ),
        (
            "Rendre",
            [
                "Enregistrez en .xlsx ou en .ods, puis : enquete cas reprendre CLASSEUR --par CODE (--essai montre "
                "sans rien enregistrer). Les noms et numéros tapés sont masqués. Ce que d'autres ont écrit entre-temps "
                "reste ; là où deux ont écrit autre chose, rien n'est perdu : c'est montré, et à vous de choisir.",
            ],
        ),
        ("Provenance", [f"Repère : {sheet.mark}"]),
    ]
