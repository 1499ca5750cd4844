"""Files of SPSS (.sav, .zsav, .por) and Stata (.dta), through pyreadstat."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from enquete.errors import EnqueteError, Problem
from enquete.model import Measure
from enquete.survey.answers.dates import Conversion, converted, spss_conversion, stata_conversion
from enquete.survey.answers.levels import clean_text, clean_texts, column, counted, kept, plain_number, rows_of
from enquete.survey.answers.spss import dictionary
from enquete.survey.answers.types import Column, DataFile, DataTable, MissingRange, ResponseSet, Tagged
from enquete.tables import Remark, Severity
from enquete.tables.sheets import DAMAGE

if TYPE_CHECKING:
    import pandas as pd

_MEASURES = {"nominal": Measure.NOMINAL, "ordinal": Measure.ORDINAL, "scale": Measure.SCALE}

_EXACT = 2**53  # whole numbers below it are exact in a file of floats


def statistical_file(data: bytes, kind: str, source: str, name: str) -> DataFile:
    """kind: « sav », « zsav », « por » or « dta ». Rows with an impossible date are refused one by one.

    Raises EnqueteError(ANSWERS_DAMAGED, ANSWERS_INCOMPLETE).
    """
    if data.startswith(b"<stata_dta>") and not data.rstrip(b"\0\r\n ").endswith(b"</stata_dta>"):
        raise EnqueteError(Problem.ANSWERS_DAMAGED, where=source)
    weight, cases = "", -1
    if kind in ("sav", "zsav"):
        try:
            said = dictionary(data)
        except ValueError:
            raise EnqueteError(Problem.ANSWERS_DAMAGED, where=source) from None
        weight, cases = said.weight, said.cases
    frame, meta, remarks = _read(data, kind, source)
    if cases >= 0 and cases != len(frame):
        raise EnqueteError(Problem.ANSWERS_INCOMPLETE, where=source, announced=cases, found=len(frame))
    variables = [_Variable(title, kind, meta) for title in meta.column_names]
    columns = tuple(each.column(frame[each.name]) for each in variables)
    table, refused = _without_impossible(DataTable(name, columns, tuple(range(1, len(frame) + 1))))
    return DataFile(
        source,
        kind,
        (table,),
        sets=_sets(meta, columns),
        weight=weight if table.column(weight) else "",
        label=clean_text(meta.file_label or ""),
        notes=tuple(filter(None, map(clean_text, meta.notes or ()))),
        remarks=(*remarks, *refused),
    )


def _read(data: bytes, kind: str, source: str) -> tuple[pd.DataFrame, Any, list[Remark]]:
    """What pyreadstat reads. A text that does not fit the encoding which the file names is read as Western Europe's."""
    import pyreadstat

    read = _reader(kind)
    for encoding in (None, "WINDOWS-1252"):
        try:
            frame, meta = read(io.BytesIO(data), encoding=encoding, user_missing=True, disable_datetime_conversion=True)
        except (pyreadstat.ReadstatError, pyreadstat.PyreadstatError, MemoryError, *DAMAGE):
            continue
        said = "Les textes de ce fichier ne suivent pas l'encodage qu'il annonce : lus en Windows-1252."
        return frame, meta, [Remark(None, Severity.WARNING, said)] if encoding else []
    raise EnqueteError(Problem.ANSWERS_DAMAGED, where=source)


def _reader(kind: str) -> Callable[..., Any]:
    import pyreadstat

    if kind == "por":  # read_por would blank the declared missing values; what it calls can keep them
        from pyreadstat._readstat_parser import parser_entry_point

        return partial(parser_entry_point, parser_format="por")
    reader: Callable[..., Any] = pyreadstat.read_dta if kind == "dta" else pyreadstat.read_sav
    return reader


@dataclass(frozen=True, slots=True)
class _Impossible:
    """A number that is no date, though its column holds dates."""

    number: float


