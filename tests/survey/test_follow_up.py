"""Where a person stands in each wave."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from enquete.model import ConsentState, LossReason, Outcome, RespondentType
from enquete.survey.follow_up import Person, Standing, State, states, totals

WAVES = ("v1", "v2", "v3")
MONTHS = {"v2": 6, "v3": 12}
MET = {"v1": date(2025, 4, 8)}
YES, NO, BACK = ConsentState.GIVEN, ConsentState.REFUSED, ConsentState.WITHDRAWN


def in_v2(today=date(2025, 12, 1), **known):
    return states(Person("P001", RespondentType.CONCERNED, known.pop("met", MET), **known), WAVES, MONTHS, today)["v2"]


def test_due_when_the_months_have_passed():
    assert in_v2(date(2025, 10, 7)) == State(Standing.NOT_YET, True, date(2025, 10, 8))
    assert in_v2(date(2025, 10, 8)) == State(Standing.DUE, True, date(2025, 10, 8))


def test_a_month_has_its_last_day():
    assert in_v2(met={"v1": date(2025, 8, 31)}).day == date(2026, 2, 28)


def test_without_a_day_people_are_due_at_once():
    assert in_v2(met={"v1": None}) == State(Standing.DUE, True)


def test_who_was_never_met_is_not_met_again():
    assert in_v2(met={}).standing is Standing.NEVER
    assert in_v2(met={"v2": None}) == State(Standing.MET, False, None)


@pytest.mark.parametrize(
    ("known", "reason"),
    [
        ({"lost": {"v2": LossReason.MOVED}}, LossReason.MOVED),
        ({"recontact": {"v1": NO}}, LossReason.REFUSED),
        ({"recontact": {"v1": YES, "v2": BACK}}, LossReason.REFUSED),
        ({"participation": {"v1": YES, "v2": NO}}, LossReason.REFUSED),
        ({"participation": {"v1": BACK}}, LossReason.WITHDRAWN),
        ({"tried": {"v2": [Outcome.NO_ANSWER] * 5}}, LossReason.NOT_REACHED),
        ({"tried": {"v2": [Outcome.NO_ANSWER, Outcome.REFUSED]}}, LossReason.REFUSED),
        ({"tried": {"v2": [Outcome.NO_ANSWER] * 2}, "limit": 2}, LossReason.NOT_REACHED),
        ({"tried": {"v2": [Outcome.NO_ANSWER] * 4 + [Outcome.APPOINTMENT]}}, None),
        ({"tried": {"v2": [Outcome.NO_ANSWER] * 4}}, None),
        ({"recontact": {"v1": NO, "v2": YES}}, None),
    ],
)
def test_why_somebody_is_lost(known, reason):
    assert in_v2(**known).reason is reason


def test_who_is_met_is_not_lost():
    assert in_v2(met={**MET, "v2": None}, lost={"v2": LossReason.MOVED}).standing is Standing.MET


def test_what_was_lost_stays_so_until_met_again():
    person = Person("P001", RespondentType.CONCERNED, MET, lost={"v2": LossReason.MOVED})
    assert states(person, WAVES, MONTHS, date(2030, 1, 1))["v3"].reason is LossReason.MOVED
    back = Person("P001", RespondentType.CONCERNED, {**MET, "v3": None}, lost={"v2": LossReason.MOVED})
    assert states(back, WAVES, MONTHS, date(2030, 1, 1))["v3"] == State(Standing.MET, True)


def test_a_missed_wave_puts_off_the_next_one():
    person = Person("P001", RespondentType.CONCERNED, MET)
    assert states(person, WAVES, MONTHS, date(2025, 12, 1))["v3"] == State(Standing.NOT_YET, True, date(2026, 10, 8))
    assert states(person, WAVES, MONTHS, date(2027, 12, 1))["v3"].standing is Standing.DUE


DAYS = st.dates(date(2024, 1, 1), date(2026, 1, 1)) | st.none()
PEOPLE = st.builds(
    Person,
    st.just("P001"),
    st.just(RespondentType.CONCERNED),
    st.dictionaries(st.sampled_from(WAVES), DAYS),
    st.dictionaries(st.sampled_from(WAVES), st.sampled_from(ConsentState)),
    st.dictionaries(st.sampled_from(WAVES), st.sampled_from(ConsentState)),
    st.dictionaries(st.sampled_from(WAVES), st.sampled_from(LossReason)),
    st.dictionaries(st.sampled_from(WAVES), st.lists(st.sampled_from(Outcome), max_size=6)),
    st.integers(1, 5),
)


@given(st.lists(PEOPLE, max_size=6), st.dates(date(2024, 1, 1), date(2028, 1, 1)))
def test_everybody_stands_somewhere_and_is_counted_once(people, today):
    for name in WAVES:
        found = [states(person, WAVES, MONTHS, today)[name] for person in people]
        count = totals(found)
        never = sum(state.standing is Standing.NEVER for state in found)
        assert count.met + count.due + count.not_yet + sum(count.lost.values()) + never == len(people)
        for person, state in zip(people, found, strict=True):
            assert (state.standing is Standing.MET) == (name in person.met)
            assert (state.standing is Standing.LOST) == (state.reason is not None)
            assert not (state.standing is Standing.DUE and state.agreed is False)
