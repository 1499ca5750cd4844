"""Ages of persons, with « ans » or without. Durations, amounts, thresholds and groups stay readable."""

from __future__ import annotations

from collections.abc import Iterator

from enquete.model import IdentifierType
from enquete.pseudonyms.age_reasons import of_a_group, why
from enquete.pseudonyms.counted import AVOIR, GOES_ON, ONE_OF_THEM, YEARS, Number, number_of, somebody
from enquete.pseudonyms.durations import lasts
from enquete.pseudonyms.found import Found
from enquete.pseudonyms.grammar import word_set
from enquete.pseudonyms.tokens import Tokens

_LINKS = {"et", "ou", "bientot", "presque", "meme", "puis"}
_ABOUT = word_set("vingtaine trentaine quarantaine cinquantaine soixantaine")


_PERSON_SPOKEN_OF = word_set("moi lui elle toi petit petite grand grande")


def find(tokens: Tokens) -> Iterator[Found]:
    """Every age. What the first reading settles makes the rest of the list readable: « six, huit et onze ans »."""
    numbers = [number for said in tokens.numbers if (number := number_of(tokens, said)) is not None]
    reasons = [why(number) for number in numbers]
    _read_series(numbers, reasons)
    for _ in range(2):
        _read_lists(numbers, reasons)
    for number, reason in zip(numbers, reasons, strict=True):
        if reason:
            yield Found(*tokens.span(number.said.first, number.last), IdentifierType.AGE, 0.85, reason)
    yield from _about(tokens)


# --- numbers after other ages


def _read_lists(numbers: list[Number], reasons: list[str]) -> None:
    """Fills the reasons of numbers that stand beside an age, or are given to somebody where ages are told."""
    for index, number in enumerate(numbers):
        if reasons[index] or not (number.bare() or number.unit in YEARS | {"mois"}):
            continue
        beside = [i for i in (index - 1, index + 1) if 0 <= i < len(numbers)]
        pairs = [(numbers[min(i, index)], numbers[max(i, index)], i) for i in beside]
        if number.unit and lasts(number):
            continue  # « soixante-douze ans, quarante ans de France »
        if any(reasons[i] and _linked(one, other) for one, other, i in pairs):
            reasons[index] = "âge, à côté d'un autre âge"
        elif number.unit == "mois":
            continue
        elif any(_told_together(one, other) for one, other, _ in pairs):
            reasons[index] = "âge, dans une suite d'âges"
        elif not number.unit and any(reasons):
            reasons[index] = _why_among_ages(number, numbers, reasons)


def _read_series(numbers: list[Number], reasons: list[str]) -> None:
    """« J'en ai quatre : quatorze, douze, sept »: three or more in order, that do not count up one by one."""
    for index in range(len(numbers) - 2):
        three = numbers[index : index + 3]
        one, two, last = (number.value for number in three)
        ordered = (1 < last < two < one < 50 and one - last > 2) or (1 < one < two < last < 50 and last - one > 2)
        alone = all(number.bare() and not of_a_group(number) for number in three)
        if ordered and alone and _linked(three[0], three[1]) and _linked(three[1], three[2]):
            for at in range(index, index + 3):
                reasons[at] = reasons[at] or "âge, dans une suite d'âges"


def _told_together(one: Number, other: Number) -> bool:
    """« onze et sept ans », « moi quarante, lui trente-six »: no duration and no amount is told so."""
    tokens = one.tokens
    if other.unit in YEARS and not one.unit and not of_a_group(one) and not {"entre", "de"} & set(one.before[-1:]):
        return tokens.folds[one.last + 1 : other.said.first] == ["et"] and one.value != other.value
    apiece = all(n.bare() and n.value > 3 and n.before[-1:] and n.before[-1] in _PERSON_SPOKEN_OF for n in (one, other))
    return apiece and other.said.first - one.last < 6


def _linked(one: Number, other: Number) -> bool:
    """Nothing but commas and « et » between the two."""
    tokens, between = one.tokens, range(one.last + 1, other.said.first)
    gaps = {tokens.gaps[i].strip() for i in range(one.last + 1, other.said.first + 1)}
    if one.bare() and not one.closed() and not between and gaps == {""}:
        return False
    return all(tokens.folds[i] in _LINKS for i in between) and gaps <= {"", ",", "/"} and one.last < other.said.first


def _why_among_ages(number: Number, numbers: list[Number], reasons: list[str]) -> str:
    before = number.before
    told = {n.value for n, reason in zip(numbers, reasons, strict=True) if reason}
    if number.value in told and number.value > 12 and number.closed():
        return "âge, redit"
    if (
        before
        and before[-1] in ONE_OF_THEM | {"papiers", "madame", "monsieur", "maman", "papa"}
        and number.value > 1
        and (number.closed() or number.after in GOES_ON)
    ):
        return "âge, après un mot qui désigne une personne"
    if (
        not number.tokens.cased
        and number.bare()
        and number.said.first
        and somebody(number.tokens, number.said.first - 1)
    ):
        return "âge, après un prénom"
    if before[-1:] in (["dirait"], ["donnerait"], ["donne"], ["fait"]) and number.value > 15 and number.bare():
        return "âge qu'on donne à quelqu'un"
    until = before[-3:-1] == ["jusqu", "a"] or before[-2:] == ["jusqu", "a"]
    return "âge, après « jusqu'à »" if until and 15 < number.value < 30 else ""


def _about(tokens: Tokens) -> Iterator[Found]:
    """« la cinquantaine », « une trentaine d'années » after « avoir »."""
    for index, fold in enumerate(tokens.folds):
        if fold not in _ABOUT or not index:
            continue
        before, after = tokens.folds[max(0, index - 6) : index], tokens.folds[index + 1 : index + 3]
        years = after == ["d", "annees"]
        has = [i for i, word in enumerate(before) if word in AVOIR and before[i - 1 : i] != ["y"]]
        if (before[-1] == "la" and after[:1] not in (["de"], ["d"])) or (years and before[-1] == "une" and has):
            last = index + 2 if years else index
            yield Found(*tokens.span(index, last), IdentifierType.AGE, 0.75, "âge arrondi")
