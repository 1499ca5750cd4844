"""Names that the words before announce: titles, introductions, relatives. They need no list."""

from __future__ import annotations

from enquete.model import IdentifierType
from enquete.pseudonyms.grammar import (
    FUNCTION_WORDS,
    KIN_WORDS,
    MOMENTS,
    PARTICLES,
    PERSONS,
    POSSESSIVES,
    TITLES,
    WEAK_TITLES,
)
from enquete.pseudonyms.organisations import with_family
from enquete.pseudonyms.sight import ADMINISTRATION, Sight

_PERSON = IdentifierType.PERSON


def _phrases(text: str) -> frozenset[tuple[str, ...]]:
    return frozenset(tuple(line.split()) for line in text.strip().split("|"))


# What follows these is a name, though it be an ordinary word.
_SURE = _phrases(
    "m appelle|s appelle|t appelles|l appelle|s appelait|l appelait|m appelait|s appellent|s appelaient|m appellent|"
    "l appellent|appelle moi|appelez moi|moi c est|nom c est|prenom c est|surnom c est|nom est|prenom est|"
    "prenom|surnom|"
    "prenomme|prenommee|nomme|nommee|surnomme|surnommee|un certain|une certaine|renomme|baptise|baptisee"
)
_LIKELY = _phrases("dit|disent|dite|signe|appelle|appelez|appelait|nom de|nom d|c est|etait|voici|avec|chez|pour")
_WEAKLY = frozenset({("c", "est"), ("etait",), ("voici",), ("avec",), ("chez",), ("pour",)})
_BETWEEN = frozenset({" ", ", ", " : ", ": ", " « ", ' "', "\u00a0: ", " “", " «\u00a0", "-", "\u00a0", "'", "’"})
_FILLERS = {"euh", "heu", "hum", "hm", "comment", "attendez", "enfin", "bah", "ben"}
# « on m'appelle la Puce », « le Grand »: an article and a noun make a nickname after these.
_NICKNAMED = _phrases(
    "m appelle|m appellent|l appelle|l appellent|m appelait|l appelait|s appelle|surnom c est|surnomme|surnommee|"
    "on appelle|appelle moi|disent"
)
_PART_OF_A_NICKNAME = {"petit", "petite", "papa", "maman"}  # « Petit Louis », « Maman Rose »
_POINTS = frozenset({". ", ".", ".\u00a0", "\u00a0"})


def titled(sight: Sight) -> None:
    """« madame Petit », « M. K. », « maître Martin-Sow »: the title stays readable."""
    tokens = sight.tokens
    for index, fold in enumerate(tokens.folds[:-1]):
        weak = fold in WEAK_TITLES
        if not (weak or fold in TITLES) or not sight.free(index + 1):
            continue
        if "-" in tokens.gaps[index + 1]:
            continue  # « Hadj-Kheir » is one name
        hesitates = tokens.folds[index + 1] in _FILLERS
        if not (tokens.joined(index + 1) or tokens.gaps[index + 1] in _POINTS or hesitates):
            continue
        if fold in {"m", "me"} and not (
            tokens.capital[index] and (tokens.gaps[index + 1].startswith(".") or fold == "me")
        ):
            continue
        first = _after_fillers(sight, index + 1)
        if weak and tokens.folds[first] in {"de", "du"}:
            continue  # « la sœur de Karim » is no « sœur Marie »
        last = _after_title(sight, first, weak=weak)
        if last is not None:
            sight.mask(first, last, _PERSON, 0.97, f"nom, après « {tokens.words[index].lower()} »")


def _after_fillers(sight: Sight, index: int) -> int:
    """The word after « euh »: « madame, euh, Lopez »."""
    tokens, at = sight.tokens, index
    while at < min(index + 3, len(tokens) - 1) and tokens.folds[at] in _FILLERS and not sight.compound(at):
        at += 1
    return at if sight.free(at) else index


def _after_title(sight: Sight, first: int, *, weak: bool) -> int | None:
    tokens, fold = sight.tokens, sight.tokens.folds[first]
    if tokens.cased and tokens.capital[first]:
        last = sight.capital_end(first)
        initial = len(fold) == 1 and tokens.capital[first] and sight.after(first) == "."  # « M. T. »
        alone = last == first and fold in FUNCTION_WORDS and not initial
        office = fold in ADMINISTRATION and fold not in sight.words.surnames
        benefit = tokens.capital[first] == 2 and sight.institution(first)  # « Monsieur APL »
        acronym = benefit and last == first and fold not in sight.words.surnames
        return None if alone or office or acronym else last
    if tokens.cased and (weak or not sight.name_like(first)):
        return _particle(sight, first)
    return _small(sight, first, weak=weak)


