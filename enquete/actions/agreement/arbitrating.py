"""Disagreements between coders: those that are open, those that somebody settled, and what a decision makes of them.

The passages are grouped by `enquete.coding.adjudication`. A ruling fits as long as the codings that it was made on stay
as they were; when one changes, the disagreement is open again, and says what was decided before. When nothing is open
any more in an interview, what all coders agree on is carried into the settled version too, which is then whole.
"""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from enquete.actions.codebooks.files import load_codebooks
from enquete.actions.coding.coders import check_name
from enquete.actions.coding.words import Mask, mask_words
from enquete.actions.interviews.typed_words import masked_motive
from enquete.actions.places import chosen, counted
from enquete.actions.study import Study
from enquete.codebook import Codebook
from enquete.coding.adjudication import Case, Kept, Kind, Reading, Verdict, cases, kept, same_readings
from enquete.coding.entries import OWN_CODE
from enquete.coding.turns import spoken_turns
from enquete.errors import EnqueteError, Problem
from enquete.store.codings import Coding, codings, readings, record
from enquete.store.database import transaction
from enquete.store.interviews import Interview, interview_named, interviews
from enquete.store.settled import Decision, Ruling, put_ruling, rulings, settle_whole
from enquete.wording import n


class State(StrEnum):
    """CHANGED: settled once, but coders changed their codings since."""

    OPEN = "open"
    SETTLED = "settled"
    CHANGED = "changed"


