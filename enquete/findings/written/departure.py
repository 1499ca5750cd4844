"""What a workbook said when it left."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields

Cells = Mapping[str, Mapping[str, Mapping[str, str]]]
"""sheet -> key of a row -> title of a column -> what the cell says."""

MARK = "Repère de retour"  # begins the line of « Méthode » that bears it
_LENGTH = 16  # hexadecimal figures


@dataclass(frozen=True, slots=True)
class Departure:
    """columns: titles of the edited columns of each sheet. shown: their cells as the workbook says them; raw: as the
    study does (codes of people, dates). labels: what they stand for. quotations: number of a row of « Verbatims » ->
    (interview, start, end, codebook, code).
    """

    audience: str
    columns: Mapping[str, Sequence[str]] = field(default_factory=dict)
    shown: Cells = field(default_factory=dict)
    raw: Cells = field(default_factory=dict)
    labels: Mapping[str, str] = field(default_factory=dict)
    quotations: Mapping[str, Sequence[str | int]] = field(default_factory=dict)

    def to_json(self) -> str:
        """The same text for the same departure."""
        parts = {one.name: getattr(self, one.name) for one in fields(self)}
        return json.dumps(parts, ensure_ascii=False, sort_keys=True, separators=(",", ":"))

    @property
    def mark(self) -> str:
        """What the workbook bears."""
        return hashlib.sha256(self.to_json().encode()).hexdigest()[:_LENGTH]
