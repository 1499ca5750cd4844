"""Cues made ready for matching: each word with the keys it answers to and its weight."""

from __future__ import annotations

import math
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from enquete.codebook.types import Code, Codebook
from enquete.language import pipeline
from enquete.themes.negation import denied
from enquete.themes.parsed import ParsedTurn, parse
from enquete.themes.words import EMPTY, FUNCTION, LIGHT, NEGATORS

EMPTY_WEIGHT = 0.1  # of « le », « mon », « je », « avoir »
FUNCTION_WEIGHT = 0.4  # of « à », « que », « chez », which tell beside a single word: « que mon téléphone »
LIGHT_WEIGHT = 0.5  # of « faire », « dire » and of negations; of other words 1
LEAST_RARITY = 0.2


@dataclass(frozen=True, slots=True)
class Element:
    """One word of a cue. keys: any of them will do; weight: what it counts for; heavy: it may stand alone."""

    keys: frozenset[str]
    weight: float
    heavy: bool


@dataclass(frozen=True, slots=True)
class Cue:
    """One cue of one code. exact: its words stand side by side, as written; denied: only under a negation.

    key: what is looked for: cues of equal keys are found in the same places. anchor: index of the word to look for
    first. score: how much the cue says when found as it stands, 0 to 1: half
    for one rare word, then half of what is missing for each further one; less when its words, or the whole cue,
    belong to several codes.
    """

    code: str
    text: str
    key: str
    elements: tuple[Element, ...]
    exact: bool
    denied: bool
    anchor: int
    score: float


@lru_cache(maxsize=1 << 16)
def plain(word: str) -> str:
    """Lower case without accents."""
    letters = unicodedata.normalize("NFD", word.casefold())
    return "".join(letter for letter in letters if not unicodedata.combining(letter)).replace("’", "'")


def exact_key(form: str) -> str:
    """The key of a word looked for as it is written."""
    return "=" + plain(form)


@lru_cache(maxsize=1 << 16)
def cue_keys(form: str, lemma: str) -> frozenset[str]:
    """A cue's word answers to its form and its lemma, and to both without accents, save a last é: « marché »."""
    keys = {form, lemma}
    bare = {plain(key) for key in keys if not plain(key).endswith("e") or key.rstrip("s").endswith("e")}
    return frozenset(keys | bare)


def cue_texts(codebooks: Iterable[Codebook]) -> list[str]:
    """What the model has to read of the codebooks, each text once: a caller that caches turns can cache these too."""
    cues = (cue for book in codebooks for code in book.codes for cue in (*code.cues.words, *code.cues.lemmas))
    return list(dict.fromkeys(cues))


_read: dict[str, ParsedTurn] = {}  # by this process, which may check a codebook, write it, then read it again


def read_cues(codebooks: Iterable[Codebook], known: Mapping[str, ParsedTurn]) -> dict[str, ParsedTurn]:
    """Every cue of the codebooks by its text; the model reads the unknown ones. Raises EnqueteError(NO_MODEL)."""
    texts = cue_texts(codebooks)
    new = [text for text in texts if text not in known and text not in _read]
    _read.update(zip(new, parse(new, batch=pipeline.SHORT_BATCH) if new else (), strict=True))
    return {text: known[text] if text in known else _read[text] for text in texts}


def compile_cues(codebooks: Iterable[Codebook], parsed: Mapping[str, ParsedTurn]) -> list[Cue]:
    """The words and lemma phrases of every code. parsed: all of them, by their text."""
    books = list(codebooks)
    written = [cue for book in books for code in book.codes for cue in _written(code)]
    shared = Counter((cue, exact) for _, cue, exact in written)
    holders: dict[str, set[str]] = {}
    for code, cue, _ in written:
        for lemma in parsed[cue].lemmas:
            holders.setdefault(lemma, set()).add(code)
    codes = sum(len(book.codes) for book in books)
    rarity = {lemma: _rarity(len(found), codes) for lemma, found in holders.items()}
    cues = (_cue(code, cue, parsed[cue], exact, shared[cue, exact], rarity) for code, cue, exact in written)
    return [cue for cue in cues if cue.elements]


def _written(code: Code) -> Iterator[tuple[str, str, bool]]:
    """The code's id, each cue once, and whether it is exact."""
    yield from ((code.id, cue, True) for cue in dict.fromkeys(code.cues.words))
    yield from ((code.id, cue, False) for cue in dict.fromkeys(code.cues.lemmas))


def _rarity(holders: int, codes: int) -> float:
    """1 for a word that the cues of one code alone use, near 0 for one that all use."""
    return 1 - math.log(holders) / math.log(codes + 10)


def _cue(code: str, text: str, turn: ParsedTurn, exact: bool, shared: int, rarity: Mapping[str, float]) -> Cue:
    kept = [index for index, tag in enumerate(turn.tags) if tag != "." or exact]
    weights = {index: _weight(turn.forms[index], turn.lemmas[index]) for index in kept}
    heavy = [index for index in kept if weights[index] >= LIGHT_WEIGHT and turn.forms[index] not in NEGATORS]
    marks = denied(turn)
    under_negation = not exact and any(marks[index] for index in heavy)
    if under_negation:  # the negation itself may be any: « plus de travail », « pas de travail »
        kept = [index for index in kept if turn.forms[index] not in NEGATORS]
    elif not exact and sum(weights[index] == 1 for index in kept) > 1:
        kept = [index for index in kept if weights[index] >= LIGHT_WEIGHT]
    elements = tuple(
        Element(
            frozenset({exact_key(turn.forms[i])}) if exact else cue_keys(turn.forms[i], turn.lemmas[i]),
            weights[i],
            i in heavy,
        )
        for i in kept
    )
    told = [weights[i] * max(LEAST_RARITY, rarity[turn.lemmas[i]]) for i in kept]
    anchor = max(range(len(kept)), key=lambda place: (elements[place].heavy, told[place]), default=0)
    score = (1 - math.exp2(-sum(told))) / math.sqrt(shared)
    key = f"{'exact' if exact else 'lemmas'} {anchor} {text}"  # the rest follows from the text
    return Cue(code, text, key, elements, exact, under_negation, anchor, score)


@lru_cache(maxsize=1 << 16)
def _weight(form: str, lemma: str) -> float:
    """What a word counts for in finding its cue."""
    if form in EMPTY or lemma in EMPTY:
        return EMPTY_WEIGHT
    if form in FUNCTION or lemma in FUNCTION:
        return FUNCTION_WEIGHT
    return LIGHT_WEIGHT if lemma in LIGHT or form in NEGATORS else 1.0
