"""What commands give back to the command line."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(slots=True)
class Result:
    """lines: for a person; rows: for a program (--json); problems: files or rows left out, each with its reason."""

    lines: list[str] = field(default_factory=list)
    rows: list[Mapping[str, object]] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
