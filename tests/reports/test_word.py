"""The report: what stands in it, how it is made, and in which model."""

import io
import re
import zipfile
from dataclasses import replace

import pytest
from docx import Document
from docx.shared import Cm
from lxml import etree
from whole_synthesis import EMPTY, SYNTHESIS

from enquete.disclosure.contents import texts_of
from enquete.errors import EnqueteError, Problem
from enquete.findings.figures import described
from enquete.model import Audience
from enquete.reports import word

RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


@pytest.fixture(scope="module")
def report() -> bytes:
    return word.render(SYNTHESIS)


def opened(data: bytes):
    return Document(io.BytesIO(data))


def headings(document, level: int) -> list[str]:
    return [p.text for p in document.paragraphs if p.style.name == f"Heading {level}"]


def plain(text: str) -> str:
    return text.replace("\u00a0", " ").replace("\u202f", " ")


def test_parts_stand_in_reading_order(report: bytes) -> None:
    assert headings(opened(report), 1) == [
        "L'essentiel", "Qui a été rencontré", "Constats", "Recommandations", "Bilan", "Les nombres", "Méthode",
        "Provenance",
    ]  # fmt: skip


def test_a_finding_has_its_words_its_quotations_and_its_limits(report: bytes) -> None:
    document = opened(report)
    quoted = [plain(p.text) for p in document.paragraphs if p.style.name == "Quote"]
    assert quoted == [
        "« J'ai changé quatre fois de référent en un an, à chaque fois il faut tout recommencer. »",
        "La personne dit avoir renoncé à rappeler.",
        "« Elle m'a écoutée, elle. <b>Vraiment</b> & sans regarder l'heure. »",
    ]
    sources = [plain(p.text) for p in document.paragraphs if p.style.name == "Auteur de citation"]
    assert sources[0].startswith("— Personne 12, personne concernée, 30-39 ans ; ses mots")
    assert sources[1] == "— redite avec d'autres mots"
    everything = plain("\n".join(p.text for p in document.paragraphs))
    assert "communes rurales du nord" in everything
    assert "17 personnes concernées sur 24 parlent d'« Accompagnement » (tableau 2)." in everything


def test_a_recommendation_stands_once_and_is_told_to_each_addressee(report: bytes) -> None:
    document = opened(report)
    assert headings(document, 3) == [
        "REC01 – Garder le même référent pendant un an au moins",
        "REC02 – Prévenir par écrit et par téléphone avant toute suspension",
        "REC03 – Rendre les ateliers accessibles sans voiture",
    ]
    under = headings(document, 2)
    assert under.index("Département") < under.index("France Travail") < under.index("Destinataire à préciser")


def test_the_public_reads_no_state(report: bytes) -> None:
    def states(data: bytes) -> list[str]:
        return [p.text for p in opened(data).paragraphs if "État\u00a0:" in p.text]

    assert states(report)
    assert not states(word.render(replace(SYNTHESIS, audience=Audience.PUBLIC)))


def test_the_table_of_contents_is_a_field_that_is_filled_in(report: bytes) -> None:
    document = opened(report)
    entries = [p for p in document.paragraphs if p.style.name in ("toc 1", "toc 2")]
    assert "TOC \\o" in entries[0]._p.xml
    for level in (1, 2):
        told = [p for p in entries if p.style.name == f"toc {level}"]
        assert ["".join(t.text for t in p._p.iter(f"{W}t")) for p in told] == headings(document, level)
    assert document.settings.element.find(f"{W}updateFields") is not None


def test_every_reference_leads_to_a_bookmark_that_is_there_once(report: bytes) -> None:
    body = opened(report).element.body
    marks = [mark.get(f"{W}name") for mark in body.iter(f"{W}bookmarkStart")]
    assert len(marks) == len(set(marks))
    asked = {link.get(f"{W}anchor") for link in body.iter(f"{W}hyperlink")}
    asked |= {m for text in body.iter(f"{W}instrText") for m in re.findall(r"REF (\w+)", text.text)}
    assert asked
    assert asked <= set(marks)
    depth = 0
    for mark in body.iter(f"{W}fldChar"):
        depth += {"begin": 1, "separate": 0, "end": -1}[mark.get(f"{W}fldCharType")]
        assert depth >= 0
    assert depth == 0


def test_pictures_have_their_numbers_in_words(report: bytes) -> None:
    document = opened(report)
    told = [plain(shape._inline.docPr.get("descr")) for shape in document.inline_shapes]
    figures = (*SYNTHESIS.themes.figures, *SYNTHESIS.waves.figures)
    assert told == [plain(described(figure)) for figure in figures]


def test_tables_hold_the_numbers_of_the_synthesis_and_repeat_their_header(report: bytes) -> None:
    document = opened(report)
    cells = [[cell.text for cell in row.cells] for table in document.tables for row in table.rows]
    assert ["Sanctions", "9", "24", "15", "4", "5"] in cells
    assert ["Accompagnement", "quelques", "8", "6", "17"] in cells
    for table in document.tables:
        assert table.rows[0]._tr.trPr.find(f"{W}tblHeader") is not None
        assert sum(column.width for column in table.columns) <= Cm(16.7)


def test_nothing_tells_who_made_it_and_when(report: bytes) -> None:
    assert report == word.render(SYNTHESIS)
    core = opened(report).core_properties
    assert (core.title, core.language) == (SYNTHESIS.title, "fr-FR")
    assert not any((core.author, core.last_modified_by, core.comments, core.keywords, core.subject, core.created))
    with zipfile.ZipFile(io.BytesIO(report)) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        for name in archive.namelist():
            if name.endswith((".xml", ".rels")):
                etree.fromstring(archive.read(name))


