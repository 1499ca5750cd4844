"""Places that tell where somebody lives or goes: communes, towns abroad, streets, buildings, quarters, stops."""

from __future__ import annotations

import re
from collections.abc import Iterator

from enquete.model import IdentifierType
from enquete.pseudonyms.found import Cover, Found
from enquete.pseudonyms.grammar import FUNCTION_WORDS, word_set
from enquete.pseudonyms.numbers import NUMBER_WORDS, number_at
from enquete.pseudonyms.tokens import Tokens
from enquete.pseudonyms.words import PARIS_REGION, Words

_PLACE = IdentifierType.PLACE
_STREETS = word_set(
    """
    rue avenue av boulevard bd bld boul allee allees impasse ruelle sente venelle chaussee faubourg
    """
)
# A name must follow: a capital, or in texts without capitals a word that is not an ordinary one.
_BUILT = word_set(
    """
    place square quai chemin route cours passage villa sentier esplanade cite residence hameau clos mail parvis
    promenade pont porte parc jardin jardins bois foret stade gymnase piscine theatre cinema mont butte ile tour
    tours immeuble batiment quartier quartiers gare station metro rer arret hotel cimetiere mosquee eglise paroisse
    temple synagogue chapelle basilique chateau marche lotissement zac coteau lac etang campus mediatheque
    bibliotheque fort
    """
)
_CARE = {"hopital", "clinique", "maternite", "ehpad", "dispensaire", "polyclinique"}
_ARTICLES = {"de", "du", "des", "d", "la", "le", "les", "l", "aux", "au", "et", "sur", "sous", "en", "lez"}
_INSIDE = {"de", "du", "des", "d", "la", "le", "les", "l", "et"}  # inside a name, once it has begun
_BEFORE_PLACE = word_set(
    """
    a de d sur vers du au aux en ville commune mairie par entre et ou pour depuis quitte cote habite direction dans
    chez
    """
)
_ARRONDISSEMENT = re.compile(
    r"\b(?:dans le|du|le|au)\s+((?:\d{1,2}\s?(?:e|è|ème|eme|er|ᵉ)|[XVI]{1,5}e|(?:premier|deuxième|troisième|"
    r"quatrième|cinquième|"
    r"sixième|septième|huitième|neuvième|dixième|onzième|douzième|treizième|quatorzième|quinzième|seizième|"
    r"dix[- ]septième|"
    r"dix[- ]huitième|dix[- ]neuvième|vingtième))\s+arrondissement)|"
    r"\b(?:dans|habite|vers|à Paris,?) (?:le )?((?:\d{1,2}(?:e|è|ème|eme|ᵉ)|[XVI]{1,5}e|(?:deuxième|troisième|"
    r"quatrième|cinquième|"
    r"sixième|septième|huitième|neuvième|dixième|onzième|douzième|treizième|quatorzième|quinzième|seizième|"
    r"dix[- ]septième|"
    r"dix[- ]huitième|dix[- ]neuvième|vingtième)))(?=\s*(?:[,.;!?)]|$))",
    re.IGNORECASE,
)
_EXTRA = re.compile(
    r"\s*,?\s*(?:(?:b[âa]t(?:iment)?|escalier|esc|appartement|appt?|porte|étage|hall|cage|tour|numéro|"
    r"bloc)\.?\s+(?:[A-Z]\b|[a-z](?=\W|$)(?!['’])|\d+)|"
    r"\d{5}(?!\d))",
    re.IGNORECASE,
)
_ROOM = re.compile(r"\b(?:chambre|appartement|appt?)\s+(?:numéro |n° ?)?(\d{1,4})\b(?!\s*(?:euros|m))", re.IGNORECASE)
_POSTCODE = re.compile(r"(?<![\d\w])(?:0[1-9]|[1-8]\d|9[0-8])\d{3}(?=,?\s+[A-ZÀ-Þ][a-zà-ÿ])(?!\s+(?:euros|Euros))")


