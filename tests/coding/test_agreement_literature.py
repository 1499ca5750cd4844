"""Coefficients of agreement on examples that their authors, or the makers of other software, work out."""

from collections import Counter

import pytest

from enquete.coding.agreement.coefficients import (
    cohen_kappa,
    decision_pairs,
    fleiss_kappa,
    gwet_ac1,
    krippendorff_alpha,
    negative_agreement,
    observed_agreement,
    overlap,
    positive_agreement,
)
from enquete.coding.agreement.masi import masi_distance
from enquete.coding.agreement.measuring import Extra, measure
from enquete.coding.agreement.table import ReliabilityData, Unit


def classified(**coders):
    """Each coder's categories, unit by unit, a letter or a figure each; a dot is missing."""
    columns = [coders[name].replace(" ", "") for name in coders]
    units = [
        Unit("", str(rank), tuple(None if mark == "." else frozenset(mark) for mark in marks))
        for rank, marks in enumerate(zip(*columns, strict=True))
    ]
    return ReliabilityData(tuple(coders), tuple(units))


def two_by_two(both, first, second, neither):
    """Two coders and a code."""
    cells = {(True, True): both, (True, False): first, (False, True): second, (False, False): neither}
    units = [
        Unit("", f"{one}{other}", (frozenset("x" if one else ""), frozenset("x" if other else "")), count)
        for (one, other), count in cells.items()
    ]
    return ReliabilityData(("a", "b"), tuple(units))


# Krippendorff (2011), Computing Krippendorff's Alpha-Reliability, examples A, B and C.
@pytest.mark.parametrize(
    ("coders", "alpha"),
    [
        ({"a": "0100000010", "b": "1110010000"}, 0.095),
        ({"a": "aabbdccceddA".lower(), "b": "babbbcccEddd".lower()}, 0.692),
        ({"a": "123321412...", "b": "1233224125.3", "c": ".3332342251.", "d": "12332441251."}, 0.743),
    ],
)
def test_alpha_of_krippendorff_2011(coders, alpha):
    assert measure(classified(**coders)).categories.everyone.alpha == pytest.approx(alpha, abs=0.0005)


# Fleiss (1971), table 1: 30 patients, 6 psychiatrists, 5 diagnoses.
FLEISS_1971 = """
00060 03003 01401 00006 03030 20400 00402 20310 20040 00006
10050 11040 03300 10050 02031 00501 30012 51000 02040 10203
00006 01050 02013 20040 10041 05010 40002 02040 10500 00006
"""


def test_kappa_of_fleiss_1971():
    profiles = Counter(tuple(map(int, row)) for row in FLEISS_1971.split())
    assert fleiss_kappa(profiles) == pytest.approx(0.430, abs=0.0005)
    assert observed_agreement(profiles) == pytest.approx(0.556, abs=0.0005)
    # depression, personality disorder, schizophrenia, neurosis, other: each against all the others
    for category, kappa in enumerate([0.245, 0.245, 0.520, 0.471, 0.566]):
        alone = Counter()
        for profile, patients in profiles.items():
            alone[6 - profile[category], profile[category]] += patients
        assert fleiss_kappa(alone) == pytest.approx(kappa, abs=0.0005)


# Gwet (2014), Handbook of Inter-Rater Reliability, 4th ed., the four raters of Krippendorff's example C; figures as
# the author's own program (irrCAC) prints them.
def test_coefficients_of_gwet_with_missing_ratings():
    raters = {"a": "123321412...", "b": "1233224125.3", "c": ".3332342251.", "d": "12332441251."}
    figures = measure(classified(**raters)).categories.everyone
    assert figures.ac1 == pytest.approx(0.77544, abs=5e-6)
    assert figures.fleiss == pytest.approx(0.76117, abs=5e-6)
    assert figures.alpha == pytest.approx(0.74342, abs=5e-6)
    assert figures.observed == pytest.approx(0.81818, abs=5e-6)


# Gwet (2014), two abstractors and three kinds of pregnancy; figures of irrCAC.
def test_coefficients_of_gwet_for_two_raters():
    table = [[13, 0, 0], [0, 20, 7], [0, 4, 56]]
    units = [
        Unit("", f"{row}{column}", (frozenset(str(row)), frozenset(str(column))), table[row][column])
        for row in range(3)
        for column in range(3)
    ]
    figures = measure(ReliabilityData(("a", "b"), tuple(units))).categories.everyone
    assert figures.observed == pytest.approx(0.89)
    assert figures.cohen == pytest.approx(0.7964094, abs=5e-8)
    assert figures.fleiss == pytest.approx(0.7962397, abs=5e-8)  # Scott's pi
    assert figures.ac1 == pytest.approx(0.8493305, abs=5e-8)
    assert figures.alpha == pytest.approx(0.7972585, abs=5e-8)


