"""Nicknames and names that are ordinary words: only the construction tells (« on l'appelle la Puce », « ma femme X »).

In texts without capitals a noun wants an article; a relative, or somebody who is called so, followed by a noun without
one and by a new subject (« ma femme perle elle… ») is named by it. Adjectives stand there too: they are told by ending.
"""

from __future__ import annotations

from enquete.model import IdentifierType
from enquete.pseudonyms.grammar import (
    FUNCTION_WORDS,
    KIN_WORDS,
    MOMENTS,
    PERSONS,
    POSSESSIVES,
    PROFESSIONS,
    TITLES,
    word_set,
)
from enquete.pseudonyms.numbers import NUMBER_WORDS
from enquete.pseudonyms.sight import ADMINISTRATION, Sight
from enquete.pseudonyms.titles import small_name_end

_PERSON = IdentifierType.PERSON
_CALLS = word_set("appelle appellent appelait appelaient appelle-t appelez appelons surnomme surnomment surnommait")
_CALLED = word_set("m l t nous vous les")  # whom: « on l'appelle »
_NAMED = word_set("appelle appelait appellent appelaient")
_ADVERBS = word_set(
    "vraiment toujours encore aussi juste tous tout carrement surtout plutot souvent euh bien donc quoi"
)
_PASSED_OVER = _ADVERBS | KIN_WORDS
_ARTICLES = word_set("le la l")
_SOMEBODY = PERSONS | PROFESSIONS | word_set("filles freres soeurs cousins cousines garcons voisins voisines collegues")
_NEVER = FUNCTION_WORDS | TITLES | KIN_WORDS
_COMMON = MOMENTS | _SOMEBODY | ADMINISTRATION | NUMBER_WORDS
_NOT_NICKNAMES = word_set(
    """
    direct vite expres ensemble dehors tard tot souvent rarement quelqu quelquefois numero jamais demain aujourd chaque
    telephone portable
    """
)
_FRIENDS = {"amis", "copains", "potes", "intimes", "copines", "famille"}
_PREDICATES = word_set(
    """
    pareil simple complique dur dure facile normal vrai faux pire dommage special different chaud clair sur important
    grave fini mort loin cool bizarre horrible terrible impossible possible complet mignon genial parfait nul galere
    """
)
_ADJECTIVES = (
    "é", "ée", "és", "ées", "ant", "ante", "ent", "ente", "teur", "seur", "leur", "euse", "eux", "ive", "if", "ique",
    "el", "elle", "al", "ale", "able", "ible", "ade", "aire", "ier", "ière", "ien", "ienne", "éen", "éenne", "iste",
    "ais", "aise", "ois", "oise", "ain", "aine", "ment", "er", "ir", "re", "i", "ie", "du", "due", "nu", "nue",
    "lu", "lue", "tu", "tue", "vu", "vue", "cu", "ru",
)  # fmt: skip
_AFTER_RELATIVES = word_set(
    """
    seul seule enceinte adulte majeur majeure mineur mineure unique ado adolescent adolescente autiste jumelle jumeau
    gentil gentille sympa super nouveau nouvelle veuf veuve celibataire bebe macon biologique adoptif
    """
)
_NEW_SUBJECT = word_set("elle il qui c lui m elles ils")


def find(sight: Sight) -> None:
    """Masks such names in what nothing has settled yet, doubts those that the construction leaves open."""
    for index in range(1, len(sight.tokens)):
        if not _may_name(sight, index):
            continue
        if sight.tokens.cased:
            _judge_capital(sight, index)
        else:
            _judge_small(sight, index)


def _may_name(sight: Sight, index: int) -> bool:
    fold = sight.tokens.folds[index]
    return fold not in _NEVER and len(fold) > 1 and not fold.isdigit() and sight.free(index)


def _anchor(sight: Sight, index: int) -> int:
    """The word before, adverbs and kinship left out: « l'appelle vraiment papi X »."""
    at = index - 1
    while at > 0 and index - at < 4 and sight.tokens.folds[at] in _PASSED_OVER:
        at -= 1
    return at


def _calls(sight: Sight, at: int) -> bool:
    """« m'appelle », « l'appelait », « surnommé » end at this word."""
    folds = sight.tokens.folds
    return folds[at] in {"surnomme", "surnommee", "alias"} or (
        at > 0 and folds[at] in _CALLS and folds[at - 1] in _CALLED
    )


def _judge_capital(sight: Sight, index: int) -> None:
    tokens = sight.tokens
    if tokens.capital[index] != 1 or sight.institution(index):
        return
    articled = tokens.folds[index - 1] in _ARTICLES
    at = _anchor(sight, index - articled)
    quoted = any(sign in tokens.gaps[index - articled] for sign in '«“"')
    alias = tokens.folds[at] in {"dit", "dite", "dits"} and at > 0 and "," in tokens.gaps[at]
    if not (_calls(sight, at) or alias) or (tokens.initial[index] and not quoted and not articled):
        return
    if articled and tokens.folds[index] in ADMINISTRATION and not _everybody(sight, at):
        return  # « on l'appelle la Maison »
    sight.mask(index - articled, sight.capital_end(index), _PERSON, 0.8, "surnom, après « appeler » ou « dit »")


def _everybody(sight: Sight, at: int) -> bool:
    """« tout le monde l'appelle », « ils m'appellent »: said of somebody, not of a thing."""
    return bool({"monde", "gens", "ils", "gars", "enfants", "m"} & set(sight.tokens.folds[max(0, at - 3) : at]))


