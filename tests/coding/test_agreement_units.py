"""Turns, sentences and characters as units, and what each coder decided on each."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from enquete.coding.agreement.table import ReliabilityData, presences
from enquete.coding.agreement.units import Passage, UnitKind, interview_units, outside, sentences
from enquete.model import Role, Turn

TALK = "Et le RSA ?\nIls m'ont coupé. Deux mois ! Ça va.\nEt après ?\nRien."
CUT, MONTHS, FINE, NOTHING = "Ils m'ont coupé.", "Deux mois !", "Ça va.", "Rien."


def talk():
    roles = [Role.INTERVIEWER, Role.PARTICIPANT, Role.INTERVIEWER, Role.PARTICIPANT]
    start, turns = 0, []
    for line, role in zip(TALK.split("\n"), roles, strict=True):
        turns.append(Turn(start, start + len(line), int(role is Role.PARTICIPANT), role))
        start += len(line) + 1
    return turns


def on(words, coder, code):
    start = TALK.index(words)
    return Passage(start, start + len(words), coder, code)


def units(kind, *passages, coders=("lea", "sofiane")):
    return interview_units("E001", TALK, talk(), passages, coders, kind)


def codes(unit):
    return tuple(None if put is None else "".join(sorted(put)) for put in unit.decisions)


def test_only_what_participants_say_is_compared():
    found = units(UnitKind.TURN, on("coupé", "lea", "a"), on("Et après", "sofiane", "b"))
    assert [(unit.place, codes(unit)) for unit in found] == [(1, ("a", "")), (3, ("", ""))]
    assert outside(TALK, talk(), [on("coupé", "lea", "a"), on("Et après", "sofiane", "b")]) == 1


def test_a_coder_who_did_not_finish_is_missing_there():
    found = units(UnitKind.TURN, on("coupé", "lea", "a"), on("Rien", "sofiane", "a"), coders=("lea", None))
    assert [codes(unit) for unit in found] == [("a", None), ("", None)]


def test_sentences_of_a_turn_are_units():
    found = units(UnitKind.SENTENCE, on("coupé. Deux", "lea", "a"), on("mois", "sofiane", "a"))
    assert [(unit.place, codes(unit)) for unit in found] == [
        (1, ("a", "")), (1, ("a", "a")), (1, ("", "")), (3, ("", "")),
    ]  # fmt: skip


def test_a_passage_over_several_turns_covers_each():
    found = units(UnitKind.TURN, on("Ça va.\nEt après ?\nRi", "lea", "a"))
    assert [codes(unit) for unit in found] == [("a", ""), ("a", "")]


def test_a_space_covers_nothing():
    found = units(UnitKind.SENTENCE, on(" Deux", "lea", "a"), on("coupé. ", "sofiane", "b"))
    assert [codes(unit) for unit in found] == [("", "b"), ("a", ""), ("", ""), ("", "")]


def test_characters_alike_are_one_unit_of_their_number():
    found = units(UnitKind.CHARACTER, on(CUT, "lea", "a"), on("coupé. Deux", "sofiane", "a"))
    assert [(unit.place, unit.size, codes(unit)) for unit in found] == [
        (1, 10, ("a", "")), (1, 6, ("a", "a")), (1, 5, ("", "a")), (1, 14, ("", "")), (3, 5, ("", "")),
    ]  # fmt: skip


PASSAGES = st.lists(
    st.tuples(
        st.integers(0, len(TALK)), st.integers(1, 12), st.sampled_from(["lea", "sofiane"]), st.sampled_from("ab")
    ),
    max_size=8,
).map(lambda rows: [Passage(start, min(start + size, len(TALK)), coder, code) for start, size, coder, code in rows])


@given(PASSAGES)
def test_characters_counted_together_are_those_counted_one_by_one(passages):
    slow = [
        tuple(
            "".join(sorted({p.code for p in passages if p.coder == coder and p.start <= at < p.end}))
            for coder in ("lea", "sofiane")
        )
        for turn in talk()
        if turn.role is Role.PARTICIPANT
        for at in range(turn.start, turn.end)
    ]
    assert [codes(unit) for unit in units(UnitKind.CHARACTER, *passages) for _ in range(unit.size)] == slow


@given(PASSAGES)
def test_a_turn_has_the_codes_of_its_sentences(passages):
    by_turn = {unit.place: unit.decisions for unit in units(UnitKind.TURN, *passages)}
    whole = {place: [set(), set()] for place in by_turn}
    for unit in units(UnitKind.SENTENCE, *passages):
        for codes_there, put in zip(whole[unit.place], unit.decisions, strict=True):
            codes_there |= put
    assert {place: tuple(map(set, decisions)) for place, decisions in by_turn.items()} == {
        place: tuple(sets) for place, sets in whole.items()
    }


def test_a_passage_of_many_characters_is_one_place():
    """Fifty characters of one turn are one passage: the code is as rare as that."""
    data = ReliabilityData(("lea", "sofiane"), tuple(units(UnitKind.CHARACTER, on(CUT, "lea", "a"))))
    presence = presences(data)["a"]
    assert presence.positives == [16, 0]
    assert presence.places == {("E001", 1)}


@pytest.mark.parametrize(
    ("turn", "found"),
    [
        ("Oui. Non.", ["Oui.", "Non."]),
        ("J'ai vu M. Lescure. Il a rien dit.", ["J'ai vu M. Lescure.", "Il a rien dit."]),
        ("Ils ont dit « non… » et voilà. Bon…", ["Ils ont dit « non… » et voilà.", "Bon…"]),
        ("Ça va ? Ça va !", ["Ça va ?", "Ça va !"]),
        ("« J'y vais. » Et puis rien.", ["« J'y vais. »", "Et puis rien."]),
        ("j'ai attendu... longtemps", ["j'ai attendu... longtemps"]),
        ("une ligne\nune autre", ["une ligne", "une autre"]),
        ("sans ponctuation du tout", ["sans ponctuation du tout"]),
        ("Oui. …", ["Oui. …"]),
        ("Avec 3.5 euros. Voilà.", ["Avec 3.5 euros.", "Voilà."]),
        ("…", []),
    ],
)
def test_sentences(turn, found):
    assert [span.of(turn) for span in sentences(turn)] == found


@given(st.text("aA. ?!…»«\n", max_size=30))
def test_sentences_follow_one_another_and_lose_no_letter(turn):
    spans = sentences(turn)
    assert all(one.end <= other.start for one, other in pairwise(spans))
    kept = "".join(span.of(turn) for span in spans)
    assert [c for c in kept if c.isalpha()] == [c for c in turn if c.isalpha()]
    assert all(span.of(turn) == span.of(turn).strip() and span for span in spans)
