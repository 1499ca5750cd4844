"""What the figures mean, said in French, and codes named across codebooks."""

import pytest

from enquete.codebook import Code, Codebook
from enquete.coding.agreement.disagreements import Disagreement, disagreements, rival
from enquete.coding.agreement.measuring import measure
from enquete.coding.agreement.naming import CodeNames
from enquete.coding.agreement.table import ReliabilityData, Unit
from enquete.coding.agreement.units import UnitKind
from enquete.coding.agreement.words import CodeText, causes, figure, meaning, places, remedy
from enquete.errors import EnqueteError, Problem

CODERS = ("lea", "sofiane")


def turns(*pairs):
    """Two coders, the codes that each put, turn by turn: « a/ab », « ./. »."""
    units = []
    for turn, pair in enumerate(pairs):
        decisions = tuple(frozenset(codes.strip(".")) for codes in pair.split("/"))
        units.append(Unit("E001", turn, decisions))
    return ReliabilityData(CODERS, tuple(units))


def figures(*pairs):
    return measure(turns(*pairs)).codes[0].everyone


ABSENT = ["./."] * 20
ALIKE = figures(*["a/a"] * 6, *ABSENT)
NEARLY = figures(*["a/a"] * 6, "a/.", "./a", "a/.", *ABSENT)
APART = figures(*["a/a"] * 2, *["a/."] * 4, *ABSENT)
BY_CHANCE = figures(*["a/a"] * 2, *["a/.", "./a"] * 5, *["./."] * 8)
AGAINST = figures(*["a/.", "./a"] * 5)


@pytest.mark.parametrize(
    ("found", "said"),
    [
        (ALIKE, "Ils repèrent les mêmes passages (alpha 1,00)."),
        (NEARLY, "Ils s'accordent assez pour des conclusions provisoires (alpha 0,73)."),
        (APART, "C'est plus que le hasard, mais trop peu pour s'y fier (alpha 0,42)."),
        (BY_CHANCE, "C'est à peu près ce que donnerait le hasard (alpha −0,07)."),
        (AGAINST, "C'est moins que ce que donnerait le hasard : ils se contredisent (alpha −0,90)."),
    ],
)
def test_what_an_alpha_means(found, said):
    assert meaning(found, CODERS, UnitKind.TURN).endswith(said)


def test_a_meaning_is_told_in_numbers_of_turns():
    assert meaning(APART, CODERS, UnitKind.TURN).startswith(
        "6\u00a0tours de parole portent ce code pour l'un des deux au moins, 2 pour les deux."
    )
    assert meaning(figures("a/a", "./."), CODERS, UnitKind.TURN) == (
        "Non calculable : trop rare (1\u00a0tour, il en faut 5)."
    )


def test_what_disagreements_look_like():
    data = turns(*["a/a"] * 2, *["a/b"] * 3, "a/.", *ABSENT)
    found = disagreements(data, "a")
    assert [(one.place, one.put, one.left, one.instead) for one in found] == [
        (2, ("lea",), ("sofiane",), ("b",)),
        (3, ("lea",), ("sofiane",), ("b",)),
        (4, ("lea",), ("sofiane",), ("b",)),
        (5, ("lea",), ("sofiane",), ()),
    ]
    assert list(causes(APART, CODERS, found)) == [
        "lea le met bien plus souvent que sofiane (6 contre 2) : il l'entend plus largement.",
        "Là où l'un le met, l'autre met b dans 3 cas sur 4 : dites ce qui les sépare.",
    ]


def test_one_code_put_instead_once_is_no_rival():
    assert rival([Disagreement("E001", 3, ("lea",), ("sofiane",), ("b",))]) is None
    assert rival([]) is None


SOME = [Disagreement("E001", 3, ("lea",), ("sofiane",), ())]
WHOLE = CodeText("Honte", "Cacher sa situation.", "La gêne.", "La colère.")


@pytest.mark.parametrize(
    ("found", "text", "said"),
    [
        (APART, WHOLE, "À redéfinir : relisez ensemble, devant ces passages, sa définition"),
        (APART, None, "À redéfinir : relisez ensemble ces passages, puis écrivez"),
        (APART, CodeText("Honte"), "À redéfinir : la grille ne le définit pas"),
        (APART, CodeText("Honte", "Cacher.", "La gêne."), "la grille ne dit pas ce qu'il exclut ;"),
        (APART, CodeText("Honte", "Cacher."), "la grille ne dit pas ce qu'il inclut ni ce qu'il exclut ;"),
        (NEARLY, WHOLE, "À préciser : "),
        (ALIKE, WHOLE, "Rien à redéfinir"),
        (figures("a/.", "./."), WHOLE, "C'est trop peu pour juger du code"),
    ],
)
def test_what_to_do_next(found, text, said):
    assert said in remedy(found, text, SOME)
    assert remedy(found, text, []) == "Aucun désaccord."


def test_places_are_named_by_interview_and_turn_from_1():
    found = [Disagreement(interview, turn, (), (), ()) for interview, turn in [("E001", 5), ("E001", 13), ("E003", 7)]]
    assert places(found) == "E001, tours 6 et 14 ; E003, tour 8"
    assert places(found, 1) == "E001, tour 6 ; et 2 autres"
    assert places([Disagreement("", "u7", (), (), ())]) == "unité u7"


@pytest.mark.parametrize(
    ("value", "shown"), [(None, "—"), (1, "1,00"), (0.998, ">0,99"), (0.994, "0,99"), (-0.02, "−0,02")]
)
def test_a_figure_never_looks_better_than_it_is(value, shown):
    assert figure(value) == shown


RSA = Codebook("rsa", "RSA", codes=(Code("R1", "Budget"), Code("R1.1", "Loyer"), Code("X", "Honte")))
WEB = Codebook("web", "Numérique", codes=(Code("N1", "Accès"), Code("X", "Fierté")))


def test_a_code_of_two_codebooks_is_named_with_its_codebook():
    names = CodeNames([RSA, WEB], [("rsa", "X"), ("old", "Z")])
    assert list(names.names.values()) == ["R1", "R1.1", "X (rsa)", "N1", "X (web)", "Z"]
    assert (names.themes["R1.1"], names.themes["X (web)"], names.themes["Z"]) == ("R1", "X (web)", "Z")


@pytest.mark.parametrize(
    ("written", "chosen"),
    [
        (["r1"], ["R1", "R1.1"]),
        (["loyer"], ["R1.1"]),
        (["X"], ["X (rsa)", "X (web)"]),
        (["X (web)", "N1"], ["N1", "X (web)"]),
        ([], ["R1", "R1.1", "X (rsa)", "N1", "X (web)"]),
    ],
)
def test_codes_are_chosen_by_id_label_or_name_with_those_under_them(written, chosen):
    assert CodeNames([RSA, WEB], []).selected(written) == chosen


def test_an_unknown_code_tells_those_that_look_alike():
    with pytest.raises(EnqueteError) as caught:
        CodeNames([RSA], []).selected(["R1.2"])
    assert caught.value.problem is Problem.CODE_UNKNOWN
    assert "R1.1" in str(caught.value)


def test_a_code_asked_for_that_nobody_used_has_a_line():
    names = CodeNames([RSA], [])
    assert names.lines(["R1"], {"R1.1"}) == ["R1.1"]
    assert names.lines(["R1"], set()) == ["R1"]
    assert names.lines([], {"X"}) == ["X"]
