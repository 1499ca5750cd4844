"""What people write, as the database keeps it."""

import pytest

from enquete.findings.written.types import PieceKind, RemarkKind, Side
from enquete.model import RespondentType
from enquete.store import database
from enquete.store.people import put_participant
from enquete.store.pieces import (
    add_piece,
    choose,
    depart,
    departed,
    drop,
    give_up,
    history,
    pieces,
    say,
)
from enquete.store.remarks import drop_remark, note_remark, remarks, sign_remark

FINDING, RECOMMENDATION = PieceKind.FINDING, PieceKind.RECOMMENDATION


@pytest.fixture
def db(tmp_path):
    with database.opened(tmp_path / "etude.db") as connection, database.transaction(connection):
        for code in ("P001", "P002"):
            put_participant(connection, code, RespondentType.CONCERNED)
        connection.execute("INSERT INTO interview (code, wave, kind) VALUES ('E001', 'v1', 'recorded')")
        connection.execute(
            "INSERT INTO revision (uid, source, interview_id, text, digest, edits, reason, made_at) "
            "VALUES ('u', 's', 1, 'Bonjour. Je dors mal.', '', '[]', 'import', '')"
        )
        connection.execute("INSERT INTO turn VALUES (1, 0, 0, 8, 0, NULL, NULL), (1, 1, 9, 21, 1, NULL, NULL)")
        yield connection


def test_a_piece_says_what_was_said_last_and_keeps_the_rest(db):
    code = add_piece(db, FINDING)
    assert code == "C01"
    assert say(db, FINDING, code, {"title": "Attendre", "state": "brouillon"}, "lea") == ["title", "state"]
    assert say(db, FINDING, code, {"title": "Attendre sans savoir", "state": "brouillon"}, "ines") == ["title"]
    (piece,) = pieces(db)
    assert (piece.get("title"), piece.get("state"), piece.get("text")) == ("Attendre sans savoir", "brouillon", "")
    told = [(one.field, one.body, one.author) for one in history(db, FINDING, code)]
    assert told == [
        ("title", "Attendre", "lea"),
        ("state", "brouillon", "lea"),
        ("title", "Attendre sans savoir", "ines"),
    ]


def test_a_code_is_never_given_twice(db):
    first = add_piece(db, RECOMMENDATION)
    drop(db, RECOMMENDATION, first)
    assert (first, add_piece(db, RECOMMENDATION)) == ("REC01", "REC02")
    with pytest.raises(KeyError):
        say(db, RECOMMENDATION, first, {"title": "x"}, "lea")


def test_lists_name_only_what_the_study_holds(db):
    one, two = add_piece(db, FINDING), add_piece(db, RECOMMENDATION)
    say(db, FINDING, one, {"cases": "P001, P009, P002"}, "lea")
    say(db, RECOMMENDATION, two, {"findings": f"{one}, C07"}, "lea")
    assert [piece.listed("cases") or piece.listed("findings") for piece in pieces(db)] == [("P001", "P002"), ("C01",)]
    db.execute("DELETE FROM participant WHERE code = 'P002'")
    drop(db, FINDING, one)
    assert [piece.listed("findings") for piece in pieces(db)] == [()]


def test_a_case_is_its_person_s(db):
    assert add_piece(db, PieceKind.CASE, "P001") == add_piece(db, PieceKind.CASE, "P001") == "P001"
    say(db, PieceKind.CASE, "P001", {"rsa:2": "Vit de peu."}, "lea")
    assert [dict(piece.fields) for piece in pieces(db, PieceKind.CASE)] == [{"rsa:2": "Vit de peu."}]
    db.execute("DELETE FROM participant WHERE code = 'P001'")
    assert pieces(db) == []


def test_a_quotation_is_chosen_once_and_its_words_are_the_text_s(db):
    code = add_piece(db, FINDING)
    number = choose(db, FINDING, code, Side.SUPPORTS, "E001", 9, 21, "lea", ("rsa", "R07"))
    assert choose(db, FINDING, code, Side.SUPPORTS, "E001", 9, 21, "ines") == number
    (chosen,) = pieces(db)[0].evidence
    assert (chosen.text, chosen.turn, chosen.code, chosen.touched) == ("Je dors mal.", 1, "R07", False)
    give_up(db, [number])
    assert pieces(db)[0].evidence == ()


def test_a_passage_has_one_paraphrase_whose_signature_goes_with_it(db):
    first = note_remark(db, RemarkKind.PARAPHRASE, "E001", 9, 21, "Elle dort mal.", "lea")
    sign_remark(db, first, "Anne")
    note_remark(db, RemarkKind.COMMENT, "E001", 9, 21, "À rapprocher.", "ines")
    note_remark(db, RemarkKind.PARAPHRASE, "E001", 9, 21, "Le sommeil manque.", "lea")
    assert [(one.body, one.signer) for one in remarks(db)] == [("À rapprocher.", ""), ("Le sommeil manque.", "")]
    drop_remark(db, remarks(db)[0].id)
    assert len(remarks(db)) == 1


def test_a_file_that_left_is_known_by_its_mark(db):
    depart(db, "abc", "synthese", "groupe-projet", b"{}")
    assert (departed(db, "abc"), departed(db, "xyz")) == (b"{}", None)
