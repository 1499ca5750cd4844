"""A progress bar on a terminal, nothing when piped."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

Step = Callable[[int, int], None]  # done, total; in whatever unit the action counts


@contextmanager
def progress(title: str) -> Iterator[Step]:
    """Gives a function to call with what is done and the total; it draws on standard error, if that is a terminal."""
    if not sys.stderr.isatty():
        yield lambda _done, _total: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn

    columns = (TextColumn("{task.description}"), BarColumn(), TaskProgressColumn(), TimeRemainingColumn())
    bar = Progress(*columns, console=Console(stderr=True), transient=True)
    task = bar.add_task(title, total=None)

    def step(done: int, total: int) -> None:
        bar.start()  # at the first step only: the passphrase of the vault may be asked for before
        bar.update(task, completed=done, total=total)

    try:
        yield step
    finally:
        bar.stop()
