"""Counts of two waves as each audience may read them."""

import time

from hypothesis import given, settings
from hypothesis import strategies as st

from enquete.disclosure.suppression import HIDDEN
from enquete.findings.change.answer_sheets import protected
from enquete.model import Audience


def test_the_team_reads_everything_with_totals():
    assert protected([[1, 9], [4, 6]], Audience.TEAM, 5) == [[1, 9, 10], [4, 6, 10], [5, 15, 20]]


def test_the_project_group_reads_a_few_for_small_counts():
    assert protected([[1, 9], [4, 0]], Audience.PROJECT_GROUP, 5)[0] == ["quelques", 9, 10]


def test_the_public_computes_no_small_count_back():
    shown = protected([[1, 30, 20], [40, 20, 20], [30, 20, 50]], Audience.PUBLIC, 5)
    assert shown[0][0] == HIDDEN
    hidden = [(r, c) for r, row in enumerate(shown) for c, cell in enumerate(row) if cell == HIDDEN]
    assert len([1 for r, _ in hidden if r == 0]) > 1  # its row would give it back
    assert len([1 for _, c in hidden if c == 0]) > 1


@settings(max_examples=15)
@given(st.lists(st.lists(st.integers(0, 40), min_size=3, max_size=3), min_size=2, max_size=3))
def test_the_public_never_reads_a_small_count(counts):
    assert all(cell == HIDDEN or cell >= 5 for row in protected(counts, Audience.PUBLIC, 5) for cell in row)


def test_a_table_of_many_answers_takes_seconds_at_most():
    counts = [[(r * c * 7) % 23 + (40 if r == c else 0) for c in range(8)] for r in range(8)]
    start = time.perf_counter()
    protected(counts, Audience.PUBLIC, 5)
    assert time.perf_counter() - start < 20
