"""Answers to open questions in a synthesis: counted apart from interviews, quoted with the question they answer."""

from dataclasses import replace
from datetime import date

import pytest
from studies import material, one_each, passage, person, row

from enquete.findings import synthesise
from enquete.findings.material import Flag, InterviewFacts, Question
from enquete.model import Audience, ConsentKind, ConsentState, InterviewKind, RespondentType

SAY = Question("q-v1/dire", "Que voulez-vous dire encore ?")
LACK = Question("q-v1/manque", "Qu'est-ce qui vous manque ?")
YES = {wave: {ConsentKind.QUOTATION: ConsentState.GIVEN} for wave in ("v1", "v2")}


def answer(code, who, question=SAY, wave="v1", coders=("anne",), grids=None):
    return InterviewFacts(code, wave, InterviewKind.ANSWER, date(2025, 3, 4), (who,), 1, 8, coders, grids, question.key)


def study(people, answers, passages, interviews=(), spoken=(), **settings):
    made = material(list(people), list(interviews), list(spoken), **settings)
    questions = tuple(q for q in (SAY, LACK) if any(one.question == q.key for one in answers))
    responded = frozenset((who, one.wave) for one in answers for who in one.participants)
    return replace(
        made, answers=tuple(answers), answer_passages=tuple(passages), questions=questions, responded=responded
    )


@pytest.fixture
def both():
    """Two interviewed; P001 and four others answered « dire », P001 alone « manque »."""
    people, interviews = one_each(2)
    people += [person(f"P{n:03}") for n in range(3, 7)]
    answers = [answer(f"R{n:03}", f"P{n:03}") for n in (1, 3, 4, 5, 6)] + [answer("R007", "P001", LACK)]
    said = [passage("R001", "P001", "T1.1", "mes dettes"), passage("R003", "P003", "T1", "l'argent")]
    said += [passage("R007", "P001", "T2", "un médecin"), passage("R001", "P001", "T2", "mes dettes")]
    return study(people, answers, said, interviews, [passage("E002", "P002", "T2", "malade")])


def test_what_is_counted_of_interviews_stays_on_interviews(both):
    found = synthesise(both, Audience.TEAM)
    health = row(found.themes, Code="T2")
    assert (health["Personnes concernées qui en parlent"], health["Sur"]) == (1, 2)
    assert row(found.themes, Code="T1")["Personnes concernées qui en parlent"] == 0
    assert row(found.profile, Caractéristique="Personnes rencontrées")["Personnes concernées, Vague 1"] == 2
    missing = next(section for section in found.readme.sections if section.title == "Qui manque")
    assert not any("sans entretien" in line for line in missing.lines)


def test_each_question_counts_those_who_answered_then_their_codes(both):
    table = synthesise(both, Audience.TEAM).questions
    shown = [(cells[3] or cells[4], *cells[5:]) for cells in table.rows]
    assert shown == [
        ("Que voulez-vous dire encore ?", 5, ""),
        ("T1", 2, 5),
        ("T1.1", 1, 5),
        ("T2", 1, 5),
        ("Qu'est-ce qui vous manque ?", 1, ""),
        ("T2", 1, 1),
    ]
    assert table.depths == (0, 1, 2, 1, 0, 1)


def test_a_theme_leads_to_its_verbatims(both):
    found = synthesise(both, Audience.TEAM)
    quoted = [cells[-7:-5] for cells in found.quotations.rows]
    leads = {
        found.questions.rows[at][3]: quoted[row] for (at, _), (_, row) in sorted(found.questions.links.items())[:3]
    }
    source = "réponse à la question « Que voulez-vous dire encore ? »"
    assert leads == {"T1": ("l'argent", source), "T1.1": ("mes dettes", source), "T2": ("mes dettes", source)}


def test_verbatims_of_one_code_give_interviews_first_then_answers_by_question(both):
    found = synthesise(both, Audience.TEAM)
    assert [cells[-7:-5] for cells in found.quotations.rows if cells[1] == "Santé"] == [
        ("malade", "paroles"),
        ("mes dettes", "réponse à la question « Que voulez-vous dire encore ? »"),
        ("un médecin", "réponse à la question « Qu'est-ce qui vous manque ? »"),
    ]


def test_one_person_keeps_one_label_in_an_output(both):
    found = synthesise(both, Audience.PROJECT_GROUP)
    place = [column.title for column in found.quotations.columns].index("Qui parle")
    labels = {cells[place] for cells in found.quotations.rows if cells[-7] in ("mes dettes", "un médecin")}
    assert len(labels) == 1


def test_small_counts_are_hidden_from_the_project_group(both):
    table = synthesise(both, Audience.PROJECT_GROUP).questions
    assert row(table, Code="T1.1")["Vague 1, personnes"] == "quelques"
    assert [cells[5] for cells in table.rows if not cells[3]] == [5, 1]


