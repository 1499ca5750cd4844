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
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT, WD_TAB_LEADER
from docx.shared import Pt

from enquete.reports.documents import clean, typeset
from enquete.reports.paper import WIDTH, keep_whole, rule, running_lines, set_up, shade
from enquete.reports.workbook import BAND

ROOT = Path(__file__).parents[1]
SOURCES = ROOT / "scripts" / "documents"
TARGET = ROOT / "documents"

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
    set_up(document, settings["titre"], int(settings["taille"]))
    running_lines(document, settings["pied"])
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
        paragraph.paragraph_format.tab_stops.add_tab_stop(WIDTH, WD_TAB_ALIGNMENT.RIGHT, WD_TAB_LEADER.DOTS)
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
    rule(table)
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
                shade(cells[column], BAND)
        to_fill_in = place > 0 and (not any(row[1:]) or _signed(row))
        keep_whole(table.rows[-1], header=place == 0, tall=to_fill_in)
    for column, width in zip(table.columns, widths, strict=True):
        column.width = width
    document.add_paragraph(style="Après tableau")


def _signed(row: list[str]) -> bool:
    """« Signature : » on each side."""
    return all(cell.endswith(" :") for cell in row)


def _widths(size: float, boxes: list[bool], rows: list[list[str]]) -> list[int]:
    """Columns of boxes are narrow; the others share the room by what they hold, no word cut."""
    if not any(cell for row in rows[1:] for cell in row) or _signed(rows[-1]):  # to be filled in by hand
        return [int(WIDTH / len(boxes))] * len(boxes)
    narrow = int(Pt(size * 2 + 36))
    room = int(WIDTH) - narrow * sum(boxes)
    columns = [[_MARKER.sub(_USUAL, cell) for cell in column] for column in zip(*rows, strict=True)]
    words = [max(len(word) for cell in column for word in [*cell.split(), ""]) for column in columns]
    least = [0 if box else int(Pt(size * 0.62 * word + 14)) for box, word in zip(boxes, words, strict=True)]
    weights = [0 if box else min(60, max(map(len, column))) for box, column in zip(boxes, columns, strict=True)]
    spare = room - sum(least)
    shared = [low + spare * weight // sum(weights) for low, weight in zip(least, weights, strict=True)]
    return [narrow if box else width for box, width in zip(boxes, shared, strict=True)]


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))
