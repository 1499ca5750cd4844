"""Communes and towns abroad, by their lists and the words before."""

from __future__ import annotations

from collections.abc import Iterator

from enquete.model import IdentifierType
from enquete.pseudonyms.found import Cover, Found
from enquete.pseudonyms.grammar import word_set
from enquete.pseudonyms.tokens import Tokens
from enquete.pseudonyms.words import PARIS_REGION, Words

_PLACE = IdentifierType.PLACE
_ARTICLES = {"de", "du", "des", "d", "la", "le", "les", "l", "aux", "au", "et", "sur", "sous", "en", "lez"}
_BEFORE_PLACE = word_set(
    """
    a de d sur vers du au aux en ville commune mairie par entre et ou pour depuis quitte cote habite direction dans
    chez
    """
)


def find(tokens: Tokens, words: Words, cover: Cover) -> Iterator[Found]:
    """Communes and towns in what is left."""
    index = 0
    while index < len(tokens):
        if tokens.folds[index] in words.starts_town:
            found, index = _town(tokens, words, cover, index)
            yield from found
        else:
            index += 1


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
    start, end = tokens.span(_part_of_town(tokens, cover, index), last)
    cover.take(start, end)
    spread = size > 1 or not words.is_word(tokens.words[index])
    return [Found(start, end, _PLACE, 0.9, why, spread)], last + 1


def _part_of_town(tokens: Tokens, cover: Cover, index: int) -> int:
    """The word where the name starts: « les hauts d'Untelle », « Mairie de Unteville » the stop."""
    if (
        index
        and tokens.gaps[index] == "-"
        and tokens.capital[index - 1] == 1
        and tokens.folds[index - 1] not in _ARTICLES
    ):
        return index - 1 if cover.free(*tokens.span(index - 1, index - 1)) else index  # « le Petit-Untelle »
    if index < 2 or tokens.folds[index - 1] not in {"de", "d", "du"} or not tokens.joined(index):
        return index
    part, first = tokens.folds[index - 2], index - 2
    before = tokens.folds[first - 1] if first and tokens.joined(first) else ""
    stop = part == "mairie" and tokens.capital[first] == 1 and before not in {"la", "une", "cette", "l", "notre"}
    heights = (
        not tokens.capital[first]
        and part in {"hauts", "bas", "coteaux", "bords", "rives"}
        and before in {"les", "aux", "des"}
    )
    return first if (stop or heights) and cover.free(*tokens.span(first, first)) else index


def _why_town(tokens: Tokens, words: Words, first: int, last: int, people: int, *, near: bool) -> str:
    """The reason to read these words as a town, or nothing. near: in the Paris region, or in our own list."""
    before = tokens.folds[first - 1] if first and tokens.joined(first) else ""
    ordinary = all(
        words.is_word(tokens.words[i]) or words.rank(tokens.folds[i]) < 30_000 for i in range(first, last + 1)
    )
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
