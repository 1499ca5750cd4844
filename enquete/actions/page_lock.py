"""Tells whether the coding page runs: it keeps texts in memory, and people are writing.

The page writes its process number into `.page.lock` beside the database, and deletes it when it ends.
"""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from enquete.actions.study import Study
from enquete.errors import EnqueteError, Problem

FILE_NAME = ".page.lock"


def refuse_while_page_runs(study: Study) -> None:
    """Raises EnqueteError(PAGE_RUNS). What a page that died has left refuses nothing."""
    if _running(study):
        raise EnqueteError(Problem.PAGE_RUNS, where=FILE_NAME)


@contextmanager
def page_lock(study: Study) -> Iterator[None]:
    """Says that the page runs, as long as the block does. Raises EnqueteError(PAGE_TWICE) when another one does."""
    path = study.folder / FILE_NAME
    if not _running(study):
        path.unlink(missing_ok=True)
    try:
        with path.open("x", encoding="ascii") as file:
            file.write(f"{os.getpid()}\n")
    except FileExistsError:
        raise EnqueteError(Problem.PAGE_TWICE, where=FILE_NAME) from None
    try:
        yield
    finally:
        with contextlib.suppress(OSError):
            path.unlink()


def _running(study: Study) -> bool:
    try:
        process = int((study.folder / FILE_NAME).read_text(encoding="ascii").split()[0])
    except (FileNotFoundError, ValueError, IndexError):
        return False
    return process > 0 and _lives(process)


def _lives(process: int) -> bool:
    if sys.platform == "win32":  # there, os.kill ends the process whatever the signal
        import ctypes

        handle = ctypes.windll.kernel32.OpenProcess(0x1000, False, process)  # PROCESS_QUERY_LIMITED_INFORMATION
        if handle:
            ctypes.windll.kernel32.CloseHandle(handle)
        return bool(handle)
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
