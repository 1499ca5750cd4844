"""Dates and times of statistical programs, which store them as numbers."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable

from enquete.survey.answers.levels import plain_number
from enquete.survey.answers.types import Scalar

Conversion = Callable[[float], Scalar]
"""From the number to what it means. Raises OverflowError or ValueError outside of the years 1 to 9999."""

_SPSS_START = datetime.datetime(1582, 10, 14)
_STATA_START = datetime.datetime(1960, 1, 1)
_DAY = 86_400  # seconds


def spss_conversion(program_format: str) -> Conversion | None:
    """SPSS counts seconds from 14 October 1582. Quarters, months and weeks are their first day."""
    name = re.sub(r"[\d.]+$", "", program_format)
    if name in {"DATE", "ADATE", "EDATE", "JDATE", "SDATE", "QYR", "MOYR", "WKYR"}:
        return lambda value: _moment(_SPSS_START, value).date()
    if name in {"DATETIME", "YMDHMS"}:
        return lambda value: _moment(_SPSS_START, value)
    if name in {"TIME", "DTIME", "MTIME"}:
        return _clock
    return None


def stata_conversion(program_format: str) -> Conversion | None:
    """Stata counts days, milliseconds, weeks, months, quarters or halves from 1 January 1960."""
    found = re.match(r"%-?(?:t([dcCwmqh])|d)", program_format)
    if not found:
        return None
    if found[1] in ("c", "C"):
        if re.fullmatch(r"%-?t[cC](?:HH|hh).*", program_format):
            return lambda value: _clock(value / 1000)
        return lambda value: _moment(_STATA_START, value / 1000)
    if found[1] == "w":  # 52 a year, the last one being longer
        return lambda value: datetime.date(1960 + int(value // 52), 1, 1) + datetime.timedelta(7 * (value % 52))
    months = {"m": 1, "q": 3, "h": 6}.get(found[1] or "d")
    if months:
        return lambda value: _month(int(value) * months)
    return lambda value: _moment(_STATA_START, value * _DAY).date()


def _moment(start: datetime.datetime, seconds: float) -> datetime.datetime:
    if not abs(seconds) < 1e12:
        raise OverflowError
    days, rest = divmod(round(seconds * 1000), _DAY * 1000)
    return start + datetime.timedelta(days, milliseconds=rest)


def _month(months: int) -> datetime.date:
    return datetime.date(1960 + months // 12, months % 12 + 1, 1)


def _clock(seconds: float) -> Scalar:
    """A time of day; a duration of a day or more stands as « 30:00:00 »."""
    if not 0 <= seconds < 1e12:
        raise OverflowError
    milliseconds = round(seconds * 1000)
    if milliseconds < _DAY * 1000:
        return (datetime.datetime.min + datetime.timedelta(milliseconds=milliseconds)).time()
    hours, rest = divmod(milliseconds // 1000, 3600)
    return f"{hours}:{rest // 60:02}:{rest % 60:02}"


def converted(conversion: Conversion | None, value: float) -> Scalar:
    """The date or time, or the plain number. Raises OverflowError or ValueError."""
    return conversion(value) if conversion else plain_number(value)
