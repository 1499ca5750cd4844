"""Direct identifiers that have a form: telephones, addresses of the net, numbers of papers and accounts."""

from __future__ import annotations

import re
from collections.abc import Iterator

from enquete.model import IdentifierType
from enquete.pseudonyms.found import Found
from enquete.pseudonyms.numbers import Said
from enquete.pseudonyms.tokens import Tokens

_T = IdentifierType
_SPACE = r"[ \u00a0\u202f.\-–/]?"
_DIGIT = re.compile(r"\d")
_TLD = (
    r"(?:fr|com|org|net|eu|info|biz|io|me|be|ch|lu|ca|uk|de|es|it|pt|ma|dz|tn|sn|ci|cm|ml|tr|ro|re|gp|mq|gf|bzh|paris|"
    r"asso|app|dev|tv|cc|co|us|ru|ua|pl|online|site|shop|store|blog|club|pro|mobi|name|live|cloud|example|test|invalid)"
)
# Public sites tell nothing of who visits them.
_PUBLIC = re.compile(
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
_EMAIL = re.compile(r"[\w.+\-]+(?:@| @ )[\w\-]+(?:\.[\w\-]+)*\.[A-Za-z]{2,}")
_URL = re.compile(
    rf"(?:https?://|www\.)[^\s,;»”\")\]]+[\w/]|(?<![\w@.])[\w\-]+(?:\.[\w\-]+)*\.{_TLD}(?![\w\-]|\.\w)(?:/[\w\-./?=&%#]*[\w/])?",
    re.IGNORECASE,
)
_HANDLE = re.compile(r"(?<![\w.@])@[\w][\w.]*\w")
_SAID_HANDLE = re.compile(
    r"\b(?:insta(?:gram)?|snap(?:chat)?|tik ?tok|twitter|facebook|discord|pseudo(?:nyme)?|compte|identifiant|"
    r"chaîne|page)\b"
    r"[^.!?\n]{0,25}?\b(?=[\w.]*(?:\d|_))(?=[\w.]*[a-z])([a-z0-9][\w]*(?:[._][\w]+)*)",
    re.IGNORECASE,
)
_PHONE = re.compile(
    rf"(?<![\w])(?:(?:\+|00){_SPACE}\d{{1,3}}{_SPACE}(?:\(0\){_SPACE})?[1-9](?:{_SPACE}\d{{2}}){{4}}|"
    rf"0{_SPACE}[1-9](?:(?:\s?[,.\-/–]\s?|[ \u00a0\u202f])?\d{{2}}){{4}}|"
    rf"(?:\+|00){_SPACE}[1-9]\d{{0,2}}(?:{_SPACE}\d{{2,4}}){{2,5}})(?![\w])"
)
_PARTIAL = re.compile(
    r"\b(?:finit|finissant|termine|se terminant|terminant|commence|commençant|derniers? chiffres?|dernier numéro)\b"
    r"\D{0,25}?(\d[\d .\u00a0\u202f\-]*\d)",
    re.IGNORECASE,
)
_NIR = re.compile(
    r"(?<!\w)[12378][ .\u00a0\u202f]?\d{2}[ .\u00a0\u202f]?(?:0[1-9]|1[0-2]|"
    r"[2-9]\d)[ .\u00a0\u202f]?\d[\dAB][ .\u00a0\u202f]?"
    r"\d{3}[ .\u00a0\u202f]?\d{3}(?:[ .\u00a0\u202f/]{0,3}\d{2})?(?!\w)"
)
_IBAN = re.compile(r"(?<!\w)[A-Z]{2}[ ]?\d{2}(?:[ \u00a0]?[A-Z0-9]){10,30}(?!\w)", re.IGNORECASE)
_CARD = re.compile(r"(?<!\w)\d{4}(?:[ \-.]\d{4}){3}(?!\w)")
_PLATE = re.compile(r"(?<!\w)(?:[A-Z]{2}[- ]?\d{3}[- ]?[A-Z]{2}|\d{2,4} ?[A-Z]{2,3} ?\d{2})(?!\w)")
_DOCUMENT = re.compile(r"(?<![\w@.])(?=[A-Z0-9]*\d{4})(?=[A-Z0-9]*[A-Z]|\d{9})[A-Z0-9]{7,20}(?!\w)")
_LONG = re.compile(r"(?<![\w,.])\d{7,16}(?![\w]|[,.]\d|\s?(?:€|euros?|francs?))")
_NUMBERED = re.compile(
    r"\b(?:n°|nº|numéros?|matricule|dossier|allocataire|bénéficiaire|caf|identifiant|agdref|récépissé|"
    r"titre de séjour|passeport|"
    r"carte|référence|client|contrat|permis|siret|sécu(?:rité sociale)?|code|tape[rz]?|immatricul\w*)\b"
    r"(?:(?!\b(?:euros?|ans|"
    r"heures)\b)[^\d.!\n]){0,45}?(?<![\w,.])(\d[\d \u00a0\u202f.\-]{3,}\d(?: ?[A-Z](?!\w))?|[A-Z]{0,3}\d{5,}[A-Z]?\d*)"
    r"(?!\w|[,.]\d|\s?(?:€|euros?|ans|heures?|mètres?))",
    re.IGNORECASE,
)
_CAF = re.compile(r"allocataire|\bcaf\b|bénéficiaire|matricule", re.IGNORECASE)
# A quantity never starts with a zero.
_ZERO = re.compile(
    r"(?<![\w,.:/\-])0\d*(?:[ \u00a0\u202f.\-]\d{2,4})+(?![\w,:/]|\.\d)|(?<![\w,.:/\-])0\d{5,9}(?!\w|[,.:/]\d)"
)
_YEARS = re.compile(r"(?:19|20)\d\d(?:[ \-/](?:19|20)\d\d)?$")
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


# (pattern, group that holds the identifier, type, score, why)
_SHAPES = (
    (_PHONE, 0, _T.PHONE, 1.0, "numéro de téléphone"),
    (_PARTIAL, 1, _T.PHONE, 0.8, "fin ou début d'un numéro"),
    (_CARD, 0, _T.DOCUMENT, 0.9, "numéro de carte"),
    (_PLATE, 0, _T.PLATE, 0.9, "plaque d'immatriculation"),
    (_DOCUMENT, 0, _T.DOCUMENT, 0.9, "numéro de document"),
    (_LONG, 0, _T.DOCUMENT, 0.7, "longue suite de chiffres"),
)


def nir_key_is_right(number: str) -> bool:
    """Whether the last two figures are the key of the thirteen before."""
    digits = re.sub(r"[^\dAB]", "", number.upper())
    if len(digits) != 15:
        return False
    body = digits[:13].replace("2A", "19").replace("2B", "18")
    return body.isdigit() and 97 - int(body) % 97 == int(digits[13:])


def iban_key_is_right(number: str) -> bool:
    """Whether the account number leaves 1 when divided by 97, letters counting from 10."""
    flat = re.sub(r"\W", "", number).upper()
    return len(flat) >= 14 and int("".join(str(int(c, 36)) for c in flat[4:] + flat[:4])) % 97 == 1


def _keyed(right: bool, what: str) -> tuple[float, str]:
    return (1.0, f"{what}, clé juste") if right else (0.9, f"forme d'un {what}, clé fausse ou absente")


def find(tokens: Tokens) -> Iterator[Found]:
    """Every identifier with a form, in figures or in words."""
    text = tokens.text
    yield from _of_the_net(text)
    if _DIGIT.search(text):
        yield from _in_figures(text)
    yield from _in_words(tokens)


def _of_the_net(text: str) -> Iterator[Found]:
    if "@" in text:
        yield from (Found(*m.span(), _T.EMAIL, 1.0, "adresse de courriel") for m in _EMAIL.finditer(text))
        yield from (Found(*m.span(), _T.HANDLE, 0.9, "nom de compte après « @ »") for m in _HANDLE.finditer(text))
    if "." in text or "://" in text:
        for m in _URL.finditer(text):
            if not _PUBLIC.search(m[0]) and "@" not in text[max(0, m.start() - 1) : m.start()]:
                yield Found(*m.span(), _T.URL, 0.95, "adresse d'un site qui n'est pas public")
    yield from _dictated(text)
    for m in _SAID_HANDLE.finditer(text):
        yield Found(*m.span(1), _T.HANDLE, 0.8, "nom de compte, après le nom d'un réseau")


def _dictated(text: str) -> Iterator[Found]:
    lower = text.lower()
    if "arobas" in lower or "arrobas" in lower:
        for m in _DICTATED_MAIL.finditer(text):
            yield Found(*m.span(), _T.EMAIL, 0.95, "adresse de courriel dictée")
    if " point " in lower:
        for m in _DICTATED_URL.finditer(text):
            if not _PUBLIC.search(re.sub(r"\s+point\s+", ".", m[0], flags=re.IGNORECASE)):
                yield Found(*m.span(), _T.URL, 0.9, "adresse de site dictée")


def _in_figures(text: str) -> Iterator[Found]:
    for m in _IBAN.finditer(text):
        if sum(c.isdigit() for c in m[0]) >= 12:
            yield Found(*_trimmed_iban(m), _T.IBAN, *_keyed(iban_key_is_right(m[0]), "IBAN"))
    for m in _NIR.finditer(text):
        yield Found(*m.span(), _T.NIR, *_keyed(nir_key_is_right(m[0]), "numéro de sécurité sociale"))
    for pattern, group, kind, score, why in _SHAPES:
        yield from (Found(*m.span(group), kind, score, why) for m in pattern.finditer(text))
    for m in _ZERO.finditer(text):
        if sum(c.isdigit() for c in m[0]) >= 5:
            yield Found(*m.span(), _T.DOCUMENT, 0.8, "numéro qui commence par zéro")
    yield from _announced(text)


def _announced(text: str) -> Iterator[Found]:
    """« numéro d'allocataire … 0 042 917 »: the words before tell what the figures are."""
    for m in _NUMBERED.finditer(text):
        number = m[1].strip(" .-\u00a0\u202f")
        if sum(c.isdigit() for c in number) >= 5 and not _YEARS.match(number):
            caf = _CAF.search(m[0][: m.start(1) - m.start()])
            kind, word = (_T.CAF_NUMBER, "« CAF »") if caf else (_T.DOCUMENT, "un mot qui l'annonce")
            yield Found(m.start(1), m.start(1) + len(number), kind, 0.9, f"numéro, après {word}")


def _trimmed_iban(match: re.Match[str]) -> tuple[int, int]:
    """An account number followed by a word: the words after the last figure are not part of it."""
    figures = [i for i, c in enumerate(match[0]) if c.isdigit()]
    return match.start(), match.start() + figures[-1] + 1


_CONTEXT = re.compile(
    r"numero|telephone|portable|fixe|joindre|appel|allocataire|caf|secu|securite|matricule|dossier|code|finit|termine|"
    r"identifiant|compte|rib|iban|carte|tape|passeport|titre"
)


def _in_words(tokens: Tokens) -> Iterator[Found]:
    """Runs of numbers said one after the other: no quantity is said so, only what is dialled or copied."""
    run: list[Said] = []
    for said in tokens.numbers:
        if run and (run[-1].last != said.first or tokens.gaps[said.first].strip(" \u00a0\u202f,-.")):
            yield from _judged(tokens, run)
            run = []
        run.append(said)
    yield from _judged(tokens, run)


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
        return _T.NIR, *_keyed(nir_key_is_right(digits), "numéro de sécurité sociale dit en mots")
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
