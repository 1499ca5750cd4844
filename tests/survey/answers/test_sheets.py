"""Answers in .xlsx and .ods."""

import contextlib
import datetime
import io
import unicodedata
import zipfile
from pathlib import Path

import openpyxl
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from odfdo import Cell, Document, Row, Table

from enquete.errors import EnqueteError, Problem
from enquete.survey.answers.accents import mended
from enquete.survey.answers.read import read_data
from enquete.survey.answers.types import DataTable
from enquete.tables import Severity

HEADER = ["code", "heures", "jour"]


def workbook(
    folder: Path, sheets: dict[str, list[list[object]]], name: str = "réponses.xlsx"
) -> tuple[Path, openpyxl.Workbook]:
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for title, cells in sheets.items():
        page = book.create_sheet(title)
        for row in cells:
            page.append(row)
    book.save(folder / name)
    return folder / name, book


def ods(path: Path, sheets: dict[str, list[list[object]]]) -> Path:
    document = Document("spreadsheet")
    document.body.clear()
    for title, cells in sheets.items():
        table = Table(title)
        for values in cells:
            row = Row()
            for value in values:
                row.append_cell(Cell(value=value))
            table.append_row(row)
        document.body.append(table)
    document.save(path)
    return path


def rows(table: DataTable) -> list[list[object]]:
    columns = [[None if code < 0 else each.levels[code] for code in each.codes] for each in table.columns]
    return [list(row) for row in zip(*columns, strict=True)]


def refused(path: Path, **options) -> EnqueteError:
    with pytest.raises(EnqueteError) as caught:
        read_data(path, **options)
    return caught.value


def test_numbers_dates_times_and_texts(tmp_path):
    cells = [
        ["code", "n", "jour", "instant", "heure", "durée", "oui"],
        ["012", 3.0, datetime.date(2026, 3, 1), datetime.datetime(2026, 3, 1, 9, 30), datetime.time(8, 5),
         datetime.timedelta(hours=30), True],
        ["P2 ", 2.5, None, None, None, None, False],
    ]  # fmt: skip
    path, _ = workbook(tmp_path, {"Feuille1": cells})
    table = read_data(path).tables[0]
    assert rows(table) == [
        [
            "012",
            3,
            datetime.date(2026, 3, 1),
            datetime.datetime(2026, 3, 1, 9, 30),
            datetime.time(8, 5),
            "30:00:00",
            "VRAI",
        ],
        ["P2", 2.5, None, None, None, None, "FAUX"],
    ]
    assert [type(each.levels[0]) for each in table.columns[1:2]] == [int]
    assert table.numbers == (2, 3)


def test_two_rows_of_titles_are_told(tmp_path):
    path, _ = workbook(
        tmp_path, {"a": [["Qui", None, "Aides", None], ["code", "âge", "apl", "colis"], ["P1", 3, 1, 0]]}
    )
    error = refused(path)
    assert error.problem is Problem.ANSWERS_TWO_HEADERS
    assert "ligne 2" in str(error)


def test_truth_values_beside_numbers(tmp_path):
    path, _ = workbook(tmp_path, {"a": [["code", "x"], ["P1", 1], ["P2", True], ["P3", 0], ["P4", False]]})
    assert rows(read_data(path).tables[0]) == [["P1", 1], ["P2", "VRAI"], ["P3", 0], ["P4", "FAUX"]]


def test_leading_zeros_that_a_format_shows_are_kept(tmp_path):
    path, book = workbook(tmp_path, {"a": [["code", "postal"], ["P1", 1600], ["P2", 92160]]})
    for row in (2, 3):
        book["a"].cell(row, 2).number_format = "00000"
    book.save(path)
    assert rows(read_data(path).tables[0]) == [["P1", "01600"], ["P2", "92160"]]


def test_formulas_in_error_refuse_their_row(tmp_path):
    path, _ = workbook(tmp_path, {"a": [HEADER, ["P1", "#N/A", None], ["P2", 3, None], ["P3", "=1+1", "#REF!"]]})
    file = read_data(path)
    assert rows(file.tables[0]) == [["P2", 3, None]]
    assert [(remark.row, remark.severity) for remark in file.remarks] == [(2, Severity.ERROR), (4, Severity.ERROR)]
    assert "B2 (#N/A)" in file.remarks[0].message
    assert "B4 (formule pas encore calculée), C4 (#REF!)" in file.remarks[1].message


def test_merged_and_hidden_cells_are_said(tmp_path):
    path, book = workbook(tmp_path, {"a": [HEADER, ["P1", 2, 3], ["P2", 4, 5], ["P3", 6, 7]], "cachée": [["x"], [1]]})
    page = book["a"]
    page.merge_cells("B2:C2")
    page.row_dimensions[3].hidden = True
    page.column_dimensions["B"].hidden = True
    book["cachée"].sheet_state = "hidden"
    book.save(path)
    file = read_data(path)
    said = " ".join(remark.message for remark in file.remarks)
    assert len(file.tables) == 1
    for part in ("B2:C2", "ligne 3", "masquées : B", "Feuilles masquées, non lues : cachée"):
        assert part in said
    assert rows(file.tables[0])[1] == ["P2", 4, 5]
    assert read_data(path, "cachée").tables[0].name == "cachée"


