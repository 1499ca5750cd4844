"""Dates of birth: « née le 3 mai 1961 », « je suis de soixante-sept ». Dates of events stay readable."""

from __future__ import annotations

import re
from collections.abc import Iterator

from enquete.model import IdentifierType
from enquete.pseudonyms.found import Found
from enquete.pseudonyms.grammar import DAYS_AND_MONTHS, word_set
from enquete.pseudonyms.numbers import number_at
from enquete.pseudonyms.tokens import Tokens

_T = IdentifierType
MONTHS = DAYS_AND_MONTHS - word_set("lundi mardi mercredi jeudi vendredi samedi dimanche")
_DATE = re.compile(
    r"(?<![\w/.\-])\d{1,2}\s?[/.\-]\s?\d{1,2}\s?[/.\-]\s?(?:19|20)?\d{2}(?![\w/])|(?<![\w/])(?:19|"
    r"20)\d\d-\d\d-\d\d(?!\w)|(?<![\w,.])\d{1,2} \d{1,2} (?:19|20)\d\d(?!\w)"
)
_STUCK = re.compile(r"(?<!\w)(?:[0-3]\d[01]\d(?:19|20)\d\d|(?:19|20)\d\d[01]\d[0-3]\d)(?!\w)")
BIRTH = {"ne", "nee", "nes", "nees", "nait", "naissance", "naissances", "accouche", "naquit", "anniversaire", "ddn"}
_REACH = 14  # words between « né » and the date
_BEFORE_A_YEAR = word_set("en annee fin debut courant vers hiver ete printemps automne presume presumee")
_FAMILY = word_set(
    """
    fils fille frere soeur mari femme pere mere enfant enfants aine ainee cadet cadette petit petite grand grande
    dernier derniere premier premiere jumeaux jumelles bebe garcon deuxieme second seconde
    """
)
_SPOKEN_OF = _FAMILY | word_set("je j il elle tu moi lui")
_A = {"un", "une"}  # « né un mardi »
_IS = word_set("suis est chuis suit es sont etait")
_COUNTED = word_set("ans an euros euro heures h minutes mois jours pour personnes metres pages kilos degres cent mille")


def find(tokens: Tokens) -> Iterator[Found]:
    """Every date of birth."""
    folds = tokens.folds
    for index, word in enumerate(folds):
        if word in BIRTH and not (word == "ne" and not _born(tokens, index)):
            yield from _date_after(tokens, index)
            yield from _year_before(tokens, index)
        elif word in _IS and folds[index + 1 : index + 2] in (["du"], ["de"], ["d"]):
            yield from _date_of_being(tokens, index)
        elif word == "de" and index and folds[index - 1] in _FAMILY:
            yield from _year_after_de(tokens, index, least=1930)
        elif word == "classe":
            yield from _year_after_de(tokens, index, least=30)
    if any(w in BIRTH for w in folds):
        for m in _DATE.finditer(tokens.text):
            yield Found(*m.span(), _T.BIRTH_DATE, 0.95, "date en chiffres, près de « né » ou « naissance »")
        for m in _STUCK.finditer(tokens.text):
            yield Found(*m.span(), _T.BIRTH_DATE, 0.9, "date collée, près de « naissance »")


def _date_of_being(tokens: Tokens, index: int) -> Iterator[Found]:
    """« je suis du 12 mars 71 », « elle est de mars 82 », « il est de 84 »; « je suis du 12 mars » as well."""
    folds = tokens.folds
    own = folds[index] in {"suis", "chuis"}
    found = _date_at(tokens, index + 2, year_needed=not own)
    if found is not None:
        yield Found(*found, _T.BIRTH_DATE, 0.85, "date, après « je suis du »")
    elif folds[index + 1] == "de" and (
        folds[index] == "chuis" or (folds[index - 1 : index] and folds[index - 1] in _SPOKEN_OF)
    ):
        yield from _year_after_de(tokens, index + 1, least=30)


def _year_after_de(tokens: Tokens, index: int, *, least: int) -> Iterator[Found]:
    """The year just after `index`, as people give a generation: « je suis de 63 », « la classe 71 »."""
    folds = tokens.folds
    date = _date_at(tokens, index + 1, year_needed=True)
    if date is not None:
        yield Found(*date, _T.BIRTH_DATE, 0.8, "date, après une personne et « de »")
        return
    said = number_at(folds, index + 1) if index + 1 < len(folds) else None
    year = said is not None and (least <= said.value <= 99 or 1930 <= said.value <= 2025)
    if said is not None and year and _then(folds, said.last) not in _COUNTED:
        yield Found(*tokens.span(index + 1, said.last - 1), _T.BIRTH_DATE, 0.75, "année, dite comme une génération")


