"""`analyses/*.toml` -> what it asks for, in its author's words. Keys are French; their accents don't count."""

from __future__ import annotations

import difflib
import hashlib
import re
import tomllib
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StrictBool, StrictInt, StringConstraints
from pydantic import ValidationError as Invalid

from enquete.errors import EnqueteError, Problem
from enquete.findings.analysis import DOCX, HTML, SETTLED, XLSX, Analysis, Crossing
from enquete.model import Audience, RespondentType
from enquete.survey.values import read_type
from enquete.toml_lines import KeyPath, fault_words, faults_by_line, key_lines, syntax_line, unknown_key

TAKEN = ("synthese", "reprendre")  # words of the command, and the name of the synthesis of the whole study
_NAME = re.compile(r"\w[\w.-]{0,59}")
_BARE = re.compile(r"^([ \t]*\[{0,2}[ \t]*)([\w-]*[^\x00-\x7f\W][\w-]*)(?=[ \t]*[=\]])", re.MULTILINE)
_FORMATS = {
    "classeur": XLSX, "excel": XLSX, XLSX: XLSX, "rapport": DOCX, "word": DOCX, DOCX: DOCX, "page": HTML, HTML: HTML,
}  # fmt: skip


def folded(text: str) -> str:
    """« Tranche d’âge » and « tranche_age » are the same word."""
    letters = unicodedata.normalize("NFKD", text.strip().casefold().replace("’", "'"))
    plain = "".join(c for c in letters if not unicodedata.combining(c))
    return re.sub(r"[\s_-]+", " ", re.sub(r"\bd'", "", plain))


def _listed(value: object) -> object:
    """A lone word is a list of one; a number is the word that writes it."""
    values = value if isinstance(value, list) else [value]
    return [str(one) if isinstance(one, int) and not isinstance(one, bool) else one for one in values]


def _type(value: object) -> object:
    return read_type(value) if isinstance(value, str) else value


def _format(value: object) -> object:
    return _one_of(_FORMATS, value, "classeur, rapport, page")


def _audience(value: object) -> object:
    return _one_of({folded(one): one for one in Audience}, value, ", ".join(Audience))


def _one_of(known: Mapping[str, object], value: object, told: str) -> object:
    if not isinstance(value, str):
        return value
    found = known.get(value.strip().casefold().removeprefix(".")) or known.get(folded(value))
    if found is None and folded(value) == "groupe projet":
        found = Audience.PROJECT_GROUP
    if found is None:
        close = difflib.get_close_matches(folded(value), known, n=1)
        hint = f" Vouliez-vous dire « {close[0]} » ?" if close else ""
        raise ValueError(f"« {value} » n'en est pas une valeur : {told}.{hint}")
    return found


_Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
_Texts = Annotated[tuple[_Text, ...], BeforeValidator(_listed)]


