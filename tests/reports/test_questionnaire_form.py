"""Questionnaires and guides on paper."""

from __future__ import annotations

import io
import zipfile

from docx import Document

from enquete.reports.guide_form import write_guide
from enquete.reports.questionnaire_form import BOX, write_form
from enquete.survey.questionnaire.forms import entries
from enquete.survey.questionnaire.guide import guide
from enquete.survey.questionnaire.sheets import markdown_book

FORM = """\
## survey

| type | name | label | hint | relevant | usage | parameters |
|---|---|---|---|---|---|---|
| text | code | Code | | | clé | |
| text | nom | Votre nom | | | identité | |
| begin group | g | Le RSA | | | | |
| select_one on | rsa | Touchez-vous le RSA ? | | | | |
| integer | mois | Depuis quand ? | En mois. | ${rsa} = '1' | | |
| select_multiple on or_other | quoi | Quoi d'autre ? | | | | |
| end group | | | | | | |
| range | avenir | Confiance ? | | | | start=0 end=5 step=1 |
| select_one dep | dep | Où ? | | | | |
| begin repeat | r | Les enfants | | | | |
| date | ne | Date ? | | | | |
| end repeat | | | | | | |
| text | recit | Racontez. | | | | |
| image | photo | Une photo | | | | max-pixels=100 |

## choices

| list_name | name | label | manque |
|---|---|---|---|
| on | 1 | Oui | |
| on | 2 | Non | |
| on | 9 | Ne sait pas | ne sait pas |
""" + "".join(f"| dep | {n} | Lieu {n} | |\n" for n in range(9))


def made():
    return write_form("Le RSA", "Étude", "Premier entretien", entries(markdown_book("q.md", FORM), identity_last=True))


def paragraphs(data):
    return [
        (p.style.name, p.text.replace("\u202f", " ").replace("\u00a0", " "))
        for p in Document(io.BytesIO(data)).paragraphs
    ]


def test_questions_boxes_lines_and_filters():
    told = paragraphs(made())
    assert ("Title", "Le RSA") in told
    assert ("Heading 1", "Le RSA") in told
    assert ("Question", "2. Touchez-vous le RSA ?") in told
    assert ("Réponse", f"{BOX}\tNe sait pas") in told
    assert ("Filtre", "Seulement si la réponse à la question 2 est « Oui ». Sinon, allez à la question 4.") in told
    assert ("Consigne", "En mois.") in told
    assert ("Réponse", f"{BOX}\tAutre, précisez : \t") in told
    assert ("Case", "0\u20031\u20032\u20033\u20034\u20035") in told
    assert ("Case", "|__|__| / |__|__| / |__|__|__|__|") in told
    assert ("Consigne", "Sur téléphone ou tablette seulement.") in told
    assert sum(style == "Ligne" for style, _ in told) == 4 + 1


def test_who_the_person_is_stands_on_a_sheet_apart():
    told = [text for _, text in paragraphs(made())]
    assert told.index("Feuille à part") > told.index("8. Racontez.")
    assert told[-2] == "10. Votre nom"


def test_long_lists_of_short_choices_stand_in_two_columns():
    (table,) = Document(io.BytesIO(made())).tables
    assert [len(table.columns), len(table.rows)] == [2, 5]


def test_the_code_is_on_every_page_and_pages_are_numbered():
    document = Document(io.BytesIO(made()))
    assert "Étude – Premier entretien\tCode" in document.sections[0].header.paragraphs[0].text
    fields = document.sections[0].footer._element.xml
    assert "PAGE" in fields
    assert "NUMPAGES" in fields


def test_equal_questionnaires_give_equal_files_without_an_author():
    data = made()
    assert data == made()
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        core = archive.read("docProps/core.xml").decode()
    assert "creator" not in core
    assert "modified" not in core


def test_a_guide_on_paper():
    text = "# Le guide\n\nUne règle.\n\n## Vague 1 : premier\n\n### 1. La semaine (R02)\n\n"
    text += "Question d'ouverture : « Racontez ? »\n\n- Quoi ?\n\n## Vague 2\n\n### Suite\n\n- Où ?\n"
    found = guide("guide.md", text)
    data = write_guide(found, found.waves[:1], "Étude")
    assert paragraphs(data) == [
        ("Title", "Le guide"),
        ("Normal", "Une règle."),
        ("Heading 1", "Vague v1 : premier"),
        ("Heading 2", "1. La semaine   R02"),
        ("Encadré", "« Racontez ? »"),
        ("List Bullet", "Quoi ?"),
    ]
    assert data == write_guide(found, found.waves[:1], "Étude")
