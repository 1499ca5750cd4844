"""The tree of a codebook as lines for the screen."""

from __future__ import annotations

from collections.abc import Iterator

from enquete.codebook.types import Code, Codebook


def tree(codebook: Codebook) -> list[str]:
    """A line a code, sub-codes drawn under their code; those that hang on nothing known, or in a circle, come last."""
    themes = [code for code in codebook.codes if code.parent is None]
    lines = [line for theme in themes for line in _branch(codebook, theme, "", "")]
    # A code is reached from a theme when its path goes up to one.
    lost = [code for code in codebook.codes if codebook.path(code.id)[0].parent is not None]
    return lines + [f"? {_title(code)} (rattaché à « {code.parent} »)" for code in lost]


def _branch(codebook: Codebook, code: Code, head: str, rest: str) -> Iterator[str]:
    """The code's line after `head`, then those of its sub-codes after `rest`."""
    yield f"{head}{_title(code)}"
    children = codebook.children.get(code.id, ())
    for child in children:
        last = child is children[-1]
        yield from _branch(codebook, child, rest + ("└─ " if last else "├─ "), rest + ("   " if last else "│  "))


def _title(code: Code) -> str:
    count = len(code.cues.words) + len(code.cues.lemmas) + len(code.cues.patterns)
    cues = f" ({count} indice{'s' if count > 1 else ''})" if count else ""
    return f"{code.id}  {code.label}{' (retiré)' if code.retired else cues}"
