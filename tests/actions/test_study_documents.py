"""The study's own documents: what it knows is filled in, what a person changed is left alone."""

import io
import re

import pytest
from docx import Document

TALK = """Enquêtrice : Bonjour, racontez-moi.

Enquêtée : Je vis seule depuis l'hiver, j'ai signé le contrat sans le lire.
"""
SETTINGS = """
[responsables]
association = "l'association Les Passerelles"
universite = "l'université de la Ville"
responsable = "Mme Clément"
contact = "permanence du mardi, 01 39 98 04 11, etude@passerelles.example"
dpo = "déléguée de l'université"
"""
NAMES = (
    "notice-information", "consentement", "consentement-oral", "engagement-confidentialite", "convention",
    "analyse-impact", "registre",
)  # fmt: skip


def set_up(
    study, retention="originaux = 2031-03-01\ncontacts = 2031-03-01\nidentites = 2031-06-30\ntextes = 2035-01-01"
):
    path = study / "enquete.toml"
    text = path.read_text(encoding="utf-8").split("[conservation]")[0]
    text = re.sub(r"^# codeurs = .*$", 'codeurs = ["c1", "c2"]', text, flags=re.MULTILINE)
    path.write_text(f"{text}[conservation]\n{retention}\npreuves = 2035-01-01\n{SETTINGS}", encoding="utf-8")


def told(study, name):
    document = Document(io.BytesIO((study / "exports" / "documents" / f"{name}.docx").read_bytes()))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    footer = [paragraph.text for paragraph in document.sections[0].footer.paragraphs]
    return "\n".join([*(p.text for p in document.paragraphs), *cells, *footer]).replace("\xa0", " ")


def test_every_document_is_filled_and_no_marker_is_left(enquete, study):
    set_up(study)
    code, out, errors = enquete("documents")
    assert code == 0, errors
    assert "à compléter" not in out.lower()
    for name in NAMES:
        text = told(study, name)
        assert "{{" not in text
        assert "[à compléter" not in text
        assert "etude" in text
    notice = told(study, "notice-information")
    for fact in (
        "l'association Les Passerelles et l'université de la Ville", "Mme Clément", "01 39 98 04 11", "1er mars 2031",
        "30 juin 2031", "1er janvier 2035", "Premier entretien", "Entretien de suivi", "nouveau RSA", "déléguée",
    ):  # fmt: skip
        assert fact in notice
    assert "c1 et c2" in told(study, "engagement-confidentialite")
    assert "☐ Premier entretien" in told(study, "consentement")


def test_what_the_study_does_not_know_is_left_to_complete(enquete, study):
    code, out, errors = enquete("documents", "notice-information")
    assert code == 0, errors
    assert "À compléter" in out
    assert "délégué à la protection des données" in out
    assert "[à compléter : nom de l'association]" in told(study, "notice-information")
    assert not (study / "exports" / "documents" / "convention.docx").exists()


def test_the_same_study_gives_the_same_bytes(enquete, study):
    folder = study / "exports" / "documents"
    for name in ("consentement", "registre"):
        assert enquete("documents", name)[0] == 0
        first = (folder / f"{name}.docx").read_bytes()
        assert enquete("documents", name)[0] == 0
        assert (folder / f"{name}.docx").read_bytes() == first


def test_the_register_has_the_figures_of_the_study(enquete, study, tmp_path):
    set_up(study)
    talk = tmp_path / "un.txt"
    talk.write_text(TALK, encoding="utf-8")
    people = tmp_path / "participants.csv"
    people.write_text(
        "code;vague;fichier;type;tranche d'âge;accord pour citation;téléphone\n"
        "P001;v1;un.txt;personne concernée;30-39 ans;oui;06 39 98 00 21\n",
        encoding="utf-8",
    )
    assert enquete("importer", "entretiens", talk, "--vague", "v1", "--participants", people)[0] == 0
    code, out, errors = enquete("registre")
    assert code == 0, errors
    assert "registre.docx" in out
    text = told(study, "registre")
    for fact in (
        "1 personne rencontrée", "1 personne concernée", "Premier entretien : 1 entretien, 1 personne",
        "citation : 1 donné", "De 1 personne, au coffre", "1 fichier, au coffre", "tranche d'âge", "1 clé",
        "rien à ce jour", "Dernière purge : aucune", "0 entretien relu sur 1",
    ):  # fmt: skip
        assert fact in text
    assert "06 39" not in text
    assert "P001" not in text


