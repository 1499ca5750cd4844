"""questionnaire verifier, montrer, exporter, proposer, as they are typed."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import load_workbook
from pyxform.xls2xform import convert

from enquete.actions.answers.questionnaires import find_guides, find_questionnaire, guide_files, questionnaire_files
from enquete.actions.study import open_study
from enquete.errors import EnqueteError, Problem

FORM = """\
# Mon questionnaire

## survey

| type | name | label | relevant | usage |
|---|---|---|---|---|
| text | code | Code | | clé |
| text | nom | Nom | | identité |
| select_one on | rsa | Touchez-vous le RSA ? | | attribut |
| text | recit | Depuis quand ? | ${rsa} = '1' | |

## choices

| list_name | name | label | manque |
|---|---|---|---|
| on | 1 | Oui | |
| on | 9 | Ne sait pas | ne sait pas |

## settings

| form_title | vague |
|---|---|
| Le premier | v1 |
"""

GUIDE = "# Guide\n\n## Vague 2 : suivi\n\n### 1. Depuis (R02)\n\n- Qu'est-ce qui a changé ?\n\n### 2. Vide\n"

SHARED = Path("/work/shared/samples")


@pytest.fixture
def bare(study):
    """A study with no questionnaire but these two."""
    for path in (study / "questionnaires").iterdir():
        path.unlink()
    (study / "questionnaires" / "premier.md").write_text(FORM, encoding="utf-8")
    (study / "questionnaires" / "guide.md").write_text(GUIDE, encoding="utf-8")
    return study


def test_what_the_program_delivers_has_no_fault(study, enquete):
    code, out, _ = enquete("questionnaire", "verifier")
    assert code == 0, out
    assert "faute" in out


def test_every_file_is_checked(bare, enquete):
    code, out, _ = enquete("questionnaire", "verifier")
    assert code == 1
    assert "premier.md : 4\u00a0questions dont 1\u00a0ouverte, aucune faute." in out
    assert "guide.md, ligne 9 : erreur : le thème « Vide » est vide." in out
    assert "guide.md : guide, 1\u00a0vague, 2\u00a0thèmes, 1\u00a0faute." in out


def test_one_file_outside_of_any_study(tmp_path, enquete, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "q.md").write_text(FORM.replace("select_one on", "select_one off"), encoding="utf-8")
    code, out, _ = enquete("questionnaire", "verifier", "q.md")
    assert code == 1
    assert "q.md, feuille « survey », ligne 9 : erreur : la liste de choix « off » n'existe pas." in out
    assert enquete("questionnaire", "verifier")[0] == 2


def test_shown_with_filters_in_words(bare, enquete):
    code, out, _ = enquete("questionnaire", "montrer", "premier")
    assert code == 0
    assert "3. Touchez-vous le RSA ?" in out
    assert "9  Ne sait pas [ne sait pas]" in out
    assert "[seulement si la réponse à la question 3 est « Oui » ; sinon, c'est fini]" in out
    code, out, _ = enquete("questionnaire", "montrer", "guide", "--vague", "v2")
    assert "1. Depuis (R02)" in out
    code, _, errors = enquete("questionnaire", "montrer", "guide", "--vague", "v1")
    assert code == 2
    assert "Vagues du guide : v2" in errors


def test_exported_for_kobo_and_on_paper(bare, enquete):
    code, _, errors = enquete("questionnaire", "exporter", "premier", "--format", "xlsx")
    assert code == 0, errors
    workbook = bare / "exports" / "questionnaires" / "premier.xlsx"
    warnings: list[str] = []
    convert(str(workbook), warnings=warnings)
    assert warnings == []
    assert load_workbook(workbook)["settings"]["A2"].value == "Le premier"
    before = workbook.read_bytes()
    enquete("questionnaire", "exporter", "premier", "--format", "xlsx")
    assert workbook.read_bytes() == before
    code, _, errors = enquete("questionnaire", "exporter", "premier", "--format", "docx", "--sortie", bare / "f.docx")
    assert code == 0, errors
    assert (bare / "f.docx").is_file()
    code, _, errors = enquete("questionnaire", "exporter", "premier", "--format", "docx", "--sortie", bare / "f.pdf")
    assert code == 2
    code, _, errors = enquete("questionnaire", "exporter", "guide", "--format", "xlsx")
    assert code == 2
    assert "--format docx" in errors


def test_nothing_wrong_is_exported(bare, enquete):
    (bare / "questionnaires" / "faux.md").write_text(FORM.replace("identité", "identitée"), encoding="utf-8")
    code, _, errors = enquete("questionnaire", "exporter", "faux", "--format", "xlsx")
    assert code == 1
    assert "« identitée » n'existe pas" in errors
    assert not (bare / "exports" / "questionnaires" / "faux.xlsx").exists()


def test_found_by_name_or_by_wave(bare):
    (bare / "questionnaires" / "second.md").write_text(FORM.replace("| v1 |", "| v2 |"), encoding="utf-8")
    study = open_study(bare)
    assert [path.stem for path in questionnaire_files(study)] == ["premier", "second"]
    assert [path.stem for path in guide_files(study)] == ["guide"]
    assert find_questionnaire(study, "second.md", None).waves == ("v2",)
    assert find_questionnaire(study, None, "v2").name == "second"
    assert [guide.name for guide in find_guides(study, "v2")] == ["guide"]
    assert find_guides(study, "v1") == []
    for name, wave, problem in (
        ("zut", None, Problem.UNKNOWN_QUESTIONNAIRE),
        (None, None, Problem.WHICH_QUESTIONNAIRE),
        (None, "v3", Problem.NO_QUESTIONNAIRE),
    ):
        with pytest.raises(EnqueteError) as caught:
            find_questionnaire(study, name, wave)
        assert caught.value.problem is problem
        assert "premier" in str(caught.value)


def test_proposed_from_answers_and_never_over_a_file(bare, enquete):
    (bare / "Réponses 1.csv").write_text(
        "Code participant;Votre âge ?;Votre prénom\nP1;34;Zoubida\nP2;51;Kamel\n", encoding="utf-8"
    )
    code, out, errors = enquete("questionnaire", "proposer", "Réponses 1.csv", "--vague", "v1")
    assert code == 0, errors
    assert "reponses-1.md" in out
    text = (bare / "questionnaires" / "reponses-1.md").read_text(encoding="utf-8")
    assert "Zoubida" not in text
    assert enquete("questionnaire", "verifier", "reponses-1")[0] == 0
    code, _, errors = enquete("questionnaire", "proposer", "Réponses 1.csv")
    assert code == 1
    assert "existe déjà" in errors
    assert (bare / "questionnaires" / "reponses-1.md").read_text(encoding="utf-8") == text


def test_an_xlsform_is_not_proposed_from(bare, enquete):
    (bare / "q.md").write_text(FORM, encoding="utf-8")
    code, _, errors = enquete("questionnaire", "proposer", "q.md", "--nom", "autre")
    assert code == 2
    assert "déjà un questionnaire" in errors


@pytest.mark.skipif(not SHARED.is_dir(), reason="the sample files are not on this machine")
@pytest.mark.parametrize("path", sorted(SHARED.glob("xlsform/*")), ids=lambda path: path.name)
def test_samples_are_read_or_refused_with_the_right_reason(path, tmp_path, enquete, monkeypatch):
    monkeypatch.chdir(tmp_path)
    code, out, errors = enquete("questionnaire", "verifier", path)
    assert errors == ""
    if path.name == "bug_duplicate_columns.xlsx":
        assert code == 1
        assert "deux colonnes (D et E) ont le titre « label »" in out
    else:
        assert code == 0, out


def test_two_files_of_one_name_and_what_is_no_questionnaire(bare, enquete):
    (bare / "questionnaires" / "premier.csv").write_text("survey,,\n,type,name\n", encoding="utf-8")
    (bare / "questionnaires" / "LISEZMOI.md").write_text("# À lire\n", encoding="utf-8")
    _, out, _ = enquete("questionnaire", "verifier")
    assert "premier.csv : laissé de côté, premier.md porte le même nom." in out
    assert "LISEZMOI" not in out
    (bare / "s.lss").write_text("<?xml version='1.0'?><document/>", encoding="utf-8")
    code, out, _ = enquete("questionnaire", "verifier", "s.lss")
    assert code == 1
    assert "« enquete questionnaire proposer »" in out


def test_names_in_the_titles_of_a_file_are_told_and_not_printed(bare, enquete):
    header = "code;Tél. de Fatoumata Diarra;Êtes-vous suivi par Mme Zygomard ?"
    (bare / "partenaire.csv").write_text(f"{header}\nP1;0612345678;oui\n", encoding="utf-8")
    code, out, errors = enquete("questionnaire", "proposer", "partenaire.csv", "--vague", "v1")
    assert code == 0, errors
    assert "« Tél. de [nom] »" in out
    assert not {"Fatoumata", "Diarra", "Zygomard"} & set(out.split())
    text = (bare / "questionnaires" / "partenaire.md").read_text(encoding="utf-8")
    named = [n for n, line in enumerate(text.splitlines(), 1) if "Zygomard" in line or "Diarra" in line]
    assert f"(lignes {named[0]} et {named[1]})" in out


def test_wrong_accents_are_mended_on_request(bare, enquete):
    (bare / "vieux.csv").write_text("code;PrÃªt demandÃ©\nP1;3\n", encoding="utf-8")
    code, _, errors = enquete("questionnaire", "proposer", "vieux.csv")
    assert code == 1
    assert "--reparer-accents" in errors
    code, out, _ = enquete("questionnaire", "proposer", "vieux.csv", "--reparer-accents")
    assert code == 0, out
    assert "Prêt demandé" in (bare / "questionnaires" / "vieux.md").read_text(encoding="utf-8")


def test_a_list_of_names_makes_no_choices(study, enquete):
    rows = [("P01", "Mme Grubovska", "Oui"), ("P02", "Jean Idrissakou", "Non"), ("P03", "Sarrazinska", "Oui")] * 3
    lines = [f"P{place:02};{who};{said}" for place, (_, who, said) in enumerate(rows)]
    Path("partenaire.csv").write_text("\n".join(["code;suivi;aide", *lines]) + "\n", encoding="utf-8")
    code, out, errors = enquete("questionnaire", "proposer", "partenaire.csv", "--vague", "v1")
    assert code == 0, errors
    written = (study / "questionnaires" / "partenaire.md").read_text(encoding="utf-8")
    assert not [name for name in ("Grubovska", "Idrissakou", "Sarrazinska") if name in written + out]
    assert "select_one aide" in written


def test_names_that_label_the_codes_of_a_file_make_no_choices(study, enquete):
    import pandas as pd
    import pyreadstat

    frame = pd.DataFrame({"CODE": ["P1", "P2", "P3"], "REF": [1.0, 2.0, 1.0], "Q1": [1.0, 2.0, 1.0]})
    labels = {"REF": {1.0: "Mme Grubovska", 2.0: "Sarrazinska"}, "Q1": {1.0: "Oui", 2.0: "Non"}}
    pyreadstat.write_sav(frame, "base.sav", variable_value_labels=labels)
    code, out, errors = enquete("questionnaire", "proposer", "base.sav", "--vague", "v1")
    assert code == 0, errors
    written = (study / "questionnaires" / "base.md").read_text(encoding="utf-8")
    assert "« REF » : ses choix semblent être des noms de personnes" in out
    assert "| Oui" in written
    assert not [name for name in ("Grubovska", "Sarrazinska") if name in written]


def test_a_file_that_bears_a_name_gives_its_questionnaire_another(study, enquete):
    Path("Réponses Fatoumata Diarra.csv").write_text("code;aide\nP1;oui\nP2;non\n", encoding="utf-8")
    code, _, errors = enquete("questionnaire", "proposer", "Réponses Fatoumata Diarra.csv")
    assert code == 1
    assert "« --nom »" in errors
    assert "Fatoumata" not in errors
