"""What the words before a name say of its bearer: kin, a profession, a neighbour."""

from __future__ import annotations

from collections.abc import Sequence
from enum import Enum

from enquete.pseudonyms.grammar import word_set
from enquete.pseudonyms.words import fold


class Kind(Enum):
    """Relatives and professionals may have policies of their own."""

    RELATIVE = "relative"
    PROFESSIONAL = "professional"
    OTHER = "other"


_RELATIVES_M = (
    "fils frère mari époux père oncle cousin neveu grand-père beau-père beau-frère beau-fils demi-frère petit-fils "
    "compagnon conjoint fiancé gendre parrain filleul jumeau bébé tonton papa papi"
)
_RELATIVES_F = (
    "fille sœur femme épouse mère tante cousine nièce grand-mère belle-mère belle-sœur belle-fille demi-sœur "
    "petite-fille compagne conjointe fiancée bru marraine filleule jumelle tata tatie maman mamie"
)
_OTHERS = (
    "voisin voisine ami amie copain copine collègue camarade pote propriétaire locataire colocataire gardien gardienne "
    "concierge bénévole patron patronne pasteur imam prêtre curé bailleur"
)
_PROFESSIONALS = (
    "conseiller conseillère assistant assistante référent référente éducateur éducatrice animateur animatrice "
    "médecin docteur docteure infirmier infirmière psychologue psychiatre kiné dentiste avocat avocate juge greffier "
    "directeur directrice responsable chef cheffe instituteur institutrice maître maîtresse professeur professeure "
    "formateur formatrice tuteur tutrice curateur curatrice agent agente secrétaire médiateur médiatrice "
    "coordinateur coordinatrice accompagnateur accompagnatrice interprète coach facteur nourrice nounou "
    "travailleur travailleuse intervenant intervenante"
)
_SHORT = {
    "instit": "professeur des écoles",
    "prof": "professeur",
    "educ": "éducateur",
    "proprio": "propriétaire",
    "psy": "psychologue",
    "dr": "docteur",
    "pr": "professeur",
    "coloc": "colocataire",
    "soeur": "sœur",
    "belle-soeur": "belle-sœur",
    "demi-soeur": "demi-sœur",
}
_FEMALE = frozenset(_RELATIVES_F.split())
_RELATIVES = frozenset(_RELATIVES_M.split()) | _FEMALE
_PROFESSIONS = frozenset(_PROFESSIONALS.split()) | set(_SHORT.values()) - _RELATIVES - set(_OTHERS.split())
_BY_FOLD = {fold(noun): noun for noun in (*_RELATIVES, *_PROFESSIONS, *_OTHERS.split())} | _SHORT
_GAP = word_set(
    "aine ainee cadet cadette petit petite grand grande dernier derniere madame monsieur mme mr m s appelle appelait "
    "aussi c est etait qui"
)
_IS = word_set("c est etait qui")
_DETERMINERS = word_set("mon ma mes ton ta votre vos notre nos son sa leur le la un une l")
_OWN = word_set("mon ma ton ta votre notre")
SELF = "soi"  # the participant: « je m'appelle… »
_KINSHIPS = (
    "fils fille bébé",
    "mari époux compagnon conjoint fiancé femme épouse compagne conjointe fiancée",
    "père mère papa maman",
    "frère sœur demi-frère demi-sœur",
    "grand-père grand-mère papi mamie",
    "petit-fils petite-fille",
    "oncle tante tonton tata tatie",
    "cousin cousine",
    "neveu nièce",
)
_KINSHIP = {noun: str(number) for number, nouns in enumerate(_KINSHIPS) for noun in nouns.split()}


def kind_of(role: str) -> Kind:
    """Of a role as `role_before` gives it; OTHER when empty."""
    if role.rsplit(" ", 1)[-1] in _RELATIVES:
        return Kind.RELATIVE
    return Kind.PROFESSIONAL if role in _PROFESSIONS else Kind.OTHER


def role_before(folds: Sequence[str]) -> str:
    """« mon fils » -> « son fils », « ma conseillère, madame » -> « conseillère »; empty when nothing is told.

    folds: the folded words before the name. « son », « sa » are the participant's: somebody else's son is « fils ».
    """
    at = len(folds) - 1
    while at >= 0 and folds[at] in _GAP:
        at -= 1
    if at < 0:
        return ""
    pair = "-".join(folds[max(0, at - 1) : at + 1])
    first = at - 1 if pair in _BY_FOLD else at
    return _told(_BY_FOLD.get(pair) or _BY_FOLD.get(folds[at], ""), folds[first - 1] if first > 0 else "")


def role_after(folds: Sequence[str]) -> str:
    """« …, c'est mon frère », « … la conseillère »: as `role_before`, from the words after the name."""
    at = 0
    while at < len(folds) and folds[at] in _IS:
        at += 1
    if at + 1 >= len(folds) or folds[at] not in _DETERMINERS:
        return ""
    pair = "-".join(folds[at + 1 : at + 3])
    return _told(_BY_FOLD.get(pair) or _BY_FOLD.get(folds[at + 1], ""), folds[at])


def _told(noun: str, possessive: str) -> str:
    if noun not in _RELATIVES or possessive not in _OWN:
        return noun
    return f"{'sa' if noun in _FEMALE and fold(noun)[0] not in 'aeiou' else 'son'} {noun}"


def contradict(one: str, other: str) -> bool:
    """Whether nobody is both to the participant: « son fils » and « sa mère », or the participant and a relative."""
    kinships = [
        SELF if role == SELF else _KINSHIP.get(role.removeprefix("son ").removeprefix("sa "), "")
        for role in (one, other)
        if role == SELF or role.startswith(("son ", "sa "))
    ]
    return len(kinships) == 2 and "" not in kinships and kinships[0] != kinships[1]
