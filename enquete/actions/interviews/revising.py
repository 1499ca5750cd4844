"""The one way a stored text changes: a new revision, and everything that hangs on the old one is carried along."""

from __future__ import annotations

import secrets
import sqlite3
from collections.abc import Iterable
from typing import NamedTuple

from enquete import offsets
from enquete.model import Doubt, Span
from enquete.offsets import Replacement
from enquete.store.interviews import Interview, Mask, Revision, doubts, moved_turns, revise, set_masks


class Change(NamedTuple):
    """text[start:end] of the current revision becomes `text`. masks: the places in `text` that stand for somebody."""

    start: int
    end: int
    text: str
    masks: tuple[Mask, ...] = ()


def revise_text(db: sqlite3.Connection, interview: Interview, changes: Iterable[Change], reason: str) -> int:
    """Applies the changes, inside the caller's transaction; gives the number of codings whose own words changed.

    A mask or a doubt that a change touches is gone, unless the change brings it back. A change that leaves the words
    as they are only says anew who stands behind them: no revision is made when all changes are such.
    Raises ValueError where changes overlap.
    """
    changes = sorted(changes)
    edits = [Replacement(c.start, c.end, c.text) for c in changes if interview.text[c.start : c.end] != c.text]
    text, mapping = offsets.replace(interview.text, edits)
    masks = _masks(interview.masks, changes, mapping)
    if not edits:
        set_masks(db, interview.revision, masks)
        return 0
    spans = [Span(change.start, change.end) for change in changes]
    old = [d for d in doubts(db, interview.revision) if not any(s.overlaps(Span(d.start, d.end)) for s in spans)]
    moved = mapping.spans(Span(doubt.start, doubt.end) for doubt in old)
    revision = Revision(
        uid=secrets.token_hex(8),
        source=interview.source,
        text=text,
        turns=moved_turns(interview.turns, mapping),
        masks=masks,
        doubts=[Doubt(m.span.start, m.span.end, d.why, d.risk) for d, m in zip(old, moved, strict=True)],
        source_edits=interview.source_edits.then(mapping) if interview.source_edits is not None else None,
        reason=reason,
    )
    return revise(db, interview, revision, mapping)


def _masks(old: Iterable[Mask], changes: list[Change], mapping: offsets.Mapping) -> list[Mask]:
    """Those that no change touches, where they stand now, and those that the changes bring."""
    spans = [Span(change.start, change.end) for change in changes]
    kept = [mask for mask in old if not any(s.overlaps(Span(mask.start, mask.end)) for s in spans)]
    moved = mapping.spans(Span(mask.start, mask.end) for mask in kept)
    masks = [m._replace(start=to.span.start, end=to.span.end) for m, to in zip(kept, moved, strict=True)]
    shift = 0  # from the old text to the new one, at each change
    for change in changes:
        at = change.start + shift
        masks += [m._replace(start=at + m.start, end=at + m.end) for m in change.masks]
        shift += len(change.text) - (change.end - change.start)
    return sorted(masks)
