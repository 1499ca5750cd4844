"""Organisations in texts without capitals: only the words before them and the missing article tell.

« chez » and « pour » want an article before a common noun (« chez le dentiste »); a word that stands there without one
is a name. A school, a shop or an association followed by another article names it (« la crèche les petits loups »).
"""

from __future__ import annotations

from enquete.model import IdentifierType
from enquete.pseudonyms.grammar import FUNCTION_WORDS, KIN_WORDS, MOMENTS, PERSONS, POSSESSIVES, TITLES, word_set
from enquete.pseudonyms.numbers import NUMBER_WORDS
from enquete.pseudonyms.organisations import BODIES, SCHOOLS, SHOPS, with_family
from enquete.pseudonyms.sight import Sight

_ORGANISATION = IdentifierType.ORGANISATION
_ARTICLES = word_set("le la les l au aux")
_LINKS = word_set("de du des d la l le les et a au aux en")
_INSIDE = word_set("de du des d et la l le les")
_WHERE = word_set("coin bout fond rez pied bord bas haut milieu dessus dessous centre debut noir black")
# Between the kind and the name: « un foyer jeunes travailleurs les deux ponts ».
_MODIFIERS = word_set(
    """
    jeunes travailleurs social sociale maternelle elementaire primaire prive privee professionnel polyvalent sportif
    sportive solidaire associatif associative insertion hebergement urgence d de culturel culturelle municipal
    """
)
_WORK = word_set(
    """
    travaille travaillais travaillait travailler travail bosse bossais bossait bosser boulot menage menages livraisons
    livre livrais livreur mission missions interim plonge extras roule conduis garde surveillance chantier chantiers
    embauche signe contrat stage
    """
)
_KINDS = (
    SCHOOLS | SHOPS | BODIES | word_set("centre maison chantier collectif ressourcerie atelier compagnie usine ehpad")
)
# After « le foyer », « au collège » these start another part of the sentence: « la nuit », « les profs ».
_NOT_A_NAME = (
    MOMENTS
    | PERSONS
    | KIN_WORDS
    | TITLES
    | word_set(
        """
    gens profs eleves parents filles garcons mecs meufs petits petites
    grands jeunes vieux clients clientes femmes hommes bebes autres autre mome momes places place repas cantine chambres
    chambre porte portes cuisine douche douches murs regles papiers problemes probleme situation loyer vie paix misere
    merde galere france ville mairie rue quartier personnel equipe direction directrice directeur prof patron serveur
    serveuse caissiere premiere premier deuxieme troisieme plupart plus seule seul meme memes cle cles
    """
    )
)
_ENDS_A_NAME = word_set(
    """
    rue avenue boulevard place porte gare quai metro rer arret cite residence quartier ville pendant depuis apres
    """
)
_QUALIFIERS = word_set(
    "petit petite petits petites grand grands vieux vieille jeunes premiers autre bon bons belle"
)  # « les petits loups »
# « net plus », « untel protection »: what firms call their trade.
_CLOSING = word_set(
    """
    plus pro express services service protection securite gardiennage nettoyage proprete interim transports transport
    batiment renovation
    """
)
_CALLED = {"appelle", "appelait", "appellent", "appelle-t"}
_ADJECTIVES = (
    "al", "ale", "els", "elle", "el", "ique", "iques", "if", "ive", "aire", "aires", "eux", "euse", "ois", "ais",
    "aise", "oise", "ien", "ienne", "ant", "ante", "e", "ee", "es", "able", "ible", "in", "ine", "ier", "iere",
)  # fmt: skip


def find(sight: Sight) -> None:
    """Masks what the construction names; leaves the rest to the other rules."""
    tokens = sight.tokens
    for index in range(1, len(tokens)):
        if not _may_open(sight, index):
            continue
        why = (
            _called(sight, index) or _worked_for(sight, index) or _of_a_body(sight, index) or _kind_before(sight, index)
        )
        if why:
            last = with_family(sight, _name_end(sight, index, 2 if why == _CHEZ else 4))
            articled = tokens.folds[index - 1] in _ARTICLES | ({"un", "une"} if why == _BODY else set())
            first = index - 1 if articled and why != _CHEZ else index
            if why == _BODY:
                last = _linked_end(sight, last)
            sight.mask(first, last, _ORGANISATION, 0.7, why)


