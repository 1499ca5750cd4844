"""Numbers, dates and times as files hold them. What reads two ways is read in none until somebody says how."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable
from dataclasses import dataclass

from enquete.survey.answers.types import Scalar
from enquete.survey.matching.loose import text_of
from enquete.tables import folded


@dataclass(frozen=True, slots=True)
class Doubt:
    """A value that is no answer as it stands. settle: key of the mapping file that says how to read it."""

    settle: str = "valeurs"


# --- numbers

_SPACES = "[ \u00a0\u202f'’]"
_PLAIN = re.compile(r"[+-]?\d+(?:[eE][+-]?\d+)?")
_GROUPED = re.compile(rf"[+-]?\d{{1,3}}(?:{_SPACES}\d{{3}})+(?:[.,]\d+)?")
_ONE_MARK = re.compile(r"[+-]?(\d*)([.,])(\d+)(?:[eE][+-]?\d+)?")
_TWO_MARKS = re.compile(r"[+-]?\d{1,3}(?:(\.\d{3})+,\d+|(,\d{3})+\.\d+)")
_MANY_GROUPS = re.compile(r"[+-]?\d{1,3}(?:(?:\.\d{3}){2,}|(?:,\d{3}){2,})")
_EURO = re.compile(rf"{_SPACES}*(?:€|euros?)$", re.IGNORECASE)


def decimal_mark(texts: Iterable[str]) -> str | None:
    """« , » or « . », where the numbers show it; None when they don't, or show both."""
    shown: set[str] = set()
    for text in texts:
        value = _EURO.sub("", text.strip())
        if (found := _ONE_MARK.fullmatch(value)) and not _two_ways(found):
            shown.add(found[2])
        elif found := _TWO_MARKS.fullmatch(value):
            shown.add("," if found[1] else ".")
    return shown.pop() if len(shown) == 1 else None


def _two_ways(found: re.Match[str]) -> bool:
    """« 1.200 », « 1,200 »: a decimal, or a thousand and two hundred."""
    return (
        len(found[3]) == 3 and 1 <= len(found[1]) <= 3 and not found[1].startswith("0") and "e" not in found[0].lower()
    )


def read_number(value: Scalar, whole: bool, mark: str | None) -> int | float | Doubt:
    """« 12,5 », « 1 200 », « 1.200,50 », « 850 € ». whole: only whole numbers are answers. mark: the decimal mark."""
    if isinstance(value, int | float):
        number: float | None = value
    elif isinstance(value, str):
        text = _EURO.sub("", value.strip())
        found = _ONE_MARK.fullmatch(text)
        if found and _two_ways(found) and mark is None:
            return Doubt("decimale")
        number = _parsed(text, mark)
    else:
        number = None
    if number is None or number != number or number in (float("inf"), float("-inf")):
        return Doubt()
    if float(number).is_integer() and abs(number) < 2**53:
        return int(number) if whole or isinstance(number, int) else number
    return Doubt() if whole else number


def _parsed(text: str, mark: str | None) -> float | int | None:
    if _PLAIN.fullmatch(text):
        return float(text) if "e" in text.lower() else int(text)
    if found := _ONE_MARK.fullmatch(text):
        if _two_ways(found) and found[2] != mark:
            return int(text.replace(found[2], ""))
        return float(text.replace(",", "."))
    if _GROUPED.fullmatch(text):
        bare = re.sub(_SPACES, "", text).replace(",", ".")
        return float(bare) if "." in bare else int(bare)
    if found := _TWO_MARKS.fullmatch(text):
        thousands, decimal = (".", ",") if found[1] else (",", ".")
        return float(text.replace(thousands, "").replace(decimal, "."))
    return int(re.sub("[.,]", "", text)) if _MANY_GROUPS.fullmatch(text) else None


# --- dates

_FIRST, _LAST = 1800, 2200  # years of a date that somebody typed: beyond, a slip
_MONTHS = ("janv|january|jan", "fev|feb", "mars|march|mar", "avr|apr", "mai|may", "juin|june|jun", "juil|july|jul",
           "aou|aug", "sept|sep", "oct", "nov", "dec")  # fmt: skip
_CLOCK = (
    r"(?:(?:[T ,]+| - |,? (?:à|a) )(?P<clock>\d{1,2}(?::\d{2}|h\d{0,2})(?::\d{2}(?:[.,]\d+)?)?)"
    r" ?(?P<half>[ap]\.?m\.?)? ?(?:Z|UTC(?:[+-]\d+)?|[+-]\d{2}:?\d{2}|GMT(?:[+-]\d+)?)?)?"
)
_DAY_NAME = r"(?:[^\W\d_]+\.?,? )?"
_ISO = re.compile(rf"(\d{{4}})[-/.](\d{{1,2}})[-/.](\d{{1,2}}){_CLOCK}", re.IGNORECASE)
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})")
_FIGURES = re.compile(rf"{_DAY_NAME}(\d{{1,2}}) ?[-/. ] ?(\d{{1,2}}) ?[-/. ] ?(\d{{4}}|\d{{2}}){_CLOCK}", re.IGNORECASE)
_WORDS = re.compile(rf"{_DAY_NAME}(\d{{1,2}})(?:er)?[ -]([^\W\d_]+)\.?[ -](\d{{4}}|\d{{2}}){_CLOCK}", re.IGNORECASE)
_WORDS_US = re.compile(rf"([^\W\d_]+)\.? (\d{{1,2}}),? (\d{{4}}){_CLOCK}", re.IGNORECASE)
_TIME = re.compile(r"(\d{1,2})(?::|h|H)(\d{2})?(?::(\d{2})(?:[.,]\d+)?)?(?:Z|[+-]\d{2}:?\d{2})? ?([ap]\.?m\.?)?",
                   re.IGNORECASE)  # fmt: skip


