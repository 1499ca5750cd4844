"""Places that tell where somebody lives or goes: streets, buildings, quarters, stops."""

from __future__ import annotations

import re
from collections.abc import Iterator

from enquete.model import IdentifierType
from enquete.pseudonyms.found import Cover, Found
from enquete.pseudonyms.grammar import FUNCTION_WORDS, PERSONS, word_set
from enquete.pseudonyms.numbers import NUMBER_WORDS, number_at
from enquete.pseudonyms.tokens import Tokens
from enquete.pseudonyms.words import Words

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
    bibliotheque fort passerelle viaduc ecluse berge berges tunnel echangeur dalle
    """
)
_CARE = {"hopital", "clinique", "maternite", "ehpad", "dispensaire", "polyclinique"}
_ARTICLES = {"de", "du", "des", "d", "la", "le", "les", "l", "aux", "au", "et", "sur", "sous", "en", "lez"}
_INSIDE = {"de", "du", "des", "d", "la", "le", "les", "l", "et"}  # inside a name, once it has begun
_ARRONDISSEMENT = re.compile(
    r"\b(?:dans le|du|le|au)\s+((?:\d{1,2}\s?(?:e|è|ème|eme|er|ᵉ)|[XVI]{1,5}e|(?:premier|deuxième|troisième|"
    r"quatrième|cinquième|"
    r"sixième|septième|huitième|neuvième|dixième|onzième|douzième|treizième|quatorzième|quinzième|seizième|"
    r"dix[- ]septième|"
    r"dix[- ]huitième|dix[- ]neuvième|vingtième))\s+arrondissement)|"
    r"\b(?:dans|habite|vers|à Paris,?|(?:gens|familles?|bourgeoise?s?) du) (?:le )?"
    r"((?:\d{1,2}(?:e|è|ème|eme|ᵉ)|[XVI]{1,5}e|(?:deuxième|troisième|"
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


def _arrondissements(tokens: Tokens) -> Iterator[Found]:
    if "arrond" in tokens.text or "dans le" in tokens.text or "aris" in tokens.text or " du " in tokens.text:
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
        if _went(tokens, index) or _beside_a_body(tokens, words, index):
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


_AUXILIARIES = word_set(
    "suis es est etais etait etes sommes sont etaient ete serais serait sois soit y pas deja jamais"
)
_STREETS_OF_BODIES = {"poste", "mairie", "prefecture", "croix", "hopital"}


def _went(tokens: Tokens, index: int) -> bool:
    """« je suis allée au secours populaire »: the participle, not the lane."""
    if tokens.folds[index] not in {"allee", "allees"} or index == 0:
        return False
    after = tokens.folds[index + 1] if index + 1 < len(tokens) else ""
    return tokens.folds[index - 1] in _AUXILIARIES or after in {"a", "au", "aux", "voir", "en", "chez", "sur", "dans"}


def _beside_a_body(tokens: Tokens, words: Words, index: int) -> bool:
    """« la porte de la CAF », « un cours au GRETA »: where a public body is, no name; « rue de la Poste » is one."""
    at = index + 1
    while at < len(tokens) and tokens.joined(at) and tokens.folds[at] in _ARTICLES and not tokens.capital[at]:
        at += 1
    if at == index + 1 or at >= len(tokens) or not tokens.joined(at):
        return False
    if tokens.folds[at] in {"departement", "region"} and tokens.folds[index] not in _STREETS:
        return True
    match = words.institutions.at(tokens.folds, at) or words.institutions.at(tokens.folds, at - 1)
    if match is None or (tokens.cased and not tokens.capital[at]):
        return False
    if match[1] and words.is_word(tokens.words[at]) and tokens.capital[at] != 2:
        return False
    street = tokens.folds[index] in _STREETS
    return not (street and (_number_before(tokens, index) < index or tokens.folds[at] in _STREETS_OF_BODIES))


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
    numbered = sure and index > 0 and _number_before(tokens, index) < index
    if last is None and (numbered or _named_by_nouns(tokens, index)):
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
    return False if fold in links or _inside_titled(tokens, at, last) else None


def _inside_titled(tokens: Tokens, at: int, last: int | None) -> bool:
    """« La Colline aux Cerfs »: a name with an article of its own goes on; « Les Tilleuls à Untel » does not."""
    if last is None or tokens.folds[at] not in {"au", "aux", "sur", "sous", "en"} or at != last + 1:
        return False
    return tokens.folds[last - 1] in {"le", "la", "les", "l"} and tokens.capital[last - 1] > 0


def _small_part(tokens: Tokens, words: Words, index: int, at: int, last: int | None, *, sure: bool) -> bool | None:
    """The same in a text without capitals, where only the kinds of words tell."""
    fold = tokens.folds[at]
    if last is None:
        if fold in _ARTICLES or fold in {"ile", "parc", "mairie"}:
            return False
        if fold in {"saint", "sainte", "notre"}:
            return True
        if fold not in FUNCTION_WORDS and (tokens.folds[at - 1] == "ile" or _tower(tokens, index, at)):
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


def _tower(tokens: Tokens, index: int, at: int) -> bool:
    """« les tours cascade »: two nouns in a row, the second of which is no adjective and names the first."""
    named = tokens.folds[index] == "tours" and at == index + 1 and tokens.folds[index - 1 : index] in (["les"], ["aux"])
    return named and not tokens.words[at].endswith(_DESCRIBING) and tokens.folds[at] not in PERSONS | NUMBER_WORDS


_DESCRIBING = (
    "elles", "ales", "ées", "és", "antes", "aires", "ives", "iques", "ises", "aises", "oises", "entes", "utes",
    "euves", "er", "ent", "sses", "ides", "des",
)  # fmt: skip
_HOMES = word_set("residence cite foyer hotel lotissement quartier hameau")
_NOT_NAMING = PERSONS | word_set(
    """
    ville police impots region nuit luxe travailleurs jeunes femmes hommes enfants migrants urgence musique sciences
    peur joie bonheur marche vie gens parents etudiants autres quartier ministere affaires finances ventes
    voisins france
    """
)


def _named_by_nouns(tokens: Tokens, index: int) -> bool:
    """« la résidence des peupliers », « à côté de la place des victoires », but « la place des femmes »."""
    at = index + 1
    while at < len(tokens) and tokens.joined(at) and tokens.folds[at] in {"de", "du", "des", "la", "l", "les"}:
        at += 1
    if tokens.cased or at == index + 1 or at >= len(tokens) or tokens.folds[index + 1] not in {"de", "du", "des"}:
        return False
    if tokens.folds[index + 1 : at] == ["de"] or tokens.folds[at] in _NOT_NAMING | FUNCTION_WORDS - NUMBER_WORDS:
        return False
    if tokens.folds[index] in _HOMES:
        return True
    before = tokens.folds[max(0, index - 4) : index]
    placed = before[-2:] in (["sur", "la"], ["derriere", "la"], ["vers", "la"], ["traverse", "la"])
    beside = before[-2:] == ["de", "la"] and before[:1] in (["cote"], ["a"], ["pres"], ["coin"], ["loin"])
    lives = before[-1:] in (["habite"], ["arret"], ["station"])
    return tokens.folds[index] == "place" and (placed or beside or lives or before[-3:] == ["pres", "de", "la"])


def _plain_name_end(tokens: Tokens, index: int) -> int | None:
    """« au 12 rue de la gare »: a street named by ordinary words, sure because a number stands before."""
    at = index + 1
    while at < len(tokens) and tokens.joined(at) and tokens.folds[at] in _ARTICLES:
        at += 1
    if at + 1 < len(tokens) and tokens.folds[at] in NUMBER_WORDS and tokens.joined(at + 1):
        at += 1  # « des quatre vents »
    return at if at < len(tokens) and tokens.joined(at) and tokens.folds[at] not in FUNCTION_WORDS else None
