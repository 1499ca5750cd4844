"""Identifiers said aloud: addresses of the net (« arobase », « point »), numbers in words, two figures at a time."""

from __future__ import annotations

import re
from collections.abc import Iterator

from enquete.model import IdentifierType
from enquete.pseudonyms.found import Found
from enquete.pseudonyms.grammar import FUNCTION_WORDS, word_set
from enquete.pseudonyms.keys import keyed, nir_key_is_right
from enquete.pseudonyms.numbers import NUMBER_WORDS, Said
from enquete.pseudonyms.tokens import Tokens
from enquete.pseudonyms.words import fold

_T = IdentifierType
_FILLERS = {"euh", "heu", "hum", "hm", "ben"}
_KEY = {"cle", "clef"}
_LINKS = {"et", "apres", "puis", "la", "ensuite"}  # between two parts of one number: « zéro six et après quarante »
_ACCOUNT = word_set(
    """
    est compte sous pseudo mon profil cherche cherchez suis insta instagram tiktok tik tok snap snapchat twitter
    facebook discord youtube twitch telegram
    """
)
_PLATES = {"plaque", "plaques", "immatriculation", "immatricule", "immatriculee"}
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
    yield from _handles(tokens)
    yield from _in_words(tokens)
    if not _PLATES.isdisjoint(tokens.folds):
        yield from _plates(tokens)


def _addresses(tokens: Tokens) -> Iterator[Found]:
    text, lower = tokens.text, tokens.text.lower()
    if "arobas" in lower or "arrobas" in lower:
        for m in _DICTATED_MAIL.finditer(text):
            start = _first_part(tokens, m.start())
            if start is not None:
                yield Found(start, m.end(), _T.EMAIL, 0.95, "adresse de courriel dictée")
    if " point " in lower:
        for m in _DICTATED_URL.finditer(text):
            article = fold(m[0].split()[0]) in {"le", "du", "au", "un", "ce", "de"}  # « au point info »
            if not article and not PUBLIC_SITE.search(re.sub(r"\s+point\s+", ".", m[0], flags=re.IGNORECASE)):
                yield Found(*m.span(), _T.URL, 0.9, "adresse de site dictée")


def _handles(tokens: Tokens) -> Iterator[Found]:
    """« mon compte c'est arobase mimi quatre-vingt-douze »: up to a number, or to a word that goes on."""
    folds = tokens.folds
    for index, word in enumerate(folds):
        if word.rstrip("e") not in {"arobas", "arrobas"} or not (index == 0 or folds[index - 1] in _ACCOUNT):
            continue
        last, at = index, index + 1
        while at < len(folds) and at < index + 8 and tokens.gaps[at].strip(" -_") == "":
            number = next((said for said in tokens.numbers if said.first == at), None)
            if number is not None:
                last = number.last - 1
                break
            joins = folds[at] in {"du", "de", "la", "le", "point", "tiret", "underscore"} and last > index
            if folds[at] in FUNCTION_WORDS and not joins:
                break
            last, at = at, at + 1
        if last > index:
            yield Found(*tokens.span(index, last), _T.HANDLE, 0.85, "nom de compte dicté")


def _plates(tokens: Tokens) -> Iterator[Found]:
    """« la plaque c'est ab deux cent douze cd »."""
    folds = tokens.folds
    for said in tokens.numbers:
        first, last = said.first - 1, said.last
        if first < 0 or last >= len(folds) or _PLATES.isdisjoint(folds[max(0, first - 8) : last + 8]):
            continue
        letters = [len(folds[at]) == 2 and folds[at].isalpha() for at in (first, last)]
        if all(letters) and said.value < 1000 and not folds[first].isdigit():
            yield Found(*tokens.span(first, last), _T.PLATE, 0.85, "plaque d'immatriculation dite en mots")


def _first_part(tokens: Tokens, start: int) -> int | None:
    """Where an address begins: letters, numbers and names said before; None for « l'arobase », which is no address."""
    first = tokens.starts.index(start) if start in tokens.starts else None
    if first is None:
        return start
    if tokens.folds[first] in FUNCTION_WORDS - NUMBER_WORDS | {"un", "une"} and len(tokens.words[first]) > 1:
        return None
    least = first - _PARTS
    while first > max(0, least) and tokens.gaps[first] in {" ", "-", ""} and _of_an_address(tokens.folds[first - 1]):
        first -= 1
    return tokens.starts[first]


