"""Disagreements as the arbitration view asks for them, and what an arbiter decides there. All is JSON-able."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError

from enquete.actions.agreement.arbitrating import Dossier, Order, State, Wanted, check_arbiter, docket, find, rule
from enquete.actions.agreement.arbitrating_options import Typed, order_of
from enquete.actions.coding.page import CodingPage, Json
from enquete.actions.coding.page_texts import shown_turns
from enquete.coding.adjudication import Case, Reading, Verdict
from enquete.errors import EnqueteError, Problem
from enquete.store.interviews import Interview
from enquete.store.page import interviews_of
from enquete.store.settled import Ruling

_LONGEST = 100  # code points of the words that stand in the list
_MOST = 500  # cases of an answer


def check_may_settle(page: CodingPage, coder: str) -> None:
    """On the page, only arbiters named by the study see what others coded. Raises EnqueteError(PAGE_NOT_ARBITER)."""
    if coder not in page.study.config.coding.arbiters:
        raise EnqueteError(Problem.PAGE_NOT_ARBITER)


def listed(page: CodingPage, coder: str, wanted: Wanted, state: str, after: int) -> Json:
    """The disagreements, in short: those of a state (open, settled, all), beyond the first `after`.

    interviews: where some may be: codes, and questions for answers. toCode: those whose disagreements are kept from an
    arbiter who still has to code them, blind.
    Raises EnqueteError(PAGE_NOT_ARBITER, UNKNOWN_INTERVIEW, UNKNOWN_QUESTION).
    """
    check_may_settle(page, coder)
    with page.study.database() as db:
        found, blind = docket(db, wanted), _still_to_code(db, coder)
    dossiers = [one for one in found.dossiers if one.interview.code not in blind]
    waiting = [one for one in dossiers if one.state is not State.SETTLED]
    settled = [one for one in dossiers if one.state is State.SETTLED]
    shown = {"open": waiting, "settled": settled}.get(state, dossiers)
    return {
        "cases": [_short(one) for one in shown[after : after + _MOST]],
        "matching": len(shown),
        "total": len(dossiers),
        "settled": len(settled),
        "interviews": _places(text for text in found.texts if text.code not in blind),
        "toCode": _places(text for text in found.texts if text.code in blind),
        "proposed": found.proposed,
        "motives": _motives(dossiers),
    }


def _places(texts: Iterable[Interview]) -> list[str]:
    return list(dict.fromkeys(text.asked or text.code for text in texts))


def _still_to_code(db: sqlite3.Connection, arbiter: str) -> set[str]:
    return {one.code for one in interviews_of(db, arbiter) if one.round is not None and not one.coded}


def _motives(dossiers: Sequence[Dossier]) -> list[str]:
    """Reasons given before, the last first: the same one often serves again."""
    given = sorted(((r.made_at, r.why) for one in dossiers for r in one.history if r.why), reverse=True)
    return list(dict.fromkeys(why for _, why in given))[:20]


def _short(one: Dossier) -> Json:
    text, case = one.interview, one.case
    words = " ".join(text.text[case.start : case.end].split())
    return {
        "key": case.key,
        "interview": text.code,
        "question": text.asked or None,
        "turn": _turns(one)[0],
        "kind": case.kind.value,
        "state": one.state.value,
        "words": words if len(words) <= _LONGEST else f"{words[: _LONGEST - 1]}…",
        "codes": [{"codebook": book, "code": code} for book, code in case.codes],
    }


def opened(page: CodingPage, coder: str, key: str) -> Json:
    """One of them, with its turns and those around. Raises EnqueteError(PAGE_NOT_ARBITER, PAGE_CASE_GONE)."""
    check_may_settle(page, coder)
    with page.study.database() as db:
        return _whole(_found(db, coder, key))


def _found(db: sqlite3.Connection, arbiter: str, key: str) -> Dossier:
    try:
        one = find(db, key)
    except EnqueteError as error:
        raise EnqueteError(Problem.PAGE_CASE_GONE) from error
    if one.interview.code in _still_to_code(db, arbiter):
        raise EnqueteError(Problem.PAGE_CASE_GONE)
    return one


def _whole(one: Dossier) -> Json:
    text, case = one.interview, one.case
    first, last = _turns(one)
    around = range(max(0, first - 1), min(len(text.turns), last + 2))
    turns = shown_turns(text.turns)
    return {
        **_short(one),
        "start": case.start,
        "end": case.end,
        "turns": [
            {**turns[index], "index": index, "text": text.text[turns[index]["start"] : turns[index]["end"]]}
            for index in around
        ],
        "coders": [
            {"coder": coder, "readings": _readings(one, case.of(coder)), "beside": _readings(one, one.beside_of(coder))}
            for coder in case.coders
        ],
        "history": [_ruling(ruling, case) for ruling in one.history],
    }


def _turns(one: Dossier) -> tuple[int, int]:
    """Indexes of the first and last turns that the passage touches."""
    case = one.case
    touched = [i for i, t in enumerate(one.interview.turns) if t.start < case.end and case.start < t.end]
    return (touched[0], touched[-1]) if touched else (0, 0)


def _readings(one: Dossier, readings: Sequence[Reading]) -> list[Json]:
    return [
        {
            "codebook": r.codebook,
            "code": r.code,
            "start": r.start,
            "end": r.end,
            "words": one.interview.text[r.start : r.end],
            "flag": r.flag,
            "memo": r.memo,
        }
        for r in readings
    ]


def _ruling(ruling: Ruling, case: Case) -> Json:
    return {
        "verdict": ruling.verdict.value,
        "coder": ruling.coder,
        "by": ruling.by,
        "why": ruling.why,
        "at": ruling.made_at,
        "stands": ruling.stands,
        "fits": ruling.stands and {r.item for r in ruling.readings} == {r.item for r in case.readings},
        "kept": [{"codebook": k.codebook, "code": k.code, "start": k.start, "end": k.end} for k in ruling.kept],
    }


_Text = Annotated[str, StringConstraints(max_length=2000)]


class _Posted(BaseModel):
    """coder: for « one »; codes and words: for « new », words as they stand in the passage; empty for its own."""

    model_config = ConfigDict(extra="forbid", strict=True)

    key: Annotated[str, StringConstraints(max_length=80)]
    verdict: Literal["one", "all", "none", "new", "upheld"]
    why: _Text
    coder: _Text = ""
    codes: Annotated[tuple[_Text, ...], Field(strict=False, max_length=20)] = ()
    words: Annotated[str, StringConstraints(max_length=20_000)] = ""


def settle(page: CodingPage, coder: str, body: bytes) -> Json:
    """What an arbiter decides. Raises EnqueteError: PAGE_NOT_ARBITER, PAGE_BAD_REQUEST, PAGE_CASE_GONE, and what
    `order_of` and `rule` do.
    """
    check_may_settle(page, coder)
    check_arbiter(page.study, coder)
    try:
        posted = _Posted.model_validate_json(body)
    except ValidationError:
        raise EnqueteError(Problem.PAGE_BAD_REQUEST) from None
    verdict = Verdict(posted.verdict)
    with page.study.database() as db:
        one = _found(db, coder, posted.key)
    if verdict is Verdict.ONE and posted.coder not in one.case.coders:
        raise EnqueteError(Problem.PAGE_BAD_REQUEST)
    if verdict is Verdict.NEW:
        typed = Typed(posted.key, "nouveau", coder, posted.why, posted.codes, words=posted.words)
        order = order_of(page.study, typed)
    else:
        order = Order(posted.key, verdict, coder, posted.why, posted.coder if verdict is Verdict.ONE else "")
    done = rule(page.study, order, page.mask)
    return {"case": _whole(done.dossier), "left": done.left, "agreed": done.agreed}
