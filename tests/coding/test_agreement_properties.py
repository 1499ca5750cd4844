"""Coefficients of agreement against independent libraries, by chance, and under changes that must not matter."""

import math
import random

import krippendorff
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from nltk.metrics.agreement import AnnotationTask
from nltk.metrics.distance import masi_distance as nltk_masi

from enquete.coding.agreement.bootstrap import draws
from enquete.coding.agreement.masi import masi_distance, set_terms
from enquete.coding.agreement.measuring import Extra, Reason, measure
from enquete.coding.agreement.table import ReliabilityData, Unit, presences


def drawn(seed, *, coders, units, sizes, missing=0.0, codes="abcde"):
    """A table at random. sizes: how many codes a decision may have."""
    source = random.Random(seed)  # noqa: S311
    rows = []
    for rank in range(units):
        common = source.sample(codes, source.choice(sizes))
        decisions = [
            None
            if source.random() < missing
            else frozenset(common if source.random() < 0.6 else source.sample(codes, source.choice(sizes)))
            for _ in range(coders)
        ]
        rows.append(Unit(f"E{rank % 7}", rank, tuple(decisions)))
    return ReliabilityData(tuple("ABCDEFGHIJ"[:coders]), tuple(rows))


def task(data, distance=None):
    rows = [
        (coder, rank, put)
        for rank, unit in enumerate(data.units)
        for coder, put in zip(data.coders, unit.decisions, strict=True)
        if put is not None
    ]
    return AnnotationTask(rows, **({"distance": distance} if distance else {}))


SHAPES = [(seed, coders, missing) for seed, coders in enumerate([2, 2, 3, 4, 7]) for missing in (0.0, 0.3)]


@pytest.mark.parametrize(("seed", "coders", "missing"), SHAPES)
def test_alpha_is_that_of_the_krippendorff_library(seed, coders, missing):
    data = drawn(seed, coders=coders, units=60, sizes=(1,), missing=missing)
    ranks = {code: rank for rank, code in enumerate("abcde")}
    matrix = [[math.nan if d is None else ranks[next(iter(d))] for d in unit.decisions] for unit in data.units]
    theirs = krippendorff.alpha(np.array(matrix).T, level_of_measurement="nominal")
    figures = measure(data)
    assert figures.categories.everyone.alpha == pytest.approx(theirs)
    for line in figures.codes:
        there = [[math.nan if d is None else float(line.name in d) for d in unit.decisions] for unit in data.units]
        theirs = krippendorff.alpha(np.array(there).T, level_of_measurement="nominal")
        assert line.everyone.alpha == pytest.approx(theirs)


@pytest.mark.parametrize(("seed", "coders", "missing"), SHAPES)
def test_alpha_with_masi_is_that_of_nltk(seed, coders, missing):
    data = drawn(seed, coders=coders, units=60, sizes=(1, 2, 3), missing=missing)
    theirs = task(data, nltk_masi).alpha()
    assert measure(data, extras={Extra.MASI}).overall.everyone.masi == pytest.approx(theirs)


@pytest.mark.parametrize("seed", range(3))
def test_kappas_are_those_of_nltk(seed):
    data = drawn(seed, coders=3, units=80, sizes=(1,))
    theirs = task(data)
    figures = measure(data).categories
    assert figures.everyone.fleiss == pytest.approx(theirs.pi())
    for (one, other), pair in figures.pairs.items():
        assert pair.cohen == pytest.approx(theirs.kappa_pairwise(data.coders[one], data.coders[other]))


@pytest.mark.parametrize("prevalence", [0.05, 0.1, 0.3, 0.5, 0.7, 0.9, 0.95])
@pytest.mark.parametrize("coders", [2, 4])
def test_coders_who_agree_by_chance_get_nothing(prevalence, coders):
    source = random.Random(1960)  # noqa: S311
    units = (
        Unit("", rank, tuple(frozenset("x" if source.random() < prevalence else "") for _ in range(coders)))
        for rank in range(10_000)
    )
    line = measure(ReliabilityData(tuple("abcd"[:coders]), tuple(units))).codes[0]
    assert line.everyone.alpha == pytest.approx(0, abs=0.02)
    assert line.everyone.fleiss == pytest.approx(0, abs=0.02)
    pairs = list(line.pairs.values()) or [line.everyone]
    assert sum(pair.cohen for pair in pairs) / len(pairs) == pytest.approx(0, abs=0.02)


# --- what must not matter

DECISIONS = st.one_of(st.none(), st.frozensets(st.sampled_from("abc")))
GROUPS = st.sampled_from(["E001", "E002", "E003"])
TABLES = st.integers(2, 4).flatmap(
    lambda coders: st.lists(
        st.tuples(GROUPS, st.lists(DECISIONS, min_size=coders, max_size=coders), st.integers(1, 3)), max_size=9
    ).map(lambda rows: table("ABCD"[:coders], rows))
)


def table(coders, rows):
    units = (Unit(group, rank, tuple(decisions), size) for rank, (group, decisions, size) in enumerate(rows))
    return ReliabilityData(tuple(coders), tuple(units))


def told(data, extras=frozenset({Extra.MASI})):
    """What does not depend on names and orders, rounded away from the order of sums."""
    figures = measure(data, extras=extras)
    lines = sorted(
        (line.everyone.coded, line.everyone.unanimous, *map(rounded, coefficients(line.everyone)))
        for line in figures.codes
    )
    return lines, rounded(figures.overall.everyone.masi), rounded(figures.overall.everyone.alpha)


def coefficients(each):
    return each.overlap, each.observed, each.positive, each.negative, each.alpha, each.fleiss, each.ac1


