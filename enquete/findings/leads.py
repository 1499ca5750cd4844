"""Where a figure leads: the first of the quotations that it counts, and back from a quotation to its code's row."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from enquete.findings.counting import Extract, tree
from enquete.findings.material import Grid
from enquete.findings.sheets import QUOTATIONS

Target = tuple[str, int]  # sheet, row from 0


@dataclass(frozen=True, slots=True)
class Quoted:
    """What a row of « Verbatims » quotes. question: answered; empty for an interview."""

    question: str
    grid: str
    code: str
    extract: Extract


@dataclass(frozen=True)
class Leads:
    """quoted: what each row of « Verbatims » quotes, in its order."""

    quoted: Sequence[Quoted] = ()

    @cached_property
    def _rows(self) -> Mapping[tuple[str, str, str], Sequence[int]]:
        rows: dict[tuple[str, str, str], list[int]] = defaultdict(list)
        for row, one in enumerate(self.quoted):
            rows[one.question, one.grid, one.code].append(row)
        return rows

    def first(
        self,
        grid: str,
        codes: Iterable[str],
        *,
        question: str = "",
        said: Collection[tuple[str, str]] | None = None,
    ) -> Target | None:
        """The first quotation under any of these codes. said: (person, wave) of those that count; None: everybody."""
        found = []
        for code in codes:
            for row in self._rows.get((question, grid, code), ()):
                extract = self.quoted[row].extract
                if said is None or (extract.participant or "", extract.wave) in said:
                    found.append(row)
                    break
        return (QUOTATIONS, min(found)) if found else None


NOWHERE = Leads()


def code_rows(grids: Sequence[Grid]) -> Mapping[tuple[str, str], int]:
    """(codebook, code) -> its row in « Thèmes » and in « Grille de codage »: one a code, in the same order."""
    codes = [(grid.id, node.code.id) for grid in grids for node in tree(grid.codes)]
    return {code: row for row, code in enumerate(codes)}
