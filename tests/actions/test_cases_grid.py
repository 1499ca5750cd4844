"""Summaries of cases go out as a grid, come back, and nothing that somebody wrote is lost."""

import pytest
from openpyxl import load_workbook

from enquete.actions.findings.grid import GRID
from enquete.findings.sheets import CASES


@pytest.fixture
def met(enquete, study, talk):
    """One person met."""
    assert enquete("importer", "entretiens", talk, "--vague", "v1")[0] == 0
    assert enquete("cas", "ecrire", "P001", "--theme", "R01", "--texte", "Avant.", "--par", "lea")[0] == 0
    assert enquete("cas", "grille")[0] == 0
    return study


def filled(study, tmp_path, words):
    """The workbook with other words in the cell that says « Avant. », and a column that somebody added."""
    book = load_workbook(study / GRID)
    sheet = book[CASES]
    next(cell for row in sheet for cell in row if cell.value == "Avant.").value = words
    sheet.cell(1, sheet.max_column + 1).value = "À moi"
    sheet.cell(2, sheet.max_column).value = "note"
    book.save(tmp_path / "rendu.xlsx")
    return tmp_path / "rendu.xlsx"


def test_what_the_workbook_alone_changed_is_taken_in_and_its_history_kept(enquete, met, tmp_path):
    path = filled(met, tmp_path, "Après.")
    code, out, errors = enquete("cas", "reprendre", path, "--par", "tom", "--essai")
    assert code == 0, errors
    assert "1\u00a0résumé à reprendre" in out
    assert "Avant." in enquete("cas", "montrer", "P001")[1]
    assert "1\u00a0résumé repris" in enquete("cas", "reprendre", path, "--par", "tom")[1]
    assert "0\u00a0résumé repris" in enquete("cas", "reprendre", path, "--par", "tom")[1]
    out = enquete("cas", "montrer", "P001", "--historique")[1]
    assert "Avant." in out
    assert "Après." in out


def test_what_both_changed_waits_for_somebody(enquete, met, tmp_path):
    path = filled(met, tmp_path, "Du fichier.")
    enquete("cas", "ecrire", "P001", "--theme", "R01", "--texte", "De l'étude.", "--par", "lea")
    code, out, _ = enquete("cas", "reprendre", path, "--par", "tom")
    assert code == 1
    assert "De l'étude." in out
    assert "Du fichier." in out
    assert "De l'étude." in enquete("cas", "montrer", "P001")[1]
    assert enquete("cas", "reprendre", path, "--par", "tom", "--prendre", "fichier")[0] == 0
    assert "Du fichier." in enquete("cas", "montrer", "P001")[1]


def test_a_long_table_is_taken_in_and_a_bad_row_is_told(enquete, met, tmp_path):
    path = tmp_path / "resumes.csv"
    path.write_text("participant;thème;résumé\nP001;R02;Deux.\nP999;R02;Qui ?\nP001;R99;Quoi ?\n", encoding="utf-8")
    code, out, _ = enquete("cas", "reprendre", path, "--par", "tom")
    assert code == 1
    assert "ligne 3" in out
    assert "ligne 4" in out
    assert "Deux." in enquete("cas", "montrer", "P001")[1]


def test_a_table_that_is_no_grid_is_refused(enquete, met, tmp_path):
    path = tmp_path / "autre.csv"
    path.write_text("a;b\n1;2\n", encoding="utf-8")
    code, _, errors = enquete("cas", "reprendre", path, "--par", "tom")
    assert code == 1
    assert "grille des cas" in errors


def test_an_unknown_theme_is_refused(enquete, met):
    code, _, errors = enquete("cas", "ecrire", "P001", "--theme", "R99", "--texte", "x", "--par", "lea")
    assert code == 2
    assert "R99" in errors


def test_equal_studies_give_equal_bytes(enquete, met, tmp_path):
    assert enquete("cas", "grille", "--sortie", tmp_path / "b.xlsx")[0] == 0
    assert (tmp_path / "b.xlsx").read_bytes() == (met / GRID).read_bytes()
