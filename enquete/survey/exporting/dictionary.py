"""What each column of an export says, value by value: for whoever opens it without the questionnaire."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from enquete.survey.exporting.types import Field, Holds, Table
from enquete.wording import label


class Entry(NamedTuple):
    """A line: a column, or one of its values."""

    table: str
    column: str
    label: str
    question: str
    waves: str
    holds: str
    measure: str
    name: str
    value: str
    missing: str


HEADS = Entry(
    "Tableau", "Colonne", "Libellé", "Question", "Vagues", "Contenu", "Mesure", "Valeur", "Libellé de la valeur",
    "Manque",
)  # fmt: skip
MAIN = "réponses"


def dictionary(tables: Sequence[Table]) -> Iterator[Entry]:
    """A line a column, then one a value."""
    for table in tables:
        for field in table.fields:
            yield from _entries(table, field)


def _entries(table: Table, field: Field) -> Iterator[Entry]:
    holds = "poids" if field.weight else field.holds.value
    if field.choice:
        holds = "choix, oui ou non"
    measure = label(field.measure) if field.question or field.holds is Holds.CODE else ""
    told = Entry(
        table.name or MAIN, field.name, " ".join(field.label.split()), field.question, ", ".join(field.waves), holds,
        measure, "", "", "",
    )  # fmt: skip
    yield told
    for value in field.values:
        why = label(value.missing) if value.missing else ""
        yield told._replace(label="", holds="", measure="", name=value.name, value=value.label, missing=why)
    for low, high in field.ranges:
        yield told._replace(
            label="",
            holds="",
            measure="",
            name=f"{low:g} à {high:g}",
            value="déclaré manquant",
            missing="autre manquant",
        )
