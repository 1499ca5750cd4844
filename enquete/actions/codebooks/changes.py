"""Changes a codebook of the study and what was coded with it, together.

In this order, so that a process killed anywhere leaves nothing half done: the former and the new version are written
beside, in `codebooks/versions`; the database notes the change, moves the codings and says which version the file is
still to become, in one transaction; then the file follows. Killed before the transaction, nothing has changed; killed
after, the next command that looks for a codebook writes the file (`Study.codebook_paths`).
"""

from __future__ import annotations

import secrets
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from enquete import codebook
from enquete.actions.codebooks.files import find_codebooks
from enquete.actions.coding.coders import check_name
from enquete.actions.interviews.typed_words import masked_motive
from enquete.actions.study import Study
from enquete.actions.writing import write_whole
from enquete.codebook import Codebook
from enquete.codebook.editing import edited
from enquete.codebook.revising import code_of
from enquete.coding.entries import Entry, Kind
from enquete.errors import EnqueteError, Problem
from enquete.store.code_changes import CodeChange, Use, change_codes, codebook_written, note_codebook, use_of
from enquete.store.codings import record
from enquete.store.database import transaction
from enquete.store.entries import FOLLOWED, LOOK_AGAIN
from enquete.store.interviews import interviews, now
from enquete.store.settled import note
from enquete.wording import n


@dataclass(frozen=True, slots=True)
class Own:
    """A codebook of the study, as its file stands now."""

    path: Path
    data: bytes
    book: Codebook

    @property
    def text(self) -> str:
        return self.data.decode("utf-8-sig")


@dataclass(frozen=True, slots=True)
class Plan:
    """A change to make. renamed: new id -> former id; changes: what becomes of codes, as the database notes it; said:
    what to print first.
    """

    own: Own
    after: Codebook
    said: str
    changes: Sequence[CodeChange] = ()
    renamed: Mapping[str, str] = field(default_factory=dict)
    next_steps: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class By:
    """Who changes a codebook, and why. try_only: only says what would change."""

    who: str = ""
    why: str = ""
    try_only: bool = False


def own_codebooks(study: Study, name: str | None = None) -> list[Own]:
    """The codebooks of the study, or the one of that name. Raises EnqueteError(NO_CODEBOOK, CODEBOOK_NOT_THEIRS)."""
    paths = study.codebook_paths()
    if name is not None:
        wanted = find_codebooks(name, study.folder)[0].resolve()
        mine = [path for path in paths if path.resolve() == wanted]
        if not mine:
            known = ", ".join(path.stem for path in paths) or "aucune"
            raise EnqueteError(Problem.CODEBOOK_NOT_THEIRS, name=name, known=known, exit_code=2)
        paths = mine
    if not paths:
        raise EnqueteError(Problem.NO_CODEBOOK)
    return [Own(path, path.read_bytes(), codebook.load(path)) for path in paths]


def own_with(study: Study, code: str, name: str | None) -> tuple[Own, str]:
    """The codebook that has this code, and the code as it is written there.

    Raises EnqueteError(NO_CODEBOOK, CODE_UNKNOWN, WHICH_CODEBOOK, CODEBOOK_NOT_THEIRS).
    """
    books = own_codebooks(study, name)
    wanted = code.strip().casefold()
    found = [own for own in books if any(one.id.casefold() == wanted for one in own.book.codes)]
    if len(found) > 1:
        raise EnqueteError(Problem.WHICH_CODEBOOK, known=", ".join(own.path.stem for own in found), exit_code=2)
    own = found[0] if found else books[0]
    if not found and len(books) > 1:
        ids = tuple(one for own in books for one in own.book.codes)
        code_of(Codebook(own.book.id, own.book.label, 1, ids), code)  # raises, with the nearest of all
    return own, code_of(own.book, code).id


def carry_out(study: Study, plan: Plan, by: By) -> Iterator[str]:
    """Makes the change, or only says what it would be; gives lines to print.

    Raises EnqueteError(CODER_NAME), and CODEBOOK_CHANGED when the file is no longer what the plan was made on.
    """
    if by.who:
        check_name(by.who)
    text = edited(plan.own.text, plan.after, plan.renamed)
    with study.database() as db:
        carried = _Carried.of(db, plan)
        if not by.try_only:
            why = masked_motive(study, by.why, interviews(db)) if by.why.strip() else ""
            carried = _make(study, db, plan, text, by.who, why)
    if by.try_only:
        yield "Essai : rien n'est enregistré."
    yield f"Grille {plan.own.path.stem}, version {plan.after.version} : {plan.said}"
    yield from carried.lines()
    yield from plan.next_steps


def _make(study: Study, db: sqlite3.Connection, plan: Plan, text: str, who: str, why: str) -> _Carried:
    own, name, version = plan.own, plan.own.path.stem, plan.after.version
    with transaction(db):
        if own.path.read_bytes() != own.data:
            raise EnqueteError(Problem.CODEBOOK_CHANGED, where=own.path.name)
        carried = _Carried.of(db, plan)
        write_whole(study.version_path(name, own.book.version), own.data)
        write_whole(study.version_path(name, version), text.encode())
        row = note(db, _memo(plan, why)) if why else None
        change_codes(db, plan.changes, version, who, row)
        note_codebook(db, name, version)
        record(db, "grille", f"changements={len(plan.changes)} codages={carried.moved.codings + carried.left.codings}")
    study.write_codebook(name, version)
    with transaction(db):
        codebook_written(db, name)
    return carried


def _memo(plan: Plan, why: str) -> Entry:
    """On the code that the change led to."""
    uid = f"g{secrets.token_hex(8)}"
    code = plan.changes[-1].new_code if plan.changes else None
    return Entry(
        uid=uid, kind=Kind.MEMO, step=uid, item=uid, codebook=plan.after.id, code=code, body=why, made_at=now()
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Carried:
    """moved: what follows its code to another; left: what stays under a code that changed its meaning."""

    moved: Use
    left: Use

    @classmethod
    def of(cls, db: sqlite3.Connection, plan: Plan) -> _Carried:
        moved = {(c.codebook, c.code) for c in plan.changes if c.kind in FOLLOWED and c.code != c.new_code}
        left = {(c.codebook, c.code) for c in plan.changes if c.kind in LOOK_AGAIN}
        return cls(use_of(db, moved), use_of(db, left))

    def lines(self) -> Iterator[str]:
        for use, verb, many in (
            (self.moved, "suit", "suivent"),
            (self.left, "y reste, à revoir", "y restent, à revoir"),
        ):
            if use.codings:
                whose = n("codeur", use.coders)
                yield f"  {n('codage', use.codings)} de {whose} {verb if use.codings < 2 else many}."
            if use.settled:
                passages = n("passage", use.settled)
                yield f"  {passages} de la version arbitrée {verb if use.settled < 2 else many} aussi."
        if self.left.codings or self.left.settled:
            yield "  « enquete grille a-revoir » les montre."
