"""Where people stand in each wave: met, due, lost from sight. Absence means something: its reason is told."""

from __future__ import annotations

import calendar
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from enquete.model import ConsentState, LossReason, Outcome, RespondentType

_STILL_COMING = {Outcome.APPOINTMENT, Outcome.POSTPONED}  # who said so is not lost, however often they were tried
_REFUSALS = {ConsentState.REFUSED, ConsentState.WITHDRAWN}


class Standing(StrEnum):
    """NOT_YET: the day has not come. NEVER: not met in an earlier wave either."""

    MET = "met"
    DUE = "due"
    NOT_YET = "not yet"
    LOST = "lost"
    NEVER = "never met"


@dataclass(frozen=True, slots=True)
class Person:
    """What is known of somebody, by wave. met: the last day of it, None when it is not known.

    recontact, participation: what they agreed to. lost: why, as a human noted it, those found again left out.
    tried: what came of each attempt, in order. limit: of attempts in a wave.
    """

    code: str
    type: RespondentType
    met: Mapping[str, date | None]
    recontact: Mapping[str, ConsentState] = field(default_factory=dict)
    participation: Mapping[str, ConsentState] = field(default_factory=dict)
    lost: Mapping[str, LossReason] = field(default_factory=dict)
    tried: Mapping[str, Sequence[Outcome]] = field(default_factory=dict)
    limit: int = 5


@dataclass(frozen=True, slots=True)
class State:
    """A person in a wave. again: they were met in an earlier one too. day: when they were met, or are due; None when
    nothing tells. reason: why they are lost. agreed: whether they accept to be met again, None when nobody noted it.
    """

    standing: Standing
    again: bool = False
    day: date | None = None
    reason: LossReason | None = None
    agreed: bool | None = None
    tried: int = 0


def states(person: Person, waves: Sequence[str], months: Mapping[str, int], today: date) -> dict[str, State]:
    """The person in each wave of the study, in order. months: from the meeting before, for the waves that say so."""
    found: dict[str, State] = {}
    before, expected, carried = False, None, None
    for place, wave in enumerate(waves):
        if wave in person.met:
            found[wave] = State(Standing.MET, before, person.met[wave])
            before, expected, carried = True, person.met[wave], None
            continue
        if not before:
            found[wave] = State(Standing.NEVER)
            continue
        so_far = waves[: place + 1]
        agreed = _agreed(person, so_far)
        tried = len(person.tried.get(wave, ()))
        if person.recontact.get(wave) is ConsentState.GIVEN:
            carried = None  # said since
        carried = _reason(person, so_far) or carried
        expected = _later(expected, months[wave]) if expected and wave in months else None
        if carried:
            found[wave] = State(Standing.LOST, True, None, carried, agreed, tried)
            continue
        waits = expected is not None and expected > today
        missed = any(found[earlier].standing in (Standing.DUE, Standing.NOT_YET) for earlier in waves[:place])
        standing = Standing.NOT_YET if waits or (missed and expected is None) else Standing.DUE
        found[wave] = State(standing, True, expected, None, agreed, tried)
    return found


def _agreed(person: Person, waves: Sequence[str]) -> bool | None:
    """What they last said of being met again."""
    said = [person.recontact[wave] for wave in waves if wave in person.recontact]
    return said[-1] is ConsentState.GIVEN if said else None


def _reason(person: Person, waves: Sequence[str]) -> LossReason | None:
    """Why they are not to be met in the last of these waves: what a human noted first, then what they said."""
    wave = waves[-1]
    if wave in person.lost:
        return person.lost[wave]
    if ConsentState.WITHDRAWN in person.participation.values():
        return LossReason.WITHDRAWN
    taking_part = [person.participation[w] for w in waves if w in person.participation]
    tried = person.tried.get(wave, ())
    last = tried[-1] if tried else None
    if _agreed(person, waves) is False or (taking_part and taking_part[-1] in _REFUSALS) or last is Outcome.REFUSED:
        return LossReason.REFUSED
    if tried and len(tried) >= person.limit and last not in _STILL_COMING:
        return LossReason.NOT_REACHED
    return None


def _later(day: date, months: int) -> date:
    """The same day some months after, or the last one of that month."""
    year, month = divmod(day.month - 1 + months, 12)
    last = calendar.monthrange(day.year + year, month + 1)[1]
    return date(day.year + year, month + 1, min(day.day, last))


@dataclass(frozen=True, slots=True)
class Totals:
    """People of one type in one wave. met: all of them; again: met in an earlier wave too. silent: due, and nobody
    noted whether they accept it.
    """

    met: int
    again: int
    due: int
    silent: int
    not_yet: int
    lost: Mapping[LossReason, int]


def totals(people: Sequence[State]) -> Totals:
    """Of the states of people in one wave."""
    by = Counter(state.standing for state in people)
    due = [state for state in people if state.standing is Standing.DUE]
    lost = Counter(state.reason for state in people if state.reason)
    return Totals(
        met=by[Standing.MET],
        again=sum(state.standing is Standing.MET and state.again for state in people),
        due=len(due),
        silent=sum(state.agreed is None for state in due),
        not_yet=by[Standing.NOT_YET],
        lost={reason: lost[reason] for reason in LossReason if lost[reason]},
    )
