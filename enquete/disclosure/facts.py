"""Facts of a life that a person tells and that few others could tell: origin, prison, illness, five children.

Rules on words, no model: what is looked for is listed in data/facts.txt, and what is not listed is not found. A fact
that somebody denies, or tells of another, is found too: a human reads the words in their context. Written for spoken
French and for pseudonymised texts: no name of a person or commune is looked for.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from enquete.pseudonyms.numbers import NUMBER_WORDS, number_at


@dataclass(frozen=True, slots=True, order=True)
class Fact:
    """text[start:end] tells it. kind: « origine »; value: « Roumanie »."""

    start: int
    end: int
    kind: str
    value: str


CHILDREN, TRADE, DATE = "enfants", "métier", "date"


def facts_in(text: str) -> list[Fact]:
    """Each fact told, by place; the longest of those that overlap under one kind."""
    folded = _fold(text)
    found = {*_listed(folded), *_children(folded), *_trades(folded), *_dates(folded)}
    kept: list[Fact] = []
    for fact in sorted(found, key=lambda f: (f.start - f.end, f)):
        if not any(k.kind == fact.kind and k.start < fact.end and fact.start < k.end for k in kept):
            kept.append(fact)
    return sorted(kept)


def _fold(text: str) -> str:
    """Case, accents and apostrophes aside, every character at its place."""
    return "".join(map(_fold_one, text))


@cache
def _fold_one(character: str) -> str:
    if character in "’ʼ`":
        return "'"
    base = unicodedata.normalize("NFD", character)[0].lower()
    return base if len(base) == 1 else character


def _listed(folded: str) -> Iterator[Fact]:
    """What the list names: single words by the vocabulary of the text, phrases by their place."""
    for match in _WORD.finditer(folded):
        for kind, value in _of_word(match[0]):
            yield Fact(match.start(), match.end(), kind, value)
    for kind, value, pattern in _patterns().phrases:
        for match in pattern.finditer(folded):
            if not folded[match.start() - 1 : match.start()].isalnum():
                yield Fact(match.start(), match.end(), kind, value)


_WORD = re.compile(r"\w+")
_AFTER_NUMBER = re.compile(
    r" (?:petits? |jeunes |grands? )?(?P<who>enfants?|gosses?|gamins?|momes?|filles?|fils|garcons?|jumeaux|jumelles)\b"
)
_GROUPS = {"enfant": "enfants", "gosse": "enfants", "gamin": "enfants", "mome": "enfants", "fille": "filles",
           "garcon": "garçons", "fils": "garçons", "jumeau": "jumeaux", "jumelle": "jumeaux"}  # fmt: skip


def _children(folded: str) -> Iterator[Fact]:
    """« cinq enfants », « mes trois filles »."""
    words = list(_WORD.finditer(folded))
    folds = [match[0] for match in words]
    for index, match in enumerate(words):
        if not (match[0].isdecimal() or match[0] in NUMBER_WORDS) or (index and folds[index - 1] in NUMBER_WORDS):
            continue
        said = number_at(folds, index)
        after = said and _AFTER_NUMBER.match(folded, words[said.last - 1].end())
        if said and after and 1 < said.value < 20:
            who = next(shown for stem, shown in _GROUPS.items() if after["who"].startswith(stem))
            yield Fact(match.start(), after.end(), CHILDREN, f"{said.value} {who}")


_DATE = re.compile(
    r"\b(?:le )?(?P<day>1er|\d{1,2}) (?P<month>janvier|fevrier|mars|avril|mai|juin|juillet|aout|septembre|octobre|"
    r"novembre|decembre)(?: (?P<year>(?:19|20)\d\d))?\b|\b(?P<alone>19[3-9]\d|20[0-2]\d)\b"
)


def _dates(folded: str) -> Iterator[Fact]:
    """A day, or a year."""
    for match in _DATE.finditer(folded):
        yield Fact(match.start(), match.end(), DATE, match["alone"] or match[0].removeprefix("le "))


_I_AM = (
    r"(?:je suis|j'suis|chuis|j'etais|j'ai ete|je travaille comme|j'ai (?:travaille|bosse|fait) comme|je bosse comme|"
    r"(?:il|elle) (?:est|etait)|mon (?:mari|pere|fils|conjoint) (?:est|etait)|"
    r"ma (?:femme|mere|fille|conjointe) (?:est|etait)|"
    r"ancien(?:ne)?|metier d[e'] ?|formation d[e'] ?|diplome d[e'] ?|cap d[e'] ?|cap|embauchee? comme|reconvertie? en)"
)
_TRADES = """
macon(?:ne)?|carreleu(?:r|se)|peintre|plombier|electricien(?:ne)?|couvreu(?:r|se)|menuisi(?:er|ere)|soudeu(?:r|se)|
charpenti(?:er|ere)|grutier|cariste|manutentionnaire|magasini(?:er|ere)|chauffeur|conduct(?:eur|rice)|livreu(?:r|se)|
routier|taxi|cuisini(?:er|ere)|serveu(?:r|se)|plongeu(?:r|se)|patissi(?:er|ere)|boulang(?:er|ere)|bouch(?:er|ere)|
coiffeu(?:r|se)|estheticienne|couturi(?:er|ere)|caissi(?:er|ere)|vendeu(?:r|se)|secretaire|comptable|infirmi(?:er|ere)|
aide[- ]soignante?|auxiliaire de vie|assistante? maternelle|nounou|femme de menage|femme de chambre|agent d'entretien|
agent de securite|vigile|gardien(?:ne)?|concierge|ouvri(?:er|ere)|mecanicien(?:ne)?|garagiste|jardini(?:er|ere)|
paysagiste|agricult(?:eur|rice)|paysan(?:ne)?|pecheur|marin|militaire|gendarme|polici(?:er|ere)|pompi(?:er|ere)|
enseignante?|profess?eure?|institut(?:eur|rice)|traduct(?:eur|rice)|interprete|journaliste|avocate?|medecin|pharmacienne?|
dentiste|ingenieure?|architecte|informaticien(?:ne)?|graphiste|photographe|musicien(?:ne)?|comedien(?:ne)?|danseu(?:r|se)|
chant(?:eur|euse)|ecrivaine?|libraire|bibliothecaire|animat(?:eur|rice)|educat(?:eur|rice)|boxeu(?:r|se)|footballeu(?:r|se)|
imam|pasteur|pretre|brocant(?:eur|euse)|ferrailleur|forain(?:e)?|commercante?|artisane?|cordonni(?:er|ere)|
bijouti(?:er|ere)|fleuriste|imprimeu(?:r|se)|typographe|postier|factrice|facteur|cheminot(?:e)?|hotesse|steward|pilote
"""
_TRADE = re.compile(rf"\b{_I_AM} ?(?:une? |le |la |l')?(?P<trade>{''.join(_TRADES.split(chr(10)))})s?\b")


def _trades(folded: str) -> Iterator[Fact]:
    """A trade that somebody says to be theirs, or a relative's."""
    for match in _TRADE.finditer(folded):
        yield Fact(match.start("trade"), match.end("trade"), TRADE, match["trade"])


