"""A name planted where reports, pages, figures and workbooks with lists and links may hold one, as in `planted`."""

from __future__ import annotations

import base64
import zlib
from collections.abc import Callable

import openpyxl
from openpyxl.chart import BarChart, Reference
from openpyxl.comments import Comment
from openpyxl.formatting.rule import FormulaRule
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.table import Table
from planted import _EMPTY, _W, _page, place, rewritten, workbook

# --- Word: what a table of contents, captions, fields and a study's own model bring


def inside(xml: Callable[[str], str]) -> Callable[[str], tuple[str, bytes]]:
    """A document with this at the end of its body."""

    def make(name: str) -> tuple[str, bytes]:
        file, data = _EMPTY(name)
        return file, rewritten(data, "word/document.xml", "<w:sectPr", f"{xml(name)}<w:sectPr")

    return make


def beside(part: str, xml: Callable[[str], str]) -> Callable[[str], tuple[str, bytes]]:
    """A document with one more part."""

    def make(name: str) -> tuple[str, bytes]:
        file, data = _EMPTY(name)
        return file, rewritten(data, part, "", xml(name))

    return make


def _run(words: str) -> str:
    return f"<w:r><w:t xml:space='preserve'>{words}</w:t></w:r>"


def _field(code: str, result: str = "1") -> str:
    runs = [f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("begin", "separate", "end")]
    return f"<w:p>{runs[0]}<w:r><w:instrText>{code}</w:instrText></w:r>{runs[1]}{_run(result)}{runs[2]}</w:p>"


_DOCUMENTS = {
    "table des matières": inside(
        lambda name: f'<w:sdt><w:sdtContent><w:p><w:hyperlink w:anchor="_Toc1">{_run(f"Le parcours de {name}")}'
        f"{_run('4')}</w:hyperlink></w:p></w:sdtContent></w:sdt>"
    ),
    "légende": inside(lambda name: f"<w:p>{_run('Figure ')}{_run('1')}{_run(f' – le parcours de {name}')}</w:p>"),
    "code d'un champ": inside(lambda name: _field(f' TC "{name}" ')),
    "code d'un champ, en deux morceaux": inside(
        lambda name: _field(f' TC "{name[:3]}</w:instrText></w:r><w:r><w:instrText>{name[3:]}" ')
    ),
    "code d'un champ simple": inside(lambda name: f'<w:p><w:fldSimple w:instr=" TITLE {name} "/></w:p>'),
    "résultat d'un champ": inside(lambda name: _field(" DOCPROPERTY Suivi ", name)),
    "signet": inside(lambda name: f'<w:p><w:bookmarkStart w:id="1" w:name="{name}"/><w:bookmarkEnd w:id="1"/></w:p>'),
    "infobulle d'un lien": inside(lambda name: f'<w:p><w:hyperlink w:anchor="a" w:tooltip="{name}"/></w:p>'),
    "champ à remplir": inside(
        lambda name: f'<w:sdt><w:sdtPr><w:alias w:val="{name}"/></w:sdtPr><w:sdtContent><w:p/></w:sdtContent></w:sdt>'
    ),
    "zone de texte": inside(
        lambda name: f"<w:p><w:r><w:pict><v:textbox xmlns:v='urn:schemas-microsoft-com:vml'><w:txbxContent><w:p>"
        f"{_run(name)}</w:p></w:txbxContent></v:textbox></w:pict></w:r></w:p>"
    ),
    "titre d'une image": inside(
        lambda name: "<w:p><w:r><w:drawing><wp:docPr xmlns:wp='http://schemas.openxmlformats.org/drawingml/2006/"
        f"wordprocessingDrawing' id='7' name='Image' title='{name}'/></w:drawing></w:r></w:p>"
    ),
    "description d'un tableau": inside(
        lambda name: f'<w:tbl><w:tblPr><w:tblDescription w:val="{name}"/></w:tblPr></w:tbl>'
    ),
    "texte caché": inside(lambda name: f"<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>{name}</w:t></w:r></w:p>"),
    "mise en forme suivie, son auteur": inside(
        lambda name: f'<w:p><w:pPr><w:pPrChange w:id="2" w:author="{name}"><w:pPr/></w:pPrChange></w:pPr></w:p>'
    ),
    "note de fin": beside(
        "word/endnotes.xml",
        lambda name: f"<w:endnotes {_W}><w:endnote><w:p>{_run(name)}</w:p></w:endnote></w:endnotes>"
    ),
    "en-tête du modèle": beside("word/header7.xml", lambda name: f"<w:hdr {_W}><w:p>{_run(name)}</w:p></w:hdr>"),
    "variable du modèle": beside(
        "word/settings9.xml", lambda name: f'<w:settings {_W}><w:docVar w:name="Suivi" w:val="{name}"/></w:settings>'
    ),
    "nom d'un style du modèle": beside(
        "word/styles9.xml",
        lambda name: f'<w:styles {_W}><w:style><w:name w:val="{name}"/></w:style></w:styles>'
    ),
    "bloc enregistré du modèle": beside(
        "word/glossary/document.xml",
        lambda name: f"<w:glossaryDocument {_W}><w:p>{_run(name)}</w:p></w:glossaryDocument>"
    ),
    "propriété personnalisée du modèle": beside(
        "docProps/custom.xml",
        lambda name: "<Properties xmlns:vt='http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes'>"
        f"<property name='Suivi'><vt:lpwstr>{name}</vt:lpwstr></property></Properties>",
    ),
    "chemin du modèle": beside(
        "word/_rels/settings9.xml.rels",
        lambda name: f"<Relationships><Relationship Id='r' Target='{name}.dotx'/></Relationships>"
    ),
    "graphique": beside(
        "word/charts/chart1.xml",
        lambda name: f"<c:chart xmlns:c='urn:c'><c:strCache><c:pt><c:v>{name}</c:v></c:pt></c:strCache></c:chart>",
    ),
}  # fmt: skip
for _place, _make in _DOCUMENTS.items():
    place(f"docx, {_place}")(_make)


