"""What somebody types to settle a disagreement, as an order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from enquete.actions.agreement.arbitrating import Dossier, Order, find
from enquete.actions.agreement.arbitrating_lines import WORDS
from enquete.actions.places import words_in
from enquete.actions.study import Study
from enquete.coding.adjudication import Kept, Verdict
from enquete.errors import EnqueteError, Problem


@dataclass(frozen=True, slots=True)
class Typed:
    """retained: a coder, or one of `WORDS`. turn: from 1. start, end: code points of the current text."""

    key: str
    retained: str
    by: str
    why: str
    codes: tuple[str, ...] = ()
    start: int | None = None
    end: int | None = None
    turn: int | None = None
    words: str = ""


def order_of(study: Study, typed: Typed) -> Order:
    """Raises EnqueteError: UNKNOWN_CASE, VERDICT_UNKNOWN, RULING_NEW_ONLY, RULING_NEW_CODE, RULING_BOUNDS, and what
    `words_in` does.
    """
    with study.database() as db:
        dossier = find(db, typed.key)
    coders = {coder.casefold(): coder for coder in dossier.case.coders}
    wanted = typed.retained.strip().casefold().replace(" ", "-")
    verdict = WORDS.get(wanted, Verdict.ONE if wanted in coders else None)
    if verdict is None:
        known = ", ".join([*dossier.case.coders, *WORDS])
        raise EnqueteError(Problem.VERDICT_UNKNOWN, name=typed.retained, known=known, exit_code=2)
    if verdict is not Verdict.NEW:
        _refuse_new(typed)
    new = _new(dossier, typed) if verdict is Verdict.NEW else ()
    coder = coders[wanted] if verdict is Verdict.ONE else ""
    return Order(dossier.case.key, verdict, typed.by.strip(), typed.why, coder, tuple(new))


def _refuse_new(typed: Typed) -> None:
    given = {
        "--code": typed.codes, "--mots": typed.words, "--tour": typed.turn is not None,
        "--debut": typed.start is not None, "--fin": typed.end is not None,
    }  # fmt: skip
    for option, value in given.items():
        if value:
            raise EnqueteError(Problem.RULING_NEW_ONLY, option=option, exit_code=2)


def _new(dossier: Dossier, typed: Typed) -> Sequence[Kept]:
    """The codes given, on the bounds given; by default the case's own, where it has one code only."""
    codes = dossier.case.codes
    if not typed.codes and len(codes) > 1:
        raise EnqueteError(Problem.RULING_NEW_CODE, where=dossier.case.key, exit_code=2)
    start, end = _bounds(dossier, typed)
    book = codes[0][0]
    return [Kept(book, code, start, end) for code in typed.codes or [codes[0][1]]]


def _bounds(dossier: Dossier, typed: Typed) -> tuple[int, int]:
    if typed.words:
        return _nearest(dossier, words_in(dossier.interview, typed.words, typed.turn))
    if (typed.start is None) != (typed.end is None) or typed.turn is not None:
        raise EnqueteError(Problem.RULING_BOUNDS, where=dossier.case.key, exit_code=2)
    if typed.start is None or typed.end is None:
        return dossier.case.start, dossier.case.end
    return typed.start, typed.end


def _nearest(dossier: Dossier, places: Sequence[tuple[int, int]]) -> tuple[int, int]:
    """Of words that stand in several places, those of the passage."""
    case = dossier.case
    return min(places, key=lambda place: (max(case.start - place[1], place[0] - case.end, 0), place))
