"""Names written small: first names that are hardly ever words, anywhere; more where nothing has capitals."""

from __future__ import annotations

from enquete.model import IdentifierType
from enquete.pseudonyms.grammar import FUNCTION_WORDS, KIN_WORDS, word_set
from enquete.pseudonyms.sight import Sight
from enquete.pseudonyms.titles import small_name_end

_PERSON = IdentifierType.PERSON
_BEFORE_VERBS = word_set("se me te je tu on il elle ils elles nous vous s m")  # « elle se marie »
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


def _judge_first_name(sight: Sight, index: int) -> None:
    tokens, row = sight.tokens, sight.words.first_names[sight.tokens.folds[index]]
    if tokens.cased:
        hyphened = "-" in {tokens.gaps[index], tokens.gaps[index + 1] if index + 1 < len(tokens) else ""}
        rank = sight.words.rank(tokens.words[index].lower())
        if len(row.name) <= 3 or hyphened or rank < 40_000 or rank < 3 * sight.words.rank(row.name):
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
    surname = fold in words.surnames and not words.is_word(word)
    labelled = sight.labels.get(index) == "PER"
    row = words.first_names.get(fold)
    if (labelled and (surname or rank >= _RARE)) or (surname and rank > 2.5 * words.rank(word.capitalize())):
        sight.mask(index, small_name_end(sight, index), _PERSON, 0.7, "nom de la liste, sans majuscule")
    elif row is not None and row.level <= 2 and rank > 1_000:
        sight.doubt(index, 0.5, "prénom de la liste qui est aussi un mot")
    elif rank >= _RARE or surname:
        sight.doubt(index, 0.55, "mot inconnu, sans majuscule")
    elif rank > 40_000 or (fold in words.surnames and words.surnames[fold] < 3_000 and rank > 3_000):
        sight.doubt(index, 0.2, "mot rare, sans majuscule")
