"""Texts follow the book of names: what a person decided of a name is written wherever it stands."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass

from enquete.actions.interviews.originals import Originals
from enquete.actions.interviews.revising import Change
from enquete.errors import EnqueteError
from enquete.model import IdentifierType, Span
from enquete.pseudonyms import Entity, NameBook, Passage, Policies, form_key, written
from enquete.pseudonyms.tokens import Tokens
from enquete.pseudonyms.words import fold
from enquete.store.interviews import Interview, Mask
from enquete.vault import Identities, Vault

_VOWELS = "aeiou"
_EITHER = "hy"  # « d'Hélène » and « de Hamid », « d'Yvette » and « de Yasmine »: what stands there is left
_SHORT = (("d'", "de "), ("d’", "de "), ("qu'", "que "), ("qu’", "que "))

Owner = Callable[[Interview, Mask, str], str | None]  # whose a mask of these words is from now on; None: nobody's


class Words:
    """Tells which words masks stand for: by their keyed hash, else by what is written, else from the original file."""

    def __init__(self, vault: Vault, identities: Identities, policies: Policies) -> None:
        self._policies = policies
        self._entities = {entity.key: entity for entity in identities.book.entities}
        self._by_hash = {
            form_key(identities.secret, form): form for entity in identities.book.entities for form in entity.forms
        }
        self._originals = Originals(vault)

    def of(self, interview: Interview, mask: Mask) -> str:
        """The words as they were said; nothing when they can't be told, never a guess."""
        known = self._by_hash.get(mask.form) if mask.form else None
        if known is not None:
            return known
        entity = self._entities.get(mask.entity)
        if entity is None:
            return ""
        shown = interview.text[mask.start : mask.end]
        alike = [form for form in entity.forms if written(entity, form, self._policies) == shown]
        return alike[0] if len(alike) == 1 else self._from_original(interview, mask, entity.forms)

    def _from_original(self, interview: Interview, mask: Mask, forms: Iterable[str]) -> str:
        """The one form that stands in the original where the mask stands, parts of it aside."""
        if interview.source_edits is None:
            return ""
        there = interview.source_edits.inverse().span(Span(mask.start, mask.end)).span
        try:
            said = unicodedata.normalize("NFC", there.of(self._originals.transcript(interview).text))
        except EnqueteError:
            return ""
        found = [form for form in forms if re.search(rf"(?<!\w){re.escape(form)}(?!\w)", said)]
        longest = max(found, key=len, default="")
        return longest if all(form in longest for form in found) else ""


@dataclass(frozen=True, slots=True)
class Rewritten:
    """What changes in one text. untold: masks whose words can't be told, left as they are."""

    changes: list[Change]
    untold: list[Mask]


def rewrite(
    interview: Interview,
    keys: Collection[str],
    owner: Owner,
    book: NameBook,
    words: Words,
    policies: Policies,
) -> Rewritten:
    """Writes anew the masks of these entities, as the book says; gives back the words of those that are nobody's."""
    entities = {entity.key: entity for entity in book.entities}
    changes: list[Change] = []
    untold: list[Mask] = []
    free_from = 0  # where the mask before ends
    for mask in interview.masks:
        form = words.of(interview, mask) if mask.entity in keys else ""
        if form:
            key = owner(interview, mask, form)
            changes += _change(interview.text, mask, form, entities[key] if key else None, free_from, policies)
        elif mask.entity in keys:
            untold.append(mask)
        free_from = mask.end
    return Rewritten(changes, untold)


def _change(
    text: str, mask: Mask, form: str, entity: Entity | None, free_from: int, policies: Policies
) -> Iterator[Change]:
    new = written(entity, form, policies) if entity else form
    if text[mask.start : mask.end] != new and mask.type is IdentifierType.PERSON:
        yield from small_word(text, mask.start, new, free_from)
    masks = (mask._replace(start=0, end=len(new), entity=entity.key),) if entity else ()
    yield Change(mask.start, mask.end, new, masks)


def small_word(text: str, start: int, new: str, free_from: int) -> Iterator[Change]:
    """« d'Amina » but « de Karim »: what becomes of the small word before text[start:], once `new` stands there.

    free_from: where what stands before may change.
    """
    letter = fold(new[:1])
    if not letter.isalpha() or letter in _EITHER:
        return
    for elided, full in _SHORT:
        old, other = (full, elided) if letter in _VOWELS else (elided, full)
        at, stem = start - len(old), len(elided) - 1
        if at >= free_from and text[at:start].lower() == old and not text[at - 1 : at].isalpha():
            yield Change(at, start, text[at : at + stem] + other[stem:])
            return


def occurrences(text: str, passages: Iterable[Passage], word: str) -> list[Span]:
    """Where these words stand whole, case and accents aside."""
    wanted = Tokens(word)
    found = []
    for passage in passages:
        tokens = Tokens(text[passage.start : passage.end])
        index = 0
        while index <= len(tokens) - len(wanted) and len(wanted):
            if _stands(tokens, wanted, index):
                start, end = tokens.span(index, index + len(wanted) - 1)
                found.append(Span(passage.start + start, passage.start + end))
                index += len(wanted)
            else:
                index += 1
    return found


def _stands(tokens: Tokens, wanted: Tokens, index: int) -> bool:
    return all(
        tokens.folds[index + i] == wanted.folds[i]
        and (i == 0 or tokens.joined(index + i) or tokens.gaps[index + i].strip() == wanted.gaps[i].strip())
        for i in range(len(wanted))
    )


def unmasked(interview: Interview, turns: Sequence[int] | None = None) -> Iterator[Passage]:
    """The turns, without the passages that were replaced. turns: only those, from 0."""
    masks = iter(interview.masks)
    mask = next(masks, None)
    for number, turn in enumerate(interview.turns):
        at = turn.start
        pieces = []
        while mask is not None and mask.start < turn.end:
            if mask.start > at:
                pieces.append(Passage(at, mask.start))
            at = max(at, mask.end)
            mask = next(masks, None)
        if turn.end > at:
            pieces.append(Passage(at, turn.end))
        if turns is None or number in turns:
            yield from pieces
