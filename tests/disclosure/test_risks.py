from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from enquete.disclosure.facts import facts_in
from enquete.disclosure.risks import Item, risks, shared_by


def told(text: str) -> set[tuple[str, str, str]]:
    return {(fact.kind, fact.value, text[fact.start : fact.end]) for fact in facts_in(text)}


def test_facts_of_a_life() -> None:
    assert told("Je suis Roumaine, j’ai cinq enfants et mon mari est en prison depuis 2019.") == {
        ("origine", "Roumanie", "Roumaine"),
        ("enfants", "5 enfants", "cinq enfants"),
        ("justice", "prison", "prison"),
        ("date", "2019", "2019"),
    }


@pytest.mark.parametrize(
    ("text", "kind", "value"),
    [
        ("mes trois filles sont au collège", "enfants", "3 filles"),
        ("j'ai eu un cancer du sein", "maladie", "cancer"),
        ("je parle soninké à la maison", "langue", "soninké"),
        ("je suis Témoin de Jéhovah", "religion", "Témoins de Jéhovah"),
        ("avant j'étais couturière", "métier", "couturiere"),
        ("on m'a reconnue, j'ai la RQTH", "handicap", "handicap reconnu"),
        ("je dormais dans ma voiture", "logement", "voiture"),
        ("je suis veuve", "famille", "veuvage"),
        ("le 14 février 2021 ils ont coupé", "date", "14 fevrier 2021"),
        ("j'étais sans-papiers", "titre de séjour", "sans papiers"),
    ],
)
def test_kinds_of_facts(text: str, kind: str, value: str) -> None:
    assert (kind, value) in {(fact.kind, fact.value) for fact in facts_in(text)}


@pytest.mark.parametrize(
    "text",
    [
        "J'ai attendu cinq minutes au guichet.",
        "La boulangère m'a aidée à remplir le papier.",  # somebody else's trade
        "Vingt-deux euros par mois, c'est tout.",
        "Un enfant, c'est du travail.",
        "Je suis perdu avec leur site.",
    ],
)
def test_what_is_no_fact(text: str) -> None:
    assert facts_in(text) == []


@given(st.text(max_size=200))
def test_facts_stand_in_their_text(text: str) -> None:
    for fact in facts_in(text):
        assert 0 <= fact.start < fact.end <= len(text)


ROMA: Item = ("origine", "Roumanie")
FIVE: Item = ("enfants", "5 enfants")
JAIL: Item = ("justice", "prison")


def test_a_rare_fact_is_listed_alone_and_in_no_combination() -> None:
    items = {"P1": {ROMA, FIVE}, "P2": {FIVE}, "P3": {FIVE}}
    found = risks(items, 2)
    assert [(risk.person, risk.items, risk.people) for risk in found] == [("P1", (ROMA,), 1)]


def test_facts_that_many_tell_single_out_together() -> None:
    items = {"P1": {ROMA, FIVE, JAIL}, "P2": {ROMA, FIVE}, "P3": {ROMA, JAIL}, "P4": {FIVE, JAIL}}
    found = [risk for risk in risks(items, 2) if risk.person == "P1"]
    assert [risk.items for risk in found] == [(FIVE, JAIL, ROMA)]


def test_the_riskiest_person_comes_first() -> None:
    items = {"P1": {FIVE}, "P2": {FIVE, ROMA}, "P3": {ROMA, JAIL}, "P4": {FIVE}, "P5": {ROMA}}
    assert risks(items, 3)[0].person == "P3"


ITEMS = st.dictionaries(
    st.sampled_from([f"P{n}" for n in range(8)]),
    st.frozensets(st.tuples(st.sampled_from("abc"), st.sampled_from("12")), max_size=5),
)


@settings(deadline=None)
@given(ITEMS, st.integers(1, 4))
def test_combinations_are_rare_minimal_and_complete(items: dict[str, frozenset[Item]], k: int) -> None:
    found = {(risk.person, risk.items): risk.people for risk in risks(items, k)}
    for person, own in items.items():
        for size in (1, 2, 3):
            for group in combinations(sorted(own), size):
                parts = [part for less in range(1, size) for part in combinations(group, less)]
                minimal = shared_by(group, items) < k and all(shared_by(part, items) >= k for part in parts)
                assert ((person, group) in found) is minimal
                if minimal:
                    assert found[person, group] == shared_by(group, items)
