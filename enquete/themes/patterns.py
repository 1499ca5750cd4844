"""spaCy Matcher patterns of a codebook, run on the turns that hold one of their words."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

from enquete.codebook.types import Codebook, Pattern
from enquete.codebook.yaml_file import pattern_text
from enquete.errors import EnqueteError, Problem
from enquete.themes.cues import Cue
from enquete.themes.matching import Match, sentences
from enquete.themes.parsed import TAGS, ParsedTurn
from enquete.themes.spoken import respell
from enquete.themes.words import FUNCTION, LIGHT, words

if TYPE_CHECKING:
    from spacy.tokens import Doc
    from spacy.vocab import Vocab

# What a cached turn can answer to; the rest (MORPH, DEP, ENT_TYPE, SHAPE…) is not kept.
ATTRIBUTES = words("LOWER LEMMA POS NORM ORTH TEXT LENGTH IS_ALPHA IS_ASCII IS_DIGIT IS_PUNCT LIKE_NUM IS_STOP OP")
TEXTS = words("LOWER LEMMA NORM ORTH TEXT")
POS = {letter: name for name, letter in TAGS.items()}


class PatternFinder:
    """The patterns of one or several codebooks. Raises EnqueteError(BAD_PATTERN)."""

    def __init__(self, codebooks: Iterable[Codebook]) -> None:
        self._cues: dict[str, Cue] = {}
        self._others: dict[str, list[frozenset[str]]] = {}  # of each further set, a word is needed too
        self._needs: dict[str, list[str]] = {}  # a word -> the patterns that need it; "" for those that need none
        patterns = [(code.id, pattern) for book in codebooks for code in book.codes for pattern in code.cues.patterns]
        if not patterns:
            return
        import spacy
        from spacy.matcher import Matcher

        self._vocab: Vocab = spacy.blank("fr").vocab
        self._matchers: dict[str, Matcher] = {}
        for number, (code, pattern) in enumerate(patterns):
            name = str(number)
            self._cues[name] = _cue(code, pattern)
            self._matchers[name] = Matcher(self._vocab)
            try:
                self._matchers[name].add(name, [[dict(token) for token in pattern]], greedy="LONGEST")
            except (ValueError, TypeError, KeyError, AttributeError, re.error):
                raise EnqueteError(Problem.BAD_PATTERN, code=code, pattern=pattern_text(pattern)) from None
            first, *self._others[name] = needed(pattern) or [frozenset({""})]
            for word in sorted(first):
                self._needs.setdefault(word, []).append(name)

    def find(self, turn: ParsedTurn) -> Iterator[Match]:
        """Every match, each within a sentence."""
        for first, end in sentences(turn) if self._cues else ():
            words = {"", *turn.forms[first:end], *turn.lemmas[first:end]}
            named = {name for word in words & self._needs.keys() for name in self._needs[word]}
            names = sorted(name for name in named if not any(words.isdisjoint(few) for few in self._others[name]))
            if not names:
                continue
            doc = as_doc(turn, first, end, self._vocab)
            for name in names:
                for _, start, stop in sorted(self._matchers[name](doc)):
                    yield Match(self._cues[name], first + start, first + stop - 1, 1.0)


def as_doc(turn: ParsedTurn, first: int, end: int, vocab: Vocab) -> Doc:
    """These tokens as spaCy's Matcher wants them."""
    from spacy.tokens import Doc

    part = slice(first, end)
    pos = [POS[tag] for tag in turn.tags[part]]
    return Doc(vocab, words=list(turn.forms[part]), lemmas=list(turn.lemmas[part]), pos=pos)


def needed(pattern: Pattern) -> list[frozenset[str]]:
    """Sets of words: a sentence must hold one of each for the pattern to match. The rarest words come first."""
    certain = [token for token in pattern if token.get("OP", "1") in ("1", "+")]
    found = (frozenset(_words(token.get(key))) for token in certain for key in ("LOWER", "LEMMA"))
    return sorted(filter(None, found), key=lambda few: (bool(few & (FUNCTION | LIGHT)), len(few)))


def _words(value: object) -> list[str]:
    if isinstance(value, str):
        return [value]
    if isinstance(value, Mapping) and isinstance(value.get("IN"), list):
        return [str(word) for word in value["IN"]]
    return []


def _is_text(value: object) -> bool:
    """A word, or words as values of IN, NOT_IN, REGEX…"""
    if isinstance(value, Mapping):
        return all(_is_text(inner) for inner in value.values())
    if isinstance(value, list):
        return all(isinstance(word, str) for word in value)
    return isinstance(value, str)


def _cue(code: str, pattern: Pattern) -> Cue:
    """What a pattern says: as much as a cue of as many rare words as it names."""
    named = sum(1 for token in pattern if TEXTS & token.keys())
    words = [next((w for key in ("LOWER", "LEMMA") for w in _words(token.get(key))), "") for token in pattern]
    text = " ".join(filter(None, words)) or pattern_text(pattern)
    return Cue(code, text, (), exact=True, denied=False, anchor=0, score=1 - 2.0 ** -max(1, named))


def pattern_fault(pattern: Pattern) -> str | None:
    """What keeps a pattern from matching anything, or makes it match everything: the end of a French sentence."""
    import spacy
    from spacy.errors import MatchPatternError
    from spacy.matcher import Matcher

    for token in pattern:
        if unknown := [key for key in token if key not in ATTRIBUTES]:
            close = difflib.get_close_matches(unknown[0].upper(), ATTRIBUTES, 1)
            hint = f"vouliez-vous dire « {close[0]} » ?" if close else f"possibles : {', '.join(sorted(ATTRIBUTES))}."
            return f"emploie « {unknown[0]} », qui n'est pas lu ; {hint}"
        for key in TEXTS & token.keys():
            if not _is_text(token[key]):
                return f"donne à « {key} » autre chose qu'un mot : mettez le mot entre guillemets droits."
            for word in _words(token[key]):
                if (written := respell(word)[0].lower()) != word:
                    return f"cherche « {word} », que les tours ne contiennent jamais : écrivez « {written} »."
                if re.search(r"\s", word):
                    return f"cherche « {word} » en un seul mot : une accolade par mot."
    try:
        Matcher(spacy.blank("fr").vocab, validate=True).add("x", [[dict(token) for token in pattern]])
    except (MatchPatternError, ValueError, TypeError, KeyError, AttributeError, re.error):
        return "n'est pas un motif de spaCy : vérifiez « OP » (« ! », « ? », « + », « * ») et les valeurs."
    if all(token.keys() <= {"OP"} or token.get("OP") in ("?", "*", "!") for token in pattern):
        return "trouverait n'importe quel texte : il ne nomme aucun mot obligatoire."
    return None
