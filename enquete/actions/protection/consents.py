"""What each person agreed to, wave by wave: the state by code in the database, its proof in the vault."""

from __future__ import annotations

import secrets
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from enquete.actions.study import Study
from enquete.errors import EnqueteError, Problem
from enquete.model import ConsentKind, ConsentState
from enquete.readers.words import fold
from enquete.store.codings import record
from enquete.store.database import transaction
from enquete.store.interviews import interviews
from enquete.store.outputs import outputs_holding
from enquete.store.people import Consent, Participant, code_of, consents, participants, put_consent
from enquete.vault import Original
from enquete.wording import day, label, n

_STATES = {
    "accord": ConsentState.GIVEN,
    "donn": ConsentState.GIVEN,
    "refus": ConsentState.REFUSED,
    "retir": ConsentState.WITHDRAWN,
}
_ENDINGS = {"", "e", "ee", "er"}
_UNKNOWN = "?"
_WORDS = {ConsentState.GIVEN: "oui", ConsentState.REFUSED: "non", ConsentState.WITHDRAWN: "retiré"}


@dataclass(frozen=True, slots=True)
class Decision:
    """What the user types. states: by kind, as written. day: YYYY-MM-DD, today when it is not given."""

    person: str
    states: Mapping[ConsentKind, str]
    wave: str | None = None
    day: str | None = None
    proof: Path | None = None
    oral: bool = False


def note_consent(study: Study, decision: Decision, today: date) -> Iterator[str]:
    """Notes what a person said, and gives lines to print. A proof needs the vault's key.

    Raises EnqueteError: UNKNOWN_PARTICIPANT, UNKNOWN_WAVE, CONSENT_WAVE, CONSENT_STATE, CONSENT_NOTHING, CONSENT_DAY,
    FILE_NOT_FOUND, FILE_UNREADABLE, those of the vault.
    """
    states = {kind: _state(written) for kind, written in decision.states.items()}
    if not states:
        raise EnqueteError(Problem.CONSENT_NOTHING, exit_code=2)
    on = _day(decision.day, today)
    proof = _read(decision.proof) if decision.proof else None
    vault = study.vault() if proof else None
    with study.database() as db:
        with transaction(db):
            person = _person(db, decision.person)
            wave = _wave(study, person, decision.wave)
            key = secrets.token_hex(8)
            if vault and proof:  # the vault first: killed here, it holds a proof that the next erasure sweeps
                vault.put_proof(key, proof)
            for kind, state in states.items():
                keys = (key,) if proof else ()
                put_consent(db, Consent(person.code, wave, kind, state, on, keys, decision.oral))
            record(db, "consentement", f"décisions={len(states)} preuve={int(proof is not None)}")
        yield from _told(study, [c for c in consents(db) if c.participant == person.code and c.wave == wave])
        if any(state is not ConsentState.GIVEN for state in states.values()):
            theirs = [i.code for i in interviews(db) if person.code in i.participants]
            yield from _next_steps(person.code, states, len(outputs_holding(db, theirs)))


def _next_steps(code: str, states: Mapping[ConsentKind, ConsentState], held: int) -> Iterator[str]:
    """What a refusal or a withdrawal asks for next. held: copies out that hold this person's interviews."""
    refused = {kind for kind, state in states.items() if state is not ConsentState.GIVEN}
    if ConsentKind.PARTICIPATION in refused:
        yield "Ses paroles ne seront plus ni comptées ni citées dans les sorties à venir."
        yield f"Pour effacer de l'étude tout ce qui vient de cette personne : « enquete retirer {code} »."
    if ConsentKind.QUOTATION in refused:
        yield "Cette personne sera comptée, et jamais citée, dans les sorties à venir."
    if ConsentKind.RECORDING in refused:
        yield "enquete ne garde pas d'enregistrement : effacez vous-même le fichier son."
    if ConsentKind.RECONTACT in refused:
        yield "Ne la recontactez plus pour la vague suivante."
    if held and refused & {ConsentKind.PARTICIPATION, ConsentKind.QUOTATION}:
        copies = n("copie sortie", held, "copies sorties")
        yield f"{copies} de l'étude reposent sur ses entretiens : « enquete sorties » dit chez qui."


def show_consents(study: Study, written: str) -> Iterator[str]:
    """Lines to print: one person's decisions, wave by wave. Raises EnqueteError(UNKNOWN_PARTICIPANT)."""
    with study.database() as db:
        person = _person(db, written)
        decisions = [consent for consent in consents(db) if consent.participant == person.code]
    if not decisions:
        yield f"{person.code} : aucun consentement noté."
    for wave in _waves(study, {consent.wave for consent in decisions}):
        yield from _told(study, [consent for consent in decisions if consent.wave == wave])