@dataclass(frozen=True, slots=True)
class Dossier:
    """A passage, who read what, and what people decided of it, in order. standing: what holds, whether it still fits
    or not; an agreement that was carried holds too. beside: what the same coders also read in these words, which is no
    part of this disagreement.
    """

    interview: Interview
    case: Case
    state: State
    history: tuple[Ruling, ...]
    standing: tuple[Ruling, ...]
    beside: tuple[Reading, ...] = ()

    def beside_of(self, coder: str) -> tuple[Reading, ...]:
        """What else a coder read in these words."""
        return tuple(reading for reading in self.beside if reading.coder == coder)

    @property
    def to_decide(self) -> bool:
        """Whether coders disagree here, or did when somebody decided: other bounds alone are no disagreement."""
        return self.case.open_by_nature or any(one.verdict is not Verdict.AGREED for one in self.standing)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What to show; empty: everything. unfinished: coders who have not finished an interview are compared too.

    questions: open questions whose answers to show too. bounds: also what all gave the same code to, on other bounds.
    """

    interviews: tuple[str, ...] = ()
    codes: tuple[str, ...] = ()
    codebooks: tuple[str, ...] = ()
    unfinished: bool = False
    bounds: bool = False
    questions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Docket:
    """dossiers: by interview and place. texts: those with two coders at least; alone: how many with one.

    proposed: codings left out since their code is only proposed.
    """

    dossiers: tuple[Dossier, ...]
    texts: tuple[Interview, ...]
    alone: int
    proposed: int

    @property
    def compared(self) -> tuple[str, ...]:
        """Codes of the texts."""
        return tuple(text.code for text in self.texts)

    @property
    def told(self) -> str:
        """« 2 entretiens comparés »"""
        if any(text.asked for text in self.texts):
            return f"dans {counted(self.texts)}"
        return n("entretien comparé", len(self.texts), "entretiens comparés")


def docket(db: sqlite3.Connection, wanted: Wanted) -> Docket:
    """The disagreements of the study. Raises EnqueteError(UNKNOWN_INTERVIEW, UNKNOWN_QUESTION)."""
    texts = chosen(list(interviews(db)), wanted.interviews, wanted.questions)
    bench = _Bench(db)
    found, compared, alone = list[Dossier](), list[Interview](), 0
    for text in texts:
        panel = bench.panel(text, unfinished=wanted.unfinished)
        alone += len(panel) == 1
        if len(panel) > 1:
            compared.append(text)
            found += [one for one in bench.dossiers(text, panel) if _shown(one, wanted)]
    own = [c for text in texts for c in bench.by_text[text.revision] if c.code.startswith(OWN_CODE)]
    return Docket(tuple(found), tuple(compared), alone, len(own))


def _shown(one: Dossier, wanted: Wanted) -> bool:
    codes = {code.casefold() for code in wanted.codes}
    books = {book.casefold() for book in wanted.codebooks}
    named = [(book.casefold(), code.casefold()) for book, code in one.case.codes]
    return (
        (one.to_decide or (wanted.bounds and one.case.kind is Kind.BOUNDS))
        and (not codes or any(code in codes for _, code in named))
        and (not books or any(book in books for book, _ in named))
    )


class _Bench:
    """What coders did and what was decided, read once. only: the one interview to look at."""

    def __init__(self, db: sqlite3.Connection, only: Interview | None = None) -> None:
        self.by_text: dict[int, list[Coding]] = defaultdict(list)
        for coding in codings(db, revision=only.revision if only else None):
            self.by_text[coding.revision].append(coding)
        self._finished: dict[int, set[str]] = defaultdict(set)
        for interview, coder in readings(db):
            self._finished[interview].add(coder)
        self._rulings: dict[str, list[Ruling]] = defaultdict(list)
        for ruling in rulings(db, only.code if only else None):
            self._rulings[ruling.interview].append(ruling)

    def panel(self, text: Interview, *, unfinished: bool) -> set[str]:
        """Who is compared: those who finished the interview, or all who coded in it."""
        begun = {coding.coder for coding in self.by_text[text.revision]} if unfinished else set()
        return self._finished[text.id] | begun

    def dossiers(self, text: Interview, panel: Collection[str]) -> Iterator[Dossier]:
        """All the cases of an interview, agreements too."""
        mine = [
            Reading(c.coder, c.item, c.codebook, c.code, c.start, c.end, c.flag, c.memo)
            for c in self.by_text[text.revision]
            if not c.code.startswith(OWN_CODE) and c.end > c.start
        ]
        for case in cases(text.code, text.text, panel, mine):
            items = {(reading.coder, reading.item) for reading in case.readings}
            about = [one for one in self._rulings[text.code] if one.items & items]
            decided = tuple(one for one in about if one.verdict is not Verdict.AGREED)
            standing = tuple(one for one in about if one.stands)
            beside = tuple(
                r for r in mine
                if r.coder in panel and r.start < case.end and case.start < r.end and r not in case.readings
            )  # fmt: skip
            yield Dossier(text, case, _state(case, standing), decided, standing, beside)


def _state(case: Case, standing: Sequence[Ruling]) -> State:
    # What all agreed on is open when a coder who came later did not read it so.
    if not standing or (case.open_by_nature and all(one.verdict is Verdict.AGREED for one in standing)):
        return State.OPEN
    ruled = [reading for one in standing for reading in one.readings]
    return State.SETTLED if same_readings(case.readings, ruled) else State.CHANGED


@dataclass(frozen=True, slots=True)
class Order:
    """What somebody decides. coder: whose reading, for Verdict.ONE; new: for Verdict.NEW."""

    key: str
    verdict: Verdict
    by: str
    why: str
    coder: str = ""
    new: tuple[Kept, ...] = ()


@dataclass(frozen=True, slots=True)
class Done:
    """dossier: as it stands now. left: disagreements of the interview that are still open; agreed: passages on which
    all agree, carried into the settled version when none is.
    """

    dossier: Dossier
    left: int
    agreed: int


def check_arbiter(study: Study, person: str) -> None:
    """Raises EnqueteError(CODER_NAME, NOT_ARBITER)."""
    check_name(person)
    arbiters = study.config.coding.arbiters
    if arbiters and person not in arbiters:
        raise EnqueteError(Problem.NOT_ARBITER, name=person, known=", ".join(arbiters), exit_code=2)


def find(db: sqlite3.Connection, key: str) -> Dossier:
    """The case of this key. Raises EnqueteError(UNKNOWN_CASE)."""
    code = key.partition("-")[0]
    text = interview_named(db, code.upper()) or interview_named(db, code)
    if text is not None:
        bench = _Bench(db, text)
        for unfinished in (False, True):
            panel = bench.panel(text, unfinished=unfinished)
            for one in bench.dossiers(text, panel) if len(panel) > 1 else ():
                if one.case.key.casefold() == key.casefold():
                    return one
    raise EnqueteError(Problem.UNKNOWN_CASE, key=key)


def rule(study: Study, order: Order, mask: Mask = mask_words) -> Done:
    """Settles a disagreement. mask: pseudonymises the reason.

    Raises EnqueteError: CODER_NAME, NOT_ARBITER, MOTIVE_MISSING, UNKNOWN_CASE, and what `check_new` does.
    """
    check_arbiter(study, order.by)
    if not order.why.strip():
        raise EnqueteError(Problem.MOTIVE_MISSING, exit_code=2)
    books = load_codebooks([], study.folder)
    with study.database() as db:
        why = masked_motive(study, order.why, [find(db, order.key).interview], mask)
        with transaction(db):
            dossier = find(db, order.key)
            check_new(dossier, order.new, books)
            text, case = dossier.interview, dossier.case
            what = kept(case, order.verdict, order.coder, order.new)
            put_ruling(db, text, case, Decision(order.verdict, order.coder, what, order.by, why))
            left, agreed = close(db, text)
            record(db, "arbitrer", f"décisions=1 accords={agreed}")
        return Done(find(db, order.key), left, agreed)


def check_new(dossier: Dossier, new: Sequence[Kept], books: Sequence[Codebook]) -> None:
    """Raises EnqueteError: CODE_UNKNOWN, CODE_RETIRED, RULING_PLACE."""
    text = dossier.interview
    spoken = [text.turns[index] for index in spoken_turns(text.turns)]
    for one in new:
        code = next((book.by_id.get(one.code) for book in books if book.id == one.codebook), None)
        if code is None:
            raise EnqueteError(Problem.CODE_UNKNOWN, name=one.code, close="« enquete grille montrer »", exit_code=2)
        if code.retired:
            raise EnqueteError(Problem.CODE_RETIRED, name=one.code, exit_code=2)
        said = any(turn.start < one.end and one.start < turn.end for turn in spoken)
        near = one.start < dossier.case.end and dossier.case.start < one.end
        if not (0 <= one.start < one.end <= len(text.text) and said and near):
            raise EnqueteError(Problem.RULING_PLACE, where=text.code, exit_code=2)


def close(db: sqlite3.Connection, text: Interview) -> tuple[int, int]:
    """(disagreements still open, agreements carried) of an interview: these only when none is open.

    Inside the caller's transaction.
    """
    bench = _Bench(db, text)
    panel = bench.panel(text, unfinished=False)
    found = list(bench.dossiers(text, panel)) if len(panel) > 1 else []
    left = sum(one.to_decide and one.state is not State.SETTLED for one in found)
    if left or not found:
        return left, 0
    waiting = [one for one in found if one.state is not State.SETTLED]
    for one in waiting:
        what = kept(one.case, Verdict.AGREED)
        put_ruling(db, text, one.case, Decision(Verdict.AGREED, "", what, ""))
    settle_whole(db, text)
    return 0, len(waiting)


def close_agreed(study: Study, codes: Sequence[str]) -> list[tuple[str, int, int]]:
    """(interview, left, carried) of those that two coders finished; codes: of interviews, empty for all."""
    with study.database() as db:
        compared = docket(db, Wanted(interviews=tuple(codes))).compared
        with transaction(db):
            done = [(text.code, *close(db, text)) for text in list(interviews(db)) if text.code in compared]
            record(db, "arbitrer", f"accords={sum(agreed for *_, agreed in done)}")
    return done
