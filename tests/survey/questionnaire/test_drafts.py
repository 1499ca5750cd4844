"""Questionnaires proposed from answers and from LimeSurvey structures: sound, and never guessing in silence."""

from __future__ import annotations

import datetime

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from enquete.errors import EnqueteError, Problem
from enquete.model import Measure
from enquete.survey.answers.levels import clean_text
from enquete.survey.answers.types import Column, DataFile, DataTable, MissingRange, ResponseSet
from enquete.survey.questionnaire.checking import check
from enquete.survey.questionnaire.drafts import markdown, plain_name
from enquete.survey.questionnaire.from_answers import draft_of_answers
from enquete.survey.questionnaire.limesurvey import draft_of_lss
from enquete.survey.questionnaire.reading import questionnaire
from enquete.survey.questionnaire.sheets import markdown_book
from enquete.survey.questionnaire.types import Usage


def column(name, values, **said):
    levels = tuple(dict.fromkeys(value for value in values if value is not None))
    codes = np.array([levels.index(value) if value is not None else -1 for value in values], dtype=np.int32)
    return Column(name, levels, codes, **said)


def drafted(*columns, **said):
    rows = len(columns[0].codes)
    draft = draft_of_answers(
        DataFile("f.sav", "sav", (DataTable("f", columns, tuple(range(1, rows + 1))),), **said), "F"
    )
    return draft, sound(draft)


def sound(draft):
    book = markdown_book("q.md", markdown(draft))
    assert [fault.message for fault in check(book) if fault.is_error] == []
    return questionnaire(book)


def test_labels_make_choices_and_declared_missing_values_their_kinds():
    labels = {1: "Oui", 2: "Non", 8: "Refus", 9: "Sans réponse"}
    rsa = column("RSA", [1, 2, 9, None], label="Touchez-vous le RSA ?", value_labels=labels,
                 missing=(MissingRange(8, 9),), measure=Measure.ORDINAL)  # fmt: skip
    _, found = drafted(rsa)
    (question,) = found.questions
    assert (question.name, question.label, question.measure) == ("RSA", "Touchez-vous le RSA ?", Measure.ORDINAL)
    assert [(c.name, c.label, c.missing) for c in question.choices] == [
        ("1", "Oui", None), ("2", "Non", None), ("8", "Refus", "refused"), ("9", "Sans réponse", "other"),
    ]  # fmt: skip


def test_kinds_of_columns():
    day = datetime.date(2026, 3, 1)
    _, found = drafted(
        column("Code participant", ["P1", "P2", "P3"]),
        column("Date de passation", [day, day, None]),
        column("1. Votre âge ?", ["34", "51", None]),
        column("revenu", [512.5, None, 0]),
        column("sexe", ["Femme", "Homme", "Femme"] * 1),
        column("poids", [0.8, 1.2, 1.0]),
        column("recit", ["un long récit", "un autre", None]),
    )
    assert [(q.name, q.type, sorted(q.usage)) for q in found.questions] == [
        ("Code_participant", "text", [Usage.KEY]),
        ("Date_de_passation", "date", [Usage.DAY]),
        ("q1_Votre_age", "integer", []),
        ("revenu", "decimal", []),
        ("sexe", "text", []),
        ("poids", "decimal", [Usage.WEIGHT]),
        ("recit", "text", []),
    ]
    assert found.questions[2].label == "1. Votre âge ?"


def test_who_people_are_goes_to_the_vault_and_is_not_shown():
    draft, found = drafted(
        column("Nom", ["Zoubida Kellal", "Anne Leroux"] * 6),
        column("remarque", ["06 12 34 56 78", "07 12 34 56 78"] * 6),
        column("referent", ["Fatima", "Nicolas"] * 6),
    )
    assert [(q.name, sorted(q.usage), q.type) for q in found.questions] == [
        ("Nom", [Usage.IDENTITY], "text"), ("remarque", [Usage.IDENTITY], "text"), ("referent", [], "text"),
    ]  # fmt: skip
    text = markdown(draft)
    assert not any(word in text for word in ("Zoubida", "Leroux", "06 12", "Fatima", "Nicolas"))


def test_texts_that_come_back_are_choices_to_complete():
    draft, found = drafted(column("Logement", ["locataire", "hébergé", "ne sait pas"] * 4))
    assert [(c.name, c.label) for c in found.questions[0].choices] == [
        ("hébergé", "hébergé"), ("locataire", "locataire"), ("ne_sait_pas", "ne sait pas"),
    ]  # fmt: skip
    assert any("Choix tirés des réponses" in note for note in draft.notes)


