"""Word templates filled in: markers wherever Word puts them, blanks that show, nothing about who wrote the file."""

import io
import re
import sys
import zipfile
from itertools import pairwise
from pathlib import Path

import pytest
from docx import Document
from docx.enum.text import WD_COLOR_INDEX
from hypothesis import given, settings
from hypothesis import strategies as st

from enquete.errors import EnqueteError, Problem
from enquete.reports.documents import Fact, fill, markers, plain

ROOT = Path(__file__).parents[2]
FACTS = {
    "étude": Fact(("Vivre du RSA",)),
    "contact": Fact((), "téléphone"),
    "vagues": Fact(("Premier entretien", "Entretien de suivi")),
}


def template(*paragraphs):
    """A .docx; a paragraph given as a list is cut into as many runs, every other one in bold."""
    document = Document()
    for paragraph in paragraphs:
        added = document.add_paragraph()
        for rank, piece in enumerate([paragraph] if isinstance(paragraph, str) else paragraph):
            added.add_run(piece).bold = bool(rank % 2)
    return saved(document)


def saved(document):
    data = io.BytesIO()
    document.save(data)
    return data.getvalue()


def filled(data):
    return Document(io.BytesIO(fill("modele.docx", data, FACTS)))


def said(document):
    return [paragraph.text for paragraph in document.paragraphs]


def test_a_marker_cut_into_runs_is_found_and_the_rest_keeps_its_looks():
    document = filled(template(["Étude « {", "{étu", "de}", "} », suite"]))
    assert said(document) == ["Étude « Vivre du RSA », suite"]
    assert [run.bold for run in document.paragraphs[0].runs if "suite" in run.text] == [True]


def bare(pieces):
    """The least that is a Word file, its text in as many runs."""
    runs = "".join(f'<w:r><w:t xml:space="preserve">{piece}</w:t></w:r>' for piece in pieces)
    space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        archive.writestr(
            "word/document.xml", f'<w:document xmlns:w="{space}"><w:body><w:p>{runs}</w:p></w:body></w:document>'
        )
    return data.getvalue()


@settings(max_examples=60, deadline=None)
@given(st.sets(st.integers(1, 45), max_size=12))
def test_wherever_word_cuts_a_paragraph_it_reads_the_same(cuts):
    text = "Dans « {{étude}} », {{vagues}} puis {{étude}}."
    pieces = [text[start:end] for start, end in pairwise([0, *sorted(cuts), len(text)])]
    with zipfile.ZipFile(io.BytesIO(fill("modele.docx", bare(pieces), FACTS))) as archive:
        xml = archive.read("word/document.xml").decode()
    assert re.sub("<[^>]*>", "", xml).strip() == (
        "Dans « Vivre du RSA », Premier entretien et Entretien de suivi puis Vivre du RSA."
    )


@pytest.mark.parametrize("written", ["{{étude}}", "{{ Étude }}", "{{ÉTUDE}}"])
def test_case_and_spaces_of_a_marker_do_not_matter(written):
    assert said(filled(template(written))) == ["Vivre du RSA"]
    assert plain("Dernière  purge’s") == "dernière purge's"


def test_several_markers_of_a_paragraph():
    assert said(filled(template(["{{étude}} ", "{{étude}}, {{vagues}}"]))) == [
        "Vivre du RSA Vivre du RSA, Premier entretien et Entretien de suivi"
    ]


def test_lines_repeat_the_paragraph_that_holds_the_marker_alone():
    assert said(filled(template("avant", "{{vagues}}", "après"))) == [
        "avant", "Premier entretien", "Entretien de suivi", "après",
    ]  # fmt: skip


def test_markers_of_tables_headers_and_footers_are_filled():
    document = Document()
    document.add_table(1, 1).cell(0, 0).text = "{{étude}}"
    document.sections[0].header.paragraphs[0].text = "{{étude}}"
    document.sections[0].footer.paragraphs[0].text = "{{étude}}"
    done = filled(saved(document))
    assert done.tables[0].cell(0, 0).text == "Vivre du RSA"
    assert done.sections[0].header.paragraphs[0].text == "Vivre du RSA"
    assert done.sections[0].footer.paragraphs[0].text == "Vivre du RSA"


def test_what_is_not_known_stays_to_be_completed_in_yellow():
    (paragraph,) = filled(template("Joindre : {{contact}}, merci")).paragraphs
    assert paragraph.text == "Joindre : [à compléter\xa0: téléphone], merci"
    assert [r.text for r in paragraph.runs if r.font.highlight_color == WD_COLOR_INDEX.YELLOW] == [
        "[à compléter\xa0: téléphone]"
    ]


