"""What stays readable: institutions, brands, public figures, wide places."""

from __future__ import annotations

from collections.abc import Iterator

from enquete.pseudonyms.tokens import Tokens
from enquete.pseudonyms.words import Words


def find(tokens: Tokens, words: Words) -> Iterator[tuple[int, int]]:
    """(first word, last word) of each name that stays readable."""
    index, folds = 0, tokens.folds
    while index < len(folds):
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
    if any(not tokens.joined(i) and tokens.gaps[i] != "." for i in range(index + 1, last + 1)):
        return -1
    if match[1]:
        return last if tokens.text[tokens.starts[index] : tokens.ends[last]] == match[1] else -1
    return last if _written_as_name(tokens, words, index, last) else -1


def _written_as_name(tokens: Tokens, words: Words, first: int, last: int) -> bool:
    """Ordinary words in small letters need no protection: « du » is no diploma, « le monde » no newspaper."""
    if tokens.cased:
        return any(tokens.capital[first : last + 1])
    return first < last or not words.is_word(tokens.words[first])


def _neutral(tokens: Tokens, words: Words, index: int) -> int:
    match = words.neutral.at(tokens.folds, index)
    if match is None:
        return -1
    last = index + match[0] - 1
    if any(not tokens.joined(i) for i in range(index + 1, last + 1)):
        return -1
    if tokens.cased and not any(tokens.capital[index : last + 1]):
        return -1
    if last + 1 < len(tokens) and tokens.gaps[last + 1] == "-":
        return -1  # « Marne » inside « Marnes-la-Coquette », « Seine » inside a commune
    return last
