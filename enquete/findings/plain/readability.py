"""How easy a French text is to read, sentence by sentence.

The score is Flesch's as Kandel and Moles fitted it to French (« Application de l'indice de Flesch à la langue
française », Cahiers Études de Radio-Télévision, n° 19, 1958, p. 253-274): 207 - 1.015 words a sentence - 73.6 syllables
a word. What a sentence should be follows « L'information pour tous : règles européennes pour une information facile à
lire et à comprendre » (Inclusion Europe, 2009): short, one idea, words of every day.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from enquete.wording import n

LONGEST = 15  # words of a sentence
_LONG_WORD = 5  # syllables
_SENTENCE_END = re.compile(r"(?<=[.!?…])[\s\u202f\u00a0]+(?=[«\"A-ZÀ-ÖØ-Þ0-9-])|\n+")
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*|\d+")
_VOWELS = re.compile(r"[ïëü]?[aeiouyàâäèêîôöùûœæ]+|[ïëü]|é")  # « é » and a diaeresis begin a syllable
_JOINTS = re.compile(
    r"\b(?:qui|que|dont|où|parce qu[e’']|puisqu[e’']|alors qu[e’']|tandis qu[e’']|bien qu[e’']|afin|lorsqu[e’']|"
    r"mais|donc|car|ainsi|cependant)\b",
    re.IGNORECASE,
)
_ELISION = re.compile(r"^(?:[cdjlmnst]|qu)['’]", re.IGNORECASE)
_SAID = 30  # characters of a sentence that tell which one it is


@dataclass(frozen=True, slots=True)
class Readability:
    """score: higher is easier, about 0 to 120; None for no word at all."""

    sentences: int
    words: int
    syllables: int

    @property
    def score(self) -> float | None:
        if not self.words:
            return None
        return 207 - 1.015 * self.words / self.sentences - 73.6 * self.syllables / self.words

    @property
    def level(self) -> str:
        """In words, by the bands of Flesch (1948)."""
        if self.score is None:
            return "sans texte"
        bands = ((80, "facile"), (70, "assez facile"), (60, "moyen"), (50, "assez difficile"))
        return next((name for least, name in bands if self.score >= least), "difficile")


def sentences(text: str) -> list[str]:
    """In their order, without the space around them."""
    return [part for part in (piece.strip() for piece in _SENTENCE_END.split(text)) if part]


def words_of(text: str) -> list[str]:
    """Words and numbers; « l'argent » is one word of two syllables, as it is said."""
    return _WORD.findall(text)


def syllables(word: str) -> int:
    """Those that are said, roughly: groups of vowels, a silent « e » at the end left out.

    A figure counts one: it is read at a glance.
    """
    if word[:1].isdigit():
        return 1
    parts = [_ELISION.sub("", part) for part in word.casefold().split("-")]
    return max(1, sum(_syllables_of(part) for part in parts if part))


def _syllables_of(part: str) -> int:
    part = re.sub(r"gu(?=[eéèêi])", "g", part.replace("qu", "k"))
    groups = len(_VOWELS.findall(part))
    silent = groups > 1 and re.search(r"[^aeiouyàâäéèêëîïôöùûüœæ]es?$", part) is not None
    return groups - silent


def measure(text: str) -> Readability:
    """Of a whole text; a line without a full stop is a sentence."""
    found = words_of(text)
    return Readability(max(1, len(sentences(text))) if found else 0, len(found), sum(map(syllables, found)))


def remarks(text: str) -> Iterator[str]:
    """What could be simpler, sentence by sentence: a person decides."""
    for sentence in sentences(text):
        shown = sentence if len(sentence) <= _SAID else f"{sentence[:_SAID].rstrip()}…"
        found = words_of(sentence)
        if len(found) > LONGEST:
            yield f"« {shown} » : phrase de {n('mot', len(found))} ; {LONGEST} au plus."
        joints = _JOINTS.findall(sentence)
        if len(joints) > 1 or ";" in sentence:
            yield f"« {shown} » : plusieurs idées peut-être ; une idée par phrase."
        hard = list(dict.fromkeys(word for word in found if syllables(word) >= _LONG_WORD))
        if hard:
            yield f"« {shown} » : {n('mot long', len(hard))} ({', '.join(hard)})."
