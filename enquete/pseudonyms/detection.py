"""Detects in all documents first, then settles together: a name found in one is masked in all of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from enquete.language import pipeline
from enquete.pseudonyms.book import KnownName
from enquete.pseudonyms.documents import Detection, Document, PassageKind
from enquete.pseudonyms.reading import Reading, read, read_doc
from enquete.pseudonyms.spreading import MISSPELT, settle
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
    spoken = [[p for p in d.passages if p.kind is not PassageKind.LABEL] for d in documents]
    texts = [d.text[p.start : p.end] for d, passages in zip(documents, spoken, strict=True) for p in passages]
    stream = pipeline.extract(texts, MODEL_PARTS, read_doc, processes)
    readings: list[list[Reading]] = []
    for passages in spoken:
        readings.append([next(stream) for _ in passages])
        if progress is not None:
            progress(len(readings))
    return settle(documents, readings, known)


def find_known(documents: Sequence[Document], known: Sequence[KnownName], *, misspelt: bool = True) -> list[Detection]:
    """Where these names stand, and nothing else; the model is not run.

    For texts stored before a name was known, and, with misspelt=False, for outputs: a pseudonym may look like a name.
    """
    readings = [
        [
            Reading((), (), read(d.text[p.start : p.end], []).readable)
            for p in d.passages
            if p.kind is not PassageKind.LABEL
        ]
        for d in documents
    ]
    found = settle(documents, readings, known)
    if misspelt:
        return found
    return [Detection(tuple(m for m in d.mentions if m.why != MISSPELT), d.doubts) for d in found]
