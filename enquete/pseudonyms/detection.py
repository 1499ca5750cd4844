"""Detects in all documents first, then settles together: a name found in one is masked in all of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from enquete.language import pipeline
from enquete.model import Mention
from enquete.pseudonyms import words
from enquete.pseudonyms.book import KnownName
from enquete.pseudonyms.documents import Detection, Document, PassageKind, divided
from enquete.pseudonyms.grammar import FUNCTION_WORDS
from enquete.pseudonyms.reading import Reading, read_doc, readable
from enquete.pseudonyms.spreading import MISSPELT, settle
from enquete.pseudonyms.tokens import Tokens
from enquete.pseudonyms.words import MODEL_PARTS


def detect(
    documents: Sequence[Document],
    *,
    known: Sequence[KnownName] = (),
    processes: int = 1,
    progress: Callable[[int], None] | None = None,
) -> list[Detection]:
    """What to mask and what to look at, a Detection for each document.

    known: names already in the study's vault. progress: called with the number of documents read so far.
    """
    documents = [divided(document) for document in documents]
    spoken = [[p for p in d.passages if p.kind is not PassageKind.LABEL] for d in documents]
    texts = [d.text[p.start : p.end] for d, passages in zip(documents, spoken, strict=True) for p in passages]
    stream = pipeline.extract(texts, MODEL_PARTS, read_doc, processes)
    readings: list[list[Reading]] = []
    for passages in spoken:
        readings.append([next(stream) for _ in passages])
        if progress is not None:
            progress(len(readings))
    return settle(documents, readings, known)


def find_known(documents: Sequence[Document], known: Sequence[KnownName]) -> list[Detection]:
    """Where these names stand, and nothing else; the model is not run. For texts stored before a name was known."""
    readings = [
        [
            Reading((), (), tuple(readable(d.text[p.start : p.end])))
            for p in d.passages
            if p.kind is not PassageKind.LABEL
        ]
        for d in documents
    ]
    return settle(documents, readings, known)


def find_leaks(documents: Sequence[Document], known: Sequence[KnownName]) -> list[Detection]:
    """As find_known, for what is about to leave, where pseudonyms stand and quotations begin in mid-sentence.

    A word that only looks like a name of the study is no leak, nor are ordinary words in lower case (« le bras »).
    """
    lists = words.load()
    # Most strings of an output hold no word of any name: they are not read further.
    parts = {part for name in known for part in words.words_of(name.form)} - FUNCTION_WORDS
    documents = [Document(d.text, ()) if parts.isdisjoint(words.words_of(d.text)) else d for d in documents]

    def leaks(text: str, mention: Mention) -> bool:
        form = text[mention.start : mention.end]
        ordinary = form.islower() and all(lists.is_word(word) for word in Tokens(form).words)
        return mention.why != MISSPELT and not ordinary

    return [
        Detection(tuple(m for m in found.mentions if leaks(document.text, m)), ())
        for document, found in zip(documents, find_known(documents, known), strict=True)
    ]
