"""Sheets for the people interviewed: large print, a sentence a line, nothing in the margin; and what to say aloud."""

from __future__ import annotations

import io
from collections.abc import Mapping
from typing import Any

from docx import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.shared import Cm, Pt, RGBColor

from enquete.findings.plain.sheets import Meeting, Moment, Sheet
from enquete.reports.documents import clean, typeset
from enquete.reports.paper import font, running_lines, set_up
from enquete.reports.workbook import HEAD, safe_text

_READ = 16  # points: no fewer than 14 (Inclusion Europe, 2009)
_SAID = 18  # read standing, at arm's length
_LINES = 5  # left to write what people answer


def write_sheet(sheet: Sheet, study: str) -> bytes:
    """The .docx to hand over; equal inputs give equal bytes."""
    document = _new(sheet.title, study, _READ)
    for section in sheet.sections:
        if section.title:
            document.add_heading(_set(section.title), 1)
        else:
            document.add_paragraph("", style="Entre deux")
        for line in section.lines:
            document.add_paragraph(_set(line))
    _explain(document, sheet.acronyms)
    return _bytes(document)


def write_meeting(meeting: Meeting, study: str) -> bytes:
    """The .docx for whoever leads the meeting; equal inputs give equal bytes."""
    document = _new(meeting.title, study, _SAID)
    document.add_paragraph(_set(f"Environ {meeting.minutes} minutes."), style="Consigne")
    for moment in meeting.moments:
        _add_moment(document, moment)
    _explain(document, meeting.acronyms)
    return _bytes(document)


def _add_moment(document: Any, moment: Moment) -> None:
    minutes = "1 minute" if moment.minutes < 2 else f"{moment.minutes} minutes"
    document.add_heading(_set(f"{moment.title} ({minutes})"), 1)
    document.add_paragraph("À dire", style="Consigne")
    for line in moment.say:
        document.add_paragraph(_set(line))
    if not moment.ask:
        return
    document.add_paragraph("À demander, puis laisser parler", style="Consigne")
    for line in moment.ask:
        document.add_paragraph(_set(line), style="Encadré")
    document.add_paragraph("Ce qui a été répondu, sans nom", style="Consigne")
    for _ in range(_LINES):
        document.add_paragraph("\t", style="À remplir")


def _explain(document: Any, acronyms: Mapping[str, str]) -> None:
    if not acronyms:
        return
    document.add_heading("Les mots en majuscules", 1)
    for one, words in acronyms.items():
        paragraph = document.add_paragraph()
        paragraph.add_run(_set(one)).bold = True
        paragraph.add_run(_set(f" : {words}."))


def _new(title: str, study: str, size: int) -> Any:
    document = Document()
    set_up(document, safe_text(title), size)
    styles = document.styles
    styles["Normal"].paragraph_format.line_spacing = 1.3
    notes = styles.add_style("Consigne", WD_STYLE_TYPE.PARAGRAPH)
    notes.base_style = styles["Normal"]
    font(notes, size - 4, HEAD)
    notes.font.bold = True
    notes.paragraph_format.keep_with_next = True
    blank = styles.add_style("À remplir", WD_STYLE_TYPE.PARAGRAPH)
    blank.base_style = styles["Normal"]
    _ruled(blank)
    between = styles.add_style("Entre deux", WD_STYLE_TYPE.PARAGRAPH)
    between.base_style = styles["Normal"]
    between.font.size, between.font.color.rgb = Pt(6), RGBColor.from_string(HEAD)
    running_lines(document, safe_text(study))
    document.add_heading(_set(title), 0)
    return document


def _ruled(style: Any) -> None:
    """A line to write on: a tab filled with dots, as wide as the text."""
    from docx.enum.text import WD_TAB_ALIGNMENT, WD_TAB_LEADER

    style.paragraph_format.tab_stops.add_tab_stop(Cm(16), WD_TAB_ALIGNMENT.RIGHT, WD_TAB_LEADER.DOTS)


def _set(text: str) -> str:
    return typeset(safe_text(text))


def _bytes(document: Any) -> bytes:
    data = io.BytesIO()
    document.save(data)
    return clean(data.getvalue())