def streets(tokens: Tokens, words: Words, cover: Cover) -> Iterator[Found]:
    """Streets, buildings, quarters: before what stays readable, since « avenue de la République » is no republic."""
    for found in (*_streets(tokens, words, cover), *_arrondissements(tokens)):
        start = cover.free_from(found.start, found.end)  # « tour 19, allée … »: the number is settled already
        if start < found.end and cover.free(start, found.end):
            cover.take(start, found.end)
            yield found._replace(start=start)


def towns(tokens: Tokens, words: Words, cover: Cover) -> Iterator[Found]:
    """Communes and towns in what is left."""
    index = 0
    while index < len(tokens):
        if tokens.folds[index] in words.starts_town:
            found, index = _town(tokens, words, cover, index)
            yield from found
        else:
            index += 1


def _arrondissements(tokens: Tokens) -> Iterator[Found]:
    if "arrond" in tokens.text or "dans le" in tokens.text or "aris" in tokens.text:
        for m in _ARRONDISSEMENT.finditer(tokens.text):
            yield Found(*m.span(1 if m[1] else 2), _PLACE, 0.85, "arrondissement")
    for m in _ROOM.finditer(tokens.text):
        yield Found(*m.span(1), _PLACE, 0.8, "numéro de chambre ou d'appartement")
    for m in _POSTCODE.finditer(tokens.text):
        yield Found(*m.span(), _PLACE, 0.9, "code postal")


# --- streets and buildings


def _streets(tokens: Tokens, words: Words, cover: Cover) -> Iterator[Found]:
    for index, word in enumerate(tokens.folds):
        if word not in _STREETS and word not in _BUILT and word not in _CARE:
            continue
        if not cover.free(*tokens.span(index, index)) or _longer_town(words, tokens, index):
            continue
        if word in _BUILT and tokens.capital[index] and _inside_name(tokens, index):
            continue
        if word == "arret" and {"ligne", "bus"} & set(tokens.folds[index + 1 : index + 3]):
            continue
        last = _name_end(tokens, words, index, sure=word in _STREETS)
        if last is None:
            continue
        if word in _CARE:
            first = index + 1
            while tokens.folds[first] in _ARTICLES and tokens.capital[first] == 0 and first < last:
                first += 1
            yield Found(*tokens.span(first, last), _PLACE, 0.9, "nom d'un lieu de soin", spread=True)
            continue
        start, end = tokens.span(_number_before(tokens, index), last)
        while (extra := _EXTRA.match(tokens.text, end)) is not None:
            end = extra.end()
        yield Found(
            start,
            end,
            _PLACE,
            0.9,
            f"lieu, après « {tokens.words[index].lower()} »",
            spread=word not in {"metro", "rer"},
        )


def _inside_name(tokens: Tokens, index: int) -> bool:
    """« l'Envol de l'Île Verte »: a capital before, small words between."""
    at = index - 1
    while at >= 0 and tokens.joined(at + 1) and tokens.folds[at] in _ARTICLES and not tokens.capital[at]:
        at -= 1
    return 0 <= at < index - 1 and tokens.joined(at + 1) and tokens.capital[at] == 1 and not tokens.initial[at]


def _longer_town(words: Words, tokens: Tokens, index: int) -> bool:
    """« Fort-de-France » is a town and no fort, « Île-de-France » no island."""
    lists = (words.towns, words.communes, words.neutral)
    return any((match := known.at(tokens.folds, index)) is not None and match[0] > 1 for known in lists)


def _number_before(tokens: Tokens, index: int) -> int:
    """The word where the address starts: « 6 bis, rue … », « au 14 de la rue … »."""
    first = index
    at = index - 1
    while at >= 0 and tokens.folds[at] in {"de", "la", "l"} and index - at < 3:
        at -= 1
    if at >= 0 and tokens.folds[at] in {"bis", "ter", "quater"} | set("bc"):
        at -= 1
    if (
        at >= 0
        and tokens.folds[at].isdigit()
        and len(tokens.folds[at]) <= 4
        and tokens.gaps[at + 1].strip() in {"", ",", "-"}
    ):
        first = at
    elif index > 0 and tokens.gaps[index].strip() in {"", ","}:
        for back in range(4, 0, -1):
            if index - back >= 0:
                said = number_at(tokens.folds, index - back)
                if said is not None and said.last == index and tokens.folds[index - back] not in {"une", "un"}:
                    return index - back
    return first


