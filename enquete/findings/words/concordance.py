"""Every place where words are said, in the order of the texts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from enquete.findings.words.contexts import Context, context
from enquete.findings.words.forms import forms
from enquete.findings.words.specific import Turn


@dataclass(frozen=True, slots=True)
class Sought:
    """Forms that follow one another; « logement* »: every form that begins so."""

    forms: tuple[str, ...]

    def ends(self, words: Sequence[str], place: int) -> int:
        """Where the words stop that stand there; 0 when they do not."""
        end = place + len(self.forms)
        if end > len(words):
            return 0
        return end if all(_alike(one, words[place + i]) for i, one in enumerate(self.forms)) else 0


def _alike(sought: str, form: str) -> bool:
    return form.startswith(sought[:-1]) if sought.endswith("*") else form == sought


def sought(words: str) -> Sought:
    """What somebody typed: one word, or several that follow one another. Empty when there is no word in it."""
    found = tuple(
        form.form + ("*" if words[form.end : form.end + 1] == "*" else "") for form in forms(words.replace("'", "’"))
    )
    return Sought(found)


@dataclass(frozen=True, slots=True)
class Occurrence:
    """place, end: of its words in the turn."""

    turn: Turn
    place: int
    end: int

    @property
    def start(self) -> int:
        """In the interview's text."""
        return self.turn.starts[self.place]

    @property
    def context(self) -> Context:
        words = self.turn.words
        return context(self.turn.speech.text, words[self.place].start, words[self.end - 1].end)


def occurrences(said: Sequence[Turn], wanted: Sequence[Sought]) -> Iterator[Occurrence]:
    """In the order of the texts; words that two searches find are given once."""
    for turn in said:
        for place in range(len(turn.forms)):
            end = max((one.ends(turn.forms, place) for one in wanted), default=0)
            if end:
                yield Occurrence(turn, place, end)
