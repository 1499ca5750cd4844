"""recommandation suivi: from what is written in the study to what is sent to institutions."""

import io

import pytest
from docx import Document

NAME = "suivi-des-recommandations"


@pytest.fixture
def asked(study, enquete):
    """A study with a recommendation sent, and another that nobody has validated."""
    fields = (
        "État=envoyée",
        "À qui=CAF",
        "Envoyée le=2025-11-03",
        "Pour quand=2026-01-15",
        "Qui s'en charge=le bureau",
    )
    said = [word for field in fields for word in ("--champ", field)]
    code, _, errors = enquete("recommandation", "nouveau", "Prévenir avant toute suspension", "--par", "lea", *said)
    assert code == 0, errors
    code, _, errors = enquete("recommandation", "nouveau", "Rouvrir les accueils", "--par", "lea")
    assert code == 0, errors
    return study


def test_the_group_reads_all_and_what_is_late_on_that_day(asked, enquete):
    code, out, errors = enquete("recommandation", "suivi", "--destinataires", "groupe-projet", "--au", "1er mars 2026")
    assert code == 0, errors
    assert "Suivi de 2\u00a0recommandations" in out
    assert "En retard : REC01." in out
    page = (asked / "exports" / "groupe-projet" / f"{NAME}.html").read_text(encoding="utf-8")
    assert "Rouvrir les accueils" in page
    assert "le bureau" in page


def test_institutions_read_what_was_sent_and_not_who_does_what(asked, enquete):
    code, _, errors = enquete("recommandation", "suivi")
    assert code == 0, errors
    folder = asked / "exports" / "diffusion"
    page = (folder / f"{NAME}.html").read_text(encoding="utf-8")
    paper = "\n".join(p.text for p in Document(io.BytesIO((folder / f"{NAME}.docx").read_bytes())).paragraphs)
    for said in (page, paper):
        assert "Prévenir avant toute suspension" in said
        assert "3 novembre 2025" in said
        assert "Rouvrir les accueils" not in said
        assert "le bureau" not in said


def test_the_same_study_gives_the_same_bytes(asked, enquete):
    for place in ("a", "b"):
        (asked / place).mkdir()
        assert enquete("recommandation", "suivi", "--sortie", asked / place)[0] == 0
    for suffix in (".html", ".docx"):
        assert (asked / "a" / f"{NAME}{suffix}").read_bytes() == (asked / "b" / f"{NAME}{suffix}").read_bytes()


@pytest.mark.parametrize(
    ("words", "code", "message"),
    [
        (("--au", "demain"), 2, "« demain » n'est pas un jour"),
        (("--sortie", "suivi.pdf"), 2, ".html ou en .docx"),
        (("--destinataires", "tous"), 2, "tous"),
    ],
)
def test_what_is_wrong_is_told_and_nothing_is_written(asked, enquete, words, code, message):
    given, _, errors = enquete("recommandation", "suivi", *words)
    assert (given, message in errors) == (code, True), errors
    assert not list(asked.rglob(f"{NAME}*"))


def test_nothing_to_show_is_told(study, enquete):
    code, _, errors = enquete("recommandation", "suivi")
    assert code == 1
    assert "aucune recommandation à montrer pour diffusion" in errors
