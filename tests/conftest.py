"""What tests share: keys in a folder of their own, commands run in process, small studies."""

from __future__ import annotations

import pytest
from hypothesis import settings
from talks import TALK

from enquete.cli.app import app
from enquete.cli.run import run

# How long an example takes says how busy the machine is, not whether the program is right.
settings.register_profile("unhurried", deadline=None)
settings.load_profile("unhurried")


@pytest.fixture(autouse=True)
def keys_of_their_own(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.setenv("APPDATA", str(tmp_path / "config"))
    monkeypatch.delenv("ENQUETE_CLE", raising=False)


@pytest.fixture
def enquete(capsys):
    """Runs a command: enquete("etat", "--etude", folder) -> (exit code, standard output, standard error)."""

    def command(*words):
        capsys.readouterr()
        code = run(app, [str(word) for word in words])
        captured = capsys.readouterr()
        return code, captured.out, captured.err

    return command


@pytest.fixture
def study(tmp_path, enquete, monkeypatch):
    """An empty study of the RSA kit, as the current folder."""
    folder = tmp_path / "etude"
    code, _, errors = enquete("nouveau", folder, "--kit", "rsa")
    assert code == 0, errors
    monkeypatch.chdir(folder)
    return folder


@pytest.fixture
def talk(tmp_path):
    """A short interview as a researcher has it, with a file name that tells who it is."""
    path = tmp_path / "Entretien Fatoumata D.txt"
    path.write_text(TALK, encoding="utf-8")
    return path
