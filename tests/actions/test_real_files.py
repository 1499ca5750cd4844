"""Files that others wrote, through one study from import to synthesis, without an edit by hand."""

import re
from pathlib import Path

import openpyxl
import pytest

SHARED = Path(__file__).parents[3] / "shared"
GOLD, SAMPLES = SHARED / "gold-dev", SHARED / "samples" / "transcripts"
MARK = re.compile(r"\[\[[A-Z_]+\|(.+?)\]\]", re.DOTALL)
WITHDRAWN = "10"  # a person who took back their consent: the tool must not keep their words

pytestmark = pytest.mark.skipif(not GOLD.is_dir(), reason="the annotated interviews are not beside the project")


def test_annotated_interviews_and_real_transcripts_reach_a_synthesis(enquete, tmp_path):
    files = []
    for path in sorted(GOLD.glob("[0-9]*.txt")):
        files.append(tmp_path / path.name)
        files[-1].write_bytes(MARK.sub(r"\1", path.read_bytes().decode()).encode())
    marked = re.compile(r"\[\[PER\|([^]]{5,})\]\]")
    names = {name for path in GOLD.glob("[0-9]*.txt") for name in marked.findall(path.read_text())}
    names = {name for name in names if name != name.lower()}  # « petit », heard, is a word elsewhere
    folder = tmp_path / "etude"
    enquete("nouveau", folder, "--kit", "rsa", "--kit", "inclusion-numerique")
    study = ("--etude", folder)
    code, out, _ = enquete("importer", "entretiens", *files, "--participants", GOLD / "participants.csv", *study)
    assert code == 1
    assert "11\u00a0entretiens importés, 1 refusé" in out
    assert f"REFUSÉ {WITHDRAWN}.txt" in out

    code, out, _ = enquete("importer", "entretiens", *sorted(SAMPLES.iterdir()), "--vague", "v1", *study)
    assert code == 0, out
    assert "9\u00a0entretiens importés" in out

    added = 0
    for path in sorted(GOLD.glob("*.codes.jsonl")):
        code, out, _ = enquete("importer", "codages", path, "--codeur", "gold", *study)
        assert code == (1 if path.name.startswith(WITHDRAWN) else 0), out
        added += int(re.search(r"(\d+)\s+codages? ajoutés?", out)[1])
    assert added == 250

    code, _, errors = enquete("reperer", *study)
    assert code == 0, errors
    code, _, errors = enquete("synthese", *study)
    assert code == 0, errors
    book = openpyxl.load_workbook(folder / "exports" / "groupe-projet" / "synthese.xlsx")
    place = [cell.value for cell in book["Verbatims"][1]].index("Citation")
    said = [str(row[place].value) for row in book["Verbatims"].iter_rows(min_row=2)]
    assert len(said) > 200
    assert not [name for name in names for text in said if re.search(rf"\b{re.escape(name)}\b", text)]
