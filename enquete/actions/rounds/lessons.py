"""What a newcomer learns from an interview: their coding beside the reference's, once they have finished it."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from enquete.actions.codebooks.files import load_codebooks
from enquete.actions.study import Study
from enquete.codebook import Code
from enquete.coding.adjudication import Kept
from enquete.coding.entries import OWN_CODE
from enquete.coding.training import CodeKey, Comparison, Passage, Tally, by_theme, compare, tallies, theme_of
from enquete.coding.training_words import codes_to_read, explanation, habits, summary
from enquete.store import codings as stored
from enquete.store import rounds as stored_rounds
from enquete.store.interviews import Interview, interviews
from enquete.store.page import settled_names
from enquete.store.settled import rulings, settled_whole

Json = dict[str, Any]
ARBITRATION = "arbitrage"  # how a user names the settled version as a reference


@dataclass(frozen=True, slots=True)
class Codes:
    """What the study's codebooks say. paths: of each code, what it hangs on, its theme first."""

    by_key: Mapping[CodeKey, Code]
    paths: Mapping[CodeKey, tuple[CodeKey, ...]]

    @property
    def labels(self) -> dict[CodeKey, str]:
        return {key: code.label for key, code in self.by_key.items()}


def study_codes(study: Study) -> Codes:
    """Raises EnqueteError as `load_codebooks`."""
    books = load_codebooks([], study.folder)
    return Codes(
        {(book.id, code.id): code for book in books for code in book.codes},
        {
            (book.id, code.id): tuple((book.id, step.id) for step in book.path(code.id))
            for book in books
            for code in book.codes
        },
    )


@dataclass(frozen=True)
class Lesson:
    """An interview that a newcomer has finished, beside its reference. reference: its coder; settled: it is the settled
    version. aside: passages under codes that their coder proposed, which the other could not know.
    """

    interview: Interview
    newcomer: str
    reference: str
    settled: bool
    ours: Sequence[Passage]
    theirs: Sequence[Passage]
    codes: Codes
    aside: int

    @cached_property
    def comparisons(self) -> list[Comparison]:
        return compare(self.interview.text, self.ours, self.theirs, self.codes.paths)

    @cached_property
    def themes(self) -> list[Comparison]:
        """The same under themes alone."""
        paths = self.codes.paths
        return compare(self.interview.text, by_theme(self.ours, paths), by_theme(self.theirs, paths))


def finished(db: sqlite3.Connection, reference: str) -> list[str]:
    """Interviews that the reference has finished, by code."""
    if reference in settled_names(db):
        return sorted(settled_whole(db))
    rows = {interview for interview, coder in stored.readings(db) if coder == reference}
    return [text.code for text in interviews(db) if text.id in rows]


def reference_passages(db: sqlite3.Connection, text: Interview, reference: str) -> list[Passage]:
    """With the memos on them; in the settled version, why they were kept."""
    settled = reference in settled_names(db)
    why = {kept: one.why for one in rulings(db, text.code) if one.stands for kept in one.kept} if settled else {}
    return [
        Passage(c.start, c.end, c.codebook, c.code, c.memo or why.get(Kept(c.codebook, c.code, c.start, c.end), ""))
        for c in stored.codings(db, settled=settled)
        if c.revision == text.revision and c.coder == reference
    ]


def lesson(db: sqlite3.Connection, codes: Codes, coder: str, text: Interview) -> Lesson | None:
    """What a newcomer has to learn from an interview; None before they have finished it, and outside training."""
    given = next((a for a in stored_rounds.assignments(db) if (a.interview, a.coder) == (text.code, coder)), None)
    if (
        given is None
        or given.kind != stored_rounds.TRAINING
        or (text.id, coder) not in stored.readings(db, training=True)
    ):
        return None
    made = next(one for one in stored_rounds.rounds(db) if one.name == given.round)
    if made.reference is None or text.code not in finished(db, made.reference):
        return None
    ours = reference_passages(db, text, made.reference)
    theirs = [
        Passage(c.start, c.end, c.codebook, c.code, c.memo)
        for c in stored.codings(db, training=True)
        if c.revision == text.revision and c.coder == coder
    ]
    shared, mine = ([p for p in side if not p.code.startswith(OWN_CODE)] for side in (ours, theirs))
    aside = len(ours) + len(theirs) - len(shared) - len(mine)
    return Lesson(text, coder, made.reference, made.settled, shared, mine, codes, aside)


def training_feedback(study: Study, db: sqlite3.Connection, coder: str, interview: str) -> Json | None:
    """What the page shows a newcomer of one interview (code) that they have finished; None in any other case.

    {interview, reference, settled, aside, summary, again: [code and why], habits: [sentence],
     places: [{outcome, explanation, turn (from 0), start, end, words, expected: key|null, given: key|null,
               reference: [{start, end, words, memo}], newcomer: [{start, end, words, memo}]}],
     codes: [{codebook, code, label, theme (label), definition, include, exclude, examples, found, cut, other, missed,
              instead, added}],
     themes: [the same]}; outcome: agreed, bounds, other, missed, added; key: {codebook, code}.
    Raises EnqueteError as `load_codebooks`.
    """
    text = next((one for one in interviews(db) if one.code == interview), None)
    found = lesson(db, study_codes(study), coder, text) if text else None
    return as_json(found) if found else None


def as_json(one: Lesson) -> Json:
    """As `training_feedback` says."""
    by_code, by_themes = tallies(one.comparisons), tallies(one.themes)
    return {
        "interview": one.interview.code,
        "reference": ARBITRATION if one.settled else one.reference,
        "settled": one.settled,
        "aside": one.aside,
        "summary": summary(by_code),
        "again": codes_to_read(one.comparisons, one.codes.labels),
        "habits": habits(one.comparisons, one.codes.paths),
        "places": [_place(one, comparison) for comparison in one.comparisons],
        "codes": [_row(one.codes, key, tally) for key, tally in by_code.items()],
        "themes": [_row(one.codes, key, tally) for key, tally in by_themes.items()],
    }


def _place(one: Lesson, comparison: Comparison) -> Json:
    text, span = one.interview.text, comparison.span

    def side(passages: Sequence[Passage]) -> list[Json]:
        return [{"start": p.start, "end": p.end, "words": text[p.start : p.end], "memo": p.memo} for p in passages]

    return {
        "outcome": comparison.outcome.value,
        "explanation": explanation(comparison, one.codes.paths),
        "turn": turn_index(one.interview, span.start),
        "start": span.start,
        "end": span.end,
        "words": span.of(text),
        "expected": _key(comparison.expected),
        "given": _key(comparison.given),
        "reference": side(comparison.reference),
        "newcomer": side(comparison.newcomer),
    }


def turn_index(interview: Interview, position: int) -> int:
    """Of the turn that holds a position, from 0."""
    return max(0, sum(turn.start <= position for turn in interview.turns) - 1)


def _key(key: CodeKey | None) -> Json | None:
    return {"codebook": key[0], "code": key[1]} if key else None


def _row(codes: Codes, key: CodeKey, tally: Tally) -> Json:
    code, theme = codes.by_key.get(key), codes.by_key.get(theme_of(key, codes.paths))
    return {
        "codebook": key[0],
        "code": key[1],
        "label": code.label if code else key[1],
        "theme": theme.label if theme else "",
        "definition": code.definition if code else "",
        "include": code.include if code else "",
        "exclude": code.exclude if code else "",
        "examples": list(code.examples) if code else [],
        **{name: getattr(tally, name) for name in Tally.__slots__},
    }
