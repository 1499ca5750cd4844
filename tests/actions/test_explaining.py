"""Why each passage was masked: never with the name where a study is concerned."""

import json

from talks import NAMES


def test_a_trial_explains_without_the_names(enquete, study, talk):
    _, out, _ = enquete("importer", "entretiens", talk, "--vague", "v1", "--essai", "--expliquer")
    lines = [line for line in out.splitlines() if line.lstrip().startswith("tour ")]
    assert any("tour 2, position " in line and "(nom de personne, score " in line for line in lines)
    assert any("[commune des Hauts-de-Seine] (lieu, score " in line for line in lines)
    assert all(name not in line for line in lines for name in NAMES)
    _, plain, _ = enquete("importer", "entretiens", talk, "--vague", "v1", "--essai")
    assert "score" not in plain


def test_files_of_one_s_own_are_explained_with_their_words(enquete, talk, tmp_path):
    _, out, _ = enquete("pseudonymiser", talk, "--dossier", tmp_path, "--expliquer")
    assert "« Lefèvre » -> « " in out
    assert "(nom de personne, score 0," in out or "(nom de personne, score 1," in out
    assert "Laissé lisible, à relire (" in out


def test_the_rows_for_programs_hold_score_and_reason(enquete, talk):
    _, out, _ = enquete("pseudonymiser", talk, "--json", "--expliquer")
    (row,) = map(json.loads, out.splitlines())
    assert all(span["pourquoi"] and 0 <= span["score"] <= 1 for span in row["reperages"])
    assert all(0 <= doubt["risque"] <= 1 for doubt in row["douteux"])
