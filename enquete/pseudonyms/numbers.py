"""Numbers said in words: « zéro six, trente-neuf, quatre-vingt-dix-huit » is 063998."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

_FIRST = "zéro un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize"
_UNITS = {fold: value for value, fold in enumerate(_FIRST.replace("é", "e").split())} | {"une": 1}
_TENS = {"vingt": 20, "trente": 30, "quarante": 40, "cinquante": 50, "soixante": 60, "septante": 70, "huitante": 80,
         "octante": 80, "nonante": 90}  # fmt: skip
_SCALES = {"cent": 100, "cents": 100, "mille": 1000}
NUMBER_WORDS = frozenset(_UNITS) | frozenset(_TENS) | frozenset(_SCALES) | {"vingts"}


class Said(NamedTuple):
    """words[first:last] are one number. value: what it is worth; digits: as dialled (« zéro six » is two numbers)."""

    first: int
    last: int
    value: int


def numbers_in(folds: Sequence[str]) -> Iterator[Said]:
    """Every number, from the first word to the last."""
    after = 0
    for index, word in enumerate(folds):
        if index >= after and (word in NUMBER_WORDS or word[0].isdigit()):
            said = number_at(folds, index)
            if said is not None:
                after = said.last
                yield said


def number_at(folds: Sequence[str], index: int) -> Said | None:
    """The longest number in words or figures that starts at `index`."""
    word = folds[index]
    if word.isdecimal():
        return Said(index, index + 1, int(word)) if len(word) < 10 else None
    if word not in NUMBER_WORDS or word == "vingts":
        return None
    total = current = 0
    i, end = index, index
    while i < len(folds):
        word = folds[i]
        step = _below_hundred(folds, i) if current % 100 == 0 else None
        if step is not None and (i == index or step[1] > 0):
            if total == 0 and current == 0 and i > index:
                break
            current += step[1]
            i = end = step[0]
        elif word in {"cent", "cents"} and current < 10 and (current != 0 or i == index or total):
            current = max(current, 1) * 100
            i = end = i + 1
        elif word == "mille" and total == 0 and (current or i == index):
            total, current = max(current, 1) * 1000, 0
            i = end = i + 1
        else:
            break
        if step is not None and step[1] == 0:
            break
        # Two numbers below a hundred in a row are two numbers; so are a unit and a ten.
        if step is not None and i < len(folds) and folds[i] not in _SCALES:
            break
    return Said(index, end, total + current) if end > index else None


def _below_hundred(folds: Sequence[str], index: int) -> tuple[int, int] | None:
    """(index after, value) of a number from 0 to 99."""

    def word(at: int) -> str:
        return folds[at] if at < len(folds) else ""

    first = word(index)
    if first == "quatre" and word(index + 1) in {"vingt", "vingts"}:
        after, value = index + 2, 80
    elif first in _TENS:
        after, value = index + 1, _TENS[first]
    elif first in _UNITS:
        value, after = _UNITS[first], index + 1
        if value == 10 and word(after) in {"sept", "huit", "neuf"}:
            return after + 1, 10 + _UNITS[word(after)]
        return after, value
    else:
        return None
    if word(after) == "et" and word(after + 1) in {"un", "une", "onze"}:
        return after + 2, value + _UNITS[word(after + 1)]
    unit = _UNITS.get(word(after), 0)
    if unit and (unit < 10 or value in {60, 80}):
        after += 1
        if unit == 10 and word(after) in {"sept", "huit", "neuf"}:
            return after + 1, value + 10 + _UNITS[word(after)]
        return after, value + unit
    return after, value
