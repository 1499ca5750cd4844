"""Framaforms and Google Forms: labels as headers, several answers in one cell, grids."""

import pytest
from matching_tables import WAVES, Matched, asked

from enquete.survey.answers.read import read_data
from enquete.survey.matching.match import match

FORM = """
| survey  |                               |        |                              |
|         | type                          | name   | label                        |
|         | select_one on                 | rsa    | Touchez-vous le RSA ?        |
|         | select_multiple aide or_other | aides  | 3. Quelles aides ?           |
|         | begin_group                   | avis   | Votre avis                   |
|         | select_one accord             | assez  | C'est assez                  |
|         | select_one accord             | juste  | C'est juste                  |
|         | end_group                     |        |                              |
|         | text                          | mots   | Le reste, en quelques mots   |
| choices |                               |        |                              |
|         | list_name                     | name   | label                        |
|         | on                            | 1      | Oui                          |
|         | on                            | 2      | Non                          |
|         | aide                          | colis  | Colis, repas                 |
|         | aide                          | pret   | Prêt                         |
|         | aide                          | bons   | Bons d'achat (mairie, CCAS)  |
|         | accord                        | a      | D'accord                     |
|         | accord                        | b      | Pas d'accord                 |
"""


@pytest.mark.parametrize(
    ("cell", "chosen"),
    [
        ("Colis, repas", ("colis",)),
        ("Colis, repas, Prêt", ("colis", "pret")),
        ("Prêt, Bons d'achat (mairie, CCAS), Colis, repas", ("pret", "bons", "colis")),
        ("Colis, repas;Prêt", ("colis", "pret")),
        ("Colis, repas ; Prêt", ("colis", "pret")),
        ("prêt;colis repas;", ("pret", "colis")),
        ("Prêt\nBons d’achat (mairie, CCAS)", ("pret", "bons")),
    ],
)
def test_several_answers_in_one_cell(matched, table_of, cell, chosen):
    found = matched(FORM, table_of(["Horodateur", "Quelles aides ?"], ["2025/03/01 10:00:00", cell]))
    assert not found.faults
    assert found.answers("aides") == [chosen]


def test_words_of_another_answer_among_the_choices_need_the_mapping(matched):
    table = "Horodateur | 3. Quelles aides ?\n13/03/2025 10:00:00 | Prêt, mon voisin\n14/03/2025 10:00:00 | Prêt"
    found = matched(FORM, table)
    assert "« mon voisin » (ligne 2)" in found.faults[0]
    found = matched(FORM, table, mapping="[questions.aides]\nautre = true")
    assert not found.faults
    assert found.answers("aides") == [("pret", "other"), ("pret",)]
    assert found.texts("aides_other") == ["mon voisin", ""]
    assert [str(day) for day in found.table().days] == ["2025-03-13", "2025-03-14"]


def test_a_day_of_the_tool_that_reads_two_ways_is_no_day(matched):
    found = matched(FORM, "Horodateur | Touchez-vous le RSA ?\n03/04/2025 10:00:00 | Oui")
    assert found.table().days == [None]
    assert not found.faults
    assert any("« Horodateur »" in remark.message for remark in found.report.remarks)


def test_lines_of_a_grid(matched):
    found = matched(
        FORM, "Horodateur | Votre avis [C'est assez] | Votre avis [C'est juste]\n2025-03-01 | D'accord | Pas d’accord"
    )
    assert found.answers("assez") == ["a"]
    assert found.answers("juste") == ["b"]


def test_crosses_under_labels(matched):
    found = matched(
        FORM,
        """
        Serial | SID | Heure de soumission | Adresse IP | Quelles aides ? [Colis, repas] | Quelles aides ? [Prêt]
        1 | 12 | 2025-03-01 10:00 | 10.0.0.1 | X | X
        2 | 13 | 2025-03-01 11:00 |  |  | X
        3 | 14 | 2025-03-01 11:00 |  |  |
        """,
    )
    assert not found.faults
    assert found.answers("aides") == [("colis", "pret"), ("pret",), None]
    assert found.column("Adresse IP").use == "left"


def test_numbers_of_choices_are_no_places(matched):
    """« 1 » is the choice named 1, and « 3 » is none."""
    found = matched(FORM, "Touchez-vous le RSA ?\n1\n3")
    assert "« 3 » (ligne 3)" in found.faults[0]
    assert found.answers("rsa") == ["1", None]


def test_microsoft_forms(matched):
    found = matched(
        FORM,
        "Id | Heure de début | Heure de fin | Adresse de messagerie | Nom | Touchez-vous le RSA ? | Quelles aides ?\n"
        "1 | 2025-03-13 10:12 | 2025-03-13 10:20 | anonymous | | Oui | Colis, repas;Prêt;",
    )
    assert not found.faults
    assert found.answers("aides") == [("colis", "pret")]
    assert [str(day) for day in found.table().days] == ["2025-03-13"]
    assert found.column("Heure de fin").use == "left"


FRAMAFORMS = """\
"Enquête","","","","","","","","","","","","","",""
"","","","","","","","","","","Quelles aides ?","","","Votre avis",""
"Serial","SID","Submitted Time","Completed Time","Modified Time","Draft","IP Address","UID","Username",\
"Touchez-vous le RSA ?","Colis, repas","Prêt","Autre…","C'est assez","C'est juste"
"1","12","12/03/2025 - 10:00","","","0","10.0.0.1","0","","Oui","X","","un ami","D'accord","Pas d'accord"
"2","13","13/03/2025 - 11:00","","","0","10.0.0.1","0","","Non","","X","","","D'accord"
"""


def test_titles_on_two_rows(tmp_path):
    """Framaforms, with a column for each choice: the question stands above, once."""
    (tmp_path / "framaforms.csv").write_text(FRAMAFORMS, encoding="utf-8")
    data = read_data(tmp_path / "framaforms.csv")
    found = Matched(match(data, asked(FORM), None, WAVES, "v1"))
    assert not found.faults
    assert found.answers("rsa") == ["1", "2"]
    assert found.answers("aides") == [("colis", "other"), ("pret",)]
    assert found.texts("aides_other") == ["un ami", ""]
    assert found.answers("assez") == ["a", None]
    assert found.answers("juste") == ["b", "a"]
    assert [str(day) for day in found.table().days] == ["2025-03-12", "2025-03-13"]
    assert found.table().numbers == [4, 5]
    assert {one.column for one in found.report.columns if one.use == "left"} >= {"IP Address", "Username", "UID"}
