"""Ages of persons and dates of birth. Durations, thresholds, groups and dates of events stay readable."""

from __future__ import annotations

import re
from collections.abc import Iterator

from enquete.model import IdentifierType
from enquete.pseudonyms.found import Found
from enquete.pseudonyms.grammar import PERSONS
from enquete.pseudonyms.numbers import Said, number_at
from enquete.pseudonyms.tokens import Tokens

_T = IdentifierType
MONTHS = "janvier fevrier mars avril mai juin juillet aout septembre octobre novembre decembre".split()
_HAVE = {"ai", "a", "as", "avait", "avais", "aura", "aurai", "auras", "ont", "avons", "avez", "avaient", "aurait", "avoir", "ayant",
         "eu", "fait", "faisait", "fera", "fete", "feter", "fetait", "fetes"}  # fmt: skip
_AVOIR = _HAVE - {"fait", "faisait", "fera"}
_DURATION_BEFORE = {"pendant", "depuis", "durant", "dans", "en", "tous", "toutes", "chaque", "apres", "ca", "environ", "y", "par",
                    "pour", "sur", "derniers", "dernieres", "premieres", "premiers", "prochaines", "prochains", "plus", "moins",
                    "bout", "entre", "jusqu", "partir"}  # fmt: skip
_DURATION_AFTER = {"que", "chez", "comme", "sans", "durant", "plus", "apres", "avant", "avec", "dans", "ici", "en", "au", "aux", "la",
                   "ferme", "cuisinier"}  # fmt: skip
_AFTER_HAVE_DURATION = {"d", "de", "chez", "sans"}
_THRESHOLD = {
    "moins",
    "plus",
    "partir",
    "jusqu",
    "entre",
    "retraite",
    "majorite",
    "minimum",
    "maximum",
    "avant",
    "apres",
}
_NEAR_PERSON = PERSONS | {"ne", "nee", "age", "agee", "ages", "agees", "veuf", "veuve", "type", "mec", "meuf", "personne", "jeune", "vieux",
                          "vieille", "fillette", "ado", "adolescent", "adolescente", "eleve", "etudiant", "etudiante"}  # fmt: skip
_DATE = re.compile(
    r"(?<![\w/.\-])\d{1,2}\s?[/.\-]\s?\d{1,2}\s?[/.\-]\s?(?:19|20)?\d{2}(?![\w/])|(?<![\w/])(?:19|20)\d\d-\d\d-\d\d(?!\w)"
)
_STUCK = re.compile(r"(?<!\w)(?:[0-3]\d[01]\d(?:19|20)\d\d|(?:19|20)\d\d[01]\d[0-3]\d)(?!\w)")
_BIRTH = {"ne", "nee", "nes", "nees", "nait", "naissance", "naissances", "accouche", "naquit", "anniversaire"}
_REACH = 14  # words between « né » and the date


def find(tokens: Tokens) -> Iterator[Found]:
    """Dates of birth, then ages."""
    yield from _births(tokens)
    yield from _ages(tokens)


# --- dates of birth


def _births(tokens: Tokens) -> Iterator[Found]:
    folds = tokens.folds
    for index, word in enumerate(folds):
        if word in _BIRTH and not (word == "ne" and not _born(tokens, index)):
            yield from _date_after(tokens, index)
        elif word in {"suis", "est", "chuis", "suit"} and folds[index + 1 : index + 2] in (["du"], ["de"]):
            found = _date_at(tokens, index + 2, year_needed=True)
            if found is not None:
                yield Found(*found, _T.BIRTH_DATE, 0.85, "date complète, après « je suis du »")
    if any(w in _BIRTH for w in folds):
        for m in _DATE.finditer(tokens.text):
            yield Found(*m.span(), _T.BIRTH_DATE, 0.95, "date en chiffres, près de « né » ou « naissance »")
        for m in _STUCK.finditer(tokens.text):
            yield Found(*m.span(), _T.BIRTH_DATE, 0.9, "date collée, près de « naissance »")


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
        if folds[at - 1] in {"en", "annee", "fin", "debut"} or folds[at] in {"mil"}:
            said = number_at(folds, at)
            if said is not None and _is_year(said.value) and _then(folds, said.last) not in {"ans", "euros"}:
                yield Found(*tokens.span(at, said.last - 1), _T.BIRTH_DATE, 0.9, "année, après « né en »")
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
        month = day.last + (_then(folds, day.last) in {"er"})
    if _then(folds, month) not in MONTHS:
        return None
    last, year_at = month, month + 1
    if _then(folds, year_at) in {"en", "de"}:
        year_at += 1
        if _then(folds, year_at) in {"l"}:
            year_at += 2
    year: Said | None = number_at(folds, year_at) if year_at < len(folds) else None
    nineteen = year is not None and year.value == 19
    if nineteen and year is not None and year.last < len(folds):
        tail = number_at(folds, year.last)
        year = tail if tail is not None and tail.value < 100 else year
    if year is not None and _is_year(year.value) and _then(folds, year.last) not in {"ans", "euros", "heures", "h"}:
        last = year.last - 1
    elif year_needed:
        return None
    return tokens.span(index, last)


# --- ages


def _ages(tokens: Tokens) -> Iterator[Found]:
    folds = tokens.folds
    index = 0
    while index < len(folds):
        said = (
            number_at(folds, index)
            if folds[index] not in {"un", "une"} or _then(folds, index + 1) in {"an", "et"}
            else None
        )
        if said is None:
            index += 1
            continue
        why = _why_age(tokens, said)
        if why:
            yield Found(*_age_span(tokens, said), _T.AGE, 0.85, why)
        index = said.last


