"""What coders do comes to the same whatever the order, the number of times and the moment in which it arrives."""

from contextlib import contextmanager

from hypothesis import given, settings
from hypothesis import strategies as st

from enquete.coding.entries import Entry, Kind, holding, merged
from enquete.model import InterviewKind, Role, Suggestion, Turn
from enquete.offsets import Mapping, Replacement, replace
from enquete.store import database
from enquete.store.code_changes import ChangeKind, CodeChange, change_codes
from enquete.store.codings import mark_read, readings, replace_suggestions
from enquete.store.entries import Arrival, all_entries, entries, put_entries
from enquete.store.interviews import Revision, Voice, add_interview, interview_named, moved_turns, revise

TEXT = "Ils m'ont coupé la moitié pendant deux mois, j'avais plus rien sur le compte."
CODERS = ("lea", "max")
SUGGESTED = (1, 2)


@contextmanager
def opened():
    """A study of one interview, in memory, with two suggestions (rows 1 and 2)."""
    with database.opened(":memory:") as db:
        turns = [Turn(0, len(TEXT), 0, Role.PARTICIPANT)]
        add_interview(
            db,
            wave="v1",
            kind=InterviewKind.RECORDED,
            held_on=None,
            participants=[],
            voices=[Voice(Role.PARTICIPANT)],
            revision=Revision("u0", "", TEXT, turns, [], [], Mapping(), "import"),
        )
        found = [Suggestion(10, 15, 0, "S", 0.8, "indice"), Suggestion(50, 59, 0, "S", 0.8, "indice")]
        replace_suggestions(db, 1, ["g"], [("g", one) for one in found])
        yield db


# --- what happens in a study: texts corrected, codes changed, entries made by coders who know the study of the moment


class Story:
    """Draws what happens. events: (coder, entry), (uid of a text, replacements) or a change of codes, in order."""

    def __init__(self, draw):
        self.draw = draw
        self.events = []
        self.text, self.revision, self.generation = TEXT, "u0", 0
        self.made = {coder: [] for coder in CODERS}

    def go(self):
        steps = st.sampled_from([self.correct, self.change, *[self.act] * 6])
        for step in self.draw(st.lists(steps, min_size=1, max_size=25)):
            step()
        return self.events

    def correct(self):
        start = self.draw(st.integers(0, len(self.text)))
        end = self.draw(st.integers(start, min(len(self.text), start + 12)))
        edits = [Replacement(start, end, self.draw(st.sampled_from(["", "x", "[prénom]", "un autre mot "])))]
        if edits[0].text == self.text[start:end] or len(self.text) - (end - start) < 20:
            return
        self.text, _ = replace(self.text, edits)
        self.revision = f"u{len(self.events) + 1}"
        self.events.append((self.revision, edits))

    def change(self):
        code, new = self.draw(st.permutations("ABC"))[:2]
        kind = self.draw(st.sampled_from([k for k in ChangeKind if k is not ChangeKind.ADOPTED]))
        self.generation += 1
        self.events.append(CodeChange(kind, "g", code, "g", new if kind in ("renamed", "merged", "split") else code))

    def act(self):
        coder = self.draw(st.sampled_from(CODERS))
        action = self.draw(st.sampled_from([self.code, self.memo, self.stage, self.verdict, self.edit, self.undo]))
        entry = action(coder)
        if entry is not None:
            self.made[coder].append(entry)
            self.events.append((coder, entry))

    def entry(self, coder, kind, **fields):
        uid = f"{coder}{len(self.events)}"
        named = {"uid": uid, "step": uid, "item": uid, "generation": self.generation, "made_at": "2026-03-01"}
        return Entry(kind=kind, **{**named, **fields})

    def place(self):
        start = self.draw(st.integers(0, len(self.text) - 1))
        end = self.draw(st.integers(start + 1, min(len(self.text), start + 15)))
        return {"interview": "E001", "revision": self.revision, "start": start, "end": end}

    def code(self, coder, **fields):
        code = {"codebook": "g", "code": self.draw(st.sampled_from("ABC"))}
        flag = self.draw(st.sampled_from([None, "cite", "never"]))
        suggestion = self.draw(st.sampled_from([None, *SUGGESTED]))
        return self.entry(coder, Kind.CODING, **self.place(), **code, flag=flag, suggestion=suggestion, **fields)

    def memo(self, coder, **fields):
        about = self.draw(st.sampled_from([self.place(), {"interview": "E001"}, {"codebook": "g", "code": "A"}, {}]))
        kind = Kind.MEMO if about else Kind.JOURNAL
        return self.entry(coder, kind, **about, body=self.draw(st.sampled_from(["Oui.", "Non."])), **fields)

    def stage(self, coder, **fields):
        field = self.draw(st.sampled_from(["read", "coded"]))
        return self.entry(coder, Kind.STAGE, interview="E001", field=field, **fields)

    def verdict(self, coder, **fields):
        judged = {"suggestion": self.draw(st.sampled_from(SUGGESTED)), "interview": "E001"}
        field = self.draw(st.sampled_from(["accepted", "refused", "changed"]))
        return self.entry(coder, Kind.VERDICT, **judged, field=field, **fields)

    def edit(self, coder):
        """Another state of a thing, or its end; two edits of one state are made apart (two tabs, a packet)."""
        if not self.made[coder]:
            return None
        before = self.draw(st.sampled_from(self.made[coder]))
        other = self.draw(st.sampled_from(self.made[coder]))
        over = tuple({before.uid, *([other.uid] if self.draw(st.booleans()) else [])})
        again = {Kind.CODING: self.code, Kind.MEMO: self.memo, Kind.STAGE: self.stage, Kind.VERDICT: self.verdict}
        if before.kind in again and self.draw(st.booleans()):
            return again[before.kind](coder, item=before.item, over=over)
        return self.entry(coder, Kind.GONE, item=before.item, over=over, interview=before.interview)

    def undo(self, coder):
        """Puts the content of an earlier entry back, as it was, in the place of another one."""
        if not self.made[coder]:
            return None
        back, now = (self.draw(st.sampled_from(self.made[coder])) for _ in range(2))
        if back.kind is Kind.GONE:
            return None
        uid = f"{coder}{len(self.events)}"
        return back.model_copy(update={"uid": uid, "step": uid, "over": (now.uid,), "reverses": now.step})


