"""What a reviewer should look at: the riskiest words left readable, each form a few times."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from enquete.pseudonyms.births import MONTHS
from enquete.pseudonyms.found import Weak
from enquete.pseudonyms.grammar import FUNCTION_WORDS, word_set
from enquete.pseudonyms.tokens import Tokens
from enquete.pseudonyms.words import fold

MOST = 30  # entries an interview: more would not be read
_EACH = 2  # occurrences of one form, unless there is room left
_WORTH_REPEATING = 0.3  # risk from which further occurrences of a form are listed where there is room

_Placed = tuple[Weak, int, str]  # a weak passage, the start of the passage it stands in, its words


def riskiest(weak: list[_Placed]) -> list[_Placed]:
    """At most MOST entries, disjoint, by decreasing risk, then by position."""
    seen: Counter[str] = Counter()
    first, further = [], []
    for item in sorted(weak, key=lambda w: (-w[0].risk, w[1] + w[0].start)):
        form = fold(item[2])
        seen[form] += 1
        if seen[form] <= _EACH:
            first.append(item)
        elif item[0].risk >= _WORTH_REPEATING:
            further.append(item)
    kept: list[_Placed] = []
    taken: set[int] = set()
    for item in first + further:
        places = set(range(item[1] + item[0].start, item[1] + item[0].end))
        if len(kept) < MOST and taken.isdisjoint(places):
            kept.append(item)
            taken |= places
    return kept


_FIGURES = re.compile(
    r"(?<![\w,.:])\d{3,}(?:[ .\-]\d{2,})*(?![\w:]|,\d|\s?(?:€|euros?|heures?|mètres?|km|%|ans|mois|jours))"
)
_GROUPS = re.compile(r"(?<![\w,.:])\d{2}(?:[ .\-]\d{2,}){2,}(?![\w:]|,\d)")
_QUANTITIES = word_set(
    """
    ans an euros euro heures heure h jours jour mois semaines semaine minutes minute secondes fois pour personnes
    enfants metres pages kilometres premier premiere premieres balles centimes kilos degres places lits pieces etages
    courriers lettres rendez pourcent cents mille points trimestres
    """
)
_COUNTING = {"les", "ligne", "bus", "article", "page", "formulaire", "plus", "fois"}


def _risk_of_age(value: int, unit: str) -> float:
    """Durations are short more often than long; ages of children are told in months."""
    return 0.15 if unit == "mois" else 0.35 if value > 14 else 0.25


def _strings_of_numbers(tokens: Tokens) -> Iterator[Weak]:
    """« sept sept zéro quatre »: four numbers or more in a row are part of an identifier."""
    said, first = tokens.numbers, 0
    for at in range(1, len(said) + 1):
        if at < len(said) and said[at].first == said[at - 1].last:
            continue
        if at - first > 3:
            yield Weak(*tokens.span(said[first].first, said[at - 1].last - 1), 0.55, "suite de nombres")
        first = at


def numbers(tokens: Tokens) -> Iterator[Weak]:
    """Figures and numbers in words left readable that may be an age, a date of birth or part of an identifier."""
    for m in _FIGURES.finditer(tokens.text):
        year = re.fullmatch(r"(?:19|20)\d\d", m[0])
        if len(m[0]) > 3 and not year:
            yield Weak(*m.span(), 0.45, "suite de chiffres")
    for m in _GROUPS.finditer(tokens.text):
        yield Weak(*m.span(), 0.5, "suite de chiffres")
    yield from _strings_of_numbers(tokens)
    for said in tokens.numbers:
        after = tokens.folds[said.last] if said.last < len(tokens) else ""
        before = tokens.folds[said.first - 1] if said.first else ""
        span = tokens.span(said.first, said.last - 1)
        if after in {"ans", "mois"} and 1 < said.value < 100 and (after == "ans" or said.value < 36):
            yield Weak(*tokens.span(said.first, said.last), _risk_of_age(said.value, after), "durée ou âge")
        elif after in MONTHS:
            yield Weak(*tokens.span(said.first, said.last), 0.15, "date, peut-être de naissance")
        elif 1930 < said.value < 2010 and before in {"en", "de"}:
            yield Weak(*span, 0.15, "année, peut-être de naissance")
        elif 15 < said.value < 100 and after not in _QUANTITIES and before not in _COUNTING:
            closed = said.last >= len(tokens) or tokens.gaps[said.last].strip()[:1] in set(",.!?…)")
            if closed or after in FUNCTION_WORDS:
                yield Weak(*span, 0.35 if closed else 0.2, "nombre sans unité, peut-être un âge")