# Gwet (2008), the paradox of kappa: 118 and 0 of 125 agreed on.
def test_ac1_where_kappa_is_paradoxical():
    figures = measure(two_by_two(118, 5, 2, 0)).codes[0].everyone
    assert figures.cohen == pytest.approx(-0.0234, abs=5e-5)
    assert figures.ac1 == pytest.approx(0.9408, abs=5e-5)


# Feinstein & Cicchetti (1990), High agreement but low kappa, I and II.
@pytest.mark.parametrize(
    ("cells", "observed", "kappa", "positive", "negative"),
    [((40, 9, 6, 45), 0.85, 0.70, 0.842, 0.857), ((80, 10, 5, 5), 0.85, 0.32, 0.914, 0.400)],
)
def test_positive_and_negative_agreement(cells, observed, kappa, positive, negative):
    figures = measure(two_by_two(*cells)).codes[0].everyone
    assert figures.observed == pytest.approx(observed)
    assert figures.cohen == pytest.approx(kappa, abs=0.005)
    assert figures.positive == pytest.approx(positive, abs=0.0005)
    assert figures.negative == pytest.approx(negative, abs=0.0005)


def test_kappa_of_fifty_proposals():
    """The table most often used to teach Cohen's kappa: 20, 5, 10, 15."""
    assert measure(two_by_two(20, 5, 10, 15)).codes[0].everyone.cohen == pytest.approx(0.4)


@pytest.mark.parametrize(("first", "second", "kappa"), [(75, 75, 0.3143), (150, 0, 0.3478), (100, 50, 0.3182)])
def test_the_thousand_characters_of_nvivo(first, second, kappa):
    """NVivo's help on coding comparison: of 1,000 characters 50 coded by both users, 150 by one of them, 800 by none.

    It gives the agreement (85 %) and the formula of kappa: (agreed - expected) / (1,000 - expected), where expected is
    (coded by the one × coded by the other + left by the one × left by the other) / 1,000.
    """
    figures = measure(two_by_two(50, first, second, 800)).codes[0].everyone
    one, other = 50 + first, 50 + second
    expected = (one * other + (1000 - one) * (1000 - other)) / 1000
    assert figures.units == 1000
    assert figures.observed == pytest.approx(0.85)
    assert figures.cohen == pytest.approx((850 - expected) / (1000 - expected))
    assert figures.cohen == pytest.approx(kappa, abs=5e-5)
    assert figures.overlap == pytest.approx(0.25)


# Passonneau (2006): 1 for equal sets, 2/3 for a subset, 1/3 for an overlap, times Jaccard.
@pytest.mark.parametrize(
    ("one", "other", "distance"),
    [("ab", "ab", 0), ("ab", "abcd", 1 - 2 / 4 * 2 / 3), ("ab", "bc", 1 - 1 / 3 * 1 / 3), ("a", "b", 1),
     ("", "a", 1), ("", "", 0)],
)  # fmt: skip
def test_masi_distance(one, other, distance):
    assert masi_distance(frozenset(one), frozenset(other)) == pytest.approx(distance)
    assert masi_distance(frozenset(other), frozenset(one)) == pytest.approx(distance)


def test_alpha_with_masi_gives_credit_for_a_part_in_common():
    """Two coders, three units: {a}{a}, {a b}{a}, {c}{c}. Worked by hand.

    Observed disagreement: one pair of six values at distance 1 - 1/2 × 2/3 = 2/3: (2 × 2/3) / 6. Expected, over the 30
    ordered pairs of {a}×3, {a b}×1, {c}×2: 2 × (3 × 2/3 + 6 × 1 + 2 × 1) / 30.
    """
    data = ReliabilityData(
        ("a", "b"),
        tuple(Unit("", str(rank), (frozenset(one), frozenset(other))) for rank, (one, other) in
              enumerate([("a", "a"), ("ab", "a"), ("c", "c")])),
    )  # fmt: skip
    observed, expected = 2 * 2 / 3 / 6, 2 * (3 * 2 / 3 + 3 * 2 + 2) / 30
    masi = measure(data, extras={Extra.MASI}).overall.everyone.masi
    assert masi == pytest.approx(1 - observed / expected)


# --- what is not defined

NOTHING = (krippendorff_alpha, fleiss_kappa, gwet_ac1, observed_agreement)


@pytest.mark.parametrize("coefficient", NOTHING)
def test_nothing_compared_has_no_coefficient(coefficient):
    assert coefficient({}) is None
    assert coefficient({(1, 0): 5}) is None


def test_no_variation_has_neither_alpha_nor_kappa():
    assert krippendorff_alpha({(2, 0): 9}) is None
    assert fleiss_kappa({(2, 0): 9}) is None
    assert cohen_kappa({(False, False): 9}) is None
    assert cohen_kappa({}) is None
    assert gwet_ac1({(2, 0): 9}) == 1
    assert gwet_ac1({(2,): 9}) is None


def test_a_code_that_nobody_used_has_no_positive_agreement():
    pairs = decision_pairs({(2, 0): 9})
    assert (overlap(pairs), positive_agreement(pairs), negative_agreement(pairs)) == (None, None, 1)
