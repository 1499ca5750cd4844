"""Words in context: what stands before and after a word, in the turn where it was said."""

from __future__ import annotations

from typing import NamedTuple

AROUND = 70  # characters on each side


class Context(NamedTuple):
    """before, after: cut between words, with « … » where something is left out."""

    before: str
    word: str
    after: str


def context(text: str, start: int, end: int, around: int = AROUND) -> Context:
    """start, end: of the word in the text."""
    before, after = text[:start], text[end:]
    if len(before) > around:
        whole = before[-around:] if before[-around - 1].isspace() else before[-around:].partition(" ")[2]
        before = f"… {whole.lstrip()}"
    if len(after) > around:
        whole = after[:around] if after[around].isspace() else after[:around].rpartition(" ")[0]
        after = f"{whole.rstrip()} …"
    return Context(_line(before), text[start:end], _line(after))


def _line(text: str) -> str:
    return text.replace("\n", " ").strip()
