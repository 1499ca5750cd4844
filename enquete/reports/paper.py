"""What every printed document shares: page, styles, thin tables, « page 2 sur 5 » at the foot."""

from __future__ import annotations

from typing import Any

from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_TAB_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

from enquete.reports.documents import typeset
from enquete.reports.workbook import FONT, HEAD, INK, RULE

WIDTH = Cm(21.0 - 2 * 2.2)  # of the text
LONGEST_PROPERTY = 255  # characters that Office keeps of a title


def set_up(document: Any, title: str, size: int) -> None:
    """A4 in French, its title the only property; styles in proportion. size: of the text, in points."""
    core = document.core_properties
    core.title, core.language = title[:LONGEST_PROPERTY], "fr-FR"
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
    font(styles["Normal"], size)
    styles["Normal"].paragraph_format.space_after = Pt(size * 0.5)
    styles["Normal"].paragraph_format.line_spacing = 1.15
    for name, factor in (("Title", 1.7), ("Heading 1", 1.3), ("Heading 2", 1.1), ("Heading 3", 1.0)):
        _heading(styles[name], size * factor)
    for name in ("List Bullet", "List Number"):
        styles[name].paragraph_format.space_after = Pt(size * 0.25)
    own_styles(styles, size)


def _heading(style: Any, size: float) -> None:
    font(style, round(size), HEAD)
    style.font.bold = True
    style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(size * 0.9), Pt(size * 0.35)
    style.paragraph_format.keep_with_next = True
    for border in style.element.pPr.findall(qn("w:pBdr")):
        style.element.pPr.remove(border)
    for spacing in style.element.rPr.findall(qn("w:spacing")):
        style.element.rPr.remove(spacing)


def add_style(styles: Any, name: str, base: str = "Normal", *, builtin: bool = False) -> Any:
    """A style of paragraphs, made on another. builtin: Word's own, under its English name."""
    made = styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH, builtin)
    made.base_style = styles[base]
    made.quick_style = True
    return made


def own_styles(styles: Any, size: int) -> None:
    """Those that Word has not: frames and tables. What a document has already stays."""
    known = {style.name for style in styles}
    for name, make in (("Encadré", _framed), ("Texte de tableau", _table_text), ("Après tableau", _after_table)):
        if name not in known:
            make(add_style(styles, name), size)
    if "Titre de colonne" not in known:
        head = add_style(styles, "Titre de colonne", "Texte de tableau")
        head.font.bold = True
        head.paragraph_format.keep_with_next = True


def _framed(framed: Any, size: int) -> None:
    framed.paragraph_format.left_indent = framed.paragraph_format.right_indent = Cm(0.3)
    framed.paragraph_format.space_before, framed.paragraph_format.space_after = Pt(size * 0.5), Pt(size)
    framed.paragraph_format.keep_together = True
    framed.element.get_or_add_pPr().find(qn("w:spacing")).addprevious(_frame())


def _table_text(text: Any, _size: int) -> None:
    text.paragraph_format.space_before = text.paragraph_format.space_after = Pt(3)
    text.paragraph_format.line_spacing = 1.05


def _after_table(after: Any, _size: int) -> None:
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


def font(style: Any, size: int, colour: str = INK) -> None:
    """In this font in every script, whatever the theme says."""
    style.font.name, style.font.size, style.font.color.rgb = FONT, Pt(size), RGBColor.from_string(colour)
    fonts = style.element.rPr.rFonts
    for key in [key for key in fonts.attrib if "heme" in key]:
        del fonts.attrib[key]
    for key in ("ascii", "hAnsi", "cs", "eastAsia"):
        fonts.set(qn(f"w:{key}"), FONT)


def running_lines(document: Any, text: str) -> None:
    """The footer: what the document is, and « page 2 sur 5 »."""
    style = document.styles["Footer"]
    font(style, 9)
    for tabs in style.element.pPr.findall(qn("w:tabs")):
        style.element.pPr.remove(tabs)
    footer = document.sections[0].footer.paragraphs[0]
    footer.paragraph_format.tab_stops.add_tab_stop(WIDTH, WD_TAB_ALIGNMENT.RIGHT)
    for piece in (typeset(text), "\tpage ", "PAGE", " sur ", "NUMPAGES"):
        if piece.isupper():
            field(footer, piece)
        else:
            footer.add_run(piece)


def field(paragraph: Any, instruction: str, shown: str = "1") -> list[Any]:
    """Its five runs: begin, what it computes, separate, its last value, end. shown: that value."""
    runs = []
    for kind in ("begin", "instruction", "separate", "value", "end"):
        element = OxmlElement({"instruction": "w:instrText", "value": "w:t"}.get(kind, "w:fldChar"))
        if element.tag == qn("w:fldChar"):
            element.set(qn("w:fldCharType"), kind)
        else:
            element.text = shown if kind == "value" else f" {instruction} "
            element.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
        run = paragraph.add_run()._r
        run.append(element)
        runs.append(run)
    return runs


def rule(table: Any) -> None:
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


def keep_whole(row: Any, *, header: bool, tall: bool) -> None:
    """A row is not cut by the end of a page. header: repeated on each; tall: room to write in."""
    properties = row._tr.get_or_add_trPr()
    properties.append(OxmlElement("w:cantSplit"))
    if header:
        properties.append(OxmlElement("w:tblHeader"))
    if tall:
        row.height = Cm(1.1)


def shade(cell: Any, colour: str) -> None:
    """A cell's background."""
    shade = OxmlElement("w:shd")
    for key, value in (("val", "clear"), ("color", "auto"), ("fill", colour)):
        shade.set(qn(f"w:{key}"), value)
    cell._tc.get_or_add_tcPr().append(shade)
