"""What a questionnaire is made of."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from enquete.model import Measure, MissingKind


class QuestionKind(StrEnum):
    """What an answer is made of; OTHER receives none that the study keeps (notes, places, pictures, calculations)."""

    ONE = "select_one"
    MANY = "select_multiple"
    RANK = "rank"
    INTEGER = "integer"
    DECIMAL = "decimal"
    TEXT = "text"
    DATE = "date"
    TIME = "time"
    DATETIME = "datetime"
    OTHER = "other"


class Usage(StrEnum):
    """What a question is for, beyond being asked: column « usage » of the survey sheet. The values are its words."""

    KEY = "clé"  # the participant's code
    IDENTITY = "identité"  # names, birth dates: for the vault only
    CONTACT = "contact"  # telephone, e-mail, address: for the vault only
    DAY = "jour"  # the day on which the questionnaire was answered
    ATTRIBUTE = "attribut"  # also an attribute of the person in the wave
    WEIGHT = "poids"  # sampling weight of the person


@dataclass(frozen=True, slots=True)
class Choice:
    """missing: what choosing it means when it is no answer (column « manque » of the choices sheet)."""

    name: str
    label: str
    missing: MissingKind | None = None


@dataclass(frozen=True, slots=True)
class Question:
    """One question. name: unique in the questionnaire; where two groups have a question of one name, its groups stand
    before it (« foyer/age »). type: as the XLSForm writes it.

    path: names of the groups around it, outermost first. repeat: path of the repeat that it is in (« foyer/enfants »),
    empty outside of any. other: « or_other », whose words stand in a question of their own, « <name>_other ».
    usage: several words may stand together. situation: what of the person's situation it tells, for the line of life
    (column « situation »: logement, ressources, heures, sanctions, équipement, démarches…). line: of its source.
    """

    name: str
    kind: QuestionKind
    type: str
    label: str
    hint: str = ""
    choices: tuple[Choice, ...] = ()
    path: tuple[str, ...] = ()
    repeat: str = ""
    other: bool = False
    usage: frozenset[Usage] = frozenset()
    measure: Measure = Measure.NOMINAL
    situation: str = ""
    required: bool = False
    relevant: str = ""
    line: int = 0

    @property
    def open(self) -> bool:
        """Whether its answers are texts that can be coded."""
        return self.kind is QuestionKind.TEXT and not self.usage - {Usage.WEIGHT}


@dataclass(frozen=True, slots=True)
class Questionnaire:
    """name: of its file, without extension. source: the file's name, with it.

    waves: codes of the waves that it was made for, from its settings (column « vague »); empty: any. questions: those
    that can be answered, in order. sheets: « survey », « choices », « settings » and others as rows of text by header,
    nothing left out.
    """

    name: str
    title: str
    questions: tuple[Question, ...]
    source: str
    version: str = ""
    waves: tuple[str, ...] = ()
    language: str = ""
    sheets: Mapping[str, tuple[Mapping[str, str], ...]] = field(default_factory=dict)

    def question(self, name: str) -> Question | None:
        return next((question for question in self.questions if question.name == name), None)
