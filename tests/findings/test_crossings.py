from dataclasses import replace

from studies import interview, material, one_each, passage, person, row

from enquete.findings import synthesise
from enquete.findings.analysis import RESPONDENT, WAVE, Analysis, Crossing
from enquete.findings.material import Person
from enquete.model import Audience, RespondentType

OUT_OF = "Sur : personnes dont un entretien est codé"


def crossed(study, *crossings, audience=Audience.TEAM):
    return synthesise(replace(study, analysis=Analysis(crossings=crossings)), audience).crossings


def by_age(ages, speaking, **options):
    """One person an age, the first `speaking` of them speaking of money."""
    people = [person(f"P{i:03}", age=age) for i, age in enumerate(ages)]
    interviews = [interview(f"E{i:03}", f"P{i:03}") for i in range(len(ages))]
    passages = [passage(f"E{i:03}", f"P{i:03}", "T1.1") for i in range(speaking)]
    return material(people, interviews, passages, **options)


def test_a_theme_by_value_says_out_of_how_many():
    (table,) = crossed(by_age(["20-29", "20-29", "30-39", ""], 3), Crossing("age"))
    assert table.name == "Thèmes × age"
    assert [column.title for column in table.columns[4:]] == ["20-29", "30-39", "non renseigné", "Ensemble"]
    assert table.rows[0][2:] == (OUT_OF, "Personnes concernées", 2, 1, 1, 4)
    assert row(table, Code="T1")["20-29"] == 2
    assert row(table, Code="T1.1")["30-39"] == 1
    assert row(table, Code="T1")["Ensemble"] == 3
    assert row(table, Code="T2")["Ensemble"] == 0


def test_the_broad_attributes_are_crossed_when_nothing_else_is_asked_for():
    study = by_age(["20-29"], 1, attributes=("age",))
    assert [table.name for table in synthesise(study).crossings] == ["Thèmes × age"]
    assert synthesise(by_age(["20-29"], 1)).crossings == ()


def test_somebody_whose_situation_changed_counts_in_each_for_what_they_said_there():
    changed = Person("P001", RespondentType.CONCERNED, {"v1": {"rsa": "oui"}, "v2": {"rsa": "non"}})
    study = material(
        [changed],
        [interview("E001", "P001"), interview("F001", "P001", wave="v2")],
        [passage("E001", "P001", "T1"), passage("F001", "P001", "T2", wave="v2")],
    )
    (table,) = crossed(study, Crossing("rsa"))
    assert table.rows[0][4:] == (1, 1, 1)  # non, oui, Ensemble
    assert (row(table, Code="T1")["oui"], row(table, Code="T1")["non"]) == (1, 0)
    assert (row(table, Code="T2")["oui"], row(table, Code="T2")["non"]) == (0, 1)


def test_a_value_that_was_not_asked_again_holds_for_every_wave():
    once = Person("P001", RespondentType.CONCERNED, {"v1": {"sexe": "femme"}, "v2": {}})
    study = material(
        [once],
        [interview("E001", "P001"), interview("F001", "P001", wave="v2")],
        [passage("F001", "P001", "T1", wave="v2")],
    )
    (table,) = crossed(study, Crossing("sexe"))
    assert [column.title for column in table.columns[4:]] == ["femme", "Ensemble"]
    assert row(table, Code="T1")["femme"] == 1


def test_the_project_group_reads_no_small_cell_and_no_rare_value():
    ages = ["20-29"] * 6 + ["30-39"] * 5 + ["80-89", "90-99"]
    (table,) = crossed(by_age(ages, 8), Crossing("age"), audience=Audience.PROJECT_GROUP)
    titles = [column.title for column in table.columns[4:]]
    assert titles == ["20-29", "30-39", "autres réponses (2\u00a0valeurs différentes, non détaillées)"]
    assert table.rows[0][4:] == (6, 5, "quelques")
    assert row(table, Code="T1.1")["20-29"] == 6
    assert row(table, Code="T1.1")["30-39"] == "quelques"


