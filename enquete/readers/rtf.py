"""RTF: the text by striprtf, with rows and cells of tables marked beforehand, which it would run together."""

from __future__ import annotations

import re

from enquete.errors import EnqueteError, Problem
from enquete.readers import rtf_looks, tables
from enquete.readers.notes import left_out
from enquete.readers.source import Source, Writer

_CELL, _ROW = "\x1f", "\x1e"
_DELETED = re.compile(r"\{[^{}]*\\deleted\b[^{}]*\}")
_PROPERTIES = {"author": "author", "operator": "last_modified_by", "title": "title", "subject": "subject"}
_PROPERTIES |= {"company": "company", "manager": "manager", "keywords": "keywords", "doccomm": "comments"}


def read(name: str, data: bytes) -> Source:
    """Raises EnqueteError(CORRUPT_FILE) for a file that ends before it should."""
    raw = data.decode("cp1252", "replace").rstrip("\x00 \r\n")
    if not _is_whole(raw):
        raise EnqueteError(Problem.CORRUPT_FILE, where=name)
    marked = rtf_looks.mark(_DELETED.sub("", raw))
    marked = re.sub(r"\\(?:nest)?cell(?![a-z])", _CELL, marked)
    marked = re.sub(r"\\(?:nest)?row(?![a-z])", rf"{_ROW}\\par ", marked)
    try:
        text = _plain(marked)
        properties = {key: found for tag, key in _PROPERTIES.items() if (found := _property(raw, tag))}
    except (ValueError, LookupError, TypeError, AttributeError):
        raise EnqueteError(Problem.CORRUPT_FILE, where=name) from None
    writer = Writer()
    _write(text, writer)
    comments, notes = len(re.findall(r"\\annotation\b", raw)), len(re.findall(r"\\footnote\b", raw))
    return writer.source(properties, left_out(comments=comments, notes=notes))


def _is_whole(raw: str) -> bool:
    """Whether every brace that is opened is closed."""
    plain = re.sub(r"\\[{}\\]", "", raw)
    return plain.count("{") <= plain.count("}")


def _property(raw: str, tag: str) -> str:
    match = re.search(rf"\{{\\{tag}\b ?([^{{}}]*)\}}", raw)
    page = re.search(r"\\ansicpg(\d+)", raw)
    header = rf"{{\rtf1\ansi\ansicpg{page[1] if page else 1252} "
    return _plain(f"{header}{match[1]}}}").strip() if match else ""


def _plain(marked: str) -> str:
    from striprtf.striprtf import rtf_to_text

    return str(rtf_to_text(marked, errors="replace"))  # type: ignore[no-untyped-call]


def _write(text: str, writer: Writer) -> None:
    """Paragraphs, and tables as runs of rows that follow each other."""
    rows: list[list[list[str]]] = []
    for piece in re.split(rf"(?<={_ROW})\n?", text):
        before, row = _row(piece)
        if before is not None or row is None:
            tables.write(rows, writer)
            rows = []
        for line in before or []:
            words, bold, apart = rtf_looks.read(line)
            writer.paragraph(words, bold, apart=apart)
        if row:
            rows.append(row)
    tables.write(rows, writer)


def _row(piece: str) -> tuple[list[str] | None, list[list[str]] | None]:
    """The paragraphs before a row, and its cells."""
    if not piece.endswith(_ROW):
        return piece.split("\n"), None
    cells = rtf_looks.plain(piece[:-1]).split(_CELL)
    *before, first = cells[0].split("\n")
    cells[0] = first
    return (before or None), [cell.split("\n") for cell in cells if cell.strip() or cell is not cells[-1]]
