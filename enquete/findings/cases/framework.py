"""The framework matrix that people fill in: a row a case, a column a theme, and the passages that each cell sums up.

Ritchie, J. & Spencer, L. (1994), « Qualitative data analysis for applied policy research », in Bryman & Burgess (eds),
Analyzing Qualitative Data, Routledge.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from enquete.findings.cases.grid import Theme
from enquete.findings.counting import Base, Extract, merge
from enquete.findings.written.pieces import Piece
from enquete.findings.written.types import PieceKind

NOT_QUOTED = "[ne veut pas être cité(e) : à lire dans l'entretien]"

Place = tuple[str, str]  # code of the person, field of the theme: « P003 », « rsa:R02 »


class State(StrEnum):
    """Where a summary stands. The values are what is shown."""

    EMPTY = "à écrire"
    NOTHING = "aucun passage"
    WRITTEN = "écrit"
    CHANGED = "passages changés depuis"


@dataclass(frozen=True, slots=True)
class Said:
    """A passage of a person under a theme, overlapping ones made one. turn: from 1. codes: all those of the theme."""

    extract: Extract
    turn: int
    codes: tuple[str, ...]


@dataclass(frozen=True)
class Framework:
    """people: in the order of rows. written: what was summed up. bases: from what, "" where that is not known."""

    people: Sequence[str]
    themes: Sequence[Theme]
    said: Mapping[Place, Sequence[Said]]
    written: Mapping[Place, str] = field(default_factory=dict)
    bases: Mapping[Place, str] = field(default_factory=dict)

    def state(self, place: Place) -> State:
        """Of a cell."""
        if not self.written.get(place):
            return State.EMPTY if self.said.get(place) else State.NOTHING
        known = self.bases.get(place, "")
        return State.CHANGED if known and known != self.basis(place) else State.WRITTEN

    def basis(self, place: Place) -> str:
        """A fingerprint of where the passages of a cell stand and how long they are, none of their words."""
        lines = sorted(f"{one.extract.interview} {one.turn} {one.extract.words}" for one in self.said.get(place, ()))
        return hashlib.sha256("\n".join(lines).encode()).hexdigest()[:16]


def framework(
    base: Base, people: Sequence[str], themes: Sequence[Theme], pieces: Sequence[Piece], bases: Mapping[Place, str]
) -> Framework:
    """What stands in the grid of these people under these themes."""
    wanted, fields = set(people), {theme.field for theme in themes}
    written = {
        (piece.code, name): text
        for piece in pieces
        if piece.kind is PieceKind.CASE and piece.code in wanted
        for name, text in piece.fields.items()
        if name in fields
    }
    said: dict[Place, list[Said]] = {}
    for theme in themes:
        for one in _under(base, theme):
            if one.extract.participant in wanted:
                said.setdefault((one.extract.participant or "", theme.field), []).append(one)
    return Framework(people, themes, said, written, bases)


def _under(base: Base, theme: Theme) -> list[Said]:
    """In the order of the waves, then of the texts."""
    grid = next((one for one in base.material.codebooks if one.id == theme.grid), None)
    if grid is None:
        return []
    passages = base.under(grid, theme.family)
    turns = {(one.interview, one.participant, one.start): one.turn + 1 for one in passages}
    codes: dict[str, list[tuple[int, int, str]]] = {}
    for one in passages:
        codes.setdefault(one.interview, []).append((one.start, one.end, one.code))
    found = [
        Said(
            extract,
            turns[extract.interview, extract.participant, extract.start],
            tuple(
                sorted({c for start, end, c in codes[extract.interview] if start < extract.end and extract.start < end})
            ),
        )
        for extract in merge(passages)
    ]
    order = {wave: place for place, wave in enumerate(base.waves)}
    return sorted(found, key=lambda one: (order[one.extract.wave], one.extract.interview, one.extract.start))
