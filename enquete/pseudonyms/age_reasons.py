"""What makes a number somebody's age.

« N ans » is an age unless something says a duration (durations.py). French leaves the unit out after « avoir »
(« j'ai cinquante-deux »: whatever else is counted is taken up by « en »), after a possessive (« mes trente-quatre »),
after a person (« un gamin de neuf », « la petite six », « Untel, cinquante, ») and in lists.
"""

from __future__ import annotations

from enquete.pseudonyms.births import BIRTH, MONTHS
from enquete.pseudonyms.counted import (
    AVOIR,
    GOES_ON,
    NEAR_PERSON,
    OF_A_BABY,
    ONE_OF_THEM,
    SLANG,
    SOMEONE,
    YEARS,
    Number,
    had,
    like_a_name,
    somebody,
)
from enquete.pseudonyms.durations import lasts, nearest
from enquete.pseudonyms.grammar import FUNCTION_WORDS, KIN_WORDS, PERSONS, POSSESSIVES, word_set
from enquete.pseudonyms.numbers import NUMBER_WORDS

_GROWN = 15  # from this value a number of years that nothing explains is an age: durations are short more often
_ALREADY_HAD = {"eu", "fete", "feter", "fetait", "fetes", "fetera"}
_COUNTED_AFTER = word_set("de d sur par pour chez sans que contre pourcent dedans a")
_GROUP = word_set("partir jusqu entre retraite majorite minimum maximum tranche moyenne")
_LIVED = word_set(
    """
    mort morte decede decedee marie mariee parti partie arrive arrivee venu venue sorti sortie enceinte commence
    commencais commencait debute quitte accouche divorce divorcee veuf veuve orphelin orpheline place placee embauche
    embauchee vire viree devenu devenue perdu perdue eu eue remarie remariee tombe tombee
    """
)
_OF_AN_AGE = (PERSONS | KIN_WORDS) - {"pere", "mere", "maman", "papa", "parent", "meme"} | SOMEONE | {"enfants"}
_BABIES = word_set("bebe bebes nourrisson age agee enfant petit petite fils fille garcon jumeaux jumelles gosse")
_GOING = word_set("va vont vais vas allait allaient allais ira iront sur")
_FEELING = word_set("sens sent sentais sentait")
_SEEMING = word_set("parais parait paraissait fais fait faisait donne donnait donnerait dirait")
_NEARING = word_set("approche approchait approchent frole frolait frise atteint atteindre depasse des passe")
_COUNTS = word_set("euros euro heures heure combien centimes francs minutes metres kilos pourcent gigas")
# After a number that opens its sentence: it goes on about an age.
_OF_AN_AGE_AFTER = word_set("depuis selon bientot passes au en maintenant aujourd cette")


def why(number: Number) -> str:
    """The reason to read this number as somebody's age, or nothing."""
    if number.unit in SLANG:
        return f"âge, devant « {number.unit} »"
    if number.unit in OF_A_BABY:
        return _why_months(number)
    if number.unit:
        return _why_years(number)
    return _why_bare(number) if number.bare() else _why_counting(number)


# --- numbers of years


def _why_years(number: Number) -> str:
    before, after = number.before, number.after
    last = before[-1] if before else ""
    joined = number.follows() == ""
    counted = {"d", "de", "chez", "sans", "que"} | ({"pour"} if number.value < 16 else set())
    if had(number) and not (joined and after in counted and number.following[1:2] != ["apres"]):
        return "âge, après le verbe « avoir »"
    if _reached(number):
        return "âge, après « aller sur » ou « approcher »"
    if last in {"mes", "tes", "ses", "vos", "leurs"} and after not in {"de", "d"}:
        return "âge, après un possessif"
    feted = _ALREADY_HAD & set(before) and after not in {"de", "d"}
    if last == "les" and (feted or _of_somebody(number)):
        return "âge, fêté"
    if of_a_group(number):
        return ""
    if {"age", "agee", "ages", "agees"} & set(number.earlier(4)):
        return "âge, après « âge »"
    if last in {"de", "d", "vers"} or (last == "a" and number.preposition(-1)):
        return _why_after_preposition(number)
    if before[-1:] == ["donc"] and (BIRTH | MONTHS) & set(number.earlier(10)):
        return "âge, après une date de naissance"
    return "" if lasts(number) else _why_unless_duration(number)


