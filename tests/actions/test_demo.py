"""The demonstration, from end to end, as the README's first line runs it, and what docs/ does with it."""

import shutil
from pathlib import Path

import openpyxl
import pytest
from attacker import attack
from documented import walk_through

from enquete.cli.app import app
from enquete.cli.run import run

DOCS = Path(__file__).parents[2] / "docs"
THRESHOLD = 5


@pytest.fixture(scope="module")
def demonstration(tmp_path_factory):
    """Built once: (its folder, that of its key)."""
    home = tmp_path_factory.mktemp("demo")
    with pytest.MonkeyPatch.context() as settings:
        settings.setenv("XDG_CONFIG_HOME", str(home / "config"))
        settings.setenv("APPDATA", str(home / "config"))
        assert run(app, ["demo", str(home / "demo")]) == 0
    return home / "demo", home / "config"


@pytest.fixture
def built(demonstration, tmp_path, monkeypatch):
    """A copy to work on."""
    folder, config = demonstration
    monkeypatch.setenv("XDG_CONFIG_HOME", str(config))
    monkeypatch.setenv("APPDATA", str(config))
    return Path(shutil.copytree(folder, tmp_path / "demo"))


def test_the_demonstration_is_a_complete_study(built, enquete):
    for output in ("groupe-projet/synthese.xlsx", "diffusion/synthese.xlsx", "equipe/reperage.xlsx"):
        openpyxl.load_workbook(built / "exports" / output)
    code, state, _ = enquete("etat", "--etude", built)
    assert code == 0
    assert "Vague v2" in state
    assert "2\u00a0codeurs" in state
    assert enquete("synthese", "--destinataires", "équipe", "--etude", built)[0] == 0
    assert enquete("demo", built)[0] == 1  # never over something else
    assert_nothing_is_rebuilt((built / "exports/diffusion/synthese.xlsx").read_bytes())


def test_the_page_on_following_people_is_true(built, enquete, monkeypatch):
    monkeypatch.chdir(built)
    assert walk_through(DOCS / "suivre-les-personnes.md", built, enquete) > 12


def test_people_lost_from_sight_are_shown(built, enquete):
    book = openpyxl.load_workbook(built / "exports/equipe/suivi.xlsx")
    rows = [[str(cell.value) for cell in row] for row in book["Suivi"].iter_rows()]
    assert sum("perdue de vue" in cell for row in rows for cell in row) == 11
    assert any("déménagement, noté le" in row[-1] for row in rows)


def assert_nothing_is_rebuilt(public):
    found = attack(public)
    assert found.sheets["Verbatims"]
    assert len(found.shown) > 20
    assert found.intervals
    assert all(value >= THRESHOLD for value in found.shown.values())
    for low, high in found.intervals.values():
        assert high - low >= THRESHOLD - 2


def test_the_page_on_coding_by_several_people_is_true(built, enquete, monkeypatch):
    monkeypatch.chdir(built)
    assert walk_through(DOCS / "coder-a-plusieurs.md", built, enquete) > 20


def test_the_page_on_findings_is_true(built, enquete, monkeypatch):
    monkeypatch.chdir(built)
    assert walk_through(DOCS / "de-l-entretien-au-constat.md", built, enquete) > 18


def test_the_page_for_the_project_group_is_true(built, enquete, monkeypatch):
    monkeypatch.chdir(built)
    assert walk_through(DOCS / "lire-la-synthese.md", built, enquete) == 1
