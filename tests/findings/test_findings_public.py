"""What the public may read: nothing that singles out, nothing from which a hidden count could be computed."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from attacker import HIDDEN, NOT_SHOWN, Attack, Insider, Place, attack
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from studies import GRID, interview, material, one_each, passage, person, row

from enquete.findings import synthesise
from enquete.findings.counting import Base
from enquete.findings.material import Flag, InterviewFacts, Material, Passage
from enquete.findings.public.counts import Public
from enquete.findings.public.crossings import asked
from enquete.findings.tables import Synthesis, Table
from enquete.model import Audience, ConsentKind, ConsentState, RespondentType
from enquete.reports import excel

SPEAK = "Personnes concernées qui en parlent"


AGREED = {wave: {ConsentKind.QUOTATION: ConsentState.GIVEN} for wave in ("v1", "v2")}


def public(made: Material) -> Synthesis:
    """For the public, of people who agreed to be quoted unless their consent is told."""
    people = tuple(replace(person, consent=person.consent or AGREED) for person in made.people)
    return synthesise(replace(made, people=people), Audience.PUBLIC)


def column(table: Table, title: str) -> list[object]:
    place = [c.title for c in table.columns].index(title)
    return [cells[place] for cells in table.rows]


def talk(*speakers: int, code: str = "T1", text: str = "mes mots", signed: bool = True) -> list[Passage]:
    flag = Flag.CITE if signed else None
    return [
        passage(f"E{i:03}", f"P{i:03}", code, f"{text} {i}", flag=flag, signed=signed, start=100 * len(code))
        for i in speakers
    ]


def test_counts_of_people_alone_and_small_ones_hidden() -> None:
    people, interviews = one_each(12)
    themes = public(material(people, interviews, [*talk(*range(1, 8)), *talk(1, 2, code="T2")])).themes
    assert [c.title for c in themes.columns] == ["Grille", "Code", "Thème", SPEAK, "Sur"]
    assert (row(themes, Code="T1")[SPEAK], row(themes, Code="T1")["Sur"]) == (7, 12)
    assert row(themes, Code="T2")[SPEAK] == HIDDEN
    assert HIDDEN in themes.notes[0]


def test_a_sub_code_that_theme_and_sister_would_give_back_takes_the_sister_along() -> None:
    people, interviews = one_each(15)
    spoken = [*talk(*range(1, 7), code="T1.1"), *talk(7, 8, 9, code="T1.2")]
    themes = public(material(people, interviews, spoken)).themes
    assert row(themes, Code="T1")[SPEAK] == 9
    assert column(themes, "Code") == ["T1", "T2"]
    assert "2\u00a0sous-codes n'ont pas de ligne" in themes.notes[-1]


def test_charts_draw_only_what_the_tables_show() -> None:
    people, interviews = one_each(12)
    themes = public(material(people, interviews, [*talk(*range(1, 8)), *talk(1, 2, code="T2")])).themes
    (figure,) = themes.figures
    assert figure.categories == ("Argent",)
    assert figure.series[0].values == (7,)


def test_only_signed_quotations_are_shown_in_an_order_that_follows_nobody() -> None:
    people, interviews = one_each(8)
    spoken = [
        passage("E001", "P001", "T1", "zut alors", flag=Flag.CITE, signed=True),
        passage("E002", "P002", "T1", "bon", flag=Flag.CITE, signed=True),
        passage("E001", "P001", "T1", "encore moi", start=50, flag=Flag.CITE, signed=True),
        passage("E003", "P003", "T1", "pas signé", flag=Flag.CITE),
        passage("E004", "P004", "T1", "pas marqué"),
        passage("E005", "P005", "T1", "repris", flag=Flag.PARAPHRASE, signed=True),
    ]
    table = public(material(people, interviews, spoken)).quotations
    assert column(table, "Citation") == ["bon", "encore moi", "zut alors"]
    assert [c.title for c in table.columns] == ["Thème", "Code", "Répondant", "Citation", "Source"]


def test_words_that_another_code_keeps_back_stay_back() -> None:
    people, interviews = one_each(8)
    spoken = [
        passage("E001", "P001", "T1", "jamais ces mots", flag=Flag.CITE, signed=True),
        passage("E001", "P001", "T2", "ces mots", start=7, flag=Flag.NEVER),
    ]
    assert not public(material(people, interviews, spoken)).quotations.rows


def test_who_refuses_is_counted_and_not_quoted() -> None:
    people, interviews = one_each(8)
    people[0] = person("P001", consent={"v1": {ConsentKind.QUOTATION: ConsentState.REFUSED}})
    result = public(material(people, interviews, talk(*range(1, 9))))
    assert row(result.themes, Code="T1")[SPEAK] == 8
    assert len(result.quotations.rows) == 7


def test_who_said_nothing_of_being_quoted_is_not_quoted_in_public() -> None:
    people, interviews = one_each(8)
    people[0] = person("P001", consent={"v1": {ConsentKind.PARTICIPATION: ConsentState.GIVEN}})
    result = public(material(people, interviews, talk(*range(1, 9))))
    assert len(result.quotations.rows) == 7


def test_a_type_of_too_few_people_is_neither_counted_nor_quoted() -> None:
    people, interviews = one_each(8)
    people += [person("P009", RespondentType.PROFESSIONAL)]
    interviews += [interview("E009", "P009")]
    result = public(material(people, interviews, talk(*range(1, 10))))
    assert "mes mots 9" not in column(result.quotations, "Citation")
    told = "\n".join(text for _, text in result.texts())
    assert "professionnels" in told
    assert "1\u00a0professionnel" not in told
    assert not any("Professionnels" in c.title for c in result.themes.columns)


def test_attributes_are_those_that_enough_people_share() -> None:
    people = [person(f"P{i:03}", age="18-24" if i == 1 else "25-34" if i < 7 else "45-54") for i in range(1, 13)]
    _, interviews = one_each(12)
    result = public(material(people, interviews, talk(*range(1, 13)), attributes=("age",)))
    assert set(column(result.quotations, "Age")) == {"18-34", "45-54"}
    assert row(result.profile, Valeur="18-34")["Personnes"] == 6
    assert not any("18-24" in text for _, text in result.texts())


def test_attributes_stand_beside_no_words_whose_count_is_hidden() -> None:
    # Two quotations with other attributes would be two people of the two to four that are hidden.
    people = [person(f"P{i:03}", sexe="F" if i % 2 else "H") for i in range(1, 13)]
    _, interviews = one_each(12)
    spoken = [*talk(*range(1, 10)), *talk(1, 2, code="T2", text="rare")]
    table = public(material(people, interviews, spoken, attributes=("sexe",))).quotations
    beside = dict(zip(column(table, "Citation"), column(table, "Sexe"), strict=True))
    assert beside["mes mots 3"] == "F"
    assert beside["rare 1"] == beside["rare 2"] == NOT_SHOWN


def test_waves_are_compared_theme_by_theme_where_enough_people_were_met() -> None:
    people, first = one_each(14)
    second = [interview(f"F{i:03}", f"P{i:03}", wave="v2") for i in range(1, 13)]
    spoken = [passage(f"E{i:03}", f"P{i:03}", "T1") for i in range(1, 15)]
    spoken += [passage(f"F{i:03}", f"P{i:03}", "T1", wave="v2") for i in range(1, 7)]
    table = public(material(people, [*first, *second], spoken)).waves
    assert table is not None
    assert column(table, "Code") == ["T1"]  # nobody speaks of T2: it has no row
    cells = row(table, Code="T1")
    assert (cells["Vague 1, sur"], cells["Vague 2, sur"], cells["Vues deux fois, sur"]) == (14, 12, 12)
    assert cells["Vues deux fois, seulement Vague 2"] == HIDDEN


def test_no_sheet_compares_waves_of_too_few_people() -> None:
    people, first = one_each(12)
    second = [interview(f"F{i:03}", f"P{i:03}", wave="v2") for i in range(1, 4)]
    result = public(material(people, [*first, *second], talk(*range(1, 9))))
    assert result.waves is None
    assert "Évolution" not in [sheet.name for sheet in result.sheets]
    assert any("Pas de feuille" in text for _, text in result.texts())


def test_equal_material_gives_equal_bytes() -> None:
    people, interviews = one_each(9)
    made = material(people, interviews, talk(*range(1, 8)))
    assert excel.render(public(made)) == excel.render(public(made))


def test_an_empty_study_has_a_public_workbook_too() -> None:
    assert excel.render(public(material([], [], [])))


def test_the_team_sees_codes_attributes_small_counts_and_words_to_keep() -> None:
    people = [person("P001", age="40", ville="Ici"), person("P002", consent={
        "v1": {ConsentKind.QUOTATION: ConsentState.REFUSED}})]  # fmt: skip
    _, interviews = one_each(2)
    spoken = [
        passage("E001", "P001", "T1", "secret", flag=Flag.NEVER),
        passage("E002", "P002", "T1", "refusé"),
    ]
    result = synthesise(material(people, interviews, spoken, attributes=("age",)), Audience.TEAM)
    cells = row(result.quotations, Citation="secret")
    assert (cells["Participant"], cells["Entretien"], cells["Marque"]) == ("P001", "E001", "ne jamais citer")
    assert (cells["Age"], cells["Ville"]) == ("40", "Ici")
    assert result.waves is not None
    assert row(result.waves, Code="T1")["Vague 1, personnes"] == 2
    assert not any("refusé" in str(text) for text in column(result.quotations, "Citation"))


def test_a_study_may_ask_for_a_mark_before_its_project_group_reads() -> None:
    people, interviews = one_each(2)
    spoken = [passage("E001", "P001", "T1", "marqué", flag=Flag.CITE), passage("E002", "P002", "T1", "sans marque")]
    result = synthesise(material(people, interviews, spoken, unmarked=False))
    assert column(result.quotations, "Citation") == ["marqué"]
    assert any("personne ne l'a marquée" in text for _, text in result.texts())


# --- the attacker


@st.composite
def studies(draw: st.DrawFn) -> Material:
    """Up to 18 people in one or two waves, codes at random, all quotations signed."""
    size = draw(st.integers(3, 18))
    numbers = range(1, size + 1)
    again = draw(st.frozensets(st.sampled_from(numbers)))
    bands = st.sampled_from(["18-24", "25-34", "35-44", "45-54", "55-64"])
    towns = st.sampled_from(["Clichy", "Colombes", "Meudon", "Sèvres"])
    second = draw(st.sampled_from(["sexe", "ville"]))
    people = [
        person(f"P{i:03}", age=draw(bands), **{second: draw(st.sampled_from("FH") if second == "sexe" else towns)})
        for i in numbers
    ]
    met = [(f"E{i:03}", f"P{i:03}", "v1") for i in numbers] + [(f"F{i:03}", f"P{i:03}", "v2") for i in sorted(again)]
    interviews: list[InterviewFacts] = [interview(code, who, wave=wave) for code, who, wave in met]
    often = draw(st.integers(1, 4))
    passages = [
        passage(
            code, who, topic, f"mots de {code} sur {topic}", start=100 * rank, wave=wave, flag=Flag.CITE, signed=True
        )
        for code, who, wave in met
        for rank, topic in enumerate(("T1", "T1.1", "T1.2", "T2"))
        if draw(st.integers(0, 4)) < (often if topic != "T1" else 1)
    ]
    return material(people, interviews, passages, attributes=("age", second), threshold=3, shared_by=3)


def whole_themes(themes: Table) -> set[str]:
    """Those that count no more people than their sub-codes together."""
    counts = {str(cells[1]): int(cells[3]) for cells in themes.rows}
    below = {code: sum(n for other, n in counts.items() if other.startswith(f"{code}.")) for code in counts}
    return {code for code, count in counts.items() if count <= below[code]}


def told_apart(made: Material) -> dict[str, dict[str, str]]:
    """Sheet of a crossing -> each person's column."""
    shown = Public(Base(made))
    kind = RespondentType.CONCERNED
    if kind not in shown.met:
        return {}
    known = shown.base.coded_people(GRID, kind)
    return {f"Thèmes × {one.key}": dict(one.of) for one in shown.splits(GRID, kind, known, asked(shown))}


