"""A name planted in each place where a file may hold one: (where, name of the file, its bytes)."""

from __future__ import annotations

import base64
import io
import json
import zipfile
from collections.abc import Callable, Iterator

import docx
import openpyxl
import pypdf
from openpyxl.chart import BarChart, Reference
from openpyxl.comments import Comment
from openpyxl.drawing.image import Image
from openpyxl.packaging.custom import StringProperty
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation

NAME = "Aïssata"
PLACES: dict[str, Callable[[str], tuple[str, bytes]]] = {}
PIXEL = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)


def place(name: str) -> Callable[[Callable[[str], tuple[str, bytes]]], Callable[[str], tuple[str, bytes]]]:
    def add(make: Callable[[str], tuple[str, bytes]]) -> Callable[[str], tuple[str, bytes]]:
        PLACES[name] = make
        return make

    return add


def png(name: str) -> bytes:
    import zlib

    body = b"tEXtAuthor\0" + name.encode("latin-1")
    chunk = (len(body) - 4).to_bytes(4, "big") + body + zlib.crc32(body).to_bytes(4, "big")
    return PIXEL[:33] + chunk + PIXEL[33:]


# --- workbooks


def workbook(change: Callable[[openpyxl.Workbook, str], None]) -> Callable[[str], tuple[str, bytes]]:
    def make(name: str) -> tuple[str, bytes]:
        book = openpyxl.Workbook()
        book.properties.creator = "enquete"
        book.active.title = "Verbatims"
        book.active["A1"] = "Thème"
        change(book, name)
        out = io.BytesIO()
        book.save(out)
        return "synthese.xlsx", out.getvalue()

    return make


def _cell(book: openpyxl.Workbook, name: str) -> None:
    book.active["C12"] = f"je vois {name} demain"


def _formula(book: openpyxl.Workbook, name: str) -> None:
    book.active["B2"] = f'=IF(A1="{name}",1,0)'


def _comment(book: openpyxl.Workbook, name: str) -> None:
    book.active["B3"].comment = Comment(f"vu avec {name}", "enquete")


def _comment_author(book: openpyxl.Workbook, name: str) -> None:
    book.active["B3"].comment = Comment("à revoir", name)


def _sheet(book: openpyxl.Workbook, name: str) -> None:
    book.create_sheet(name)


def _hidden(book: openpyxl.Workbook, name: str) -> None:
    sheet = book.create_sheet("Brouillon")
    sheet["A1"] = name
    sheet.sheet_state = "veryHidden"


def _defined(book: openpyxl.Workbook, name: str) -> None:
    book.defined_names["Ligne_" + name] = DefinedName("Ligne_" + name, attr_text="Verbatims!$A$1")


def _header(book: openpyxl.Workbook, name: str) -> None:
    book.active.oddHeader.center.text = name


def _property(book: openpyxl.Workbook, name: str) -> None:
    book.properties.title = f"Entretien {name}"


def _author(book: openpyxl.Workbook, name: str) -> None:
    book.properties.lastModifiedBy = name


def _custom(book: openpyxl.Workbook, name: str) -> None:
    book.custom_doc_props.append(StringProperty(name="Suivi", value=name))


def _chart(book: openpyxl.Workbook, name: str) -> None:
    book.active["B1"] = 3
    chart = BarChart()
    chart.title = f"Parcours de {name}"
    chart.add_data(Reference(book.active, min_col=2, min_row=1, max_row=1))
    book.active.add_chart(chart, "D4")


def _axis(book: openpyxl.Workbook, name: str) -> None:
    book.active["B1"] = 3
    chart = BarChart()
    chart.x_axis.title = name
    chart.add_data(Reference(book.active, min_col=2, min_row=1, max_row=1))
    book.active.add_chart(chart, "D4")


def _link(book: openpyxl.Workbook, name: str) -> None:
    book.active["A2"] = "voir"
    book.active["A2"].hyperlink = f"https://exemple.invalid/{name}"


def _validation(book: openpyxl.Workbook, name: str) -> None:
    rule = DataValidation(type="list", formula1=f'"oui,{name}"', prompt="choisir", showDropDown=False)
    rule.add("A5")
    book.active.add_data_validation(rule)


def _picture(book: openpyxl.Workbook, name: str) -> None:
    book.active.add_image(Image(io.BytesIO(png("Aissata"))), "D2")
    assert name