def _year_before(tokens: Tokens, index: int) -> Iterator[Found]:
    """« 1957, née à Oran »."""
    before = tokens.folds[index - 1] if index else ""
    if len(before) == 4 and before.isdigit() and before.startswith("19") and "," in tokens.gaps[index]:
        yield Found(*tokens.span(index - 1, index - 1), _T.BIRTH_DATE, 0.8, "année, devant « né »")


def _born(tokens: Tokens, index: int) -> bool:
    """« né » is not the « ne » of a negation."""
    return tokens.words[index].lower() == "né" or (
        index > 0 and tokens.folds[index - 1] in {"suis", "chuis", "est", "etait", "etais", "es"}
    )


def _date_after(tokens: Tokens, index: int) -> Iterator[Found]:
    folds = tokens.folds
    for at in range(index + 1, min(len(folds), index + 1 + _REACH)):
        if tokens.initial[at] and at > index + 3 and folds[at] not in {"le", "en"} and not folds[at].isdigit():
            return
        found = _date_at(tokens, at, year_needed=False)
        if found is not None:
            yield Found(*found, _T.BIRTH_DATE, 0.95, f"date, après « {tokens.words[index].lower()} »")
            return
        full = len(folds[at]) == 4 and folds[at].startswith("19")
        straight = at == index + 1 and tokens.gaps[at] == " " and folds[index] in {"ne", "nee"} and folds[at] not in _A
        if folds[at - 1] in _BEFORE_A_YEAR or folds[at] == "mil" or full or straight:
            said = number_at(folds, at)
            if said is not None and _is_year(said.value) and _then(folds, said.last) not in _COUNTED:
                yield Found(*tokens.span(at, said.last - 1), _T.BIRTH_DATE, 0.9, "année, après « né en »")
                for after in range(said.last, min(len(folds), said.last + 3)):  # « en quarante-neuf, le 12 novembre »
                    if (day := _date_at(tokens, after, year_needed=False)) is not None and folds[after - 1] == "le":
                        yield Found(*day, _T.BIRTH_DATE, 0.9, "jour, après l'année de naissance")
                return


def _is_year(value: int) -> bool:
    return 1915 <= value <= 2030 or 0 <= value <= 99


def _then(folds: list[str], index: int) -> str:
    return folds[index] if index < len(folds) else ""


def _date_at(tokens: Tokens, index: int, *, year_needed: bool) -> tuple[int, int] | None:
    """« 9 février 1978 », « vingt-deux octobre soixante-six », « 8 décembre, en 52 », « mars 90 », « 3 mai »."""
    folds = tokens.folds
    if index >= len(folds):
        return None
    day = number_at(folds, index)
    month = index
    if folds[index] in {"premier", "1er"}:
        month = index + 1
    elif day is not None and 1 <= day.value <= 31:
        month = day.last + (_then(folds, day.last) == "er")
        figures = number_at(folds, month + 1) if _then(folds, month) == "du" and month + 1 < len(folds) else None
        if figures is not None and 1 <= figures.value <= 12:  # « le 7 du 4 81 »
            year = number_at(folds, figures.last) if figures.last < len(folds) else None
            if year is not None and _is_year(year.value) and _then(folds, year.last) not in _COUNTED:
                return tokens.span(index, year.last - 1)
    if _then(folds, month) not in MONTHS:
        return None
    last, year_at = month, month + 1
    if _then(folds, year_at) in {"en", "de"}:
        year_at += 1
        if _then(folds, year_at) == "l":
            year_at += 2
    year = number_at(folds, year_at) if year_at < len(folds) else None
    nineteen = year is not None and year.value == 19
    if nineteen and year is not None and year.last < len(folds):
        tail = number_at(folds, year.last)
        year = tail if tail is not None and tail.value < 100 else year
    if year is not None and _is_year(year.value) and _then(folds, year.last) not in _COUNTED:
        last = year.last - 1
    elif year_needed:
        return None
    return tokens.span(index, last)
