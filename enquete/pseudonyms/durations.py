"""What makes « N ans » a duration: its preposition, its verb, what follows. What is none of these is an age."""

from __future__ import annotations

from enquete.pseudonyms.births import MONTHS
from enquete.pseudonyms.counted import NEAR_PERSON, ONE_OF_THEM, SOFTENERS, Number, somebody
from enquete.pseudonyms.grammar import POSSESSIVES, word_set

_REACH = 8  # words before that may govern a number
# Prepositions and the like: « depuis presque vingt ans », « tous les deux ans », « au bout de trois ans ».
_BEFORE = word_set(
    """
    pendant depuis durant en y tous toutes chaque pour sur par derniers dernieres premieres premiers prochains
    prochaines bout apres avant voila ces quelques dans entre fait faisait faisaient fera ferait faire chez
    """
)
_VERBS = word_set(
    """
    travaille travaillais travaillait travaillent travailler travail bosse bossais bossait bosser fais fait faisais
    faisait font faire cotise cotisais cotisait cotiser reste restee restes rester resterait attendu attends attend
    attendait attendre patiente vecu vit vis vivait vivais habite habitais habitait dure durait durent duree mis met
    mettent mettre passe passee passes tenu tiens tient tenait loge logee heberge hebergee pris prend prenait prendre
    garde gardent fallu faut fallait manque manquait connais connait marche marchait coupe coupent radie radiee
    suspendu suspendue paye payait galere galeres cumule cumulais enferme enfermee dormi dort condamne condamnee perdu
    menti cache appris etudie serre laisse valable valide donne donnent accorde accordent
    """
)
# Things that last, that are counted in years or that are served.
_THINGS = word_set(
    """
    contrat contrats cdd cdi interim carte titre sejour visa bail credit pret prison peine sursis attente delai stage
    formation arret maladie chomage rsa aah essai service armee metier boulot boite usine cantine menage menages
    chantier restaurant entreprise carriere experience anciennete galere rue hebergement foyer hotel garantie abonnement
    engagement preavis mandat duree retard loyer loyers marche route pause exil residence recepisse certificat
    renouvellement moyenne temps combien
    """
)
_FOLLOWING = word_set(
    """
    que qu chez durant apres avant plus ferme ici dedans dehors comme jusqu jusque dont maximum minimum renouvelable
    renouvelables fermes consecutifs pile complets entiers encore pour toute
    """
)
# After these a place or a manner: a duration, unless somebody stands just before the number.
_SETTING = word_set("dans en au aux a la sans avec sur par facteur cuisinier")
_NOT_A_SETTING = (
    word_set("ce cette peine tout peu mois moment epoque heure age juste fin rentree noel papiers papier passeport")
    | MONTHS
)
_DETERMINERS = POSSESSIVES | {"le", "la", "l", "les", "ce", "cette", "cet"}
_HELD = {"ete", "etais", "etait"}  # « j'ai été gardienne vingt ans »
_SUBJECTS = word_set("je j tu t il elle on nous vous ils elles c ca")


def lasts(number: Number) -> bool:
    """Whether the number of years is a duration, a term, a sentence, a seniority, and no age."""
    return _governed(number) or _goes_on_as_duration(number) or _said_of_work(number)


def nearest(number: Number) -> str:
    """« thing » or « person »: which of the words before comes nearest; empty when there is neither."""
    tokens, first = number.tokens, number.said.first
    for at in range(first - 1, max(-1, first - 1 - min(_REACH, len(number.before))), -1):
        fold = tokens.folds[at]
        if fold in _THINGS or (fold in _VERBS and "," not in number.gap):
            return "thing"
        person = fold in NEAR_PERSON or fold in ONE_OF_THEM or somebody(tokens, at)
        if person:
            around = set(tokens.folds[max(0, at - 3) : at])
            if fold in {"lui", "elle", "moi", "toi"} and tokens.folds[at - 1] in {"de", "d", "avec", "sans", "a"}:
                return "thing"  # « elle s'est occupée de lui neuf ans »
            held = number.gap == " " and at == first - 1 and _HELD & set(tokens.folds[max(0, at - 2) : at])
            return "thing" if held or around & {"chez", "pour"} else "person"
    return ""


def _governed(number: Number) -> bool:
    before = number.before
    at = len(before) - 1
    while at >= 0 and before[at] in SOFTENERS - {"dans"} and not _age_bracket(before, at):
        at -= 1
    if at < 0:
        return False
    if before[at] in {"a", "as", "ai"} or before[at] not in _BEFORE | _VERBS | _THINGS:
        return before[at] in _THINGS
    return not (before[at] == "dans" and before[at + 1 : at + 2] == ["les"])


def _age_bracket(before: list[str], at: int) -> bool:
    return before[at] == "les" and before[at - 1 : at] == ["dans"]


def _goes_on_as_duration(number: Number) -> bool:
    after, following = number.after, number.following
    if not following:
        return False
    sign = number.tokens.gaps[number.last + 1].strip()
    if after in {"d", "de"} and not sign:
        return following[1:2] not in (["apres"], ["age"])
    if after in {"jusqu", "jusque", "dont"}:
        return True
    if sign:
        return False
    if after in _FOLLOWING or (after == "dans" and following[1:2] and following[1] in _DETERMINERS):
        return True
    beside = nearest(number) == "person" and (
        "," in number.gap or number.before[-1] in NEAR_PERSON | ONE_OF_THEM or not number.tokens.cased
    )
    if after in _SETTING and not beside:
        dated = following[1:2] and following[1].isdigit() and len(following[1]) == 4
        return not (set(following[1:3]) & _NOT_A_SETTING or dated)
    if number.opens() and number.tokens.cased:
        return after in _SUBJECTS | POSSESSIVES and not beside  # « Deux ans je savais pas »
    return False


def _said_of_work(number: Number) -> bool:
    """« neuf ans chez Untel, neuf ans »: the same number was a duration just before."""
    tokens, said = number.tokens, number.said
    same = tokens.folds[said.first : said.last + 1]
    before = tokens.folds[max(0, said.first - 12) : said.first]
    return any(before[i : i + len(same)] == same for i in range(len(before)))
