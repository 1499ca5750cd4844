import io

import openpyxl
import pytest

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
