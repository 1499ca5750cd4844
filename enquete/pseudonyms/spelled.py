"""Names spelled letter by letter: « D-I-A-L-L-O », « k o n a t é », « b e deux l a », « D comme Denis »."""

from __future__ import annotations

import re
from collections.abc import Iterator

from enquete.pseudonyms.grammar import FUNCTION_WORDS
from enquete.pseudonyms.tokens import Tokens
from enquete.pseudonyms.words import Words, fold

_LEAST = 4  # letters: three are an acronym
_GAPS = {" ", "-", ", ", ",", ". ", ".", " - ", "–", " – ", "- ", "… ", "..."}
_TWICE = {"deux", "double", "2"}
_BETWEEN = {"accent", "aigu", "grave", "trema", "tiret", "apostrophe", "majuscule", "euh", "espace"}
_TWO_LETTERS = re.compile(r"(?<!\w)[^\W\d_](?![\w'’])[\s,.…–-]{1,4}[^\W\d_](?![\w'’])")
_ACCORDING_TO = re.compile(r"(?<![\w'’])([A-Za-z])(?= comme ([^\W\d_]{3,}))")


def may_hold(text: str) -> bool:
    """Whether two letters stand alone, one after the other: most texts are not read further."""
    return _TWO_LETTERS.search(text) is not None


def find(tokens: Tokens, lists: Words) -> Iterator[tuple[int, int, str]]:
    """(start, end, the name in one word) of each name spelled."""
    index = 0 if may_hold(tokens.text) else len(tokens)
    while index < len(tokens):
        last, letters = _letters(tokens, index)
        if len(letters) >= _LEAST and lists.institutions.at([letters], 0) is None and len(set(letters)) > 1:
            yield (*tokens.span(index, last), letters)
        index = max(index, last) + 1


def _letters(tokens: Tokens, index: int) -> tuple[int, str]:
    """(last word, letters) of the run of single letters that starts here."""
    if not _single(tokens, index):
        return index, ""
    last, letters, at = index, tokens.folds[index], index + 1
    while at < len(tokens) and tokens.gaps[at] in _GAPS:
        fold = tokens.folds[at]
        if _single(tokens, at):
            letters, last = letters + fold, at
        elif fold in _TWICE and at + 1 < len(tokens) and _single(tokens, at + 1) and tokens.gaps[at + 1] == " ":
            letters, last, at = letters + 2 * tokens.folds[at + 1], at + 1, at + 1
        elif fold not in _BETWEEN:
            break
        at += 1
    return last, letters


def _single(tokens: Tokens, index: int) -> bool:
    """A letter said alone: not the « c » of « c'est »."""
    elided = index + 1 < len(tokens) and tokens.gaps[index + 1] in {"'", "’"}
    return len(tokens.words[index]) == 1 and tokens.words[index].isalpha() and not elided


def according_to(text: str) -> Iterator[tuple[int, int]]:
    """The letter of « D comme Denis »."""
    if " comme " in text:
        for match in _ACCORDING_TO.finditer(text):
            if fold(match[2]) not in FUNCTION_WORDS:
                yield match.span(1)
