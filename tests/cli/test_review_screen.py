"""relire on the screen, letter by letter, and by its options."""

import io
import json

import pytest

from enquete.actions.study import open_study
from enquete.store.interviews import interviews

FIRST = """Enquêtrice : Bonjour, qui êtes-vous ?

Enquêtée : Je m'appelle Fatoumata Diarra. Y'a zoubaïda qui passe, et madame Lefèvre.
"""
SECOND = """Enquêtrice : Et vous ?

Enquêté : Je m'appelle Moussa Traoré. Ma voisine Zoubaïda Benkhelifa. Et momo, toujours.
"""


@pytest.fixture
def folder(enquete, study, tmp_path):
    for number, text in enumerate((FIRST, SECOND)):
        path = tmp_path / f"{number}.txt"
        path.write_text(text, encoding="utf-8")
        assert enquete("importer", "entretiens", path, "--vague", "v1")[0] == 0
    return study


@pytest.fixture
def typed(enquete, monkeypatch):
    """Runs relire on a terminal where somebody types these lines."""

    def run(*lines, options=()):
        monkeypatch.setattr("enquete.cli.review_screen.on_terminal", lambda: True)
        monkeypatch.setattr("sys.stdin", io.StringIO("".join(f"{line}\n" for line in lines)))
        return enquete("relire", *options)

    return run


def texts(folder):
    with open_study(folder).database() as db:
        return {text.code: text.text for text in interviews(db)}


def listed(enquete, *words):
    code, out, errors = enquete("relire", *words, "--liste", "--json")
    assert code == 0, errors
    return [json.loads(line) for line in out.splitlines()]


def test_without_a_terminal_no_name_is_shown(folder, enquete):
    code, out, errors = enquete("relire")
    assert (code, out) == (2, "")
    assert "terminal" in errors
    code, out, _ = enquete("relire", "--liste")
    assert code == 0
    for secret in ("Fatoumata", "zoubaïda", "Zoubaïda", "Moussa", "Lefèvre"):
        assert secret not in out
    out = enquete("relire", "--liste", "--json")[1]
    assert "Fatoumata" not in out


def test_alerts_come_first_and_what_was_answered_is_not_asked_again(folder, typed, enquete):
    code, out, errors = typed("a", "q")
    assert code == 0, errors
    assert "ALERTE" in out
    assert "[zoubaïda →" in out
    assert "À bientôt" in out
    code, out, _ = typed("q")
    assert "ALERTE" not in out
    assert "=== E001" in out


def test_an_interview_gone_through_is_read_by_somebody_on_a_day(folder, typed, enquete):
    typed("a", "q")
    _, out, _ = typed("t", "t", options=("--par", "lea"))
    assert "E001 : relu par lea." in out
    assert "Tous les entretiens ont été parcourus" in out
    state = enquete("etat")[1]
    assert "2\u00a0entretiens relus, 0 à relire" in state
    assert "E001, E002 : relu par lea le " in state
    _, out, _ = typed()
    assert "===" not in out


def test_what_is_passed_leaves_the_interview_to_read(folder, typed):
    code, out, _ = typed("a", "p", "t", options=("E001",))
    assert code == 0
    assert "1\u00a0question passée, l'entretien reste à relire" in out


def test_going_back_shows_the_last_question_again(folder, typed):
    _, out, _ = typed("p", "p", "b", "q", options=("E001",))
    shown = [line for line in out.splitlines() if line.startswith(("N-", "ALERTE"))]
    assert shown[1] == shown[3]


def test_each_letter_does_what_it_says(folder, typed):
    typed("r", "q", options=("E001",))  # the alert: names nobody
    assert "Y'a zoubaïda qui passe" in texts(folder)["E001"]
    _, out, _ = typed("z", "?", "n", "Moussa", "n", "", "q", options=("E002",))
    assert "Erreur : ce pseudonyme est le vrai nom" in out
    _, out, _ = typed("m", "momo", "pers", "n", "Aïcha Sow", "c", "code", "q", options=("E002",))
    assert out.count("Enregistré") == 3
    assert "momo" not in texts(folder)["E002"]
    assert "Aïcha Sow" in texts(folder)["E002"]
    assert "[personne 1]" in texts(folder)["E002"]


