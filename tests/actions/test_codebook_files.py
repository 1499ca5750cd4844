"""Codebooks as files: which one is meant, and what stood there before."""

import io

import openpyxl


def test_a_codebook_that_is_replaced_is_kept_beside(enquete, study, tmp_path):
    path = tmp_path / "grille.xlsx"
    enquete("grille", "exporter", "rsa", "--sortie", path)
    book = openpyxl.load_workbook(io.BytesIO(path.read_bytes()))
    for row in book.worksheets[0].iter_rows():
        for cell in row:
            if cell.value == "Sanction subie":
                cell.value = "Sanction vécue"
    book.save(path)
    before = (study / "codebooks" / "rsa.yaml").read_bytes()
    code, out, _ = enquete("grille", "importer", path)
    assert code == 0
    assert "rsa.avant.yaml" in out
    assert (study / "codebooks" / "rsa.avant.yaml").read_bytes() == before
    assert "avant" not in enquete("grille", "verifier")[1]


def test_a_workbook_is_to_be_taken_in_first(enquete, study):
    assert enquete("grille", "exporter", "rsa")[0] == 0
    code, _, errors = enquete("grille", "verifier", "rsa.xlsx")
    assert code == 2
    assert "enquete grille importer rsa.xlsx" in errors


def test_outside_a_study_spotting_asks_for_a_codebook(enquete, talk, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    code, _, errors = enquete("reperer", talk, "--json")
    assert code == 2
    assert "--grille" in errors
    assert "rsa" in errors