def _reached(number: Number) -> bool:
    """« elle va sur quinze ans », « dans les trente ans », « j'approche les soixante »."""
    before = number.before
    going = before[-1:] == ["sur"] and bool(_GOING & set(before[-3:-1]))
    about = before[-2:] == ["dans", "les"] and number.after not in {"a", "qui"}
    own = before[-1:] in (["ses"], ["mes"], ["leurs"], ["les"], ["tes"]) and before[-2:-1] == ["sur"]
    turning = before[-1:] == ["faire"] and bool(_GOING & set(before[-2:-1])) and "ca" not in before[-3:]
    near = before[-1:] in (["les"], ["des"]) and bool(
        _NEARING & set(before[-2:-1] if before[-1] == "les" else before[-1:])
    )
    return (
        going or about or (own and before[-1] != "les") or near or (turning and number.after not in {"d", "de", "que"})
    )


def of_a_group(number: Number) -> bool:
    """« les moins de 25 ans », « à partir de 60 ans », « les 18-25 ans », « la retraite à 64 ans »."""
    before, first = number.before, number.said.first
    entered = {"entré", "entrée"} & {word.lower() for word in number.tokens.words[max(0, first - 4) : first]}
    if (_GROUP | {"moins"}) & set(before[-4:]) and before[-2:] != ["a", "moins"] and not entered:
        return True
    if before[-2:] in (["plus", "de"], ["avant", "les"]) or before[-1:] == ["les"]:
        return True
    gap = number.gap.strip()
    return gap in {"-", "–", "à"} and before[-1:] != [] and before[-1].isdigit()


def _of_somebody(number: Number) -> bool:
    """« les vingt ans de ma fille »."""
    return number.after in {"du", "de"} and bool((NEAR_PERSON | ONE_OF_THEM) & set(number.following[1:3]))


def _why_after_preposition(number: Number) -> str:
    before, after = number.before, number.after
    if before[-1] in {"de", "d"}:
        of_one = NEAR_PERSON & set(before[-4:-1]) or _of_one(before) or before[-3:-1] == ["petit", "bout"]
        return "âge, après un nom de personne" if of_one else ""
    if before[-2:-1] and before[-2] in {"condamne", "an", "ans", "limite"}:
        return ""
    folds = number.following[:2]
    of_something = after in {"d", "de"} and folds[1:] != ["j"] and not (_LIVED & set(before) and folds[1:] == ["un"])
    return "" if of_something else "âge, après « à »"


def _of_one(before: list[str]) -> bool:
    """« un petit de quatre »: a person or a word for one of the children, before « de »."""
    return before[-2:-1] != [] and before[-2] in _OF_AN_AGE | ONE_OF_THEM - {"moi", "lui", "toi"}


def _why_unless_duration(number: Number) -> str:
    """Nothing says a duration: an age beside a person, or from a value at which durations are rare."""
    tokens, first, before = number.tokens, number.said.first, number.before
    by = nearest(number)
    if number.after in {"je", "j", "chuis"} and number.value > 12 and not tokens.cased:
        return "âge, dans une présentation"
    if first and tokens.joined(first) and like_a_name(tokens, first - 1) and number.value < 100:
        return "âge, après un prénom"
    if by == "person":
        return "âge, près d'une personne, sans rien qui dise une durée"
    inverted = number.following[:2]
    if inverted[:1] in (["j"], ["il"], ["elle"]) and inverted[1:] and inverted[1] in AVOIR and number.value > 3:
        return "âge, devant le verbe « avoir »"
    if by == "thing" or number.value < _GROWN:
        return ""
    if number.opens() or "," in number.gap or "(" in number.gap or not tokens.cased:
        return "âge, sans rien qui dise une durée"
    return "âge, après un mot de liaison" if before[-1:] and before[-1] in FUNCTION_WORDS else ""


