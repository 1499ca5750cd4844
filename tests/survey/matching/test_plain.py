"""Tables typed by hand: numbers, dates, keys, waves, who people are."""

import datetime

import pytest

NUMBERS = """
| survey |         |        |                |
|        | type    | name   | label          |
|        | integer | entier | Nombre entier  |
|        | decimal | reste  | Reste à vivre  |
|        | time    | heure  | Heure          |
|        | date    | jour   | Jour           |
"""


@pytest.mark.parametrize(
    ("text", "number"),
    [("12,5", 12.5), ("12.5", 12.5), ("1 200", 1200), ("1\u202f200,50", 1200.5), ("1.200,50", 1200.5),
     ("1,200.50", 1200.5), ("1.200.000", 1200000), ("850 €", 850), ("-3", -3), ("0,125", 0.125), ("1e3", 1000),
     ("12,50", 12.5)],
)  # fmt: skip
def test_numbers(matched, text, number):
    assert matched(NUMBERS, f"reste\n{text}").answers("reste") == [number]


@pytest.mark.parametrize("text", ["env. 3", "3 ou 4", "10-20", "12,5,3", "trois", "3 jours", "1 20", "--", "1.2.3"])
def test_what_is_no_number_is_never_read_as_one(matched, text):
    found = matched(NUMBERS, f"reste\n{text}\n4")
    assert found.answers("reste") == [None, 4]
    assert f"« {text} » (ligne 2)" in found.faults[0]


def test_a_date_in_9999_is_none(matched, table_of):
    days = table_of(["jour"], [datetime.date(9999, 1, 1)], [datetime.date(1776, 7, 4)])
    found = matched(NUMBERS, days)
    assert found.answers("jour") == [None, "1776-07-04"]
    assert "« 9999-01-01 » (ligne 2)" in found.faults[0]


def test_values_that_the_mapping_blanks_whatever_they_are(matched, table_of):
    days = table_of(["jour", "entier"], [datetime.date(9999, 1, 1), 34.5], [datetime.date(2026, 3, 1), -9])
    found = matched(NUMBERS, days, mapping='vides = ["9999-01-01", "34.5", "-9"]')
    assert not found.faults
    assert found.answers("jour") == [None, "2026-03-01"]
    assert found.answers("entier") == [None, None]


def test_a_mark_that_reads_two_ways(matched):
    assert "virgule décimale ou milliers" in matched(NUMBERS, "reste\n1,200").faults[0]
    assert matched(NUMBERS, "reste\n1,200", mapping='decimale = "virgule"').answers("reste") == [1.2]
    assert matched(NUMBERS, "reste\n1,200", mapping='decimale = "point"').answers("reste") == [1200]
    assert matched(NUMBERS, "reste\n1,200\n3,5").answers("reste") == [1.2, 3.5]
    assert matched(NUMBERS, "reste\n1.200\n3,5").answers("reste") == [1200, 3.5]


def test_half_a_person_is_no_whole_number(matched):
    found = matched(NUMBERS, "entier\n2,5\n3.0")
    assert found.answers("entier") == [None, 3]
    assert found.faults


@pytest.mark.parametrize(
    ("text", "day"),
    [("2025-03-14", "2025-03-14"), ("14/03/2025", "2025-03-14"), ("14.3.25", "2025-03-14"),
     ("03/14/2025", "2025-03-14"),
     ("14 mars 2025", "2025-03-14"), ("1er février 2025", "2025-02-01"), ("March 14, 2025", "2025-03-14"),
     ("03/03/2025", "2025-03-03"), ("14/03/2025 10:30:00", "2025-03-14"), ("20250314", "2025-03-14"),
     ("vendredi 14 mars 2025", "2025-03-14")],
)  # fmt: skip
def test_dates(matched, text, day):
    assert matched(NUMBERS, f"jour\n{text}").answers("jour") == [day]


