"""Tells whether the coding page runs: it keeps texts in memory, and people are writing.

The page holds a lock of the system on `.page.lock`, beside the database, and deletes the file when it ends. The system
frees the lock of a page that dies: what stands in the file, its process number, is for people only.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from enquete.actions.study import Study
from enquete.errors import EnqueteError, Problem
from enquete.vault.files import try_lock

FILE_NAME = ".page.lock"


def refuse_while_page_runs(study: Study) -> None:
    """Raises EnqueteError(PAGE_RUNS). What a page that died has left refuses nothing."""
    with contextlib.suppress(FileNotFoundError), (study.folder / FILE_NAME).open("rb") as file:
        if not try_lock(file):
            raise EnqueteError(Problem.PAGE_RUNS, where=FILE_NAME)


@contextmanager
def page_lock(study: Study) -> Iterator[None]:
    """Says that the page runs, as long as the block does. Raises EnqueteError(PAGE_TWICE) when another one does."""
    path = study.folder / FILE_NAME
    with _held(path) as file:
        file.truncate(0)
        file.write(f"{os.getpid()}\n".encode("ascii"))
        file.flush()
        try:
            yield
        finally:
            with contextlib.suppress(OSError):
                path.unlink()


@contextmanager
def _held(path: Path) -> Iterator[IO[bytes]]:
    while True:
        with path.open("ab") as file:
            if not try_lock(file):
                raise EnqueteError(Problem.PAGE_TWICE, where=FILE_NAME)
            if _is_at(path, file):
                yield file
                return


def _is_at(path: Path, file: IO[bytes]) -> bool:
    """Not when a page that just ended has deleted it meanwhile."""
    with contextlib.suppress(FileNotFoundError):
        return os.path.samestat(path.stat(), os.fstat(file.fileno()))
    return False
