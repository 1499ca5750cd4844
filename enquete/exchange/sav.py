"""Answers as an SPSS file: labels, missing values, measures, sets of answers, weight. Equal tables give equal bytes."""

from __future__ import annotations

import struct
from collections.abc import Mapping, Sequence
from typing import Any

from enquete.exchange.files import written
from enquete.survey import sav_layout
from enquete.survey.exporting.codes import declarable
from enquete.survey.exporting.names import SPSS, cut, fitting
from enquete.survey.exporting.types import Entry, Field, Holds, MultipleSet, Table, Value

_LONGEST_LABEL, _LONGEST_VALUE_LABEL, LONGEST_TEXT = 255, 120, 32_767  # bytes
_DAY, _TIME = b"01 Jan 80", b"00:00:00"  # of the making: none is told


def sav(table: Table, title: str) -> bytes:
    """One table as a .sav. title: of the file, 64 bytes of it kept."""
    import pandas as pd
    import pyreadstat

    names = fitting((field.name for field in table.fields), SPSS)
    frame = pd.DataFrame({names[field.name]: _column(field) for field in table.fields})
    told = [field for field in table.fields if field.values]

    def write(path: str) -> None:
        pyreadstat.write_sav(
            frame,
            path,
            file_label=cut(title, 64),
            column_labels={names[f.name]: cut(f.label, _LONGEST_LABEL) for f in table.fields},
            row_compress=True,
            variable_value_labels={
                names[f.name]: {float(v.code): cut(v.label, _LONGEST_VALUE_LABEL) for v in f.values if v.label}
                for f in told
            },
            missing_ranges={names[f.name]: missing for f in told if (missing := _missing(f))},
            variable_measure={names[f.name]: f.measure.value for f in table.fields},
            variable_format={names[f.name]: shape for f in table.fields if (shape := _format(f))},
        )

    weights = [names[field.name] for field in table.fields if field.weight]
    return _finished(written(write), names, table.sets, weights[0] if len(weights) == 1 else "")


def _column(field: Field) -> Any:
    import pandas as pd

    if field.holds in (Holds.CODE, Holds.NUMBER):
        return pd.Series([_number(cell) for cell in field.cells], dtype=float)
    if field.holds is Holds.TEXT:
        texts = ["" if cell is None else _kept(str(cell)) for cell in field.cells]
        return pd.Series(texts, dtype=object)
    if not any(cell is not None for cell in field.cells):
        return pd.Series([None] * len(field.cells), dtype=float)
    return pd.Series(list(field.cells), dtype=object)


def _number(cell: Entry) -> float | None:
    if isinstance(cell, Value):
        return float(cell.code)
    return float(cell) if isinstance(cell, int | float) else None


def _kept(text: str) -> str:
    """As long as a cell may be."""
    return text if len(text.encode()) <= LONGEST_TEXT else text.encode()[:LONGEST_TEXT].decode(errors="ignore")


def _missing(field: Field) -> list[Any]:
    """As pyreadstat takes them."""
    answers = [value.code for value in field.values if not value.missing]
    answers += [cell for cell in field.cells if isinstance(cell, int | float)]
    found = declarable([value.code for value in field.missing], field.ranges, answers) or []
    return [{"lo": one[0], "hi": one[1]} if isinstance(one, tuple) else float(one) for one in found]


def _format(field: Field) -> str:
    """« F8.2 »: wide enough for its longest number; "" leaves it to the library."""
    if field.holds not in (Holds.CODE, Holds.NUMBER):
        return ""
    numbers = [abs(number) for cell in field.cells if (number := _number(cell)) is not None]
    width = len(str(int(max(numbers, default=0)))) + 1 + (field.decimals + 1 if field.decimals else 0)
    return f"F{min(40, max(8, width))}.{field.decimals}"


def _finished(data: bytes, names: Mapping[str, str], sets: Sequence[MultipleSet], weight: str) -> bytes:
    """Without the moment of its making, with what the library can't say: sets of answers, the weight."""
    head = bytearray(data)
    head[sav_layout.DATE : sav_layout.DATE + 9] = _DAY
    head[sav_layout.TIME : sav_layout.TIME + 8] = _TIME
    found = list(sav_layout.records(data))
    short = _short_names(data, found)
    if weight:
        struct.pack_into("<i", head, sav_layout.WEIGHT, _place(data, found, short[weight]))
    if not sets:
        return bytes(head)
    told = "".join(_set(one, names, short) for one in sets).encode()
    record = struct.pack("<iiii", sav_layout.EXTENSION, sav_layout.RESPONSE_SETS, 1, len(told)) + told
    end = found[-1].start
    return bytes(head[:end]) + record + bytes(head[end:])


def _place(data: bytes, found: Sequence[sav_layout.Record], short: str) -> int:
    """Of a column among the records of the dictionary, from 1: long texts take several."""
    variables = [one for one in found if one.type == sav_layout.VARIABLE]
    wanted = short.upper().encode().ljust(8)
    return next(n for n, one in enumerate(variables, 1) if data[one.start + 24 : one.start + 32].upper() == wanted)


def _short_names(data: bytes, found: Sequence[sav_layout.Record]) -> dict[str, str]:
    """By name: the eight letters that the file knows it by."""
    names = next((data[one.start + 16 : one.end] for one in found if one.kind == sav_layout.LONG_NAMES), b"")
    pairs = (pair.split("=", 1) for pair in names.decode().split("\t") if "=" in pair)
    return {long: short.lower() for short, long in pairs}


def _set(one: MultipleSet, names: Mapping[str, str], short: Mapping[str, str]) -> str:
    """« $aides=D1 1 6 Aides ? aides_1 aides_2 »: those that are 1 are chosen; lengths in bytes."""
    label = cut(one.label, _LONGEST_LABEL)
    members = " ".join(short.get(names[name], names[name].lower()) for name in one.fields)
    title = next(iter(fitting([one.name], SPSS).values()))[:62]
    return f"${title}=D1 1 {len(label.encode())} {label} {members}\n"
