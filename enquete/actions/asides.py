"""Names found since in what stands beside the texts: coders' memos, people's attributes. No mask tells where."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Sequence

from enquete.actions.masking import mask_document
from enquete.model import Mention
from enquete.pseudonyms import Detection, Document, Passage, Policies
from enquete.pseudonyms.territories import territory_of
from enquete.store import codings as stored
from enquete.store.interviews import interviews
from enquete.store.people import change_values, values
from enquete.vault import Identities

_STUDY = ("étude",)  # stands for the people of a memo that is about nobody's interview
_ATTRIBUTES = ("attributs",)

Find = Callable[[Document, str], Sequence[Mention]]  # what to mask; given the code of the interview, empty for none


def mask_asides(db: sqlite3.Connection, identities: Identities, policies: Policies, find: Find) -> None:
    """Puts pseudonyms in the place of what `find` finds there, inside a transaction; an attribute that is a commune
    stays. The identities do not change: a name that stands nowhere else is soon nobody's.
    """
    people = {text.code: text.participants or (text.code,) for text in interviews(db)}
    identities = identities.copy()

    def masked(text: str, code: str, group: tuple[str, ...]) -> str:
        document = Document(text, (Passage(0, len(text)),))
        detection = Detection(tuple(find(document, code)), ())
        if not detection.mentions:
            return text
        return mask_document(document, detection, group, identities, policies=policies).text

    for words in stored.coders_words(db):
        group = people.get(words.interview, _STUDY)
        title, body = (masked(part, words.interview, group) for part in (words.title, words.body))
        stored.set_words(db, words.id, title, body)
    told = (value for value in sorted(values(db)) if not territory_of(value))
    change_values(db, {value: masked(value, "", _ATTRIBUTES) for value in told})