class _Patterns(NamedTuple):
    """(kind, value, words) of each line of the list. any_word: every single word at once.

    phrases: without a word's edge in front, which would make the search ten times as long.
    """

    words: tuple[tuple[str, str, re.Pattern[str]], ...]
    phrases: tuple[tuple[str, str, re.Pattern[str]], ...]
    any_word: re.Pattern[str]


@cache
def _patterns() -> _Patterns:
    lines = (files("enquete.disclosure") / "data" / "facts.txt").read_text(encoding="utf-8").splitlines()
    kind = ""
    words, phrases, all_words = [], [], []
    for line in lines:
        if line.startswith("["):
            kind = line.strip("[]")
        elif line and not line.startswith("#"):
            value, _, forms = line.partition(" = ")
            single = [form for form in _forms(forms) if not re.search(r"[^\w\\*+?|():]", form)]
            several = [form for form in _forms(forms) if form not in single]
            all_words += single
            if single:
                words.append((kind, value, re.compile("|".join(single))))
            if several:
                phrases.append((kind, value, re.compile(rf"(?:{'|'.join(several)})\b")))
    return _Patterns(tuple(words), tuple(phrases), re.compile("|".join(all_words)))


def _forms(forms: str) -> list[str]:
    """The alternatives of a line, bars inside brackets left alone."""
    found, depth = [""], 0
    for character in forms:
        depth += (character == "(") - (character == ")")
        if character == "|" and not depth:
            found.append("")
        else:
            found[-1] += character
    return found


@cache
def _of_word(word: str) -> tuple[tuple[str, str], ...]:
    patterns = _patterns()
    if not patterns.any_word.fullmatch(word):
        return ()
    return tuple((kind, value) for kind, value, pattern in patterns.words if pattern.fullmatch(word))