def _age_span(tokens: Tokens, said: Said) -> tuple[int, int]:
    last = said.last - 1
    if _then(tokens.folds, said.last) in {"ans", "an", "mois", "balais", "piges", "berges"}:
        last = said.last
        if tokens.folds[last + 1 : last + 3] == ["et", "demi"]:
            last += 2
    return tokens.span(said.first, last)


def _why_age(tokens: Tokens, said: Said) -> str:
    """The reason to read this number as somebody's age, or nothing."""
    folds, first = tokens.folds, said.first
    before = folds[max(0, first - 6) : first]
    last = before[-1] if before else ""
    unit = _then(folds, said.last)
    after = _then(folds, said.last + 1)
    if unit in {"balais", "piges", "berges"} and said.value < 110:
        return "âge, « balais »"
    if unit == "mois":
        return (
            "âge d'un enfant"
            if last in {"de", "a"} and {"bebe", "age", "agee", "enfant", "petit", "petite"} & set(before)
            else ""
        )
    if unit not in {"ans", "an"}:
        return _why_bare(tokens, said, before)
    if not 0 < said.value < 115 or _group(tokens, said, before):
        return ""
    if last in _AVOIR or (
        last in {"deja", "presque", "bientot", "environ", "seulement", "que", "qu", "juste"}
        and before[-2:-1]
        and before[-2] in _AVOIR
    ):
        if after in _AFTER_HAVE_DURATION or (last == "fait" and after == "que"):
            return ""
        if last == "a" and before[-2:-1] == ["y"]:
            return ""
        return "âge, après le verbe « avoir »"
    if {"age", "agee", "ages", "agees"} & set(before[-4:]):
        return "âge, après « âgé »"
    if last in {"mes", "tes", "ses", "vos"} and after not in {"de", "d"}:
        return "âge, après « mes »"
    if last in {"de", "d", "a", "vers"}:
        return _why_after_preposition(tokens, said, before)
    if after in {"passes", "revolus", "tout"} and last not in _DURATION_BEFORE:
        return "âge, « passés »"
    return _why_apposed(tokens, said, before)


def _group(tokens: Tokens, said: Said, before: list[str]) -> bool:
    """« les moins de 25 ans », « à partir de 60 ans », « les 18-25 ans », « la retraite à 64 ans »."""
    near = set(before[-4:])
    if {"moins", "partir", "jusqu", "entre", "retraite", "majorite"} & near:
        return True
    if before[-2:] in (["plus", "de"], ["avant", "les"]) or before[-1:] == ["les"]:
        return True
    return tokens.gaps[said.first].strip() in {"-", "–", "à"} and before[-1:] != [] and before[-1].isdigit()


def _why_after_preposition(tokens: Tokens, said: Said, before: list[str]) -> str:
    folds = tokens.folds
    after = _then(folds, said.last + 1)
    if before[-1] in {"de", "d"}:
        person = _NEAR_PERSON & set(before[-4:-1])
        return "âge, après un nom de personne" if person else ""
    if before[-2:-1] and before[-2] in {"condamne", "an", "ans", "limite"}:
        return ""
    return "" if after in {"d", "de"} and _then(folds, said.last + 2) not in {"j"} else "âge, après « à »"


def _why_apposed(tokens: Tokens, said: Said, before: list[str]) -> str:
    """« mon fils Untel, vingt-trois ans, », « Quarante-six ans. »"""
    folds, first = tokens.folds, said.first
    end = said.last
    after_gap = tokens.gaps[end + 1] if end + 1 < len(folds) else tokens.text[tokens.ends[end] :]
    if folds[end + 1 : end + 3] == ["et", "demi"]:
        after_gap = tokens.gaps[end + 3] if end + 3 < len(folds) else tokens.text[tokens.ends[end + 2] :]
    closed = after_gap.strip()[:1] in {",", ".", ";", ")", "!", "?", "…", ""} and (
        after_gap.strip() != "" or end + 1 >= len(folds)
    )
    gap = tokens.gaps[first]
    if not closed or (before and before[-1] in _DURATION_BEFORE):
        return ""
    named = first > 0 and tokens.capital[first - 1] > 0 and not tokens.initial[first - 1]
    if "," in gap or "(" in gap:
        if _said_of_work(tokens, said):
            return ""
        window = set(before[-5:])
        if _NEAR_PERSON & window or named or (first > 0 and tokens.capital[first - 1] > 0):
            return "âge, en apposition à une personne"
        return ""
    if tokens.initial[first] and said.value > 14 and (first == 0 or "." in gap):
        return "âge, dit seul"
    return ""


def _said_of_work(tokens: Tokens, said: Said) -> bool:
    """« neuf ans chez Untel, neuf ans » : the same number was a duration just before."""
    words = tokens.folds[said.first : said.last + 1]
    before = tokens.folds[max(0, said.first - 12) : said.first]
    return any(before[i : i + len(words)] == words for i in range(len(before)))


def _why_bare(tokens: Tokens, said: Said, before: list[str]) -> str:
    """« mes 59 », « Donc cinquante-huit. » after a date of birth."""
    folds = tokens.folds
    after = _then(folds, said.last)
    if not 3 <= said.value < 110:
        return ""
    if before[-1:] in (["mes"], ["ses"], ["tes"]) and (
        {"fete", "eu", "feter", "fetait", "passe", "aurai", "pris"} & set(before)
        and after in {"", "le", "la", "en", "hier", "cette", "ce", "au", "et"}
    ):
        return "âge, après « mes »"
    if (
        before[-1:] in (["donc"], ["ai"])
        and _BIRTH & set(folds[max(0, said.first - 30) : said.first])
        and after != "enfants"
    ):
        gap = tokens.gaps[said.last] if said.last < len(folds) else ""
        if gap.strip()[:1] in {".", ",", "!", "?", ""} and gap != " ":
            return "âge, après une date de naissance"
    return ""
