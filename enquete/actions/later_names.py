"""Names that an import brings up late: they may stand in texts stored before, or be somebody's pseudonym there."""

from __future__ import annotations

import re
import secrets
import sqlite3
from collections.abc import Collection, Iterator, Sequence

from enquete import offsets
from enquete.actions.masking import known_names, mask_document
from enquete.model import Doubt, IdentifierType, Span
from enquete.offsets import Replacement
from enquete.pseudonyms import Document, KnownName, Passage, find_known, rename_collisions
from enquete.pseudonyms.words import fold
from enquete.store.database import transaction
from enquete.store.interviews import Interview, Mask, Revision, doubts, interviews, moved_turns, revise
from enquete.vault import Identities, Vault


def mask_late_names(
    db: sqlite3.Connection, vault: Vault, before: Collection[KnownName], imported: Collection[str]
) -> list[str]:
    """Makes new revisions of the texts stored before that hold a name found since; gives their interviews' codes.

    before: what was known; imported: codes of the interviews just stored, whose texts were read with every name.
    """
    new = [name for name in known_names(vault.identities()) if name not in before]
    changed = set()
    for interview in list(interviews(db)):
        if interview.code not in imported and new and _mask(db, vault, interview, new):
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
            edits = list(_renamings(interview, renamed))
            if edits:
                text, mapping = offsets.replace(interview.text, edits)
                _store(db, interview, text, mapping, _moved_masks(interview.masks, mapping))
                changed.append(interview.code)
    return changed


def _mask(db: sqlite3.Connection, vault: Vault, interview: Interview, names: list[KnownName]) -> bool:
    """One text, in one transaction; the passages already masked are left as they are."""
    document = Document(interview.text, tuple(_unmasked(interview)))
    (detection,) = find_known([document], names)
    if not detection.mentions:
        return False
    with transaction(db):
        identities: Identities = vault.identities()
        masked = mask_document(document, detection, interview.participants or (interview.code,), identities)
        vault.write_identities(identities)
        moved = masked.mapping.spans(Span(mask.start, mask.end) for mask in interview.masks)
        kept = [
            mask._replace(start=m.span.start, end=m.span.end) for mask, m in zip(interview.masks, moved, strict=True)
        ]
        _store(db, interview, masked.text, masked.mapping, sorted([*kept, *masked.masks]))
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


def _renamings(interview: Interview, renamed: dict[str, dict[str, str]]) -> Iterator[Replacement]:
    """The words to change inside the masks. renamed: by entity, the old replacement folded and the new one."""
    for mask in interview.masks:
        for word in re.finditer(r"[\w'’-]+", interview.text[mask.start : mask.end]):
            new = renamed.get(mask.entity, {}).get(fold(word[0]))
            if new and mask.type is IdentifierType.PERSON:
                new = new.upper() if word[0].isupper() else new.lower() if word[0].islower() else new
                yield Replacement(mask.start + word.start(), mask.start + word.end(), new)


def _moved_masks(masks: Sequence[Mask], mapping: offsets.Mapping) -> list[Mask]:
    moved = mapping.spans(Span(mask.start, mask.end) for mask in masks)
    return [mask._replace(start=m.span.start, end=m.span.end) for mask, m in zip(masks, moved, strict=True)]


def _store(
    db: sqlite3.Connection, interview: Interview, text: str, mapping: offsets.Mapping, masks: list[Mask]
) -> None:
    old = doubts(db, interview.revision)
    moved = mapping.spans(Span(doubt.start, doubt.end) for doubt in old)
    source_edits = interview.source_edits.then(mapping) if interview.source_edits is not None else None
    revision = Revision(
        uid=secrets.token_hex(8),
        source=interview.source,
        text=text,
        turns=moved_turns(interview.turns, mapping),
        masks=masks,
        doubts=[Doubt(m.span.start, m.span.end, d.why) for d, m in zip(old, moved, strict=True) if not m.changed],
        source_edits=source_edits,
        reason="nom masqué après coup",
    )
    revise(db, interview, revision, mapping)
