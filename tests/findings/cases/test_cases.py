"""The grid of cases and the types made by hand, as the team and the project group read them."""

from __future__ import annotations

from dataclasses import replace

import pytest
from studies import interview, material, passage, person, row

from enquete.findings.sheets import QUOTATIONS
from enquete.findings.synthesis import synthesise
from enquete.findings.written.pieces import Piece
from enquete.findings.written.types import PieceKind
from enquete.model import Audience


def study(*pieces, attributes=("logement",)):
    """Eight people, the first six housed by others; the first two and the last speak of money."""
    people = [person(f"P{i:03}", logement="hébergé" if i <= 6 else "locataire") for i in range(1, 9)]
    met = [interview(f"E{i:03}", f"P{i:03}") for i in range(1, 9)]
    said = [passage(f"E{i:03}", f"P{i:03}", "T1.1") for i in (1, 2, 8)]
    return replace(material(people, met, said, attributes=attributes, threshold=5), pieces=pieces)


def case(code, **fields):
    return Piece(code, PieceKind.CASE, {name.replace("_", ":"): words for name, words in fields.items()})


def kind(code, people, **fields):
    return Piece(code, PieceKind.TYPE, {"title": "Suspendus", "cases": ", ".join(people), **fields})


def test_no_grid_while_nobody_wrote():
    made = synthesise(study(), Audience.TEAM)
    assert made.cases is None
    assert made.types is None


def test_summaries_stand_beside_attributes_and_lead_to_the_first_quotation():
    made = synthesise(study(case("P002", G_T1="Emprunte à sa sœur, comme P001.")), Audience.TEAM)
    found = row(made.cases, Personne="P002")
    assert found["T1 Argent"] == "Emprunte à sa sœur, comme P001."
    assert "hébergé" in found.values()
    ((place, (sheet, target)),) = made.cases.links.items()
    assert (place[0], sheet) == (1, QUOTATIONS)
    assert "P002" in made.quotations.rows[target]
    assert len(made.cases.rows) == 8  # nobody is left out for want of a summary


def test_the_project_group_reads_labels_and_no_attribute():
    made = synthesise(study(case("P002", G_T1="Comme P001.")), Audience.PROJECT_GROUP)
    (cells,) = made.cases.rows
    told = " ".join(map(str, cells))
    assert "P00" not in told
    assert "hébergé" not in told
    assert "Comme Personne " in told


def test_a_summary_under_a_code_that_is_gone_or_below_a_theme_stays_readable():
    made = synthesise(study(case("P002", **{"G:T1.1": "a", "G:T9": "b"})), Audience.TEAM)
    titles = [column.title for column in made.cases.columns]
    assert "T1.1 Dettes" in titles
    assert row(made.cases, Personne="P002")["G:T9 (hors grille)"] == "b"


def test_counts_of_a_type_stand_beside_those_of_the_others():
    made = synthesise(study(kind("T01", ["P001", "P002", "P007"], text="Sans rien.")), Audience.TEAM)
    found = row(made.types, Quoi="Thème", Valeur="T1 Argent")
    assert [found[title] for title in ("Dans ce type", "Sur", "Chez les autres", "Sur (autres)")] == [2, 3, 1, 5]
    housed = row(made.types, Valeur="hébergé")
    assert [housed[title] for title in ("Dans ce type", "Sur", "Chez les autres", "Sur (autres)")] == [2, 3, 4, 5]
    assert row(made.types, Quoi="Cas")["Valeur"] == "P001, P002, P007"
    assert row(made.types, Quoi="Raisons")["Valeur"] == "Sans rien."


def test_cases_in_no_type_and_in_two_are_told():
    pieces = (kind("T01", ["P001", "P002"]), kind("T02", [f"P{i:03}" for i in range(2, 8)]))
    notes = synthesise(study(*pieces), Audience.TEAM).types.notes
    assert "Dans aucun type : P008." in notes
    assert "Dans plusieurs types : P002 (T01, T02)." in notes


@pytest.mark.parametrize(
    ("people", "shown"),
    [
        (["P001", "P002", "P007"], False),  # too few
        ([f"P{i:03}" for i in range(1, 6)], False),  # all of them housed by others: it would be told of each
        ([f"P{i:03}" for i in (1, 2, 3, 4, 5, 7)], True),
    ],
)
def test_attributes_are_never_told_of_labelled_people_one_by_one(people, shown):
    made = synthesise(study(kind("T01", people)), Audience.PROJECT_GROUP)
    assert ("hébergé" in {cells[4] for cells in made.types.rows}) is shown
    assert "P00" not in str(made.types)


def test_the_public_reads_neither_case_nor_type():
    made = synthesise(study(case("P002", G_T1="a"), kind("T01", ["P001"])), Audience.PUBLIC)
    assert made.cases is None
    assert made.types is None
