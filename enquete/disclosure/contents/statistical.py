"""Files of SPSS and Stata: every value, label and header, and whatever else their dictionaries say."""

from __future__ import annotations

import io
import struct
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from enquete.disclosure.contents.model import Nature, Text
from enquete.disclosure.contents.pictures import binary_texts
from enquete.errors import EnqueteError, Problem
from enquete.survey import sav_layout

_DIGITS = 7  # a number with fewer is no telephone number
_PORTABLE = b"SPSSPORT"
_OLD_STATA = range(0x69, 0x74)  # versions 105 to 115, their first byte; the second says how numbers are written


def kind_of(data: bytes) -> str:
    """« sav », « por », « dta », or "" for none of them."""
    if data.startswith(sav_layout.MAGIC):
        return "sav"
    if _PORTABLE in data[:600]:
        return "por"
    if data.startswith(b"<stata_dta>") or (data[:1] and data[0] in _OLD_STATA and data[1:4] in _OLD_HEADS):
        return "dta"
    return ""


_OLD_HEADS = (b"\x01\x01\x00", b"\x02\x01\x00")


def statistical_texts(name: str, data: bytes, kind: str) -> Iterator[Text]:
    """A value of a column is told at the first row that holds it. Raises EnqueteError(CORRUPT_FILE)."""
    frame, meta = _read(name, data, kind)
    yield Text("titre du fichier", meta.file_label or "")
    yield Text("nom du tableau", getattr(meta, "table_name", None) or "")
    for note in meta.notes or ():
        yield Text("notes du fichier", note)
    for told in (meta.mr_sets or {}).values():
        yield Text("libellé d'un ensemble de réponses", told["label"] or "")
    for number, column in enumerate(meta.column_names, 1):
        place = f"colonne n° {number}"
        yield Text(f"nom de la {place}", column)
        yield Text(f"libellé de la {place}", meta.column_names_to_labels.get(column) or "")
        for value, label in _labels(meta, column).items():
            yield Text(f"valeur de la {place} qui a un libellé", str(value))
            yield Text(f"libellé d'une valeur de la {place}", label)
        yield from _values(frame[column], place, meta.original_variable_types.get(column) or "")
    for block in _rest(name, data, kind):
        yield from binary_texts("dictionnaire du fichier", block)


def _labels(meta: Any, column: str) -> Mapping[Any, str]:
    found: Mapping[Any, str] = meta.variable_value_labels.get(column, {})
    return found


def _read(name: str, data: bytes, kind: str) -> tuple[Any, Any]:
    import pyreadstat

    read: Callable[..., tuple[Any, Any]] = getattr(pyreadstat, f"read_{kind}")
    told = {} if kind == "por" else {"user_missing": True}
    for encoding in (None, "WINDOWS-1252"):
        try:
            return read(io.BytesIO(data), encoding=encoding, disable_datetime_conversion=True, **told)
        except (pyreadstat.ReadstatError, pyreadstat.PyreadstatError, UnicodeDecodeError, MemoryError, ValueError):
            continue
    raise EnqueteError(Problem.CORRUPT_FILE, where=name)


def _values(column: Any, place: str, shape: str) -> Iterator[Text]:
    """Each distinct value once. Dates are numbers there, as in a workbook, and no telephone number."""
    moment = shape.startswith(("%t", "%d")) or any(word in shape for word in ("DATE", "TIME", "YR", "WK"))
    distinct = column.drop_duplicates()
    for row, value in zip(distinct.index, distinct, strict=True):
        where = f"{place}, ligne {row + 1}"
        if isinstance(value, str):
            yield Text(where, value)
        elif not moment and value == value and float(value).is_integer() and len(str(abs(int(value)))) >= _DIGITS:
            yield Text(where, str(int(value)), Nature.NUMBER)


def _rest(name: str, data: bytes, kind: str) -> Iterator[bytes]:
    """What the library may not tell: attributes, characteristics, extensions."""
    if kind == "sav":
        yield data[: sav_layout.HEADER]
        try:
            for record in sav_layout.records(data):
                if record.type in (sav_layout.EXTENSION, sav_layout.DOCUMENT):
                    yield data[record.start : record.end]
        except (ValueError, struct.error, IndexError):
            raise EnqueteError(Problem.CORRUPT_FILE, where=name) from None
    elif data.startswith(b"<stata_dta>"):
        start, end = data.find(b"<data>"), data.rfind(b"</data>")
        yield data[:start] if start >= 0 else data
        yield data[max(0, end) :]
    else:
        yield data
