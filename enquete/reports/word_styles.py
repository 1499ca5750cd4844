"""The Word document that a report is written in: ours, or the study's own model with the styles that it lacks."""

from __future__ import annotations

import io
import zipfile
from typing import Any

from docx import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.exceptions import PackageNotFoundError
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor
from docx.styles import BabelFish
from lxml.etree import XMLSyntaxError

from enquete.errors import EnqueteError, Problem
from enquete.readers import archive
from enquete.reports.documents import plain
from enquete.reports.paper import LONGEST_PROPERTY, add_style, own_styles, set_up
from enquete.reports.workbook import HEAD, INK

SIZE = 11  # points
_GREY = "52606D"  # 6:1 on white
_PLACE = ("{{synthèse}}", "{{synthese}}")
_HEADINGS = (("Title", 22), ("Subtitle", 13), ("Heading 1", 16), ("Heading 2", 13), ("Heading 3", 11))


def ours(title: str) -> Any:
    """A4, in French."""
    document = Document()
    set_up(document, title, SIZE)
    quote = document.styles["Quote"]
    _quotation(quote)
    _caption(document.styles["Caption"])
    _subtitle(document.styles["Subtitle"])
    _missing(document.styles)
    return document


def theirs(data: bytes, title: str) -> tuple[Any, Any]:
    """The model, and the paragraph that the report takes the place of, or None: it goes at its end.

    Raises EnqueteError(WORD_TEMPLATE).
    """
    try:
        archive.members("modèle", data)  # a bomb, or a damaged file
        document = Document(io.BytesIO(data))
    except EnqueteError as error:
        raise EnqueteError(Problem.WORD_TEMPLATE, reason=error.what.rstrip(".")) from error
    except (zipfile.BadZipFile, KeyError, ValueError, AttributeError, XMLSyntaxError, PackageNotFoundError) as error:
        raise EnqueteError(Problem.WORD_TEMPLATE, reason="ce n'est pas un document Word .docx") from error
    properties = document.core_properties
    properties.title, properties.language = title[:LONGEST_PROPERTY], "fr-FR"
    properties.comments = properties.keywords = properties.subject = properties.category = ""
    package = document.part.package
    for key, relation in list(package.rels.items()):
        if relation.reltype == RELATIONSHIP_TYPE.CUSTOM_PROPERTIES:
            del package.rels[key]
    for part in package.iter_parts():
        _keep_inside(part)
    _as_word_names(document.styles)
    _missing(document.styles)
    found = [p for p in document.paragraphs if plain(p.text) in _PLACE]
    return document, found[0] if found else None


def _keep_inside(part: Any) -> None:
    """No template or picture that Word would fetch elsewhere: that tells who reads, and where the model's author kept
    them. Links that a reader follows stay.
    """
    outside = {key for key, one in part.rels.items() if one.is_external and one.reltype != RELATIONSHIP_TYPE.HYPERLINK}
    for key in outside:
        del part.rels[key]
    for element in list(part.element.iter()) if outside and hasattr(part, "element") else ():
        named = [name for name in (qn("r:id"), qn("r:link"), qn("r:embed")) if element.get(name) in outside]
        if named and element.tag == qn("w:attachedTemplate"):
            element.getparent().remove(element)
            continue
        for name in named:
            del element.attrib[name]


def _as_word_names(styles: Any) -> None:
    """LibreOffice writes « Heading 1 » where Word has « heading 1 », and python-docx finds only the latter."""
    known = {style.name_val for style in styles.element.style_lst}
    for style in styles.element.style_lst:
        name = BabelFish.ui2internal(style.name_val or "")
        if name not in known:
            style.name_val = name


def width(document: Any) -> float:
    """Of the text, in centimetres."""
    section = document.sections[-1]
    return float((section.page_width - section.left_margin - section.right_margin) / Cm(1))


def height(document: Any) -> float:
    """Of the text, in centimetres."""
    section = document.sections[-1]
    return float((section.page_height - section.top_margin - section.bottom_margin) / Cm(1))


def _missing(styles: Any) -> None:
    """What the report is written with, and the document has not."""
    known = {style.name for style in styles}
    if "Normal" not in known:
        styles.add_style("Normal", 1, True)
    for name, size in _HEADINGS:
        if name not in known:
            _heading(add_style(styles, name, builtin=True), size, name)
    for name, make in (("Quote", _quotation), ("Caption", _caption)):
        if name not in known:
            make(add_style(styles, name, builtin=True))
    if "List Bullet" not in known:
        bullet = add_style(styles, "List Bullet", builtin=True)
        bullet.paragraph_format.left_indent = Cm(0.6)
    own_styles(styles, SIZE)
    for name, make in (("Auteur de citation", _source), ("Fiche", _facts), ("Intertitre", _label), ("Note", _note)):
        if name not in known:
            make(add_style(styles, name))
    for level in (1, 2):
        if f"toc {level}" not in known:
            entry = add_style(styles, f"toc {level}", builtin=True)
            entry.paragraph_format.left_indent, entry.paragraph_format.space_after = Cm(0.6 * (level - 1)), Pt(3)
            entry.font.bold = level == 1


def _heading(style: Any, size: int, name: str) -> None:
    style.font.bold, style.font.size = name != "Subtitle", Pt(size)
    style.paragraph_format.keep_with_next = True
    style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(size * 0.9), Pt(size * 0.35)
    if name.startswith("Heading"):
        level = OxmlElement("w:outlineLvl")
        level.set(qn("w:val"), str(int(name[-1]) - 1))
        style.element.get_or_add_pPr().append(level)


def _subtitle(style: Any) -> None:
    style.font.size, style.font.italic, style.font.color.rgb = Pt(13), False, RGBColor.from_string(_GREY)
    for spacing in style.element.rPr.findall(qn("w:spacing")):
        style.element.rPr.remove(spacing)


def _quotation(style: Any) -> None:
    """A bar at the left; upright, since long italics are hard to read."""
    style.font.italic, style.font.color.rgb = False, RGBColor.from_string(INK)
    layout = style.paragraph_format
    layout.left_indent, layout.right_indent = Cm(0.8), Cm(0.8)
    layout.space_before, layout.space_after = Pt(6), Pt(2)
    layout.keep_with_next = layout.keep_together = True
    frame, bar = OxmlElement("w:pBdr"), OxmlElement("w:left")
    for key, value in (("val", "single"), ("sz", "18"), ("space", "8"), ("color", HEAD)):
        bar.set(qn(f"w:{key}"), value)
    frame.append(bar)
    style.element.get_or_add_pPr().find(qn("w:spacing")).addprevious(frame)


def _caption(style: Any) -> None:
    style.font.bold, style.font.size, style.font.color.rgb = True, Pt(SIZE - 1), RGBColor.from_string(INK)
    style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(10), Pt(4)
    style.paragraph_format.keep_with_next = True


def _source(style: Any) -> None:
    style.font.size, style.font.color.rgb = Pt(SIZE - 1.5), RGBColor.from_string(_GREY)
    style.paragraph_format.left_indent, style.paragraph_format.space_after = Cm(0.8), Pt(8)


def _facts(style: Any) -> None:
    style.font.size = Pt(SIZE - 1)
    style.paragraph_format.space_after = Pt(6)


def _label(style: Any) -> None:
    style.font.bold, style.font.color.rgb = True, RGBColor.from_string(HEAD)
    style.paragraph_format.keep_with_next = True
    style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(8), Pt(3)


def _note(style: Any) -> None:
    style.font.size, style.font.color.rgb = Pt(SIZE - 2), RGBColor.from_string(_GREY)
    style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(3), Pt(4)
