"""Names that an import brings up late: they may stand in texts stored before, or be somebody's pseudonym there."""

from __future__ import annotations

import re
import sqlite3
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from enquete.actions.follow_up.links import finish_links
from enquete.actions.interviews.asides import mask_asides, mask_coders_words
from enquete.actions.interviews.masking import known_names, mask_document
from enquete.actions.interviews.revising import Change, revise_text
from enquete.actions.review.texts import small_word, unmasked
from enquete.model import Doubt, IdentifierType, Mention, Span
from enquete.pseudonyms import Detection, Document, KnownName, NameBook, Policies, find_known, rename_collisions, words
from enquete.pseudonyms.grammar import FUNCTION_WORDS, KIN_WORDS, TITLES
from enquete.pseudonyms.tokens import Tokens
from enquete.pseudonyms.words import fold
from enquete.store.database import transaction
from enquete.store.interviews import Interview, doubts, interviews, late_names_pending, set_late_names_pending
from enquete.store.review import AlertKind, begin_decision, current_revision, end_decision, raise_alert, set_doubts
from enquete.store.words import all_read, unread_since
from enquete.vault import Identities, Vault

_DEFAULT = Policies()
_EACH = 2  # occurrences of one doubtful word in an interview
_RISK = 0.6
_SCORE = 0.7


@dataclass(frozen=True, slots=True)
class Remasked:
    """Codes of the interviews where names were masked; and, by code, how many words are newly left to a person."""

    masked: tuple[str, ...]
    doubtful: Mapping[str, int]


def mask_late_names(
    db: sqlite3.Connection,
    vault: Vault,
    before: Collection[KnownName],
    imported: Collection[str],
    policies: Policies = _DEFAULT,
) -> Remasked:
    """Makes new revisions of the texts stored before that hold a name found since; gives their interviews' codes.

    before: what was known; imported: codes of the interviews just stored, whose texts were read with every name.
    """
    identities = vault.identities()
    new = [name for name in known_names(identities) if name not in before]
    texts = [text for text in interviews(db) if text.code not in imported] if new else []
    documents = [Document(text.text, tuple(unmasked(text))) for text in texts]
    own = [{name for code in text.participants for name in identities.people.get(code, {}).values()} for text in texts]
    masked, doubtful = [], {}
    for text, document, found in zip(texts, documents, _all_late(documents, new, own), strict=True):
        if found.mentions or found.doubts:
            masks, doubts_added = _mask(db, vault, text, document, found, policies)
            if masks:
                masked.append(text.code)
            if doubts_added:
                doubtful[text.code] = doubts_added
    if new:
        with transaction(db):
            mask_asides(db, vault.identities(), policies, lambda document, _: _late(document, new, ()).mentions)
    return Remasked(tuple(sorted(masked)), doubtful)


def settle_late_names(db: sqlite3.Connection, vault: Vault, policies: Policies) -> None:
    """What a command that was killed left to do: the names it brought may stand in texts stored before."""
    finish_links(db, vault)
    if late_names_pending(db):
        mask_late_names(db, vault, (), (), policies)
        with transaction(db):
            set_late_names_pending(db, False)
    settle_typed_words(db, vault, policies)


def settle_typed_words(db: sqlite3.Connection, vault: Vault, policies: Policies) -> None:
    """What coders typed since was pseudonymised without the vault: now every name of it is looked for there."""
    if unread_since(db) is None:
        return
    with transaction(db):
        since, identities = unread_since(db), vault.identities()
        names = known_names(identities)
        if since is not None:
            mask_coders_words(db, identities, policies, lambda text, _: _late(text, names, ()).mentions, since)
        all_read(db)


def rename_bearers(db: sqlite3.Connection, vault: Vault, policies: Policies = _DEFAULT) -> list[str]:
    """Gives another pseudonym to whoever bears one that is a real name of the study; gives the interviews' codes."""

    def renaming(identities: Identities) -> tuple[NameBook, dict[str, dict[str, str]]]:
        return rename_collisions(identities.book, list(identities.names()), identities.secret, policies)

    bearers = renaming(vault.identities())[1].keys()
    if not bearers:
        return []
    with transaction(db):  # killed between the vault and the texts, it is finished like a reviewer's decision
        begin_decision(db, bearers)
    changed = []
    with transaction(db):
        identities = vault.identities()
        identities.book, renamed = renaming(identities)
        vault.write_identities(identities)
        for interview in list(interviews(db)):
            changes = list(_renamings(interview, renamed))
            if changes:
                revise_text(db, interview, changes, "pseudonyme changé")
                changed.append(interview.code)
        end_decision(db, bearers)
    return changed


