"""A study folder: made whole, found from inside, never over something else."""

import tomllib

import pytest


def test_a_new_study_has_its_parts_and_its_key_outside(enquete, tmp_path):
    folder = tmp_path / "mon étude"
    code, out, _ = enquete("nouveau", folder, "--kit", "rsa", "--kit", "inclusion-numerique", "--nom", "Essai « 1 »")
    assert code == 0
    assert tomllib.loads((folder / "enquete.toml").read_text(encoding="utf-8"))["nom"] == "Essai « 1 »"
    assert {path.name for path in folder.iterdir()} == {
        "enquete.toml", "etude.db", "coffre", "exports", "codebooks", "questionnaires", "analyses", "documents",
    }  # fmt: skip
    assert {path.name for path in (folder / "codebooks").iterdir()} == {"rsa.yaml", "inclusion-numerique.yaml"}
    (key,) = (tmp_path / "config").rglob("*.txt")
    assert str(key) in out
    assert "perdus pour toujours" in out
    assert not list(folder.rglob(key.name))
    assert not list(tmp_path.glob(".*"))


@pytest.mark.parametrize(
    ("prepare", "told"),
    [
        (lambda folder: (folder / "enquete.toml").write_text("x"), "contient déjà une étude"),
        (lambda folder: (folder / "autre.txt").write_text("x"), "n'est pas vide"),
    ],
)
def test_nothing_is_written_over(enquete, tmp_path, prepare, told):
    folder = tmp_path / "etude"
    folder.mkdir()
    prepare(folder)
    before = sorted(folder.iterdir())
    code, _, errors = enquete("nouveau", folder, "--kit", "rsa")
    assert code == 1
    assert told in errors
    assert sorted(folder.iterdir()) == before


def test_an_unknown_kit_is_misuse(enquete, tmp_path):
    code, _, errors = enquete("nouveau", tmp_path / "e", "--kit", "rssa")
    assert code == 2
    assert "inclusion-numerique, rsa" in errors
    assert not (tmp_path / "e").exists()


@pytest.mark.parametrize("part", ["Dropbox", "OneDrive - Asso", "Nextcloud"])
def test_a_synced_folder_is_refused(enquete, tmp_path, part):
    code, _, errors = enquete("nouveau", tmp_path / part / "etude", "--kit", "rsa")
    assert code == 1
    assert "synchronisé" in errors
    assert not (tmp_path / part).exists()


def test_the_study_is_found_from_below(enquete, study, monkeypatch):
    monkeypatch.chdir(study / "exports")
    code, out, _ = enquete("etat")
    assert code == 0
    assert "aucun entretien" in out
    assert "importer des entretiens" in out


def test_a_fault_in_the_settings_is_told_by_line_and_key(enquete, study):
    path = study / "enquete.toml"
    path.write_text(path.read_text(encoding="utf-8").replace("seuil = 5", 'seuil = "cinq"'), encoding="utf-8")
    code, _, errors = enquete("etat")
    assert code == 1
    assert "synthese.seuil" in errors
    assert "ligne" in errors