# --- pages: drawings and styles in them


def _svg(inner: str) -> str:
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9">{inner}</svg>'


def _address(kind: str, data: bytes) -> str:
    return f"data:{kind};base64,{base64.b64encode(data).decode()}"


def _chunk(kind: bytes, body: bytes) -> bytes:
    return len(body).to_bytes(4, "big") + kind + body + zlib.crc32(kind + body).to_bytes(4, "big")


def _png(kind: bytes, body: bytes) -> bytes:
    head = _chunk(b"IHDR", bytes([0, 0, 0, 1, 0, 0, 0, 1, 8, 0, 0, 0, 0]))
    return (
        b"\x89PNG\r\n\x1a\n"
        + head
        + _chunk(kind, body)
        + _chunk(b"IDAT", zlib.compress(b"\0\0"))
        + _chunk(b"IEND", b"")
    )


_PAGES = {
    "aria-label": lambda name: _page(f'<figure aria-label="parcours de {name}"></figure>'),
    "légende": lambda name: _page(f"<figure><figcaption>parcours de {name}</figcaption></figure>"),
    "dessin, texte": lambda name: _page(_svg(f"<text x='1'>{name}</text>")),
    "dessin, texte en morceaux": lambda name: _page(
        _svg(f"<text><tspan>{name[:3]}</tspan><tspan>{name[3:]}</tspan></text>")
    ),
    "dessin, titre": lambda name: _page(_svg(f"<title>{name}</title>")),
    "dessin, description": lambda name: _page(_svg(f"<desc>parcours de {name}</desc>")),
    "dessin, données jointes": lambda name: _page(_svg(f"<metadata><dc:creator>{name}</dc:creator></metadata>")),
    "dessin, identifiant": lambda name: _page(_svg(f"<g id='{name}'/>")),
    "dessin dans une adresse": lambda name: _page(
        f'<img alt="" src="{_address("image/svg+xml", _svg(f"<text>{name}</text>").encode())}">'
    ),
    "dessin dans une adresse, en clair": lambda name: _page(
        f"""<img alt="" src="data:image/svg+xml,%3Csvg%3E%3Ctext%3E{name}%3C/text%3E%3C/svg%3E">"""
    ),
    "image dans une adresse": lambda name: _page(
        f'<img alt="" src="{_address("image/png", _png(b"iTXt", b"Title" + bytes(5) + name.encode()))}">'
    ),
    "image dans une feuille de style": lambda name: _page(
        "", f"<style>p{{background:url({_address('image/svg+xml', _svg(f'<text>{name}</text>').encode())})}}</style>"
    ),
    "commentaire d'une feuille de style": lambda name: _page("", f"<style>/* pour {name} */</style>"),
    "nom d'une classe": lambda name: _page("", f"<style>.cas-{name} {{ color: red }}</style>"),
    "style d'une balise": lambda name: _page(f"<p style=\"--qui:'{name}'\">a</p>"),
    "ancre": lambda name: _page(f'<h2 id="{name}">Constat</h2>'),
    "lettre coupée par un tiret possible": lambda name: _page(f"<p>{name[:3]}&shy;{name[3:]}</p>"),
    "liste déroulante": lambda name: _page(f"<details><summary>{name}</summary></details>"),
    "auteur": lambda name: _page("", f'<meta name="author" content="{name}">'),
}  # fmt: skip
for _place, _written in _PAGES.items():
    place(f"html, {_place}")(_written)

