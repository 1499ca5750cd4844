"""Looks for what the vault knows in many texts at once: names as the detector matches them, numbers however grouped.

Most texts hold no word of any name: the distinct words of all of them are looked up first, and only the texts where a
word of a name stands are read by the detector.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from enquete.disclosure.split import Split
from enquete.disclosure.variants import HUMP
from enquete.model import IdentifierType
from enquete.pseudonyms import Document, KnownName, Passage, find_leaks, words
from enquete.pseudonyms.documents import divided
from enquete.pseudonyms.grammar import FUNCTION_WORDS, KIN_WORDS, PARTICLES, PERSONS, TITLES, word_set
from enquete.pseudonyms.words import fold

_T = IdentifierType
_WORD = re.compile(r"(?:[^\W\d_][\u0300-\u036f]*)+|\d+")
_SPELLED = re.compile(r"(?<!\w)[^\W\d_](?:[.\-_·][^\W\d_]){2,}(?!\w)")
_LEAST_LETTERS, _LEAST_CHARACTERS, _LEAST_STUCK = 3, 4, 6
_STREETS = word_set(
    "rue avenue boulevard impasse allee allees place square quai chemin cite residence villa passage cours route "
    "sentier batiment bat tour foyer hotel esplanade promenade rond escalier cage"
)
_TITLE = re.compile(
    r"\b(?:m\.|mr\.?|mme\.?|mlle\.?|dr\.?|monsieur|madame|mademoiselle|docteur|maître)\s+((?:[^\W\d_]|[-'’])+)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Form:
    """A string that identifies someone, as the vault holds it."""

    text: str = field(repr=False)
    type: IdentifierType


class Match(NamedTuple):
    """Where something stands in a text, in code points."""

    start: int
    end: int
    type: IdentifierType


class KnownForms:
    """What the vault knows, ready to be looked for."""

    def __init__(self, forms: Iterable[Form]) -> None:
        self._named: list[tuple[KnownName, frozenset[str]]] = []
        self._whole: dict[str, IdentifierType] = {}  # what a cell or a property may hold alone, folded
        self._titled: set[str] = set()  # words that name a person after « madame »
        self._borne: set[str] = set()  # those that do in capitals too
        self._stuck: set[str] = set()  # first name and surname in one word
        self._joined: dict[str, IdentifierType] = {}  # numbers and addresses, without what separates their groups
        self._triggers: set[str] = set()
        for form in sorted(set(forms), key=lambda f: (f.text, f.type)):
            self._add(form)
        self._beginnings: set[str] = {joined[:n] for joined in self._joined for n in range(1, len(joined) + 1)}
        self.parts = {part for _, parts in self._named for part in parts} | self._stuck

    def _add(self, form: Form) -> None:
        phrase = tuple(fold(word) for word in _WORD.findall(form.text))
        content = [word for word in phrase if word not in FUNCTION_WORDS]
        if form.type is _T.PERSON:
            if sum(map(len, phrase)) < _LEAST_LETTERS or not content:
                return
            self._named.append((KnownName(form.text, form.type), frozenset(content)))
            self._whole[" ".join(phrase)] = form.type
            self._titled.update(word for word in content if len(word) >= _LEAST_LETTERS and word not in _NO_NAMES)
            self._borne.update(self._titled.intersection(content) - PERSONS - KIN_WORDS)
            for stuck in ("".join(content), "".join(reversed(content))):
                if len(content) > 1 and len(stuck) >= _LEAST_STUCK:
                    self._stuck.add(stuck)
        elif form.type is _T.ORGANISATION or (form.type is _T.PLACE and _is_address(phrase)):
            if len(phrase) > 1 and content:
                # The rarest word brings the text up: « rue » and « maison » stand everywhere.
                rarest = max(content, key=lambda word: (not word.isdigit(), words.load().rank(word), word))
                self._named.append((KnownName(form.text, form.type), frozenset([rarest])))
                if any(word.isdigit() for word in phrase) and len(phrase) > 2:
                    self._join(phrase, form.type)
        elif form.type is _T.BIRTH_DATE:
            if len(phrase) > 2 and any(len(word) == 4 and word.isdigit() for word in phrase):
                self._join(phrase, form.type)
        elif form.type not in (_T.AGE, _T.PLACE) and not (form.type is _T.HANDLE and _is_plain(form.text)):
            self._join(phrase, form.type)

    def _join(self, phrase: Sequence[str], kind: IdentifierType) -> None:
        joined = "".join(phrase)
        if len(joined) < _LEAST_CHARACTERS:
            return
        self._joined[joined] = kind
        # What brings the text up: a word that is rare enough, else any beginning of the number.
        longest = max(phrase, key=lambda word: (word.isalpha(), len(word)))
        if longest.isalpha() and len(longest) >= _LEAST_CHARACTERS:
            self._triggers.add(longest)
        else:
            self._triggers.update({joined[:n] for n in range(2, len(joined) + 1)} | {"0"})
        if kind is _T.PHONE and joined.isdigit() and len(joined) == 10:
            for prefix in ("33", "0033", ""):
                self._joined[prefix + joined[1:]] = kind
                self._triggers.update((prefix + joined[1:])[:n] for n in range(2, 14))

    def find(self, split: Split) -> Iterator[tuple[int, Match]]:
        """(index of the text, match), in no particular order."""
        named, quiet, numbered, met = self._suspects(split)
        read = {*named, *(index for index in quiet if _may_name_quietly(split.texts[index]))}
        for index in numbered:
            yield from ((index, match) for match in self._numbers(split.texts[index]))
        yield from self._read(sorted(read), split.texts, met)

    def _suspects(self, split: Split) -> tuple[list[int], list[int], list[int], set[str]]:
        """The texts where a name may stand; those where it is written as a word in small letters, which rarely is a
        name; those where a number may begin; and the words of names that were met."""
        import numpy as np

        is_word = words.load().is_word
        named, quiet, numbered = (np.zeros(len(split.tokens), np.bool_) for _ in range(3))
        met: set[str] = set()
        for number, token in enumerate(split.tokens):
            found = _words_of(token)
            if not found:
                continue
            if not self.parts.isdisjoint(found):
                small = token.islower() and all(is_word(word) for word in _WORD.findall(token))
                (quiet if small else named)[number] = True
                met.update(self.parts.intersection(found))
            numbered[number] = not self._triggers.isdisjoint(found)
        of_names, of_words, of_numbers = (
            np.flatnonzero(split.having(mark)).tolist() for mark in (named, quiet, numbered)
        )
        return of_names, of_words, of_numbers, met

    def _numbers(self, text: str) -> Iterator[Match]:
        words_ = list(_WORD.finditer(text))
        folds = [fold(match[0]) for match in words_]
        for first in range(len(folds)):
            joined, last = folds[first], first
            while joined in self._beginnings:
                if joined in self._joined:
                    yield Match(words_[first].start(), words_[last].end(), self._joined[joined])
                last += 1
                if last == len(folds):
                    break
                joined += folds[last]

    def _read(self, chosen: Sequence[int], texts: Sequence[str], met: set[str]) -> Iterator[tuple[int, Match]]:
        known = [name for name, parts in self._named if not parts.isdisjoint(met)]
        documents = [divided(Document(texts[index], (Passage(0, len(texts[index])),))) for index in chosen]
        for index, detection in zip(chosen, find_leaks(documents, known) if documents else (), strict=True):
            text = texts[index]
            for mention in detection.mentions:
                if mention.type is _T.PERSON or len(_WORD.findall(text[mention.start : mention.end])) > 1:
                    yield index, Match(mention.start, mention.end, mention.type)
            yield from ((index, match) for match in self._named_otherwise(text))

    def _named_otherwise(self, text: str) -> Iterator[Match]:
        """What the detector leaves: a word that is all of a cell, follows a title, stands in capitals or stuck."""
        found = list(_WORD.finditer(text))
        folds = [fold(match[0]) for match in found]
        whole = self._whole.get(" ".join(folds))
        if whole and not text.islower():
            yield Match(0, len(text), whole)
        for match in _TITLE.finditer(text):
            if self._titled.intersection(words.words_of(match[1])):
                yield Match(*match.span(1), _T.PERSON)
        shouted = len(text) > 20 and text.isupper()
        for number, (match, word) in enumerate(zip(found, folds, strict=True)):
            alone = (
                match[0].isupper()
                and not shouted
                and not any(
                    found[at][0].isupper() and len(found[at][0]) > 1
                    for at in (number - 1, number + 1)
                    if 0 <= at < len(found)
                )
            )
            if word in self._stuck or (alone and word in self._borne and len(word) > _LEAST_LETTERS):
                yield Match(*match.span(), _T.PERSON)
        for match in _SPELLED.finditer(text):
            if fold("".join(_WORD.findall(match[0]))) in self._borne:
                yield Match(*match.span(), _T.PERSON)


def _may_name_quietly(text: str) -> bool:
    """Whether a word in small letters may be a name here: after a title, or where nothing has a capital."""
    return text.islower() or bool(_TITLE.search(text))


_NO_NAMES = TITLES | PARTICLES | FUNCTION_WORDS


def _words_of(token: str) -> set[str]:
    """The folded words of a token, with those that capitals or dots cut in it."""
    found = {fold(word) for word in _WORD.findall(token)}
    if len(found) > 2:
        found.update(fold(re.sub(r"[\W_]", "", match[0])) for match in _SPELLED.finditer(token))
    if not (token.islower() or token.istitle() or token.isupper()):
        found.update(fold(word) for word in _WORD.findall(HUMP.sub(" ", token)))
    return found


def _is_plain(handle: str) -> bool:
    """Whether a name of account is a word that anybody may write: « Snap »."""
    return handle.isalpha() and (len(handle) < _LEAST_STUCK or words.load().is_word(handle))


def _is_address(phrase: Sequence[str]) -> bool:
    """Whether a place tells a home or a door: « 12 rue des Acacias », and not a commune."""
    return len(phrase) > 1 and (not _STREETS.isdisjoint(phrase) or any(word.isdigit() for word in phrase))
