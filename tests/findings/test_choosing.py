"""Which passages are listed for somebody who looks for quotations, and in which order."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st
from studies import interview, material, one_each, passage, person

from enquete.findings.choosing import CONSENT, LENGTH, MORE, NEVER, SAME, Asked, choice
from enquete.findings.counting import Base
from enquete.findings.material import Flag
from enquete.findings.written.pieces import Piece
from enquete.findings.written.types import Evidence, PieceKind, Side
from enquete.model import ConsentKind, ConsentState

CODES = {("G", "T1")}
SAID = "des mots en assez grand nombre pour être lus"  # nine


def listed(passages, *, people=None, interviews=None, pieces=(), **asked):
    persons, met = one_each(4)
    base = Base(replace(material(people or persons, interviews or met, passages), pieces=pieces))
    numbers = {}
    for one in passages:
        numbers.setdefault((one.interview, one.start, one.end), len(numbers) + 1)
    return choice(base, Asked(CODES, **{"shortest": 1, "longest": 60, **asked}), numbers)


def numbers(made):
    return [one.number for one in made.proposed]


def test_those_to_be_quoted_come_first_and_those_never_to_be_do_not_come():
    flags = (None, Flag.PARAPHRASE, Flag.NEVER, Flag.CITE)
    made = listed([passage(f"E00{n}", f"P00{n}", "T1", SAID, flag=flag) for n, flag in enumerate(flags, 1)])
    assert numbers(made) == [4, 1, 2]
    assert made.left_out == {NEVER: 1}


def test_each_person_is_heard_before_one_is_heard_again():
    passages = [passage("E001", "P001", "T1", SAID, start=place) for place in (0, 100, 200)]
    made = listed([*passages, passage("E002", "P002", "T1", SAID), passage("E003", "P003", "T1", SAID)])
    assert [one.extract.participant for one in made.proposed] == ["P001", "P002", "P003", "P001", "P001"]
    assert made.proposed[0].why[1] == "première de P001"
    assert "déjà 1\u00a0citation de P001" in made.proposed[3].why


def test_waves_take_turns():
    met = [interview("E001", "P001"), interview("E002", "P002"), interview("E003", "P003", wave="v2")]
    made = listed([passage("E001", "P001", "T1", SAID), passage("E002", "P002", "T1", SAID),
                   passage("E003", "P003", "T1", SAID, wave="v2")], interviews=met)  # fmt: skip
    assert numbers(made) == [1, 3, 2]
    assert numbers(listed([passage("E001", "P001", "T1", SAID), passage("E003", "P003", "T1", SAID, wave="v2")],
                          interviews=met, wave="v2")) == [2]  # fmt: skip


def test_what_is_left_out_is_told():
    people, _ = one_each(4)
    people[3] = person("P004", consent={"v1": {ConsentKind.QUOTATION: ConsentState.REFUSED}})
    made = listed(
        [
            passage("E001", "P001", "T1", SAID),
            passage("E001", "P001", "T1", SAID[4:], start=4),
            passage("E002", "P002", "T1", "court"),
            passage("E003", "P003", "T1", SAID),
            passage("E004", "P004", "T1", SAID),
            passage("E004", "P004", "T2", "ailleurs", start=300),
        ],
        people=people,
        shortest=5,
        count=1,
    )
    assert numbers(made) == [1]
    assert made.left_out == {CONSENT: 1, LENGTH: 1, SAME: 1, MORE: 1}


def test_what_the_finding_quotes_is_listed_apart_and_counts():
    held = Evidence(7, Side.CONTRADICTS, "E001", 0, len(SAID), "G", "T1", False, SAID)
    piece = Piece("C01", PieceKind.FINDING, {"title": "x"}, (held,))
    passages = [passage("E001", "P001", "T1", SAID), passage("E001", "P001", "T1", SAID, start=100),
                passage("E002", "P002", "T1", SAID)]  # fmt: skip
    made = listed(passages, pieces=(piece,), finding="C01")
    assert made.chosen == ((held, Side.CONTRADICTS),)
    assert numbers(made) == [3, 2]
    assert made.quoted == {Side.CONTRADICTS: (1, 1)}
    assert made.unquoted == ("P002",)
    other = listed(passages, pieces=(piece,))
    assert {one.number: one.chosen for one in other.proposed} == {1: ("C01",), 2: (), 3: ()}


@given(st.lists(st.tuples(st.integers(1, 4), st.integers(0, 5), st.sampled_from([None, *Flag])), max_size=20))
def test_whatever_the_order_they_were_coded_in_the_list_is_the_same_and_never_holds_what_must_not_be(marks):
    places = dict.fromkeys((who, at) for who, at, _ in marks)
    flags = {(who, at): flag for who, at, flag in marks}
    passages = [passage(f"E00{w}", f"P00{w}", "T1", SAID, start=100 * at, flag=flags[w, at]) for w, at in places]
    made = listed(passages)
    ids = {(one.extract.interview, one.extract.start) for one in made.proposed}
    assert ids == {(p.interview, p.start) for p in passages if p.flag is not Flag.NEVER} or len(passages) > 12
    base = Base(material(*one_each(4), passages[::-1]))
    numbered = {(p.interview, p.start, p.end): n for n, p in enumerate(passages, 1)}
    again = choice(base, Asked(CODES, shortest=1), numbered)
    assert numbers(again) == numbers(made)
