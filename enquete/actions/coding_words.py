"""Pseudonymises what coders type on the page, without the vault: what stands for a name is a category."""

from __future__ import annotations

import multiprocessing
import secrets
import threading
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace

from enquete import offsets
from enquete.language import pipeline
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
_LONGEST_S = 60.0  # that a request waits for the other process
_ONE_AT_A_TIME = threading.Lock()  # the French model is not made for several threads


Mask = Callable[[Sequence[str], Collection[str], Policies], list[str]]


@contextmanager
def words_apart() -> Iterator[Mask]:
    """`mask_words` in a process of its own, which loads the French model meanwhile: it holds up no other request."""
    with multiprocessing.get_context("spawn").Pool(1, _begin) as pool:
        yield lambda *asked: pool.apply_async(mask_words, asked).get(_LONGEST_S)


def _begin() -> None:
    pipeline.follow_parent()
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
