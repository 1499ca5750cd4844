import io
import zipfile

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from enquete.disclosure.contents import texts_of
from enquete.reports.packing import deterministic
from enquete.reports.workbook import (
    Look,
    add_sheet,
    add_table,
    lines_of,
    new_book,
    safe_text,
    to_bytes,
)


def written(*values: str | int) -> list[tuple[object, str]]:
    """(value, type) of cells as a spreadsheet reads them."""
    book = new_book("Essai")
    add_table(add_sheet(book, "Feuille"), [Look("Titre", 20, wrap=True)], [[value] for value in values])
    sheet = openpyxl.load_workbook(io.BytesIO(to_bytes(book)))["Feuille"]
    return [(cell.value, cell.data_type) for (cell,) in sheet.iter_rows(min_row=2)]


@pytest.mark.parametrize("text", ["=1+1", "+33", "-2", "@SOMME(A1)", "\t=1", "#N/A", "12", '=HYPERLINK("x")'])
def test_a_text_stays_a_text(text: str) -> None:
    assert written(text) == [(text, "s")]


def test_texts_that_look_like_formulas_are_marked_for_the_spreadsheet() -> None:
    book = new_book("Essai")
    add_table(add_sheet(book, "Feuille"), [Look("Titre", 20)], [["=1+1"], ["mots"]])
    sheet = openpyxl.load_workbook(io.BytesIO(to_bytes(book)))["Feuille"]
    assert [sheet["A2"].quotePrefix, sheet["A3"].quotePrefix] == [True, False]
    with zipfile.ZipFile(io.BytesIO(to_bytes(book))) as archive:
        assert b"<f>" not in archive.read("xl/worksheets/sheet1.xml")


def test_control_characters_go_and_line_ends_stay() -> None:
    assert safe_text("a\x00b\x0bc\r\nd\re\ud800f\uffff") == "abc\nd\nef"


@pytest.mark.parametrize("text", ["a" * 40_000, "🙂" * 20_000])
def test_a_text_too_long_is_cut_and_says_so(text: str) -> None:
    cut = safe_text(text)
    assert len(cut.encode("utf-16-le")) // 2 <= 32_767
    assert f"texte coupé : {len(text)} caractères" in cut


def test_a_text_of_the_limit_is_whole() -> None:
    assert safe_text("a" * 32_767) == "a" * 32_767


@given(st.lists(st.text(), max_size=5))
def test_any_text_makes_a_workbook_that_opens(texts: list[str]) -> None:
    shown = [safe_text(text) or None for text in texts]
    assert [value for value, _ in written(*texts)] == shown


@pytest.mark.parametrize(("name", "shown"), [("a/b:c", "a b c"), ("x" * 40, "x" * 31), ("'", "Feuille")])
def test_names_of_sheets_are_accepted_by_excel(name: str, shown: str) -> None:
    assert add_sheet(new_book("Essai"), name).title == shown


def test_names_of_sheets_are_unique_whatever_their_case() -> None:
    book = new_book("Essai")
    assert [add_sheet(book, name).title for name in ("Un", "un", "UN")] == ["Un", "un (2)", "UN (3)"]


def test_the_file_says_nothing_of_who_made_it_or_when() -> None:
    book = new_book("Essai")
    add_sheet(book, "Feuille")
    with zipfile.ZipFile(io.BytesIO(to_bytes(book))) as archive:
        core = archive.read("docProps/core.xml").decode()
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    assert "Essai" in core
    assert not any(word in core for word in ("creator", "created", "modified", "openpyxl"))


def test_deterministic_changes_nothing_the_second_time() -> None:
    book = new_book("Essai")
    add_sheet(book, "Feuille")
    once = to_bytes(book)
    assert deterministic(once) == once


def test_word_documents_lose_their_author_too() -> None:
    import docx

    document = docx.Document()
    document.core_properties.author = "Une Personne"
    document.core_properties.last_modified_by = "Une Autre"
    stream = io.BytesIO()
    document.save(stream)
    data = deterministic(stream.getvalue())
    assert not [t.text for t in texts_of("a.xlsx", data) if "Une Personne" in t.text or "Une Autre" in t.text]
    assert docx.Document(io.BytesIO(data)).core_properties.author == ""


def test_every_string_of_a_workbook_is_given_to_the_gate() -> None:
    book = new_book("Titre du livre")
    add_table(add_sheet(book, "Onglet"), [Look("Colonne", 9)], [["Cellule"]])
    add_sheet(book, "Cachée").sheet_state = "hidden"
    found = {text.text for text in texts_of("a.xlsx", to_bytes(book))}
    assert {"Titre du livre", "Onglet", "Colonne", "Cellule", "Cachée"} <= found


def test_lines_keep_words_whole() -> None:
    assert [lines_of(text, 10) for text in ("", "un deux", "un deux trois", "a\nb", "x" * 30)] == [1, 1, 2, 2, 1]
