"""Names found since in what stands beside the texts: memos, findings, attributes, answers. No mask tells where."""

from __future__ import annotations

import json
import sqlite3
import zlib
from collections.abc import Callable, Sequence
from functools import cache
from typing import Any

from enquete.actions.interviews.masking import mask_document
from enquete.model import Mention
from enquete.pseudonyms import Detection, Document, Passage, Policies
from enquete.pseudonyms.territories import territory_of
from enquete.store.interviews import interviews
from enquete.store.people import change_values, values
from enquete.store.pieces import departures, said_words, set_departure, set_said
from enquete.store.responses import change_typed_answers, typed_answers
from enquete.store.words import coders_words, set_words
from enquete.vault import Identities

_STUDY = ("étude",)  # stands for the people of a memo that is about nobody's interview
_ATTRIBUTES = ("attributs",)

Find = Callable[[Document, str], Sequence[Mention]]  # what to mask; given the code of the interview, empty for none


def mask_asides(db: sqlite3.Connection, identities: Identities, policies: Policies, find: Find) -> None:
    """Puts pseudonyms in the place of what `find` finds there, inside a transaction; an attribute that is a commune
    stays. The identities do not change: a name that stands nowhere else is soon nobody's.
    """
    mask_coders_words(db, identities, policies, find)
    _mask_pieces(db, identities, policies, find)
    told = (value for value in sorted(values(db) | typed_answers(db)) if not territory_of(value))
    identities = identities.copy()
    changes = {v: _masked(Document(v, _whole(v)), "", _ATTRIBUTES, identities, policies, find) for v in told}
    change_values(db, changes)
    change_typed_answers(db, changes)


def mask_coders_words(
    db: sqlite3.Connection, identities: Identities, policies: Policies, find: Find, since: int = 0
) -> None:
    """The same of what coders wrote. since: row of the first entry to look at."""
    people = {text.code: text.participants or (text.code,) for text in interviews(db)}
    identities = identities.copy()
    for words in coders_words(db, since):
        group = people.get(words.interview, _STUDY)
        title, body = (
            _masked(Document(part, _whole(part)), words.interview, group, identities, policies, find)
            for part in (words.title, words.body)
        )
        if (title, body) != (words.title, words.body):
            set_words(db, words.id, title, body)


def _mask_pieces(db: sqlite3.Connection, identities: Identities, policies: Policies, find: Find) -> None:
    """The same of what people wrote of what they read: findings, summaries, remarks, and what files said of them when
    they left.
    """
    identities = identities.copy()

    @cache
    def masked(text: str) -> str:
        return _masked(Document(text, _whole(text)), "", _STUDY, identities, policies, find)

    changed = False
    for said in said_words(db):
        body = masked(said.body)
        if body != said.body:
            set_said(db, said, body)
            changed = True
    for mark, left in departures(db) if changed else ():
        told = _told_again(left, masked)
        if told != left:
            set_departure(db, mark, told)


def _told_again(left: bytes, masked: Callable[[str], str]) -> bytes:
    """What a file said when it left; one that holds a code and nothing else stays."""
    try:
        body = zlib.decompress(left).decode()
    except zlib.error:
        return left
    told = _each_text(body, masked)
    return left if told == body else zlib.compress(told.encode())


def _each_text(text: str, masked: Callable[[str], str]) -> str:
    """The texts in a JSON object, whatever holds them; or the text itself."""

    def walk(value: Any) -> Any:
        if isinstance(value, str):
            return _each_text(value, masked)
        if isinstance(value, list):
            return [walk(one) for one in value]
        return {key: walk(one) for key, one in value.items()} if isinstance(value, dict) else value

    try:
        held = json.loads(text) if text.startswith("{") else None
    except json.JSONDecodeError:
        held = None
    if not isinstance(held, dict):
        return masked(text) if text else text
    told = walk(held)
    return text if told == held else json.dumps(told, ensure_ascii=False, sort_keys=True)


def _whole(text: str) -> tuple[Passage, ...]:
    return (Passage(0, len(text)),)


def _masked(
    document: Document, code: str, group: tuple[str, ...], identities: Identities, policies: Policies, find: Find
) -> str:
    detection = Detection(tuple(find(document, code)), ())
    if not detection.mentions:
        return document.text
    return mask_document(document, detection, group, identities, policies=policies).text