def _may_open(sight: Sight, index: int) -> bool:
    """Whether a name may begin with this word."""
    tokens, fold = sight.tokens, sight.tokens.folds[index]
    number = fold in NUMBER_WORDS and tokens.folds[index - 1] in {"les", "aux"}
    if not (number or (fold not in FUNCTION_WORDS and fold not in NUMBER_WORDS)) or fold.isdigit() or len(fold) < 2:
        return False
    if not sight.free(index) or not tokens.joined(index) or sight.words.institutions.at(tokens.folds, index):
        return False
    qualified = fold in _QUALIFIERS and _plain_noun(sight, index + 1)
    return fold not in _NOT_A_NAME or qualified


_BODY = "nom avec un article, après « association » ou « chez »"
_WORSHIP = {"eglise", "temple", "mosquee", "paroisse"}
_NOT_A_BODY = (
    PERSONS
    | KIN_WORDS
    | word_set(
        """
        truc probleme chose dame monsieur gens jeunes vieux parents copains amis soeurs freres voisins autres autre
        premiere premier plus moins mieux semaine fois plupart peu suite fin debut veille porte prefecture mairie
        caf ville france rsa departement particuliers clients flics medecins patrons familles enfants grands petits
        """
    )
)
_CHEZ = "mot sans article, après « chez »"


def _worked_for(sight: Sight, index: int) -> str:
    """« chez propreva », « je bosse pour clean express »."""
    tokens, fold = sight.tokens, sight.tokens.folds[index]
    before = tokens.folds[index - 1]
    if before == "chez":
        return "" if sight.words.is_name_written_small(tokens.words[index]) or fold == "un" else _CHEZ
    works = before == "pour" and _WORK & set(tokens.folds[max(0, index - 7) : index - 1])
    infinitive = fold.endswith(("er", "ir", "re", "oir")) and sight.words.is_word(tokens.words[index])
    plain = infinitive or sight.words.rank(tokens.words[index].lower()) < 1_500
    return "mot sans article, après « travailler pour »" if works and not plain else ""


def _of_a_body(sight: Sight, index: int) -> str:
    """« l'association le coup de pouce », « mon église la parole vivante », « chez les ongles de rose »."""
    tokens, folds = sight.tokens, sight.tokens.folds
    before = folds[index - 2] if index > 1 and tokens.joined(index - 1) else ""
    if folds[index - 1] not in {"le", "la", "les", "l", "un", "une"} or folds[index] in _NOT_A_BODY | MOMENTS:
        return ""
    linked = _linked_end(sight, index) > index
    if before == "chez":
        agents = folds[index].endswith(("iers", "iens", "ants", "istes", "ois", "ais", "flics", "jeunes"))
        return _BODY if folds[index - 1] == "les" and linked and not agents else ""
    owned = before in _WORSHIP and sight.before(index, 3) in POSSESSIVES
    if not (before in {"association", "asso", "collectif"} or owned):
        return ""
    if folds[index - 1] in {"un", "une"} and not linked:
        return ""
    return _BODY if sight.words.rank(tokens.words[index].lower()) > 250 else ""


def _linked_end(sight: Sight, last: int) -> int:
    """« le pied à l'étrier », « un toit pour tous », « la parole vivante »: the complement or the adjective after."""
    tokens, folds, at = sight.tokens, sight.tokens.folds, last + 1
    while at < len(folds) and tokens.joined(at) and folds[at] in _LINKS | {"pour", "l"} and sight.free(at):
        at += 1
    if at >= len(folds) or not tokens.joined(at) or not sight.free(at) or folds[at] in _NOT_A_BODY | MOMENTS:
        return last
    if at > last + 1:
        return at if folds[at] not in FUNCTION_WORDS or folds[at] in {"tous", "toutes"} else last
    adjective = folds[at].endswith(("ante", "ant", "ue", "ee", "e", "elle", "al", "ale", "ive", "if"))
    rare = sight.words.rank(tokens.words[at].lower()) > 3_000
    return at if adjective and rare and folds[at] not in FUNCTION_WORDS else last


