"""What stays readable: institutions, brands, public figures, wide places."""

from __future__ import annotations

from collections.abc import Iterator

from enquete.pseudonyms.grammar import FUNCTION_WORDS, NAMED_SCHOOLS
from enquete.pseudonyms.tokens import Tokens
from enquete.pseudonyms.words import Words


def find(tokens: Tokens, words: Words) -> Iterator[tuple[int, int]]:
    """(first word, last word) of each name that stays readable."""
    index, folds = 0, tokens.folds
    while index < len(folds):
        if folds[index] not in words.starts_readable:
            index += 1
            continue
        town = words.towns.at(folds, index)
        if town is not None and town[0] > 1 and words.neutral.at(folds, index) is None:
            index += town[0]  # « Fort-de-France » holds no France
            continue
        last = max(_institution(tokens, words, index), _neutral(tokens, words, index))
        if last >= index:
            yield index, last
            index = last + 1
        else:
            index += 1


def _institution(tokens: Tokens, words: Words, index: int) -> int:
    match = words.institutions.at(tokens.folds, index)
    if match is None:
        return -1
    last = index + match[0] - 1
    if _named_after(tokens, words, index, last):
        return -1
    if any(not tokens.joined(i) and tokens.gaps[i] != "." for i in range(index + 1, last + 1)):
        return -1
    exact = match[1]
    if exact and _opens_a_name(tokens, words, index, last):
        return -1
    if exact and tokens.cased and (not exact.isupper() or tokens.folds[index] in words.first_names):
        return last if tokens.text[tokens.starts[index] : tokens.ends[last]] == exact else -1
    if exact and not exact.isupper():
        return -1
    return last if _written_as_name(tokens, index, last) else -1


def _opens_a_name(tokens: Tokens, words: Words, first: int, last: int) -> bool:
    """« Cap Avenir »: an acronym that is a word too, written as a word, before another capital on a word."""
    after = last + 1
    if not tokens.cased:  # « jo le bras »: somebody, not the Games
        surname = " ".join(tokens.folds[first + 1 : first + 3])
        return tokens.folds[first] in words.first_names and surname in words.surnames
    if first < last or tokens.capital[first] != 1 or after >= len(tokens) or tokens.gaps[after] != " ":
        return False
    plain = words.is_word(tokens.words[first]) and words.is_word(tokens.words[after])
    return plain and tokens.capital[after] == 1 and words.communes.at(tokens.folds, after) is None


def _named_after(tokens: Tokens, words: Words, first: int, last: int) -> bool:
    """« collège Victor-Hugo », « à Simone-Veil »: what bears somebody's name is not that person."""
    if first == last or tokens.folds[first] not in words.first_names:
        return False
    hyphens = tokens.cased and all(tokens.gaps[i] == "-" for i in range(first + 1, last + 1))
    return hyphens or bool(NAMED_SCHOOLS & set(tokens.folds[max(0, first - 2) : first]))


def _written_as_name(tokens: Tokens, first: int, last: int) -> bool:
    """Ordinary words in small letters need no protection: « du » is no diploma, « le monde » no newspaper."""
    if tokens.cased:
        return any(tokens.capital[first : last + 1])
    return first < last or tokens.folds[first] not in FUNCTION_WORDS


def _neutral(tokens: Tokens, words: Words, index: int) -> int:
    match = words.neutral.at(tokens.folds, index)
    if match is None:
        return -1
    last = index + match[0] - 1
    if tokens.gaps[index] == "-" or any(not tokens.joined(i) for i in range(index + 1, last + 1)):
        return -1  # « Anatole-France »
    if tokens.cased and not any(tokens.capital[index : last + 1]):
        return -1
    longer = words.towns.at(tokens.folds, index) or words.communes.at(tokens.folds, index)
    if longer is not None and longer[0] > match[0]:
        return -1  # « Benin City »
    after = last + 1
    if after >= len(tokens) or not tokens.joined(after):
        return last
    # « Marne » inside « Marne-la-Vallée », « France » before a surname.
    inside = tokens.gaps[after] == "-" or (
        tokens.cased and tokens.capital[after] == 1 and not words.is_word(tokens.words[after])
    )
    return -1 if inside and words.institutions.at(tokens.folds, after) is None else last
