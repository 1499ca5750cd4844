"""What a synthesis is made from: a study's people, interviews and codings, pseudonymised. Frozen.

Codes of participants (« P001 ») and of interviews (« E001 ») are keys here: none of them reaches an output.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from typing import Protocol

from enquete.findings.analysis import Analysis
from enquete.findings.written.pieces import Piece
from enquete.findings.written.types import Remark
from enquete.model import ConsentKind, ConsentState, InterviewKind, LossReason, RespondentType


class Flag(StrEnum):
    """What a coder said of a quotation. No flag: nobody has judged it."""

    CITE = "cite"
    PARAPHRASE = "paraphrase"
    NEVER = "never"


class Code(Protocol):
    """What a synthesis needs of a code: `enquete.codebook.Code` has it."""

    @property
    def id(self) -> str: ...
    @property
    def label(self) -> str: ...
    @property
    def definition(self) -> str: ...
    @property
    def include(self) -> str: ...
    @property
    def exclude(self) -> str: ...
    @property
    def parent(self) -> str | None: ...


@dataclass(frozen=True, slots=True)
class Grid:
    """A codebook as it was used. codes: in the codebook's order, a parent anywhere; digest: hash of its content."""

    id: str
    title: str
    version: str
    digest: str
    codes: Sequence[Code]


@dataclass(frozen=True, slots=True)
class Person:
    """Someone met or to be met. Each mapping is by wave; a wave in `attributes` or `consent` without an interview
    is a meeting planned or refused.
    """

    code: str
    type: RespondentType
    attributes: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    consent: Mapping[str, Mapping[ConsentKind, ConsentState]] = field(default_factory=dict)
    recruited_by: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Question:
    """An open question. key: « rsa-v1/dire »; label: as people read it."""

    key: str
    label: str


@dataclass(frozen=True, slots=True)
class InterviewFacts:
    """One text of one meeting, or one answer to an open question (its key); none for an interview.

    participants: codes of people. words: of the participants' turns. coders: who coded it; empty: nobody yet.
    grids: the codebooks its coders worked with; None when that is not recorded: they are deduced from its passages.
    """

    code: str
    wave: str
    kind: InterviewKind
    date: date | None
    participants: tuple[str, ...]
    turns: int
    words: int
    coders: tuple[str, ...] = ()
    grids: tuple[str, ...] | None = None
    question: str = ""


@dataclass(frozen=True, slots=True)
class Passage:
    """A human coding: text[start:end] of an interview under one code, or several coders' same passage.

    participant: None when the interview has several and the speaker is not linked to one of them.
    start, end: code points in the interview's current revision. turn: index from 0. text: the words, pseudonymised.
    codebook: id of a `Grid` of the material; code: id of a code in it. signed: a named person let these words out.
    coders: who read these words so; none when somebody who settled a disagreement did. upheld: they disagree for good.
    """

    interview: str
    wave: str
    participant: str | None
    start: int
    end: int
    code: str
    codebook: str
    coders: tuple[str, ...]
    text: str
    turn: int
    memo: str = ""
    flag: Flag | None = None
    signed: bool = False
    upheld: bool = False


@dataclass(frozen=True, slots=True)
class AgreedCode:
    """Agreement on one code between coders who read the same interviews. units: turns that they all read; positive:
    those that at least one gave the code.

    alpha: Krippendorff's, nominal, on turns; None where it can't be computed, and why says so in French.
    """

    codebook: str
    code: str
    coders: int
    interviews: int
    units: int
    positive: int
    overlap: float | None
    alpha: float | None
    why: str = ""