@pytest.mark.parametrize(
    "text", ["31/02/2025", "mars 2025", "2025", "45000", "hier", "14/03", "32/01/2025", "99/99/9999"]
)
def test_what_is_no_date(matched, text):
    found = matched(NUMBERS, f"jour\n{text}")
    assert found.answers("jour") == [None]
    assert f"« {text} » (ligne 2) : ce n'est pas un jour du calendrier. Corrigez le fichier" in found.faults[0]


def test_dates_that_read_two_ways(matched):
    found = matched(NUMBERS, "jour\n03/04/2025\n05/06/2025")
    assert "jour et mois" in found.faults[0]
    assert found.answers("jour") == [None, None]
    assert matched(NUMBERS, "jour\n03/04/2025", mapping='dates = "jour-mois"').answers("jour") == ["2025-04-03"]
    assert matched(NUMBERS, "jour\n03/04/2025", mapping='[questions.jour]\ndates = "mois-jour"').answers("jour") == [
        "2025-03-04"
    ]
    assert matched(NUMBERS, "jour\n03/04/2025\n25/04/2025").answers("jour") == ["2025-04-03", "2025-04-25"]
    assert matched(NUMBERS, "jour\n25/04/2025\n04/25/2025").faults


def test_cells_of_a_workbook(matched, table_of):
    found = matched(
        NUMBERS,
        table_of(
            ["jour", "heure", "entier"],
            [datetime.date(2025, 4, 3), datetime.time(9, 5), 3.0],
            [datetime.datetime(2025, 4, 3, 10), "9h30", 4],
        ),
    )
    assert found.answers("jour") == ["2025-04-03", "2025-04-03"]
    assert found.answers("heure") == ["09:05:00", "09:30:00"]
    assert found.answers("entier") == [3, 4]
    assert all(isinstance(cell, int) for cell in found.answers("entier"))


class TestChoices:
    @pytest.mark.parametrize("text", ["oui", "OUI", "Oui ", "1. Oui", "o", "Vrai"])
    def test_as_people_type_them(self, matched, form, text):
        assert matched(form, f"code | rsa\nP1 | {text}").answers("rsa") == ["oui"]

    def test_never_zero_for_what_is_missing(self, matched, form):
        found = matched(form, "code | rsa | age\nP1 | nsp | 0\nP2 |  | NSP\nP3 | Refus | \nP4 | sans objet | refus")
        assert found.answers("rsa") == ["<dont_know nsp>", None, "<refused Refus>", "<not_applicable sans objet>"]
        assert found.answers("age") == [0, "<dont_know NSP>", None, "<refused refus>"]

    @pytest.mark.parametrize("text", ["peut-être", "oui et non", "3", "ouii"])
    def test_a_value_outside_the_list(self, matched, form, text):
        found = matched(form, f"code | rsa\nP1 | oui\nP2 | {text}")
        assert f"« {text} » (ligne 3)" in found.faults[0]
        assert found.column("rsa").unknown == {text: (3,)}
        assert found.answers("rsa") == ["oui", None]

    def test_signs_mean_something(self, matched):
        form = """
        | survey  |               |      |         |
        |         | type          | name | label   |
        |         | select_one r  | r    | Revenus |
        | choices |               |      |         |
        |         | list_name     | name | label   |
        |         | r             | a    | < 500 € |
        |         | r             | b    | > 500 € |
        |         | r             | c    | -1      |
        |         | r             | d    | 1       |
        """
        assert matched(form, "r\n<500 €\n> 500€\n-1\n1").answers("r") == ["a", "b", "c", "d"]

    def test_a_number_and_a_label_that_disagree(self, matched):
        form = """
        | survey  |              |      |         |
        |         | type         | name | label   |
        |         | select_one r | r    | Réponse |
        |         | select_one f | f    | Combien |
        | choices |              |      |         |
        |         | list_name    | name | label   |
        |         | r            | 1    | Non     |
        |         | r            | 2    | Oui     |
        |         | f            | a    | 1. Peu  |
        |         | f            | b    | 2. Trop |
        """
        found = matched(form, "r | f\n2. Oui | 1. Peu\n1. Oui | 2. Peu\nOui | peu")
        assert found.answers("r") == ["2", None, "2"]
        assert found.answers("f") == ["a", None, "a"]

    def test_the_other_words_by_the_mapping(self, matched, form):
        found = matched(
            form,
            "code | rsa\nP1 | ouais\nP2 | bof",
            mapping='[questions.rsa.valeurs]\nouais = "oui"\n[questions.rsa.manquants]\nbof = "refus"',
        )
        assert found.answers("rsa") == ["oui", "<refused bof>"]
        assert not found.faults

    def test_blank_by_the_mapping(self, matched, form):
        assert matched(form, "code | rsa | age\nP1 | - | -", mapping='vides = ["-"]').answers("rsa") == [None]