_SVG = {
    "texte": lambda name: _svg(f"<text>{name}</text>"),
    "texte en morceaux": lambda name: _svg(f"<text><tspan>{name[:3]}</tspan><tspan>{name[3:]}</tspan></text>"),
    "titre": lambda name: _svg(f"<title>{name}</title>"),
    "métadonnées": lambda name: _svg(f"<metadata><x><agent>{name}</agent></x></metadata>"),
    "commentaire": lambda name: _svg(f"<!-- {name} -->"),
    "libellé": lambda name: _svg(f"<g aria-label='{name}'/>"),
}
for _place, _drawn in _SVG.items():
    place(f"svg, {_place}")(lambda name, drawn=_drawn: ("figure.svg", drawn(name).encode()))
    place(f"svg déclaré, {_place}")(
        lambda name, drawn=_drawn: ("figure.svg", b"<?xml version='1.0' encoding='utf-8'?>\n" + drawn(name).encode())
    )

_CHUNKS = {
    "iTXt": lambda name: (b"iTXt", b"Title" + bytes(5) + name.encode()),
    "iTXt comprimé": lambda name: (b"iTXt", b"Title\0\1\0\0\0" + zlib.compress(name.encode())),
    "zTXt": lambda name: (b"zTXt", b"Title\0\0" + zlib.compress(name.encode("latin-1"))),
    "eXIf": lambda name: (b"eXIf", b"MM\0*" + name.encode()),
}
for _place, _body in _CHUNKS.items():
    place(f"png, {_place}")(lambda name, body=_body: ("figure.png", _png(*body(name))))


# --- workbooks: lists, links, comments, charts


def _prompt(book: openpyxl.Workbook, name: str) -> None:
    rule = DataValidation(type="list", formula1='"oui,non"', promptTitle="État", prompt=f"comme {name}")
    rule.add("A5")
    book.active.add_data_validation(rule)


def _refusal(book: openpyxl.Workbook, name: str) -> None:
    rule = DataValidation(type="list", formula1='"oui,non"', errorTitle=name, error="Choisissez dans la liste")
    rule.add("A5")
    book.active.add_data_validation(rule)


def _linked(**told: str) -> Callable[[openpyxl.Workbook, str], None]:
    def change(book: openpyxl.Workbook, name: str) -> None:
        book.active["A2"] = "voir"
        words = {key: value.format(name=name) for key, value in told.items()}
        book.active["A2"].hyperlink = Hyperlink(ref="A2", **{"location": "A1", **words})

    return change


def _rule(book: openpyxl.Workbook, name: str) -> None:
    book.active.conditional_formatting.add("A1:A9", FormulaRule(formula=[f'A1="{name}"']))


def _columns(book: openpyxl.Workbook, name: str) -> None:
    book.active["F1"], book.active["F2"] = name, 1
    book.active.add_table(Table(displayName="Liste", ref="F1:F2"))


def _filter(book: openpyxl.Workbook, name: str) -> None:
    book.active.auto_filter.ref = "A1:A9"
    book.active.auto_filter.add_filter_column(0, [name])


def _series(book: openpyxl.Workbook, name: str) -> None:
    book.active["B1"], book.active["B2"] = "Nombre", 3
    chart = BarChart()
    chart.add_data(Reference(book.active, min_col=2, min_row=2, max_row=2))
    chart.series[0].tx = openpyxl.chart.series.SeriesLabel(v=name)
    book.active.add_chart(chart, "D4")


def _code(book: openpyxl.Workbook, name: str) -> None:
    book.active.sheet_properties.codeName = name


def _said(book: openpyxl.Workbook, name: str) -> None:
    book.active["C3"].comment = Comment(f"voir avec {name}", "enquete")


for _place, _change in {
    "message d'une liste": _prompt, "refus d'une liste": _refusal, "infobulle d'un lien": _linked(tooltip="{name}"),
    "texte d'un lien": _linked(display="{name}"), "cible d'un lien": _linked(location="'{name}'!A1"),
    "règle de mise en forme": _rule, "en-tête d'un tableau": _columns, "filtre": _filter,
    "série d'un graphique": _series, "nom de code d'une feuille": _code, "commentaire d'une cellule": _said,
}.items():  # fmt: skip
    place(f"xlsx, {_place}")(workbook(_change))


@place("xlsx, texte de remplacement d'un graphique")
def _chart_alternative(name: str) -> tuple[str, bytes]:
    file, data = workbook(_series)("Thème")
    return file, rewritten(data, "xl/drawings/drawing1.xml", "<cNvPr ", f'<cNvPr descr="{name}" ')


@place("xlsx, modèle de liste récent")
def _recent_list(name: str) -> tuple[str, bytes]:
    file, data = workbook(lambda book, _: None)(name)
    rule = f'<extLst><ext><dataValidation><formula1><f>"oui,{name}"</f></formula1></dataValidation></ext></extLst>'
    return file, rewritten(data, "xl/worksheets/sheet1.xml", "</worksheet>", f"{rule}</worksheet>")