def _of_an_address(word: str) -> bool:
    """Any word but those that lead to it: « mon mail c'est », « écrivez à »."""
    return len(word) == 1 or word in NUMBER_WORDS or (word not in FUNCTION_WORDS and word not in _LEADING)


_CONTEXT = re.compile(
    r"numero|telephone|portable|fixe|joindre|appel|allocataire|caf|secu|securite|matricule|dossier|code|finit|termine|"
    r"identifiant|compte|rib|iban|carte|tape|passeport|titre|chiffre"
)


def _in_words(tokens: Tokens) -> Iterator[Found]:
    """Runs of numbers said one after the other: no quantity is said so, only what is dialled or copied."""
    run: list[Said] = []
    for said in tokens.numbers:
        if run and not _goes_on(tokens, run, said):
            yield from _judged(tokens, run)
            run = []
        run.append(said)
    yield from _judged(tokens, run)


def _goes_on(tokens: Tokens, run: list[Said], other: Said) -> bool:
    """Nothing but signs and hesitations between two numbers; « clé » in a long one, « et après » in a dialled one."""
    one, between = run[-1], tokens.folds[run[-1].last : other.first]
    allowed = _FILLERS | (_LINKS if run[0].value == 0 or _KEY & set(between) else set())
    if len(run) > 4:
        allowed = allowed | _KEY
    return set(between) <= allowed and not any(
        tokens.gaps[i].strip(" \u00a0\u202f,-.…") for i in range(one.last, other.first + 1)
    )


def _judged(tokens: Tokens, run: list[Said]) -> Iterator[Found]:
    if len(run) > 1 and not all(tokens.folds[said.first].isdigit() for said in run):
        first, last = run[0].first, run[-1].last - 1
        values = [said.value for said in run]
        before = " ".join(tokens.folds[max(0, first - 10) : first])
        found = _said("".join(map(str, values)), values, before)
        if found is not None:
            kind, score, why = found
            last += _letter_after(tokens, last + 1) and kind in {_T.DOCUMENT, _T.CAF_NUMBER}
            yield Found(*tokens.span(first, last), kind, score, why)


def _letter_after(tokens: Tokens, index: int) -> bool:
    """The letter that ends the number of a job seeker: « … huit neuf k », but not « l'autre »."""
    if index >= len(tokens) or len(tokens.words[index]) > 1 or tokens.folds[index].isdigit():
        return False
    after = tokens.gaps[index + 1] if index + 1 < len(tokens) else ""
    return (
        tokens.gaps[index].strip(" ,-") == "" and after[:1] not in {"'", "’"} and tokens.folds[index] not in {"a", "y"}
    )


def _said(digits: str, values: list[int], before: str) -> tuple[IdentifierType, float, str] | None:
    announced = _CONTEXT.search(before)
    if len(digits) >= 13 and digits[0] in "12378" and len(digits) <= 16 and "iban" not in before:
        return _T.NIR, *keyed(nir_key_is_right(digits), "numéro de sécurité sociale dit en mots")
    if re.search(r"\bsecu", before) and digits[0] in "12378" and len(digits) >= 5 and "euros" not in before:
        return _T.NIR, 0.8, "début d'un numéro de sécurité sociale dit en mots"
    if digits[0] == "0" and 9 <= len(digits) <= 11:
        return _T.PHONE, 0.95, "numéro de téléphone dit en mots"
    if re.search(r"allocataire|\bcaf\b", before) and len(digits) >= 4:
        return _T.CAF_NUMBER, 0.9, "numéro dit en mots, après « CAF »"
    if digits[0] == "0" and len(digits) >= 4:
        dialled = re.match("0[1-79]", digits) and not re.search(r"identifiant|dossier|matricule|emploi|travail", before)
        kind = _T.PHONE if dialled else _T.CAF_NUMBER if len(digits) < 9 else _T.DOCUMENT
        return kind, 0.8, "numéro dit en mots"
    if len(values) >= 4 and len(digits) >= 7:
        return _T.DOCUMENT, 0.8, "suite de nombres dits en mots"
    if announced and re.search(r"finit|termine|commence|dernier", before) and len(digits) >= 4:
        return _T.PHONE, 0.8, "fin ou début d'un numéro dit en mots"
    if announced and len(set(values)) > 1 and len(digits) >= 6 and max(values) < 1000:
        return _T.DOCUMENT, 0.7, "numéro dit en mots, après un mot qui l'annonce"
    return None
