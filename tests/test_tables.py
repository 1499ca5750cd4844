import csv
import datetime
import io
import zipfile
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from enquete.errors import EnqueteError, Problem
from enquete.tables import Table, column_key, find_column, read_table


def table(folder: Path, text: str, encoding: str = "utf-8", name: str = "t.csv") -> Table:
    path = folder / name
    path.write_bytes(text.encode(encoding))
    return read_table(path)


def cells(found: Table) -> list[list[str]]:
    return [[row.cells[column] for column in found.columns] for row in found.rows]


def refusal(folder: Path, content: str | bytes, name: str = "t.csv") -> EnqueteError:
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    with pytest.raises(EnqueteError) as caught:
        read_table(path)
    return caught.value


def workbook(folder: Path, *sheets: list[list[object]], name: str = "t.xlsx") -> Path:
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for rows in sheets:
        page = book.create_sheet()
        for row in rows:
            page.append(row)
    book.save(folder / name)
    return folder / name


@pytest.mark.parametrize("delimiter", [";", ",", "\t", "|"])
@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_delimiters_line_ends_encodings(tmp_path: Path, delimiter: str, line_end: str, encoding: str) -> None:
    lines = ["Code;Réponse", "P01;déjà codé", 'P02;"deux\nlignes ; ""ici"""', "", "P03;"]
    text = line_end.join(lines).replace(";", delimiter)
    found = table(tmp_path, text, encoding)
    assert found.columns == ("Code", "Réponse")
    assert cells(found) == [["P01", "déjà codé"], ["P02", f'deux\nlignes {delimiter} "ici"'], ["P03", ""]]
    assert [row.number for row in found.rows] == [2, 3, 6]
    assert found.source == "t.csv"


def test_title_blank_rows_and_columns_and_trailing_delimiters_are_left_out(tmp_path: Path) -> None:
    found = table(
        tmp_path,
        """Étude, personnes rencontrées;;;;;
;;;;;
Code;;Vague; Âge ;;
P01;;v1;30;;
;;;;;
P02;;v2;;;
""",
    )
    assert found.columns == ("Code", "Vague", "Âge")
    assert cells(found) == [["P01", "v1", "30"], ["P02", "v2", ""]]
    assert [row.number for row in found.rows] == [4, 6]


def test_excel_names_its_delimiter(tmp_path: Path) -> None:
    found = table(tmp_path, "sep=;\nCode;Vague\nP01;1,5\n")
    assert cells(found) == [["P01", "1,5"]]
    assert found.rows[0].number == 3


def test_commas_inside_values_do_not_hide_semicolons(tmp_path: Path) -> None:
    assert table(tmp_path, "Nom, prénom;Code;Vague\nX, Y;P01;v1\nZ, T;P02;v1\n").columns == (
        "Nom, prénom",
        "Code",
        "Vague",
    )


def test_one_column(tmp_path: Path) -> None:
    assert cells(table(tmp_path, "Code\nP01\nP02\n")) == [["P01"], ["P02"]]


def test_header_alone(tmp_path: Path) -> None:
    assert table(tmp_path, "Code;Vague\n") == Table(("Code", "Vague"), (), "t.csv")


@pytest.mark.parametrize(
    ("text", "problem", "line"),
    [
        ("", Problem.TABLE_EMPTY, 0),
        (";;\n;;\n", Problem.TABLE_EMPTY, 0),
        ("a,b,c\n1,2,3\nP1,12,5,x\n", Problem.TABLE_SHIFTED, 3),
        ("a,b,c\nP1,12,5,\nP2,13,5,\n", Problem.TABLE_SHIFTED, 2),
        ("a,b,c\nP1,x,y\nP1,12,5,\n", Problem.TABLE_SHIFTED, 3),
        ("a,b,c\n1;2;3\n4;5;6\n", Problem.TABLE_MIXED, 2),
        ("a;b;c\n1;2;3\n4,5,6\n", Problem.TABLE_MIXED, 3),
        ("a;b;c\n1;2,3\n4;5;6\n", Problem.TABLE_MIXED, 2),
        ("a;b;A \n1;2;3\n", Problem.TABLE_REPEATED, 1),
        ("P01;2025-03-12;oui\nP02;2025-03-13;oui\n", Problem.TABLE_NO_HEADER, 1),
        ("P01;a.docx\nP02;b.docx\n", Problem.TABLE_NO_HEADER, 1),
        ("1;2\n3;4\n", Problem.TABLE_NO_HEADER, 1),
        ("a;;c\n1;2;3\n", Problem.TABLE_NO_TITLE, 2),
        ('a;b\n1;2\n3;"4\n5;6\n', Problem.TABLE_QUOTES, 3),
        ('a;b\n1;"deux" fois\n', Problem.TABLE_QUOTES, 2),
        ("<html><table></table></html>", Problem.TABLE_DAMAGED, 0),
    ],
)
def test_what_would_be_misread_is_refused_with_its_line(tmp_path: Path, text: str, problem: Problem, line: int) -> None:
    error = refusal(tmp_path, text)
    assert error.problem is problem
    assert error.where == (f"t.csv, ligne {line}" if line else "t.csv")


