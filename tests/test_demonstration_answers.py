"""The demonstration's answers fit the kits' questionnaires, and its follow-up holds together."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from datetime import date, datetime
from itertools import chain
from pathlib import Path

import pytest

from enquete.model import Channel, LossReason, MissingKind, Outcome
from enquete.survey.questionnaire.reading import read_questionnaire
from enquete.survey.questionnaire.types import Question, QuestionKind, Questionnaire
from enquete.wording import label

ROOT = Path(__file__).parents[1]
DEMONSTRATION = ROOT / "enquete" / "demonstration"
FILES = {
    "reponses_rsa_v1.csv": ("rsa/rsa-v1.md", "v1", 14),
    "reponses_rsa_v2.csv": ("rsa/rsa-v2.md", "v2", 9),
    "reponses_numerique_v1.csv": ("inclusion-numerique/numerique-v1.md", "v1", 12),
    "reponses_numerique_v2.csv": ("inclusion-numerique/numerique-v2.md", "v2", 7),
}


def rows(name: str, encoding: str = "utf-8") -> list[dict[str, str]]:
    text = (DEMONSTRATION / name).read_bytes().decode(encoding)
    delimiter = ";" if text.splitlines()[0].count(";") else ","
    read = list(csv.DictReader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True))
    assert all(None not in row and None not in row.values() for row in read)  # as many cells as headers
    return read


def form(name: str) -> Questionnaire:
    return read_questionnaire(ROOT / "questionnaires" / FILES[name][0])


def answers(name: str) -> list[dict[str, str]]:
    """Each row by question, the names of choices as written, labels turned into names."""
    questions = form(name).questions
    return [{question.name: _cell(question, row) for question in questions} for row in rows(name)]


def _cell(question: Question, row: dict[str, str]) -> str:
    kobo = "/".join((*question.path, question.name))
    if kobo in row:
        return row[kobo]
    written = row[question.label]
    if question.kind is QuestionKind.DATE and written:
        return datetime.strptime(written, "%d/%m/%Y").date().isoformat()
    names = {choice.label: choice.name for choice in question.choices}
    if question.kind is QuestionKind.MANY and written:
        return " ".join(names[part] for part in written.split(", "))
    return names[written] if names and written else written


PEOPLE = {(row["code"], row["vague"]): row for row in rows("participants.csv", "cp1252")}
ATTEMPTS = rows("suivi_tentatives.csv")
LOST = rows("suivi_pertes.csv")


@pytest.mark.parametrize("name", FILES)
def test_every_answer_is_one_that_the_question_knows(name: str) -> None:
    given = answers(name)
    assert len(given) == FILES[name][2]
    for question in form(name).questions:
        for row in given:
            cell = row[question.name]
            if question.kind in (QuestionKind.ONE, QuestionKind.MANY):
                assert set(cell.split()) <= {choice.name for choice in question.choices}, (row["code"], question.name)
            elif question.kind is QuestionKind.INTEGER:
                assert cell == "" or 0 <= int(cell) <= 10
            elif question.kind is QuestionKind.DATE:
                assert cell == "" or date(2025, 1, 1) < date.fromisoformat(cell) < date(2026, 2, 1)


@pytest.mark.parametrize("name", FILES)
def test_each_person_answers_once_on_a_day_that_fits_their_interview(name: str) -> None:
    wave = FILES[name][1]
    codes = [row["code"] for row in answers(name)]
    assert len(set(codes)) == len(codes)
    for row in answers(name):
        met = PEOPLE.get((row["code"], wave), {}).get("date d'entretien")
        assert (row["code"], "v1") in PEOPLE
        assert not met or row["jour"] == datetime.strptime(met, "%d/%m/%Y").date().isoformat()


@pytest.mark.parametrize("study", ["rsa", "numerique"])
def test_who_answers_in_the_second_wave_answered_in_the_first(study: str) -> None:
    first, second = ({row["code"] for row in answers(f"reponses_{study}_{wave}.csv")} for wave in ("v1", "v2"))
    assert second < first


def test_some_do_not_know_or_do_not_answer_and_some_cells_are_blank() -> None:
    kinds: Counter[MissingKind] = Counter()
    for name in FILES:
        missing = {
            (question.name, choice.name): choice.missing
            for question in form(name).questions
            for choice in question.choices
            if choice.missing
        }
        for row in answers(name):
            kinds.update(missing[item] for item in row.items() if item in missing)
    assert {MissingKind.DONT_KNOW, MissingKind.REFUSED, MissingKind.NOT_APPLICABLE} == set(kinds)
    assert [row["code"] for row in answers("reponses_rsa_v1.csv") if row["avenir"] == ""] == ["P009", "P010"]


def test_ticked_columns_of_kobo_say_what_the_joined_one_says() -> None:
    for name in ("reponses_rsa_v1.csv", "reponses_rsa_v2.csv"):
        for question in form(name).questions:
            column = "/".join((*question.path, question.name))
            for row in rows(name) if question.kind is QuestionKind.MANY else []:
                ticked = {choice.name for choice in question.choices if row[f"{column}/{choice.name}"] == "1"}
                assert ticked == set(row[column].split())


def test_lives_change_between_the_waves() -> None:
    def of(code: str, question: str) -> tuple[str, str]:
        first, second = (
            next(row for row in answers(f"reponses_rsa_{wave}.csv") if row["code"] == code) for wave in ("v1", "v2")
        )
        return first[question], second[question]

    assert of("P001", "sanction") == ("aucune", "reduction")
    assert of("P001", "heures_prevues") == ("nsp", "h6_10")
    assert of("P003", "logement") == ("heberge", "foyer")
    assert of("P003", "rsa_situation") == ("touche", "sorti")
    assert of("P004", "heures_prevues") == ("h0", "h1_5")
    assert of("P014", "activite") == ("chomage", "retraite")


def test_numbers_and_addresses_lead_to_nobody() -> None:
    for name in (*FILES, "suivi_pertes.csv"):
        text = (DEMONSTRATION / name).read_text(encoding="utf-8")
        numbers = re.findall(r"\b0[1-9](?: \d\d){4}\b", text)
        assert all(number.startswith(("01 99 00", "06 39 98")) for number in numbers)
        assert all(address.endswith(".example") for address in re.findall(r"[\w.-]+@[\w.-]+\w", text))


def test_open_answers_hold_what_must_be_masked() -> None:
    told = " ".join(
        row[question.name]
        for name in FILES
        for question in form(name).questions
        for row in answers(name)
        if question.open
    )
    for name in ("Nawel", "Chantal", "Madame Delcourt", "Bintou", "Mai", "Kadiatou", "Walid", "Zohra", "Malik"):
        assert name in told
    for contact in ("01 99 00 35 14", "06 39 98 03 66", "marieclaude.rousselle@courrielle.example"):
        assert contact in told


def test_nobody_is_both_lost_and_met_and_attempts_keep_to_their_limit() -> None:
    second = {row["code"] for name in ("reponses_rsa_v2.csv", "reponses_numerique_v2.csv") for row in answers(name)}
    lost = {row["code"] for row in LOST}
    interviewed = {code for (code, wave), row in PEOPLE.items() if wave == "v2" and row["date d'entretien"]}
    tried = Counter(row["code"] for row in ATTEMPTS)
    assert not second & lost
    assert set(tried) == ((second - interviewed) | lost | {"P020", "P026", "P029", "P030"}) - {
        "P024"
    }  # who wrote to say no
    assert max(tried.values()) <= 5
    assert all(tried[row["code"]] == 5 for row in LOST if row["raison"] == label(LossReason.NOT_REACHED))
    assert "P009" not in tried
    assert {row["code"] for row in ATTEMPTS if row["résultat"] == label(Outcome.APPOINTMENT)} == second - interviewed


def test_the_follow_up_uses_the_words_of_the_program() -> None:
    def day(text: str) -> date:
        return datetime.strptime(text, "%d/%m/%Y").date()

    assert {row["moyen"] for row in ATTEMPTS} <= {label(channel) for channel in Channel}
    assert {row["résultat"] for row in ATTEMPTS} <= {label(outcome) for outcome in Outcome}
    assert {row["raison"] for row in LOST} == {
        label(reason) for reason in (LossReason.MOVED, LossReason.REFUSED, LossReason.NOT_REACHED, LossReason.UNKNOWN)
    }
    assert all(row["vague"] == "v2" for row in chain(ATTEMPTS, LOST))
    last = {row["code"]: day(row["date"]) for row in ATTEMPTS}
    assert all(day(row["notée le"]) >= last.get(row["code"], date.min) for row in LOST)


@pytest.mark.parametrize("coder", ["lea", "sofiane"])
def test_codings_of_answers_quote_them(coder: str) -> None:
    told = [
        row[question.name]
        for name in ("reponses_rsa_v1.csv", "reponses_numerique_v1.csv")
        for question in form(name).questions
        if question.open
        for row in answers(name)
    ]
    coded = rows(f"codages_reponses_{coder}.csv")
    assert len(coded) > 20
    assert [row["citation"] for row in coded if not any(row["citation"] in words for words in told)] == []
    assert {row["diffusion"] for row in coded} <= {"", "à citer"}