def speaking(made: Material, theme: str) -> set[str]:
    return {p.participant for p in made.passages if p.participant and p.code.split(".")[0] == theme}


def insider(made: Material) -> Insider:
    columns = told_apart(made)
    met = {p.code: " ".join(sorted({i.wave for i in made.interviews if p.code in i.participants})) for p in made.people}
    people = [({sheet: of[who] for sheet, of in columns.items()}, waves) for who, waves in met.items() if waves]
    return {("Grille", "Personnes concernées"): people}


def true_count(made: Material, truth: Synthesis, place: Place) -> int:
    sheet, grid, code, title = place
    if sheet not in ("Thèmes", "Évolution"):
        return sum(told_apart(made)[sheet][who] == title for who in speaking(made, code))
    table = truth.themes if sheet == "Thèmes" else truth.waves
    assert table is not None
    wanted = {"Répondants": "Personnes concernées"} if sheet != "Thèmes" else {}
    value = row(table, Grille=grid, Code=code, **wanted)[title]
    assert isinstance(value, int)
    return value


def assert_nothing_is_rebuilt(made: Material) -> None:
    """By somebody who knows everybody that was met, hence by no reader who knows less."""
    synthesis = public(made)
    data = excel.render(synthesis)
    truth = synthesise(made, Audience.TEAM)
    whole = whole_themes(truth.themes)
    found = attack(data, whole, insider(made))
    assert_little_is_found(found, made, truth)
    assert_no_other_numbers(found.sheets, made, synthesis)