def test_the_gate_reads_what_stands_in_it(report: bytes) -> None:
    read = plain(" ".join(text.text for text in texts_of("rapport.docx", report)))
    assert "changé quatre fois de référent" in read
    assert "Sanctions : quelques (4 au plus) et 8" in read


def test_a_study_where_nothing_is_written_yet_has_a_report() -> None:
    assert headings(opened(word.render(EMPTY)), 1) == ["Qui a été rencontré", "Méthode"]


def model(*lines: str) -> bytes:
    """A study's own: its page, its header, its heading; {{synthèse}} cut into two runs."""
    document = Document()
    document.sections[0].page_width, document.sections[0].page_height = Cm(20), Cm(25)
    document.sections[0].header.paragraphs[0].text = "Association du Pont"
    document.styles["Heading 1"].font.name = "Georgia"
    document.core_properties.author = "Odile Martinet"
    document.core_properties.comments = "relu par Odile Martinet"
    for line in lines:
        paragraph = document.add_paragraph()
        paragraph.add_run(line[:5])
        paragraph.add_run(line[5:])
    data = io.BytesIO()
    document.save(data)
    return data.getvalue()


def test_a_report_takes_the_place_that_the_model_gives_it() -> None:
    data = word.render(SYNTHESIS, model("Avant", "{{synthèse}}", "Après"))
    document = opened(data)
    told = [plain(p.text) for p in document.paragraphs]
    assert (told[0], told[-1]) == ("Avant", "Après")
    assert told.index(SYNTHESIS.title) == 1
    assert "{{" not in " ".join(told)
    assert document.sections[0].header.paragraphs[0].text == "Association du Pont"
    assert document.sections[0].page_width == pytest.approx(Cm(20), rel=1e-3)
    assert document.styles["Heading 1"].font.name == "Georgia"
    assert len(document.inline_shapes) == 2


def test_a_report_goes_at_the_end_of_a_model_that_says_nothing() -> None:
    told = [plain(p.text) for p in opened(word.render(SYNTHESIS, model("Avant"))).paragraphs]
    assert (told[0], told[1]) == ("Avant", SYNTHESIS.title)


def test_who_made_the_model_is_not_told() -> None:
    data = word.render(SYNTHESIS, model("{{synthèse}}"))
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert not any(b"Martinet" in archive.read(name) for name in archive.namelist())


def test_a_model_makes_word_fetch_nothing_elsewhere() -> None:
    document = Document(io.BytesIO(model("{{synthèse}}")))
    settings = document.part._settings_part
    key = settings.relate_to("file:///C:/odile/modele.dotx", f"{RELATIONS}/attachedTemplate", is_external=True)
    attached = etree.SubElement(settings.element, f"{W}attachedTemplate")
    attached.set("{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id", key)
    document.part.relate_to("https://example.org/logo.png", f"{RELATIONS}/image", is_external=True)
    out = io.BytesIO()
    document.save(out)
    with zipfile.ZipFile(io.BytesIO(word.render(SYNTHESIS, out.getvalue()))) as archive:
        told = b"".join(archive.read(name) for name in archive.namelist())
    assert b"attachedTemplate" not in told
    assert b"example.org" not in told


def test_a_very_long_title_is_no_fault() -> None:
    title = "Ce que disent les gens " * 20
    for made in (
        word.render(replace(SYNTHESIS, title=title)),
        word.render(replace(SYNTHESIS, title=title), model("x")),
    ):
        assert len(opened(made).core_properties.title) == 255


def test_styles_that_a_model_lacks_are_added() -> None:
    document = Document()
    kept = {"Normal", "Header", "Footer", "Default Paragraph Font", "Normal Table", "No List"}
    for style in list(document.styles):
        if style.name not in kept:
            style.element.getparent().remove(style.element)
    data = io.BytesIO()
    document.save(data)
    made = opened(word.render(SYNTHESIS, data.getvalue()))
    assert headings(made, 1)[0] == "L'essentiel"
    assert any(p.style.name == "Quote" for p in made.paragraphs)


def test_styles_under_the_names_that_libreoffice_writes_are_found() -> None:
    document = Document()
    for style in document.styles.element.style_lst:
        style.name_val = style.name_val.replace("heading", "Heading").replace("caption", "Caption")
    document.styles.element.get_by_name("Heading 1").rPr.rFonts.set(f"{W}ascii", "Georgia")
    data = io.BytesIO()
    document.save(data)
    made = opened(word.render(SYNTHESIS, data.getvalue()))
    assert headings(made, 1)[0] == "L'essentiel"
    assert made.styles["Heading 1"].font.name == "Georgia"


def archive_of(**parts: bytes) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name.replace("__", "/"), content)
    return data.getvalue()


@pytest.mark.parametrize(
    "damaged",
    [b"", b"pas un document", model("x")[:2000], archive_of(note=b"x"), archive_of(word__document=b"<w:document")],
    ids=["empty", "text", "cut", "another archive", "broken"],
)
def test_a_damaged_model_is_refused_in_plain_words(damaged: bytes) -> None:
    with pytest.raises(EnqueteError) as caught:
        word.render(SYNTHESIS, damaged)
    assert caught.value.problem is Problem.WORD_TEMPLATE
