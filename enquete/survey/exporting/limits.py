"""What a program's limits change in an export, told before anybody wonders."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from enquete.survey.exporting.names import SPSS, STATA, Rules, fitting
from enquete.survey.exporting.types import Field, Holds, Table
from enquete.wording import n

_LISTED = 8


@dataclass(frozen=True, slots=True)
class Limits:
    """Of labels and texts, in bytes; of labels of columns in characters where `characters`."""

    rules: Rules
    label: int
    value_label: int
    text: int | None
    characters: bool = False


SPSS_LIMITS = Limits(SPSS, 255, 120, 32_767)
STATA_LIMITS = Limits(STATA, 80, 32_000, None, characters=True)


def remarks(tables: Sequence[Table], limits: Limits) -> Iterator[str]:
    """French sentences: names that change, labels and texts that are cut."""
    for table in tables:
        names = fitting((field.name for field in table.fields), limits.rules)
        changed = [f"{old} s'appelle {new}" for old, new in names.items() if old != new]
        if changed:
            more = f" et {n('autre', len(changed) - _LISTED)}" if len(changed) > _LISTED else ""
            yield f"Noms de colonnes changés, faute d'être admis : {', '.join(changed[:_LISTED])}{more}."
    fields = [field for table in tables for field in table.fields]
    labels = sum(_size(f.label, limits.characters) > limits.label for f in fields)
    if labels:
        yield f"{n('libellé de question', labels)} trop longs pour ce format : coupés, « … » à la fin."
    values = sum(_size(v.label, False) > limits.value_label for f in fields for v in f.values)
    if values:
        yield f"{n('libellé de réponse', values)} trop longs pour ce format : coupés, « … » à la fin."
    texts = sum(_too_long(field, limits.text) for field in fields) if limits.text else 0
    if texts:
        yield f"{n('réponse ouverte', texts)} trop longues pour ce format : coupées ; en .csv, elles sont entières."


def _size(text: str, characters: bool) -> int:
    text = " ".join(text.split())
    return len(text) if characters else len(text.encode())


def _too_long(field: Field, longest: int) -> int:
    if field.holds is not Holds.TEXT:
        return 0
    return sum(isinstance(cell, str) and len(cell.encode()) > longest for cell in field.cells)
