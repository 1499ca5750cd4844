"""The participants file: who was met in which wave, with which files and which consents."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from enquete.model import ConsentKind, ConsentState, InterviewKind, RespondentType
from enquete.tables import Remark


@dataclass(frozen=True, slots=True)
class ParticipantRow:
    """A person in a wave, with the files of one meeting or of all of them.

    participant: code as written; the same spelling in all the rows of one person. wave: code of a wave of the study.
    files: as written, perhaps without extension or in another case: see `same_file`; empty: not met.
    kind: None when the file doesn't say. consents: what is known only.
    attributes: the other columns that hold something, header as written. identity: for the vault only.
    Rows of the same person and wave differ by files and date only.
    """

    row: int
    participant: str
    wave: str
    files: tuple[str, ...]
    type: RespondentType
    kind: InterviewKind | None
    date: datetime.date | None
    recruited_by: str
    consents: Mapping[ConsentKind, ConsentState]
    attributes: Mapping[str, str]
    identity: Mapping[str, str]


def read_participants(
    path: Path, waves: Sequence[str], labels: Sequence[str] = (), default_wave: str | None = None
) -> tuple[list[ParticipantRow], list[Remark]]:
    """The rows that could be read, and remarks on the others. A row with an ERROR remark is not among the rows.

    waves: codes of the study's waves, in order; labels: their titles, also accepted in the file.
    default_wave: that of every row when the file has no wave column.
    Raises EnqueteError: as `read_table`, and TABLE_NO_COLUMN without a column of codes or of waves.
    """
    raise NotImplementedError


def participant_key(code: str) -> str:
    """Equal for « P1 », « p01 » and « P-001 »."""
    raise NotImplementedError


def same_file(written: str, name: str) -> bool:
    """Whether a file name as written in a table names this file: case, folder and missing extension are ignored."""
    raise NotImplementedError
