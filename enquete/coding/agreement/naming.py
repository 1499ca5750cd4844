"""Codes as the figures name them, with their themes and what the codebook says of them."""

from __future__ import annotations

import difflib
from collections import Counter
from collections.abc import Collection, Iterable, Sequence

from enquete.codebook import Codebook
from enquete.coding.agreement.words import CodeText
from enquete.errors import EnqueteError, Problem

Key = tuple[str, str]  # codebook, code


class CodeNames:
    """A code is named by its id, followed by its codebook when two of them have it.

    names: in the order of the codebooks, then codes that stand in none any more. themes: name of a code -> name
    of its theme.
    """

    def __init__(self, books: Sequence[Codebook], used: Iterable[Key]) -> None:
        known = [(book.id, code.id) for book in books for code in book.codes]
        keys = list(dict.fromkeys([*known, *sorted(set(used) - set(known))]))
        homes = Counter(code for _, code in keys)
        self.names = {(book, code): code if homes[code] == 1 else f"{code} ({book})" for book, code in keys}
        self.themes = {name: name for name in self.names.values()}
        self.texts: dict[str, CodeText] = {}
        self._above: dict[str, set[str]] = {name: {name} for name in self.names.values()}
        self._labels: dict[str, set[str]] = {}
        for book in books:
            for code in book.codes:
                name = self.names[book.id, code.id]
                self.themes[name] = self.names[book.id, book.theme(code.id)]
                self.texts[name] = CodeText(code.label, code.definition, code.include, code.exclude)
                self._above[name] |= {self.names[book.id, step.id] for step in book.path(code.id)}
                self._labels.setdefault(code.label.casefold(), set()).add(name)

    def selected(self, written: Sequence[str]) -> list[str]:
        """The codes written by id, name or label, with those under them; all without any. Raises CODE_UNKNOWN."""
        if not written:
            return list(self._above)
        roots = {name for each in written for name in self._meant(each)}
        return [name for name, above in self._above.items() if above & roots]

    def lines(self, written: Sequence[str], used: Collection[str]) -> list[str]:
        """Of the codes selected, those used; one that was asked for and has none used under it is named too."""
        asked = {name for each in written for name in self._meant(each)}
        idle = {root for root in asked if not any(root in self._above.get(name, ()) for name in used)}
        return [name for name in self.selected(written) if name in used or name in idle]

    def _meant(self, written: str) -> set[str]:
        wanted = written.strip().casefold()
        found = {name for (_, code), name in self.names.items() if wanted in (code.casefold(), name.casefold())}
        found = found or self._labels.get(wanted, set())
        if not found:
            close = difflib.get_close_matches(written, list(self._above), n=3, cutoff=0.5) or list(self._above)[:3]
            raise EnqueteError(Problem.CODE_UNKNOWN, name=written, close=", ".join(close), exit_code=2)
        return found