def test_what_left_the_study_is_counted_by_audience_and_its_own_documents_are_not(enquete, study, tmp_path):
    talk = tmp_path / "un.txt"
    talk.write_text(TALK, encoding="utf-8")
    assert enquete("importer", "entretiens", talk, "--vague", "v1")[0] == 0
    assert enquete("reperer")[0] == 0
    assert enquete("documents", "consentement")[0] == 0
    assert enquete("registre")[0] == 0
    assert "1 fichier, le dernier le" in told(study, "registre")
    before = (study / "exports" / "documents" / "registre.docx").read_bytes()
    assert enquete("registre")[0] == 0
    assert (study / "exports" / "documents" / "registre.docx").read_bytes() == before


def test_a_template_of_the_study_takes_the_place_of_the_shipped_one(enquete, study):
    document = Document()
    document.add_paragraph("Affiche de {{étude}}")
    document.save(study / "documents" / "affiche.docx")
    document.save(study / "documents" / "convention.docx")
    for name in ("affiche", "convention"):
        assert enquete("documents", name)[0] == 0
        assert told(study, name).startswith("Affiche de etude")
    (study / "documents" / "notice-information.docx").unlink()
    assert enquete("documents", "notice-information")[0] == 0


def test_an_unknown_marker_is_named(enquete, study):
    document = Document()
    document.add_paragraph("{{asociation}}")
    document.save(study / "documents" / "affiche.docx")
    code, _, errors = enquete("documents", "affiche")
    assert code == 1
    assert "affiche.docx" in errors
    assert "« {{asociation}} » (peut-être « {{association}} »)" in errors
    assert not (study / "exports" / "documents" / "affiche.docx").exists()


def test_a_document_that_somebody_completed_is_left_alone(enquete, study):
    assert enquete("documents", "convention")[0] == 0
    path = study / "exports" / "documents" / "convention.docx"
    document = Document(path)
    document.add_paragraph("Complété à la main.")
    document.save(path)
    completed = path.read_bytes()
    code, out, _ = enquete("documents")
    assert code == 0
    assert "laissé tel quel" in out
    code, _, errors = enquete("documents", "convention")
    assert code == 1
    assert "modifié" in errors
    assert path.read_bytes() == completed


def test_documents_are_listed_without_writing(enquete, study):
    code, out, _ = enquete("documents", "--liste")
    assert code == 0
    for name in NAMES:
        assert f"{name} :" in out
    assert "{{conservation originaux}}" in out
    assert not (study / "exports" / "documents").exists()


def test_an_unknown_document_is_misuse(enquete, study):
    code, _, errors = enquete("documents", "notise")
    assert code == 2
    assert "notice-information" in errors


def test_two_kits_are_two_subjects_and_one_set_of_templates(enquete, tmp_path):
    folder = tmp_path / "deux"
    assert enquete("nouveau", folder, "--kit", "rsa", "--kit", "inclusion-numerique")[0] == 0
    assert {path.name for path in (folder / "documents").iterdir()} == {
        *(f"{name}.docx" for name in NAMES), "sujet-rsa.toml", "sujet-inclusion-numerique.toml",
    }  # fmt: skip
    assert enquete("documents", "notice-information", "--etude", folder)[0] == 0
    notice = told(folder, "notice-information")
    assert "nouveau RSA" in notice
    assert "démarches passent par internet" in notice


@pytest.mark.parametrize(
    ("written", "reason"),
    [("sujet = 3", "n'est pas du texte"), ("sujets = 'x'", "« sujets » inconnue"), ("sujet = x", "pas du TOML")],
)
def test_a_subject_that_is_not_understood_is_refused(enquete, study, written, reason):
    (study / "documents" / "sujet-rsa.toml").write_text(written, encoding="utf-8")
    code, _, errors = enquete("documents")
    assert code == 1
    assert "sujet-rsa.toml" in errors
    assert reason in errors


def test_a_setting_misspelt_is_explained(enquete, study):
    path = study / "enquete.toml"
    path.write_text(path.read_text(encoding="utf-8") + '\nasociation = "x"\n', encoding="utf-8")
    code, _, errors = enquete("documents")
    assert code == 1
    assert "« association »" in errors
