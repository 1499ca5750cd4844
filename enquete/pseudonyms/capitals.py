"""Names in texts written with capitals: what a run of capitals is: person, place, organisation, plain words."""

from __future__ import annotations

import re
from collections.abc import Iterator

from enquete.model import IdentifierType
from enquete.pseudonyms.grammar import DAYS_AND_MONTHS, FUNCTION_WORDS, PERSONS, TITLES, word_set
from enquete.pseudonyms.organisations import BODIES, SCHOOLS, SMALL, announced_by, end_of, kind_of
from enquete.pseudonyms.sight import ADMINISTRATION, Sight

_PERSON, _ORGANISATION = IdentifierType.PERSON, IdentifierType.ORGANISATION
_LINKS = word_set(
    """
    de du des d la le les l et a au aux en pour sur sous sans da dos del di el ben van von der den vers par dans
    chez
    """
)
_ELIDED = word_set("d l j c n s t m qu jusqu lorsqu puisqu y quelqu aujourd")
_ARTICLES = word_set("le la les l au aux")
_SUBJECT_BEFORE = word_set(
    "elle il m me a est etait s avait va dit et lui ma mon travaille habite qui l vient fait veut peut sait aussi"
)
_INVERTED = word_set("toi moi vous nous le la les lui leur y en ce il elle ils elles on tu je t")
_BEFORE_A_PEOPLE = word_set("les des un une aux nous ces ce cette la le quelques deux en des d plusieurs du")
_DEMONYM = re.compile(
    r"(?:ais|aises?|ois|oises?|iens?|iennes?|ains?|aines?|ols?|oles?)$|^(?:arab|kabyl|berber|turc|turque)"
)
_QUALIFIERS = word_set("grand grande petit petite haut haute bas basse vieux vieille gros grosse nouveau nouvelle")
_RARE = 450_000  # rank from which a form counts as unknown


def judge(sight: Sight) -> None:
    """Masks or doubts every run of capitals that nothing has settled yet."""
    for first, last in _runs(sight):
        parts = [i for i in range(first, last + 1) if sight.tokens.capital[i] or sight.tokens.gaps[i] == "-"]
        if _initials(sight, parts):
            sight.mask(first, last, _PERSON, 0.75, "initiales")
        elif all(sight.tokens.capital[i] == 2 for i in parts):
            _judge_capitals(sight, parts)
        elif first == last:
            _judge_single(sight, first)
        else:
            _judge_run(sight, first, last, parts)


# --- where runs start and end


def _runs(sight: Sight) -> Iterator[tuple[int, int]]:
    """Runs of capitals, small link words inside: « Les Voiles du Port »."""
    tokens, index = sight.tokens, 0
    while index < len(tokens):
        if not tokens.capital[index] or not sight.free(index):
            index += 1
            continue
        last = _run_end(sight, index)
        first = _without_opening(sight, index, last)
        if first <= last:
            yield first, last
        index = last + 1


def _run_end(sight: Sight, first: int) -> int:
    tokens = sight.tokens
    last, at = first, first + 1
    while sight.free(at) and (tokens.joined(at) or sight.after_initial(at)):
        fold, gap = tokens.folds[at], tokens.gaps[at]
        if not tokens.joined(at) and fold in _ELIDED and tokens.gaps[at + 1 : at + 2] in (["'"], ["’"]):
            break  # « un seul L. C'est… »
        hyphened = gap == "-" and fold not in FUNCTION_WORDS and last == at - 1
        # « Floc'h », « P'tits »: short words around an apostrophe that no elision explains.
        inside = gap in {"'", "’"} and last == at - 1 and len(fold) <= 4 and len(tokens.folds[last]) <= 4
        if tokens.capital[at] or hyphened or (inside and tokens.folds[last] not in _ELIDED):
            last = at
        elif not (gap == "-" or (fold in _LINKS and at - last <= 2)):
            break
        at += 1
    return last