def _called(sight: Sight, index: int) -> str:
    """« une association elle s'appelle les doigts verts », « l'asso c'est entraide et partage »."""
    folds = sight.tokens.folds
    first = index - 1 if folds[index - 1] in _ARTICLES else index
    if folds[first - 1 : first] and first > 1 and folds[first - 1] in _CALLED:
        near = range(max(0, first - 9), first - 1)
    elif folds[max(0, first - 2) : first] == ["c", "est"]:
        near = range(max(0, first - 3), first - 2)
        if first == index and not (near and folds[index + 1 : index + 2] in (["et"], ["de"])):
            return ""
    else:
        return ""
    person = {"femme", "fille", "dame", "monsieur", "mec", "directrice", "patron", "patronne"} & {
        folds[i] for i in near
    }
    kind = next((sight.tokens.words[i].lower() for i in reversed(near) if folds[i] in _KINDS), "")
    return f"nom donné à « {kind} »" if kind and not person else ""


def _kind_before(sight: Sight, index: int) -> str:
    """« la crèche les petits loups », « au lycée agora », « un chantier d'insertion terre et mains »."""
    tokens, folds = sight.tokens, sight.tokens.folds
    articled = folds[index - 1] in _ARTICLES and folds[index] not in _WHERE
    at = index - 2 if articled else index - 1
    while articled and at > 0 and at > index - 5 and folds[at] in _MODIFIERS:
        at -= 1
    if articled and folds[index - 1] in {"au", "aux"} and folds[at] not in SHOPS:
        return ""
    joined = at >= 0 and tokens.joined(index) and tokens.joined(at + 1)
    rank = sight.words.rank(tokens.words[index].lower())
    if joined and folds[at] in _KINDS:
        named = rank > 2_500 or folds[index] in _QUALIFIERS or _doublet(sight, index) or folds[index] in NUMBER_WORDS
        return (
            f"suite de mots, après « {tokens.words[at].lower()} »"
            if named and (articled or _a_name(sight, index))
            else ""
        )
    near = [tokens.words[i].lower() for i in range(max(0, index - 4), index) if folds[i] in _KINDS]
    pair = folds[index + 1 : index + 2] == ["et"] and _plain_noun(sight, index + 2)
    bare = folds[index - 1] not in FUNCTION_WORDS or folds[index - 1] in {"avec", "chez"}
    return f"deux mots sans article, après « {near[-1]} »" if near and pair and bare else ""


def _plain_noun(sight: Sight, index: int) -> bool:
    tokens = sight.tokens
    return index < len(tokens) and sight.free(index) and tokens.folds[index] not in FUNCTION_WORDS | _NOT_A_NAME


def _doublet(sight: Sight, index: int) -> bool:
    """A first name and another word: « jules ferry »."""
    return sight.is_first_name(index) and _plain_noun(sight, index + 1) and sight.tokens.joined(index + 1)


def _a_name(sight: Sight, index: int) -> bool:
    """A word that qualifies nothing: no adjective (« lycée professionnel »), no verb (« la boîte ferme »)."""
    word, fold = sight.tokens.words[index], sight.tokens.folds[index]
    if _doublet(sight, index) or sight.name_like(index):
        return True
    return sight.words.rank(word.lower()) > 25_000 and not fold.endswith(_ADJECTIVES)


def _name_end(sight: Sight, index: int, most: int) -> int:
    """The last word: at most `most` content words, small words between them."""
    tokens, last, count = sight.tokens, index, 1
    while count < most:
        following = last + 1
        while following < len(tokens) and tokens.joined(following) and tokens.folds[following] in _INSIDE:
            following += 1
        linked = following > last + 1
        if following >= len(tokens) or not (tokens.joined(following) and sight.free(following)):
            break
        fold = tokens.folds[following]
        if fold in _CLOSING:
            return following
        if fold in FUNCTION_WORDS | _ENDS_A_NAME | NUMBER_WORDS or fold.isdigit() or _NOT_A_NAME & {fold}:
            break
        rank = sight.words.rank(tokens.words[following].lower())
        if not linked and count > 1 and sight.words.is_name_written_small(tokens.words[following]):
            break
        if not linked and (rank < 1_000 or (count > 1 and rank < 6_000)):
            break
        last, count = following, count + 1
    return last
