"""The participants file: who was met in which wave, with which files and which consents."""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path

from enquete.errors import EnqueteError, Problem
from enquete.model import ConsentKind, ConsentState, InterviewKind, RespondentType
from enquete.survey.columns import Columns, find_columns
from enquete.survey.preferences import read_preferences
from enquete.survey.values import (
    month_first,
    read_consent,
    read_date,
    read_kind,
    read_type,
    read_wave,
    same_file,
    split_files,
    type_in_words,
)
from enquete.tables import Remark, Row, Severity, folded, read_table
from enquete.wording import label

__all__ = ["ParticipantRow", "is_name", "participant_key", "read_participants", "same_file"]


@dataclass(frozen=True, slots=True)
class ParticipantRow:
    """A person in a wave, with the files of one meeting or of all of them.

    participant: code as written; the same spelling in all the rows of one person. wave: code of a wave of the study.
    files: as written, perhaps without extension or in another case: see `same_file`; empty: not met.
    type: the same in all the rows of one person. kind: None when the file doesn't say. consents: what is known only.
    attributes: the other columns that hold something, header as written. identity: for the vault only, as are
    preferences, how they want to be reached (`survey.preferences`), and pseudonym, the one that the person chose: the
    same in all the rows of one person, empty when they chose none.
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
    pseudonym: str = ""
    preferences: Mapping[str, str | bool] = field(default_factory=dict)


def read_participants(
    path: Path, waves: Sequence[str], labels: Sequence[str] = (), default_wave: str | None = None
) -> tuple[list[ParticipantRow], list[Remark]]:
    """The rows that could be read, and remarks on the others. A row with an ERROR remark is not among the rows.

    waves: codes of the study's waves, in order; labels: their titles, also accepted in the file.
    default_wave: that of every row when the file has no wave column and the study several waves.
    Raises EnqueteError: as `read_table`, and TABLE_NO_COLUMN without a column of codes or of waves.
    """
    table = read_table(path)
    columns = find_columns(table)
    only_wave = default_wave or (waves[0] if len(waves) == 1 else None)
    if columns.wave is None and only_wave is None:
        raise EnqueteError(Problem.TABLE_NO_COLUMN, where=table.source, wanted="la vague", names="Vague, wave")
    reading = _Reading(columns, month_first(row.cells[columns.date] for row in table.rows) if columns.date else None)
    meetings: dict[tuple[str, str], list[Row]] = {}
    for row in table.rows:
        try:
            code = read_code(row.cells[columns.code])
            wave = only_wave if columns.wave is None else _read_wave(row.cells[columns.wave], waves, labels)
        except ValueError as refusal:
            reading.refuse(row, str(refusal))
        else:
            meetings.setdefault((participant_key(code), wave or ""), []).append(row)
    rows: list[ParticipantRow] = []
    for (_, wave), group in meetings.items():
        rows += reading.meetings(wave, group)
    rows = reading.same_spelling(reading.same_types(sorted(rows, key=lambda row: row.row)))
    rows = reading.pseudonyms(rows)
    return rows, sorted(reading.file_remarks() + reading.remarks, key=lambda remark: remark.row or 0)


@dataclass(frozen=True, slots=True)
class NamedRow:
    """What a row says of itself, whether it could be read or not: its code and its files, as written."""

    row: int
    participant: str
    files: tuple[str, ...]


def named_rows(path: Path) -> list[NamedRow]:
    """Every row of the file, refused ones too: their files and codes are nobody else's. Raises as `read_table`."""
    table = read_table(path)
    columns = find_columns(table)
    return [
        NamedRow(row.number, row.cells[columns.code], split_files(row.cells[columns.files]) if columns.files else ())
        for row in table.rows
    ]


@lru_cache(maxsize=16_384)
def participant_key(code: str) -> str:
    """Equal for « P1 », « p01 » and « P-001 »."""
    return "-".join(part.lstrip("0") or "0" if part.isdecimal() else part for part in _code_parts(code))


def _code_parts(code: str) -> list[str]:
    return re.findall(r"\d+|[^\W\d_]+", folded(code))


# Words that a code may hold; any other long one may be somebody's name.
_CODE_WORDS = set(
    re.findall(r"\w+", "participant participante personne enquete enquetee entretien interview prof pro aidant code "
                       "sujet usager groupe benef allocataire person subject case cas helper")
)  # fmt: skip


def read_code(text: str) -> str:
    """The code as written. Raises ValueError, with the reason in French, for what is none, or may be a name."""
    parts = _code_parts(text)
    if not parts:
        raise ValueError("cette ligne n'a pas de code de participant")
    long = [part for part in parts if len(part) > 3 and not part.isdecimal() and part not in _CODE_WORDS]
    if (long and not any(part.isdecimal() for part in parts)) or len(text) > 40:
        raise ValueError("le code de participant ressemble à un nom : donnez un code, par exemple P001")
    return text