def _without_opening(sight: Sight, first: int, last: int) -> int:
    """Drops the word that opens the sentence when it is an ordinary one, and elided or function words."""
    tokens = sight.tokens
    while first <= last:
        fold = tokens.folds[first]
        gap = tokens.gaps[first + 1] if first < last else ""
        if gap.startswith(".") and len(tokens.words[first]) == 1:
            break  # « S. D. »
        elided = fold in _ELIDED and gap in {"'", "’"}
        function = (
            fold in FUNCTION_WORDS and gap != "-" and (first == last or tokens.initial[first] or fold not in _ARTICLES)
        )
        if not (
            elided
            or function
            or not tokens.capital[first]
            or (tokens.initial[first] and not _may_open(sight, first, gap))
        ):
            break
        if (
            function
            and tokens.initial[first]
            and fold in {"le", "la", "les"}
            and first < last
            and sight.name_like(first + 1)
        ):
            break
        if first < last and _opens_a_title(sight, first, gap):
            break
        if first < last and not tokens.initial[first] and sight.before(first) in {"association", "asso", "collectif"}:
            break  # « l'asso Un Toit Pour Deux »
        if first < last and not function and not elided and sight.words.rank(tokens.words[first].lower()) > 8_000:
            sight.doubt(first, 0.3, "mot peu courant, devant une majuscule")
        first += 1
    return first


def _opens_a_title(sight: Sight, index: int, gap: str) -> bool:
    """« Ourlets Untel, rue… »: a rare noun right before another capital."""
    tokens = sight.tokens
    rank = sight.words.rank(tokens.words[index].lower())
    rare = (rank > 12_000 or tokens.folds[index] in _QUALIFIERS) and not tokens.folds[index].endswith("ment")
    return rare and gap == " " and tokens.capital[index] == 1 and tokens.capital[index + 1] == 1


def _may_open(sight: Sight, index: int, gap: str) -> bool:
    """Whether a word that opens a sentence may be a name, though any word has a capital there."""
    word, fold = sight.tokens.words[index], sight.tokens.folds[index]
    if not sight.words.is_word(word) or fold in sight.words.first_names:
        return True
    if gap == "-" and sight.tokens.capital[index + 1] == 1:
        return True  # « Petite-Prairie »
    return gap != "-" and fold in sight.words.surnames


# --- what runs are


def _judge_run(sight: Sight, first: int, last: int, parts: list[int]) -> None:
    tokens = sight.tokens
    names = [i for i in parts if sight.name_like(i) and not (tokens.capital[i] == 2 and sight.acronym(i))]
    firsts = [i for i in parts if sight.is_first_name(i)]
    small = announced_by(sight, first) in SMALL
    if tokens.folds[first] in ADMINISTRATION and not names and not small and not (first in firsts and len(parts) == 2):
        return
    initial = tokens.initial[first]
    if names or (firsts and (not initial or len(firsts) == len(parts))):
        if initial and _plain_opening(sight, first, names, firsts):
            first = parts[1]
        _mask_run(sight, first, last, kind_of(sight, first, first, last), 0.9, _reason(firsts))
    elif initial and not announced_by(sight, first):
        _judge_opening_run(sight, first, last, parts)
    else:
        kind = kind_of(sight, first, first, last)
        if kind is _PERSON and not all(tokens.folds[i] in sight.words.surnames for i in parts):
            kind = _ORGANISATION
        _mask_run(sight, first, last, kind, 0.75, "suite de majuscules au milieu d'une phrase")


def _judge_opening_run(sight: Sight, first: int, last: int, parts: list[int]) -> None:
    """« Ourlets Perle Fine, rue… »: a second capital tells that the first was not of the sentence alone."""
    folds, words = sight.tokens.folds, sight.tokens.words
    others = [i for i in parts[1:] if sight.tokens.capital[i] == 1 and folds[i] not in ADMINISTRATION]
    if not others or folds[others[0]] in DAYS_AND_MONTHS or _of_a_people(sight, others[0]):
        return
    if sight.words.rank(words[first].lower()) < 2_000 and folds[first] not in sight.words.first_names:
        first = others[0]
    _mask_run(sight, first, last, _ORGANISATION, 0.65, "suite de majuscules en début de phrase")


def _mask_run(sight: Sight, first: int, last: int, kind: IdentifierType, score: float, why: str) -> None:
    if kind is _ORGANISATION:
        last = end_of(sight, first, last)
        if sight.before(first) == "l" and sight.tokens.joined(first):
            first -= 1  # « l'Imprimerie Untel »
    sight.mask(first, last, kind, score, why)


def _reason(firsts: list[int]) -> str:
    return "prénom de la liste, avec d'autres majuscules" if firsts else "suite de majuscules inconnue"


