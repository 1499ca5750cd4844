"""A long table is the table that openpyxl would have written."""

import io

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from enquete.reports.long_tables import add_long_table
from enquete.reports.workbook import Look, add_sheet, add_table, new_book, to_bytes

LOOKS = (Look("N°", 8, number=True), Look("Mots", 56, wrap=True), Look("Réponse", 12), Look("Pas vu", 9, hidden=True))
Sheet = openpyxl.worksheet.worksheet.Worksheet


def written(rows: list[tuple], long: bool, filled: dict[Look, str] | None = None) -> Sheet:
    book = new_book("Essai")
    sheet = add_sheet(book, "Longue")
    changes = None
    if long:
        changes = {"Longue": add_long_table(sheet, LOOKS, rows, frozen=1, filled=filled)}
    else:
        add_table(sheet, LOOKS, rows, frozen=1)
    add_table(add_sheet(book, "Autre"), LOOKS, [(1, "a", "b", "c")])
    return openpyxl.load_workbook(io.BytesIO(to_bytes(book, changes)))["Longue"]


def look(cell) -> tuple[str, ...]:
    return tuple(map(repr, (cell.font, cell.border, cell.alignment, cell.number_format, cell.quotePrefix)))


a_value = st.one_of(
    st.none(), st.integers(-5, 10**6), st.floats(0, 1).map(lambda score: round(score, 3)), st.text(max_size=30),
    st.sampled_from(["=1+1", "-", " deux  espaces ", "« œ » & <b>\n]]>", "é\x00\ud800", "\x1f", "😀" * 40]),
)  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(*[a_value] * len(LOOKS)), max_size=3))
def test_any_rows_are_those_of_a_table(rows: list[tuple]) -> None:
    sheet, expected = written(rows, long=True), written(rows, long=False)
    assert (sheet.dimensions, sheet.auto_filter.ref, sheet.print_area, sheet.freeze_panes) == (
        expected.dimensions, expected.auto_filter.ref, expected.print_area, expected.freeze_panes,
    )  # fmt: skip
    for row, others in zip(sheet.iter_rows(), expected.iter_rows(), strict=True):
        assert sheet.row_dimensions[row[0].row].height == expected.row_dimensions[row[0].row].height
        for cell, other in zip(row, others, strict=True):
            assert cell.value == other.value
            assert look(cell) == look(other)
            assert repr(cell.fill) == repr(other.fill)


def test_a_column_to_fill_stands_out() -> None:
    sheet = written([(1, "mots", "", "x")], long=True, filled={LOOKS[2]: "FFF8E1"})
    assert [cell.fill.fgColor.rgb for cell in sheet[2]][1:3] == ["00000000", "00FFF8E1"]


@pytest.mark.parametrize("rows", [[], [(1, "a", "b", "c")]])
def test_equal_rows_give_equal_bytes(rows: list[tuple]) -> None:
    def data() -> bytes:
        book = new_book("Essai")
        return to_bytes(book, {"Longue": add_long_table(add_sheet(book, "Longue"), LOOKS, rows)})

    assert data() == data()


def test_a_tree_is_set_out_as_in_any_table_and_empty_rows_come_after() -> None:
    rows, depths = [(1, "thème", "a", ""), (2, "sous-code", "b", "")], (0, 1)
    book = new_book("Essai")
    sheet = add_sheet(book, "Longue")
    change = add_long_table(sheet, LOOKS, rows, depths=depths, tree=1, links={(1, 2): "'Autre'!A2"}, room=2)
    add_table(add_sheet(book, "Autre"), LOOKS, rows, depths, 1)
    read = openpyxl.load_workbook(io.BytesIO(to_bytes(book, {"Longue": change})))
    long, table = read["Longue"], read["Autre"]
    for row, others in zip(long["A2:B3"], table["A2:B3"], strict=True):
        assert [look(cell) for cell in row] == [look(cell) for cell in others]
        assert [repr(cell.fill) for cell in row] == [repr(cell.fill) for cell in others]
    assert (long["C3"].hyperlink.location, long["C3"].font.u, long["C2"].font.u) == ("'Autre'!A2", "single", None)
    assert long.dimensions == "A1:D5"
    assert long["B5"].border.bottom.style == "hair"