def test_who_withdrew_is_neither_counted_nor_quoted(both):
    gone = {"v1": {ConsentKind.PARTICIPATION: ConsentState.WITHDRAWN}}
    people = [replace(p, consent=gone) if p.code == "P001" else p for p in both.people]
    found = synthesise(replace(both, people=tuple(people)), Audience.TEAM)
    assert [cells[5] for cells in found.questions.rows if not cells[3]] == [4]
    assert "mes dettes" not in [cells[-7] for cells in found.quotations.rows]


def test_a_wave_in_which_a_question_was_not_asked_stays_blank():
    answers = [answer("R001", "P001"), answer("R002", "P001", LACK, "v2")]
    table = synthesise(study([person("P001")], answers, []), Audience.TEAM).questions
    assert [cells[5:] for cells in table.rows] == [(1, "", "", ""), ("", "", 1, "")]


def test_types_of_respondents_are_never_mixed():
    helper = person("P002", RespondentType.HELPER)
    answers = [answer("R001", "P001"), answer("R002", "P002")]
    table = synthesise(study([person("P001"), helper], answers, []), Audience.TEAM).questions
    assert [(cells[1], cells[5]) for cells in table.rows] == [("Personnes concernées", 1), ("Aidants", 1)]


def test_a_study_of_answers_alone_has_no_empty_sheet():
    found = synthesise(study([person("P001", age="20-29")], [answer("R001", "P001")], []), Audience.TEAM)
    assert [sheet.name for sheet in found.sheets] == [
        "Lisez-moi",
        "Essentiel",
        "Profil",
        "Questions ouvertes",
        "Verbatims",
        "Constats",
        "Recommandations",
        "Bilan",
        "Grille de codage",
        "Méthode",
    ]
    assert row(found.profile, Caractéristique="Personnes qui ont répondu")["Personnes concernées, Vague 1"] == 1
    told = " ".join(line for page in (found.readme, found.method) for s in page.sections for line in s.lines)
    assert "1\u00a0réponse à 1\u00a0question ouverte" in told
    assert "entretien codé" not in told
    assert "0\u00a0" not in told


# --- for the public


def of_many(count, codes, **settings):
    """codes: code -> numbers of the people whose answer has it; their words flagged and signed."""
    people = [person(f"P{n:03}", consent=YES, age="20-29") for n in range(1, count + 1)]
    answers = [answer(f"R{n:03}", f"P{n:03}") for n in range(1, count + 1)]
    said = [
        passage(f"R{n:03}", f"P{n:03}", code, f"mots {n}", flag=Flag.CITE, signed=True)
        for code, numbers in codes.items()
        for n in numbers
    ]
    return study(people, answers, said, **settings)


def test_only_codes_of_enough_people_are_shown():
    made = of_many(30, {"T1": range(1, 11), "T2": range(1, 4)})
    table = synthesise(made, Audience.PUBLIC).questions
    assert [(cells[3], cells[5], cells[6]) for cells in table.rows] == [("", 30, ""), ("T1", 10, 30)]


def test_a_count_that_would_give_a_small_one_back_is_not_shown():
    """Nine under T1.1 and two under T1.2, the same theme's only sub-codes: the theme's eleven would tell the two."""
    made = of_many(30, {"T1.1": range(1, 10), "T1.2": range(10, 12)})
    table = synthesise(made, Audience.PUBLIC).questions
    shown = {cells[3] for cells in table.rows}
    assert "T1.2" not in shown
    assert not {"T1", "T1.1"} <= shown


def test_a_question_of_too_few_answers_is_neither_counted_nor_quoted():
    found = synthesise(of_many(4, {"T1": range(1, 4)}), Audience.PUBLIC)
    assert found.questions is None
    assert found.quotations.rows == ()


def test_quotations_do_not_count_the_people_of_a_hidden_code():
    """Each answer is somebody else's: three quotations would say three people."""
    found = synthesise(of_many(30, {"T1": range(1, 11), "T2": range(1, 4)}), Audience.PUBLIC)
    quoted = [cells[0] for cells in found.quotations.rows]
    assert (quoted.count("Argent"), quoted.count("Santé")) == (10, 1)


def test_nothing_of_the_person_stands_beside_a_public_answer():
    found = synthesise(of_many(30, {"T1": range(1, 11)}, attributes=("age",)), Audience.PUBLIC)
    titles = [column.title for column in found.quotations.columns]
    assert {cells[titles.index("Age")] for cells in found.quotations.rows} == {"non montré"}
    assert {cells[-1] for cells in found.quotations.rows} == {"réponse à la question « Que voulez-vous dire encore ? »"}


def test_answers_change_nothing_in_what_is_published_of_interviews():
    people, interviews = one_each(12)
    spoken = [passage(f"E{n:03}", f"P{n:03}", "T1") for n in range(1, 9)]
    alone = synthesise(material(people, interviews, spoken), Audience.PUBLIC)
    answers = [answer(f"R{n:03}", f"P{n:03}") for n in range(1, 13)]
    said = [passage(f"R{n:03}", f"P{n:03}", "T2") for n in range(1, 13)]
    mixed = synthesise(study(people, answers, said, interviews, spoken), Audience.PUBLIC)
    assert (mixed.profile, mixed.themes, mixed.waves) == (alone.profile, alone.themes, alone.waves)
