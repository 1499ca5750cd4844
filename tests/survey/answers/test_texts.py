"""Answers in .csv, .tsv and .txt."""

import csv
import io
import zipfile
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from enquete.errors import EnqueteError, Problem
from enquete.survey.answers.read import read_data, read_linked
from enquete.survey.answers.types import DataFile, DataTable
from enquete.tables import Severity


def written(folder: Path, text: str | bytes, name: str = "réponses.csv") -> Path:
    (folder / name).write_bytes(text.encode() if isinstance(text, str) else text)
    return folder / name


def read(folder: Path, text: str | bytes, name: str = "réponses.csv", **options) -> DataFile:
    return read_data(written(folder, text, name), **options)


def rows(table: DataTable) -> list[list[object]]:
    columns = [[None if code < 0 else each.levels[code] for code in each.codes] for each in table.columns]
    return [list(row) for row in zip(*columns, strict=True)]


def names(table: DataTable) -> list[str]:
    return [each.name for each in table.columns]


def refused(folder: Path, text: str | bytes, name: str = "réponses.csv") -> EnqueteError:
    with pytest.raises(EnqueteError) as caught:
        read(folder, text, name)
    return caught.value


def errors(file: DataFile) -> list[tuple[int | None, str]]:
    return [(remark.row, remark.message) for remark in file.remarks if remark.severity is Severity.ERROR]


@pytest.mark.parametrize("delimiter", [";", ",", "\t", "|"])
@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_delimiters_line_ends_encodings(tmp_path, delimiter, line_end, encoding):
    lines = ["Code;Âge;Réponse", "P01;034;déjà aidé", 'P02;;"deux\nlignes ; ""ici"""', "", "P03;0;"]
    text = line_end.join(lines).replace(";", delimiter)
    table = read(tmp_path, text.encode(encoding)).tables[0]
    assert names(table) == ["Code", "Âge", "Réponse"]
    assert rows(table) == [
        ["P01", "034", "déjà aidé"],
        ["P02", None, f'deux\nlignes {delimiter} "ici"'],
        ["P03", "0", None],
    ]
    assert table.numbers == (2, 3, 6)
    assert table.name == "réponses"


def test_an_unquoted_decimal_comma_refuses_the_file_with_its_first_lines(tmp_path):
    error = refused(tmp_path, "code,heures,ville\nP1,12,Antony\nP2,7,5,Sceaux\nP3,3,5,Antony\n")
    assert error.problem is Problem.ANSWERS_SHIFTED
    assert "ligne 3 (4 valeurs), ligne 4 (4 valeurs)" in str(error)
    assert "guillemets" in str(error)


def test_a_decimal_comma_that_an_empty_last_column_hides_is_refused_too(tmp_path):
    error = refused(tmp_path, "code,heures,ville,\nP1,7,5,Sceaux\nP2,3,5,Antony\n")
    assert error.problem is Problem.TABLE_NO_TITLE
    assert error.where == "réponses.csv, ligne 2"


@pytest.mark.parametrize("row", ["P1,7,5,", "P1,7,5,x", "P1,7,5"])
def test_rows_with_one_field_too_many_everywhere(tmp_path, row):
    assert refused(tmp_path, f"code,heures\n{row}\n{row}\n").problem is Problem.ANSWERS_SHIFTED


def test_needless_delimiters_at_the_end_of_each_row_are_no_field(tmp_path):
    file = read(tmp_path, "code;heures\nP1;7;\nP2;8;\n")
    assert rows(file.tables[0]) == [["P1", "7"], ["P2", "8"]]


def test_a_row_with_too_few_fields_is_refused_alone(tmp_path):
    file = read(tmp_path, "code;heures;ville\nP1;7;Antony\nP2;j'ai été\nradié;Sceaux\nP3;8;Sceaux\n")
    assert rows(file.tables[0]) == [["P1", "7", "Antony"], ["P3", "8", "Sceaux"]]
    assert file.tables[0].numbers == (2, 5)
    assert [row for row, _ in errors(file)] == [3, 4]
    assert "2\u00a0valeurs pour 3\u00a0titres" in errors(file)[0][1]


@pytest.mark.parametrize(
    "text",
    [
        "code;heures;ville\nP1;7;Antony\nP2,8,Sceaux\n",
        "code,heures,ville\nP1;7;Antony\nP2;8;Sceaux\n",
        "code,heures,ville\nP1;7,5;Antony\nP2;8,5;Sceaux\n",
        "code;heures;ville\nP1;7;Antony\nP2\t8\tSceaux\n",
    ],
)
def test_mixed_delimiters(tmp_path, text):
    error = refused(tmp_path, text)
    assert error.problem is Problem.ANSWERS_MIXED
    assert "séparateur" in str(error)


@pytest.mark.parametrize(
    ("text", "line"),
    [('a;b\n1;"x\n2;y\n', 2), ('a;b\n1;x\n2;"y" z\n', 3), ('a;b\n1;"oui\n2;il dit "non"\n', 2)],
)
def test_quotes_that_are_not_closed(tmp_path, text, line):
    error = refused(tmp_path, text)
    assert error.problem is Problem.TABLE_QUOTES
    assert error.where == f"réponses.csv, ligne {line}"


