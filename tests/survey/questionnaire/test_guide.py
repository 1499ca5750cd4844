"""Interview guides."""

from __future__ import annotations

import pytest

from enquete.errors import EnqueteError, Problem
from enquete.survey.questionnaire.checking_guides import check_guide
from enquete.survey.questionnaire.guide import Passage, guide, is_guide

TEXT = """\
# Guide : le budget

Trois règles :

- Ne pas juger.
  - Jamais.

## Avant de commencer

Se présenter.

## Vague 1 : premier entretien

### 1. Une semaine (R02, R03.2 à R03.4)

Question d'ouverture : « Racontez-moi
votre semaine ? » Laisser parler.

- L'argent ?
- Le **logement** ?

### Le soir (en famille)

**Question d'ouverture :** Et le soir ?

## Vagues 3 et suivantes : nouvel entretien

Rappeler un fait.

### 1. Depuis (R02)

- Qu'est-ce qui a changé ?
"""


def test_a_guide():
    found = guide("guide.md", TEXT)
    assert (found.name, found.title) == ("guide", "Guide : le budget")
    assert [(part.title, part.passages) for part in found.parts] == [
        ("", (Passage("Trois règles :"), Passage("Ne pas juger.", 1), Passage("Jamais.", 2))),
        ("Avant de commencer", (Passage("Se présenter."),)),
    ]
    first, later = found.waves
    assert (first.codes, first.title, first.onwards, first.line) == (("v1",), "premier entretien", False, 12)
    week, evening = first.topics
    assert (week.number, week.title, week.codes) == ("1", "Une semaine", ("R02", "R03.2", "R03.3", "R03.4"))
    assert week.opening == "Racontez-moi votre semaine ?"
    assert (week.instructions, week.prompts) == (("Laisser parler.",), ("L'argent ?", "Le logement ?"))
    assert (evening.title, evening.codes, evening.opening) == ("Le soir (en famille)", (), "Et le soir ?")
    assert (later.codes, later.onwards, later.instructions) == (("v3",), True, (Passage("Rappeler un fait."),))


@pytest.mark.parametrize(("code", "title"), [("v1", "premier entretien"), ("V3", "nouvel entretien"),
                                             ("v7", "nouvel entretien"), ("v2", None)])  # fmt: skip
def test_what_to_ask_in_a_wave(code, title):
    wave = guide("guide.md", TEXT).wave(code)
    assert (wave.title if wave else None) == title


@pytest.mark.parametrize(
    ("heading", "codes", "onwards"),
    [
        ("Vague 2", ("v2",), False),
        ("Vague v2 – suite", ("v2",), False),
        ("Vagues 2 et 3", ("v2", "v3"), False),
        ("Vagues 2 à 4 : suivi", ("v2", "v3", "v4"), False),
        ("Vague 3+", ("v3",), True),
        ("Vague printemps : les beaux jours", ("printemps",), False),
    ],
)
def test_waves_as_people_write_them(heading, codes, onwards):
    (wave,) = guide("g.md", f"## {heading}\n\n### A\n\n- b\n").waves
    assert (wave.codes, wave.onwards) == (codes, onwards)


def test_a_guide_is_told_from_a_questionnaire():
    assert is_guide(TEXT)
    assert not is_guide("# La vague\n\n## survey\n\n| type |\n|---|\n| text |\n")


def test_without_waves_it_is_refused():
    with pytest.raises(EnqueteError) as caught:
        guide("g.md", "# Guide\n\n### Un thème\n")
    assert caught.value.problem is Problem.GUIDE_FAULTS


def test_what_is_wrong_is_told_with_its_line():
    text = "## Vague 1\n\n### Vide (R01)\n\n### Plein (R99)\n\n- Oui ?\n\n## Vague 1\n\n### A\n\n- b\n\n## Vague 9\n"
    faults = list(check_guide(guide("g.md", text), ["v1", "v2"], {"R01"}))
    assert [(f.line, f.is_error) for f in faults] == [(3, True), (5, True), (9, True), (15, False), (15, True)]
    assert "« Vide » est vide" in faults[0].message
    assert "« R99 »" in faults[1].message
    assert "deux parties" in faults[2].message
    assert "« v9 »" in faults[3].message
