"""A table of text, remarks on its rows, and columns found by the names that people give them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache


@dataclass(frozen=True, slots=True)
class Row:
    """number: line of the file or row of the sheet as its author sees it, from 1. cells: one for each column."""

    number: int
    cells: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Table:
    """columns: headers as written, in order. rows: those that hold something. source: the file's name.

    Cells are text: « » when empty, ISO dates, numbers without « .0 », no spaces around.
    """

    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    source: str


class Severity(StrEnum):
    """What became of the row that a remark is about."""

    ERROR = "error"  # the row was refused
    WARNING = "warning"  # kept, but its author should look at it
    NOTE = "note"  # kept; said so that nobody is surprised


@dataclass(frozen=True, slots=True)
class Remark:
    """row: as in Row.number; None: about the whole file. message: a French sentence without any name."""

    row: int | None
    severity: Severity
    message: str


@lru_cache(maxsize=32_768)
def folded(text: str) -> str:
    """Words without case, accents or punctuation, one space between them."""
    bare = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    return " ".join(re.findall(r"[^\W_]+", bare.casefold()))


_LINKS = {"de", "du", "des", "d", "le", "la", "les", "l", "the", "of"}
_NUMBER_WORDS = {"no", "num", "numero", "number", "nr"}


def column_key(header: str) -> str:
    """What is left of a header once case, accents, punctuation, plurals, small words and word order are ignored.

    « N° de Participant(s) » and « participant_n° » have the same key.
    """
    text = re.sub(r"\bn\s*[°ºᵒ]|#", " numero ", header.replace("_", " "), flags=re.IGNORECASE)
    text = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", text)
    text = re.sub(r"\([a-z]{1,2}\)", "", text)  # « Fichier(s) », « enquêté(e) »
    words = map(_singular, folded(text).split())
    return " ".join(sorted(word for word in words if word not in _LINKS))


def _singular(word: str) -> str:
    if word in _NUMBER_WORDS:
        return "numero"
    return word[:-1] if len(word) > 3 and word[-1] in "sx" else word


def find_column(columns: Iterable[str], names: Iterable[str]) -> str | None:
    """The column that bears one of these names, the first names being preferred; None when there is none."""
    by_key: dict[str, str] = {}
    for column in columns:
        by_key.setdefault(column_key(column), column)
    return next((by_key[key] for key in map(column_key, names) if key in by_key), None)
