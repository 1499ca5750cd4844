"""Reads one passage on its own: what is found there, and what needs the rest of the study to be settled."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from enquete.model import IdentifierType
from enquete.pseudonyms import (
    ages,
    births,
    capitals,
    doubts,
    dwellings,
    identifiers,
    institutions,
    left_readable,
    nicknames,
    organisations_said,
    places,
    small_letters,
    spelled,
    titles,
    towns,
    unknown_towns,
    words,
)
from enquete.pseudonyms.found import Cover, Found, Weak, disjoint
from enquete.pseudonyms.sight import Sight
from enquete.pseudonyms.tokens import Tokens

if TYPE_CHECKING:
    from spacy.tokens import Doc


class Reading(NamedTuple):
    """Positions from the start of the passage. readable: spans of institutions and wide places."""

    found: tuple[Found, ...]
    weak: tuple[Weak, ...]
    readable: tuple[tuple[int, int], ...]


def read_doc(doc: Doc) -> Reading:
    """What the workers of the pool do with each passage."""
    return read(doc.text, [(e.start_char, e.end_char, e.label_) for e in doc.ents])


def read(text: str, entities: list[tuple[int, int, str]]) -> Reading:
    """Applies the rules in order of certainty: a later rule never takes what an earlier one has settled."""
    lists, tokens, cover = words.load(), Tokens(text), Cover(len(text))
    found = disjoint(identifiers.find(tokens))
    for item in disjoint([*births.find(tokens), *ages.find(tokens)]):
        if all(item.end <= f.start or f.end <= item.start for f in found):
            found.append(item)
    for start, end, _ in spelled.find(tokens, lists):
        if all(end <= f.start or f.end <= start for f in found):
            found.append(Found(start, end, IdentifierType.PERSON, 0.8, "nom épelé"))
    for item in found:
        cover.take(item.start, item.end)
    names = Sight.of(tokens, lists, cover, entities)
    titles.titled(names)
    found += places.streets(tokens, lists, cover)
    readable = []
    for first, last in institutions.find(tokens, lists):
        start, end = tokens.span(first, last)
        if cover.free(start, end):
            readable.append((start, end))
            cover.take(start, end)
    found += towns.find(tokens, lists, cover)
    found += dwellings.find(tokens, cover)
    if not tokens.cased:
        organisations_said.find(names)
    unknown_towns.find(names)
    titles.introduced(names)
    nicknames.find(names)
    if tokens.cased:
        capitals.judge(names)
    small_letters.judge(names)
    left_readable.find(names)
    found = disjoint([*found, *names.found])
    numbers = [w for w in doubts.numbers(tokens) if cover.free(w.start, w.end)]
    return Reading(tuple(found), (*names.weak, *numbers), tuple(readable))


def readable(text: str) -> list[tuple[int, int]]:
    """Spans of institutions and wide places, which stay as they are."""
    tokens = Tokens(text)
    return [tokens.span(first, last) for first, last in institutions.find(tokens, words.load())]
