"""The choice that a value means: by name, by label, by what the file says of the value; never by its place."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache

from enquete.survey.matching.loose import loose, name_key, unnumbered
from enquete.survey.matching.mapping import QuestionRules
from enquete.survey.matching.wordings import Wordings
from enquete.survey.questionnaire.types import Question, QuestionKind

_NUMBER = re.compile(r"-?\d+(?:\.\d+)?")
_CODE_FIRST = re.compile(r"(\S+?)\s*(?:[.):=]|\s[–—-])\s+(.+)|(\S+)\s*\[(.+)\]", re.DOTALL)
_CODE_LAST = re.compile(r"(.+?)\s*[\[(]([^\[\]()]+)[\])]", re.DOTALL)
YES = frozenset({"oui", "yes", "y", "o", "true", "vrai"})
NO = frozenset({"non", "no", "n", "false", "faux"})
_MARKED = YES | {
    "1", "1.0", "x", "✓", "✔", "☑", "ok", "coche", "cochee", "checked", "selected", "quoted", "choisi", "cite",
    "mentionne",
}  # fmt: skip
_UNMARKED = NO | {
    "0", "0.0", "non cite", "pas cite", "non mentionne", "pas coche", "non coche", "non cochee", "unchecked",
    "not selected", "not quoted", "unselected", "pas choisi",
}  # fmt: skip
_OTHER = frozenset({"-oth-", "other", "autre", "autre precisez", "autre a preciser", "autre preciser", "others"})
_SEPARATORS = (";", "\n", "|", ",", "/", " ")

Choices = frozenset[str]
OTHERS = ("other", "autre", "-oth-")
"""Names of the choice whose words stand elsewhere."""


def marked(text: str) -> bool | None:
    """Whether a box is ticked: « 1 », « X », « Oui », « FALSE »; None for a text that says neither."""
    for spelling in (text.casefold(), loose(text)):
        if spelling in _MARKED:
            return True
        if spelling in _UNMARKED:
            return False
    return None


_NONE: Choices = frozenset()


class ChoiceIndex:
    """The choices of one question, found by what files write for them."""

    def __init__(self, question: Question, wordings: Wordings, rules: QuestionRules) -> None:
        self.question = question
        self.names = [choice.name for choice in question.choices]
        self._number: dict[float, set[str]] = defaultdict(set)
        self._key: dict[str, set[str]] = defaultdict(set)
        self._label: dict[str, set[str]] = defaultdict(set)
        self._loose: dict[str, set[str]] = defaultdict(set)
        self._bare: dict[str, set[str]] = defaultdict(set)
        for choice in question.choices:
            if _NUMBER.fullmatch(choice.name):
                self._number[float(choice.name)].add(choice.name)
            self._key[_signed_key(choice.name)].add(choice.name)
            for label in wordings.of_choice(question, choice.name, choice.label):
                self._label[" ".join(label.split())].add(choice.name)
                if key := loose(label):
                    self._loose[key].add(choice.name)
                if (bare := loose(unnumbered(label))) and bare != key:
                    self._bare[bare].add(choice.name)
        self._mapped: dict[str, tuple[str, ...]] = {}
        for text, names in rules.values.items():
            meant = (names,) if isinstance(names, str) else names
            self._mapped[" ".join(text.split())] = meant
            self._mapped.setdefault(f"~{loose(text)}", meant)
        self._yes_no = self._find_yes_no()
        self._segment = lru_cache(maxsize=4096)(self._segmentations)

    def mapped(self, *texts: str) -> tuple[str, ...] | None:
        """What the mapping file says of a value, by its text or what the file says that it means."""
        said = [text for text in texts if text]
        keys = [" ".join(text.split()) for text in said] + [f"~{key}" for text in said if (key := loose(text))]
        return next((self._mapped[key] for key in keys if key in self._mapped), None)

    def by_name(self, text: str) -> Choices:
        if text in self.names:
            return frozenset({text})
        if _NUMBER.fullmatch(text) and (found := self._number.get(float(text))):
            return frozenset(found)
        return frozenset(self._key.get(_signed_key(text), ()))

    def by_label(self, text: str) -> Choices:
        if found := self._label.get(" ".join(text.split())):
            return frozenset(found)
        key = loose(text)
        found = self._loose.get(key) or self._bare.get(key)
        if not found and (bare := loose(unnumbered(text))) != key:
            found = self._loose.get(bare)
            if self.by_name(re.split(r"\W", text.strip())[0]) - (found or set()):
                return _NONE  # « 1. Oui », where 1 is another choice than « Oui »
        return frozenset(found or ())

    def by_both(self, text: str) -> Choices:
        """« A1. Oui », « A1 [Oui] », « Oui (A1) »: code and label, which must agree."""
        found = _CODE_FIRST.fullmatch(text.strip())
        if found and (both := self.by_name(found[1] or found[3]) & self.by_label(found[2] or found[4])):
            return both
        last = _CODE_LAST.fullmatch(text.strip())
        return self.by_label(last[1]) & self.by_name(last[2]) if last else _NONE

    def by_habit(self, text: str) -> Choices:
        """« Y » for « oui », « -oth- » for « autre »: what platforms write whatever the choices are called."""
        word = text.strip().casefold()
        for known, name in zip((YES, NO), self._yes_no, strict=True):
            if word in known and name:
                return frozenset({name})
        if word == "-oth-" or loose(text) in _OTHER:
            return frozenset(name for name in self.names if name in OTHERS)
        return _NONE

    def readings(self, text: str) -> Choices:
        """Every choice that a text could mean, the closest readings only."""
        mapped = self.mapped(text)
        if mapped is not None:
            return frozenset(mapped) if len(mapped) == 1 else _NONE
        return self.by_name(text) | self.by_label(text) or self.by_both(text) or self.by_habit(text)

    def _find_yes_no(self) -> tuple[str, str]:
        """The names of the choices that say yes and no, where one of each does."""
        made = []
        for known in (YES, NO):
            found = {
                choice.name for choice in self.question.choices if {choice.name.casefold(), loose(choice.label)} & known
            }
            made.append(found.pop() if len(found) == 1 else "")
        return (made[0], made[1]) if all(made) else ("", "")

    # --- several choices in one cell

    def told_apart(self, way: tuple[str, ...]) -> object:
        """What makes two ways of reading a cell one: the same choices, in the same order where it is the answer."""
        return way if self.question.kind is QuestionKind.RANK else frozenset(way)

    def split(self, text: str) -> dict[str, tuple[tuple[str, ...], ...]]:
        """By separator, the ways in which a cell reads as choices: labels may hold commas and spaces."""
        mapped = self.mapped(text)
        if mapped is not None:
            return {"": (mapped,)}
        whole = self.readings(text)
        found: dict[str, tuple[tuple[str, ...], ...]] = {}
        if whole:
            found[""] = tuple((name,) for name in sorted(whole))
        for separator in _SEPARATORS:
            if separator in text and (ways := self._segment(text, separator)):
                found[separator] = ways
        return found

    def _segmentations(self, text: str, separator: str) -> tuple[tuple[str, ...], ...]:
        """At most three different ones. Pieces stay joined where a label holds the separator."""
        pieces, gaps = _cut(text, separator)
        after: list[list[tuple[str, ...]]] = [[] for _ in pieces] + [[()]]
        for start in range(len(pieces) - 1, -1, -1):
            joined = ""
            for end in range(start, len(pieces)):
                joined += pieces[end]
                for name in self.readings(joined) if after[end + 1] else ():
                    after[start] += [(name, *rest) for rest in after[end + 1]]
                joined += gaps[end] if end < len(gaps) else ""
            after[start] = _different(after[start], self.told_apart)[:3]
        return tuple(way for way in after[0] if len(way) > 1 or len(pieces) == 1)

    def strangers(self, text: str) -> list[str]:
        """The pieces of a cell that are no choice, cut where most pieces are."""
        best: tuple[int, list[str]] = (-1, [text])
        for separator in (*_SEPARATORS[:-1], " "):
            if separator in text:
                pieces, gaps = _cut(text, separator)
                known, unknown = self._known_pieces(pieces, gaps)
                if known > best[0] and known:
                    best = (known, unknown)
        return best[1]

    def chosen_and_strangers(self, text: str) -> tuple[tuple[str, ...], list[str]]:
        """The choices of a cell, and what is none."""
        whole = self.readings(text)
        if len(whole) == 1:
            return tuple(whole), []
        for separator in _SEPARATORS[:4]:
            if separator in text:
                pieces, gaps = _cut(text, separator)
                names = list(self._pieces(pieces, gaps))
                if any(name for name, _ in names):
                    return tuple(name for name, _ in names if name), [piece for name, piece in names if not name]
        return (), [text]

    def _known_pieces(self, pieces: Sequence[str], gaps: Sequence[str]) -> tuple[int, list[str]]:
        found = list(self._pieces(pieces, gaps))
        return sum(bool(name) for name, _ in found), [piece for name, piece in found if not name]

    def _pieces(self, pieces: Sequence[str], gaps: Sequence[str]) -> Iterator[tuple[str, str]]:
        """(choice, its text), or ("", text of none), the longest labels first."""
        start = 0
        while start < len(pieces):
            for end in range(len(pieces), start, -1):
                text = "".join(a + b for a, b in zip(pieces[start:end], [*gaps[start : end - 1], ""], strict=True))
                names = self.readings(text)
                if len(names) == 1:
                    yield next(iter(names)), text
                    start = end
                    break
            else:
                yield "", pieces[start]
                start += 1


def _cut(text: str, separator: str) -> tuple[list[str], list[str]]:
    """The pieces, and what stands between them; a separator at the end separates nothing."""
    pattern = r"\s+" if separator == " " else rf"\s*{re.escape(separator)}\s*"
    trimmed = re.sub(rf"(?:{pattern})+$", "", text.strip())
    return re.split(pattern, trimmed), re.findall(pattern, trimmed)


def _different(
    ways: Iterable[tuple[str, ...]], told_apart: Callable[[tuple[str, ...]], object]
) -> list[tuple[str, ...]]:
    """Without those that choose the same, or choose one thing twice."""
    kept: dict[object, tuple[str, ...]] = {}
    for way in ways:
        if len(set(way)) == len(way):
            kept.setdefault(told_apart(way), way)
    return list(kept.values())


def _signed_key(name: str) -> str:
    """Names that folding would empty or mix up (« + », « - ») are only themselves."""
    return name_key(name) if re.search(r"\w", name) else name
