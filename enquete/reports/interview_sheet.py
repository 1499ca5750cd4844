"""An interview sheet as a Word document: headings to move by, quotations apart from what is said of them."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any

from docx import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.shared import Cm, Pt

from enquete.findings.cases.interview_sheet import InterviewSheet, Part, Quotation
from enquete.reports.documents import clean, typeset
from enquete.reports.paper import add_style, font, running_lines, set_up
from enquete.reports.workbook import INK, safe_text
from enquete.wording import capital

_SIZE = 11
_SMALL = "56636E"
_STRICT = "8E2A2A"  # dark enough on white; the words say it too
_INDENT = Cm(0.6)


def write_interview_sheet(sheet: InterviewSheet, study: str) -> bytes:
    """The .docx; equal sheets give equal bytes."""
    document = Document()
    set_up(document, safe_text(sheet.title), _SIZE)
    _add_styles(document.styles)
    running_lines(document, safe_text(f"{sheet.title} – {study} – pour l'équipe"))
    page = _Page(document)
    page.add(sheet.title, "Title")
    _pairs(page, sheet.facts)
    for part in sheet.parts:
        _add_part(page, part)
    data = io.BytesIO()
    document.save(data)
    return clean(data.getvalue())


class _Page:
    """Adds paragraphs, whose styles are looked up once: python-docx searches all of them for each paragraph."""

    def __init__(self, document: Any) -> None:
        self._document = document
        self._ids = {style.name: style.style_id for style in document.styles}

    def add(self, text: str, style: str = "") -> Any:
        paragraph = self._document.add_paragraph(_set(text))
        if style:
            paragraph._p.style = self._ids[style]
        return paragraph

    def run(self, paragraph: Any, text: str, style: str = "") -> Any:
        run = paragraph.add_run(_set(text))
        if style:
            run._r.style = self._ids[style]
        return run


def _add_styles(styles: Any) -> None:
    quote = styles["Quote"]
    font(quote, _SIZE, INK)
    quote.font.italic = False
    quote.paragraph_format.left_indent = _INDENT
    quote.paragraph_format.space_before, quote.paragraph_format.space_after = Pt(5), Pt(0)
    quote.paragraph_format.keep_with_next = True
    source = add_style(styles, "Source")
    font(source, _SIZE - 2, _SMALL)
    source.paragraph_format.left_indent = _INDENT
    source.paragraph_format.space_after = Pt(6)
    said = add_style(styles, "Ce qui est dit")
    said.paragraph_format.left_indent = _INDENT
    said.paragraph_format.space_after = Pt(5)
    entry = add_style(styles, "Entrée")
    entry.font.bold = True
    entry.paragraph_format.space_after = Pt(0)
    entry.paragraph_format.keep_with_next = True
    for name, colour in (("Marque", INK), ("Réserve", _STRICT)):
        mark = styles.add_style(name, WD_STYLE_TYPE.CHARACTER)
        font(mark, _SIZE - 2, colour)
        mark.font.bold = True


def _add_part(page: _Page, part: Part) -> None:
    page.add(part.title, f"Heading {part.depth}")
    for line in part.lines:
        page.add(line)
    _pairs(page, part.pairs)
    for quotation in part.quotations:
        _quote(page, quotation)


def _pairs(page: _Page, pairs: Sequence[tuple[str, str]]) -> None:
    """What stands at the head in bold; a short line goes on, paragraphs stand under it."""
    for head, words in pairs:
        paragraphs = [line for line in words.split("\n") if line.strip()]
        if len(paragraphs) < 2:
            paragraph = page.add("")
            page.run(paragraph, f"{head} : ").bold = True
            page.run(paragraph, "".join(paragraphs))
            continue
        page.add(head, "Entrée")
        for line in paragraphs:
            page.add(line, "Ce qui est dit")


def _quote(page: _Page, quotation: Quotation) -> None:
    lines = [line for line in quotation.words.split("\n") if line.strip()] or [""]
    for place, line in enumerate(lines):
        start, end = "« " if place == 0 else "", " »" if place == len(lines) - 1 else ""
        page.add(f"{start}{line.strip()}{end}", "Quote")
    source = page.add("", "Source")
    if quotation.memos:
        source.paragraph_format.keep_with_next = True
    if quotation.mark:
        page.run(source, capital(quotation.mark), "Réserve" if quotation.strict else "Marque")
        page.run(source, " – ")
    page.run(source, quotation.where)
    for memo in quotation.memos:
        page.add(f"Mémo : {memo}", "Source")


def _set(text: str) -> str:
    return typeset(safe_text(text))
