"""Answers written for SPSS, Stata and as text, read back as they were."""

import csv
import datetime
import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from enquete.exchange.csv_files import csv_dictionary, csv_table
from enquete.exchange.dta import dta
from enquete.exchange.sav import sav
from enquete.model import Measure, MissingKind
from enquete.survey.answers.read import read_data
from enquete.survey.answers.types import MissingRange, Tagged
from enquete.survey.exporting.tabulating import Layout, tabulate
from enquete.survey.exporting.types import Row, Source
from enquete.survey.matching.types import Missing, MissingCode, Variable
from enquete.survey.questionnaire.types import Choice, QuestionKind

REFUSED = Missing(MissingKind.REFUSED, "99")
UNKNOWN = Missing(MissingKind.DONT_KNOW, "nsp")
HOME = (Choice("soi", "Chez soi"), Choice("rue", "Dehors"), Choice("nsp", "Ne sait pas", MissingKind.DONT_KNOW))
AIDS = (Choice("colis", "Colis alimentaire"), Choice("repas", "Repas"))
VARIABLES = (
    Variable("logement", QuestionKind.ONE, "Où dormez-vous ?", Measure.NOMINAL, HOME),
    Variable("aides", QuestionKind.MANY, "Quelles aides ?", Measure.NOMINAL, AIDS),
    Variable(
        "heures", QuestionKind.DECIMAL, "Combien d'heures ?", Measure.SCALE, (),
        (MissingCode(99.0, 99.0, "refus", MissingKind.REFUSED),),
    ),
    Variable("depuis", QuestionKind.DATE, "Depuis quand ?", Measure.SCALE),
    Variable("poids", QuestionKind.DECIMAL, "Poids", Measure.SCALE, weight=True),
    Variable("dire", QuestionKind.TEXT, "Autre chose ?", Measure.NOMINAL),
)  # fmt: skip
LAYOUT = Layout({"v1": "Premier entretien", "v2": "Suivi"}, {"concerned": "personne concernée"})


def row(number, person, wave, texts=None, **cells):
    day = datetime.date(2026, 3, number)
    return Row(number, None, person, "concerned", wave, day, cells, texts or {})


def sources(variables=VARIABLES):
    first = (
        row(
            1, "P001", "v1", {"dire": "Rien ne va."}, logement="soi", aides=("colis",), heures=0, depuis="2020-05-01",
            poids=1.25,
        ),
        row(2, "P002", "v1", logement=UNKNOWN, aides=(), heures=REFUSED, poids=0.5),
    )  # fmt: skip
    second = (row(3, "P001", "v2", logement="rue", heures=12.5, depuis="2026-01-31", poids=1.0),)
    return [Source("q1", "v1", "", variables, first), Source("q2", "v2", "", variables, second)]


def written(tmp_path, data, name):
    path = tmp_path / name
    path.write_bytes(data)
    (table,) = read_data(path).tables
    return read_data(path), table


def values(table, name):
    column = table.column(name)
    return [None if code < 0 else column.levels[code] for code in column.codes]


def main(layout=LAYOUT, given=None):
    return tabulate(given or sources(), layout).tables[0]


def test_spss_reads_labels_missing_values_measures_sets_and_the_weight(tmp_path):
    data, table = written(tmp_path, sav(main(), "Réponses"), "r.sav")
    assert values(table, "logement") == [1, 2, -1]
    home = table.column("logement")
    assert home.value_labels == {1: "Chez soi", 2: "Dehors", -1: "Ne sait pas"}
    assert home.missing == (MissingRange(-1, -1),)
    assert home.label == "Où dormez-vous ?"
    assert table.column("heures").measure is Measure.SCALE
    assert values(table, "heures") == [0, 12.5, 99]
    assert table.column("heures").missing == (MissingRange(99, 99),)
    assert values(table, "depuis") == [datetime.date(2020, 5, 1), datetime.date(2026, 1, 31), None]
    (told,) = data.sets
    assert (told.label, told.columns, told.counted) == ("Quelles aides ?", ("aides_colis", "aides_repas"), 1)
    assert values(table, "aides_colis") == [1, None, 0]
    assert data.weight == "poids"
    assert data.label == "Réponses"


