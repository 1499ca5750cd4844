"""Direct identifiers that have a form: telephones, addresses of the net, numbers of papers and accounts."""

from __future__ import annotations

import re
from collections.abc import Iterator

from enquete.model import IdentifierType
from enquete.pseudonyms import dictated, words
from enquete.pseudonyms.dictated import PUBLIC_SITE
from enquete.pseudonyms.found import Found
from enquete.pseudonyms.keys import iban_key_is_right, keyed, nir_key_is_right
from enquete.pseudonyms.tokens import Tokens

_T = IdentifierType
_SPACE = r"[ \u00a0\u202f.\-–/]?"
_DIGIT = re.compile(r"\d")
_TLD = (
    r"(?:fr|com|org|net|eu|info|biz|io|me|be|ch|lu|ca|uk|de|es|it|pt|ma|dz|tn|sn|ci|cm|ml|tr|ro|re|gp|mq|gf|bzh|paris|"
    r"asso|app|dev|tv|cc|co|us|ru|ua|pl|online|site|shop|store|blog|club|pro|mobi|name|live|cloud|example|test|invalid)"
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
    r"[^.!?\n]{0,25}?\b(?=[\w.\-]*(?:\d|_))(?=[\w.\-]*[a-z])([a-z0-9][\w]*(?:[._\-][\w]+)*)",
    re.IGNORECASE,
)
_NETWORK = re.compile(
    r"\b(?:insta(?:gram)?|snap(?:chat)?|tik ?tok|twitter|facebook|fb|discord|twitch|telegram|youtube|"
    r"pseudo(?:nyme)?)\b",
    re.IGNORECASE,
)
_POINTED = re.compile(r"(?<![\w@.\-])(?=\w*[a-z])\w{2,}(?:[._]\w+)+(?![\w@]|\.\w)")
# A shape that no word has: « mimi_off », « mimi.off92 ». Names of files apart.
_SHAPED = re.compile(
    r"(?<![\w@.\-/])(?=\w*[a-z])(?:[A-Za-z]\w*_\w+|[A-Za-z]{2,}\w*(?:\.\w+)*\.[A-Za-z_]+\d+|[a-z]\.[a-z]{2,}\d+)"
    r"(?:[._]\w+)*(?![\w@]|\.\w)"
)
_INNER_SIGN = re.compile(r"\w[._][^\W\d]|_")
_FILE = re.compile(r"\.(?:pdf|docx?|xlsx?|odt|jpe?g|png|mp[34]|zip|txt|html?)$", re.IGNORECASE)
_UNDER = re.compile(
    r"\b(?:sous|compte|profil|pseudo|cherche[zr]?(?:-moi)?)\b[^.!?\n]{0,15}?\b([a-z]\w+(?:[._]\w+)+)(?![\w@]|\.\w)"
)
_ACCOUNT_IS = re.compile(
    r"\b(?:insta(?:gram)?|snap(?:chat)?|tik ?tok|pseudo(?:nyme)?|nom d['’]utilisateur)\s*"
    r"(?:c['’]est|:|est|,)\s*([^\W\d_]{4,})",
    re.IGNORECASE,
)
_PHONE = re.compile(
    rf"(?<![\w])(?:(?:\+|00){_SPACE}\d{{1,3}}{_SPACE}(?:\(0\){_SPACE})?[1-9](?:{_SPACE}\d{{2}}){{4}}|"
    rf"0{_SPACE}[1-9](?:(?:\s?[,.\-/–…]{{1,3}}\s?|[ \u00a0\u202f]|,? (?:euh|heu|et|puis|et après|et puis),? )?"
    rf"\d{{2}}){{4}}|"
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
    r"\d{3}[ .\u00a0\u202f]?\d{3}(?:[ .,\u00a0\u202f/]{0,3}(?:(?:et )?(?:la )?cl(?:é|ef)s? ?:? ?)?\d{2})?(?!\w)",
    re.IGNORECASE,
)
_IBAN = re.compile(r"(?<!\w)[A-Z]{2}[ ]?\d{2}(?:[ \u00a0]?[A-Z0-9]){10,30}(?!\w)", re.IGNORECASE)
_IBAN_PART = re.compile(r"(?<!\w)FR ?\d\d(?: ?\d{4}){1,4}(?!\w)", re.IGNORECASE)
_RIB = re.compile(r"(?<!\w)\d{5}[ .]?\d{5}[ .]?(?=[A-Z0-9]*\d)[A-Z0-9]{11}[ .]?\d{2}(?!\w)")
_SECRET = re.compile(
    r"\b(?:digicode|code (?:de la porte|d['’]entrée|d['’]accès|de l['’]immeuble|du hall|de la carte|secret|pin)|"
    r"interphone|mot de passe|mdp|code pin)\b[^.!?\n\d]{0,20}?"
    r"((?<!\w)(?=[^\W_]*\d)[^\W_]{4,})(?!\w|\s?(?:euros?|ans|caractères|chiffres))",
    re.IGNORECASE,
)
_CODE = re.compile(
    r"\bcode\b[^.!?\n\d]{0,20}(?:c['’]est|est|:)\s?((?=[^\W_]*\d)[A-Z0-9]{4,8})(?!\w|\s?(?:euros?|ans|chiffres))",
    re.IGNORECASE,
)
_CARD = re.compile(r"(?<!\w)\d{4}(?:[ \-.]\d{4}){3}(?!\w)")
_PLATE = re.compile(r"(?<!\w)(?:[A-Z]{2}[- ]?\d{3}[- ]?[A-Z]{2}|\d{2,4} ?[A-Z]{2,3} ?\d{2})(?!\w)")
_IN_GROUPS = re.compile(  # no thousands: groups of two and of four
    r"(?<![\w,.:/€+])(?=[\d \u00a0\u202f.\-]*\b(?:\d{2}|\d{4})\b)\d{2,4}(?:[ \u00a0\u202f.\-]\d{2,4}){1,4}"
    r"(?![\w]|[,.:/\-]\d|\s?(?:€|euros?|francs?))"
)
_LETTERED = re.compile(
    r"(?<!\w)(?=(?:[A-Z \-/]*\d){7})[A-Z]{2,4}[ \-]?\d{2,}(?:[ \-/]\d{2,}){1,3}(?!\w|[,.]\d|\s?(?:€|euros?))"
)
_SPACED = re.compile(
    r"(?<!\w)\d{2} [A-Z]{2} ?\d{5}(?!\w)|(?<!\w)(?=[A-Z]*\d)[A-Z\d]{2,4} \d{2,4}[A-Z]{2} ?\d{3,5}(?!\w)"
)
_DOCUMENT = re.compile(r"(?<![\w@.])(?=[A-Z0-9]*\d{4})(?=[A-Z0-9]*[A-Z]|\d{9})[A-Z0-9]{7,20}(?!\w)")
_LONG = re.compile(r"(?<![\w,.])\d{7,16}(?![\w]|[,.]\d|\s?(?:€|euros?|francs?))")
_NUMBERED = re.compile(
    r"\b(?:n°|nº|numéros?|matricule|dossier|allocataire|bénéficiaire|caf|identifiant|agdref|récépissé|"
    r"titre(?: de séjour)?|passeport|attestation|visa|alloc\.?|"
    r"carte|référence|client|contrat|permis|siret|sécu(?:rité sociale)?|code|tape[rz]?|immatricul\w*)\b"
    r"(?:(?!\b(?:euros?|ans|"
    r"heures)\b)[^\d.!\n]){0,45}?(?<![\w,.])(\d[\d \u00a0\u202f.\-]{3,}\d(?: ?[A-Z](?!\w))?|[A-Z]{0,3}\d{5,}[A-Z]?\d*)"
    r"(?!\w|[,.]\d|\s?(?:€|euros?|ans|heures?|mètres?))",
    re.IGNORECASE,
)
# « Matricule ? Attendez. 2 330 918 »: what follows may be a sentence away, in the shape of these numbers alone.
_CAF_FURTHER = re.compile(
    r"\b(?:allocataire|alloc|matricule|caf)\b(?:(?!\beuros?\b)[^\d\n]){0,80}?"
    r"(?<![\w,.])(\d[ \u00a0\u202f.]?\d{3}[ \u00a0\u202f.]?\d{3}(?: ?[A-Z](?![\w'’]))?)"
    r"(?!\w|[,.]\d|\s?(?:€|euros?|\d|allocataires|dossiers|personnes))",
    re.IGNORECASE,
)
_PLATE_SAID = re.compile(
    r"\b(?:plaques?|immatricul\w*)\b[^.!?\n\d]{0,25}?\b([a-z]{2}[ \-]?\d{3}[ \-]?[a-z]{2}|"
    r"\d{2,4}[ \-]?[a-z]{2,3}[ \-]?\d{2})\b",
    re.IGNORECASE,
)
_CAF = re.compile(r"alloc|\bcaf\b|bénéficiaire|matricule", re.IGNORECASE)
# A quantity never starts with a zero.
_ZERO = re.compile(
    r"(?<![\w,.:/\-])(?<!\d )0\d*(?:[ \u00a0\u202f.\-]\d{2,4})+(?![\w,:/]|\.\d)|(?<![\w,.:/\-])0\d{5,9}(?!\w|[,.:/]\d)"
)
_DATES = re.compile(r"(?:19|20)\d\d(?:[ .\-](?:19|20)\d\d)+|\d{2}[ .\-]\d{2}[ .\-]\d{4}|\d{4}[ .\-]\d{2}[ .\-]\d{2}")
_YEARS = re.compile(r"(?:19|20)\d\d(?:[ \-/](?:19|20)\d\d)?$")
# (pattern, group that holds the identifier, type, score, why)
_SHAPES = (
    (_PHONE, 0, _T.PHONE, 1.0, "numéro de téléphone"),
    (_PARTIAL, 1, _T.PHONE, 0.8, "fin ou début d'un numéro"),
    (_IBAN_PART, 0, _T.IBAN, 0.85, "début d'un IBAN français"),
    (_RIB, 0, _T.IBAN, 0.85, "forme d'un relevé d'identité bancaire"),
    (_CODE, 1, _T.DOCUMENT, 0.75, "code, après le mot qui l'annonce"),
    (_SECRET, 1, _T.DOCUMENT, 0.8, "code, après le mot qui l'annonce"),
    (_CARD, 0, _T.DOCUMENT, 0.9, "numéro de carte"),
    (_PLATE, 0, _T.PLATE, 0.9, "plaque d'immatriculation"),
    (_PLATE_SAID, 1, _T.PLATE, 0.9, "plaque d'immatriculation"),
    (_LETTERED, 0, _T.DOCUMENT, 0.8, "numéro de document"),
    (_SPACED, 0, _T.DOCUMENT, 0.9, "numéro de document"),
    (_DOCUMENT, 0, _T.DOCUMENT, 0.9, "numéro de document"),
    (_LONG, 0, _T.DOCUMENT, 0.7, "longue suite de chiffres"),
)


