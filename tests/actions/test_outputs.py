"""Spotting, codings and synthesis on a small study: what goes in, what comes out, what never does."""

import html
import io
import json
import shutil
import subprocess
import zipfile

import openpyxl
import pytest
from talks import NAMES, TALK

from enquete.actions.study import open_study
from enquete.store import codings as stored_codings

WORKING_COPY = "exports/equipe/reperage.xlsx"
SYNTHESIS = "exports/groupe-projet/synthese.xlsx"


@pytest.fixture
def coded(enquete, study, talk):
    """A study with one interview, spotted."""
    assert enquete("importer", "entretiens", talk, "--vague", "v1")[0] == 0
    code, out, errors = enquete("reperer")
    assert code == 0, errors
    assert "à décider par une personne" in out
    return study


def rows(path, sheet=0):
    book = openpyxl.load_workbook(path)
    head, *body = [[cell.value for cell in row] for row in book.worksheets[sheet].iter_rows()]
    return [dict(zip(head, row, strict=True)) for row in body]


def codings(study):
    with open_study(study).database() as db:
        return stored_codings.codings(db)


def test_spotting_reads_participants_only_and_says_why(enquete, coded):
    found = rows(coded / WORKING_COPY)
    assert {row["Code"] for row in found} >= {"R07.1"}
    for row in found:
        assert row["Tour"] % 2 == 0  # even turns are the participant's, counted from 1
        assert row["Mots"] in row["Contexte"]
        assert "indice" in row["Indice"]


def test_a_filled_working_copy_becomes_codings(enquete, coded, tmp_path):
    path = coded / WORKING_COPY
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[0]
    head = {cell.value: cell.column for cell in sheet[1]}
    sheet.cell(2, head["Décision"]).value = "oui"
    sheet.cell(2, head["Mémo"]).value = "Fatoumata le dit sans colère"
    if sheet.max_row > 2:
        sheet.cell(3, head["Décision"]).value = "non"
    book.save(path)
    code, out, _ = enquete("importer", "codages", path, "--codeur", "lea")
    assert code == 0
    assert "1\u00a0codage ajouté pour lea" in out
    (coding,) = codings(coded)
    assert coding.coder == "lea"
    assert "Fatoumata" not in coding.memo
    assert "sans colère" in coding.memo
    assert "1 déjà là" in enquete("importer", "codages", path, "--codeur", "lea")[1]
    _, out, _ = enquete("reperer")  # a copy in which somebody decided is not written over
    assert "est gardée" in out
    assert (coded / "exports/equipe/reperage-1.xlsx").exists()
    assert rows(path)[0]["Décision"] == "oui"


def test_suggestions_alone_are_never_findings(enquete, coded):
    code, out, _ = enquete("synthese")
    assert code == 0
    assert "Aucun codage humain" in out
    verbatims = openpyxl.load_workbook(coded / SYNTHESIS)["Verbatims"]
    assert "coupé la moitié" not in str([[cell.value for cell in row] for row in verbatims.iter_rows()])


def test_an_untouched_working_copy_is_no_coding(enquete, coded):
    code, out, _ = enquete("importer", "codages", coded / WORKING_COPY, "--codeur", "lea")
    assert code == 0
    assert "0\u00a0codage ajouté" in out
    assert codings(coded) == []


TABLE = """entretien;tour;citation;code;mémo;diffusion
E001;4;Ils m'ont coupé la moitié;R07.1;;à citer
Entretien Fatoumata D;;j'avais plus rien sur le compte;R02.1;;
E001;6;;R04.1;;
E001;6;Madame Lefèvre m'a rien expliqué;R06.2;;
E001;;des mots jamais dits par personne;R07.1;;
E001;4;;R99.9;;
E009;1;;R07.1;;
E001;99;;R07.1;;
"""


