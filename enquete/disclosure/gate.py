"""Nothing leaves with a name of the vault in it.

`check` looks for the vault's name forms in every string of an output: cells, sheet names, properties, file name. It
compares whole words, accents and case aside, whatever stands between the words of a form (space, hyphen, line end).
It is a net, not a proof: a misspelt name that the vault does not know passes.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass, field

from enquete.model import IdentifierType

_SHORTEST = 3  # letters: « Li » or « M. » would be found everywhere
_WORD = re.compile(r"[^\W\d_](?:[^\W\d_]|[\u0300-\u036f])*|\d+")
_SENTENCE_START = re.compile(r"(?:^|[.!?…:;\n\r«»\"“”(\[•–—-])[\s'’]*$")

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


def check(texts: Iterable[tuple[str, str]], forms: Iterable[Form], common: Container[str] = frozenset()) -> list[Leak]:
    """The leaks, one for each place and type, in the order of the texts.

    texts: (place, text). common: ordinary French words, folded: a form of one such word (« Petit », « Rose »)
    counts only where it is capitalised inside a sentence, or alone in its text. Ages are nobody's own: not looked for.
    """
    by_first: dict[str, list[tuple[Words, IdentifierType]]] = defaultdict(list)
    numbers: dict[str, IdentifierType] = {}
    for form in sorted(set(forms), key=lambda f: (f.text, f.type)):
        words = tuple(fold(m[0]) for m in _words(form.text))
        if form.type is IdentifierType.AGE or sum(map(len, words)) < _SHORTEST:
            continue
        by_first[words[0]].append((words, form.type))
        if sum(c.isdigit() for c in form.text) >= _SHORTEST:
            numbers["".join(words)] = form.type
    leaks: dict[Leak, None] = {}
    for place, text in texts:
        for kind in _found(text, by_first, numbers, common):
            leaks[Leak(place, kind)] = None
    return list(leaks)


def _found(
    text: str,
    by_first: dict[str, list[tuple[Words, IdentifierType]]],
    numbers: dict[str, IdentifierType],
    common: Container[str],
) -> Iterator[IdentifierType]:
    text = unicodedata.normalize("NFC", text)
    matches = list(_words(text))
    words = [fold(m[0]) for m in matches]
    for place, word in enumerate(words):
        for form, kind in by_first.get(word, ()):
            if tuple(words[place : place + len(form)]) != form:
                continue
            if len(form) == 1 and word in common and not _is_name(text, matches[place], alone=len(words) == 1):
                continue
            yield kind
    if numbers and any(c.isdigit() for c in text):
        folded = fold(text)
        compact = "".join(filter(str.isalnum, folded))
        yield from (kind for one, kind in numbers.items() if one in compact and _spaced(one).search(folded))


def _words(text: str) -> Iterator[re.Match[str]]:
    return _WORD.finditer(unicodedata.normalize("NFC", text))


def _is_name(text: str, match: re.Match[str], *, alone: bool) -> bool:
    if not match[0][0].isupper():
        return False
    return alone or not _SENTENCE_START.search(text[: match.start()])


def _spaced(characters: str) -> re.Pattern[str]:
    """A number however its groups are written: 0639981234, 06 39 98 12 34, 06.39.98.12.34."""
    return re.compile(r"(?<![^\W_])" + r"[\s.\-/]*".join(map(re.escape, characters)) + r"(?![^\W_])")
