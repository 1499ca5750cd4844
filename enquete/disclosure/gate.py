"""Nothing leaves with a name of the vault in it.

`check` looks for the vault's name forms in every string of an output: cells, sheet names, properties, file name. It
compares whole words, accents and case aside, whatever stands between the words of a form (space, hyphen, line end).
It is a net, not a proof: a misspelt name that the vault does not know passes.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from enquete.model import IdentifierType
from enquete.pseudonyms import Document, KnownName, Passage, find_leaks

_SHORTEST = 3  # letters: « Li » or « M. » would be found everywhere
_WORD = re.compile(r"[^\W\d_](?:[^\W\d_]|[\u0300-\u036f])*|\d+")

Words = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Form:
    """A string that identifies someone, as the vault holds it."""

    text: str = field(repr=False)
    type: IdentifierType


@dataclass(frozen=True, slots=True, order=True)
class Leak:
    """Where a form of the vault stands in an output. It never says which one."""

    place: str
    type: IdentifierType


def fold(text: str) -> str:
    """Case, accents and ligatures aside: « Cœur » -> « coeur »."""
    decomposed = unicodedata.normalize("NFKD", text.casefold().replace("œ", "oe").replace("æ", "ae").replace("ı", "i"))
    return "".join(c for c in decomposed if not unicodedata.combining(c))


def check(texts: Iterable[tuple[str, str]], forms: Iterable[Form]) -> list[Leak]:
    """The leaks, one for each place and type, in the order of the texts. texts: (place, text).

    Names are looked for as the detector does: « Petit » is one where it is written as one, « petit » the adjective is
    none. Ages are nobody's own: not looked for.
    """
    texts, forms = list(texts), sorted(set(forms), key=lambda f: (f.text, f.type))
    names = [KnownName(form.text, form.type) for form in forms if form.type is IdentifierType.PERSON]
    # A text that stands in several places (a turn beside each of its codes, an attribute of every cell) is read once.
    distinct = list(dict.fromkeys(text for _, text in texts))
    documents = [Document(text, (Passage(0, len(text)),) if text else ()) for text in distinct]
    by_first: dict[str, list[tuple[Words, IdentifierType]]] = defaultdict(list)
    numbers: list[tuple[re.Pattern[str], IdentifierType]] = []
    for form in forms:
        words = tuple(fold(m[0]) for m in _words(form.text))
        if form.type in (IdentifierType.AGE, IdentifierType.PERSON) or sum(map(len, words)) < _SHORTEST:
            continue
        by_first[words[0]].append((words, form.type))
        if sum(c.isdigit() for c in form.text) >= _SHORTEST:
            numbers.append((_spaced("".join(words)), form.type))
    kinds = {
        text: (*(mention.type for mention in detection.mentions), *_found(text, by_first, numbers))
        for text, detection in zip(distinct, find_leaks(documents, names), strict=True)
    }
    return list(dict.fromkeys(Leak(place, kind) for place, text in texts for kind in kinds[text]))


def _found(
    text: str,
    by_first: dict[str, list[tuple[Words, IdentifierType]]],
    numbers: list[tuple[re.Pattern[str], IdentifierType]],
) -> Iterator[IdentifierType]:
    words = [fold(m[0]) for m in _words(text)]
    for place, word in enumerate(words):
        for form, kind in by_first.get(word, ()):
            if tuple(words[place : place + len(form)]) == form:
                yield kind
    if any(c.isdigit() for c in text):
        folded = fold(text)
        yield from (kind for pattern, kind in numbers if pattern.search(folded))


def _words(text: str) -> Iterator[re.Match[str]]:
    return _WORD.finditer(unicodedata.normalize("NFC", text))


def _spaced(characters: str) -> re.Pattern[str]:
    """A number however its groups are written: 0639981234, 06 39 98 12 34, 06.39.98.12.34."""
    return re.compile(r"(?<![^\W_])" + r"[\s.\-/]*".join(map(re.escape, characters)) + r"(?![^\W_])")