def test_the_weight_is_found_behind_long_texts(tmp_path):
    long = tuple(v for v in VARIABLES if v.question == "dire") + tuple(v for v in VARIABLES if v.question != "dire")
    given = sources(long)
    words = {"dire": "é" * 900}
    given[0] = Source("q1", "v1", "", long, (row(1, "P001", "v1", words, poids=2.0),))
    layout = Layout(LAYOUT.waves, LAYOUT.respondents, texts=True)
    data, table = written(tmp_path, sav(main(layout, given), "R"), "r.sav")
    assert data.weight == "poids"
    assert values(table, "dire")[0] == "é" * 900


def test_stata_reads_missing_values_under_letters(tmp_path):
    _, table = written(tmp_path, dta(main(), "Réponses"), "r.dta")
    home = table.column("logement")
    assert values(table, "logement") == [1, 2, Tagged("d")]
    assert home.value_labels == {1: "Chez soi", 2: "Dehors", Tagged("d"): "Ne sait pas"}
    assert values(table, "heures") == [0, 12.5, Tagged("r")]
    assert table.column("heures").value_labels == {Tagged("r"): "refus"}
    assert values(table, "depuis")[1] == datetime.date(2026, 1, 31)


def test_a_text_file_keeps_the_names_of_choices_and_has_its_dictionary():
    rows = list(csv.DictReader(io.StringIO(csv_table(main()).decode("utf-8-sig"))))
    assert [one["logement"] for one in rows] == ["soi", "rue", "nsp"]
    assert [one["heures"] for one in rows] == ["0", "12.5", "99"]
    assert [one["aides_colis"] for one in rows] == ["1", "", "0"]
    told = list(csv.DictReader(io.StringIO(csv_dictionary([main()]).decode("utf-8-sig"))))
    assert next(one for one in told if one["Valeur"] == "nsp")["Manque"] == "ne sait pas"


def test_a_wide_table_has_a_row_a_person_and_a_column_a_wave():
    table = main(Layout(LAYOUT.waves, LAYOUT.respondents, wide=True))
    by_name = {field.name: field for field in table.fields}
    assert table.rows == 2
    assert [getattr(cell, "name", None) for cell in by_name["logement_v1"].cells] == ["soi", "nsp"]
    assert [getattr(cell, "name", None) for cell in by_name["logement_v2"].cells] == ["rue", None]
    assert by_name["logement_v1"].values == by_name["logement_v2"].values


@pytest.mark.parametrize("write", [sav, dta])
def test_equal_tables_give_equal_bytes(write, monkeypatch):
    import time

    first = write(main(), "Réponses")
    time.sleep(1.1)  # the library writes the second
    assert write(main(), "Réponses") == first


def test_open_answers_stay_unless_they_are_asked_for():
    assert "dire" not in {field.name for field in main().fields}
    table = main(Layout(LAYOUT.waves, LAYOUT.respondents, texts=True))
    assert next(field for field in table.fields if field.name == "dire").cells[0] == "Rien ne va."


def test_words_that_a_spreadsheet_would_compute_stay_words():
    given = sources()
    words = {"dire": "=HYPERLINK(1)"}
    given[0] = Source("q1", "v1", "", VARIABLES, (row(1, "P001", "v1", words),))
    layout = Layout(LAYOUT.waves, LAYOUT.respondents, texts=True)
    assert "'=HYPERLINK(1)" in csv_table(main(layout, given)).decode("utf-8-sig")


def test_a_dictionary_computes_nothing_either():
    choices = (Choice("-1", "-1"), Choice("=A1", "=cmd|' /C calc'!A0"))
    asked = (Variable("aides", QuestionKind.ONE, "+Aides", Measure.NOMINAL, choices),)
    rows = (row(1, "P001", "v1", aides="=A1"), row(2, "P002", "v1", aides="-1"))
    table = main(given=[Source("q1", "v1", "", asked, rows)])
    told = csv.reader(io.StringIO((csv_table(table) + csv_dictionary([table])).decode("utf-8-sig")))
    cells = [cell for line in told for cell in line]
    assert "'=A1" in cells
    assert "-1" in cells
    assert not [cell for cell in cells if cell.startswith(("=", "+"))]


