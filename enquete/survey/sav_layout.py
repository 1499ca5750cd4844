"""Where the parts of an SPSS system file stand, before its data.

Format: PSPP developers' guide, « System File Format ».
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from typing import NamedTuple

MAGIC = (b"$FL2", b"$FL3")
HEADER = 176
WEIGHT, DATE, TIME = 76, 92, 101  # offsets in the header: 4, 9 and 8 bytes
VARIABLE, LABELS, LABELLED, DOCUMENT, EXTENSION, END = 2, 3, 4, 6, 7, 999
RESPONSE_SETS, LONG_NAMES = 7, 13  # kinds of extensions


class Record(NamedTuple):
    """data[start:end], its type word included. kind: of an extension, 0 for others."""

    type: int
    kind: int
    start: int
    end: int


def order(data: bytes) -> str:
    """« < » or « > »: how its numbers are written. Raises ValueError for what is no system file."""
    for mark in "<>":
        if struct.unpack_from(f"{mark}i", data, 64)[0] in (2, 3):
            return mark
    raise ValueError("no system file")


def records(data: bytes) -> Iterator[Record]:
    """Those of the dictionary, the end included. Raises ValueError or struct.error for what is damaged."""
    mark, at = order(data), HEADER

    def word(offset: int) -> int:
        return int(struct.unpack_from(f"{mark}i", data, offset)[0])

    while True:
        type_, kind = word(at), 0
        if type_ == VARIABLE:
            end = at + 32
            if word(at + 8):
                end += 4 + -(-word(end) // 4) * 4
            end += 8 * abs(word(at + 12))
        elif type_ == LABELS:
            end = at + 8
            for _ in range(word(at + 4)):
                end += 8 + -(-(1 + data[end + 8]) // 8) * 8
        elif type_ == LABELLED:
            end = at + 8 + 4 * word(at + 4)
        elif type_ == DOCUMENT:
            end = at + 8 + 80 * word(at + 4)
        elif type_ == EXTENSION:
            kind, end = word(at + 4), at + 16 + word(at + 8) * word(at + 12)
        elif type_ == END:
            yield Record(type_, 0, at, at + 8)
            return
        else:
            raise ValueError("unknown record")
        if not at < end <= len(data):
            raise ValueError("damaged record")
        yield Record(type_, kind, at, end)
        at = end
