"""Labels of speakers: a name or initials to mask, or the word for a role, which stays."""

from __future__ import annotations

import re

from enquete.model import IdentifierType
from enquete.pseudonyms.found import Found
from enquete.pseudonyms.grammar import KIN_WORDS, PARTICLES, PERSONS, TITLES, word_set
from enquete.pseudonyms.tokens import Tokens

_ROLE = re.compile(
    r"enquet|inter[vw]|chercheu|participant|speaker|locut|sociolog|etudiant|animat|moderat|traduc|transcri|"
    r"facilit|observat|"
    r"benefic|usage|personne|homme|femme|voix|inconnu|unknown|narrat|question|reponse|particip|respond|"
    r"accompagn|professionnel|"
    r"allocataire|temoin|client|formateu|formatri|assistant|conseil|educat|agent|referent|benevole|salari|"
    r"direct|coordin"
)
_ROLE_WORDS = word_set(
    """
    id int enq rep loc spk sp spkr part eq ee er itw s l e r q i p a b c x y n v host guest tous ensemble autre
    groupe un une de la le et du des d
    """
)


_WHY = "étiquette de locuteur"


def find(text: str) -> list[Found]:
    """The part of a label that names somebody: without title, number or role word."""
    tokens = Tokens(text)
    first = 1 if tokens.folds and tokens.folds[0] in TITLES else 0  # « Mme K. »: after a title one letter names
    initials = all(len(w) == 1 and w.isalpha() for w in tokens.words[first:])
    if initials and len(tokens) > 1:
        return [Found(*tokens.span(first, len(tokens) - 1), IdentifierType.PERSON, 0.95, _WHY, spread=True)]
    kept = [
        i
        for i, fold in enumerate(tokens.folds)
        if not (
            fold.isdigit()
            or fold in _ROLE_WORDS
            or fold in TITLES
            or fold in PERSONS
            or fold in KIN_WORDS
            or _ROLE.match(fold)
        )
    ]
    if not kept:
        return []
    first = kept[0]
    while first and tokens.folds[first - 1] in PARTICLES and tokens.capital[first - 1]:
        first -= 1  # « M. LE GOFF »
    start, end = tokens.span(first, kept[-1])
    return [Found(start, end, IdentifierType.PERSON, 0.95, _WHY, spread=True)]


def names_in_label(text: str) -> list[str]:
    """The names that a speaker's label holds, as written."""
    return [text[found.start : found.end] for found in find(text)]
