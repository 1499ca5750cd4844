"""Acronyms of a text, and what they stand for: none is left unexplained to somebody who reads with difficulty."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

# What people meet in both studies; the names are those that the administrations give themselves.
KNOWN: Mapping[str, str] = {
    "AAH": "allocation aux adultes handicapés",
    "ADIL": "agence départementale d'information sur le logement",
    "ANTS": "agence nationale des titres sécurisés",
    "APL": "aide personnalisée au logement",
    "ARE": "allocation d'aide au retour à l'emploi",
    "ASPA": "allocation de solidarité aux personnes âgées",
    "ASS": "allocation de solidarité spécifique",
    "ATD": "Agir tous pour la dignité",
    "CAF": "caisse d'allocations familiales",
    "CCAS": "centre communal d'action sociale",
    "CDD": "contrat à durée déterminée",
    "CDI": "contrat à durée indéterminée",
    "CER": "contrat d'engagements réciproques",
    "CMU": "couverture maladie universelle",
    "CNAF": "caisse nationale des allocations familiales",
    "CPAM": "caisse primaire d'assurance maladie",
    "CSS": "complémentaire santé solidaire",
    "EDAS": "espace départemental d'actions sociales",
    "ESAT": "établissement et service d'aide par le travail",
    "HLM": "habitation à loyer modéré",
    "MDPH": "maison départementale des personnes handicapées",
    "PMI": "protection maternelle et infantile",
    "PUMA": "protection universelle maladie",
    "RMI": "revenu minimum d'insertion",
    "RSA": "revenu de solidarité active",
    "SMS": "message sur le téléphone",
    "URSSAF": "organisme qui reçoit les cotisations sociales",
}
_ACRONYM = re.compile(r"\b(?:[A-ZÀ-ÖØ-Þ]{2,}(?=s?\b)|(?:[A-Z]\.){2,})")
_ROMAN = re.compile(r"[IVX]+")


def acronyms(text: str) -> list[str]:
    """Each once, in order, points left out; words all in capitals are told from them by nobody but their reader."""
    found = (match[0].replace(".", "") for match in _ACRONYM.finditer(text))
    return [one for one in dict.fromkeys(found) if not _ROMAN.fullmatch(one)]


def explained_in(text: str) -> frozenset[str]:
    """Those that the text explains itself: « RSA (revenu de…) » or « revenu de solidarité active (RSA) »."""
    return frozenset(one for one in acronyms(text) if re.search(rf"\b{one}s?\s*\([^)]{{4,}}\)|\(\s*{one}s?\s*\)", text))


def glossary(texts: Iterable[str], own: Mapping[str, str] | None = None) -> tuple[dict[str, str], list[str]]:
    """What is to be explained beside the texts, in alphabetical order; and the acronyms that nobody explains.

    own: what the study adds to `KNOWN`.
    """
    whole = "\n".join(texts)
    known = {**KNOWN, **(own or {})}
    left = [one for one in acronyms(whole) if one not in explained_in(whole)]
    explained = {one: known[one] for one in sorted(left) if one in known}
    return explained, [one for one in left if one not in known]
