"""A study of 25 people, ten of them met twice: what the public still reads of it, and what nobody can compute."""

from __future__ import annotations

from dataclasses import replace

import pytest
from attacker import HIDDEN, attack
from studies import Code, interview, material, passage, person

from enquete.findings import synthesise
from enquete.findings.material import Grid, InterviewFacts, Material, Passage
from enquete.findings.tables import Synthesis, Table
from enquete.model import Audience
from enquete.reports import excel

SPEAKERS = (0, 1, 2, 4, 5, 6, 8, 10, 12, 14, 17, 20)  # of each theme
AGAIN = range(1, 11)


@pytest.fixture(scope="module")
def made() -> Material:
    """Who speaks of a theme is spread over ages and sexes; those met twice say it then, again, or at last."""
    codes = tuple(Code(f"T{place}", f"Thème {place}") for place, _ in enumerate(SPEAKERS, start=1))
    people = [
        person(f"P{i:03}", age=("18-34", "35-54", "55-74")[i % 3], sexe="F" if i % 5 < 3 else "H") for i in range(1, 26)
    ]
    interviews: list[InterviewFacts] = [interview(f"E{i:03}", f"P{i:03}") for i in range(1, 26)]
    interviews += [interview(f"F{i:03}", f"P{i:03}", wave="v2") for i in AGAIN]
    passages: list[Passage] = []
    for place, (code, count) in enumerate(zip(codes, SPEAKERS, strict=True)):
        speaking = sorted(range(1, 26), key=lambda i: (i * 7 + place * 11) % 25)[:count]
        first = [i for i in speaking if i not in AGAIN or (i + place) % 3]
        second = [i for i in speaking if i in AGAIN and (i + place) % 3 < 2]
        passages += [passage(f"E{i:03}", f"P{i:03}", code.id, "mes mots") for i in first]
        passages += [passage(f"F{i:03}", f"P{i:03}", code.id, "mes mots", wave="v2") for i in second]
    grid = Grid("G", "Grille", "1", "0" * 64, codes)
    return replace(material(people, interviews, passages, attributes=("age", "sexe")), codebooks=(grid,))


@pytest.fixture(scope="module")
def synthesis(made: Material) -> Synthesis:
    return synthesise(made, Audience.PUBLIC)


def numbers(table: Table, first: int) -> list[int]:
    """Those that are shown, from a column on."""
    return [cell for cells in table.rows for cell in cells[first:] if isinstance(cell, int)]


def test_every_theme_of_enough_people_has_its_number(synthesis: Synthesis) -> None:
    told = {cells[1]: cells[3] for cells in synthesis.themes.rows}
    assert told == {f"T{place}": count if count >= 5 else HIDDEN for place, count in enumerate(SPEAKERS, start=1)}


def test_waves_and_crossings_are_not_blank(synthesis: Synthesis) -> None:
    assert synthesis.waves is not None
    assert 5 in numbers(synthesis.waves, 6)  # in the second wave, out of ten
    age, sex = synthesis.crossings
    assert len(numbers(age, 4)) >= 4  # themes of both groups, and whom they are out of
    assert len(numbers(sex, 4)) >= 6


def test_what_is_hidden_is_explained_where_it_stands(synthesis: Synthesis) -> None:
    hiding = [table for table in synthesis.sheets if isinstance(table, Table) and any(HIDDEN in r for r in table.rows)]
    assert hiding
    assert all(any(HIDDEN in note for note in table.notes) for table in hiding)


def test_whoever_compares_everything_computes_no_small_count(made: Material, synthesis: Synthesis) -> None:
    found = attack(excel.render(synthesis))
    assert found.intervals
    for place, (low, high) in found.intervals.items():
        assert high - low >= 3, place
    assert all(value >= 5 or value == 0 for value in found.shown.values())
