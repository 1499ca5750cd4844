"""Names written small: first names that are hardly ever words, anywhere; more where nothing has capitals."""

from __future__ import annotations

from enquete.model import IdentifierType
from enquete.pseudonyms.grammar import FUNCTION_WORDS, KIN_WORDS, NAMED_SCHOOLS, POSSESSIVES, word_set
from enquete.pseudonyms.numbers import NUMBER_WORDS
from enquete.pseudonyms.sight import Sight
from enquete.pseudonyms.titles import small_name_end

_PERSON = IdentifierType.PERSON
_BEFORE_VERBS = word_set("se me te je tu on il elle ils elles nous vous s m")  # « elle se marie »
# What common nouns, adjectives and verbs have before them, and names have not.
_BEFORE_NOUNS_AND_VERBS = (
    _BEFORE_VERBS
    | POSSESSIVES
    | NUMBER_WORDS
    | word_set(
        """
    le la les l un une des du de d ce cet cette ces quel quelle quels quelles chaque plusieurs quelques tout toute tous
    toutes aucun aucune ca cela qui ne n y en ai as a ont avait avais est es suis sont etait etais etre trop tres plus
    moins bien si assez tellement vraiment super truc en genre comme j c m t qu pas rien jamais etes sommes
    """
    )
)
_NAMED_KINDS = NAMED_SCHOOLS | word_set(
    """
    association asso societe entreprise boite club resto restaurant bar cafe hotel residence centre chantier quartier
    cite rue avenue place arret gare tour foyer chez
    """
)
_BEFORE_NICKNAMES = {"tonton", "tata", "tatie", "mamie", "papi", "papy", "pepe", "surnom", "chez"}
_ENDINGS = (
    "er", "ez", "ait", "aient", "ais", "ment", "tion", "tions", "eur", "euse", "iste", "isme", "ique", "able", "eux",
    "age", "ing", "tte", "ons", "ant", "es", "ees", "ification", "ette", "ure", "os",
)  # fmt: skip
_RARE = 450_000  # rank from which a form counts as unknown


def judge(sight: Sight) -> None:
    """Masks or doubts the words without a capital that nothing has settled yet."""
    tokens = sight.tokens
    for index, fold in enumerate(tokens.folds):
        if len(fold) < 2 or fold in FUNCTION_WORDS or fold.isdigit() or not sight.free(index):
            continue
        if fold in KIN_WORDS or (tokens.cased and tokens.capital[index]):
            continue
        if sight.words.is_name_written_small(tokens.words[index]):
            _judge_first_name(sight, index)
        elif not tokens.cased:
            _judge_other(sight, index)
        elif sight.words.rank(tokens.words[index]) >= _RARE and not tokens.folds[index].endswith(_ENDINGS):
            sight.doubt(index, 0.35 if len(fold) > 3 else 0.2, "mot inconnu, sans majuscule")
        elif sight.before(index) in _BEFORE_NICKNAMES:
            sight.doubt(index, 0.45, "mot sans majuscule, là où un nom est attendu")


def _stands_alone(sight: Sight, index: int) -> bool:
    """An unknown word that is used as a name is: no article, no pronoun before, no ending of a French word."""
    fold = sight.tokens.folds[index]
    if len(fold) < 4 or sight.before(index) in _BEFORE_NOUNS_AND_VERBS or "'" in sight.tokens.gaps[index]:
        return False
    if fold.endswith(_ENDINGS) or sight.tokens.gaps[index] == "-":
        return False
    return not any(
        sight.words.is_word(fold[len(p) :]) for p in ("re", "de", "pre", "super", "anti") if fold.startswith(p)
    )


def _reduplicated(fold: str) -> bool:
    """« zaza », « momo », « loulou »: how people shorten first names."""
    half = len(fold) // 2
    return len(fold) in {4, 6} and fold[:half] == fold[half:] and fold[half - 1] in "aeiou"


