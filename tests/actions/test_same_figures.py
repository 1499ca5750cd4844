"""The same number stands in the workbook, the report and the page, for every audience."""

import base64
import io
import re

import docx
import openpyxl
import pytest
from lxml import html
from studies import interview, material, passage, person

from enquete.actions.outputs.synthesis import render
from enquete.findings import synthesise
from enquete.findings.written.pieces import Piece
from enquete.findings.written.types import PieceKind
from enquete.model import Audience

SPEAK, OUT_OF = "Personnes concernées qui en parlent", "Sur"
PEOPLE = 24


@pytest.fixture(scope="module", params=list(Audience), ids=lambda audience: audience.name)
def documents(request):
    """The workbook, the report and the page of a study of 24 people, for one audience."""
    codes = [f"P{number:03}" for number in range(1, PEOPLE + 1)]
    talks = [interview(f"E{number:03}", code) for number, code in enumerate(codes, start=1)]
    said = [passage(talk.code, talk.participants[0], "T1") for talk in talks[:11]]
    said += [passage(talk.code, talk.participants[0], "T2", start=30) for talk in talks[4:13]]
    finding = Piece("C01", PieceKind.FINDING, {"title": "L'argent", "state": "validé", "themes": "G:T1, G:T2"})
    from dataclasses import replace

    made = replace(material([person(code, sexe="F") for code in codes], talks, said), pieces=(finding,))
    synthesis = synthesise(made, request.param)
    book, report, page = (render(synthesis, kind) for kind in ("xlsx", "docx", "html"))
    return (
        openpyxl.load_workbook(io.BytesIO(book)),
        docx.Document(io.BytesIO(report)),
        html.fromstring(page),
    )


def from_workbook(book):
    head, *rows = ([str(cell.value) for cell in row] for row in book["Thèmes"].iter_rows())
    wanted = [head.index(title) for title in ("Thème", SPEAK, OUT_OF)]
    return {row[wanted[0]]: tuple(row[place] for place in wanted[1:]) for row in rows if row[1] in ("T1", "T2")}


def from_tables(tables):
    """Of the first table that counts who speaks of each theme; the report has the main themes alone."""
    for head, *rows in tables:
        if "Thème" in head and SPEAK in head:
            wanted = [head.index(title) for title in ("Thème", SPEAK, OUT_OF)]
            whole = [row for row in rows if len(row) == len(head)]  # a codebook's title spans its rows
            return {row[wanted[0]]: tuple(row[place] for place in wanted[1:]) for row in whole}
    raise AssertionError("no table of themes")


def from_report(report):
    return from_tables([[[cell.text for cell in row.cells] for row in table.rows] for table in report.tables])


def from_page(page):
    rows = [
        [[_told(cell) for cell in row.xpath("./th|./td")] for row in table.iter("tr")] for table in page.iter("table")
    ]
    return from_tables([table for table in rows if table])


def _told(element):
    return " ".join(element.text_content().split())


def test_people_of_each_theme_are_the_same_everywhere(documents):
    book, report, page = documents
    told = from_workbook(book)
    assert told == {"Argent": ("11", "24"), "Santé": ("9", "24")}
    for others in (from_report(report), from_page(page)):
        assert {theme: others[theme] for theme in told} == told


def test_figures_of_a_finding_are_those_of_the_table(documents):
    book, report, page = documents
    head = [cell.value for cell in book["Constats"][1]]
    sentences = book["Constats"].cell(2, head.index("Nombres") + 1).value.split("\n")
    assert [re.findall(r"\d+ sur \d+", one) for one in sentences] == [["11 sur 24"], ["9 sur 24"]]
    paragraphs = " ".join(paragraph.text for paragraph in report.paragraphs).replace("\u00a0", " ")
    for sentence in sentences:
        plain = sentence.replace("\u00a0", " ")
        assert plain in paragraphs
        assert plain in _told(page).replace("\u00a0", " ")


def test_a_chart_draws_the_numbers_of_the_table(documents):
    book, report, page = documents
    data = [[cell.value for cell in row] for row in book["Graphiques (données)"].iter_rows()]
    assert ["Argent", 11] in [row[:2] for row in data]
    pictures = [shape._inline.docPr.get("descr") for shape in report.inline_shapes]
    assert any("Argent : 11" in told.replace("\u00a0", " ") for told in pictures)
    images = [image for image in page.iter("img") if "Argent : 11" in image.get("alt").replace("\u00a0", " ")]
    assert images
    drawn = base64.b64decode(images[0].get("src").partition("base64,")[2]).decode()
    assert re.search(r">\s*Argent\s*<", drawn)
    assert re.search(r">\s*11\s*<", drawn)
