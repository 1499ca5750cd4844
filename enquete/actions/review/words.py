"""Words that a reviewer adds to the names of the study, and doubtful ones that they say name nobody."""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace

from enquete.actions.findings.files import refresh_files
from enquete.actions.interviews.asides import mask_asides
from enquete.actions.interviews.masking import mask_document
from enquete.actions.interviews.revising import Change, revise_text
from enquete.actions.places import check_turn, named
from enquete.actions.review.decisions import Desk, Outcome, refuse_participants
from enquete.actions.review.texts import Words, occurrences, unmasked
from enquete.errors import EnqueteError, Problem
from enquete.model import Doubt, IdentifierType, Mention
from enquete.offsets import Mapping
from enquete.pseudonyms import Detection, Document, KnownName, Passage, Policies, find_known
from enquete.pseudonyms.grammar import FUNCTION_WORDS
from enquete.pseudonyms.tokens import Tokens
from enquete.pseudonyms.words import fold, load, words_of
from enquete.store import review
from enquete.store.codings import record
from enquete.store.database import transaction
from enquete.store.interviews import Interview, doubts, interviews
from enquete.vault import Identities
from enquete.vault.identities import Cleared

ADDED = "ajouté par une personne"
FLAGGED = "signalé par une personne qui code"
_KNOWN = (IdentifierType.PERSON, IdentifierType.PLACE, IdentifierType.ORGANISATION)


def add(desk: Desk, word: str, kind: IdentifierType, code: str = "") -> Outcome:
    """Masks a name that was missed, in the whole study; who it is, is resolved among the people of each interview.

    code: the interview where somebody read it. Among its people each place goes, elsewhere an ordinary word goes only
    where it is written as a name (« Rose », not « rose »). Without a code each place of the study goes.
    Raises EnqueteError: WORD_TOO_COMMON, WORD_NOWHERE.
    """
    check_word(word)
    with desk.study.database() as db, transaction(db):
        identities = desk.vault.identities()
        texts = list(interviews(db))
        people = set(_group(named(texts, code))) if code else set()
        homes = {text.code for text in texts if not code or people & set(_group(text))}
        outcome = add_in(db, desk, identities, texts, (word,), kind, homes, ADDED)
        if not outcome.places:
            raise EnqueteError(Problem.WORD_NOWHERE, where=code)
        record(db, "relire", f"mots ajoutés=1 endroits={outcome.places}")
    refresh_files(desk.study)
    return outcome


def add_in(
    db: sqlite3.Connection,
    desk: Desk,
    identities: Identities,
    texts: Sequence[Interview],
    forms: Collection[str],
    kind: IdentifierType,
    homes: Collection[str],
    why: str,
) -> Outcome:
    """Inside a transaction: the vault is written first. homes: codes of the interviews where each place goes."""
    said = {words_of(form) for form in forms}
    identities.cleared = frozenset(c for c in identities.cleared if words_of(c.form) not in said)
    read = {text.code: Document(text.text, tuple(unmasked(text))) for text in texts}
    found = {code: _places(document, forms, kind, why, home=code in homes) for code, document in read.items()}
    changes = {
        text.code: masked_changes(text, text.text, Mapping(), found[text.code], identities, desk.policies)
        for text in texts
        if found[text.code]
    }
    if not changes:
        return Outcome()

    def beside(document: Document, code: str) -> list[Mention]:
        return _places(document, forms, kind, why, home=code in homes)

    mask_asides(db, identities, desk.policies, beside)
    desk.vault.write_identities(identities)
    touched = 0
    for text in texts:
        if text.code in changes:
            touched += revise_text(db, text, changes[text.code], "nom ajouté")
            if text.code in homes:
                accepted = {m for change in changes[text.code] for m in change.masks}
                review.settle(db, {review.Settled(m.entity, m.form) for m in accepted})
    return Outcome(tuple(changes), sum(map(len, found.values())), touched)


def masked_changes(
    interview: Interview,
    text: str,
    mapping: Mapping,
    mentions: Sequence[Mention],
    identities: Identities,
    policies: Policies,
) -> list[Change]:
    """The changes that mask these mentions. text: what the interview's text becomes by `mapping`, then read.

    `identities.book` grows by the names.
    """
    detection = Detection(tuple(mentions), ())
    masked = mask_document(Document(text, ()), detection, _group(interview), identities, policies=policies)
    return replace(masked, mapping=mapping.then(masked.mapping)).changes()


