"""Bytes of files, and the text that they hold, written on any machine."""

from __future__ import annotations

import codecs
import re
from pathlib import Path

from enquete.errors import EnqueteError, Problem

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16, whose mark begins alike
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# The first wins where several read the same: they differ in a few dozen bytes only.
_WESTERN = ("cp1252", "iso-8859-15", "mac-roman", "cp850")
# What a right decoding of French shows beyond plain letters…
_FRENCH = re.compile(r"[àâçéèêëîïôùûüœæÀÂÇÉÈÊËÎÏÔÙÛÜŒ]|(?<=[a-zà-ÿ])’|« | »|\d ?€|…(?=\s|$)|·(?=[a-z])| – ")
# … and what only a wrong one shows.
_STRANGE = re.compile(r"[^\t\n\r\f\v -~\u00a0àâäçéèêëîïíóôöùûüÿñáúãœæÀÂÄÇÉÈÊËÎÏÔÖÙÛÜŸŒÆ«»°²³½¼€’‘“”„…–—·•\u202f]")


def file_bytes(path: Path) -> bytes:
    """All of a file. Raises EnqueteError(FILE_NOT_FOUND, FILE_UNREADABLE)."""
    try:
        return path.read_bytes()
    except FileNotFoundError:
        raise EnqueteError(Problem.FILE_NOT_FOUND, where=path.name) from None
    except OSError:
        raise EnqueteError(Problem.FILE_UNREADABLE, where=path.name) from None


def decode(data: bytes) -> tuple[str, str]:
    """The text, line ends as they stand, without a byte order mark; and the encoding's Python name.

    Never fails: what no encoding explains is read as cp1252 with replacement characters.
    """
    for mark, name in _BOMS:
        if data.startswith(mark):
            return data.decode(name, "replace").removeprefix("\ufeff"), name
    wide = _utf_16(data)
    if wide:
        return data.decode(wide, "replace"), wide
    try:
        return data.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        return _single_byte(data)


def _utf_16(data: bytes) -> str | None:
    """UTF-16 without a mark: Latin letters leave every other byte zero."""
    head = data[:4096]
    even, odd = head[0::2].count(0), head[1::2].count(0)
    if odd > len(head) * 0.2 and even < odd * 0.1:
        return "utf-16-le"
    if even > len(head) * 0.2 and odd < even * 0.1:
        return "utf-16-be"
    return None


def _single_byte(data: bytes) -> tuple[str, str]:
    """The Western encoding that gives the most French; where none does, what chardet says."""
    counts = {name: _signs(data.decode(name, "replace")) for name in _WESTERN}
    best = max(_WESTERN, key=lambda name: counts[name][0] - 3 * counts[name][1])
    french, strange = counts[best]
    if strange >= french:
        import chardet

        best = chardet.detect(data[:20_000])["encoding"] or "cp1252"
    return data.decode(best, "replace"), best


def _signs(text: str) -> tuple[int, int]:
    """How much of the text speaks for a right decoding, and how much against it."""
    return len(_FRENCH.findall(text)), len(_STRANGE.findall(text))
