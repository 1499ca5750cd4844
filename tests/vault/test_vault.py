"""The vault: whole or not at all, opened by its own key only."""

import os
import shutil
import stat
import subprocess

import pytest

from enquete.errors import EnqueteError, Problem
from enquete.vault import Original, SourceFile, Vault, create_key, keys_folder, put_flag


@pytest.fixture
def config_home(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.setenv("APPDATA", str(tmp_path / "config"))
    monkeypatch.delenv("ENQUETE_CLE", raising=False)


@pytest.fixture
def vault(tmp_path, config_home):
    _, public = create_key("essai")
    Vault.create(tmp_path / "coffre", [public])
    return Vault.open(tmp_path / "coffre")


def test_the_key_lies_outside_and_is_its_owners_alone(config_home):
    path, public = create_key("essai")
    assert path.parent == keys_folder()
    assert public.startswith("age1")
    if os.name != "nt":
        assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_identities_and_originals_come_back_and_nothing_is_readable(vault, tmp_path):
    identities = vault.identities()
    identities.files["u1"] = SourceFile("Entretien Fatoumata.docx", "abc", (("Fatoumata",),))
    identities.people["P001"] = {"prénom": "Fatoumata"}
    vault.write_identities(identities)
    vault.put_original("u1", Original("Entretien Fatoumata.docx", b"bonjour Fatoumata\n\x00"))
    again = Vault.open(tmp_path / "coffre")
    assert again.identities() == identities
    assert again.original("u1") == Original("Entretien Fatoumata.docx", b"bonjour Fatoumata\n\x00")
    for path in (tmp_path / "coffre").rglob("*"):
        assert "Fatoumata" not in path.name
        assert path.is_dir() or b"Fatoumata" not in path.read_bytes()


def test_orphans_are_swept(vault):
    vault.put_original("kept", Original("a.txt", b"a"))
    vault.put_original("orphan", Original("b.txt", b"b"))
    vault.remove_originals_except({"kept"})
    assert vault.original("kept").data == b"a"
    with pytest.raises(EnqueteError) as caught:
        vault.original("orphan")
    assert caught.value.problem is Problem.VAULT_MISSING


def test_without_its_key_a_vault_stays_closed(vault, tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "other"))
    monkeypatch.setenv("APPDATA", str(tmp_path / "other"))
    with pytest.raises(EnqueteError) as caught:
        Vault.open(tmp_path / "coffre")
    assert caught.value.problem is Problem.VAULT_NO_KEY
    wrong, _ = create_key("autre")
    with pytest.raises(EnqueteError) as caught:
        Vault.open(tmp_path / "coffre", wrong)
    assert caught.value.problem is Problem.VAULT_WRONG_KEY


def test_a_damaged_part_is_told(vault, tmp_path):
    path = tmp_path / "coffre" / "identites.age"
    path.write_bytes(path.read_bytes()[:-5])
    with pytest.raises(EnqueteError) as caught:
        vault.identities()
    assert caught.value.problem is Problem.VAULT_DAMAGED


def test_a_full_disk_leaves_what_was_there(vault, monkeypatch):
    before = vault.identities()

    def full(_descriptor):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(EnqueteError) as caught:
        vault.write_identities(before)
    assert caught.value.problem is Problem.VAULT_WRITE
    assert "le disque est plein" in str(caught.value)
    monkeypatch.undo()


@pytest.mark.skipif(shutil.which("age") is None, reason="Debian's age is not installed")
def test_debians_age_opens_every_part(vault, tmp_path):
    vault.put_original("u1", Original("a.txt", b"bonjour"))
    (key,) = keys_folder().glob("*.txt")
    for part in ("identites.age", "contacts.age", "originaux/u1.age"):
        command = ["age", "--decrypt", "--identity", str(key), str(tmp_path / "coffre" / part)]
        assert subprocess.run(command, check=True, capture_output=True).stdout


def test_proofs_and_flags_have_parts_of_their_own(vault, tmp_path):
    folder = tmp_path / "coffre"
    vault.put_original("u1", Original("a.txt", b"a"))
    vault.put_proof("p1", Original("consentement Fatoumata.pdf", b"signed"))
    put_flag(folder, "f1", {"mot": "Fatoumata", "texte": "r1"})
    assert vault.proof("p1") == Original("consentement Fatoumata.pdf", b"signed")
    assert vault.flags() == {"f1": {"mot": "Fatoumata", "texte": "r1"}}
    vault.remove_originals_except(set())
    assert vault.flags()
    assert vault.proof("p1")
    vault.remove_proofs_except(set())
    vault.remove_flag("f1")
    assert vault.flags() == {}
    with pytest.raises(EnqueteError) as caught:
        vault.proof("p1")
    assert caught.value.problem is Problem.VAULT_MISSING


def test_a_flag_needs_no_key(vault, tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "other"))
    monkeypatch.setenv("APPDATA", str(tmp_path / "other"))
    put_flag(tmp_path / "coffre", "f1", {"mot": "Gennevilliers"})
    assert vault.flags() == {"f1": {"mot": "Gennevilliers"}}
    (written,) = (tmp_path / "coffre" / "signalements").iterdir()
    assert b"Gennevilliers" not in written.read_bytes()


def test_a_key_of_the_vault_cannot_leave_its_folder(vault, tmp_path):
    with pytest.raises(ValueError, match="letters and figures"):
        put_flag(tmp_path / "coffre", "../identites", {})