def _name_end(tokens: Tokens, words: Words, index: int, *, sure: bool) -> int | None:
    """The last word of the name that follows a street or building word, or None when no name follows."""
    last: int | None = None
    for at in range(index + 1, min(len(tokens), index + 9)):
        quoted = at == index + 1 and tokens.gaps[at] in {" « ", ' "'}
        if not (tokens.joined(at) or quoted):
            break
        if tokens.cased:
            part = _capital_part(tokens, at, last)
        else:
            part = _small_part(tokens, words, index, at, last, sure=sure)
        if part is None:
            break
        last = at if part else last
    if last is None and sure and index > 0 and _number_before(tokens, index) < index:
        return _plain_name_end(tokens, index)
    return last


def _capital_part(tokens: Tokens, at: int, last: int | None) -> bool | None:
    """Whether a word is part of a street's name (True), may link two parts (False), or ends it (None)."""
    fold, gap = tokens.folds[at], tokens.gaps[at]
    if tokens.capital[at]:
        counted = fold in NUMBER_WORDS and at + 1 < len(tokens) and tokens.capital[at + 1] == 1  # « Quatre Chemins »
        ends = gap != "-" and (
            (fold in FUNCTION_WORDS - _ARTICLES and not counted) or (tokens.capital[at] == 2 and last is not None)
        )
        return None if ends else True
    if fold.isdigit() and len(fold) <= 4:
        return True if last is None or tokens.folds[at - 1] == "mai" else None  # « rue du 8 mai 1945 »
    if last is not None and gap in {"-", "'", "’"} and fold not in _ARTICLES:
        return True
    if fold == "mai" and tokens.folds[at - 1].isdigit():
        return True
    links = _ARTICLES if last is None or gap == "-" else _INSIDE
    return False if fold in links else None


def _small_part(tokens: Tokens, words: Words, index: int, at: int, last: int | None, *, sure: bool) -> bool | None:
    """The same in a text without capitals, where only the kinds of words tell."""
    fold = tokens.folds[at]
    if last is None:
        if fold in _ARTICLES or fold in {"ile", "parc", "mairie"}:
            return False
        if fold in {"saint", "sainte", "notre"}:
            return True
        return None if fold in FUNCTION_WORDS or not (sure or not words.is_word(tokens.words[at])) else True
    if fold in _ARTICLES:
        return False if tokens.gaps[at] == "-" or (sure and fold in _INSIDE and at == last + 1) else None
    if fold in FUNCTION_WORDS or at - index > 5:
        return None
    if tokens.folds[last] in {"saint", "sainte", "notre"}:
        return True
    if not sure and tokens.gaps[at] != "-" and words.is_word(tokens.words[at]) and at > last:
        return None
    articled = any(tokens.folds[i] in _ARTICLES for i in range(index + 1, last))
    rank = tokens.folds[last] in {"general", "marechal", "docteur", "president", "pont", "porte"}
    return None if articled and not rank and words.is_word(tokens.words[at]) else True


def _plain_name_end(tokens: Tokens, index: int) -> int | None:
    """« au 12 rue de la gare »: a street named by ordinary words, sure because a number stands before."""
    at = index + 1
    while at < len(tokens) and tokens.joined(at) and tokens.folds[at] in _ARTICLES:
        at += 1
    return at if at < len(tokens) and tokens.joined(at) and tokens.folds[at] not in FUNCTION_WORDS else None


# --- communes and towns