def test_a_folder_is_no_table(tmp_path: Path) -> None:
    with pytest.raises(EnqueteError) as caught:
        read_table(tmp_path)
    assert caught.value.problem is Problem.TABLE_IS_FOLDER


def test_a_missing_file(tmp_path: Path) -> None:
    with pytest.raises(EnqueteError) as caught:
        read_table(tmp_path / "none.csv")
    assert caught.value.problem is Problem.FILE_NOT_FOUND


def test_numbers_dates_and_text_of_a_workbook(tmp_path: Path) -> None:
    day = datetime.datetime(2025, 3, 12)
    path = workbook(
        tmp_path,
        [],
        [
            ["Personnes rencontrées"],
            [],
            ["Code", "Vague", "Date", "Heure", "Montant", "Note", None],
            ["P01", 1.0, day, day.replace(hour=9, minute=30), 607.75, " 1.0 ", None],
            [],
            ["002", True, datetime.date(2025, 1, 2), datetime.time(9, 5), 1e15, "a\r\nb", None],
        ],
    )
    found = read_table(path)
    assert found.columns == ("Code", "Vague", "Date", "Heure", "Montant", "Note")
    assert cells(found) == [
        ["P01", "1", "2025-03-12", "2025-03-12T09:30:00", "607.75", "1.0"],
        ["002", "VRAI", "2025-01-02", "09:05:00", "1000000000000000", "a\nb"],
    ]
    assert [row.number for row in found.rows] == [4, 6]


def test_a_number_shown_with_zeros_keeps_them(tmp_path: Path) -> None:
    path = workbook(tmp_path, [["Code", "Vague"], [7, 1]])
    book = openpyxl.load_workbook(path)
    book.worksheets[0]["A2"].number_format = "000"
    book.save(path)
    assert cells(read_table(path)) == [["007", "1"]]


def test_a_sheet_by_name_and_hidden_sheets(tmp_path: Path) -> None:
    path = workbook(tmp_path, [["a", "b"], [1, 2]], [["c", "d"], [3, 4]])
    book = openpyxl.load_workbook(path)
    first, second = book.worksheets
    first.sheet_state = "hidden"
    second.title = "Codages"
    book.active = 1
    book.save(path)
    assert read_table(path).columns == ("c", "d")
    assert read_table(path, "Codages").columns == ("c", "d")
    with pytest.raises(EnqueteError) as caught:
        read_table(path, "Autre")
    assert caught.value.problem is Problem.TABLE_NO_SHEET


def test_a_formula_never_computed_is_refused(tmp_path: Path) -> None:
    path = workbook(tmp_path, [["a", "b"], ["x", "=1+1"]])
    assert refusal(tmp_path, path.read_bytes(), "t.xlsx").problem is Problem.TABLE_FORMULAS