def happen(db, event):
    if isinstance(event, CodeChange):
        change_codes(db, [event], 2, "anne", None)
        return
    uid, edits = event
    interview = interview_named(db, "E001")
    text, mapping = replace(interview.text, edits)
    turns = moved_turns(interview.turns, mapping)
    revise(db, interview, Revision(uid, "", text, turns, [], [], Mapping(), "correction"), mapping)


def is_entry(event):
    return isinstance(event, tuple) and not isinstance(event, CodeChange) and isinstance(event[1], Entry)


def told(db):
    """All that follows from what coders did, without the order of arrival."""
    rows = db.execute(
        'SELECT c.code AS coder, e.uid, g.item, v.uid AS revision, g.start, g."end", g.codebook, g.code, g.flag, '
        "g.touched, g.suggestion_id, g.made_at FROM coding g JOIN coder c ON c.id = g.coder_id "
        "JOIN entry e ON e.id = g.entry_id JOIN revision v ON v.id = g.revision_id ORDER BY 1, 2"
    )
    decided = db.execute(
        "SELECT d.suggestion_id, c.code, d.verdict FROM decision d JOIN coder c ON c.id = d.coder_id ORDER BY 1, 2"
    )
    standing = {
        coder: sorted((one.entry.model_dump_json(), one.touched) for one in all_entries(db, coder)) for coder in CODERS
    }
    return [*map(tuple, rows)], [*map(tuple, decided)], readings(db), standing


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_any_order_any_number_of_times_and_any_moment_give_the_same(data):
    events = Story(data.draw).go()
    with opened() as db:
        for event in events:
            if is_entry(event):
                put_entries(db, event[0], [event[1]])
            else:
                happen(db, event)
        expected = told(db)
    with opened() as db:
        waiting = []
        for event in events:
            if is_entry(event):
                waiting.append(event)
                continue
            deliver(db, data, [one for one in waiting if data.draw(st.booleans())])
            happen(db, event)
        deliver(db, data, waiting)
        assert told(db) == expected


def deliver(db, data, sent):
    """In any order, in batches, some of them twice."""
    for coder in CODERS:
        own = data.draw(st.permutations([entry for who, entry in sent if who == coder]))
        cut = data.draw(st.integers(0, len(own)))
        put_entries(db, coder, own[:cut])
        put_entries(db, coder, own[cut:] + own[:cut][:2])


@settings(max_examples=100, deadline=None)
@given(st.data())
def test_what_the_database_says_is_what_the_pure_model_says(data):
    events = Story(data.draw).go()
    with opened() as db:
        for event in events:
            if is_entry(event):
                put_entries(db, event[0], [event[1]])
            else:
                happen(db, event)
        for coder in CODERS:
            made = [event[1] for event in events if is_entry(event) and event[0] == coder]
            model = holding(made)
            stored = holding(one.entry for one in all_entries(db, coder))
            assert {entry.uid for entry in stored} == {entry.uid for entry in model}
            own = [tuple(row) for row in db.execute(
                "SELECT e.uid FROM coding g JOIN entry e ON e.id = g.entry_id JOIN coder c ON c.id = g.coder_id "
                "WHERE c.code = ? ORDER BY 1", (coder,))]  # fmt: skip
            assert own == sorted((entry.uid,) for entry in model if entry.kind is Kind.CODING)
            coded = any(entry.kind is Kind.STAGE and entry.field == "coded" for entry in model)
            assert ((1, coder) in readings(db)) == coded
            verdicts = {}
            for entry in model:
                if entry.kind is Kind.VERDICT:
                    verdicts[entry.suggestion] = min(entry.field, verdicts.get(entry.suggestion, "z"))
            rows = db.execute(
                "SELECT suggestion_id, verdict FROM decision d JOIN coder c ON c.id = d.coder_id WHERE c.code = ?",
                (coder,),
            )
            assert dict(map(tuple, rows)) == verdicts


