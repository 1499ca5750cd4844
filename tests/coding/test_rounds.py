"""Who codes what: the number of coders wished, equal loads, pairs that all meet, and nothing ever taken back."""

from collections import Counter
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from enquete.coding.rounds import Terms, Work, doubled, share_out
from enquete.errors import EnqueteError, Problem

ROUNDS = settings(max_examples=60, deadline=None)
CODERS = tuple("abcdef")


def works(sizes):
    return [Work(f"E{number:03d}", words) for number, words in enumerate(sizes, start=1)]


def loads_of(shared, texts, coders, before=None):
    loads = dict.fromkeys(coders, 0) | (before or {})
    for text in texts:
        for coder in shared.get(text.code, ()):
            loads[coder] += text.words
    return loads


def meetings_of(groups):
    return Counter(pair for group in groups for pair in combinations(sorted(group), 2))


@st.composite
def shares(draw):
    """Interviews that nobody has, and terms that can be met."""
    texts = works(draw(st.lists(st.integers(0, 15_000), min_size=1, max_size=24)))
    coders = CODERS[: draw(st.integers(2, 6))]
    by = draw(st.integers(2, len(coders)))
    return texts, Terms(coders, draw(st.integers(0, len(texts))), by, draw(st.integers(0, 10_000)))


# --- what a share means


@pytest.mark.parametrize(
    ("share", "number"),
    [
        ("20 %", 8),
        ("20%", 8),
        ("20\u202f%", 8),
        ("1 %", 1),
        ("0", 0),
        ("8", 8),
        ("tous", 36),
        ("Tous", 36),
        ("100%", 36),
    ],
)
def test_a_share_is_a_part_rounded_up_a_number_or_all(share, number):
    assert doubled(share, 36) == number


@pytest.mark.parametrize("share", ["", "beaucoup", "37", "101 %", "-3", "20 %%", "2,5"])
def test_a_share_that_means_nothing_is_refused(share):
    with pytest.raises(EnqueteError) as refused:
        doubled(share, 36)
    assert refused.value.problem is Problem.ROUND_SHARE


# --- a share-out


@ROUNDS
@given(shares())
def test_each_interview_has_the_coders_wished_and_never_twice_the_same(case):
    texts, terms = case
    shared = share_out(texts, [], {}, terms)
    assert sorted(shared) == [text.code for text in texts]
    numbers = Counter(len(coders) for coders in shared.values())
    assert numbers[terms.by] == terms.doubled
    assert numbers[1] == len(texts) - terms.doubled
    assert all(len(set(coders)) == len(coders) and set(coders) <= set(terms.coders) for coders in shared.values())


@ROUNDS
@given(shares(), st.randoms())
def test_the_same_seed_gives_the_same_share_out_in_whatever_order(case, chance):
    texts, terms = case
    mixed, coders = list(texts), list(terms.coders)
    chance.shuffle(mixed)
    chance.shuffle(coders)
    again = share_out(mixed, [], {}, Terms(tuple(coders), terms.doubled, terms.by, terms.seed))
    assert again == share_out(texts, [], {}, terms)


def test_a_share_out_is_the_same_on_every_machine():
    texts = works([4000, 9000, 2500, 7000, 3000, 6500])
    assert share_out(texts, [], {}, Terms(("lea", "sofiane", "anne"), 2, 2, 42)) == {
        "E001": ("sofiane",),
        "E002": ("anne",),
        "E003": ("anne", "sofiane"),
        "E004": ("lea",),
        "E005": ("anne",),
        "E006": ("lea", "sofiane"),
    }


def test_another_seed_gives_another_share_out():
    texts = works([5000] * 12)
    found = [share_out(texts, [], {}, Terms(("lea", "sofiane", "anne"), 4, 2, seed)) for seed in range(10)]
    doubles = {tuple(code for code, coders in shared.items() if len(coders) > 1) for shared in found}
    assert len(doubles) == 10


def test_every_interview_is_as_likely_to_be_coded_twice():
    texts = works([1000 * (number + 1) for number in range(10)])
    times = Counter(
        code
        for seed in range(1000)
        for code, coders in share_out(texts, [], {}, Terms(("lea", "sofiane"), 2, 2, seed)).items()
        if len(coders) == 2
    )
    assert sum(times.values()) == 2000
    assert all(150 < count < 250 for count in times.values())  # 200 each: 4 standard deviations are 51


# --- loads


@ROUNDS
@given(shares())
def test_loads_of_interviews_coded_once_differ_by_less_than_the_longest(case):
    texts, terms = case
    shared = share_out(texts, [], {}, Terms(terms.coders, 0, 2, terms.seed))
    loads = loads_of(shared, texts, terms.coders)
    assert max(loads.values()) - min(loads.values()) <= max(text.words for text in texts)


