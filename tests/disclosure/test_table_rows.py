"""Counts of a table, which a PDF writes in one line, are no number of anybody's."""

import pytest

from enquete.disclosure.contents.pdf import _COUNTS, _apart


@pytest.mark.parametrize(
    ("line", "read"),
    [
        ("Erreurs 0 12 12 0 13 0 0", "Erreurs 0 ; 12 ; 12 ; 0 ; 13 ; 0 ; 0"),
        ("tél. 06 39 98 12 34", "tél. 06 39 98 12 34"),
        ("tél. 0 6 3 9 9 8 1 2 3 4", "tél. 0 6 3 9 9 8 1 2 3 4"),
        ("carte 1234 5678 9012", "carte 1234 5678 9012"),
    ],
)
def test_rows_of_counts_are_told_apart_and_numbers_left_whole(line, read):
    assert _COUNTS.sub(_apart, line) == read
