"""What an import brings up in texts: words flagged before come back, names found late, pseudonyms that are names."""

from __future__ import annotations

import sqlite3
from collections.abc import Collection

from enquete.actions.findings.files import refresh_files
from enquete.actions.interviews.later_names import Remasked, mask_late_names, rename_bearers
from enquete.actions.review.decisions import Desk
from enquete.actions.review.flags import mask_flagged
from enquete.pseudonyms import KnownName


def look_back(desk: Desk, db: sqlite3.Connection, imported: Collection[str], before: Collection[KnownName]) -> Remasked:
    """imported: codes of the texts just stored; before: names that the vault knew. Gives what changes elsewhere."""
    mask_flagged(desk.study, db, desk.vault, imported)
    late = mask_late_names(db, desk.vault, before, imported, desk.policies)
    changed = {*late.masked, *rename_bearers(db, desk.vault, desk.policies)} - set(imported)
    refresh_files(desk.study)
    return Remasked(tuple(sorted(changed)), late.doubtful)
