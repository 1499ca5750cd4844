"""Fills Word templates: « {{étude}} » becomes what the study knows, and what it does not know stays to be seen.

A template is any .docx, as a volunteer left it in Word or LibreOffice: a marker may be cut into several runs, stand in
a table, a header or a text box. The rest of the file stays as it is, apart from what would name who wrote it.
"""

from __future__ import annotations

import difflib
import io
import re
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

from enquete.errors import EnqueteError, Problem
from enquete.readers import archive
from enquete.reports.packing import deterministic
from enquete.reports.workbook import safe_text

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_MARKER = re.compile(r"\{\{([^{}]*)\}\}")
_PART = re.compile(r"word/[^/]+\.xml")
_OPEN, _CLOSE = "\ue000", "\ue001"  # around what is to be completed, while it has no run of its own
_BLANK = re.compile(f"({_OPEN}[^{_CLOSE}]*{_CLOSE})")
_OWNERS = re.compile(rb"<(Company|Manager|HyperlinkBase|Template)\b[^>]*?(/>|>.*?</\1>)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Fact:
    """What stands for a marker. wanted: what to ask for where lines is empty: « nom de l'association »."""

    lines: tuple[str, ...]
    wanted: str = ""


def markers(name: str, data: bytes) -> list[str]:
    """The markers of a template, as `plain` gives them, each once, in their order.

    Raises EnqueteError: DOCUMENT_BRACES, and what `readers.archive` does for a damaged file. name: for messages.
    """
    found = [m for _, root in _parts(name, data) for text in _texts(root) for m in _names(name, text)]
    return list(dict.fromkeys(found))


def fill(name: str, data: bytes, facts: Mapping[str, Fact]) -> bytes:
    """The template with each marker replaced; equal inputs give equal bytes. name: for messages.

    A fact of several lines repeats the paragraph that holds its marker alone, and is strung together elsewhere.
    Raises EnqueteError: DOCUMENT_MARKER naming every marker that no fact stands for, and what `markers` does.
    """
    unknown = [marker for marker in markers(name, data) if marker not in facts]
    if unknown:
        raise EnqueteError(Problem.DOCUMENT_MARKER, where=name, markers=_told(unknown, facts))
    changed = {}
    for part, root in _parts(name, data):
        for paragraph in list(root.iter(f"{_W}p")):
            _fill_paragraph(paragraph, facts)
        changed[part] = _serialised(root)
    return clean(data, changed)


def clean(data: bytes, changed: Mapping[str, bytes] | None = None) -> bytes:
    """The file without author, firm, dates of edition or thumbnail, some of its parts changed."""
    changed = changed or {}
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for entry in old.infolist():
            content = changed.get(entry.filename, old.read(entry))
            if entry.filename == "docProps/app.xml":
                content = _OWNERS.sub(b"", content)
            if entry.filename == "_rels/.rels":
                content = re.sub(rb"<Relationship\b[^>]*/thumbnail\"[^>]*/>", b"", content)
            if not entry.filename.startswith("docProps/thumbnail"):
                new.writestr(entry.filename, content)
    return deterministic(out.getvalue())


def without_authors(name: str, data: bytes) -> bytes:
    """As `clean`, and without who commented or edited it, and when. name: for messages. Raises what `markers` does."""
    return clean(data, {part: _serialised(root) for part, root in _parts(name, data)})


def typeset(text: str) -> str:
    """No line breaks before « : ; ? ! » », nor after « ."""
    text = re.sub(r" (?=[:»%])", "\u00a0", text.replace("« ", "«\u00a0"))
    return re.sub(r" (?=[;?!])", "\u202f", text)


def plain(marker: str) -> str:
    """A marker as it is compared: case, spaces and the apostrophe's form aside."""
    return " ".join(marker.replace("’", "'").casefold().split())


def _told(unknown: Sequence[str], facts: Mapping[str, Fact]) -> str:
    """« {{asociation}} » (peut-être « {{association}} »)."""
    told = []
    for marker in unknown:
        near = difflib.get_close_matches(marker, facts, n=1)
        told.append(f"« {{{{{marker}}}}} »" + (f" (peut-être « {{{{{near[0]}}}}} »)" if near else ""))
    return " ; ".join(told)


def _parts(name: str, data: bytes) -> Iterator[tuple[str, Any]]:
    """(name, root) of each part that holds paragraphs: the text, headers, footers, notes, comments."""
    from lxml import etree

    parts = archive.members(name, data)
    if "word/document.xml" not in parts:
        raise EnqueteError(Problem.CORRUPT_FILE, where=name)
    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    for part, content in parts.items():
        if _PART.fullmatch(part):
            try:
                yield part, etree.fromstring(content, parser)
            except etree.XMLSyntaxError:
                raise EnqueteError(Problem.CORRUPT_FILE, where=name) from None


def _serialised(root: Any) -> bytes:
    """Without who commented or edited, and when."""
    from lxml import etree

    for element in root.iter():
        for key in (f"{_W}author", f"{_W}initials"):
            if key in element.attrib:
                element.set(key, "Auteur" if key.endswith("author") else "A")
                element.attrib.pop(f"{_W}date", None)
    data: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    return data


def _texts(root: Any) -> Iterator[str]:
    for paragraph in root.iter(f"{_W}p"):
        yield "".join(piece.text or "" for piece in _pieces(paragraph))


def _pieces(paragraph: Any) -> list[Any]:
    """The texts of a paragraph, those of paragraphs inside it (text boxes) left out."""
    return [piece for piece in paragraph.iter(f"{_W}t") if next(piece.iterancestors(f"{_W}p")) is paragraph]


def _names(name: str, text: str) -> Iterator[str]:
    rest = _MARKER.sub("", text)
    if "{{" in rest or "}}" in rest:
        raise EnqueteError(Problem.DOCUMENT_BRACES, where=name, text=rest[max(0, rest.find("{{")) :][:40].strip())
    yield from (plain(found[1]) for found in _MARKER.finditer(text))


def _fill_paragraph(paragraph: Any, facts: Mapping[str, Fact]) -> None:
    text = "".join(piece.text or "" for piece in _pieces(paragraph))
    found = list(_MARKER.finditer(text))
    if not found:
        return
    alone = _MARKER.fullmatch(text.strip())
    lines = facts[plain(alone[1])].lines if alone else ()
    for line in lines[:-1] if len(lines) > 1 else ():
        twin = deepcopy(paragraph)
        paragraph.addprevious(twin)
        _replace(twin, found, [line])
    last = [lines[-1]] if len(lines) > 1 else [_strung(facts[plain(match[1])]) for match in found]
    _replace(paragraph, found, last)


def _strung(fact: Fact) -> str:
    """« a, b et c »; with semicolons where a line has a comma of its own."""
    if not fact.lines:
        return f"{_OPEN}[à compléter : {fact.wanted}]{_CLOSE}"
    if any(mark in line for line in fact.lines[:-1] for mark in ",;"):
        return " ; ".join(fact.lines)
    *first, last = fact.lines
    return f"{', '.join(first)} et {last}" if first else last


def _replace(paragraph: Any, found: Sequence[re.Match[str]], values: Sequence[str]) -> None:
    """Puts each value where its marker begins and takes the marker out of every run that it was cut into."""
    pieces = _pieces(paragraph)
    for match, value in zip(reversed(found), reversed(values), strict=True):
        begin = 0
        for piece in pieces:
            text = piece.text or ""
            end = begin + len(text)
            start, stop = max(match.start(), begin), min(match.end(), end)
            if start < stop:
                put = typeset(safe_text(value)) if begin <= match.start() else ""
                piece.text = text[: start - begin] + put + text[stop - begin :]
                piece.set(_SPACE, "preserve")
            begin = end
    for piece in pieces:
        if _OPEN in (piece.text or ""):
            _highlight(piece)


def _highlight(piece: Any) -> None:
    """What is to be completed gets a run of its own, in yellow."""
    run = piece.getparent()
    looks = run.find(f"{_W}rPr")
    for part in _BLANK.split(piece.text):
        if not part:
            continue
        made = run.makeelement(run.tag, run.attrib)
        own = deepcopy(looks) if looks is not None else run.makeelement(f"{_W}rPr", {})
        made.append(own)
        if part.startswith(_OPEN):
            mark = run.makeelement(f"{_W}highlight", {f"{_W}val": "yellow"})
            _put_in_order(own, mark)
        said = run.makeelement(f"{_W}t", {_SPACE: "preserve"})
        said.text = part.strip(_OPEN + _CLOSE)
        made.append(said)
        run.addprevious(made)
    run.remove(piece)


_AFTER_HIGHLIGHT = (
    "u", "effect", "bdr", "shd", "fitText", "vertAlign", "rtl", "cs", "em", "lang", "eastAsianLayout", "specVanish",
    "oMath", "rPrChange",
)  # fmt: skip


def _put_in_order(looks: Any, mark: Any) -> None:
    """Word wants the properties of a run in the order of its schema."""
    for former in looks.findall(f"{_W}highlight"):
        looks.remove(former)
    later = [element for element in looks if element.tag.removeprefix(_W) in _AFTER_HIGHLIGHT]
    later[0].addprevious(mark) if later else looks.append(mark)
