"""Builds the Word templates of documents/ from the Markdown of scripts/documents/. Run it after each change there.

    python scripts/build_documents.py [FOLDER]

Understood: a front matter (titre, taille in points, pied), headings, paragraphs, « - » and « 1. » lists, « > » framed
paragraphs, tables (« :-: » centres a column), **bold**, and « ____ » for a dotted line up to the margin.
"""

from __future__ import annotations

import io
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from docx import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT, WD_TAB_LEADER
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

from enquete.reports.documents import clean, typeset
from enquete.reports.workbook import BAND, FONT, HEAD, INK, RULE

ROOT = Path(__file__).parents[1]
SOURCES = ROOT / "scripts" / "documents"
TARGET = ROOT / "documents"

_WIDTH = Cm(21.0 - 2 * 2.2)
_LINE = "____"
_MARKER = re.compile(r"\{\{[^}]*\}\}")
_USUAL = "ce que l'étude en sait, de cette longueur"  # in the place of a marker, to weigh columns


def main(target: Path = TARGET) -> None:
    """Writes every template into this folder."""
    for source in sorted(SOURCES.glob("*.md")):
        (target / f"{source.stem}.docx").write_bytes(built(source.read_text(encoding="utf-8")))


def built(markdown: str) -> bytes:
    """The Word template; equal sources give equal bytes under one version of python-docx."""
    front, _, body = markdown.removeprefix("---\n").partition("\n---\n")
    settings = dict(line.split(": ", 1) for line in front.splitlines())
    document = Document()
    _set_up(document, settings["titre"], int(settings["taille"]))
    _running_lines(document, settings["pied"])
    numbers, listed = _Numbers(document), False
    for block in _blocks(body):
        _add(document, block, numbers)
        last, was_listed = document.paragraphs[-1], listed
        listed = last.style.name.startswith("List ")
        if was_listed and last.style.name == "Normal":
            last.paragraph_format.space_before = document.styles["Normal"].paragraph_format.space_after
    data = io.BytesIO()
    document.save(data)
    return clean(data.getvalue())


def _blocks(body: str) -> Iterator[list[str]]:
    """Lines that belong together: a table, or one line."""
    table: list[str] = []
    for line in body.splitlines():
        if line.startswith("|"):
            table.append(line)
            continue
        if table:
            yield table
            table = []
        if line.strip():
            yield [line]
    if table:
        yield table


def _add(document: Any, block: list[str], numbers: _Numbers) -> None:
    line = block[0]
    if line.startswith("|"):
        _table(document, block)
    elif heading := re.match(r"(#+) ", line):
        level = len(heading[1]) - 1
        document.add_heading(typeset(line[heading.end() :]), level)
    elif line.startswith("- "):
        _words(document.add_paragraph(style="List Bullet"), line[2:])
    elif number := re.match(r"(\d+)\. ", line):
        paragraph = document.add_paragraph(style="List Number")
        numbers.give(paragraph, int(number[1]))
        _words(paragraph, line[number.end() :])
    elif line.startswith("> "):
        _words(document.add_paragraph(style="Encadré"), line[2:])
    else:
        _words(document.add_paragraph(), line)


def _words(paragraph: Any, text: str) -> None:
    """**bold**, and dotted lines up to the margin."""
    if _LINE in text:
        paragraph.paragraph_format.tab_stops.add_tab_stop(_WIDTH, WD_TAB_ALIGNMENT.RIGHT, WD_TAB_LEADER.DOTS)
        paragraph.paragraph_format.space_before = Pt(6)
        text = text.replace(_LINE, "\t")
    for rank, piece in enumerate(typeset(text).split("**")):
        if piece:
            paragraph.add_run(piece).bold = bool(rank % 2) or None


class _Numbers:
    """Real numbering: a list goes on, even after a heading, until its source says 1 again."""

    def __init__(self, document: Any) -> None:
        self._numbering = document.part.numbering_part.element
        style = document.styles["List Number"].element.pPr.numPr.numId.val
        self._abstract = next(n for n in self._numbering.num_lst if n.numId == style).abstractNumId.val
        self._list = 0

    def give(self, paragraph: Any, number: int) -> None:
        if number == 1:
            made = self._numbering.add_num(self._abstract)
            made.add_lvlOverride(ilvl=0).add_startOverride(1)
            self._list = made.numId
        properties = paragraph._p.get_or_add_pPr().get_or_add_numPr()
        properties.get_or_add_ilvl().val = 0
        properties.get_or_add_numId().val = self._list


