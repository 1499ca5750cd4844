from dataclasses import replace
from datetime import date

import pytest
from studies import GRID, Code, interview, material, one_each, passage, person, row

from enquete.findings import synthesise
from enquete.findings.material import AgreedCode, Speech
from enquete.model import Audience, LossReason, RespondentType


def sheet(study, name, audience=Audience.TEAM):
    found = [table for table in synthesise(study, audience).sheets if table.name == name]
    return found[0] if found else None


# --- co-occurrences


def pairs(study):
    table = sheet(study, "Co-occurrences")
    titles = [column.title for column in table.columns]
    one, other = titles.index("Code"), titles.index("Avec : code")
    return {(cells[one], cells[other]): cells[-4:] for cells in table.rows}


def test_codes_come_up_in_the_same_words_the_same_turn_the_same_interview():
    people, interviews = one_each(3)
    passages = [
        passage("E001", "P001", "T1.1", "mes dettes me rongent"),
        passage("E001", "P001", "T2", "me rongent", start=11),  # the same words
        passage("E002", "P002", "T1.1", "mes dettes"),
        passage("E002", "P002", "T2", "je dors mal", start=40),  # the same turn
        passage("E003", "P003", "T1.1", "mes dettes"),
        replace(passage("E003", "P003", "T2", "je dors mal", start=400), turn=7),
    ]
    found = pairs(material(people, interviews, passages))
    assert found["T1", "T2"] == (1, 2, 3, 1)
    assert found["T1.1", "T2"] == (1, 2, 3, 1)
    assert ("T1", "T1.1") not in found


def test_a_pair_of_themes_comes_first_and_a_pair_that_nobody_brings_up_is_not_there():
    people, interviews = one_each(2)
    table = sheet(
        material(people, interviews, [passage("E001", "P001", "T1.1"), passage("E002", "P002", "T2")]), "Co-occurrences"
    )
    assert table is None
    passages = [passage("E001", "P001", code) for code in ("T1.1", "T1.2", "T2")]
    table = sheet(material(people, interviews, passages), "Co-occurrences")
    assert [cells[0] for cells in table.rows] == ["thèmes", "codes", "codes", "codes"]


def test_a_passage_over_several_turns_is_in_each_of_them():
    people, interviews = one_each(1)
    speech = tuple(
        Speech("E001", "v1", "P001", turn, start, "vingt caractères ici") for turn, start in ((1, 0), (3, 40))
    )
    passages = [
        replace(passage("E001", "P001", "T1.1", "x" * 60), turn=1),
        replace(passage("E001", "P001", "T2", "ici", start=57), turn=3),
        replace(passage("E001", "P001", "T1.2", "ici", start=17), turn=1),
    ]
    found = pairs(replace(material(people, interviews, passages), speech=speech))
    assert found["T1.1", "T2"] == (1, 1, 1, 1)
    assert found["T1.2", "T2"] == (0, 0, 1, 0)


def test_words_of_two_people_are_no_pair():
    study = material(
        [person("P001"), person("P002")],
        [interview("E001", "P001", "P002")],
        [passage("E001", "P001", "T1"), passage("E001", "P002", "T2")],
    )
    assert sheet(study, "Co-occurrences") is None


# --- cases and codes


def test_a_person_has_a_row_and_a_blank_where_nobody_looked():
    people, interviews = one_each(2)
    interviews.append(interview("E003", "P003", coders=()))
    people.append(person("P003"))
    study = material(people, interviews, [passage("E001", "P001", "T1.1"), passage("E001", "P001", "T1.1", start=50)])
    found = synthesise(study, Audience.TEAM)
    table = next(one for one in found.more if one.name == "Cas × codes")
    assert row(table, Participant="P001")["T1 Argent"] == 2
    assert row(table, Participant="P002")["T1 Argent"] == 0
    assert row(table, Participant="P003")["T1 Argent"] == ""
    assert [column.title for column in table.columns[3:]] == ["T1 Argent", "T1.1 Dettes", "T2 Santé"]
    assert table.links[0, 3] == ("Verbatims", 0)


def test_who_never_speaks_of_it_is_named_to_the_team():
    people, interviews = one_each(3)
    people.append(person("P009", RespondentType.PROFESSIONAL))
    interviews.append(interview("E009", "P009"))
    table = sheet(material(people, interviews, [passage("E002", "P002", "T1")]), "Qui en parle")
    cells = row(table, Code="T1", Répondants="Personnes concernées")
    assert (cells["En parlent : qui"], cells["N'en parlent jamais : qui"]) == ("P002", "P001, P003")
    assert row(table, Code="T1", Répondants="Professionnels")["N'en parlent jamais : qui"] == "P009"


@pytest.mark.parametrize("name", ["Cas × codes", "Qui en parle", "Co-occurrences", "Nouveaux codes"])
def test_nobody_else_reads_who_said_what(name):
    people, interviews = one_each(6)
    study = material(people, interviews, [passage("E001", "P001", code) for code in ("T1", "T2")])
    assert sheet(study, name) is not None
    assert sheet(study, name, Audience.PROJECT_GROUP) is None
    assert sheet(study, name, Audience.PUBLIC) is None


# --- new codes