def _why_months(number: Number) -> str:
    """« un bébé de huit mois », « elle a dix-huit mois », but « il a deux mois pour répondre »."""
    before, tokens, first = number.before, number.tokens, number.said.first
    last = before[-1] if before else ""
    small = number.value < 37 and number.unit != "jours"
    if not small:
        return ""
    plain = (
        number.closed() or number.after in GOES_ON - _COUNTED_AFTER - {"avant"} or number.following[1:2] == ["peine"]
    )
    if last in {"de", "a"} and _BABIES & set(before):
        return "âge d'un enfant"
    if had(number) in {"a", "avait", "ont", "avaient", "aura"} and plain:
        subject = {"il", "elle", "ils", "elles", "qui"} | _BABIES
        if subject & set(before[-6:]) or any(like_a_name(tokens, i) for i in range(max(0, first - 4), first)):
            return "âge d'un enfant"
    if number.following[:2] in (["la", "petite"], ["le", "petit"], ["le", "bebe"]):
        return "âge d'un enfant"
    beside = "," in number.gap or number.gap == " " or "(" in number.gap
    named = first > 0 and somebody(tokens, first - 1) and "," in number.gap
    if beside and plain and (named or _BABIES & set(before[-2:])) and "depuis" not in before:
        return "âge d'un enfant, en apposition"
    little = {"bebe", "nourrisson", "petit", "petite", "jumeaux", "jumelles"} & set(before)
    if little and "," in number.gap and number.closed() and nearest(number) != "thing":
        return "âge d'un enfant, dans une phrase qui parle de lui"
    return ""


# --- numbers without unit


def _why_bare(number: Number) -> str:
    before, value = number.before, number.value
    last = before[-1] if before else ""
    if last in {"mes", "ses", "tes", "vos", "leurs"} and (value > 12 or before[-2:-1] == ["sur"]):
        return "âge, après un possessif"
    if value > 12 and before[-2:-1] and before[-2] in _NEARING and last == "les":
        return "âge, après « approcher »"
    if _FEELING & set(before[-3:]) and number.closed() and value > _GROWN:
        return "âge, après « se sentir »"
    verb = had(number)
    if verb and _aged(number, verb):
        return "âge sans « ans », après le verbe « avoir »"
    if last in {"de", "d"} and value > 1 and _of_one(before):
        return "âge sans « ans », après un nom de personne"
    if last == "a" and number.preposition(-1) and value > 12:
        return _why_at(number)
    if last == "passe" and value > 29 and before[-2:-1] and before[-2] in AVOIR | {"deja", "bien"}:
        return "âge, après « passé »"
    apart = number.opens() or "," in number.gap or last == "age"
    if value > 3 and "age" in number.earlier(6) and number.closed() and apart:
        return "âge, après le mot « âge »"
    return _why_taken_up(number) or _why_in_apposition(number) or _why_said_alone(number)


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
    return bool(set(number.following) & (MONTHS | {"epoque", "moment", "annee", "noel", "anniversaire"}))


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
    """« qui en a dix-sept », « j'en ai trente », « Untel c'est vingt », « Donc cinquante-huit. »"""
    tokens, first, before = number.tokens, number.said.first, number.before
    near = number.earlier(8)
    if (
        before[-2:-1] == ["en"]
        and before[-1] in _SEEMING
        and number.value > _GROWN
        and _COUNTS.isdisjoint([*near, *number.following])
    ):
        return "âge qu'on donne à quelqu'un"
    if before[-2:-1] == ["en"] and before[-1] in AVOIR and number.value > 3:
        older = number.value > 12 and {"lui", "elle", "moi", "mari", "femme", "toi"} & {*before, number.after}
        if {"qui", "ans", "an"} & set(near) or older or number.value > 24:
            return "âge, après « en a »"
    some = any(somebody(tokens, i) for i in range(max(0, first - 3), first))
    if before[-2:] == ["qu", "a"] and (some or YEARS & set(number.earlier(12))) and number.closed():
        return "âge, après « qu'a »"
    verb = len(before) > 1 and before[-1] in {"est", "etait", "fait"} and number.value > 3
    if verb and number.closed() and _COUNTS.isdisjoint(near):
        at = first - (3 if before[-2] == "c" else 2)
        if at >= 0 and (like_a_name(tokens, at) or tokens.folds[at] in _OF_AN_AGE | ONE_OF_THEM):
            return "âge, après une personne et « c'est »"
    born = BIRTH & set(number.earlier(30))
    return "âge, après une date de naissance" if before[-1:] in (["donc"], ["ai"]) and born else ""


