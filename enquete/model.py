"""The core types, frozen. Imports nothing of ours.

Positions are 0-based Unicode code points, half-open. Times are seconds from the start of the recording.
The value of each enumeration is what the database and machine-readable files hold; French labels for
screens and documents come from `enquete.wording`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Role(StrEnum):
    """What a speaker does in an interview."""

    INTERVIEWER = "interviewer"
    PARTICIPANT = "participant"
    OTHER = "other"  # an interpreter, a relative who is not interviewed
    UNKNOWN = "unknown"


class RespondentType(StrEnum):
    """Never mixed in counts unless an analysis asks for it."""

    CONCERNED = "concerned"
    HELPER = "helper"
    PROFESSIONAL = "professional"
    EVERYONE = "everyone"  # nobody's: what all are counted as together


class InterviewKind(StrEnum):
    """Where a text comes from. Notes hold what the interviewer wrote down, not the person's own words."""

    RECORDED = "recorded"
    NOTES = "notes"
    ANSWER = "answer"  # the words of one person to one open question


class MissingKind(StrEnum):
    """Why a closed question has no answer: never mixed with each other, nor with zero. A blank cell is no kind."""

    DONT_KNOW = "dont_know"
    REFUSED = "refused"
    NOT_APPLICABLE = "not_applicable"
    NOT_ASKED = "not_asked"
    OTHER = "other"


class Measure(StrEnum):
    """Level of measurement of a question (Stevens 1946), as SPSS names it."""

    NOMINAL = "nominal"
    ORDINAL = "ordinal"
    SCALE = "scale"


class ConsentKind(StrEnum):
    """What a person agrees to, each on its own, wave by wave."""

    PARTICIPATION = "participation"
    RECORDING = "recording"
    QUOTATION = "quotation"
    RECONTACT = "recontact"
    ARCHIVE = "archive"


class ConsentState(StrEnum):
    """No row in the database means that nothing is known."""

    GIVEN = "given"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


class Channel(StrEnum):
    """How somebody is tried, to be met again."""

    CALL = "call"
    TEXT = "text"
    MAIL = "mail"  # electronic
    LETTER = "letter"
    RELAY = "relay"  # an association that knows the person
    VISIT = "visit"
    OTHER = "other"


class Outcome(StrEnum):
    """What came of trying."""

    NO_ANSWER = "no answer"
    MESSAGE_LEFT = "message left"
    WRONG_NUMBER = "wrong number"
    APPOINTMENT = "appointment"
    POSTPONED = "postponed"
    REFUSED = "refused"
    RELAYED = "relayed"


class LossReason(StrEnum):
    """Why somebody is not met in a wave."""

    MOVED = "moved"
    REFUSED = "refused"
    NOT_REACHED = "not reached"
    WITHDRAWN = "withdrawn"
    DIED = "died"
    UNKNOWN = "unknown"


class Audience(StrEnum):
    """Who may read an output: decides what it may show."""

    TEAM = "équipe"
    PROJECT_GROUP = "groupe-projet"
    PUBLIC = "diffusion"


class IdentifierType(StrEnum):
    """What a masked passage was."""

    PERSON = "PERSONNE"
    PLACE = "LIEU"
    ORGANISATION = "ORGANISATION"
    BIRTH_DATE = "DATE_NAISSANCE"
    AGE = "AGE"
    PHONE = "TELEPHONE"
    EMAIL = "COURRIEL"
    HANDLE = "COMPTE"
    URL = "URL"
    NIR = "NIR"
    IBAN = "IBAN"
    CAF_NUMBER = "NUMERO_CAF"
    DOCUMENT = "NUMERO_DOCUMENT"
    PLATE = "PLAQUE"


# What attributes say by right (communes, ages, kinds of work); who a person is stands in none.
QUASI_IDENTIFIERS = frozenset(
    {IdentifierType.PLACE, IdentifierType.ORGANISATION, IdentifierType.AGE, IdentifierType.BIRTH_DATE}
)


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """text[start:end], in code points."""

    start: int
    end: int

    def __len__(self) -> int:
        return self.end - self.start

    def overlaps(self, other: Span) -> bool:
        return self.start < other.end and other.start < self.end

    def of(self, text: str) -> str:
        return text[self.start : self.end]


@dataclass(frozen=True, slots=True)
class Speaker:
    """One voice of a transcript. Labels identify people: they are for the vault and the screen only.

    labels: every spelling found, the most frequent first; empty when the text names no speaker.
    """

    labels: tuple[str, ...]
    role: Role


@dataclass(frozen=True, slots=True)
class RawTurn:
    """What one speaker says at a stretch, as pieces of the raw text.

    label: where the speaker's label stands, without brackets, colon or time; None when not written there.
    speech: the pieces that are speech, in order, disjoint, never empty of letters; labels, times, cue numbers
    and markup left out; stage notes such as « (rires) » included.
    speaker: index into Transcript.speakers.
    begin, end: seconds, None when the file gives none.
    """

    speaker: int
    speech: tuple[Span, ...]
    label: Span | None = None
    begin: float | None = None
    end: float | None = None


@dataclass(frozen=True, slots=True)
class Transcript:
    """What a reader makes of one file.

    text: the decoded file as it stands (.txt, .md, .srt, .vtt: CRLF counts two), else the extracted text.
    turns: in the order of the text.
    front: spans of what precedes or surrounds the turns and is no speech (title, metadata block).
    metadata: the metadata block by its own labels (« Enquêteur », « Date », « Lieu »): identifies people.
    properties: document properties (author, last editor, title): identify people.
    warnings: French sentences for the screen; speakers named by number, never by label.
    """

    text: str
    turns: tuple[RawTurn, ...]
    speakers: tuple[Speaker, ...]
    front: tuple[Span, ...] = ()
    metadata: Mapping[str, str] = field(default_factory=dict)
    properties: Mapping[str, str] = field(default_factory=dict)
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Turn:
    """A turn of a canonical or stored text. speaker: index of the speaker within the interview, from 0."""

    start: int
    end: int
    speaker: int
    role: Role
    begin: float | None = None  # seconds
    finish: float | None = None  # seconds


@dataclass(frozen=True, slots=True)
class Mention:
    """A passage that identifies someone. why: the rule and the context that found it, in French, without the name."""

    start: int
    end: int
    type: IdentifierType
    score: float
    why: str


@dataclass(frozen=True, slots=True)
class Doubt:
    """A passage left readable that a reviewer should look at. why: as in Mention.

    risk: 0 to 1, how likely it is to name somebody.
    """

    start: int
    end: int
    why: str
    risk: float = 0.5


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A passage and a code proposed by a rule: never a finding. origin: « indice : … », the cue that matched."""

    start: int
    end: int
    turn: int  # index of the turn, from 0
    code: str
    score: float  # 0 to 1
    origin: str
