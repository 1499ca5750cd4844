"""The mapping file: what a person settles between a file of answers and a questionnaire.

Every key may be left out; what is certain needs no mention. Texts are compared as written, then without case, accents
and punctuation.

    cle = "Code"                    # column of the participants' codes
    vague = "Passage"               # column of the waves
    jour = "Date"                   # column of the day of the answers
    dates = "jour-mois"             # order of dates in figures: jour-mois or mois-jour
    decimale = "virgule"            # decimal mark: virgule or point
    reponses = "codes"              # where codes and labels collide, what answers are written as: codes, libelles
    vides = ["n/a", "-"]            # cells to be read as blank
    manquants = {"99" = "refus"}    # answers that are none, everywhere, and their kind
    ignorer = ["Remarques"]         # columns left out
    identite = ["Nom"]              # columns for the vault: names, birth dates
    contact = ["Tél"]               # columns for the vault: telephone, address

    [colonnes]                      # column = question, question/choice, or question/place of a rank
    "Âge ?" = "age"
    "Aides : colis" = "aides/colis"

    [questions.logement]            # for one question: dates, decimale, reponses, vides, manquants, and
    autre = true                    # words outside the list are those of « autre »
    [questions.logement.valeurs]    # value of the file = choice, or list of choices
    "Chez un ami" = "heberge"

    [feuilles.enfants]              # a linked sheet or table; cle, ignorer, identite, contact and colonnes too
    partie = "foyer/enfants"        # the repeat that it holds
    lien = "n° foyer"               # its column that says whose row it is
    vers = "n°"                     # the column of the sheet above where that stands
    [feuilles.enfants.colonnes]
    "Prénom de l'enfant" = "prenom"

A sheet left out: [feuilles.notice] with ignorer_feuille = true. Kinds: « ne sait pas », « refus », « sans objet »,
« non posée », « autre ».
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping as MappingOf
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, StrictBool, ValidationError

from enquete.errors import EnqueteError, Problem
from enquete.model import MissingKind
from enquete.readers.encoding import file_bytes
from enquete.survey.questionnaire.columns import read_missing
from enquete.tables import folded
from enquete.toml_lines import KeyPath, faults_by_line, key_lines, syntax_line


def _kind(value: object) -> object:
    if isinstance(value, str) and (kind := read_missing(value)):
        return kind
    raise ValueError("« ne sait pas », « refus », « sans objet », « non posée » ou « autre » est attendu.")


def _word(value: object) -> object:
    return folded(value).replace(" ", "-") if isinstance(value, str) else value


_Order = Annotated[Literal["jour-mois", "mois-jour"], BeforeValidator(_word)]
_Mark = Annotated[Literal["virgule", "point"], BeforeValidator(_word)]
_Written = Annotated[Literal["codes", "libelles"], BeforeValidator(_word)]
_Kind = Annotated[MissingKind, BeforeValidator(_kind)]
_Texts = tuple[str, ...]


def _names(value: str | _Texts) -> _Texts:
    return (value,) if isinstance(value, str) else value


class _Section(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class ReadingRules(_Section):
    """How values are read, in the whole file or for one question."""

    dates: _Order | None = None
    decimal: _Mark | None = Field(default=None, alias="decimale")
    written_as: _Written | None = Field(default=None, alias="reponses")
    blanks: _Texts = Field(default=(), alias="vides")
    missing: dict[str, _Kind] = Field(default={}, alias="manquants")


class QuestionRules(ReadingRules):
    """[questions.NAME]. values: choices that each value means. other: whether any other value is words of « autre »."""

    values: dict[str, Annotated[str | _Texts, AfterValidator(_names)]] = Field(default={}, alias="valeurs")
    other: StrictBool = Field(default=False, alias="autre")


class SheetRules(_Section):
    """[feuilles.NAME]. part: path of the repeat that it holds. link, parent: columns that tie it to the one above."""

    key: str | None = Field(default=None, alias="cle")
    columns: dict[str, str] = Field(default={}, alias="colonnes")
    ignored: _Texts = Field(default=(), alias="ignorer")
    identity: _Texts = Field(default=(), alias="identite")
    contact: _Texts = ()
    part: str = Field(default="", alias="partie")
    link: str = Field(default="", alias="lien")
    parent: str = Field(default="", alias="vers")
    left_out: StrictBool = Field(default=False, alias="ignorer_feuille")


class _File(ReadingRules):
    """The whole file. Keys of the main table stand at its top."""

    key: str | None = Field(default=None, alias="cle")
    wave: str | None = Field(default=None, alias="vague")
    day: str | None = Field(default=None, alias="jour")
    columns: dict[str, str] = Field(default={}, alias="colonnes")
    ignored: _Texts = Field(default=(), alias="ignorer")
    identity: _Texts = Field(default=(), alias="identite")
    contact: _Texts = ()
    questions: dict[str, QuestionRules] = {}
    sheets: dict[str, SheetRules] = Field(default={}, alias="feuilles")


@dataclass(frozen=True, slots=True)
class Mapping:
    """What the file says, and on which line. source: its name."""

    rules: _File
    source: str = ""
    lines: MappingOf[KeyPath, int] | None = None
    _made: dict[str, QuestionRules] = field(default_factory=dict, repr=False, compare=False)

    @property
    def main(self) -> SheetRules:
        """The rules of the main table, as those of any other."""
        rules = self.rules
        return SheetRules(
            cle=rules.key, colonnes=rules.columns, ignorer=rules.ignored, identite=rules.identity, contact=rules.contact
        )

    def question(self, name: str) -> QuestionRules:
        """The rules of one question, those of the file where it has none of its own."""
        if name not in self._made:
            self._made[name] = self._rules_of(name)
        return self._made[name]

    def _rules_of(self, name: str) -> QuestionRules:
        rules, own = self.rules, self.rules.questions.get(name, QuestionRules())
        return own.model_copy(
            update={
                "dates": own.dates or rules.dates,
                "decimal": own.decimal or rules.decimal,
                "written_as": own.written_as or rules.written_as,
                "blanks": (*own.blanks, *rules.blanks),
                "missing": {**rules.missing, **own.missing},
            }
        )

    def place(self, *path: str) -> str:
        """« correspondance.toml, ligne 12 », of the key or of what holds it."""
        lines = self.lines or {}
        known: KeyPath = path
        while known and known not in lines:
            known = known[:-1]
        return f"{self.source}, ligne {lines[known]}" if known else self.source


NOTHING = Mapping(_File())
"""No mapping file."""


def read_mapping(path: Path) -> Mapping:
    """Raises EnqueteError with every fault at once, each with its line: FILE_NOT_FOUND, FILE_UNREADABLE,
    MAPPING_ENCODING, MAPPING_SYNTAX, MAPPING_INVALID.
    """
    data = file_bytes(path)
    try:
        return mapping_of(data.decode("utf-8-sig"), path.name)
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise EnqueteError(Problem.MAPPING_ENCODING, where=f"{path.name}, ligne {line}") from None


def mapping_of(text: str, source: str = "") -> Mapping:
    """The mapping in a text. Raises EnqueteError: MAPPING_SYNTAX, MAPPING_INVALID."""
    try:
        values = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        where = f"{source}, ligne {syntax_line(text, str(error))}"
        raise EnqueteError(Problem.MAPPING_SYNTAX, where=where) from None
    lines = key_lines(text)
    try:
        return Mapping(_File.model_validate(values), source, lines)
    except ValidationError as error:
        faults = error.errors(include_url=False, include_context=True)
        told = faults_by_line([(_path(fault["loc"]), _explained(fault), True) for fault in faults], lines)
        raise EnqueteError(Problem.MAPPING_INVALID, where=source, faults=told) from None


def _path(loc: tuple[str | int, ...]) -> KeyPath:
    return tuple(part for part in loc if part not in ("[key]", "str", "tuple[str, ...]"))


_SECTIONS: dict[str, type[_Section]] = {"questions": QuestionRules, "feuilles": SheetRules}
_EXPECTED = {
    "bool_type": "true ou false est attendu, sans guillemets.",
    "string_type": "un texte entre guillemets droits est attendu.",
    "tuple_type": 'une liste entre crochets est attendue : ["a", "b"].',
    "dict_type": 'une section est attendue, avec une ligne par nom : "dans le fichier" = "dans le questionnaire".',
    "model_type": "une section est attendue.",
}


def _explained(fault: Any) -> str:
    loc = fault["loc"]
    if fault["type"] == "extra_forbidden":
        section = _SECTIONS[str(loc[0])] if len(loc) > 2 else _File
        known = ", ".join(field.alias or name for name, field in section.model_fields.items())
        return f"clé inconnue. Clés possibles : {known}."
    if fault["type"] == "literal_error":
        return f"valeurs possibles : {fault['ctx']['expected'].replace(chr(39), '').replace(' or ', ', ')}."
    if fault["type"] == "value_error":
        return str(fault["ctx"]["error"])
    return _EXPECTED.get(fault["type"], "valeur non comprise.")