class _Table(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class _Crossing(_Table):
    """[[croisements]]"""

    by: _Text = Field(alias="par")
    codes: _Texts = ()
    title: str = Field(default="", alias="titre")


class _File(_Table):
    """An analysis as it is written."""

    title: str = Field(default="", alias="titre")
    waves: _Texts = Field(default=(), alias="vagues")
    types: Annotated[tuple[Annotated[RespondentType, BeforeValidator(_type)], ...], BeforeValidator(_listed)] = Field(
        default=(), alias="repondants"
    )
    together: StrictBool = Field(default=False, alias="reunir")
    codebooks: _Texts = Field(default=(), alias="grilles")
    layer: str = Field(default="", alias="couche")
    where: dict[_Text, _Texts] = Field(default={}, alias="personnes")
    crossings: tuple[_Crossing, ...] | None = Field(default=None, alias="croisements")
    vocabulary: _Texts = Field(default=("thème",), alias="vocabulaire")
    formats: Annotated[tuple[Annotated[str, BeforeValidator(_format)], ...], BeforeValidator(_listed)] = Field(
        default=(XLSX, DOCX, HTML), alias="sorties", min_length=1
    )
    audience: Annotated[Audience | None, BeforeValidator(_audience)] = Field(default=None, alias="destinataires")
    threshold: StrictInt | None = Field(default=None, alias="seuil", ge=2)


_MODELS: Mapping[bool, type[_Table]] = {True: _Crossing, False: _File}  # within [[croisements]] or not
_SECTION = 'une section est attendue : [[croisements]], et dessous par = "…" ; [personnes], et dessous commune = ["…"].'
_SAME = {"ou": "personnes", "repondant": "repondants", "grille": "grilles", "vague": "vagues", "sortie": "sorties"}


@dataclass(frozen=True, slots=True)
class Written:
    """An analysis in its author's words, with the line of each key and of each word."""

    file: str
    analysis: Analysis
    source: str = field(repr=False)
    lines: Mapping[KeyPath, int] = field(repr=False)

    def line(self, *path: str | int, word: str = "") -> int:
        """Of a key, or of a word in its value, which may stand lower."""
        while path and path not in self.lines:
            path = path[:-1]
        start = self.lines.get(path, 1)
        for number, text in enumerate(self.source.splitlines()[start - 1 :], start) if word else ():
            if f'"{word}"' in text or f"'{word}'" in text:
                return number
        return start


def checked_name(name: str, where: str = "") -> str:
    """Of an analysis: its file, its outputs and the command bear it. Raises EnqueteError(ANALYSIS_NAME)."""
    if name in TAKEN or not _NAME.fullmatch(name):
        taken = ", ".join(f"« {one} »" for one in TAKEN)
        raise EnqueteError(Problem.ANALYSIS_NAME, where=where, name=name, taken=taken, exit_code=1 if where else 2)
    return name


def read(path: Path) -> Written:
    """Raises EnqueteError with every fault at once, each with its line and key: ANALYSIS_NAME, ANALYSIS_ENCODING,
    ANALYSIS_SYNTAX, ANALYSIS_INVALID.
    """
    name = checked_name(path.stem, path.name)
    data = path.read_bytes()
    try:
        source = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise EnqueteError(Problem.ANALYSIS_ENCODING, where=f"{path.name}, ligne {line}") from None
    source, values = _parsed(path.name, source)
    lines = {_plain(key): line for key, line in key_lines(source).items()}
    _refuse_twice(path.name, values, lines)
    values = {str(_fold_key(key)): value for key, value in values.items()}
    crossings = values.get("croisements")
    if isinstance(crossings, list):
        values["croisements"] = [
            {_fold_key(key): value for key, value in one.items()} if isinstance(one, dict) else one for one in crossings
        ]
    try:
        asked = _File.model_validate(values)
    except Invalid as error:
        faults = error.errors(include_url=False, include_context=True)
        raise EnqueteError(Problem.ANALYSIS_INVALID, where=path.name, faults=_told(faults, lines)) from None
    return Written(path.name, _analysis(asked, name, hashlib.sha256(data).hexdigest()), source, lines)


def _parsed(name: str, source: str) -> tuple[str, dict[str, Any]]:
    """Keys with accents, which TOML wants between quotes, are taken without."""
    try:
        return source, tomllib.loads(source)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        line = syntax_line(source, str(error))
    quoted = _BARE.sub(r'\1"\2"', source)
    try:
        return quoted, tomllib.loads(quoted)
    except (tomllib.TOMLDecodeError, RecursionError) as error:  # lists in lists in lists…
        line = max(line, syntax_line(quoted, str(error)))
        raise EnqueteError(Problem.ANALYSIS_SYNTAX, where=f"{name}, ligne {line}") from None


def _plain(path: KeyPath) -> KeyPath:
    """Keys as the file's model has them; names of attributes stay as they are written."""
    if not path:
        return path
    first = _fold_key(path[0])
    if first == "croisements":
        return (first, *(_fold_key(part) for part in path[1:]))
    return (first, *path[1:])


def _fold_key(part: str | int) -> str | int:
    return part if isinstance(part, int) else _SAME.get(folded(part), folded(part))


def _refuse_twice(name: str, values: Mapping[str, Any], lines: Mapping[KeyPath, int]) -> None:
    """« [ou] » and « [personnes] » in one file: which holds would be a guess."""
    seen: dict[str | int, str] = {}
    for key in values:
        other = seen.setdefault(_fold_key(key), key)
        if other != key:
            told = faults_by_line(
                [((_fold_key(key),), f"dit aussi par « {other} » : gardez l'une des deux clés.", True)], lines
            )
            raise EnqueteError(Problem.ANALYSIS_INVALID, where=name, faults=told)


def _told(faults: Sequence[Mapping[str, Any]], lines: Mapping[KeyPath, int]) -> str:
    told = []
    for fault in faults:
        path: KeyPath = tuple(part for part in fault["loc"] if part != "[key]")
        words = fault_words(fault)
        if fault["type"] == "extra_forbidden":
            model = _MODELS[path[0] == "croisements"]
            words = unknown_key(str(path[-1]), [str(one.alias or name) for name, one in model.model_fields.items()])
        elif fault["type"] in ("model_type", "dict_type"):
            words = _SECTION
        told.append((path, words, fault["type"] != "missing" or len(path) > 1))
    return faults_by_line(told, lines)


def _analysis(asked: _File, name: str, digest: str) -> Analysis:
    crossings = asked.crossings
    return Analysis(
        name=name,
        title=asked.title.strip() or name,
        waves=tuple(dict.fromkeys(asked.waves)),
        types=tuple(one for one in RespondentType if one in asked.types),
        together=asked.together,
        codebooks=tuple(dict.fromkeys(asked.codebooks)),
        layer=SETTLED if folded(asked.layer) in ("arbitree", "arbitrage") else asked.layer.strip(),
        where=asked.where,
        crossings=None if crossings is None else tuple(Crossing(one.by, one.codes, one.title) for one in crossings),
        vocabulary=tuple(dict.fromkeys(asked.vocabulary)),
        formats=tuple(dict.fromkeys(asked.formats)),
        audience=asked.audience,
        threshold=asked.threshold,
        digest=digest,
    )
