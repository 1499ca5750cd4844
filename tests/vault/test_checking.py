"""A vault checked whole: each damage is told by the opaque name of its file."""

import hashlib
import os

import pytest

from enquete.errors import EnqueteError, Problem
from enquete.vault import Original, Recipient, SourceFile, Vault, create_key, faults, put_flag


@pytest.fixture
def vault(tmp_path):
    _, public = create_key("essai")
    Vault.create(tmp_path / "coffre", [public])
    vault = Vault.open(tmp_path / "coffre")
    identities = vault.identities()
    for uid in ("o1", "o2"):
        data = f"Je m'appelle Aminata, {uid}".encode()
        vault.put_original(uid, Original("Aminata.txt", data))
        identities.files[uid] = SourceFile("Aminata.txt", hashlib.sha256(data).hexdigest())
    vault.write_identities(identities)
    vault.put_proof("p1", Original("signé par Aminata.pdf", b"signed"))
    put_flag(vault.folder, "f1", {"mot": "Aminata"})
    return vault


def told(vault, sources=frozenset({"o1", "o2"}), proofs=frozenset({"p1"})):
    return {fault.where: fault.what for fault in faults(vault, set(sources), set(proofs))}


def test_a_whole_vault_has_no_fault(vault):
    assert told(vault) == {}


@pytest.mark.parametrize(
    "part", ["identites.age", "contacts.age", "originaux/o1.age", "preuves/p1.age", "signalements/f1.age"]
)
@pytest.mark.parametrize("damage", [lambda data: data[:-3], lambda data: b"", lambda data: data[:-1] + b"\x00"])
def test_a_damaged_file_is_named_and_no_one_in_it(vault, part, damage):
    path = vault.folder / part
    path.write_bytes(damage(path.read_bytes()))
    found = told(Vault.open(vault.folder))
    assert set(found) == {part}
    assert "Aminata" not in str(found)


@pytest.mark.parametrize("part", ["originaux/o1.age", "preuves/p1.age", "contacts.age", "identites.age"])
def test_a_missing_file_is_named(vault, part):
    (vault.folder / part).unlink()
    found = told(Vault.open(vault.folder))
    assert set(found) == {part}
    assert "manque" in found[part]


def test_another_file_in_the_place_of_an_original_is_told(vault):
    vault.put_original("o1", Original("Aminata.txt", b"autre chose"))
    assert told(vault) == {"originaux/o1.age": "ce n'est plus le fichier qui a été importé."}


def test_two_originals_that_changed_places_are_told(vault):
    first, second = (vault.folder / "originaux" / name for name in ("o1.age", "o2.age"))
    data = first.read_bytes()
    first.write_bytes(second.read_bytes())
    second.write_bytes(data)
    assert set(told(vault)) == {"originaux/o1.age", "originaux/o2.age"}


def test_an_original_that_a_killed_import_left_is_no_fault(vault):
    vault.put_original("o3", Original("b.txt", b"b"))
    assert told(vault) == {}


def test_a_part_put_back_from_before_a_change_of_keys_is_told(vault):
    old = (vault.folder / "contacts.age").read_bytes()
    _, public = create_key("deux")
    vault.change_recipients(lambda known: [*known, Recipient(public)])
    (vault.folder / "contacts.age").write_bytes(old)
    assert set(told(vault)) == {"contacts.age"}


def test_a_key_slipped_into_the_list_is_told(vault):
    _, public = create_key("deux")
    with (vault.folder / "destinataires.txt").open("a") as file:
        file.write(f"{public}\n")
    assert "contacts.age" in told(vault)


@pytest.mark.parametrize("content", ["", "age1abc\n", "\n# Léa\n", "AGE-SECRET-KEY-1"])
def test_a_damaged_list_of_keys_is_told(vault, content):
    (vault.folder / "destinataires.txt").write_text(content, encoding="utf-8")
    with pytest.raises(EnqueteError) as caught:
        Vault.open(vault.folder)
    assert caught.value.problem is Problem.RECIPIENTS_DAMAGED


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="needs an account whose rights can be taken away")
def test_missing_rights_are_told(vault):
    (vault.folder / "contacts.age").chmod(0)
    with pytest.raises(EnqueteError) as caught:
        vault.contacts()
    assert caught.value.problem is Problem.VAULT_READ
    (vault.folder / "originaux").chmod(0)
    with pytest.raises(EnqueteError) as caught:
        vault.change_recipients(lambda known: known)
    assert caught.value.problem is Problem.VAULT_READ
    vault.folder.chmod(0o500)
    with pytest.raises(EnqueteError) as caught:
        put_flag(vault.folder, "f2", {})
    vault.folder.chmod(0o700)
    (vault.folder / "originaux").chmod(0o700)
    assert caught.value.problem is Problem.VAULT_WRITE
    assert "droits" in str(caught.value)


def test_a_disk_that_fails_while_reading_is_told(vault, monkeypatch):
    def denied(_path):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("pathlib.Path.read_bytes", denied)
    with pytest.raises(EnqueteError) as caught:
        vault.contacts()
    assert caught.value.problem is Problem.VAULT_READ
    assert "les droits manquent" in str(caught.value)


def test_a_folder_that_cannot_be_listed_is_no_empty_one(vault, monkeypatch):
    real = type(vault.folder).iterdir

    def denied(path):
        if path.name == "originaux":
            raise PermissionError(13, "Permission denied")
        return real(path)

    monkeypatch.setattr("pathlib.Path.iterdir", denied)
    with pytest.raises(EnqueteError) as caught:
        vault.change_recipients(lambda known: known)
    assert caught.value.problem is Problem.VAULT_READ
    assert "originaux" in str(caught.value)
