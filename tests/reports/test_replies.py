"""What was asked of institutions, and what they answered."""

import io
from dataclasses import replace
from datetime import date

from docx import Document
from whole_synthesis import RECOMMENDATIONS, SYNTHESIS

from enquete.model import Audience
from enquete.reports import replies


def text(data: bytes) -> str:
    said = data.decode() if data.startswith(b"<!") else "\n".join(p.text for p in Document(io.BytesIO(data)).paragraphs)
    return said.replace("\u00a0", " ").replace("\u202f", " ")


def test_what_is_late_depends_on_the_day_that_is_given() -> None:
    first = RECOMMENDATIONS[0]
    assert not replies.late(first, None)
    assert not replies.late(first, date(2026, 1, 15))
    assert replies.late(first, date(2026, 1, 16))
    assert not replies.late(replace(first, state="mise en œuvre"), date(2026, 1, 16))
    assert not replies.late(replace(first, when=""), date(2026, 1, 16))


def test_page_and_document_tell_the_same() -> None:
    day = date(2026, 3, 1)
    for said in map(text, (replies.html(SYNTHESIS, day), replies.docx(SYNTHESIS, day))):
        assert "État au 1er mars 2026." in said
        assert said.count("En retard : prévu pour le 15 janvier 2026.") == 2  # of two institutions
        assert "Une expérimentation est prévue dans deux antennes." in said
        assert "Aucune réponse reçue." in said
        assert "Pas encore envoyée." in said


def test_who_does_what_stays_inside() -> None:
    public = replace(SYNTHESIS, audience=Audience.PUBLIC)
    for said in map(text, (replies.html(public, None), replies.docx(public, None))):
        assert "Qui s'en charge" not in said
        assert "le groupe-projet" not in said
        assert "Pour quand" not in said


def test_equal_recommendations_give_equal_bytes() -> None:
    for write in (replies.html, replies.docx):
        assert write(SYNTHESIS, date(2026, 3, 1)) == write(SYNTHESIS, date(2026, 3, 1))


def test_a_study_without_recommendations_says_so() -> None:
    assert "Aucune recommandation à montrer." in text(replies.html(replace(SYNTHESIS, recommendations=()), None))