class TestKeys:
    def test_a_row_without_key_is_refused(self, matched, form):
        found = matched(form, "code | age\nP1 | 40\n | 50")
        assert found.answers("age") == [40]
        assert found.errors == [(3, "ligne refusée : cette ligne n'a pas de code de participant.")]

    def test_two_rows_with_one_key_are_both_refused(self, matched, form):
        found = matched(form, "code | age\nP1 | 40\nP2 | 50\np-01 | 60")
        assert found.table().keys == ["P2"]
        assert [row for row, _ in found.errors] == [2, 4]
        assert "les lignes 2 et 4" in found.errors[0][1]

    def test_by_the_mapping(self, matched):
        assert matched(NUMBERS, "Dossier | entier\n7 | 3", mapping='cle = "dossier"').table().keys == ["7"]

    def test_a_header_that_says_so_is_never_passed_over(self, matched):
        assert '« cle = "Code participant" »' in matched(NUMBERS, "Code participant | entier\nP1 | 3").faults[0]

    def test_a_question_that_seems_to_be_the_key(self, matched):
        form = NUMBERS + "|        | text    | code_participant | Code du participant |\n"
        (fault,) = matched(form, "code_participant | entier\nP1 | 3").faults
        assert '« cle = "code_participant" »' in fault
        assert "« usage » de la question « code_participant »" in fault
        assert not matched(form, "code_participant | entier\nP1 | 3", mapping='cle = "code_participant"').faults

    def test_without_any_key(self, matched):
        found = matched(NUMBERS, "entier\n3\n4")
        assert not found.table().keyed
        assert found.table().keys == ["", ""]


class TestWaves:
    def test_a_column_of_waves(self, matched, form):
        found = matched(
            form,
            "code | Vague | age\nP1 | 1 | 40\nP1 | V2 | 41\nP2 | Entretien de suivi | 50\nP3 | v7 | 1\nP4 | | 2",
            wave=None,
        )
        assert found.table("v1").keys == ["P1"]
        assert found.table("v2").keys == ["P1", "P2"]
        assert found.answers("age", "v2") == [41, 50]
        assert [row for row, _ in found.errors] == [5, 6]

    def test_one_wave_of_them(self, matched, form):
        found = matched(form, "code | Vague | age\nP1 | 1 | 40\nP1 | 2 | 41", wave="v2")
        assert [table.wave for table in found.report.tables] == ["v2"]
        assert any("1\u00a0ligne d'autres vagues" in remark.message for remark in found.report.remarks)

    def test_a_wave_that_the_questionnaire_is_not_for(self, matched):
        form = f"{NUMBERS}| settings | | |\n| | form_title | vague |\n| | Essai | v1 |\n"
        found = matched(form, "vague | entier\nv1 | 3\nv2 | 4", wave=None)
        assert found.answers("entier") == [3]
        assert "est celui de la vague v1, pas de v2" in found.errors[0][1]
        assert "« --vague v1 »" in matched(form, "entier\n3", wave="v2").faults[0]
        assert matched(form, "entier\n3", wave=None).table().wave == "v1"

    def test_no_wave_at_all(self, matched):
        assert "« --vague »" in matched(NUMBERS, "entier\n3", wave=None).faults[0]