@ROUNDS
@given(shares())
def test_loads_differ_by_less_than_twice_the_longest_whatever_is_coded_by_several(case):
    texts, terms = case
    loads = loads_of(share_out(texts, [], {}, terms), texts, terms.coders)
    assert max(loads.values()) - min(loads.values()) <= 2 * max(text.words for text in texts)


def test_loads_of_a_usual_study_are_equal_to_a_hundredth():
    texts = works([3000 + 371 * (number * number % 29) for number in range(36)])
    loads = loads_of(share_out(texts, [], {}, Terms(("a", "b", "c"), 8, 2, 7)), texts, "abc")
    assert max(loads.values()) - min(loads.values()) < max(loads.values()) / 100


def test_whoever_has_much_left_to_code_gets_less():
    texts = works([1000] * 9)
    shared = share_out(texts, [], {"lea": 6000}, Terms(("lea", "sofiane", "anne"), 0, 2, 3))
    counts = Counter(coder for coders in shared.values() for coder in coders)
    assert counts == {"sofiane": 5, "anne": 4} or counts == {"sofiane": 4, "anne": 5}


# --- pairs


@ROUNDS
@given(st.lists(st.integers(1, 15_000), min_size=1, max_size=24), st.integers(2, 6), st.integers(0, 10_000))
def test_pairs_meet_evenly(sizes, coders, seed):
    texts, who = works(sizes), CODERS[:coders]
    shared = share_out(texts, [], {}, Terms(who, len(texts), 2, seed))
    met = meetings_of(shared.values())
    counts = [met[pair] for pair in combinations(who, 2)]
    assert max(counts) - min(counts) <= 1


def test_pairs_that_have_met_elsewhere_leave_their_turn_to_others():
    shared = share_out(works([1000, 1000]), [{"a", "b"}], {}, Terms(("a", "b", "c"), 2, 2, 1))
    assert sorted(shared.values()) == [("a", "c"), ("b", "c")]


def test_of_three_coders_each_each_pair_meets():
    met = meetings_of(share_out(works([1000] * 10), [], {}, Terms(tuple("abcde"), 10, 3, 1)).values())
    assert {met[pair] for pair in combinations("abcde", 2)} == {3}


# --- what is given out stays


@st.composite
def begun(draw):
    """Interviews that some have, and who may not get which; terms for two coders among three that are free."""
    texts = [
        Work(
            text.code,
            text.words,
            frozenset(draw(st.sets(st.sampled_from(CODERS[3:]), max_size=2))),
            frozenset(draw(st.sets(st.sampled_from(CODERS[2:3]), max_size=1))),
        )
        for text in works(draw(st.lists(st.integers(0, 9000), min_size=1, max_size=15)))
    ]
    held = sum(len(text.held) > 1 for text in texts)
    coders = CODERS[: draw(st.integers(3, 6))]
    return texts, Terms(coders, draw(st.integers(held, len(texts))), 2, draw(st.integers(0, 99)))


@ROUNDS
@given(begun())
def test_what_is_given_out_is_kept_and_counts(case):
    texts, terms = case
    shared = share_out(texts, [], {}, terms)
    after = {text.code: [*text.held, *shared.get(text.code, ())] for text in texts}
    assert all(len(coders) == len(set(coders)) for coders in after.values())
    assert sum(len(coders) > 1 for coders in after.values()) == terms.doubled
    assert all(after.values())
    assert not any(text.barred & set(shared.get(text.code, ())) for text in texts)


def test_nothing_is_shared_twice():
    texts, terms = works([1000, 2000, 3000]), Terms(("lea", "sofiane"), 1, 2, 42)
    shared = share_out(texts, [], {}, terms)
    given_out = [Work(text.code, text.words, frozenset(shared[text.code])) for text in texts]
    assert share_out(given_out, [], {}, terms) == {}


def test_a_second_coder_comes_later():
    texts = [Work(text.code, text.words, frozenset({"lea"})) for text in works([1000] * 10)]
    shared = share_out(texts, [], {}, Terms(("anne",), 3, 2, 42))
    assert list(shared.values()) == [("anne",)] * 3


def test_too_few_coders_for_so_many_interviews():
    texts = [*works([1000, 2000]), Work("E003", 3000, frozenset({"lea"}))]
    with pytest.raises(EnqueteError) as refused:
        share_out(texts, [], {}, Terms(("anne",), 2, 2, 42))
    assert refused.value.problem is Problem.ROUND_TOO_FEW
    assert share_out(texts, [], {}, Terms(("anne",), 1, 2, 42))["E003"] == ("anne",)


def test_an_interview_that_nobody_may_take_is_named():
    with pytest.raises(EnqueteError, match="E001") as refused:
        share_out([Work("E001", 1000, barred=frozenset({"noe"}))], [], {}, Terms(("noe",), 0, 2, 42))
    assert refused.value.problem is Problem.ROUND_NOBODY
