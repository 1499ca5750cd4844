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
    exact = match[1]
    if exact and tokens.words[index] != exact.split()[0].split("-")[0].split("'")[0]:
        return -1
    return last


def _neutral(tokens: Tokens, words: Words, index: int) -> int:
    match = words.neutral.at(tokens.folds, index)
    if match is None:
        return -1
    last = index + match[0] - 1
    if any(not tokens.joined(i) for i in range(index + 1, last + 1)):
        return -1
    if last + 1 < len(tokens) and tokens.gaps[last + 1] == "-":
        return -1  # « Marne » inside « Marnes-la-Coquette », « Seine » inside a commune
    return last
