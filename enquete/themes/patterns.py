"""spaCy Matcher patterns of a codebook, run on the turns that hold one of their words."""

from __future__ import annotations

import difflib
import json
import re
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from enquete.codebook.types import Codebook, Pattern
from enquete.codebook.yaml_file import pattern_text
from enquete.errors import EnqueteError, Problem
from enquete.themes.cues import Cue
from enquete.themes.matching import Hit, Sentence, Where
from enquete.themes.parsed import TAGS, ParsedTurn
from enquete.themes.spoken import respell
from enquete.themes.words import FUNCTION, LIGHT, words

if TYPE_CHECKING:
    from spacy.matcher import Matcher
    from spacy.tokens import Doc
    from spacy.vocab import Vocab

# What a cached turn can answer to; the rest (MORPH, DEP, ENT_TYPE, SHAPE…) is not kept.
ATTRIBUTES = words("LOWER LEMMA POS NORM ORTH TEXT LENGTH IS_ALPHA IS_ASCII IS_DIGIT IS_PUNCT LIKE_NUM IS_STOP OP")
TEXTS = words("LOWER LEMMA NORM ORTH TEXT")
POS = {letter: name for name, letter in TAGS.items()}


@dataclass(frozen=True, slots=True)
class _Rule:
    """A pattern. needs: sets of words, of each of which it needs one; reach: how many tokens apart they can be."""

    key: str
    matcher: Matcher
    needs: tuple[frozenset[str], ...]
    reach: int

    def may_match(self, places: Where) -> bool:
        """Whether the words that it needs stand near one another. places: the tokens of a sentence by their words."""
        if any(places.keys().isdisjoint(few) for few in self.needs):
            return False
        return len(self.needs) < 2 or any(
            all(self._near(at, few, places) for few in self.needs[1:])
            for word in self.needs[0] & places.keys()
            for at in places[word]
        )

    def _near(self, at: int, few: frozenset[str], places: Where) -> bool:
        return any(abs(at - spot) <= self.reach for word in few & places.keys() for spot in places[word])


class PatternFinder:
    """Patterns by what they need, with what they say; those of equal keys once. Raises EnqueteError(BAD_PATTERN)."""

    def __init__(self, patterns: Iterable[tuple[Cue, Pattern]]) -> None:
        # By a word that the pattern needs, then by a second one: « » when it needs none.
        self._rules: dict[str, dict[str, list[_Rule]]] = {}
        distinct = {cue.key: (cue.code, pattern) for cue, pattern in patterns}
        if not distinct:
            return
        self._vocab = french()
        for key, (code, pattern) in distinct.items():
            needs = tuple(needed(pattern))
            rule = _Rule(key, _matcher(code, pattern, self._vocab), needs, _reach(pattern))
            for word in sorted(needs[0]) if needs else [""]:
                for second in sorted(needs[1]) if len(needs) > 1 else [""]:
                    self._rules.setdefault(word, {}).setdefault(second, []).append(rule)

    @property
    def vocabulary(self) -> frozenset[str]:
        """The words that patterns need."""
        rules = (rule for few in self._rules.values() for several in few.values() for rule in several)
        return frozenset(word for rule in rules for few in rule.needs for word in few)

    @property
    def anchors(self) -> frozenset[str]:
        """One of these words at least stands where a pattern matches; « » where none is needed."""
        return frozenset(self._rules)

    def find(self, turn: ParsedTurn, read: Sequence[Sentence]) -> Iterator[Hit]:
        """Every match, each within a sentence. read: what `Places` says of the turn."""
        for first, end, places in read if self._rules else ():
            present = places.keys() | {""}
            rules = {
                id(rule): rule
                for word in present & self._rules.keys()
                for second in present & self._rules[word].keys()
                for rule in self._rules[word][second]
                if rule.may_match(places)
            }
            if rules:
                doc = as_doc(turn, first, end, self._vocab)
                for rule in rules.values():
                    for _, start, stop in rule.matcher(doc):
                        yield Hit(rule.key, first + start, first + stop - 1, 1.0)


@cache
def french() -> Vocab:
    """The attributes of French words, without the model: LIKE_NUM, IS_STOP…"""
    from spacy.lang.fr import French
    from spacy.vocab import create_vocab

    return create_vocab("fr", French.Defaults)


def _matcher(code: str, pattern: Pattern, vocab: Vocab) -> Matcher:
    from spacy.matcher import Matcher

    matcher = Matcher(vocab)
    try:
        matcher.add("x", [[dict(token) for token in pattern]], greedy="LONGEST")
    except (ValueError, TypeError, KeyError, AttributeError, re.error):
        raise EnqueteError(Problem.BAD_PATTERN, code=code, pattern=pattern_text(pattern)) from None
    return matcher


def _reach(pattern: Pattern) -> int:
    """Tokens between the two ends of a match, at most."""
    bounded = all(token.get("OP", "1") in ("1", "?", "!") for token in pattern)
    return len(pattern) - 1 if bounded else sys.maxsize


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


def pattern_cues(codebooks: Iterable[Codebook]) -> list[tuple[Cue, Pattern]]:
    """The patterns of every code, with what each says."""
    return [
        (_cue(code.id, pattern), pattern)
        for book in codebooks for code in book.codes for pattern in code.cues.patterns
    ]  # fmt: skip


def _cue(code: str, pattern: Pattern) -> Cue:
    """What a pattern says: as much as a cue of as many rare words as it names."""
    named = sum(1 for token in pattern if TEXTS & token.keys())
    words = [next((w for key in ("LOWER", "LEMMA") for w in _words(token.get(key))), "") for token in pattern]
    text = " ".join(filter(None, words)) or pattern_text(pattern)
    key = f"pattern {json.dumps(pattern, sort_keys=True, default=str)}"
    return Cue(code, text, key, (), exact=True, denied=False, anchor=0, score=1 - 2.0 ** -max(1, named))


def pattern_fault(pattern: Pattern) -> str | None:
    """What keeps a pattern from matching anything, or makes it match everything: the end of a French sentence."""
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
        Matcher(french(), validate=True).add("x", [[dict(token) for token in pattern]])
    except (MatchPatternError, ValueError, TypeError, KeyError, AttributeError, re.error):
        return "n'est pas un motif de spaCy : vérifiez « OP » (« ! », « ? », « + », « * ») et les valeurs."
    if all(token.keys() <= {"OP"} or token.get("OP") in ("?", "*", "!") for token in pattern):
        return "trouverait n'importe quel texte : il ne nomme aucun mot obligatoire."
    return None
