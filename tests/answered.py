"""Answers to open questions, put straight into the database: what a study holds after « importer reponses »."""

from __future__ import annotations

from enquete.actions.study import open_study
from enquete.model import Measure, RespondentType, Role, Turn
from enquete.offsets import Mapping
from enquete.store import codings
from enquete.store.database import transaction
from enquete.store.interviews import OpenAnswer, Revision, add_open_answers, interviews
from enquete.store.people import Participation, put_participant, put_participation
from enquete.store.responses import WORDS, Dataset, ResponseRow, add_responses, new_dataset
from enquete.survey.matching.types import Variable
from enquete.survey.questionnaire.types import QuestionKind

LABELS = {"dire": "Que voulez-vous dire encore ?", "manque": "Qu'est-ce qui vous manque le plus ?"}


def add_answers(folder, said, wave="v1", questionnaire="rsa-v1", kind=RespondentType.CONCERNED, consents=None):
    """said: {"P101": {"dire": "On m'a tout coupé."}, …}. Gives {(person, question): code of the answer}."""
    with open_study(folder).database() as db, transaction(db):
        return put_answers(db, said, wave, questionnaire, kind, consents)


def put_answers(db, said, wave="v1", questionnaire="rsa-v1", kind=RespondentType.CONCERNED, consents=None):
    names = list(dict.fromkeys(name for answers in said.values() for name in answers))
    variables = tuple(
        Variable(name, QuestionKind.TEXT, LABELS.get(name, name.capitalize()), Measure.NOMINAL) for name in names
    )
    rows = []
    for code, answers in said.items():
        person = put_participant(db, code, kind)
        put_participation(db, person, Participation(wave, consents=consents or {}))
        body = f"[{','.join(WORDS if name in answers else 'null' for name in names)}]"
        rows.append(ResponseRow(person, None, "", "2026-03-02", body))
    listed = add_responses(db, new_dataset(db, Dataset(0, questionnaire, wave, "", True, variables)), rows)
    given = [(row, name, code, said[code][name]) for row, code in zip(listed, said, strict=True) for name in said[code]]
    answers = [OpenAnswer(row, name, wave, "2026-03-02", code, _revision(words, f"{row}-{name}"))
               for row, name, code, words in given]  # fmt: skip
    codes = add_open_answers(db, answers)
    return {(code, name): answer for (_, name, code, _), answer in zip(given, codes, strict=True)}


def _revision(words, uid):
    return Revision(f"u{uid}", "", words, [Turn(0, len(words), 0, Role.PARTICIPANT)], (), (), Mapping(), "import")


def code_answers(folder, coder, coded, book="rsa", done=True):
    """coded: {"R001": ("R02.1", "R05"), …}: each code on the whole answer. A code may come with its flag, as a pair."""
    with open_study(folder).database() as db, transaction(db):
        texts = {text.code: text for text in interviews(db)}
        for answer, codes in coded.items():
            text = texts[answer]
            for one in codes:
                name, flag = one if isinstance(one, tuple) else (one, None)
                codings.add_coding(db, codings.Coding(text.revision, 0, len(text.text), book, name, coder, flag))
            if done:
                codings.mark_read(db, text.id, coder)