def assert_little_is_found(found: Attack, made: Material, truth: Synthesis) -> None:
    threshold = made.threshold
    for place, value in found.shown.items():
        assert value == true_count(made, truth, place)
        assert value >= threshold or (place[0] == "Évolution" and value == 0)  # nobody could be there
        assert found.sizes.get(place, value + 2) - value >= 2, place  # never all of a group, nor all but one
    for place, (low, high) in found.intervals.items():
        value = true_count(made, truth, place)
        assert low <= value <= high
        assert high - low >= max(1, threshold - 2), place
        if value < threshold:
            assert low <= 1, place
            assert high >= threshold - 1, place
    for place, (low, high, size) in found.groups.items():
        assert high - low >= min(max(1, threshold - 2), size) or low >= threshold, place


_NO_COUNTS = (
    r"\(empreinte [^)]*\)", r"Empreinte des données : \w+", "29 %", "7 personnes sur 24", r"\d+\u00a0codes?",
    r"version \d+", r"\b\d\S* janvier 20\d\d", r"mars 20\d\d", "Wiley, 2012, chapitre 4", "1 à",
)  # fmt: skip


def assert_no_other_numbers(sheets: dict[str, list[dict[str, object]]], made: Material, synthesis: Synthesis) -> None:
    """Profil: large counts alone. Text lines: those of the tables and of the rules."""
    assert all(int(str(r["Personnes"])) >= made.threshold for r in sheets["Profil"])
    told = "\n".join(text for place, text in synthesis.texts() if place.startswith(("Lisez-moi", "Méthode")))
    told = re.sub("|".join(_NO_COUNTS), "", told)
    allowed = {made.threshold, made.threshold - 1, made.shared_by, max(2, made.threshold - 1)}
    allowed |= {int(str(r["Personnes"])) for r in sheets["Profil"] if r["Caractéristique"] == "Personnes rencontrées"}
    assert {int(number) for number in re.findall(r"\b\d+\b", told)} <= allowed | {0}


