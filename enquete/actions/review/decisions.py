"""What a reviewer decides of a name: the vault, then the texts, in one transaction, and nothing half done.

The vault first holds what was known before and what the decision adds; once the texts are stored, what the decision
takes out leaves it. A process killed in between leaves a decision that the next one finishes or a person takes again.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, field, replace

from enquete.actions.findings.files import refresh_files
from enquete.actions.interviews.later_names import settle_typed_words
from enquete.actions.interviews.revising import revise_text
from enquete.actions.places import turn_at
from enquete.actions.review.texts import Owner, Words, rewrite
from enquete.actions.study import Study
from enquete.errors import EnqueteError, Problem
from enquete.pseudonyms import Entity, NameBook, Policies, form_key
from enquete.pseudonyms.editing import merged, split, with_policy, with_pseudonym, without
from enquete.pseudonyms.words import fold, words_of
from enquete.store import review
from enquete.store.codings import record
from enquete.store.database import transaction
from enquete.store.interviews import Interview, Mask, entities, interviews
from enquete.vault import Identities, Vault
from enquete.vault.identities import Cleared


@dataclass(frozen=True, slots=True)
class Desk:
    """Where a reviewer works: a study whose vault is open."""

    study: Study
    vault: Vault
    policies: Policies

    @classmethod
    def at(cls, study: Study) -> Desk:
        """Raises EnqueteError when no key opens the vault. What a killed process left is finished."""
        desk = cls(study, study.vault(), study.config.pseudonyms.policies())
        with study.database() as db:
            finish_interrupted(db, desk.vault, desk.policies)
            settle_typed_words(db, desk.vault, desk.policies)
        return desk


@dataclass(frozen=True, slots=True)
class Outcome:
    """changed: codes of the interviews whose text is another. places: masks written anew. touched: codings whose own
    words changed. untold: (code, turn from 1) of masks left, whose words can't be told.
    """

    changed: tuple[str, ...] = ()
    places: int = 0
    touched: int = 0
    untold: tuple[tuple[str, int], ...] = ()


@dataclass(slots=True)
class Plan:
    """What a decision makes of the book. owner: whose each mask is now. accepted: keys not asked again."""

    keys: set[str]
    book: NameBook
    owner: Owner
    accepted: set[str] = field(default_factory=set)
    cleared: frozenset[Cleared] | None = None


def accept(desk: Desk, keys: Iterable[str]) -> None:
    """These entities are well replaced wherever they stand: they are not asked again, and hold nothing back."""
    keys = set(keys)
    with desk.study.database() as db, transaction(db):
        _settle(db, keys)
        review.lower_alerts(db, keys)


def refuse(desk: Desk, keys: Collection[str], word: str = "", *, everywhere: bool = False) -> Outcome:
    """These entities name nobody: their words are given back, and left readable in texts to come of the same people.

    word: only this form of theirs. everywhere: the words name nobody in the whole study, in texts to come either.
    Raises EnqueteError(REVIEW_IS_PARTICIPANT) for a name of the participants file.
    """
    keys = set(keys)

    def plan(identities: Identities) -> Plan:
        told = {
            e.key: {f for f in e.forms if not word or words_of(f) == words_of(word)} for e in _known(identities, keys)
        }
        book, cleared = identities.book, set(identities.cleared)
        for entity in _known(identities, keys):
            group = () if everywhere else entity.group
            refuse_participants(identities, told[entity.key], group)
            cleared |= {Cleared(fold(form), group) for form in told[entity.key]}
            book = without(book, entity.key, told[entity.key])

        def owner(_: Interview, mask: Mask, form: str) -> str | None:
            return None if form in told[mask.entity] else mask.entity

        return Plan(keys, book, owner, cleared=frozenset(cleared))

    return decide(desk, plan)


def rename(desk: Desk, key: str, pseudonym: str) -> Outcome:
    """Raises EnqueteError as `with_pseudonym` does."""

    def plan(identities: Identities) -> Plan:
        book = with_pseudonym(identities.book, key, pseudonym, list(identities.names()))
        return Plan({key}, book, _same, {key})

    return decide(desk, plan)


def set_policy(desk: Desk, key: str, policy: str) -> Outcome:
    """Raises EnqueteError(UNKNOWN_POLICY)."""

    def plan(identities: Identities) -> Plan:
        names = list(identities.names())
        book = with_policy(identities.book, key, policy, desk.policies, identities.secret, names)
        return Plan({key}, book, _same, {key})

    return decide(desk, plan)


def merge(desk: Desk, keys: Sequence[str]) -> Outcome:
    """The first entity stands for all of them. Raises EnqueteError(MERGE_TYPES)."""
    first = keys[0]

    def plan(identities: Identities) -> Plan:
        return Plan(set(keys), merged(identities.book, keys), lambda *_: first, {first})

    return decide(desk, plan)


def split_forms(desk: Desk, key: str, forms: Collection[str]) -> Outcome:
    """These forms (case and accents aside) name somebody else. Raises EnqueteError(SPLIT_FORMS)."""
    wanted = {words_of(form) for form in forms}

    def plan(identities: Identities) -> Plan:
        (entity,) = _known(identities, {key})
        gone = {form for form in entity.forms if words_of(form) in wanted}
        book = split(identities.book, key, gone, desk.policies, identities.secret, list(identities.names()))
        new = book.entities[-1].key
        return Plan({key, new}, book, lambda _, __, form: new if form in gone else key, {key, new})

    return decide(desk, plan)


def split_interview(desk: Desk, key: str, code: str) -> Outcome:
    """In this interview it is somebody else. Raises EnqueteError(SPLIT_INTERVIEW) unless it stands elsewhere too."""
    with desk.study.database() as db:
        texts = {text.code: text for text in interviews(db) if any(mask.entity == key for mask in text.masks)}
    if code not in texts or len(texts) < 2:
        raise EnqueteError(Problem.SPLIT_INTERVIEW, where=code)

    def plan(identities: Identities) -> Plan:
        words = Words(desk.vault, identities, desk.policies)
        here, elsewhere = (
            {words.of(text, m) for text in texts.values() if (text.code == code) is side for m in text.masks
             if m.entity == key} - {""}
            for side in (True, False)
        )  # fmt: skip
        names = list(identities.names())
        book = split(identities.book, key, here, desk.policies, identities.secret, names, both=elsewhere)
        new = book.entities[-1].key
        return Plan({key, new}, book, lambda text, _, __: new if text.code == code else key, {key, new})

    return decide(desk, plan)


def decide(desk: Desk, make: Callable[[Identities], Plan]) -> Outcome:
    """Carries a decision out: see the head of this module."""
    with desk.study.database() as db:
        finish_interrupted(db, desk.vault, desk.policies)
        keys = make(desk.vault.identities()).keys
        with transaction(db):
            review.begin_decision(db, keys)
        with transaction(db):
            identities = desk.vault.identities()
            before = identities.book
            plan = make(identities)
            identities.book = _both(before, plan.book)
            identities.cleared = identities.cleared if plan.cleared is None else plan.cleared
            desk.vault.write_identities(identities)
            outcome = _write(db, desk, identities, plan)
            _settle(db, plan.accepted)
            review.lower_alerts(db, plan.accepted)
            review.drop_vain_alerts(db)
            record(db, "relire", f"endroits={outcome.places} codages touchés={outcome.touched}")
        with transaction(db):
            identities = desk.vault.identities()
            identities.book = _stripped(identities.book, before, plan.book, entities(db))
            desk.vault.write_identities(identities)
            review.end_decision(db, keys)
    refresh_files(desk.study)
    return outcome


def _write(db: sqlite3.Connection, desk: Desk, identities: Identities, plan: Plan) -> Outcome:
    words = Words(desk.vault, identities, desk.policies)
    changed: list[str] = []
    untold: list[tuple[str, int]] = []
    places = touched = 0
    for text in list(interviews(db)):
        done = rewrite(text, plan.keys, plan.owner, plan.book, words, desk.policies)
        untold += ((text.code, turn_at(text, mask.start)) for mask in done.untold)
        new = [c for c in done.changes if text.text[c.start : c.end] != c.text]
        if done.changes:
            touched += revise_text(db, text, done.changes, "relecture")
        if new:
            changed.append(text.code)
            places += len(new)
    return Outcome(tuple(changed), places, touched, tuple(untold))


def finish_interrupted(db: sqlite3.Connection, vault: Vault, policies: Policies) -> None:
    """What a killed process left of a decision: texts follow the book; what nobody bears any more leaves it."""
    keys = review.interrupted_decision(db)
    if not keys:
        return
    desk_less = Words(vault, vault.identities(), policies)
    with transaction(db):
        identities = vault.identities()
        known = {entity.key for entity in identities.book.entities}
        for text in list(interviews(db)):
            done = rewrite(text, keys & known, _same, identities.book, desk_less, policies)
            changes = [c for c in done.changes if text.text[c.start : c.end] != c.text]
            if changes:
                revise_text(db, text, changes, "relecture")
        review.drop_vain_alerts(db)
        standing = {(mask.entity, mask.form) for text in interviews(db) for mask in text.masks}
        for entity in _known(identities, keys):
            gone = {form for form in entity.forms if _left(identities, entity, form, keys, standing)}
            if gone:
                identities.book = without(identities.book, entity.key, gone)
        vault.write_identities(identities)
        review.end_decision(db, keys)


def _left(
    identities: Identities, entity: Entity, form: str, keys: Collection[str], standing: Collection[tuple[str, str]]
) -> bool:
    """Whether a form stands under no mask of the entity, and another one took it over or a person cleared it."""
    said = form_key(identities.secret, form)
    if (entity.key, said) in standing:
        return False
    return any((key, said) in standing for key in keys) or is_cleared(identities, form, entity.group)


def _both(before: NameBook, after: NameBook) -> NameBook:
    """What either knows: nothing is forgotten before the texts are stored."""
    old = {entity.key: entity for entity in before.entities}
    kept = []
    for entity in after.entities:
        was = old.pop(entity.key, entity)
        parts = {part.form for part in entity.components}
        more = tuple(part for part in was.components if part.form not in parts)
        forms = tuple(sorted({*entity.forms, *was.forms}))
        kept.append(replace(entity, forms=forms, components=(*entity.components, *more)))
    return NameBook((*kept, *old.values()))


def _stripped(current: NameBook, before: NameBook, after: NameBook, standing: Collection[str]) -> NameBook:
    """Without what the decision took out; an entity that still stands in a text stays."""
    new = {entity.key: entity for entity in after.entities}
    for entity in before.entities:
        if entity.key in new:
            gone = set(entity.forms) - set(new[entity.key].forms)
        else:
            gone = set(entity.forms) if entity.key not in standing else set()
        if gone:
            current = without(current, entity.key, gone)
    return current


def is_cleared(identities: Identities, form: str, group: Collection[str]) -> bool:
    """Whether a person said that this names nobody among these people."""
    return any(
        words_of(c.form) == words_of(form) and (not c.group or not set(c.group).isdisjoint(group))
        for c in identities.cleared
    )


def _settle(db: sqlite3.Connection, keys: Collection[str]) -> None:
    review.settle(
        db, {review.Settled(m.entity, m.form) for text in interviews(db) for m in text.masks if m.entity in keys}
    )


def _known(identities: Identities, keys: Collection[str]) -> list[Entity]:
    return [entity for entity in identities.book.entities if entity.key in keys]


def refuse_participants(identities: Identities, forms: Iterable[str], group: Collection[str]) -> None:
    """A name that the participants file gives to one of these people is a name."""
    people = [names for code, names in identities.people.items() if not group or code in group]
    theirs = {word for names in people for name in names.values() for word in words_of(name)}
    if any(theirs & set(words_of(form)) for form in forms):
        raise EnqueteError(Problem.REVIEW_IS_PARTICIPANT)


def _same(_: Interview, mask: Mask, __: str) -> str:
    return mask.entity
