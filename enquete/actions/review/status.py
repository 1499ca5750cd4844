"""Where the review of names stands; no key is needed."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from datetime import datetime

from enquete.actions.places import codes_told, counted
from enquete.actions.study import Study
from enquete.store import review
from enquete.store.interviews import interviews
from enquete.store.review import AlertKind, Review, Settled
from enquete.wording import day, n, number


def interviews_to_review(study: Study) -> list[str]:
    """Codes of those that nobody has read through, and of those where names came up since."""
    with study.database() as db:
        done = review.reviews(db)
        return [code for code, left in _unsettled(db).items() if code not in done or left]


def review_lines(db: sqlite3.Connection) -> Iterator[str]:
    """The state of each interview, those of one state together."""
    done, left = review.reviews(db), _unsettled(db)
    if not left:
        return
    texts = {text.code: text for text in interviews(db)}
    answers = any(text.asked for text in texts.values())
    whole = n("texte relu", len(done)) if answers else n("entretien relu", len(done))
    yield f"Relecture des noms : {whole}, {number(len(left) - len(done))} à relire."
    waiting = [alert.interview for alert in review.alerts(db)]
    together: dict[str, list[str]] = {}
    for code, new in left.items():
        state = _state(done[code], new) if code in done else "à relire"
        alerts = f", {n('alerte', waiting.count(code))}" if code in waiting else ""
        together.setdefault(state + alerts, []).append(code)
    for state, codes in together.items():
        yield f"  {codes_told(texts[code] for code in codes)} : {state}"


def review_steps(db: sqlite3.Connection) -> Iterator[str]:
    """What is left to do, and what to type."""
    found = review.alerts(db)
    late = {alert.subject for alert in found if alert.kind is AlertKind.LATE_NAME}
    flagged = {alert.subject for alert in found if alert.kind is AlertKind.FLAG}
    if late:
        yield (
            f"régler {n('nom trouvé', len(late), 'noms trouvés')} après coup dans des textes déjà enregistrés, sans "
            "quoi rien ne sort : « enquete relire »."
        )
    if flagged:
        yield f"juger {n('mot signalé', len(flagged))} par les codeurs : « enquete relire »."
    done = review.reviews(db)
    texts = [text for text in interviews(db) if text.code not in done]
    if texts:
        yield f"relire les noms de {counted(texts)} : « enquete relire {texts[0].code} »."


def _state(found: Review, new: int) -> str:
    at = day(datetime.fromisoformat(found.reviewed_at).date())
    corrected = ", corrigé depuis" if found.corrected else ""
    since = f", {n('nom', new)} à voir depuis" if new else ""
    return f"relu par {found.reviewer} le {at}{corrected}{since}"


def _unsettled(db: sqlite3.Connection) -> dict[str, int]:
    """By interview: how many names stand there that nobody has accepted."""
    settled, alerts = review.settled(db), review.alerts(db)
    flagged = {alert.subject for alert in alerts if alert.kind is AlertKind.FLAG}
    return {
        text.code: len({m.entity for m in text.masks if Settled(m.entity, m.form) not in settled} - flagged)
        for text in interviews(db)
    }
