"""What only the question before tells: « Vous avez quel âge ? — Cinquante-quatre. », « Votre nom ? — Rose Petit. »"""

from __future__ import annotations

import re
from collections.abc import Iterator

from enquete.model import IdentifierType
from enquete.pseudonyms.found import Found
from enquete.pseudonyms.grammar import FUNCTION_WORDS
from enquete.pseudonyms.numbers import number_at
from enquete.pseudonyms.tokens import Tokens
from enquete.pseudonyms.words import Words

_AGE_ASKED = re.compile(r"\bâges?\b|\bquel age\b", re.IGNORECASE)
_NAME_ASKED = re.compile(
    r"\b(?:vous|tu) (?:vous |t['’ ]?|te )?appel(?:ez|les?)[ -]|comment (?:vous vous|tu t['’ ]?)\s?appel|"
    r"appelez[- ]vous|appelles[- ]tu|"
    r"\b(?:votre|ton|son|le) (?:pré)?nom\b|s['’ ]appel\w+ comment|comment (?:il|elle)s? s['’ ]appel|"
    r"c['’ ]est quoi (?:votre|ton|son) (?:pré)?nom",
    re.IGNORECASE,
)
_FIRST = 8  # words of the answer that may answer


def find(question: str, tokens: Tokens, words: Words) -> Iterator[Found]:
    """The age or the name that the answer opens with, when the turn before asks for it."""
    if _AGE_ASKED.search(question):
        for index in range(min(_FIRST, len(tokens))):
            said = number_at(tokens.folds, index)
            if said is not None and 3 <= said.value < 110 and tokens.folds[index] not in {"un", "une"}:
                last = said.last if tokens.folds[said.last : said.last + 1] in (["ans"], ["mois"]) else said.last - 1
                if tokens.folds[last + 1 : last + 3] == ["et", "demi"]:
                    last += 2
                yield Found(*tokens.span(index, last), IdentifierType.AGE, 0.9, "âge, en réponse à une question")
                return
    if _NAME_ASKED.search(question):
        yield from _names(tokens, words)


def _names(tokens: Tokens, words: Words) -> Iterator[Found]:
    for index in range(min(_FIRST, len(tokens))):
        fold = tokens.folds[index]
        listed = fold in words.first_names or fold in words.surnames
        if fold in FUNCTION_WORDS or not listed or (tokens.cased and not tokens.capital[index]):
            continue
        if tokens.cased or fold in words.first_names:
            why = "nom de la liste, en réponse à une question"
            yield Found(*tokens.span(index, index), IdentifierType.PERSON, 0.85, why, spread=True)
