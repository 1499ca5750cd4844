"""Word, OpenDocument and RTF files, made here with the libraries or by hand."""

import io
import zipfile
from collections.abc import Callable

import docx
import pytest
from docx.document import Document
from docx.oxml import parse_xml
from docx.text.paragraph import Paragraph

from enquete.model import Role, Transcript
from enquete.readers import read_bytes
from enquete.readers.canonical import canonical

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
TURNS = ["I0 Vous vous présentez ?", "P1 Moi c'est Awa.", "I0 Et le RSA ?", "P1 Depuis mars."]


def said(transcript: Transcript) -> list[str]:
    made = canonical(transcript)
    short = {Role.INTERVIEWER: "I", Role.PARTICIPANT: "P", Role.OTHER: "O", Role.UNKNOWN: "?"}
    return [f"{short[t.role]}{t.speaker} {made.text[t.start : t.end]}" for t in made.turns]


def word(build: Callable[[Document], object]) -> bytes:
    document = docx.Document()
    build(document)
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def bold_then(document: Document, label: str, speech: str) -> Paragraph:
    paragraph = document.add_paragraph()
    paragraph.add_run(label).bold = True
    paragraph.add_run(speech)
    return paragraph


@pytest.mark.parametrize(
    "labels",
    [
        ("Anne Martin", "Awa Diop"),
        ("Enquêtrice", "Enquêtée"),
        ("Anne Martin : ", "Awa Diop : "),
        ("E", "R"),
        ("A. M.", "A. D."),
    ],
)
def test_names_in_bold(labels: tuple[str, str]) -> None:
    def build(document: Document) -> None:
        document.add_heading("Entretien du 12 mars")
        for n, turn in enumerate(TURNS):
            bold_then(document, labels[n % 2], " " + turn[3:])

    assert said(read_bytes("a.docx", word(build))) == TURNS


def test_names_in_bold_above() -> None:
    def build(document: Document) -> None:
        for n, turn in enumerate(TURNS):
            bold_then(document, ("Anne", "Awa")[n % 2], "")
            document.add_paragraph(turn[3:])

    assert said(read_bytes("a.docx", word(build))) == TURNS


def test_teams() -> None:
    def build(document: Document) -> None:
        document.add_paragraph("Réunion avec Awa-20250312\n12 mars 2025, 09:00AM\n48 min 12 s")
        for n, turn in enumerate(TURNS):
            paragraph = bold_then(document, ("Anne MARTIN", "Awa DIOP")[n % 2], f"   0:0{n}\n")
            paragraph.add_run(turn[3:])

    assert said(read_bytes("a.docx", word(build))) == TURNS


@pytest.mark.parametrize("header", [True, False])
@pytest.mark.parametrize("time", [True, False])
def test_table_of_turns(*, header: bool, time: bool) -> None:
    def build(document: Document) -> None:
        rows = [("Locuteur", "Propos")] * header + [(("Anne", "Awa")[n % 2], t[3:]) for n, t in enumerate(TURNS)]
        table = document.add_table(len(rows), 2 + time)
        for n, row in enumerate(rows):
            cells = table.rows[n].cells
            if time:
                cells[0].text = "Temps" if header and not n else f"00:00:{10 + n}"
            cells[time].text = row[0]
            cells[1 + time].text = row[1]

    found = read_bytes("a.docx", word(build))
    assert said(found) == TURNS
    assert not time or found.turns[0].begin is not None


def test_table_of_metadata_is_no_dialogue() -> None:
    def build(document: Document) -> None:
        rows = [("Date", "12 mars"), ("Lieu", "CCAS"), ("Enquêtrice", "Anne Martin")]
        table = document.add_table(3, 2)
        for n, row in enumerate(rows):
            for m, cell in enumerate(row):
                table.rows[n].cells[m].text = cell
        document.add_paragraph()
        for n, turn in enumerate(TURNS):
            document.add_paragraph(f"{('Enquêtrice', 'Awa')[n % 2]} : {turn[3:]}")

    found = read_bytes("a.docx", word(build))
    assert said(found) == TURNS
    assert found.metadata["Lieu"] == "CCAS"


def test_table_cells_of_several_paragraphs_and_empty_speakers() -> None:
    def build(document: Document) -> None:
        table = document.add_table(4, 2)
        for n, (speaker, speech) in enumerate([("E", "Oui ?"), ("R", "Un.\nDeux."), ("", "Trois."), ("E", "Ah.")]):
            table.rows[n].cells[0].text = speaker
            table.rows[n].cells[1].text = speech

    assert said(read_bytes("a.docx", word(build))) == ["I0 Oui ?", "P1 Un.\nDeux.\nTrois.", "I0 Ah."]


