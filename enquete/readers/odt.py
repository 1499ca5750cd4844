"""OpenDocument text: paragraphs, tables, text boxes; changes accepted, comments and notes left out.

The markup is read as it stands: it says what a run of text is (deleted, a note, bold), which a plain export loses.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from enquete.errors import EnqueteError, Problem
from enquete.readers import archive, tables
from enquete.readers.notes import left_out
from enquete.readers.source import Source, Writer

if TYPE_CHECKING:
    from lxml.etree import _Element

_ODF = "{urn:oasis:names:tc:opendocument:xmlns:"
_TEXT, _TABLE, _OFFICE = f"{_ODF}text:1.0}}", f"{_ODF}table:1.0}}", f"{_ODF}office:1.0}}"
_STYLE, _DRAW = f"{_ODF}style:1.0}}", f"{_ODF}drawing:1.0}}"
_WEIGHT = f"{_ODF}xsl-fo-compatible:1.0}}font-weight"
_PARAGRAPHS = (f"{_TEXT}p", f"{_TEXT}h")
_SKIPPED = frozenset(
    {f"{_TEXT}note", f"{_TEXT}tracked-changes", f"{_OFFICE}annotation", f"{_DRAW}text-box", f"{_TEXT}ruby-text"}
    | {f"{_OFFICE}forms", f"{_TEXT}sequence-decls", f"{_TEXT}table-of-content"}
)
_PROPERTIES = {
    "initial-creator": "author",
    "creator": "last_modified_by",
    "title": "title",
    "subject": "subject",
    "description": "comments",
    "keyword": "keywords",
    "printed-by": "printed_by",
}


def read(name: str, data: bytes) -> Source:
    """Raises EnqueteError(ENCRYPTED) for a protected file, CORRUPT_FILE for a damaged one."""
    parts = archive.members(name, data)
    if b"encryption-data" in parts.get("META-INF/manifest.xml", b"") or "encrypted-package" in parts:
        raise EnqueteError(Problem.ENCRYPTED, where=name)
    content = _parsed(name, parts["content.xml"])
    body = content.find(f"{_OFFICE}body/{_OFFICE}text")
    if body is None:
        raise EnqueteError(Problem.CORRUPT_FILE, where=name)
    bold = _bold_styles(content)
    if parts.get("styles.xml"):
        bold |= _bold_styles(_parsed(name, parts["styles.xml"]))
    writer = Writer()
    _blocks(body, writer, frozenset(bold))
    comments = sum(1 for _ in body.iter(f"{_OFFICE}annotation"))
    notes = sum(1 for _ in body.iter(f"{_TEXT}note"))
    meta = _parsed(name, parts["meta.xml"]) if parts.get("meta.xml") else None
    return writer.source(_properties(meta), left_out(comments=comments, notes=notes))


def _parsed(name: str, content: bytes) -> _Element:
    from lxml import etree

    try:
        return etree.fromstring(content, etree.XMLParser(resolve_entities=False, no_network=True))
    except etree.XMLSyntaxError:
        raise EnqueteError(Problem.CORRUPT_FILE, where=name) from None


def _bold_styles(root: _Element) -> set[str]:
    return {
        style.get(f"{_STYLE}name", "")
        for style in root.iter(f"{_STYLE}style")
        if style.get(f"{_STYLE}family") == "text"
        and any(p.get(_WEIGHT) in ("bold", "600", "700", "800", "900") for p in style.iter(f"{_STYLE}text-properties"))
    }


def _blocks(parent: _Element, writer: Writer, bold: frozenset[str]) -> None:
    for child in parent:
        if child.tag in _PARAGRAPHS:
            text, prefix = _paragraph(child, bold)
            writer.paragraph(text, prefix, heading=child.tag == f"{_TEXT}h")
            for box in child.iter(f"{_DRAW}text-box"):
                if next(box.iterancestors(*_PARAGRAPHS)) is child:
                    _blocks(box, writer, bold)
        elif child.tag == f"{_TABLE}table":
            tables.write(_rows(child, bold), writer)
        elif child.tag == f"{_DRAW}frame":
            for box in child.iterchildren(f"{_DRAW}text-box"):
                _blocks(box, writer, bold)
        elif child.tag not in _SKIPPED:  # lists, sections
            _blocks(child, writer, bold)


def _paragraph(element: _Element, bold: frozenset[str]) -> tuple[str, int]:
    """The text and how many code points of its beginning are bold."""
    parts: list[str] = []
    prefix = 0
    still = True
    for text, is_bold in _pieces(element, bold):
        parts.append(text)
        still = still and (is_bold or not text.strip())
        prefix += len(text) if still else 0
    return "".join(parts), prefix


def _pieces(element: _Element, styles: frozenset[str], *, bold: bool = False) -> Iterator[tuple[str, bool]]:
    # White space is folded in OpenDocument: tabs, line ends and runs of spaces have elements of their own.
    yield _folded(element.text), bold
    for child in element:
        if child.tag == f"{_TEXT}tab":
            yield "\t", bold
        elif child.tag == f"{_TEXT}line-break":
            yield "\n", bold
        elif child.tag == f"{_TEXT}s":
            yield " " * min(int(child.get(f"{_TEXT}c") or 1), 1000), bold
        elif child.tag not in _SKIPPED and isinstance(child.tag, str):
            is_bold = bold or child.get(f"{_TEXT}style-name") in styles
            yield from _pieces(child, styles, bold=is_bold)
        yield _folded(child.tail), bold


def _folded(text: str | None) -> str:
    return (text or "").replace("\n", " ").replace("\r", "").replace("\t", " ")


def _rows(table: _Element, bold: frozenset[str]) -> list[list[list[str]]]:
    rows = (r for r in table.iter(f"{_TABLE}table-row") if next(r.iterancestors(f"{_TABLE}table")) is table)
    return [[_cell(cell, bold) for cell in row.iterchildren(f"{_TABLE}table-cell")] for row in rows]


def _cell(cell: _Element, bold: frozenset[str]) -> list[str]:
    return [line for p in cell.iter(*_PARAGRAPHS) for line in _paragraph(p, bold)[0].splitlines()]


def _properties(meta: _Element | None) -> Mapping[str, str]:
    if meta is None:
        return {}
    found: dict[str, str] = {}
    for element in meta.iter():
        name = str(element.tag).rsplit("}", 1)[-1]
        if name in _PROPERTIES and element.text:
            found.setdefault(_PROPERTIES[name], element.text)
    return found
