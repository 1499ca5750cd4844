"""Writes files of the vault whole, by one process at a time, several together where they belong together.

A file is written beside its place, synced, then renamed. Files that change together are all written in a folder beside;
renaming that folder is what decides; then each file takes its place. A process killed before the decision leaves a
folder that the next one deletes, after it one that the next one finishes: no file is ever missing or half written.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import sys
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from enquete.errors import EnqueteError, Problem, system_reason

WAIT_S = 30.0  # how long a writer waits for another one
_LOCK = ".verrou"
_PREPARED = ".preparation"
_DECIDED = ".a-poser"
_TEMPORARY = ".*.tmp"


@contextmanager
def changing(folder: Path) -> Iterator[None]:
    """Alone to change this vault, once what a killed process left is settled.

    Raises EnqueteError(VAULT_BUSY, VAULT_WRITE, VAULT_UNSETTLED).
    """
    with _locked(folder):
        _settle(folder)
        yield


def settle(folder: Path) -> None:
    """Finishes or undoes what a killed process left, if there is anything.

    A change not yet decided does no harm: it stays where this user may not write.
    Raises EnqueteError(VAULT_MISSING, VAULT_READ) and what `changing` does.
    """
    try:
        left = [path for path in folder.iterdir() if path.name in (_PREPARED, _DECIDED)]
        if not left and next(folder.rglob(_TEMPORARY), None) is None:
            return
    except FileNotFoundError as error:
        raise EnqueteError(Problem.VAULT_MISSING, where=folder.name) from error
    except OSError as error:
        raise EnqueteError(Problem.VAULT_READ, where=folder.name, reason=system_reason(error)) from error
    try:
        with changing(folder):
            pass
    except EnqueteError:
        if (folder / _DECIDED).exists():
            raise


def write_whole(path: Path, data: bytes) -> None:
    """Encrypted or public bytes, in one step. Raises EnqueteError(VAULT_WRITE): what stood there stays."""
    temporary = path.with_name(f".{path.name}.tmp")
    try:
        if not path.parent.exists():
            path.parent.mkdir()
            sync_folder(path.parent.parent)
        _write_synced(temporary, data)
        temporary.replace(path)
        sync_folder(path.parent)
    except OSError as error:
        with contextlib.suppress(OSError):  # the first fault says more
            temporary.unlink(missing_ok=True)
        raise EnqueteError(Problem.VAULT_WRITE, where=path.name, reason=system_reason(error)) from error


def replace_together(folder: Path, files: Iterable[tuple[str, bytes]]) -> None:
    """All of these files, by path inside the folder, or none. Inside `changing` only.

    Raises EnqueteError: VAULT_WRITE (nothing has changed), VAULT_UNSETTLED (it will be finished).
    """
    prepared = folder / _PREPARED
    try:
        prepared.mkdir()
        for name, data in files:
            path = prepared / name
            path.parent.mkdir(exist_ok=True)
            _write_synced(path, data)
        for place in (*(path for path in prepared.iterdir() if path.is_dir()), prepared):
            sync_folder(place)
        prepared.rename(folder / _DECIDED)
    except BaseException as error:
        shutil.rmtree(prepared, ignore_errors=True)
        if isinstance(error, OSError):
            raise EnqueteError(Problem.VAULT_WRITE, where=folder.name, reason=system_reason(error)) from error
        raise
    _settle(folder)


def remove(paths: Iterable[Path]) -> None:
    """Deletes files; one that is not there is no fault. Raises EnqueteError(VAULT_WRITE)."""
    changed = set()
    for path in paths:
        try:
            path.unlink(missing_ok=True)
        except OSError as error:
            raise EnqueteError(Problem.VAULT_WRITE, where=path.name, reason=system_reason(error)) from error
        changed.add(path.parent)
    for place in changed:
        if place.is_dir():
            sync_folder(place)


def sync_folder(folder: Path) -> None:
    """Makes the names of a folder outlive a power cut."""
    if os.name == "nt":  # Windows cannot sync a folder
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _write_synced(path: Path, data: bytes) -> None:
    with path.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def _settle(folder: Path) -> None:
    decided = folder / _DECIDED
    try:
        if decided.exists():
            sync_folder(folder)
            _put_in_place(folder, decided)
        if (folder / _PREPARED).exists():
            shutil.rmtree(folder / _PREPARED)
        for temporary in list(folder.rglob(_TEMPORARY)):
            temporary.unlink()
    except OSError as error:
        problem = Problem.VAULT_UNSETTLED if decided.exists() else Problem.VAULT_WRITE
        raise EnqueteError(problem, where=folder.name, reason=system_reason(error)) from error


def _put_in_place(folder: Path, decided: Path) -> None:
    files = [path for path in decided.rglob("*") if path.is_file()]
    for path in files:
        path.replace(folder / path.relative_to(decided))
    for place in {folder, *(path for path in folder.iterdir() if path.is_dir() and path != decided)}:
        sync_folder(place)
    shutil.rmtree(decided)


@contextmanager
def _locked(folder: Path) -> Iterator[None]:
    """The system frees the lock of a process that dies."""
    try:
        file = (folder / _LOCK).open("ab")
    except OSError as error:
        problem = Problem.VAULT_WRITE if folder.is_dir() else Problem.VAULT_MISSING
        raise EnqueteError(problem, where=folder.name, reason=system_reason(error)) from error
    with file:
        until = time.monotonic() + WAIT_S
        while not try_lock(file):
            if time.monotonic() > until:
                raise EnqueteError(Problem.VAULT_BUSY, where=folder.name)
            time.sleep(0.01)
        yield


def try_lock(file: IO[bytes]) -> bool:
    """Takes the file for this process, until it closes it or dies; False when somebody has it."""
    try:
        if sys.platform == "win32":
            import msvcrt

            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except (BlockingIOError, PermissionError):
        return False
    return True
