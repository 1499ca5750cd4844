"""Codings as coders hand them in: the filled working copy, tables of their own, JSON lines."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from enquete.findings.material import Flag
from enquete.model import Span
from enquete.tables import Remark


class Verdict(StrEnum):
    """What a row decides."""

    CODED = "coded"  # a coding of the coder's own
    READ = "read"  # the turn was read and bears no code
    ACCEPTED = "accepted"  # a suggestion taken over, perhaps with other codes added
    REFUSED = "refused"  # a suggestion refused: no codes
    CHANGED = "changed"  # a suggestion replaced by other codes


class Positions(StrEnum):
    """Which text positions count in: the file as imported, or the study's own text."""

    RAW = "raw"
    TEXT = "text"


@dataclass(frozen=True, slots=True)
class CodingRow:
    """One row. Either `interview`, or `participant` and perhaps `wave`, says where it belongs.

    interview: code (« E001 ») or file name, perhaps without extension. turn: index from 0.
    span: as written, in the text that `positions` says. revision: the one that the positions count in, when named.
    quote: words to look for. suggestion: id of the one judged; empty for CODED and READ.
    """

    row: int
    interview: str
    participant: str
    wave: str
    turn: int | None
    span: Span | None
    positions: Positions
    revision: str
    quote: str
    codes: tuple[str, ...]
    memo: str
    flag: Flag | None
    suggestion: str
    verdict: Verdict


def read_codings(path: Path) -> tuple[list[CodingRow], list[Remark]]:
    """The rows that could be read, and remarks on the others; undecided suggestions are counted in one remark.

    Raises EnqueteError: as `read_table`, TABLE_NO_COLUMN, and CODINGS_ARE_SUGGESTIONS for what no human has judged.
    """
    raise NotImplementedError
