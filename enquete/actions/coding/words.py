"""Pseudonymises what coders type on the page, without the vault: what stands for a name is a category."""

from __future__ import annotations

import multiprocessing
import secrets
import threading
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import replace
from multiprocessing.connection import Connection

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
    reader = _Reader()
    try:
        yield reader.mask
    finally:
        reader.stop()


class _Reader:
    """The process that reads words, for one request after the other; when it dies, another one takes its place."""

    def __init__(self) -> None:
        self._turn = threading.Lock()
        self._start()

    def _start(self) -> None:
        context = multiprocessing.get_context("spawn")
        self._pipe, its_own = context.Pipe()
        self._process = context.Process(target=_read, args=(its_own,), daemon=True)
        self._process.start()
        its_own.close()

    def stop(self) -> None:
        self._process.kill()
        self._process.join()
        self._pipe.close()

    def mask(self, texts: Sequence[str], pseudonyms: Collection[str], policies: Policies) -> list[str]:
        """As `mask_words`. Raises TimeoutError when it takes too long."""
        with self._turn:
            try:
                return self._ask(texts, pseudonyms, policies)
            except (EOFError, BrokenPipeError, ConnectionResetError):
                self._restart()
                return self._ask(texts, pseudonyms, policies)

    def _restart(self) -> None:
        self.stop()
        self._start()

    def _ask(self, *asked: object) -> list[str]:
        self._pipe.send(asked)
        if not self._pipe.poll(_LONGEST_S):
            self._restart()  # what it would answer is of no request any more
            raise TimeoutError
        told: list[str] | Exception = self._pipe.recv()
        if isinstance(told, Exception):
            raise told
        return told


def _read(pipe: Connection) -> None:
    pipeline.follow_parent()
    detect([Document("Elle habite à Nanterre.", (Passage(0, 23),))])
    with suppress(EOFError):
        while True:
            asked = pipe.recv()
            try:
                told: list[str] | Exception = mask_words(*asked)
            except Exception as error:  # noqa: BLE001 - the request fails, the next ones are answered
                told = error
            pipe.send(told)


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