def find(tokens: Tokens) -> Iterator[Found]:
    """Every identifier with a form, in figures or in words."""
    text = tokens.text
    yield from _of_the_net(text)
    if _DIGIT.search(text):
        yield from _in_figures(text)
    yield from dictated.find(tokens)


def _of_the_net(text: str) -> Iterator[Found]:
    if "@" in text:
        yield from (Found(*m.span(), _T.EMAIL, 1.0, "adresse de courriel") for m in _EMAIL.finditer(text))
        yield from (Found(*m.span(), _T.HANDLE, 0.9, "nom de compte après « @ »") for m in _HANDLE.finditer(text))
    if "." in text or "://" in text:
        for m in _URL.finditer(text):
            if not PUBLIC_SITE.search(m[0]) and "@" not in text[max(0, m.start() - 1) : m.start()]:
                yield Found(*m.span(), _T.URL, 0.95, "adresse d'un site qui n'est pas public")
    for m in _SAID_HANDLE.finditer(text):
        yield Found(*m.span(1), _T.HANDLE, 0.8, "nom de compte, après le mot qui l'annonce")
    shaped = [*_SHAPED.finditer(text), *_UNDER.finditer(text)] if _INNER_SIGN.search(text) else []
    for m in shaped:
        start, end = m.span(m.lastindex or 0)
        if not _FILE.search(text[start:end]) and not PUBLIC_SITE.search(text[start:end]):
            yield Found(start, end, _T.HANDLE, 0.75, "forme d'un nom de compte")
    if _NETWORK.search(text):
        yield from _handles(text)


