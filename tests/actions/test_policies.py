"""What stands for a name follows enquete.toml, the participants file and what a human cleared."""

import re

import pytest

from enquete.actions.study import open_study
from enquete.pseudonyms.words import fold
from enquete.store.interviews import interviews
from enquete.vault.identities import Cleared

SPOKEN = """Enquêtrice : Bonjour.

Enquêtée : Je m'appelle Oumou Sangaré, j'habite à Colombes avec mon fils Modibo. J'ai 41 ans.

Enquêtrice : Et votre conseillère ?

Enquêtée : Ma conseillère madame Kerbrat ne répond pas. Modibo lui a écrit.
"""


def settle(study, lines):
    file = study / "enquete.toml"
    text = re.sub(r"(?ms)^\[pseudonymes\].*", "", file.read_text(encoding="utf-8"))
    file.write_text(f"{text}[pseudonymes]\n{lines}\n", encoding="utf-8")


def text_of(study):
    with open_study(study).database() as db:
        return "\n".join(interview.text for interview in interviews(db))


@pytest.fixture
def spoken(tmp_path):
    path = tmp_path / "Entretien 1.txt"
    path.write_text(SPOKEN, encoding="utf-8")
    return path


def test_categories_and_territories(enquete, study, spoken):
    settle(study, 'personnes = "categorie"\nlieux = "territoire"\nages = "garder"')
    code, _, errors = enquete("importer", "entretiens", spoken, "--vague", "v1")
    assert code == 0, errors
    text = text_of(study)
    assert "Je m'appelle [personne]" in text
    assert "à [commune de la Boucle Nord de Seine] avec mon fils [son fils]. J'ai 41 ans" in text
    assert "madame [conseillère 1] ne répond pas. [son fils] lui a écrit" in text


def test_professionals_and_relatives_have_policies_of_their_own(enquete, study, spoken):
    settle(study, 'proches = "code"\nprofessionnels = "garder"')
    enquete("importer", "entretiens", spoken, "--vague", "v1")
    text = text_of(study)
    assert "mon fils [personne 1]" in text
    assert "madame Kerbrat" in text
    assert "Oumou" not in text
    assert "[" not in re.search(r"m'appelle (\S+ \S+),", text)[1]


def test_a_policy_that_is_none_stops_the_command(enquete, study, spoken):
    settle(study, 'personnes = "anonyme"')
    code, _, errors = enquete("importer", "entretiens", spoken, "--vague", "v1")
    assert code == 1
    assert "« pseudonymes.personnes » : valeurs possibles : prenom, prenom-registre" in errors


def test_a_person_bears_the_pseudonym_that_they_chose_in_every_wave(enquete, study, spoken, tmp_path):
    table = tmp_path / "participants.csv"
    table.write_text(
        "Code;Vague;Fichier;Nom;Pseudonyme choisi\nP1;v1;Entretien 1.txt;Oumou Sangaré;Céleste\nP1;v2;Suite.txt;;\n",
        encoding="utf-8",
    )
    after = tmp_path / "Suite.txt"
    after.write_text("Enquêtrice : Bonjour Oumou.\n\nEnquêtée : Bonjour. Modibo va bien.\n", encoding="utf-8")
    assert enquete("importer", "entretiens", spoken, "--participants", table)[0] == 0
    assert "Je m'appelle Céleste " in text_of(study)
    assert enquete("importer", "entretiens", after, "--participants", table)[0] == 0
    text = text_of(study)
    assert "Bonjour Céleste." in text
    assert re.search(r"mon fils (\S+)\. J'ai", text)[1] == re.search(r"Bonjour\. (\S+) va bien", text)[1]


def test_a_chosen_pseudonym_that_somebody_bears_in_a_text_is_told(enquete, study, spoken, tmp_path):
    table = tmp_path / "participants.csv"
    table.write_text(
        "Code;Vague;Fichier;Nom;Pseudonyme\nP1;v1;Entretien 1.txt;Oumou Sangaré;Modibo\n", encoding="utf-8"
    )
    _, out, errors = enquete("importer", "entretiens", spoken, "--participants", table)
    told = out + errors
    assert "pseudonyme choisi par P1 : ce pseudonyme est le vrai nom de quelqu'un" in told
    assert "Modibo" not in told
    assert "Modibo" not in text_of(study)


def test_a_word_that_a_human_cleared_stays_readable(enquete, study, spoken):
    vault = open_study(study).vault()
    identities = vault.identities()
    identities.cleared = frozenset({Cleared(fold("Modibo"), ("P001",)), Cleared(fold("Kerbrat"), ("P009",))})
    vault.write_identities(identities)
    enquete("importer", "entretiens", spoken, "--vague", "v1")
    text = text_of(study)
    assert "mon fils Modibo" in text
    assert "Kerbrat" not in text
