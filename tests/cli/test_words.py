import json

import pytest


@pytest.fixture
def told(study, talk, enquete):
    code, _, errors = enquete("importer", "entretiens", talk, "--vague", "v1")
    assert code == 0, errors
    return study


def test_words_are_shown_in_their_context_without_a_key(told, enquete, tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "no-key"))
    code, output, _ = enquete("mots", "mois", "coup*")
    assert code == 0
    assert output.splitlines() == [
        "E001, tour 4 : Ils m'ont « coupé » la moitié pendant deux mois, j'avais plus rien sur le compte.",
        "E001, tour 4 : Ils m'ont coupé la moitié pendant deux « mois », j'avais plus rien sur le compte.",
        "2\u00a0fois, dans 1\u00a0entretien, de 1\u00a0personne.",
    ]


def test_a_program_reads_lines_whose_turns_count_from_nought(told, enquete):
    code, output, _ = enquete("mots", "deux mois", "--vague", "v1", "--json")
    (line,) = map(json.loads, output.splitlines())
    assert code == 0
    assert (line["entretien"], line["tour"], line["mot"]) == ("E001", 3, "deux mois")
    assert line["avant"] == "Ils m'ont coupé la moitié pendant"


def test_what_the_interviewer_says_is_not_searched(told, enquete):
    code, output, _ = enquete("mots", "contrat")
    assert (code, output) == (0, "Aucune parole de répondant, dans les entretiens enregistrés, n'a ces mots.\n")


def test_words_under_a_code_that_nothing_has(told, enquete):
    code, output, _ = enquete("mots", "mois", "--theme", "R02")
    assert code == 0
    assert output.startswith("Aucune parole")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("?!",), "« ?! » n'a pas de mot à chercher"),
        (("mois", "--theme", "X9"), "le code « X9 » n'est dans aucune grille"),
        (("mois", "--vague", "v9"), "la vague « v9 »"),
    ],
)
def test_what_cannot_be_searched_is_said(told, enquete, words, said):
    code, _, errors = enquete("mots", *words)
    assert code == 2
    assert said in errors
