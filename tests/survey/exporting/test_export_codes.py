"""Numbers for choices and missing values, names of columns: within what SPSS and Stata take."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from enquete.model import Measure, MissingKind
from enquete.survey.exporting.codes import coded, declarable
from enquete.survey.exporting.names import SPSS, STATA, cut, fitting
from enquete.survey.matching.types import Missing, MissingCode, Variable
from enquete.survey.questionnaire.types import Choice, QuestionKind

DONT_KNOW, REFUSED, OTHER = MissingKind.DONT_KNOW, MissingKind.REFUSED, MissingKind.OTHER


def one(*choices, missing=()):
    return Variable("q", QuestionKind.ONE, "Q ?", Measure.NOMINAL, tuple(Choice(*told) for told in choices), missing)


def number(*missing):
    return Variable("q", QuestionKind.INTEGER, "Q ?", Measure.SCALE, (), missing)


def codes(variables, cells=()):
    return {value.name: value.code for value in coded(variables, cells).values}


def test_names_that_are_numbers_keep_them():
    assert codes([one(("1", "Oui"), ("2", "Non"), ("9", "Refus", REFUSED))]) == {"1": 1, "2": 2, "9": 9}


def test_other_names_are_numbered_and_what_is_missing_stands_below():
    assert codes([one(("soi", "Chez soi"), ("rue", "Dehors"), ("nsp", "NSP", DONT_KNOW))]) == {
        "soi": 1, "rue": 2, "nsp": -1,
    }  # fmt: skip


def test_a_choice_has_one_code_in_all_waves():
    first, second = one(("soi", "Chez soi"), ("rue", "Dehors")), one(("hotel", "Hôtel"), ("soi", "Chez vous"))
    assert codes([first, second]) == {"soi": 1, "rue": 2, "hotel": 3}
    assert coded([first, second], []).of("soi").label == "Chez vous"


def test_what_spss_cannot_declare_is_numbered_anew_and_said():
    """Four missing values among answers: neither three of them, nor a range, nor both."""
    gaps = [("2", "a", OTHER), ("4", "b", OTHER), ("6", "c", OTHER), ("8", "d", OTHER)]
    found = coded([one(("1", "x"), ("3", "y"), ("5", "z"), ("7", "t"), *gaps)], [])
    assert found.recoded
    assert [value.code for value in found.values if value.missing] == [-1, -2, -3, -4]


def test_four_values_in_a_row_are_a_range():
    assert declarable([96, 97, 98, 99], [], [1, 2]) == [(96, 99)]
    assert declarable([0, 97, 98, 99], [], [1, 2]) == [(97, 99), 0]
    assert declarable([97, 98], [(-9, -1)], [1]) is None


def test_a_number_keeps_the_codes_and_ranges_of_its_file():
    variable = number(MissingCode(99.0, 99.0, "refus", REFUSED), MissingCode(-9.0, -1.0, "", OTHER))
    found = coded([variable], [0, 12, Missing(REFUSED, "99"), Missing(OTHER, "-5")])
    assert found.of(Missing(REFUSED, "99")).code == 99
    assert found.of(Missing(OTHER, "-5")).code == -5
    assert found.ranges == ((-9.0, -1.0),)


def test_a_tag_of_stata_becomes_a_number_below_all_answers():
    found = coded([number()], [-3, 5, Missing(REFUSED, ".r")])
    assert found.of(Missing(REFUSED, ".r")).code == -4


@given(
    st.lists(st.integers(-5, 12), max_size=6),
    st.lists(st.integers(-5, 12), max_size=5, unique=True),
)
def test_no_answer_is_ever_declared_missing(answers, gaps):
    cells = [*answers, *(Missing(OTHER, str(gap)) for gap in gaps)]
    found = coded([number()], cells)
    declared = declarable([v.code for v in found.values if v.missing], found.ranges, answers)
    assert declared is not None
    spans = [one if isinstance(one, tuple) else (one, one) for one in declared]
    assert not any(low <= answer <= high for low, high in spans for answer in answers)
    assert all(any(low <= v.code <= high for low, high in spans) for v in found.values if v.missing)
    assert len(declared) <= 3
    assert sum(isinstance(one, tuple) for one in declared) <= 1


@pytest.mark.parametrize(
    ("name", "spss", "stata"),
    [
        ("Q21[SQ002]", "Q21_SQ002", "Q21_SQ002"),
        ("date.posix", "date.posix", "date_posix"),
        ("with", "with_q", "with_q"),
        ("int", "int", "int_q"),
        ("str12", "str12_q", "str12_q"),
        ("été 2026", "ete_2026", "ete_2026"),
        ("3e_age", "v3e_age", "v3e_age"),
        ("a" * 40, "a" * 40, "a" * 31),
    ],
)
def test_names_fit_each_program(name, spss, stata):
    assert fitting([name], SPSS) == {name: spss}
    assert fitting([name], STATA) == {name: stata}


@given(st.lists(st.text(min_size=1, max_size=50), max_size=12, unique=True))
def test_names_stay_apart_and_within_limits(names):
    for rules in (SPSS, STATA):
        found = fitting(names, rules)
        assert len({name.casefold() for name in found.values()}) == len(names)
        assert all(len(name) <= rules.longest and name.isascii() and name[0].isalpha() for name in found.values())


@given(st.text(max_size=200), st.integers(4, 60))
def test_a_label_is_cut_within_its_bytes(text, longest):
    assert len(cut(text, longest).encode()) <= longest