def test_why_a_date_is_missing_stands_beside_it():
    given = sources()
    given[0] = Source("q1", "v1", "", VARIABLES, (row(1, "P001", "v1", depuis=REFUSED),))
    by_name = {field.name: field for field in main(given=given).fields}
    assert by_name["depuis"].cells[0] is None
    assert by_name["depuis_manque"].cells[0].missing is MissingKind.REFUSED


def test_repeats_are_tables_that_name_their_line():
    child = Variable("age", QuestionKind.INTEGER, "Âge ?", Measure.SCALE)
    children = tuple(Row(n, 2, "P002", "concerned", "v1", None, {"age": n}, {}) for n in (11, 12))
    tables = tabulate([*sources(), Source("q1", "v1", "foyer/enfants", (child,), children)], LAYOUT).tables
    head, part = ({field.name: field for field in table.fields} for table in tables)
    assert tables[1].name == "foyer/enfants"
    line = head["ligne"].cells[list(head["participant"].cells).index("P002")]
    assert list(part["ligne_parente"].cells) == [line, line]
    assert list(part["age"].cells) == [11, 12]


def test_a_question_that_changes_its_kind_is_two_columns():
    given = sources()
    other = (Variable("logement", QuestionKind.INTEGER, "Combien ?", Measure.SCALE),)
    given[1] = Source("q2", "v2", "", other, (row(3, "P001", "v2", logement=3),))
    names = [field.name for field in main(given=given).fields]
    assert names.count("logement") == 1
    assert "logement_2" in names


number = st.one_of(st.integers(-1000, 1000), st.floats(-1000, 1000).map(lambda value: round(value, 3)))
answers = st.lists(
    st.fixed_dictionaries(
        {},
        optional={
            "logement": st.sampled_from(["soi", "rue", UNKNOWN]),
            "heures": st.one_of(number.filter(lambda value: value != 99), st.just(REFUSED)),
            "depuis": st.dates(datetime.date(1900, 1, 1), datetime.date(2100, 1, 1)).map(str),
        },
    ),
    min_size=1,
    max_size=8,
)


@settings(max_examples=25)
@given(answers)
def test_random_answers_come_back_from_spss_and_stata(tmp_path_factory, given_answers):
    rows = tuple(Row(n, None, f"P{n:03}", "concerned", "v1", None, told, {}) for n, told in enumerate(given_answers, 1))
    table = main(given=[Source("q", "v1", "", VARIABLES, rows)])
    home = next(field for field in table.fields if field.name == "logement")
    for data, name in ((sav(table, "R"), "r.sav"), (dta(table, "R"), "r.dta")):
        _, back = written(tmp_path_factory.mktemp("r"), data, name)
        labels = back.column("logement").value_labels
        known = {value.label: value.name for value in home.values}
        found = [None if value is None else known[labels[value]] for value in values(back, "logement")]
        wanted = [told.get("logement") for told in given_answers]
        assert found == [one.code if isinstance(one, Missing) else one for one in wanted]
        hours = [told.get("heures") for told in given_answers]
        refused = Tagged("r") if name == "r.dta" else 99
        assert values(back, "heures") == [refused if one == REFUSED else one for one in hours]
        days = [told.get("depuis") for told in given_answers]
        assert [None if day is None else str(day) for day in values(back, "depuis")] == days


def test_long_names_that_begin_alike_and_have_labels_reach_each_program(tmp_path):
    names = [f"une_question_dont_le_nom_est_vraiment_tres_long_{end}" for end in ("premiere", "deuxieme")]
    asked = tuple(Variable(name, QuestionKind.ONE, name, Measure.NOMINAL, HOME) for name in names)
    given = [Source("q1", "v1", "", asked, (row(1, "P001", "v1", **{names[0]: "soi", names[1]: "rue"}),))]
    for write, end in ((sav, "sav"), (dta, "dta")):
        _, table = written(tmp_path, write(main(given=given), "Réponses"), f"r.{end}")
        told = [column for column in table.columns if column.name.startswith("une_question")]
        assert [column.levels for column in told] == [(1,), (2,)]
        assert all(column.value_labels[1] == "Chez soi" for column in told)
