"""What « enquete etat » says of consents, withdrawals and retention."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from datetime import date

from enquete.actions.protection.retention import retention_lines
from enquete.actions.study import Study
from enquete.store.erasing import unfinished_erasures
from enquete.store.outputs import pending_recalls
from enquete.wording import n


def protection_steps(study: Study, db: sqlite3.Connection, today: date) -> Iterator[str]:
    """What is left to do, the most pressing first; no key is needed."""
    left = unfinished_erasures(db)
    if left:
        yield f"finir le retrait inachevé ({', '.join(left)}) : « enquete retirer », sans code."
    awaited = pending_recalls(db)
    if awaited:
        yield f"faire détruire {n('copie', awaited)} de sorties : « enquete sorties » dit chez qui."
    yield from retention_lines(study, db, today)
