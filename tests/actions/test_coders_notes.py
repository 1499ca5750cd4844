"""What coders wrote, read by the team."""

import json

import pytest

from enquete.coding.entries import Entry, Kind
from enquete.store import database
from enquete.store.entries import put_entries
from enquete.store.interviews import interviews


def written(kind, uid, **fields):
    return Entry(uid=uid, step=uid, item=fields.pop("item", uid), kind=kind, **fields)


@pytest.fixture
def noted(study, talk, enquete):
    """One interview, with what lea and sofiane wrote on it and on the study."""
    code, _, errors = enquete("importer", "entretiens", talk, "--vague", "v1")
    assert code == 0, errors
    with database.opened(study / "etude.db") as db, database.transaction(db):
        (text,) = interviews(db)
        start = text.text.index("coupé")
        place = {"interview": "E001", "revision": text.uid, "start": start, "end": start + len("coupé la moitié")}
        put_entries(
            db,
            "lea",
            [
                written(Kind.SHEET, "s2", interview="E001", field="tensions", body="Peur du contrôle."),
                written(Kind.SHEET, "s1", interview="E001", field="context", body="Au CCAS.\nPorte ouverte."),
                written(Kind.EVENT, "e1", interview="E001", title="mars 2024", body="Suspension."),
                written(Kind.MEMO, "m1", **place, body="Le mot « coupé » revient."),
                written(Kind.MEMO, "m2", **place, body="Ancien mémo."),
                written(Kind.GONE, "g1", over=("m2",), interview="E001"),
            ],
        )
        put_entries(db, "sofiane", [written(Kind.JOURNAL, "j1", title="3 mars", body="Saturation proche.")])
    return study


def test_notes_are_read_by_interview_the_journal_first(noted, enquete):
    code, out, _ = enquete("notes")
    assert code == 0
    assert out.splitlines() == [
        "Étude",
        "  Journal, 3 mars (sofiane) : Saturation proche.",
        "",
        "E001",
        "  Contexte (lea) : Au CCAS.",
        "    Porte ouverte.",
        "  Tensions (lea) : Peur du contrôle.",
        "  Événement, mars 2024 (lea) : Suspension.",
        "  tour 4, « coupé la moitié » (lea) : Le mot « coupé » revient.",
    ]


def test_notes_of_one_coder_for_a_program(noted, enquete):
    code, out, _ = enquete("notes", "--codeur", "sofiane", "--json")
    assert code == 0
    assert json.loads(out) == {
        "codeur": "sofiane",
        "entretien": None,
        "tour": None,
        "objet": "Journal, 3 mars",
        "texte": "Saturation proche.",
    }


@pytest.mark.parametrize(("option", "value"), [("--entretien", "E009"), ("--codeur", "anne")])
def test_what_the_study_does_not_have_is_said(noted, enquete, option, value):
    code, out, errors = enquete("notes", option, value)
    assert (code, out) == (1, "")
    assert value in errors
