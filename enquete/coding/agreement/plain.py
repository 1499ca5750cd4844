"""A plain table of who put which code on what, made anywhere: unite, codeur, code, and perhaps entretien."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from enquete.coding.agreement.table import ReliabilityData, Unit
from enquete.errors import EnqueteError, Problem
from enquete.tables import Remark, Severity, find_column, folded, read_table

_NAMES: dict[str, tuple[str, ...]] = {
    "unit": ("unité", "unit", "unité de codage", "n° unité", "unité id", "unit id", "item", "sujet", "subject"),
    "coder": ("codeur", "coder", "codeuse", "code codeur", "codeur id", "coder id", "juge", "annotateur", "annotator",
              "rater", "observateur"),
    "code": ("code", "codage", "catégorie", "category", "étiquette", "label", "tag", "thème", "valeur", "value"),
    "group": ("entretien", "interview", "code entretien", "document", "fichier"),
}  # fmt: skip
_WANTED = {
    "unit": ("l'unité codée", "Unité, Unit, Item"),
    "coder": ("qui a codé", "Codeur, Coder, Juge"),
    "code": ("le code", "Code, Codage, Catégorie"),
}
_Key = tuple[str, str]  # interview, unit


def read_plain(path: Path) -> tuple[ReliabilityData, list[Remark]]:
    """A row for each unit, coder and code; an empty code: the coder looked and coded nothing; no row: missing.

    Units are those of one interview when the table has a column for it. Gives remarks on the rows that were refused
    (ERROR) or look odd (WARNING). Raises EnqueteError: as `read_table`, TABLE_NO_COLUMN, NO_ROW_READ, ONE_CODER.
    """
    table = read_table(path)
    columns: dict[str, str] = {}
    free = list(table.columns)
    for use, names in _NAMES.items():
        if (column := find_column(free, names)) is not None:
            columns[use] = column
            free.remove(column)
    for use, (wanted, accepted) in _WANTED.items():
        if use not in columns:
            raise EnqueteError(Problem.TABLE_NO_COLUMN, where=table.source, wanted=wanted, names=accepted)
    if "group" in columns and not any(row.cells[columns["group"]] for row in table.rows):
        del columns["group"]
    cells = _Cells()
    for row in table.rows:
        cells.add(row.number, {use: row.cells[column] for use, column in columns.items()})
    data = cells.data()
    if not table.rows:
        raise EnqueteError(Problem.TABLE_EMPTY, where=table.source)
    if not data.units:
        first = cells.remarks[0]
        raise EnqueteError(Problem.NO_ROW_READ, where=table.source, row=first.row, reason=first.message)
    if len(data.coders) < 2:
        raise EnqueteError(Problem.ONE_CODER, where=table.source)
    return data, sorted(cells.all_remarks(), key=lambda remark: remark.row or 0)


@dataclass(slots=True)
class _Cells:
    """What was read so far. put: the row that first says each code; nothing: the row that says that there is none."""

    put: dict[_Key, dict[str, dict[str, int]]] = field(default_factory=lambda: defaultdict(lambda: defaultdict(dict)))
    nothing: dict[_Key, dict[str, int]] = field(default_factory=lambda: defaultdict(dict))
    remarks: list[Remark] = field(default_factory=list)

    def add(self, number: int, cells: dict[str, str]) -> None:
        missing = [
            words for use, words in (("unit", "l'unité"), ("coder", "le codeur"), ("group", "l'entretien"))
            if not cells.get(use, "-")
        ]  # fmt: skip
        if missing:
            self._say(number, Severity.ERROR, f"il manque {' et '.join(missing)} sur cette ligne.")
            return
        key, coder = (cells.get("group", ""), cells["unit"]), cells["coder"]
        codes = [code.strip() for code in re.split(r"[;|\n]", cells["code"]) if code.strip()]
        if not codes:
            self.nothing[key].setdefault(coder, number)
        for code in codes:
            first = self.put[key][coder].setdefault(code, number)
            if first != number:
                self._say(number, Severity.WARNING, f"elle répète la ligne {first} : comptée une seule fois.")

    def _say(self, row: int | None, severity: Severity, message: str) -> None:
        self.remarks.append(Remark(row, severity, message))

    def data(self) -> ReliabilityData:
        """Units in the order of the file, coders by name."""
        keys = list(dict.fromkeys([*self.put, *self.nothing]))
        coders = tuple(sorted(self._coders()))
        units = (Unit(*key, tuple(self._decision(key, coder) for coder in coders)) for key in keys)
        return ReliabilityData(coders, tuple(units))

    def _coders(self) -> set[str]:
        coding = {coder for by_coder in self.put.values() for coder in by_coder}
        return coding | {coder for by_coder in self.nothing.values() for coder in by_coder}

    def _decision(self, key: _Key, coder: str) -> frozenset[str] | None:
        codes = self.put.get(key, {}).get(coder)
        if codes:
            return frozenset(codes)
        return frozenset() if coder in self.nothing.get(key, {}) else None

    def all_remarks(self) -> Iterator[Remark]:
        """Those on rows, and on what can only be seen in the whole table."""
        yield from self.remarks
        for key, by_coder in self.nothing.items():
            for coder, number in by_coder.items():
                if codes := self.put.get(key, {}).get(coder):
                    other = min(codes.values())
                    message = f"sans code, elle contredit la ligne {other}, où le même codeur code la même unité."
                    yield Remark(number, Severity.ERROR, message)
        yield from _alike("codeurs", self._coders())
        yield from _alike("codes", {code for by in self.put.values() for codes in by.values() for code in codes})


def _alike(kind: str, names: Iterable[str]) -> Iterator[Remark]:
    """Names that differ by case, accents or marks only may be slips, which would pass for disagreements."""
    spellings: dict[str, list[str]] = defaultdict(list)
    for name in sorted(names):
        spellings[folded(name) or name].append(name)
    for same in spellings.values():
        if len(same) > 1:
            written = " et ".join(f"« {name} »" for name in same)
            yield Remark(None, Severity.WARNING, f"{written} comptent pour {len(same)} {kind} : faute de frappe ?")
