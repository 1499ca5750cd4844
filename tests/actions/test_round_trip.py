"""A workbook of the synthesis that people changed comes back: shown, taken in; nothing that anybody wrote is lost."""

import datetime
import shutil
import subprocess

import openpyxl
import pytest
from coded import add_texts, code

from enquete.actions.study import open_study
from enquete.findings.written.types import PieceKind
from enquete.store.database import transaction
from enquete.store.people import put_participant
from enquete.store.pieces import pieces
from enquete.store.remarks import remarks

BOOK = "exports/groupe-projet/synthese.xlsx"


@pytest.fixture
def written(study, enquete):
    """A study with an interview, a finding and a recommendation, and its workbook for the project group."""
    with open_study(study).database() as db, transaction(db):
        put_participant(db, "P001", "concerned")
    (interview,) = add_texts(study, [["Je dors mal depuis mars.", "Après, la lettre est venue."]])
    with open_study(study).database() as db, transaction(db):
        db.execute("INSERT INTO interview_participant SELECT i.id, p.id FROM interview i, participant p")
    code(study, "lea", interview, ("Je dors mal", "R07.2"), ("la lettre", "R07.2"))
    fields = ("--champ", "État=proposé", "--champ", "Cas=P001", "--champ", "Interprétation=P001 ne dort plus.")
    assert enquete("constat", "nouveau", "Les nuits", "--par", "lea", *fields)[0] == 0
    assert enquete("recommandation", "nouveau", "Prévenir", "--par", "lea", "--champ", "Constats=C01")[0] == 0
    write(enquete)
    return study


def write(enquete):
    got, _, errors = enquete("synthese", "--format", "xlsx")
    assert got == 0, errors


def edit(study, *cells):
    """cells: (sheet, row from 2, title, value); row 0: the first row under the table."""
    path = study / BOOK
    book = openpyxl.load_workbook(path)
    for sheet, row, title, value in cells:
        page = book[sheet]
        column = next(cell.column for cell in page[1] if cell.value == title)
        page.cell(row or next(r for r in range(2, 99) if not page.cell(r, 1).value), column).value = value
    edited = study / "rendu.xlsx"
    book.save(edited)
    return edited


def held(study, kind=PieceKind.FINDING):
    with open_study(study).database() as db:
        return pieces(db, kind)


def test_a_workbook_that_nobody_changed_brings_nothing(written, enquete):
    got, out, errors = enquete("synthese", "reprendre", written / BOOK)
    assert got == 0, errors
    assert out == "Rien n'a changé dans ce classeur.\n"


def test_what_people_changed_is_shown_then_taken_in(written, enquete):
    changed = edit(
        written,
        ("Constats", 2, "État", "Validé"),
        ("Recommandations", 2, "Pour quand", datetime.datetime(2026, 4, 1)),
        ("Recommandations", 2, "À qui", "CAF ; CPAM"),
    )
    got, out, errors = enquete("synthese", "reprendre", changed, "--essai")
    assert got == 0, errors
    assert "Constats, C01, État : « proposé » devient « validé »" in out
    assert held(written)[0].get("state") == "proposé"
    assert enquete("synthese", "reprendre", changed)[0] == 0
    assert held(written)[0].get("state") == "validé"
    (asked,) = held(written, PieceKind.RECOMMENDATION)
    assert (asked.get("when"), asked.get("addressees")) == ("2026-04-01", "CAF, CPAM")
    assert "Rien n'a changé" in enquete("synthese", "reprendre", changed)[1]


def test_labels_of_people_become_codes_again(written, enquete):
    page = openpyxl.load_workbook(written / BOOK)["Constats"]
    text = next(cell.value for cell in page[2] if cell.value and "ne dort plus" in str(cell.value))
    assert text == "Personne 1 ne dort plus."
    assert (
        enquete("synthese", "reprendre", edit(written, ("Constats", 2, "Interprétation", f"{text} La lettre.")))[0] == 0
    )
    assert held(written)[0].get("text") == "P001 ne dort plus. La lettre."


def test_what_both_changed_is_left_to_a_person(written, enquete):
    changed = edit(written, ("Constats", 2, "Titre", "Du classeur"))
    assert enquete("constat", "modifier", "C01", "--champ", "Titre=De l'étude", "--par", "lea")[0] == 0
    got, out, _ = enquete("synthese", "reprendre", changed)
    assert got == 1
    assert "DÉSACCORD Constats, C01, Titre" in out
    assert held(written)[0].get("title") == "De l'étude"
    assert enquete("synthese", "reprendre", changed, "--prendre", "classeur")[0] == 0
    assert held(written)[0].get("title") == "Du classeur"


