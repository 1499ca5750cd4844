"""The command line: French, one clear message, the right exit code."""

import re

import pytest

from enquete.cli.french import complaint

COMMANDS = [
    ("nouveau",), ("etat",), ("demo",), ("pseudonymiser",), ("reperer",), ("synthese",), ("relire",), ("signaler",),
    ("consentement",), ("retirer",), ("purger",), ("sorties",), ("sorties", "remettre"), ("codeur", "depart"),
    ("importer", "entretiens"), ("importer", "codages"), ("accord",), ("coder",),
    ("grille", "verifier"), ("grille", "montrer"), ("grille", "exporter"), ("grille", "importer"),
]  # fmt: skip


@pytest.mark.parametrize("words", [(), ("importer",), ("grille",), *COMMANDS], ids=" ".join)
def test_every_help_page_is_french(enquete, words):
    code, out, _ = enquete(*words, "--help")
    assert code == 0
    assert out.startswith("Usage : enquete")
    for english in ("Show this", "Commands", "required", "default:", "<list", "Options:"):
        assert english not in out
    assert not re.search(r"[\w,:;]\.\.\.", out)  # what commands of a group do is told to the end


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--foo",), "l'option « --foo » n'existe pas"),
        (("importer", "entretien"), "Commandes proches : « entretiens »"),
        (("importer", "codages", "x.csv"), "il manque l'option « --codeur »"),
        (("nouveau",), "il manque"),
        (("etat", "de", "trop"), "argument en trop"),
        (("pseudonymiser", "x.txt", "--processus", "deux"), "la valeur de « --processus » ne convient pas"),
        (("importer", "codages", "x.csv", "--codeur"), "attend une valeur"),
    ],
)
def test_misuse_is_told_in_french_with_code_2(enquete, words, told):
    code, _, errors = enquete(*words)
    assert code == 2
    assert told in errors
    assert "Traceback" not in errors


def test_an_unknown_complaint_comes_as_it_is():
    assert complaint("Something 'new'") == "Something « new »"


def test_outside_a_study_a_command_says_where_to_go(enquete, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    code, _, errors = enquete("etat")
    assert code == 2
    assert "aucune étude" in errors
    assert "--etude" in errors


def test_what_the_system_refuses_is_told_in_french(enquete, study, monkeypatch):
    def full(*_):
        raise OSError(28, "No space left on device", "base")

    monkeypatch.setattr("enquete.actions.status.study_status", full)
    code, _, errors = enquete("etat")
    assert (code, errors) == (1, "Erreur : base : le disque est plein.\n")


def test_a_fault_of_the_program_shows_no_words_of_the_files(enquete, study, monkeypatch):
    def broken(*_):
        raise KeyError("Fatoumata")

    monkeypatch.setattr("enquete.actions.status.study_status", broken)
    code, _, errors = enquete("etat")
    assert code == 1
    assert "KeyError" in errors
    assert "Fatoumata" not in errors


def test_no_heavy_library_is_loaded_for_help():
    import subprocess
    import sys

    program = (
        "import sys, contextlib, io\n"
        "from enquete.cli.app import app\nfrom enquete.cli.run import run\n"
        "with contextlib.redirect_stdout(io.StringIO()): run(app, ['--help'])\n"
        "heavy = {'spacy', 'pandas', 'numpy', 'openpyxl', 'pydantic', 'lxml', 'pyrage', 'rich', 'yaml', 'sqlite3'}\n"
        "print(sorted(heavy & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", program], check=True, capture_output=True, text=True)
    assert done.stdout.strip() == "[]"