def test_each_row_that_cannot_be_placed_is_named(enquete, coded, tmp_path):
    path = tmp_path / "codages.csv"
    path.write_text(TABLE, encoding="utf-8")
    code, out, _ = enquete("importer", "codages", path, "--codeur", "lea")
    assert code == 1
    assert "4\u00a0codages ajoutés pour lea" in out
    for line in (6, 7, 8, 9):
        assert f"REFUSÉ codages.csv, ligne {line} : " in out
    assert {coding.code for coding in codings(coded)} == {"R07.1", "R02.1", "R04.1", "R06.2"}


def test_a_trial_of_codings_stores_nothing(enquete, coded, tmp_path):
    path = tmp_path / "codages.csv"
    path.write_text(TABLE, encoding="utf-8")
    enquete("importer", "codages", path, "--codeur", "lea", "--essai")
    assert codings(coded) == []


@pytest.fixture
def synthesis(enquete, coded, tmp_path):
    path = tmp_path / "codages.csv"
    path.write_text(TABLE, encoding="utf-8")
    enquete("importer", "codages", path, "--codeur", "lea")
    code, _, errors = enquete("synthese")
    assert code == 0, errors
    return coded / SYNTHESIS


def test_the_workbook_has_its_sheets_and_no_name(synthesis):
    book = openpyxl.load_workbook(synthesis)
    wanted = ["Lisez-moi", "Profil", "Thèmes", "Évolution", "Verbatims", "Grille de codage", "Méthode"]
    assert [name for name in book.sheetnames if name in wanted] == wanted
    with zipfile.ZipFile(synthesis) as archive:
        everything = html.unescape(b"".join(archive.read(name) for name in archive.namelist()).decode())
    for name in (*NAMES, "P001", "E001"):
        assert name not in everything
    assert "Ils m'ont coupé la moitié" in everything


def test_equal_studies_give_equal_bytes(enquete, synthesis, tmp_path):
    before = synthesis.read_bytes()
    other = tmp_path / "ailleurs.xlsx"
    assert enquete("synthese", "--sortie", other)[0] == 0
    assert other.read_bytes() == before


def test_an_output_with_a_name_in_it_is_not_written(enquete, synthesis, tmp_path):
    from enquete.store.database import transaction

    study = open_study(synthesis.parents[2])
    with study.database() as db, transaction(db):
        db.execute("UPDATE revision SET text = replace(text, 'la moitié', 'Fatoumat') WHERE text IS NOT NULL")
        db.execute("UPDATE revision SET text = replace(text, 'Fatoumat', 'Fatoumata') WHERE text IS NOT NULL")
    before = synthesis.read_bytes()
    code, _, errors = enquete("synthese")
    assert code == 1
    assert "nom de personne du coffre" in errors
    assert "Fatoumat" not in errors
    assert synthesis.read_bytes() == before


def test_after_an_edit_of_the_codebook_the_model_is_not_run_again(enquete, coded, monkeypatch):
    def never(*_arguments, **_options):
        raise AssertionError("the model was run")

    monkeypatch.setattr("enquete.actions.coding.spotting.parse", never)
    path = coded / "codebooks" / "rsa.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("version: 1", "version: 2", 1), encoding="utf-8")
    code, _, errors = enquete("reperer")
    assert code == 0, errors