def _told(study: Study, decisions: Sequence[Consent]) -> Iterator[str]:
    """One person in one wave: a line a kind."""
    first = decisions[0]
    title = study.config.waves_by_code.get(first.wave)
    yield f"{first.participant}, vague {first.wave}{f' ({title})' if title else ''} :"
    by_kind = {consent.kind: consent for consent in decisions}
    for kind in ConsentKind:
        consent = by_kind.get(kind)
        yield f"  {label(kind)} : {_in_full(consent) if consent else 'rien de noté'}"


def _in_full(consent: Consent) -> str:
    parts = [label(consent.state)]
    if consent.decided_on:
        parts.append(f"le {day(consent.decided_on)}")
    if consent.oral:
        parts.append("à l'oral")
    if consent.proofs:
        parts.append(f"{n('preuve', len(consent.proofs))} au coffre")
    return ", ".join(parts)


def consent_table(study: Study) -> Iterator[str]:
    """Lines to print: everybody in every wave, then what is missing."""
    with study.database() as db:
        people = participants(db)
        by_place = {(c.participant, c.wave, c.kind): c for c in consents(db)}
        met = {(code, interview.wave) for interview in interviews(db) for code in interview.participants}
    places = [
        (person.code, wave)
        for person in people
        for wave in _waves(study, {w for code, w in met if code == person.code} | set(person.waves))
    ]
    if not places:
        yield "Aucune personne dans l'étude."
        return
    rows: list[tuple[str, ...]] = [("personne", "vague", *(label(kind) for kind in ConsentKind), "preuve")]
    bare = 0
    missing = []
    for code, wave in places:
        states = [by_place.get((code, wave, kind)) for kind in ConsentKind]
        proved = _proved(states)
        rows.append((code, wave, *(_WORDS[c.state] if c else _UNKNOWN for c in states), proved or "manque"))
        bare += not proved
        if (code, wave) in met and states[0] is None:
            missing.append(f"{code} ({wave})")
    yield from _aligned(rows)
    if missing:
        yield f"Rencontrés sans consentement noté à participer : {', '.join(missing)}."
    if bare:
        yield f"Sans preuve au coffre ni mention d'un accord à l'oral : {n('ligne', bare)}."


def _proved(states: Sequence[Consent | None]) -> str:
    """How what a person said in a wave can be proved; empty when it cannot."""
    if any(consent and consent.proofs for consent in states):
        return "au coffre"
    return "à l'oral" if any(consent and consent.oral for consent in states) else ""


def _aligned(rows: Sequence[tuple[str, ...]]) -> Iterator[str]:
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    for row in rows:
        yield "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()


def _waves(study: Study, codes: set[str]) -> list[str]:
    """In the order of the study, then those that it no longer names."""
    known = list(study.config.waves_by_code)
    return sorted(codes, key=lambda code: (known.index(code) if code in known else len(known), code))


def _person(db: sqlite3.Connection, written: str) -> Participant:
    code = code_of(db, written)
    if code is None:
        raise EnqueteError(Problem.UNKNOWN_PARTICIPANT, code=written)
    return next(person for person in participants(db) if person.code == code)


def _wave(study: Study, person: Participant, written: str | None) -> str:
    """The wave named, or the only one there can be."""
    known = list(study.config.waves_by_code)
    if written is None:
        theirs = list(person.waves) if person.waves else known
        if len(theirs) != 1:
            raise EnqueteError(Problem.CONSENT_WAVE, known=", ".join(known), exit_code=2)
        return theirs[0]
    if written not in known:
        raise EnqueteError(Problem.UNKNOWN_WAVE, wave=written, known=", ".join(known), exit_code=2)
    return written


def _state(written: str) -> ConsentState:
    folded = fold(written.strip())
    for stem, state in _STATES.items():
        if folded.startswith(stem) and folded.removeprefix(stem) in _ENDINGS:
            return state
    raise EnqueteError(Problem.CONSENT_STATE, written=written, exit_code=2)


def _day(written: str | None, today: date) -> date:
    if written is None:
        return today
    try:
        found = date.fromisoformat(written)
    except ValueError:
        found = date.max
    if found > today:
        raise EnqueteError(Problem.CONSENT_DAY, written=written, exit_code=2)
    return found


def _read(path: Path) -> Original:
    try:
        return Original(path.name, path.read_bytes())
    except FileNotFoundError:
        raise EnqueteError(Problem.FILE_NOT_FOUND, where=path.name) from None
    except OSError as error:
        raise EnqueteError(Problem.FILE_UNREADABLE, where=path.name) from error
