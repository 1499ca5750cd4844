"""Words typed into a command without the vault: why a disagreement was settled, why a code changed."""

from __future__ import annotations

from collections.abc import Iterable

from enquete.actions.coding.words import Mask, mask_words
from enquete.actions.study import Study
from enquete.store.interviews import Interview


def masked_motive(study: Study, written: str, texts: Iterable[Interview], mask: Mask = mask_words) -> str:
    """On one line, with a category in the place of each name. texts: whose pseudonyms stay readable.

    mask: does it, as `mask_words`.
    """
    words = " ".join(written.split())
    pseudonyms = {text.text[mask.start : mask.end] for text in texts for mask in text.masks}
    return mask([words], pseudonyms, study.config.pseudonyms.policies())[0] if words else ""
