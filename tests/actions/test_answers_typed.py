"""What people typed in the place of an attribute, or of a choice, is stored without names, and stays so."""

import json
import sqlite3

import pytest
from erasure import places

FORM = """# Une enquête

| survey | type            | name    | label         | usage    |
|--------|-----------------|---------|---------------|----------|
|        | text            | code    | Code          | clé      |
|        | text            | nom     | Votre nom     | identité |
|        | text            | commune | Commune       | attribut |
|        | select_one log  | log     | Logement      |          |

| choices | list_name | name   | label   |
|---------|-----------|--------|---------|
|         | log       | propre | Chez soi |

| settings | form_title | form_id | vague |
|----------|------------|---------|-------|
|          | Enquête    | enquete | v1 v2 |
"""
ROWS = ("code;nom;commune;log", "P001;;Nanterre;propre", "P002;;chez Madame Vertudelle;voir Zalmanek",
        "P003;Zalmanek;du côté de Bradinoux;propre")  # fmt: skip
MAPPING = '[questions.log.manquants]\n"voir Zalmanek" = "autre"\n'


@pytest.fixture
def answers(study, enquete, tmp_path):
    (study / "questionnaires" / "enq.md").write_text(FORM, encoding="utf-8")
    mapping = tmp_path / "c.toml"
    mapping.write_text(MAPPING, encoding="utf-8")

    def command(*rows, wave="v1"):
        path = tmp_path / "réponses.csv"
        path.write_text("\n".join(rows) + "\n", encoding="utf-8")
        return enquete(
            "importer", "reponses", path, "--vague", wave, "--questionnaire", "enq", "--correspondance", mapping
        )

    return command


def bodies(study):
    with sqlite3.connect(study / "etude.db") as db:
        return [json.loads(row[0]) for row in db.execute("SELECT body FROM response ORDER BY id")]


def test_no_name_is_stored_where_somebody_typed_one(study, answers):
    code, out, errors = answers(*ROWS)
    assert code == 0, out + errors
    assert not [place for place in places(study, ("Vertudelle", "Zalmanek")) if place[1] == "etude.db"]
    first, second, third = bodies(study)
    assert first == ["Nanterre", "propre"]
    assert second[0].startswith("chez Madame ")
    assert third == ["du côté de Bradinoux", "propre"]


def test_the_same_file_says_the_same(answers):
    answers(*ROWS)
    code, out, _ = answers(*ROWS)
    assert code == 0
    assert "0\u00a0réponse importée, 3 déjà là" in out


def test_a_name_that_comes_later_is_masked_there_too(study, answers):
    answers(*ROWS)
    assert bodies(study)[2][0] == "du côté de Bradinoux"
    code, out, errors = answers(ROWS[0], "P009;Ali Bradinoux;Nanterre;propre", wave="v2")
    assert code == 0, out + errors
    assert not [place for place in places(study, ("Bradinoux",)) if place[1] == "etude.db"]
