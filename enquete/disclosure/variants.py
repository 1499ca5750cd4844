"""One text as its reader takes it in: invisible signs out, words cut by the layout or by a program whole again."""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Iterator
from typing import TYPE_CHECKING
from urllib.parse import unquote

if TYPE_CHECKING:
    from enquete.disclosure.split import Split

_INVISIBLE = re.compile("[\0\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufe00-\ufe0f\ufeff]")
_CUT = re.compile(r"(?<=[^\W\d_])\s?[-\u2010]\s*\n\s*(?=[^\W\d_])")
_STARS = re.compile(r"(?<=\w)\*{1,3}(?=\w)")
_CODES = re.compile(r"\\u([0-9a-fA-F]{4})|\\x([0-9a-fA-F]{2})|_x([0-9a-fA-F]{4})_")
_APART = re.compile(r"(?<!\w)[^\W\d_](?:[\s.\-_·|]{1,2}[^\W\d_]){3,}(?!\w)")
HUMP = re.compile(r"(?<=[a-zß-ÿ])(?=[A-ZÀ-Þ])")
_SHORT = 400  # characters: names of files and of sheets, identifiers
_CODED = re.compile(r"\\[ux]|_x[0-9a-fA-F]{4}_|%[0-9a-fA-F]{2}|&[#\w]")
_SINGLE = re.compile(r" \S \S \S(?!\S)|\n\S\n\S\n\S")


def plain(text: str) -> str:
    """Composed letters, full-width ones narrowed, hard spaces softened, nothing invisible. Line ends stay."""
    if text.isascii() and "\0" not in text:
        return text
    if "\u00ad" in text:
        text = re.sub(r"\u00ad\s*\n\s*", "", text)
    text = unicodedata.normalize("NFKC", text)
    return _INVISIBLE.sub("", text)


def rewritable(split: Split) -> list[int]:
    """Indexes of the texts that `rewritten` may have another writing for."""
    import numpy as np

    odd = split.having(split.marked(lambda token: _CODED.search(token) or _STARS.search(token) or HUMP.search(token)))
    single = split.marked(lambda token: len(token) == 1 and token.isprintable())[split.ids]
    odd |= split.among(split.owners[2:][single[2:] & single[1:-1] & single[:-2]])
    for index in np.flatnonzero(~odd & split.having(split.marked(lambda token: token[-1] in "-\u2010"))).tolist():
        odd[index] = "\n" in split.texts[index]
    found: list[int] = np.flatnonzero(odd).tolist()
    return found


def rewritten(text: str, shown: bool = True) -> Iterator[str]:
    """What else a text may say: written for a program, its words cut or stuck. text: plain. shown: to a reader."""
    decoded = text
    if "\\" in text or "_x" in text:
        decoded = _CODES.sub(lambda m: chr(int(m[1] or m[2] or m[3], 16)), decoded)
    if "%" in text:
        decoded = unquote(decoded, errors="replace")
    if "&" in text:
        decoded = html.unescape(decoded)
    if decoded != text:
        yield plain(decoded)
    if "\n" in text and ("-" in text or "\u2010" in text):
        yield from _changed(_CUT, text)
    if "*" in text:
        yield from _changed(_STARS, text)
    if _SINGLE.search(text):
        joined = _APART.sub(lambda m: re.sub(r"[\W_]+", "", m[0]), text)
        if joined != text:
            yield joined
    if shown and len(text) < _SHORT and HUMP.search(text):
        yield HUMP.sub(" ", text)


def _changed(pattern: re.Pattern[str], text: str) -> Iterator[str]:
    changed = pattern.sub("", text)
    if changed != text:
        yield changed
