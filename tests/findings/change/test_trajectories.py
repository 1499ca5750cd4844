"""Lines of life: dates as people write them, what changed told once."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from enquete.findings.change.moments import UNDATED, Moment, moment, of_day
from enquete.findings.change.trajectories import Told, What, line_of_life, lines, table
from enquete.wording import day

WAVES = {"v1": "Premier entretien", "v2": "Suivi"}


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("12 mars 2024", Moment(2024, 3, 12)),
        ("1er août 2023", Moment(2023, 8, 1)),
        ("Févr. 2024", Moment(2024, 2)),
        ("décembre 2021", Moment(2021, 12)),
        ("2024-03", Moment(2024, 3)),
        ("12/03/2024", Moment(2024, 3, 12)),
        ("03/2024", Moment(2024, 3)),
        ("2019", Moment(2019)),
        ("31 février 2024", UNDATED),
        ("13/2024", UNDATED),
        ("l'hiver d'avant", UNDATED),
        ("", UNDATED),
    ],
)
def test_a_date_is_read_as_people_write_it(written, expected):
    assert moment(written) == expected


@given(st.dates())
def test_a_day_in_french_or_in_figures_is_itself(value):
    assert moment(value.isoformat()) == of_day(value)
    if value.year >= 1000:
        assert moment(day(value)) == of_day(value)


def home(when, wave, text):
    return Told(when, What.SITUATION, wave, text, "logement", "q1")


LIFE = [
    home(Moment(2026, 9, 2), "v2", "Dehors"),
    home(Moment(2026, 3, 1), "v1", "Chez un tiers"),
    Told(Moment(2026, 3, 1), What.MEETING, "v1", "entretien E001"),
    Told(Moment(2026, 6), What.EVENT, "v1", "Expulsion", written="juin 2026"),
    Told(UNDATED, What.EVENT, "v1", "Rupture", written="avant l'été"),
    Told(Moment(2026, 9, 2), What.ATTRIBUTE, "v2", "Nanterre", "commune"),
]


def test_life_is_in_the_order_of_dates_and_tells_what_was_before():
    said = list(lines({"P001": line_of_life(LIFE, WAVES)}))
    dates = ["1er mars 2026", "1er mars 2026", "juin 2026", "2 septembre 2026", "2 septembre 2026", "avant l'été"]
    assert [line[2:].startswith(date) for line, date in zip(said[1:], dates, strict=True)] == [True] * 6
    assert said[3].endswith("événement : Expulsion")
    assert said[5].endswith("[v2] logement : Dehors (avant : Chez un tiers)")
    assert "avant l'été" in said[6]


def test_a_situation_that_stays_is_told_once():
    life = [home(Moment(2026, 3, 1), "v1", "Dehors"), home(Moment(2026, 9, 1), "v2", "Dehors")]
    said = list(lines({"P001": line_of_life(life, WAVES)}))
    assert [line.partition("] ")[2] for line in said[1:]] == ["logement : Dehors", "inchangé : logement"]


def test_a_situation_of_which_a_part_stays_is_not_said_to_stay():
    owed = [Told(Moment(2026, m, 1), What.SITUATION, w, "Oui", "logement", "q2") for m, w in ((3, "v1"), (9, "v2"))]
    life = [home(Moment(2026, 3, 1), "v1", "Chez un tiers"), home(Moment(2026, 9, 1), "v2", "Dehors"), *owed]
    said = list(lines({"P001": line_of_life(life, WAVES)}))
    assert said[-1].endswith("inchangé : pour le reste, logement")


def test_others_than_the_team_read_no_code_no_attribute_and_no_day():
    shown = str(table({"P001": line_of_life(LIFE, WAVES)}, {"P001": "Personne 1"}, team=False).rows)
    assert "P001" not in shown
    assert "Nanterre" not in shown
    assert "2 septembre" not in shown
    assert "septembre 2026" in shown


@given(st.permutations(LIFE))
def test_the_order_in_which_things_are_told_changes_nothing(told):
    assert line_of_life(told, WAVES) == line_of_life(LIFE, WAVES)