for _place, _change in {
    "cellule": _cell, "formule": _formula, "commentaire": _comment, "auteur d'un commentaire": _comment_author,
    "nom de feuille": _sheet, "feuille cachée": _hidden, "nom défini": _defined, "en-tête d'impression": _header,
    "titre du classeur": _property, "dernier auteur": _author, "propriété personnalisée": _custom,
    "titre d'un graphique": _chart, "axe d'un graphique": _axis, "lien": _link, "liste de saisie": _validation,
    "image d'un classeur": _picture,
}.items():  # fmt: skip
    PLACES[f"xlsx, {_place}"] = workbook(_change)


def rewritten(data: bytes, part: str, old: str, new: str) -> bytes:
    """The package with a part changed; the part is added where it does not exist."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(out, "w") as target:
        for info in source.infolist():
            content = source.read(info)
            if info.filename == part:
                assert old.encode() in content
                content = content.replace(old.encode(), new.encode(), 1)
            target.writestr(info.filename, content)
        if part not in source.namelist():
            target.writestr(part, new)
    return out.getvalue()


@place("xlsx, mot coupé par des morceaux de mise en forme")
def _rich(name: str) -> tuple[str, bytes]:
    file, data = workbook(lambda book, _: None)(name)
    runs = f"<r><t>{name[:3]}</t></r><r><rPr><b/></rPr><t>{name[3:]}</t></r>"
    data = rewritten(data, "xl/worksheets/sheet1.xml", "<t>Th&#232;me</t>", runs)
    return file, data


@place("xlsx, valeur gardée d'un graphique")
def _cached(name: str) -> tuple[str, bytes]:
    file, data = PLACES["xlsx, titre d'un graphique"]("Thème")
    return file, rewritten(
        data, "xl/charts/chart1.xml", "</c:f></c:numRef>" if b"c:f" in data else "</f></numRef>",
        f"</f><numCache><pt idx='0'><v>{name}</v></pt></numCache></numRef>",
    )  # fmt: skip


@place("xlsx, texte de remplacement")
def _alternative(name: str) -> tuple[str, bytes]:
    file, data = PLACES["xlsx, image d'un classeur"](name)
    return file, rewritten(data, "xl/drawings/drawing1.xml", 'descr="', f'descr="{name} ')


@place("xlsx, texte qu'aucune cellule ne montre")
def _unused(name: str) -> tuple[str, bytes]:
    file, data = workbook(lambda book, _: None)(name)
    return file, rewritten(data, "xl/sharedStrings.xml", "", f"<sst><si><t>{name}</t></si></sst>")


@place("xlsx, texte partagé, coupé, que montre une cellule")
def _shared(name: str) -> tuple[str, bytes]:
    file, data = workbook(lambda book, _: book.active.__setitem__("B7", 0))(name)
    data = rewritten(data, "xl/worksheets/sheet1.xml", '<c r="B7" t="n"><v>0</v>', '<c r="B7" t="s"><v>0</v>')
    runs = f"<si><r><t>{name[:3]}</t></r><r><t>{name[3:]}</t></r></si>"
    return file, rewritten(data, "xl/sharedStrings.xml", "", f"<sst>{runs}</sst>")


# --- Word


def letter(change: Callable[[docx.document.Document, str], None]) -> Callable[[str], tuple[str, bytes]]:
    def make(name: str) -> tuple[str, bytes]:
        document = docx.Document()
        document.core_properties.author = "enquete"
        document.core_properties.comments = ""
        document.add_paragraph("Constats")
        change(document, name)
        out = io.BytesIO()
        document.save(out)
        return "rapport.docx", out.getvalue()

    return make


def _body(document: docx.document.Document, name: str) -> None:
    document.add_paragraph(f"elle dit que {name} est partie")


def _runs(document: docx.document.Document, name: str) -> None:
    paragraph = document.add_paragraph("avec ")
    paragraph.add_run(name[:4]).bold = True
    paragraph.add_run(name[4:])


def _table(document: docx.document.Document, name: str) -> None:
    document.add_table(1, 1).cell(0, 0).text = name


def _word_header(document: docx.document.Document, name: str) -> None:
    document.sections[0].header.paragraphs[0].text = name


def _footer(document: docx.document.Document, name: str) -> None:
    document.sections[0].footer.paragraphs[0].text = name


def _word_comment(document: docx.document.Document, name: str) -> None:
    document.add_comment(document.paragraphs[0].runs, f"relire avec {name}", author="enquete")


def _word_property(document: docx.document.Document, name: str) -> None:
    document.core_properties.subject = name


for _place, _write in {
    "corps": _body, "mot coupé par du gras": _runs, "tableau": _table, "en-tête": _word_header,
    "pied de page": _footer, "commentaire": _word_comment, "propriété": _word_property,
}.items():  # fmt: skip
    PLACES[f"docx, {_place}"] = letter(_write)

_EMPTY = letter(lambda document, _: None)
_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


@place("docx, suppression suivie")
def _deleted(name: str) -> tuple[str, bytes]:
    file, data = _EMPTY(name)
    deleted = f'<w:p><w:del w:author="enquete"><w:r><w:delText>{name}</w:delText></w:r></w:del></w:p><w:sectPr'
    return file, rewritten(data, "word/document.xml", "<w:sectPr", deleted)


@place("docx, texte de remplacement")
def _word_alternative(name: str) -> tuple[str, bytes]:
    file, data = letter(lambda document, _: document.add_picture(io.BytesIO(PIXEL)) and None)(name)
    return file, rewritten(data, "word/document.xml", '<wp:docPr id="1"', f'<wp:docPr descr="{name}" id="1"')


@place("docx, note de bas de page")
def _footnote(name: str) -> tuple[str, bytes]:
    file, data = _EMPTY(name)
    note = f"<w:footnotes {_W}><w:footnote><w:p><w:r><w:t>{name}</w:t></w:r></w:p></w:footnote></w:footnotes>"
    return file, rewritten(data, "word/footnotes.xml", "", note)


@place("docx, données XML jointes")
def _custom_xml(name: str) -> tuple[str, bytes]:
    file, data = _EMPTY(name)
    return file, rewritten(data, "customXml/item9.xml", "", f"<fiche><prenom>{name}</prenom></fiche>")


@place("docx, classeur incorporé")
def _embedded(name: str) -> tuple[str, bytes]:
    _, book = PLACES["xlsx, cellule"](name)
    file, data = _EMPTY(name)
    out = io.BytesIO(data)
    with zipfile.ZipFile(out, "a") as package:
        package.writestr("word/embeddings/classeur.xlsx", book)
    return file, out.getvalue()


# --- web pages and plain texts


def _page(inside: str, head: str = "") -> tuple[str, bytes]:
    return "restitution.html", f"<!DOCTYPE html><html><head>{head}</head><body>{inside}</body></html>".encode()


PLACES |= {
    "html, texte": lambda name: _page(f"<p>je vois {name} demain</p>"),
    "html, mot coupé par une balise": lambda name: _page(f"<p>je vois {name[:3]}<b>{name[3:]}</b></p>"),
    "html, lettre en entité": lambda name: _page(f"<p>avec {name.replace('ï', '&iuml;')}</p>"),
    "html, attribut alt": lambda name: _page(f'<img alt="photo de {name}" src="a.png">'),
    "html, autre attribut": lambda name: _page(f"<div data-qui={name}></div>"),
    "html, commentaire": lambda name: _page(f"<!-- voir {name} -->"),
    "html, script": lambda name: _page(f"<script>const qui = '{name}';</script>"),
    "html, lettre en code dans un script": lambda name: _page("<script>var q='A\\u00efssata'</script>" + name[:0]),
    "html, style": lambda name: _page("", f"<style>p::after {{ content: '{name}' }}</style>"),
    "html, titre": lambda name: _page("", f"<title>{name}</title>"),
    "html, meta": lambda name: _page("", f'<meta name="description" content="{name}">'),
    "html, adresse": lambda name: _page(f'<a href="https://exemple.invalid/A%C3%AFssata">ici</a>{name[:0]}'),
    "html, page incorporée": lambda name: _page(
        f'<img src="data:text/html;base64,{base64.b64encode(f"<p>{name}</p>".encode()).decode()}">'
    ),
    "html, après la fin": lambda name: ("a.html", f"<html><body></body></html> {name}".encode()),
    "csv": lambda name: ("table.csv", f"code;mots\nR01;avec {name}\n".encode("cp1252")),
    "tsv en UTF-16": lambda name: ("table.tsv", f"code\tmots\nR01\tavec {name}\n".encode("utf-16")),
    "txt, mot coupé en fin de ligne": lambda name: ("notes.txt", f"avec {name[:3]}-\n{name[3:]} hier".encode()),
    "txt, tiret invisible": lambda name: ("notes.txt", f"avec {name[:3]}\u00ad{name[3:]} hier".encode()),
    "txt, espace sans largeur": lambda name: ("notes.txt", f"avec {name[:3]}\u200b{name[3:]} hier".encode()),
    "md, gras au milieu du mot": lambda name: ("notes.md", f"avec {name[:3]}**{name[3:]}** hier".encode()),
    "json, valeur": lambda name: ("donnees.json", json.dumps({"qui": [name]}).encode()),
    "json, clé": lambda name: ("donnees.json", json.dumps({name: 1}).encode()),
}


# --- PDF, archives, LibreOffice


def pdf(change: Callable[[pypdf.PdfWriter, str], object]) -> Callable[[str], tuple[str, bytes]]:
    """A page that says « Constats », and what `change` adds."""

    def make(name: str) -> tuple[str, bytes]:
        from pypdf.generic import DecodedStreamObject, DictionaryObject, NameObject

        writer = pypdf.PdfWriter()
        page = writer.add_blank_page(200, 200)
        font = DictionaryObject({
            NameObject("/Type"): NameObject("/Font"), NameObject("/Subtype"): NameObject("/Type1"),
            NameObject("/BaseFont"): NameObject("/Helvetica"), NameObject("/Encoding"): NameObject("/WinAnsiEncoding"),
        })  # fmt: skip
        page[NameObject("/Resources")] = DictionaryObject(
            {NameObject("/Font"): DictionaryObject({NameObject("/F1"): font})}
        )
        said = getattr(change, "said", "")
        stream = DecodedStreamObject()
        stream.set_data(f"BT /F1 12 Tf 20 100 Td (Constats {name if said else ''}) Tj ET".encode("cp1252"))
        page[NameObject("/Contents")] = writer._add_object(stream)
        change(writer, name)
        out = io.BytesIO()
        writer.write(out)
        return "rapport.pdf", out.getvalue()

    return make


def _said(writer: pypdf.PdfWriter, name: str) -> None:
    assert writer
    assert name


_said.said = "yes"  # type: ignore[attr-defined]


def _annotation(writer: pypdf.PdfWriter, name: str) -> None:
    from pypdf.annotations import Text

    writer.add_annotation(0, Text(rect=(10, 10, 50, 50), text=f"voir {name}"))


PLACES |= {
    "pdf, texte": pdf(_said),
    "pdf, propriété": pdf(lambda writer, name: writer.add_metadata({"/Subject": name})),
    "pdf, signet": pdf(lambda writer, name: writer.add_outline_item(title=name, page_number=0)),
    "pdf, annotation": pdf(_annotation),
    "pdf, fichier joint": pdf(lambda writer, name: writer.add_attachment("notes.txt", f"avec {name}".encode())),
}


def archive(files: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        for path, content in files.items():
            package.writestr(path, content)
    return out.getvalue()


def project(source: str = "", named: str = "a", user: str = "enquete") -> tuple[str, bytes]:
    xml = f'<Project xmlns="urn:QDA-XML:project:1.0"><Users><User name="{user}"/></Users></Project>'
    return "etude.qdpx", archive({"project.qde": xml.encode(), f"Sources/{named}.txt": f"bonjour {source}".encode()})


def open_document(body: str = "", styles: str = "", meta: str = "", kind: str = "text") -> bytes:
    office = 'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"'
    texts = 'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"'
    tables = 'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"'
    root = f"{office} {texts} {tables}"
    return archive({
        "mimetype": f"application/vnd.oasis.opendocument.{kind}".encode(),
        "content.xml": f"<office:document {root}><office:body>{body}</office:body></office:document>".encode(),
        "styles.xml": f"<office:document-styles {root}>{styles}</office:document-styles>".encode(),
        "meta.xml": f'<office:meta {root} xmlns:dc="http://purl.org/dc/elements/1.1/">{meta}</office:meta>'.encode(),
    })  # fmt: skip


PLACES |= {
    "qdpx, source": lambda name: project(source=name),
    "qdpx, nom d'une source": lambda name: project(named=f"Entretien {name}"),
    "qdpx, utilisateur": lambda name: project(user=name),
    "qdpx, document Word dans l'archive": lambda name: (
        "etude.qdpx", archive({"project.qde": b"<Project/>", "Sources/a.docx": PLACES["docx, corps"](name)[1]})
    ),
    "odt, texte": lambda name: ("a.odt", open_document(f"<office:text><text:p>avec {name}</text:p></office:text>")),
    "odt, en-tête": lambda name: ("a.odt", open_document(styles=f"<text:p>{name}</text:p>")),
    "odt, propriété": lambda name: ("a.odt", open_document(meta=f"<dc:title>{name}</dc:title>")),
    "ods, cellule": lambda name: (
        "a.ods",
        open_document(
            '<office:spreadsheet><table:table table:name="F"><table:table-row><table:table-cell/>'
            f"<table:table-cell><text:p>{name}</text:p></table:table-cell></table:table-row></table:table>"
            "</office:spreadsheet>"
        ),
    ),
    "ods, nom de feuille": lambda name: (
        "a.ods", open_document(f'<office:spreadsheet><table:table table:name="{name}"/></office:spreadsheet>')
    ),
    "image, texte": lambda name: ("photo.png", png(name)),
}  # fmt: skip


def files(name: str) -> Iterator[tuple[str, str, bytes]]:
    """(place, name of the file, its bytes)."""
    for where, make in PLACES.items():
        file, data = make(name)
        yield where, file, data


# --- files of statistical programs


def statistical(kind: str, **told: object) -> Callable[[str], tuple[str, bytes]]:
    """A file of one column of numbers and one of texts; NAME in what is told stands for the name."""

    def make(name: str) -> tuple[str, bytes]:
        import tempfile
        from pathlib import Path

        import pandas as pd
        import pyreadstat

        def said(value: object) -> object:
            if isinstance(value, dict):
                return {said(key): said(inner) for key, inner in value.items()}
            return value.replace("NAME", name) if isinstance(value, str) else value

        options = {key: said(value) for key, value in told.items()}
        frame = pd.DataFrame({"age": [1.0, 2.0], said("mot"): ["oui", options.pop("cell", "non")]})
        frame = frame.rename(columns={"mot": options.pop("head", "mot")})
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / f"reponses.{kind}"
            getattr(pyreadstat, f"write_{kind}")(frame, path, **options)
            return path.name, path.read_bytes()

    return make


for _kind in ("sav", "dta"):
    place(f"{_kind}, cellule")(statistical(_kind, cell="vu avec NAME"))
    place(f"{_kind}, nom d'une colonne")(statistical(_kind, head="NAME"))
    place(f"{_kind}, libellé d'une colonne")(statistical(_kind, column_labels={"age": "suivi par NAME"}))
    place(f"{_kind}, libellé d'une valeur")(statistical(_kind, variable_value_labels={"age": {1.0: "chez NAME"}}))
    place(f"{_kind}, titre")(statistical(_kind, file_label="étude de NAME"))
place("sav, notes")(statistical("sav", note="saisi par NAME"))
place("sav, valeur manquante")(statistical("sav", cell="NAME", missing_ranges={"mot": ["NAME"]}))


@place("sav, extension inconnue")
def _(name: str) -> tuple[str, bytes]:
    import struct

    from enquete.survey import sav_layout

    file, data = statistical("sav")("")
    said = f"mot:auteur('{name}'\n)".encode()
    end = list(sav_layout.records(data))[-1].start
    return file, data[:end] + struct.pack("<iiii", 7, 18, 1, len(said)) + said + data[end:]


@place("dta, caractéristique")
def _(name: str) -> tuple[str, bytes]:
    """What follows moves: the map of the file is made to say so."""
    import struct

    file, data = statistical("dta")("")
    words = b"mot".ljust(129, b"\0") + b"auteur".ljust(129, b"\0") + name.encode() + b"\0"
    said = b"<ch>" + struct.pack("<I", len(words)) + words + b"</ch>"
    at, start = data.index(b"<characteristics>"), data.index(b"<map>") + 5
    places = [p + len(said) * (p > at) for p in struct.unpack_from("<14Q", data, start)]
    data = data[:start] + struct.pack("<14Q", *places) + data[start + 112 :]
    return file, data.replace(b"<characteristics>", b"<characteristics>" + said)
