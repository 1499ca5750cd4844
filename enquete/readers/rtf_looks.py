"""What is bold, in italics or underlined in RTF, carried through the conversion to plain text as marks."""

from __future__ import annotations

import re

_TOKEN = re.compile(r"\\([a-z]+)(-?\d+)? ?|\\'[0-9a-fA-F]{2}|\\[^a-z]|[{}]|[^\\{}\r\n]+|[\r\n]+")
_LOOKS = {"b": 1, "i": 2, "ul": 4}
_OFF = {"plain": 0, "ulnone": ~4}
_BREAKS = frozenset({"par", "line", "cell", "nestcell", "row", "nestrow", "sect", "page"})
_FIRST = 0x10  # control characters that no text holds: one for each of the eight looks
_MARK = re.compile(r"[\x10-\x17]")


def mark(raw: str) -> str:
    """The RTF with a mark before each run of text, again after each paragraph's and each group's end."""
    parts: list[str] = []
    outer: list[int] = []
    look, written = 0, -1
    for token in _TOKEN.finditer(raw):
        word = token[1]
        if token[0] == "{":
            outer.append(look)
        elif token[0] == "}":
            look, written = (outer.pop() if outer else 0), -1
        elif word in _LOOKS:
            look = look & ~_LOOKS[word] if token[2] == "0" else look | _LOOKS[word]
        elif word in _OFF:
            look &= _OFF[word]
        elif word in _BREAKS:
            written = -1
        elif _is_text(token[0], word) and look != written:
            parts.append(chr(_FIRST + look))
            written = look
        parts.append(token[0])
    return "".join(parts)


def _is_text(token: str, word: str | None) -> bool:
    if word:
        return word == "u"
    return token.startswith("\\'") or not (token[0] in "\\{}" or token.isspace())


def read(line: str) -> tuple[str, int, bool]:
    """The line without marks, how many code points of its beginning are bold, whether its whole look sets it apart."""
    pieces = [(0, line)] if not _MARK.match(line) else []
    found = list(_MARK.finditer(line))
    ends = [*(m.start() for m in found[1:]), len(line)]
    if found and not pieces:
        pieces = [(ord(m[0]) - _FIRST, line[m.end() : end]) for m, end in zip(found, ends, strict=True)]
    bold = 0
    for look, text in pieces:
        if not look & 1 and text.strip():
            break
        bold += len(text)
    shared = 7
    for look, text in pieces:
        shared &= look if text.strip() else 7
    return plain(line), bold, bool(shared) and any(text.strip() for _, text in pieces)


def plain(line: str) -> str:
    """The line without marks."""
    return _MARK.sub("", line)
