"""Codes change: a coding stored before follows as one that arrives late does."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from enquete.coding.entries import Entry, Kind
from enquete.model import InterviewKind, Role, Suggestion, Turn
from enquete.offsets import Mapping
from enquete.store import code_changes, codings, database
from enquete.store.code_changes import ChangeKind, CodeChange, change_codes
from enquete.store.entries import CODE_CHANGED, Current, entries, put_entries
from enquete.store.interviews import Revision, Voice, add_interview, interviews

TEXT = "Ils m'ont coupé la moitié pendant deux mois."
OWN = "~p1"
PLACES = {"A": 0, "B": 8, "C": 16, OWN: 24}


@pytest.fixture
def db():
    with database.opened(":memory:") as connection:
        add_text(connection)
        yield connection


def add_text(db):
    add_interview(
        db,
        wave="v1",
        kind=InterviewKind.RECORDED,
        held_on=None,
        participants=[],
        voices=[Voice(Role.PARTICIPANT)],
        revision=Revision("u1", "", TEXT, [Turn(0, len(TEXT), 0, Role.PARTICIPANT)], [], [], Mapping(), "import"),
    )


def coding(code, generation=0, **more):
    uid = f"{code.strip('~')}-{generation}"
    more = {"uid": uid, "step": uid, "item": uid} | more
    start = PLACES[code]
    return Entry(
        kind=Kind.CODING, interview="E001", revision="u1", start=start, end=start + 5, codebook="g", code=code,
        generation=generation, **more,
    )  # fmt: skip


def change(db, kind, code, new=None):
    change_codes(db, [CodeChange(kind, "g", code, "g", new or code)], 2, "anne", None)


def rows(db):
    found = db.execute('SELECT g.start, g."end", g.codebook, g.code, g.touched, g.item FROM coding g ORDER BY g.item')
    return [tuple(row) for row in found]


def standing(db):
    return sorted((s.entry.uid, s.entry.code, s.touched) for s in entries(db, "lea", "E001"))


CODES = st.sampled_from(["A", "B", "C"])
CHANGES = st.lists(
    st.one_of(
        st.tuples(st.sampled_from([ChangeKind.RENAMED, ChangeKind.MERGED]), CODES, CODES),
        st.tuples(st.sampled_from([ChangeKind.SPLIT, ChangeKind.RETIRED]), CODES, CODES),
        st.tuples(st.just(ChangeKind.ADOPTED), st.just(OWN), CODES),
    ),
    max_size=6,
)


@given(CHANGES, st.data())
def test_stored_before_or_arrived_after_is_the_same(drawn, data):
    changes = [CodeChange(kind, "g", code, "g", new) for kind, code, new in drawn if code != new]
    known = data.draw(st.integers(0, len(changes)), label="changes that the coder knew")
    made = data.draw(st.lists(st.sampled_from([*"ABC", OWN]), min_size=1, unique=True))
    found = []
    for at in range(known, len(changes) + 1):
        with database.opened(":memory:") as db:
            add_text(db)
            for step, one in enumerate([*changes, None]):
                if step == at:
                    put_entries(db, "lea", [coding(code, known) for code in made])
                if one is not None:
                    change_codes(db, [one], 2, "anne", None)
            found.append((rows(db), standing(db)))
    assert all(one == found[0] for one in found)
    assert [(row[3], row[4]) for row in found[0][0]] == [
        (code, touched) for _, code, touched in sorted(found[0][1], key=lambda s: s[0])
    ]


def test_a_renamed_code_takes_its_codings_and_suggestions(db):
    (text,) = interviews(db)
    found = [("g", Suggestion(0, 5, 0, "A", 0.8, "indice : couper")), ("g", Suggestion(8, 13, 0, "B", 0.8, "x"))]
    codings.replace_suggestions(db, text.revision, ["g"], found)
    put_entries(db, "lea", [coding("A"), coding("B")])
    change(db, ChangeKind.RENAMED, "A", "argent")
    assert [(row[3], row[4]) for row in rows(db)] == [("argent", 0), ("B", 0)]
    assert [s.code for s in codings.suggestions(db)] == ["argent", "B"]
    assert Current(db).generation == 1


def test_codes_merged_are_one_suggestion_with_what_each_coder_decided(db):
    (text,) = interviews(db)
    codings.replace_suggestions(
        db, text.revision, ["g"], [("g", Suggestion(0, 5, 0, code, 0.8, "indice")) for code in "AB"]
    )
    first, second = codings.suggestions(db)
    put_entries(db, "lea", [coding("A", suggestion=first.id)])
    codings.decide(db, first.id, "lea", "accepted")
    codings.decide(db, second.id, "lea", "refused")
    codings.decide(db, first.id, "sam", "refused")
    change(db, ChangeKind.MERGED, "A", "B")
    assert [(s.id, s.code) for s in codings.suggestions(db)] == [(second.id, "B")]
    decided = db.execute("SELECT c.code, d.verdict FROM decision d JOIN coder c ON c.id = d.coder_id ORDER BY 1")
    assert [tuple(row) for row in decided] == [("lea", "accepted"), ("sam", "refused")]
    assert [one.suggestion for one in codings.codings(db)] == [second.id]


def test_passages_of_a_split_code_stay_and_want_a_look(db):
    put_entries(db, "lea", [coding("A"), coding("B")])
    change_codes(
        db, [CodeChange(ChangeKind.SPLIT, "g", "A", "g", new) for new in ("A1", "A2")], 5, "anne", None
    )  # fmt: skip
    assert [(row[3], row[4]) for row in rows(db)] == [("A", CODE_CHANGED), ("B", 0)]
    (look,) = code_changes.to_look_at(db)
    assert (look.interview, look.coder, look.code, look.settled) == ("E001", "lea", "A", False)
    assert [(c.change.new_code, c.version) for c in code_changes.recorded_changes(db, "g")] == [("A1", 5), ("A2", 5)]


def test_suggestions_of_a_retired_code_go_unless_somebody_judged_them(db):
    (text,) = interviews(db)
    spans = [Suggestion(start, start + 5, 0, "A", 0.8, "indice") for start in (0, 8, 16)]
    codings.replace_suggestions(db, text.revision, ["g"], [("g", one) for one in spans])
    judged, taken, _ = codings.suggestions(db)
    codings.decide(db, judged.id, "lea", "refused")
    put_entries(db, "lea", [coding("B", suggestion=taken.id)])
    change(db, ChangeKind.RETIRED, "A")
    assert [s.id for s in codings.suggestions(db)] == [judged.id, taken.id]


def test_a_proposed_code_is_adopted_with_what_arrives_under_it_later(db):
    proposal = Entry(
        uid="p1", kind=Kind.PROPOSAL, step="p1", item="p1", codebook="g", title="tenir sans rien", body="…", code="A"
    )
    put_entries(db, "lea", [proposal, coding(OWN)])
    (found,) = code_changes.proposals(db)
    assert (found.code, found.coder, found.label, found.parent, found.codings) == (
        OWN,
        "lea",
        "tenir sans rien",
        "A",
        1,
    )
    assert code_changes.own_codings(db) == 1
    change(db, ChangeKind.RENAMED, "A", "argent")
    assert code_changes.proposals(db)[0].parent == "argent"
    change(db, ChangeKind.ADOPTED, OWN, "A9")
    change(db, ChangeKind.RENAMED, "A9", "tenir")
    put_entries(db, "lea", [coding(OWN, 3, uid="late", step="late", item="late")])
    assert {row[3] for row in rows(db)} == {"tenir"}
    assert code_changes.proposals(db) == []
    assert code_changes.own_codings(db) == 0


def test_a_proposal_that_its_coder_dropped_stays_while_codings_hang_on_it(db):
    proposal = Entry(uid="p1", kind=Kind.PROPOSAL, step="p1", item="p1", codebook="g", title="tenir")
    gone = Entry(uid="p2", kind=Kind.GONE, step="p2", item="p1", over=("p1",))
    put_entries(db, "lea", [proposal, coding(OWN), gone])
    assert [one.codings for one in code_changes.proposals(db)] == [1]
    put_entries(db, "lea", [Entry(uid="p3", kind=Kind.GONE, step="p3", item="p1-0", over=("p1-0",))])
    assert code_changes.proposals(db) == []


def test_what_a_file_still_has_to_follow_is_noted(db):
    code_changes.note_codebook(db, "ma grille", 4)
    code_changes.note_codebook(db, "autre", 2)
    assert code_changes.unwritten_codebooks(db) == [("autre", 2), ("ma grille", 4)]
    code_changes.codebook_written(db, "ma grille")
    assert code_changes.unwritten_codebooks(db) == [("autre", 2)]
