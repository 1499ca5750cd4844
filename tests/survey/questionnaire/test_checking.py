"""pyxform's errors and warnings in French, each with its line; and what only a study can tell."""

from __future__ import annotations

import pytest

from enquete.survey.questionnaire.checking import check
from enquete.survey.questionnaire.sheets import markdown_book

_SURVEY = "## survey\n\n| type | name | label | relevant | usage | parameters |\n|---|---|---|---|---|---|\n"
_CHOICES = "\n## choices\n\n| list_name | name | label | manque |\n|---|---|---|---|\n"
_YES = "| on | 1 | Oui | |\n| on | 2 | Non | |\n"


def found(survey, choices=_YES, waves=None):
    return check(markdown_book("q.md", _SURVEY + survey + (_CHOICES + choices if choices else "")), waves)


def said(faults, *, errors=True):
    return [(f.sheet, f.line, f.message) for f in faults if f.is_error is errors]


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ("| txt | b | B | | | |", "le type « txt » n'existe pas"),
        ("| | b | B | | | |", "la colonne « type » est vide"),
        ("| text | | B | | | |", "la colonne « name » est vide"),
        ("| text | a | B | | | |", "deux questions ou groupes ont le nom « a »"),
        ("| text | e é | B | | | |", "« e é » ne peut pas être un nom"),
        ("| text | b | B | ${zut} = 1 | | |", "parle de « ${zut} », et aucune question n'a ce nom"),
        ("| text | b | B | ${zut = 1 | | |", "contient une référence mal écrite"),
        ("| select_one off | b | B | | | |", "la liste de choix « off » n'existe pas"),
        ("| integer | b |  | | | |", "« b » n'a pas de libellé"),
        ("| calculate | b |  | | | |", "ce calcul n'a pas de formule"),
        ("| range | b | B | | | start=1 end=x |", "« end » doit être un nombre"),
        ("| range | b | B | | | debut=1 |", "le paramètre « debut » n'existe pas"),
        ("| text | b | B | | clef | |", "l'usage « clef » n'existe pas"),
        ("| end group | | | | | |", "ne ferme rien"),
    ],
)
def test_an_error_is_told_with_its_line(row, words):
    ((sheet, line, message),) = said(found(f"| text | a | A | | clé | |\n{row}\n"))
    assert (sheet, line) == ("survey", 6)
    assert words in message


def test_a_bad_row_does_not_hide_the_next():
    rows = "| txt | a | A | | | |\n| text | b | ${a} | | | |\n| text | | C | | | |\n| select_one off | d | D | | | |\n"
    assert [line for _, line, _ in said(found(rows))] == [5, 7, 8]


def test_groups_that_do_not_close():
    ((_, line, message),) = said(found("| begin group | g | G | | | |\n| text | a | A | | | |\n"))
    assert line == 5
    assert "n'est jamais fermé" in message


def test_a_group_with_a_capital():
    told = said(found("| Begin_Group | g | G | | | |\n| text | a | A | | | |\n| end_group | | | | | |\n"))
    assert ("survey", 5, "« Begin_Group » s'écrit en petites lettres : begin_group.") in told


def test_faults_of_choices():
    choices = "| on | 1 | Oui | |\n| on | 1 | Non | |\n| on | | Rien | |\n| | 3 | Perdu | |\n| on | 4 | Bof | bof |\n"
    told = said(found("| select_one on | a | A | | clé | |\n", choices))
    assert [(sheet, line) for sheet, line, _ in told] == [("choices", n) for n in (12, 13, 14, 15)]
    assert "deux choix de la liste « on » ont le nom « 1 »" in told[0][2]
    assert "n'est dans aucune liste" in told[2][2]
    assert "« bof » n'est pas un manque" in told[3][2]


def test_no_choices_no_survey():
    assert "feuille « choices »" in said(found("| select_one on | a | A | | | |\n", ""))[0][2]
    assert "feuille « survey »" in said(check(markdown_book("q.md", "# Rien\n")))[0][2]
    assert "« survy »" in said(check(markdown_book("q.md", "| survy |\n| | type | name |\n| | text | a |\n")))[0][2]


def test_a_key_stands_once_and_out_of_repeats():
    rows = "| begin repeat | r | R | | | |\n| text | a | A | | clé | |\n| end repeat | | | | | |\n"
    rows += "| text | b | B | | clé | |\n"
    messages = [message for _, _, message in said(found(rows))]
    assert any("deux questions ont l'usage « clé »" in message for message in messages)
    assert any("partie répétée" in message for message in messages)


def test_waves_that_the_study_has_not_yet_are_a_remark():
    book = markdown_book("q.md", _SURVEY + "| text | a | A | | clé | |\n\n## settings\n\n| vague |\n|---|\n| v1 v3 |\n")
    ((sheet, _, message),) = said(check(book, ["v1", "v2"]), errors=False)
    assert sheet == "settings"
    assert "« v3 »" in message


@pytest.mark.parametrize(
    ("survey", "words"),
    [
        ("| text | nom | Votre nom | | | |\n| text | c | C | | clé | |\n", "usage"),
        ("| text | c | C | | clé | |\n| text | C | C | | | |\n", "majuscules"),
        ("| text | c | C | | clé | |\n| image | p | P | | | |\n", "max-pixels"),
        (f"| text | c | C | | clé | |\n| text | l | {'mot ' * 50} | | | |\n", "50\u00a0mots"),
        ("| text | c | C | | clé | |\n|  |  |  |  | jour |  |\n", "n'est pas une question"),
    ],
)
def test_remarks(survey, words):
    assert any(words in message for _, _, message in said(found(survey, ""), errors=False))


def test_nothing_is_said_of_what_is_right():
    rows = "| text | c | Code | | clé | |\n| select_one on | a | A | | | |\n| text | b | B | ${a} = '1' | | |\n"
    assert found(rows, waves=["v1"]) == []
