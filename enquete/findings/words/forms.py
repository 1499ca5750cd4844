"""The forms of a French text: « l'aide », « rendez-vous », « dit-il » -> aide, rendez-vous, dit."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

_RUN = re.compile(r"[^\W_]+(?:['’\-][^\W_]+)*")
_ELIDED = re.compile(r"(?:[cdjlmnst]|qu|jusqu|lorsqu|puisqu|quoiqu)['’]", re.IGNORECASE)
_CLITIC = re.compile(
    r"-(?:t-)?(?:je|tu|il|elle|on|nous|vous|ils|elles|ce|ci|là|moi|toi|lui|leur|le|la|les|y|en)$", re.IGNORECASE
)
_WHOLE = re.compile(r"(?:rendez-vous|peut-être|au-delà|celui-là|celle-là|là-bas|c'est-à-dire)$", re.IGNORECASE)
_BRACKETS = re.compile(r"\[[^\]]*\]")  # « [commune des Hauts-de-Seine] », « [rires] »
_SENTENCE_END = frozenset('.!?…:«"“\n–—(')


@dataclass(frozen=True, slots=True)
class Form:
    """A word where it stands. form: in small letters. start, end: in the text. opens: it begins a sentence."""

    form: str
    start: int
    end: int
    opens: bool
    capital: bool


def forms(text: str, masked: Sequence[tuple[int, int]] = ()) -> Iterator[Form]:
    """The words of a text, in order; none in brackets, none that a replacement made. masked: (start, end) of those."""
    hidden = [*masked, *(match.span() for match in _BRACKETS.finditer(text))]
    end = 0
    for run in _RUN.finditer(text):
        opens = not end or not _SENTENCE_END.isdisjoint(text[end : run.start()])
        for start, stop in _parts(run[0], run.start()):
            if not any(a < stop and start < b for a, b in hidden):
                word = text[start:stop]
                name = word[0].isupper() and not (word.isupper() and len(word) > 1)
                yield Form(word.lower().replace("’", "'"), start, stop, opens, name)
            opens = False
        end = run.end()


def _parts(word: str, start: int) -> Iterator[tuple[int, int]]:
    """Without the elided word before it, nor the pronouns after it: each is a word of its own."""
    while (elided := _ELIDED.match(word)) is not None:
        yield start, start + elided.end()
        start, word = start + elided.end(), word[elided.end() :]
    tail: list[tuple[int, int]] = []
    while _WHOLE.fullmatch(word) is None and (clitic := _CLITIC.search(word)) is not None:
        tail.append((start + clitic.start() + 1, start + len(word)))
        word = word[: clitic.start()]
    yield start, start + len(word)
    yield from reversed(tail)
