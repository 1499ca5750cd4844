"""Words typed into pieces: names and numbers are masked, places stay, since a recommendation has territories."""

from __future__ import annotations

from collections.abc import Sequence

from enquete.actions.interviews.masking import mask_attributes
from enquete.actions.study import Study
from enquete.pseudonyms.words import words_of
from enquete.store.interviews import interviews
from enquete.vault import Vault


def masked_words(study: Study, vault: Vault, words: Sequence[str]) -> list[str]:
    """The same without names of persons nor numbers; pseudonyms of the study's texts stay as they are."""
    if not any(words):
        return list(words)
    with study.database() as db:
        forms = {text.text[mask.start : mask.end] for text in interviews(db) for mask in text.masks}
    pseudonyms = frozenset(word for form in forms if not form.startswith("[") for word in words_of(form))
    return mask_attributes(words, vault.identities().copy(), pseudonyms)