def test_a_workbook_under_another_extension_and_damaged_ones(tmp_path: Path) -> None:
    data = workbook(tmp_path, [["a", "b"], [1, 2]]).read_bytes()
    (tmp_path / "t.csv").write_bytes(data)
    assert cells(read_table(tmp_path / "t.csv")) == [["1", "2"]]
    assert refusal(tmp_path, data[: len(data) // 2], "t.xlsx").problem is Problem.TABLE_DAMAGED
    assert refusal(tmp_path, "a;b", "t.xlsx").problem is Problem.TABLE_DAMAGED
    assert refusal(tmp_path, b"\x00\x01\x02" * 50, "t.csv").problem is Problem.TABLE_DAMAGED
    old = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
    assert refusal(tmp_path, old, "t.xls").problem is Problem.TABLE_OLD_EXCEL
    locked = old + "EncryptedPackage".encode("utf-16-le")
    assert refusal(tmp_path, locked, "t.xlsx").problem is Problem.TABLE_PASSWORD


def test_a_bomb_is_refused(tmp_path: Path) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive, archive.open("xl/workbook.xml", "w") as member:
        for _ in range(301):
            member.write(bytes(1_000_000))
    assert refusal(tmp_path, packed.getvalue(), "t.xlsx").problem is Problem.TABLE_TOO_LARGE


ODS = """<office:document-content
 xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"
 xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:spreadsheet>
<table:table table:name="Vide"><table:table-row table:number-rows-repeated="1048576"><table:table-cell
 table:number-columns-repeated="16384"/></table:table-row></table:table>
<table:table table:name="Une"><table:table-header-rows><table:table-row>
<table:table-cell office:value-type="string"><text:p>Code</text:p></table:table-cell>
<table:table-cell office:value-type="string"><text:p>Vague</text:p></table:table-cell>
<table:table-cell office:value-type="string"><text:p>Date</text:p></table:table-cell></table:table-row>
</table:table-header-rows>
<table:table-row table:number-rows-repeated="3"><table:table-cell/></table:table-row>
<table:table-row><table:table-cell office:value-type="string">
<office:annotation><text:p>note</text:p></office:annotation>
<text:p>un<text:s text:c="2"/><text:span>mot</text:span></text:p><text:p>deux</text:p></table:table-cell>
<table:table-cell office:value-type="float" office:value="1"><text:p>1,00</text:p></table:table-cell>
<table:table-cell office:value-type="date" office:date-value="2025-03-12"><text:p>12/03/25</text:p></table:table-cell>
<table:table-cell table:number-columns-repeated="16381"/></table:table-row>
</table:table></office:spreadsheet></office:body></office:document-content>"""


def ods(folder: Path, manifest: str = "<manifest/>") -> Path:
    path = folder / "t.ods"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", ODS)
        archive.writestr("META-INF/manifest.xml", manifest)
    return path


def test_an_opendocument_sheet(tmp_path: Path) -> None:
    found = read_table(ods(tmp_path))
    assert found.columns == ("Code", "Vague", "Date")
    assert cells(found) == [["un  mot\ndeux", "1", "2025-03-12"]]
    assert found.rows[0].number == 5


def test_an_opendocument_sheet_with_a_password(tmp_path: Path) -> None:
    path = ods(tmp_path, "<manifest:encryption-data/>")
    assert refusal(tmp_path, path.read_bytes(), "t.ods").problem is Problem.TABLE_PASSWORD


def test_json_lines(tmp_path: Path) -> None:
    text = '{"tour": 1, "codes": ["R01", "R02"]}\n\n{"codes": [], "score": 0.5, "mémo": "é\\n"'
    text += ', "oui": true, "non": null}\n'
    found = table(tmp_path, text, name="t.jsonl")
    assert found.columns == ("tour", "codes", "score", "mémo", "oui", "non")
    assert cells(found) == [["1", "R01; R02", "", "", "", ""], ["", "", "0.5", "é", "VRAI", ""]]
    assert [row.number for row in found.rows] == [1, 3]


@pytest.mark.parametrize("line", ["{", "[1]", '{"a": {"b": 1}}'])
def test_json_that_is_no_row(tmp_path: Path, line: str) -> None:
    error = refusal(tmp_path, '{"a": 1}\n' + line, "t.jsonl")
    assert (error.problem, error.where) == (Problem.TABLE_JSON, "t.jsonl, ligne 2")


FIELD = st.text(
    st.characters(codec="utf-8", exclude_characters="\x00\ufeff\u200b", exclude_categories=["Cc"]), max_size=8
)


@given(st.lists(st.lists(FIELD, min_size=3, max_size=3).filter(lambda row: all(f.strip() for f in row)), min_size=1))
def test_what_a_program_writes_is_read_back(tmp_path_factory: pytest.TempPathFactory, rows: list[list[str]]) -> None:
    path = tmp_path_factory.mktemp("csv") / "t.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, delimiter=";", quoting=csv.QUOTE_ALL).writerows([["un", "deux", "trois"], *rows])
    found = read_table(path)
    assert found.columns == ("un", "deux", "trois")
    assert len(found.rows) == len(rows)
    for row, got in zip(rows, cells(found), strict=True):
        assert ["".join(a.split()) for a in map(normal, row)] == ["".join(b.split()) for b in got]


def normal(text: str) -> str:
    import unicodedata

    return unicodedata.normalize("NFC", text)


@pytest.mark.parametrize(
    ("header", "name"),
    [
        ("N° de Participant(s)", "participant_n°"),
        ("participantId", "ID participant"),
        ("FICHIERS", "Fichier(s)"),
        ("Numéro d’allocataire", "no allocataire"),
        ("  Date  d'entretien", "date entretien"),
        ("Enquêté·e", "enquete e"),
    ],
)
def test_headers_that_are_the_same(header: str, name: str) -> None:
    assert column_key(header) == column_key(name)


def test_the_first_name_found_wins() -> None:
    assert find_column(["Nom", "Participant", "Code"], ["code", "participant"]) == "Code"
    assert find_column(["Nom"], ["code"]) is None
    assert find_column(["Prénom"], ["nom"]) is None
