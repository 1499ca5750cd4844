"""Texts as they are named in a sentence."""

from typing import NamedTuple

from enquete.actions.places import codes_told


class Named(NamedTuple):
    code: str
    asked: str = ""


def answers(question, first, count):
    return [Named(f"R{number:03}", question) for number in range(first, first + count)]


def test_a_few_answers_are_named():
    few = [Named("E001"), *answers("repas/manque", 1, 2), *answers("repas/dire", 3, 1)]
    assert codes_told(few) == "E001 ; R001, R002 ; R003"


def test_many_answers_are_counted_by_question_even_where_each_question_has_few():
    many = [Named("E001"), *answers("repas/manque", 1, 12), *answers("repas/dire", 13, 1)]
    assert codes_told(many) == "E001 ; repas/manque (12\u00a0réponses) ; repas/dire (1\u00a0réponse)"
