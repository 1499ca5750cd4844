"""Identifiers said aloud: addresses of the net (« arobase », « point »), numbers in words, two figures at a time."""

from __future__ import annotations

import re
from collections.abc import Iterator

from enquete.model import IdentifierType
from enquete.pseudonyms.found import Found
from enquete.pseudonyms.grammar import FUNCTION_WORDS
from enquete.pseudonyms.keys import keyed, nir_key_is_right
from enquete.pseudonyms.numbers import NUMBER_WORDS, Said
from enquete.pseudonyms.tokens import Tokens

_T = IdentifierType
_FILLERS = {"euh", "heu", "hum", "hm", "ben"}
# Public sites tell nothing of who visits them.
PUBLIC_SITE = re.compile(
    r"(?:^|[./@])(?:[\w-]+\.gouv\.fr|caf\.fr|ameli\.fr|service-public\.(?:gouv\.)?fr|francetravail\.fr|pole-emploi\.fr|"
    r"doctolib\.fr|impots?\.fr|laposte\.(?:fr|net)|sncf(?:-connect)?\.(?:fr|com)|ratp\.fr|iledefrance-mobilites\.fr|"
    r"hauts-de-seine\.fr|paris\.fr|msa\.fr|urssaf\.fr|cesu\.urssaf\.fr|mes-?aides\.\w+|1jeune1solution\.\w+|"
    r"lassuranceretraite\.fr|"
    r"info-retraite\.fr|google\.(?:com|fr)|gmail\.com|youtube\.com|facebook\.com|whatsapp\.com|leboncoin\.fr|"
    r"vinted\.fr|"
    r"amazon\.(?:com|fr)|wikipedia\.org|indeed\.(?:com|fr)|defenseurdesdroits\.fr|emmaus-connect\.org|lesbonsclics\.fr|"
    r"restosducoeur\.org|secours-catholique\.org|secourspopulaire\.fr|croix-rouge\.fr|ants\.fr|pix\.fr|"
    r"cnil\.fr|insee\.fr|"
    r"action-logement\.fr|banque-france\.fr|education\.fr|parcoursup\.fr|booking\.com|free\.fr|orange\.fr|"
    r"sfr\.fr)(?:/\S*)?$",
    re.IGNORECASE,
)
_DICTATED_MAIL = re.compile(
    r"[\w.\-]+(?:\s+(?:point|tiret(?: du (?:bas|six|huit))?|underscore)\s+[\w\-]+)*\s+(?:arobase?|arrobase?|"
    r"at|chez a commercial)\s+"
    r"[\w\-]+(?:\s+(?:tiret|point)\s+[\w\-]+)*?\s+point\s+\w{2,8}\b|[\w.\-]+\s+(?:arobase?|"
    r"arrobase?)\b(?:\s+[\w.\-]+)?",
    re.IGNORECASE,
)
_DICTATED_URL = re.compile(
    r"(?:(?:www|w\s?w\s?w|trois w|double v double v double v)\s+point\s+)[\w\-]+(?:\s+(?:point|tiret|"
    r"slash)\s+[\w\-]+)+|"
    r"\b[\w\-]+\s+point\s+(?:fr|com|org|net|eu|info|example)\b(?:\s+slash\s+[\w\-]+)*",
    re.IGNORECASE,
)
_LEADING = {"mail", "email", "courriel", "adresse", "ecrivez", "ecrire", "ecris", "note", "notez", "marque", "envoyez"}
_PARTS = 8  # words of an address before « arobase »


def find(tokens: Tokens) -> Iterator[Found]:
    """Every identifier said in words."""
    yield from _addresses(tokens)
    yield from _in_words(tokens)


def _addresses(tokens: Tokens) -> Iterator[Found]:
    text, lower = tokens.text, tokens.text.lower()
    if "arobas" in lower or "arrobas" in lower:
        for m in _DICTATED_MAIL.finditer(text):
            start = _first_part(tokens, m.start())
            if start is not None:
                yield Found(start, m.end(), _T.EMAIL, 0.95, "adresse de courriel dictée")
    if " point " in lower:
        for m in _DICTATED_URL.finditer(text):
            if not PUBLIC_SITE.search(re.sub(r"\s+point\s+", ".", m[0], flags=re.IGNORECASE)):
                yield Found(*m.span(), _T.URL, 0.9, "adresse de site dictée")


