"""What is left to do about codings made by several people: look again, harmonise, settle."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator

from enquete.actions.agreement.arbitrating import State, Wanted, docket
from enquete.store.code_changes import own_codings, to_look_at
from enquete.wording import n


def coding_steps(db: sqlite3.Connection) -> Iterator[str]:
    """Lines for « À faire »; no key is needed."""
    looks = len(to_look_at(db))
    if looks:
        yield f"revoir {n('codage', looks)} dont le passage ou le code a changé : « enquete grille a-revoir »."
    own = own_codings(db)
    if own:
        yield f"{n('codage', own)} sous des codes proposés, à harmoniser : « enquete grille proposes »."
    waiting = sum(one.state is not State.SETTLED for one in docket(db, Wanted()).dossiers)
    if waiting:
        yield f"arbitrer {n('désaccord', waiting)} entre codeurs : « enquete arbitrer »."
