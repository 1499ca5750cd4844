"""A table of answers in a text: .csv, .tsv, .txt."""

from __future__ import annotations

import re

import numpy as np
from numpy.typing import NDArray

from enquete.errors import EnqueteError, Problem
from enquete.survey.answers.fields import QuotesError, Records, cut, first_lines
from enquete.survey.answers.headers import check_header, header_place, header_remarks, title_remarks, titled
from enquete.survey.answers.levels import clean_text, clean_texts, column, without_blank_rows
from enquete.survey.answers.stacked import stacked_titles
from enquete.survey.answers.types import DataTable
from enquete.tables import Remark, Severity
from enquete.tables.delimited import DELIMITERS, cut_at_comma, mixed
from enquete.wording import n

_SAMPLE = 65_536  # bytes from which the delimiter is told
_FORM = {"survey", "choices", "settings"}  # what an XLSForm in a text begins with
_NONE = "\x1f"  # stands in no text: the table has one column
_HEAD = 50  # records among which the header is looked for


def text_table(text: str, source: str, name: str) -> tuple[DataTable, list[Remark]]:
    """The table, and its remarks: rows with too few fields are refused one by one.

    Raises EnqueteError with line: TABLE_EMPTY, TABLE_QUOTES, ANSWERS_SHIFTED, ANSWERS_MIXED, ANSWERS_FORM, and those of
    the header.
    """
    data = text.encode()
    if b"\r" in data:
        data = data.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    if not data.strip(b' "\n' + DELIMITERS.encode()):
        raise EnqueteError(Problem.TABLE_EMPTY, where=source)
    delimiter = ""
    if found := re.match(rb"sep=(.)\n", data):  # Excel's own way to name the delimiter
        delimiter, data = found[1].decode(), b"\n" + data[found.end() :]
    delimiter = delimiter or _delimiter(data)
    try:
        records = cut(data, delimiter)
    except QuotesError as error:
        raise EnqueteError(Problem.TABLE_QUOTES, where=f"{source}, ligne {error.line}") from None
    return _table(records, delimiter, source, name)


def _delimiter(data: bytes) -> str:
    """The mark that gives a wide header and rows that fit it, judged on the beginning of the text."""
    sample = data if len(data) <= _SAMPLE else data[: data.rfind(b"\n", 0, _SAMPLE) + 1] or data
    present = [mark for mark in DELIMITERS if mark.encode() in sample]
    fits = {mark: _fit(sample, mark) for mark in present}
    return max(fits, key=fits.__getitem__) if any(fits.values()) else _NONE


def _fit(sample: bytes, mark: str) -> float:
    try:
        records = cut(sample, mark)
    except QuotesError as error:  # of another mark, or cut by the end of the sample
        lines = sample.split(b"\n")[: error.line - 1]
        if not lines:
            return sample.count(mark.encode()) / (1 << 40)
        records = cut(b"\n".join(lines), mark)
    place = header_place([records.record(each) for each in range(min(len(records.counts), _HEAD))])
    if place is None:
        return 0
    width = records.counts[place]
    return float(width * (0.01 + np.mean(records.counts == width))) if width > 1 else 0


def _table(records: Records, delimiter: str, source: str, name: str) -> tuple[DataTable, list[Remark]]:
    first = [[clean_text(cell) for cell in records.record(each)] for each in range(min(len(records.counts), _HEAD))]
    stacked = stacked_titles(first)
    head = stacked.place if stacked else header_place(first)
    if head is None:
        raise EnqueteError(Problem.TABLE_EMPTY, where=source)
    header = list(stacked.titles) if stacked else first[head]
    where = f"{source}, ligne {records.lines[head]}"
    check_header(header, where, below_title=head > 0 and any(map(any, map(records.record, range(head)))))
    remarks = [] if stacked else _title_above(records, head, delimiter, source)
    rows, refused = _fitting(records, head, header, delimiter, source)
    remarks += refused + header_remarks(header)
    found = records.columns(rows, len(header))
    columns = tuple(
        column(title, clean_texts(texts), codes) for title, (texts, codes) in zip(header, found, strict=True)
    )
    if stacked:
        columns = tuple(stacked.named(columns))
    table = DataTable(name, columns, tuple(records.lines[rows].tolist()))
    table, more = titled(without_blank_rows(table), source)
    return table, remarks + more


def _title_above(records: Records, head: int, delimiter: str, source: str) -> list[Remark]:
    above = [place for place in range(head) if any(records.record(place))]
    if not above:
        return []
    first = records.record(above[0])
    if len(first) == 1 and mixed(first, int(records.counts[head]), delimiter):
        raise EnqueteError(Problem.ANSWERS_MIXED, where=source, lines=first_lines([int(records.lines[head])]))
    if "".join(first).strip().casefold() in _FORM:
        raise EnqueteError(Problem.ANSWERS_FORM, where=source)
    return title_remarks(records.lines[above].tolist())


def _fitting(
    records: Records, head: int, header: list[str], delimiter: str, source: str
) -> tuple[NDArray[np.int64], list[Remark]]:
    """The records under the header that have as many fields; a remark for each that has fewer."""
    width = len(header)
    body = np.arange(head + 1, len(records.counts))
    counts = records.counts[body]
    odd = [place for place in body[counts != width].tolist() if any(map(str.strip, records.record(place)))]
    if not odd:
        return body[counts == width], []
    foreign = [place for place in odd if _otherwise_cut(records.record(place), width, delimiter)]
    if foreign:
        raise EnqueteError(Problem.ANSWERS_MIXED, where=source, lines=first_lines(records.lines[foreign].tolist()))
    long = [place for place in odd if records.counts[place] > width]
    if long and not _needless_ends(records, body, width, delimiter):
        raise EnqueteError(Problem.ANSWERS_SHIFTED, where=source, headers=width, lines=_fields(records, long))
    short = [place for place in odd if records.counts[place] < width]
    return body[counts >= width], [
        Remark(
            int(records.lines[place]),
            Severity.ERROR,
            f"{n('valeur', int(records.counts[place]))} pour {n('titre', width)} : il manque un séparateur, ou un "
            "retour à la ligne coupe une réponse écrite sans guillemets droits. Ligne refusée.",
        )
        for place in short
    ]


def _fields(records: Records, places: list[int], most: int = 5) -> str:
    parts = [f"ligne {records.lines[place]} ({records.counts[place]} valeurs)" for place in places[:most]]
    if len(places) > most:
        parts.append(n("autre", len(places) - most))
    return ", ".join(parts)


def _needless_ends(records: Records, body: NDArray[np.int64], width: int, delimiter: str) -> bool:
    """Whether every row ends with the same needless delimiters, and none can be a number cut at its comma."""
    rows = [fields for place in body.tolist() if any(map(str.strip, fields := records.record(place)))]
    longest = max(map(len, rows))
    return all(
        len(fields) == longest
        and not any(map(str.strip, fields[width:]))
        and not (delimiter == "," and cut_at_comma(fields))
        for fields in rows
    )


def _otherwise_cut(record: list[str], width: int, delimiter: str) -> bool:
    """Whether another delimiter, alone or beside this one, gives this row as many fields as there are titles."""
    if len(record) < width and mixed(record, width, delimiter):
        return True
    line = delimiter.join(record)
    return width > 1 and any(line.count(mark) == width - 1 for mark in DELIMITERS if mark != delimiter)
