"""Everything that a synthesis is made from, out of the store."""

from __future__ import annotations

import sqlite3
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

import enquete
from enquete.actions.agreement.measuring import Request, study_agreement
from enquete.actions.codebooks.files import grid, load_codebooks
from enquete.actions.follow_up.overview import overview
from enquete.actions.outputs.passages import facts_and_passages
from enquete.actions.study import Study
from enquete.coding.adjudication import Verdict
from enquete.coding.agreement.units import UnitKind
from enquete.coding.agreement.words import reason_words
from enquete.coding.turns import spoken_turns
from enquete.errors import EnqueteError, Problem
from enquete.findings.analysis import SETTLED
from enquete.findings.material import AgreedCode, Material, Person, Question, Speech
from enquete.findings.selecting import labelled
from enquete.model import InterviewKind, LossReason
from enquete.store import codings as stored
from enquete.store.code_changes import own_codings
from enquete.store.counting import made_after
from enquete.store.digest import content_digests
from enquete.store.interviews import Interview, interviews
from enquete.store.people import participants
from enquete.store.pieces import pieces
from enquete.store.remarks import remarks
from enquete.store.responses import open_questions, respondents
from enquete.store.settled import Ruling, rulings


def gather(study: Study, secret: bytes, layer: str = "") -> Material:
    """What is counted and quoted. No date of the day in it: equal studies give equal bytes.

    layer: of an analysis: whose codings count.
    """
    return _counted(study, secret, layer)[0]


def _counted(study: Study, secret: bytes, layer: str) -> tuple[Material, Sequence[Interview]]:
    """With the texts, which are long to read."""
    books = load_codebooks([], study.folder)
    with study.database() as db:
        texts = list(interviews(db))
        people = tuple(_people(db))
        facts, passages = facts_and_passages(db, texts, layer)
        questions = tuple(Question(one.key, one.label) for one in open_questions(db))
        responded = respondents(db)
        between, digests = stored.coded_between(db), content_digests(db)
    answers = {one.code for one in facts if one.question}
    material = Material(
        title=study.config.name,
        waves=dict(study.config.waves_by_code),
        people=people,
        interviews=tuple(one for one in facts if not one.question),
        passages=tuple(passage for passage in passages if passage.interview not in answers),
        answers=tuple(one for one in facts if one.question),
        answer_passages=tuple(passage for passage in passages if passage.interview in answers),
        questions=questions,
        responded=responded,
        codebooks=tuple(grid(book, {p.code for p in passages if p.codebook == book.id}) for book in books),
        made_on=between[1] if between else None,
        version=enquete.__version__,
        database_hash=digests.content,
        said_hash=digests.said,
        secret=secret,
        threshold=study.config.synthesis.threshold,
        shared_by=study.config.synthesis.shared_by,
        unmarked_shown=study.config.synthesis.unmarked,
        attributes_shown=study.config.synthesis.attributes,
        masked=sum(len(text.masks) for text in texts),
        coded_between=between,
    )
    with study.database() as db:
        return _with_what_waits(db, material, layer), texts


def _with_what_waits(db: sqlite3.Connection, material: Material, layer: str) -> Material:
    """What nobody has decided yet, and what somebody has settled."""
    totals, settled = stored.totals(db), _rulings(db, layer)
    return replace(
        material,
        suggestions=totals.suggestions,
        doubts=totals.doubts,
        settled=len(settled),
        upheld=sum(one.verdict is Verdict.UPHELD for one in settled),
        proposed=own_codings(db),
        unsettled=0 if layer else made_after(db),
    )


def gather_whole(study: Study, secret: bytes, layer: str = "") -> Material:
    """As `gather`, with what people wrote, what was said, who was lost from sight, and how coders agree."""
    material, texts = _counted(study, secret, layer)
    with study.database() as db:
        lost = _lost(study, db)
        speech = tuple(said for text in texts for said in speech_of(text))
        written, said_of = tuple(pieces(db)), tuple(remarks(db))
    whole = replace(material, pieces=written, remarks=said_of, lost=lost, speech=speech, agreed=tuple(_agreed(study)))
    return labelled(whole)


def _lost(study: Study, db: sqlite3.Connection) -> dict[tuple[str, str], LossReason]:
    """As the follow-up tells it: noted, or said by a refusal. The day changes who is waited for, never who is lost."""
    people = overview(study, db, date.min).followed
    return {(one.code, wave): state.reason for one in people for wave, state in one.states.items() if state.reason}


def _people(db: sqlite3.Connection) -> Iterator[Person]:
    for person in participants(db):
        yield Person(
            person.code,
            person.type,
            attributes={wave: dict(p.attributes) for wave, p in person.waves.items()},
            consent={wave: dict(p.consents) for wave, p in person.waves.items()},
            recruited_by={wave: p.recruited_by for wave, p in person.waves.items() if p.recruited_by},
        )


def _rulings(db: sqlite3.Connection, layer: str) -> Sequence[Ruling]:
    """Disagreements that somebody settled; of no weight where one coder's codings alone count."""
    if layer not in ("", SETTLED):
        return ()
    return [one for one in rulings(db) if one.stands and one.verdict is not Verdict.AGREED]


def speech_of(text: Interview) -> Iterator[Speech]:
    """What participants said, in an interview that was recorded: notes are the interviewer's words."""
    if text.asked or text.kind is not InterviewKind.RECORDED:
        return
    alone = text.participants[0] if len(text.participants) == 1 else None
    starts = [mask.start for mask in text.masks]
    for place in spoken_turns(text.turns):
        turn = text.turns[place]
        who = text.voices[turn.speaker].participant or alone
        masked = tuple(
            (mask.start - turn.start, mask.end - turn.start)
            for mask in text.masks[max(0, bisect_right(starts, turn.start) - 1) : bisect_left(starts, turn.end)]
            if turn.start < mask.end
        )
        yield Speech(text.code, text.wave, who, place, turn.start, text.text[turn.start : turn.end], masked)


def _agreed(study: Study) -> Iterator[AgreedCode]:
    """On turns, in the interviews that two coders at least have read whole; nothing where there are none."""
    try:
        report = study_agreement(study, Request())
    except EnqueteError as error:
        if error.problem is Problem.NOTHING_TO_COMPARE:
            return
        raise
    found = report.agreement
    for line in found.codes:
        figures = line.everyone
        codebook, code = report.keys[line.name]
        yield AgreedCode(
            codebook,
            code,
            coders=len(found.coders),
            interviews=len(found.groups),
            units=figures.units,
            positive=figures.coded,
            overlap=figures.overlap,
            alpha=None if figures.reason else figures.alpha,
            why=reason_words(figures, UnitKind.TURN),
        )