def test_sets_and_split_columns_are_one_question():
    ticked = [1, 0, 1]
    _, found = drafted(
        column("b1", ticked, label="Aide un"),
        column("b2", ticked, label="Aide deux"),
        column("foyer/freins/sante", ["1", "0", None]),
        column("foyer/freins/garde", ["0", "0", "1"]),
        sets=(ResponseSet("$aides", "Quelles aides ?", ("b1", "b2"), 1),),
    )
    assert [(q.name, q.type, [c.name for c in q.choices]) for q in found.questions] == [
        ("aides", "select_multiple aides", ["b1", "b2"]),
        ("freins", "select_multiple freins", ["sante", "garde"]),
    ]


def test_a_scale_labelled_at_its_ends_keeps_its_values():
    draft, found = drafted(column("note", [0, 5, 10], value_labels={0: "pas du tout", 10: "tout à fait"}))
    assert [c.name for c in found.questions[0].choices] == ["0", "5", "10"]
    assert any("sans libellé (5)" in note for note in draft.notes)


@pytest.mark.parametrize(
    ("text", "name"),
    [("rsa", "rsa"), ("Q21[SQ002]", "Q21_SQ002"), ("1. Âge", "q1_Age"), ("", "q"), ("meta", "meta_"), ("€ ?", "q")],
)
def test_names_that_xlsform_accepts(text, name):
    assert plain_name(text) == name


def test_a_label_that_would_be_taken_for_a_reference_or_a_bar():
    _, found = drafted(column("a", ["x"], label="Combien | ${b} ?"))
    assert found.questions[0].label == "Combien | $ {b} ?"


# --- LimeSurvey


def lss(questions, *, answers="", subquestions="", attributes=""):
    def table(name, rows):
        return f"<{name}><fields/><rows>{rows}</rows></{name}>" if rows else ""

    groups = row(gid=1, group_name="<p>Vous</p>", group_order=1, language="fr")
    surveys = row(sid=9, language="fr")
    titles = row(surveyls_language="en", surveyls_title="No") + row(surveyls_language="fr", surveyls_title="Le RSA")
    return (
        "<?xml version='1.0' encoding='UTF-8'?><document><LimeSurveyDocType>Survey</LimeSurveyDocType>"
        f"<languages><language>fr</language></languages>{table('groups', groups)}{table('questions', questions)}"
        f"{table('subquestions', subquestions)}{table('answers', answers)}{table('question_attributes', attributes)}"
        f"{table('surveys', surveys)}{table('surveys_languagesettings', titles)}</document>"
    )


def row(**cells):
    return "<row>" + "".join(f"<{key}><![CDATA[{value}]]></{key}>" for key, value in cells.items()) + "</row>"


def asked(qid, kind, title, text, **more):
    return row(
        qid=qid, parent_qid=0, gid=1, type=kind, title=title, question=text, question_order=qid, language="fr", **more
    )


def test_a_limesurvey_structure(tmp_path):
    questions = (
        asked(1, "L", "Q1", "Touchez-vous le <b>RSA</b> ?", mandatory="Y", relevance="1", other="Y")
        + asked(2, "N", "Q2", "Depuis combien de mois ?", relevance='((Q1.NAOK == "A1"))', help="Environ.")
        + asked(3, "M", "Q3", "Quelles aides ?", relevance="count(Q1) > 2")
        + asked(4, "F", "Q4", "Êtes-vous d'accord ?")
        + asked(5, "T", "Q5", "Racontez.")
        + asked(6, "S", "NOM", "Votre nom ?")
        + asked(7, "Y", "Q7", "Et maintenant ?")
        + asked(8, "X", "Q8", "Merci.")
        + asked(9, "|", "Q9", "Une pièce ?")
    )
    answers = (
        row(qid=1, code="A1", answer="Oui", sortorder=1, language="fr", scale_id=0)
        + row(qid=1, code="A2", answer="Ne sait pas", sortorder=2, language="fr", scale_id=0)
        + row(qid=4, code="B1", answer="D'accord", sortorder=1, language="fr", scale_id=0)
    )
    subquestions = row(
        qid=31, parent_qid=3, title="SQ001", question="APL", question_order=1, language="fr", scale_id=0
    ) + row(qid=41, parent_qid=4, title="SQ001", question="C'est utile", question_order=1, language="fr", scale_id=0)
    attributes = row(qid=2, attribute="num_value_int_only", value=1)
    (tmp_path / "s.lss").write_text(
        lss(questions, answers=answers, subquestions=subquestions, attributes=attributes), encoding="utf-8"
    )
    draft = draft_of_lss(tmp_path / "s.lss")
    found = sound(draft)
    assert draft.title == "Le RSA"
    assert [(q.name, q.type, q.relevant) for q in found.questions] == [
        ("Q1", "select_one Q1 or_other", ""),
        ("Q1_other", "text", "selected(../Q1, 'other')"),
        ("Q2", "integer", "${Q1} = 'A1'"),
        ("Q3", "select_multiple Q3", ""),
        ("Q4_SQ001", "select_one Q4", ""),
        ("Q5", "text", ""),
        ("NOM", "text", ""),
        ("Q7", "select_one Q7", ""),
    ]
    assert found.question("Q1").required
    assert found.question("Q1").label == "Touchez-vous le RSA ?"
    assert found.question("Q1").choices[1].missing == "dont_know"
    assert found.question("Q3").hint == "Seulement si : count(Q1) > 2"
    assert found.question("Q4_SQ001").path == ("g_Vous", "Q4_g")
    assert found.question("NOM").usage == {Usage.IDENTITY}
    assert any("« Q3 »" in note for note in draft.notes)
    assert any("« Q9 » (fichier à joindre)" in note for note in draft.notes)


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        (lss(""), Problem.LSS_EMPTY),
        ("<document><LimeSurveyDocType>Group</LimeSurveyDocType></document>", Problem.LSS_UNREADABLE),
        ("pas du XML", Problem.LSS_UNREADABLE),
    ],
)
def test_what_is_no_structure_is_refused(tmp_path, text, problem):
    (tmp_path / "s.lss").write_text(text, encoding="utf-8")
    with pytest.raises(EnqueteError) as caught:
        draft_of_lss(tmp_path / "s.lss")
    assert caught.value.problem is problem