def date_order(texts: Iterable[str]) -> str | None:
    """« jour-mois » or « mois-jour », where a date in figures shows it; None when none does, or they disagree."""
    shown: set[str] = set()
    for text in texts:
        if found := _FIGURES.fullmatch(" ".join(text.split())):
            first, second = int(found[1]), int(found[2])
            if (first > 12) != (second > 12):
                shown.add("jour-mois" if first > 12 else "mois-jour")
    return shown.pop() if len(shown) == 1 else None


def read_day(value: Scalar, order: str | None) -> datetime.date | Doubt:
    """The day of a date, or of a moment."""
    moment = read_moment(value, order)
    return moment.date() if isinstance(moment, datetime.datetime) else moment


def read_moment(value: Scalar, order: str | None) -> datetime.datetime | Doubt:
    """A date is its midnight. The hour is that of the place where it was written."""
    if isinstance(value, datetime.date):
        if value.year > _LAST:  # 9999 says that there is no date
            return Doubt()
        if isinstance(value, datetime.datetime):
            return value.replace(tzinfo=None)
        return datetime.datetime(value.year, value.month, value.day)
    if not isinstance(value, str):
        return Doubt()
    text = " ".join(value.split())
    found, parts = _date_parts(text)
    if found is None:
        return Doubt()
    if found.re is _FIGURES:
        first, second, year = parts
        if order is None and first <= 12 and second <= 12 and first != second:
            return Doubt("dates")
        parts = (year, first, second) if order == "mois-jour" else (year, second, first)
    return _moment(found, parts)


def looks_dated(text: str) -> bool:
    """Whether a text is a date, right or wrong, and nothing else."""
    return _date_parts(" ".join(text.split()))[0] is not None


def _date_parts(text: str) -> tuple[re.Match[str] | None, tuple[int, int, int]]:
    """(year, month, day), or the figures as they stand where their order must be known."""
    if found := _ISO.fullmatch(text) or _COMPACT.fullmatch(text):
        return found, (int(found[1]), int(found[2]), int(found[3]))
    if found := _FIGURES.fullmatch(text):
        return found, (int(found[1]), int(found[2]), _full_year(found[3]))
    if (found := _WORDS.fullmatch(text)) and (month := _month(found[2])):
        return found, (_full_year(found[3]), month, int(found[1]))
    if (found := _WORDS_US.fullmatch(text)) and (month := _month(found[1])):
        return found, (int(found[3]), month, int(found[2]))
    return None, (0, 0, 0)


def _full_year(text: str) -> int:
    """« 25 » is 2025; a year in two figures that would be ahead by far is one of the last century."""
    year = int(text)
    if len(text) == 4:
        return year
    return year + 2000 if year <= 60 else year + 1900


def _moment(found: re.Match[str], parts: tuple[int, int, int]) -> datetime.datetime | Doubt:
    clock = read_clock((found["clock"] + (found["half"] or "")).replace(" ", "")) if _said(found) else datetime.time()
    try:
        day = datetime.datetime(*parts)
    except ValueError:
        return Doubt()
    if not _FIRST <= day.year <= _LAST or isinstance(clock, Doubt):
        return Doubt()
    return datetime.datetime.combine(day, clock)


def _said(found: re.Match[str]) -> bool:
    return "clock" in found.re.groupindex and found["clock"] is not None


def _month(word: str) -> int | None:
    name = folded(word)
    for number, stems in enumerate(_MONTHS, 1):
        if any(name.startswith(stem) for stem in stems.split("|")):
            return number
    return None


def read_clock(value: Scalar) -> datetime.time | Doubt:
    """« 10:30 », « 10h30 », « 10:30:00.000+01:00 », « 2:15 PM »."""
    if isinstance(value, datetime.datetime):
        return value.time()
    if isinstance(value, datetime.time):
        return value.replace(tzinfo=None)
    found = _TIME.fullmatch(text_of(value).strip())
    if not found:
        return Doubt()
    hour, minute, second = int(found[1]), int(found[2] or 0), int(found[3] or 0)
    if found[4]:
        hour = hour % 12 + (12 if found[4].lower().startswith("p") else 0)
    try:
        return datetime.time(hour, minute, second)
    except ValueError:
        return Doubt()