def test_two_names_are_merged_by_number_and_split_by_form(folder, typed, enquete):
    typed("a", "q")
    _, out, _ = typed("p", "f", "1", "q", options=("E002",))
    assert "Enregistré" in out
    merged = [row for row in listed(enquete) if row["formes"] == 2]
    assert len(merged) == 1
    assert merged[0]["entretiens"] == ["E001", "E002"]  # « zoubaïda », of whom the other spoke
    key = merged[0]["cle"]
    code, _, errors = enquete("relire", "--scinder", f"{key}=introuvable")
    assert code == 1
    assert errors.startswith("Erreur")


def test_options_do_the_same_without_a_screen(folder, enquete):
    (late,) = [row for row in listed(enquete) if row["alerte"]]
    assert enquete("relire", "--accepter", late["cle"])[0] == 0
    assert not any(row["alerte"] for row in listed(enquete))
    (moussa, *_) = [row for row in listed(enquete, "E002") if row["type"] == "PERSONNE"]
    assert enquete("relire", "--renommer", f"{moussa['cle']}=Bakary Sow")[0] == 0
    assert "Bakary Sow" in texts(folder)["E002"]
    assert enquete("relire", "E002", "--ajouter", "momo", "--type", "personne")[0] == 0
    code, out, _ = enquete("relire", "--tout-accepter", "--relu", "E001", "--par", "lea")
    assert code == 0
    assert "E001 : relu par lea." in out


def test_a_name_is_refused_by_its_word(folder, enquete):
    code, _, errors = enquete("relire", "--refuser", "lefevre")
    assert code == 0, errors
    assert "madame Lefèvre" in texts(folder)["E001"]


@pytest.mark.parametrize(
    ("words", "code", "told"),
    [
        (("--accepter", "N-zzzz"), 2, "n'a la clé"),
        (("--accepter", "N-0000000"), 2, "n'a la clé"),
        (("--renommer", "N-1234"), 2, "CLÉ=NOM"),
        (("--ajouter", "momo"), 2, "--type"),
        (("--ajouter", "momo", "--type", "chose"), 2, "Types : personne"),
        (("--ajouter", "absent", "--type", "personne"), 1, "nulle part"),
        (("--refuser", "absent"), 1, "n'a été remplacé nulle part"),
        (("--ignorer", "absent"), 1, "mots douteux"),
        (("--relu", "E001"), 2, "--par"),
        (("--relu", "E001", "--par", "Léa Martin"), 2, "code court"),
        (("--relu", "E001", "--par", "lea"), 1, "1\u00a0alerte à régler"),
        (("E009", "--tout-accepter"), 1, "n'est pas dans cette étude"),
    ],
)
def test_what_is_not_understood_is_told_in_french(folder, enquete, words, code, told):
    found, _, errors = enquete("relire", *words)
    assert found == code
    assert told in errors
    assert "absent" not in errors or "absent" in words


def test_an_ambiguous_key_asks_for_a_longer_one():
    from enquete.actions.review.options import find
    from enquete.errors import EnqueteError, Problem

    known = {"N-3fa21": "3fa21b", "N-3fa29": "3fa29c"}
    assert find("n-3fa21", known) == "3fa21b"
    assert find("N-3fa29c", known) == "3fa29c"
    with pytest.raises(EnqueteError) as error:
        find("N-3fa2", known)
    assert error.value.problem is Problem.REVIEW_KEY_SEVERAL


def test_a_file_imported_anew_is_to_be_read_again_and_a_correction_is_noted(folder, enquete, tmp_path):
    enquete("relire", "--tout-accepter")
    for code in ("E001", "E002"):
        assert enquete("relire", "--relu", code, "--par", "lea")[0] == 0
    assert enquete("corriger", "E002", "--remplacer", "toujours", "--par", "souvent")[0] == 0
    assert "corrigé depuis" in enquete("etat")[1]
    path = tmp_path / "0.txt"
    path.write_text(FIRST.replace("Bonjour", "Rebonjour"), encoding="utf-8")
    enquete("importer", "entretiens", path, "--vague", "v1", "--remplacer")
    assert "E001 : à relire" in enquete("etat")[1]