def _first_part(tokens: Tokens, start: int) -> int | None:
    """Where an address begins: letters, numbers and names said before; None for « l'arobase », which is no address."""
    first = tokens.starts.index(start) if start in tokens.starts else None
    if first is None:
        return start
    if tokens.folds[first] in FUNCTION_WORDS - NUMBER_WORDS and len(tokens.words[first]) > 1:
        return None
    least = first - _PARTS
    while first > max(0, least) and tokens.gaps[first] in {" ", "-", ""} and _of_an_address(tokens.folds[first - 1]):
        first -= 1
    return tokens.starts[first]


def _of_an_address(fold: str) -> bool:
    """Any word but those that lead to it: « mon mail c'est », « écrivez à »."""
    return len(fold) == 1 or fold in NUMBER_WORDS or (fold not in FUNCTION_WORDS and fold not in _LEADING)


_CONTEXT = re.compile(
    r"numero|telephone|portable|fixe|joindre|appel|allocataire|caf|secu|securite|matricule|dossier|code|finit|termine|"
    r"identifiant|compte|rib|iban|carte|tape|passeport|titre"
)


def _in_words(tokens: Tokens) -> Iterator[Found]:
    """Runs of numbers said one after the other: no quantity is said so, only what is dialled or copied."""
    run: list[Said] = []
    for said in tokens.numbers:
        if run and not _goes_on(tokens, run[-1], said):
            yield from _judged(tokens, run)
            run = []
        run.append(said)
    yield from _judged(tokens, run)


def _goes_on(tokens: Tokens, one: Said, other: Said) -> bool:
    """Nothing but signs and hesitations between two numbers."""
    hesitates = all(tokens.folds[i] in _FILLERS for i in range(one.last, other.first))
    return hesitates and not any(tokens.gaps[i].strip(" \u00a0\u202f,-.…") for i in range(one.last, other.first + 1))


def _judged(tokens: Tokens, run: list[Said]) -> Iterator[Found]:
    if len(run) > 1 and not all(tokens.folds[said.first].isdigit() for said in run):
        first, last = run[0].first, run[-1].last - 1
        values = [said.value for said in run]
        before = " ".join(tokens.folds[max(0, first - 10) : first])
        found = _said("".join(map(str, values)), values, before)
        if found is not None:
            kind, score, why = found
            yield Found(*tokens.span(first, last), kind, score, why)


def _said(digits: str, values: list[int], before: str) -> tuple[IdentifierType, float, str] | None:
    announced = _CONTEXT.search(before)
    if len(digits) >= 13 and digits[0] in "12378" and len(digits) <= 16 and "iban" not in before:
        return _T.NIR, *keyed(nir_key_is_right(digits), "numéro de sécurité sociale dit en mots")
    if digits[0] == "0" and 9 <= len(digits) <= 11:
        return _T.PHONE, 0.95, "numéro de téléphone dit en mots"
    if re.search(r"allocataire|\bcaf\b", before) and len(digits) >= 4:
        return _T.CAF_NUMBER, 0.9, "numéro dit en mots, après « CAF »"
    if digits[0] == "0" and len(digits) >= 4:
        return (_T.CAF_NUMBER if len(digits) < 9 else _T.DOCUMENT), 0.8, "numéro dit en mots"
    if len(values) >= 4 and len(digits) >= 7:
        return _T.DOCUMENT, 0.8, "suite de nombres dits en mots"
    if announced and re.search(r"finit|termine|commence|dernier", before) and len(digits) >= 4:
        return _T.PHONE, 0.8, "fin ou début d'un numéro dit en mots"
    if announced and len(values) >= 2 and len(digits) >= 6 and max(values) < 1000:
        return _T.DOCUMENT, 0.7, "numéro dit en mots, après un mot qui l'annonce"
    return None
