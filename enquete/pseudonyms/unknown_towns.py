"""Towns that no list holds as they are written: villages by the words before, communes of the region misspelt."""

from __future__ import annotations

from functools import cache

from enquete.model import IdentifierType
from enquete.pseudonyms import words
from enquete.pseudonyms.grammar import FUNCTION_WORDS, KIN_WORDS, PERSONS
from enquete.pseudonyms.sight import ADMINISTRATION, Sight
from enquete.pseudonyms.spelling import near, sound

_PLACE = IdentifierType.PLACE


def _phrases(text: str) -> frozenset[tuple[str, ...]]:
    return frozenset(tuple(line.split()) for line in text.strip().split("|"))


# After these stands a place: one that is no common word is masked, whatever it is.
_FROM = _phrases(
    "cote de|cote d|originaire de|originaire d|originaires de|viens de|viens d|vient de|venu de|venue de|venus de|"
    "ne a|nee a|nes a|grandi a|village de|village c est|village s appelle|village qui s appelle|ville de|"
    "ville s appelle|pres de|pres d|region de|province de|wilaya de|gouvernorat de|prefecture de|district de|"
    "habite a|habitais a|habitait a|habite|vis a|vivais a|vit a|loge a|loger a|dors a|dormais a|heberge a|hebergee a|"
    "rester a|domicilie a|domiciliee a|commune de|mairie de|ccas de|caf de|agence de|mission locale de|gare de|"
    "tribunal de|direction|habite aux|habite au|habitais aux|habitais au|quartier des|quartier du|cite des|cite du"
)
# Near these a commune of the region is expected, were it misspelt and a common word.
_IN_THE_REGION = _phrases(
    "habite a|habite|habitais a|habitait a|vis a|loge a|loger a|dors a|heberge a|hebergee a|domicilie a|domiciliee a|"
    "mairie de|mairie d|ccas de|ccas d|caf de|caf d|prefecture de|gare de|commune de|ville de|agence de|agence d|"
    "ne a|nee a|travaille a|mission locale de|cote de|emploi de|travail de|services de|services d"
)
# Quarters are called by a plural: « j'ai emménagé aux mimosas ».
_MOVED = _phrases(
    "habite aux|habitais aux|habitait aux|habiter aux|vis aux|vit aux|loge aux|loger aux|reloge aux|relogee aux|"
    "reloges aux|passe aux|passee aux|emmenage aux|monte aux|descends aux|descend aux|grandi aux|ne aux|nee aux|"
    "installe aux|installee aux|arrive aux|arrivee aux|parti aux|partie aux|retourne aux"
)
_LONGEST = 4  # words of a commune's name


@cache
def _region() -> dict[str, set[str]]:
    """Communes of the Paris region by sound, their words joined."""
    found: dict[str, set[str]] = {}
    for phrase in words.load().region:
        found.setdefault(sound("".join(phrase)), set()).add("".join(phrase))
    return found


def find(sight: Sight) -> None:
    """Masks such towns in what nothing has settled yet."""
    tokens = sight.tokens
    for index in range(1, len(tokens)):
        fold = tokens.folds[index]
        if fold in FUNCTION_WORDS or fold.isdigit() or not sight.free(index) or not tokens.joined(index):
            continue
        last = _misspelt_end(sight, index) if _after(sight, index, _IN_THE_REGION) else None
        if last is not None:
            sight.mask(index, last, _PLACE, 0.7, "orthographe proche d'une commune de la région, après un mot de lieu")
        elif not tokens.cased and _after(sight, index, _MOVED) and _rare_plural(sight, index):
            sight.mask(index, index, _PLACE, 0.65, "mot rare au pluriel, après « habiter aux »")
        elif not tokens.cased and _after(sight, index, _FROM) and _no_common_word(sight, index):
            why = "mot inconnu, après une expression qui annonce un lieu"
            sight.mask(index, sight.small_end(index), _PLACE, 0.7, why)


def _after(sight: Sight, index: int, phrases: frozenset[tuple[str, ...]]) -> bool:
    folds = sight.tokens.folds
    if folds[index - 1] == "a" and sight.tokens.words[index - 1] not in {"à", "À", "A"}:
        return False
    return any(tuple(folds[max(0, index - n) : index]) in phrases for n in (1, 2, 3, 4))


def _rare_plural(sight: Sight, index: int) -> bool:
    """« aux pivoines », but « passé aux urgences », « arrivé aux impôts »."""
    fold = sight.tokens.folds[index]
    plural = fold.endswith(("s", "x")) and fold not in PERSONS | KIN_WORDS | ADMINISTRATION
    return plural and sight.words.rank(sight.tokens.words[index].lower()) > 20_000 and not sight.institution(index)


def _no_common_word(sight: Sight, index: int) -> bool:
    """« sétif », but « je viens de finir », « du côté de maman »."""
    word, fold = sight.tokens.words[index].lower(), sight.tokens.folds[index]
    if fold in KIN_WORDS | PERSONS | ADMINISTRATION or fold.endswith(("er", "ir", "re")):
        return False
    rank = sight.words.rank(word)
    return rank > 100_000 or (rank > 20_000 and sight.words.leans_to_name(word) and not sight.words.is_word(word))


def _misspelt_end(sight: Sight, index: int) -> int | None:
    """The last word of what sounds or is spelt like a commune of the region, without being one."""
    tokens = sight.tokens
    best: int | None = None
    joined = ""
    for at in range(index, min(len(tokens), index + _LONGEST)):
        if not sight.free(at) or (at > index and not tokens.joined(at)):
            break
        joined += "saint" if tokens.folds[at] == "st" else tokens.folds[at]
        lone = at == index and sight.words.rank(tokens.words[at].lower()) < 8_000 and not tokens.capital[at]
        if len(joined) > 4 and not lone and tokens.folds[at] not in FUNCTION_WORDS and _like_a_commune(joined):
            best = at
    return best


@cache
def _like_a_commune(joined: str) -> bool:
    if joined in words.load().institutions.starts() or len(joined) > 30:
        return False
    alike = _region().get(sound(joined), set())
    if any(abs(len(name) - len(joined)) <= 3 and name[0] == joined[0] for name in alike):
        return True
    return len(joined) > 5 and any(near(joined, name) for names in _region().values() for name in names)
