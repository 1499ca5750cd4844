"""The words that the cues of each code are made of: they support a code, and several together may suggest it."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Iterable, Mapping

from enquete.themes.cues import Cue
from enquete.themes.parsed import ParsedTurn
from enquete.themes.words import FILLERS, FUNCTION, NEGATORS

SUPPORT = 0.8  # what the word that marks a code most adds, where a lone rare cue says 0.5
SPREAD = 2.0  # cues that hold a word for it to count for half
CONTENT = frozenset("NVJQX")  # tags of the words that may mark a code

Fields = Mapping[str, Mapping[str, float]]  # lemma -> code -> what it adds


def fields(cues: Iterable[Cue], parsed: Mapping[str, ParsedTurn], name: Callable[[str], str]) -> tuple[Fields, Fields]:
    """The words of each code's cues: the more of its cues hold a word and the fewer codes do, the more it adds.

    parsed: the cues by their text; name: the code that a code's cues speak for (its theme, when themes are wanted).
    Second, of those the words that several cues of the code share: the only ones that count without a cue.
    """
    counts: dict[str, Counter[str]] = {}
    for cue in cues:
        if cue.text in parsed:
            counts.setdefault(name(cue.code), Counter()).update(content(parsed[cue.text]))
    holders = Counter(lemma for count in counts.values() for lemma in count)
    rarest = math.log((len(counts) + 1) / 1.5)
    found: dict[str, dict[str, float]] = {}
    for code, count in counts.items():
        for lemma, n in count.items():
            rarity = math.log((len(counts) + 1) / (holders[lemma] + 0.5)) / rarest
            found.setdefault(lemma, {})[code] = SUPPORT * rarity * n / (n + SPREAD)
    alone = {
        lemma: {code: worth for code, worth in codes.items() if counts[code][lemma] > 1}
        for lemma, codes in found.items()
    }
    return found, alone


def content(turn: ParsedTurn, first: int = 0, end: int | None = None) -> frozenset[str]:
    """The lemmas of the words that may mark a code, among these tokens."""
    part = slice(first, end)
    return frozenset(
        lemma
        for form, lemma, tag in zip(turn.forms[part], turn.lemmas[part], turn.tags[part], strict=True)
        if tag in CONTENT and not (lemma in FUNCTION or form in FUNCTION or form in NEGATORS or form in FILLERS)
    )
