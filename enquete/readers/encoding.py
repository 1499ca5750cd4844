"""Decodes text files written on any machine."""

from __future__ import annotations

import codecs
import re

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16, whose mark begins alike
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# A French letter beside letters: what a right decoding shows and a wrong one doesn't.
_FRENCH = re.compile(r"(?<=[A-Za-zÀ-ÿ ])[àâçéèêëîïôùûüœæÀÂÇÉÈÊËÎÏÔÙÛÜŒ]|(?<=[a-zà-ÿ])[’']|« | »|\d ?€|…(?=\s|$)")
_STRANGE = re.compile(
    r"[\x00-\x08\x0e-\x1f\x7f-\x9f¡-ª¬-¯±-¶¸-º¼-¿×÷Ð-ÑÝ-ßð-ñý-ÿŠšŽžƒ†‡‰ˆ˜¤ŸˇˆˉˊˋĄ-ŐŒ-ŒŔ-ŶΑ-ω√∫≈∆◊∂∑∏π∞≤≥µ]"
)


def decode(data: bytes) -> tuple[str, str]:
    """The text, line ends as they stand, without a byte order mark; and the encoding's Python name.

    Never fails: bytes that no encoding explains are read as cp1252 with replacement characters.
    """
    for mark, name in _BOMS:
        if data.startswith(mark):
            text = data.decode(name, "replace")
            return text.removeprefix("\ufeff"), name
    wide = _utf_16(data)
    if wide:
        return data.decode(wide, "replace"), wide
    try:
        return data.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        pass
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
    """The Western encoding that gives the most French: they differ in a few dozen bytes."""
    # latin-9 and cp1252 agree on the accents; only œ, €, curly quotes and the like tell them apart.
    best, best_score = ("cp1252", data.decode("cp1252", "replace")), float("-inf")
    for name in ("cp1252", "iso-8859-15", "mac-roman", "cp850"):
        text = data.decode(name, "replace")
        score = len(_FRENCH.findall(text)) - 3 * len(_STRANGE.findall(text)) - 5 * text.count("\ufffd")
        if score > best_score:
            best, best_score = (name, text), score
    if best_score <= 0:
        guess = _other_language(data)
        if guess:
            return data.decode(guess, "replace"), guess
    name, text = best
    return text, name


def _other_language(data: bytes) -> str | None:
    """For what isn't French at all."""
    import chardet

    return chardet.detect(data[:20_000])["encoding"]
