"""Bodies of answers: whatever the columns hold, each row reads back as it was."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from enquete.model import Measure, MissingKind, RespondentType
from enquete.store.database import opened, transaction
from enquete.store.people import add_participants, participants
from enquete.store.responses import Dataset, Items, ResponseRow, add_responses, bodies, datasets, items, new_dataset
from enquete.survey.matching.types import Answered, Missing, Variable
from enquete.survey.questionnaire.types import QuestionKind

CELLS = st.one_of(
    st.text(max_size=6),
    st.integers(-(2**60), 2**60),
    st.floats(allow_nan=False, allow_infinity=False),
    st.lists(st.text(max_size=3), max_size=3).map(tuple),
    st.builds(Missing, st.sampled_from(MissingKind), st.text(max_size=3)),
)


@st.composite
def tables(draw):
    """Columns of (distinct cells, codes), all as long."""
    rows = draw(st.integers(1, 5))
    cells = st.lists(CELLS, max_size=4).map(tuple)
    return [
        (column, draw(st.lists(st.integers(-1, len(column) - 1), min_size=rows, max_size=rows)))
        for column in draw(st.lists(cells, min_size=1, max_size=4))
    ]


@given(tables())
def test_rows_come_back_as_they_were(tmp_path_factory, table):
    answered = [
        Answered(Variable(f"q{place}", QuestionKind.TEXT, "", Measure.NOMINAL), cells, np.array(codes, dtype=np.int32))
        for place, (cells, codes) in enumerate(table)
    ]
    count = len(table[0][1])
    with opened(tmp_path_factory.mktemp("base") / "etude.db") as db:
        with transaction(db):
            people = add_participants(db, [f"P{row:03d}" for row in range(count)])
            made = bodies([items(column) for column in answered], count)
            rows = [ResponseRow(people[f"P{row:03d}"], None, "", None, body) for row, body in enumerate(made)]
            add_responses(
                db, new_dataset(db, Dataset(0, "q", "v1", "", True, tuple(c.variable for c in answered))), rows
            )
        (dataset,) = datasets(db)
    for row, response in enumerate(dataset.responses):
        expected = {f"q{n}": cells[codes[row]] for n, (cells, codes) in enumerate(table) if codes[row] >= 0}
        assert response.cells == expected
        assert [type(cell) for cell in response.cells.values()] == [type(cell) for cell in expected.values()]


def test_a_table_without_questions_has_empty_bodies():
    assert bodies([], 2) == ["[]", "[]"]


def test_items_that_are_encoded_already_stay_as_they_are():
    assert bodies([Items(["true", '"rien"'], np.array([0, -1, 1], dtype=np.int32))], 3) == [
        "[true]",
        "[null]",
        '["rien"]',
    ]


def test_who_is_there_keeps_their_type(tmp_path):
    with opened(tmp_path / "etude.db") as db, transaction(db):
        add_participants(db, ["P001"])
        db.execute("UPDATE participant SET type = 'professional'")
        assert list(add_participants(db, ["P002", "P001"])) == ["P001", "P002"]
        assert [p.type for p in participants(db)] == [RespondentType.PROFESSIONAL, RespondentType.CONCERNED]