@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(studies())
def test_an_attacker_rebuilds_no_hidden_count(made: Material) -> None:
    assert_nothing_is_rebuilt(made)


@pytest.mark.parametrize("again", [0, 5, 9, 12])
def test_an_attacker_rebuilds_nothing_where_many_are_met_again(again: int) -> None:
    people, first = one_each(14)
    second = [interview(f"F{i:03}", f"P{i:03}", wave="v2") for i in range(1, again + 1)]
    spoken = talk(*range(1, 10), code="T1.1") + talk(5, 6, 12, 13, code="T1.2") + talk(*range(3, 9), code="T2")
    spoken += [passage(f"F{i:03}", f"P{i:03}", "T1.1", wave="v2") for i in range(1, again) if i % 4]
    assert_nothing_is_rebuilt(material(people, [*first, *second], spoken))


# --- crossings


def by_age_and_sex(*spoken: Passage, **options: object) -> Material:
    """30 people: ten of each of three ages, as many women as men."""
    ages = ("18-24", "35-44", "55-64")
    people = [person(f"P{i:03}", age=ages[(i - 1) // 10], sexe="FH"[i % 2]) for i in range(1, 31)]
    _, interviews = one_each(30)
    return material(people, interviews, list(spoken), attributes=("age", "sexe"), **options)  # type: ignore[arg-type]


def crossing(made: Material, name: str) -> Table | None:
    return next((table for table in public(made).crossings if table.name == name), None)


def test_who_speaks_of_a_theme_by_value_of_the_broad_attributes() -> None:
    made = by_age_and_sex(*talk(*range(1, 8), *range(11, 17), *range(21, 27)))
    table = crossing(made, "Thèmes × age")
    assert table is not None
    assert [c.title for c in table.columns[3:]] == ["Répondants", "18-24", "35-44", "55-64"]
    assert table.rows[0][4:] == (10, 10, 10)
    assert row(table, Code="T1")["18-24"] == 7
    assert column(table, "Code") == ["", "T1"]  # neither sub-codes, nor T2, of which nothing can be told
    assert table.figures[0].series[0].values == (7,)
    assert_nothing_is_rebuilt(made)


def test_a_crossing_that_would_tell_of_everybody_in_a_group_does_not() -> None:
    of_all = by_age_and_sex(*talk(*range(1, 11), *range(11, 17), *range(21, 27)))
    of_all_but_one = by_age_and_sex(*talk(*range(1, 10), *range(11, 17), *range(21, 27)))
    for made in (of_all, of_all_but_one):
        table = crossing(made, "Thèmes × age")
        assert table is None or HIDDEN in row(table, Code="T1").values()
        assert_nothing_is_rebuilt(made)


def test_themes_come_first_a_crossing_takes_no_count_from_them() -> None:
    made = by_age_and_sex(*talk(*range(1, 3), *range(11, 17), *range(21, 27)))
    assert row(public(made).themes, Code="T1")[SPEAK] == 14
    table = crossing(made, "Thèmes × age")
    assert table is not None
    assert list(row(table, Code="T1").values())[4:] == [HIDDEN, HIDDEN, 6]  # a 6 with the 2, which it would give back
    assert_nothing_is_rebuilt(made)


def test_attributes_stand_beside_no_words_whose_cell_is_hidden() -> None:
    made = by_age_and_sex(*talk(*range(1, 5), *range(11, 14), *range(21, 28)))
    table = crossing(made, "Thèmes × age")
    assert table is not None
    assert row(table, Code="T1")["55-64"] == 7
    assert row(table, Code="T1")["18-24"] == row(table, Code="T1")["35-44"] == HIDDEN
    quoted = public(made).quotations
    beside = dict(zip(column(quoted, "Citation"), column(quoted, "Age"), strict=True))
    assert beside["mes mots 1"] == NOT_SHOWN
    assert beside["mes mots 22"] == "55-64"
    assert_nothing_is_rebuilt(made)


def test_a_crossing_left_out_is_told() -> None:
    people, interviews = one_each(12)
    made = material(people, interviews, talk(*range(1, 9)), attributes=("age",))
    made = replace(made, people=tuple(person(p.code, age="18-24") for p in people))
    result = public(made)
    assert not result.crossings
    assert any("Pas de croisement par « Age »" in text for _, text in result.texts())