def test_linked_sheets_of_kobo(tmp_path):
    sheets = {
        "foyer": [["code", "_index"], ["P1", 1], ["P2", 2]],
        "enfants": [["age", "_parent_table_name", "_parent_index"], [3, "foyer", 1], [5, "foyer", 1]],
        "vide": [],
    }
    file = read_data(workbook(tmp_path, sheets)[0])
    assert [table.name for table in file.tables] == ["foyer", "enfants"]
    assert rows(file.tables[1]) == [[3, "foyer", 1], [5, "foyer", 1]]


@pytest.mark.parametrize(
    ("cells", "problem", "place"),
    [
        ([[*HEADER[:2], "heures"], ["P1", 2, 3]], Problem.ANSWERS_REPEATED, "ligne 1"),
        ([HEADER[:2], ["P1", 2], ["P2", 2, 3]], Problem.TABLE_NO_TITLE, "ligne 3"),
        ([[1, 2], [3, 4]], Problem.TABLE_NO_HEADER, "ligne 1"),
        ([["Titre", None], ["P1", 2], ["P2", 3]], Problem.TABLE_NO_HEADER, "ligne 2"),
    ],
)
def test_titles_that_would_make_a_column_be_misread(tmp_path, cells, problem, place):
    error = refused(workbook(tmp_path, {"a": cells})[0])
    assert error.problem is problem
    assert error.where == f"réponses.xlsx, feuille « a », {place}"


def test_a_title_above_the_table(tmp_path):
    file = read_data(workbook(tmp_path, {"a": [["Enquête de printemps"], [], HEADER, ["P1", 2, None]]})[0])
    assert rows(file.tables[0]) == [["P1", 2, None]]
    assert file.tables[0].numbers == (4,)
    assert "ligne 1" in file.remarks[0].message


def test_what_is_no_workbook_of_answers(tmp_path):
    form = {"survey": [["type", "name", "label"], ["text", "q", "Q"]], "choices": [["list_name", "name", "label"]]}
    assert refused(workbook(tmp_path, form)[0]).problem is Problem.ANSWERS_FORM
    assert refused(workbook(tmp_path, {"a": []})[0]).problem is Problem.TABLE_EMPTY
    path, _ = workbook(tmp_path, {"a": [HEADER, ["P1", 1, 2]]})
    assert refused(path, sheet="b").problem is Problem.TABLE_NO_SHEET
    path.write_bytes(path.read_bytes()[:-60])
    assert refused(path).problem is Problem.TABLE_DAMAGED
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("photo.jpg", b"x")
    (tmp_path / "a.zip").write_bytes(stream.getvalue())
    assert refused(tmp_path / "a.zip").problem is Problem.ANSWERS_ARCHIVE


def test_a_damaged_sheet_is_refused(tmp_path):
    path, _ = workbook(tmp_path, {"a": [HEADER, ["P1", 1, 2]]})
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    parts["xl/worksheets/sheet1.xml"] = parts["xl/worksheets/sheet1.xml"][:200]
    with zipfile.ZipFile(path, "w") as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    assert refused(path).problem is Problem.TABLE_DAMAGED


def test_truth_values_of_an_ods(tmp_path):
    path = ods(tmp_path / "a.ods", {"a": [["code", "x", "y"], ["P1", True, 1], ["P2", False, 0]]})
    assert rows(read_data(path).tables[0]) == [["P1", "VRAI", 1], ["P2", "FAUX", 0]]


def test_equal_rows_of_an_ods_in_error_are_all_refused(tmp_path):
    path = ods(tmp_path / "a.ods", {"a": [["code", "n"], ["P1", 1], ["P2", 2]]})
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    content = parts["content.xml"].decode()
    kind = 'xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"'
    content = content.replace("<office:document-content", f"<office:document-content {kind}", kind not in content)
    cell = '<table:table-cell office:value-type="string" calcext:value-type="error"><text:p>#REF!</text:p>'
    row = f'<table:table-row table:number-rows-repeated="2">{2 * (cell + "</table:table-cell>")}</table:table-row>'
    parts["content.xml"] = content.replace("</table:table>", f"{row}</table:table>").encode()
    with zipfile.ZipFile(path, "w") as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    file = read_data(path)
    assert [remark.row for remark in file.remarks] == [4, 5]
    assert rows(file.tables[0]) == [["P1", 1], ["P2", 2]]


