"""Columns made of raw values: cleaned once for each distinct value, however many rows hold it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from enquete.survey.answers.types import Column, DataTable, Scalar


def clean_text(text: str) -> str:
    """NFC, line ends as LF, no spaces or invisible marks around."""
    if text.isascii() and "\r" not in text:
        return text.strip()
    text = re.sub("\r\n?", "\n", unicodedata.normalize("NFC", text))
    return text.strip().strip("\ufeff\u200b").strip()


def plain_number(value: float) -> int | float:
    """1.0 and 1 are one value."""
    return int(value) if float(value).is_integer() else float(value)


def clean_texts(texts: Sequence[str]) -> list[str]:
    """Each text clean: most are, which is told of all of them at once."""
    joined = "\n".join(texts)
    if joined.isascii() and "\r" not in joined:
        return [text.strip() for text in texts]
    if unicodedata.is_normalized("NFC", joined) and not any(mark in joined for mark in "\r\ufeff\u200b"):
        return [text.strip() for text in texts]
    return [clean_text(text) for text in texts]


def column(name: str, values: Sequence[Any], codes: NDArray[Any], **said: Any) -> Column:
    """values: clean, in order of first appearance; codes: for each row the place of its own, -1 for none.

    Values that are one once clean become one level; an empty text is a blank.
    """
    places: dict[Scalar, int] = dict(zip(values, range(len(values)), strict=True))
    if len(places) < len(values) or "" in places:
        places = {}
        new = [-1 if value == "" else places.setdefault(value, len(places)) for value in values]
        codes = np.array([*new, -1])[codes]
    return Column(name, tuple(places), codes.astype(np.int32), **said)


def counted(values: Iterable[Any]) -> tuple[list[Any], NDArray[Any]]:
    """The distinct values in order of first appearance, and the place of each value among them; None is -1."""
    places: dict[Any, int] = {}
    codes = [-1 if value is None else places.setdefault(value, len(places)) for value in values]
    return list(places), np.array(codes, np.int32)


def kept(table: DataTable, rows: NDArray[np.bool_]) -> DataTable:
    """The table without the rows that are False."""
    if rows.all():
        return table
    numbers = tuple(number for number, keep in zip(table.numbers, rows.tolist(), strict=True) if keep)
    return replace(table, numbers=numbers, columns=tuple(_kept(each, rows) for each in table.columns))


def _kept(each: Column, rows: NDArray[np.bool_]) -> Column:
    used, codes = counted(None if code < 0 else code for code in each.codes[rows].tolist())
    return replace(each, levels=tuple(each.levels[code] for code in used), codes=codes)


def without_blank_rows(table: DataTable) -> DataTable:
    """Rows that hold nothing at all are the margin of the table."""
    if not table.columns:
        return table
    filled = np.zeros(len(table.numbers), bool)
    for each in table.columns:
        filled |= each.codes >= 0
        if filled.all():
            return table
    return kept(table, filled)


def rows_of(each: Column, levels: Sequence[int]) -> list[int]:
    """Places of the rows whose value is one of these levels."""
    return np.flatnonzero(np.isin(each.codes, levels)).tolist()


def all_texts(tables: Iterable[DataTable]) -> str:
    """Every title, label and value that is text, one after the other: to ask at once whether a sign stands in any."""
    parts: list[str] = []
    for table in tables:
        for each in table.columns:
            parts += (each.name, each.label, *each.value_labels.values())
            parts += [level for level in each.levels if isinstance(level, str)]
    return "\n".join(parts)