def test_changes_are_accepted_and_notes_left_out() -> None:
    def build(document: Document) -> None:
        document.add_paragraph("E : Bonjour ?")
        paragraph = document.add_paragraph("R : Je suis ")
        for xml in (
            f'<w:del {W} w:author="X" w:id="1"><w:r><w:delText>parti</w:delText></w:r></w:del>',
            f'<w:ins {W} w:author="X" w:id="2"><w:r><w:t xml:space="preserve">resté</w:t></w:r></w:ins>',
            f'<w:r {W}><w:tab/><w:t>là</w:t><w:softHyphen/><w:br/><w:t>oui</w:t><w:footnoteReference w:id="2"/></w:r>',
            f'<w:r {W}><w:commentReference w:id="0"/></w:r>',
        ):
            paragraph._p.append(parse_xml(xml))
        document.add_paragraph("E : Ah ?")

    found = read_bytes("a.docx", word(build))
    assert said(found) == ["I0 Bonjour ?", "P1 Je suis resté\tlà\noui", "I0 Ah ?"]
    assert "1 commentaire n'est pas repris dans le texte." in found.warnings
    assert "1 note de bas de page n'est pas reprise dans le texte." in found.warnings


def test_text_boxes() -> None:
    def build(document: Document) -> None:
        document.add_paragraph("E : Bonjour ?")
        paragraph = document.add_paragraph("R : Oui.")
        paragraph._p.append(
            parse_xml(
                f'<w:r {W}><w:pict><v:shape xmlns:v="urn:schemas-microsoft-com:vml"><v:textbox><w:txbxContent>'
                "<w:p><w:r><w:t>E : Encadré ?</w:t></w:r></w:p></w:txbxContent></v:textbox></v:shape></w:pict></w:r>"
            )
        )

    assert said(read_bytes("a.docx", word(build))) == ["I0 Bonjour ?", "P1 Oui.", "I0 Encadré ?"]