def test_files_outside_a_study_are_spotted_as_json(enquete, talk, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    code, out, _ = enquete("reperer", talk, "--grille", "rsa", "--json")
    assert code == 0
    found = [json.loads(line) for line in out.splitlines()]
    assert found
    for row in found:
        assert set(row) == {"fichier", "tour", "debut", "fin", "code", "score", "origine"}
        assert row["tour"] in (1, 3, 5)
    said = {row["code"]: TALK[row["debut"] : row["fin"]] for row in found}
    assert "coupé la moitié" in said["R07.1"]


def test_files_outside_a_study_are_pseudonymised_as_json(enquete, talk):
    code, out, _ = enquete("pseudonymiser", talk, "--json")
    assert code == 0
    (row,) = map(json.loads, out.splitlines())
    hidden = {TALK[span["debut"] : span["fin"]] for span in row["reperages"]}
    assert {"Fatoumata Diarra", "Gennevilliers", "Ibrahim", "Lefèvre"} <= hidden
    for span in row["reperages"]:
        assert set(span) == {"debut", "fin", "type", "remplacement", "score", "pourquoi"}
        assert not any(name in span["pourquoi"] for name in NAMES)
    assert {path.name for path in talk.parent.iterdir() if path.is_file()} == {talk.name}


def test_files_outside_a_study_are_written_beside_a_report(enquete, talk, tmp_path):
    target = tmp_path / "sorties"
    code, out, _ = enquete("pseudonymiser", talk, "--dossier", target, "--texte")
    assert code == 0
    text = (target / f"{talk.stem}.pseudonymise.txt").read_text(encoding="utf-8")
    assert "Ils m'ont coupé la moitié" in text
    assert not any(name in text for name in NAMES)
    assert "« Ibrahim »" in (target / f"{talk.stem}.rapport.txt").read_text(encoding="utf-8")
    assert (target / f"{talk.stem}.extrait.txt").read_text(encoding="utf-8") == TALK
    assert "contient des noms" in out


def test_one_unreadable_file_among_others_is_named(enquete, talk, tmp_path):
    code, out, errors = enquete("pseudonymiser", tmp_path / "absent.txt", talk, "--json")
    assert code == 1
    assert "absent.txt" in errors
    assert len(out.splitlines()) == 1


def test_a_codebook_goes_to_excel_and_back(enquete, study, tmp_path):
    path = tmp_path / "grille.xlsx"
    assert enquete("grille", "exporter", "rsa", "--sortie", path)[0] == 0
    assert "rien n'a changé" in enquete("grille", "importer", path)[1]
    book = openpyxl.load_workbook(io.BytesIO(path.read_bytes()))
    for row in book.worksheets[0].iter_rows():
        for cell in row:
            if cell.value == "Sanction subie":
                cell.value = "Sanction vécue"
    book.save(path)
    code, out, _ = enquete("grille", "importer", path)
    assert code == 0
    assert "modifié : R07.1" in out
    assert "Sanction vécue" in enquete("grille", "montrer", "rsa")[1]


def test_a_broken_codebook_is_told_by_line(enquete, tmp_path):
    path = tmp_path / "grille.yaml"
    path.write_text("id: g\nlabel: G\nversion: 1\ncodes:\n  - id: A\n    label: A\n    parent: Z\n", encoding="utf-8")
    code, out, _ = enquete("grille", "verifier", path)
    assert code == 1
    assert "grille.yaml, ligne 7" in out or "grille.yaml, ligne 5" in out
    assert "« Z »" in out


def test_a_changed_decision_takes_back_what_was_taken_over(enquete, coded):
    path = coded / WORKING_COPY
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[0]
    column = next(cell.column for cell in sheet[1] if cell.value == "Décision")
    for decision, left in (("oui", 1), ("non", 0)):
        sheet.cell(2, column).value = decision
        book.save(path)
        assert enquete("importer", "codages", path, "--codeur", "lea")[0] == 0
        assert len(codings(coded)) == left


@pytest.mark.parametrize("name", ["Léa Dupont", "", "x" * 50])
def test_a_coder_is_a_code(enquete, coded, tmp_path, name):
    path = tmp_path / "codages.csv"
    path.write_text(TABLE, encoding="utf-8")
    assert enquete("importer", "codages", path, "--codeur", name)[0] == 2


def test_the_interviewers_words_are_not_coded(enquete, coded, tmp_path):
    path = tmp_path / "codages.csv"
    path.write_text("entretien;tour;code\nE001;3;R07.1\n", encoding="utf-8")
    code, out, _ = enquete("importer", "codages", path, "--codeur", "lea")
    assert code == 1
    assert "une parole de l'enquêteur" in out
    assert codings(coded) == []


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_libreoffice_opens_the_workbook(synthesis, tmp_path):
    profile = f"-env:UserInstallation=file://{tmp_path / 'profile'}"
    command = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path), str(synthesis)]
    done = subprocess.run(command, check=True, capture_output=True, text=True, timeout=120)
    assert (tmp_path / "synthese.pdf").read_bytes().startswith(b"%PDF")
    assert "Error" not in done.stderr
