"""Chooses what stands for a name, by keyed hash: the same whatever the order in which files are imported."""

from __future__ import annotations

import hashlib
import hmac
import itertools
from collections.abc import Callable, Sequence
from functools import cache

from enquete.pseudonyms import words
from enquete.pseudonyms.words import fold

_FAVOUR = 150  # rank within a decade up to which a first name is common enough to tell nothing
_SURNAMES = 1_200
_DEFAULT_DECADE = 1971


def key(secret: bytes, *parts: str) -> str:
    """An opaque key, the same for the same parts in one study."""
    return hmac.new(secret, "\x1f".join(parts).encode(), hashlib.sha256).hexdigest()[:16]


def form_key(secret: bytes, form: str) -> str:
    """What the database keeps of replaced words: whoever holds the vault can tell which they are, nobody else."""
    return key(secret, "form", form)


def first_name(real: str, sex: str, secret: bytes, group: str, taken: Callable[[str], bool]) -> str:
    """Another first name of the same sex and period. real: folded. taken(folded): whether a name can't be used."""
    row = words.load().first_names.get(real)
    sex = sex or (row.sex if row else "x")
    decade = row.decade if row and row.decade else _DEFAULT_DECADE
    for width in (0, 10, 20, 130):
        pool = [n for d in range(decade - width, decade + width + 10, 10) for n in _first_names(sex, d)]
        chosen = _first_free(pool, secret, ("first", group, real), taken)
        if chosen:
            return chosen
    return "[prénom]"


def surname(real: str, secret: bytes, group: str, taken: Callable[[str], bool]) -> str:
    """Another surname, among the frequent ones that are neither words nor first names."""
    return _first_free(_surnames(), secret, ("last", group, real), taken) or "[nom]"


def _first_free(pool: Sequence[str], secret: bytes, parts: tuple[str, ...], taken: Callable[[str], bool]) -> str:
    """The first free name from a place that the hash tells: taking other names away rarely changes the choice."""
    if not pool:
        return ""
    start = int(key(secret, *parts), 16) % len(pool)
    for name in itertools.chain(itertools.islice(pool, start, None), itertools.islice(pool, start)):
        if fold(name) != parts[-1] and not taken(fold(name)):
            return name
    return ""


@cache
def _first_names(sex: str, decade: int) -> tuple[str, ...]:
    lists = words.load()
    return tuple(
        row.name
        for row in lists.first_names.values()
        if row.decade == decade
        and row.rank < _FAVOUR
        and (row.sex == sex or (sex in {"", "x"} and row.sex == "x"))
        and "-" not in row.name
        and not lists.is_word(row.name)
    )


@cache
def _surnames() -> tuple[str, ...]:
    lists = words.load()
    frequent = [
        n for n, rank in lists.surnames.items() if rank < _SURNAMES and " " not in n and n not in lists.first_names
    ]
    return tuple(lists.surname_forms[n] for n in frequent if not lists.is_word(n) and lists.communes.at([n], 0) is None)