def _handles(text: str) -> Iterator[Found]:
    for m in _POINTED.finditer(text):
        if _NETWORK.search(text, max(0, m.start() - 60), m.end() + 40) and not PUBLIC_SITE.search(m[0]):
            yield Found(*m.span(), _T.HANDLE, 0.75, "mot avec un point ou un tiret bas, près du nom d'un réseau")
    for m in _ACCOUNT_IS.finditer(text):
        if _NETWORK.fullmatch(m[1]):
            continue
        if not words.load().is_word(m[1]) or words.load().rank(m[1].lower()) > 20_000:
            yield Found(*m.span(1), _T.HANDLE, 0.7, "mot inconnu, donné pour un nom de compte")


def _in_figures(text: str) -> Iterator[Found]:
    for m in _IBAN.finditer(text):
        right = iban_key_is_right(m[0])
        # « du 12 janvier 2025 au 30 mars 2026 » has the shape too: only a right key makes words part of a number.
        if sum(c.isdigit() for c in m[0]) >= 12 and (right or not re.search("[A-Za-z]{3}", m[0])):
            yield Found(*_trimmed_iban(m), _T.IBAN, *keyed(right, "IBAN"))
    for m in _NIR.finditer(text):
        yield Found(*m.span(), _T.NIR, *keyed(nir_key_is_right(m[0]), "numéro de sécurité sociale"))
    for pattern, group, kind, score, why in _SHAPES:
        yield from (Found(*m.span(group), kind, score, why) for m in pattern.finditer(text))
    for m in _ZERO.finditer(text):
        if sum(c.isdigit() for c in m[0]) >= 5 and not _DATES.fullmatch(m[0]):
            yield Found(*m.span(), _T.DOCUMENT, 0.8, "numéro qui commence par zéro")
    for m in _IN_GROUPS.finditer(text):
        if sum(c.isdigit() for c in m[0]) >= 8 and not _DATES.fullmatch(m[0]):
            yield Found(*m.span(), _T.DOCUMENT, 0.75, "chiffres groupés comme ceux d'un titre")
    yield from _announced(text)


def _announced(text: str) -> Iterator[Found]:
    """« numéro d'allocataire … 0 051 826 »: the words before tell what the figures are."""
    for m in _CAF_FURTHER.finditer(text):
        yield Found(*m.span(1), _T.CAF_NUMBER, 0.85, "sept chiffres, après « CAF » ou « allocataire »")
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
