"""Answers to open questions: which of them are texts; their names found, masked, and their words for the vault."""

from __future__ import annotations

import re
import secrets
from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from enquete.actions.interviews.masking import Masked, known_names, mask_documents
from enquete.actions.interviews.originals import canonical_answer
from enquete.pseudonyms import Detection, Document, Passage, Policies, detect, names_of
from enquete.readers.canonical import Canonical
from enquete.store.interviews import Revision, moved_turns
from enquete.tables import folded
from enquete.vault import Identities

# What stands for no answer: it names nobody, and there is nothing to code in it. « Rien » may be an answer.
_WORDS = "x, xx, xxx, ras, sans réponse, pas de réponse, nsp, nc, nr, na, n a, so, vide, test"
_NOTHING = frozenset(map(folded, _WORDS.split(", ")))
Step = Callable[[int, int], None]


class Said(NamedTuple):
    """Words of a person (code) to an open question. names: the person's own, which are words too for some."""

    words: str
    person: str
    names: tuple[str, ...] = ()


def is_text(words: str) -> bool:
    """Whether there is something to read in an answer: « - », « x », « NSP » stay words among the closed ones."""
    return re.search(r"[^\W_]", words) is not None and folded(words) not in _NOTHING


class OpenTexts:
    """Reads many answers at once, the same words of people without names of their own only once."""

    def __init__(self, said: Iterable[Said], identities: Identities, policies: Policies) -> None:
        self._policies = policies
        self._known = known_names(identities)
        self._documents: dict[tuple[str, tuple[str, ...]], Document] = {}
        self._canonical: dict[str, Canonical] = {}
        for one in said:
            if one.words not in self._canonical:
                self._canonical[one.words] = canonical_answer(one.words)
            text = self._canonical[one.words]
            passages = tuple(Passage(turn.start, turn.end) for turn in text.turns)
            self._documents.setdefault((one.words, one.names), Document(text.text, passages, one.names))
        self._detections: dict[tuple[str, tuple[str, ...]], Detection] = {}
        self._avoid: frozenset[str] = frozenset()

    def detect(self, processes: int, step: Step) -> None:
        """Runs the model; the slow part. step: (texts read, all)."""
        documents = list(self._documents.values())
        total = len(documents)
        if total:
            found = detect(documents, known=self._known, processes=processes, progress=lambda done: step(done, total))
            self._detections = dict(zip(self._documents, found, strict=True))
            self._avoid = names_of(documents, found)

    def mask(self, said: Sequence[Said], identities: Identities) -> list[Masked]:
        """The texts pseudonymised, who is who being settled person by person; `identities.book` grows."""
        keys = [(one.words, one.names) for one in said]
        return mask_documents(
            [self._documents[key] for key in keys],
            [self._detections[key] for key in keys],
            [(one.person,) for one in said],
            identities,
            self._avoid,
            self._policies,
        )

    def revisions(self, said: Sequence[Said], identities: Identities, source: str) -> list[Revision]:
        """What is to be stored. source: key of the bundle that will hold their words."""
        return [
            self._revision(self._canonical[one.words], masked, source)
            for one, masked in zip(said, self.mask(said, identities), strict=True)
        ]

    @staticmethod
    def _revision(text: Canonical, masked: Masked, source: str) -> Revision:
        return Revision(
            uid=secrets.token_hex(8),
            source=source,
            text=masked.text,
            turns=moved_turns(text.turns, masked.mapping),
            masks=masked.masks,
            doubts=masked.doubts,
            source_edits=text.mapping.then(masked.mapping),
            reason="import",
        )