@dataclass(frozen=True, slots=True)
class Speech:
    """One turn of somebody interviewed. participant: None when it is not known whose. start: code points.

    masked: (start, end) in this text of what replaces names.
    """

    interview: str
    wave: str
    participant: str | None
    turn: int
    start: int
    text: str
    masked: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Material:
    """Everything a synthesis is made from. Answers to open questions stand apart from interviews: they are other words,
    of other people sometimes, and nothing is counted over both.

    waves: code -> label, in order. threshold: people under which a crossing says « quelques ».
    shared_by: people who must share what is shown beside a quotation in diffusion. unmarked_shown: whether the project
    group reads quotations that no coder has flagged.
    attributes_shown: at most two, broad, beside a quotation; raises ValueError beyond.
    attribute_labels: name -> label on screen (« tranche_age » -> « Tranche d'âge »); the name itself by default.
    made_on: the day that the data stand for; None when there is none to tell.
    secret: bytes of the study's own, which order the labels of people.
    suggestions: how many wait for a human; masked: passages replaced in the texts; doubts: those left readable that
    nobody has looked at yet; None when not known.
    settled, upheld: disagreements between coders that somebody settled, and those of them where both readings stay.
    proposed: codings under codes that coders proposed and nobody adopted; unsettled: those made in interviews that were
    settled before. They are no passages.
    answers, answer_passages: texts that answer open questions, and their codings. responded: (person, wave) of the
    questionnaires filled in, open questions or not.
    analysis: what was asked for; the rest holds nothing else. pieces, remarks: what people wrote. agreed: agreement
    between coders, code by code. lost: (person, wave) -> why they were not met. speech: what people who were
    interviewed said, turn by turn, in the order of the texts. left_out: what the analysis leaves aside, in French.
    said_hash: of the data without what people write of them, which changes nobody's label.
    labels: participant -> « Personne 12 », of the whole study, so that an analysis names people as the others do.
    beside: titles of what else the public may read of this study, made of another selection.
    """

    title: str
    waves: Mapping[str, str]
    people: tuple[Person, ...]
    interviews: tuple[InterviewFacts, ...]
    passages: tuple[Passage, ...]
    codebooks: tuple[Grid, ...]
    made_on: date | None
    version: str
    database_hash: str
    secret: bytes
    said_hash: str = ""
    threshold: int = 5
    shared_by: int = 5
    unmarked_shown: bool = True
    attributes_shown: tuple[str, ...] = ()
    attribute_labels: Mapping[str, str] = field(default_factory=dict)
    suggestions: int | None = None
    masked: int | None = None
    doubts: int | None = None
    coded_between: tuple[date, date] | None = None
    settled: int = 0
    upheld: int = 0
    proposed: int = 0
    unsettled: int = 0
    questions: tuple[Question, ...] = ()
    answers: tuple[InterviewFacts, ...] = ()
    answer_passages: tuple[Passage, ...] = ()
    responded: frozenset[tuple[str, str]] = frozenset()
    analysis: Analysis = field(default_factory=Analysis)
    pieces: tuple[Piece, ...] = ()
    remarks: tuple[Remark, ...] = ()
    agreed: tuple[AgreedCode, ...] = ()
    lost: Mapping[tuple[str, str], LossReason] = field(default_factory=dict)
    left_out: tuple[str, ...] = ()
    labels: Mapping[str, str] = field(default_factory=dict)
    speech: tuple[Speech, ...] = ()
    beside: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if len(self.attributes_shown) > 2:
            raise ValueError("at most two attributes beside a quotation")

    @property
    def heading(self) -> str:
        """What documents are called."""
        return f"{self.analysis.title or 'Synthèse'} – {self.title}"

    @property
    def only_answers(self) -> bool:
        """Whether nobody was interviewed."""
        return bool(self.answers) and not self.interviews

    def everything(self) -> Material:
        """Interviews and answers as texts alike: for what is read, not for what is counted."""
        return replace(self, interviews=self.interviews + self.answers, passages=self.passages + self.answer_passages)

    def answering(self, question: str | None = None) -> Material:
        """The answers alone, in the place of the interviews. question: key of the only one to look at."""
        texts = tuple(one for one in self.answers if question in (None, one.question))
        codes = {one.code for one in texts}
        passages = tuple(passage for passage in self.answer_passages if passage.interview in codes)
        return replace(self, interviews=texts, passages=passages)