def _particle(sight: Sight, first: int) -> int | None:
    """« madame de Souza », « monsieur el Amrani », but not « la dame de Colombes »."""
    tokens = sight.tokens
    if tokens.folds[first] not in PARTICLES or first + 1 >= len(tokens):
        return None
    if not tokens.joined(first + 1) or not tokens.capital[first + 1]:
        return None
    if sight.public(first + 1) or sight.institution(first + 1):
        return None
    return sight.capital_end(first + 1)


def _small(sight: Sight, first: int, *, weak: bool) -> int | None:
    tokens, words, fold = sight.tokens, sight.words, sight.tokens.folds[first]
    if fold in PARTICLES | {"saint"} and sight.compound(first):
        return sight.small_end(first + 1)
    if fold == "de" and not weak and not tokens.cased:
        return _noble_end(sight, first)
    if fold in FUNCTION_WORDS or fold.isdigit() or fold in KIN_WORDS:
        return None
    listed = fold in words.surnames or fold in words.first_names
    if sight.name_like(first) or (not weak and listed and words.rank(tokens.words[first].lower()) > 150):
        return small_name_end(sight, first)
    return None


def _second_surname(sight: Sight, first: int, at: int) -> bool:
    """« madame nguyen petit elle fait la classe »: a surname that is a word, before a new subject."""
    tokens = sight.tokens
    if sight.before(first) not in TITLES or not sight.free(at) or not tokens.joined(at) or at + 1 >= len(tokens):
        return False
    surname = sight.words.surnames.get(tokens.folds[at], 10**6) < 6_000
    return surname and tokens.folds[at] not in FUNCTION_WORDS and tokens.folds[at + 1] in {"elle", "il", "m", "qui"}


def _noble_end(sight: Sight, first: int) -> int | None:
    """« monsieur de saint aubin », « madame de la tour du premier », but « madame de la mairie »."""
    folds, at = sight.tokens.folds, first + 1
    while at < len(folds) and folds[at] in {"la", "le", "saint", "sainte"}:
        at += 1
    if at == first + 1 or not sight.free(at) or not sight.tokens.joined(at) or folds[at] in FUNCTION_WORDS:
        return None
    if any(sight.institution(i) for i in range(first + 1, at + 1)):
        return None  # « monsieur de la poste »
    if folds[at - 1] in {"saint", "sainte"}:
        return at
    listed = {"".join(folds[first : at + 1]), "".join(folds[first + 1 : at + 1]), " ".join(folds[first : at + 1])}
    return at if any(form in sight.words.surnames for form in listed) else None


def introduced(sight: Sight) -> None:
    """« je m'appelle X », « moi c'est X », « mon fils X »: X even when it is an ordinary word."""
    tokens = sight.tokens
    for index in range(1, len(tokens)):
        fold = tokens.folds[index]
        if tokens.gaps[index] not in _BETWEEN or fold in FUNCTION_WORDS or fold.isdigit() or not sight.free(index):
            continue
        if _nicknamed(sight, index):
            sight.mask(index - 1, index, _PERSON, 0.75, "surnom avec un article, après « appeler »")
            continue
        said = _said(tokens.folds, index)
        if said is not None:
            sight.introduced |= said in _SURE
            _after_said(sight, index, said)
        elif sight.before(index) in PERSONS and tokens.gaps[index] in {" ", ", "}:
            _after_relative(sight, index)


def _nicknamed(sight: Sight, index: int) -> bool:
    """« tout le monde m'appelle la Puce », but « on m'appelle le matin »."""
    tokens, folds = sight.tokens, sight.tokens.folds
    if folds[index - 1] not in {"le", "la", "l"} or not tokens.joined(index - 1) or sight.public(index):
        return False
    said = next((p for n in (3, 2, 1) if (p := tuple(folds[max(0, index - 1 - n) : index - 1])) in _NICKNAMED), None)
    if tokens.cased:
        return said is not None and tokens.capital[index] == 1
    clitic = said is not None and said[0] in {"m", "l", "surnom"} and len(said) > 1
    return clitic and folds[index] not in MOMENTS | PERSONS | KIN_WORDS


