"""Where a coder's row stands in a text: by turn, by positions or by the words quoted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from enquete.coding.tables import CodingRow
from enquete.model import Span, Turn
from enquete.offsets import Mapping


@dataclass(frozen=True, slots=True)
class Placed:
    """span: in the text, without spaces around. turn: index of the (first) turn, from 0."""

    span: Span
    turn: int


@dataclass(frozen=True, slots=True)
class Unplaced:
    """reason: a French sentence, turns counted from 1."""

    reason: str


def place(row: CodingRow, text: str, turns: Sequence[Turn], mapping: Mapping | None = None) -> Placed | Unplaced:
    """Where the row stands in `text`.

    mapping: from the text that the row's positions count in to `text` (the raw file's, or an older revision's);
    None when they are the same.
    """
    raise NotImplementedError
