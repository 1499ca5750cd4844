"""The words that speakers' labels are made of, and those that only look like labels. All folded: see `fold`."""

from __future__ import annotations

import re
import unicodedata
from functools import cache

from enquete.model import Role

INVISIBLE = "\u200b\u2060\ufeff\u00ad\u200e\u200f"
_INVISIBLE = re.compile(f"[{INVISIBLE}]")
_NOT_WORD = re.compile(r"[\W_]+")


_RESPELT = 8  # letters from which a word is told from its misspellings
_OWN = ("enqu", "cherch", "interv")  # what no other words begin with: « sociologie » isn't a misspelt « sociologue »
_INCLUSIVE = re.compile(r"(\w{4,}) (?:e|es|ee|ees|s|ne|rice|trice|ice|euse|rices|trices|ices|euses)(?: s)?")


def key(label: str) -> str:
    """What labels are compared by: folded, « Enquêté·e » as « Enquêté »; yet « É » (enquêté) isn't « E »."""
    if label.strip(" .:") in ("É", "é", "E\u0301"):
        return "ee"
    folded = fold(label)
    inclusive = _INCLUSIVE.fullmatch(folded)
    return inclusive[1] if inclusive else folded


def _words(listed: str) -> frozenset[str]:
    return frozenset(listed.split())


def fold(label: str) -> str:
    """Lower case, without accents, punctuation or doubled spaces: « Enquêté·e » is « enquete e »."""
    plain = unicodedata.normalize("NFKD", _INVISIBLE.sub("", label))
    plain = "".join(c for c in plain if not unicodedata.combining(c)).casefold()
    return _NOT_WORD.sub(" ", plain).strip()


INTERVIEWER = _words(
    """
    enqueteur enquetrice enqueteurs enquetrices enqueteuse enqueteure enquetr enqu enq chercheur chercheuse
    chercheure chercheurs chercheuses chercheu cherch interviewer interviewers interviewor intervieweur
    intervieweuse intervieweurs intervieweure interviewuer interrogateur interrogatrice itw itwer itweur question
    moderateur moderatrice animateur animatrice sociologue anthropologue ethnologue ethnographe etudiant etudiante
    researcher moderator facilitator facilitateur facilitatrice investigateur investigatrice questionneur
    intervieuwer intervieur
    """
)
PARTICIPANT = _words(
    """
    enquete enquetee enquetes enquetees interviewe interviewee interviewes interviewees intervieweee interroge
    interrogee rep repondant repondante reponse answer participant participante participants participantes
    part personne usager usagere beneficiaire allocataire temoin informateur informatrice sujet respondent
    interlocuteur interlocutrice professionnel professionnelle aidant aidante habitant habitante concerne concernee
    narrateur narratrice narrator invite invitee resp locataire patient patiente benevole salarie salariee
    """
)
OTHER = _words(
    """
    interprete interpretes traducteur traductrice interpreter translator accompagnant accompagnante accompagnateur
    accompagnatrice observateur observatrice
    """
)
RELATIVES = _words(
    """
    fille fils mari femme epoux epouse conjoint conjointe compagnon compagne mere pere frere soeur enfant cousin
    cousine oncle tante neveu niece ami amie voisin voisine collegue grand beau belle bebe maman papa copain copine
    educateur educatrice assistante assistant conseiller conseillere serveur serveuse
    """
)
UNKNOWN = _words(
    """
    inconnu inconnue unknown indetermine indeterminee
    """
)
LETTERS = {
    "e": Role.INTERVIEWER,
    "q": Role.INTERVIEWER,
    "i": Role.INTERVIEWER,
    "r": Role.PARTICIPANT,
    "ee": Role.PARTICIPANT,
    "p": Role.PARTICIPANT,
}

STAGE = _words(
    """
    rire rires rit sourire sourires sonnerie silence silences bip inaudible pause pauses soupir soupirs soupire
    pleurs pleure incomprehensible bruit bruits toux tousse telephone coupure interruption musique chuchote
    hesitation hesite sic applaudissements brouhaha blanc passage anonymise anonyme prenom nom lieu ville rature son
    noise laughter music laughs blank crosstalk foreign suite fin debut generique sourit acquiesce hochement
    """
)
# Single capitalised words that open a sentence before a colon, and are nobody.
NOT_SPEAKERS = STAGE | _words(
    """
    a ah ainsi alors apres attention au aujourd aussi autre autrement avant avec bah bon bonjour bref car ce cela
    cependant certes c ca cet cette chez ci comme comment conclusion constat contexte d da dans date de deja depuis
    derniere des deuxieme deuxiemement donc du duree eh elle elles en enfin ensuite entretien et euh eux evidemment
    exemple ex extrait faut finalement genre hein hier hop il ils ici idem info inconvenient inversement j je jour
    la le les leur lieu lui l m ma mais maintenant malheureusement me meme merci mes moi mon
    moralite n nb ne non nota note notes nous objectif objet objets ok on or ou oui ouais oula pareil parce
    par passons pendant personnellement photo pour pourquoi pourtant point premiere premierement precision primo
    principe probleme proposition puis qu quand que quel quelle quelles quels qui quoi raison rappel remarque
    remarques resultat retour s sa sauf se secundo ses si sinon son solution sommaire source sous suite sujet sur
    surtout t ta tantot te telephone tertio theme titre toi ton toujours tous tout toute transcription troisieme
    troisiemement tu un une variante version verdict voila vos votre vous vrai vraiment y annexe avantage avantages
    aparte adresse age axe bilan bloc chapitre commentaire commentaires consigne conseil detail details donnees
    etape exception fichier guide idee introduction legende liste mot mots numero page paragraphe partie phase
    preuve rapport reference references regle relance relances section signe themes total type url http https web
    site mail email ps
    """
)
TITLES = _words("m mme mlle mr dr pr me maitre docteur madame monsieur mademoiselle soeur")
# What precedes a first name: « Da Mohand », « Si Ahmed », though « da » or « si » alone open sentences.
HONORIFICS = _words("da dda na nna si sidi lalla lla hadj hadja el tata tati tatie tantie tonton mama baba papi mamie")
# What the one who transcribes calls the two of them.
PRONOUNS = _words("moi toi lui elle il eux elles ils je nous vous")
# Abbreviations that stand for one who asks in some files and for one who answers in others.
ABBREVIATIONS = {
    "enq": Role.INTERVIEWER,
    "int": Role.INTERVIEWER,
    "itw": Role.INTERVIEWER,
    "ent": Role.PARTICIPANT,
}
# People whom an interviewer may meet, or who may be interviewers: only their manner tells.
EITHER = _words(
    """
    benevole benevoles salarie salariee professionnel professionnelle aidant aidante accompagnant accompagnante
    conseiller conseillere educateur educatrice assistante assistant
    """
)
# Short words in capitals that aren't initials.
NEVER_INITIALS = _words("nb ps ok ah oh bip cf ex sic eh")
PARTICLES = _words(
    """
    de da do dos du des la le les el al ben bin van von der di d l et y bint abu ould ait st
    """
)

