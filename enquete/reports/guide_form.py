"""An interview guide to print: a topic is a heading, its opening question in a frame, its prompts a list."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any

from docx import Document
from docx.shared import Pt, RGBColor

from enquete.reports.documents import clean, typeset
from enquete.reports.paper import running_lines, set_up
from enquete.reports.workbook import safe_text
from enquete.survey.questionnaire.guide import Guide, GuideWave, Passage, Topic

_SIZE = 12
_GREY = "52606D"


def write_guide(guide: Guide, waves: Sequence[GuideWave], study: str) -> bytes:
    """The .docx of these waves of the guide; equal inputs give equal bytes."""
    document = Document()
    set_up(document, safe_text(guide.title), _SIZE)
    running_lines(document, safe_text(" – ".join(part for part in (study, guide.title) if part)))
    document.add_heading(_set(guide.title), 0)
    for part in guide.parts:
        if part.title:
            document.add_heading(_set(part.title), 1)
        _add_passages(document, part.passages)
    for wave in waves:
        title = document.add_heading(_set(wave_title(wave)), 1)
        title.paragraph_format.page_break_before = wave is not waves[0] or bool(guide.parts)
        _add_passages(document, wave.instructions)
        for topic in wave.topics:
            _add_topic(document, topic)
    data = io.BytesIO()
    document.save(data)
    return clean(data.getvalue())


def wave_title(wave: GuideWave) -> str:
    """« v2 et suivantes : entretien de suivi »."""
    codes = ", ".join(wave.codes) + (" et suivantes" if wave.onwards else "")
    many = "s" if len(wave.codes) > 1 or wave.onwards else ""
    return f"Vague{many} {codes}{f' : {wave.title}' if wave.title else ''}"


def _set(text: str) -> str:
    return typeset(safe_text(text))


def _add_passages(document: Any, passages: Sequence[Passage]) -> None:
    for passage in passages:
        style = "Normal" if not passage.level else "List Bullet" if passage.level == 1 else "List Bullet 2"
        document.add_paragraph(_set(passage.text), style=style)


def _add_topic(document: Any, topic: Topic) -> None:
    number = f"{topic.number}. " if topic.number else ""
    heading = document.add_heading(_set(f"{number}{topic.title}"), 2)
    if topic.codes:
        codes = heading.add_run(f"   {', '.join(topic.codes)}")
        codes.bold, codes.font.size, codes.font.color.rgb = False, Pt(_SIZE - 3), RGBColor.from_string(_GREY)
    if topic.opening:
        opening = document.add_paragraph(_set(f"« {topic.opening} »"), style="Encadré")
        opening.paragraph_format.keep_with_next = bool(topic.prompts or topic.instructions)
    for instruction in topic.instructions:
        document.add_paragraph(_set(instruction)).paragraph_format.keep_with_next = bool(topic.prompts)
    for prompt in topic.prompts:
        document.add_paragraph(_set(prompt), style="List Bullet")
