"""Tables where each row is what somebody says: which column holds the speaker, the speech, the time."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from enquete.readers import times, words
from enquete.readers.labels import Head, Kind, Shape, head_of, kind_of
from enquete.readers.source import Line, Writer

Row = Sequence[Sequence[str]]  # cells, each a list of paragraphs

_SPEAKER_HEADS = re.compile(
    r"(?:locuteur|locutrice|speaker|intervenant|qui|personne|interlocuteur|voix|nom|tour de parole|participant)e?s?\b"
)
_SPEECH_HEADS = re.compile(
    r"(?:propos|parole|discours|texte|text|verbatim|transcription|contenu|content|entretien|speech|dialogue|enonce)s?\b"
)
_TIME_HEADS = re.compile(r"(?:temps|heure|minutage|time|timespan|debut|timecode|minute|chrono|horodatage|fin)\w*\b")
_OFTEN = 4  # cells
_MOSTLY = 0.6  # share of the cells


@dataclass(frozen=True, slots=True)
class Columns:
    """Which column holds what, from 0. header: whether the first row names them."""

    speaker: int
    speech: int
    time: int | None
    header: bool


def write(rows: Sequence[Row], writer: Writer) -> None:
    """The rows as lines: speaker and speech apart where the table is a dialogue, else cells separated by tabs."""
    rows = [row for row in rows if any("".join(cell).strip() for cell in row)]
    if rows and _is_two_sided(rows):
        _write_sides(rows, writer)
        return
    labelled = _labelled_column(rows)
    if labelled is not None:
        _write_column(rows, labelled, writer)
        return
    columns = columns_of(rows)
    if columns is None:
        for row in rows:
            writer.paragraph("\t".join(" ".join(cell).strip() for cell in row).strip())
        return
    for number, row in enumerate(rows):
        cells = [list(cell) for cell in row]
        if number == 0 and columns.header:
            writer.row("", ["\t".join(" ".join(c) for c in cells)], front=True)
            continue
        if len(cells) <= max(columns.speaker, columns.speech):  # a merged row: a title, a note
            writer.row("", ["\t".join(" ".join(c) for c in cells)], front=True)
            continue
        begin, end = (
            times.stretch(" ".join(cells[columns.time]))
            if columns.time is not None and columns.time < len(cells)
            else (None, None)
        )
        writer.row(_without_colon(" ".join(cells[columns.speaker])), cells[columns.speech], begin, end)


def _is_two_sided(rows: Sequence[Row]) -> bool:
    """A column for each voice: « Enquêtrice | Enquêtée »."""
    heads = [_without_colon(" ".join(cell)) for cell in rows[0]]
    width = sum(len(" ".join(cell).split()) for row in rows[1:] for cell in row)
    return (
        len(rows) > 1
        and len(heads) > 1
        and all(map(words.is_role_phrase, heads))
        and len({words.role_of(words.fold(head)) for head in heads}) > 1
        and width > 3 * len(heads) * (len(rows) - 1)
    )


def _write_sides(rows: Sequence[Row], writer: Writer) -> None:
    heads = [_without_colon(" ".join(cell)) for cell in rows[0]]
    writer.row("", ["\t".join(heads)], front=True)
    for row in rows[1:]:
        for head, cell in zip(heads, row, strict=False):
            writer.row(head, cell)


def _labelled_column(rows: Sequence[Row]) -> int | None:
    """The column whose cells begin with « E : » or « R : » themselves: its neighbours are the analyst's notes."""
    width = max((len(row) for row in rows), default=0)
    for number in range(width if width > 1 else 0):
        cells = ["\n".join(row[number]) for row in rows if number < len(row)]
        keys = [head.key for cell in cells if (head := _label(cell))]
        if len(keys) >= _OFTEN and len(keys) > _MOSTLY * len(cells) and len(set(keys)) <= len(keys) / 2:
            return number
    return None


def _label(cell: str) -> Head | None:
    head = head_of(cell, Line(0, len(cell)), 0)
    sure = head and head.shape is Shape.COLON and head.kind not in (Kind.NEVER, Kind.OTHER) and not head.alone
    return head if sure else None


def _write_column(rows: Sequence[Row], number: int, writer: Writer) -> None:
    started = False
    for row in rows:
        cell = row[number] if number < len(row) else []
        started = started or _label("\n".join(cell)) is not None
        if not started:
            writer.row("", ["\t".join(" ".join(c) for c in row)], front=True)
        for paragraph in cell if started else ():
            writer.paragraph(paragraph)


def _without_colon(label: str) -> str:
    return label.strip(" \t\u00a0\u202f:.–—-")


def columns_of(rows: Sequence[Row]) -> Columns | None:
    """None where no column names speakers."""
    width = max((len(row) for row in rows), default=0)
    if width < 2:
        return None
    first = [words.fold(" ".join(cell)) for cell in rows[0]]
    body = [[" ".join(cell).strip() for cell in row] for row in rows]
    columns = [[row[n] if n < len(row) else "" for row in body] for n in range(width)]
    speech_heads = [n for n, head in enumerate(first) if _SPEECH_HEADS.match(head)]
    speaker_heads = [n for n, head in enumerate(first) if _SPEAKER_HEADS.match(head)]
    header = bool(speech_heads and speaker_heads) or (
        any(_TIME_HEADS.match(h) for h in first) and bool(speech_heads or speaker_heads)
    )
    content = [column[1:] if header else column for column in columns]
    clocks = [n for n, c in enumerate(content) if _share(c, lambda v: bool(times.ONLY_TIME.fullmatch(v))) > 0.6]
    others = [n for n in range(width) if n not in clocks]
    if len(others) < 2:
        return None
    lengths = {n: sum(len(v.split()) for v in content[n]) for n in others}
    speech = speech_heads[0] if header and speech_heads else max(others, key=lambda n: lengths[n])
    named = [n for n in (speaker_heads if header and speaker_heads else others) if n != speech]
    named = [n for n in named if (header and n in speaker_heads) or _names_speakers(content[n])]
    if not named:
        return None
    return Columns(named[0], speech, clocks[0] if clocks else None, header)


def _share(values: Sequence[str], test: object) -> float:
    filled = [v for v in values if v]
    return sum(bool(test(v)) for v in filled) / len(filled) if filled and callable(test) else 0.0


def _names_speakers(column: Sequence[str]) -> bool:
    """Short cells, few of them different, that look like labels; no metadata table (« Date », « Lieu »)."""
    filled = [_without_colon(v) for v in column if v]
    keys = {words.fold(v) for v in filled}
    if not filled or any(len(v.split()) > 6 for v in filled):
        return False
    kinds = [kind_of(v, words.fold(v)) for v in filled if words.fold(v)]
    if any(k is Kind.NEVER for k in kinds) or all(k is Kind.OTHER for k in kinds):
        return False
    return len(keys) <= max(2, len(filled) * 0.6) and len(kinds) == len(filled)