def test_types_of_respondents_stand_apart():
    people, interviews = one_each(2)
    people.append(person("P003", RespondentType.PROFESSIONAL))
    interviews.append(interview("E003", "P003"))
    study = material(people, interviews, [passage("E003", "P003", "T1")])
    (table,) = crossed(study, Crossing(WAVE))
    assert row(table, Code="T1", Répondants="Professionnels")["Vague 1"] == 1
    assert row(table, Code="T1", Répondants="Personnes concernées")["Vague 1"] == 0
    (types,) = crossed(study, Crossing(RESPONDENT))
    assert [column.title for column in types.columns[3:]] == ["Personnes concernées", "Professionnels"]
    assert types.rows[0][3:] == (2, 1)
    assert row(types, Code="T1")["Professionnels"] == 1


def test_the_codes_asked_for_come_with_their_sub_codes_and_nothing_else():
    (table,) = crossed(by_age(["20-29"], 1), Crossing("age", codes=("G:T1",)))
    assert [cells[1] for cells in table.rows] == ["", "T1", "T1.1", "T1.2"]
    assert crossed(by_age(["20-29"], 1), Crossing("age", codes=("autre:T1",))) == ()


def test_names_of_sheets_are_short_and_unlike():
    study = by_age(["20-29"], 1)
    long = "Qui parle de quoi, selon l'âge / la situation"
    tables = crossed(study, Crossing("age", title=long), Crossing("age", title=long), Crossing("age", title="Thèmes"))
    assert [table.name for table in tables] == [
        "Qui parle de quoi, selon l'âge",
        "Qui parle de quoi, selon l' (2)",
        "Thèmes (2)",
    ]


def test_a_count_leads_to_the_first_quotation_that_it_counts():
    study = by_age(["20-29", "30-39"], 2)
    found = synthesise(replace(study, analysis=Analysis(crossings=(Crossing("age"),))), Audience.TEAM)
    (table,) = found.crossings
    place = [cells[1] for cells in table.rows].index("T1.1")
    for column, who in ((4, "P000"), (5, "P001")):
        sheet, quotation = table.links[place, column]
        assert sheet == "Verbatims"
        assert who in found.quotations.rows[quotation]
    sheet, back = found.quotations.links[quotation, 2]
    assert (sheet, found.themes.rows[back][1]) == ("Thèmes", "T1.1")
    assert found.themes.links[back, 3] == ("Verbatims", 0)


def test_a_chart_shows_few_values_and_says_out_of_how_many():
    (table,) = crossed(by_age(["20-29", "30-39"], 2), Crossing("age"))
    (figure,) = table.figures
    assert [series.name for series in figure.series] == ["20-29 (sur 1)", "30-39 (sur 1)"]
    assert figure.categories == ("Argent", "Santé")


def test_the_project_group_is_led_to_nobody_by_an_attribute_that_it_does_not_read_beside_words():
    ages = ["20-29"] * 6
    (hidden,) = crossed(by_age(ages, 6), Crossing("age"), audience=Audience.PROJECT_GROUP)
    assert not hidden.links
    (shown,) = crossed(by_age(ages, 6, attributes=("age",)), Crossing("age"), audience=Audience.PROJECT_GROUP)
    assert shown.links


def test_a_masked_change_leads_to_nobody():
    people, interviews = one_each(6)
    interviews += [interview(f"F{i:03}", f"P{i:03}", wave="v2") for i in range(1, 7)]
    study = material(people, interviews, [passage("E001", "P001", "T1")])
    assert {column for _, column in synthesise(study).waves.links} == {4}
    assert {column for _, column in synthesise(study, Audience.TEAM).waves.links} == {4, 8}


def test_where_every_group_is_too_small_a_note_stands_for_the_rows():
    study = by_age(["20-29", "30-39"] * 3, 6, attributes=("age",))
    (table,) = synthesise(study).crossings
    assert table.rows == ()
    assert table.notes == ("Grille, personnes concernées : aucun groupe n'atteint 5 personnes, rien n'est compté.",)
    assert synthesise(study, Audience.TEAM).crossings[0].rows