def _why_in_apposition(number: Number) -> str:
    """« Yanis onze, », « Yvonne, quatre-vingt-huit. », « Copte, cinquante, né… », « lui, douze »."""
    tokens, first, before, value = number.tokens, number.said.first, number.before, number.value
    if value < 2 or not before or number.gap not in {" ", ", ", "., ", " ("}:
        return ""
    kin = before[-1] in NEAR_PERSON and bool(POSSESSIVES & set(before[-2:-1]))
    kin = kin or (before[-1] in {"elle", "il", "lui"} and bool(NEAR_PERSON & set(before[-2:-1])))
    if (
        kin
        and not tokens.cased
        and value > 12
        and (number.closed() or number.after in {"elle", "il", "et", "qui", "ma"})
    ):
        return "âge, après un parent"  # « et ma sœur trente elle travaille »
    if not number.closed():
        return ""
    initial = "." in number.gap and len(tokens.words[first - 1]) == 1
    if tokens.cased and (initial or like_a_name(tokens, first - 1)):
        return "âge, après un prénom"
    one = before[-1] in ONE_OF_THEM - {"moi", "lui", "elle", "toi", "autre", "deuxieme", "troisieme", "milieu"}
    if one and number.gap == " " and value > 3 and {"le", "la", "l", *POSSESSIVES} & set(before[-2:-1]):
        return "âge, après un mot qui désigne un enfant"
    if "," not in number.gap and "(" not in number.gap:
        return ""
    if before[-1] in {"lui", "elle", "moi"}:
        someone = NEAR_PERSON & set(before[-5:-1]) or any(somebody(tokens, i) for i in range(max(0, first - 3), first))
        return "âge, après un pronom qui reprend une personne" if someone and value > 3 else ""
    if BIRTH & set(number.following[:2]):
        return "âge, devant « né »"
    if before[-1] in (_OF_AN_AGE | ONE_OF_THEM) - {"autre", "premier", "premiere", "deuxieme", "second"}:
        return "âge, en apposition à une personne"
    # « Tourneur, quarante-deux, »: a noun without article that opens the sentence presents somebody.
    presents = len(before) == 1 and before[0] not in FUNCTION_WORDS | NUMBER_WORDS and not before[0].isdigit()
    status = before[-1] in SOMEONE or (len(before) > 1 and before[-2] in {"suis", "est"})
    return "âge, après une présentation" if value > _GROWN and (presents or status) else ""


def _why_said_alone(number: Number) -> str:
    """« Maintenant retraitée. Soixante-sept, et… »: no amount and no count in the sentence before."""
    tokens, first, value = number.tokens, number.said.first, number.value
    if not number.opens() or value <= _GROWN or not tokens.cased:
        return ""
    near = number.earlier(12)
    if first and like_a_name(tokens, first - 1):
        return "âge, dit seul après un nom"
    told = number.closed() or number.after in _OF_AN_AGE_AFTER
    counted = _COUNTS & {*near, *number.following} or set(near[-3:]) & NUMBER_WORDS
    if "age" in near[-4:] and told:
        return "âge, après le mot « âge »"
    return "âge, dit seul" if told and not counted else ""


def _why_counting(number: Number) -> str:
    """« fêter ses dix-huit dehors »: only a verb that asks for an age overrules the word after."""
    before = number.before
    if before[-1:] in (["mes"], ["ses"], ["tes"]) and number.value > 2:
        on = before[-2:-1] == ["sur"] and number.after not in {"heures", "deux"}
        if _ALREADY_HAD & set(before) or on or number.after == "bougies":
            return "âge, après un possessif"
    return ""