def _table(document: Any, lines: list[str]) -> None:
    rows = [[cell.strip() for cell in line.strip().strip("|").split("|")] for line in lines]
    head, marks, body = rows[0], rows[1], rows[2:]
    table = document.add_table(rows=0, cols=len(head), style="Table Grid")
    table.autofit = False
    _rule(table)
    widths = _widths(document.styles["Normal"].font.size.pt, [mark.startswith(":-") for mark in marks], [head, *body])
    for place, row in enumerate([head, *body]):
        cells = table.add_row().cells
        for column, text in enumerate(row):
            cells[column].width = widths[column]
            paragraph = cells[column].paragraphs[0]
            paragraph.style = document.styles["Titre de colonne" if place == 0 else "Texte de tableau"]
            if marks[column].startswith(":-"):
                paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
            _words(paragraph, text.replace(_LINE, "…" * 12))
            if place == 0:
                _shade(cells[column], BAND)
        to_fill_in = place > 0 and (not any(row[1:]) or _signed(row))
        _keep_whole(table.rows[-1], header=place == 0, tall=to_fill_in)
    for column, width in zip(table.columns, widths, strict=True):
        column.width = width
    document.add_paragraph(style="Après tableau")


def _signed(row: list[str]) -> bool:
    """« Signature : » on each side."""
    return all(cell.endswith(" :") for cell in row)


def _widths(size: float, boxes: list[bool], rows: list[list[str]]) -> list[int]:
    """Columns of boxes are narrow; the others share the room by what they hold, no word cut."""
    if not any(cell for row in rows[1:] for cell in row) or _signed(rows[-1]):  # to be filled in by hand
        return [int(_WIDTH / len(boxes))] * len(boxes)
    narrow = int(Pt(size * 2 + 36))
    room = int(_WIDTH) - narrow * sum(boxes)
    columns = [[_MARKER.sub(_USUAL, cell) for cell in column] for column in zip(*rows, strict=True)]
    words = [max(len(word) for cell in column for word in [*cell.split(), ""]) for column in columns]
    least = [0 if box else int(Pt(size * 0.62 * word + 14)) for box, word in zip(boxes, words, strict=True)]
    weights = [0 if box else min(60, max(map(len, column))) for box, column in zip(boxes, columns, strict=True)]
    spare = room - sum(least)
    shared = [low + spare * weight // sum(weights) for low, weight in zip(least, weights, strict=True)]
    return [narrow if box else width for box, width in zip(boxes, shared, strict=True)]


def _rule(table: Any) -> None:
    """Thin grey lines instead of the style's black ones."""
    borders = OxmlElement("w:tblBorders")
    for side in ("top", "left", "bottom", "right", "insideH", "insideV"):
        line = OxmlElement(f"w:{side}")
        for key, value in (("val", "single"), ("sz", "4"), ("space", "0"), ("color", RULE)):
            line.set(qn(f"w:{key}"), value)
        borders.append(line)
    properties = table._tbl.tblPr
    layout = properties.find(qn("w:tblLayout"))
    layout.addprevious(borders)


def _keep_whole(row: Any, *, header: bool, tall: bool) -> None:
    properties = row._tr.get_or_add_trPr()
    properties.append(OxmlElement("w:cantSplit"))
    if header:
        properties.append(OxmlElement("w:tblHeader"))
    if tall:  # room to write in
        row.height = Cm(1.1)


def _shade(cell: Any, colour: str) -> None:
    shade = OxmlElement("w:shd")
    for key, value in (("val", "clear"), ("color", "auto"), ("fill", colour)):
        shade.set(qn(f"w:{key}"), value)
    cell._tc.get_or_add_tcPr().append(shade)


def _set_up(document: Any, title: str, size: int) -> None:
    core = document.core_properties
    core.title, core.language = title, "fr-FR"
    core.comments = core.keywords = core.subject = core.category = ""
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21.0), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.2)
    section.top_margin = section.bottom_margin = Cm(1.8)
    styles = document.styles
    for language in styles.element.iter(qn("w:lang")):
        language.set(qn("w:val"), "fr-FR")
    for language in document.settings.element.iter(qn("w:themeFontLang")):
        language.set(qn("w:val"), "fr-FR")
    for setting in document.settings.element.iter(qn("w:compatSetting")):
        if setting.get(qn("w:name")) == "compatibilityMode":
            setting.set(qn("w:val"), "15")  # or Word opens it as a file of an older version
    _font(styles["Normal"], size)
    styles["Normal"].paragraph_format.space_after = Pt(size * 0.5)
    styles["Normal"].paragraph_format.line_spacing = 1.15
    for name, factor in (("Title", 1.7), ("Heading 1", 1.3), ("Heading 2", 1.1), ("Heading 3", 1.0)):
        _heading(styles[name], size * factor)
    for name in ("List Bullet", "List Number"):
        styles[name].paragraph_format.space_after = Pt(size * 0.25)
    _own_styles(styles, size)


