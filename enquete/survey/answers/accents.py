"""Letters that were decoded with the wrong table before the file was written: « antisÃ©mitisme »."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TypeVar

from enquete.errors import EnqueteError, Problem
from enquete.survey.answers.levels import clean_text, column, rows_of
from enquete.survey.answers.types import Column, DataFile, DataTable, MissingRange, ResponseSet, Scalar, Tagged
from enquete.tables import Remark, Severity
from enquete.wording import n

_CODECS = ("cp1252", "mac-roman", "cp850")
_Value = TypeVar("_Value", Scalar, float | str | Tagged)
_MOST = 3  # times that a text may have been decoded wrongly


def _letters(codec: str) -> dict[int, str]:
    """What each byte from 0x80 on may read as: « cp1252 » and its near twin Latin-1 are taken for one."""
    letters = {byte: bytes([byte]).decode(codec, "ignore") for byte in range(0x80, 0x100)}
    if codec == "cp1252":
        letters |= {byte: letters[byte] + chr(byte) for byte in range(0x80, 0xA0)}
    return letters


@dataclass(frozen=True, slots=True)
class _Wrong:
    """One wrong table: what UTF-8's accented letters and typographic signs look like when it reads them."""

    leads: str  # what the first byte of a letter reads as
    pattern: re.Pattern[str]
    bytes_of: dict[int, int]  # code point -> byte

    def hits(self, text: str) -> list[str]:
        return self.pattern.findall(text)

    def mend(self, text: str) -> str:
        return self.pattern.sub(lambda found: found[0].translate(self.bytes_of).encode("latin-1").decode(), text)


def _wrong(codec: str) -> _Wrong:
    letters = _letters(codec)

    def among(first: int, last: int) -> str:
        return "[" + re.escape("".join(letters[byte] for byte in range(first, last + 1))) + "]"

    after = among(0x80, 0xBF)
    # U+0080–U+017F (Latin) and U+2000–U+213F (dashes, quotes, €, ™): no French word shows such neighbours.
    pattern = f"{among(0xC2, 0xC5)}{after}|{letters[0xE2]}{among(0x80, 0x84)}{after}"
    leads = "".join(letters[byte] for byte in (0xC2, 0xC3, 0xC4, 0xC5, 0xE2))
    bytes_of = {ord(letter): byte for byte, read in letters.items() for letter in read}
    return _Wrong(leads, re.compile(pattern), bytes_of)


_WRONG = tuple(map(_wrong, _CODECS))
_LEADS = re.compile(f"[{''.join(wrong.leads for wrong in _WRONG)}][^\0-\x7f]")
_ANY = re.compile("|".join(wrong.pattern.pattern for wrong in _WRONG))
# The no-break space that follows in a wrongly read « à » is often lost.
_LONELY = re.compile(r"(?<![A-ZÀ-ÝŒ])Ã(?=\s|$)")


def _likeliest(text: str) -> tuple[_Wrong, list[str]]:
    """The wrong table that explains most of the text, and the signs that it explains."""
    return max(((each, each.hits(text)) for each in _WRONG), key=lambda pair: sum(map(len, pair[1])))


def mended(text: str) -> tuple[str, int]:
    """The text as it was before it was wrongly decoded, up to three times; and how many signs were mended."""
    total = 0
    for _ in range(_MOST):
        if text.isascii():
            break
        wrong, hits = _likeliest(text)
        if not hits:
            break
        text = wrong.mend(text)
        total += len(hits)
    return text, total


def with_accents(file: DataFile, texts: str, repair: bool) -> DataFile:
    """The file itself when all its accents are right, else the file mended where `repair` asks for it.

    texts: all those of the file. Raises EnqueteError(ANSWERS_MOJIBAKE) with the place, showing the broken sign alone:
    the words may name somebody.
    """
    if not (_LEADS.search(texts) and _ANY.search(texts)):
        return file
    faults = list(_faults(file))
    count = sum(count for _, _, count in faults)
    if not repair:
        place, text, _ = faults[0]
        bad = _likeliest(text)[1][0]
        raise EnqueteError(
            Problem.ANSWERS_MOJIBAKE, where=f"{file.source}, {place}", bad=bad, good=_mend(bad), times=n("fois", count)
        )
    said = Remark(None, Severity.NOTE, f"Accents rétablis : {n('signe', count)}.")
    return replace(
        file,
        tables=tuple(map(_mended_table, file.tables)),
        sets=tuple(_mended_set(each) for each in file.sets),
        label=_mend(file.label),
        remarks=(*file.remarks, said),
    )


def _faults(file: DataFile) -> Iterator[tuple[str, str, int]]:
    """(place, text, number of broken signs) of each title, label and value that holds some."""
    for table in file.tables:
        for place, each in enumerate(table.columns, 1):
            for text in (each.name, each.label, *each.value_labels.values()):
                if not text.isascii() and (count := mended(text)[1]):
                    yield f"titre ou libellé de la colonne {place}", text, count
            for level, value in enumerate(each.levels):
                if isinstance(value, str) and not value.isascii() and (count := mended(value)[1]):
                    rows = rows_of(each, [level])
                    yield f"ligne {table.numbers[rows[0]]}, colonne {place}", value, count * len(rows)


def _mend(text: str) -> str:
    """Of a file in which broken signs were found: the lonely « Ã » is one too."""
    return _LONELY.sub("à", mended(text)[0])


def _mended_table(table: DataTable) -> DataTable:
    return replace(table, name=_mend(table.name), columns=tuple(map(_mended_column, table.columns)))


def _mended_column(each: Column) -> Column:
    return column(
        _mend(each.name),
        [_mended_value(level) for level in each.levels],
        each.codes,
        label=_mend(each.label),
        value_labels={_mended_value(value): _mend(label) for value, label in each.value_labels.items()},
        missing=tuple(MissingRange(_mended_value(one.low), _mended_value(one.high)) for one in each.missing),
        measure=each.measure,
        format=each.format,
    )


def _mended_value(value: _Value) -> _Value:
    return clean_text(_mend(value)) if isinstance(value, str) else value


def _mended_set(each: ResponseSet) -> ResponseSet:
    return replace(
        each,
        name=_mend(each.name),
        label=_mend(each.label),
        columns=tuple(map(_mend, each.columns)),
        counted=None if each.counted is None else _mended_value(each.counted),
    )