def _mask(
    db: sqlite3.Connection,
    vault: Vault,
    interview: Interview,
    document: Document,
    detection: Detection,
    policies: Policies,
) -> tuple[int, int]:
    """One text, in one transaction; the passages already masked are left as they are. Gives the passages masked and
    the words newly doubtful.

    Each name masked raises an alert: until a person has settled it, nothing leaves the study.
    """
    with transaction(db):
        identities: Identities = vault.identities()
        people = interview.participants or (interview.code,)
        masked = mask_document(document, detection, people, identities, policies=policies)
        if masked.masks:
            vault.write_identities(identities)
            revise_text(db, interview, masked.changes(), "nom masqué après coup")
            for entity in {mask.entity for mask in masked.masks}:
                raise_alert(db, interview.id, AlertKind.LATE_NAME, entity)
        revision = current_revision(db, interview.id)
        there = set(doubts(db, revision))
        set_doubts(db, revision, {*there, *masked.doubts})
    places = {(doubt.start, doubt.end) for doubt in there}
    return len(masked.masks), sum((doubt.start, doubt.end) not in places for doubt in masked.doubts)


def _late(document: Document, names: Sequence[KnownName], own: Collection[str]) -> Detection:
    (found,) = _all_late([document], names, [own])
    return found


def _all_late(
    documents: Sequence[Document], names: Sequence[KnownName], own: Sequence[Collection[str]]
) -> list[Detection]:
    """Names that came late, and what the detector leaves of them: masked where it is no word, else for a person to
    look at. The names are learned once, however many documents there are.

    An ordinary word in small letters, in a text with capitals, is doubtful only where it is a name of the people who
    speak (own, of each document): « rose » says a colour.
    """
    parts = {part for name in names if name.type is IdentifierType.PERSON for part in words.words_of(name.form)}
    parts = {part for part in parts - FUNCTION_WORDS - KIN_WORDS - TITLES if len(part) > 2 and not part.isdigit()}
    found = find_known(documents, names)
    return [
        _with_parts(document, detection, parts, {part for name in theirs for part in words.words_of(name)})
        for document, detection, theirs in zip(documents, found, own, strict=True)
    ]


def _with_parts(document: Document, detection: Detection, parts: set[str], theirs: set[str]) -> Detection:
    lists, taken = words.load(), [Span(m.start, m.end) for m in detection.mentions]
    mentions, doubts = list(detection.mentions), list(detection.doubts)
    seen: Counter[str] = Counter()
    for passage in document.passages:
        tokens = Tokens(document.text[passage.start : passage.end])
        for index, form in enumerate(tokens.folds):
            if form not in parts:
                continue
            start, end = (passage.start + at for at in tokens.span(index, index))
            if any(span.overlaps(Span(start, end)) for span in taken):
                continue
            if not lists.is_word(tokens.words[index]):
                mentions.append(Mention(start, end, IdentifierType.PERSON, _SCORE, "nom trouvé ailleurs dans l'étude"))
            elif (tokens.capital[index] or not tokens.cased or form in theirs) and seen[form] < _EACH:
                seen[form] += 1
                doubts.append(Doubt(start, end, "mot ordinaire, et nom trouvé depuis dans l'étude", _RISK))
    return Detection(tuple(sorted(mentions, key=lambda m: m.start)), tuple(sorted(doubts, key=lambda d: d.start)))


def _renamings(interview: Interview, renamed: dict[str, dict[str, str]]) -> Iterator[Change]:
    """The masks whose words change. renamed: by entity, the old replacement folded and the new one."""
    free_from = 0
    for mask in interview.masks:
        names = renamed.get(mask.entity, {}) if mask.type is IdentifierType.PERSON else {}
        old = interview.text[mask.start : mask.end]
        new = re.sub(r"[\w'’-]+", partial(_renamed, names), old)
        if new != old:
            yield from small_word(interview.text, mask.start, new, free_from)
            yield Change(mask.start, mask.end, new, (mask._replace(start=0, end=len(new)),))
        free_from = mask.end


def _renamed(names: dict[str, str], word: re.Match[str]) -> str:
    old = word[0]
    new = names.get(fold(old), old)
    return new.upper() if old.isupper() else new.lower() if old.islower() else new
