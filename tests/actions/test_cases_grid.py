"""Summaries of cases go out as a grid, come back, and nothing that somebody wrote is lost."""

import shutil
import subprocess
import zlib

import pytest
from openpyxl import load_workbook

from enquete.actions.findings.grid import GRID
from enquete.findings.sheets import CASES
from enquete.reports.case_grid import PASSAGES
from enquete.store import database

THEME = "rsa:R01"


@pytest.fixture
def met(enquete, study, talk, tmp_path):
    """One person met, in an interview coded under R07, and a summary under R01."""
    assert enquete("importer", "entretiens", talk, "--vague", "v1")[0] == 0
    codings = tmp_path / "codages.csv"
    codings.write_text("entretien;code;tour\nE001;R07;2\n", encoding="utf-8")
    code, out, errors = enquete("importer", "codages", codings, "--codeur", "lea")
    assert code == 0, out + errors
    assert enquete("cas", "ecrire", "P001", "--theme", "R01", "--texte", "Avant.", "--par", "lea")[0] == 0
    assert enquete("cas", "grille")[0] == 0
    return study


def cell_of(sheet, person, theme):
    """Where a summary stands, wherever its row and column are by now."""
    column = next(cell.column for cell in sheet[1] if str(cell.value).startswith(f"{theme} "))
    place = next(cell.column for cell in sheet[1] if cell.value == "Personne")
    row = next(row[0].row for row in sheet.iter_rows(min_row=2) if row[place - 1].value == person)
    return sheet.cell(row, column)


def filled(study, tmp_path, words, theme=THEME):
    """The workbook with other words under a theme, and a column that somebody added."""
    book = load_workbook(study / GRID)
    sheet = book[CASES]
    cell_of(sheet, "P001", theme).value = words
    sheet.insert_cols(1)
    sheet.cell(1, 1).value = "À moi"
    sheet.cell(2, 1).value = "note"
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
    assert enquete("cas", "reprendre", path, "--par", "tom", "--prendre", "classeur")[0] == 0
    assert "Du fichier." in enquete("cas", "montrer", "P001")[1]


def test_a_summary_that_was_emptied_is_taken_off_and_stays_in_its_history(enquete, met, tmp_path):
    enquete("cas", "reprendre", filled(met, tmp_path, None), "--par", "tom")
    assert "Aucun résumé" in enquete("cas", "montrer", "P001")[1]
    assert "Avant." in enquete("cas", "montrer", "P001", "--historique")[1]


def test_names_that_are_typed_are_masked_and_the_same_workbook_comes_back_the_same(enquete, met, tmp_path):
    path = filled(met, tmp_path, "Sa voisine, Mme Brigitte Delaunay, l'a aidée.")
    code, out, _ = enquete("cas", "reprendre", path, "--par", "tom")
    assert code == 0
    assert "masqués" in out
    assert "Delaunay" not in out
    assert "Delaunay" not in enquete("cas", "montrer", "P001", "--historique")[1]
    code, out, _ = enquete("cas", "reprendre", path, "--par", "tom")
    assert code == 0
    assert "0\u00a0résumé repris" in out


def test_a_bad_row_is_told_by_its_place_and_hides_no_other(enquete, met, tmp_path):
    path = filled(met, tmp_path, "Après.")
    book = load_workbook(path)
    sheet = book[CASES]
    place = cell_of(sheet, "P001", THEME)
    sheet.cell(3, place.column).value = "À qui ?"
    sheet.cell(4, 2).value = "P999"
    sheet.cell(4, place.column).value = "De qui ?"
    book.save(path)
    code, out, _ = enquete("cas", "reprendre", path, "--par", "tom")
    assert code == 1
    assert f"ligne 3, colonne {place.column_letter}" in out
    assert "« P999 » n'est pas une personne" in out
    assert "Après." in enquete("cas", "montrer", "P001")[1]


def test_a_grid_that_nobody_took_back_is_not_written_over(enquete, met, tmp_path):
    shutil.copy(filled(met, tmp_path, "Mon travail."), met / GRID)
    code, _, errors = enquete("cas", "grille")
    assert code == 1
    assert "cas reprendre" in errors
    assert enquete("cas", "reprendre", met / GRID, "--par", "tom")[0] == 0
    assert enquete("cas", "grille")[0] == 0
    assert cell_of(load_workbook(met / GRID)[CASES], "P001", THEME).value == "Mon travail."


