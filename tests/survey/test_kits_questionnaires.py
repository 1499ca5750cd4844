"""The questionnaires and guides of the study kits: they convert, they are plain, and their waves can be compared."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import combinations
from pathlib import Path

import pytest
import yaml

from enquete.kits import kit_files, kits
from enquete.model import Measure, MissingKind
from enquete.survey.questionnaire.checking import check
from enquete.survey.questionnaire.guide import is_guide, read_guide
from enquete.survey.questionnaire.reading import read_questionnaire
from enquete.survey.questionnaire.sheets import read_book
from enquete.survey.questionnaire.types import Question, QuestionKind, Questionnaire, Usage

FILES = {path.stem: path for kit in kits() for part, path in kit_files(kit) if part == "questionnaires"}
GUIDES = {
    kit: path for kit in kits() for part, path in kit_files(kit) if part == "questionnaires" and path.stem == "guide"
}
FORMS = sorted(name for name, path in FILES.items() if not is_guide(path.read_text(encoding="utf-8")))
KIT_FORMS = {"rsa": ["rsa-v1", "rsa-v2", "rsa-v3"], "inclusion-numerique": [f"numerique-v{n}" for n in (1, 2, 3)]}
CHOICES = (QuestionKind.ONE, QuestionKind.MANY)

ACRONYMS = {
    "RSA": "revenu de solidarité active",
    "CAF": "caisse d'allocations familiales",
    "CAP": "certificat d'aptitude professionnelle",
    "BEP": "brevet d'études professionnelles",
}
CONTROLLING = re.compile(
    r"justifi|preuve|prouve|contrôl|vérifi|montant|combien gagnez|combien touchez|relevé|fiche de paie|nationalité"
    r"|pourquoi n'avez-vous|avez-vous bien|quel est votre (?:mot de passe|nom)",
    re.IGNORECASE,
)
NEGATIONS = re.compile(r"\b(?:ne|n'\w+|sans|jamais|aucune?|rien|non|ni)\b", re.IGNORECASE)


def form(name: str) -> Questionnaire:
    return read_questionnaire(FILES[name])


def closed(questionnaire: Questionnaire) -> list[Question]:
    return [question for question in questionnaire.questions if question.kind in CHOICES]


def spoken(questionnaire: Questionnaire) -> Iterator[str]:
    """All that somebody who answers may read."""
    for row in questionnaire.sheets["survey"]:
        yield from (row[column] for column in ("label", "hint") if row.get(column))
    for question in questionnaire.questions:
        yield from (choice.label for choice in question.choices)


def test_each_kit_has_a_questionnaire_for_three_waves_and_a_guide() -> None:
    assert sorted(name for names in KIT_FORMS.values() for name in names) == FORMS
    assert {kit: [form(name).waves for name in names] for kit, names in KIT_FORMS.items()} == {
        kit: [("v1",), ("v2",), ("v3", "v4")] for kit in KIT_FORMS
    }
    assert set(GUIDES) == set(KIT_FORMS)


@pytest.mark.parametrize("name", FORMS)
def test_pyxform_converts_it_without_a_warning(name: str) -> None:
    from pyxform.xls2xform import convert

    converted = convert(xlsform=FILES[name].read_text(encoding="utf-8"), file_type=".md")

    assert converted.warnings == []
    assert f'id="{name.replace("-", "_")}"' in converted.xform


@pytest.mark.parametrize("name", FORMS)
def test_the_program_finds_nothing_to_say_of_it(name: str) -> None:
    assert list(check(read_book(FILES[name]), ["v1", "v2", "v3", "v4"])) == []


@pytest.mark.parametrize("name", FORMS)
def test_names_suit_statistical_programs(name: str) -> None:
    for question in form(name).questions:
        assert re.fullmatch(r"[a-z][a-z0-9_]{0,31}", question.name)
        for choice in question.choices:
            assert re.fullmatch(r"[a-z][a-z0-9_]{0,15}", choice.name)
            if question.kind is QuestionKind.MANY:  # one variable a choice, in SPSS and Stata
                assert len(f"{question.name}_{choice.name}") <= 32


@pytest.mark.parametrize("name", FORMS)
def test_it_is_short(name: str) -> None:
    questionnaire = form(name)
    assert len(closed(questionnaire)) <= 20
    assert len([question for question in questionnaire.questions if question.open]) <= 6


@pytest.mark.parametrize("name", FORMS)
def test_its_words_are_plain(name: str) -> None:
    questionnaire = form(name)
    for question in questionnaire.questions:
        words = re.findall(r"[\w'-]+", question.label)
        assert 0 < len(words) <= 25, question.label
        assert len(NEGATIONS.findall(question.label)) <= 1, question.label
        assert max(map(len, re.findall(r"\w+", question.label))) <= 15, question.label
        assert re.search(r"[?.]$", question.label) or question.usage, question.label
        assert all(len(choice.label.split()) <= 12 for choice in question.choices)


@pytest.mark.parametrize("name", FORMS)
def test_an_acronym_is_explained_where_it_is_used(name: str) -> None:
    said = " ".join(spoken(form(name)))
    for acronym in set(re.findall(r"\b[A-ZÉÈ]{2,}\b", said)):
        assert ACRONYMS[acronym] in said, acronym


@pytest.mark.parametrize("name", FORMS)
def test_nothing_looks_like_a_control(name: str) -> None:
    for text in spoken(form(name)):
        assert not CONTROLLING.search(text), text
        assert "déclar" not in text, text


@pytest.mark.parametrize("name", FORMS)
def test_one_may_not_know_or_not_answer(name: str) -> None:
    """Every closed question has a way out, but the one on how the form is filled, which nobody is asked."""
    for question in closed(form(name)):
        kinds = {choice.missing for choice in question.choices}
        assert question.name == "passation" or MissingKind.REFUSED in kinds, question.name
        for choice in question.choices:
            way_out = choice.label.startswith(("Sans objet", "Ne sait pas", "Ne souhaite pas"))
            assert (choice.missing is not None) == way_out, (question.name, choice.name)


@pytest.mark.parametrize("name", FORMS)
def test_what_may_be_ticked_holds_no_comma_and_excludes_what_says_none(name: str) -> None:
    """Google Forms and Framaforms separate by commas what was ticked."""
    questionnaire = form(name)
    rules = {row["name"]: row.get("constraint", "") for row in questionnaire.sheets["survey"] if row.get("name")}
    for question in closed(questionnaire):
        if question.kind is QuestionKind.MANY:
            assert not any("," in choice.label for choice in question.choices)
            for choice in question.choices:
                alone = choice.name == "aucun" or choice.missing is not None
                assert (f"selected(., '{choice.name}')" in rules[question.name]) == alone


@pytest.mark.parametrize("name", FORMS)
def test_only_the_vault_gets_contacts_and_nobody_is_named(name: str) -> None:
    by_usage = {
        usage: [question.name for question in form(name).questions if usage in question.usage] for usage in Usage
    }
    assert by_usage[Usage.KEY] == ["code"]
    assert by_usage[Usage.DAY] == ["jour"]
    assert by_usage[Usage.IDENTITY] == []
    assert by_usage[Usage.CONTACT] == ["tel", "tel_consignes", "contact_secours"]


@pytest.mark.parametrize("names", KIT_FORMS.values(), ids=KIT_FORMS)
def test_what_is_asked_again_is_asked_the_same(names: list[str]) -> None:
    """Same words, same answers in the same order, same measure: what makes a transition table true."""
    for first, second in combinations(map(form, names), 2):
        shared = [(question, second.question(question.name)) for question in first.questions]
        again = [(one, other) for one, other in shared if other is not None]
        for one, other in again:
            for part in ("kind", "type", "label", "hint", "choices", "usage", "measure", "situation"):
                assert getattr(one, part) == getattr(other, part), (one.name, part)
        assert len([one for one, _ in again if one.kind in CHOICES]) >= 15


def test_a_name_that_both_kits_use_means_the_same() -> None:
    """The two kits may stand in one study."""
    rsa, digital = (form(names[0]) for names in KIT_FORMS.values())
    both = {question.name for question in rsa.questions} & {question.name for question in digital.questions}
    assert {"genre", "age", "logement"} <= both
    for names in KIT_FORMS["rsa"]:
        for others in KIT_FORMS["inclusion-numerique"]:
            for question in form(names).questions:
                other = form(others).question(question.name)
                assert other is None or (other.label, other.choices) == (question.label, question.choices)


@pytest.mark.parametrize("name", FORMS)
def test_life_lines_and_scales_are_said(name: str) -> None:
    questions = form(name).questions
    expected = {"rsa": {"logement", "ressources", "heures", "sanctions", "démarches", "emploi", "foyer"}}
    lines = expected.get(name.split("-")[0], {"logement", "ressources", "équipement", "démarches", "emploi", "foyer"})
    assert {question.situation for question in questions} - {""} == lines
    assert [question.name for question in questions if question.measure is Measure.ORDINAL]
    assert all(question.measure is Measure.SCALE for question in questions if question.kind is QuestionKind.INTEGER)


@pytest.mark.parametrize("kit", KIT_FORMS)
def test_every_theme_is_touched_and_every_code_exists(kit: str) -> None:
    [grid] = [path for part, path in kit_files(kit) if part == "codebooks"]
    codes = {code["id"] for code in yaml.safe_load(grid.read_text(encoding="utf-8"))["codes"]}
    themes = {code for code in codes if "." not in code}
    asked = {
        theme
        for name in KIT_FORMS[kit]
        for row in form(name).sheets["survey"]
        for theme in row.get("theme", "").split()
    }
    guided = {code for wave in read_guide(GUIDES[kit]).waves for topic in wave.topics for code in topic.codes}
    assert asked == themes
    assert guided <= codes
    assert {code.split(".")[0] for code in guided} == themes


@pytest.mark.parametrize("kit", KIT_FORMS)
def test_the_guide_goes_through_each_wave(kit: str) -> None:
    guide = read_guide(GUIDES[kit])
    assert [(wave.codes, wave.onwards) for wave in guide.waves] == [(("v1",), False), (("v2",), False), (("v3",), True)]
    for wave in guide.waves:
        *topics, last = wave.topics
        assert last.title == "Pour finir"
        assert all(topic.opening and topic.prompts and topic.codes and topic.number for topic in topics)
        assert [topic.number for topic in topics] == [str(place + 1) for place in range(len(topics))]
        assert not any(CONTROLLING.search(text) for topic in topics for text in (topic.opening, *topic.prompts))
    ends = [" ".join(wave.topics[-1].prompts) for wave in guide.waves]
    assert all("accord" in end and "contact de secours" in end for end in ends)


def test_the_folder_says_what_its_columns_are() -> None:
    told = (Path(FILES["rsa-v1"]).parents[1] / "README.md").read_text(encoding="utf-8")
    extra = {"usage", "mesure", "situation", "theme", "manque", "vague"}
    assert extra <= set(re.findall(r"\| `\w+` \| `(\w+)` \|", told))
