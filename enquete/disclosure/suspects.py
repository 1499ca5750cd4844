"""np.ndarray of many texts may hold an identifier with a form: most hold none, and reading one with care takes long.

What is asked here is less than what the detector asks: five figures near each other, numbers said in a row, a date
near « née ». Nearly everything is told from the distinct words of all the texts.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from enquete.disclosure.split import Split
from enquete.pseudonyms.numbers import NUMBER_WORDS, numbers_in
from enquete.pseudonyms.words import fold

if TYPE_CHECKING:
    import numpy as np

_WORD = re.compile(r"[^\W\d_]+|\d+")
_FIGURES = re.compile(r"\d(?:\D{0,3}\d){4}")
_PLATE = re.compile(r"(?<!\w)(?:[A-Z]{2}[- ]?\d{3}[- ]?[A-Z]{2}|\d{2,4} ?[A-Z]{2,3} ?\d{2})(?!\w)")
_CODE = re.compile(r"\b(?:digicode|interphone|mdp|passe|code|pin)\b")
_SECRET = re.compile(r"(?=[^\W_]*\d)[^\W_]{4}")
_NETWORK = re.compile(
    r"\b(?:insta(?:gram)?|snap(?:chat)?|tik ?tok|tik|twitter|facebook|discord|pseudo\w*|identifiants?)\b"
)
_BIRTH = re.compile(r"\b(?:nee?s?|naissances?|ddn)\b")
DATE = re.compile(r"\d{1,2}\s?[/.\-]\s?\d{1,2}\s?[/.\-]\s?\d{2,4}|\d{1,2}(?:er)?\s+\w+\s+(?:19|20)\d\d")
_OF_THE_NET = re.compile(r"@|://|www\.|\.(?:com|me|net|org|fr|tv)/|arr?obas", re.IGNORECASE)
_MADE_UP = re.compile(r"[\d_][\w.]*[a-z]|[a-z][\w.]*[\d_]", re.IGNORECASE)  # names of accounts
_ANNOUNCING = re.compile(r"secu|caf|alloc|finit|termine|commence|dernier")
_PLATE_SAID = re.compile(r"plaque|immatricul")
_TELLING = NUMBER_WORDS - {"un", "une", "cent", "cents", "mille"}
_BETWEEN = {"", "euh", "heu", "hum", "hm", "ben", "et", "apres", "puis", "la", "ensuite", "cle", "clef"}
_LEAST_FIGURES, _LEAST_OF_A_DATE, _LEAST_OF_A_PLATE = 5, 4, 3
_LEAST_VALUES = 4  # numbers said one after the other, unless zero is one of them or something announces them
_LEAST_AFTER_ZERO, _LEAST_WITH_WORDS = 2, 3
_SOON = 12  # words from what announces a number to it


def suspects(split: Split) -> np.ndarray:
    """For each text, whether the detector should read it."""
    import numpy as np

    folded = [fold(token.strip(".,;:!?…«»\"()[]'’-–—/")) for token in split.tokens]
    found: np.ndarray = split.having(split.marked(_OF_THE_NET.search)) | _said(split, folded)
    figures = split.summed(np.array([sum(map(str.isdecimal, token)) for token in split.tokens]))
    _also(found, split, figures >= _LEAST_FIGURES, _FIGURES)
    capitals = split.having(split.marked(lambda token: re.search(r"[A-Z]{2}", token)))
    _also(found, split, capitals & (figures >= _LEAST_OF_A_PLATE), _PLATE)
    _also(found, split, (figures >= _LEAST_OF_A_DATE) & split.having(_like(_BIRTH, folded)), DATE)
    found |= split.having(_like(_CODE, folded)) & split.having(split.marked(_SECRET.search))
    found |= split.having(_like(_NETWORK, folded)) & split.having(split.marked(_MADE_UP.search))
    return found


def _like(pattern: re.Pattern[str], folded: list[str]) -> np.ndarray:
    """For each token, whether it holds this. folded: of each, without the signs around it."""
    import numpy as np

    return np.array([pattern.search(word) is not None for word in folded], np.bool_)


def _also(found: np.ndarray, split: Split, chosen: np.ndarray, pattern: re.Pattern[str]) -> None:
    """Adds those of the texts chosen that hold the pattern."""
    import numpy as np

    for index in np.flatnonzero(chosen & ~found).tolist():
        found[index] = bool(pattern.search(split.texts[index]))


def _said(split: Split, folded: list[str]) -> np.ndarray:
    """Numbers said one after the other: many, even with a word between two; two, after zero or what announces them."""
    import numpy as np

    words = [_WORD.findall(word) for word in folded]
    between = np.array([word in _BETWEEN for word in folded], np.bool_)
    between[0] = False
    kept = np.flatnonzero(~between[split.ids])
    ids, owners = split.ids[kept], split.owners[kept]
    values = np.array([_values(found) for found in words])[ids]
    at = np.flatnonzero(values)
    zero = np.array([any(word == "zero" or word[0] == "0" for word in found) for found in words], np.bool_)[ids]
    telling = np.array([not _TELLING.isdisjoint(found) for found in words], np.bool_)[ids]
    announced = _soon_after(_like(_ANNOUNCING, folded)[ids])
    found: np.ndarray = split.among(owners[at]) & split.having(_like(_PLATE_SAID, folded))
    for reach, least in ((1, _LEAST_AFTER_ZERO), (2, _LEAST_WITH_WORDS)):
        firsts = np.flatnonzero(np.diff(at, prepend=-9) > reach)
        if len(firsts):
            sizes = np.add.reduceat(values[at], firsts)
            tells, from_zero = (np.maximum.reduceat(mark[at], firsts) for mark in (telling, zero))
            begun = from_zero | announced[at[firsts]]
            found |= split.among(owners[at[firsts[tells & ((sizes >= _LEAST_VALUES) | (begun & (sizes >= least)))]]])
    return found


def _soon_after(marks: np.ndarray) -> np.ndarray:
    """For each place, whether a mark stands a few places before."""
    import numpy as np

    last = np.maximum.accumulate(np.where(marks, np.arange(len(marks)), -_SOON - 1))
    near: np.ndarray = np.arange(len(marks)) - last <= _SOON
    return near


def _values(words: list[str]) -> int:
    """How many numbers a token tells, one more where a ten said before takes the first of its words: « trente
    quatre-vingt-dix-sept »."""
    if NUMBER_WORDS.isdisjoint(words):
        return sum(word.isdecimal() for word in words)
    return max(len(list(numbers_in(words))), len(list(numbers_in(["trente", *words]))) - 1)
