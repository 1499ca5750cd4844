"""French words for the enumerations of the model, plurals, dates."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from enquete.model import (
    Audience,
    Channel,
    ConsentKind,
    ConsentState,
    IdentifierType,
    InterviewKind,
    LossReason,
    Measure,
    MissingKind,
    Outcome,
    RespondentType,
    Role,
)

_READERS = {
    Audience.TEAM: "l'équipe",
    Audience.PROJECT_GROUP: "le groupe-projet",
    Audience.PUBLIC: "diffusion",
}

# Two enumerations may share a value, and would share a key.
_LABELS: dict[tuple[type[StrEnum], str], str] = {
    (type(value), value): words
    for value, words in (
        (Role.INTERVIEWER, "enquêteur"),
        (Role.PARTICIPANT, "participant"),
        (Role.OTHER, "autre voix"),
        (Role.UNKNOWN, "rôle inconnu"),
        (RespondentType.CONCERNED, "personne concernée"),
        (RespondentType.HELPER, "aidant"),
        (RespondentType.PROFESSIONAL, "professionnel"),
        (RespondentType.EVERYONE, "personne (tous types réunis)"),
        (InterviewKind.RECORDED, "entretien enregistré"),
        (InterviewKind.NOTES, "notes sans enregistrement"),
        (InterviewKind.ANSWER, "réponse ouverte"),
        (MissingKind.DONT_KNOW, "ne sait pas"),
        (MissingKind.REFUSED, "refus"),
        (MissingKind.NOT_APPLICABLE, "sans objet"),
        (MissingKind.NOT_ASKED, "question non posée"),
        (MissingKind.OTHER, "autre manquant"),
        (Measure.NOMINAL, "nominale"),
        (Measure.ORDINAL, "ordinale"),
        (Measure.SCALE, "continue"),
        (ConsentKind.PARTICIPATION, "participation"),
        (ConsentKind.RECORDING, "enregistrement"),
        (ConsentKind.QUOTATION, "citation"),
        (ConsentKind.RECONTACT, "reprise de contact"),
        (ConsentKind.ARCHIVE, "archivage"),
        (ConsentState.GIVEN, "donné"),
        (ConsentState.REFUSED, "refusé"),
        (ConsentState.WITHDRAWN, "retiré"),
        (Channel.CALL, "appel"),
        (Channel.TEXT, "message"),
        (Channel.MAIL, "courriel"),
        (Channel.LETTER, "courrier"),
        (Channel.RELAY, "relais"),
        (Channel.VISIT, "visite"),
        (Channel.OTHER, "autre"),
        (Outcome.NO_ANSWER, "pas de réponse"),
        (Outcome.MESSAGE_LEFT, "message laissé"),
        (Outcome.WRONG_NUMBER, "mauvais numéro"),
        (Outcome.APPOINTMENT, "rendez-vous"),
        (Outcome.POSTPONED, "reporté"),
        (Outcome.REFUSED, "refus"),
        (Outcome.RELAYED, "transmis"),
        (LossReason.MOVED, "déménagement"),
        (LossReason.REFUSED, "refus"),
        (LossReason.NOT_REACHED, "pas jointe"),
        (LossReason.WITHDRAWN, "retrait"),
        (LossReason.DIED, "décès"),
        (LossReason.UNKNOWN, "raison inconnue"),
        (IdentifierType.PERSON, "nom de personne"),
        (IdentifierType.PLACE, "lieu"),
        (IdentifierType.ORGANISATION, "organisme"),
        (IdentifierType.BIRTH_DATE, "date de naissance"),
        (IdentifierType.AGE, "âge"),
        (IdentifierType.PHONE, "numéro de téléphone"),
        (IdentifierType.EMAIL, "adresse électronique"),
        (IdentifierType.HANDLE, "nom de compte"),
        (IdentifierType.URL, "adresse de page"),
        (IdentifierType.NIR, "numéro de sécurité sociale"),
        (IdentifierType.IBAN, "numéro de compte bancaire"),
        (IdentifierType.CAF_NUMBER, "numéro d'allocataire"),
        (IdentifierType.DOCUMENT, "numéro de pièce d'identité"),
        (IdentifierType.PLATE, "plaque d'immatriculation"),
    )
}

# Words of a label that follow its head noun and stay as they are: « notes sans enregistrement ».
_LINKS = {"de", "d", "du", "des", "sans", "à", "pour", "par", "avec", "en"}
_IRREGULAR = {"travail": "travaux", "non": "non"}

_MONTHS = (
    "janvier", "février", "mars", "avril", "mai", "juin",
    "juillet", "août", "septembre", "octobre", "novembre", "décembre",
)  # fmt: skip


def label(value: StrEnum, count: int = 1) -> str:
    """The French label of a value of the model, in the plural from two on: « personnes concernées »."""
    words = _LABELS[type(value), value]
    return words if count < 2 else plural(words)


def readers(audience: Audience) -> str:
    """Whom a file is for, after « pour »."""
    return _READERS[audience]


def plural(phrase: str) -> str:
    """« tour de parole » -> « tours de parole »: each word up to the first preposition takes its plural."""
    words = phrase.split(" ")
    for place, word in enumerate(words):
        if word.split("'")[0] in _LINKS:
            break
        words[place] = _plural_word(word)
    return " ".join(words)


def _plural_word(word: str) -> str:
    if word in _IRREGULAR:
        return _IRREGULAR[word]
    if word.endswith(("s", "x", "z", ")")):
        return word
    if word.endswith(("eau", "eu")):
        return word + "x"
    if word.endswith("al"):
        return word[:-2] + "aux"
    return word + "s"


def number(value: int) -> str:
    """12345 -> « 12 345 », with narrow no-break spaces."""
    return f"{value:,}".replace(",", "\u202f")


def decimal(value: float) -> str:
    """0.953 -> « 0,95 »."""
    return f"{value:.2f}".replace(".", ",")


def n(phrase: str, count: int, several: str | None = None) -> str:
    """« 3 personnes », « 0 personne », « 1 200 mots »: French takes the plural from two on.

    several: the plural where `plural` would be wrong.
    """
    if abs(count) < 2:
        return f"{number(count)}\u00a0{phrase}"
    return f"{number(count)}\u00a0{plural(phrase) if several is None else several}"


def texts(interviews: int, answers: int, questions: int) -> str:
    """« 12 entretiens et 340 réponses à 3 questions ouvertes »: what is met and what is written are never added up."""
    answered = f"{n('réponse', answers)} à {n('question ouverte', questions)}"
    if not answers:
        return n("entretien", interviews)
    return f"{n('entretien', interviews)} et {answered}" if interviews else answered


def capital(text: str) -> str:
    """The first letter in upper case, the rest as it is."""
    return text[:1].upper() + text[1:]


def day(value: date) -> str:
    """« 1er mars 2025 »."""
    return f"{'1er' if value.day == 1 else value.day} {month(value)}"


def month(value: date) -> str:
    """« mars 2025 »."""
    return f"{_MONTHS[value.month - 1]} {value.year}"


def from_month(value: date) -> str:
    """« de mars 2025 », « d'avril 2025 »."""
    name = month(value)
    return f"d'{name}" if name[0] in "ao" else f"de {name}"
