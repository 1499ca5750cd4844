"""The demonstration, from end to end, as the README's first line runs it."""

import openpyxl
import pytest
from attacker import attack

THRESHOLD = 5


@pytest.fixture
def built(enquete, tmp_path):
    folder = tmp_path / "demo"
    code, out, errors = enquete("demo", folder)
    assert code == 0, errors
    return folder, out


def test_the_demonstration_is_a_complete_study(built, enquete):
    folder, out = built
    outputs = ("exports/groupe-projet/synthese.xlsx", "exports/diffusion/synthese.xlsx", "exports/equipe/reperage.xlsx")
    for output in outputs:
        assert output in out
        openpyxl.load_workbook(folder / output)
    code, state, _ = enquete("etat", "--etude", folder)
    assert code == 0
    assert "Vague v2" in state
    assert "2\u00a0codeurs" in state
    assert enquete("synthese", "--destinataires", "équipe", "--etude", folder)[0] == 0
    assert enquete("demo", folder)[0] == 1  # never over something else
    assert_nothing_is_rebuilt((folder / "exports/diffusion/synthese.xlsx").read_bytes())


def assert_nothing_is_rebuilt(public):
    found = attack(public)
    assert found.sheets["Verbatims"]
    assert len(found.shown) > 20
    assert found.intervals
    assert all(value >= THRESHOLD for value in found.shown.values())
    for low, high in found.intervals.values():
        assert high - low >= THRESHOLD - 2
