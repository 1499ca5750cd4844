"""What each column of a participants file is for, by its header in French or English."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from enquete.errors import EnqueteError, Problem
from enquete.model import ConsentKind
from enquete.survey.identity import identity_columns
from enquete.survey.preferences import kept_apart
from enquete.survey.values import read_kind, read_type
from enquete.tables import Table, column_key, find_column, folded

_CODE = (
    "code participant", "participant_id", "code personne", "code enquêté", "code de l'enquêtée", "code", "identifiant "
    "participant", "n° participant", "n° personne", "n° enquêté", "identifiant", "id", "pid", "participant", "personne",
    "enquêté(e)", "enquêtée", "interviewé", "person", "respondent", "respondent id", "case id", "numéro", "n",
)  # fmt: skip
_WAVE = ("vague", "wave", "n° vague", "code vague", "vague d'entretien", "temps", "phase", "round", "passage")
_FILES = (
    "fichier", "nom du fichier", "fichier entretien", "fichier de l'entretien", "fichier transcription",
    "transcription", "file", "file name", "filename", "transcript", "transcript file",
    "nom de fichier transcription", "document",
)  # fmt: skip
_DATE = (
    "date entretien", "date de l'entretien", "date rencontre", "date de la rencontre", "interview date", "date of "
    "interview", "date", "meeting date", "entretien le", "rencontré le", "jour",
)  # fmt: skip
_RECRUITED = (
    "recruté par", "recrutée par", "recruté(e) par", "recrutement", "recruteur", "recruited by", "recruiter",
    "recruitment", "orienté par", "orientée par", "structure de recrutement", "source de recrutement", "rencontré par",
    "mode de recrutement", "canal de recrutement", "recruté via",
)  # fmt: skip
_TYPE = ("type", "type de répondant", "type de participant", "type de personne", "type d'enquêté", "respondent type",
         "participant type", "type of respondent", "type respondent")  # fmt: skip
# These have other uses too: taken for a type or a kind when every cell of theirs reads as one.
_PERHAPS_TYPE = (
    "profil",
    "statut",
    "catégorie",
    "public",
    "type de public",
    "qualité",
    "rôle",
    "role",
    "status",
    "category",
)
_PSEUDONYM = (
    "pseudonyme", "pseudonyme choisi", "pseudonyme souhaité", "pseudonyme demandé", "nom choisi", "prénom choisi",
    "prénom d'emprunt", "nom d'emprunt", "pseudonym", "chosen pseudonym", "chosen name",
)  # fmt: skip
_KIND = ("enregistré", "entretien enregistré", "recueil", "mode de recueil", "support", "nature",
         "nature de l'entretien", "type d'entretien", "kind", "recorded", "interview type")  # fmt: skip
# By words, where no header above is found: « Vague d'enquête », « Nom du fichier de transcription ».
_WAVE_WORDS = r"vague|wave"
_FILE_WORDS = r"fichier|file|transcription|transcript"
_DATE_WORDS = r"date (?:.* )?(?:entretien|interview|rencontre|passation|meeting)"
_CODE_WORDS = (
    r"(?:anonyme|code|identifiant|numero|id) (?:.* )?(?:enquete\w*|interview\w*|participante?|personne|respondent)"
)
_WITHDRAWAL = re.compile(r"retrait|retiree?|withdrawn|withdrawal|withdrew")
_OF_WITHDRAWAL = set(re.findall(r"\w+", "date a son sa consentement participation participer enquete etude entretien "
                                         "oui non consent study s est est"))  # fmt: skip

# A consent column holds words of consent, and at most one that says what for.
_CONSENT_WORDS = set(
    re.findall(r"\w+", "consentement consent accord autorisation accepte acceptation etre a pour oui non peut droit au "
                       "signe eclaire informe oral ecrit given form statut etat status rgpd gdpr d formulaire to on "
                       "possible souhaite veut")
)  # fmt: skip
_ASKS = set(re.findall(r"\w+", "consentement consent accord autorisation accepte acceptation"))
_PURPOSES = (
    (ConsentKind.RECORDING, r"enregistrement|enregistrer|audio|record|recording"),
    (ConsentKind.QUOTATION, r"citation|citer|cite|citee|verbatim|quotation|quote|quoted|quoting"),
    (ConsentKind.RECONTACT, r"recontact\w*|reprise contact|contact reprise|recontacting"),
    (ConsentKind.ARCHIVE, r"archiv\w*|conservation|depot"),
    (ConsentKind.PARTICIPATION, r"participation|participer|entretien|interview|enquete|etude|study|participate"),
)
# Purposes that are headers of their own too: « Entretien », « Étude ».
_NEEDS_ASK = {"audio", "verbatim", "conservation", "depot", "entretien", "interview", "enquete", "etude", "study"}
# « Accord pour nouvel entretien », « accepte d'être revue dans 6 mois ».
_AGAIN = set(
    re.findall(
        r"\w+", "nouvel nouveau nouvelle second seconde deuxieme suivi revu revue revoir rappeler rappele rappelee"
    )
)
_BESIDE_AGAIN = set(
    re.findall(r"\w+", "entretien interview rencontre un une dan 6 12 moi an vague ulterieur contact fois")
)
# Headers under which « professionnel » or « aidant » is not said of the person.
_NOT_DESCRIBING = re.compile(
    r"profession|emploi|metier|categorie|activite|formation|projet|parcour|experience|\baide|\baidant|entourage"
    r"|accompagn|recour|soutien|reseau|contact|help|job|work"
)


@dataclass(frozen=True, slots=True)
class Columns:
    """The column for each use. pseudonym: the one that the person chose. preferences: how they want to be reached.

    attributes: those without any other use, or that only describe the person.
    describing: attributes that may say outright that the person is a helper or a professional.
    typed_rows: rows whose type is written.
    """

    code: str
    wave: str | None
    files: str | None
    date: str | None
    type: str | None
    kind: str | None
    recruited_by: str | None
    pseudonym: str | None
    withdrawal: str | None
    consents: Mapping[ConsentKind, str]
    identity: tuple[str, ...]
    preferences: tuple[str, ...]
    attributes: tuple[str, ...]
    describing: tuple[str, ...]
    typed_rows: frozenset[int]


def find_columns(table: Table) -> Columns:
    """Raises EnqueteError(TABLE_NO_COLUMN) without a column of participant codes."""
    code = find_column(table.columns, _CODE) or _worded(table.columns, _CODE_WORDS)
    if code is None:
        names = "Code, Participant, N°, identifiant, participant_id"
        raise EnqueteError(Problem.TABLE_NO_COLUMN, where=table.source, wanted="le code des participants", names=names)
    free = [column for column in table.columns if column != code]

    def take(names: tuple[str, ...], words: str | None = None) -> str | None:
        column = find_column(free, names) or (_worded(free, words) if words else None)
        if column is not None:
            free.remove(column)
        return column

    wave, date, recruited = take(_WAVE, _WAVE_WORDS), take(_DATE, _DATE_WORDS), take(_RECRUITED)
    pseudonym = take(_PSEUDONYM)
    files = take(_FILES, _FILE_WORDS)
    withdrawal = next((column for column in free if _asks_withdrawal(folded(column).split())), None)
    kind = _if_every_cell(table, find_column(free, _KIND), lambda text: read_kind(text) is not None)
    type_ = take(_TYPE) or _if_every_cell(table, find_column(free, _PERHAPS_TYPE), _is_type)
    consents = _consent_columns([column for column in free if column not in (kind, type_, withdrawal)])
    used = {code, wave, files, date, recruited, pseudonym, withdrawal, kind, type_, *consents.values()} - {None}
    apart = kept_apart(column for column in free if column not in used)
    known = {column for column in used if column} | apart
    identity = tuple(identity_columns(table, known))
    attributes = tuple(column for column in table.columns if column not in known and column not in identity)
    return Columns(
        code=code,
        wave=wave,
        files=files,
        date=date,
        type=type_,
        kind=kind,
        recruited_by=recruited,
        pseudonym=pseudonym,
        withdrawal=withdrawal,
        consents=consents,
        identity=identity,
        preferences=tuple(column for column in table.columns if column in apart),
        attributes=attributes,
        describing=tuple(column for column in attributes if not _NOT_DESCRIBING.search(column_key(column))),
        typed_rows=frozenset(row.number for row in table.rows if type_ and row.cells[type_]),
    )


def _worded(columns: Sequence[str], pattern: str) -> str | None:
    """The first column whose header holds these words, and doesn't speak of sound files."""
    found = (column for column in columns if re.search(rf"\b(?:{pattern})\b", _singular_words(column)))
    return next((column for column in found if not re.search(r"audio|son\b|vid[eé]o", column.casefold())), None)