def _plain_opening(sight: Sight, first: int, names: list[int], firsts: list[int]) -> bool:
    """An ordinary word that opens the sentence, then a name: « Boulanger Kouassi »? rather « Demain Kouassi »."""
    tokens = sight.tokens
    following = tokens.gaps[first + 1]
    if len(tokens.words[first]) == 1 and following.startswith("."):
        return False  # « T. Untel »
    if tokens.folds[first] in _QUALIFIERS and first + 1 in firsts and following in {" ", "-"}:
        return False  # « Gros Louis »
    return (
        first not in names
        and first not in firsts
        and not sight.compound(first)
        and not _opens_a_title(sight, first, tokens.gaps[first + 1])
        and sight.before(first) not in TITLES
        and tokens.gaps[first + 1] != "-"
        and sight.words.is_word(tokens.words[first])
    )


def _judge_capitals(sight: Sight, parts: list[int]) -> None:
    """All in capitals among small letters: an acronym, or a surname written so."""
    words = sight.words
    for index in parts:
        word, fold = sight.tokens.words[index], sight.tokens.folds[index]
        listed = fold in words.first_names or fold in words.surnames
        readily = words.rank(word.capitalize()) < words.rank(word) or words.rank(word) > 200_000
        if len(fold) >= 3 and listed and readily and (not words.is_word(fold) or len(parts) > 1):
            sight.mask(index, index, _PERSON, 0.85, "nom de la liste, en capitales")
        elif len(fold) >= 5 and not words.is_word(fold):
            sight.doubt(index, 0.4, "mot inconnu, en capitales")


def _judge_single(sight: Sight, index: int) -> None:
    words, tokens = sight.words, sight.tokens
    word, fold = tokens.words[index], tokens.folds[index]
    if len(word) == 1:
        if sight.after(index) == "." and not tokens.initial[index] and sight.before(index) in _LINKS | {"avec", "que"}:
            sight.doubt(index, 0.4, "initiale")
        return
    following = tokens.folds[index + 1] if index + 1 < len(tokens) else ""
    if fold in TITLES and not (tokens.capital[index] == 1 and sight.before(index) in SCHOOLS | BODIES):
        return  # « le Docteur », but « au collège Pasteur »
    if tokens.initial[index] and following in _INVERTED and tokens.gaps[index + 1] == "-":
        return  # « Tais-toi », « Dis-moi »
    first_name = words.first_names.get(fold)
    plain = words.is_word(word) and not (first_name and words.leans_to_name(word))
    if plain and tokens.initial[index]:
        _judge_opening(sight, index)
    elif plain:
        _judge_plain(sight, index)
    else:
        _judge_name(sight, index)


def _initials(sight: Sight, parts: list[int]) -> bool:
    """« S. D. »: two or three capitals with their points."""
    letters = all(len(sight.tokens.words[i]) == 1 for i in parts)
    return letters and 1 < len(parts) < 4 and sight.after(parts[-1]) == "."


def _judge_name(sight: Sight, index: int) -> None:
    """A capital on what is no ordinary word."""
    words, tokens = sight.words, sight.tokens
    word, fold = tokens.words[index], tokens.folds[index]
    listed, rank = fold in words.first_names, words.surnames.get(fold, 10**6)
    if fold.endswith("s") and not listed and _of_a_people(sight, index):
        sight.doubt(index, 0.3, "habitants d'un lieu, ou nom inconnu")
        return
    label = sight.labels.get(index)
    if tokens.initial[index] and not listed:
        if words.rank(word.lower()) < _RARE and label not in {"PER", "LOC"} and rank > 20_000:
            sight.doubt(index, 0.5, "majuscule de début de phrase, mot rare")
            return
        if rank > 60_000 and label != "PER" and _derived(sight, index):
            sight.doubt(index, 0.4, "mot inconnu, en début de phrase")
            return
    if sight.before(index) == "de" and sight.before(index, 2) in {"les", "des"} and tokens.joined(index):
        sight.mask(index - 1, index, _PERSON, 0.85, "nom à particule, au pluriel")  # « les de Untel »
        return
    why = "prénom de la liste" if listed else "nom de la liste" if rank < 10**6 else "mot inconnu, avec une majuscule"
    _mask_run(sight, index, index, kind_of(sight, index, index, index), 0.9, why)


def _derived(sight: Sight, index: int) -> bool:
    """« Pff », « Rebonjour »: an interjection alone in its sentence, or a word with a prefix."""
    fold = sight.tokens.folds[index]
    alone = sight.closes(index) and len(fold) < 6
    return alone or any(
        fold.startswith(p) and sight.words.is_word(fold[len(p) :])
        for p in ("re", "super", "hyper", "de", "anti", "pre")
    )


