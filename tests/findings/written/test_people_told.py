"""Numbers of people in what people write: told to their author, since nothing hides them."""

import pytest

from enquete.findings.written.people_told import counts_of_people, people_told
from enquete.findings.written.pieces import Piece
from enquete.findings.written.types import PieceKind


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Trois personnes parlent de la peur.", ["Trois personnes"]),
        ("Deux femmes sur douze l'ont dit.", ["Deux femmes sur douze"]),
        ("Deux jeunes femmes seules en parlent.", ["Deux jeunes femmes"]),
        ("Vingt-deux allocataires ont attendu.", ["Vingt-deux allocataires"]),
        ("7 personnes sur 24 attendent.", ["7 personnes sur 24"]),
        ("Une sur douze a renoncé.", ["Une sur douze"]),
        ("L'une d'elles a renoncé, deux d'entre elles hésitent.", ["L'une d'elles", "deux d'entre elles"]),
        ("Une seule personne a été radiée ; aucun aidant ne le sait.", ["Une seule personne", "aucun aidant"]),
        ("Toutes attendent, sauf deux.", ["sauf deux"]),
        ("La moitié des personnes attend, 20 % des aidants aussi.", ["La moitié des personnes", "20 % des aidants"]),
        ("3 des personnes rencontrées.", ["3 des personnes rencontrées"]),
        ("Cinq cas sur les huit.", ["Cinq cas sur les huit"]),
        ("deux d’entre nous", ["deux d’entre nous"]),
    ],
)
def test_people_counted_are_found_in_figures_and_in_letters(text: str, told: list[str]) -> None:
    assert people_told(text) == told


@pytest.mark.parametrize(
    "text",
    [
        "Une personne raconte son attente.",
        "Les personnes attendent trois mois, parfois deux ans.",
        "Quinze heures d'activité par semaine, 7 jours sur 7, 24 heures sur 24.",
        "Le RSA est de 635 euros ; l'accord de 2025 n'y change rien.",
        "Beaucoup de personnes, plusieurs aidants et quelques professionnels en parlent.",
        "Les deux vagues disent la même peur.",
        "Personne ne rappelle.",
        "En deux mois les personnes s'épuisent ; trois dossiers de familles sont perdus.",
        "Deux fois sur trois, le dossier est perdu.",
    ],
)
def test_other_numbers_are_left_alone(text: str) -> None:
    assert people_told(text) == []


def finding(**fields: str) -> Piece:
    return Piece("C01", PieceKind.FINDING, fields)


def test_only_what_the_public_reads_is_looked_at() -> None:
    said = {"title": "Deux personnes ont peur", "comments": "trois personnes", "limits": "une sur douze"}
    assert list(counts_of_people(finding(state="validé", **said))) == [
        "Titre : « Deux personnes »",
        "Limites : « une sur douze »",
    ]
    assert not list(counts_of_people(finding(state="proposé", **said)))


def test_recommendations_are_looked_at_once_they_are_settled() -> None:
    said = {"text": "Comme le disent deux mères"}
    assert list(counts_of_people(Piece("REC01", PieceKind.RECOMMENDATION, {"state": "validée", **said})))
    assert not list(counts_of_people(Piece("REC01", PieceKind.RECOMMENDATION, said)))
