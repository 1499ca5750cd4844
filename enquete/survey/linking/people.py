"""What the vault knows of somebody, as it is compared: names apart from their order, days of birth, telephones."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from enquete.tables import folded

# « El Khatib », « de Oliveira », « Ben Salah »: written or left out, joined or apart.
_PARTICLES = set(
    re.findall(
        r"\w+", "de du des d la le les l el al ul ben bin ibn ould aît ait da do dos das van von den der ter e y"
    )
)
_CIVILITIES = set(re.findall(r"\w+", "m mr mme mlle monsieur madame mademoiselle dr"))
_GIVEN = re.compile(r"prenom|first ?name|given")
_NAME = re.compile(r"nom|name|patronyme")
_OF_OTHERS = re.compile(
    r"enqu|interv|interpr|cherch|conjoint|mere|pere|enfant|recrut|relais|employ|fichier|association"
)
_BIRTH = re.compile(r"naissance|\bne(?:e)?\b|ddn|birth|\bdob\b")
_NOT_BIRTH_DAY = re.compile(r"nom|name|lieu|pays|ville|commune|place")
_FIGURES = 9  # of a French number, without what stands before


@dataclass(frozen=True, slots=True)
class Birth:
    """A day of birth, or what is known of it."""

    year: int
    month: int | None = None
    day: int | None = None


@dataclass(frozen=True, slots=True)
class Names:
    """Folded words, particles left out. sure: which are given names and which family names is told by the columns."""

    given: tuple[str, ...] = ()
    family: tuple[str, ...] = ()
    sure: bool = True

    def __bool__(self) -> bool:
        return bool(self.given or self.family)


@dataclass(frozen=True, slots=True)
class KnownPerson:
    """waves: those in which they were met. names: one for each way of writing them."""

    code: str
    waves: frozenset[str]
    names: tuple[Names, ...] = ()
    births: frozenset[Birth] = frozenset()
    phones: frozenset[str] = frozenset()

    @property
    def known(self) -> bool:
        return bool(self.names or self.births or self.phones)


def known_person(
    code: str, waves: Collection[str], identity: Mapping[str, str], contacts: Iterable[Mapping[str, str]]
) -> KnownPerson:
    """identity: names by column; contacts: by column, of each wave."""
    cells = [(folded(column), value) for found in (identity, *contacts) for column, value in found.items() if value]
    cells = [(column, value) for column, value in cells if not _OF_OTHERS.search(column)]
    names = _names([(column, value) for column, value in cells if _NAME.search(column)])
    births = {birth for column, value in cells if _of_birth(column) and (birth := read_birth(value))}
    phones = {phone for _, value in cells for phone in read_phones(value)}
    return KnownPerson(code, frozenset(waves), names, frozenset(births), frozenset(phones))


def _of_birth(column: str) -> bool:
    return bool(_BIRTH.search(column)) and not _NOT_BIRTH_DAY.search(column)


def _names(cells: Iterable[tuple[str, str]]) -> tuple[Names, ...]:
    """« Nom », « Nom d'usage », « Prénom »; « Nom et prénom » may be read in either order."""
    given: list[str] = []
    families: list[tuple[str, ...]] = []
    whole: list[tuple[str, ...]] = []
    for column, value in cells:
        words = name_words(value)
        first, family = bool(_GIVEN.search(column)), bool(_NAME.search(_GIVEN.sub("", column)))
        if first and family:
            whole.append(words)
        elif first:
            given += words
        elif len(words) > 1 and not any(_GIVEN.search(other) for other, _ in cells):
            whole.append(words)
        else:
            families.append(words)
    found = [Names(tuple(given), family) for family in families] or ([Names(tuple(given))] if given else [])
    found += [Names(w[:1], w[1:], sure=False) for w in whole] + [Names(w[-1:], w[:-1], sure=False) for w in whole if w]
    return tuple(dict.fromkeys(names for names in found if names))


def name_words(value: str) -> tuple[str, ...]:
    """« EL-KHATIB (née Benali) » is khatib, benali; a name that is all particles keeps them."""
    words = [word for word in re.findall(r"[^\W\d_]+", folded(value)) if word not in _CIVILITIES | {"nee", "epouse"}]
    return tuple(word for word in words if word not in _PARTICLES) or tuple(words)


_DAY = re.compile(r"(\d{1,2})[\s./-]+(\d{1,2})[\s./-]+(\d{4}|\d{2})")
_ISO = re.compile(r"(\d{4})[\s./-]+(\d{1,2})[\s./-]+(\d{1,2})")
_MONTHS = ("jan", "fev", "mar", "avr", "mai", "juin", "juil", "aou", "sep", "oct", "nov", "dec")
_NEWEST = 30  # « 04 » is 2004, « 54 » is 1954


def read_birth(value: str) -> Birth | None:
    """« 12/03/1984 », « 1984-03-12 », « 12 mars 1984 », « 1984 »; None for anything else. No order is guessed: day and
    month exchanged are compared, not mended.
    """
    text = folded(value)
    for number, month in enumerate(_MONTHS, 1):
        text = re.sub(rf"\b{month}[a-z]*\b", str(number), text)
    if found := _ISO.fullmatch(text):
        return _birth(int(found[1]), int(found[2]), int(found[3]))
    if found := _DAY.fullmatch(text):
        year = int(found[3])
        return _birth(year + (1900 if year > _NEWEST else 2000) if year < 100 else year, int(found[2]), int(found[1]))
    found = re.fullmatch(r"(?:en )?((?:19|20)\d\d)", text)
    return Birth(int(found[1])) if found else None


def _birth(year: int, month: int, day: int) -> Birth | None:
    if month > 12 >= day:
        month, day = day, month
    return Birth(year, month, day) if 1 <= month <= 12 and 1 <= day <= 31 and 1900 <= year <= 2100 else None


def read_phones(value: str) -> list[str]:
    """The last nine figures of each number: « +33 6 12… » is « 06 12… »."""
    found = (re.sub(r"\D", "", number) for number in re.findall(r"\+?\d(?:[\s().-]*\d){8,13}", value))
    return [figures[-_FIGURES:] for figures in found if len(figures) >= _FIGURES]