def test_text_boxes_are_read_once() -> None:
    """Word writes them twice, for itself and for older programs."""
    box = "<w:txbxContent><w:p><w:r><w:t>E : Encadré ?</w:t></w:r></w:p></w:txbxContent>"
    run = (
        f'<w:r {W} xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
        'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"><mc:AlternateContent>'
        f'<mc:Choice Requires="wps"><w:drawing><wps:txbx>{box}</wps:txbx></w:drawing></mc:Choice>'
        f"<mc:Fallback><w:pict>{box}</w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )

    def build(document: Document) -> None:
        document.add_paragraph("R : Oui.")._p.append(parse_xml(run))
        document.add_table(1, 2).rows[0].cells[0].paragraphs[0]._p.append(parse_xml(run))

    assert said(read_bytes("a.docx", word(build))) == ["P0 Oui.", "I1 Encadré ?", "I1 Encadré ?"]


def test_headings_are_no_speech() -> None:
    def build(document: Document) -> None:
        document.add_paragraph("E : Bonjour ?\nR : Oui.")
        document.add_heading("Le logement")
        document.add_paragraph("E : Et ?\nR : Non.")

    assert said(read_bytes("a.docx", word(build))) == ["I0 Bonjour ?", "P1 Oui.", "I0 Et ?", "P1 Non."]


def test_column_for_each_voice() -> None:
    def build(document: Document) -> None:
        table = document.add_table(3, 2)
        rows = [("Enquêtrice", "Enquêtée")]
        rows += [("Est-ce que vous pouvez vous présenter ?", "Moi c'est Awa, j'ai deux enfants et je vis ici.")] * 2
        for n, row in enumerate(rows):
            for m, cell in enumerate(row):
                table.rows[n].cells[m].text = cell

    assert [s[:2] for s in said(read_bytes("a.docx", word(build)))] == ["I0", "P1", "I0", "P1"]


def test_properties_are_kept_apart() -> None:
    def build(document: Document) -> None:
        document.core_properties.author = "Anne Martin"
        document.core_properties.last_modified_by = "Paul Durand"
        document.core_properties.title = "Entretien Awa"
        document.add_paragraph("E : Bonjour ?\nR : Oui.")

    found = read_bytes("a.docx", word(build))
    assert found.properties["author"] == "Anne Martin"
    assert found.properties["last_modified_by"] == "Paul Durand"
    assert "Martin" not in found.text


def open_document(body: str, styles: str = "", manifest: str = "") -> bytes:
    names = "".join(
        f' xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{long}:1.0"'
        for short, long in [
            ("office", "office"),
            ("text", "text"),
            ("table", "table"),
            ("style", "style"),
            ("fo", "xsl-fo-compatible"),
            ("draw", "drawing"),
            ("meta", "meta"),
        ]
    )
    names += ' xmlns:dc="http://purl.org/dc/elements/1.1/"'
    content = (
        f"<office:document-content{names}><office:automatic-styles>{styles}</office:automatic-styles>"
        f"<office:body><office:text>{body}</office:text></office:body></office:document-content>"
    )
    meta = (
        f"<office:document-meta{names}><office:meta><meta:initial-creator>Anne Martin</meta:initial-creator>"
        "<dc:title>Entretien Awa</dc:title></office:meta></office:document-meta>"
    )
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        archive.writestr("content.xml", content)
        archive.writestr("meta.xml", meta)
        archive.writestr("META-INF/manifest.xml", manifest or "<manifest/>")
    return buffer.getvalue()


def test_open_document() -> None:
    bold = (
        '<style:style style:name="T1" style:family="text"><style:text-properties fo:font-weight="bold"/></style:style>'
    )
    found = read_bytes(
        "a.odt",
        open_document(
            "<text:tracked-changes><text:changed-region><text:deletion><text:p>supprimé</text:p></text:deletion>"
            "</text:changed-region></text:tracked-changes>"
            "<text:h>Entretien</text:h>"
            '<text:p><text:span text:style-name="T1">Anne Martin</text:span> Vous\n vous présentez ?</text:p>'
            '<text:p><text:span text:style-name="T1">Awa Diop</text:span> Moi<text:s text:c="2"/>c\'est '
            "<text:note><text:note-body><text:p>une note</text:p></text:note-body></text:note>Awa."
            "<office:annotation><text:p>un commentaire</text:p></office:annotation></text:p>"
            '<text:list><text:list-item><text:p><text:span text:style-name="T1">Anne Martin</text:span> Et le RSA ?'
            "</text:p></text:list-item></text:list>"
            '<text:section><text:p><text:span text:style-name="T1">Awa Diop</text:span><text:tab/>Depuis mars.'
            "</text:p></text:section>",
            bold,
        ),
    )
    assert said(found) == ["I0 Vous  vous présentez ?", "P1 Moi  c'est Awa.", *TURNS[2:]]
    assert len([w for w in found.warnings if "repris" in w]) == 2
    assert found.properties == {"author": "Anne Martin", "title": "Entretien Awa"}


def test_open_document_written_by_its_library() -> None:
    from odfdo import Document as OpenDocument
    from odfdo import Paragraph as OpenParagraph
    from odfdo import Table

    document = OpenDocument("text")
    document.body.clear()
    document.body.append(OpenParagraph("Entretien"))
    table = Table("t", width=2, height=4)
    for n, turn in enumerate(TURNS):
        table.set_row_values(n, [("E", "R")[n % 2], turn[3:]])
    document.body.append(table)
    buffer = io.BytesIO()
    document.save(buffer)
    assert said(read_bytes("a.odt", buffer.getvalue())) == TURNS


def rtf(body: str) -> bytes:
    return (
        r"{\rtf1\ansi\ansicpg1252\deff0{\fonttbl{\f0 Arial;}}{\info{\author Anne Martin}{\title Entretien}}"
        + body
        + "}"
    ).encode("cp1252")


def test_rtf() -> None:
    found = read_bytes(
        "a.rtf",
        rtf(
            r"\pard {\b Enqu\'eatrice\~:} Vous vous pr\u233?sentez\~?\par"
            r"\pard Enqu\'e9t\'e9e : Moi c'est{\deleted  pas}{\footnote une note} Awa.\par "
            r"Enqu\'eatrice : Et le RSA ?\par Enqu\'e9t\'e9e : Depuis mars.\par"
        ),
    )
    assert [s.replace("\u00a0", " ") for s in said(found)] == TURNS
    assert found.properties == {"author": "Anne Martin", "title": "Entretien"}
    assert found.warnings == ("1 note de bas de page n'est pas reprise dans le texte.",)


def test_rtf_table() -> None:
    speech = [turn[3:].replace("é", r"\'e9") for turn in TURNS]
    row = r"\trowd\cellx1000\cellx9000\pard\intbl {}\cell {}\cell\row"
    rows = "".join(row.format("ER"[n % 2], words) for n, words in enumerate(speech))
    assert said(read_bytes("a.rtf", rtf(rf"\pard Entretien\par {rows}\pard Fin\par"))) == [
        *TURNS[:3],
        "P1 Depuis mars.\nFin",
    ]
