"""LimeSurvey: codes, « code. label », full labels, arrays."""

import pytest

FORM = """
| survey  |                      |           |                          |
|         | type                 | name      | label                    |
|         | select_one pays      | socio1    | In which country do you work? |
|         | begin_group          | Q21       | Êtes-vous d'accord ?     |
|         | select_one accord    | Q21_SQ001 | Le RSA suffit            |
|         | select_one accord    | Q21_SQ002 | On m'écoute              |
|         | end_group            |           |                          |
|         | select_multiple aide | Q30       | Quelles aides ?          |
|         | text                 | Q30_other | Autre aide               |
|         | rank urgence         | Q40       | Le plus urgent           |
|         | select_one on        | Q50       | Un téléphone portable ?  |
| choices |                      |           |                          |
|         | list_name            | name      | label                    |
|         | pays                 | A1        | United Kingdom           |
|         | pays                 | A2        | France                   |
|         | accord               | 1         | D'accord                 |
|         | accord               | 2         | Pas d'accord             |
|         | aide                 | SQ001     | Colis                    |
|         | aide                 | SQ002     | Prêt                     |
|         | aide                 | other     | Autre                    |
|         | urgence              | a         | Un toit                  |
|         | urgence              | b         | Manger                   |
|         | on                   | oui       | Oui                      |
|         | on                   | non       | Non                      |
"""
OWN = "id | submitdate | lastpage | startlanguage | seed"


@pytest.mark.parametrize(
    "header",
    ["socio1", "SOCIO1", "socio1. In which country do you work?", "In which country do you work?",
     "socio1 [In which country do you work?]", "<p>In which country do you work?</p>"],
)  # fmt: skip
@pytest.mark.parametrize("value", ["A2", "France", "A2. France", "A2 [France]", "france ", "France (A2)"])
def test_a_question_by_code_label_or_both(matched, header, value):
    found = matched(FORM, f"{OWN} | {header}\n1 | 2025-01-02 10:00:00 | 3 | fr | 12 | {value}")
    assert not found.faults
    assert found.answers("socio1") == ["A2"]


@pytest.mark.parametrize(
    "header",
    ["Q21[SQ002]", "Q21[2]", "Q21_SQ002", "Q21_2", "Q21[SQ002]. On m'écoute", "Êtes-vous d'accord ? [On m'écoute]",
     "Q21. Êtes-vous d'accord ? [On m'écoute]", "Q21[SQ002]. Êtes-vous d'accord ? [On m'écoute]"],
)  # fmt: skip
def test_a_line_of_an_array(matched, header):
    found = matched(FORM, f"{OWN} | {header}\n1 | 2025-01-02 10:00:00 | 3 | fr | 12 | Pas d'accord")
    assert not found.faults
    assert found.answers("Q21_SQ002") == ["2"]


@pytest.mark.parametrize(("yes", "no"), [("Y", ""), ("Y", "N"), ("Oui", "Non"), ("Yes", "No"), (1, 0), (1.0, "")])
@pytest.mark.parametrize("headers", [("Q30[SQ001]", "Q30[SQ002]"), ("Q30[1]", "Q30[2]"), ("Q30_SQ001", "Q30_SQ002"),
                                     ("Q30. Quelles aides ? [Colis]", "Q30. Quelles aides ? [Prêt]"),
                                     ("Quelles aides ? [Colis]", "Quelles aides ? [Prêt]")])  # fmt: skip
def test_boxes_and_the_words_of_the_last_one(matched, table_of, yes, no, headers):
    other = (
        f"{headers[0].rsplit('[', 1)[0]}[{'other' if ' ' not in headers[0] else 'Autre'}]"
        if "[" in headers[0]
        else "Q30_other"
    )
    found = matched(
        FORM,
        table_of(
            ["id", "submitdate", "lastpage", *headers, other],
            [1, "2025-01-02 10:00:00", 3, yes, no, ""],
            [2, "2025-01-02 11:00:00", 3, no, yes, "un ami"],
        ),
    )
    assert not found.faults
    assert found.answers("Q30") == [("SQ001",), ("SQ002", "other")]
    assert found.texts("Q30_other") == ["", "un ami"]


