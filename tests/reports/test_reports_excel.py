import io
import re
import zipfile
from dataclasses import replace

import openpyxl
import pytest
from lxml import etree

from enquete.disclosure.contents import texts_of
from enquete.findings.tables import Column, Figure, Kind, Page, Section, Series, Synthesis, Table
from enquete.reports.excel import DATA_SHEET, render


def synthesis(*, figures: tuple[Figure, ...] = (), quotation: str = "des mots") -> Synthesis:
    page = Page("Lisez-moi", "Essai", (Section("Quoi", ("Une phrase.", "Une autre.")), Section("Rien", ())))
    columns = (Column("Code", Kind.SHORT), Column("Thème", Kind.PHRASE), Column("Personnes", Kind.COUNT))
    rows = (("T1", "Argent", 7), ("T1.1", "Dettes", "quelques"))
    tree = Table("Thèmes", columns, rows, (0, 1), 1, figures)
    return Synthesis(
        "Essai",
        page,
        Table("Profil", columns, rows),
        tree,
        Table("Évolution", columns, ()),
        Table("Verbatims", (Column("Citation", Kind.LONG),), ((quotation,),)),
        Page("Méthode", "Méthode", ()),
    )


FIGURE = Figure(
    "Par vague",
    "Thème",
    "Personnes",
    ("Argent", "Santé"),
    (Series("Vague 1 (sur 9)", (7, 0)), Series("Vague 2 (sur 3)", ("quelques", 0), few=3)),
)


def opened(data: bytes) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(data))


def test_sheets_come_in_reading_order() -> None:
    names = ["Lisez-moi", "Profil", "Thèmes", "Évolution", "Verbatims", "Méthode"]
    assert opened(render(synthesis())).sheetnames == names
    assert opened(render(synthesis(figures=(FIGURE,)))).sheetnames == [*names, DATA_SHEET]


def test_a_table_can_be_filtered_scrolled_and_printed() -> None:
    sheet = opened(render(synthesis()))["Thèmes"]
    assert [[cell.value for cell in row] for row in sheet["A1:C3"]] == [
        ["Code", "Thème", "Personnes"],
        ["T1", "Argent", 7],
        ["T1.1", "Dettes", "quelques"],
    ]
    assert sheet.auto_filter.ref == "A1:C3"
    assert sheet.freeze_panes is not None
    assert sheet.print_title_rows == "$1:$1"
    assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
    assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (1, 0)
    assert "&P" in str(sheet.oddFooter.right.text)
    assert sheet["B3"].alignment.indent > sheet["B2"].alignment.indent
    assert sheet["A2"].font.b
    assert not sheet["A3"].font.b


def test_charts_are_native_have_titles_and_print_apart_from_the_table() -> None:
    sheet = opened(render(synthesis(figures=(FIGURE, FIGURE))))["Thèmes"]
    assert len(sheet._charts) == 2
    chart = sheet._charts[0]
    for title in (chart.title, chart.x_axis.title, chart.y_axis.title):
        assert title.tx.rich.p[0].r[0].t
        assert not title.overlay
    assert not chart.x_axis.delete
    assert not chart.y_axis.delete
    assert len(str(sheet.print_area).split(",")) == 3


def test_a_masked_count_is_drawn_as_the_most_it_can_be_and_reads_quelques() -> None:
    book = opened(render(synthesis(figures=(FIGURE,))))
    data = book[DATA_SHEET]
    cell = data["C5"]
    assert (cell.value, cell.number_format) == (3, '"quelques"')
    series = book["Thèmes"]._charts[0].series[1]
    assert [point.idx for point in series.dPt] == [0]


@pytest.mark.parametrize("text", ["=cmd|' /C calc'!A0", "+1", "@x", "a\x01b", "=" * 50_000])
def test_hostile_quotations_stay_texts(text: str) -> None:
    cell = opened(render(synthesis(quotation=text)))["Verbatims"]["A2"]
    assert cell.data_type == "s"


