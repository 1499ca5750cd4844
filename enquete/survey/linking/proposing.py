"""Scores of pairs of people, best first.

Each thing compared adds a weight: log2 of how much oftener two records of one person agree so than two people's do
(Fellegi & Sunter 1969, JASA 64, 1183-1210). The chances below are set by hand, for names of many origins written
down by ear: they are not estimated from the study, which is too small for it. Names are compared by Jaro-Winkler
(Winkler 1990). The sum gives the chance that the pair is one person, if one person of the study in all the others is.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations
from typing import NamedTuple

from enquete.survey.linking.people import Birth, KnownPerson, Names
from enquete.survey.linking.similarity import jaro_winkler, sound

LEAST = 0.5  # below, a pair is not proposed
LEAST_WEIGHT = 7.0  # bits: nor is one of which a name alone agrees, however few people there are
_CLOSE = 0.9  # of Jaro-Winkler
_SHORT = 3  # letters of a short form


class _Chance(NamedTuple):
    """Of agreeing so: for two records of one person, for records of two people."""

    one: float
    two: float

    @property
    def weight(self) -> float:
        return math.log2(self.one / self.two)


@dataclass(frozen=True, slots=True)
class Evidence:
    """What was compared, in French, without any name; its weight, in bits."""

    why: str
    weight: float


@dataclass(frozen=True, slots=True)
class Link:
    """Two codes that may be one person. first: the one met before. chance: 0 to 1."""

    first: str
    second: str
    chance: float
    evidence: tuple[Evidence, ...]


_SAME_GIVEN = "même prénom"
_OTHER_GIVEN = "prénoms différents"
_SAME_FAMILY = "même nom"
_GIVEN = {
    _SAME_GIVEN: _Chance(0.72, 0.015),
    "prénoms écrits autrement": _Chance(0.15, 0.01),
    "prénom abrégé": _Chance(0.05, 0.008),
    "même initiale du prénom": _Chance(0.05, 0.06),
    _OTHER_GIVEN: _Chance(0.01, 0.9),
}
_FAMILY = {
    _SAME_FAMILY: _Chance(0.68, 0.008),
    "noms écrits autrement": _Chance(0.14, 0.006),
    "un nom en commun sur plusieurs": _Chance(0.07, 0.008),
    "même initiale du nom": _Chance(0.03, 0.06),
    "noms différents (mariage ?)": _Chance(0.08, 0.92),
}
_BIRTHS = {
    "même date de naissance": _Chance(0.85, 0.0001),
    "jour et mois de naissance échangés": _Chance(0.02, 0.0001),
    "même année de naissance, seule connue": _Chance(0.9, 0.025),
    "dates de naissance à un chiffre près": _Chance(0.05, 0.003),
    "même année de naissance": _Chance(0.03, 0.025),
    "dates de naissance différentes": _Chance(0.03, 0.97),
}
_PHONES = {"même téléphone": _Chance(0.6, 0.0005), "téléphones différents": _Chance(0.4, 0.9995)}


def propose(people: Sequence[KnownPerson], apart: Collection[frozenset[str]] = ()) -> list[Link]:
    """Pairs of people that may be one, best first: never two met in the same wave, nor two told apart (codes)."""
    known = sorted((person for person in people if person.known), key=_order)
    count = Counter(word for person in known for word in {w for n in person.names for w in (*n.given, *n.family)})
    odds = 1 / max(len(known) - 1, 1)
    found = []
    for one, other in _near_pairs(known):
        if one.waves & other.waves or frozenset((one.code, other.code)) in apart:
            continue
        # Of the others: a name that both bear and nobody else says most.
        evidence = _of_relatives(list(_compare(one, other, lambda word: max(count[word] - 2, 0) / len(known))))
        ratio = odds * 2 ** _total(evidence)
        link = Link(one.code, other.code, ratio / (1 + ratio), evidence)
        if link.chance >= LEAST and _total(evidence) >= LEAST_WEIGHT:
            found.append(link)
    return sorted(found, key=lambda link: (-link.chance, link.first, link.second))


def _near_pairs(people: Sequence[KnownPerson]) -> Iterator[tuple[KnownPerson, KnownPerson]]:
    """Those that share at least the beginning or the sound of a name, a year of birth or a telephone: the others can't
    be one person for all that is known. In order of `people`.
    """
    groups: dict[object, list[int]] = defaultdict(list)
    for place, person in enumerate(people):
        for trait in _traits(person):
            groups[trait].append(place)
    pairs = {pair for places in groups.values() for pair in combinations(places, 2)}
    yield from ((people[one], people[other]) for one, other in sorted(pairs))


def _traits(person: KnownPerson) -> set[object]:
    words = {word for names in person.names for word in (*names.given, *names.family)}
    joined = {"".join(names.family) for names in person.names}
    heads = {word[:2] for word in words | joined} | {word[:1] for word in words if len(word) == 1}
    return {*heads, *((sound(word), 0) for word in words | joined), *(b.year for b in person.births), *person.phones}


def _of_relatives(evidence: Sequence[Evidence]) -> tuple[Evidence, ...]:
    """People of one household share a name and a telephone: where given names differ, these tell nothing."""
    if all(item.why != _OTHER_GIVEN for item in evidence):
        return tuple(evidence)
    shared = {*_FAMILY, *_PHONES}
    return tuple(Evidence(i.why, min(i.weight, 0.0)) if i.why in shared else i for i in evidence)


def _order(person: KnownPerson) -> tuple[list[str], str]:
    return sorted(person.waves) or ["\uffff"], person.code


_Words = tuple[str, ...]
Share = Callable[[str], float]  # of the people of the study, who bear a word in their names


def _compare(one: KnownPerson, other: KnownPerson, share: Share) -> Iterator[Evidence]:
    if one.names and other.names:
        readings = [_name_evidence(mine, theirs, share) for mine in one.names for theirs in other.names]
        yield from max(readings, key=_total)
    if one.births and other.births:
        yield max((_birth_evidence(a, b) for a in one.births for b in other.births), key=lambda item: item.weight)
    if one.phones and other.phones:
        why = "même téléphone" if one.phones & other.phones else "téléphones différents"
        yield Evidence(why, _PHONES[why].weight)


def _total(evidence: Sequence[Evidence]) -> float:
    return sum(item.weight for item in evidence)


def _name_evidence(mine: Names, theirs: Names, share: Share) -> list[Evidence]:
    """As the columns say, or with given and family names exchanged, whichever is more alike."""
    straight = _both(mine.given, theirs.given, mine.family, theirs.family, share)
    turned = _both(mine.given, theirs.family, mine.family, theirs.given, share)
    if _total(turned) <= _total(straight) + 1:
        return straight
    return turned if not (mine.sure and theirs.sure) else [*turned, Evidence("nom et prénom intervertis", -1.0)]


def _both(given: _Words, other_given: _Words, family: _Words, other_family: _Words, share: Share) -> list[Evidence]:
    found = []
    if given and other_given:
        found.append(_weighed(_given_level(given, other_given), _GIVEN, _SAME_GIVEN, {*given} & {*other_given}, share))
    if family and other_family:
        level = _family_level(family, other_family)
        found.append(_weighed(level, _FAMILY, _SAME_FAMILY, {*family} & {*other_family}, share))
    return found


def _weighed(level: str, chances: dict[str, _Chance], same: str, common: Collection[str], share: Share) -> Evidence:
    """A name that many people of the study bear says less."""
    chance = chances[level]
    if level == same:
        rarest = min((share(word) for word in common), default=0.0)
        chance = _Chance(chance.one, max(chance.two, min(rarest, 0.5)))
    return Evidence(level, chance.weight)


@lru_cache(maxsize=1 << 14)  # the same words meet again and again
def _given_level(mine: _Words, theirs: _Words) -> str:
    pairs = [(a, b) for a in mine for b in theirs]
    if any(a == b and len(a) > 1 for a, b in pairs) or "".join(mine) == "".join(theirs):
        return _SAME_GIVEN
    if any(_shortened(a, b) for a, b in pairs):
        return "prénom abrégé"
    if any(_spelled(a, b) for a, b in pairs):
        return "prénoms écrits autrement"
    if any(a[0] == b[0] and 1 in (len(a), len(b)) for a, b in pairs):
        return "même initiale du prénom"
    return _OTHER_GIVEN


@lru_cache(maxsize=1 << 14)
def _family_level(mine: _Words, theirs: _Words) -> str:
    if sorted(mine) == sorted(theirs) or "".join(mine) == "".join(theirs):
        return _SAME_FAMILY
    if {*mine} & {*theirs}:
        return "un nom en commun sur plusieurs"
    if any(_spelled(a, b) for a in mine for b in theirs) or _spelled("".join(mine), "".join(theirs)):
        return "noms écrits autrement"
    if any(a[0] == b[0] and 1 in (len(a), len(b)) for a in mine for b in theirs):
        return "même initiale du nom"
    return "noms différents (mariage ?)"


@lru_cache(maxsize=1 << 16)
def _spelled(one: str, other: str) -> bool:
    """Two spellings of one name."""
    if min(len(one), len(other)) < _SHORT:
        return False
    return jaro_winkler(one, other) >= _CLOSE or (len(sound(one)) > 2 and sound(one) == sound(other))


def _shortened(one: str, other: str) -> bool:
    """« Fatou » is a short form of « Fatoumata »; « Momo », « Titi » are not known."""
    short, long = sorted((one, other), key=len)
    return len(short) >= _SHORT and len(long) > len(short) + 1 and long.startswith(short)


def _birth_evidence(one: Birth, other: Birth) -> Evidence:
    why = _birth_level(one, other)
    return Evidence(why, _BIRTHS[why].weight)


def _birth_level(one: Birth, other: Birth) -> str:
    if one.month is None or other.month is None:
        return "même année de naissance, seule connue" if one.year == other.year else "dates de naissance différentes"
    if one == other:
        return "même date de naissance"
    if one.year == other.year and (one.month, one.day) == (other.day, other.month):
        return "jour et mois de naissance échangés"
    if sum((one.year != other.year, one.month != other.month, one.day != other.day)) == 1 and _near(one, other):
        return "dates de naissance à un chiffre près"
    return "même année de naissance" if one.year == other.year else "dates de naissance différentes"


def _near(one: Birth, other: Birth) -> bool:
    """One figure differs, as a slip does."""
    mine, theirs = (f"{b.year:04d}{b.month:02d}{b.day:02d}" for b in (one, other))
    return sum(a != b for a, b in zip(mine, theirs, strict=True)) == 1