@pytest.mark.parametrize(
    "headers", ["Q40[1] | Q40[2]", "Q40_1 | Q40_2", "Q40. Le plus urgent [Rang 1] | Q40. Le plus urgent [Rang 2]"]
)
def test_a_rank_has_a_column_for_each_place(matched, headers):
    found = matched(FORM, f"{OWN} | {headers}\n1 | | 3 | fr | 12 | b | a\n2 | | 3 | fr | 12 | Un toit | ")
    assert not found.faults
    assert found.answers("Q40") == [("b", "a"), ("a",)]


@pytest.mark.parametrize("values", [("Y", "N"), ("Oui", "Non"), ("Yes", "No")])
def test_yes_and_no_whatever_they_are_called(matched, values):
    found = matched(FORM, f"{OWN} | Q50\n1 | | 3 | fr | 12 | {values[0]}\n2 | | 3 | fr | 12 | {values[1]}")
    assert found.answers("Q50") == ["oui", "non"]


def test_incomplete_answers_are_kept_and_said(matched):
    found = matched(FORM, f"{OWN} | Q50\n1 | 2025-01-02 10:00:00 | 3 | fr | 12 | Y\n2 | | 1 | fr | 12 | N")
    assert found.answers("Q50") == ["oui", "non"]
    assert any("1\u00a0réponse inachevée" in remark.message for remark in found.report.remarks)


def test_an_index_of_r_or_pandas_is_left(matched):
    found = matched(FORM, " | socio1. In which country do you work?\n0 | France\n1 | NA")
    assert found.answers("socio1") == ["A2", None]
    assert found.column("").use == "left"


def test_a_code_and_the_label_of_another_question_are_for_a_person_to_settle(matched):
    found = matched(FORM, "socio1. Quelles aides ?\nFrance")
    assert "« socio1 » et à « Q30 »" in found.faults[0]


def test_what_the_form_does_not_know_is_not_imported_and_said(matched):
    found = matched(FORM, f"{OWN} | Q50 | Q99. Que dire ?\n1 | | 3 | fr | 12 | Y | bla")
    assert found.column("Q99. Que dire ?").use == "unknown"
    assert not found.faults


def test_a_file_of_which_nothing_answers_is_another_one(matched):
    assert "aucune colonne ne correspond" in matched(FORM, f"{OWN} | Q99\n1 | | 3 | fr | 12 | bla").faults[0]
    assert not matched(FORM, f"{OWN} | Q99\n1 | | 3 | fr | 12 | bla", mapping='cle = "Q99"').faults


def test_the_words_of_another_answer_and_comments(matched):
    form = FORM.replace("select_one on        | Q50", "select_one on or_other | Q50")
    found = matched(form, f"{OWN} | Q50 | Q50[other] | Q50[comment]\n1 | | 3 | fr | 12 | -oth- | un vieux | hum")
    assert found.answers("Q50") == ["other"]
    assert found.texts("Q50_other") == ["un vieux"]
    assert found.column("Q50[comment]").use == "unknown"
    assert not found.faults


def test_a_question_that_was_not_asked_chooses_nothing(matched):
    headers = f"{OWN} | Q30[SQ001] | Q30[SQ002] | Q30[other]"
    found = matched(FORM, f"{headers}\n1 | | 3 | fr | 12 | N/A | N/A | N/A\n2 | | 3 | fr | 12 | Y | | un ami")
    assert found.answers("Q30") == [None, ("SQ001", "other")]
    assert found.texts("Q30_other") == ["", "un ami"]


def test_an_order_that_reads_two_ways_is_for_a_person_to_settle(matched):
    form = (
        FORM.replace("Un toit ", "Aide   ").replace("| Manger ", "| Aide aide ")
        + "|  | urgence | c | Aide aide aide |\n"
    )
    assert "Q40" in matched(form, "Q40\nAide, Aide aide aide, Aide aide").faults[0]
    assert matched(form, "Q40\na, c, b").answers("Q40") == [("a", "c", "b")]


def test_words_that_no_question_takes_are_said(matched):
    found = matched(
        FORM.replace("Q30_other", "Q30_mots"), f"{OWN} | Q30[SQ001] | Q30[other]\n1 | | 3 | fr | 12 | Y | un ami"
    )
    assert "« Q30_other »" in found.column("Q30[other]").note
