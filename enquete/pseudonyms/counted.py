"""A number within its sentence: what it counts, what stands before it, who is named near it."""

from __future__ import annotations

from typing import NamedTuple

from enquete.pseudonyms import words
from enquete.pseudonyms.grammar import FUNCTION_WORDS, KIN_WORDS, PERSONS, TITLES, word_set
from enquete.pseudonyms.numbers import NUMBER_WORDS, Said
from enquete.pseudonyms.tokens import Tokens

_REACH = 14  # words before a number that may tell what it counts
OLDEST = 110
SLANG = {"balais", "piges", "berges"}
YEARS = {"ans", "an"} | SLANG
OF_A_BABY = {"mois", "semaines", "jours"}
AVOIR = word_set(
    """
    ai a as avait avais aura aurai auras auront ont avons avez avaient aviez avions aurait aurais avoir ayant eu ait
    """
)
# Between a verb and the number: « elle a tout près de », « il doit avoir dans les », « j'ai pas encore ».
SOFTENERS = word_set(
    """
    deja presque bientot environ seulement juste tout toute pas encore a peine au aux moins plus maintenant quasi
    quasiment facile facilement pres de dans les aujourd hui desormais bien meme euh que qu guere vers autour alentours
    genre ptet peut etre surement allez disons
    """
)
# What may follow a number that counts nothing; a noun there is what it counts.
GOES_ON = (
    FUNCTION_WORDS
    - NUMBER_WORDS
    - word_set(
        """
        fois jour jours mois premier premiere dernier derniere grand petit de d plein nouveau nouvelle autre autres
        bonnes bonne points point des pareil
        """
    )
) | word_set("bientot passes revolus cette celui celle lui et moi peut ca fait et demi quand et elle elles eux")
# Who is spoken of, kin and trades apart.
SOMEONE = word_set(
    """
    type mec meuf gars personne jeune jeunes vieux vieille fillette ado adolescent adolescente eleve etudiant etudiante
    homme femme veuf veuve retraite retraitee celibataire divorce divorcee marie mariee separe separee bebes nourrisson
    fils filles garcons gosses pauvre mamie papy voisins voisines
    """
)
ONE_OF_THEM = word_set(
    "petit petite petits petites grand grande grands grandes aine ainee dernier derniere cadet cadette deuxieme "
    "troisieme milieu moyen moyenne moi lui elle toi fils fille garcon bebe second seconde autre premier premiere "
    "jumeaux jumelles"
)
NEAR_PERSON = (
    (PERSONS | KIN_WORDS | TITLES) - word_set("m me meme petit petite dernier derniere") | SOMEONE
) | word_set("ne nee age agee ages agees")
_HEDGES = {"demain", "tout", "juste", "environ", "passes", "bientot", "oui", "maintenant"}


class Number(NamedTuple):
    """A number and what stands around it in its sentence. before: folded, the nearest last."""

    tokens: Tokens
    said: Said
    before: list[str]
    unit: str
    after: str  # the word after, unit included in what it follows

    @property
    def value(self) -> int:
        return self.said.value

    @property
    def last(self) -> int:
        """The last word: « trois ans et demi »."""
        last = self.said.last if self.unit else self.said.last - 1
        return last + 2 if self.tokens.folds[last + 1 : last + 3] in (["et", "demi"], ["et", "quelques"]) else last

    @property
    def following(self) -> list[str]:
        """The four words after the unit."""
        return self.tokens.folds[self.last + 1 : self.last + 5]

    @property
    def gap(self) -> str:
        """What stands just before."""
        return self.tokens.gaps[self.said.first]

    def preposition(self, index: int) -> bool:
        """Whether before[index] is « à » and not the verb « a », which folds alike."""
        word = self.said.first + index if index < 0 else self.said.first - len(self.before) + index
        return self.tokens.words[word] in {"à", "À", "A"}

    def follows(self) -> str:
        """The sign that follows, « environ » and the like aside; empty when a word follows."""
        tokens, after = self.tokens, self.last + 1
        while after < len(tokens) and tokens.folds[after] in _HEDGES and tokens.gaps[after] == " ":
            after += 1
        gap = tokens.gaps[after] if after < len(tokens) else tokens.text[tokens.ends[after - 1] :] or "."
        return gap.strip()[:1]

    def closed(self) -> bool:
        return self.follows() in set(',.;:!?…)–—»"/') and self.follows() != ""

    def bare(self) -> bool:
        """No unit, and nothing that it counts."""
        return not self.unit and (self.closed() or self.after in GOES_ON or self.after in NUMBER_WORDS)

    def opens(self) -> bool:
        """Whether it is the first word of its sentence."""
        return self.tokens.initial[self.said.first]

    def earlier(self, reach: int) -> list[str]:
        """The words before, those of earlier sentences included."""
        return self.tokens.folds[max(0, self.said.first - reach) : self.said.first]


def number_of(tokens: Tokens, said: Said) -> Number | None:
    """The number with its sentence, or None for what is no age: 0, 200, « un »."""
    folds = tokens.folds
    unit = folds[said.last] if said.last < len(folds) and folds[said.last] in YEARS | OF_A_BABY else ""
    one = said.value == 1 and folds[said.first] in {"un", "une"} and not unit
    if not 0 < said.value <= OLDEST or one:
        return None
    start = said.first
    while start > max(0, said.first - _REACH) and not tokens.initial[start]:
        start -= 1
    after = said.last + (unit != "")
    return Number(tokens, said, folds[start : said.first], unit, folds[after] if after < len(folds) else "")


def had(number: Number) -> str:
    """The form of « avoir » that governs the number, softeners aside, or nothing: « il y a », « j'en ai »."""
    at, before = len(number.before) - 1, number.before
    while at >= 0 and before[at] in SOFTENERS and not (before[at] == "a" and not number.preposition(at - len(before))):
        at -= 1
    if at < 0 or before[at] not in AVOIR or (before[at] == "a" and number.preposition(at - len(before))):
        return ""
    return "" if at and before[at - 1] in {"y", "en", "ca", "cela"} else before[at]


def somebody(tokens: Tokens, index: int) -> bool:
    """A first name or a surname with a capital, or a first name that is no word."""
    lists, fold = words.load(), tokens.folds[index]
    if (fold not in lists.first_names and fold not in lists.surnames) or lists.neutral.at([fold], 0) is not None:
        return False
    if tokens.cased:
        return tokens.capital[index] > 0 and not (tokens.initial[index] and lists.is_word(tokens.words[index]))
    return lists.is_name_written_small(tokens.words[index]) or not lists.is_word(tokens.words[index])


def like_a_name(tokens: Tokens, index: int) -> bool:
    """As somebody; or, with a capital, a word of no list: no word of French, no place."""
    if somebody(tokens, index):
        return True
    lists = words.load()
    place = lists.communes.at(tokens.folds, index) or lists.towns.at(tokens.folds, index)
    known = place or lists.neutral.at(tokens.folds, index) or lists.institutions.at(tokens.folds, index)
    return tokens.cased and tokens.capital[index] == 1 and not known and not lists.is_word(tokens.words[index])
