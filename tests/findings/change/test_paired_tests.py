"""Paired tests against worked examples of the literature, and what must hold for any data."""

from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from enquete.findings.change.paired_tests import holm, mcnemar, stuart_maxwell, wilcoxon

# Unaided vision of 7,477 women, right eye by left eye: Stuart, Biometrika 42, 1955, p. 412.
VISION = [[1520, 266, 124, 66], [234, 1512, 432, 78], [117, 362, 1772, 205], [36, 82, 179, 492]]
# Hamilton scores of nine patients, first and second visit: Hollander and Wolfe, Nonparametric Statistical Methods,
# 1973, p. 29.
FIRST = (1.83, 0.50, 1.62, 2.48, 1.68, 1.88, 1.55, 3.06, 1.30)
SECOND = (0.878, 0.647, 0.598, 2.05, 1.06, 1.29, 1.06, 3.14, 1.29)
# Heights of crossed and self-fertilised maize, in eighths of an inch: Darwin 1876, in Fisher, The Design of
# Experiments, 1935, § 17.
MAIZE = (49, -67, 8, 16, 6, 23, 28, 41, 14, 29, 56, 24, 75, 60, -48)

small = st.lists(st.integers(-4, 4), max_size=9)
tables = st.integers(2, 4).flatmap(
    lambda k: st.lists(st.lists(st.integers(0, 30), min_size=k, max_size=k), min_size=k, max_size=k)
)


def test_mcnemar_on_approval_ratings():
    """1,600 Britons asked twice, 150 and 86 changed their minds: Agresti, Categorical Data Analysis, 1990, § 10.1."""
    assert mcnemar(150, 86).p == pytest.approx(3.716e-05, rel=1e-3)


def test_mcnemar_says_the_smallest_p_that_so_few_could_give():
    assert mcnemar(0, 5).p == mcnemar(2, 3).least == 0.0625
    assert mcnemar(0, 0).p == 1


def test_stuart_maxwell_on_unaided_vision():
    result = stuart_maxwell(VISION)
    assert (round(result.statistic, 2), result.freedom) == (11.96, 3)
    assert result.p == pytest.approx(0.0075, abs=5e-5)
    assert result.movers == 2181


def test_stuart_maxwell_agrees_with_another_program():
    tools = pytest.importorskip("statsmodels.stats.contingency_tables", reason="statsmodels is not installed")
    other = tools.SquareTable(np.array(VISION), shift_zeros=False).homogeneity()
    assert stuart_maxwell(VISION).statistic == pytest.approx(other.statistic)


def test_stuart_maxwell_on_two_categories_is_mcnemar_without_correction():
    assert stuart_maxwell([[794, 150], [86, 570]]).statistic == pytest.approx((150 - 86) ** 2 / (150 + 86))


def test_a_category_that_nobody_uses_changes_nothing():
    wider = [[*row, 0] for row in VISION] + [[0] * 5]
    assert stuart_maxwell(wider).p == pytest.approx(stuart_maxwell(VISION).p)


def test_stuart_maxwell_where_nobody_moved():
    assert stuart_maxwell([[3, 0], [0, 4]]).p is None


def test_wilcoxon_on_depression_scores():
    result = wilcoxon([after - before for before, after in zip(FIRST, SECOND, strict=True)])
    assert (result.up, result.down, result.same) == (2, 7, 0)
    assert result.w == 45 - 40
    assert result.p == pytest.approx(0.0390625)
    assert result.exact


def test_wilcoxon_on_maize():
    result = wilcoxon(MAIZE)
    assert result.w == 96
    assert result.p == pytest.approx(0.041259765625)


def test_pratt_ranks_zeros_before_it_leaves_them_out():
    """0, 0, 1, 2, 3, 4: ranks 3 to 6 remain, all for « up »: one pattern of signs of sixteen, on each side."""
    result = wilcoxon([0, 0, 1, 2, 3, 4])
    assert (result.w, result.same) == (18, 2)
    assert result.p == pytest.approx(2 / 16)


def test_holm_on_four_hypotheses():
    assert holm([0.01, 0.04, 0.03, 0.005]) == pytest.approx([0.03, 0.06, 0.06, 0.02])
    assert holm([]) == []


@given(small)
def test_wilcoxon_counts_every_pattern_of_signs(differences):
    from scipy.stats import rankdata

    ranks = list(rankdata([abs(d) for d in differences])) if differences else []
    kept = [rank for rank, d in zip(ranks, differences, strict=True) if d]
    observed = sum(rank for rank, d in zip(ranks, differences, strict=True) if d > 0)
    middle = sum(kept) / 2
    patterns = [sum(r for r, up in zip(kept, signs, strict=True) if up) for signs in product((0, 1), repeat=len(kept))]
    as_far = sum(abs(w - middle) >= abs(observed - middle) - 1e-9 for w in patterns)
    assert wilcoxon(differences).p == pytest.approx(as_far / len(patterns))


@given(st.lists(st.integers(-9, 9), min_size=1, max_size=40), st.randoms())
def test_wilcoxon_knows_neither_the_order_of_people_nor_that_of_waves(differences, chance):
    shuffled = chance.sample(differences, len(differences))
    reverse = wilcoxon([-d for d in differences])
    assert wilcoxon(shuffled).p == pytest.approx(wilcoxon(differences).p)
    assert (reverse.up, reverse.down) == (wilcoxon(differences).down, wilcoxon(differences).up)
    assert reverse.p == pytest.approx(wilcoxon(differences).p)


@given(st.lists(st.integers(-9, 9), min_size=201, max_size=260))
def test_many_differences_give_the_p_of_another_program(differences):
    from scipy.stats import wilcoxon as other

    result = wilcoxon(differences)
    if not result.exact:
        expected = other(differences, zero_method="pratt", correction=False, method="approx")
        assert result.p == pytest.approx(expected.pvalue, abs=1e-9)


@given(tables, st.randoms())
def test_stuart_maxwell_knows_neither_the_order_of_categories_nor_that_of_waves(table, chance):
    k = range(len(table))
    order = chance.sample(list(k), len(table))
    result = stuart_maxwell(table)
    other = stuart_maxwell([[table[j][i] for j in k] for i in k])
    moved = stuart_maxwell([[table[i][j] for j in order] for i in order])
    for one in (other, moved):
        assert one.statistic == pytest.approx(result.statistic, abs=1e-6)
        assert (one.freedom, one.movers) == (result.freedom, result.movers)


@given(st.integers(0, 60), st.integers(0, 60))
def test_mcnemar_knows_no_order_of_waves(lost, gained):
    assert mcnemar(lost, gained).p == mcnemar(gained, lost).p
    assert mcnemar(lost, gained).least <= mcnemar(lost, gained).p <= 1


@given(st.lists(st.floats(0, 1), max_size=12), st.randoms())
def test_holm_never_lowers_a_p_and_keeps_their_order(values, chance):
    corrected = holm(values)
    assert all(before <= after <= 1 for before, after in zip(values, corrected, strict=True))
    by_value = [after for _, after in sorted(zip(values, corrected, strict=True))]
    assert by_value == sorted(by_value)