def _read_wave(text: str, waves: Sequence[str], labels: Sequence[str]) -> str:
    if not text:
        raise ValueError(f"cette ligne n'a pas de vague (vagues de l'étude : {', '.join(waves)})")
    return read_wave(text, waves, labels)


@dataclass(slots=True)
class _Reading:
    """The reading of one file: its columns, and the remarks gathered on the way."""

    columns: Columns
    month_first: bool | None
    remarks: list[Remark] = field(default_factory=list)

    def refuse(self, row: Row | ParticipantRow, message: str) -> None:
        number = row.number if isinstance(row, Row) else row.row
        self.remarks.append(Remark(number, Severity.ERROR, f"ligne refusée : {message}."))

    def warn(self, row: Row, message: str) -> None:
        self.remarks.append(Remark(row.number, Severity.WARNING, f"{message}."))

    def meetings(self, wave: str, group: Sequence[Row]) -> list[ParticipantRow]:
        """The rows of one person in one wave: they must agree; what one leaves blank another may tell."""
        apart = {self.columns.code, self.columns.wave, self.columns.files, self.columns.date}
        shared: dict[str, str] = {}
        unlike: list[str] = []
        for row in group:
            for column, value in row.cells.items():
                if column not in apart and value and shared.setdefault(column, value) != value:
                    unlike.append(column)
        if unlike:
            lines = " et ".join(str(row.number) for row in group)
            names = ", ".join(f"« {column} »" for column in dict.fromkeys(unlike))
            for row in group:
                self.refuse(
                    row, f"les lignes {lines} décrivent autrement la même personne dans la même vague ({names})"
                )
            return []
        return [found for row in self._distinct(group) if (found := self._row(row, wave, {**row.cells, **shared}))]

    def _distinct(self, group: Sequence[Row]) -> list[Row]:
        """Without the rows that repeat another one's files and date."""
        files, date = self.columns.files, self.columns.date
        seen: set[tuple[str, ...]] = set()
        kept: list[Row] = []
        for row in group:
            told = tuple(row.cells[column] for column in (files, date) if column)
            if told in seen:
                self.warn(row, "cette ligne répète une autre ligne, elle n'est comptée qu'une fois")
            else:
                kept.append(row)
            seen.add(told)
        return kept

    def _row(self, row: Row, wave: str, cells: Mapping[str, str]) -> ParticipantRow | None:
        columns = self.columns
        try:
            kind_of_person = read_type(cells[columns.type]) if columns.type and cells[columns.type] else None
            consents = self._consents(cells)
        except ValueError as refusal:
            self.refuse(row, str(refusal))
            return None
        recruiter = cells[columns.recruited_by] if columns.recruited_by else ""
        identity = {column: cells[column] for column in columns.identity if cells[column]}
        if _CIVILITY.search(recruiter):
            self.warn(row, f"« {columns.recruited_by} » nomme une personne : gardé au coffre seulement")
            identity[columns.recruited_by or ""] = recruiter
            recruiter = ""
        return ParticipantRow(
            row=row.number,
            participant=cells[columns.code],
            wave=wave,
            files=split_files(cells[columns.files]) if columns.files else (),
            type=kind_of_person or self._described_type(row, cells),
            kind=read_kind(cells[columns.kind]) if columns.kind else None,
            date=self._date(row),
            recruited_by=recruiter,
            consents=consents,
            attributes={column: cells[column] for column in columns.attributes if cells[column]},
            identity=identity,
            pseudonym=" ".join(cells[columns.pseudonym].split()) if columns.pseudonym else "",
            preferences=read_preferences(
                {column: cells[column] for column in (*columns.preferences, *columns.attributes)}
            ),
        )

    def _consents(self, cells: Mapping[str, str]) -> dict[ConsentKind, ConsentState]:
        found: dict[ConsentKind, ConsentState] = {}
        for kind, column in self.columns.consents.items():
            try:
                state = read_consent(cells[column])
            except ValueError as error:
                raise ValueError(f"colonne « {column} », {error}") from None
            if state is not None:
                found[kind] = state
        if self.columns.withdrawal and _withdrawn(cells[self.columns.withdrawal], self.columns.withdrawal):
            found[ConsentKind.PARTICIPATION] = ConsentState.WITHDRAWN
        return found

    def _described_type(self, row: Row, cells: Mapping[str, str]) -> RespondentType:
        """Without a type: what an attribute says outright, since types must never be mixed by default."""
        described = {column: type_in_words(cells[column]) for column in self.columns.describing}
        found = [(kind, column) for column, kind in described.items() if kind]
        if not found:
            if self.columns.type:
                self.warn(row, f"« {self.columns.type} » est vide : compté comme personne concernée")
            return RespondentType.CONCERNED
        kind, column = max(found, key=lambda pair: pair[0] is RespondentType.PROFESSIONAL)
        self.warn(
            row,
            f"compté comme {label(kind)} d'après la colonne « {column} » ; pour en décider vous-même, "
            "remplissez une colonne « type » (personne concernée, aidant, professionnel)",
        )
        return kind

    def _date(self, row: Row) -> datetime.date | None:
        column = self.columns.date
        if column is None:
            return None
        english = re.search(r"(?:interview|meeting)[ _-]?date|date[ _]of", column, re.IGNORECASE) is not None
        doubtful = self.month_first is True or (english and self.month_first is None)
        try:
            return read_date(row.cells[column], doubtful)
        except ValueError as error:
            self.warn(row, f"colonne « {column} », {error} ; la ligne est gardée sans date")
            return None

    def same_types(self, rows: Sequence[ParticipantRow]) -> list[ParticipantRow]:
        """One type a person: what one row says holds for those that say nothing."""
        said: dict[str, set[RespondentType]] = {}
        for row in rows:
            types = said.setdefault(participant_key(row.participant), set())
            if row.type is not RespondentType.CONCERNED or self._says_type(row):
                types.add(row.type)
        kept = []
        for row in rows:
            types = said[participant_key(row.participant)]
            if len(types) > 1:
                self.refuse(row, "cette personne n'a pas le même type dans toutes ses lignes")
            else:
                kept.append(replace(row, type=next(iter(types), row.type)))
        return kept

    def _says_type(self, row: ParticipantRow) -> bool:
        return row.row in self.columns.typed_rows

    def same_spelling(self, rows: Sequence[ParticipantRow]) -> list[ParticipantRow]:
        """One spelling a person: that of the first row."""
        first: dict[str, str] = {}
        for row in rows:
            spelling = first.setdefault(participant_key(row.participant), row.participant)
            if spelling != row.participant:
                message = "ce code est écrit autrement que plus haut : compté comme la même personne."
                self.remarks.append(Remark(row.row, Severity.WARNING, message))
        return [replace(row, participant=first[participant_key(row.participant)]) for row in rows]

    def pseudonyms(self, rows: Sequence[ParticipantRow]) -> list[ParticipantRow]:
        """One a person: what one row says holds for those that say nothing. None may be a name of the file."""
        names = {
            word
            for row in rows
            for column, value in row.identity.items()
            if is_name(column)
            for word in re.findall(r"\w+", folded(value))
        }
        chosen: dict[str, set[str]] = {}
        for row in rows:
            if row.pseudonym:
                chosen.setdefault(participant_key(row.participant), set()).add(row.pseudonym)
        kept = []
        for row in rows:
            theirs = chosen.get(participant_key(row.participant), {""})
            if len(theirs) > 1:
                self.refuse(row, "cette personne n'a pas le même pseudonyme dans toutes ses lignes")
            elif names.intersection(re.findall(r"\w+", folded(next(iter(theirs))))):
                self.refuse(row, "le pseudonyme choisi est le vrai nom de quelqu'un de l'étude : demandez-en un autre")
            else:
                kept.append(replace(row, pseudonym=next(iter(theirs))))
        return kept

    def file_remarks(self) -> list[Remark]:
        """What holds for every row, said once."""
        said = []
        if self.columns.type is None:
            said.append("sans colonne « type », chaque personne est comptée comme personne concernée sauf remarque.")
        if kept := (*self.columns.identity, *self.columns.preferences):
            names = ", ".join(f"« {column} »" for column in kept)
            said.append(f"gardé au coffre seulement, car cela désigne des personnes : {names}.")
        if self.columns.files is None:
            said.append("sans colonne « fichier », aucun entretien ne peut être rattaché à ces personnes.")
        return [Remark(None, Severity.NOTE, message) for message in said]


def is_name(column: str) -> bool:
    """Whether a column of identities holds names, by its header."""
    header = column.casefold()
    return "nom" in header or "name" in header


_CIVILITY = re.compile(r"\b(?:M\.|Mr\b|MM\.|Mmes?\b|Mlles?\b|Monsieur\b|Madame\b|Mademoiselle\b|Dr\b|Me\b|Maître\b)")


def _withdrawn(text: str, column: str) -> bool:
    """A withdrawal column holds « oui », « retiré », or the day of it."""
    try:
        if read_date(text):
            return True
    except ValueError:
        pass
    try:
        return read_consent(text) in (ConsentState.GIVEN, ConsentState.WITHDRAWN)
    except ValueError as error:
        raise ValueError(f"colonne « {column} », {error}") from None
