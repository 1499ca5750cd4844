"""The pages on questionnaires and answers: what they show is what the commands do."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from documented import walk_through
from partners import write_dta, write_lss, write_sav

from enquete.survey.matching.mapping import QuestionRules, SheetRules, _File

DOCS = Path(__file__).parents[1] / "docs"
HUB = DOCS / "questionnaires-et-reponses.md"
PAGES = [HUB, *sorted(DOCS.glob("reponses-*.md"))]
_QUESTIONNAIRE = re.compile(r"^```markdown questionnaires/repas\.md\n(.*?)^```$", re.MULTILINE | re.DOTALL)


@pytest.fixture
def asking(study):
    """A study with the questionnaire of the first page, and files that partners sent."""
    written = _QUESTIONNAIRE.search(HUB.read_text(encoding="utf-8"))
    assert written
    (study / "questionnaires" / "repas.md").write_text(written[1], encoding="utf-8")
    write_lss(study / "limesurvey_survey_92.lss")
    write_sav(study / "partenaire.sav")
    write_dta(study / "partenaire.dta")
    return study


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_the_commands_of_a_page_print_what_it_shows(page, asking, enquete):
    assert walk_through(page, asking, enquete) >= 4


def test_every_key_of_a_mapping_is_told():
    told = HUB.read_text(encoding="utf-8")
    keys = {field.alias or name for section in (_File, QuestionRules, SheetRules)
            for name, field in section.model_fields.items()}  # fmt: skip
    assert [key for key in sorted(keys) if f"`{key}`" not in told and f"\n{key} = " not in told] == []


def test_every_tool_has_its_page_and_they_point_at_each_other():
    assert len(PAGES) == 5
    hub = HUB.read_text(encoding="utf-8")
    for page in PAGES[1:]:
        assert f"({page.name}" in hub
        assert f"({HUB.name}" in page.read_text(encoding="utf-8")
