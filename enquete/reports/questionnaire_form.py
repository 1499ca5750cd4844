"""A questionnaire on paper: boxes to tick, lines to write on, filters in words, the code on every page.

Who the person is and how to reach them stand on a page of their own, to be kept apart from the answers.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any

from docx import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_BREAK, WD_TAB_ALIGNMENT, WD_TAB_LEADER
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

from enquete.reports.documents import clean, typeset
from enquete.reports.paper import WIDTH, font, running_lines, set_up
from enquete.reports.workbook import HEAD, INK, safe_text
from enquete.survey.questionnaire.forms import Entry, tells_who
from enquete.survey.questionnaire.reading import OTHER_WORDS
from enquete.survey.questionnaire.types import Choice, Question, QuestionKind, Usage

SIZE = 13  # points: read at arm's length, by people who may have lost their glasses
BOX = "☐"
_SYMBOLS = "Segoe UI Symbol"  # Calibri has no box
_CELL = "|__"
_GREY = "52606D"
_TWO_COLUMNS = 8  # choices, from which short ones stand in two columns
_SHORT = 34  # characters

_ASKED = {
    QuestionKind.ONE: "Une seule réponse.",
    QuestionKind.MANY: "Plusieurs réponses possibles.",
    QuestionKind.RANK: "Écrivez 1 devant ce qui vient en premier, puis 2, 3…",
}
_BLANKS = {
    QuestionKind.INTEGER: f"{_CELL * 5}|",
    QuestionKind.DECIMAL: f"{_CELL * 5}| , {_CELL * 2}|",
    QuestionKind.DATE: f"{_CELL * 2}| / {_CELL * 2}| / {_CELL * 4}|",
    QuestionKind.TIME: f"{_CELL * 2}| h {_CELL * 2}|",
    QuestionKind.DATETIME: f"{_CELL * 2}| / {_CELL * 2}| / {_CELL * 4}|   à   {_CELL * 2}| h {_CELL * 2}|",
}


def write_form(title: str, study: str, wave: str, entries: Sequence[Entry]) -> bytes:
    """The .docx; equal inputs give equal bytes. wave: its title, "" for any. entries: identity last."""
    document = Document()
    set_up(document, safe_text(title), SIZE)
    _styles(document.styles)
    head = " – ".join(part for part in (study, wave) if part)
    _header(document, head or title)
    running_lines(document, safe_text(title))
    document.add_heading(_set(title), 0)
    _add_all(document, [entry for entry in entries if not tells_who(entry.step)])
    apart = [entry for entry in entries if tells_who(entry.step)]
    if apart:
        document.paragraphs[-1].add_run().add_break(WD_BREAK.PAGE)
        document.add_heading("Feuille à part", 1)
        words = "Cette feuille dit qui est la personne : détachez-la, et rangez-la sous clé, loin des réponses."
        _paragraph(document, words, "Encadré")
        for entry in apart:
            _add(document, entry)
    data = io.BytesIO()
    document.save(data)
    return clean(data.getvalue())


def _add_all(document: Any, entries: Sequence[Entry]) -> None:
    """What is repeated stands on pages of its own, to be copied."""
    repeated: int | None = None  # level of the repeat that the entry is in
    for place, entry in enumerate(entries):
        ends = repeated is not None and entry.step.level <= repeated
        repeated = None if ends else repeated
        begins = repeated is None and entry.step.kind == "repeat"
        repeated = entry.step.level if begins else repeated
        before = len(document.paragraphs)
        _add(document, entry)
        if place and (begins or ends) and len(document.paragraphs) > before:
            document.paragraphs[before].paragraph_format.page_break_before = True


def _set(text: str) -> str:
    return typeset(safe_text(text))


def _paragraph(document: Any, text: str, style: str) -> Any:
    return document.add_paragraph(_set(text), style=style)


def _add(document: Any, entry: Entry) -> None:
    step = entry.step
    if step.kind in ("group", "repeat"):
        if step.label:
            document.add_heading(_set(step.label), min(step.level + 1, 3))
        if step.kind == "repeat":
            words = "Cette partie se remplit autant de fois qu'il le faut : prenez une feuille de plus à chaque fois."
            _paragraph(document, words, "Consigne")
    _add_filter(document, entry)
    if step.kind == "note":
        _paragraph(document, step.label, "Encadré")
    elif entry.question:
        _add_question(document, entry)
    if step.hint and step.kind != "question":
        _paragraph(document, step.hint, "Consigne")


def _add_filter(document: Any, entry: Entry) -> None:
    if not entry.condition:
        return
    if entry.until > entry.number > 0:
        link = "et" if entry.until == entry.number + 1 else "à"
        said = f"Questions {entry.number} {link} {entry.until} : seulement si"
    else:
        said = "Seulement si"
    onwards = f"allez à la question {entry.onwards}" if entry.onwards else "c'est fini"
    _paragraph(document, f"{said} {entry.condition}. Sinon, {onwards}.", "Filtre")


def _add_question(document: Any, entry: Entry) -> None:
    question = entry.question
    if question is None:
        return
    asked = document.add_paragraph(style="Question")
    asked.add_run(f"{entry.number}. ")
    asked.add_run(_set(entry.step.label or question.name))
    hints = (_ASKED.get(question.kind, ""), entry.step.hint)
    if entry.step.scale:
        hints = ("Entourez un nombre.", entry.step.hint)
    for hint in filter(None, hints if len(question.choices) > 1 or entry.step.scale else hints[1:]):
        _paragraph(document, hint, "Consigne")
    if question.choices:
        _add_choices(document, question)
    elif entry.step.scale:
        _paragraph(document, "\u2003".join(entry.step.scale), "Case")
    elif question.kind is QuestionKind.OTHER:
        _paragraph(document, "Sur téléphone ou tablette seulement.", "Consigne")
    elif Usage.KEY in question.usage:
        _paragraph(document, f"{_CELL * 5}|", "Case")
    elif question.kind is QuestionKind.TEXT or question.kind not in _BLANKS:
        for _ in range(4 if question.open else 1):
            document.add_paragraph("\t", style="Ligne")
    else:
        _paragraph(document, _BLANKS[question.kind], "Case")


def _add_choices(document: Any, question: Question) -> None:
    choices, ranked = question.choices, question.kind is QuestionKind.RANK
    if question.other:
        choices = tuple(choice for choice in choices if choice.name != "other")
    if len(choices) < _TWO_COLUMNS or any(len(choice.label) > _SHORT for choice in choices):
        for place, choice in enumerate(choices):
            paragraph = document.add_paragraph(style="Réponse")
            paragraph.paragraph_format.keep_with_next = place < len(choices) - 1
            _choice(paragraph, choice, ranked=ranked)
    else:
        _add_columns(document, choices, ranked=ranked)
    if question.other:
        paragraph = document.add_paragraph(style="Réponse")
        paragraph.paragraph_format.tab_stops.add_tab_stop(WIDTH, WD_TAB_ALIGNMENT.RIGHT, WD_TAB_LEADER.DOTS)
        _choice(paragraph, Choice("other", OTHER_WORDS), ranked=ranked)
        paragraph.add_run(" \t")


def _add_columns(document: Any, choices: Sequence[Choice], *, ranked: bool) -> None:
    half = (len(choices) + 1) // 2
    table = document.add_table(rows=half, cols=2)
    for place, choice in enumerate(choices):
        cell = table.cell(place % half, place // half)
        paragraph = cell.paragraphs[0]
        paragraph.style = document.styles["Réponse"]
        paragraph.paragraph_format.keep_with_next = place % half < half - 1
        _choice(paragraph, choice, ranked=ranked)
    document.add_paragraph(style="Après tableau")


def _choice(paragraph: Any, choice: Choice, *, ranked: bool) -> None:
    box = paragraph.add_run(f"{_CELL}|" if ranked else BOX)
    if not ranked:
        box.font.name = _SYMBOLS
        for script in ("cs", "eastAsia"):
            box._r.rPr.rFonts.set(qn(f"w:{script}"), _SYMBOLS)
    said = paragraph.add_run(f"\t{_set(choice.label or choice.name)}")
    said.italic = True if choice.missing else None


def _header(document: Any, text: str) -> None:
    """What the sheet is of, and the person's code: a page that comes loose finds its own again."""
    style = document.styles["Header"]
    font(style, 10)
    for tabs in style.element.pPr.findall(qn("w:tabs")):
        style.element.pPr.remove(tabs)
    paragraph = document.sections[0].header.paragraphs[0]
    paragraph.paragraph_format.tab_stops.add_tab_stop(WIDTH, WD_TAB_ALIGNMENT.RIGHT)
    paragraph.add_run(f"{_set(text)}\t{_set('Code :')} {_CELL * 5}|")
    document.sections[0].header_distance = Cm(0.9)
    document.sections[0].top_margin = Cm(2.2)