def _judge_small(sight: Sight, index: int) -> None:
    at = _anchor(sight, index)
    folds = sight.tokens.folds
    if not all(sight.tokens.joined(i) for i in range(at + 1, index + 1)):
        return
    if folds[index] in _COMMON:
        return
    if sight.institution(index) and not sight.is_first_name(index):
        return
    if _calls(sight, at):
        _mask(sight, index, "surnom, après « appeler »") if _nickname(sight, index) else None
    elif at > 0 and folds[at] in _NAMED and folds[at - 1] == "s":
        _after_name_given(sight, index, at)
    elif folds[index - 1] in _SOMEBODY:
        _after_relative(sight, index)
    elif folds[max(0, index - 2) : index] == ["c", "est"]:
        _after_presentation(sight, index)
    if sight.free(index) and _explained(sight, index):
        _mask(sight, index, "mot dont il est dit que c'est un nom")


def _nickname(sight: Sight, index: int) -> bool:
    fold = sight.tokens.folds[index]
    return fold not in _NOT_NICKNAMES and not fold.endswith("ment")


def _after_name_given(sight: Sight, index: int, at: int) -> None:
    """« la patronne elle s'appelle vraiment victoire », but « ça s'appelle reviens »."""
    before = set(sight.tokens.folds[max(0, at - 6) : at - 1])
    if sight.is_first_name(index) or before & _SOMEBODY:
        _mask(sight, index, "nom, après « s'appeler »")
    else:
        sight.doubt(index, 0.6, "mot après « s'appeler »")


def _after_relative(sight: Sight, index: int) -> None:
    """« ma femme perle elle », « une pharmacienne rose elle »."""
    tokens, words = sight.tokens, sight.words
    row, following = words.first_names.get(tokens.folds[index]), _following(sight, index)
    listed = row is not None and row.level <= 2
    rank = words.rank(tokens.words[index].lower())
    possessed = bool({sight.before(index, 2), sight.before(index, 3)} & POSSESSIVES)
    described = _adjective(sight, index)
    if possessed and listed and rank > 300 and following != "a" and (not described or following in _NEW_SUBJECT):
        _mask(sight, index, "prénom de la liste, après un proche")
    elif following in _NEW_SUBJECT and (listed or (possessed and not described)):
        _mask(sight, index, "mot sans article, après une personne")
    elif listed or (possessed and not described):
        sight.doubt(index, 0.5, "mot sans article, après une personne")


def _after_presentation(sight: Sight, index: int) -> None:
    """« la petite c'est merveille elle a deux ans », but « la petite c'est pareil »."""
    tokens, words = sight.tokens, sight.words
    near = set(tokens.folds[max(0, index - 5) : index - 2])
    if _following(sight, index) == "qui" and sight.is_first_name(index) and tokens.folds[index] not in _PREDICATES:
        _mask(sight, index, "prénom de la liste, dans « c'est … qui »")
        return
    if near & _FRIENDS and (sight.name_like(index) or words.rank(tokens.words[index].lower()) > 20_000):
        _mask(sight, index, "surnom, pour les amis")
        return
    if not near & (_SOMEBODY | {"grand", "grande"}) or _adjective(sight, index):
        return
    row, following = words.first_names.get(tokens.folds[index]), _following(sight, index)
    listed = row is not None and row.level <= 2 and words.rank(tokens.words[index].lower()) > 300
    subject = following in {"elle", "il", "et", ""} or _following(sight, index + 1) in {"elle", "il"}
    if (subject and listed) or following in {"elle", "il"}:
        _mask(sight, index, "nom, après « c'est »")
    else:
        sight.doubt(index, 0.45, "mot sans article, après « c'est »")


def _explained(sight: Sight, index: int) -> bool:
    """« X c'est le nom du formateur », « X c'est son prénom »."""
    following = sight.tokens.folds[index + 1 : index + 6]
    bare = sight.before(index) not in FUNCTION_WORDS or sight.before(index) in {"hein", "et", "mais", "avec"}
    told = following[:2] == ["c", "est"] and following[2:3] and following[2] in {"le", "son", "mon", "leur"}
    somebody = following[3:4] == ["nom"] and _of_somebody(sight.tokens.folds[index + 5 : index + 8])
    return bare and bool(told) and (somebody or bool({"prenom", "surnom"} & set(following[3:5])))


def _of_somebody(folds: list[str]) -> bool:
    """« … du formateur », « … de la dame », « … de famille »."""
    return folds[:1] in (["du"], ["de"]) and bool((_SOMEBODY | {"famille"}) & set(folds[1:]))


def _following(sight: Sight, index: int) -> str:
    """The folded word after, empty at the end of a phrase."""
    tokens = sight.tokens
    return tokens.folds[index + 1] if index + 1 < len(tokens) and tokens.gaps[index + 1] == " " else ""


def _adjective(sight: Sight, index: int) -> bool:
    word, fold = sight.tokens.words[index].lower(), sight.tokens.folds[index]
    return word.endswith(_ADJECTIVES) or fold in _AFTER_RELATIVES or fold in _PREDICATES


def _mask(sight: Sight, index: int, why: str) -> None:
    last = small_name_end(sight, index)
    second = last + 1
    if (
        last == index
        and sight.free(second)
        and sight.tokens.joined(second)
        and _following(sight, second) in {"elle", "il"}
    ):
        fold = sight.tokens.folds[second]
        noun = fold not in FUNCTION_WORDS | PERSONS | MOMENTS | NUMBER_WORDS
        last = second if noun and sight.is_first_name(index) and not fold.endswith(("er", "ent")) else last
    sight.mask(index, last, _PERSON, 0.75, why)
