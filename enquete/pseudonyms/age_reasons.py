"""What makes a number somebody's age.

French leaves the unit out after « avoir » (« j'ai cinquante-deux »: whatever else is counted is taken up by « en »),
after a possessive (« mes trente-quatre »), after a person (« un gamin de neuf », « la petite six ») and in lists.
"""

from __future__ import annotations

from typing import NamedTuple

from enquete.pseudonyms import words
from enquete.pseudonyms.births import BIRTH, MONTHS
from enquete.pseudonyms.grammar import FUNCTION_WORDS, KIN_WORDS, PERSONS, TITLES, word_set
from enquete.pseudonyms.numbers import NUMBER_WORDS, Said
from enquete.pseudonyms.tokens import Tokens

_REACH = 14  # words before a number that may tell what it counts
YEARS = {"ans", "an", "balais", "piges", "berges"}
_OF_A_BABY = {"mois", "semaines", "jours"}
AVOIR = word_set(
    """
    ai a as avait avais aura aurai auras auront ont avons avez avaient aviez avions aurait aurais avoir ayant eu ait
    """
)
_ALREADY_HAD = {"eu", "fete", "feter", "fetait", "fetes", "fetera"}
# Between the verb and the number: « elle a tout près de », « il doit avoir dans les », « j'ai pas encore ».
_SOFTENERS = word_set(
    """
    deja presque bientot environ seulement juste tout toute pas encore a peine au aux moins plus maintenant quasi
    quasiment facile facilement pres de dans les aujourd hui desormais bien meme euh que qu guere vers autour alentours
    genre ptet peut etre surement
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
_COUNTED_AFTER = word_set("de d sur par pour chez sans que contre pourcent dedans a")
_GROUP = word_set("partir jusqu entre retraite majorite minimum maximum tranche moyenne")
_LIVED = word_set(
    """
    mort morte decede decedee marie mariee parti partie arrive arrivee venu venue sorti sortie enceinte commence
    commencais commencait debute quitte accouche divorce divorcee veuf veuve orphelin orpheline place placee embauche
    embauchee vire viree devenu devenue perdu perdue eu eue remarie remariee tombe tombee
    """
)
_LASTED = word_set(
    """
    pendant depuis durant tous toutes chaque apres ca environ pour derniers dernieres premieres premiers prochaines
    prochains bout travaille travaillais travaillait travail bosse bossais bossait fait faisait faisais faire fais
    cotise cotisais reste restee rester attend attendu attends attendre vecu vit vis vivais habite habitais dure
    duree duraient mis met passe passee tenu tiens tient loge logee prendre pris garde fallu faut manque boulot metier
    anciennete carriere experience contrat galere chomage rsa usine chez il-y-a enferme connais connait marche
    """
)
_AFTER_A_DURATION = word_set(
    """
    d de que chez comme sans durant plus apres avant avec dans ici en au aux la ferme cuisinier a
    """
)
_NEAR_PERSON = (PERSONS | KIN_WORDS | TITLES) - {
    "m",
    "me",
    "meme",
    "petit",
    "petite",
    "dernier",
    "derniere",
} | word_set(
    """
    ne nee age agee ages agees type mec meuf personne jeune vieux vieille fillette ado adolescent adolescente eleve
    etudiant etudiante homme femme veuf veuve retraite retraitee celibataire divorce divorcee marie mariee
    """
)
_OF_AN_AGE = (PERSONS | KIN_WORDS) - {"pere", "mere", "maman", "papa", "parent", "meme"} | word_set(
    """
    type mec meuf personne jeune vieux vieille fillette ado adolescent adolescente eleve etudiant etudiante enfants
    gosses filles garcons fils jeunes bebes
    """
)
ONE_OF_THEM = word_set(
    "petit petite grand grande aine ainee dernier derniere cadet cadette deuxieme troisieme milieu moyen moyenne "
    "moi lui elle toi fils fille garcon bebe second seconde autre premier premiere jumeaux jumelles"
)
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


def number_of(tokens: Tokens, said: Said) -> Number | None:
    """The number with its sentence, or None for what is no age: 0, 200, « un »."""
    folds = tokens.folds
    unit = folds[said.last] if said.last < len(folds) and folds[said.last] in YEARS | _OF_A_BABY else ""
    one = said.value == 1 and folds[said.first] in {"un", "une"} and not unit
    if not 0 < said.value < 115 or one:
        return None
    start = said.first
    while start > max(0, said.first - _REACH) and not tokens.initial[start]:
        start -= 1
    after = said.last + (unit != "")
    return Number(tokens, said, folds[start : said.first], unit, folds[after] if after < len(folds) else "")


def why(number: Number) -> str:
    """The reason to read this number as somebody's age, or nothing."""
    if number.unit in {"balais", "piges", "berges"}:
        return f"âge, devant « {number.unit} »"
    if number.unit in _OF_A_BABY:
        return _why_months(number)
    if number.unit:
        return _why_years(number)
    return _why_bare(number) if number.bare() else _why_counting(number)


def _had(number: Number) -> str:
    """The form of « avoir » that governs the number, softeners aside, or nothing: « il y a », « j'en ai »."""
    at, before = len(number.before) - 1, number.before
    while at >= 0 and before[at] in _SOFTENERS and not (before[at] == "a" and not number.preposition(at - len(before))):
        at -= 1
    if at < 0 or before[at] not in AVOIR or (before[at] == "a" and number.preposition(at - len(before))):
        return ""
    return "" if at and before[at - 1] in {"y", "en", "ca", "cela"} else before[at]


def _why_years(number: Number) -> str:
    before, after = number.before, number.after
    last = before[-1] if before else ""
    joined = number.follows() == ""
    counted = {"d", "de", "chez", "sans", "que"} | ({"pour"} if number.value < 16 else set())
    if _had(number) and not (joined and after in counted):
        return "âge, après le verbe « avoir »"
    if of_a_group(number):
        return ""
    if {"age", "agee", "ages", "agees"} & set(before[-4:]):
        return "âge, après « âgé »"
    if last in {"mes", "tes", "ses", "vos"} and after not in {"de", "d"}:
        return "âge, après un possessif"
    if last in {"de", "d", "vers"} or (last == "a" and number.preposition(-1)):
        return _why_after_preposition(number)
    if after in {"passes", "revolus"} and last not in _LASTED:
        return "âge, devant « passés »"
    return _why_apposed(number)


def of_a_group(number: Number) -> bool:
    """« les moins de 25 ans », « à partir de 60 ans », « les 18-25 ans », « la retraite à 64 ans »."""
    before = number.before
    if (_GROUP | {"moins"}) & set(before[-4:]) and before[-2:] != ["a", "moins"]:
        return True
    if before[-2:] in (["plus", "de"], ["avant", "les"]) or before[-1:] == ["les"]:
        return True
    gap = number.tokens.gaps[number.said.first].strip()
    return gap in {"-", "–", "à"} and before[-1:] != [] and before[-1].isdigit()


def _why_after_preposition(number: Number) -> str:
    before, after = number.before, number.after
    if before[-1] in {"de", "d"}:
        return "âge, après un nom de personne" if _NEAR_PERSON & set(before[-4:-1]) or _of_one(before) else ""
    if before[-2:-1] and before[-2] in {"condamne", "an", "ans", "limite"}:
        return ""
    folds = number.tokens.folds[number.last + 1 : number.last + 3]
    of_something = after in {"d", "de"} and folds[1:] != ["j"] and not (_LIVED & set(before) and folds[1:] == ["un"])
    return "" if of_something else "âge, après « à »"


def _of_one(before: list[str]) -> bool:
    """« un petit de quatre »: a person or a word for one of the children, before « de »."""
    return before[-2:-1] != [] and before[-2] in _OF_AN_AGE | ONE_OF_THEM - {"moi", "lui", "toi"}


def _why_apposed(number: Number) -> str:
    """« mon fils Untel, vingt-trois ans, », « Lina six ans », « Sandrine, sa fille. Quarante-six ans. »"""
    tokens, first, before = number.tokens, number.said.first, number.before
    gap = tokens.gaps[first]
    if before and before[-1] in _LASTED | {"dans", "en", "y", "par", "sur", "plus", "moins"}:
        return ""
    if _said_of_work(number):
        return ""
    if number.after in {"je", "j", "chuis"} and number.value > 12 and not tokens.cased:
        return "âge, dans une présentation"
    if before[-1:] == ["donc"] and (BIRTH | MONTHS) & set(tokens.folds[max(0, first - 10) : first]):
        return "âge, après une date de naissance"
    if not (number.closed() or (gap == " " and not tokens.cased)):
        return ""
    if gap == " " and first and somebody(tokens, first - 1) and number.value < 100:
        return "âge, après un prénom"
    if "," in gap or "(" in gap:
        return "âge, en apposition à une personne" if _beside_a_person(number) else ""
    return _why_alone(number)


def _beside_a_person(number: Number) -> bool:
    """A person just before the comma, or further when nothing there tells of a duration."""
    tokens, first, before = number.tokens, number.said.first, number.before
    if "chez" in before[-4:]:
        return False
    if before and (before[-1] in ONE_OF_THEM or _NEAR_PERSON & set(before[-2:])):
        return True
    if any(somebody(tokens, i) for i in range(max(0, first - 2), first)):
        return True
    near = (_NEAR_PERSON | {"moi"}) & set(before[-5:]) or any(
        somebody(tokens, i) for i in range(max(0, first - 5), first)
    )
    return bool(near) and not _LASTED & set(before)


def _why_alone(number: Number) -> str:
    tokens, first = number.tokens, number.said.first
    if number.before[-2:] == ["c", "est"] and {"moi", "lui", "elle"} & set(number.before[:-2]):
        return "âge, dans une présentation"
    inverted = number.tokens.folds[number.last + 1 : number.last + 3]
    if inverted[:1] in (["j"], ["il"], ["elle"]) and inverted[1:] and inverted[1] in AVOIR and number.value > 3:
        after = number.last + 3
        if after >= len(tokens) or tokens.gaps[after].strip():
            return "âge, devant le verbe « avoir »"
    whole = first == 0 and number.last + 1 >= len(tokens)  # an answer: the question before tells
    alone = tokens.initial[first] and number.value > 14 and number.after != "dont"
    return "âge, dit seul" if alone and not whole else ""


def somebody(tokens: Tokens, index: int) -> bool:
    """A first name or a surname with a capital, or a first name that is no word."""
    lists, fold = words.load(), tokens.folds[index]
    if (fold not in lists.first_names and fold not in lists.surnames) or lists.neutral.at([fold], 0) is not None:
        return False
    if tokens.cased:
        return tokens.capital[index] > 0 and not (tokens.initial[index] and lists.is_word(tokens.words[index]))
    return lists.is_name_written_small(tokens.words[index]) or not lists.is_word(tokens.words[index])


def _said_of_work(number: Number) -> bool:
    """« neuf ans chez Untel, neuf ans » : the same number was a duration just before."""
    tokens, said = number.tokens, number.said
    same = tokens.folds[said.first : said.last + 1]
    before = tokens.folds[max(0, said.first - 12) : said.first]
    return any(before[i : i + len(same)] == same for i in range(len(before)))


def _why_months(number: Number) -> str:
    """« un bébé de huit mois », « elle a dix-huit mois », but « il a deux mois pour répondre »."""
    before = number.before
    last = before[-1] if before else ""
    baby = {"bebe", "age", "agee", "enfant", "petit", "petite", "fils", "fille", "jumeaux"} & set(before)
    if last in {"de", "a"} and baby and number.unit != "jours":
        return "âge d'un enfant"
    plain = number.closed() or number.after in GOES_ON - _COUNTED_AFTER - {"avant"}
    tokens, first = number.tokens, number.said.first
    if "," in tokens.gaps[first] and first and somebody(tokens, first - 1) and number.closed():
        return "âge d'un enfant, en apposition à un prénom"
    third = _had(number) in {"a", "avait", "ont", "avaient", "aura"} and {"il", "elle", "ils", "elles", "qui"} & set(
        before[-6:]
    )
    return "âge d'un enfant" if third and plain and number.unit != "jours" and number.value < 36 else ""


# --- numbers without unit


def _why_bare(number: Number) -> str:
    before, value = number.before, number.value
    last = before[-1] if before else ""
    if last in {"mes", "ses", "tes", "vos"} and (value > 12 or before[-2:-1] == ["sur"]):
        return "âge, après un possessif"
    verb = _had(number)
    if verb and _aged(number, verb):
        return "âge sans « ans », après le verbe « avoir »"
    if last in {"de", "d"} and value > 1 and _of_one(before):
        return "âge sans « ans », après un nom de personne"
    if last == "a" and number.preposition(-1) and value > 12:
        return _why_at(number)
    if last == "passe" and value > 29 and _had_before(before[:-1]):
        return "âge, après « passé »"
    if number.closed() and value > 3 and "age" in before and {"quel", "quelle", "nom"} & set(before):
        return "âge, après le mot « âge »"
    return _why_taken_up(number)


def _had_before(before: list[str]) -> bool:
    return bool(before) and before[-1] in AVOIR | {"deja", "bien"}


def _aged(number: Number, verb: str) -> bool:
    """« elle a huit » may be an age, « j'ai huit » is something else; « j'ai quarante de fièvre » counts."""
    least = 4 if {"il", "elle", "ils", "elles", "qui"} & set(number.before[-6:]) else 13
    if verb in {"ont", "avaient"}:
        least = 3
    if verb == "eu":
        least = 16
    if number.value < least or (number.follows() == "" and number.after in _COUNTED_AFTER and not _when(number)):
        return False
    return not (number.after == "en" and number.value <= 20 and not _when(number))


def _when(number: Number) -> bool:
    """« j'avais dix-neuf à l'époque », « j'aurai soixante-deux en avril »."""
    following = set(number.tokens.folds[number.last + 1 : number.last + 5])
    return bool(following & (MONTHS | {"epoque", "moment", "annee", "noel", "anniversaire"}))


def _why_at(number: Number) -> str:
    """« mariée à dix-neuf », « à cinquante-huit tu trouves plus rien », but « à quinze on ferme la porte »."""
    before, follows = number.before, number.follows()
    plural = {"on", "nous", "ils", "elles"} & set(before[-4:])
    if _LIVED & set(before[-6:]) and not plural:
        return "âge sans « ans », après un moment de la vie"
    says = number.after in {"tu", "t", "on", "je", "j", "vous", "qui", "chuis", "c"}
    opens = len(before) == 1 or "," in number.tokens.gaps[number.said.first - 1]
    if number.value > 15 and says and (opens or number.value > 29) and (follows or number.after != "on"):
        return "âge sans « ans », en tête de phrase"
    return ""


def _why_taken_up(number: Number) -> str:
    """« Yanis onze, », « Yvonne, quatre-vingt-huit. », « qui en a dix-sept », « Donc cinquante-huit. »"""
    tokens, first, before = number.tokens, number.said.first, number.before
    folds = tokens.folds
    closed = number.closed() and number.value > 1
    if closed and first and tokens.gaps[first] in {" ", ", "} and tokens.cased and somebody(tokens, first - 1):
        return "âge, après un prénom"
    stressed = before[-1:] and before[-1] in {"lui", "elle", "moi"} and "," in tokens.gaps[first]
    someone = _NEAR_PERSON & set(before[-5:-1]) or any(somebody(tokens, i) for i in range(max(0, first - 3), first))
    if stressed and someone and closed and number.value > 3:
        return "âge, après un pronom qui reprend une personne"
    if before[-2:] in (["en", "a"], ["en", "ai"], ["en", "avait"], ["en", "aura"]) and number.value > 3:
        older = number.value > 12 and {"lui", "elle", "moi", "mari", "femme", "toi"} & {*before, number.after}
        if {"qui", "ans", "an"} & set(folds[max(0, first - 8) : first]) or older:
            return "âge, après « en a »"
    others = YEARS & set(folds[max(0, first - 12) : first + 12]) or any(
        somebody(tokens, i) for i in range(max(0, first - 3), first)
    )
    if before[-2:] == ["qu", "a"] and others and number.closed():
        return "âge, après « qu'a »"
    if tokens.initial[first] and first and somebody(tokens, first - 1) and number.value > 12:
        return "âge, dit seul après un nom"
    born = BIRTH & set(folds[max(0, first - 30) : first])
    return "âge, après une date de naissance" if before[-1:] in (["donc"], ["ai"]) and born else ""


def _why_counting(number: Number) -> str:
    """« fêter ses dix-huit dehors »: only a verb that asks for an age overrules the word after."""
    before = number.before
    if before[-1:] in (["mes"], ["ses"], ["tes"]) and number.value > 2:
        on = before[-2:-1] == ["sur"] and number.after not in {"heures", "deux"}
        if _ALREADY_HAD & set(before) or on:
            return "âge, après un possessif"
    return ""
