"""How alike two names are, and what makes two spellings one name said aloud."""

from __future__ import annotations

import re
from functools import lru_cache

_PREFIX = 4  # letters of a common beginning that count
_SCALE = 0.1


def jaro(one: str, other: str) -> float:
    """Jaro's similarity of two texts, from 0 to 1 (Jaro 1989, JASA 84, 414-420)."""
    if one == other:
        return 1.0
    if not one or not other:
        return 0.0
    window = max(max(len(one), len(other)) // 2 - 1, 0)
    taken = [False] * len(other)
    mine = []
    for place, letter in enumerate(one):
        for there in range(max(0, place - window), min(len(other), place + window + 1)):
            if not taken[there] and other[there] == letter:
                taken[there] = True
                mine.append(letter)
                break
    theirs = [letter for letter, matched in zip(other, taken, strict=True) if matched]
    common = len(mine)
    if not common:
        return 0.0
    moved = sum(a != b for a, b in zip(mine, theirs, strict=True)) / 2
    return (common / len(one) + common / len(other) + (common - moved) / common) / 3


def jaro_winkler(one: str, other: str) -> float:
    """The same, with more for a common beginning (Winkler 1990, Proceedings of the ASA Section on Survey Research
    Methods, 354-359): symmetric, 1 for equal texts.
    """
    # Which of two equal letters is matched depends on the text that is read first.
    similarity = max(jaro(one, other), jaro(other, one))
    common = 0
    for a, b in zip(one[:_PREFIX], other[:_PREFIX], strict=False):
        if a != b:
            break
        common += 1
    return similarity + common * _SCALE * (1 - similarity)


_SOUNDS = (
    (r"ph", "f"),
    (r"t?(?:sch|ch|sh)", "x"),
    (r"gh|gu(?=[eiy])", "g"),
    (r"dj", "j"),
    (r"dh", "d"),
    (r"kh", "k"),
    (r"qu?|c(?![eiy])|ck", "k"),
    (r"c(?=[eiy])|ç", "s"),
    (r"ou|oo", "u"),
    (r"eau|au", "o"),
    (r"y", "i"),
    (r"w", "u"),
    (r"z", "s"),
    (r"h", ""),
)


@lru_cache(maxsize=1 << 14)
def sound(name: str) -> str:
    """What two spellings of one name, heard and written down, have in common: « Mohammed », « Muhamed »; « Youssef »,
    « Yousouf ». name: folded. Vowels after the first letter are left out, doubled letters are one.
    """
    for pattern, heard in _SOUNDS:
        name = re.sub(pattern, heard, name)
    name = re.sub(r"(.)\1+", r"\1", name)
    return name[:1] + re.sub("[aeiou]", "", name[1:])
