"""Codebooks in Excel: round trips, and what hands do to a sheet."""

import io
from pathlib import Path

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from test_codebook_yaml import books

from enquete.codebook import Code, Codebook, Cues, xlsx
from enquete.errors import EnqueteError, Problem

BOOK = Codebook(
    "rsa",
    "Le « nouveau RSA »",
    2,
    (
        Code("R01", "Entrée", definition="= ce qui compte", colour="#4477AA"),
        Code("R01.1", "Bascule", cues=Cues(("RSA",), ("fin de droits", "-perdre"), (({"LOWER": "rsa"}, {"OP": "?"}),))),
        Code("R02", "Budget", definition="Deux\n\nparagraphes", examples=("un", "deux")),
    ),
)


def edited(tmp_path: Path, edit) -> Path:
    book = openpyxl.load_workbook(io.BytesIO(xlsx.write(BOOK)))
    edit(book)
    path = tmp_path / "grille.xlsx"
    book.save(path)
    return path


def column(sheet, title: str) -> int:
    return next(cell.column for cell in sheet[1] if cell.value == title)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(book=books)
def test_what_is_written_is_read_back_the_same(tmp_path, book):
    path = tmp_path / "grille.xlsx"
    path.write_bytes(xlsx.write(book))
    assert xlsx.read(path) == book


def test_equal_bytes_and_a_sheet_ready_for_work(tmp_path):
    assert xlsx.write(BOOK) == xlsx.write(BOOK)
    book = openpyxl.load_workbook(io.BytesIO(xlsx.write(BOOK)))
    sheet = book["Codes"]
    assert sheet.freeze_panes == "D2"
    assert all(cell.data_type in ("s", "n") for row in sheet.iter_rows() for cell in row)  # no formula
    assert sheet.cell(2, column(sheet, "Définition")).quotePrefix
    (choice,) = sheet.data_validations.dataValidation
    assert choice.type == "list"
    assert "B3" in choice.cells


def test_columns_moved_renamed_rows_blank_spaces_added(tmp_path):
    def edit(book):
        sheet = book["Codes"]
        sheet.cell(1, column(sheet, "Libellé"), "LIBELLE ")
        sheet.cell(1, column(sheet, "Définition"), "definition")
        sheet.cell(3, 1, " R01.1  ")
        sheet.move_range("A4:K4", rows=2)
        sheet.move_range("K1:K10", cols=3)
        sheet.cell(9, 2, "   ")

    assert xlsx.read(edited(tmp_path, edit)) == BOOK


def test_rows_keep_their_number(tmp_path):
    read = xlsx.read(edited(tmp_path, lambda book: None))
    assert [code.line() for code in read.codes] == [2, 3, 4]


def test_every_bad_row_is_named(tmp_path):
    def edit(book):
        sheet = book["Codes"]
        sheet.cell(2, column(sheet, "Libellé")).value = None
        sheet.cell(3, column(sheet, "Motifs spaCy (un par ligne)"), "[{LOWER: rsa}]")
        sheet.cell(4, 1).value = None

    with pytest.raises(EnqueteError) as caught:
        xlsx.read(edited(tmp_path, edit))
    assert caught.value.problem is Problem.CODEBOOK_FAULTS
    assert caught.value.where == "grille.xlsx, feuille « Codes », ligne 2"
    assert "ligne 3 : ce motif n'est pas lisible" in str(caught.value)
    assert "ligne 4 : la colonne « Code » est vide" in str(caught.value)


def test_a_column_of_notes_is_not_dropped_in_silence(tmp_path):
    def edit(book):
        book["Codes"]["N1"] = "Remarques"
        book["Codes"]["N3"] = "à revoir"

    with pytest.raises(EnqueteError, match="« Remarques »"):
        xlsx.read(edited(tmp_path, edit))


def test_a_missing_column_or_sheet(tmp_path):
    def no_label(book):
        sheet = book["Codes"]
        sheet.delete_cols(column(sheet, "Libellé"))

    with pytest.raises(EnqueteError) as caught:
        xlsx.read(edited(tmp_path, no_label))
    assert caught.value.problem is Problem.TABLE_NO_COLUMN
    with pytest.raises(EnqueteError) as caught:
        xlsx.read(edited(tmp_path, lambda book: book.remove(book["Grille"])))
    assert caught.value.problem is Problem.TABLE_NO_SHEET


def test_a_version_that_is_no_number(tmp_path):
    def edit(book):
        book["Grille"]["B4"] = "deux"

    with pytest.raises(EnqueteError, match="« Version » est un nombre entier"):
        xlsx.read(edited(tmp_path, edit))


def test_a_text_too_long_for_a_cell():
    with pytest.raises(EnqueteError) as caught:
        xlsx.write(Codebook("x", "y", 1, (Code("A", "a", definition="long " * 8000),)))
    assert caught.value.problem is Problem.CODEBOOK_CELL
    assert caught.value.where == "A"
