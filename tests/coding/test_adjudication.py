"""Cases: what coders did, drawn under the text, a line a coding: coder, code, and signs under the words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from enquete.coding.adjudication import Kept, Kind, Reading, Verdict, cases, kept, same_readings

TEXT = "On m'a coupé la moitié. J'avais plus rien. J'ai signé sans lire."


def readings(*drawn):
    """« lea X ____ »: the code X of Léa on the words above the underscores."""
    found = []
    for number, line in enumerate(drawn):
        coder, code, place = line.split(" ", 2)
        start, end = place.index("_"), place.rindex("_") + 1
        found.append(Reading(coder, f"i{number}", "g", code, start, end))
    return found


def found(*drawn, coders=("lea", "sam")):
    return cases("E001", TEXT, coders, readings(*drawn))


def told(case):
    return case.kind, sorted((r.coder, r.code) for r in case.readings)


#   On m'a coupé la moitié. J'avais plus rien. J'ai signé sans lire.
def test_the_same_words_under_the_same_code_are_an_agreement():
    (case,) = found(
        "lea X ______________________",
        "sam X ______________________",
    )
    assert case.kind is Kind.AGREED
    assert kept(case, Verdict.AGREED) == [Kept("g", "X", 0, 22)]


def test_a_full_stop_and_a_space_are_no_other_bounds():
    (case,) = found(
        "lea X ______________________",
        "sam X ________________________",
    )
    assert case.kind is Kind.AGREED
    assert kept(case, Verdict.AGREED) == [Kept("g", "X", 0, 24)]


def test_other_bounds_are_an_agreement_on_all_the_words():
    (case,) = found(
        "lea X ______________________",
        "sam X        _____________________",
    )
    assert case.kind is Kind.BOUNDS
    assert not case.open_by_nature
    assert kept(case, Verdict.AGREED) == [Kept("g", "X", 0, 28)]


def test_passages_that_only_share_a_space_do_not_overlap():
    assert [told(case) for case in found(
        "lea X ________________________",
        "sam X                        __________________",
    )] == [(Kind.ALONE, [("lea", "X")]), (Kind.ALONE, [("sam", "X")])]  # fmt: skip


def test_what_one_left_uncoded_is_a_reading_too():
    (case,) = found("lea X ______________________")
    assert told(case) == (Kind.ALONE, [("lea", "X")])
    assert case.of("sam") == ()
    assert kept(case, Verdict.ONE, "sam") == []
    assert kept(case, Verdict.ONE, "lea") == kept(case, Verdict.ALL) == [Kept("g", "X", 0, 22)]


def test_two_codes_on_words_in_common_are_one_case():
    (case,) = found(
        "lea X ______________________",
        "sam Y        ______________",
    )
    assert told(case) == (Kind.CODES, [("lea", "X"), ("sam", "Y")])
    assert kept(case, Verdict.ONE, "sam") == [Kept("g", "Y", 7, 21)]
    assert kept(case, Verdict.ALL) == kept(case, Verdict.UPHELD) == [Kept("g", "X", 0, 22), Kept("g", "Y", 7, 21)]
    assert kept(case, Verdict.NONE) == []


def test_two_codes_of_one_coder_are_two_cases():
    assert [told(case) for case in found(
        "lea X ______________________",
        "lea Y        ______________",
    )] == [(Kind.ALONE, [("lea", "X")]), (Kind.ALONE, [("lea", "Y")])]  # fmt: skip


def test_a_code_that_all_gave_is_no_rival_of_another_that_one_added():
    assert [told(case) for case in found(
        "lea X ______________________",
        "sam X ______________________",
        "sam Y        ______________",
    )] == [(Kind.AGREED, [("lea", "X"), ("sam", "X")]), (Kind.ALONE, [("sam", "Y")])]  # fmt: skip


def test_codes_of_two_codebooks_do_not_compete():
    lea, sam = readings("lea X ______", "sam Y ______")
    other = Reading(sam.coder, sam.item, "autre", sam.code, sam.start, sam.end)
    assert [case.kind for case in cases("E001", TEXT, ("lea", "sam"), [lea, other])] == [Kind.ALONE, Kind.ALONE]


def test_three_coders():
    (case,) = found(
        "lea X ______________________",
        "sam X ______________________",
        "zoe Y        ______________",
        coders=("lea", "sam", "zoe"),
    )
    assert told(case) == (Kind.CODES, [("lea", "X"), ("sam", "X"), ("zoe", "Y")])
    assert kept(case, Verdict.UPHELD) == [Kept("g", "X", 0, 22), Kept("g", "Y", 7, 21)]
    (case,) = found("lea X ______________________", "sam X ______________________", coders=("lea", "sam", "zoe"))
    assert case.kind is Kind.ALONE
    assert case.of("zoe") == ()


def test_passages_of_one_code_join_in_chains():
    (case,) = found(
        "lea X ____________",
        "sam X        ______________",
        "lea X                    ______________________",
    )
    assert told(case) == (Kind.BOUNDS, [("lea", "X"), ("lea", "X"), ("sam", "X")])
    assert kept(case, Verdict.ALL) == [Kept("g", "X", 0, 41)]
    assert kept(case, Verdict.UPHELD) == [Kept("g", "X", 0, 12), Kept("g", "X", 7, 21), Kept("g", "X", 19, 41)]


def test_a_new_code_with_its_own_bounds():
    (case,) = found("lea X ______________________")
    assert kept(case, Verdict.NEW, new=[Kept("g", "Z", 3, 12)]) == [Kept("g", "Z", 3, 12)]


def test_a_key_stays_when_the_text_moves_and_when_another_case_goes():
    first, second = found("lea X ______", "sam Y                        __________________")
    moved = [Reading(r.coder, r.item, "g", "X2", r.start + 4, r.end + 4) for r in second.readings]
    (alone,) = cases("E001", f"Oui. {TEXT}", ("lea", "sam"), moved)
    assert alone.key == second.key != first.key
    assert alone.key.startswith("E001-")


def test_coders_who_are_not_compared_are_left_out():
    assert found("lea X ______", "zoe X ______")[0].coders == ("lea", "sam")
    assert len(found("zoe X ______")) == 0


def test_a_memo_decides_nothing_and_other_bounds_do():
    (one,) = readings("lea X ______")
    noted = Reading("lea", "i0", "g", "X", one.start, one.end, "cite", "une note")
    wider = Reading("lea", "i0", "g", "X", one.start, one.end + 4)
    assert same_readings([one], [noted])
    assert not same_readings([one], [wider])


SPANS = st.tuples(st.integers(0, len(TEXT) - 1), st.integers(1, 20)).map(
    lambda pair: (pair[0], min(len(TEXT), sum(pair)))
)
READINGS = st.lists(
    st.tuples(st.sampled_from(["lea", "sam", "zoe"]), st.sampled_from("XYZ"), SPANS).map(
        lambda drawn: Reading(drawn[0], f"{drawn[1]}-{drawn[2]}", "g", drawn[1], *drawn[2])
    ),
    max_size=12,
    unique=True,
)


@given(READINGS, st.randoms())
def test_every_reading_is_in_one_case_whatever_the_order(drawn, shuffle):
    panel = ("lea", "sam", "zoe")
    whole = cases("E001", TEXT, panel, drawn)
    assert sorted(r.item + r.coder for case in whole for r in case.readings) == sorted(r.item + r.coder for r in drawn)
    shuffled = list(drawn)
    shuffle.shuffle(shuffled)
    assert cases("E001", TEXT, panel, shuffled) == whole
    assert len({case.key for case in whole}) == len(whole)


@given(READINGS)
def test_nothing_is_kept_that_nobody_read_unless_it_is_new(drawn):
    for case in cases("E001", TEXT, ("lea", "sam", "zoe"), drawn):
        for verdict in (Verdict.ALL, Verdict.UPHELD, Verdict.ONE):
            for one in kept(case, verdict, "lea"):
                assert (one.codebook, one.code) in case.codes
                assert case.start <= one.start < one.end <= case.end
        read = {(r.code, place) for r in case.readings for place in range(r.start, r.end)}
        everything = {(one.code, place) for one in kept(case, Verdict.ALL) for place in range(one.start, one.end)}
        assert everything == read


@pytest.mark.parametrize("verdict", [v for v in Verdict if v is not Verdict.NEW])
def test_every_verdict_of_an_agreement_gives_its_code(verdict):
    (case,) = found("lea X ______", "sam X ______")
    assert kept(case, verdict, "lea") == ([] if verdict is Verdict.NONE else [Kept("g", "X", 0, 6)])


def test_two_states_of_one_coding_are_two_cases_with_two_keys():
    one, other = readings("lea X ______", "lea X                        __________________")
    twin = Reading("lea", one.item, "g", "X", other.start, other.end)
    first, second = cases("E001", TEXT, ("lea", "sam"), [one, twin])
    assert first.key != second.key