def _places(document: Document, forms: Collection[str], kind: IdentifierType, why: str, *, home: bool) -> list[Mention]:
    found: list[Mention] = []
    for form in forms:
        if home or not _is_ordinary(form):
            found += (
                Mention(s.start, s.end, kind, 1.0, why) for s in occurrences(document.text, document.passages, form)
            )
    if kind in _KNOWN:  # as the detector spreads a name: other spellings of it too
        known = [KnownName(form, kind) for form in forms]
        found += find_known([document], known)[0].mentions
    disjoint: list[Mention] = []
    for mention in sorted(found, key=lambda m: (m.start, -m.end, -m.score)):
        if not disjoint or mention.start >= disjoint[-1].end:
            disjoint.append(mention)
    return disjoint


def ignore(desk: Desk, word: str, code: str = "", *, everywhere: bool = False) -> int:
    """A doubtful word names nobody among the people of this interview, or of those where it is doubtful now.

    everywhere: nor in texts to come, whoever speaks. Gives the number of doubts taken away. Raises EnqueteError:
    WORD_NOT_DOUBTFUL, REVIEW_IS_PARTICIPANT.
    """
    wanted = words_of(word)
    with desk.study.database() as db, transaction(db):
        identities = desk.vault.identities()
        texts = list(interviews(db))
        people = set(_group(named(texts, code))) if code and not everywhere else set()
        cleared, count = set(identities.cleared), 0
        if everywhere:
            cleared.add(Cleared(fold(word), ()))
        for text in texts:
            mine = [d for d in doubts(db, text.revision) if not people or people & set(_group(text))]
            gone = {d for d in mine if words_of(text.text[d.start : d.end]) == wanted}
            if gone:
                count += len(gone)
                cleared.add(Cleared(fold(word), () if everywhere else _group(text)))
                review.set_doubts(db, text.revision, _others(doubts(db, text.revision), gone))
        if not count:
            raise EnqueteError(Problem.WORD_NOT_DOUBTFUL, where=code)
        for group in {c.group for c in cleared - identities.cleared}:
            refuse_participants(identities, [word], group)
        identities.cleared = frozenset(cleared)
        desk.vault.write_identities(identities)
        record(db, "relire", f"doutes levés={count}")
    return count


def keep_decisions(db: sqlite3.Connection, desk: Desk, former: Interview) -> None:
    """An interview's text was imported anew: it is to be read again, and what a person had masked stays masked.

    former: as it was before. Inside a transaction.
    """
    review.forget_review(db, former.id)
    identities = desk.vault.identities()
    words = Words(desk.vault, identities, desk.policies)
    by_type: dict[IdentifierType, set[str]] = {}
    for mask in former.masks:
        if mask.why in (ADDED, FLAGGED):
            by_type.setdefault(mask.type, set()).add(words.of(former, mask))
    for kind, forms in by_type.items():
        texts = [text for text in interviews(db) if text.code == former.code]
        add_in(db, desk, desk.vault.identities(), texts, forms - {""}, kind, {former.code}, ADDED)


def check_word(word: str) -> None:
    """Raises EnqueteError(WORD_TOO_COMMON) for what would be masked in every sentence."""
    parts = words_of(word)
    if sum(map(len, parts)) < 2 or all(part in FUNCTION_WORDS for part in parts):
        raise EnqueteError(Problem.WORD_TOO_COMMON, exit_code=2)


def _others(all_doubts: Sequence[Doubt], gone: Collection[Doubt]) -> Iterator[Doubt]:
    return (doubt for doubt in all_doubts if doubt not in gone)


def _is_ordinary(form: str) -> bool:
    lists = load()
    return all(lists.is_word(word) for word in Tokens(form).words)


def _group(interview: Interview) -> tuple[str, ...]:
    return interview.participants or (interview.code,)


def passages_of_turn(interview: Interview, turn: int | None) -> list[Passage]:
    """What is readable in an interview, or in one turn of it, from 1. Raises EnqueteError(TURN_UNKNOWN)."""
    check_turn(interview, turn)
    return list(unmasked(interview, None if turn is None else [turn - 1]))
