"""What a reviewer should look at: the riskiest words left readable, each form once or twice."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from enquete.pseudonyms.found import Weak
from enquete.pseudonyms.grammar import word_set
from enquete.pseudonyms.tokens import Tokens
from enquete.pseudonyms.words import fold

MOST = 30  # entries an interview: more would not be read
_EACH = 2  # occurrences of one form


def riskiest(weak: list[tuple[Weak, int, str]]) -> list[tuple[Weak, int, str]]:
    """At most MOST entries (weak, start of its passage, its words), by decreasing risk, then by position."""
    seen: Counter[str] = Counter()
    kept = []
    for item in sorted(weak, key=lambda w: (-w[0].risk, w[1] + w[0].start)):
        form = fold(item[2])
        seen[form] += 1
        if seen[form] <= _EACH:
            kept.append(item)
    return kept[:MOST]


_FIGURES = re.compile(
    r"(?<![\w,.:])\d{3,}(?:[ .\-]\d{2,})*(?![\w:]|,\d|\s?(?:€|euros?|heures?|mètres?|km|%|ans|mois|jours))"
)
_QUANTITIES = word_set(
    """
    ans an euros euro heures heure jours jour mois semaines semaine minutes minute fois pour personnes enfants
    metres pages kilometres premier premiere premieres et balles centimes kilos degres places lits pieces etages
    courriers lettres rendez
    """
)


def numbers(tokens: Tokens) -> Iterator[Weak]:
    """Figures and numbers in words left readable that may be an age or part of an identifier."""
    for m in _FIGURES.finditer(tokens.text):
        year = re.fullmatch(r"(?:19|20)\d\d", m[0])
        if len(m[0]) > 3 and not year:
            yield Weak(*m.span(), 0.45, "suite de chiffres")
    for said in tokens.numbers:
        after = tokens.folds[said.last] if said.last < len(tokens) else ""
        span = tokens.span(said.first, said.last - 1)
        if after in {"ans", "an"} and 3 < said.value < 100:
            yield Weak(*tokens.span(said.first, said.last), 0.25, "durée ou âge")
        elif (
            15 < said.value < 100 and after not in _QUANTITIES and tokens.folds[said.first - 1 : said.first] != ["les"]
        ):
            gap = tokens.gaps[said.last].strip() if said.last < len(tokens) else "."
            if gap[:1] in {",", ".", "!", "?", "…"}:
                yield Weak(*span, 0.3, "nombre sans unité, peut-être un âge")
