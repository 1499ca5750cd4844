"""What no rule has settled and may yet name somebody: words for a person to look at, by risk."""

from __future__ import annotations

from enquete.pseudonyms.grammar import (
    DAYS_AND_MONTHS,
    FUNCTION_WORDS,
    KIN_WORDS,
    MOMENTS,
    PERSONS,
    PROFESSIONS,
    TITLES,
    word_set,
)
from enquete.pseudonyms.numbers import NUMBER_WORDS
from enquete.pseudonyms.organisations import BODIES, SCHOOLS, SHOPS
from enquete.pseudonyms.sight import ADMINISTRATION, Sight

_PLACES = word_set("rue avenue boulevard allee arret station residence cite quartier place hameau village tour gare")
_ANNOUNCING = (
    TITLES
    | PERSONS
    | PROFESSIONS
    | KIN_WORDS
    | SCHOOLS
    | SHOPS
    | BODIES
    | _PLACES
    | word_set("chez appelle appelait appellent surnom prenom nom nomme nommee surnomme collectif eglise mosquee")
)
_NAMED = SCHOOLS | SHOPS | BODIES | word_set("atelier ateliers collectif centre eglise mosquee residence")
_INFLECTED = (
    "er", "ez", "ait", "aient", "ais", "ment", "tion", "tions", "iste", "isme", "ique", "able", "ible", "eux", "euse",
    "ant", "ante", "ants", "ée", "és", "ées", "ons", "ons", "aux", "ive", "ives", "ité", "ités",
)  # fmt: skip
_COMMON = PERSONS | PROFESSIONS | MOMENTS | ADMINISTRATION
_NEVER = FUNCTION_WORDS | NUMBER_WORDS | KIN_WORDS
_UNKNOWN = 150_000  # rank from which a form is hardly ever met
_RARE = 25_000
_UNCOMMON = 8_000


def find(sight: Sight) -> None:
    """Doubts the words left readable that no other rule has doubted."""
    doubted = {weak.start for weak in sight.weak}
    for index, fold in enumerate(sight.tokens.folds):
        if fold in _NEVER or fold.isdigit():
            continue
        if sight.tokens.starts[index] in doubted or not sight.free(index):
            continue
        risk, why = _capital(sight, index) if sight.tokens.capital[index] else _small(sight, index)
        if risk:
            sight.doubt(index, risk, why)


def _capital(sight: Sight, index: int) -> tuple[float, str]:
    tokens, fold = sight.tokens, sight.tokens.folds[index]
    if len(fold) == 1:
        pointed = sight.after(index) == "." and tokens.gaps[index] not in {"'", "’"}
        return (0.35, "initiale") if pointed and not tokens.initial[index] else (0, "")
    if fold in DAYS_AND_MONTHS or fold in TITLES:
        return 0, ""
    if tokens.initial[index]:
        return _opening(sight, index)
    if tokens.capital[index] == 2:
        return (0.4 if len(fold) > 4 else 0.2), "mot en capitales, inconnu"
    if fold in ADMINISTRATION:
        return 0.2, "mot de l'administration, avec une majuscule"
    return 0.5, "majuscule au milieu d'une phrase"


def _opening(sight: Sight, index: int) -> tuple[float, str]:
    words, tokens, fold = sight.words, sight.tokens, sight.tokens.folds[index]
    rank = words.rank(tokens.words[index].lower())
    listed = fold in words.first_names or words.surnames.get(fold, 10**6) < 10_000
    if listed and rank > 2_500:
        return 0.3, "nom de la liste qui est aussi un mot, en début de phrase"
    if rank > _RARE and not tokens.words[index].lower().endswith(_INFLECTED):
        return 0.25, "mot rare, en début de phrase"
    return 0, ""


def _small(sight: Sight, index: int) -> tuple[float, str]:
    tokens, words = sight.tokens, sight.words
    word, fold = tokens.words[index], tokens.folds[index]
    if len(fold) < 3 or (fold in _COMMON and sight.before(index) not in TITLES):
        return 0, ""
    rank, inflected = words.rank(word), word.endswith(_INFLECTED)
    announced = sight.before(index) in _ANNOUNCING and tokens.gaps[index] == " "
    if announced and not inflected and (rank > (_UNCOMMON if tokens.cased else 1_500) or _surname(sight, index)):
        return 0.45, f"après « {tokens.words[index - 1].lower()} »"
    named = sight.before(index) in {"le", "la", "les", "l"} and sight.before(index, 2) in _NAMED
    if named and not tokens.cased and tokens.joined(index) and tokens.joined(index - 1) and rank > 1_000:
        return 0.4, f"après « {tokens.words[index - 2].lower()} » et un article"
    if tokens.words[index - 1 : index] in (["à"], ["chez"]) and rank > _UNCOMMON and not inflected:
        return 0.4, f"après « {tokens.words[index - 1]} »"
    if rank > _UNKNOWN and not inflected:
        return 0.3, "mot inconnu, sans majuscule"
    if not tokens.cased and rank > _RARE and not inflected:
        return 0.2, "mot rare, sans majuscule"
    return 0, ""


def _surname(sight: Sight, index: int) -> bool:
    """« monsieur petit »: the most common of words, and of surnames."""
    titled = not sight.tokens.cased and sight.before(index) in TITLES
    return titled and sight.words.surnames.get(sight.tokens.folds[index], 10**6) < 5_000
