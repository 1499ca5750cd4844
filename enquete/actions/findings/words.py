"""Words typed into pieces: names and numbers are masked, places stay, since a recommendation has territories."""

from __future__ import annotations

from collections.abc import Sequence

from enquete.actions.interviews.masking import mask_attributes
from enquete.actions.study import Study
from enquete.pseudonyms import Policies, Policy
from enquete.pseudonyms.words import words_of
from enquete.store.interviews import interviews
from enquete.vault import Vault

_CATEGORIES = Policies(persons=Policy.CATEGORY, relatives=Policy.CATEGORY, professionals=Policy.CATEGORY)


def masked_words(study: Study, vault: Vault, words: Sequence[str]) -> list[str]:
    """The same with « [personne] » for somebody's name, a category for a number; pseudonyms of the study's texts stay.

    What was masked before stays as it is, so that the same words come back the same.
    """
    if not any(words):
        return list(words)
    with study.database() as db:
        forms = {text.text[mask.start : mask.end] for text in interviews(db) for mask in text.masks}
    pseudonyms = frozenset(word for form in forms if not form.startswith("[") for word in words_of(form))
    return mask_attributes(words, vault.identities().copy(), pseudonyms, _CATEGORIES)
