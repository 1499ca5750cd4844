"""Names that an import brings up late: they may stand in texts stored before, or be somebody's pseudonym there."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Collection, Iterator
from functools import partial

from enquete.actions.masking import known_names, mask_document
from enquete.actions.revising import Change, revise_text
from enquete.model import IdentifierType
from enquete.pseudonyms import Document, KnownName, Passage, Policies, find_known, rename_collisions
from enquete.pseudonyms.words import fold
from enquete.store.database import transaction
from enquete.store.interviews import Interview, interviews
from enquete.vault import Identities, Vault

_DEFAULT = Policies()


def mask_late_names(
    db: sqlite3.Connection,
    vault: Vault,
    before: Collection[KnownName],
    imported: Collection[str],
    policies: Policies = _DEFAULT,
) -> list[str]:
    """Makes new revisions of the texts stored before that hold a name found since; gives their interviews' codes.

    before: what was known; imported: codes of the interviews just stored, whose texts were read with every name.
    """
    new = [name for name in known_names(vault.identities()) if name not in before]
    changed = set()
    for interview in list(interviews(db)):
        if interview.code not in imported and new and _mask(db, vault, interview, new, policies):
            changed.add(interview.code)
    return sorted(changed)


def rename_bearers(db: sqlite3.Connection, vault: Vault) -> list[str]:
    """Gives another pseudonym to whoever bears one that is a real name of the study; gives the interviews' codes."""
    identities = vault.identities()
    book, renamed = rename_collisions(identities.book, list(identities.names()), identities.secret)
    if not renamed:
        return []
    identities.book = book
    changed = []
    with transaction(db):
        vault.write_identities(identities)
        for interview in list(interviews(db)):
            changes = list(_renamings(interview, renamed))
            if changes:
                revise_text(db, interview, changes, "pseudonyme changé")
                changed.append(interview.code)
    return changed


def _mask(
    db: sqlite3.Connection, vault: Vault, interview: Interview, names: list[KnownName], policies: Policies
) -> bool:
    """One text, in one transaction; the passages already masked are left as they are."""
    document = Document(interview.text, tuple(_unmasked(interview)))
    (detection,) = find_known([document], names)
    if not detection.mentions:
        return False
    with transaction(db):
        identities: Identities = vault.identities()
        people = interview.participants or (interview.code,)
        masked = mask_document(document, detection, people, identities, policies=policies)
        vault.write_identities(identities)
        revise_text(db, interview, masked.changes(), "nom masqué après coup")
    return True


def _unmasked(interview: Interview) -> Iterator[Passage]:
    """The turns, without the passages that were replaced."""
    masks = iter(interview.masks)
    mask = next(masks, None)
    for turn in interview.turns:
        at = turn.start
        while mask is not None and mask.start < turn.end:
            if mask.start > at:
                yield Passage(at, mask.start)
            at = max(at, mask.end)
            mask = next(masks, None)
        if turn.end > at:
            yield Passage(at, turn.end)


def _renamings(interview: Interview, renamed: dict[str, dict[str, str]]) -> Iterator[Change]:
    """The masks whose words change. renamed: by entity, the old replacement folded and the new one."""
    for mask in interview.masks:
        names = renamed.get(mask.entity, {}) if mask.type is IdentifierType.PERSON else {}
        old = interview.text[mask.start : mask.end]
        new = re.sub(r"[\w'’-]+", partial(_renamed, names), old)
        if new != old:
            yield Change(mask.start, mask.end, new, (mask._replace(start=0, end=len(new)),))


def _renamed(names: dict[str, str], word: re.Match[str]) -> str:
    old = word[0]
    new = names.get(fold(old), old)
    return new.upper() if old.isupper() else new.lower() if old.islower() else new
