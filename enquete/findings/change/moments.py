"""When something happened, as people write it: a day, a month, a year, or words that no calendar knows."""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from typing import NamedTuple

_MONTHS = {
    "janv": 1, "fevr": 2, "mars": 3, "avr": 4, "mai": 5, "juin": 6, "juil": 7, "aout": 8, "sept": 9, "oct": 10,
    "nov": 11, "dec": 12,
}  # fmt: skip
_WORDS = re.compile(r"(?:(\d{1,2})(?:er)?\s+)?([a-z]{3,9})\.?\s+(\d{4})")
_ISO = re.compile(r"(\d{4})(?:[-/](\d{1,2}))?(?:[-/](\d{1,2}))?")
_FRENCH = re.compile(r"(?:(\d{1,2})[-/.])?(\d{1,2})[-/.](\d{4})")


class Moment(NamedTuple):
    """month, day: 0 when they are not known. Sorts by what is known, the vaguest first; no year comes last."""

    year: int
    month: int = 0
    day: int = 0


UNDATED = Moment(9999)


def moment(written: str) -> Moment:
    """Of « 12 mars 2024 », « mars 2024 », « 2024-03-12 », « 03/2024 », « 2024 »; UNDATED for anything else."""
    letters = unicodedata.normalize("NFKD", written.strip().casefold())
    text = "".join(c for c in letters if not unicodedata.combining(c))
    if found := _WORDS.fullmatch(text):
        day, word, year = found.groups()
        months = [number for start, number in _MONTHS.items() if word.startswith(start)]
        return _checked(int(year), months[0] if months else None, int(day or 0))
    if found := _ISO.fullmatch(text):
        return _checked(*(int(part or 0) for part in found.groups()))
    if found := _FRENCH.fullmatch(text):
        day, month, year = (int(part or 0) for part in found.groups())
        return _checked(year, month, day)
    return UNDATED


def _checked(year: int, month: int | None, day: int) -> Moment:
    if month is None:
        return UNDATED
    try:
        date(year, month or 1, day or 1)
    except ValueError:
        return UNDATED
    return Moment(year, month, day)


def of_day(day: date | None) -> Moment:
    """UNDATED for None."""
    return Moment(day.year, day.month, day.day) if day else UNDATED
