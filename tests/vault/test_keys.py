"""Identity files: their owner's alone, outside studies, behind a passphrase if wanted."""

import io
import os
import shutil
import stat
import subprocess
import sys

import pytest

from enquete.errors import EnqueteError, Problem
from enquete.vault import Original, Recipient, Vault, create_key, is_wrapped, keys_folder, new_phrase, set_phrase
from enquete.vault.keys import read_identities

PHRASE = "cheval batterie agrafe correcte"
posix = pytest.mark.skipif(os.name == "nt", reason="Windows has no such permissions")


@pytest.fixture
def terminal(monkeypatch):
    """A person at a terminal: what they type, and the prompts that they saw."""
    answers, prompts = [], []

    def getpass(prompt):
        prompts.append(prompt)
        return answers.pop(0)

    class Screen(io.StringIO):
        def isatty(self):
            return True

    monkeypatch.setattr("getpass.getpass", getpass)
    monkeypatch.setattr(sys, "stdin", Screen())
    return answers, prompts


@posix
def test_the_folder_of_keys_is_its_owners_alone_again(tmp_path):
    keys_folder().mkdir(parents=True)
    keys_folder().chmod(0o755)
    path, _ = create_key("essai")
    assert stat.S_IMODE(keys_folder().stat().st_mode) == 0o700
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


@posix
def test_a_key_that_others_can_read_is_told_once(tmp_path, capsys):
    path, public = create_key("essai")
    Vault.create(tmp_path / "coffre", [public])
    path.chmod(0o644)
    Vault.open(tmp_path / "coffre")
    Vault.open(tmp_path / "coffre")
    told = capsys.readouterr().err
    assert told.count("Attention") == 1
    assert f"chmod 600 '{path}'" in told


def test_no_key_lies_in_a_study(tmp_path):
    (tmp_path / "etude").mkdir()
    (tmp_path / "etude" / "enquete.toml").write_text("")
    with pytest.raises(EnqueteError) as caught:
        create_key("essai", tmp_path / "etude" / "exports")
    assert caught.value.problem is Problem.KEY_INSIDE_STUDY
    path, public = create_key("essai")
    Vault.create(tmp_path / "etude" / "coffre", [public])
    moved = path.rename(tmp_path / "etude" / path.name)
    with pytest.raises(EnqueteError) as caught:
        Vault.open(tmp_path / "etude" / "coffre", moved)
    assert caught.value.problem is Problem.KEY_INSIDE_STUDY


def test_the_name_of_a_key_makes_a_file_name(tmp_path):
    path, _ = create_key("../Léa D.\nAGE", tmp_path)
    assert path.parent == tmp_path
    assert len(read_identities(path)) == 1


@pytest.mark.parametrize(
    ("content", "problem"),
    [(b"age1abc", Problem.KEY_UNREADABLE), (b"\xff", Problem.KEY_UNREADABLE), (None, Problem.KEY_READ)],
)
def test_what_is_no_key_is_told(tmp_path, content, problem):
    path = tmp_path / "cle.txt"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(EnqueteError) as caught:
        read_identities(path)
    assert caught.value.problem is problem


def test_a_phrase_is_asked_once_and_the_other_keys_are_left_alone(tmp_path, terminal):
    answers, prompts = terminal
    _, public = create_key("mienne", phrase=PHRASE)
    create_key("autre", phrase=PHRASE)
    Vault.create(tmp_path / "coffre", [public])
    answers.append(PHRASE)
    for number in range(3):
        vault = Vault.open(tmp_path / "coffre")
        vault.put_original(f"o{number}", Original("a", b"a"))
        assert vault.original(f"o{number}").data == b"a"
    assert len(prompts) == 1
    assert "mienne" in prompts[0]


def test_without_terminal_nor_variable_the_message_says_what_to_do(tmp_path, monkeypatch):
    path, public = create_key("mienne", phrase=PHRASE)
    Vault.create(tmp_path / "coffre", [public])
    monkeypatch.setattr(sys, "stdin", io.StringIO(""))
    with pytest.raises(EnqueteError) as caught:
        Vault.open(tmp_path / "coffre", path)
    assert caught.value.problem is Problem.PHRASE_NEEDED
    assert "ENQUETE_PHRASE" in str(caught.value)
    monkeypatch.setenv("ENQUETE_PHRASE", "pas la bonne phrase")
    with pytest.raises(EnqueteError) as caught:
        Vault.open(tmp_path / "coffre", path)
    assert caught.value.problem is Problem.PHRASE_WRONG
    monkeypatch.setenv("ENQUETE_PHRASE", PHRASE)
    assert Vault.open(tmp_path / "coffre", path).contacts() == {}


