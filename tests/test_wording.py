from datetime import date
from enum import StrEnum

import pytest

from enquete import wording
from enquete.model import ConsentKind, ConsentState, IdentifierType, InterviewKind, RespondentType, Role


@pytest.mark.parametrize(
    ("phrase", "count", "shown"),
    [
        ("personne", 0, "0 personne"),
        ("personne", 1, "1 personne"),
        ("personne", 3, "3 personnes"),
        ("personne concernée", 2, "2 personnes concernées"),
        ("tour de parole", 2, "2 tours de parole"),
        ("mot", 12345, "12\u202f345 mots"),
        ("refus", 2, "2 refus"),
        ("numéro d'allocataire", 2, "2 numéros d'allocataire"),
        ("citation non montrée", 2, "2 citations non montrées"),
    ],
)
def test_plurals(phrase: str, count: int, shown: str) -> None:
    assert wording.n(phrase, count) == shown.replace(" ", "\u00a0", 1)


@pytest.mark.parametrize("kind", [Role, RespondentType, InterviewKind, ConsentKind, ConsentState, IdentifierType])
def test_every_value_of_the_model_has_its_words(kind: type[StrEnum]) -> None:
    labels = [wording.label(value) for value in kind]
    assert len(set(labels)) == len(labels)
    assert all(wording.label(value, 2) for value in kind)


def test_no_two_enumerations_share_a_value() -> None:
    """Labels are looked up by value."""
    kinds = (Role, RespondentType, InterviewKind, ConsentKind, ConsentState, IdentifierType)
    assert len({value for kind in kinds for value in kind}) == sum(map(len, kinds))


def test_dates() -> None:
    assert wording.day(date(2025, 3, 1)) == "1er mars 2025"
    assert wording.from_month(date(2025, 4, 12)) == "d'avril 2025"
    assert wording.from_month(date(2025, 3, 12)) == "de mars 2025"
