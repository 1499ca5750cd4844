"""When two spellings are likely one name: sound, one letter apart."""

from __future__ import annotations

import re
from functools import cache

_SOUNDS = [
    (re.compile(p), r)
    for p, r in (
        ("eau|au", "o"), ("ph", "f"), ("(?<=[aeiouy])s(?=[aeiouy])", "z"), ("gu(?=[eiy])", "g"), ("g(?=[eiy])", "j"),
        ("sch|sh|ch", "x"), ("qu|ck|kh|c(?![eiy])|q", "k"), ("c(?=[eiy])", "s"), ("dj", "j"), ("ou|w|oo", "u"),
        ("ai|ei|ae|oe|ay|ey", "e"), ("y", "i"), ("h", ""), ("e(?=[mn](?![aeiou]))", "a"), ("(.)\\1+", "\\1"),
        ("(?<=..)(?:es|e|s|t|d|x|z)$", ""),
    )
]  # fmt: skip


@cache
def sound(fold: str) -> str:
    """A key that spellings of one French sound share: « gomis » and « gaumis », « kouassi » and « couassi »."""
    for pattern, replacement in _SOUNDS:
        fold = pattern.sub(replacement, fold)
    return fold


def near(one: str, other: str) -> bool:
    """Whether one letter was added, dropped, changed or swapped with its neighbour; the first one being right."""
    if one == other:
        return True
    if abs(len(one) - len(other)) > 1 or min(len(one), len(other)) < 5 or one[0] != other[0]:
        return False
    start = 0
    while start < min(len(one), len(other)) and one[start] == other[start]:
        start += 1
    a, b = one[start:], other[start:]
    return a[1:] == b[1:] or a[1:] == b or a == b[1:] or (a[:2] == b[1::-1] and a[2:] == b[2:])
