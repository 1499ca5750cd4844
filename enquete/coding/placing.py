"""Where a coder's row stands in a text: by positions, by the words quoted, or by turn."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from enquete.coding.tables import CodingRow, Positions
from enquete.model import Span, Turn
from enquete.offsets import Mapping


@dataclass(frozen=True, slots=True)
class Placed:
    """span: in the text, without spaces around. turn: index of the (first) turn, from 0."""

    span: Span
    turn: int


@dataclass(frozen=True, slots=True)
class Unplaced:
    """reason: a French sentence, turns counted from 1."""

    reason: str


def place(row: CodingRow, text: str, turns: Sequence[Turn], mapping: Mapping | None = None) -> Placed | Unplaced:
    """Where the row stands in `text`: what is written most precisely decides, and the rest must agree with it.

    mapping: from the text that the row's positions count in to `text` (the raw file's, or an older revision's);
    None when they are the same.
    """
    if row.turn is not None and row.turn >= len(turns):
        return Unplaced(f"le tour {row.turn + 1} n'existe pas : l'entretien en compte {len(turns)}.")
    if row.span is not None:
        return _by_positions(row, row.span, text, turns, mapping or Mapping())
    if row.quote:
        return _by_words(row, text, turns)
    if row.turn is not None:
        turn = turns[row.turn]
        return _within(_trimmed(Span(turn.start, turn.end), text), turns, row.turn)
    return Unplaced("ni tour, ni positions, ni citation.")


def _by_positions(
    row: CodingRow, written: Span, text: str, turns: Sequence[Turn], mapping: Mapping
) -> Placed | Unplaced:
    moved = mapping.span(written)
    if moved.span.end > len(text):
        return Unplaced("les positions dépassent la fin du texte.")
    span = _trimmed(moved.span, text)
    if row.quote and row.positions is Positions.TEXT and not moved.changed and _keys(row.quote) != _keys(span.of(text)):
        # The coder may have shortened the words of the working copy; anything else is a mistake somewhere.
        quoted = _by_words(row, text, turns)
        if isinstance(quoted, Placed) and quoted.span.overlaps(span):
            return quoted
        return Unplaced("la citation et les positions ne concordent pas.")
    return _within(span, turns, row.turn)


def _within(span: Span, turns: Sequence[Turn], turn: int | None) -> Placed | Unplaced:
    """The span, if it lies in turns, and in this one if it is named."""
    if not span:
        return Unplaced("ces positions ne couvrent aucun mot.")
    touched = _turns_of(span, turns)
    if not touched:
        return Unplaced("ces positions sont hors des tours de parole.")
    if turn is not None and turn not in touched:
        return Unplaced(f"les positions sont au tour {touched[0] + 1}, et la ligne dit le tour {turn + 1}.")
    return Placed(span, touched[0] if turn is None else turn)


def _turns_of(span: Span, turns: Sequence[Turn]) -> list[int]:
    return [index for index, turn in enumerate(turns) if span.start < turn.end and turn.start < span.end]


def _trimmed(span: Span, text: str) -> Span:
    words = span.of(text)
    start = span.start + len(words) - len(words.lstrip())
    return Span(start, start + len(words.strip()))


# --- by words

# A word with its combining marks and the invisible characters that files leave in it (soft hyphens, joiners).
_WORD = re.compile("[^\\W_](?:[^\\W_]|[\u0300-\u036f\u00ad\u200b-\u200d\u2060])*")
_GAP = re.compile(r"[\[(]\s*(?:\.{2,}|…)\s*[\])]|\.{3,}|…")
_QUOTATION_MARKS = "«»“”„\"'‘’ \u00a0\u202f\t\n"
_LIGATURES = str.maketrans({"œ": "oe", "Œ": "oe", "æ": "ae", "Æ": "ae"})


def _keys(text: str) -> list[str]:
    """The words without case and accents; apostrophes, dashes, spaces and punctuation only separate them."""
    return [_key(match[0]) for match in _WORD.finditer(text)]


def _key(word: str) -> str:
    decomposed = unicodedata.normalize("NFKD", word.translate(_LIGATURES))
    return "".join(c for c in decomposed if unicodedata.category(c) not in ("Mn", "Cf")).casefold()


@dataclass(frozen=True, slots=True)
class _Index:
    """The words of a text: what they are, where they stand, and the places of each."""

    keys: list[str]
    spans: list[Span]
    places: dict[str, list[int]]

    def runs(self, wanted: Sequence[str]) -> list[tuple[int, int]]:
        """First and last word of each stretch of the text that has these words."""
        size = len(wanted)
        starts = self.places.get(wanted[0], ())
        return [(start, start + size - 1) for start in starts if self.keys[start : start + size] == list(wanted)]

    def span(self, first: int, last: int) -> Span:
        return Span(self.spans[first].start, self.spans[last].end)


@lru_cache(maxsize=2)  # the rows of a file come interview by interview
def _index(text: str) -> _Index:
    matches = list(_WORD.finditer(text))
    keys = [_key(match[0]) for match in matches]
    places: dict[str, list[int]] = {}
    for place_, key in enumerate(keys):
        places.setdefault(key, []).append(place_)
    return _Index(keys, [Span(match.start(), match.end()) for match in matches], places)


def _by_words(row: CodingRow, text: str, turns: Sequence[Turn]) -> Placed | Unplaced:
    quote = row.quote.strip(_QUOTATION_MARKS)
    if not _keys(quote):
        return Unplaced("la citation ne contient aucun mot.")
    found = _occurrences(quote, text, turns)
    if not found:
        return Unplaced("mots introuvables dans l'entretien : ils contiennent peut-être un nom remplacé.")
    chosen = found if row.turn is None else [span for span in found if row.turn in _turns_of(span, turns)]
    if not chosen:
        return Unplaced(f"ces mots sont {_named_turns(found, turns)}, et la ligne dit le tour {(row.turn or 0) + 1}.")
    spans = [_with_punctuation(span, quote, text) for span in chosen]
    if len(spans) > 1:
        spans = [span for span in spans if span.of(text) == quote] or spans
    if len(spans) > 1:
        remedy = "citez-en davantage" if row.turn is not None else "indiquez le tour, ou citez-en davantage"
        return Unplaced(f"ces mots sont à plusieurs endroits ({_named_turns(spans, turns)}) : {remedy}.")
    return Placed(spans[0], _turns_of(spans[0], turns)[0] if row.turn is None else row.turn)


def _occurrences(quote: str, text: str, turns: Sequence[Turn]) -> list[Span]:
    """Everywhere in the turns that the words follow one another, else with something left out at each ellipsis."""
    index = _index(text)
    whole = [index.span(*run) for run in index.runs(_keys(quote))]
    parts = [keys for part in _GAP.split(quote) if (keys := _keys(part))]
    found = whole if whole or len(parts) < 2 else _with_gaps(index, parts, turns)
    return [span for span in found if _turns_of(span, turns)]


def _with_gaps(index: _Index, parts: Sequence[Sequence[str]], turns: Sequence[Turn]) -> list[Span]:
    """The shortest stretches of one turn that hold the parts in their order."""
    latest: dict[int, int] = {}  # the last word of a stretch -> the latest first word
    followers = [index.runs(part) for part in parts[1:]]
    for first, last in index.runs(parts[0]):
        for runs in followers:
            last = next((end for start, end in runs if start > last), -1)
            if last < 0:
                break
        else:
            latest[last] = first
    spans = [index.span(first, last) for last, first in latest.items()]
    return [span for span in spans if len(_turns_of(span, turns)) == 1]


def _with_punctuation(span: Span, quote: str, text: str) -> Span:
    """The words, and the marks around them that the quotation has too: « … ça va ? »."""
    words = list(_WORD.finditer(quote))
    before, after = quote[: words[0].start()], quote[words[-1].end() :]
    start, end = span.start - len(before), span.end + len(after)
    return Span(
        start if start >= 0 and _same_marks(text[start : span.start], before) else span.start,
        end if _same_marks(text[span.end : end], after) else span.end,
    )


def _same_marks(one: str, other: str) -> bool:
    return one.replace("\u00a0", " ").replace("\u202f", " ") == other.replace("\u00a0", " ").replace("\u202f", " ")


def _named_turns(spans: Sequence[Span], turns: Sequence[Turn]) -> str:
    numbers = sorted({_turns_of(span, turns)[0] + 1 for span in spans})
    shown = ", ".join(map(str, numbers[:6])) + ("…" if len(numbers) > 6 else "")
    return f"au tour {shown}" if len(numbers) == 1 else f"aux tours {shown}"
