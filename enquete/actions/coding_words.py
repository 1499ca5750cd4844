"""Pseudonymises what coders type on the page, without the vault: what stands for a name is a category."""

from __future__ import annotations

import secrets
import threading
from collections.abc import Collection, Sequence
from dataclasses import replace

from enquete import offsets
from enquete.model import Mention
from enquete.pseudonyms import (
    Detection,
    Document,
    NameBook,
    Passage,
    Policies,
    Policy,
    detect,
    replacements,
    resolve,
)
from enquete.pseudonyms.words import words_of

_GROUP = ("page",)
_ONE_AT_A_TIME = threading.Lock()  # the French model is not made for several threads


def warm_up() -> None:
    """Loads the French model and the lists of names, so that nobody's first memo waits for them."""
    with _ONE_AT_A_TIME:
        detect([Document("Elle habite à Nanterre.", (Passage(0, 23),))])


def mask_words(texts: Sequence[str], pseudonyms: Collection[str], policies: Policies) -> list[str]:
    """What coders typed, with a category in the place of each name, place or number found.

    pseudonyms: what stands for somebody in the study's texts, which stays readable. policies: of the study; what it
    would call by another name or a number is a category here, since only the vault knows who is who.
    """
    documents = [Document(text, (Passage(0, len(text)),) if text else ()) for text in texts]
    if not any(texts):
        return list(texts)
    known = frozenset(word for form in pseudonyms if not form.startswith("[") for word in words_of(form))
    with _ONE_AT_A_TIME:
        found = detect(documents)
    detections = [_without(document, one, known) for document, one in zip(documents, found, strict=True)]
    resolution = resolve(
        documents,
        detections,
        [_GROUP] * len(documents),
        NameBook(),
        secrets.token_bytes(16),
        policies=_as_categories(policies),
    )
    return [
        offsets.replace(document.text, replacements(identified))[0]
        for document, identified in zip(documents, resolution.identified, strict=True)
    ]


def _without(document: Document, detection: Detection, known: frozenset[str]) -> Detection:
    """What was found, less what holds no other word than pseudonyms."""

    def is_name(mention: Mention) -> bool:
        return not known.issuperset(words_of(document.text[mention.start : mention.end]))

    return Detection(tuple(filter(is_name, detection.mentions)), ())


def _as_categories(policies: Policies) -> Policies:
    def kept(policy: Policy) -> Policy:
        apart = (Policy.KEEP, Policy.TERRITORY, Policy.BAND, Policy.YEAR)
        return policy if policy in apart else Policy.CATEGORY

    return replace(
        policies,
        persons=kept(policies.persons),
        relatives=kept(policies.relatives) if policies.relatives else None,
        professionals=kept(policies.professionals) if policies.professionals else None,
        places=kept(policies.places),
        organisations=kept(policies.organisations),
    )
