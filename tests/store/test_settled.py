"""The settled layer: whatever is decided, in whatever order, it is what the rulings that stand have kept."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from enquete.coding.adjudication import Kept, Reading, Verdict, cases, kept, same_readings
from enquete.coding.entries import Entry, Kind
from enquete.model import InterviewKind, Role, Turn
from enquete.offsets import Mapping, Replacement, replace
from enquete.store import codings, database
from enquete.store.code_changes import ChangeKind, CodeChange, change_codes
from enquete.store.counting import counted
from enquete.store.entries import put_entries
from enquete.store.interviews import Revision, Voice, add_interview, interviews, revise
from enquete.store.settled import Decision, put_ruling, rulings, settle_whole, settled_layer

TEXT = "On m'a coupé la moitié. J'avais plus rien. J'ai signé sans lire."
PANEL = ("lea", "sam", "zoe")


def revision(uid, text):
    return Revision(uid, "", text, [Turn(0, len(text), 0, Role.PARTICIPANT)], [], [], Mapping(), "import")


def add_text(db):
    add_interview(
        db, wave="v1", kind=InterviewKind.RECORDED, held_on=None, participants=[], voices=[Voice(Role.PARTICIPANT)],
        revision=revision("u0", TEXT),
    )  # fmt: skip


def text_of(db):
    return next(iter(interviews(db)))


def code(db, coder, uid, code, start, end):
    text = text_of(db)
    put_entries(db, coder, [Entry(
        uid=uid, kind=Kind.CODING, step=uid, item=uid, interview="E001", revision=text.uid, start=start, end=end,
        codebook="g", code=code,
    )])  # fmt: skip


def read(db):
    text = text_of(db)
    mine = [Reading(c.coder, c.item, c.codebook, c.code, c.start, c.end) for c in codings.codings(db)]
    return text, cases(text.code, text.text, PANEL, mine)


def own(db):
    return [(c.coder, c.item, c.code, c.start, c.end, c.flag) for c in codings.codings(db)]


def settled(db):
    return {Kept(c.codebook, c.code, c.start, c.end) for c in codings.codings(db, settled=True)}


SPANS = st.tuples(st.integers(0, len(TEXT) - 2), st.integers(2, 20)).map(lambda p: (p[0], min(len(TEXT), sum(p))))
CODINGS = st.lists(st.tuples(st.sampled_from(PANEL), st.sampled_from("XYZ"), SPANS), min_size=1, max_size=8)


def decide(db, data):
    text, found = read(db)
    if not found:
        return
    case = data.draw(st.sampled_from(found))
    verdict = data.draw(st.sampled_from([v for v in Verdict if v is not Verdict.NEW]))
    coder = data.draw(st.sampled_from(PANEL)) if verdict is Verdict.ONE else ""
    put_ruling(db, text, case, Decision(verdict, coder, kept(case, verdict, coder), "anne", "pour voir"))


def move_text(db, data, number):
    text = text_of(db)
    low = data.draw(st.integers(0, len(text.text) - 1))
    words = data.draw(st.text("ab ", max_size=4))
    new, edits = replace(text.text, [Replacement(low, min(len(text.text), low + 3), f"{words}c")])
    revise(db, text, revision(f"u{number + 1}", new), edits)


@settings(max_examples=60, deadline=None)
@given(CODINGS, st.data())
def test_the_layer_is_what_standing_rulings_kept_and_coders_keep_theirs(drawn, data):
    with database.opened(":memory:") as db:
        add_text(db)
        for number, (coder, name, (start, end)) in enumerate(drawn):
            code(db, coder, f"c{number}", name, start, end)
        for number in range(data.draw(st.integers(1, 5))):
            before, history = own(db), len(rulings(db))
            act = data.draw(st.sampled_from(["decide", "decide", "decide", "text", "code"]))
            if act == "decide":
                decide(db, data)
                assert own(db) == before
            elif act == "text":
                move_text(db, data, number)
            else:
                change_codes(db, [CodeChange(ChangeKind.RENAMED, "g", "X", "g", "Y")], 2, "anne", None)
            standing = [one for one in rulings(db) if one.stands]
            assert len(rulings(db)) >= history
            assert settled(db) == {place for one in standing for place in one.kept}
            ruled = [item for one in standing for item in one.items]
            assert len(ruled) == len(set(ruled))


@settings(max_examples=40, deadline=None)
@given(CODINGS, st.data())
def test_what_counts_is_the_settled_version_and_what_nobody_ruled_on(drawn, data):
    with database.opened(":memory:") as db:
        add_text(db)
        for number, (coder, name, (start, end)) in enumerate(drawn):
            code(db, coder, f"c{number}", name, start, end)
        for _ in range(3):
            decide(db, data)
        ruled = {item for one in rulings(db) if one.stands for item in one.items}
        left = {(c, n, s, e) for c, item, n, s, e, _ in own(db) if (c, item) not in ruled}
        assert {
            (c.coding.coder, c.coding.code, c.coding.start, c.coding.end) for c in counted(db) if not c.settled
        } == left
        assert {(c.coding.code, c.coding.start, c.coding.end) for c in counted(db) if c.settled} == {
            (k.code, k.start, k.end) for k in settled(db)
        }
        settle_whole(db, text_of(db))
        assert all(one.settled for one in counted(db))


def test_a_ruling_still_fits_after_the_text_and_the_code_changed():
    with database.opened(":memory:") as db:
        add_text(db)
        code(db, "lea", "a", "X", 7, 22)
        text, (case,) = read(db)
        put_ruling(db, text, case, Decision(Verdict.ONE, "lea", kept(case, Verdict.ONE, "lea"), "anne", "oui"))
        new, edits = replace(text.text, [Replacement(0, 2, "Ils")])
        revise(db, text, revision("u1", new), edits)
        change_codes(db, [CodeChange(ChangeKind.RENAMED, "g", "X", "g", "argent")], 2, "anne", None)
        _, (case,) = read(db)
        (ruling,) = rulings(db)
        assert same_readings(case.readings, ruling.readings)
        assert (ruling.start, ruling.end, ruling.why) == (case.start, case.end, "oui")
        assert ruling.kept == (Kept("g", "argent", 8, 23),)


def test_the_layer_bears_no_coder_s_name():
    with database.opened(":memory:") as db:
        add_text(db)
        code(db, "arbitrage", "a", "X", 7, 22)
        assert settled_layer(db) != "arbitrage"
        assert codings.coders(db) == ["arbitrage"]
