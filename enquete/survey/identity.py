"""Which columns of a table identify people directly, by their headers or by what they hold."""

from __future__ import annotations

import re

from enquete.tables import Table, column_key, folded


def _keys(headers: str) -> frozenset[str]:
    return frozenset(column_key(header) for header in headers.split(", "))


# A header that holds one of these words, or is one of these headers, names what identifies by itself…
_WORDS = _keys(
    "nom, prénom, patronyme, surnom, surname, firstname, lastname, name, nickname, mail, email, courriel, mél, "
    "téléphone, tel, phone, portable, mobile, gsm, adresse, address, coordonnées, iban, rib, nir, ssn, passeport, "
    "passport, naissance, ddn, birth, birthdate, dob, enquêteur, enquêtrice, intervieweur, intervieweuse, "
    "interviewer, chercheur, chercheuse, interprète, signature"
)
_HEADERS = _keys(
    "contact, né(e) le, née, identité, identity, rue, n° CAF, "
    "identifiant CAF, n° allocataire, n° allocataire CAF, matricule, matricule CAF, sécurité sociale, "
    "n° sécurité sociale, n° sécu, n° étranger, titre de séjour, n° titre de séjour, identifiant France Travail, "
    "n° Pôle emploi, WhatsApp, Facebook, Instagram, Snapchat, TikTok, Messenger, Skype"
)
# Headers that speak of the person and nothing else: « Participante », « Personne rencontrée ». « Enquêté » without
# its accents would be the survey.
_PERSON = re.compile(
    r"(?:(?:participant|interviewé|rencontré|interrogé|enquêté|concerné|usager|usagère|habitant|bénéficiaire|personne"
    r"|interviewee|respondent|person)(?:·?e)?s?\W*)+"
)
# … unless another word makes it a count, a place or a question: « lieu de naissance », « usage du mobile ».
_EXCEPT = _keys(
    "pays, lieu, année, ville, commune, quartier, département, type, usage, accès, équipement, nombre, nb, mode, "
    "possède, fréquence, aisance, statut, difficulté, motif, profil, catégorie, situation, famille, emploi, country, "
    "year, age, has, owns"
)
_SMALL = _keys("votre, vos, quel, quelle, est, sont, et, ou, en, à, numéro, complet, famille, personne, participant, "
               "date, usage, your, what, is, full, and, first, last")  # fmt: skip
_ANSWERS = {"oui", "non", "o", "n", "x", "yes", "no", "y", "0", "1", "vrai", "faux", "aucun", "aucune", "nsp", "na"}
_PHONE_WORDS = {"telephone", "tel", "phone", "portable", "mobile", "gsm"}

_PHONE = re.compile(r"(?<!\d)(?:(?:\+|00)33[\s.-]?(?:\(0\))?|0)[\s.-]?[1-9](?:[\s.-]?\d{2}){4}(?!\d)")
_BARE_PHONE = re.compile(r"[67]\d{8}")  # what a spreadsheet leaves of 06…
_EMAIL = re.compile(r"[^\s@;,<>]+@[^\s@;,<>]+\.\w{2,}")
_NIR = re.compile(r"(?<!\d)[12][\s.]?\d{2}[\s.]?(?:0[1-9]|1[0-2]|[2-9]\d)[\s.]?(?:\d{2}|2[AB])[\s.]?\d{3}[\s.]?\d{3}"
                  r"(?:[\s.]?\d{2})?(?!\d)")  # fmt: skip
_IBAN = re.compile(r"\b[A-Z]{2}\d{2}(?:\s?[A-Z0-9]{4}){3,7}(?:\s?[A-Z0-9]{1,3})?\b")
_FILE = re.compile(r".+\.(?:docx?|odt|rtf|pdf|txt|mp3|m4a|wav|wma|ogg|aac|mp4|srt|vtt|jpe?g|png)", re.IGNORECASE)
_OLD_DATE = re.compile(r"\d{1,2}[/.-]\d{1,2}[/.-](?:19\d\d|200\d)|(?:19\d\d|200\d)-\d{2}-\d{2}")


def identity_columns(table: Table, known: set[str]) -> list[str]:
    """Columns for the vault only, those of `known` (which have another use) left out.

    One telling cell is enough: an e-mail address in the middle of a comment identifies as much as one in its column.
    """
    return [column for column in table.columns if column not in known and _identifies(table, column)]


def named_as_identity(header: str) -> bool:
    """Whether a header or a question asks by its words for what identifies: « Nom », « Votre téléphone ? »."""
    return _named_so(header, [])


def _identifies(table: Table, column: str) -> bool:
    return identifies(column, [value for row in table.rows if (value := row.cells[column])])


def identifies(column: str, values: list[str]) -> bool:
    """Whether a column identifies people, by its header or by one of its values (blank ones left out)."""
    return _named_so(column, values) or any(map(telling, values))


def asks_who(label: str) -> bool:
    """Whether a question asks for what identifies and nothing else: « Votre nom », « Nom et prénom de la personne »."""
    words = set(column_key(label).split()) - _SMALL
    return bool(words) and words <= _WORDS


def asks_number_of(label: str) -> bool:
    """Whether a question in figures asks for what identifies: a birth date, a telephone, a number of somebody's."""
    return asks_who(label) or column_key(label) in _HEADERS


def _named_so(column: str, values: list[str]) -> bool:
    key = column_key(column)
    words = set(key.split())
    whole = key in _HEADERS or bool(
        _PERSON.fullmatch(column.casefold().replace("(e)", "")) and any(re.search("[^\\W\\d]", v) for v in values)
    )
    if not whole and not (words & _WORDS and not words & _EXCEPT):
        return False
    if values and all(folded(value) in _ANSWERS for value in values):  # « téléphone : oui »
        return False
    only_phone = words & _WORDS <= _PHONE_WORDS and not whole
    return not only_phone or not values or any(len(re.sub(r"\D", "", value)) >= 8 for value in values)


def telling(value: str) -> bool:
    """Whether a cell identifies by itself: a telephone number, an address, a number of somebody's, an old date."""
    searched = (_PHONE, _EMAIL, _NIR, _IBAN)
    whole = (_BARE_PHONE, _FILE, _OLD_DATE)
    return any(p.search(value) for p in searched) or any(p.fullmatch(value) for p in whole)
