from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from enquete.disclosure.suppression import Counts, Relation, bounds, suppress


def parts(threshold: int, **values: int) -> tuple[Counts, frozenset[str]]:
    """Counts whose sum everybody knows, the smallest to give up first."""
    total = sum(values.values())
    shown = tuple(sorted(values, key=lambda key: (values[key], key)))
    relation = Relation(tuple((key, 1) for key in shown), total, total)
    counts = Counts(values, shown, dict.fromkeys(shown, total), (relation,))
    return counts, suppress(counts, threshold)


def test_nothing_is_hidden_when_nothing_is_small() -> None:
    assert parts(5, a=5, b=9, c=12)[1] == frozenset()


def test_a_lone_small_count_takes_another_along_since_the_total_would_give_it_back() -> None:
    counts, hidden = parts(5, a=2, b=9, c=12)
    assert hidden == {"a", "b"}
    assert bounds(counts, hidden) == {"a": (0, 11), "b": (0, 11)}


def test_two_small_counts_that_leave_too_little_doubt_take_a_third() -> None:
    assert parts(5, a=2, b=1, c=9, d=12)[1] == {"a", "b", "c"}  # a + b = 3: neither could be 4


def test_enough_small_counts_protect_each_other() -> None:
    assert parts(5, a=2, b=3, c=4, d=12)[1] == {"a", "b", "c"}


def test_an_empty_count_is_hidden_like_a_small_one() -> None:
    assert "a" in parts(5, a=0, b=9, c=12)[1]


def test_a_parent_and_its_other_child_would_give_a_small_one_back() -> None:
    values = {"theme": 9, "large": 6, "small": 3}
    relations = (
        Relation((("theme", 1), ("large", -1))),
        Relation((("theme", 1), ("small", -1))),
        Relation((("large", 1), ("small", 1), ("theme", -1))),
    )
    counts = Counts(values, ("small", "large", "theme"), dict.fromkeys(values, 20), relations)
    assert bounds(counts, {"small"})["small"] == (3, 9)  # 9 people at most, and no fewer than 9 - 6
    assert suppress(counts, 5) == {"small", "large"}


def test_a_count_never_published_is_protected_too() -> None:
    # Met once or twice: 12 speak, of whom 10 were met twice; of the 2 others, all then.
    values = {"all": 12, "twice": 10, "once": 2}
    relation = Relation((("twice", 1), ("once", 1), ("all", -1)), 0, 0)
    counts = Counts(values, ("twice", "all"), {"all": 15, "twice": 13, "once": 2}, (relation,), ("once",))
    hidden = suppress(counts, 5)
    assert hidden
    assert bounds(counts, hidden)["once"] == (0, 2)


def test_a_quotation_beside_a_hidden_count_says_that_it_is_not_zero() -> None:
    relation = Relation((("a", 1), ("b", 1)), 11, 11)
    counts = Counts({"a": 2, "b": 9}, ("a", "b"), {"a": 11, "b": 11}, (relation,), (), {"a": 1})
    assert bounds(counts, suppress(counts, 5))["a"] == (1, 11)


def test_counts_that_contradict_their_relations_are_refused() -> None:
    counts = Counts({"a": 2, "b": 9}, ("a", "b"), {"a": 20, "b": 20}, (Relation((("a", 1), ("b", 1)), 30, 30),))
    with pytest.raises(ValueError, match="agree"):
        suppress(counts, 5)


def by_hand(counts: Counts, hidden: frozenset[str]) -> dict[str, set[int]]:
    """Every value that a hidden count may have, by trying them all."""
    known = set(counts.shown) - hidden
    ranges = [[counts.values[k]] if k in known else range(counts.most[k] + 1) for k in counts.most]
    found: dict[str, set[int]] = {key: set() for key in hidden}
    for values in product(*ranges):
        here = dict(zip(counts.most, values, strict=True))
        sums = [(sum(f * here[k] for k, f in r.terms), r) for r in counts.relations]
        if all(r.low <= total and (r.high is None or total <= r.high) for total, r in sums):
            for key in hidden:
                found[key].add(here[key])
    return found


@st.composite
def trees(draw: st.DrawFn) -> Counts:
    """A theme of up to three sub-codes, as sets of people."""
    size = draw(st.integers(2, 9))
    people = st.frozensets(st.integers(1, size))
    children = draw(st.lists(people, min_size=1, max_size=3))
    union = frozenset().union(*children)
    values = {f"c{n}": len(child) for n, child in enumerate(children)} | {"theme": len(union)}
    relations = [Relation((("theme", 1), (f"c{n}", -1))) for n in range(len(children))]
    relations.append(Relation((*((f"c{n}", 1) for n in range(len(children))), ("theme", -1))))
    shown = tuple(sorted(values, key=lambda key: (key == "theme", values[key], key)))
    return Counts(values, shown, dict.fromkeys(values, size), tuple(relations))


@settings(max_examples=40, deadline=None)
@given(trees(), st.integers(2, 4))
def test_no_hidden_count_can_be_narrowed_further_than_the_rule_says(counts: Counts, threshold: int) -> None:
    hidden = suppress(counts, threshold)
    assert {key for key in counts.shown if counts.values[key] < threshold} <= hidden
    assert suppress(counts, threshold) == hidden
    size = max(counts.most.values())
    for key, possible in by_hand(counts, hidden).items():
        assert len(possible) >= min(max(2, threshold - 1), size)
        if counts.values[key] < threshold:
            assert set(range(1, min(threshold - 1, size) + 1)) <= possible


@settings(max_examples=30, deadline=None)
@given(trees(), st.integers(2, 4))
def test_nothing_is_hidden_in_vain(counts: Counts, threshold: int) -> None:
    hidden = suppress(counts, threshold)
    if all(value >= threshold for value in counts.values.values()):
        assert not hidden
