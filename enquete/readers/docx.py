"""Word: paragraphs, tables and text boxes; changes accepted, comments and notes left out."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import takewhile
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
_STRICT = (
    (
        b"http://purl.oclc.org/ooxml/wordprocessingml/main",
        b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    ),
    (b"http://purl.oclc.org/ooxml/officeDocument/", b"http://schemas.openxmlformats.org/officeDocument/2006/"),
    (b"http://purl.oclc.org/ooxml/drawingml/", b"http://schemas.openxmlformats.org/drawingml/2006/"),
)
_HEADING = re.compile(r"(?:heading|titre|title|subtitle|sous-titre)\d*$", re.IGNORECASE)
_LIST = re.compile(r"(?:list(?:bullet|number)|listepuces|listenumros)\d*$", re.IGNORECASE)
_OFF = frozenset({"0", "false", "off", "none"})
_MARKS = {f"{_W}b": "bold", f"{_W}i": "italic", f"{_W}u": "underline"}
_PLAIN: frozenset[str] = frozenset()
_Looks = Mapping[str, frozenset[str]]  # of each style
_CORE = ("author", "last_modified_by", "title", "subject", "keywords", "comments", "category")


@dataclass(frozen=True, slots=True)
class Paragraph:
    """bold: code points at its beginning that are bold. apart: all of it is in bold, in italics or underlined."""

    text: str
    bold: int
    apart: bool


def read(name: str, data: bytes) -> Source:
    """Raises EnqueteError(CORRUPT_FILE) for what Word wouldn't open."""
    import docx

    try:
        document = docx.Document(io.BytesIO(_transitional(data)))
        body = document.element.body
        properties = _properties(document)
        looks = {s.style_id: _look_of_style(s) for s in document.styles if s.type in (1, 2)}
    except Exception:  # noqa: BLE001 the library raises whatever the damaged part makes it raise
        raise EnqueteError(Problem.CORRUPT_FILE, where=name) from None
    writer = Writer()
    _blocks(body, writer, looks)
    counts = {tag: sum(1 for _ in body.iter(f"{_W}{tag}Reference")) for tag in ("comment", "footnote", "endnote")}
    warnings = left_out(comments=counts["comment"], notes=counts["footnote"] + counts["endnote"])
    return writer.source(properties, warnings)


def _transitional(data: bytes) -> bytes:
    """« Open XML strict » is the same markup under other names, which the library doesn't know."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        if _STRICT[0][0] not in archive.read("word/document.xml"):
            return data
        rewritten = io.BytesIO()
        with zipfile.ZipFile(rewritten, "w") as other:
            for part in archive.infolist():
                content = archive.read(part)
                for strict, usual in _STRICT if part.filename.endswith((".xml", ".rels")) else ():
                    content = content.replace(strict, usual)
                other.writestr(part, content)
    return rewritten.getvalue()


def _blocks(parent: _Element, writer: Writer, looks: _Looks) -> None:
    for child in parent:
        if child.tag == f"{_W}p":
            _write(child, writer, looks)
        elif child.tag == f"{_W}tbl":
            tables.write(_rows(child, looks), writer)
        elif child.tag not in _SKIPPED:  # content controls, custom XML, inserted blocks
            _blocks(child, writer, looks)


def _write(element: _Element, writer: Writer, looks: _Looks) -> None:
    paragraph = paragraph_of(element, looks)
    heading = bool(_HEADING.match(_style(element)))
    listed = element.find(f"{_W}pPr/{_W}numPr") is not None or bool(_LIST.match(_style(element)))
    writer.paragraph(paragraph.text, paragraph.bold, heading=heading, apart=paragraph.apart, listed=listed)
    for box in element.iter(f"{_W}txbxContent"):
        if not any(a.tag == f"{_MC}Fallback" for a in box.iterancestors()):
            _blocks(box, writer, looks)


def paragraph_of(element: _Element, looks: _Looks) -> Paragraph:
    """The text of a paragraph, how much of its beginning is bold, whether its whole look sets it apart."""
    pieces = list(_pieces(element, looks, look=looks.get(_style(element), _PLAIN)))
    bold = takewhile(lambda piece: "bold" in piece[1] or not piece[0].strip(), pieces)
    shared = [look for text, look in pieces if text.strip()]
    return Paragraph(
        "".join(text for text, _ in pieces),
        sum(len(text) for text, _ in bold),
        bool(shared) and bool(frozenset.intersection(*shared)),
    )


def _pieces(element: _Element, looks: _Looks, *, look: frozenset[str]) -> Iterator[tuple[str, frozenset[str]]]:
    for child in element:
        if child.tag in _SKIPPED or not isinstance(child.tag, str):
            continue
        if child.tag == f"{_W}t":
            yield (child.text or ""), look
        elif child.tag in _TEXT:
            yield _TEXT[child.tag], look
        else:
            inner = _look(child, looks, look) if child.tag == f"{_W}r" else look
            yield from _pieces(child, looks, look=inner)


def _look(run: _Element, looks: _Looks, look: frozenset[str]) -> frozenset[str]:
    """How a run of text looks in a paragraph that looks so."""
    properties = run.find(f"{_W}rPr")
    if properties is None:
        return look
    style = properties.find(f"{_W}rStyle")
    if style is not None:
        look |= looks.get(style.get(f"{_W}val", ""), _PLAIN)
    for tag, name in _MARKS.items():
        mark = properties.find(tag)
        if mark is not None:
            look = look - {name} if mark.get(f"{_W}val") in _OFF else look | {name}
    return look


def _look_of_style(style: Any) -> frozenset[str]:
    font = style.font
    return frozenset(name for name in _MARKS.values() if getattr(font, name))


def _style(paragraph: _Element) -> str:
    style = paragraph.find(f"{_W}pPr/{_W}pStyle")
    return "" if style is None else str(style.get(f"{_W}val", ""))


def _rows(table: _Element, looks: _Looks) -> list[list[list[str]]]:
    """Cells as lists of paragraphs. A deleted row is left out."""
    rows = []
    for row in table.iter(f"{_W}tr"):
        if next(row.iterancestors(f"{_W}tbl")) is not table or row.find(f"{_W}trPr/{_W}del") is not None:
            continue
        rows.append([_cell(cell, looks) for cell in row.iter(f"{_W}tc") if next(cell.iterancestors(f"{_W}tr")) is row])
    return rows


def _cell(cell: _Element, looks: _Looks) -> list[str]:
    shown = (p for p in cell.iter(f"{_W}p") if next(p.iterancestors(f"{_MC}Fallback"), None) is None)
    return [line for p in shown for line in paragraph_of(p, looks).text.splitlines()]


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