def test_a_quote_inside_a_plain_value_is_part_of_it(tmp_path):
    file = read(tmp_path, 'a;b\n1;il dit "non" et part\n2;"oui"\n')
    assert rows(file.tables[0]) == [["1", 'il dit "non" et part'], ["2", "oui"]]


def test_a_repeated_title(tmp_path):
    error = refused(tmp_path, "code;Précisez;heures;Précisez \nP1;a;2;b\n")
    assert error.problem is Problem.ANSWERS_REPEATED
    assert "les colonnes 2 et 4 portent le même titre, « Précisez »" in str(error)


def test_a_title_that_a_program_has_numbered_is_said(tmp_path):
    file = read(tmp_path, "code;Précisez;Précisez.1\nP1;a;b\n")
    assert "« Précisez » et « Précisez.1 »" in file.remarks[0].message


def test_a_column_with_values_and_no_title(tmp_path):
    error = refused(tmp_path, "code;;heures\nP1;;2\nP2;x;3\n")
    assert error.problem is Problem.TABLE_NO_TITLE
    assert error.where == "réponses.csv, ligne 3"
    assert "la colonne 2" in str(error)


def test_the_row_numbers_that_pandas_writes_are_left_out_and_said(tmp_path):
    file = read(tmp_path, ",code,heures\n0,P1,3\n1,P2,4\n5,P3,4\n")
    assert names(file.tables[0]) == ["code", "heures"]
    assert "numéroter" in file.remarks[0].message


def test_a_title_above_the_header_is_said(tmp_path):
    file = read(tmp_path, "Enquête de printemps;;\n\ncode;heures;ville\nP1;2;Antony\n")
    assert names(file.tables[0]) == ["code", "heures", "ville"]
    assert "ligne 1" in file.remarks[0].message


def test_a_header_narrower_than_its_rows_is_no_title(tmp_path):
    assert refused(tmp_path, "code;heures\nP1;2;a;b;c\nP2;2;a;b;c\n").problem is Problem.ANSWERS_SHIFTED


def test_one_column_alone(tmp_path):
    assert rows(read(tmp_path, "ce qui a changé\nrien\ntout, ou presque\n").tables[0]) == [
        ["rien"],
        ["tout, ou presque"],
    ]


def test_the_separator_line_of_excel(tmp_path):
    file = read(tmp_path, "sep=;\r\ncode;heures\r\nP1;2,5\r\n")
    assert rows(file.tables[0]) == [["P1", "2,5"]]
    assert file.tables[0].numbers == (3,)


@pytest.mark.parametrize("name", ["racisme et antisémitisme : « l'été où j'ai dû… » 12 €", "œuvre – Ÿ"])
@pytest.mark.parametrize("codec", ["cp1252", "mac-roman", "cp850"])
def test_wrongly_decoded_accents_are_refused_then_mended(tmp_path, name, codec):
    broken = "".join(bytes([byte]).decode(codec, "ignore") or chr(byte) for byte in name.encode())
    text = f"code;thème\nP1;{broken}\n"
    error = refused(tmp_path, text)
    assert error.problem is Problem.ANSWERS_MOJIBAKE
    assert error.where == "réponses.csv, ligne 2, colonne 2"
    assert "--reparer-accents" in str(error)
    assert "racisme" not in str(error)
    file = read(tmp_path, text, repair=True)
    assert rows(file.tables[0]) == [["P1", name]]
    assert "rétablis" in file.remarks[-1].message


def test_accents_wrongly_decoded_twice(tmp_path):
    text = "code;déjà allé à l'hôtel\nP1;été\n"
    for _ in range(2):
        text = text.encode().decode("latin-1")
    file = read(tmp_path, text, repair=True)
    assert names(file.tables[0]) == ["code", "déjà allé à l'hôtel"]
    assert rows(file.tables[0]) == [["P1", "été"]]


def test_a_final_a_grave_whose_space_is_lost(tmp_path):
    file = read(tmp_path, "code;b\nP1;voilÃ\nP2;mÃªme lÃ bas\n".replace("lÃ bas", "lÃ  bas"), repair=True)
    assert [row[1] for row in rows(file.tables[0])] == ["voilà", "même là  bas"]


@given(st.text(alphabet="aàâçéèêëîïôùûüœæÀÇÉÈÊËÎÏÙÛÜŒ «»’“”…–—°nN,.!?'Ÿ\u00a0\u202f", min_size=1))
def test_french_is_never_taken_for_wrongly_decoded(text):
    from enquete.survey.answers.accents import mended

    assert mended(text) == (text, 0)


def test_lost_letters_are_said(tmp_path):
    file = read(tmp_path, "code;b\nP1;antis\ufffdmitisme\n")
    assert "perdues" in file.remarks[0].message
    assert file.remarks[0].row == 2


