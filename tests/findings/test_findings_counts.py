from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st
from studies import GRID, interview, material, one_each, passage, person, row

from enquete.findings import synthesise
from enquete.findings.counting import merge, tree
from enquete.findings.material import Grid
from enquete.model import ConsentKind, ConsentState, RespondentType

SPEAK = "Personnes concernées qui en parlent"
REFUSED = {"v1": {ConsentKind.PARTICIPATION: ConsentState.REFUSED}}
WITHDRAWN = {"v2": {ConsentKind.PARTICIPATION: ConsentState.WITHDRAWN}}


def test_a_person_counts_once_whatever_passages_and_coders() -> None:
    people, interviews = one_each(3)
    passages = [
        passage("E001", "P001", "T1.1"),
        passage("E001", "P001", "T1.1", start=100),
        passage("E001", "P001", "T1.1", start=103, coder="bob"),
        passage("E002", "P002", "T1.2"),
    ]
    themes = synthesise(material(people, interviews, passages)).themes
    assert row(themes, Code="T1.1")[SPEAK] == 1
    assert row(themes, Code="T1.1")["Passages"] == 2
    assert row(themes, Code="T1")[SPEAK] == 2
    assert row(themes, Code="T1")["Sur"] == 3
    assert row(themes, Code="T1")["Entretiens"] == 2


def test_two_sub_codes_on_the_same_words_are_one_passage_of_the_theme() -> None:
    people, interviews = one_each(1)
    themes = synthesise(
        material(people, interviews, [passage("E001", "P001", "T1.1"), passage("E001", "P001", "T1.2")])
    ).themes
    assert row(themes, Code="T1")["Passages"] == 1
    assert row(themes, Code="T1")["Mots"] == 2


def test_overlapping_passages_are_joined_word_by_word() -> None:
    text = "je paie en retard chaque mois"
    pieces = [
        passage("E001", "P001", "T1", text[:17]),
        passage("E001", "P001", "T1", text[8:], start=8, coder="bob"),
        passage("E001", "P001", "T1", "ailleurs", start=len(text)),
    ]
    first, second = merge(pieces)
    assert (first.text, first.words, first.coders) == (text, 6, {"anne", "bob"})
    assert second.text == "ailleurs"


@given(st.lists(st.tuples(st.integers(0, 60), st.integers(1, 20)), max_size=8))
def test_merged_passages_are_apart_and_hold_the_words_of_the_text(places: list[tuple[int, int]]) -> None:
    text = "".join(chr(200 + position) for position in range(80))
    merged = merge([passage("E001", "P001", "T1", text[start : start + length], start) for start, length in places])
    assert all(extract.text == text[extract.start : extract.end] for extract in merged)
    assert all(one.end <= two.start for one, two in pairwise(merged))
    covered = {p for start, length in places for p in range(start, start + length)}
    assert {p for extract in merged for p in range(extract.start, extract.end)} == covered


def test_nobody_speaks_of_it_is_shown_with_zero() -> None:
    people, interviews = one_each(2)
    cells = row(synthesise(material(people, interviews, [passage("E001", "P001", "T1")])).themes, Code="T2")
    assert (cells[SPEAK], cells["Sur"], cells["N'en parlent jamais"]) == (0, 2, 2)


def test_interviews_that_nobody_coded_are_not_in_the_denominator() -> None:
    people = [person("P001"), person("P002")]
    interviews = [interview("E001", "P001"), interview("E002", "P002", coders=())]
    result = synthesise(material(people, interviews, [passage("E001", "P001", "T1")]))
    assert row(result.themes, Code="T1")["Sur"] == 1
    assert any("1\u00a0entretien sans aucun codage" in text for _, text in result.texts())


def test_each_codebook_has_its_own_denominator() -> None:
    people, interviews = one_each(2)
    other = Grid("H", "Autre", "1", "1", (GRID.codes[3],))
    result = synthesise(material(people, interviews, [passage("E001", "P001", "T1")], grids=(GRID, other)))
    assert row(result.themes, Code="T1")["Sur"] == 2  # E002, coded under nothing, was read with both
    assert row(result.themes, Grille="Autre")["Sur"] == 1


def test_types_of_respondents_are_never_mixed() -> None:
    people = [person("P001"), person("P002", RespondentType.PROFESSIONAL)]
    interviews = [interview("E001", "P001"), interview("E002", "P002")]
    passages = [passage("E001", "P001", "T1"), passage("E002", "P002", "T1")]
    cells = row(synthesise(material(people, interviews, passages)).themes, Code="T1")
    assert (cells[SPEAK], cells["Sur"], cells["Entretiens"], cells["Sur (entretiens)"]) == (1, 1, 1, 1)
    assert (cells["Professionnels qui en parlent"], cells["Professionnels, sur"]) == (1, 1)


def test_an_unknown_voice_counts_for_the_interview_and_for_nobody() -> None:
    people = [person("P001"), person("P002"), person("P003", RespondentType.HELPER)]
    passages = [passage("E001", None, "T1")]
    alike = synthesise(material(people[:2], [interview("E001", "P001", "P002")], passages)).themes
    assert (row(alike, Code="T1")[SPEAK], row(alike, Code="T1")["Entretiens"]) == (0, 1)
    mixed = synthesise(material(people, [interview("E001", "P001", "P003")], passages)).themes
    assert row(mixed, Code="T1")["Entretiens"] == 0
    assert row(mixed, Code="T1")["Passages dont le locuteur n'est pas identifié"] == 1


