"""Values of a participants file as people write them. Each reader raises ValueError with the reason, in French."""

from __future__ import annotations

import datetime
import re
import unicodedata
from collections.abc import Iterable, Sequence
from pathlib import PurePosixPath

from enquete.model import ConsentState, InterviewKind, RespondentType
from enquete.tables import folded

# --- waves

_ORDINALS = {"premier": 1, "premiere": 1, "first": 1, "deuxieme": 2, "second": 2, "seconde": 2, "troisieme": 3,
             "third": 3, "quatrieme": 4, "fourth": 4, "cinquieme": 5}  # fmt: skip
_WAVE = re.compile(
    r"(?:(?:v|w|t|vague|wave|entretien|interview|temps|phase|passage|numero|no|n) ?)*0*(\d+)"
    r"(?: ?(?:re|er|e|eme|ere|nde|nd|st|rd|th))?(?: (?:vague|wave|entretien|interview|temps|phase|passage))?"
)


def read_wave(text: str, waves: Sequence[str], labels: Sequence[str] = ()) -> str:
    """The wave's code: « v1 », « V1 », « 1 », « vague 1 », « 1re vague », « première vague » or the wave's title."""
    value = folded(text)
    for known in (waves, labels):
        for code, name in zip(waves, known, strict=False):
            if value == folded(name):
                return code
    value = " ".join(str(_ORDINALS.get(word, word)) for word in value.split())
    found = _WAVE.fullmatch(value)
    number = int(found[1]) if found else None
    numbers = [int(digits[0]) if (digits := re.findall(r"\d+", code)) else None for code in waves]
    if None in numbers:  # « printemps », « automne »: counted in the order of the study
        numbers = list(range(1, len(waves) + 1))
    if number is None or numbers.count(number) != 1:
        raise ValueError(f"vague inconnue (vagues de l'étude : {', '.join(waves)})")
    return waves[numbers.index(number)]


# --- types of respondents

_TYPES = {
    RespondentType.CONCERNED: "personne concernee, personnes concernees, concerne, concernee, personne, allocataire, "
    "beneficiaire, usager, usagere, habitant, habitante, enquete, enquetee, interviewe, interviewee, participant, "
    "participante, concerned, concerned person, person concerned, beneficiary, client, pc",
    RespondentType.HELPER: "proche, proche aidant, proche aidante, helper, carer, caregiver, relative",
    RespondentType.PROFESSIONAL: "pro, professional, intervenant, intervenante, intervenant social, "
    "intervenante sociale, travailleur social, travailleuse sociale, assistant social, assistante sociale, "
    "social worker, agent, agente",
}
_TYPE_OF = {value: kind for kind, values in _TYPES.items() for value in values.split(", ")}
_PROFESSIONAL = re.compile(r"professionnel(?:le)?s?|professionals?")
_HELPER = re.compile(r"aidante?s?")


def read_type(text: str) -> RespondentType:
    """« personne concernée », « aidante », « pro », « professionnelle (assistante sociale) »…"""
    value = folded(text)
    if found := _TYPE_OF.get(value) or _type_of_words(value):
        return found
    raise ValueError("type inconnu (écrivez « personne concernée », « aidant » ou « professionnel »)")


def type_in_words(text: str) -> RespondentType | None:
    """The type that a description begins with: « aidante familiale de … »; None for anything else."""
    value = folded(text)
    first = value.split(" ", 1)[0]
    return _type_of_words(value) if _PROFESSIONAL.fullmatch(first) or _HELPER.fullmatch(first) else None


def _type_of_words(value: str) -> RespondentType | None:
    """« aidante professionnelle » is a professional."""
    words = value.split()
    if any(_PROFESSIONAL.fullmatch(word) for word in words):
        return RespondentType.PROFESSIONAL
    if any(_HELPER.fullmatch(word) for word in words):
        return RespondentType.HELPER
    return None


def read_kind(text: str) -> InterviewKind | None:
    """« enregistré », « audio », « notes », « non enregistré »; under « Enregistré », yes or no. None for the rest."""
    value = folded(text)
    if re.match(
        r"notes?\b|prises? de notes?\b|sans enregistrement|(?:non|pas) enregistre|not recorded|(?:non|no)$", value
    ):
        return InterviewKind.NOTES
    if re.match(r"enregistre|audio|dictaphone|recorded|transcription|transcrit|(?:oui|yes|x|o)$", value):
        return InterviewKind.RECORDED
    return None


# --- consents

_STATES = {
    ConsentState.GIVEN: "oui o yes y x 1 vrai true ok accord accorde accepte acceptee donne signe signee given granted",
    ConsentState.REFUSED: "non n no 0 faux false ko refus refuse refusee refused",
    ConsentState.WITHDRAWN: "retrait retire retiree retires withdrawn withdrew revoque revoquee",
}
_STATE_OF = {word: state for state, words in _STATES.items() for word in words.split()}
_UNKNOWN = {"", "na", "nc", "nr", "nsp", "inconnu", "unknown", "en attente", "pending", "a demander", "a venir", "nan"}
# After the first word, what would make « oui » another answer: « oui, sauf la citation », « oui puis retiré ».
_RESTRICTION = re.compile(
    r"\b(?:sauf|mais|pas|sans|non|ne|hors|uniquement|seulement|puis|si|sous|retir\w*|retrait|refus\w*|partiel\w*"
    r"|but|except|not|no|only|unless|until|withdr\w*)\b"
)
_MARKS = str.maketrans({"✓": "x", "✔": "x", "☑": "x", "✅": "x", "☒": "x", "✗": "non", "✘": "non", "❌": "non"})