PATTERN = re.compile(
    r"(?:speaker|spk|locuteur|locutrice|loc|intervenant|intervenante|interlocuteur|voix|orateur|sprecher|hablante|"
    r"unknown speaker|s|id|h|f|personne|participant|participante) ?\d{1,3}"
)
# One letter and a number: « E1 », « P2 ».
NUMBERED = re.compile(r"([a-z]{1,3}) ?(\d{1,3})")


_OF = _words(
    """
    de du des d la le les l a au chez son sa ses leur mon ma
    """
)
_QUALIFIERS = _words(
    """
    interroge interrogee concerne concernee enquete enquetee interviewe interviewee principal principale social
    sociale numerique adjoint adjointe accompagne accompagnee e ee rice trice euse s
    """
)
_ARTICLES = _words(
    """
    l la le un une m mme sa son leur ses
    """
)


def role_of(key: str) -> Role | None:
    """The role that a folded label says by itself, single letters aside."""
    found = [w for w in key.split() if not w.isdigit()]
    if OTHER.intersection(found):
        return Role.OTHER
    if UNKNOWN.intersection(found):
        return Role.UNKNOWN
    joined = " ".join(found)
    if joined.startswith(("charge d etude", "chargee d etude", "assistant de recherche", "assistante de recherche")):
        return Role.INTERVIEWER
    if found and (found[0] in RELATIVES or (found[0] in _ARTICLES and found[1:2] and found[1] in RELATIVES)):
        return Role.PARTICIPANT
    for word in found:
        known = word if word in INTERVIEWER or word in PARTICIPANT else _respelt(word)
        if known:
            return Role.INTERVIEWER if known in INTERVIEWER else Role.PARTICIPANT
    return None


@cache
def _respelt(word: str) -> str | None:
    """The word for a role of which this one is a misspelling, « Enquêrtice » or « Checheur »; None where two roles
    are as near, or where the word may be another: « chercher »."""
    if len(word) < _RESPELT or word.endswith(("er", "es")):
        return None
    near = [
        known
        for known in (*sorted(INTERVIEWER), *sorted(PARTICIPANT))
        if len(known) >= _RESPELT and known.startswith(_OWN) and word[0] == known[0] and distance(word, known) == 1
    ]
    return near[0] if near and len({known in INTERVIEWER for known in near}) == 1 else None


def is_respelt(key: str) -> bool:
    """Whether the label is a misspelt role."""
    return " " not in key and key not in INTERVIEWER and key not in PARTICIPANT and _respelt(key) is not None


def distance(a: str, b: str) -> int:
    """Letters added, dropped, changed or swapped with their neighbour; 3 where there are three or more of length."""
    if abs(len(a) - len(b)) > 2:
        return 3
    before: list[int] = []
    previous = list(range(len(b) + 1))
    for i, x in enumerate(a, 1):
        current = [i]
        for j, y in enumerate(b, 1):
            cost = min(previous[j] + 1, current[-1] + 1, previous[j - 1] + (x != y))
            if i > 1 and j > 1 and x == b[j - 2] and a[i - 2] == y:
                cost = min(cost, before[j - 2] + 1)
            current.append(cost)
        before, previous = previous, current
    return previous[-1]


def is_role_phrase(written: str) -> bool:
    """« Enquêtrice 2 », « L'enquêté », « Fille de la participante », « Personne interrogée », « Awa (enquêtée) »;
    not « Personne ne répond »."""
    inside = re.search(r"\(([^()]+)\)", written)
    if inside and role_of(fold(inside[1])):
        return True
    found = [w for w in fold(written).split() if not w.isdigit()]
    if found and found[0] in _ARTICLES and len(found) > 1:
        found = found[1:]
    if not found or (role_of(found[0]) is None and role_of(" ".join(found[:3])) is not Role.INTERVIEWER):
        return False
    if found[0] in ("grand", "belle", "beau") and not RELATIVES.intersection(found[1:2]):
        return False
    names = {fold(w) for w in re.findall(r"[^\W\d_][\w'’-]*", written) if w[0].isupper()}
    rest = found[1:]
    known = _QUALIFIERS | RELATIVES | INTERVIEWER | PARTICIPANT | OTHER | names
    return all(w in known or w in _OF or (rest[n - 1 : n] and rest[n - 1] in _OF) for n, w in enumerate(rest))
