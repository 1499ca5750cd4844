"""HTML: noScribe's transcripts, with the times of its anchors, and pages that other tools write."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from html.parser import HTMLParser

from enquete.errors import EnqueteError, Problem
from enquete.readers import tables
from enquete.readers.source import Source, Writer

_BLOCKS = frozenset(
    [
        "p",
        "div",
        "li",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "blockquote",
        "section",
        "article",
        "header",
        "footer",
        "dt",
        "dd",
        "pre",
        "ul",
        "ol",
        "body",
    ]
)
_SILENT = frozenset(["script", "style", "head", "title", "template", "noscript", "svg", "nav"])
_ANCHOR = re.compile(r"ts_(\d+)_(\d+)_?")
_LOOKS = {
    "bold": (("b", "strong"), r"font-weight\s*:\s*(?:bold|[6-9]00)"),
    "italic": (("i", "em"), r"font-style\s*:\s*(?:italic|oblique)"),
    "underline": (("u",), r"text-decoration\s*:[^;]*underline"),
}
_HEADINGS = re.compile(r"h[1-6]")
_VOID = frozenset(["br", "hr", "img", "meta", "link", "input", "col", "wbr", "area", "base", "source"])


@dataclass(slots=True)
class _Paragraph:
    parts: list[tuple[str, frozenset[str]]] = field(default_factory=list)  # text and how it looks
    heading: bool = False
    listed: bool = False
    begin: float | None = None
    end: float | None = None


class _Page(HTMLParser):
    """Paragraphs, and tables as rows of cells of paragraphs, in the order of the page."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.blocks: list[_Paragraph | list[list[list[str]]]] = []
        self.properties: dict[str, str] = {}
        self._open: list[tuple[str, frozenset[str]]] = []  # tags, and how each makes its text look
        self._current = _Paragraph()
        self._rows: list[list[list[str]]] | None = None
        self._silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {k: v or "" for k, v in attrs}
        if tag == "meta" and given.get("name") in ("author", "audio_source"):
            self.properties[given["name"]] = given.get("content", "")
        if tag == "br":
            self._current.parts.append(("\n", self._look()))
        if tag in _VOID:
            return
        self._open.append((tag, _look_of(tag, given.get("style", ""))))
        self._silent += tag in _SILENT
        if tag in _BLOCKS:
            self._close()
        self._start_table(tag)
        anchor = _ANCHOR.match(given.get("name", "") or given.get("id", "")) if tag == "a" else None
        if anchor:
            begin, end = int(anchor[1]) / 1000, int(anchor[2]) / 1000
            self._current.begin = begin if self._current.begin is None else self._current.begin
            self._current.end = end

    def _start_table(self, tag: str) -> None:
        if tag == "table":
            self._close()
            self._rows = []
        elif self._rows is not None and tag == "tr":
            self._rows.append([])
        elif self._rows is not None and tag in ("td", "th"):
            if not self._rows:
                self._rows.append([])
            self._rows[-1].append([])

    def handle_endtag(self, tag: str) -> None:
        if tag in _BLOCKS or tag in ("td", "th", "table"):
            self._close()
        if tag == "table" and self._rows is not None:
            self.blocks.append(self._rows)
            self._rows = None
        for at in range(len(self._open) - 1, -1, -1):
            if self._open[at][0] == tag:
                for name, _ in self._open[at:]:
                    self._silent -= name in _SILENT
                del self._open[at:]
                break

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self._current.heading |= any(_HEADINGS.fullmatch(tag) for tag, _ in self._open)
            self._current.listed |= any(tag == "li" for tag, _ in self._open)
            self._current.parts.append((re.sub(r"[ \t\r\n]+", " ", data), self._look()))

    def close(self) -> None:
        super().close()
        self._close()

    def _look(self) -> frozenset[str]:
        return frozenset[str]().union(*(look for _, look in self._open))

    def _close(self) -> None:
        paragraph, self._current = self._current, _Paragraph()
        text = "".join(text for text, _ in paragraph.parts)
        if not text.strip():
            return
        if self._rows and self._rows[-1]:
            self._rows[-1][-1] += [line.strip() for line in text.split("\n")]
        else:
            self.blocks.append(paragraph)


def _look_of(tag: str, style: str) -> frozenset[str]:
    return frozenset(
        look for look, (tags, css) in _LOOKS.items() if tag in tags or re.search(css, style, re.IGNORECASE)
    )


def read(name: str, text: str) -> Source:
    """In noScribe's files what precedes the first anchor is a header; the anchors time the paragraphs.

    Raises EnqueteError(CORRUPT_FILE) for a page that ends before it should.
    """
    if re.search(r"<html\b", text[:2000], re.IGNORECASE) and not re.search(r"</html\s*>", text, re.IGNORECASE):
        raise EnqueteError(Problem.CORRUPT_FILE, where=name)
    page = _Page()
    page.feed(text)
    page.close()
    anchored = any(isinstance(b, _Paragraph) and b.begin is not None for b in page.blocks)
    header = anchored
    writer = Writer()
    for block in page.blocks:
        if isinstance(block, list):
            tables.write(block, writer)
            continue
        header = header and block.begin is None
        first = len(writer.lines)
        _write(block, writer)
        for index in range(first, len(writer.lines)):
            writer.lines[index] = replace(writer.lines[index], begin=block.begin, end_time=block.end, front=header)
    return writer.source(page.properties)


def _write(paragraph: _Paragraph, writer: Writer) -> None:
    """The paragraph without the spaces of the page's source at its edges."""
    text = "".join(text for text, _ in paragraph.parts)
    prefix = 0
    for part, look in paragraph.parts:
        if "bold" not in look and part.strip():
            break
        prefix += len(part)
    lead = len(text) - len(text.lstrip())
    stripped = "\n".join(re.sub(r" {2,}", " ", line).strip() for line in text.strip().split("\n"))
    shared = [look for part, look in paragraph.parts if part.strip()]
    apart = bool(shared) and bool(frozenset.intersection(*shared))
    bold = max(0, prefix - lead)
    writer.paragraph(stripped, bold, heading=paragraph.heading, apart=apart, listed=paragraph.listed)
