"""Outputs and packets: which are out, who holds them, which are to be destroyed."""

from __future__ import annotations

import hashlib
import re
import sqlite3
from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date
from pathlib import Path

from enquete.actions.study import Study
from enquete.errors import EnqueteError, Problem
from enquete.store.codings import record
from enquete.store.database import transaction
from enquete.store.outputs import StoredOutput, confirm_destroyed, hand_over, outputs
from enquete.wording import day, n

EXPORTS = "exports"


def list_outputs(study: Study, *, former: bool = False) -> Iterator[str]:
    """Lines to print: every copy known of; `former`: those too that a later one was written over."""
    with study.database() as db:
        found = outputs(db)
    if not found:
        yield "Aucune sortie : rien n'a quitté l'étude."
        return
    hidden = set() if former else _overwritten(found)
    for output in found:
        if output.id not in hidden:
            yield f"{told(output)} ; {_fate(output)}"
    if hidden:
        versions = n("version remplacée", len(hidden), "versions remplacées")
        yield f"Et {versions} depuis au même endroit : « enquete sorties --toutes »."
    awaited = sum(output.awaited for output in found)
    if awaited:
        yield (
            f"{n('copie', awaited)} à détruire. Quand c'est fait : « enquete sorties confirmer N » "
            "(plusieurs numéros, ou « 3-8 », à la fois)."
        )


def _overwritten(found: Sequence[StoredOutput]) -> set[int]:
    """The study's own copies that are destroyed and that a later one of the same name took the place of."""
    own = [output for output in found if not output.holder]
    last = {output.name: output.id for output in sorted(own, key=lambda o: (o.destroyed_at is None, o.made_at, o.id))}
    return {output.id for output in own if output.destroyed_at is not None and output.id != last[output.name]}


def give(study: Study, number: int, holder: str) -> str:
    """Notes that somebody was given a copy. Raises EnqueteError(UNKNOWN_OUTPUT, HOLDER_EMPTY)."""
    holder = " ".join(holder.split())
    if not holder:
        raise EnqueteError(Problem.HOLDER_EMPTY, exit_code=2)
    with study.database() as db, transaction(db):
        copy = hand_over(db, number, holder)
        if copy is None:
            raise EnqueteError(Problem.UNKNOWN_OUTPUT, number=number)
        record(db, "remettre une sortie", f"sortie={copy}")
    return f"Copie n° {copy} : remise à {holder}."


def confirm(study: Study, written: Sequence[str]) -> str:
    """Notes that these copies are destroyed. written: numbers, « 3-8 » for several. Raises EnqueteError."""
    numbers = [number for part in written for number in _numbers(part)]
    with study.database() as db, transaction(db):
        for number in numbers:
            if not confirm_destroyed(db, number):
                raise EnqueteError(Problem.UNKNOWN_OUTPUT, number=number)
        record(db, "confirmer une destruction", f"copies={len(numbers)}")
    return f"{n('copie', len(numbers))} : destruction confirmée."


def _numbers(written: str) -> range:
    found = re.fullmatch(r"(\d{1,9})(?:-(\d{1,9}))?", written)
    if not found:
        raise EnqueteError(Problem.OUTPUT_NUMBER, written=written, exit_code=2)
    first, last = int(found[1]), int(found[2] or found[1])
    return range(first, last + 1)


def told(output: StoredOutput) -> str:
    """« n° 3 : exports/groupe-projet/synthese.xlsx (groupe-projet, 3 mars 2026), chez le CCAS »."""
    made = day(date.fromisoformat(output.made_at[:10]))
    kind = "paquet" if output.kind == "packet" else output.audience
    holder = f"remis à {output.holder}" if output.holder else "détenteur non noté"
    return f"n° {output.id} : {output.name} ({kind}, {made}), {holder}"


def _fate(output: StoredOutput) -> str:
    if output.destroyed_at:
        return f"destruction confirmée le {day(date.fromisoformat(output.destroyed_at[:10]))}"
    return "À DÉTRUIRE" if output.recalled_at else "en service"


def awaited(db: sqlite3.Connection) -> list[StoredOutput]:
    """Copies whose destruction was asked for and that nobody has confirmed."""
    return [output for output in outputs(db) if output.awaited]


def awaited_lines(found: Collection[StoredOutput]) -> Iterator[str]:
    """Lines to print after a withdrawal."""
    if found:
        yield f"{n('copie', len(found))} à faire détruire, puis à confirmer par « enquete sorties confirmer N » :"
        yield from (f"  {told(output)}" for output in found)


def suspect_files(study: Study, db: sqlite3.Connection) -> list[Path]:
    """Files of exports/ that may hold what was called back: those called back, and those that nobody knows.

    A working copy filled in since it was written is one that nobody knows.
    """
    sound = {(output.name, output.digest) for output in outputs(db) if not (output.recalled_at or output.destroyed_at)}
    found = []
    for path in sorted((study.folder / EXPORTS).rglob("*")):
        if path.is_file():
            name = path.relative_to(study.folder).as_posix()
            if (name, hashlib.sha256(path.read_bytes()).hexdigest()) not in sound:
                found.append(path)
    return found


def delete_files(study: Study, db: sqlite3.Connection, paths: Iterable[Path]) -> None:
    """Deletes files of exports/; the study's own copies of them are confirmed destroyed, those handed over are not."""
    own = {(output.name, output.digest): output.id for output in outputs(db) if not output.holder}
    with transaction(db):
        for path in paths:
            name = path.relative_to(study.folder).as_posix()
            known = own.get((name, hashlib.sha256(path.read_bytes()).hexdigest()))
            path.unlink()
            if known is not None:
                confirm_destroyed(db, known)
