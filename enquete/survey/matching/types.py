"""What a file of answers says, in the words of a questionnaire."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from enquete.model import Measure, MissingKind
from enquete.survey.questionnaire.types import Choice, Question, QuestionKind, Questionnaire
from enquete.tables import Remark

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from enquete.survey.matching.mapping import Mapping as MappingFile


@dataclass(frozen=True, slots=True)
class Missing:
    """An answer that is none. code: as the file writes it (« 99 », « .a »), or the name of the choice."""

    kind: MissingKind
    code: str


Cell = str | int | float | tuple[str, ...] | Missing
"""An answer: name of a choice, ISO date or time, words; a number; names of choices, in order; or why there is none.

No choice at all is an answer too, where the file says « no » to each of them: an empty tuple.
"""


@dataclass(frozen=True, slots=True)
class MissingCode:
    """What a file declares missing. low, high: both ends included, equal for a single value.

    Texts and tags (« .a ») only as single ones.
    """

    low: float | str
    high: float | str
    label: str
    kind: MissingKind


@dataclass(frozen=True, slots=True)
class Variable:
    """A question as it was answered in one file. columns: headers that it was read from. format: the program's own.

    missing: what the file declared, beyond the choices that mean « no answer ». Kept whole, to be written again.
    """

    question: str
    kind: QuestionKind
    label: str
    measure: Measure
    choices: tuple[Choice, ...] = ()
    missing: tuple[MissingCode, ...] = ()
    columns: tuple[str, ...] = ()
    format: str = ""
    weight: bool = False


@dataclass(frozen=True, slots=True)
class Answered:
    """A column of answers. cells: the distinct ones; codes: for each row the place of its answer, -1 for none."""

    variable: Variable
    cells: tuple[Cell, ...]
    codes: NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class Words:
    """What is not stored as it stands, row by row, "" for none: open answers (by question), what identifies people."""

    name: str
    texts: Sequence[str]


@dataclass(frozen=True, slots=True)
class Answers:
    """One table in one wave: the main one, or that of a repeat (part: the repeat's path, « foyer/enfants »).

    numbers: of the rows, as their author sees them. keys: the participant's code as written, "" for none (then no row
    has one, or the row was refused). parents: place of each row's parent in the main table of the wave, or in
    that of the part around this one; empty for the main table. submissions: the collecting program's own id of each
    row, "" for none. days: on which each was answered, None where the file doesn't say.
    identity, contact: columns for the vault. texts: open answers, by name of question.
    """

    wave: str
    part: str
    numbers: Sequence[int]
    keys: Sequence[str]
    parents: Sequence[int]
    submissions: Sequence[str]
    days: Sequence[datetime.date | None]
    answered: tuple[Answered, ...]
    texts: tuple[Words, ...] = ()
    identity: tuple[Words, ...] = ()
    contact: tuple[Words, ...] = ()

    @property
    def keyed(self) -> bool:
        return any(self.keys)


class Use(StrEnum):
    """What becomes of a column."""

    ANSWERS = "answers"
    KEY = "key"
    WAVE = "wave"
    DAY = "day"
    IDENTITY = "identity"
    CONTACT = "contact"
    LEFT = "left"  # known, and not imported: what the collecting program writes for itself, what the mapping leaves out
    UNKNOWN = "unknown"  # no question asks it
    DOUBTFUL = "doubtful"  # the mapping file must say


@dataclass(frozen=True, slots=True)
class ColumnReport:
    """One line of « --essai ». question: the one that it answers, or that it would; None for a column of none.

    valid: rows that hold an answer; missing: rows by kind of missing, blank cells under None. unknown: values that the
    question does not know, with their rows. examples: a few values, as the file writes them: names may stand in those
    of text, so pseudonymise them before they are shown. note: why it is not imported, or what to know. vault: only the
    vault may hold its values, show none.
    table: that it stands in. item: the choice, or the place of a rank, that it is the column of. candidates: where it
    could go, as the mapping file writes it, when it is doubtful. settle: keys of the mapping file that would settle
    how its values read (« dates », « decimale », « reponses », « valeurs »).
    """

    column: str
    question: Question | None
    valid: int
    missing: Mapping[MissingKind | None, int] = field(default_factory=dict)
    unknown: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    examples: tuple[str, ...] = ()
    note: str = ""
    vault: bool = False
    use: Use = Use.ANSWERS
    table: str = ""
    item: str = ""
    candidates: tuple[str, ...] = ()
    settle: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class MatchReport:
    """tables: by wave, in the order of the study; in each the main one first, then each part after the one around it.
    columns: every column of the sheets that are read, in their order. unanswered: questions that no column
    answers. remarks: rows refused (ERROR: in no table), and what to know. faults: what the mapping file must settle
    before anything may be imported, French sentences with the column, the values as written (a shifted row may put a
    name among them: mask before showing) and the remedy; empty when all is clear. mapping: what was settled already.
    """

    questionnaire: Questionnaire
    tables: tuple[Answers, ...]
    columns: tuple[ColumnReport, ...]
    unanswered: tuple[Question, ...]
    remarks: tuple[Remark, ...]
    faults: tuple[str, ...]
    mapping: MappingFile | None = None