def test_without_its_mark_nothing_of_the_study_is_written_over(enquete, met, tmp_path):
    path = filled(met, tmp_path, "Après.")
    book = load_workbook(path)
    del book["Mode d'emploi"]
    book.save(path)
    code, out, _ = enquete("cas", "reprendre", path, "--par", "tom")
    assert code == 1
    assert "changé des deux côtés" in out
    assert "Avant." in enquete("cas", "montrer", "P001")[1]


def test_a_cell_leads_to_its_passages_and_back(enquete, met):
    book = load_workbook(met / GRID)
    grid, passages = book[CASES], book[PASSAGES]
    summary = cell_of(grid, "P001", "rsa:R07")
    beside = grid.cell(summary.row, summary.column + 1)
    assert beside.value == "1\u00a0passage"
    assert beside.hyperlink.location == f"'{PASSAGES}'!A2"
    assert passages["A2"].value == "P001"
    assert passages["A2"].hyperlink.location == f"'{CASES}'!{summary.coordinate}"
    nothing = cell_of(grid, "P001", "rsa:R02")
    assert grid.cell(nothing.row, nothing.column + 1).value == "aucun"
    assert nothing.fill.fgColor.rgb != summary.fill.fgColor.rgb


def test_a_summary_whose_passages_changed_is_marked_until_somebody_reads_again(enquete, met, tmp_path):
    enquete("cas", "ecrire", "P001", "--theme", "R07", "--texte", "Suspendue.", "--par", "lea")
    more = tmp_path / "plus.csv"
    more.write_text("entretien;code;tour\nE001;R07.1;4\n", encoding="utf-8")
    assert enquete("importer", "codages", more, "--codeur", "tom")[0] == 0
    assert "à relire" in enquete("cas")[1]
    enquete("cas", "grille")
    summary = cell_of(load_workbook(met / GRID)[CASES], "P001", "rsa:R07")
    assert "changés depuis" in load_workbook(met / GRID)[CASES].cell(summary.row, summary.column + 1).value
    assert "1\u00a0résumé relu" in enquete("cas", "revoir", "P001", "--par", "lea")[1]
    assert "à relire" not in enquete("cas")[1]


@pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice is not installed")
@pytest.mark.parametrize("suffix", ["xlsx", "ods"])
def test_a_grid_that_libreoffice_saved_comes_back(enquete, met, tmp_path, suffix):
    words = "Deux lignes :\n- une\n- « deux », 50 % = +1"
    path = filled(met, tmp_path, words)
    out = tmp_path / "lo"
    subprocess.run(
        ["soffice", f"-env:UserInstallation=file://{tmp_path}/profile", "--headless", "--convert-to", suffix,
         "--outdir", out, path], check=True, capture_output=True, timeout=120,
    )  # fmt: skip
    code, said, errors = enquete("cas", "reprendre", out / f"rendu.{suffix}", "--par", "tom")
    assert code == 0, said + errors
    assert "1\u00a0résumé repris" in said
    assert "« deux », 50 % = +1" in enquete("cas", "montrer", "P001")[1]


def test_a_long_table_is_taken_in_and_a_bad_row_is_told(enquete, met, tmp_path):
    path = tmp_path / "resumes.csv"
    path.write_text("participant;thème;résumé\nP001;R02;Deux.\nP999;R02;Qui ?\nP001;R99;Quoi ?\n", encoding="utf-8")
    code, out, _ = enquete("cas", "importer", path, "--par", "tom")
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


def test_what_a_grid_said_when_it_left_keeps_no_words(enquete, met):
    enquete("cas", "ecrire", "P001", "--theme", "R02", "--texte", "Cinq enfants, un canapé.", "--par", "lea")
    assert enquete("cas", "grille")[0] == 0
    with database.opened(met / "etude.db") as db:
        (*_, last) = [zlib.decompress(row["body"]) for row in db.execute("SELECT body FROM departure ORDER BY made_at")]
    assert b"rsa:R02" in last
    assert b"canap" not in last
