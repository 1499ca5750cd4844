"""Filters in French words; where a paper form goes on."""

from __future__ import annotations

import pytest

from enquete.survey.questionnaire.conditions import Named, in_words
from enquete.survey.questionnaire.forms import entries
from enquete.survey.questionnaire.sheets import markdown_book
from enquete.survey.questionnaire.types import Choice, Question, QuestionKind

RSA = Question("rsa", QuestionKind.ONE, "select_one", "RSA ?", choices=(Choice("1", "Oui"), Choice("2", "Non")))


@pytest.mark.parametrize(
    ("expression", "words"),
    [
        ("${rsa} = '1'", "la réponse à la question 3 est « Oui »"),
        ("${rsa}=1 or ${rsa}='2'", "la réponse à la question 3 est « Oui » ou « Non »"),
        ("${ rsa } != ''", "une réponse est donnée à la question 3"),
        ("${rsa} >= 1.5", "la réponse à la question 3 est 1,5 au moins"),
        ("not(${rsa} < 18)", "la réponse à la question 3 est 18 au moins"),
        ("selected(${rsa}, '1')", "« Oui » est coché à la question 3"),
        ("not(selected(${rsa}, '1') or selected(${rsa}, '2'))",
         "« Oui » n'est pas coché à la question 3 et « Non » n'est pas coché à la question 3"),
        ("(${rsa} = 1 or ${rsa} = 2) and ${rsa} != 3",
         "(la réponse à la question 3 est « Oui » ou « Non ») et la réponse à la question 3 n'est pas 3"),
        ("count-selected(${rsa})  > 2", "« count-selected(${rsa}) > 2 »"),
        ("today() > '2026-01-01'", "« today() > '2026-01-01' »"),
    ],
)  # fmt: skip
def test_in_words(expression, words):
    assert in_words(expression, lambda name: Named("la question 3", RSA)) == words


FORM = """\
## survey

| type | name | label | relevant | usage |
|---|---|---|---|---|
| start | debut | | | |
| text | nom | Nom | | identité |
| select_one on | rsa | Touchez-vous le **RSA** ? | | |
| integer | mois | Depuis quand ? | ${rsa} = '1' | |
| select_multiple on or_other | quoi | Quoi d'autre que ${mois} ? | ${rsa} = '1' | |
| begin group | g | Le foyer | ${rsa} != '1' | |
| integer | age | Âge ? | | |
| end group | | | | |
| text | fin | Un mot ? | | |

## choices

| list_name | name | label |
|---|---|---|
| on | 1 | Oui |
| on | 2 | Non |
"""


def test_filters_say_where_to_go_on():
    told = [(e.number, e.step.label, e.condition, e.until, e.onwards) for e in entries(markdown_book("q.md", FORM))]
    yes, no = "la réponse à la question 2 est « Oui »", "la réponse à la question 2 n'est pas « Oui »"
    assert told == [
        (1, "Nom", "", 0, 0),
        (2, "Touchez-vous le RSA ?", "", 0, 0),
        (3, "Depuis quand ?", yes, 4, 5),
        (4, "Quoi d'autre que [réponse 3] ?", "", 0, 0),
        (0, "Le foyer", no, 5, 6),
        (5, "Âge ?", "", 0, 0),
        (6, "Un mot ?", "", 0, 0),
    ]


def test_who_the_person_is_comes_last_on_paper():
    told = [(e.number, e.step.name) for e in entries(markdown_book("q.md", FORM), identity_last=True) if e.number]
    assert told == [(1, "rsa"), (2, "mois"), (3, "quoi"), (4, "age"), (5, "fin"), (6, "nom")]
