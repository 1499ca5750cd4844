"""The synthesis as a report in Word."""

from __future__ import annotations

import io
import textwrap
from collections.abc import Iterable, Sequence
from typing import Any

from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_BREAK
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt

from enquete.findings.figures import described
from enquete.findings.tables import Figure, Kind, Synthesis, Table
from enquete.reports import figures, word_styles
from enquete.reports.documents import typeset, without_authors
from enquete.reports.narrow import LEFT_OUT, Narrow, narrow
from enquete.reports.outline import (
    CHANGED,
    PARAPHRASED,
    Block,
    Bullets,
    Facts,
    Heading,
    Look,
    Picture,
    Quotation,
    Reading,
    References,
    Rows,
    Text,
    reading,
)
from enquete.reports.paper import field, keep_whole, rule, running_lines, shade
from enquete.reports.workbook import BAND, safe_text

_STYLES = {Look.PLAIN: "Normal", Look.BOX: "Encadré", Look.NOTE: "Note", Look.LATE: "Encadré", Look.LABEL: "Intertitre"}
_TOC_LEVELS = 2
_CAPTION = 3.0  # centimetres kept for it, beside a figure as tall as the page
_CELL = Pt(8.5)
_FOOT = 55  # characters of the title beside the page's number
_HIGH = 6.0  # centimetres above the title of a cover


def render(synthesis: Synthesis, template: bytes | None = None) -> bytes:
    """A .docx; equal syntheses give equal bytes. template: a study's own model.

    Raises EnqueteError(WORD_TEMPLATE).
    """
    return compose(reading(synthesis), template)


def compose(told: Reading, template: bytes | None = None, *, cover: bool = True) -> bytes:
    """As `render`, any document. cover: the title and the table of contents have pages of their own."""
    title, place = safe_text(told.title), None
    if template is None:
        document = word_styles.ours(title)
        named = textwrap.shorten(safe_text(told.title), _FOOT, placeholder=" …")
        running_lines(document, f"{named} – {told.subtitle[:1].lower()}{told.subtitle[1:]}")
    else:
        document, place = word_styles.theirs(template, title)
    before = list(document.element.body)
    report = _Report(document, told.blocks)
    report.front(told, cover=cover, high=template is None and cover)
    report.write(cover=cover)
    if place is not None:
        for element in [one for one in document.element.body if one not in before]:
            place._p.addprevious(element)
        if place._p.pPr is not None and place._p.pPr.sectPr is not None:
            place.clear()  # it ends a section of the model
        else:
            place._p.getparent().remove(place._p)
    _update_fields(document.settings.element)
    data = io.BytesIO()
    document.save(data)
    return without_authors("rapport", data.getvalue())


# Settings have an order, and Word refuses a file that does not keep it.
_AFTER_UPDATE = (
    "hdrShapeDefaults", "footnotePr", "endnotePr", "compat", "docVars", "rsids", "mathPr", "attachedSchema",
    "themeFontLang", "clrSchemeMapping", "doNotIncludeSubdocsInStats", "doNotAutoCompressPictures", "forceUpgrade",
    "captions", "readModeInkLockDown", "smartTagType", "schemaLibrary", "shapeDefaults", "doNotEmbedSmartTags",
    "decimalSymbol", "listSeparator",
)  # fmt: skip


def _update_fields(settings: Any) -> None:
    """The table of contents and its pages are computed when the file is opened."""
    for former in settings.findall(qn("w:updateFields")):
        settings.remove(former)
    update = OxmlElement("w:updateFields")
    update.set(qn("w:val"), "true")
    later = [one for one in settings if one.tag.rpartition("}")[2] in _AFTER_UPDATE]
    later[0].addprevious(update) if later else settings.append(update)