def read_consent(text: str) -> ConsentState | None:
    """None: nothing is known yet."""
    value = folded(text.translate(_MARKS))
    if value in _UNKNOWN:
        return None
    first, _, rest = value.partition(" ")
    state = ConsentState.GIVEN if value.startswith("d accord") else _STATE_OF.get(first)
    if state is None or (state is ConsentState.GIVEN and _RESTRICTION.search(rest)):
        raise ValueError("consentement illisible (écrivez « oui », « non », « retiré » ou rien)")
    return state


# --- dates

_MONTHS = ("janv|january jan", "fev|feb", "mars|march mar", "avr|apr", "mai|may", "juin|jun", "juil|jul", "aou|aug",
           "sept|sep", "oct", "nov", "dec")  # fmt: skip
_TIME = r"(?:[ T,]+(?:à |a )?\d{1,2}(?:h|:)\d{0,2}(?::\d{2})?(?:\.\d+)?Z?)?"
_ISO = re.compile(rf"(\d{{4}})[-/. ](\d{{1,2}})[-/. ](\d{{1,2}}){_TIME}|(\d{{4}})(\d{{2}})(\d{{2}})")
_NUMBERS = re.compile(
    rf"(?:[a-z]+\.? )?(\d{{1,2}}) ?[-/. ] ?(\d{{1,2}}) ?[-/. ] ?(\d{{4}}|\d{{2}}){_TIME}", re.IGNORECASE
)
_WORDS = re.compile(rf"(?:[a-z]+\.? )?(\d{{1,2}})(?:er)?[ -]([^\W\d_]+)\.?[ -](\d{{4}}|\d{{2}}){_TIME}", re.IGNORECASE)


def month_first(texts: Iterable[str]) -> bool | None:
    """Whether dates written in numbers show the order of the United States; None when they don't tell."""
    found = [match for text in texts if (match := _NUMBERS.fullmatch(text.strip()))]
    if any(int(match[1]) > 12 for match in found):
        return False
    return True if any(int(match[2]) > 12 for match in found) else None


def read_date(text: str, doubtful: bool = False) -> datetime.date | None:
    """« 12/03/2025 », « 12.3.25 », « 2025-03-12 », « 12 mars 2025 »; None for an empty cell.

    doubtful: the file doesn't show that the day comes first, so that « 03/04/2025 » isn't read.
    """
    value = " ".join(text.split())
    if not value:
        return None
    if found := _ISO.fullmatch(value):
        year, month, day = (int(part) for part in found.groups() if part)
    elif found := _NUMBERS.fullmatch(value):
        day, month, year = int(found[1]), int(found[2]), int(found[3])
        if doubtful and day <= 12 and month <= 12 and day != month:
            raise ValueError("date à deux lectures (jour et mois peuvent être échangés) : écrivez « 2025-04-03 »")
    elif (found := _WORDS.fullmatch(value)) and (number := _month(found[2])):
        day, month, year = int(found[1]), number, int(found[3])
    else:
        raise ValueError("date illisible ou incomplète (écrivez « 12/03/2025 »)")
    try:
        date = datetime.date(year + 2000 if year < 100 else year, month, day)
    except ValueError:
        raise ValueError("cette date n'existe pas (ordre attendu : jour, mois, année)") from None
    if not 1990 <= date.year <= 2100:
        raise ValueError("l'année de cette date est invraisemblable")
    return date


def _month(word: str) -> int | None:
    name = folded(word)
    stems = ((number, stem) for number, stems in enumerate(_MONTHS, 1) for stem in re.split(r"[| ]", stems))
    return next((number for number, stem in stems if name.startswith(stem)), None)


# --- files

_EXTENSION = re.compile(r"\.(?:docx?|odt|rtf|txt|md|pdf|srt|vtt|json|html?)$", re.IGNORECASE)


def split_files(text: str) -> tuple[str, ...]:
    """Names separated by semicolons or line breaks; by commas or « et » too, unless that would cut a name in two."""
    names: list[str] = []
    for part in re.split(r"[;\n|]|\s/\s", text):
        names += _pieces(part, r",|\+|\bet\b|&", bare=False) or _pieces(part, r",", bare=True) or [part.strip()]
    return tuple(dict.fromkeys(name for name in names if name))


def _pieces(part: str, separators: str, *, bare: bool) -> list[str]:
    """The names between the separators, if each has its extension; if none has, when `bare`."""
    pieces = [piece.strip() for piece in re.split(separators, part) if piece.strip()]
    named = [bool(_EXTENSION.search(piece)) for piece in pieces]
    return pieces if all(named) or (bare and not any(named)) else []


def same_file(written: str, name: str) -> bool:
    """Whether a file name as written in a table names this file: case, folder and missing extension are ignored."""
    wanted, actual = _file_key(written), _file_key(name)
    return wanted == actual or (not _EXTENSION.search(wanted) and wanted == _EXTENSION.sub("", actual))


def _file_key(name: str) -> str:
    return unicodedata.normalize("NFC", PurePosixPath(name.strip().replace("\\", "/")).name).casefold()