def _heading(style: Any, size: float) -> None:
    _font(style, round(size), HEAD)
    style.font.bold = True
    style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(size * 0.9), Pt(size * 0.35)
    style.paragraph_format.keep_with_next = True
    for border in style.element.pPr.findall(qn("w:pBdr")):
        style.element.pPr.remove(border)
    for spacing in style.element.rPr.findall(qn("w:spacing")):
        style.element.rPr.remove(spacing)


def _own_styles(styles: Any, size: int) -> None:
    def style(name: str) -> Any:
        made = styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        made.base_style = styles["Normal"]
        made.quick_style = True
        return made

    framed = style("Encadré")
    framed.paragraph_format.left_indent = framed.paragraph_format.right_indent = Cm(0.3)
    framed.paragraph_format.space_before, framed.paragraph_format.space_after = Pt(size * 0.5), Pt(size)
    framed.paragraph_format.keep_together = True
    framed.element.get_or_add_pPr().find(qn("w:spacing")).addprevious(_frame())
    text = style("Texte de tableau")
    text.paragraph_format.space_before = text.paragraph_format.space_after = Pt(3)
    text.paragraph_format.line_spacing = 1.05
    head = style("Titre de colonne")
    head.base_style = text
    head.font.bold = True
    head.paragraph_format.keep_with_next = True
    after = style("Après tableau")
    after.font.size = Pt(4)
    after.paragraph_format.space_after = Pt(4)


def _frame() -> Any:
    frame = OxmlElement("w:pBdr")
    for side in ("top", "left", "bottom", "right"):
        line = OxmlElement(f"w:{side}")
        values = (("val", "single"), ("sz", "24" if side == "left" else "4"), ("space", "6"))
        for key, value in (*values, ("color", HEAD if side == "left" else RULE)):
            line.set(qn(f"w:{key}"), value)
        frame.append(line)
    return frame


def _font(style: Any, size: int, colour: str = INK) -> None:
    style.font.name, style.font.size, style.font.color.rgb = FONT, Pt(size), RGBColor.from_string(colour)
    fonts = style.element.rPr.rFonts
    for key in [key for key in fonts.attrib if "heme" in key]:
        del fonts.attrib[key]
    for key in ("ascii", "hAnsi", "cs", "eastAsia"):
        fonts.set(qn(f"w:{key}"), FONT)


def _running_lines(document: Any, text: str) -> None:
    """The footer: what the document is, and « page 2 sur 5 »."""
    style = document.styles["Footer"]
    _font(style, 9)
    for tabs in style.element.pPr.findall(qn("w:tabs")):
        style.element.pPr.remove(tabs)
    footer = document.sections[0].footer.paragraphs[0]
    footer.paragraph_format.tab_stops.add_tab_stop(_WIDTH, WD_TAB_ALIGNMENT.RIGHT)
    for piece in (typeset(text), "\tpage ", "PAGE", " sur ", "NUMPAGES"):
        if piece.isupper():
            _field(footer, piece)
        else:
            footer.add_run(piece)


def _field(paragraph: Any, instruction: str) -> None:
    """A field is five runs: begin, what it computes, separate, its last value, end."""
    for kind in ("begin", "", "separate", "1", "end"):
        element = OxmlElement({"": "w:instrText", "1": "w:t"}.get(kind, "w:fldChar"))
        if element.tag == qn("w:fldChar"):
            element.set(qn("w:fldCharType"), kind)
        else:
            element.text = kind or f" {instruction} "
        paragraph.add_run()._r.append(element)


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))