def test_a_lone_participant_is_the_one_who_speaks() -> None:
    themes = synthesise(material([person("P001")], [interview("E001", "P001")], [passage("E001", None, "T1")])).themes
    assert row(themes, Code="T1")[SPEAK] == 1


def test_who_withdrew_is_counted_nowhere_in_any_wave() -> None:
    people = [person("P001", consent=WITHDRAWN), person("P002")]
    interviews = [interview("E001", "P001"), interview("E002", "P002")]
    passages = [passage("E001", "P001", "T1", "mots retirés"), passage("E002", "P002", "T1")]
    result = synthesise(material(people, interviews, passages))
    assert (row(result.themes, Code="T1")[SPEAK], row(result.themes, Code="T1")["Sur"]) == (1, 1)
    assert not any("mots retirés" in text for _, text in result.texts())
    assert any("1 personne a retiré son accord" in text for _, text in result.texts())


def test_who_withdrew_takes_along_the_voices_that_may_be_theirs() -> None:
    people = [person("P001", consent=WITHDRAWN), person("P002")]
    result = synthesise(
        material(people, [interview("E001", "P001", "P002")], [passage("E001", None, "T1", "mots douteux")])
    )
    assert row(result.themes, Code="T1")["Passages"] == 0
    assert not any("mots douteux" in text for _, text in result.texts())


def test_a_refusal_holds_for_its_wave_only() -> None:
    people = [person("P001", consent=REFUSED)]
    interviews = [interview("E001", "P001"), interview("E002", "P001", wave="v2")]
    passages = [passage("E001", "P001", "T1"), passage("E002", "P001", "T2", wave="v2")]
    themes = synthesise(material(people, interviews, passages)).themes
    assert (row(themes, Code="T1")[SPEAK], row(themes, Code="T2")[SPEAK]) == (0, 1)


def test_waves_compare_people_met_twice_and_mask_small_cells() -> None:
    people = [person(f"P{i:03}") for i in range(1, 9)]
    first = [interview(f"E{i:03}", f"P{i:03}") for i in range(1, 9)]
    second = [interview(f"F{i:03}", f"P{i:03}", wave="v2") for i in range(1, 8)]
    passages = [passage(f"E{i:03}", f"P{i:03}", "T1") for i in range(1, 9)]
    passages += [passage(f"F{i:03}", f"P{i:03}", "T1", wave="v2") for i in range(1, 6)]
    cells = row(synthesise(material(people, first + second, passages)).waves, Code="T1")
    assert (cells["Vague 1, personnes"], cells["Vague 1, sur"]) == (8, 8)
    assert (cells["Vague 2, personnes"], cells["Vague 2, sur"]) == (5, 7)
    assert cells["Vues deux fois, seulement Vague 1"] == "quelques"  # two of them
    assert cells["Vues deux fois, les deux fois"] == 5
    assert cells["Vues deux fois, seulement Vague 2"] == 0
    assert cells["Vues deux fois, sur"] == 7


def test_a_masked_count_never_reaches_a_chart() -> None:
    people, interviews = one_each(8)
    passages = [passage(f"E{i:03}", f"P{i:03}", "T1") for i in range(1, 9)] + [passage("E001", "P001", "T2")]
    (figure,) = synthesise(material(people, interviews, passages)).waves.figures
    assert figure.series[0].values == (8, "quelques")


def test_an_empty_study_has_every_sheet_and_no_chart() -> None:
    result = synthesise(material([], [], []))
    assert [sheet.name for sheet in result.sheets] == [
        "Lisez-moi", "Essentiel", "Profil", "Thèmes", "Évolution", "Verbatims", "Constats", "Recommandations", "Bilan",
        "Grille de codage", "Méthode",
    ]  # fmt: skip
    assert not result.themes.figures


def test_titles_of_columns_are_unique() -> None:
    people = [person(f"P{i}", kind) for i, kind in enumerate(RespondentType)]
    interviews = [interview(f"E{i}", f"P{i}") for i in range(3)]
    result = synthesise(material(people, interviews, []))
    for table in (result.profile, result.themes, result.waves, result.quotations):
        titles = [column.title for column in table.columns]
        assert len(set(titles)) == len(titles)


def test_the_tree_is_read_depth_first_and_cycles_end() -> None:
    assert [(node.code.id, node.depth) for node in tree(GRID.codes)] == [("T1", 0), ("T1.1", 1), ("T1.2", 1), ("T2", 0)]
    assert tree(GRID.codes)[0].family == {"T1", "T1.1", "T1.2"}


def test_a_code_that_no_codebook_has_is_told_and_not_counted() -> None:
    people, interviews = one_each(1)
    result = synthesise(material(people, interviews, [passage("E001", "P001", "Z9")]))
    assert any("1\u00a0passage sous un code absent" in text for _, text in result.texts())
    assert not result.quotations.rows
