from collections import Counter

from hypothesis import given, settings
from hypothesis import strategies as st

from enquete.disclosure.combinations import NOT_SHOWN, shared


def people(**groups: int) -> dict[str, tuple[str, ...]]:
    """« 35-44 ans|F »: so many people."""
    return {
        f"P{rank:03}": tuple(group.split("|"))
        for rank, group in enumerate(group for group, size in groups.items() for _ in range(size))
    }


def shown(k: int, **groups: int) -> Counter[tuple[str, ...]]:
    return Counter(shared(people(**groups), k).values())


def test_what_enough_people_share_stays_as_it_is() -> None:
    assert shown(5, **{"35-44 ans": 5, "45-54 ans": 7}) == {("35-44 ans",): 5, ("45-54 ans",): 7}


def test_a_rare_band_is_merged_with_its_smaller_neighbour() -> None:
    assert shown(5, **{"25-34 ans": 9, "35-44 ans": 2, "45-54 ans": 6, "75 ans et plus": 8}) == {
        ("25-34 ans",): 9,
        ("35-54 ans",): 8,
        ("75 ans et plus",): 8,
    }


def test_bands_open_on_a_side_stay_open() -> None:
    assert shown(3, **{"moins de 25": 1, "25-34": 3, "65-74": 3, "75 et plus": 1}) == {
        ("moins de 35",): 4,
        ("65 et plus",): 4,
    }


def test_communes_become_their_territory() -> None:
    assert shown(3, Clichy=2, Colombes=1, Antony=1, Sceaux=2) == {
        ("Boucle Nord de Seine",): 3,
        ("Vallée Sud Grand Paris",): 3,
    }


def test_a_rare_combination_shows_one_value_less() -> None:
    found = shown(5, **{"18-44|F": 5, "18-44|H": 5, "65 et plus|F": 4, "65 et plus|H": 1})
    assert found == {("18-44", "F"): 5, ("18-44", "H"): 5, ("65 et plus", NOT_SHOWN): 5}


def test_those_of_whom_nothing_is_shown_are_enough_too() -> None:
    # The two who are alone would be known by what is missing: others join them.
    found = shown(3, rouge=2, bleu=3, vert=4)
    assert found == {(NOT_SHOWN,): 5, ("vert",): 4}


def test_too_few_people_show_nothing() -> None:
    assert shown(5, F=4) == {(NOT_SHOWN,): 4}


def test_no_attribute_no_people() -> None:
    assert shared({}, 5) == {}
    assert shared({"P001": ()}, 5) == {"P001": ()}


VALUES = st.tuples(
    st.sampled_from(["", "18-24", "25-34", "35-44", "45-54", "75 et plus"]),
    st.sampled_from(["", "Clichy", "Antony", "Nanterre", "Paris", "Colombes"]),
)


@settings(max_examples=80, deadline=None)
@given(st.lists(VALUES, max_size=25), st.integers(2, 6))
def test_every_tuple_shown_is_that_of_k_people(values: list[tuple[str, str]], k: int) -> None:
    given_people = {f"P{rank:03}": value for rank, value in enumerate(values)}
    found = shared(given_people, k)
    assert found.keys() == given_people.keys()
    for value, size in Counter(found.values()).items():
        assert size >= k or (len(values) < k and set(value) == {NOT_SHOWN})
    assert shared(dict(reversed(given_people.items())), k) == found
