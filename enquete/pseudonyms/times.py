"""Ages of persons and dates of birth. Durations, thresholds, groups and dates of events stay readable."""

from __future__ import annotations

import re
from collections.abc import Iterator

from enquete.model import IdentifierType
from enquete.pseudonyms import words
from enquete.pseudonyms.found import Found
from enquete.pseudonyms.grammar import KIN_WORDS, PERSONS, word_set
from enquete.pseudonyms.numbers import Said, number_at
from enquete.pseudonyms.tokens import Tokens

_T = IdentifierType
MONTHS = word_set("janvier fevrier mars avril mai juin juillet aout septembre octobre novembre decembre")
_HAVE = word_set(
    """
    ai a as avait avais aura aurai auras ont avons avez avaient aurait avoir ayant eu fait faisait fera fete feter
    fetait fetes
    """
)
_AVOIR = _HAVE - {"fait", "faisait", "fera"}
_DURATION_BEFORE = word_set(
    """
    pendant depuis durant dans en tous toutes chaque apres ca environ y par pour sur derniers dernieres premieres
    premiers prochaines prochains plus moins bout entre jusqu partir
    """
)
_DURATION_AFTER = word_set(
    """
    que chez comme sans durant plus apres avant avec dans ici en au aux la ferme cuisinier
    """
)
_OF_WORK = {"d", "de", "chez", "sans", "que"}
_UNITS = {"ans", "an", "mois", "balais", "piges", "berges"}
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
_NEAR_PERSON = (
    PERSONS
    | KIN_WORDS
    | word_set(
        """
    ne nee age agee ages agees veuf veuve type mec meuf personne jeune vieux vieille fillette ado adolescent
    adolescente eleve etudiant etudiante
    """
    )
)
_DATE = re.compile(
    r"(?<![\w/.\-])\d{1,2}\s?[/.\-]\s?\d{1,2}\s?[/.\-]\s?(?:19|20)?\d{2}(?![\w/])|(?<![\w/])(?:19|"
    r"20)\d\d-\d\d-\d\d(?!\w)"
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
        full = len(folds[at]) == 4 and folds[at].startswith("19")
        if folds[at - 1] in {"en", "annee", "fin", "debut"} or folds[at] == "mil" or full:
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
        month = day.last + (_then(folds, day.last) == "er")
    if _then(folds, month) not in MONTHS:
        return None
    last, year_at = month, month + 1
    if _then(folds, year_at) in {"en", "de"}:
        year_at += 1
        if _then(folds, year_at) == "l":
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
    known: set[int] = set()
    for said in tokens.numbers:
        if tokens.folds[said.first] in {"un", "une"} and said.value == 1 and _then(tokens.folds, said.last) != "an":
            continue
        why = _why_age(tokens, said)
        if not why and said.value in known and said.value > 12 and _bare(tokens, said):
            why = "âge, redit"
        if why:
            known.add(said.value)
            yield Found(*_age_span(tokens, said), _T.AGE, 0.85, why)


def _age_span(tokens: Tokens, said: Said) -> tuple[int, int]:
    return tokens.span(said.first, _age_end(tokens, said))


def _age_end(tokens: Tokens, said: Said) -> int:
    """The last word: « trois ans et demi »."""
    last = said.last - 1
    if _then(tokens.folds, said.last) in _UNITS:
        last = said.last
        if tokens.folds[last + 1 : last + 3] == ["et", "demi"]:
            last += 2
    return last


def _closed(tokens: Tokens, last: int) -> bool:
    """Whether the sentence or a part of it ends after word `last`, « environ » and the like aside."""
    while _then(tokens.folds, last + 1) in {"environ", "passes", "bientot", "oui", "maintenant"}:
        last += 1
    gap = tokens.gaps[last + 1] if last + 1 < len(tokens) else tokens.text[tokens.ends[last] :] or "."
    return gap.strip()[:1] in set(",.;)!?…–—") and gap.strip() != ""


def _bare(tokens: Tokens, said: Said) -> bool:
    """A number with no unit after it: the sentence goes on or ends."""
    return _closed(tokens, said.last - 1)


def _why_age(tokens: Tokens, said: Said) -> str:
    """The reason to read this number as somebody's age, or nothing."""
    folds, first = tokens.folds, said.first
    before = folds[max(0, first - 6) : first]
    last, unit = before[-1] if before else "", _then(folds, said.last)
    if unit in {"balais", "piges", "berges"} and said.value < 110:
        return "âge, « balais »"
    if unit == "mois":
        child = last in {"de", "a"} and {"bebe", "age", "agee", "enfant", "petit", "petite"} & set(before)
        return "âge d'un enfant" if child else ""
    if unit not in {"ans", "an"}:
        return _why_bare(tokens, said, before)
    if not 0 < said.value < 115 or _group(tokens, said, before):
        return ""
    if _has_age(tokens, said, before):
        return "âge, après le verbe « avoir »"
    if {"age", "agee", "ages", "agees"} & set(before[-4:]):
        return "âge, après « âgé »"
    if last in {"mes", "tes", "ses", "vos"} and _then(folds, said.last + 1) not in {"de", "d"}:
        return "âge, après « mes »"
    # « à » and « a » fold alike: « il y a vingt ans » is no age.
    if last in {"de", "d", "vers"} or (last == "a" and tokens.words[first - 1] in {"à", "À", "A"}):
        return _why_after_preposition(tokens, said, before)
    if _then(folds, said.last + 1) in {"passes", "revolus"} and last not in _DURATION_BEFORE:
        return "âge, « passés »"
    return _why_apposed(tokens, said, before)


def _has_age(tokens: Tokens, said: Said, before: list[str]) -> bool:
    """« elle a douze ans », « il a bientôt neuf ans », but « il y a dix ans », « j'ai dix ans de métier »."""
    verb = before[-1] if before else ""
    if (
        verb in {"deja", "presque", "bientot", "environ", "seulement", "que", "qu", "juste", "plus", "pas"}
        and len(before) > 1
    ):
        verb = before[-2]
    if verb not in _AVOIR or before[-2:] == ["y", "a"]:
        return False
    after = _then(tokens.folds, said.last + 1)
    joined = said.last + 1 < len(tokens) and tokens.joined(said.last + 1)
    return not (joined and after in _OF_WORK)


def _group(tokens: Tokens, said: Said, before: list[str]) -> bool:
    """« les moins de 25 ans », « à partir de 60 ans », « les 18-25 ans », « la retraite à 64 ans »."""
    if {"moins", "partir", "jusqu", "entre", "retraite", "majorite"} & set(before[-4:]):
        return True
    if before[-2:] in (["plus", "de"], ["avant", "les"]) or before[-1:] == ["les"]:
        return True
    return tokens.gaps[said.first].strip() in {"-", "–", "à"} and before[-1:] != [] and before[-1].isdigit()


def _why_after_preposition(tokens: Tokens, said: Said, before: list[str]) -> str:
    folds = tokens.folds
    after = _then(folds, said.last + 1)
    if before[-1] in {"de", "d"}:
        return "âge, après un nom de personne" if _NEAR_PERSON & set(before[-4:-1]) else ""
    if before[-2:-1] and before[-2] in {"condamne", "an", "ans", "limite"}:
        return ""
    return "" if after in {"d", "de"} and _then(folds, said.last + 2) != "j" else "âge, après « à »"


def _why_apposed(tokens: Tokens, said: Said, before: list[str]) -> str:
    """« mon fils Untel, vingt-trois ans, », « Lina six ans », « Sandrine, sa fille. Quarante-six ans. »"""
    first = said.first
    if (before and before[-1] in _DURATION_BEFORE) or _said_of_work(tokens, said):
        return ""
    if _then(tokens.folds, said.last + 1) in {"je", "j", "chuis"} and said.value > 12 and not tokens.cased:
        return "âge, dans une présentation"
    gap = tokens.gaps[first]
    if not (_closed(tokens, _age_end(tokens, said)) or (gap == " " and not tokens.cased)):
        return ""
    if gap == " " and first and _somebody(tokens, first - 1) and said.value < 100:
        return "âge, après un prénom"
    if "," in gap or "(" in gap:
        near = _NEAR_PERSON & set(before[-5:]) or any(_somebody(tokens, i) for i in range(max(0, first - 5), first))
        return "âge, en apposition à une personne" if near else ""
    alone = tokens.initial[first] and said.value > 14 and _then(tokens.folds, said.last + 1) != "dont"
    whole = first == 0 and said.last + 1 >= len(tokens)  # an answer: the question before tells
    if alone and not whole:
        return "âge, dit seul"
    return ""


def _somebody(tokens: Tokens, index: int) -> bool:
    """A first name or a surname with a capital, or a first name that is no word."""
    lists, fold = words.load(), tokens.folds[index]
    listed = fold in lists.first_names or fold in lists.surnames
    if tokens.cased:
        return (
            tokens.capital[index] > 0
            and listed
            and (not tokens.initial[index] or not lists.is_word(tokens.words[index]))
        )
    return listed and (lists.is_name_written_small(tokens.words[index]) or not lists.is_word(tokens.words[index]))


def _said_of_work(tokens: Tokens, said: Said) -> bool:
    """« neuf ans chez Untel, neuf ans » : the same number was a duration just before."""
    same = tokens.folds[said.first : said.last + 1]
    before = tokens.folds[max(0, said.first - 12) : said.first]
    return any(before[i : i + len(same)] == same for i in range(len(before)))


def _why_bare(tokens: Tokens, said: Said, before: list[str]) -> str:
    """« mes 59 », « Yanis onze, », « Yvonne, quatre-vingt-huit. », « qui en a dix-sept », « Donc cinquante-huit. »"""
    folds, first = tokens.folds, said.first
    if not 2 <= said.value < 110 or not _bare(tokens, said):
        fete = {"fete", "feter", "fetait"} & set(before) and before[-1:] in (["mes"], ["ses"], ["tes"])
        return "âge, après « mes »" if fete and 2 < said.value < 110 else ""
    if before[-1:] in (["mes"], ["ses"], ["tes"]) and said.value > 12:
        return "âge, après « mes »"
    if first and tokens.gaps[first] in {" ", ", "} and tokens.cased and _somebody(tokens, first - 1):
        return "âge, après un prénom"
    if before[-2:] in (["en", "a"], ["en", "ai"], ["en", "avait"]) and {
        "qui",
        "ans",
        "an",
        "j",
        "il",
        "elle",
        "moi",
    } & set(before):
        return "âge, « qui en a »"
    others = _UNITS & set(folds[max(0, first - 12) : first + 12]) or any(
        _somebody(tokens, i) for i in range(max(0, first - 3), first)
    )
    if before[-2:] == ["qu", "a"] and others:
        return "âge, « qu'a »"
    if tokens.initial[first] and first and _somebody(tokens, first - 1) and said.value > 12:
        return "âge, dit seul après un nom"
    born = _BIRTH & set(folds[max(0, first - 30) : first])
    return "âge, après une date de naissance" if before[-1:] in (["donc"], ["ai"]) and born else ""
