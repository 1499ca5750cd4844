"""Word: paragraphs, tables and text boxes; changes accepted, comments and notes left out."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from enquete.errors import EnqueteError, Problem
from enquete.readers import tables
from enquete.readers.notes import left_out
from enquete.readers.source import Source, Writer

if TYPE_CHECKING:
    from lxml.etree import _Element

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_TEXT = {f"{_W}tab": "\t", f"{_W}ptab": "\t", f"{_W}br": "\n", f"{_W}cr": "\n", f"{_W}noBreakHyphen": "-"}
# What is deleted, moved away, drawn or said about the text.
_SKIPPED = frozenset(
    {f"{_W}{tag}" for tag in ("del", "moveFrom", "pPr", "rPr", "instrText", "delText", "sectPr", "txbxContent", "rt")}
    | {f"{_MC}Fallback"}
)
_HEADING = re.compile(r"(?:heading|titre|title|subtitle|sous-titre)\d*$", re.IGNORECASE)
_OFF = frozenset({"0", "false", "off"})
_CORE = ("author", "last_modified_by", "title", "subject", "keywords", "comments", "category")


@dataclass(frozen=True, slots=True)
class Paragraph:
    """bold: code points at its beginning that are bold."""

    text: str
    bold: int


def read(name: str, data: bytes) -> Source:
    """Raises EnqueteError(CORRUPT_FILE) for what Word wouldn't open."""
    import docx

    try:
        document = docx.Document(io.BytesIO(data))
        body = document.element.body
        properties = _properties(document)
        bold_styles = frozenset(
            s.style_id
            for s in document.styles
            if s.type == 2 and s.font.bold  # character styles
        )
    except Exception:  # noqa: BLE001 the library raises whatever the damaged part makes it raise
        raise EnqueteError(Problem.CORRUPT_FILE, where=name) from None
    writer = Writer()
    _blocks(body, writer, bold_styles)
    counts = {tag: sum(1 for _ in body.iter(f"{_W}{tag}Reference")) for tag in ("comment", "footnote", "endnote")}
    warnings = left_out(comments=counts["comment"], notes=counts["footnote"] + counts["endnote"])
    return writer.source(properties, warnings)


def _blocks(parent: _Element, writer: Writer, bold_styles: frozenset[str]) -> None:
    for child in parent:
        if child.tag == f"{_W}p":
            _write(child, writer, bold_styles)
        elif child.tag == f"{_W}tbl":
            tables.write(_rows(child, bold_styles), writer)
        elif child.tag not in _SKIPPED:  # content controls, custom XML, inserted blocks
            _blocks(child, writer, bold_styles)


def _write(element: _Element, writer: Writer, bold_styles: frozenset[str]) -> None:
    paragraph = paragraph_of(element, bold_styles)
    style = element.find(f"{_W}pPr/{_W}pStyle")
    heading = style is not None and bool(_HEADING.match(style.get(f"{_W}val", "")))
    writer.paragraph(paragraph.text, paragraph.bold, heading=heading)
    for box in element.iter(f"{_W}txbxContent"):
        if not any(a.tag == f"{_MC}Fallback" for a in box.iterancestors()):
            _blocks(box, writer, bold_styles)


def paragraph_of(element: _Element, bold_styles: frozenset[str]) -> Paragraph:
    """The text of a paragraph, and how much of its beginning is bold."""
    parts: list[str] = []
    bold = 0
    still = True
    for text, is_bold in _pieces(element, bold_styles):
        parts.append(text)
        still = still and (is_bold or not text.strip())
        bold += len(text) if still else 0
    return Paragraph("".join(parts), bold)


def _pieces(element: _Element, bold_styles: frozenset[str], *, bold: bool = False) -> Iterator[tuple[str, bool]]:
    for child in element:
        if child.tag in _SKIPPED or not isinstance(child.tag, str):
            continue
        if child.tag == f"{_W}t":
            yield (child.text or ""), bold
        elif child.tag in _TEXT:
            yield _TEXT[child.tag], bold
        else:
            is_bold = bold or (child.tag == f"{_W}r" and _is_bold(child, bold_styles))
            yield from _pieces(child, bold_styles, bold=is_bold)


def _is_bold(run: _Element, bold_styles: frozenset[str]) -> bool:
    properties = run.find(f"{_W}rPr")
    if properties is None:
        return False
    mark = properties.find(f"{_W}b")
    if mark is not None:
        return mark.get(f"{_W}val") not in _OFF
    style = properties.find(f"{_W}rStyle")
    return style is not None and style.get(f"{_W}val") in bold_styles


def _rows(table: _Element, bold_styles: frozenset[str]) -> list[list[list[str]]]:
    """Cells as lists of paragraphs. A deleted row is left out."""
    rows = []
    for row in table.iter(f"{_W}tr"):
        if next(row.iterancestors(f"{_W}tbl")) is not table or row.find(f"{_W}trPr/{_W}del") is not None:
            continue
        rows.append(
            [_cell(cell, bold_styles) for cell in row.iter(f"{_W}tc") if next(cell.iterancestors(f"{_W}tr")) is row]
        )
    return rows


def _cell(cell: _Element, bold_styles: frozenset[str]) -> list[str]:
    shown = (p for p in cell.iter(f"{_W}p") if next(p.iterancestors(f"{_MC}Fallback"), None) is None)
    return [line for p in shown for line in paragraph_of(p, bold_styles).text.splitlines()]


def _properties(document: Any) -> Mapping[str, str]:
    core = document.core_properties
    found = {key: str(getattr(core, key) or "") for key in _CORE}
    for part in document.part.package.iter_parts():
        if str(part.partname) == "/docProps/app.xml":
            found |= _application(part.blob)
    return {key: value for key, value in found.items() if value}


def _application(blob: bytes) -> dict[str, str]:
    from lxml import etree

    root = etree.fromstring(blob, etree.XMLParser(resolve_entities=False, no_network=True))
    names = {"Company": "company", "Manager": "manager"}
    return {names[tag]: e.text or "" for e in root if (tag := etree.QName(e).localname) in names}
