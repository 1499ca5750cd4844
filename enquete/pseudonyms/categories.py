"""What stands for a place, an organisation, an age, a date, a number: a category in brackets."""

from __future__ import annotations

import itertools
import re
from typing import TypeVar

from enquete.model import IdentifierType
from enquete.pseudonyms import words
from enquete.pseudonyms.numbers import number_at
from enquete.pseudonyms.territories import territory_of
from enquete.pseudonyms.words import Commune, Phrases, fold, words_of

_T = IdentifierType
Value = TypeVar("Value")
FIXED = {
    _T.PHONE: "[téléphone]",
    _T.EMAIL: "[courriel]",
    _T.HANDLE: "[compte]",
    _T.URL: "[site]",
    _T.NIR: "[NIR]",
    _T.IBAN: "[IBAN]",
    _T.CAF_NUMBER: "[numéro CAF]",
    _T.DOCUMENT: "[numéro de document]",
    _T.PLATE: "[plaque]",
}
_BANDS = (3, 6, 11, 15, 18, 25, 35, 45, 55, 65, 75, 85)
_STREET = re.compile(
    r"\b(?:rue|avenue|av|boulevard|bd|allees?|impasse|square|quai|chemin|route|cours|passage|villa|sentier|"
    r"sente|ruelle|residence|batiment|immeuble)\b"
)
_KINDS = (
    (
        re.compile(
            r"^(?:place|esplanade|parc|jardins?|stade|gymnase|piscine|theatre|cinema|bois|foret|marche|cimetiere|lac|"
            r"pont)\b"
        ),
        "[lieu public]",
    ),
    (re.compile(r"^(?:quartiers?|cite|butte|lotissement|tours?|zac|coteau|mont)\b"), "[quartier]"),
    (re.compile(r"^(?:gare|station|metro|rer|arret|porte)\b"), "[station]"),
    (re.compile(r"^(?:mosquee|eglise|paroisse|temple|synagogue|chapelle|basilique)\b"), "[lieu de culte]"),
)
_SCHOOL = re.compile(
    r"\b(?:ecole|college|lycee|creche|maternelle|institut|primaire|universite|fac|internat|cfa|formation)\b"
)
_EMPLOYER = re.compile(
    r"\b(?:chez|travaille\w*|bosse\w*|boite|entreprise|societe|restaurant|brasserie|boulangerie|boucherie|"
    r"pharmacie|garage|salon|boutique|magasin|"
    r"patron\w*|embauche\w*|interim|usine|atelier|hotel|poste|cdd|cdi|agent|employeur|cabinet|supermarche)\b"
)
_ASSOCIATION = re.compile(
    r"\b(?:association|asso|collectif|benevole\w*|epicerie|eglise|club|foyer|amicale|comite|centre)\b"
)


def age_band(mention: str) -> str:
    """« quarante-sept ans » -> « [45-54 ans] »."""
    folds = words_of(mention)
    said = number_at(folds, 0) if folds else None
    if said is None:
        return "[âge]"
    if "mois" in folds:
        return "[moins de 3 ans]"
    if said.value < _BANDS[0]:
        return "[moins de 3 ans]"
    if said.value >= _BANDS[-1]:
        return f"[{_BANDS[-1]} ans et plus]"
    low, high = next((a, b - 1) for a, b in itertools.pairwise(_BANDS) if a <= said.value < b)
    return f"[{low}-{high} ans]"


def birth_year(mention: str) -> str:
    """« 9 février 1978 », « 14052011 », « octobre soixante-six » -> « [année 1966] »."""
    if (full := re.search(r"(?:19|20)\d\d(?!\d)|^(?:19|20)\d\d", mention)) is not None:
        return f"[année {full[0]}]"
    folds = words_of(mention)
    for start in range(len(folds)):
        said = number_at(folds, start)
        if (said is not None and said.last == len(folds) and start > 0) or (
            said is not None and len(folds) == said.last - start
        ):
            year = said.value
            if start > 0 and folds[start - 1] == "neuf" and year < 100:
                return f"[année {1900 + year}]"
            if year < 100:
                year += 1900 if year > 26 else 2000
            if 1900 <= year <= 2030:
                return f"[année {year}]"
    return "[date de naissance]"


def territory(mention: str) -> str:
    """« Asnières » -> « [commune de la Boucle Nord de Seine] »; empty outside the territories of the Hauts-de-Seine."""
    commune = _commune(words_of(mention))
    home = territory_of(commune.name) if commune else ""
    return f"[commune {home}]" if home else ""


def _commune(phrase: tuple[str, ...]) -> Commune | None:
    lists = words.load()
    return _whole(lists.communes, phrase) if _whole(lists.towns, phrase) is None else None


def place(mention: str, before: str) -> str:
    """before: the words before, folded. A commune by its department, else a kind of place."""
    folded, lists, phrase = fold(mention), words.load(), words_of(mention)
    commune = _commune(phrase)
    # Before the kinds of places: « Bois-Colombes » is no wood, « Pont-Audemer » no bridge.
    if commune is not None:
        return f"[commune {lists.departments[commune.department]}]"
    if _STREET.search(folded) or re.match(r"\d", folded):
        return "[adresse]"
    if "arrondissement" in folded or re.search(r"\d(?:e|eme)$|ieme$|^[xvi]+e$", folded):
        return "[arrondissement]"
    for pattern, kind in _KINDS:
        if pattern.search(folded):
            return kind
    if _whole(lists.towns, phrase) is not None:
        return "[ville]"
    if re.search(r"(?:hopital|clinique|maternite|ehpad)\W*$", before):
        return "[établissement de soin]"
    if re.search(r"(?:quartier|cite|aux|residence)\W*$", before):
        return "[quartier]"
    return "[ville]" if re.search(r"(?:\bne|\bnee|ville|vers|sur)\W+(?:a\W+)?$", before) else "[lieu]"


def _whole(known: Phrases[Value], phrase: tuple[str, ...]) -> Value | None:
    match = known.at(phrase, 0) if phrase else None
    return match[1] if match is not None and match[0] == len(phrase) else None


def organisation(before: str) -> str:
    """The kind that the words before tell: employeur, école, association or organisation."""
    near = before[-40:]
    if _SCHOOL.search(near):
        return "école"
    if _ASSOCIATION.search(near):
        return "association"
    return "employeur" if _EMPLOYER.search(before[-80:]) else "organisation"