def test_formulas_in_error_are_refused_with_their_row(tmp_path):
    file = read(tmp_path, "code;heures\nP1;3\nP2;#REF!\nP3;#N/A\n")
    assert rows(file.tables[0]) == [["P1", "3"]]
    assert [row for row, _ in errors(file)] == [3, 4]
    assert "« heures » (#REF!)" in errors(file)[0][1]


@pytest.mark.parametrize(
    ("content", "name", "problem"),
    [
        (b"", "a.csv", Problem.TABLE_EMPTY),
        (b" \n\n", "a.csv", Problem.TABLE_EMPTY),
        (b";;\n;;\n", "a.csv", Problem.TABLE_EMPTY),
        (b"<html><table><tr><td>a", "a.xls", Problem.TABLE_DAMAGED),
        (b"\x00\x01\x02\x03abc", "a.csv", Problem.TABLE_DAMAGED),
        (b"%PDF-1.4\n\x01\x02\n", "a.pdf", Problem.ANSWERS_FORMAT),
        (b'<?xml version="1.0"?>\n<document>\n <LimeSurveyDocType>Survey</LimeSurveyDocType>', "a.lss",
         Problem.ANSWERS_STRUCTURE),
        (b'"survey",,,\n,"type","name","label"\n,"text","q1","Nom"\n', "a.csv", Problem.ANSWERS_FORM),
        (b"1;2;3\n4;5;6\n", "a.csv", Problem.TABLE_NO_HEADER),
        (b"not a file of SPSS", "a.sav", Problem.ANSWERS_DAMAGED),
        (b'[{"code": 1}]', "a.json", Problem.ANSWERS_FORMAT),
        (b"PK\x03\x04rest", "a.zip", Problem.TABLE_DAMAGED),
        (b"\xd0\xcf\x11\xe0 old", "a.xls", Problem.TABLE_OLD_EXCEL),
        (b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le"), "a.xlsx", Problem.TABLE_PASSWORD),
    ],
)  # fmt: skip
def test_what_is_no_file_of_answers(tmp_path, content, name, problem):
    assert refused(tmp_path, content, name).problem is problem


def test_a_folder_and_nothing(tmp_path):
    for path, problem in ((tmp_path, Problem.TABLE_IS_FOLDER), (tmp_path / "no.csv", Problem.FILE_NOT_FOUND)):
        with pytest.raises(EnqueteError) as caught:
            read_data(path)
        assert caught.value.problem is problem


def test_titles_alone(tmp_path):
    file = read(tmp_path, "code;heures\n")
    assert rows(file.tables[0]) == []
    assert "aucune ligne" in file.remarks[0].message


MAIN = "code,KEY\nP1,uuid:1\nP2,uuid:2\n"
CHILDREN = "age,PARENT_KEY,KEY\n3,uuid:1,uuid:1/a\n5,uuid:1,uuid:1/b\n"


def test_linked_tables_of_odk(tmp_path):
    paths = [written(tmp_path, CHILDREN, "foyer-enfants.csv"), written(tmp_path, MAIN, "foyer.csv")]
    file = read_linked(paths)
    assert [table.name for table in file.tables] == ["foyer", "foyer-enfants"]
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for path in paths:
            archive.write(path, path.name)
        archive.writestr("media/photo.jpg", b"\xff\xd8")
    zipped = read(tmp_path, stream.getvalue(), "foyer.zip")
    assert zipped.tables[0].numbers == (2, 3)
    assert [table.name for table in zipped.tables] == ["foyer", "foyer-enfants"]
    assert "1\u00a0fichier" in zipped.remarks[-1].message


def test_files_that_nothing_links(tmp_path):
    with pytest.raises(EnqueteError) as caught:
        read_linked([written(tmp_path, MAIN, "a.csv"), written(tmp_path, MAIN, "b.csv")])
    assert caught.value.problem is Problem.ANSWERS_TWO_MAIN


TEXT = st.text(
    st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufeff\u200b\ufffd#", max_codepoint=0x3000),
    max_size=40,
).map(str.strip)


@given(
    st.integers(2, 6).flatmap(
        lambda width: st.lists(st.lists(TEXT, min_size=width, max_size=width).filter(any), min_size=1, max_size=12)
    ),
    st.sampled_from(";,\t"),
    st.sampled_from(["\n", "\r\n"]),
    st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]),
)
def test_what_pandas_writes_is_read_back_the_same(tmp_path_factory, cells, delimiter, line_end, quoting):
    import unicodedata

    from enquete.survey.answers.accents import mended

    cells = [[mended(unicodedata.normalize("NFC", cell))[0].strip() for cell in row] for row in cells]
    titles = [f"Q{place}" for place in range(len(cells[0]))]
    path = tmp_path_factory.mktemp("csv") / "a.csv"
    pd.DataFrame(cells, columns=titles).to_csv(
        path, sep=delimiter, lineterminator=line_end, quoting=quoting, index=False
    )
    table = read_data(path, repair=True).tables[0]
    assert names(table) == titles
    assert rows(table) == [[cell or None for cell in row] for row in cells if any(row)]
