"""Texts compared as people compare them: case, accents, spaces, tags and numbering don't count, signs that mean do."""

from __future__ import annotations

import datetime
import html
import re
import unicodedata
from functools import lru_cache

from enquete.survey.answers.types import Scalar, Tagged

_TAG = re.compile(r"</?[A-Za-z][^<>]*>")
_LIGATURES = str.maketrans({"œ": "oe", "Œ": "oe", "æ": "ae", "Æ": "ae", "°": " "})
# A digit's comma or dot, a minus sign before a number, and symbols (< + € %) make another meaning.
_MINUS = re.compile(r"(?<![^\W_])-(?=\d)")
_TOKEN = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]+|\S")
_NAME_TOKEN = re.compile(r"(?<![^\W_])-(?=\d)|[^\W_]+")
_THOUSANDS = re.compile(r"(?<=\d)[ \u00a0\u202f](?=\d{3}(?!\d))")
_NUMBERING = re.compile(r"\A\s*(?:q(?:uestion)?\s*)?\d+(?:[.-]\d+)*\s*(?:[.)°:]|[–—-]\s)\s*(?=\D)", re.IGNORECASE)


@lru_cache(maxsize=65536)
def loose(text: str) -> str:
    """What is left of a label once case, accents, punctuation and tags are ignored; "" for a text without meaning.

    « <b>Moins de 1 000 €</b> » and « moins de 1000 € » are the same; « < 500 » and « > 500 » are not.
    """
    bare = _MINUS.sub("\u2212", _bare(_THOUSANDS.sub("", _untagged(text))))
    kept = (token.replace(",", ".") for token in _TOKEN.findall(bare) if _means(token))
    return " ".join(kept)


@lru_cache(maxsize=65536)
def name_key(text: str) -> str:
    """Equal for the spellings of one name: « g/Q21[SQ002] », « g_q21_sq002 »."""
    return " ".join(_NAME_TOKEN.findall(_bare(text)))


@lru_cache(maxsize=65536)
def unnumbered(text: str) -> str:
    """Without « 3. », « Q3) », « 2.1 - » before it."""
    return _NUMBERING.sub("", _untagged(text), count=1)


def text_of(value: Scalar) -> str:
    """As a person would write it: 1.0 is « 1 »."""
    if isinstance(value, str):
        return value
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    if isinstance(value, Tagged):
        return f".{value.letter}"
    if isinstance(value, datetime.date | datetime.time):
        return value.isoformat()
    return str(value)


def _untagged(text: str) -> str:
    return _TAG.sub(" ", html.unescape(text)) if "<" in text or "&" in text else text


def _bare(text: str) -> str:
    text = unicodedata.normalize("NFKD", text.translate(_LIGATURES))
    return "".join(c for c in text if not unicodedata.combining(c)).casefold()


def _means(sign: str) -> bool:
    return sign[0].isalnum() or sign == "%" or unicodedata.category(sign[0]) in ("Sm", "Sc", "So")
