"""The texts of a study and what is coded in them, as a synthesis takes them."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import date

from enquete.coding.turns import spoken_words
from enquete.findings.analysis import SETTLED
from enquete.findings.material import Flag, InterviewFacts, Passage
from enquete.store import codings as stored
from enquete.store.counting import Counted, counted, counted_of, counted_settled
from enquete.store.interviews import Interview
from enquete.store.settled import settled_whole
from enquete.store.signoffs import signed_words


def facts_and_passages(
    db: sqlite3.Connection, texts: Sequence[Interview], layer: str = ""
) -> tuple[tuple[InterviewFacts, ...], tuple[Passage, ...]]:
    """Of these texts. layer: SETTLED or a coder's code, whose work alone counts; empty: what counts by rule.

    A text that is not whole in the layer, or that its coder did not work on, is a text that nobody has coded.
    """
    by_revision = {text.revision: text for text in texts}
    coders = _coders(db, texts)
    same: dict[tuple[int, int, int, str, str], list[Counted]] = defaultdict(list)
    for one in _counted(db, layer):
        coding = one.coding
        if coding.end > coding.start:
            same[coding.revision, coding.start, coding.end, coding.codebook, coding.code].append(one)
    used: dict[str, set[str]] = defaultdict(set)  # question -> codebooks
    for revision, _, _, book, _ in same:
        used[by_revision[revision].asked].add(book)
    whole = settled_whole(db) if layer == SETTLED else set()
    facts = []
    for text in texts:
        known = _facts(text, sorted(coders[text.revision]), used)
        if layer == SETTLED and text.code not in whole:
            known = replace(known, coders=(), grids=None)
        elif layer and layer != SETTLED:
            mine = (layer,) if layer in known.coders else ()
            known = replace(known, coders=mine, grids=known.grids if mine else None)
        facts.append(known)
    signed = {(one.revision, one.start, one.end) for one in signed_words(db)}
    passages = tuple(_passage(by_revision[key[0]], group, signed) for key, group in sorted(same.items()))
    return tuple(facts), passages


def _counted(db: sqlite3.Connection, layer: str) -> list[Counted]:
    if not layer:
        return counted(db)
    return counted_settled(db) if layer == SETTLED else counted_of(db, layer)


def _coders(db: sqlite3.Connection, texts: Sequence[Interview]) -> Mapping[int, set[str]]:
    """revision -> who coded something in it, or read it whole."""
    coders: dict[int, set[str]] = defaultdict(set)
    for coding in stored.codings(db):
        coders[coding.revision].add(coding.coder)
    revisions = {text.id: text.revision for text in texts}
    for interview, coder in stored.readings(db):
        coders[revisions[interview]].add(coder)
    return coders


def _facts(text: Interview, coders: Sequence[str], used: Mapping[str, set[str]]) -> InterviewFacts:
    return InterviewFacts(
        text.code,
        text.wave,
        text.kind,
        date.fromisoformat(text.held_on) if text.held_on else None,
        text.participants,
        len(text.turns),
        spoken_words(text.text, text.turns),
        tuple(coders),
        # Whoever codes a question codes all its answers with the same codebooks, though one has no passage of some.
        tuple(sorted(used.get(text.asked, ()))) or None if text.asked and coders else None,
        text.asked,
    )


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
