"""What a reviewer has to look at: alerts, what was replaced (by name, not by place), doubtful words by risk.

Everything here holds real names: for the screen of whoever holds the key, never for a file.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass

from enquete.actions.coding.coders import check_name
from enquete.actions.places import named, spot, turn_at
from enquete.actions.review.decisions import Desk, accept
from enquete.actions.review.flags import Flag, flags, sweep_flags
from enquete.actions.review.texts import Words
from enquete.errors import EnqueteError, Problem
from enquete.model import IdentifierType
from enquete.pseudonyms import Entity, form_key
from enquete.pseudonyms.editing import candidates
from enquete.pseudonyms.words import words_of
from enquete.store import review
from enquete.store.codings import record
from enquete.store.database import transaction
from enquete.store.interviews import Interview, Mask, doubts, interviews
from enquete.wording import n

_CONTEXT = 45  # characters on each side
_CONTEXTS = 3
_KEY = 4  # characters of a short key, more where two would be alike


@dataclass(frozen=True, slots=True)
class Context:
    """Where something stands. spot: « tour 4 », « réponse »; turn: from 1. shown: what the stored text says there;
    said: the real words.
    """

    interview: str
    spot: str
    turn: int
    before: str
    shown: str
    said: str
    after: str


@dataclass(frozen=True, slots=True)
class Name:
    """Somebody or something replaced. key: short, as a person types it; entity: key of the book.

    forms: as said. pseudonyms: as written. late: found after its text was stored, and not settled: it holds outputs
    back. settled: accepted wherever it stands in the interviews asked for. twins: short keys that may be the same.
    """

    key: str
    entity: str
    type: IdentifierType
    group: tuple[str, ...]
    forms: tuple[str, ...]
    pseudonyms: tuple[str, ...]
    places: int
    interviews: tuple[str, ...]
    contexts: tuple[Context, ...]
    late: bool
    settled: bool
    twins: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FlaggedWord:
    """A word that a coder flagged."""

    key: str
    uid: str
    coder: str
    forms: tuple[str, ...]
    places: int
    interviews: tuple[str, ...]
    contexts: tuple[Context, ...]


@dataclass(frozen=True, slots=True)
class DoubtfulWord:
    """A word left readable. risk: 0 to 1, the highest of its places."""

    key: str
    word: str
    why: str
    risk: float
    places: int
    interviews: tuple[str, ...]
    contexts: tuple[Context, ...]


@dataclass(frozen=True, slots=True)
class Agenda:
    """What there is in an interview, or in the study, in the order in which it is looked at."""

    flags: tuple[FlaggedWord, ...]
    names: tuple[Name, ...]
    doubts: tuple[DoubtfulWord, ...]

    @property
    def late(self) -> list[tuple[Name, ...]]:
        """Names found late, those of the same words together: one decision settles them in the whole study."""
        together: dict[tuple[IdentifierType, frozenset[tuple[str, ...]]], list[Name]] = {}
        for name in self.names:
            if name.late:
                together.setdefault((name.type, frozenset(map(words_of, name.forms))), []).append(name)
        return [tuple(names) for names in together.values()]

    @property
    def unsettled(self) -> list[Name]:
        """Names that nobody has accepted yet; those found late are asked before."""
        return [name for name in self.names if not name.settled and not name.late]


@dataclass(frozen=True, slots=True)
class _Standing:
    interview: Interview
    mask: Mask


def agenda(desk: Desk, code: str = "") -> Agenda:
    """Counts are of the whole study; what is listed is what stands in this interview. Raises UNKNOWN_INTERVIEW."""
    with desk.study.database() as db:
        sweep_flags(db, desk.vault)
        identities = desk.vault.identities()
        texts = list(interviews(db))
        asked = {named(texts, code).code} if code else {text.code for text in texts}
        words = Words(desk.vault, identities, desk.policies)
        standing: dict[str, list[_Standing]] = {}
        for text in texts:
            for mask in text.masks:
                standing.setdefault(mask.entity, []).append(_Standing(text, mask))
        settled = review.settled(db)
        late = {a.subject for a in review.blocking_alerts(db) if a.interview in asked}
        short = short_keys("N", (entity.key for entity in identities.book.entities))
        twins = _twins(candidates(identities.book))
        names = []
        for entity in identities.book.entities:
            places = standing.get(entity.key, [])
            here = [place for place in places if place.interview.code in asked]
            if here:
                done = all(review.Settled(entity.key, place.mask.form) in settled for place in here)
                others = tuple(short[key] for key in twins.get(entity.key, ()) if key in short)
                names.append(_name(entity, places, here, words, short[entity.key], entity.key in late, done, others))
        flagged = tuple(_flagged(flags(desk.vault), standing, asked))
        doubtful = tuple(_doubtful(db, texts, asked, identities.secret))
    first = {key: (places[0].interview.code, places[0].mask.start) for key, places in standing.items()}
    names.sort(key=lambda name: (_ORDER.get(name.type, 9), -name.places, first[name.entity]))
    return Agenda(flagged, tuple(names), doubtful)


_ORDER = {IdentifierType.PERSON: 0, IdentifierType.PLACE: 1, IdentifierType.ORGANISATION: 2}


def _name(
    entity: Entity,
    places: Sequence[_Standing],
    here: Sequence[_Standing],
    words: Words,
    short: str,
    late: bool,
    settled: bool,
    twins: tuple[str, ...],
) -> Name:
    said = [words.of(place.interview, place.mask) for place in places]
    shown = [place.interview.text[place.mask.start : place.mask.end] for place in places]
    return Name(
        key=short,
        entity=entity.key,
        type=entity.type,
        group=entity.group,
        forms=tuple(dict.fromkeys(form for form in said if form)) or entity.forms,
        pseudonyms=tuple(dict.fromkeys(shown)),
        places=len(places),
        interviews=tuple(sorted({place.interview.code for place in places})),
        contexts=_contexts((p.interview, p.mask.start, p.mask.end, words.of(p.interview, p.mask)) for p in here),
        late=late,
        settled=settled,
        twins=twins,
    )


def _flagged(
    known: dict[str, Flag], standing: dict[str, list[_Standing]], asked: Collection[str]
) -> Iterator[FlaggedWord]:
    short = short_keys("S", known)
    for uid, flag in known.items():
        places = standing.get(uid, [])
        codes = tuple(sorted({place.interview.code for place in places}))
        if set(codes) & set(asked):
            contexts = _contexts((p.interview, p.mask.start, p.mask.end, flag.forms[int(p.mask.form)]) for p in places)
            yield FlaggedWord(short[uid], uid, flag.coder, flag.forms, len(places), codes, contexts)


def _doubtful(
    db: sqlite3.Connection, texts: Sequence[Interview], asked: Collection[str], secret: bytes
) -> list[DoubtfulWord]:
    together: dict[tuple[str, ...], list[tuple[Interview, int, int, float, str]]] = {}
    for text in texts:
        for doubt in doubts(db, text.revision):
            form = words_of(text.text[doubt.start : doubt.end])
            together.setdefault(form, []).append((text, doubt.start, doubt.end, doubt.risk, doubt.why))
    short = short_keys("D", (form_key(secret, " ".join(form)) for form in together))
    found = []
    for form, places in together.items():
        here = [place for place in places if place[0].code in asked]
        if here:
            first = max(here, key=lambda place: place[3])
            found.append(
                DoubtfulWord(
                    key=short[form_key(secret, " ".join(form))],
                    word=first[0].text[first[1] : first[2]],
                    why=first[4],
                    risk=first[3],
                    places=len(places),
                    interviews=tuple(sorted({place[0].code for place in places})),
                    contexts=_contexts((t, start, end, t.text[start:end]) for t, start, end, *_ in here),
                )
            )
    return sorted(found, key=lambda doubt: (-doubt.risk, doubt.interviews, doubt.word))


def _contexts(places: Iterable[tuple[Interview, int, int, str]]) -> tuple[Context, ...]:
    """The first few, those of different words first."""
    found = [_context(*place) for place in places]
    chosen = list({context.said: context for context in reversed(found)}.values())[::-1]
    chosen += [context for context in found if context not in chosen]
    return tuple(chosen[:_CONTEXTS])


def _context(text: Interview, start: int, end: int, said: str) -> Context:
    before = text.text[max(0, start - _CONTEXT) : start]
    after = text.text[end : end + _CONTEXT]
    where = (text.code, spot(text, start), turn_at(text, start))
    return Context(*where, _flat(before), text.text[start:end], said, _flat(after))


def _flat(text: str) -> str:
    """On one line; the spaces at its ends say whether a word goes on."""
    return " ".join(text.replace("\n", " ").split(" "))


def _twins(groups: Iterable[tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
    return {key: tuple(other for other in group if other != key) for group in groups for key in group}


def short_keys(letter: str, keys: Iterable[str]) -> dict[str, str]:
    """What a person types for each key: « N-3fa2 », longer where two begin alike."""
    keys = list(keys)
    for length in range(_KEY, 17):
        if len({key[:length] for key in keys}) == len(set(keys)):
            break
    return {key: f"{letter}-{key[:length]}" for key in keys}


def accept_all(desk: Desk, code: str = "") -> int:
    """Everything replaced in an interview, or in the study, is well replaced; gives the number of names accepted."""
    waiting = [name.entity for name in agenda(desk, code).names if name.late or not name.settled]
    accept(desk, waiting)
    return len(waiting)


def set_reviewed(desk: Desk, code: str, reviewer: str) -> int:
    """A person has read the interview through: the names in it are well replaced; gives how many nobody had accepted.

    Raises EnqueteError: UNKNOWN_INTERVIEW, REVIEW_UNFINISHED, CODER_NAME.
    """
    check_name(reviewer)
    left = agenda(desk, code)
    if left.late or left.flags:
        waiting = n("alerte", len(left.late) + len(left.flags))
        raise EnqueteError(Problem.REVIEW_UNFINISHED, where=code, waiting=waiting)
    accept(desk, [name.entity for name in left.unsettled])
    with desk.study.database() as db, transaction(db):
        (interview,) = [text for text in interviews(db) if text.code.casefold() == code.casefold()]
        review.set_reviewed(db, interview.id, reviewer)
        record(db, "relire", f"relu={interview.code}")
    return len(left.unsettled)
