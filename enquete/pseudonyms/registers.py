"""The social and cultural register of a name, told from its form: it serves to choose a pseudonym and is never kept.

A name of our lists (data/registers.txt, 2,400 common names) is of the first list that holds it; of none when one of
several is French: an Inès may be anybody. Another name is compared with the lists of thirteen wide areas by naive Bayes
on its groups of one to four letters, ends marked (Cavnar and Trenkle, « N-Gram-Based Text Categorization », 1994),
then with those of the parts of that area. A first name in favour in France before 1960, one of its 3,000 most frequent
surnames, is French unless the letters say otherwise. When the first area doesn't lead by enough, none is told.

On 571 names written apart from the lists, mostly rarer ones (tests/pseudonyms/registers_held_out.txt): the wide area is
told for half of them and right for 83% of these, first names and surnames alike.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import pairwise
from typing import NamedTuple

from enquete.pseudonyms import words
from enquete.pseudonyms.grammar import PARTICLES
from enquete.pseudonyms.words import fold, words_of

FRANCE = "france"
LAST = "last"
_SMOOTHING = 0.3
_LEAD = 6.0  # natural logarithm of how many times likelier than the second the first area must be
_NATIVE_LEAD = 3.0
_NATIVE_YEAR = 1960


class Listed(NamedTuple):
    """A name of our lists. area: « maghreb », or « iberia/portugal », a part of a wider one. kind: f, m or last."""

    name: str
    area: str
    kind: str


@cache
def listed() -> tuple[Listed, ...]:
    """Every name of our lists, in their order."""
    text = files("enquete.pseudonyms").joinpath("data", "registers.txt").read_text(encoding="utf-8")
    rows = (line.split("\t") for line in text.splitlines() if line and not line.startswith("#"))
    return tuple(Listed(name, area, kind) for area, kind, line in rows for name in names_in(line))


def names_in(line: str) -> list[str]:
    """« Da Silva Ferreira » is « Da Silva » and « Ferreira »."""
    names: list[str] = []
    for word, after in pairwise([*line.split(), ""]):
        if names and names[-1].endswith(" "):
            names[-1] += word
        else:
            names.append(word)
        if fold(word) in PARTICLES and after:
            names[-1] += " "
    return names


@cache
def register(form: str, *, surname: bool) -> str:
    """The area of a part of a name (folded, without spaces), empty when unsure."""
    areas = _areas(surname).get(form, ())
    if areas:
        french = any(home_of(area) == FRANCE for area in areas)
        return "" if french and len(areas) > 1 else areas[0]
    wide = _likelihoods(form, _models(surname))
    if _native(form, surname):
        wide[FRANCE] += _NATIVE_LEAD
    (home, best), (_, second) = sorted(wide.items(), key=lambda pair: -pair[1])[:2]
    if best - second < _LEAD:
        return ""
    if home == FRANCE:  # social registers show in no letters
        return f"{FRANCE}/common"
    parts = _likelihoods(form, {area: m for area, m in _models(surname, parts=True).items() if home_of(area) == home})
    return max(parts, key=parts.__getitem__)


def home_of(area: str) -> str:
    """« iberia/portugal » -> « iberia »."""
    return area.partition("/")[0]


def _likelihoods(form: str, models: Mapping[str, _Model]) -> dict[str, float]:
    """Of the name in each area, as logarithms."""
    grams = _grams(form)
    return {
        area: sum(math.log((model.counts[gram] + _SMOOTHING) / model.total) for gram in grams)
        for area, model in models.items()
    }


def _native(form: str, surname: bool) -> bool:
    lists = words.load()
    if surname:
        return lists.surnames.get(form, 60_000) < 3_000
    row = lists.first_names.get(form)
    return row is not None and 0 < row.decade < _NATIVE_YEAR and row.rank < 500


@cache
def _areas(surname: bool) -> dict[str, tuple[str, ...]]:
    areas: dict[str, tuple[str, ...]] = {}
    for item in listed():
        if (item.kind == LAST) is surname:
            form = "".join(words_of(item.name))
            areas[form] = tuple(dict.fromkeys((*areas.get(form, ()), item.area)))
    return areas


@dataclass(frozen=True, slots=True)
class _Model:
    """How often each group of letters stands in the names of an area."""

    counts: Counter[str]
    total: float


@cache
def _models(surname: bool, *, parts: bool = False) -> dict[str, _Model]:
    """Of the wide areas, or of their parts."""
    counts: dict[str, Counter[str]] = {}
    for form, areas in _areas(surname).items():
        for area in areas:
            # French names that are given elsewhere too teach nothing.
            if home_of(area) == FRANCE or not _native(form, surname):
                counts.setdefault(area if parts else home_of(area), Counter()).update(_grams(form))
    size = len({gram for counter in counts.values() for gram in counter})
    return {area: _Model(counter, counter.total() + _SMOOTHING * size) for area, counter in counts.items()}


def _grams(form: str) -> list[str]:
    marked = f"^{form}$"
    grams = (marked[at : at + n] for n in range(1, 5) for at in range(len(marked) - n + 1))
    return [gram for gram in grams if gram not in {"^", "$"}]
