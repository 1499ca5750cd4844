"""Who gained, kept and lost a theme: small invented studies, a line a person."""

from studies import interview, material, passage, person

from enquete.findings.change.themes import apart_table, compare, lines, table
from enquete.findings.counting import Base
from enquete.model import InterviewKind, RespondentType

PEOPLE = [person(f"P{i}") for i in range(1, 6)]
MET = [
    interview("E1", "P1"), interview("E2", "P2"), interview("E3", "P3"), interview("E4", "P4"),
    interview("E5", "P1", wave="v2"), interview("E6", "P2", wave="v2"), interview("E7", "P3", wave="v2", coders=()),
    interview("E8", "P5", wave="v2"),
]  # fmt: skip
SAID = [
    passage("E1", "P1", "T1.1"), passage("E5", "P1", "T1.2", wave="v2"),
    passage("E2", "P2", "T2"), passage("E6", "P2", "T1", wave="v2"),
    passage("E3", "P3", "T2"), passage("E4", "P4", "T2"),
]  # fmt: skip


def compared(people=PEOPLE, met=MET, said=SAID, whole=frozenset()):
    return compare(Base(material(people, met, said)), "v1", "v2", whole)


def by_code(one):
    return {change.node.code.id: change for change in one.changes}


def test_each_theme_says_who_gained_kept_and_lost_it():
    (one,) = compared()
    changes = by_code(one)
    assert one.people == ("P1", "P2")
    assert (changes["T1"].kept, changes["T1"].gained) == (("P1",), ("P2",))  # by other sub-codes, the theme is kept
    assert (changes["T1.1"].lost, changes["T1.2"].gained) == (("P1",), ("P1",))
    assert (changes["T2"].lost, changes["T2"].silent) == (("P2",), ("P1",))


def test_who_is_not_compared_is_told_apart():
    (one,) = compared()
    assert one.pending == {"P3": ("E7",)}
    assert (one.gone, one.new) == (("P4",), ("P5",))
    said = "\n".join(lines([one], "v1", "v2"))
    assert "2\u00a0personnes vues et codées en v1 et en v2" in said
    assert "pas encore codé, donc pas comparé : P3 (E7)" in said
    assert "1\u00a0personne vue en v1, pas revue en v2 : P4" in said
    assert "T2 Santé : disparu chez 1 (P2)" in said


def test_an_uncoded_interview_beside_a_coded_one_makes_nobody_lose_a_theme():
    met = [*MET, interview("E9", "P2", wave="v2", coders=())]
    (one,) = compared(met=met)
    assert one.pending == {"P2": ("E9",), "P3": ("E7",)}
    assert by_code(one)["T2"].lost == ()


def test_what_nobody_said_to_be_coded_whole_is_told():
    (one,) = compared(whole=frozenset({"E1", "E2", "E5"}))
    assert one.unfinished == ("E6",)


def test_respondent_types_are_never_added():
    people = [*PEOPLE, person("A1", RespondentType.HELPER)]
    met = [*MET, interview("E10", "A1"), interview("E11", "A1", wave="v2")]
    concerned, helpers = compared(people, met, [*SAID, passage("E10", "A1", "T2")])
    assert (concerned.kind, helpers.kind) == (RespondentType.CONCERNED, RespondentType.HELPER)
    assert by_code(helpers)["T2"].lost == ("A1",)
    assert by_code(concerned)["T2"].lost == ("P2",)


def test_an_open_answer_is_no_interview():
    from dataclasses import replace

    answer = replace(interview("R1", "P4", wave="v2"), kind=InterviewKind.ANSWER)
    (one,) = compared(met=[*MET, answer], said=[*SAID, passage("R1", "P4", "T2", wave="v2")])
    assert one.gone == ("P4",)
    assert one.people == ("P1", "P2")


def test_a_voice_that_nobody_linked_counts_for_nobody():
    met = [*MET[:4], interview("E5", "P1", "P2", wave="v2")]
    said = [passage("E1", "P1", "T2"), passage("E5", None, "T2", wave="v2")]
    (one,) = compared(met=met, said=said)
    assert one.unlinked == 1
    assert by_code(one)["T2"].lost == ("P1",)
    assert "sans locuteur connu" in "\n".join(lines([one], "v1", "v2"))


def test_a_sheet_hides_small_counts_and_codes_from_others_than_the_team():
    (one,) = compared()
    team, group = table([one], 1, named=True), table([one], 5, named=False)
    assert "P2" in team.rows[3]
    assert not any(code in str(group.rows) for code in ("P1", "P2"))
    assert group.rows[3][4:] == (0, 0, "quelques", "quelques", 2)
    assert len(apart_table([one], "v1", "v2", 1, named=True).rows) == 4
