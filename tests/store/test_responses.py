"""Answers as they are stored: what is put in comes out the same."""

from answered import put_answers

from enquete.model import InterviewKind, Measure, MissingKind, RespondentType, Role, Turn
from enquete.offsets import Mapping
from enquete.store.database import opened, transaction
from enquete.store.interviews import OpenAnswer, Revision, add_open_answers, interviews
from enquete.store.people import Participation, put_participant, put_participation
from enquete.store.responses import (
    WORDS,
    Dataset,
    ResponseRow,
    add_responses,
    datasets,
    delete_responses,
    encoded,
    new_dataset,
    open_questions,
)
from enquete.survey.matching.types import Missing, MissingCode, Variable
from enquete.survey.questionnaire.types import Choice, QuestionKind

VARIABLES = (
    Variable(
        "logement", QuestionKind.ONE, "Où dormez-vous ?", Measure.NOMINAL,
        (Choice("propre", "Chez soi"), Choice("nsp", "Ne sait pas", MissingKind.DONT_KNOW)),
        (MissingCode(-999.0, -1.0, "", MissingKind.OTHER), MissingCode(".a", ".a", "refus", MissingKind.REFUSED)),
        ("Q1",), "F8.2",
    ),
    Variable("aides", QuestionKind.MANY, "Quelles aides ?", Measure.NOMINAL),
    Variable("heures", QuestionKind.DECIMAL, "Combien d'heures ?", Measure.SCALE, weight=True),
    Variable("dire", QuestionKind.TEXT, "Autre chose ?", Measure.NOMINAL),
)  # fmt: skip


def stored(db, cells, words="Rien ne va plus."):
    with transaction(db):
        person = put_participant(db, "P001", RespondentType.CONCERNED)
        put_participation(db, person, Participation("v1"))
        body = "[" + ",".join("null" if cell is None else encoded(cell) for cell in cells) + f",{WORDS}]"
        dataset = Dataset(0, "rsa-v1", "v1", "", True, VARIABLES)
        (row,) = add_responses(db, new_dataset(db, dataset), [ResponseRow(person, None, "", "2026-03-02", body)])
        turns = [Turn(0, len(words), 0, Role.PARTICIPANT)]
        revision = Revision("u1", "a1", words, turns, (), (), Mapping(), "import")
        add_open_answers(db, [OpenAnswer(row, "dire", "v1", "2026-03-02", "P001", revision)])
    return row


def test_every_kind_of_answer_comes_back_as_it_was(tmp_path):
    with opened(tmp_path / "etude.db") as db:
        stored(db, [Missing(MissingKind.REFUSED, ".a"), ("colis", "cantine"), 0])
        (dataset,) = datasets(db, "rsa-v1", "v1")
        assert dataset.variables == VARIABLES
        (response,) = dataset.responses
        assert response.cells == {
            "logement": Missing(MissingKind.REFUSED, ".a"), "aides": ("colis", "cantine"), "heures": 0, "dire": True,
        }  # fmt: skip


def test_a_blank_cell_is_neither_zero_nor_a_kind_of_missing(tmp_path):
    with opened(tmp_path / "etude.db") as db:
        stored(db, [None, None, None])
        assert datasets(db)[0].responses[0].cells == {"dire": True}


def test_an_open_answer_is_a_text_that_says_what_it_answers(tmp_path):
    with opened(tmp_path / "etude.db") as db:
        stored(db, [None, None, None], "On m'a tout coupé.")
        (text,) = interviews(db)
        assert (text.code, text.kind, text.text) == ("R001", InterviewKind.ANSWER, "On m'a tout coupé.")
        assert (text.questionnaire, text.question, text.participants) == ("rsa-v1", "dire", ("P001",))


def test_answers_taken_out_take_their_texts_and_an_empty_import_with_them(tmp_path):
    with opened(tmp_path / "etude.db") as db:
        row = stored(db, ["propre", None, 3])
        with transaction(db):
            delete_responses(db, [row])
        assert datasets(db) == []
        assert list(interviews(db)) == []


def test_an_open_question_is_known_by_the_label_of_its_last_import(tmp_path):
    with opened(tmp_path / "etude.db") as db:
        stored(db, [None, None, None])
        (question,) = open_questions(db)
        assert (question.key, question.label) == ("rsa-v1/dire", "Autre chose ?")
        assert next(interviews(db)).asked == question.key


def test_thousands_of_answers_come_in_the_order_of_their_numbers_and_in_few_queries(tmp_path):
    with opened(tmp_path / "etude.db") as db:
        with transaction(db):
            put_answers(db, {f"P{number:04d}": {"dire": f"Réponse {number}."} for number in range(1, 1101)})
        asked = []
        db.set_trace_callback(asked.append)
        codes = [text.code for text in interviews(db)]
        assert codes[998:1001] == ["R999", "R1000", "R1001"]
        assert len(asked) < 10