def _singular_words(header: str) -> str:
    """In their order, unlike `column_key`."""
    return " ".join(map(column_key, re.split(r"[\s_'’]+", header)))


def _asks_withdrawal(words: Sequence[str]) -> bool:
    """« A retiré son consentement », and not « Retrait d'argent »."""
    others = [word for word in words if not _WITHDRAWAL.fullmatch(word)]
    return len(others) < len(words) and _OF_WITHDRAWAL.issuperset(others)


def _if_every_cell(table: Table, column: str | None, reads: Callable[[str], bool]) -> str | None:
    """The column, when it holds something and nothing else than what is expected."""
    values = [row.cells[column] for row in table.rows if row.cells[column]] if column else []
    return column if values and all(map(reads, values)) else None


def _is_type(text: str) -> bool:
    try:
        read_type(text)
    except ValueError:
        return False
    return True


def _consent_columns(columns: Sequence[str]) -> dict[ConsentKind, str]:
    found: dict[ConsentKind, str] = {}
    for column in columns:
        kind = _purpose(column_key(column).split())
        if kind is not None:
            found.setdefault(kind, column)
    return found


def _purpose(words: Sequence[str]) -> ConsentKind | None:
    """What a header asks consent for; None when it doesn't ask for consent."""
    asks = not _ASKS.isdisjoint(words)
    purpose = " ".join(word for word in words if word not in _CONSENT_WORDS)
    if not purpose:
        return ConsentKind.PARTICIPATION if asks else None
    if purpose in _NEEDS_ASK and not asks:
        return None
    again = set(purpose.split()) - _BESIDE_AGAIN
    if asks and again and again <= _AGAIN:
        return ConsentKind.RECONTACT
    return next((kind for kind, pattern in _PURPOSES if re.fullmatch(pattern, purpose)), None)
