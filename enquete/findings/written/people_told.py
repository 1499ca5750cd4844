"""Numbers of people written in a text: « deux femmes sur douze ». No table hides those when they are small."""

from __future__ import annotations

import re
from collections.abc import Iterator

from enquete.findings.written.fields import DRAFT, DROPPED, FIELDS, RECOMMENDATION_STATES, VALID
from enquete.findings.written.pieces import Piece
from enquete.findings.written.types import PieceKind
from enquete.pseudonyms.numbers import NUMBER_WORDS

_READ = ("title", "text", "limits")  # what the public reads, in our words
_PUBLIC_STATES = {VALID, *RECOMMENDATION_STATES[1:-1]}

_WORDS = "|".join(sorted((word.replace("zero", "z[ée]ro") for word in NUMBER_WORDS), key=len, reverse=True))
_WORD = rf"(?:{_WORDS})"
_MANY = rf"(?:\d{{1,4}}|{_WORD}(?:(?:[ -]|[ -]et[ -]){_WORD})*)"
_PERSON = (
    r"(?:personnes?|gens|femmes?|hommes?|m[èe]res?|p[èe]res?|parents?|jeunes?|aidante?s?|professionnel(?:le)?s?|"
    r"participante?s?|enqu[êe]t[ée]e?s?|r[ée]pondante?s?|interview[ée]e?s?|rencontr[ée]e?s?|b[ée]n[ée]ficiaires?|"
    r"allocataires?|usag[eè]re?s?|habitante?s?|patiente?s?|m[ée]nages?|familles?|couples?|voisine?s?|cas|entretiens?)"
)
_BETWEEN = (  # « deux jeunes femmes », not « deux mois pour les personnes »
    r"(?!(?:mois|ann[ée]es?|ans?|jours?|heures?|semaines?|fois|euros?|vagues?|pour|par|les|une?|de|dans|chez|avec|que|qui"
    r"|et|ou|à|en|sont|ont)\b)\w+"
)
_NOT_ALONE = rf"(?!une?\s)(?:{_MANY})"  # « une personne » counts nobody
_SHARE = r"(?:la moiti[ée]|(?:un|deux|les deux|le|trois|les trois)\s+(?:tiers|quarts?|cinqui[èe]mes?))"
_TOLD = re.compile(
    "|".join(
        rf"(?:{form})"
        for form in (
            rf"\b{_NOT_ALONE}\s+(?:des\s+|de\s+(?:nos|ces)\s+)?(?:{_BETWEEN}\s+){{0,2}}{_PERSON}\b"
            rf"(?:\s+(?:\w+\s+)?sur\s+(?:les\s+)?{_MANY}\b)?",
            rf"\b(?:une?|{_MANY})\s+(?:personnes?\s+)?sur\s+(?:les\s+)?{_MANY}\b(?!\s*(?:heures|jours|ans|mois))",
            rf"\b(?:l['’]une?|une?\s+seule?|{_MANY}|aucune?|pas une?)\s+(?:d['’]entre\s+|d['’])(?:elles|eux|nous)\b",
            rf"\b(?:une\s+seule|un\s+seul|aucune?|pas une)\s+(?:\w+\s+)?{_PERSON}\b",
            rf"\bsauf\s+{_MANY}\b",
            rf"\b{_SHARE}\s+(?:des|d['’]entre|de\s+(?:nos|ces))\s*(?:\w+\s+)?(?:{_PERSON}|elles|eux|nous)\b",
            rf"\b\d+(?:,\d+)?\s*(?:%|pour\s+cent)\s+(?:des|d['’]entre)\s*(?:\w+\s+)?(?:{_PERSON}|elles|eux|nous)\b",
        )
    ),
    re.IGNORECASE,
)


def people_told(text: str) -> list[str]:
    """The words that count people, as they stand: « 3 personnes », « deux d'entre elles », « une sur douze »."""
    return list(dict.fromkeys(" ".join(found[0].split()) for found in _TOLD.finditer(text)))


def counts_of_people(piece: Piece) -> Iterator[str]:
    """Those of a piece that the public reads, by label of the field; none while it is not settled."""
    if piece.kind not in (PieceKind.FINDING, PieceKind.RECOMMENDATION, PieceKind.ASSESSMENT):
        return
    if piece.get("state") not in _PUBLIC_STATES - {DRAFT, DROPPED}:
        return
    for one in FIELDS[piece.kind]:
        told = people_told(piece.fields.get(one.name, "")) if one.name in _READ else []
        if told:
            yield f"{one.label} : {', '.join(f'« {words} »' for words in told)}"