@given(st.data())
@settings(max_examples=60, deadline=None)
def test_layers_made_apart_are_merged_by_putting_them_together(data):
    """Two copies of a coder's work (the page, a packet) that went on apart."""
    made = [event[1] for event in Story(data.draw).go() if is_entry(event) and event[0] == "lea"]
    here = [entry for entry in made if data.draw(st.booleans())]
    there = [entry for entry in made if entry not in here or data.draw(st.booleans())]
    together = merged(here, there)
    assert merged(there, here) == together == merged(together, here)
    assert {entry.uid for entry in holding(together)} == {entry.uid for entry in holding(made)}


# --- what becomes of each entry is said


def coding(uid, start=10, end=15, **fields):
    named = {"uid": uid, "step": uid, "item": uid, "interview": "E001", "revision": "u0", "codebook": "g", "code": "A"}
    return Entry(kind=Kind.CODING, start=start, end=end, **{**named, **fields})


def test_what_became_of_an_entry_is_said():
    with opened() as db:
        first, again = put_entries(db, "lea", [coding("a"), coding("a")])
        (edited,) = put_entries(db, "lea", [coding("b", over=("a",))])
        happen(db, ("u1", [Replacement(0, 3, "Elles")]))
        (moved,) = put_entries(db, "lea", [coding("c")])
        gone, elsewhere = put_entries(db, "lea", [coding("d", interview="E009"), coding("e", revision="u9")])
    assert [one.arrival for one in (first, again, edited, moved, gone, elsewhere)] == [
        Arrival.NEW, Arrival.SAME, Arrival.CHANGED, Arrival.MOVED, Arrival.IMPOSSIBLE, Arrival.IMPOSSIBLE,
    ]  # fmt: skip
    assert (moved.entry.revision, moved.entry.start, moved.entry.end, moved.touched) == ("u1", 12, 17, 0)
    assert (gone.reason, elsewhere.reason) == (
        "l'entretien n'est plus dans l'étude.",
        "ce texte n'est pas celui de cet entretien.",
    )


def test_an_entry_sent_again_in_other_words_stays_as_it_was_stored():
    with opened() as db:
        memo = Entry(uid="m", kind=Kind.MEMO, step="m", item="m", interview="E001", body="Oui.")
        put_entries(db, "lea", [memo])
        (again,) = put_entries(db, "lea", [memo.model_copy(update={"body": "Non."})])
        (stored,) = entries(db, "lea", "E001")
    assert (again.arrival, again.entry.body, stored.entry.body) == (Arrival.SAME, "Oui.", "Oui.")


def test_what_came_after_a_row_is_told_even_when_rows_were_deleted():
    with opened() as db:
        put_entries(db, "lea", [coding("a"), coding("b")])
        last = entries(db, "lea", "E001")[-1].row
        db.execute("DELETE FROM entry WHERE uid = 'b'")
        put_entries(db, "lea", [coding("c")])
        assert [one.entry.uid for one in entries(db, "lea", "E001", after=last)] == ["c"]
        assert entries(db, "lea", "E009") == entries(db, "nobody", "E001") == []


def test_an_entry_made_when_the_study_knew_more_changes_follows_those_that_come():
    with opened() as db:  # restored from a copy: the page that sends had seen a fifth change
        put_entries(db, "lea", [coding("a", generation=5)])
        change_codes(db, [CodeChange(ChangeKind.RENAMED, "g", "A", "g", "Z")], 2, "anne", None)
        (stored,) = entries(db, "lea", "E001")
        (projected,) = db.execute("SELECT code FROM coding").fetchall()
    assert (stored.entry.code, projected["code"]) == ("Z", "Z")


def test_an_interview_that_was_finished_then_taken_up_again_can_be_said_finished_again():
    with opened() as db:
        mark_read(db, 1, "lea")
        (said,) = entries(db, "lea", "E001")
        put_entries(db, "lea", [Entry(uid="x", kind=Kind.GONE, step="x", item="x", over=(said.entry.uid,))])
        assert readings(db) == []
        mark_read(db, 1, "lea")
        assert readings(db) == [(1, "lea")]
        mark_read(db, 1, "lea")
        assert len(holding(one.entry for one in all_entries(db, "lea"))) == 1
