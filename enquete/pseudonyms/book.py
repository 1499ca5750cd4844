"""Placeholder until the book is written below."""

from __future__ import annotations

from typing import NamedTuple

from enquete.model import IdentifierType


class KnownName(NamedTuple):
    """A form seen in a text of the study, and what it names."""

    form: str
    type: IdentifierType
