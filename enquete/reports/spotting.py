"""The working copy of suggestions, for the team: a coder decides row by row. Its headers are a format: they are read
back by the import of codings.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from enquete.findings.counting import tree
from enquete.findings.material import Grid
from enquete.findings.quotations import MARKS
from enquete.reports.long_tables import add_long_table
from enquete.reports.workbook import Look, add_sheet, add_table, add_text, new_book, to_bytes

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

YES, NO, OTHER = "oui", "non", "autre code"
SHEET = "Repérage"


@dataclass(frozen=True, slots=True)
class SpottingRow:
    """One suggestion. source: kind of text, or the question answered. turn: counted from 1; start, end: code points of
    the revision; context: the whole turn.

    decision, other_code, mark, memo: what a coder has already written, when a copy is made again.
    """

    interview: str
    wave: str
    participant: str
    turn: int
    code: str
    label: str
    words: str
    context: str
    score: float
    cue: str
    suggestion: str
    revision: str
    start: int
    end: int
    source: str = ""
    decision: str = ""
    other_code: str = ""
    mark: str = ""
    memo: str = ""


_LOOKS = (
    Look("N°", 8, number=True),
    Look("Entretien", 10.5, wrap=True),
    Look("Vague", 9, wrap=True),
    Look("Participant", 12, wrap=True),
    Look("Source", 24, wrap=True),
    Look("Tour", 8, number=True),
    Look("Code", 9, wrap=True),
    Look("Libellé", 22, wrap=True),
    Look("Mots", 28, wrap=True),
    Look("Contexte", 56, wrap=True),
    Look("Score", 9, number=True),
    Look("Indice", 18, wrap=True),
    Look("Décision", 13, wrap=True),
    Look("Autre code", 12, wrap=True),
    Look("Marque", 15, wrap=True),
    Look("Mémo", 30, wrap=True),
    Look("Repérage", 12, hidden=True),
    Look("Révision", 12, hidden=True),
    Look("Début", 9, number=True, hidden=True),
    Look("Fin", 9, number=True, hidden=True),
)
HEADERS = tuple(look.title for look in _LOOKS)
_DECISION = HEADERS.index("Décision") + 1
_ANSWERS = _LOOKS[_DECISION - 1 : HEADERS.index("Mémo") + 1]
_TO_FILL = "FFF8E1"


def render(rows: Sequence[SpottingRow], grids: Sequence[Grid]) -> bytes:
    """An .xlsx of three sheets: Repérage, Grille, Mode d'emploi. Equal rows give equal bytes."""
    book = new_book("Repérage : copie de travail")
    sheet = add_sheet(book, SHEET)
    values = [_values(number, row) for number, row in enumerate(rows, start=1)]
    below = add_long_table(sheet, _LOOKS, values, frozen=1, filled=dict.fromkeys(_ANSWERS, _TO_FILL))
    _offer_answers(sheet, len(rows))
    codes = [(grid.title, node.code.id, node.code.label, node.code.definition, node.depth)
             for grid in grids for node in tree(grid.codes)]  # fmt: skip
    looks = (Look("Grille", 22, wrap=True), Look("Code", 10), Look("Libellé", 40, wrap=True))
    definition = Look("Définition", 90, wrap=True)
    depths = [code[-1] for code in codes]
    add_table(add_sheet(book, "Grille"), (*looks, definition), [c[:-1] for c in codes], depths, tree=2, frozen=2)
    add_text(add_sheet(book, "Mode d'emploi"), "Décider des repérages", _INSTRUCTIONS)
    return to_bytes(book, {SHEET: below})


def _values(number: int, row: SpottingRow) -> tuple[str | int | float, ...]:
    return (
        number, row.interview, row.wave, row.participant, row.source, row.turn, row.code, row.label, row.words,
        row.context, row.score, row.cue, row.decision, row.other_code, row.mark, row.memo, row.suggestion, row.revision,
        row.start, row.end,
    )  # fmt: skip


def _offer_answers(sheet: Worksheet, count: int) -> None:
    """The decision offers its words and lets a code be written, the mark its words."""
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.datavalidation import DataValidation

    if not count:
        return
    choice = DataValidation(type="list", formula1=f'"{YES},{NO},{OTHER}"', allow_blank=True, showErrorMessage=False)
    choice.showInputMessage = True
    choice.promptTitle = "Décision"
    choice.prompt = "oui, non, autre code (à écrire dans la colonne suivante), ou le code lui-même"
    letter = get_column_letter(_DECISION)
    choice.add(f"{letter}2:{letter}{count + 1}")
    sheet.add_data_validation(choice)
    marks = DataValidation(type="list", formula1=f'"{",".join(filter(None, MARKS.values()))}"', allow_blank=True)
    letter = get_column_letter(HEADERS.index("Marque") + 1)
    marks.add(f"{letter}2:{letter}{count + 1}")
    sheet.add_data_validation(marks)


_INSTRUCTIONS = (
    (
        "Ce que c'est",
        (
            "Une ligne par repérage : des mots d'un entretien et le code que le programme propose, avec l'indice qui "
            "l'y a conduit. Ce sont des propositions : rien n'est compté tant que vous n'avez pas décidé.",
        ),
    ),
    (
        "Ce que vous remplissez",
        (
            "Décision : « oui » si les mots relèvent de ce code ; « non » sinon ; « autre code » s'ils relèvent d'un "
            "autre, que vous écrivez dans la colonne « Autre code » (R07.1, par exemple). Vous pouvez aussi écrire le "
            "code directement dans « Décision ».",
            "Marque : « à citer » si ces mots peuvent paraître tels quels ; « à paraphraser » si la personne s'y "
            "reconnaît ; « ne jamais citer » s'ils ne doivent pas sortir de l'équipe. Facultatif.",
            "Mémo : ce que vous voulez retenir. Facultatif.",
            "Une ligne sans décision reste en attente : vous pouvez rendre le fichier à moitié rempli.",
        ),
    ),
    (
        "Comment décider",
        (
            "Lisez le contexte entier, pas l'indice seul : « j'ai pas eu de sanction » parle de sanction, mais n'en "
            "est pas une. La feuille « Grille » donne la définition de chaque code.",
            "Le score dit la force de l'indice, pas la justesse du code.",
            "Le programme en oublie : ce que vous voyez d'autre en lisant se code dans l'entretien, pas ici.",
        ),
    ),
    (
        "À ne pas toucher",
        (
            "Les titres des colonnes et les colonnes masquées servent à retrouver chaque passage. Trier et filtrer "
            "sont permis ; changez les textes, et la ligne ne sera plus reconnue.",
        ),
    ),
    (
        "Rendre le fichier",
        ("Enregistrez en .xlsx, puis : enquete importer codages FICHIER --codeur VOTRE-NOM-DE-CODEUR",),
    ),
    (
        "Précaution",
        (
            "Ces entretiens sont pseudonymisés, pas anonymes : une histoire peut être reconnue. Le fichier reste dans "
            "l'équipe et s'efface une fois rendu.",
        ),
    ),
)