def _styles(styles: Any) -> None:
    def style(name: str, base: str = "Normal") -> Any:
        made = styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        made.base_style = styles[base]
        made.quick_style = True
        return made

    question = style("Question")
    question.font.bold = True
    question.paragraph_format.keep_with_next = question.paragraph_format.keep_together = True
    question.paragraph_format.space_before, question.paragraph_format.space_after = Pt(14), Pt(3)
    hint = style("Consigne")
    hint.font.italic, hint.font.size, hint.font.color.rgb = True, Pt(SIZE - 2), RGBColor.from_string(_GREY)
    hint.paragraph_format.keep_with_next = True
    hint.paragraph_format.space_after = Pt(3)
    answer = style("Réponse")
    answer.paragraph_format.left_indent, answer.paragraph_format.first_line_indent = Cm(1.6), Cm(-1.1)
    answer.paragraph_format.tab_stops.add_tab_stop(Cm(1.6))
    answer.paragraph_format.space_after = Pt(3)
    line = style("Ligne")
    line.paragraph_format.tab_stops.add_tab_stop(WIDTH, WD_TAB_ALIGNMENT.RIGHT, WD_TAB_LEADER.DOTS)
    line.paragraph_format.space_before = line.paragraph_format.space_after = Pt(5)
    cells = style("Case")
    cells.font.size, cells.font.color.rgb = Pt(SIZE + 2), RGBColor.from_string(INK)
    cells.paragraph_format.left_indent = Cm(0.5)
    cells.paragraph_format.space_before = Pt(4)
    _filter_style(style("Filtre"))


def _filter_style(style: Any) -> None:
    """A bar at the left, so that filters are seen before the question."""
    style.font.color.rgb, style.font.size = RGBColor.from_string(HEAD), Pt(SIZE - 1)
    style.paragraph_format.keep_with_next = True
    style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(14), Pt(0)
    style.paragraph_format.left_indent = Cm(0.3)
    frame, bar = OxmlElement("w:pBdr"), OxmlElement("w:left")
    for key, value in (("val", "single"), ("sz", "24"), ("space", "6"), ("color", HEAD)):
        bar.set(qn(f"w:{key}"), value)
    frame.append(bar)
    style.element.get_or_add_pPr().find(qn("w:spacing")).addprevious(frame)
