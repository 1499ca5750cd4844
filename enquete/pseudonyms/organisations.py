"""Small organisations that tell who somebody is: an employer, a school, an association of the quarter."""

from __future__ import annotations

from enquete.model import IdentifierType
from enquete.pseudonyms.grammar import FUNCTION_WORDS, word_set
from enquete.pseudonyms.sight import Sight

_PERSON, _PLACE, _ORGANISATION = IdentifierType.PERSON, IdentifierType.PLACE, IdentifierType.ORGANISATION
SCHOOLS = word_set("creche ecole college lycee maternelle institut foyer internat primaire")
SHOPS = word_set(
    """
    restaurant resto tacos tabac superette cantine
    brasserie bar cafe boulangerie boucherie epicerie pharmacie garage salon boutique magasin pizzeria
    kebab laverie supermarche pressing hotel traiteur bistrot bistro snack imprimerie blanchisserie menuiserie
    """
)
BODIES = word_set(
    """
    association asso societe entreprise boite club foyer creche ecole college lycee residence ferme halte internat
    cooperative
    """
)
_OTHERS = word_set(
    """
    chez agence cabinet maternelle institut centre fondation atelier ateliers chantier eglise collectif structure
    employeur startup groupe compagnie usine prestataire organisme etablissement filiale accueil formation
    universite fac cfa paroisse mosquee comite amicale interim sarl enseigne studio primaire travaille travaillais
    travaillait bosse bossais
    """
)
SMALL = SHOPS | {"association", "asso", "societe", "entreprise", "boite", "chez", "collectif", "cooperative"}
_ANNOUNCING = SCHOOLS | SHOPS | BODIES | _OTHERS
_BETWEEN = word_set(
    """
    de du des d la le les l un une qui s appelle appelait c est etait petite petit nomme nommee aux a au ca elle il
    prive privee maternelle elementaire primaire social sociale solidaire locale formation en dans pour cote meme
    """
)
_LINKS = word_set("de du des d la l a au aux")
_ARTICLES = word_set("le la les l au aux")
_FAMILY = {"fils", "freres", "cie", "associes", "compagnie", "soeurs"}


def announced_by(sight: Sight, index: int) -> str:
    """The word that announces an organisation within the few words before, or nothing."""
    tokens = sight.tokens
    for at in range(index - 1, max(-1, index - 5), -1):
        fold = tokens.folds[at]
        if fold in _ANNOUNCING:
            return tokens.words[at].lower()
        if fold not in _BETWEEN or (tokens.initial[at + 1] and ":" not in tokens.gaps[at + 1]):
            return ""
    return ""


def kind_of(sight: Sight, first: int, low: int, high: int) -> IdentifierType:
    """Person, place or organisation, for the words low..high of the run that starts at `first`."""
    firsts = sum(sight.is_first_name(i) for i in range(low, high + 1))
    word = announced_by(sight, first)
    if word and not (word == "chez" and firsts) and (word in SCHOOLS or not firsts):
        return _ORGANISATION
    plain = sum(sight.words.is_word(sight.tokens.words[i]) for i in range(low, high + 1) if sight.tokens.capital[i])
    if high > low and sight.tokens.folds[low] in {"le", "la", "les", "l", "au", "aux"} and plain > 1 and not firsts:
        return _ORGANISATION
    if high > low and sight.before(first) == "l" and sight.tokens.joined(first):
        return _ORGANISATION  # « l'Étoile du Port »
    if firsts:
        return _PERSON
    listed = sight.tokens.folds[low] in sight.words.surnames
    if sight.before(first) in {"a", "aux", "au", "vers", "sur", "jusqu", "jusque"} and not listed:
        return _PLACE
    label = next((sight.labels[i] for i in range(low, high + 1) if i in sight.labels), "")
    return {"LOC": _PLACE, "ORG": _ORGANISATION}.get(label, _PERSON)


def end_of(sight: Sight, first: int, last: int) -> int:
    """« Formaplus 92 », « Les Marchands de sable »: a figure or a complement belongs to the name."""
    tokens, at = sight.tokens, last + 1
    if _numbered(sight, last) == at:
        return at
    if at < len(tokens) and tokens.gaps[at] == " " and tokens.capital[at] == 1 and not sight.free(at):
        wide = sight.words.neutral.at(tokens.folds, at) is not None and not sight.institution(at)
        wide |= tokens.folds[at] in {"nord", "sud", "est", "ouest", "france"}
        if first < last or wide:
            return _numbered(sight, at)  # « Rive Gauche Sud »: a wide place ends the name
    if _of_a_town(sight, first, last):
        return last + 2
    while at < len(tokens) and tokens.joined(at) and tokens.folds[at] in _LINKS:
        at += 1
    complement = last + 1 < at < len(tokens) and tokens.joined(at) and tokens.folds[at] not in FUNCTION_WORDS
    return at if complement and first < last and sight.free(at) and sight.closes(at) else last


def _of_a_town(sight: Sight, first: int, last: int) -> bool:
    """« les Aigles de Untelle »: a club and its town are one name."""
    tokens, at = sight.tokens, last + 2
    plural = sight.before(first) in {"les", "des", "aux"} and tokens.folds[last].endswith("s")
    linked = plural and at < len(tokens) and tokens.folds[at - 1] in {"de", "d"} and tokens.joined(at)
    return linked and tokens.capital[at] == 1 and not sight.free(at)


def _numbered(sight: Sight, last: int) -> int:
    tokens, at = sight.tokens, last + 1
    figure = at < len(tokens) and tokens.gaps[at] == " " and tokens.folds[at].isdigit() and len(tokens.folds[at]) < 4
    return at if figure else last


def with_family(sight: Sight, last: int) -> int:
    """« faucon et fils », « leclerc frères »."""
    tokens, folds = sight.tokens, sight.tokens.folds
    for at in (last + 1, last + 2):
        linked = at == last + 1 or folds[at - 1 : at] == ["et"]
        if linked and sight.free(at) and tokens.joined(at) and folds[at] in _FAMILY:
            return at
    return last