def test_new_codes_are_counted_in_the_order_of_dates():
    people, interviews = one_each(4)
    days = (date(2025, 5, 1), date(2025, 4, 1), None, date(2025, 4, 20))
    interviews = [replace(one, date=day) for one, day in zip(interviews, days, strict=True)]
    passages = [
        passage("E001", "P001", "T2"),
        passage("E002", "P002", "T1.1"),
        passage("E003", "P003", "T1.2"),
        passage("E004", "P004", "T1.1"),
        passage("E004", "P004", "T2", start=50),
    ]
    study = material(people, interviews, passages)
    table = sheet(study, "Nouveaux codes")
    assert [(cells[2], *cells[5:10]) for cells in table.rows] == [
        ("E002", 1, 1, 1, 3, 1),
        ("E004", 2, 1, 2, 3, 2),
        ("E001", 1, 0, 2, 3, 2),
        ("E003", 1, 1, 3, 3, 2),
    ]
    assert table.figures[0].series[0].values == (1, 1, 0, 1)
    assert "saturation" not in " ".join(text for _, text in synthesise(study, Audience.TEAM).texts()).casefold()


# --- who was lost from sight


def followed(**reasons):
    people = [person(f"P{i:03}", sexe="femme" if i < 7 else "homme") for i in range(12)]
    first = [interview(f"E{i:03}", f"P{i:03}") for i in range(12)]
    second = [interview(f"F{i:03}", f"P{i:03}", wave="v2") for i in range(5)]
    lost = {(code, "v2"): reason for code, reason in reasons.items()}
    made = material(people, first + second, [], attributes=("sexe",))
    return replace(made, lost=lost, responded=frozenset({("P005", "v2")}))


def test_who_was_met_again_and_who_was_not_and_why():
    table = sheet(followed(P006=LossReason.MOVED, P007=LossReason.REFUSED), "Perdues de vue")
    everyone = row(table, Caractéristique="Personnes rencontrées")
    assert (everyone["Vues en v1"], everyone["Revues en entretien"]) == (12, 5)
    assert (everyone["Revues par questionnaire seul"], everyone["Pas revues"]) == (1, 6)
    assert (everyone["Déménagement"], everyone["Refus"], everyone["Sans raison notée"]) == (1, 1, 4)
    men = row(table, Valeur="homme")
    assert (men["Vues en v1"], men["Revues en entretien"], men["Pas revues"], men["Refus"]) == (5, 0, 5, 1)


def test_the_project_group_reads_reasons_for_all_alone_and_no_small_number():
    table = sheet(followed(P006=LossReason.DIED), "Perdues de vue", Audience.PROJECT_GROUP)
    assert row(table, Caractéristique="Personnes rencontrées")["Décès"] == "quelques"
    women = row(table, Valeur="femme")
    assert (women["Vues en v1"], women["Revues en entretien"], women["Pas revues"]) == (7, 5, "quelques")
    assert women["Décès"] == ""


def test_before_anybody_was_met_again_nobody_is_lost():
    people, interviews = one_each(2)
    assert sheet(material(people, interviews, []), "Perdues de vue") is None


# --- what codes mean, how coders agree


def test_the_codebook_says_what_goes_in_and_leads_to_the_counts():
    grid = replace(GRID, codes=(Code("T1", "Argent", definition="Ce qui manque", include="dettes", exclude="salaire"),))
    found = synthesise(material([], [], [], grids=(grid,)))
    assert found.codebook.rows[0][1:] == ("T1", "Argent", "Ce qui manque", "dettes", "salaire")
    assert found.codebook.links[0, 1] == ("Thèmes", 0)
    assert found.themes.links[0, 1] == ("Grille de codage", 0)


def test_agreement_says_why_it_cannot_be_told():
    agreed = (
        AgreedCode("G", "T1.1", 2, 5, 80, 12, 0.5, 0.6234),
        AgreedCode("G", "T2", 2, 5, 80, 1, 1.0, None, "trop rare"),
    )
    table = synthesise(replace(material([], [], []), agreed=agreed)).agreement
    assert table.rows[0][3:] == (2, 5, 80, 12, "0,50", "0,62")
    assert table.rows[1][-1] == "non calculable : trop rare"
    assert table.links[0, 1] == ("Grille de codage", 1)
    assert synthesise(material([], [], [])).agreement is None


# --- from fifty people on


def test_a_theme_has_a_percentage_from_fifty_people_on():
    for count, told in ((49, None), (50, "20\u202f%")):
        people, interviews = one_each(count)
        passages = [passage(f"E{i:03}", f"P{i:03}", "T1") for i in range(1, 11)]
        assert row(synthesise(material(people, interviews, passages)).themes, Code="T1").get("Part") == told


def test_the_first_sheet_says_what_each_of_the_others_is_and_leads_to_it():
    people, interviews = one_each(6)
    study = material(people, interviews, [passage("E001", "P001", code) for code in ("T1", "T2")], attributes=("sexe",))
    for audience in (Audience.TEAM, Audience.PROJECT_GROUP):
        found = synthesise(study, audience)
        names = [one.name for one in found.sheets[1:]]
        section = len(found.readme.sections) - 1
        assert [line.split(" : ")[0] for line in found.readme.sections[-1].lines[: len(names)]] == names
        assert found.readme.links == {(section, place): (name, 0) for place, name in enumerate(names)}


def test_the_method_says_what_the_last_interviews_brought_and_concludes_nothing():
    people, interviews = one_each(4)
    study = material(people, interviews, [passage(f"E{i:03}", f"P{i:03}", "T1.1") for i in range(1, 5)])
    told = [line for section in synthesise(study).method.sections for line in section.lines]
    assert any("les 3 derniers, dans l'ordre des dates, en ont apporté 0\u00a0nouveau." in line for line in told)
    assert any("ne disent jamais que tout a été entendu" in line for line in told)
