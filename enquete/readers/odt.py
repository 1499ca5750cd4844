"""OpenDocument text: paragraphs, tables, text boxes; changes accepted, comments and notes left out.

The markup is read as it stands: it says what a run of text is (deleted, a note, bold), which a plain export loses.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import takewhile
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
_FO = f"{_ODF}xsl-fo-compatible:1.0}}"
_MARKS = {
    "bold": (f"{_FO}font-weight", ("bold", "600", "700", "800", "900")),
    "italic": (f"{_FO}font-style", ("italic", "oblique")),
    "underline": (f"{_STYLE}text-underline-style", ("solid", "dotted", "dash", "wave")),
}
_Looks = Mapping[str, frozenset[str]]  # of each style
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
    looks = _looks_of(_parsed(name, parts["styles.xml"])) if parts.get("styles.xml") else {}
    looks |= _looks_of(content)
    writer = Writer()
    _blocks(body, writer, looks)
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


def _looks_of(root: _Element) -> dict[str, frozenset[str]]:
    """How a run or a paragraph of each style looks: bold, in italics, underlined. A style may rest on another."""
    styles = {s.get(f"{_STYLE}name", ""): s for s in root.iter(f"{_STYLE}style")}
    looks = {}
    for name, style in styles.items():
        parent = styles.get(style.get(f"{_STYLE}parent-style-name", ""))
        bases = [style] if parent is None else [style, parent]
        marked = [properties for base in bases for properties in base.iter(f"{_STYLE}text-properties")]
        looks[name] = frozenset(
            mark
            for mark, (attribute, values) in _MARKS.items()
            if next((v for p in marked if (v := p.get(attribute))), "") in values
        )
    return looks


def _blocks(parent: _Element, writer: Writer, looks: _Looks, *, listed: bool = False) -> None:
    for child in parent:
        if child.tag in _PARAGRAPHS:
            text, bold, apart = _paragraph(child, looks)
            writer.paragraph(text, bold, heading=child.tag == f"{_TEXT}h", apart=apart, listed=listed)
            for box in child.iter(f"{_DRAW}text-box"):
                if next(box.iterancestors(*_PARAGRAPHS)) is child:
                    _blocks(box, writer, looks)
        elif child.tag == f"{_TABLE}table":
            tables.write(_rows(child, looks), writer)
        elif child.tag == f"{_DRAW}frame":
            for box in child.iterchildren(f"{_DRAW}text-box"):
                _blocks(box, writer, looks)
        elif child.tag not in _SKIPPED:  # lists, sections
            _blocks(child, writer, looks, listed=listed or child.tag == f"{_TEXT}list")


def _paragraph(element: _Element, looks: _Looks) -> tuple[str, int, bool]:
    """The text, how many code points of its beginning are bold, whether its whole look sets it apart."""
    pieces = list(_pieces(element, looks, look=looks.get(element.get(f"{_TEXT}style-name", ""), frozenset())))
    bold = takewhile(lambda piece: "bold" in piece[1] or not piece[0].strip(), pieces)
    shared = [look for text, look in pieces if text.strip()]
    apart = bool(shared) and bool(frozenset.intersection(*shared))
    return "".join(text for text, _ in pieces), sum(len(text) for text, _ in bold), apart


def _pieces(element: _Element, looks: _Looks, *, look: frozenset[str]) -> Iterator[tuple[str, frozenset[str]]]:
    # White space is folded in OpenDocument: tabs, line ends and runs of spaces have elements of their own.
    yield _folded(element.text), look
    for child in element:
        if child.tag == f"{_TEXT}tab":
            yield "\t", look
        elif child.tag == f"{_TEXT}line-break":
            yield "\n", look
        elif child.tag == f"{_TEXT}s":
            yield " " * min(int(child.get(f"{_TEXT}c") or 1), 1000), look
        elif child.tag not in _SKIPPED and isinstance(child.tag, str):
            inner = looks.get(child.get(f"{_TEXT}style-name", ""), frozenset())
            yield from _pieces(child, looks, look=look | inner)
        yield _folded(child.tail), look


def _folded(text: str | None) -> str:
    return (text or "").replace("\n", " ").replace("\r", "").replace("\t", " ")


def _rows(table: _Element, looks: _Looks) -> list[list[list[str]]]:
    rows = (r for r in table.iter(f"{_TABLE}table-row") if next(r.iterancestors(f"{_TABLE}table")) is table)
    return [[_cell(cell, looks) for cell in row.iterchildren(f"{_TABLE}table-cell")] for row in rows]


def _cell(cell: _Element, looks: _Looks) -> list[str]:
    return [line for p in cell.iter(*_PARAGRAPHS) for line in _paragraph(p, looks)[0].splitlines()]


def _properties(meta: _Element | None) -> Mapping[str, str]:
    if meta is None:
        return {}
    found: dict[str, str] = {}
    for element in meta.iter():
        name = str(element.tag).rsplit("}", 1)[-1]
        if name in _PROPERTIES and element.text:
            found.setdefault(_PROPERTIES[name], element.text)
    return found
