"""How easy a text is to read: counted by hand on small sentences."""

import pytest

from enquete.findings.plain.acronyms import acronyms, explained_in, glossary
from enquete.findings.plain.readability import measure, remarks, sentences, syllables


@pytest.mark.parametrize(
    ("word", "said"),
    [
        ("vie", 1), ("table", 1), ("tables", 1), ("banque", 1), ("guerre", 1), ("message", 2), ("argent", 2),
        ("l'argent", 2), ("réalité", 4), ("rendez-vous", 3), ("sanction", 2), ("personne", 2), ("le", 1), ("2026", 1),
        ("accompagnement", 5), ("quelqu'un", 2), ("maïs", 2),
    ],
)  # fmt: skip
def test_syllables_are_those_that_are_said(word: str, said: int) -> None:
    assert syllables(word) == said


def test_the_score_is_that_of_kandel_and_moles() -> None:
    found = measure("Le message est arrivé. La peur est là.")
    assert (found.sentences, found.words, found.syllables) == (2, 8, 11)
    assert found.score == pytest.approx(207 - 1.015 * 4 - 73.6 * 11 / 8)
    assert found.level == "facile"
    assert measure("").score is None


def test_sentences_end_where_a_reader_stops() -> None:
    assert sentences("Un jour. Deux… « Trois ! » Quatre\nCinq") == ["Un jour.", "Deux…", "« Trois ! » Quatre", "Cinq"]
    assert sentences("M. Dupont a dit 3.5 euros.") == ["M.", "Dupont a dit 3.5 euros."]


def test_what_could_be_simpler_is_told_by_sentence() -> None:
    long = "Les personnes qui ont reçu la lettre que la caisse avait envoyée ont eu peur ; elles dorment mal."
    text = f"Tout va bien. {long}"
    told = list(remarks(text))
    assert any("18\u00a0mots" in line for line in told)
    assert any("plusieurs idées" in line for line in told)
    assert not any("Tout va bien" in line for line in told)
    (hard,) = remarks("C'est l'accompagnement.")
    assert hard == "« C'est l'accompagnement. » : 1\u00a0mot long (l'accompagnement)."


def test_an_acronym_is_explained_once_or_told() -> None:
    known = "Le RSA et la CAF. Le R.S.A. encore."
    texts = [known, "La commission XYZ (les gens qui décident) et le QRST, en 2025 ; Louis XIV."]
    assert acronyms("\n".join(texts)) == ["RSA", "CAF", "XYZ", "QRST"]
    assert explained_in(texts[1]) == {"XYZ"}
    explained, left = glossary(texts)
    assert explained == {"CAF": "caisse d'allocations familiales", "RSA": "revenu de solidarité active"}
    assert left == ["QRST"]
    assert glossary(texts, {"QRST": "un test"})[1] == []
