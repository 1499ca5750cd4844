"""Files that other people's programs wrote: each is read whole, or refused for the right reason."""

from pathlib import Path

import pytest

from enquete.errors import EnqueteError
from enquete.survey.answers.read import read_data, read_linked

SAMPLES = Path(__file__).parents[4] / "shared" / "samples" / "answers"
pytestmark = pytest.mark.skipif(not SAMPLES.is_dir(), reason="the real files are not here")

READ = {
    "children.csv": (22, 3),
    "children_cartoons.csv": (14, 4),
    "children_cartoons_characters.csv": (14, 2),
    "childrens_survey.csv": (22, 2),
    "haven_datetime.sav": (3, 1),
    "haven_tagged-na-double.dta": (1, 8),
    "pyreadstat_mrset_simple_alltypes.sav": (12, 6),
    "pyreadstat_ordered_category.sav": (1, 4),
    "pyreadstat_sample_missing.sav": (7, 7),
    "rse_2016_uk_public_data.csv": (66, 273),
    "transportation.csv": (23, 4),
}
REFUSED = {"blank-survey.lss": "ANSWERS_STRUCTURE", "sample_accent.xlsx": "ANSWERS_FORM"}


@pytest.mark.parametrize("name", sorted(READ))
def test_read_whole(name):
    table = read_data(SAMPLES / name).tables[0]
    assert (len(table.columns), len(table.numbers)) == READ[name]


@pytest.mark.parametrize("name", sorted(REFUSED))
def test_refused_for_the_right_reason(name):
    from enquete.errors import Problem

    with pytest.raises(EnqueteError) as caught:
        read_data(SAMPLES / name)
    assert caught.value.problem is getattr(Problem, REFUSED[name])


def test_repeats_of_repeats():
    file = read_linked(sorted(SAMPLES.glob("children*.csv")))
    assert [table.name for table in file.tables] == [
        "childrens_survey", "children", "children_cartoons", "children_cartoons_characters"
    ]  # fmt: skip


def test_sets_of_multiple_responses():
    dichotomies, categories = sorted(
        read_data(SAMPLES / "pyreadstat_mrset_simple_alltypes.sav").sets, key=lambda each: each.counted is None
    )
    assert dichotomies.columns == ("bool1", "bool2", "bool3")
    assert dichotomies.counted == 1
    assert categories.columns == ("ca_subvar_1", "ca_subvar_2", "ca_subvar_3")
