"""Real exports, matched with the questionnaire that their own columns propose."""

from pathlib import Path

import pytest
from matching_tables import WAVES, Matched, asked

from enquete.survey.answers.read import read_data, read_linked
from enquete.survey.matching.drafts import propose_mapping
from enquete.survey.matching.mapping import mapping_of
from enquete.survey.matching.match import match
from enquete.survey.questionnaire.drafts import markdown
from enquete.survey.questionnaire.from_answers import draft_of_answers

FOLDER = Path("/work/shared/samples/answers")
pytestmark = pytest.mark.skipif(not FOLDER.is_dir(), reason="the files of other projects are not on this machine")
FILES = {
    "haven_datetime.sav": 1,
    "haven_tagged-na-double.dta": 8,
    "pyreadstat_mrset_simple_alltypes.sav": 6,
    "pyreadstat_ordered_category.sav": 4,
    "pyreadstat_sample_missing.sav": 7,
    "rse_2016_uk_public_data.csv": 273,
    "transportation.csv": 4,
    "children.csv": 3,
}


def drafted(data):
    return asked(markdown(draft_of_answers(data, "Essai")))


@pytest.mark.parametrize("name", FILES)
def test_a_file_and_its_own_questionnaire(name):
    data = read_data(FOLDER / name)
    found = Matched(match(data, drafted(data), None, WAVES, "v1"))
    assert not found.faults
    assert len(found.table().numbers) == FILES[name]
    assert not [one.column for one in found.report.columns if one.unknown]
    again = match(data, drafted(data), mapping_of(propose_mapping(found.report)), WAVES, "v1")
    assert again.faults == ()
    assert [one.cells for one in again.tables[0].answered] == [one.cells for one in found.table().answered]


def test_linked_tables_are_tied_by_the_table_that_they_name():
    names = ("childrens_survey", "children", "children_cartoons", "children_cartoons_characters")
    data = read_linked([FOLDER / f"{name}.csv" for name in names])
    form = """
    | survey |              |            |                |
    |        | type         | name       | label          |
    |        | integer      | age_parent | age            |
    |        | begin_repeat | children   | Enfants        |
    |        | integer      | age        | Âge            |
    |        | begin_repeat | cartoons   | Dessins animés |
    |        | text         | why        | Pourquoi ?     |
    |        | begin_repeat | characters | Personnages    |
    |        | text         | good_or_evil | Bon ou méchant |
    |        | end_repeat   |            |                |
    |        | end_repeat   |            |                |
    |        | end_repeat   |            |                |
    """
    found = Matched(match(data, asked(form), None, WAVES, "v1"))
    assert not found.faults
    assert found.table(part="children").parents == [0, 0, 0]
    assert found.table(part="children/cartoons").parents == [0, 0, 2, 2]
    assert found.table(part="children/cartoons/characters").parents == [3, 3]


def test_linked_tables_and_the_questionnaire_that_they_propose():
    names = ("childrens_survey", "children", "children_cartoons", "children_cartoons_characters")
    data = read_linked([FOLDER / f"{name}.csv" for name in names])
    found = match(data, drafted(data), None, WAVES, "v1")
    assert found.faults == ()
    assert [len(one.numbers) for one in found.tables] == [2, 3, 4, 2]
    assert found.tables[3].parents == [3, 3]
