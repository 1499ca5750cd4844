"""Texts that are no answer: a formula in error that a spreadsheet wrote as text, a letter lost for good."""

from __future__ import annotations

import re
from dataclasses import replace

import numpy as np

from enquete.survey.answers.levels import kept, rows_of
from enquete.survey.answers.types import DataFile, DataTable
from enquete.tables import Remark, Severity
from enquete.wording import n

_ERROR = re.compile(
    r"#(?:N/A|N/D|REF!|DIV/0!|VALUE!|VALEUR!|NAME\?|NOM\?|NUM!|NOMBRE!|NULL!|NUL!|SPILL!|CALC!)|Err:\d{3}"
)
_LOST = "\ufffd"


def without_faulty_cells(file: DataFile, texts: str) -> DataFile:
    """Rows with a formula in error are refused; lost letters are said. texts: all those of the file."""
    tables, remarks = [], list(file.remarks)
    faulty = any(sign in texts for sign in (*"#\ufffd", "Err:"))
    for table in file.tables:
        clean, more = _of_table(table) if faulty else (table, [])
        tables.append(clean)
        where = f"{table.name} : " if len(file.tables) > 1 else ""
        remarks += [replace(each, message=where + each.message) for each in more]
    if not tables[0].numbers:
        remarks.append(Remark(None, Severity.WARNING, "Ce fichier n'a aucune ligne de réponses à importer."))
    return replace(file, tables=tuple(tables), remarks=tuple(remarks))


def _of_table(table: DataTable) -> tuple[DataTable, list[Remark]]:
    faults: dict[int, list[str]] = {}
    remarks = []
    for each in table.columns:
        texts = [(place, level) for place, level in enumerate(each.levels) if isinstance(level, str)]
        for place, level in texts:
            if level[0] in "#E" and _ERROR.fullmatch(level):
                for row in rows_of(each, [place]):
                    faults.setdefault(row, []).append(f"« {each.name} » ({level})")
        lost = [place for place, level in texts if _LOST in level]
        if lost:
            rows = rows_of(each, lost)
            count = n("réponse", len(rows))
            said = f"« {each.name} » : des lettres sont perdues (« {_LOST} ») dans {count}, la première ici."
            remarks.append(Remark(table.numbers[rows[0]], Severity.WARNING, said))
    keep = np.ones(len(table.numbers), bool)
    keep[list(faults)] = False
    for row, places in sorted(faults.items()):
        said = f"Formule en erreur dans {', '.join(places)} : ligne refusée. Corrigez-la dans le tableur."
        remarks.append(Remark(table.numbers[row], Severity.ERROR, said))
    return kept(table, keep), remarks