def _said(folds: list[str], index: int) -> tuple[str, ...] | None:
    for length in (3, 2, 1):
        words = tuple(folds[max(0, index - length) : index])
        if words in _SURE or words in _LIKELY:
            return words
    return None


def _after_said(sight: Sight, index: int, said: tuple[str, ...]) -> None:
    tokens, words = sight.tokens, sight.words
    if said in _WEAKLY:
        return
    sure = said in _SURE
    if tokens.cased:
        opens = tokens.initial[index] and not sight.is_first_name(index) and words.is_word(tokens.words[index])
        capital = tokens.capital[index] == 1 or (tokens.capital[index] == 2 and _no_acronym(sight, index))
        if capital and not opens and not sight.public(index):
            sight.mask(index, sight.capital_end(index), _PERSON, 0.95, "nom, après une présentation")
        return
    listed = sight.is_first_name(index) and (sure or words.is_name_written_small(tokens.words[index]))
    if listed or (sure and sight.name_like(index)):
        sight.mask(index, small_name_end(sight, index), _PERSON, 0.9, "nom, après une présentation")
    elif said[-1] in {"dit", "disent"} and _everybody(tokens.folds, index - len(said)):
        sight.mask(index, index, _PERSON, 0.75, "surnom, après « tout le monde dit »")
    elif sight.name_like(index) and words.rank(tokens.words[index].lower()) > 60_000:
        sight.mask(index, small_name_end(sight, index), _PERSON, 0.8, "mot inconnu, après une présentation")


def _no_acronym(sight: Sight, index: int) -> bool:
    """« au nom de KOVACS », but « je signe AVEC »."""
    word = sight.tokens.words[index]
    return len(word) > 3 and not sight.institution(index) and not sight.words.is_word(word)


def _everybody(folds: list[str], end: int) -> bool:
    """« tout le monde dit X », « les gens ils disent X »: what is said so of somebody is a nickname."""
    return bool({"monde", "gens", "ici", "tous"} & set(folds[max(0, end - 3) : end]))


def _after_relative(sight: Sight, index: int) -> None:
    tokens, words = sight.tokens, sight.words
    relative = tokens.words[index - 1].lower()
    why = f"nom, après « {relative} »"
    if tokens.cased:
        if tokens.capital[index] == 1 and not tokens.initial[index] and not sight.public(index):
            nickname = relative in _PART_OF_A_NICKNAME and tokens.capital[index - 1] == 1
            sight.mask(index - nickname, sight.capital_end(index), _PERSON, 0.95, why)
        return
    possessed = sight.before(index, 2) in POSSESSIVES or sight.before(index, 3) in POSSESSIVES
    listed = sight.is_first_name(index)
    ordinary = listed and possessed and words.rank(tokens.words[index].lower()) > 1_000
    if ordinary or (sight.name_like(index) and (listed or possessed)):
        sight.mask(index, small_name_end(sight, index), _PERSON, 0.9, why)


def small_name_end(sight: Sight, index: int) -> int:
    """A name written small, with the surname after it even when it is a word (« olivier blanc »)."""
    last, tokens = sight.small_end(index), sight.tokens
    if sight.before(index) == "chez" and with_family(sight, last) > last:
        return with_family(sight, last)
    after = last + 1
    if _second_surname(sight, index, after):
        return after
    if last > index or not sight.is_first_name(index) or not sight.free(after) or not tokens.joined(after):
        return last
    fold, listed = tokens.folds[after], sight.words.surnames.get(tokens.folds[after], 10**6)
    rank = sight.words.rank(tokens.words[after].lower())
    if fold in FUNCTION_WORDS or listed >= 20_000:
        return last
    if rank > 15_000 and fold not in PERSONS:
        return after
    relative = fold in PERSONS and not (after + 1 >= len(tokens) or tokens.folds[after + 1] in FUNCTION_WORDS)
    if listed < 3_000 and rank > 150 and not relative:
        if sight.introduced:
            return after
        sight.doubt(after, 0.6, "mot qui est aussi un nom de famille, après un prénom")
    return last