def test_a_bad_cell_hides_no_other_and_names_its_place(written, enquete):
    changed = edit(
        written, ("Constats", 2, "État", "fini"), ("Constats", 2, "Titre", "Les nuits sont courtes"),
        ("Constats", 0, "Interprétation", "Sans titre."),
    )  # fmt: skip
    got, out, _ = enquete("synthese", "reprendre", changed)
    assert got == 1
    assert "REFUSÉ Constats, ligne 2, « État »" in out
    assert "REFUSÉ Constats, ligne 3 : sans « Titre »" in out
    assert held(written)[0].get("title") == "Les nuits sont courtes"


def test_a_row_that_people_add_is_a_new_piece_once(written, enquete):
    changed = edit(written, ("Recommandations", 0, "Demande", "Rappeler les gens"))
    for _ in range(2):
        assert enquete("synthese", "reprendre", changed, "--par", "ines")[0] == 0
    assert [piece.get("title") for piece in held(written, PieceKind.RECOMMENDATION)] == [
        "Prévenir",
        "Rappeler les gens",
    ]


def test_quotations_are_chosen_and_commented_in_the_workbook(written, enquete):
    changed = edit(written, ("Verbatims", 2, "Appuie", "c1"), ("Verbatims", 2, "Commentaire", "À lire"))
    assert enquete("synthese", "reprendre", changed)[0] == 0
    (piece,) = held(written)
    assert [one.text for one in piece.evidence] == ["Je dors mal"]
    with open_study(written).database() as db:
        assert [one.body for one in remarks(db)] == ["À lire"]
    write(enquete)
    assert enquete("synthese", "reprendre", edit(written, ("Verbatims", 2, "Appuie", None)))[0] == 0
    assert held(written)[0].evidence == ()


def test_a_name_typed_in_the_workbook_stays_nowhere(written, enquete):
    changed = edit(written, ("Constats", 2, "Commentaires", "Madame Fatoumata Diallo l'a dit."))
    got, out, _ = enquete("synthese", "reprendre", changed)
    assert got == 0
    assert "Diallo" not in out
    assert "Diallo" not in held(written)[0].get("comments")


def test_rows_moved_and_columns_added_change_nothing(written, enquete):
    book = openpyxl.load_workbook(written / BOOK)
    page = book["Constats"]
    page.insert_cols(2)
    page.cell(1, 2).value = "Ma colonne"
    page.cell(2, 2).value = "mes notes"
    page.insert_rows(1)
    book.save(written / "rendu.xlsx")
    got, out, errors = enquete("synthese", "reprendre", written / "rendu.xlsx")
    assert (got, out) == (0, "Rien n'a changé dans ce classeur.\n"), errors


def test_another_workbook_is_refused(written, enquete, tmp_path):
    openpyxl.Workbook().save(tmp_path / "autre.xlsx")
    got, _, errors = enquete("synthese", "reprendre", tmp_path / "autre.xlsx")
    assert got == 1
    assert "Erreur : autre.xlsx" in errors


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_a_workbook_saved_by_libreoffice_comes_back_the_same(written, enquete, tmp_path):
    changed = edit(written, ("Constats", 2, "Limites", "Une seule personne.\n\nÀ revoir."))
    command = ["soffice", f"-env:UserInstallation=file://{tmp_path}/lo", "--headless", "--convert-to"]
    for kind in ("ods", "xlsx"):
        out = tmp_path / kind
        subprocess.run([*command, kind, "--outdir", out, changed], check=True, capture_output=True)
    got, told, errors = enquete("synthese", "reprendre", tmp_path / "xlsx" / "rendu.xlsx", "--essai")
    assert got == 0, errors
    assert told.count("devient") == 1
    assert enquete("synthese", "reprendre", tmp_path / "ods" / "rendu.ods")[0] == 0
    assert held(written)[0].get("limits") == "Une seule personne.\n\nÀ revoir."


def test_a_row_that_lost_its_number_is_no_new_piece(written, enquete):
    changed = edit(written, ("Recommandations", 2, "N°", None), ("Recommandations", 2, "Réponse", "Non."))
    got, out, _ = enquete("synthese", "reprendre", changed, "--par", "ines")
    assert got == 1
    assert "REFUSÉ Recommandations, ligne 2 : a perdu son numéro, ou redit REC01" in out
    assert len(held(written, PieceKind.RECOMMENDATION)) == 1


def test_names_typed_in_lists_of_the_workbook_are_masked(written, enquete):
    changed = edit(written, ("Recommandations", 2, "À qui", "CAF, Fatoumata Diallo"))
    assert enquete("synthese", "reprendre", changed, "--par", "ines")[0] == 0
    assert held(written, PieceKind.RECOMMENDATION)[0].get("addressees") == "CAF, [personne]"
    assert b"Diallo" not in (written / "etude.db").read_bytes()
