"""Texts compared as people compare them."""

import pytest

from enquete.survey.matching.loose import loose, name_key, unnumbered


@pytest.mark.parametrize(
    ("one", "other"),
    [("<b>Moins de 1 000 €</b>", "moins de 1000 €"), ("Œuvre d’été !", "oeuvre d'ete"), ("Oui&nbsp;", "oui"),
     ("Âge", "AGE"), ("C'est-à-dire", "c est a dire"), ("12,5 h", "12.5 h"), ("d'accord *", "D’accord")],
)  # fmt: skip
def test_the_same(one, other):
    assert loose(one) == loose(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [("< 500", "> 500"), ("-1", "1"), ("1,5", "15"), ("A+", "A"), ("🙂", "🙁"), ("10 %", "10"), ("Oui", "Oui mais")],
)
def test_not_the_same(one, other):
    assert loose(one) != loose(other)


@pytest.mark.parametrize(
    ("text", "bare"),
    [("3. Âge", "Âge"), ("Q3) Âge", "Âge"), ("2.1 - Âge", "Âge"), ("Question 4 : Âge", "Âge"),
     ("skill2-1. Âge", "skill2-1. Âge"), ("3 enfants", "3 enfants"), ("2024", "2024"), ("5-10 ans", "5-10 ans")],
)  # fmt: skip
def test_numbering(text, bare):
    assert unnumbered(text) == bare


def test_names():
    assert name_key("g/Q21[SQ002]") == name_key("G_Q21_sq002")
    assert name_key("q/-1") != name_key("q/1")
