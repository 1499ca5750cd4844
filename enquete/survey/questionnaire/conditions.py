"""Conditions of an XLSForm (« relevant ») in French words, for those who read a questionnaire on paper.

What is put into words: comparisons of one answer with a value, `selected`, `not`, `and`, `or`, parentheses. Anything
else is left as it is written.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from enquete.survey.questionnaire.types import Question

_TOKEN = re.compile(
    r"\s*(?:(?P<ref>\$\{\s*[^}]+?\s*\}|(?:\.\./)+[\w.-]+)|(?P<text>'[^']*'|\"[^\"]*\")|(?P<number>-?\d+(?:\.\d+)?)"
    r"|(?P<sign><=|>=|!=|=|<|>)|(?P<mark>[(),])|(?P<word>[A-Za-z][\w-]*))"
)
_OPPOSITE = {"=": "!=", "!=": "=", "<": ">=", ">=": "<", ">": "<=", "<=": ">"}
_IS_NOT, _NONE, _SOME = "n'est pas", "il n'y a pas de réponse", "une réponse est donnée"
_NUMBERS = {
    "<": "est inférieure à {0}",
    ">": "est supérieure à {0}",
    "<=": "est {0} au plus",
    ">=": "est {0} au moins",
    "=": "est {0}",
    "!=": "n'est pas {0}",
}


@dataclass(frozen=True, slots=True)
class Named:
    """How a question is called where it is spoken of: « la question 3 »; None: it is not known."""

    words: str
    question: Question | None = None


Refer = Callable[[str], Named]
"""The question of this name."""


class _UnsaidError(Exception):
    """An expression that has no words here."""


def in_words(expression: str, refer: Refer) -> str:
    """« la réponse à la question 3 est « Oui » »; what can't be put so stays as it is written, in « »."""
    try:
        tokens = _tokens(expression)
        parser = _Parser(tokens, refer)
        said = parser.alternatives(positive=True)
        if parser.place != len(tokens):
            raise _UnsaidError
    except _UnsaidError:
        return f"« {' '.join(expression.split())} »"
    return said


def _tokens(expression: str) -> list[tuple[str, str]]:
    tokens, place = [], 0
    text = expression.strip()
    while place < len(text):
        found = _TOKEN.match(text, place)
        if not found or not found.lastgroup:
            raise _UnsaidError
        tokens.append((found.lastgroup, found[found.lastgroup].strip()))
        place = found.end()
    return tokens


class _Parser:
    """Recursive descent; `positive` is False inside of « not(…) », which goes down to the comparisons."""

    def __init__(self, tokens: Sequence[tuple[str, str]], refer: Refer) -> None:
        self.tokens = tokens
        self.refer = refer
        self.place = 0

    def alternatives(self, *, positive: bool) -> str:
        return self._joined("or", self._conjunction, positive=positive)

    def _conjunction(self, *, positive: bool) -> str:
        return self._joined("and", self._single, positive=positive)

    def _joined(self, word: str, part: Callable[..., str], *, positive: bool) -> str:
        said = [part(positive=positive)]
        while self._next() == ("word", word):
            self.place += 1
            said.append(part(positive=positive))
        either = (word == "or") == positive
        if len(said) == 1:
            return said[0]
        return _either(said) if either else " et ".join(f"({part})" if " ou " in part else part for part in said)

    def _single(self, *, positive: bool) -> str:
        kind, text = self._next()
        if (kind, text) == ("mark", "("):
            self.place += 1
            said = self.alternatives(positive=positive)
            self._expect(")")
            return said
        if (kind, text) == ("word", "not"):
            self.place += 1
            self._expect("(")
            said = self.alternatives(positive=not positive)
            self._expect(")")
            return said
        if (kind, text) == ("word", "selected"):
            return self._selected(positive=positive)
        return self._comparison(positive=positive)

    def _selected(self, *, positive: bool) -> str:
        self.place += 1
        self._expect("(")
        named = self._reference()
        self._expect(",")
        choice = self._value(named)
        self._expect(")")
        return f"{choice} {'est' if positive else _IS_NOT} coché à {named.words}"

    def _comparison(self, *, positive: bool) -> str:
        named = self._reference()
        kind, sign = self._next()
        if kind != "sign":
            raise _UnsaidError
        self.place += 1
        sign = sign if positive else _OPPOSITE[sign]
        kind, text = self._next()
        if kind == "text" and not text[1:-1]:
            self.place += 1
            if sign not in ("=", "!="):
                raise _UnsaidError
            return f"{_NONE if sign == '=' else _SOME} à {named.words}"
        if kind == "text" and sign not in ("=", "!="):
            raise _UnsaidError
        return f"la réponse à {named.words} {_NUMBERS[sign].format(self._value(named))}"

    def _reference(self) -> Named:
        kind, text = self._next()
        if kind != "ref":
            raise _UnsaidError
        self.place += 1
        return self.refer(text.strip("${} ").rpartition("/")[2])

    def _value(self, named: Named) -> str:
        """A choice by its label, a number as the French write it, a text in « »."""
        kind, text = self._next()
        if kind not in ("text", "number"):
            raise _UnsaidError
        self.place += 1
        bare = text[1:-1] if kind == "text" else text
        for choice in named.question.choices if named.question else ():
            if choice.name == bare:
                return f"« {choice.label or choice.name} »"
        return bare.replace(".", ",") if kind == "number" else f"« {bare} »"

    def _next(self) -> tuple[str, str]:
        return self.tokens[self.place] if self.place < len(self.tokens) else ("", "")

    def _expect(self, mark: str) -> None:
        if self._next() != ("mark", mark):
            raise _UnsaidError
        self.place += 1


_EQUAL = re.compile(r"(la réponse à .+? est )(« [^«»]* »)")
_CHECKED = re.compile(r"(« [^«»]* »)( est coché à .+)")


def _either(said: Sequence[str]) -> str:
    """« la réponse à la question 3 est « Oui » ou « Non » »."""
    equal = [_EQUAL.fullmatch(part) for part in said]
    if all(equal) and len({found[1] for found in equal if found}) == 1:
        return f"{equal[0][1]}{' ou '.join(found[2] for found in equal if found)}" if equal[0] else ""
    checked = [_CHECKED.fullmatch(part) for part in said]
    if all(checked) and len({found[2] for found in checked if found}) == 1:
        return f"{' ou '.join(found[1] for found in checked if found)}{checked[0][2]}" if checked[0] else ""
    return " ou ".join(f"({part})" if " et " in part else part for part in said)
