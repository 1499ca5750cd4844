"""Files of answers written as tables in the tests: see matching_tables."""

import matching_tables
import pytest


@pytest.fixture
def matched():
    return matching_tables.matched


@pytest.fixture
def column_of():
    return matching_tables.column


@pytest.fixture
def table_of():
    return matching_tables.table


@pytest.fixture
def parsed_table():
    return matching_tables.parsed


@pytest.fixture
def form():
    """A questionnaire with a question of each kind."""
    return matching_tables.asked(matching_tables.FORM)
