"""The demonstration, from end to end, as the README's first line runs it."""

import openpyxl
import pytest


@pytest.fixture
def built(enquete, tmp_path):
    folder = tmp_path / "demo"
    code, out, errors = enquete("demo", folder)
    assert code == 0, errors
    return folder, out


def test_the_demonstration_is_a_complete_study(built, enquete):
    folder, out = built
    for output in ("exports/groupe-projet/synthese.xlsx", "exports/equipe/reperage.xlsx"):
        assert output in out
        openpyxl.load_workbook(folder / output)
    code, state, _ = enquete("etat", "--etude", folder)
    assert code == 0
    assert "Vague v2" in state
    assert "2\u00a0codeurs" in state
    assert enquete("demo", folder)[0] == 1  # never over something else
