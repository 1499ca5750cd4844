"""What a workbook says when it leaves, so that what people changed in it is known when it comes back."""

from __future__ import annotations

from collections.abc import Sequence

from enquete.findings.counting import Base
from enquete.findings.leads import Leads
from enquete.findings.sheets import QUOTATIONS
from enquete.findings.tables import Table
from enquete.findings.written.departure import Departure
from enquete.findings.written.fields import FIELDS
from enquete.findings.written.tables import SHEETS
from enquete.model import Audience


def departure(base: Base, audience: Audience, leads: Leads, tables: Sequence[Table]) -> Departure:
    """Of the sheets that people edit. base: interviews and answers alike."""
    shown = {table.name: _edited(table) for table in tables}
    columns = {table.name: [column.title for column in table.columns if column.edited] for table in tables}
    raw: dict[str, dict[str, dict[str, str]]] = {}
    for name, kind in SHEETS.items():
        if name in shown:
            by_code = {piece.code: piece for piece in base.material.pieces if piece.kind is kind}
            labels = {one.label: one.name for one in FIELDS[kind]}
            raw[name] = {
                key: {title: by_code[key].get(labels[title]) for title in cells} for key, cells in shown[name].items()
            }
    if QUOTATIONS in shown:
        raw[QUOTATIONS] = {key: dict(cells) for key, cells in shown[QUOTATIONS].items()}
    labels = {} if audience is Audience.TEAM else {label: code for code, label in base.labels.items()}
    quotations = {
        f"V{row}": (q.extract.interview, q.extract.start, q.extract.end, q.grid, q.code)
        for row, q in enumerate(leads.quoted, start=1)
    }
    return Departure(audience.value, columns, shown, raw, labels, quotations)


def _edited(table: Table) -> dict[str, dict[str, str]]:
    """By key and title; rows of quotations of which nobody said anything are left out: they say nothing."""
    columns = [(place, column.title) for place, column in enumerate(table.columns) if column.edited]
    rows = {
        key: {title: str(row[place]) for place, title in columns}
        for key, row in zip(table.keys, table.rows, strict=True)
    }
    if table.name != QUOTATIONS:
        return rows
    return {key: cells for key, cells in rows.items() if any(cells.values())}