def test_unknown_markers_are_all_named_with_what_may_be_meant():
    with pytest.raises(EnqueteError) as refused:
        fill("modele.docx", template("{{etude}} et {{soleil}}", "{{étude}}"), FACTS)
    assert refused.value.problem is Problem.DOCUMENT_MARKER
    assert "« {{etude}} » (peut-être « {{étude}} »)" in str(refused.value)
    assert "« {{soleil}} »" in str(refused.value)


@pytest.mark.parametrize("written", ["{{étude}", "étude}}", "{{étude {{contact}}"])
def test_braces_left_open_are_refused(written):
    with pytest.raises(EnqueteError) as refused:
        fill("modele.docx", template(written), FACTS)
    assert refused.value.problem is Problem.DOCUMENT_BRACES


@pytest.mark.parametrize("data", [b"", b"pas un zip", template("x")[:-60]])
def test_a_damaged_template_is_refused(data):
    with pytest.raises(EnqueteError) as refused:
        markers("modele.docx", data)
    assert refused.value.problem is Problem.CORRUPT_FILE


def test_a_zip_that_is_no_word_file_is_refused():
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        archive.writestr("a.txt", "a")
    with pytest.raises(EnqueteError):
        markers("modele.docx", data.getvalue())


def test_nothing_says_who_wrote_the_template_and_equal_inputs_give_equal_bytes():
    document = Document(io.BytesIO(template("{{étude}}")))
    document.core_properties.author = document.core_properties.last_modified_by = "Zoé Auteure"
    document.add_comment(document.paragraphs[0].runs, text="à voir", author="Zoé Auteure", initials="ZA")
    data = saved(document)
    assert b"Zo" in zipfile.ZipFile(io.BytesIO(data)).read("docProps/core.xml")
    once, twice = fill("modele.docx", data, FACTS), fill("modele.docx", data, FACTS)
    assert once == twice
    with zipfile.ZipFile(io.BytesIO(once)) as archive:
        assert not any(b"Auteure" in archive.read(name) for name in archive.namelist())
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def shipped():
    return sorted((ROOT / "documents").glob("*.docx"))


@pytest.mark.parametrize("path", shipped(), ids=lambda path: path.stem)
def test_a_shipped_template_is_real_word(path):
    """Styles, language, header rows, page numbers: what lets a volunteer go on in Word, and a screen reader read it."""
    document = Document(path)
    assert document.paragraphs[0].style.name == "Title"
    assert any(paragraph.style.name == "Heading 1" for paragraph in document.paragraphs)
    styles = document.styles.element.xml
    assert 'w:val="fr-FR"' in styles
    assert 'w:val="en-US"' not in styles
    assert all("w:tblHeader" in table.rows[0]._tr.xml for table in document.tables)
    assert "NUMPAGES" in document.sections[0].footer._element.xml
    assert document.core_properties.author == ""
    assert document.core_properties.title


@pytest.mark.parametrize("path", shipped(), ids=lambda path: path.stem)
def test_a_shipped_template_says_what_its_source_says(path, monkeypatch):
    """Run scripts/build_documents.py after each change of a source."""
    monkeypatch.syspath_prepend(str(ROOT / "scripts"))
    import build_documents

    source = (build_documents.SOURCES / f"{path.stem}.md").read_text(encoding="utf-8")
    built = Document(io.BytesIO(build_documents.built(source)))
    assert words(built) == words(Document(path))
    sys.modules.pop("build_documents")


def words(document):
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return [*said(document), *cells]


@pytest.mark.parametrize("name", ["notice-information", "consentement", "consentement-oral"])
def test_what_people_are_given_is_easy_to_read(name):
    """One idea a sentence, large print, no abbreviation left unexplained."""
    document = Document(ROOT / "documents" / f"{name}.docx")
    assert document.styles["Normal"].font.size.pt == 14
    text = "\n".join(line for line in words(document) if "article" not in line)
    sentences = [s for s in re.split(r"[.?!:;\n]+", text) if len(s.split()) > 2]
    lengths = [len(s.split()) for s in sentences]
    assert sum(lengths) / len(lengths) <= 12
    assert max(lengths) <= 26
    everything = "\n".join(words(document))
    assert "RSA (revenu de solidarité active)" in everything
    assert "autres aides" in everything
    for short, explained in (("RGPD", "règlement européen"), ("CNIL", "organisme public")):
        assert short not in everything or explained in everything
    assert not set(re.findall(r"\b[A-ZÉ]{2,}\b", everything)) - {"RSA", "RGPD", "CNIL"}
