"""Two outputs of one study: whom a subtraction between them would count."""

from hypothesis import given
from hypothesis import strategies as st

from enquete.disclosure.subtraction import Heard, Partition, subtracted


def people(*numbers: int, wave: str = "v1") -> frozenset[Heard]:
    """One text of each."""
    return frozenset((f"P{number:03}", wave) for number in numbers)


def published(*groups: frozenset[Heard], name: str = "Thèmes") -> dict[str, list[Partition]]:
    return {"rsa": [Partition(name, groups)]}


def test_all_but_two_people_beside_everybody_tells_of_the_two() -> None:
    whole, part = published(people(*range(12))), published(people(*range(10)))
    assert subtracted(part, whole, 5) == "Thèmes"
    assert subtracted(whole, part, 5) == "Thèmes"


def test_enough_people_left_out_tell_of_nobody() -> None:
    assert subtracted(published(people(*range(7))), published(people(*range(12))), 5) is None


def test_a_few_people_heard_again_would_be_told_of_too() -> None:
    first = people(*range(12))
    assert subtracted(published(first), published(first | people(1, 2, wave="v2")), 5)
    assert subtracted(published(first), published(first | people(*range(6), 12, wave="v2")), 5) is None


def test_the_same_people_tell_nothing_new() -> None:
    assert subtracted(published(people(1, 2, 3, 4, 5)), published(people(1, 2, 3, 4, 5), name="Évolution"), 5) is None


def test_two_types_counted_as_one_tell_of_the_type_that_was_too_small_to_be_counted() -> None:
    together = published(people(*range(12)))
    concerned_alone = published(people(*range(10)))
    assert subtracted(together, concerned_alone, 5)
    both = published(people(*range(6)), people(*range(6, 12)))
    assert subtracted(together, both, 5) is None


def test_groups_of_one_partition_are_added_up() -> None:
    by_age = published(people(*range(6)), people(*range(6, 12)), people(*range(12, 18)), name="par âge")
    assert subtracted(published(people(*range(14))), by_age, 5)  # all of two groups, and two more
    assert subtracted(published(people(*range(12))), by_age, 5) is None


def test_counts_of_different_codebooks_are_no_differences_of_each_other() -> None:
    assert subtracted({"rsa": [Partition("", (people(1, 2),))]}, {"aah": [Partition("", (people(1),))]}, 5) is None


def test_tables_of_one_output_are_hidden_together() -> None:
    tables = {"rsa": [Partition("Thèmes", (people(*range(12)),)), Partition("Évolution", (people(*range(10)),))]}
    crossed = {"rsa": [*tables["rsa"], Partition("par sexe", (people(*range(6)), people(*range(6, 12))))]}
    assert subtracted(crossed, tables, 5) is None


GROUPS = st.frozensets(st.integers(0, 15), min_size=3)


@given(GROUPS, GROUPS)
def test_whatever_nests_with_a_few_apart_is_found(one: frozenset[int], two: frozenset[int]) -> None:
    apart = one ^ two
    nested = (one <= two or two <= one) and 0 < len(apart) < 3
    assert bool(subtracted(published(people(*one)), published(people(*two)), 3)) == nested
