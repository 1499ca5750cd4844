"""Answers of the same people in two waves: tables, differences, and what is said of them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from enquete.errors import EnqueteError
from enquete.findings.change.answer_words import difference_lines, option_lines, transition_lines
from enquete.findings.change.answers import (
    ABSENT,
    BLANK,
    Standing,
    State,
    asked,
    differences,
    options,
    ranks,
    totals,
    transitions,
)
from enquete.findings.change.verdicts import sentences, verdict
from enquete.model import Measure, MissingKind
from enquete.survey.matching.types import Missing, Variable
from enquete.survey.questionnaire.types import Choice, QuestionKind

HOME = (Choice("soi", "Chez soi"), Choice("tiers", "Chez un tiers"), Choice("rue", "Dehors"))
NSP = Choice("nsp", "Ne sait pas", MissingKind.DONT_KNOW)
UNKNOWN = Missing(MissingKind.DONT_KNOW, "nsp")


def variable(kind=QuestionKind.ONE, choices=(*HOME, NSP), measure=Measure.NOMINAL, name="logement"):
    return Variable(name, kind, "Où dormez-vous ?", measure, choices)


def question(**told):
    return asked(variable(**told), variable(**told))


def choice(name):
    return State(Standing.CHOICE, name)


BEFORE = {"P1": "soi", "P2": "soi", "P3": "tiers", "P4": UNKNOWN, "P5": None, "P6": "rue"}
AFTER = {"P1": "soi", "P2": "rue", "P3": "soi", "P4": "soi", "P5": "soi", "P7": "rue"}


def test_everybody_has_one_place_in_the_table():
    found = transitions(question(), BEFORE, AFTER)
    assert found.people[choice("soi"), choice("rue")] == ("P2",)
    assert found.people[State(Standing.MISSING, "dont_know"), choice("soi")] == ("P4",)
    assert found.people[BLANK, choice("soi")] == ("P5",)
    assert found.people[choice("rue"), ABSENT] == ("P6",)
    assert found.people[ABSENT, choice("rue")] == ("P7",)
    assert (found.paired, found.moved) == (3, 2)


def test_the_table_is_told_with_missing_apart_and_those_not_met_again():
    said = "\n".join(transition_lines(transitions(question(), BEFORE, AFTER), "v1", "v2"))
    assert "pas revues en v2" in said
    assert "sans réponse" in said
    assert "ne sait pas" in said
    assert "3\u00a0personnes ont répondu les deux fois : 1 la même chose, 2 autre chose." in said
    assert "« Chez soi » puis « Dehors » : P2" in said


def test_no_percentage_under_fifty_people():
    def told(people):
        given = {f"P{i}": "soi" for i in range(people)}
        return "\n".join(transition_lines(transitions(question(), given, given), "v1", "v2"))

    assert "%" not in told(49)
    assert "50 la même chose (100\u00a0%)" in told(50)


def test_a_choice_that_means_no_answer_is_missing_however_it_is_stored():
    found = transitions(question(), {"P1": "nsp"}, {"P1": "soi"})
    assert list(found.people) == [(State(Standing.MISSING, "dont_know"), choice("soi"))]


def test_a_choice_of_one_wave_only_has_its_row_in_both():
    both = asked(variable(), variable(choices=(*HOME, Choice("hotel", "À l'hôtel"))))
    assert [one.name for one in both.choices] == ["soi", "tiers", "rue", "hotel"]


def test_several_choices_are_each_a_question():
    aids = question(kind=QuestionKind.MANY, choices=(Choice("colis", "Colis"), Choice("repas", "Repas"), NSP))
    before = {"P1": ("colis",), "P2": (), "P3": None, "P4": ("nsp",)}
    after = {"P1": ("colis", "repas"), "P2": ("colis",), "P3": ("repas",), "P4": ("repas",)}
    said = list(option_lines(options(aids, before, after)))
    assert said[:2] == [
        "  Colis : ajouté 1, gardé 1, quitté 0, jamais 0 (sur 2)",
        "  Repas : ajouté 1, gardé 0, quitté 0, jamais 1 (sur 2)",
    ]
    assert "à part, sans réponse puis des choix : 1\u00a0personne (P3)" in "\n".join(said)
    assert "« ne sait pas » puis des choix" in "\n".join(said)


def test_numbers_go_up_and_down_and_zero_is_a_number():
    hours = question(kind=QuestionKind.DECIMAL, choices=())
    found = differences(hours, {"P1": 0, "P2": 0.3, "P3": 4, "P4": None}, {"P1": 15, "P2": 0.1, "P3": 4, "P4": 2})
    assert found.by_person == {"P1": 15, "P2": -0.2, "P3": 0}
    said = "\n".join(difference_lines(found))
    assert "1 plus, 1 autant, 1 moins" in said
    assert "pour milieu zéro" in said
    assert "sans réponse puis un nombre : 1\u00a0personne (P4)" in said


def test_a_question_of_two_kinds_is_not_compared():
    with pytest.raises(EnqueteError, match="pas la même sorte"):
        asked(variable(), variable(kind=QuestionKind.INTEGER))
    with pytest.raises(EnqueteError, match="question ouverte"):
        question(kind=QuestionKind.TEXT)


# --- what tests may say


YES_NO = (Choice("oui", "Oui"), Choice("non", "Non"))


def two(lost, gained, same, name="aide"):
    people = [("oui", "non")] * lost + [("non", "oui")] * gained + [("oui", "oui")] * same
    before = {f"P{i}": pair[0] for i, pair in enumerate(people)}
    after = {f"P{i}": pair[1] for i, pair in enumerate(people)}
    return transitions(question(choices=YES_NO, name=name), before, after)


def told(*found):
    return list(sentences([verdict(one) for one in found], "tirées au sort"))


def test_few_changes_conclude_nothing_and_the_counts_come_first():
    said = told(two(0, 5, 18))[0]
    assert said.startswith(
        "« aide » : Sur 23\u00a0personnes qui ont répondu les deux fois, 0 passe de « Oui » à « Non », 5 passent"
    )
    assert "L'effectif est trop faible" in said
    assert "0,062" in said
    assert "significatif" not in said


def test_a_small_group_is_never_called_significant():
    said = told(two(0, 12, 8))[0]
    assert "p < 0,001" in said
    assert "significatif" not in said
    assert "trop peu pour en dire plus que ces personnes" in said


def test_a_large_group_may_be_with_its_sampling():
    said = told(two(2, 20, 40))
    assert "significatif au seuil de 5 %, si les personnes ont été tirées au sort" in said[0]
    assert "Échantillon, tel qu'il est dit : « tirées au sort »" in said[1]


def test_several_tests_are_corrected_together():
    said = told(two(3, 12, 40), two(10, 12, 40, "autre"), two(0, 0, 9, "rien"))
    assert "p = 0,035, corrigé p = 0,070 : le hasard suffit" in said[0]
    assert "Pas de test" in said[2]
    assert "2\u00a0tests à la fois" in said[-1]


def test_an_approximate_test_waits_for_enough_changes():
    cells = [("soi", "tiers"), ("tiers", "rue"), ("rue", "soi")]
    before, after = ({f"P{i}": pair[side] for i, pair in enumerate(cells * 4)} for side in (0, 1))
    assert "trop faible pour un test de Stuart-Maxwell" in told(transitions(question(), before, after))[0]
    before, after = ({f"P{i}": pair[side] for i, pair in enumerate(cells * 20)} for side in (0, 1))
    assert "le hasard suffit" in told(transitions(question(), before, after))[0]


def test_an_ordered_scale_is_tested_by_its_steps():
    scale = question(measure=Measure.ORDINAL, choices=HOME)
    people = {f"P{i}": ("soi", "rue" if i % 3 else "tiers") for i in range(36)}
    found = transitions(scale, {c: p[0] for c, p in people.items()}, {c: p[1] for c, p in people.items()})
    assert sorted(set(ranks(found))) == [1, 2]
    assert "rangs signés de Wilcoxon, exact, zéros selon Pratt" in told(found)[0]


answer = st.sampled_from(["soi", "tiers", "rue", None, UNKNOWN])
people = st.dictionaries(st.sampled_from([f"P{i}" for i in range(12)]), answer)


@given(people, people)
def test_each_person_stands_once_and_waves_may_be_exchanged(before, after):
    found, back = transitions(question(), before, after), transitions(question(), after, before)
    assert sorted(code for codes in found.people.values() for code in codes) == sorted({*before, *after})
    assert sum(totals(found, 0).values()) == sum(totals(found, 1).values()) == len({*before, *after})
    assert {(b, a): codes for (a, b), codes in found.people.items()} == back.people
    assert (found.paired, found.moved) == (back.paired, back.moved)
    list(transition_lines(found, "v1", "v2"))
    one, other = verdict(found), verdict(back)
    assert (one.p is None) == (other.p is None)
    assert one.p is None or one.p == pytest.approx(other.p)