def test_an_ods_in_error(tmp_path):
    path = ods(tmp_path / "a.ods", {"a": [["code", "n"], ["P1", 1], ["P2", 2]]})
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    content = parts["content.xml"].decode()
    kind = 'xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"'
    content = content.replace(
        "<office:document-content", f"<office:document-content {kind}", 1 if kind not in content else 0
    )
    cell = content[content.index("<table:table-cell", content.rindex("P2")) :]
    cell = cell[: cell.index("</table:table-cell>") + len("</table:table-cell>")]
    error = '<table:table-cell office:value-type="string" office:string-value="" calcext:value-type="error">'
    error += "<text:p>#DIV/0!</text:p></table:table-cell>"
    parts["content.xml"] = content.replace(cell, error).encode()
    with zipfile.ZipFile(path, "w") as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    file = read_data(path)
    assert rows(file.tables[0]) == [["P1", 1]]
    assert "B3 (#DIV/0!)" in file.remarks[0].message


def printable(size: int) -> st.SearchStrategy[str]:
    letters = st.characters(
        exclude_categories=["Cs", "Cc"], exclude_characters="\ufeff\u200b\ufffd#_", max_codepoint=0x3000
    )
    return st.text(letters, min_size=1, max_size=size).map(
        lambda text: mended(unicodedata.normalize("NFC", " ".join(text.split())).strip())[0].strip()
    )


VALUE = st.one_of(
    printable(20).filter(lambda text: bool(text) and not text.startswith(("=", "PT", "Err"))),
    st.integers(-(10**9), 10**9),
    st.floats(-1e6, 1e6, allow_subnormal=False).map(lambda value: round(value, 6)),
    st.dates(datetime.date(1905, 1, 1), datetime.date(2200, 1, 1)),
    st.none(),
)
TABLE = st.integers(2, 5).flatmap(
    lambda width: st.lists(
        st.lists(VALUE, min_size=width, max_size=width).filter(lambda row: any(cell not in (None, "") for cell in row)),
        min_size=1, max_size=8,
    )
)  # fmt: skip


@settings(max_examples=40)
@given(TABLE)
def test_what_pandas_writes_in_a_workbook_is_read_back_the_same(tmp_path_factory, cells):
    path = tmp_path_factory.mktemp("xlsx") / "a.xlsx"
    frame = pd.DataFrame(cells, columns=[f"Q{place}" for place in range(len(cells[0]))], dtype=object)
    frame.to_excel(path, index=False)
    assert rows(read_data(path).tables[0]) == cells


@settings(max_examples=40)
@given(TABLE)
def test_what_odfdo_writes_in_a_workbook_is_read_back_the_same(tmp_path_factory, cells):
    path = tmp_path_factory.mktemp("ods") / "a.ods"
    ods(path, {"Feuille": [[f"Q{place}" for place in range(len(cells[0]))], *cells]})
    assert rows(read_data(path).tables[0]) == cells


def test_a_date_before_the_first_of_a_workbook_refuses_its_row(tmp_path):
    path, book = workbook(tmp_path, {"a": [["code", "jour"], ["P1", -5], ["P2", 45_000], ["P3", -5]]})
    for row in (2, 3):
        book["a"].cell(row, 2).number_format = "dd/mm/yyyy"
    book.save(path)
    file = read_data(path)
    assert rows(file.tables[0]) == [["P2", datetime.date(2023, 3, 15)], ["P3", -5]]
    assert [remark.row for remark in file.remarks] == [2]
    assert "B2 (date impossible)" in file.remarks[0].message


def test_a_sheet_of_notes_that_is_no_table_is_said(tmp_path):
    sheets = {"réponses": [HEADER, ["P1", 1, 2]], "notes": [["à lire", None], ["x", 5]]}
    file = read_data(workbook(tmp_path, sheets)[0])
    assert [table.name for table in file.tables] == ["réponses"]
    assert "Feuille « notes » non lue" in file.remarks[0].message


@pytest.fixture(scope="module")
def sound(tmp_path_factory):
    """Written once: the hour of their writing changes their length."""
    folder = tmp_path_factory.mktemp("sound")
    rows = {"a": [HEADER, ["P1", 1, "déjà"]]}
    return {
        "xlsx": workbook(folder, rows, "a.xlsx")[0].read_bytes(),
        "ods": ods(folder / "a.ods", rows).read_bytes(),
    }


@given(st.data())
@settings(max_examples=40)
def test_a_workbook_with_wrong_bytes_is_read_or_refused(tmp_path_factory, sound, data):
    path = tmp_path_factory.mktemp("wrong") / "a.xlsx"
    content = bytearray(sound[data.draw(st.sampled_from(["xlsx", "ods"]))])
    for place in data.draw(st.lists(st.integers(0, len(content) - 1), min_size=1, max_size=5)):
        content[place] = data.draw(st.integers(0, 255))
    path.write_bytes(bytes(content))
    with contextlib.suppress(EnqueteError):  # any other error is one
        read_data(path)
