"""One piece of writing, with what its fields say."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from enquete.findings.written.fields import FIELDS
from enquete.findings.written.types import Evidence, PieceKind


@dataclass(frozen=True, slots=True)
class Piece:
    """One piece of writing as it stands. fields: by name, those that somebody filled in.

    left_out: how many quotations chosen for it are of words that an analysis does not keep.
    """

    code: str
    kind: PieceKind
    fields: Mapping[str, str] = field(default_factory=dict)
    evidence: tuple[Evidence, ...] = ()
    left_out: int = 0

    def get(self, name: str) -> str:
        """What a field says, else the first of its choices, else nothing."""
        value = self.fields.get(name, "")
        if value or self.kind is PieceKind.CASE:
            return value
        known = next((one for one in FIELDS[self.kind] if one.name == name), None)
        return known.choices[0] if known and known.choices else ""

    def listed(self, name: str) -> tuple[str, ...]:
        """The items of a field that is a list."""
        return tuple(part for part in (one.strip() for one in self.get(name).split(",")) if part)