def _beside_a_name(sight: Sight, index: int) -> bool:
    """« karim et capucine »: linked to a name that has just been masked."""
    tokens = sight.tokens
    if index < 2 or tokens.folds[index - 1] != "et" or not tokens.joined(index) or not tokens.joined(index - 1):
        return False
    end = tokens.ends[index - 2]
    return any(f.end == end and f.type is _PERSON for f in sight.found)


def _announced(sight: Sight, index: int) -> bool:
    """« l'auto-école conduite plus », « le quartier soleil »: two nouns in a row, the first of which may be named."""
    return sight.before(index) in _NAMED_KINDS and sight.tokens.joined(index)


def _judge_first_name(sight: Sight, index: int) -> None:
    tokens, row = sight.tokens, sight.words.first_names[sight.tokens.folds[index]]
    if tokens.cased:
        hyphened = "-" in {tokens.gaps[index], tokens.gaps[index + 1] if index + 1 < len(tokens) else ""}
        rank = sight.words.rank(tokens.words[index].lower())
        if len(row.name) <= 3 or hyphened or rank < 40_000 or rank < 3 * sight.words.rank(row.name):
            sight.doubt(index, 0.3, "prénom de la liste, sans majuscule")
            return
    elif sight.before(index) in _BEFORE_VERBS and tokens.folds[index] == "marie":
        return
    if row.level <= 2 or sight.labels.get(index) == "PER":
        sight.mask(index, small_name_end(sight, index), _PERSON, 0.85, "prénom de la liste, sans majuscule")
    else:
        sight.doubt(index, 0.6, "prénom rare de la liste, sans majuscule")


def _judge_other(sight: Sight, index: int) -> None:
    words, word, fold = sight.words, sight.tokens.words[index], sight.tokens.folds[index]
    rank = words.rank(word.lower())
    articled = sight.before(index) in _BEFORE_NOUNS_AND_VERBS - {"qu"} | {"au", "aux"}
    if _reduplicated(fold) and not articled and not words.is_word(word):
        sight.mask(index, index, _PERSON, 0.65, "diminutif à syllabe redoublée, sans article")
        return
    if rank > 30_000 and sight.compound(index - 1) and sight.free(index - 1):
        given = (
            index > 1 and sight.free(index - 2) and sight.is_first_name(index - 2) and sight.tokens.joined(index - 1)
        )
        sight.mask(index - 1 - given, index, _PERSON, 0.75, "particule et nom de la liste, sans majuscule")
        return
    surname = fold in words.surnames and not words.is_word(word)
    labelled = sight.labels.get(index) == "PER"
    row = words.first_names.get(fold)
    if (labelled and (surname or rank >= _RARE)) or (surname and rank > 2.5 * words.rank(word.capitalize())):
        sight.mask(index, small_name_end(sight, index), _PERSON, 0.7, "nom de la liste, sans majuscule")
    elif rank >= _RARE and _stands_alone(sight, index):
        sight.mask(index, small_name_end(sight, index), _PERSON, 0.6, "mot inconnu, sans majuscule ni article")
    elif row is not None and row.level == 1 and rank > 8_000 and _beside_a_name(sight, index):
        sight.mask(index, index, _PERSON, 0.75, "prénom de la liste, lié à un autre nom")
    elif row is not None and row.level <= 2 and rank > 1_000:
        sight.doubt(index, 0.5, "prénom de la liste qui est aussi un mot")
    elif rank >= _RARE or surname:
        sight.doubt(index, 0.55, "mot inconnu, sans majuscule")
    elif _announced(sight, index):
        sight.doubt(index, 0.4, "mot sans article, après un mot qui annonce un lieu ou un organisme")
    elif rank > 40_000 or (fold in words.surnames and words.surnames[fold] < 3_000 and rank > 3_000):
        sight.doubt(index, 0.2, "mot rare, sans majuscule")