def test_equal_syntheses_give_equal_bytes() -> None:
    assert render(synthesis(figures=(FIGURE,))) == render(synthesis(figures=(FIGURE,)))


def test_every_text_of_the_synthesis_can_be_seen_by_the_gate() -> None:
    result = synthesis(figures=(FIGURE,))
    seen = {text.text for text in texts_of("synthese.xlsx", render(result))}
    assert {text for _, text in result.texts() if text} <= seen
    assert "Verbatims, ligne 2, Citation" in {place for place, _ in result.texts()}


# --- what readers write in

STATES = ("brouillon", "validée")
LONG_LIST = tuple(f"un choix assez long, numéro {number}" for number in range(20))


def written_in(rows: int = 2, links: dict | None = None) -> Synthesis:
    columns = (
        Column("N°", Kind.SHORT),
        Column("Demande", Kind.LONG, edited=True),
        Column("État", Kind.SHORT, edited=True, choices=STATES),
        Column("Priorité", Kind.SHORT, edited=True, choices=LONG_LIST),
    )
    keys = tuple(f"REC{number:02}" for number in range(1, rows + 1))
    table = Table(
        "Recommandations",
        columns,
        tuple((key, "Répondre par écrit. " * 8, "validée", "") for key in keys),
        links=links or {},
        keys=keys,
    )
    return replace(synthesis(), recommendations_table=table)


def test_a_column_to_write_in_says_so_and_keeps_its_title() -> None:
    head = opened(render(written_in()))["Recommandations"]["B1"]
    assert head.value == "Demande"
    assert head.number_format == '@" – à remplir"'


def test_rows_can_be_added_with_the_same_lists_under_the_filter() -> None:
    sheet = opened(render(written_in()))["Recommandations"]
    assert sheet.auto_filter.ref == "A1:D23"
    assert [str(one.sqref) for one in sheet.data_validations.dataValidation] == ["C2:C23", "D2:D23"]
    assert sheet.freeze_panes == "B2"
    assert sheet["A23"].value is None
    assert sheet["B23"].fill.fgColor.rgb == sheet["B2"].fill.fgColor.rgb != sheet["A2"].fill.fgColor.rgb


def test_an_empty_table_can_be_begun() -> None:
    sheet = opened(render(written_in(rows=0)))["Recommandations"]
    assert [str(one.sqref) for one in sheet.data_validations.dataValidation] == ["C2:C21", "D2:D21"]


def test_a_list_too_long_for_a_cell_stands_on_a_hidden_sheet() -> None:
    book = opened(render(written_in()))
    short, long = book["Recommandations"].data_validations.dataValidation
    assert short.formula1 == '"brouillon,validée"'
    assert short.showErrorMessage
    assert "brouillon, validée" in short.error
    assert long.formula1 == "'Listes'!$A$1:$A$20"
    assert book["Listes"].sheet_state == "hidden"
    assert [cell.value for cell in book["Listes"]["A"]] == list(LONG_LIST)


# --- links


def test_a_cell_leads_to_a_row_of_another_sheet_inside_the_book() -> None:
    made = replace(synthesis(), questions=Table("D'où ?", (Column("Nombre", Kind.COUNT),), ((3,), (4,))))
    made = replace(made, themes=replace(made.themes, links={(0, 2): ("D'où ?", 1), (1, 0): ("Nulle part", 0)}))
    data = render(made)
    sheet = opened(data)["Thèmes"]
    assert sheet["C2"].hyperlink.location == "'D''où'!A3"
    assert sheet["C2"].font.u == "single"
    assert sheet["A3"].hyperlink is None
    with zipfile.ZipFile(io.BytesIO(data)) as parts:
        assert not [name for name in parts.namelist() if name.startswith("xl/worksheets/_rels")]