def rounded(value):
    return "—" if value is None else f"{value + 0.0:.9f}".replace("-0.000000000", "0.000000000")


@given(TABLES, st.randoms(use_true_random=False))
def test_the_order_of_units_and_coders_does_not_matter(data, source):
    order = list(range(len(data.coders)))
    source.shuffle(order)
    units = list(data.only(order).units)
    source.shuffle(units)
    assert told(ReliabilityData(data.only(order).coders, tuple(units))) == told(data)


@given(TABLES)
def test_the_names_of_codes_do_not_matter(data):
    assert told(data.renamed({"a": "z", "b": "y", "c": "x"})) == told(data)


@given(TABLES)
def test_equal_units_may_be_counted_together(data):
    apart = [
        Unit(unit.group, unit.place, unit.decisions) for unit in data.units for _ in range(unit.size)
    ]  # fmt: skip
    assert told(ReliabilityData(data.coders, tuple(apart))) == told(data)


@given(TABLES)
def test_a_coder_who_decided_nothing_changes_nothing(data):
    units = (Unit(u.group, u.place, (*u.decisions, None), u.size) for u in data.units)
    assert told(ReliabilityData((*data.coders, "Z"), tuple(units))) == told(data)


@given(TABLES)
def test_a_unit_that_one_coder_read_compares_with_nothing(data):
    alone = Unit("E001", "alone", (frozenset("a"), *[None] * (len(data.coders) - 1)))
    with_it = measure(ReliabilityData(data.coders, (*data.units, alone)), codes="abc")
    for line, before in zip(with_it.codes, measure(data, codes="abc").codes, strict=True):
        assert (line.everyone.alpha, line.everyone.units) == (before.everyone.alpha, before.everyone.units)
        assert line.everyone.positives == before.everyone.positives


@given(TABLES)
def test_figures_stay_within_their_bounds(data):
    for line in measure(data).codes:
        for figures in (line.everyone, *line.pairs.values()):
            shares = (figures.overlap, figures.observed, figures.positive, figures.negative)
            assert all(share is None or 0 <= share <= 1 for share in shares)
            assert all(each is None or -1 <= each <= 1 for each in (figures.alpha, figures.cohen))
            assert all(each is None or each <= 1 for each in (figures.fleiss, figures.ac1))


@given(TABLES)
def test_those_who_decide_alike_agree_entirely(data):
    first = (unit.decisions[0] for unit in data.units)
    units = [Unit("", rank, (put,) * 3) for rank, put in enumerate(first) if put is not None]
    figures = measure(ReliabilityData(tuple("ABC"), tuple(units)), extras={Extra.MASI})
    for each in [line.everyone for line in figures.codes]:
        assert each.alpha in (None, 1)
        assert each.overlap == 1
    assert figures.overall.everyone.masi in (None, pytest.approx(1))


@given(TABLES)
def test_the_profiles_of_a_code_count_every_unit_once(data):
    decided = sum(unit.size for unit in data.units if any(put is not None for put in unit.decisions))
    for presence in presences(data, "abc").values():
        assert presence.profiles.total() == decided
        assert all(units > 0 for units in presence.profiles.values())


@given(st.lists(st.frozensets(st.sampled_from("abcd")), min_size=1, max_size=6, unique=True))
def test_distances_are_computed_together_as_one_by_one(sets):
    data = ReliabilityData(("A", "B"), tuple(Unit("", rank, (put, put)) for rank, put in enumerate(sets)))
    distances = set_terms(data).distances
    for row, one in enumerate(sets):
        for column, other in enumerate(sets):
            assert distances[row, column] == pytest.approx(masi_distance(one, other))


# --- intervals, rare codes


def test_an_interval_is_the_same_at_each_run_and_holds_the_figure():
    data = drawn(3, coders=2, units=140, sizes=(0, 1, 2))
    first, again = (measure(data, extras=set(Extra)) for _ in range(2))
    assert first == again
    everyone = first.overall.everyone
    assert everyone.interval.low < everyone.alpha < everyone.interval.high
    assert everyone.masi_interval.low < everyone.masi < everyone.masi_interval.high


def test_interviews_are_drawn_whole():
    assert all(sum(taken) == 5 for taken in draws(5))
    alike = [Unit(f"E{rank}", turn, (frozenset("a" * (turn % 2)),) * 2) for rank in range(4) for turn in range(6)]
    parted = [Unit("E9", turn, (frozenset("a"), frozenset())) for turn in range(6)]
    figures = measure(ReliabilityData(("A", "B"), (*alike, *parted)), extras={Extra.INTERVAL}).codes[0].everyone
    assert figures.interval.high == 1  # the interview where they part is left out of some draws
    assert figures.interval.low < figures.alpha


def test_one_interview_has_no_interval():
    units = tuple(Unit("E1", turn, (frozenset("a" * (turn % 2)),) * 2) for turn in range(20))
    assert measure(ReliabilityData(("A", "B"), units), extras={Extra.INTERVAL}).codes[0].everyone.interval is None


@pytest.mark.parametrize(
    ("decisions", "reason"),
    [
        ([("a", "a")] * 4 + [("", "")] * 9, Reason.RARE),
        ([("a", "a")] * 5 + [("", "")] * 9, None),
        ([("a", "a")] * 9, Reason.NO_VARIATION),
        ([("a", None)] * 9, Reason.NOTHING_COMPARED),
    ],
)
def test_a_figure_that_says_nothing_has_a_reason(decisions, reason):
    units = (
        Unit("E1", rank, tuple(None if put is None else frozenset(put) for put in pair))
        for rank, pair in enumerate(decisions)
    )
    assert measure(ReliabilityData(("A", "B"), tuple(units))).codes[0].everyone.reason is reason