class TestVault:
    def test_columns_that_identify_go_nowhere_else(self, matched, form):
        found = matched(form, "code | Nom | Tél. | age\nP1 | Duval | 06 12 34 56 78 | 40")
        table = found.table()
        assert [(w.name, w.texts) for w in table.identity] == [("Nom", ["Duval"])]
        assert [w.name for w in table.contact] == ["Tél."]
        assert found.column("Nom").examples == ()
        assert found.column("Nom").vault

    def test_a_question_that_asks_who_the_person_is(self, matched):
        form = """
        | survey |       |      |                           |          |
        |        | type  | name | label                     | usage    |
        |        | text  | q1   | Quel est votre nom ?      |          |
        |        | text  | q2   | Quel nom donner à cela ?  |          |
        |        | text  | q3   | Ville                     | contact  |
        """
        found = matched(form, "q1 | q2 | q3\nDuval | l'entraide | Colombes")
        assert [w.name for w in found.table().identity] == ["q1"]
        assert [w.name for w in found.table().contact] == ["q3"]
        assert found.texts("q2") == ["l'entraide"]

    def test_a_value_that_tells_is_enough(self, matched, form):
        found = matched(form, "code | remarques\nP1 | rappeler au 06 12 34 56 78")
        assert found.column("remarques").vault


def test_two_columns_for_one_question(matched, form):
    found = matched(form, "code | age | Quel âge avez-vous ?\nP1 | 40 | 41")
    assert "« age » et « Quel âge avez-vous ? »" in found.faults[0]
    assert not found.answers("age")
    settled = matched(form, "code | age | Quel âge avez-vous ?\nP1 | 40 | 41", mapping='ignorer = ["age"]')
    assert settled.answers("age") == [41]


def test_a_label_of_two_questions(matched):
    form = """
    | survey |       |      |            |
    |        | type  | name | label      |
    |        | text  | a    | Pourquoi ? |
    |        | text  | b    | Pourquoi ? |
    """
    found = matched(form, "Pourquoi ?\nparce que")
    assert "« a » et à « b »" in found.faults[0]
    assert matched(form, "Pourquoi ?\nparce que", mapping='[colonnes]\n"Pourquoi ?" = "b"').texts("b") == ["parce que"]
    assert matched(form, "a | b\nx | y").texts("b") == ["y"]


def test_a_rank_in_one_cell(matched, form):
    assert matched(form, "code | ordre\nP1 | Manger > Un toit").faults
    assert matched(form, "code | ordre\nP1 | Manger, Un toit").answers("ordre") == [("faim", "toit")]


def test_unknown_columns_are_said_not_refused(matched, form):
    found = matched(form, "code | age | Bidule\nP1 | 40 | x")
    assert not found.faults
    assert found.column("Bidule").note == "aucune question du questionnaire ne lui correspond"
    assert [q.name for q in found.report.unanswered][:2] == ["reste", "rsa"]


@pytest.mark.parametrize(
    ("kind", "label", "use"),
    [("date", "Votre date de naissance ?", "identity"), ("integer", "Numéro de téléphone", "contact"),
     ("integer", "N° allocataire", "contact"), ("integer", "Combien de portables ?", "answers"),
     ("integer", "Année de naissance", "answers"), ("date", "Depuis quand ?", "answers")],
)  # fmt: skip
def test_figures_that_say_who_go_to_the_vault(matched, kind, label, use):
    found = matched(f"| survey |  |  |  |\n|  | type | name | label |\n|  | {kind} | x | {label} |", "x\n2001-02-03")
    assert found.column("x").use == use
