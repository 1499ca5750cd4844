"""Names found since in what coders wrote: a memo has no masks, it is only said in other words."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Sequence

from enquete.actions.masking import mask_document
from enquete.model import Mention
from enquete.pseudonyms import Detection, Document, Passage, Policies
from enquete.store import codings as stored
from enquete.store.interviews import interviews
from enquete.vault import Identities

_STUDY = "étude"  # stands for the people of a memo that is about nobody's interview


def mask_memos(
    db: sqlite3.Connection,
    identities: Identities,
    policies: Policies,
    find: Callable[[Document, str], Sequence[Mention]],
) -> None:
    """Puts pseudonyms in the place of what `find` finds in each memo, given the code of its interview; inside a
    transaction. The identities stay as they are: a name that stands in memos alone is soon nobody's.
    """
    people = {text.code: text.participants or (text.code,) for text in interviews(db)}
    identities = identities.copy()
    for memo in stored.memos(db):
        document = Document(memo.body, (Passage(0, len(memo.body)),))
        mentions = tuple(find(document, memo.interview))
        if mentions:
            group = people.get(memo.interview, (_STUDY,))
            masked = mask_document(document, Detection(mentions, ()), group, identities, policies=policies)
            stored.set_memo(db, memo.id, masked.text)
