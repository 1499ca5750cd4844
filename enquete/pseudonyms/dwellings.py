"""Parts of an address told alone: « bâtiment C », « tour 12 », « chambre deux cent sept », « j'habite au 48 »."""

from __future__ import annotations

from collections.abc import Iterator

from enquete.model import IdentifierType
from enquete.pseudonyms.found import Cover, Found
from enquete.pseudonyms.grammar import word_set
from enquete.pseudonyms.numbers import number_at
from enquete.pseudonyms.tokens import Tokens

_PARTS = word_set("batiment bat escalier esc hall cage bloc immeuble appartement appart appt apt chambre tour porte")
_LETTERED = _PARTS - {"porte", "chambre", "tour"}
_NOT_A_TOWER = {"un", "le", "ce", "mon", "premier", "second", "deuxieme", "du", "au", "chacun", "demi"}
_COUNTED = word_set(
    """
    metre metres m m2 euro euros lit lits place places personne personnes heure heures h fois jour jours mois an ans
    enfants etage etages minutes balles
    """
)
_LIVES = word_set("habite habitais habitait habitons vis vivais vit loge logeais reste restais dors dormais domicilie")
_DEPARTMENTS = {75, 77, 78, 91, 92, 93, 94, 95}
_BESIDE = {"numero", "n", "lettre"}


def find(tokens: Tokens, cover: Cover) -> Iterator[Found]:
    """The letter or the number; the word before stays readable."""
    for index, fold in enumerate(tokens.folds[:-1]):
        if fold in _PARTS:
            span = _part(tokens, index)
        elif fold in _LIVES:
            span = _number_of_a_street(tokens, index)
        else:
            continue
        if span is not None and cover.free(*span):
            cover.take(*span)
            why = f"partie d'une adresse, après « {tokens.words[index].lower()} »"
            yield Found(*span, IdentifierType.PLACE, 0.75, why)


def _part(tokens: Tokens, index: int) -> tuple[int, int] | None:
    kind, at = tokens.folds[index], index + 1
    if kind == "tour" and index and tokens.folds[index - 1] in _NOT_A_TOWER:
        return None
    while at < len(tokens) and tokens.folds[at] in _BESIDE:
        at += 1
    if at >= len(tokens) or not (tokens.joined(at) or tokens.gaps[at] in {"° ", ". "}):
        return None
    if _letter(tokens, at):
        return tokens.span(at, at) if kind in _LETTERED else None
    said = number_at(tokens.folds, at)
    if said is None or said.value > 9_999 or tokens.folds[at] in {"un", "une"}:
        return None
    if said.last < len(tokens) and tokens.folds[said.last] in _COUNTED:
        return None
    counts = kind in {"porte", "chambre"} and said.value < 10
    return None if counts else tokens.span(at, said.last - 1)


def _letter(tokens: Tokens, at: int) -> bool:
    """A letter that is no word: « C », not « c'est », not « le bâtiment a brûlé »."""
    word = tokens.words[at]
    if len(word) != 1 or not word.isalpha() or (at + 1 < len(tokens) and tokens.gaps[at + 1] in {"'", "’"}):
        return False
    return word.isupper() if tokens.cased else word not in {"a", "à", "y", "t", "s", "l", "m", "n"}


def _number_of_a_street(tokens: Tokens, index: int) -> tuple[int, int] | None:
    """« j'habite au 48, », « je vis au trente-deux »: no counted word after, no department."""
    at = index + 1
    while at < len(tokens) and tokens.folds[at] in {"toujours", "maintenant", "moi", "juste", "encore"}:
        at += 1
    if tokens.folds[at : at + 1] != ["au"] or at + 1 >= len(tokens):
        return None
    at += 1 + (tokens.folds[at + 1] in _BESIDE)
    said = number_at(tokens.folds, at) if at < len(tokens) else None
    if said is None or not 0 < said.value < 400 or said.value in _DEPARTMENTS:
        return None
    after = tokens.folds[said.last] if said.last < len(tokens) else ""
    gap = tokens.gaps[said.last].strip() if said.last < len(tokens) else ""
    ordinal = after in {"e", "eme", "er", "ieme"} or after in _COUNTED
    return None if ordinal and not gap else tokens.span(said.first, said.last - 1)