def _town(tokens: Tokens, words: Words, cover: Cover, index: int) -> tuple[list[Found], int]:
    """The town that starts at `index` if any, and the index after it."""
    folds = tokens.folds
    neutral = words.neutral.at(folds, index)
    match, foreign = words.communes.at(folds, index), words.towns.at(folds, index)
    size = max(match[0] if match else 0, foreign[0] if foreign else 0)
    if neutral is not None and neutral[0] >= size:
        return [], index + neutral[0]
    last = index + size - 1
    apart = any(not tokens.joined(i) for i in range(index + 1, last + 1))
    if not size or apart or not cover.free(*tokens.span(index, last)):
        return [], index + 1
    people = 100_000 if foreign and foreign[0] == size else match[1].people if match else 0
    near = foreign is not None or (match is not None and match[1].department in PARIS_REGION)
    why = _why_town(tokens, words, index, last, people, near=near)
    if not why:
        return [], index + 1
    start, end = tokens.span(index, last)
    cover.take(start, end)
    spread = size > 1 or not words.is_word(tokens.words[index])
    return [Found(start, end, _PLACE, 0.9, why, spread)], last + 1


def _why_town(tokens: Tokens, words: Words, first: int, last: int, people: int, *, near: bool) -> str:
    """The reason to read these words as a town, or nothing. near: in the Paris region, or in our own list."""
    before = tokens.folds[first - 1] if first and tokens.joined(first) else ""
    ordinary = all(words.is_word(tokens.words[i]) or words.is_word(tokens.folds[i]) for i in range(first, last + 1))
    weight = people if not near else max(people, 5_000)
    if tokens.cased:
        if not _has_capitals(tokens, first, last) or _goes_on(tokens, first, last):
            return ""
        if last > first:
            return _why_compound(tokens, first, before, weight, ordinary=ordinary)
        return _why_capital(tokens, words, first, before, weight, ordinary=ordinary)
    if ordinary:
        after_a = before == "a" and tokens.words[first - 1] == "à"
        article = tokens.folds[first] in {"le", "la", "les", "l"}
        if last > first and near and not article and people > 2_000:
            return _COMPOUND
        least = 10_000 if last == first else 15_000 if article else 3_000
        return _AFTER if after_a and (near or last > first) and people > least else ""
    if last > first:
        return _COMPOUND
    if before in _BEFORE_PLACE - {"et"} and weight > 1_000:
        return _AFTER
    return _LISTED if people > 8_000 and tokens.folds[first] not in words.first_names else ""


_AFTER, _LISTED = "commune, après une préposition", "commune de la liste"
_COMPOUND = "nom composé de la liste des communes"


def _goes_on(tokens: Tokens, first: int, last: int) -> bool:
    """Whether the words are the beginning of a longer name: « La Pierre-Plate », « Les Lilas Bleus »."""
    after = last + 1
    if after >= len(tokens) or not tokens.joined(after):
        return False
    if tokens.gaps[after] == "-":
        return True
    article = tokens.folds[first] in {"le", "la", "les", "l"} and last - first < 2
    link = article and tokens.folds[after] in {"du", "de", "des", "d"} and any(tokens.capital[after + 1 : after + 4])
    return tokens.gaps[after] == " " and (tokens.capital[after] == 1 or link)


def _why_compound(tokens: Tokens, first: int, before: str, weight: int, *, ordinary: bool) -> str:
    article = tokens.folds[first] in {"le", "la", "les", "l"}
    if ordinary and (tokens.initial[first] or (article and (before not in {"a", "de", "d", "sur"} or weight < 3_000))):
        return ""
    return _COMPOUND


def _why_capital(tokens: Tokens, words: Words, index: int, before: str, weight: int, *, ordinary: bool) -> str:
    fold = tokens.folds[index]
    if ordinary or fold in words.first_names:
        towards = {"a", "sur", "de", "d", "mairie", "pour", "vers", "direction"}
        if fold in words.first_names:
            towards -= {"de", "d", "pour", "vers"}
        return _AFTER if before in towards and weight > 1_000 else ""
    if before in _BEFORE_PLACE and weight > 300:
        return _AFTER
    return _LISTED if weight > 8_000 or (weight > 2_000 and fold not in words.surnames) else ""


def _has_capitals(tokens: Tokens, first: int, last: int) -> bool:
    """Whether each word but the small ones is written with a capital (« Bourg-la-Reine », « la Garenne »)."""
    return all(tokens.capital[i] or tokens.folds[i] in _ARTICLES for i in range(first, last + 1)) and any(
        tokens.capital[i] for i in range(first, last + 1)
    )
