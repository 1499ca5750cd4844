"""Receives what coders do on the page: checked, pseudonymised, stored; an entry that is refused hides no other."""

from __future__ import annotations

import re
import sqlite3
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from enquete.actions.coding.page import CodingPage, Json
from enquete.actions.coding.page_texts import PageText
from enquete.codebook import Codebook
from enquete.coding.entries import OWN_CODE, Entry, Kind
from enquete.errors import EnqueteError, Problem
from enquete.store.code_changes import unwritten_codebooks
from enquete.store.database import transaction
from enquete.store.entries import Arrival, Arrived, Layer
from enquete.store.interviews import now
from enquete.store.page import interview_of, suggestion_stands
from enquete.store.words import came_before, leave_unread

_MOST = 500  # entries of a batch
_PLACE = frozenset({"interview", "revision", "start", "end"})
_CODE = frozenset({"codebook", "code"})
# What an entry of each kind may say; the rest is dropped, so that words stand only where they are pseudonymised.
_SAYS: dict[Kind, frozenset[str]] = {
    Kind.CODING: _PLACE | _CODE | {"flag", "suggestion"},
    Kind.MEMO: _PLACE | _CODE | {"about", "body"},
    Kind.JOURNAL: frozenset({"title", "body"}),
    Kind.SHEET: frozenset({"interview", "field", "body"}),
    Kind.EVENT: _PLACE | {"title", "body"},
    Kind.PROPOSAL: _CODE | {"title", "body"},
    Kind.VERDICT: frozenset({"interview", "suggestion", "field"}),
    Kind.STAGE: frozenset({"interview", "field"}),
    Kind.GONE: frozenset({"interview"}),
}
_ALWAYS = frozenset({"uid", "kind", "step", "item", "over", "reverses", "generation", "made_at"})


class _Batch(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)

    entries: Annotated[tuple[Entry, ...], Field(strict=False, max_length=_MOST)]


def read_entries(body: bytes) -> tuple[Entry, ...]:
    """What a page sends. Raises EnqueteError(PAGE_BAD_REQUEST)."""
    try:
        return _Batch.model_validate_json(body).entries
    except ValidationError:
        raise EnqueteError(Problem.PAGE_BAD_REQUEST) from None


class _Place(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)

    interview: Annotated[str, Field(max_length=64)]
    turn: Annotated[int, Field(ge=0)]


def read_place(body: bytes) -> tuple[str, int]:
    """(code of an interview, index of the turn seen) as a page sends them. Raises EnqueteError(PAGE_BAD_REQUEST)."""
    try:
        place = _Place.model_validate_json(body)
    except ValidationError:
        raise EnqueteError(Problem.PAGE_BAD_REQUEST) from None
    return place.interview, place.turn


@dataclass(frozen=True, slots=True)
class Received:
    """What became of entries, in their order. texts: those of the coder's interviews that they are about, by code."""

    arrived: list[Arrived]
    generation: int
    texts: dict[str, PageText]


def receive(page: CodingPage, coder: str, entries: Sequence[Entry]) -> Json:
    """Stores these entries in one transaction; says of each what became of it, and where it stands now."""
    with page.study.database() as db:
        ready = prepared(page, db, coder, entries)
        with page.writing, transaction(db):
            received = put_prepared(page, db, coder, ready)
    return {
        "arrived": [_told(one) for one in received.arrived],
        "generation": received.generation,
        "revisions": {code: text.uid for code, text in received.texts.items()},
    }


def prepared(page: CodingPage, db: sqlite3.Connection, coder: str, entries: Sequence[Entry]) -> list[Entry]:
    """The entries as they are to be stored, words pseudonymised. Outside any transaction: others write meanwhile."""
    page.codebooks(db)  # read now if they have changed
    return _masked(page, db, coder, [_bare(entry) for entry in entries])


def put_prepared(page: CodingPage, db: sqlite3.Connection, coder: str, entries: Sequence[Entry]) -> Received:
    """Checks and stores these entries, inside the caller's transaction. Raises EnqueteError(CODES_CHANGE)."""
    if unwritten_codebooks(db):  # codes are called in the database as they are not yet in the codebook
        raise EnqueteError(Problem.CODES_CHANGE)
    books = {book.id: book for book in page.codebooks(db)}
    layer = Layer.of(db, coder)
    texts = _texts(page, layer, coder, entries)
    # Proposed codes first: codings that bear them may stand before them in a file.
    order = sorted(range(len(entries)), key=lambda number: entries[number].kind is not Kind.PROPOSAL)
    put = {number: _put(layer, books, texts, entries[number]) for number in order}
    arrived = [put[number] for number in range(len(entries))]
    # The detector alone has read what they typed: the next command with a key looks there for the names of the vault.
    came = [one.entry for one in arrived if one.arrival not in (Arrival.IMPOSSIBLE, Arrival.SAME)]
    leave_unread(db, coder, [entry.uid for entry in came if words_of(entry)])
    return Received(arrived, layer.current.generation, texts)


def _bare(entry: Entry) -> Entry:
    """The entry with what its kind may say, words that any file can hold, and a date that is one."""
    kept = _SAYS[entry.kind] | _ALWAYS
    update = {"title": " ".join(_legible(entry.title).split()), "body": _legible(entry.body)}
    update |= {name: field.default for name, field in Entry.model_fields.items() if name not in kept}
    return entry.model_copy(update={**update, "made_at": _moment(entry.made_at)})


_UNSEEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufeff\ufffe\uffff]")


def _legible(written: str) -> str:
    return unicodedata.normalize("NFC", _UNSEEN.sub("", re.sub("\r\n?", "\n", written)))


def _moment(written: str) -> str:
    """When it was done, UTC, to the second; now where that can't be told, or lies ahead."""
    current = now()
    try:
        told = datetime.fromisoformat(written)
        if told.tzinfo is None:
            return current
        return min(told.astimezone(UTC).isoformat(timespec="seconds"), current)
    except (ValueError, OverflowError):
        return current


def words_of(entry: Entry) -> tuple[str, ...]:
    """What the coder typed of it."""
    return tuple(filter(None, (entry.title, entry.body)))


def _masked(page: CodingPage, db: sqlite3.Connection, coder: str, entries: Sequence[Entry]) -> list[Entry]:
    came = came_before(db, coder, [entry.uid for entry in entries if words_of(entry)])
    # Sent again, words are not read again: those that came first stay, and these are put nowhere.
    entries = [e.model_copy(update={"title": "", "body": ""}) if e.uid in came else e for e in entries]
    spoken = [entry for entry in entries if words_of(entry)]
    if not spoken:
        return entries
    pseudonyms = page.pseudonyms(db, coder)
    texts = [text for entry in spoken for text in (entry.title, entry.body)]
    said = iter(page.mask(texts, pseudonyms, page.study.config.pseudonyms.policies()))
    return [
        entry.model_copy(update={"title": next(said), "body": next(said)}) if words_of(entry) else entry
        for entry in entries
    ]


def _texts(page: CodingPage, layer: Layer, coder: str, entries: Iterable[Entry]) -> dict[str, PageText]:
    """The texts of the interviews that these entries are about, those of this coder alone."""
    found = {}
    for code in sorted({entry.interview for entry in entries if entry.interview is not None}):
        one = interview_of(layer.db, coder, code)
        text = page.texts.get(layer.db, one) if one else None
        if text is not None:
            found[code] = text
    return found


def _put(layer: Layer, books: dict[str, Codebook], texts: dict[str, PageText], entry: Entry) -> Arrived:
    if entry.interview is not None and entry.interview not in texts:
        return Arrived(entry, Arrival.IMPOSSIBLE, "ce texte n'est pas dans votre liste.")
    known = layer.stored(entry.uid)
    if known is not None:
        return known
    reason = _wrong_code(layer, books, entry) or _wrong_place(layer, texts, entry) or _wrong_suggestion(layer, entry)
    return Arrived(entry, Arrival.IMPOSSIBLE, reason) if reason else layer.put(entry)


def _wrong_code(layer: Layer, books: dict[str, Codebook], entry: Entry) -> str:
    """Why its code can't be taken, in French; nothing when it can.

    A code that is retired, or gone, still serves what bore it: work is undone and resized as before.
    """
    if entry.codebook is None:
        return "" if entry.code is None else "il manque la grille de ce code."
    codebook, code, outdated = entry.codebook, entry.code, False
    if code is not None:
        codebook, code, outdated = layer.current.code(codebook, code, entry.generation)
        if (entry.kind, entry.codebook, entry.code) in layer.named(entry.item):
            return ""
    if codebook not in books:
        return "cette grille n'est plus dans l'étude."
    if code is None:
        return ""
    if code.startswith(OWN_CODE):
        own = any(kind is Kind.PROPOSAL for kind, *_ in layer.named(code.removeprefix(OWN_CODE)))
        return "" if own else "ce code proposé n'est pas l'un des vôtres."
    found = books[codebook].by_id.get(code)
    if found is None:
        return f"le code « {code} » n'est pas dans la grille."
    if found.retired and not outdated and entry.kind is Kind.CODING:
        return f"le code « {found.label} » n'est plus employé."
    return ""


def _wrong_place(layer: Layer, texts: dict[str, PageText], entry: Entry) -> str:
    """Why its passage can't be taken, in French; nothing when it can, or when the store is to say."""
    if entry.interview is None or entry.revision is None or entry.start is None or entry.end is None:
        return ""
    text = texts[entry.interview]
    moved = layer.placed(entry)
    if moved is None:
        return ""
    if moved.end > len(text.text):
        return "ce passage dépasse la fin du texte."
    if not moved:
        return "les mots de ce passage ne sont plus dans le texte."
    if entry.kind is Kind.CODING and not text.touches_speech(moved):
        return "ce passage ne touche aucune parole de participant : on ne code pas celles de l'enquêteur."
    return ""


def _wrong_suggestion(layer: Layer, entry: Entry) -> str:
    if entry.kind is not Kind.VERDICT or entry.suggestion is None or entry.interview is None:
        return ""
    stands = suggestion_stands(layer.db, entry.suggestion, entry.interview)
    return "" if stands else "ce repérage n'est plus dans le texte."


def _told(one: Arrived) -> Json:
    possible = one.arrival is not Arrival.IMPOSSIBLE
    return {
        "uid": one.entry.uid,
        "arrival": one.arrival.value,
        "entry": one.entry.model_dump(mode="json") if possible else None,
        "touched": one.touched,
        "reason": one.reason,
    }
