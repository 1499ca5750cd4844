"""Who was met when, who is due, who is lost from sight and why: by code, wave by wave."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from enquete.actions.study import Study
from enquete.errors import EnqueteError, Problem
from enquete.model import ConsentKind, RespondentType
from enquete.store.erasing import people_withdrawn
from enquete.store.follow_up import Attempt, Loss, Meeting, attempts, limits, losses, meetings
from enquete.store.people import code_of, participants
from enquete.survey.follow_up import Person, State, states
from enquete.survey.values import read_date

_Told = TypeVar("_Told", Meeting, Attempt, Loss)


@dataclass(frozen=True, slots=True)
class Followed:
    """Somebody, with where they stand in each wave of the study, and what that is said from."""

    person: Person
    states: Mapping[str, State]
    meetings: tuple[Meeting, ...] = ()
    attempts: tuple[Attempt, ...] = ()
    losses: tuple[Loss, ...] = ()

    @property
    def code(self) -> str:
        return self.person.code

    def loss(self, wave: str) -> Loss | None:
        """What a human noted of their absence in a wave or, failing that, in one before."""
        here = [loss for loss in self.losses if loss.wave == wave]
        return here[-1] if here else next((loss for loss in reversed(self.losses) if loss.found_on is None), None)


@dataclass(frozen=True, slots=True)
class Overview:
    """followed: by code. unkeyed: by wave, questionnaires whose answers nobody can be linked to, with their number.

    keyless: waves of which all that is known is that. withdrawn: codes.
    """

    waves: tuple[str, ...]
    followed: tuple[Followed, ...]
    unkeyed: Mapping[str, Mapping[str, int]]
    keyless: tuple[str, ...]
    withdrawn: tuple[str, ...]

    def of(self, type_: RespondentType) -> list[Followed]:
        return [one for one in self.followed if one.person.type is type_]


def overview(study: Study, db: sqlite3.Connection, today: date) -> Overview:
    """Everybody of the study, as it stands."""
    met, unkeyed = _linkable(meetings(db))
    people = _people(study, db, met, {meeting.participant for meeting in unkeyed})
    tried, lost = _by_person(attempts(db)), _by_person(losses(db))
    counts: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for meeting in unkeyed:
        counts[meeting.wave][meeting.questionnaire] += 1
    keyed = {meeting.wave for theirs in met.values() for meeting in theirs}
    waves = tuple(study.config.waves_by_code)
    months = study.config.follow_up.months
    return Overview(
        waves,
        tuple(
            Followed(
                person,
                states(person, waves, months, today),
                tuple(met.get(person.code, ())),
                tuple(tried.get(person.code, ())),
                tuple(lost.get(person.code, ())),
            )
            for person in people
        ),
        {wave: dict(counts[wave]) for wave in waves if wave in counts},
        tuple(wave for wave in waves if wave in counts and wave not in keyed),
        tuple(people_withdrawn(db)),
    )


def _linkable(found: Iterable[Meeting]) -> tuple[dict[str, list[Meeting]], list[Meeting]]:
    """Meetings of each person; and those of rows without a key, when nothing else is known of who gave them."""
    everybody = _by_person(found)
    met = {code: theirs for code, theirs in everybody.items() if any(meeting.keyed for meeting in theirs)}
    return met, [meeting for code, theirs in everybody.items() if code not in met for meeting in theirs]


def _by_person(found: Iterable[_Told]) -> dict[str, list[_Told]]:
    by: dict[str, list[_Told]] = defaultdict(list)
    for one in found:
        by[one.participant].append(one)
    return by


def _people(
    study: Study, db: sqlite3.Connection, met: Mapping[str, Sequence[Meeting]], apart: set[str]
) -> list[Person]:
    tried, lost, own = _by_person(attempts(db)), _by_person(losses(db)), limits(db)
    order = list(study.config.waves_by_code)
    people = []
    for one in participants(db):
        if one.code in apart:
            continue
        known = sorted(one.waves.values(), key=lambda p: order.index(p.wave) if p.wave in order else len(order))
        outcomes = defaultdict(list)
        for attempt in tried.get(one.code, ()):
            outcomes[attempt.wave].append(attempt.outcome)
        people.append(
            Person(
                one.code,
                one.type,
                _last_days(met.get(one.code, ())),
                {p.wave: p.consents[ConsentKind.RECONTACT] for p in known if ConsentKind.RECONTACT in p.consents},
                {
                    p.wave: p.consents[ConsentKind.PARTICIPATION]
                    for p in known
                    if ConsentKind.PARTICIPATION in p.consents
                },
                {loss.wave: loss.reason for loss in lost.get(one.code, ()) if loss.found_on is None},
                outcomes,
                own.get(one.code, study.config.follow_up.attempts),
            )
        )
    return people


def _last_days(met: Iterable[Meeting]) -> dict[str, date | None]:
    days: dict[str, date | None] = {}
    for meeting in met:
        known = days.get(meeting.wave)
        days[meeting.wave] = max(meeting.on, known) if meeting.on and known else meeting.on or known
    return days


def followed(study: Study, db: sqlite3.Connection, written: str, today: date) -> Followed:
    """One person. Raises EnqueteError(UNKNOWN_PARTICIPANT)."""
    code = code_of(db, written)
    found = next((one for one in overview(study, db, today).followed if one.code == code), None)
    if found is None:
        raise EnqueteError(Problem.UNKNOWN_PARTICIPANT, code=written)
    return found


def later_wave(study: Study, written: str | None) -> str:
    """A wave in which people are met again: the one named, or the only one there can be.

    Raises EnqueteError: FOLLOW_UP_ALONE, FOLLOW_UP_WAVE, FOLLOW_UP_FIRST, UNKNOWN_WAVE.
    """
    first, *later = study.config.waves_by_code
    known = ", ".join(later)
    if not later:
        raise EnqueteError(Problem.FOLLOW_UP_ALONE)
    if written is None:
        if len(later) > 1:
            raise EnqueteError(Problem.FOLLOW_UP_WAVE, known=known, exit_code=2)
        return later[0]
    wave = next((code for code in (first, *later) if code.casefold() == written.casefold()), None)
    if wave is None:
        raise EnqueteError(Problem.UNKNOWN_WAVE, wave=written, known=known, exit_code=2)
    if wave == first:
        raise EnqueteError(Problem.FOLLOW_UP_FIRST, wave=wave, known=known, exit_code=2)
    return wave


def day_of(written: str | None, today: date) -> date:
    """A day that has come, as a person writes it. Raises EnqueteError(FOLLOW_UP_DAY)."""
    if written is None:
        return today
    try:
        found = read_date(written)
    except ValueError:
        found = None
    if found is None or found > today:
        raise EnqueteError(Problem.FOLLOW_UP_DAY, written=written, exit_code=2)
    return found
