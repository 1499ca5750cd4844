"""A newcomer's coding beside the reference's: what was found, cut otherwise, coded otherwise, missed and added."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from enquete.coding.training import Outcome, Passage, by_theme, compare, confusions, tallies, telling
from enquete.coding.training_words import advice, explanation, summary

TEXT = (
    "Ils m'ont coupé la moitié pendant deux mois. J'avais plus rien sur le compte. "
    "J'ai signé, je sais même pas ce qu'il y a dedans. Ma sœur m'a prêté de quoi manger."
)
CUT, POOR, SIGNED, SISTER = TEXT[:44], TEXT[45:77], TEXT[78:127], TEXT[128:]
# argent > (sanction, dettes) ; contrat ; entourage
PATHS = {
    ("g", "argent"): [("g", "argent")],
    ("g", "sanction"): [("g", "argent"), ("g", "sanction")],
    ("g", "dettes"): [("g", "argent"), ("g", "dettes")],
    ("g", "contrat"): [("g", "contrat")],
    ("g", "entourage"): [("g", "entourage")],
}
LABELS = {("g", "sanction"): "Sanction", ("g", "dettes"): "Dettes", ("g", "contrat"): "Contrat"}


def on(words, code, memo=""):
    start = TEXT.index(words)
    return Passage(start, start + len(words), "g", code, memo)


def told(reference, newcomer):
    """(outcome, words and code of the reference, of the newcomer) of each place."""

    def side(passages):
        return [(TEXT[p.start : p.end], p.code) for p in passages]

    return [(one.outcome, side(one.reference), side(one.newcomer)) for one in compare(TEXT, reference, newcomer, PATHS)]


def test_the_same_code_on_the_same_words():
    assert told([on(CUT, "sanction")], [on(CUT, "sanction")]) == [
        (Outcome.AGREED, [(CUT, "sanction")], [(CUT, "sanction")])
    ]


def test_spaces_and_full_stops_are_no_difference():
    with_space = Passage(0, 45, "g", "sanction")
    assert [one[0] for one in told([with_space], [Passage(0, 43, "g", "sanction")])] == [Outcome.AGREED]


@pytest.mark.parametrize(
    ("mine", "said"),
    [
        ("coupé la moitié", "Plus court que dans la référence."),
        (f"{CUT} {POOR}", "Plus long que dans la référence."),
        (f"pendant deux mois. {POOR}", "Commence et finit plus loin que dans la référence."),
    ],
)
def test_other_bounds_are_told(mine, said):
    (one,) = compare(TEXT, [on(CUT, "sanction")], [on(mine, "sanction")])
    assert one.outcome is Outcome.BOUNDS
    assert explanation(one, PATHS) == said


def test_a_passage_cut_in_two_is_found_and_adds_nothing():
    (one,) = compare(TEXT, [on(CUT, "sanction")], [on("Ils m'ont", "sanction"), on("deux mois", "sanction")])
    assert one.outcome is Outcome.BOUNDS
    assert len(one.newcomer) == 2
    assert explanation(one, PATHS) == "En 2\u00a0passages au lieu de 1."


@pytest.mark.parametrize(
    ("ours", "mine", "said"),
    [
        ("sanction", "dettes", "Du même thème."),
        ("sanction", "contrat", "D'un autre thème."),
        ("sanction", "argent", "Le thème est le bon, la référence précise."),
        ("argent", "sanction", "Le thème est le bon, la référence ne précise pas."),
        ("sanction", "inconnu", "D'un autre thème."),
    ],
)
def test_another_code_on_the_same_words(ours, mine, said):
    (one,) = compare(TEXT, [on(CUT, ours)], [on("la moitié", mine)], PATHS)
    assert one.outcome is Outcome.OTHER
    assert explanation(one, PATHS) == said


def test_what_one_alone_coded_is_missed_or_added():
    assert told([on(CUT, "sanction")], [on(SIGNED, "contrat")]) == [
        (Outcome.MISSED, [(CUT, "sanction")], []),
        (Outcome.ADDED, [], [(SIGNED, "contrat")]),
    ]


def test_a_code_that_the_newcomer_put_beside_the_right_one_is_added():
    assert told([on(CUT, "sanction")], [on(CUT, "sanction"), on(CUT, "dettes")]) == [
        (Outcome.ADDED, [], [(CUT, "dettes")]),
        (Outcome.AGREED, [(CUT, "sanction")], [(CUT, "sanction")]),
    ]


def test_of_two_other_codes_the_one_of_the_same_theme_is_compared():
    assert told([on(CUT, "sanction")], [on(CUT, "contrat"), on("la moitié", "dettes")]) == [
        (Outcome.ADDED, [], [(CUT, "contrat")]),
        (Outcome.OTHER, [(CUT, "sanction")], [("la moitié", "dettes")]),
    ]


def test_each_passage_is_compared_once():
    both = f"{CUT} {POOR}"
    assert told([on(CUT, "sanction"), on(POOR, "dettes")], [on(both, "contrat")]) == [
        (Outcome.OTHER, [(CUT, "sanction")], [(both, "contrat")]),
        (Outcome.MISSED, [(POOR, "dettes")], []),
    ]


def test_codes_of_two_codebooks_are_two_codes():
    assert [one[0] for one in told([on(CUT, "sanction")], [on(CUT, "sanction")._replace(codebook="h")])] == [
        Outcome.OTHER
    ]


# --- figures


def example():
    reference = [on(CUT, "sanction", "la CAF, pas le Département"), on(POOR, "dettes"), on(SIGNED, "contrat")]
    newcomer = [on(CUT, "sanction"), on("plus rien", "sanction"), on(SISTER, "entourage")]
    return compare(TEXT, reference, newcomer, PATHS)


def test_tallies_by_code():
    found = {key[1]: tally for key, tally in tallies(example()).items()}
    assert (found["sanction"].found, found["sanction"].instead, found["sanction"].trouble) == (1, 1, 1)
    assert (found["dettes"].other, found["dettes"].expected) == (1, 1)
    assert found["contrat"].missed == 1
    assert (found["entourage"].added, found["entourage"].expected) == (1, 0)
    assert confusions(example()) == {(("g", "dettes"), ("g", "sanction")): 1}


def test_the_memo_of_the_reference_is_kept():
    assert example()[0].reference[0].memo == "la CAF, pas le Département"


def test_tallies_by_theme_find_what_codes_of_one_theme_share():
    reference, newcomer = [on(CUT, "sanction"), on(POOR, "dettes")], [on(CUT, "dettes"), on(POOR, "argent")]
    assert sum(tally.found for tally in tallies(compare(TEXT, reference, newcomer, PATHS)).values()) == 0
    themes = tallies(compare(TEXT, by_theme(reference, PATHS), by_theme(newcomer, PATHS)))
    assert (themes["g", "argent"].found, themes["g", "argent"].trouble) == (2, 0)


def test_the_summary_is_a_sentence():
    assert summary(tallies(example())) == (
        "3\u00a0passages dans la référence : 1\u00a0retrouvé, 1 sous un autre code, 1\u00a0oublié ; 1\u00a0ajouté."
    )


# --- what to do next


def test_nothing_to_read_again():
    same = [on(CUT, "sanction")]
    assert list(advice(compare(TEXT, same, same), LABELS, PATHS)) == ["Rien à relire : les deux codages se suivent."]


def test_lone_differences_are_read_one_by_one():
    assert list(advice(example()[:2], LABELS, PATHS)) == [
        "Aucun code ne revient dans les écarts : relisez-les un par un."
    ]


def test_the_codes_that_come_back_are_named_with_what_they_are_taken_for():
    comparisons = compare(
        TEXT,
        [on(CUT, "sanction"), on(POOR, "sanction"), on(SIGNED, "contrat")],
        [on(CUT, "dettes"), on(POOR, "dettes"), on(SIGNED, "contrat"), on(SISTER, "dettes")],
        PATHS,
    )
    assert list(advice(comparisons, LABELS, PATHS)) == [
        "À relire d'abord dans la grille (définition, inclusions, exclusions) :",
        "  « Dettes » (dettes) : 1\u00a0ajout, mis à la place de « Sanction » (sanction) (2 fois).",
        "  « Sanction » (sanction) : 0\u00a0passage sur 2 retrouvé, codé « Dettes » (dettes) à la place (2 fois).",
    ]


def test_a_habit_of_cutting_short_is_said():
    reference = [on(CUT, "sanction"), on(POOR, "dettes"), on(SIGNED, "contrat")]
    newcomer = [on("coupé", "sanction"), on("plus rien", "dettes"), on("signé", "contrat")]
    assert list(advice(compare(TEXT, reference, newcomer), LABELS, PATHS)) == [
        "3 passages sur 3 découpés autrement sont plus courts que ceux de la référence."
    ]


def test_a_habit_of_staying_at_the_theme_is_said():
    reference = [on(CUT, "sanction"), on(POOR, "dettes"), on(SIGNED, "dettes")]
    newcomer = [on(CUT, "argent"), on(POOR, "argent"), on(SIGNED, "argent")]
    said = list(advice(compare(TEXT, reference, newcomer, PATHS), LABELS, PATHS))
    assert said[-1] == (
        "3 fois, le thème est le bon mais la référence va jusqu'au sous-code : cherchez-le sous le thème."
    )


# --- which interviews to train on


def test_interviews_that_teach_most_codes_come_first():
    codes = {
        "E001": frozenset({("g", "a"), ("g", "b")}),
        "E002": frozenset({("g", "b"), ("g", "a")}),
        "E003": frozenset({("g", "c")}),
    }
    lengths = {"E001": 900, "E002": 300, "E003": 5000}
    assert telling(codes, lengths, 2) == ["E002", "E003"]
    assert telling(codes, lengths, 9) == ["E002", "E003", "E001"]


# --- whatever is compared


UNHURRIED = settings(deadline=None)
passages = st.lists(
    st.tuples(st.integers(0, 40), st.integers(1, 12), st.sampled_from(["sanction", "dettes", "contrat"])).map(
        lambda p: Passage(p[0], p[0] + p[1], "g", p[2])
    ),
    max_size=8,
)


@UNHURRIED
@given(passages, passages)
def test_every_passage_is_in_one_comparison(reference, newcomer):
    comparisons = compare(TEXT, reference, newcomer, PATHS)
    assert sorted(p for one in comparisons for p in one.reference) == sorted(set(reference))
    assert sorted(p for one in comparisons for p in one.newcomer) == sorted(set(newcomer))
    for one in comparisons:
        assert bool(one.reference) == (one.outcome is not Outcome.ADDED)
        assert bool(one.newcomer) == (one.outcome is not Outcome.MISSED)
        assert (one.expected == one.given) == (one.outcome in (Outcome.AGREED, Outcome.BOUNDS))


@UNHURRIED
@given(passages, passages, st.randoms())
def test_the_order_of_passages_changes_nothing(reference, newcomer, chance):
    before = compare(TEXT, reference, newcomer, PATHS)
    chance.shuffle(reference)
    chance.shuffle(newcomer)
    assert compare(TEXT, reference, newcomer, PATHS) == before


@UNHURRIED
@given(passages, passages)
def test_turned_round_what_was_missed_was_added(reference, newcomer):
    turned = {Outcome.MISSED: Outcome.ADDED, Outcome.ADDED: Outcome.MISSED}
    there = sorted(one.outcome for one in compare(TEXT, reference, newcomer))
    back = sorted(turned.get(one.outcome, one.outcome) for one in compare(TEXT, newcomer, reference))
    assert there == back


@UNHURRIED
@given(passages)
def test_a_coding_agrees_with_itself_but_for_its_own_overlaps(coding):
    assert {one.outcome for one in compare(TEXT, coding, coding, PATHS)} <= {Outcome.AGREED, Outcome.BOUNDS}
