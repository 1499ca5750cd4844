"""The sheets of an XLSForm in Markdown, in a .csv, in a workbook."""

from __future__ import annotations

import pytest
from openpyxl import Workbook

from enquete.errors import EnqueteError, Problem
from enquete.survey.questionnaire.sheets import delimited_book, markdown_book, read_book

PYXFORM = """\
# A comment, for pyxform

| survey |                 |      |                       |
|        | type            | name | label                 |
|        | select_one oui  | rsa  | Touchez-vous le RSA ? |
|        | text            | dit  | a \\| b                |
| choices |
|         | list_name | name | label |
|         | oui       | 1    | Oui   |
"""

NATURAL = """\
# Questionnaire

Des mots, avec une barre | au milieu.

## survey

| type           | name | label                 |
| :------------- | ---- | --------------------- |
| select_one oui | rsa  | Touchez-vous le RSA ? |

### La suite

| type | name | label   |
|------|------|---------|
| text | dit  | a \\| b |

## Feuille choices

| list_name | name | label
|---|---|---
| oui | 1 | Oui

## Notes

| mot | sens |
|---|---|
| RSA | revenu |
"""


def rows(book, sheet):
    return [dict(line.cells) for line in book.sheets[sheet].lines]


@pytest.mark.parametrize("text", [PYXFORM, NATURAL])
def test_both_ways_of_markdown_say_the_same(text):
    book = markdown_book("q.md", text)
    assert book.faults == ()
    assert set(book.sheets) == {"survey", "choices"}
    assert rows(book, "survey") == [
        {"type": "select_one oui", "name": "rsa", "label": "Touchez-vous le RSA ?"},
        {"type": "text", "name": "dit", "label": "a | b"},
    ]
    assert rows(book, "choices") == [{"list_name": "oui", "name": "1", "label": "Oui"}]


def test_pyxform_reads_its_own_markdown_the_same():
    from pyxform.xls2json_backends import md_to_dict

    theirs, ours = md_to_dict(PYXFORM), markdown_book("q.md", PYXFORM)
    assert theirs["survey"] == rows(ours, "survey")
    assert theirs["choices"] == rows(ours, "choices")


def test_lines_are_those_of_the_file():
    assert [line.number for line in markdown_book("q.md", NATURAL).sheets["survey"].lines] == [9, 15]


def test_a_line_break_in_a_cell():
    book = markdown_book("q.md", "## survey\n\n| type | label |\n|---|---|\n| note | un<br>deux <br/> trois |\n")
    assert rows(book, "survey")[0]["label"] == "un\ndeux\ntrois"


def test_a_row_longer_than_its_headers_is_a_fault_and_not_a_shift():
    book = markdown_book("q.md", "## survey\n\n| type | name |\n|---|---|\n| text | a | b | c |\n| text | d |\n")
    assert [(fault.sheet, fault.line) for fault in book.faults] == [("survey", 5)]
    assert "4 cellules pour 2 titres" in book.faults[0].message
    assert rows(book, "survey") == [{"type": "text", "name": "d"}]


def test_columns_of_ours_are_known_without_accents_and_in_any_case():
    book = markdown_book(
        "q.md", "## survey\n\n| type | Usage | MESURE | Situation |\n|---|---|---|---|\n| a | b | c | d |\n"
    )
    assert book.sheets["survey"].header == ("type", "usage", "mesure", "situation")


@pytest.mark.parametrize("mark", [",", ";", "\t"])
def test_a_csv_of_any_separator(mark):
    lines = ['"survey"', ',"type","name","label"', ',"text","a","Un, ou deux ?"', '"choices"', ",list name,name,label"]
    text = "\n".join(line.replace('","', f'"{mark}"').replace(",", mark, 1) for line in lines[:3])
    book = delimited_book("q.csv", text.replace(",list", f"{mark}list"))
    assert rows(book, "survey") == [{"type": "text", "name": "a", "label": "Un, ou deux ?"}]


def test_a_workbook_tells_which_columns_are_repeated(tmp_path):
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = "survey"
    sheet.append(["type", "name", "label", "label"])
    book.save(tmp_path / "q.xlsx")
    (fault,) = read_book(tmp_path / "q.xlsx").faults
    assert (fault.sheet, fault.line) == ("survey", 1)
    assert "colonnes (C et D)" in fault.message


@pytest.mark.parametrize(
    ("name", "data", "problem"),
    [
        ("q.xlsx", b"PK\x03\x04 nothing", Problem.QUESTIONNAIRE_DAMAGED),
        ("q.xls", b"\xd0\xcf\x11\xe0 nothing", Problem.QUESTIONNAIRE_DAMAGED),
        ("q.xlsx", b"just text", Problem.QUESTIONNAIRE_DAMAGED),
        ("q.md", b" \n", Problem.QUESTIONNAIRE_EMPTY),
        ("q.lss", b"<?xml version='1.0'?><document/>", Problem.QUESTIONNAIRE_FORMAT),
        ("q.md", b"\x89PNG\r\n\x1a\n\x00\x01 some picture", Problem.QUESTIONNAIRE_FORMAT),
    ],
)
def test_what_is_no_questionnaire_is_refused_with_its_reason(tmp_path, name, data, problem):
    (tmp_path / name).write_bytes(data)
    with pytest.raises(EnqueteError) as caught:
        read_book(tmp_path / name)
    assert caught.value.problem is problem


def test_a_file_of_old_windows_is_read(tmp_path):
    (tmp_path / "q.csv").write_bytes("survey;;;\n;type;name;label\n;text;a;Prénom ?\n".encode("cp1252"))
    assert rows(read_book(tmp_path / "q.csv"), "survey")[0]["label"] == "Prénom ?"
