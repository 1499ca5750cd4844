"""Word lists: names, places, what stays readable; and how to compare forms."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import islice
from typing import Generic, NamedTuple, TypeVar

from enquete.language import lexicon
from enquete.pseudonyms.grammar import FUNCTION_WORDS, KIN_WORDS, NOT_PLACES, PERSONS

MODEL_PARTS = ("tok2vec", "ner")  # the components that the detector runs
_WORD = re.compile(r"(?:[^\W\d_][\u0300-\u036f]*)+|\d+")
T = TypeVar("T")
_PLAIN = str.maketrans({"ı": "i", "œ": "oe", "æ": "ae", "ø": "o", "ł": "l", "đ": "d"})


@cache
def fold(word: str) -> str:
    """The form under which words are compared: no case, no accents (« Yılmaz » and « YILMAZ » are one)."""
    if word.isascii():
        return word.lower()
    decomposed = unicodedata.normalize("NFKD", word.casefold())
    return "".join(c for c in decomposed if not unicodedata.combining(c)).translate(_PLAIN)


def words_of(text: str) -> tuple[str, ...]:
    """The folded words of a phrase: « Saint-Cloud » is (« saint », « cloud »)."""
    return tuple(fold(m) for m in _WORD.findall(text))


class FirstName(NamedTuple):
    """sex: f, m or x. level: 1 frequent, 2, 3 rare. decade: when most in favour, 0 unknown. rank: in that decade."""

    name: str
    sex: str
    level: int
    decade: int
    rank: int


class Commune(NamedTuple):
    """people: inhabitants, 0 when unknown."""

    name: str
    department: str
    people: int


class Phrases(Generic[T]):
    """Finds the longest known phrase that starts at a word, words compared folded."""

    def __init__(self) -> None:
        self._values: dict[tuple[str, ...], T] = {}
        self._lengths: dict[str, list[int]] = {}  # of the phrases that start with a word, the longest first

    def starts(self) -> Iterable[str]:
        """The first words of all phrases."""
        return self._lengths

    def add(self, phrase: Sequence[str], value: T) -> None:
        if phrase:
            lengths = self._lengths.setdefault(phrase[0], [])
            if len(phrase) not in lengths:
                lengths.append(len(phrase))
                lengths.sort(reverse=True)
            self._values.setdefault(tuple(phrase), value)

    def at(self, folds: Sequence[str], index: int) -> tuple[int, T] | None:
        """(number of words, value) of the longest phrase that starts at `index`."""
        for length in self._lengths.get(folds[index], ()):
            phrase = tuple(folds[index : index + length])
            if len(phrase) == length and phrase in self._values:
                return length, self._values[phrase]
        return None


@dataclass(frozen=True)
class Words:
    """Every list, loaded once a process."""

    first_names: dict[str, FirstName]
    surnames: dict[str, int]  # rank; those of our own list are given 30,000
    surname_forms: dict[str, str]  # as written, of the frequent ones
    communes: Phrases[Commune]
    region: tuple[tuple[str, ...], ...]  # communes of some size in the Paris region
    towns: Phrases[str]
    neutral: Phrases[str]
    institutions: Phrases[str]  # value: the exact case demanded, or empty
    departments: dict[str, str]
    rank: Callable[[str], int]
    starts_readable: frozenset[str]  # first words of institutions, neutral places and towns
    starts_town: frozenset[str]  # first words of communes, towns and neutral places

    def is_word(self, form: str) -> bool:
        """Whether the lower-case form is an ordinary word of French (as « petit », « rose », « wifi »)."""
        lower = form.lower()
        if fold(lower) in FUNCTION_WORDS or fold(lower) in PERSONS or lower in KIN_WORDS:
            return True
        rank = self.rank(lower)
        return rank < 30_000 or (rank < 450_000 and rank < 1.5 * self.rank(lower.capitalize()))

    def leans_to_name(self, form: str) -> bool:
        """Whether the form is written with a capital at least twice as readily: « Karim », « Marie », « Louis »."""
        lower = form.lower()
        if fold(lower) in FUNCTION_WORDS or lower in KIN_WORDS:
            return False
        rank = self.rank(lower)
        return rank > 40_000 or rank > 2 * self.rank(lower.capitalize())

    def is_name_written_small(self, word: str) -> bool:
        """Whether a form in small letters is a first name rather than a word: « karim », « marie », not « rose »."""
        row, lower = self.first_names.get(fold(word)), word.lower()
        if row is None or not self.leans_to_name(word):
            return False
        rank = self.rank(lower)
        return rank > 10_000 or rank > 3 * self.rank(lower.capitalize())


def _lines(name: str) -> Iterable[str]:
    text = files("enquete.pseudonyms").joinpath("data", name).read_text(encoding="utf-8")
    return (line for line in text.splitlines() if line and not line.startswith("#"))


def _first_names() -> dict[str, FirstName]:
    names: dict[str, FirstName] = {}
    for line in _lines("first_names_more.txt"):
        name, sex = line.split("\t")
        names[fold(name)] = FirstName(name, sex, 2, 0, 10_000)
    for line in _lines("first_names.txt"):
        name, sex, level, decade, rank = line.split("\t")
        row = FirstName(name, sex, int(level), int(decade), int(rank))
        known = names.get(fold(name))
        if known is None or known.rank > row.rank:
            names[fold(name)] = row
    return names


def _surnames() -> dict[str, int]:
    ranks: dict[str, int] = {}
    for rank, name in enumerate(_lines("surnames.txt")):
        ranks.setdefault(" ".join(words_of(name)), rank)
    for name in _lines("surnames_more.txt"):
        ranks.setdefault(" ".join(words_of(name)), 30_000)
    return ranks


# In the Paris region people say the head of a compound name alone: « Rueil », « Asnières ».
PARIS_REGION = {"75", "77", "78", "91", "92", "93", "94", "95"}
_NO_HEAD = {"saint", "sainte", "bois", "mont", "ville", "bourg", "port", "pont", "roche", "val", "fort", "croix", "l"}


_SHORT = {"saint": "st", "sainte": "ste"}


def _communes() -> Phrases[Commune]:
    phrases: Phrases[Commune] = Phrases()
    known: set[tuple[str, ...]] = set()  # those of some size
    heads: dict[tuple[str, ...], Commune] = {}
    small: list[tuple[tuple[str, ...], Commune]] = []
    for line in _lines("communes.txt"):
        name, department, people = line.split("\t")
        row, phrase = Commune(name, department, int(people)), words_of(name)
        if " ".join(phrase) in NOT_PLACES:
            continue
        if row.people > 1_500:
            known.add(phrase)
        else:
            small.append((phrase, row))
            continue
        phrases.add(phrase, row)
        if phrase[0] in _SHORT:
            phrases.add((_SHORT[phrase[0]], *phrase[1:]), row)
        if department in PARIS_REGION:
            for head in _heads(phrase):
                if head not in heads or heads[head].people < row.people:
                    heads[head] = row
    for head, row in heads.items():
        if head not in known:
            phrases.add(head, row)
    for phrase, row in small:
        phrases.add(phrase, row)
    return phrases


def _region() -> tuple[tuple[str, ...], ...]:
    rows = (line.split("\t") for line in _lines("communes.txt"))
    return tuple(
        words_of(name) for name, department, people in rows if department in PARIS_REGION and int(people) > 8_000
    )


def _heads(phrase: tuple[str, ...]) -> Iterable[tuple[str, ...]]:
    article = phrase[0] in {"le", "la", "les", "l"}
    if article and len(phrase) > 1:
        yield phrase[1:]  # « au Plessis-Robinson »
        if len(phrase) > 2:
            yield phrase[:2]  # « à La Garenne »
            yield phrase[1:2]  # « au Plessis »
    elif len(phrase) > 1 and phrase[0] not in _NO_HEAD:
        yield phrase[:1]
    if len(phrase) > 2 and phrase[0] in {"saint", "sainte"}:
        yield phrase[:2]


def _phrases(name: str) -> Phrases[str]:
    phrases: Phrases[str] = Phrases()
    for line in _lines(name):
        exact = line.removeprefix("=")
        # An acronym that is also a first name counts in capitals alone: « TOM ».
        phrases.add(words_of(exact), exact if line.startswith("=") or (exact.isupper() and len(exact) > 1) else "")
    return phrases


@cache
def load() -> Words:
    """Every list. Takes a second: once a process."""
    communes, towns = _communes(), _phrases("towns_more.txt")
    neutral, institutions = _phrases("neutral_places.txt"), _phrases("institutions.txt")
    return Words(
        first_names=_first_names(),
        surnames=_surnames(),
        surname_forms={" ".join(words_of(n)): n for n in islice(_lines("surnames.txt"), 2_000)},
        communes=communes,
        region=_region(),
        towns=towns,
        neutral=neutral,
        institutions=institutions,
        departments=dict(line.split("\t") for line in _lines("departments.txt")),
        rank=lexicon.ranks(),
        starts_readable=frozenset({*institutions.starts(), *neutral.starts(), *towns.starts()}),
        starts_town=frozenset({*communes.starts(), *towns.starts(), *neutral.starts()}),
    )