def test_links_of_a_cell_of_several_lines_stand_beside_it() -> None:
    sheet = opened(render(written_in(links={(0, 1): ("Verbatims", 0)})))["Recommandations"]
    assert [cell.value for cell in sheet[1]] == ["N°", "Demande", "→ Demande", "État", "Priorité"]
    assert sheet["B2"].hyperlink is None
    assert (sheet["C2"].value, sheet["C2"].hyperlink.location) == ("→ Verbatims", "'Verbatims'!A2")
    assert [str(one.sqref) for one in sheet.data_validations.dataValidation] == ["D2:D23", "E2:E23"]


def test_the_first_header_leads_back_and_pages_lead_on() -> None:
    made = synthesis()
    book = opened(render(replace(made, readme=replace(made.readme, links={(0, 1): ("Profil", 0)}))))
    assert book["Thèmes"]["A1"].hyperlink.location == "'Lisez-moi'!A1"
    assert (book["Lisez-moi"]["C4"].value, book["Lisez-moi"]["C4"].hyperlink.location) == ("→ Profil", "'Profil'!A2")


# --- read, printed, heard


def test_essentiel_is_one_upright_page() -> None:
    page = Page("Essentiel", "Essai", (Section("Thèmes", ("Argent : 7 sur 9",)),), (FIGURE,))
    sheet = opened(render(replace(synthesis(), essential=page)))["Essentiel"]
    assert (sheet.page_setup.orientation, sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (
        "portrait",
        1,
        1,
    )
    assert len(sheet._charts) == 1
    assert "," not in str(sheet.print_area)


def test_charts_are_told_in_words() -> None:
    with zipfile.ZipFile(io.BytesIO(render(synthesis(figures=(FIGURE, FIGURE))))) as parts:
        drawing = parts.read("xl/drawings/drawing1.xml").decode()
    assert drawing.count('title="Par vague" descr="Diagramme en barres : Par vague.') == 2
    assert "Argent : 7 et quelques (3 au plus)" in drawing


def test_hidden_numbers_are_explained_under_the_table_once() -> None:
    made = synthesis()
    told = opened(render(made))["Thèmes"]
    assert "« quelques »" in str(told["A5"].value)
    noted = replace(made, themes=replace(made.themes, notes=("« quelques » : moins de 5.",)))
    assert [row[0].value for row in opened(render(noted))["Thèmes"].iter_rows(min_row=5)] == [
        "« quelques » : moins de 5."
    ]


def test_many_counts_side_by_side_are_printed_on_several_pages_with_upright_headers() -> None:
    columns = (Column("Participant", Kind.SHORT), *(Column(f"T{n} Un thème", Kind.COUNT) for n in range(60)))
    wide = Table("Cas × codes", columns, (("P001", *range(60)),))
    sheet = opened(render(replace(synthesis(), more=(wide,))))["Cas × codes"]
    assert sheet["C1"].alignment.textRotation == 90
    assert sheet.page_setup.fitToWidth > 1
    assert sheet.print_title_cols == "$A:$A"


def test_the_xml_of_each_sheet_is_in_the_order_that_excel_wants() -> None:
    made = replace(written_in(links={(0, 0): ("Verbatims", 0)}), themes=synthesis(figures=(FIGURE,)).themes)
    wanted = [
        "sheetPr", "dimension", "sheetViews", "sheetFormatPr", "cols", "sheetData", "autoFilter", "mergeCells",
        "dataValidations", "hyperlinks", "printOptions", "pageMargins", "pageSetup", "headerFooter", "drawing",
    ]  # fmt: skip
    with zipfile.ZipFile(io.BytesIO(render(made))) as parts:
        for name in parts.namelist():
            if re.fullmatch(r"xl/worksheets/sheet\d+\.xml", name):
                sheet = etree.fromstring(parts.read(name))
                places = [wanted.index(child.tag.partition("}")[2]) for child in sheet]
                assert places == sorted(set(places))
                rows = [int(row.get("r", "")) for row in sheet.iter("{*}row")]
                assert rows == sorted(set(rows))


def test_the_language_is_told() -> None:
    properties = opened(render(synthesis())).properties
    assert (properties.language, properties.title) == ("fr-FR", "Essai")