class _Report:
    """What is written, in order, at the end of a document."""

    def __init__(self, document: Any, blocks: Sequence[Block]) -> None:
        self.document, self.blocks = document, blocks
        self.width, self.height = word_styles.width(document), word_styles.height(document)
        self.marks = 0
        self.styles: dict[str, str | None] = {}
        rows = [block.table for block in blocks if isinstance(block, Rows)]
        self.tables = {table.name: number for number, table in enumerate(rows, start=1)}
        drawn = [block.figure for block in blocks if isinstance(block, Picture)]
        self.figures = {id(figure): number for number, figure in enumerate(drawn, start=1)}
        self.anchors = {block.anchor for block in blocks if isinstance(block, Heading)}

    def front(self, told: Reading, *, cover: bool, high: bool) -> None:
        """The title, what it is, the table of contents. high: the title stands in the middle of its page."""
        title = self.paragraph(told.title, "Title")
        if high:
            title.paragraph_format.space_before = Cm(_HIGH)
        self.paragraph(told.subtitle, "Subtitle")
        for line in told.lines:
            self.paragraph(line)
        if told.caution:
            self.paragraph(told.caution, "Encadré")
        if cover:
            contents = self.paragraph("Sommaire", "Intertitre")
            contents.paragraph_format.page_break_before = True
            self._contents()

    def write(self, *, cover: bool) -> None:
        """Every block. cover: the first begins a page."""
        first = cover
        for block in self.blocks:
            match block:
                case Heading():
                    self._heading(block, new_page=first)
                    first = False
                case Text():
                    self.paragraph(block.text, _STYLES[block.look])
                case Bullets():
                    self._bullets(block)
                case Facts():
                    self._facts(block.pairs)
                case References():
                    self._references(block)
                case Quotation():
                    self._quotation(block)
                case Rows():
                    self._rows(block)
                case Picture():
                    self._picture(block.figure)

    def paragraph(self, text: str, style: str = "Normal") -> Any:
        """A paragraph, set in French."""
        paragraph = self.document.add_paragraph(_set(text))
        paragraph._p.style = self._style(style)
        return paragraph

    def _style(self, name: str) -> str | None:
        """Its identifier, looked up once: python-docx reads every style of the document. None: the default one."""
        if name not in self.styles:
            self.styles[name] = self.document.part.get_style_id(name, WD_STYLE_TYPE.PARAGRAPH)
        return self.styles[name]

    def _heading(self, heading: Heading, *, new_page: bool) -> None:
        paragraph = self.paragraph(heading.text, f"Heading {heading.level}")
        paragraph.paragraph_format.page_break_before = True if new_page else None
        self._bookmark(_mark(heading.anchor), [run._r for run in paragraph.runs])

    def _contents(self) -> None:
        """A field, already filled in: it is not empty where nothing computes it."""
        told = [block for block in self.blocks if isinstance(block, Heading) and block.level <= _TOC_LEVELS]
        paragraphs = [self.paragraph("", f"toc {heading.level}") for heading in told]
        if not told:
            return
        runs = field(paragraphs[0], f'TOC \\o "1-{_TOC_LEVELS}" \\h \\z \\u', "")
        for heading, paragraph in zip(told, paragraphs, strict=True):
            self._link(paragraph, _mark(heading.anchor), heading.text)
        paragraphs[0]._p.remove(runs[3])
        paragraphs[-1]._p.append(runs[4])

    def _bullets(self, block: Bullets) -> None:
        for line, target in block.lines:
            style = "List Bullet" if len(block.lines) > 1 else "Normal"
            if target is None or target[0] not in self.tables:
                self.paragraph(line, style)
            else:
                self._lead(self.paragraph(line.removesuffix("."), style), self.tables[target[0]])

    def _lead(self, paragraph: Any, table: int) -> None:
        """« (tableau 3). », after what the table counts."""
        paragraph.add_run(" (")
        field(paragraph, f"REF tableau_{table} \\h \\* Lower", f"tableau\u00a0{table}")
        paragraph.add_run(").")

    def _facts(self, pairs: Iterable[tuple[str, str]]) -> None:
        """A line each."""
        paragraph = self.paragraph("", "Fiche")
        for place, (label, words) in enumerate(pairs):
            if place:
                paragraph.add_run().add_break(WD_BREAK.LINE)
            paragraph.add_run(_set(f"{label} :")).bold = True
            paragraph.add_run(_set(f" {words}"))

    def _references(self, block: References) -> None:
        paragraph = self.paragraph("", "Fiche")
        paragraph.add_run(_set(f"{block.label} :")).bold = True
        for place, (anchor, words) in enumerate(block.pairs):
            paragraph.add_run(_set(" ; " if place else " "))
            if anchor in self.anchors:
                self._link(paragraph, _mark(anchor), words)
            else:
                paragraph.add_run(_set(words))

    def _quotation(self, block: Quotation) -> None:
        quoted = block.quoted
        words = quoted.words if quoted.paraphrased else f"« {quoted.words} »"
        paragraph = self.paragraph(words, "Quote")
        told = [quoted.who, PARAPHRASED if quoted.paraphrased else "", CHANGED if quoted.changed else ""]
        said = [one for one in told if one]
        if said:
            self.paragraph(f"— {' ; '.join(said)}", "Auteur de citation")
        else:
            paragraph.paragraph_format.keep_with_next = False
            paragraph.paragraph_format.space_after = Pt(8)

    def _rows(self, block: Rows) -> None:
        """In pieces, where it is wider than the page."""
        number = self.tables[block.table.name]
        pieces, left_out = narrow(block.table, self.width)
        for place, piece in enumerate(pieces):
            more = f" ({place + 1} sur {len(pieces)})" if len(pieces) > 1 else ""
            self._caption("Tableau", number, block.caption + more, first=place == 0)
            self._table(piece)
            self.paragraph("", "Après tableau")
        for note in (*block.table.notes, *([LEFT_OUT] if left_out else [])):
            self.paragraph(note, "Note")
        self._drawn(block.table)

    def _drawn(self, table: Table) -> None:
        numbers = [self.figures[id(figure)] for figure in table.figures if id(figure) in self.figures]
        if numbers:
            paragraph = self.paragraph("Ces nombres sont dessinés : ", "Note")
            for place, number in enumerate(numbers):
                paragraph.add_run(", " if place else "")
                field(paragraph, f"REF figure_{number} \\h \\* Lower", f"figure\u00a0{number}")
            paragraph.add_run(".")

    def _caption(self, kind: str, number: int, text: str, *, first: bool) -> None:
        """first: what others refer to; the rest of a table or of a figure only repeats its number."""
        paragraph = self.paragraph("", "Caption")
        start = paragraph.add_run(f"{kind}\u00a0")._r
        runs = field(paragraph, f"SEQ {kind} \\* ARABIC" if first else f"SEQ {kind} \\c", str(number))
        if first:
            self._bookmark(f"{kind.lower()}_{number}", [start, *runs])
        paragraph.add_run(_set(f" : {text}"))

    def _table(self, piece: Narrow) -> None:
        table = self.document.add_table(rows=1, cols=len(piece.columns))
        table.autofit = False
        rule(table)
        for cell, column in zip(table.rows[0].cells, piece.columns, strict=True):
            self._fill(cell, column.title, "Titre de colonne", right=column.kind is Kind.COUNT)
            shade(cell, BAND)
        keep_whole(table.rows[0], header=True, tall=False)
        for row in piece.rows:
            added = table.add_row()
            cells = added.cells
            keep_whole(added, header=False, tall=False)
            if isinstance(row, str):
                whole = cells[0].merge(cells[-1])
                self._fill(whole, row, "Titre de colonne", right=False)
                continue
            depth, values = row
            for cell, column, value in zip(cells, piece.columns, values, strict=True):
                style = "Texte de tableau" if depth else "Titre de colonne"
                self._fill(cell, value, style, right=column.kind is Kind.COUNT)
            cells[0].paragraphs[0].paragraph_format.left_indent = Cm(0.4 * (depth - 1)) if depth > 1 else None
        for column, size in zip(table.columns, piece.widths, strict=True):
            column.width = Cm(size)
        for row in table.rows:
            for element, size in zip(row._tr.tc_lst, piece.widths, strict=False):
                if element.grid_span == 1:
                    element.width = Cm(size)

    def _fill(self, cell: Any, value: str | int, style: str, *, right: bool) -> None:
        paragraph = cell.paragraphs[0]
        paragraph._p.style = self._style(style)
        run = paragraph.add_run(_set(value) if isinstance(value, str) else f"{value:,}".replace(",", "\u202f"))
        run.font.size = _CELL
        if right:
            paragraph.alignment = 2

    def _picture(self, figure: Figure) -> None:
        number, most = self.figures[id(figure)], figures.longest(figure)
        pieces = figures.parts(figure, self.width, self.height - _CAPTION)
        for place, piece in enumerate(pieces):
            paragraph = self.document.add_paragraph()
            paragraph.paragraph_format.keep_with_next = True
            picture = paragraph.add_run().add_picture(
                io.BytesIO(figures.png(piece, self.width, most)), width=Cm(self.width)
            )
            properties = picture._inline.docPr
            properties.set("descr", _set(described(piece)))
            properties.set("name", f"Figure {number}")
            more = f" ({place + 1} sur {len(pieces)})" if len(pieces) > 1 else ""
            self._caption("Figure", number, figure.title + more, first=place == 0)

    def _bookmark(self, name: str, runs: Sequence[Any]) -> None:
        self.marks += 1
        start, end = OxmlElement("w:bookmarkStart"), OxmlElement("w:bookmarkEnd")
        for element in (start, end):
            element.set(qn("w:id"), str(1000 + self.marks))
        start.set(qn("w:name"), name)
        runs[0].addprevious(start)
        runs[-1].addnext(end)

    def _link(self, paragraph: Any, anchor: str, text: str) -> None:
        link = OxmlElement("w:hyperlink")
        link.set(qn("w:anchor"), anchor)
        link.set(qn("w:history"), "1")
        run = paragraph.add_run(_set(text))._r
        link.append(run)
        paragraph._p.append(link)


def _set(text: str) -> str:
    return typeset(safe_text(text))


def _mark(anchor: str) -> str:
    """A bookmark's name: letters, digits and _, 40 at most."""
    return "_" + "".join(letter if letter.isalnum() else "_" for letter in anchor)[:39]