# --- whatever the file

_CELLS = st.one_of(
    st.integers(-5, 120),
    st.floats(-10, 10, allow_nan=False).map(lambda number: round(number, 2)),
    st.text(max_size=12).map(clean_text).filter(bool),
    st.sampled_from(["oui", "non", "Ne sait pas", "1", "0", "12,5", "2026-03-01", "31/12/2025", "06 12 34 56 78"]),
    st.dates(datetime.date(1900, 1, 1), datetime.date(2030, 1, 1)),
)
_HEADERS = st.one_of(
    st.text(min_size=1, max_size=20).map(clean_text).filter(bool),
    st.sampled_from(
        ["Nom", "code", "date", "poids", "vague", "aides/apl", "aides/aah", "Q1[SQ001]", "Q1[SQ002]", "meta"]
    ),
)


@st.composite
def columns(draw):
    rows = draw(st.integers(1, 8))
    made = []
    for name in draw(st.lists(_HEADERS, min_size=1, max_size=6, unique=True)):
        values = draw(st.lists(st.one_of(st.none(), _CELLS), min_size=rows, max_size=rows))
        labels = draw(st.dictionaries(st.integers(0, 9), st.text(max_size=12).map(clean_text), max_size=4))
        text = draw(st.text(max_size=30).map(clean_text))
        missing = (MissingRange(8, 9),) if draw(st.booleans()) else ()
        made.append(column(name, values, label=text, value_labels=labels, missing=missing))
    return made


@settings(max_examples=50)
@given(columns())
def test_what_is_proposed_can_always_be_used(made):
    drafted(*made)


@pytest.mark.parametrize(("code", "label", "key"), [("code", "Votre code", True), ("Q1", "Code participant", True),
                                                    ("Q1", "Votre code postal", False)])  # fmt: skip
def test_the_code_of_the_person_in_a_limesurvey_structure(tmp_path, code, label, key):
    (tmp_path / "s.lss").write_text(lss(asked(1, "S", code, label) + asked(2, "S", "id", "Avis")), encoding="utf-8")
    draft = draft_of_lss(tmp_path / "s.lss")
    assert [row.get("usage") == "clé" for row in draft.rows if row["type"] == "text"] == [key, not key]
    assert len(draft.notes) == 1


def test_a_sheet_that_nothing_ties_to_the_first_makes_no_repeat():
    main = DataTable("Réponses", (column("code participant", ["P1", "P2"]), column("âge", [3, 4])), (2, 3))
    tied = DataTable("enfants", (column("Code participant", ["P1", "P1"]), column("école", ["CP", "CE1"])), (2, 3))
    notes = DataTable("notes", (column("à faire", ["rappeler", "payer"]),), (2, 3))
    draft = draft_of_answers(DataFile("f.xlsx", "xlsx", (main, tied, notes)), "F")
    assert {question.repeat for question in sound(draft).questions} == {"", "enfants"}
    assert any(note.startswith("Feuille « notes » laissée de côté") for note in draft.notes)