def test_a_phrase_is_put_changed_and_taken_off(tmp_path, monkeypatch):
    path, _ = create_key("essai")
    before = path.read_bytes()
    set_phrase(path, lambda: PHRASE)
    assert is_wrapped(path)
    assert b"AGE-SECRET" not in path.read_bytes()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600 or os.name == "nt"
    monkeypatch.setenv("ENQUETE_PHRASE", PHRASE)
    set_phrase(path, lambda: "")
    assert path.read_bytes() == before
    assert [file.name for file in path.parent.iterdir()] == [path.name]


@pytest.mark.parametrize(
    ("typed", "problem"),
    [(["court", "court"], Problem.PHRASE_SHORT), ([PHRASE, PHRASE + "x"], Problem.PHRASES_DIFFER)],
)
def test_a_phrase_is_typed_twice_and_long_enough(terminal, typed, problem):
    terminal[0].extend(typed)
    with pytest.raises(EnqueteError) as caught:
        new_phrase(from_variable=True)
    assert caught.value.problem is problem


def test_a_script_gives_the_phrase_on_the_standard_input(monkeypatch):
    monkeypatch.setattr(sys, "stdin", io.StringIO(PHRASE + "\n"))
    monkeypatch.setenv("ENQUETE_PHRASE", "celle d'avant, pour ouvrir")
    assert new_phrase(from_variable=False) == PHRASE


age = pytest.mark.skipif(
    shutil.which("age") is None or shutil.which("script") is None, reason="age or script is not installed"
)


def test_two_keys_open_every_part_with_debians_age(tmp_path):
    if shutil.which("age") is None:
        pytest.skip("age is not installed")
    mine, first = create_key("un", tmp_path)
    theirs, second = create_key("deux", tmp_path)
    Vault.create(tmp_path / "coffre", [first])
    vault = Vault.open(tmp_path / "coffre", mine)
    vault.put_proof("p1", Original("c.pdf", b"signed"))
    vault.change_recipients(lambda known: [*known, Recipient(second, "Léa")])
    for key in (mine, theirs):
        for part in ("identites.age", "contacts.age", "preuves/p1.age"):
            command = ["age", "--decrypt", "--identity", str(key), str(tmp_path / "coffre" / part)]
            assert subprocess.run(command, check=True, capture_output=True).stdout
    listed = ["age", "--encrypt", "-R", str(tmp_path / "coffre" / "destinataires.txt")]
    assert subprocess.run(listed, check=True, capture_output=True, input=b"x").stdout


@age
def test_debians_age_opens_a_wrapped_key(tmp_path):
    path, public = create_key("un", tmp_path, PHRASE)
    Vault.create(tmp_path / "coffre", [public])
    out = tmp_path / "clair.json"
    command = f"age --decrypt --identity {path} --output {out} {tmp_path / 'coffre' / 'contacts.age'}"
    typed = (PHRASE + "\n").encode()
    subprocess.run(["script", "-qec", command, os.devnull], input=typed, check=True, capture_output=True, timeout=60)
    assert out.read_bytes() == b"{}"


@age
def test_a_key_that_debians_age_wrapped_opens_here(tmp_path, monkeypatch):
    path, public = create_key("un", tmp_path)
    wrapped = tmp_path / "enveloppe.age"
    typed = f"{PHRASE}\n{PHRASE}\n".encode()
    command = f"age --passphrase --output {wrapped} {path}"
    subprocess.run(["script", "-qec", command, os.devnull], input=typed, check=True, capture_output=True, timeout=60)
    Vault.create(tmp_path / "coffre", [public])
    monkeypatch.setenv("ENQUETE_PHRASE", PHRASE)
    assert Vault.open(tmp_path / "coffre", wrapped).contacts() == {}
