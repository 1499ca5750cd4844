"""What is noted of people to be met again: attempts to reach them, losing them from sight, finding them again."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TypeVar

from enquete.actions.coding.coders import check_name
from enquete.actions.coding.words import Mask, mask_words
from enquete.actions.follow_up.overview import Followed, day_of, followed, later_wave
from enquete.actions.interviews.typed_words import masked_motive
from enquete.actions.study import Study
from enquete.errors import EnqueteError, Problem
from enquete.model import Channel, LossReason, Outcome
from enquete.store.codings import record
from enquete.store.database import transaction
from enquete.store.follow_up import Attempt, Loss, add_attempt, found_again, put_loss
from enquete.store.interviews import interviews
from enquete.survey.follow_up import Standing
from enquete.tables import folded
from enquete.wording import day, label, n

_Word = TypeVar("_Word", bound=StrEnum)


def _read(words: type[_Word], written: str, option: str) -> _Word:
    """« pas-de-reponse », « pas de réponse ». Raises EnqueteError(FOLLOW_UP_WORD)."""
    known = {folded(label(word)): word for word in words}
    wanted = folded(written)
    if wanted in known:
        return known[wanted]
    near = [word for name, word in known.items() if name.startswith(wanted) and wanted]
    if len(near) == 1:
        return near[0]
    told = ", ".join(name.replace(" ", "-") for name in known)
    raise EnqueteError(Problem.FOLLOW_UP_WORD, written=written, option=option, known=told, exit_code=2)


@dataclass(frozen=True, slots=True)
class Trying:
    """What the user types of an attempt. beyond: whatever the limit."""

    person: str
    wave: str | None
    channel: str
    outcome: str
    on: str | None = None
    beyond: bool = False


def note_attempt(study: Study, trying: Trying, today: date) -> Iterator[str]:
    """Notes that somebody was tried, and gives lines to print.

    Raises EnqueteError: what `later_wave`, `followed` and `day_of` do, FOLLOW_UP_WORD, PERSON_MET, PERSON_NEVER_MET,
    PERSON_REFUSED, ATTEMPTS_SPENT.
    """
    wave, on = later_wave(study, trying.wave), day_of(trying.on, today)
    channel, outcome = _read(Channel, trying.channel, "--moyen"), _read(Outcome, trying.outcome, "--issue")
    with study.database() as db:
        with transaction(db):
            one = followed(study, db, trying.person, today)
            _check(one, wave)
            _check_limit(one, wave, beyond=trying.beyond)
            add_attempt(db, Attempt(one.code, wave, on, channel, outcome))
            record(db, "suivi tentative", "tentatives=1")
        now = followed(study, db, one.code, today)
    tried, limit = now.states[wave].tried, now.person.limit
    told = f"{label(channel)} le {day(on)}, {label(outcome)}"
    yield f"{one.code}, vague {wave} : {told} ; {n('tentative', tried)} sur {limit}."
    if outcome is Outcome.REFUSED:
        refusing = f"« enquete consentement {one.code} --vague {wave} --recontact refuse »"
        yield f"Ne la recontactez plus, et notez son refus : {refusing}."
    elif now.states[wave].reason is LossReason.NOT_REACHED:
        yield "La limite est atteinte : cette personne compte désormais comme perdue de vue, pas jointe."
        command = f"« enquete suivi perdu {one.code} --vague {wave} --motif … --note … --par CODE »"
        yield f"Ce que vous savez d'elle : {command}."


def _check(one: Followed, wave: str) -> None:
    state = one.states[wave]
    if state.standing is Standing.MET:
        raise EnqueteError(Problem.PERSON_MET, code=one.code, wave=wave)
    if state.standing is Standing.NEVER:
        raise EnqueteError(Problem.PERSON_NEVER_MET, code=one.code, wave=wave)


def _check_limit(one: Followed, wave: str, *, beyond: bool) -> None:
    state = one.states[wave]
    if state.agreed is False or state.reason is LossReason.WITHDRAWN:
        raise EnqueteError(Problem.PERSON_REFUSED, code=one.code, wave=wave)
    if state.tried >= one.person.limit and not beyond:
        tried = n("tentative", state.tried)
        raise EnqueteError(Problem.ATTEMPTS_SPENT, code=one.code, wave=wave, tried=tried, limit=one.person.limit)


@dataclass(frozen=True, slots=True)
class Losing:
    """What the user types of somebody lost from sight. note: what is known; by: who says so."""

    person: str
    wave: str | None
    reason: str
    by: str
    note: str = ""
    on: str | None = None


def note_loss(study: Study, losing: Losing, today: date, mask: Mask = mask_words) -> Iterator[str]:
    """Notes that somebody is lost from sight, and gives lines to print. mask: pseudonymises the note.

    Raises EnqueteError: what `later_wave`, `followed`, `day_of` and `check_name` do, FOLLOW_UP_WORD, PERSON_MET,
    PERSON_NEVER_MET.
    """
    check_name(losing.by)
    wave, on = later_wave(study, losing.wave), day_of(losing.on, today)
    reason = _read(LossReason, losing.reason, "--motif")
    with study.database() as db:
        one = followed(study, db, losing.person, today)
        _check(one, wave)
        theirs = [text for text in interviews(db) if one.code in text.participants]
        known = masked_motive(study, losing.note, theirs, mask)
        with transaction(db):
            put_loss(db, Loss(one.code, wave, reason, on, losing.by, known))
            record(db, "suivi perdu", "personnes=1")
    yield f"{one.code} : perdue de vue en {wave}, {label(reason)}."
    if known:
        yield f"  ce qu'on sait : {known}"
    if reason is LossReason.REFUSED:
        yield f"Si elle l'a dit : « enquete consentement {one.code} --vague {wave} --recontact refuse »."
    elif reason is LossReason.WITHDRAWN:
        yield f"Pour effacer ce qui vient d'elle : « enquete retirer {one.code} »."


def note_found(study: Study, person: str, today: date) -> Iterator[str]:
    """Somebody is lost no more; gives lines to print. Raises EnqueteError: UNKNOWN_PARTICIPANT, NOT_LOST."""
    with study.database() as db:
        with transaction(db):
            one = followed(study, db, person, today)
            waves = found_again(db, one.code, today)
            if not waves:
                raise EnqueteError(Problem.NOT_LOST, code=one.code)
            record(db, "suivi retrouve", "personnes=1")
        now = followed(study, db, one.code, today)
    yield f"{one.code} : retrouvée ({', '.join(waves)}). Ce qui était noté de son absence reste."
    if any(now.states[wave].standing is Standing.LOST for wave in waves):
        yield "Elle reste à ne pas recontacter : son refus ou ses tentatives le disent (« enquete suivi »)."
