"""Chooses what stands for a name, by keyed hash: the same whatever the order in which files are imported."""

from __future__ import annotations

import hashlib
import hmac
import itertools
from collections.abc import Callable, Sequence
from functools import cache

from enquete.pseudonyms import words
from enquete.pseudonyms.registers import FRANCE, LAST, home_of, listed, register
from enquete.pseudonyms.words import fold

_FAVOUR = 150  # rank within a decade up to which a first name is common enough to tell nothing
_SURNAMES = 1_200
_DEFAULT_DECADE = 1971
_ANY_FRENCH = ("", FRANCE, f"{FRANCE}/common")  # the official lists are long enough for these
_ENOUGH = 12  # names of an area and a period
_TOWN = 1_500  # inhabitants from which a commune's name would mislead


def key(secret: bytes, *parts: str) -> str:
    """An opaque key, the same for the same parts in one study."""
    return hmac.new(secret, "\x1f".join(parts).encode(), hashlib.sha256).hexdigest()[:16]


def form_key(secret: bytes, form: str) -> str:
    """What the database keeps of replaced words: whoever holds the vault can tell which they are, nobody else."""
    return key(secret, "form", form)


def first_name(
    real: str, sex: str, secret: bytes, group: str, taken: Callable[[str], bool], *, same_register: bool = False
) -> str:
    """Another first name of the same sex and period. real: folded. taken(folded): whether a name can't be used.

    same_register: and of the same area, where that can be told and a name of it is free.
    """
    row = words.load().first_names.get(real)
    area = register(real, surname=False) if same_register else ""
    sex = sex or (row.sex if row else "") or _listed_sex(real, area) or "x"
    decade = row.decade if row and row.decade else _DEFAULT_DECADE
    for home in _wider(area):
        for width in (0, 10, 20, 130):
            decades = range(decade - width, decade + width + 10, 10)
            pool = [name for d in decades for name in _first_names(sex, d, home)]
            # A short list is no choice: « Rachid » would be « Karim » in every interview.
            if home not in _ANY_FRENCH and len(pool) < _ENOUGH and width < 130:
                continue
            chosen = _first_free(pool, secret, ("first", group, real), taken)
            if chosen:
                return chosen
    return "[prénom]"


def surname(real: str, secret: bytes, group: str, taken: Callable[[str], bool], *, same_register: bool = False) -> str:
    """Another surname, among the frequent ones that are neither words nor first names."""
    area = register(real, surname=True) if same_register else ""
    for home in _wider(area):
        chosen = _first_free(_surnames(home), secret, ("last", group, real), taken)
        if chosen:
            return chosen
    return "[nom]"


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
def _first_names(sex: str, decade: int, area: str) -> tuple[str, ...]:
    """Those of a decade that may be given. area: of one area only, « » for any."""
    lists = words.load()
    if area not in _ANY_FRENCH:
        return tuple(
            name for name in _of_area(area, sex) if _decade(name) == decade and _plain(name) and not _is_town(name)
        )
    return tuple(
        row.name
        for row in lists.first_names.values()
        if row.decade == decade
        and row.rank < _FAVOUR
        and (row.sex == sex or (sex in {"", "x"} and row.sex == "x"))
        and _plain(row.name)
        and not _is_town(row.name)
        and (not area or register(fold(row.name), surname=False).startswith(FRANCE))
    )


def _of_area(area: str, kind: str) -> list[str]:
    """The names of an area, or of one of its parts."""
    return [item.name for item in listed() if area in (item.area, home_of(item.area)) and item.kind == kind]


def _wider(area: str) -> tuple[str, ...]:
    """Where to look for a name, in this order: the area, the wider one that it is a part of, anywhere."""
    return tuple(dict.fromkeys((area, home_of(area), "")))


def _decade(name: str) -> int:
    """When most in favour; in the middle of the century for a name that the official list has not."""
    row = words.load().first_names.get(fold(name))
    return row.decade if row and row.decade else _DEFAULT_DECADE


def _plain(name: str) -> bool:
    """One word, that is no word of the language."""
    return "-" not in name and " " not in name and not words.load().is_word(name)


def _is_town(name: str) -> bool:
    lists = words.load()
    found = lists.communes.at([fold(name)], 0)
    return lists.towns.at([fold(name)], 0) is not None or (found is not None and found[1].people > _TOWN)


def _listed_sex(form: str, area: str) -> str:
    kinds = {item.kind for item in listed() if item.area == area and fold(item.name) == form and item.kind != LAST}
    return kinds.pop() if len(kinds) == 1 else ""


@cache
def _surnames(area: str) -> tuple[str, ...]:
    """area: of one area only, « » for any."""
    lists = words.load()
    if area not in _ANY_FRENCH:
        return tuple(name for name in _of_area(area, LAST) if _plain(name) and not _is_town(name))
    frequent = [
        n for n, rank in lists.surnames.items() if rank < _SURNAMES and " " not in n and n not in lists.first_names
    ]
    return tuple(
        lists.surname_forms[n]
        for n in frequent
        if not lists.is_word(n)
        and lists.communes.at([n], 0) is None
        and (not area or register(n, surname=True).startswith(FRANCE))
    )
