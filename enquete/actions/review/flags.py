"""Words that a coder without a key finds revealing: masked at once, and a reviewer says what they were.

The clear words go into the vault alone, for whoever holds a key; in the database a flag is its key, and a form its
place in the flag's list.
"""

from __future__ import annotations

import secrets
import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from enquete.actions.coding.coders import check_coder
from enquete.actions.findings.files import refresh_files
from enquete.actions.interviews.revising import Change, revise_text
from enquete.actions.places import named
from enquete.actions.review.decisions import Desk, Outcome
from enquete.actions.review.texts import occurrences
from enquete.actions.review.words import FLAGGED, add_in, check_word, passages_of_turn
from enquete.actions.study import Study
from enquete.errors import EnqueteError, Problem
from enquete.model import IdentifierType, Span
from enquete.store import review
from enquete.store.codings import record
from enquete.store.database import transaction
from enquete.store.interviews import Interview, Mask, interviews
from enquete.store.review import AlertKind
from enquete.vault import FOLDER, Vault, put_flag

SHOWN = "[mot signalé]"
_REASON = "mot signalé"


@dataclass(frozen=True, slots=True)
class Flag:
    """forms: as written. coder: who flagged them. everywhere: in the whole study."""

    uid: str
    forms: tuple[str, ...]
    coder: str
    everywhere: bool

    def put(self, study: Study) -> None:
        content = {"formes": list(self.forms), "par": self.coder, "partout": self.everywhere}
        put_flag(study.folder / FOLDER, self.uid, content)


def flags(vault: Vault) -> dict[str, Flag]:
    """By their keys."""
    return {uid: Flag(uid, tuple(told["formes"]), told["par"], told["partout"]) for uid, told in vault.flags().items()}


def flag_word(
    study: Study, code: str, word: str, coder: str, turn: int | None = None, *, everywhere: bool = False
) -> Outcome:
    """Masks a word in an interview, or in one turn (from 1) of it, or in all of them. No key is needed.

    Nothing changes where the word does not stand and flags of the interview wait already: it may be one of them.
    Raises EnqueteError: UNKNOWN_INTERVIEW, TURN_UNKNOWN, WORD_TOO_COMMON, WORD_NOWHERE, UNKNOWN_CODER, CODER_NAME.
    """
    check_coder(study.config, coder)
    check_word(word)
    with study.database() as db, transaction(db):
        texts = list(interviews(db))
        here = named(texts, code)
        passages = passages_of_turn(here, turn)
        found = [(text, occurrences(text.text, passages_of_turn(text, None), word)) for text in texts if everywhere]
        found = [(t, spans) for t, spans in found or [(here, occurrences(here.text, passages, word))] if spans]
        if not found:
            if any(a.kind is AlertKind.FLAG and a.interview == here.code for a in review.alerts(db)):
                return Outcome()
            raise EnqueteError(Problem.WORD_NOWHERE, where=here.code)
        forms = tuple(sorted({span.of(text.text) for text, spans in found for span in spans}))
        flag = Flag(secrets.token_hex(8), forms, coder, everywhere)
        flag.put(study)
        touched = sum(_mask(db, text, spans, flag) for text, spans in found)
        places = sum(len(spans) for _, spans in found)
        record(db, "signaler", f"endroits={places}")
    refresh_files(study)
    return Outcome(tuple(text.code for text, _ in found), places, touched)


def accept_flag(desk: Desk, uid: str, kind: IdentifierType) -> Outcome:
    """The words name somebody or something: they get what stands for such, in the whole study."""
    with desk.study.database() as db:
        flag = _flag(desk, uid)
        with transaction(db):
            homes = _restore(db, flag).changed
            identities, texts = desk.vault.identities(), list(interviews(db))
            outcome = add_in(db, desk, identities, texts, flag.forms, kind, homes, FLAGGED)
            review.lower_alerts(db, [uid])
            record(db, "relire", f"signalements acceptés=1 endroits={outcome.places}")
        desk.vault.remove_flag(uid)
    refresh_files(desk.study)
    return outcome


def refuse_flag(desk: Desk, uid: str) -> Outcome:
    """The words tell nothing: they are readable again."""
    with desk.study.database() as db:
        flag = _flag(desk, uid)
        with transaction(db):
            outcome = _restore(db, flag)
            review.lower_alerts(db, [uid])
            record(db, "relire", f"signalements refusés=1 endroits={outcome.places}")
        desk.vault.remove_flag(uid)
    return outcome


def mask_flagged(study: Study, db: sqlite3.Connection, vault: Vault, codes: Iterable[str]) -> None:
    """What coders flagged stays masked in texts that came since (codes): those of its interviews, or all of them."""
    waiting: dict[str, set[str]] = {}
    for alert in review.alerts(db):
        if alert.kind is AlertKind.FLAG:
            waiting.setdefault(alert.subject, set()).add(alert.interview)
    new = set(codes)
    for flag in flags(vault).values() if waiting else ():
        where = new if flag.everywhere else new & waiting.get(flag.uid, set())
        if flag.uid in waiting and where:
            with transaction(db):
                _mask_anew(study, db, flag, [text for text in interviews(db) if text.code in where])


def _mask_anew(study: Study, db: sqlite3.Connection, flag: Flag, texts: Sequence[Interview]) -> None:
    word = flag.forms[0]
    found = [(text, occurrences(text.text, passages_of_turn(text, None), word)) for text in texts]
    forms = {span.of(text.text) for text, spans in found for span in spans}
    grown = Flag(flag.uid, (*flag.forms, *sorted(forms - set(flag.forms))), flag.coder, flag.everywhere)
    if grown != flag:
        grown.put(study)
    for text, spans in found:
        if spans:
            _mask(db, text, spans, grown)


def sweep_flags(db: sqlite3.Connection, vault: Vault) -> None:
    """Takes out of the vault the flags of a process killed before the text was stored."""
    with transaction(db):
        waiting = {alert.subject for alert in review.alerts(db)}
        for uid in set(vault.flags()) - waiting:
            vault.remove_flag(uid)


def _mask(db: sqlite3.Connection, interview: Interview, spans: Sequence[Span], flag: Flag) -> int:
    changes = []
    for span in spans:
        form = str(flag.forms.index(span.of(interview.text)))
        mask = Mask(0, len(SHOWN), IdentifierType.PERSON, flag.uid, 1.0, FLAGGED, form)
        changes.append(Change(span.start, span.end, SHOWN, (mask,)))
    review.raise_alert(db, interview.id, AlertKind.FLAG, flag.uid)
    return revise_text(db, interview, changes, _REASON)


def _restore(db: sqlite3.Connection, flag: Flag) -> Outcome:
    changed, places, touched = [], 0, 0
    for text in list(interviews(db)):
        mine = [mask for mask in text.masks if mask.entity == flag.uid]
        if mine:
            changes = [Change(mask.start, mask.end, flag.forms[int(mask.form)]) for mask in mine]
            touched += revise_text(db, text, changes, "relecture")
            changed.append(text.code)
            places += len(mine)
    return Outcome(tuple(changed), places, touched)


def _flag(desk: Desk, uid: str) -> Flag:
    return flags(desk.vault)[uid]
