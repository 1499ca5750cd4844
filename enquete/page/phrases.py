"""Phrases that seal files: the same bytes from any keyboard, long enough, or drawn at random."""

from __future__ import annotations

import re
import secrets
import unicodedata
from importlib.resources import files

LEAST = 16  # characters
_LEAST_DIFFERENT = 6
WORDS = 6  # of a drawn phrase: 60 bits, beside the work that each try costs


def plain(phrase: str) -> str:
    """Composed letters, one space between words, none around: what two keyboards write is the same."""
    return re.sub("[ \t\n\r\f\v]+", " ", unicodedata.normalize("NFKC", phrase)).strip(" ")


def strong_enough(phrase: str) -> bool:
    """phrase: plain. Long, and not one letter again and again."""
    return len(phrase) >= LEAST and len(set(phrase)) >= _LEAST_DIFFERENT


def drawn() -> str:
    """A phrase of words drawn at random: easy to say on the telephone and to type, without accents."""
    words = known_words()
    return " ".join(secrets.choice(words) for _ in range(WORDS))


def known_words() -> list[str]:
    """1,024 ordinary French words: ten bits each."""
    return (files("enquete.page") / "phrase-words.txt").read_text(encoding="ascii").split()