def _judge_opening(sight: Sight, index: int) -> None:
    """An ordinary word that opens a sentence and may be a first name: « Rose elle fait à manger »."""
    words, tokens = sight.words, sight.tokens
    if tokens.folds[index] in PERSONS:
        return  # « Mari parti en 2019 »
    first_name, rank = words.first_names.get(tokens.folds[index]), words.surnames.get(tokens.folds[index], 10**6)
    if first_name and first_name.level <= 2:
        follows = (
            tokens.gaps[index + 1] == " " and tokens.folds[index + 1] in _SUBJECT_BEFORE
            if index + 1 < len(tokens)
            else False
        )
        if follows or sight.labels.get(index) == "PER":
            sight.mask(index, index, _PERSON, 0.75, "prénom de la liste, en tête de phrase, suivi d'un verbe")
        else:
            sight.doubt(index, 0.6, "prénom de la liste qui est aussi un mot, en début de phrase")
    elif rank < 20_000 and words.rank(tokens.words[index].lower()) > 8_000:
        if (
            index + 1 < len(tokens)
            and tokens.gaps[index + 1] == " "
            and tokens.folds[index + 1] in {"il", "elle", "m", "lui"}
        ):
            sight.mask(index, index, _PERSON, 0.7, "nom de la liste, en tête de phrase, repris par un pronom")
        else:
            sight.doubt(index, 0.5, "nom de la liste qui est aussi un mot, en début de phrase")
    elif words.rank(tokens.words[index].lower()) > 8_000:
        sight.doubt(index, 0.2, "mot peu courant, en début de phrase")


def _judge_plain(sight: Sight, index: int) -> None:
    """A capital on an ordinary word in mid-sentence."""
    words, fold = sight.words, sight.tokens.folds[index]
    if fold in ADMINISTRATION or fold in DAYS_AND_MONTHS or _of_a_people(sight, index):
        sight.doubt(index, 0.15, "mot de l'administration, jour ou habitants, avec une majuscule")
        return
    tokens = sight.tokens
    if sight.before(index) in {"le", "la", "les", "l"} and tokens.joined(index) and _capital_article(sight, index - 1):
        sight.mask(index - 1, end_of(sight, index - 1, index), _ORGANISATION, 0.8, "article et mot avec une majuscule")
        return
    following = tokens.folds[index + 1] if index + 1 < len(tokens) and tokens.gaps[index + 1] == " " else ""
    if len(following) == 2 and following in sight.words.departments:
        sight.mask(index, index + 1, _ORGANISATION, 0.75, "majuscule suivie d'un numéro de département")
        return
    first_name = words.first_names.get(fold)
    announced = announced_by(sight, index)
    if announced and announced != "centre":
        sight.mask(index, end_of(sight, index, index), _ORGANISATION, 0.8, f"majuscule, après « {announced} »")
    elif (first_name and first_name.level <= 2) or words.surnames.get(fold, 10**6) < 4_000:
        why = "nom de la liste qui est aussi un mot, majuscule au milieu d'une phrase"
        sight.mask(index, index, _PERSON, 0.8, why)
    elif sight.before(index) in {"au", "aux"} and sight.tokens.joined(index):
        sight.mask(index, index, IdentifierType.PLACE, 0.7, f"majuscule, après « {sight.before(index)} »")
    elif _named_thing(sight, index):
        kind = IdentifierType.PLACE if sight.before(index) in _ARTICLES else _ORGANISATION
        last = end_of(sight, index, index)
        sight.mask(index, last, kind, 0.65, "mot rare avec une majuscule au milieu d'une phrase")
    else:
        sight.doubt(index, 0.5, "mot ordinaire avec une majuscule au milieu d'une phrase")


def _capital_article(sight: Sight, index: int) -> bool:
    """« serveur à L'Ardoise »: an article with a capital in mid-sentence belongs to a name."""
    return sight.tokens.capital[index] > 0 and not sight.tokens.initial[index]


def _named_thing(sight: Sight, index: int) -> bool:
    """« depuis, on est au Volubilis », « avec Passerelle »: a rare word, after an article or where one is missing."""
    rank = sight.words.rank(sight.tokens.words[index].lower())
    return rank > (12_000 if sight.before(index) in {"a", "chez", "avec", "pour", "de", "d", *_ARTICLES} else 25_000)


def _of_a_people(sight: Sight, index: int) -> bool:
    """« les Français », « un Kabyle », « nous les Andalouses »: inhabitants and languages identify nobody."""
    determined = sight.before(index) in _BEFORE_A_PEOPLE and not announced_by(sight, index)
    return determined and _DEMONYM.search(sight.tokens.folds[index]) is not None
