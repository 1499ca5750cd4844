"""What the dictionary of a .sav or .zsav file says and pyreadstat doesn't: the weight, and the number of cases.

The layout is that of PSPP's « System File Format ».
"""

from __future__ import annotations

import struct
from dataclasses import dataclass

_HEADER = 176  # bytes
_VARIABLE, _LABELS, _LABELLED, _DOCUMENT, _EXTENSION, _END = 2, 3, 4, 6, 7, 999
_LONG_NAMES = 13


@dataclass(frozen=True, slots=True)
class Dictionary:
    """weight: name of the variable, as pyreadstat gives it, or "". cases: -1 when the file does not say."""

    weight: str
    cases: int


def dictionary(data: bytes) -> Dictionary:
    """Raises ValueError when the file is cut before the end of its dictionary, is none, or gives labels to a variable
    that it has not: reading that would take the whole program down.
    """
    try:
        order = "<" if data[64:68] in (b"\2\0\0\0", b"\3\0\0\0") else ">"
        weight, cases = struct.unpack_from(f"{order}ii", data, 76)
        return Dictionary(_weight_name(data, order, weight), cases)
    except (struct.error, IndexError) as error:
        raise ValueError from error


def _weight_name(data: bytes, order: str, weight: int) -> str:
    """The name of the variable whose record is the weight-th: long texts have several records each. "" for none."""
    place, seen, short, before = _HEADER, 0, "", 0
    while place > before:
        before = place
        (kind,) = struct.unpack_from(f"{order}i", data, place)
        if kind == _VARIABLE:
            seen += 1
            if seen == weight:
                short = data[place + 24 : place + 32].decode("ascii", "replace").strip()
            place = _after_variable(data, order, place)
        elif kind == _EXTENSION:
            subtype, size, count = struct.unpack_from(f"{order}3i", data, place + 4)
            place += 16
            if subtype == _LONG_NAMES:
                pairs = data[place : place + size * count].decode("utf-8", "replace").split("\t")
                names = dict(pair.split("=", 1) for pair in pairs if "=" in pair)
                short = names.get(short, short)
            place += size * count
        elif kind == _END:
            return short
        elif kind == _LABELLED:
            (count,) = struct.unpack_from(f"{order}i", data, place + 4)
            if not all(1 <= each <= seen for each in struct.unpack_from(f"{order}{count}i", data, place + 8)):
                raise ValueError
            place += 8 + 4 * count
        else:
            place = _after_other(data, order, place, kind)
    raise ValueError  # a length below 0


def _after_variable(data: bytes, order: str, place: int) -> int:
    has_label, missing = struct.unpack_from(f"{order}ii", data, place + 8)
    end: int = place + 32 + 8 * abs(missing)
    if has_label:
        (length,) = struct.unpack_from(f"{order}i", data, place + 32)
        end += 4 + (length + 3) // 4 * 4
    return end


def _after_other(data: bytes, order: str, place: int, kind: int) -> int:
    count: int = struct.unpack_from(f"{order}i", data, place + 4)[0]
    place += 8
    if kind == _LABELS:
        for _ in range(count):
            place += 8 + (data[place + 8] + 1 + 7) // 8 * 8
        return place
    if kind == _DOCUMENT:
        return place + 80 * count
    raise IndexError
