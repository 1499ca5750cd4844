"""Everything that a synthesis is made from, out of the store."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import date

import enquete
from enquete.actions.codebooks.files import grid, load_codebooks
from enquete.actions.study import Study
from enquete.coding.adjudication import Verdict
from enquete.coding.turns import spoken_words
from enquete.findings.material import Flag, InterviewFacts, Material, Passage, Person, Question
from enquete.store import codings as stored
from enquete.store.code_changes import own_codings
from enquete.store.counting import Counted, counted, made_after
from enquete.store.digest import content_digest
from enquete.store.interviews import Interview, interviews
from enquete.store.people import participants
from enquete.store.responses import open_questions, respondents
from enquete.store.settled import rulings
from enquete.store.signoffs import signed_words


def gather(study: Study, secret: bytes) -> Material:
    """Everything that a synthesis is made from. No date of the day in it: equal studies give equal bytes."""
    books = load_codebooks([], study.folder)
    with study.database() as db:
        texts = list(interviews(db))
        people = tuple(
            Person(
                person.code,
                person.type,
                attributes={wave: dict(p.attributes) for wave, p in person.waves.items()},
                consent={wave: dict(p.consents) for wave, p in person.waves.items()},
                recruited_by={wave: p.recruited_by for wave, p in person.waves.items() if p.recruited_by},
            )
            for person in participants(db)
        )
        facts, passages = _facts(db, texts)
        questions = tuple(Question(one.key, one.label) for one in open_questions(db))
        responded = respondents(db)
        settled = [one for one in rulings(db) if one.stands and one.verdict is not Verdict.AGREED]
        proposed, unsettled = own_codings(db), made_after(db)
        totals = stored.totals(db)
        between = stored.coded_between(db)
        digest = content_digest(db)
    answers = {one.code for one in facts if one.question}
    return Material(
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
        database_hash=digest,
        secret=secret,
        threshold=study.config.synthesis.threshold,
        shared_by=study.config.synthesis.shared_by,
        unmarked_shown=study.config.synthesis.unmarked,
        attributes_shown=study.config.synthesis.attributes,
        suggestions=totals.suggestions,
        masked=sum(len(text.masks) for text in texts),
        doubts=totals.doubts,
        coded_between=between,
        settled=len(settled),
        upheld=sum(one.verdict is Verdict.UPHELD for one in settled),
        proposed=proposed,
        unsettled=unsettled,
    )


def _facts(
    db: sqlite3.Connection, texts: Sequence[Interview]
) -> tuple[tuple[InterviewFacts, ...], tuple[Passage, ...]]:
    by_revision = {text.revision: text for text in texts}
    coders: dict[int, set[str]] = defaultdict(set)
    for coding in stored.codings(db):
        coders[coding.revision].add(coding.coder)
    same: dict[tuple[int, int, int, str, str], list[Counted]] = defaultdict(list)
    for one in counted(db):
        coding = one.coding
        if coding.end > coding.start:
            same[coding.revision, coding.start, coding.end, coding.codebook, coding.code].append(one)
    revisions = {text.id: text.revision for text in texts}
    for interview_id, coder in stored.readings(db):
        coders[revisions[interview_id]].add(coder)
    used: dict[str, set[str]] = defaultdict(set)  # question -> codebooks
    for revision, _, _, book, _ in same:
        used[by_revision[revision].asked].add(book)
    facts = tuple(
        InterviewFacts(
            text.code,
            text.wave,
            text.kind,
            date.fromisoformat(text.held_on) if text.held_on else None,
            text.participants,
            len(text.turns),
            spoken_words(text.text, text.turns),
            tuple(sorted(coders[text.revision])),
            # Whoever codes a question codes all its answers with the same codebooks, though one has no passage of some.
            tuple(sorted(used[text.asked])) or None if text.asked and coders[text.revision] else None,
            text.asked,
        )
        for text in texts
    )
    signed = {(one.revision, one.start, one.end) for one in signed_words(db)}
    passages = tuple(_passage(by_revision[key[0]], group, signed) for key, group in sorted(same.items()))
    return facts, passages


def _passage(text: Interview, group: Sequence[Counted], signed: Collection[tuple[int, int, int]]) -> Passage:
    """One passage that one or several coders gave the same code; the most cautious flag of theirs stands."""
    first = group[0].coding
    turn = next((i for i, t in enumerate(text.turns) if t.start <= first.start < t.end), 0)
    flags = {one.coding.flag for one in group}
    flag = next((f for f in (Flag.NEVER, Flag.PARAPHRASE, Flag.CITE) if f in flags), None)
    return Passage(
        interview=text.code,
        wave=text.wave,
        participant=text.voices[text.turns[turn].speaker].participant,
        start=first.start,
        end=first.end,
        code=first.code,
        codebook=first.codebook,
        coders=tuple(sorted({coder for one in group for coder in one.coders})),
        text=text.text[first.start : first.end],
        turn=turn,
        memo="\n".join(one.coding.memo for one in group if one.coding.memo),
        flag=flag,
        signed=(text.revision, first.start, first.end) in signed,
        upheld=any(one.upheld for one in group),
    )
