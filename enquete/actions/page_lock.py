"""Tells whether the coding page runs: it keeps texts in memory, and people are writing.

The page writes its process number into `.page.lock` beside the database, and deletes it when it ends.
"""

from __future__ import annotations

import os
import sys

from enquete.actions.study import Study
from enquete.errors import EnqueteError, Problem

FILE_NAME = ".page.lock"


def refuse_while_page_runs(study: Study) -> None:
    """Raises EnqueteError(PAGE_RUNS). What a page that died has left refuses nothing."""
    try:
        process = int((study.folder / FILE_NAME).read_text(encoding="ascii").split()[0])
    except (FileNotFoundError, ValueError, IndexError):
        return
    if process > 0 and _lives(process):
        raise EnqueteError(Problem.PAGE_RUNS, where=FILE_NAME)


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