class _Variable:
    """One variable, with all that the file says of it. kind: of the file."""

    def __init__(self, name: str, kind: str, meta: Any) -> None:
        self.name = name
        self._text = meta.readstat_variable_types[name] == "string"
        self._format = meta.original_variable_types.get(name) or ""
        self._conversion: Conversion | None = None
        if not self._text:
            self._conversion = (stata_conversion if kind == "dta" else spss_conversion)(self._format)
        self._label = meta.column_names_to_labels.get(name) or ""
        self._labels: Mapping[Any, str] = meta.variable_value_labels.get(name, {})
        self._measure = _MEASURES.get(meta.variable_measure.get(name, ""))
        ends = [(one["lo"], one["hi"]) for one in meta.missing_ranges.get(name, ())]
        self._missing = tuple(MissingRange(self._declared(low), self._declared(high)) for low, high in ends)
        self._tags = tuple(sorted(set(meta.missing_user_values.get(name, ()))))

    def column(self, values: pd.Series[Any]) -> Column:
        """Blank: system missing, or a text of spaces alone."""
        raw, codes = _distinct(values)
        return column(
            self.name,
            self._values(raw),
            codes,
            label=clean_text(self._label),
            value_labels={self._value(value): clean_text(label) for value, label in self._labels.items()},
            missing=self._missing + tuple(MissingRange(Tagged(tag), Tagged(tag)) for tag in self._tags),
            measure=self._measure,
            format=self._format,
        )

    def _values(self, raw: list[Any]) -> Sequence[Any]:
        if self._text:
            return clean_texts(raw)
        return (
            raw
            if self._conversion is None and all(type(value) is int for value in raw)
            else list(map(self._value, raw))
        )

    def _value(self, value: Any) -> Any:
        if self._text:
            return clean_text(str(value))
        if isinstance(value, str):
            return Tagged(value)
        if any(one.low <= value <= one.high for one in self._missing):
            return plain_number(value)
        try:
            return converted(self._conversion, value)
        except (OverflowError, ValueError):
            return _Impossible(value)

    def _declared(self, value: Any) -> float | str:
        return clean_text(str(value)) if self._text else float(value)


def _distinct(values: pd.Series[Any]) -> tuple[list[Any], NDArray[Any]]:
    import pandas as pd

    if values.dtype.kind in "fiu":
        codes, distinct = pd.factorize(values.to_numpy())
        whole = bool(np.all(np.abs(distinct) < _EXACT)) and bool(np.all(distinct == np.rint(distinct)))
        return (distinct.astype(np.int64) if whole else distinct).tolist(), codes
    return counted(values.astype(object).where(values.notna(), None).tolist())


def _without_impossible(table: DataTable) -> tuple[DataTable, list[Remark]]:
    """Rows with a number that is no date are refused; labels of such numbers stay with the number."""
    rows: dict[int, list[str]] = {}
    columns = []
    for each in table.columns:
        odd = [place for place, level in enumerate(each.levels) if isinstance(level, _Impossible)]
        for row in rows_of(each, odd) if odd else ():
            rows.setdefault(row, []).append(each.name)
        columns.append(_plain(each))
    keep = np.ones(len(table.numbers), bool)
    keep[list(rows)] = False
    remarks = [
        Remark(
            table.numbers[row],
            Severity.ERROR,
            f"Date hors des années 1 à 9999 dans « {' », « '.join(names)} » : cas refusé. Corrigez-la dans le "
            "fichier, ou déclarez-la valeur manquante.",
        )
        for row, names in sorted(rows.items())
    ]
    return kept(replace(table, columns=tuple(columns)), keep), remarks


def _plain(each: Column) -> Column:
    labels = {
        value.number if isinstance(value, _Impossible) else value: label for value, label in each.value_labels.items()
    }
    return replace(each, value_labels=labels)


def _sets(meta: Any, columns: tuple[Column, ...]) -> tuple[ResponseSet, ...]:
    """Multiple-response sets. Their members may be written in another case than the variables."""
    names = {each.name.casefold(): each.name for each in columns}
    return tuple(
        ResponseSet(
            name,
            clean_text(said["label"] or ""),
            tuple(names.get(member.casefold(), member) for member in said["variable_list"]),
            said["counted_value"] if said["is_dichotomy"] else None,
        )
        for name, said in (meta.mr_sets or {}).items()
    )
