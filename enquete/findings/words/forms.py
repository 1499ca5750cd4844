"""The forms of a French text: « l'aide », « rendez-vous », « dit-il » -> l', aide, rendez-vous, dit, il."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

# Elided words first, since each is a word of its own, except in those that no one cuts.
_WORD = re.compile(
    r"(?:aujourd['’]hui|quelqu['’]une?\b|d['’]abord\b)"
    r"|\b(?:[cdjlmnst]|qu|jusqu|lorsqu|puisqu|quoiqu)['’]"
    r"|[^\W_]+(?:-[^\W_]+)*",
    re.IGNORECASE,
)
_PRONOUN = re.compile(
    r"-(?:t-)?(je|tu|il|elle|on|nous|vous|ils|elles|ce|ci|là|moi|toi|lui|leur|le|la|les|y|en)$", re.IGNORECASE
)
_WHOLE = frozenset(
    "rendez-vous peut-être au-delà celui-là celle-là celui-ci celle-ci ceux-là là-bas c'est-à-dire".split()  # noqa: SIM905
)
_BRACKETS = re.compile(r"\[[^\]]*\]")  # « [commune des Hauts-de-Seine] », « [rires] »
_SENTENCE_ENDS = frozenset('.!?…:«»"“”–—-(')


class Form(NamedTuple):
    """A word where it stands. form: in small letters. capital: it begins with one inside a sentence, as names do."""

    form: str
    start: int
    end: int
    capital: bool


def forms(text: str, masked: Sequence[tuple[int, int]] = ()) -> list[Form]:
    """The words of a text, in order; none in brackets, none that replaces a name. masked: (start, end) of those."""
    hidden = list(masked)
    if "[" in text:
        hidden += [match.span() for match in _BRACKETS.finditer(text)]
    hidden.sort()
    found: list[Form] = []
    for match in _WORD.finditer(text):
        word, (start, end) = match[0], match.span()
        while hidden and hidden[0][1] <= start:
            del hidden[0]
        if hidden and hidden[0][0] < end:
            continue
        small = word.islower()
        form = (word if small else word.lower()).replace("’", "'")
        capital = not small and _named(text, word, start)
        if "-" in form and form not in _WHOLE:
            found += _cut(form, start, capital)
        else:
            found.append(Form(form, start, end, capital))
    return found


def _named(text: str, word: str, start: int) -> bool:
    """Whether a word begins with a capital as names do, inside a sentence; acronyms do not."""
    acronym = word.isupper() and len(word) > 1
    return word[0].isupper() and not acronym and not _opens(text, start)


def _opens(text: str, start: int) -> bool:
    """Whether a word begins a sentence, where a capital tells nothing."""
    before = text[:start].rstrip(" \u00a0\u202f\t")
    return not before or before[-1] == "\n" or before[-1] in _SENTENCE_ENDS


def _cut(form: str, start: int, capital: bool) -> Iterator[Form]:
    """Without the pronouns after it: « donne-le-moi » is three words."""
    tail: list[Form] = []
    while form not in _WHOLE and (pronoun := _PRONOUN.search(form)) is not None:
        tail.append(Form(pronoun[1], start + pronoun.start(1), start + len(form), False))
        form = form[: pronoun.start()]
    yield Form(form, start, start + len(form), capital)
    yield from reversed(tail)
