"""Texts as the coding page shows them, kept in memory from one request to the next."""

from __future__ import annotations

import sqlite3
import threading
import unicodedata
from bisect import bisect_right
from collections import Counter, OrderedDict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Any

from enquete.model import Role, Span, Turn
from enquete.store.interviews import Interview, interview_named, interviews
from enquete.store.page import Mine
from enquete.wording import capital, label

_KEPT = 10_000_000  # code points, of all the texts together
_ONE_BY_ONE = 20


@dataclass(frozen=True, slots=True)
class PageText:
    """A text, what the page needs of it (JSON-able), and itself without case and accents, for searches.

    roles: of the voices. read: words up to the end of each turn. pseudonyms: words that stand for somebody's name.
    """

    uid: str
    roles: tuple[str, ...]
    text: str
    turns: tuple[Turn, ...]
    shown: dict[str, Any]
    folded: str
    read: tuple[int, ...]
    pseudonyms: tuple[str, ...]

    @property
    def words(self) -> int:
        """Of all the turns."""
        return self.read[-1] if self.read else 0

    def touches_speech(self, span: Span) -> bool:
        """Whether a passage touches a turn of somebody else than an interviewer."""
        return any(turn.start < span.end and span.start < turn.end for turn in self.turns if _coded(turn))

    def turn_at(self, position: int) -> int:
        """Index of the turn."""
        return max(0, bisect_right(self.turns, position, key=lambda turn: turn.start) - 1)


def _coded(turn: Turn) -> bool:
    return turn.role is not Role.INTERVIEWER


class PageTexts:
    """The current text of each interview, read once a revision. Requests of several threads share it."""

    def __init__(self) -> None:
        self._texts: OrderedDict[str, PageText] = OrderedDict()
        self._held = 0  # code points
        self._lock = threading.Lock()

    def get(self, db: sqlite3.Connection, one: Mine) -> PageText | None:
        """The text of one; None when there is none any longer."""
        with self._lock:
            found = self._known(one)
        if found is not None:
            return found
        interview = interview_named(db, one.code)
        return self._keep(interview) if interview else None

    def each(self, db: sqlite3.Connection, mine: Sequence[Mine]) -> Iterator[tuple[Mine, PageText]]:
        """Those that have a text, in their order. Many that are not known yet are read in one go."""
        with self._lock:
            known = {one.code: self._known(one) for one in mine}
        unknown = {code for code, text in known.items() if text is None}
        if len(unknown) > _ONE_BY_ONE:
            known |= {told.code: self._keep(told) for told in interviews(db) if told.code in unknown}
        for one in mine:
            text = known[one.code] or self.get(db, one)
            if text:
                yield one, text

    def _known(self, one: Mine) -> PageText | None:
        found = self._texts.get(one.code)
        if found is None or (found.uid, found.roles) != (one.uid, one.roles):
            return None
        self._texts.move_to_end(one.code)
        return found

    def _keep(self, interview: Interview) -> PageText:
        """In the place of the former one: a name may have been masked in it."""
        text = _page_text(interview)
        with self._lock:
            former = self._texts.pop(interview.code, None)
            self._texts[interview.code] = text
            self._held += len(text.text) - (len(former.text) if former else 0)
            while len(self._texts) > 1 and self._held > _KEPT:
                self._held -= len(self._texts.popitem(last=False)[1].text)
        return text


def _page_text(interview: Interview) -> PageText:
    text, turns = interview.text, interview.turns
    shown = {
        "text": text,
        "turns": shown_turns(turns),
        "masks": [{"start": mask.start, "end": mask.end} for mask in interview.masks],
    }
    read = accumulate(len(text[t.start : t.end].split()) for t in turns)
    pseudonyms = tuple(sorted({text[mask.start : mask.end] for mask in interview.masks}))
    roles = tuple(voice.role.value for voice in interview.voices)
    return PageText(interview.uid, roles, text, turns, shown, folded(text), tuple(read), pseudonyms)


def shown_turns(turns: Sequence[Turn]) -> list[dict[str, Any]]:
    """Where each stands, and who speaks."""
    names = _speakers(turns)
    return [
        {"start": t.start, "end": t.end, "role": t.role.value, "speaker": names[t.speaker], "begin": t.begin}
        for t in turns
    ]


def _speakers(turns: Sequence[Turn]) -> dict[int, str]:
    """« Enquêteur », « Participant 1 »: voices of one role are numbered when there are several."""
    roles = {turn.speaker: turn.role for turn in turns}
    several = Counter(roles.values())
    met: Counter[Role] = Counter()
    names = {}
    for speaker, role in sorted(roles.items()):
        met[role] += 1
        name = "Voix" if role is Role.UNKNOWN else capital(label(role))
        names[speaker] = f"{name} {met[role]}" if several[role] > 1 else name
    return names


class _Plain(dict[int, str]):
    """For str.translate: each letter without case and accents, as one letter, so that positions stay."""

    def __missing__(self, point: int) -> str:
        letter = unicodedata.normalize("NFD", chr(point))[0].casefold()
        self[point] = letter if len(letter) == 1 else chr(point)
        return self[point]


_PLAIN = _Plain({ord("’"): "'", ord("\u00a0"): " ", ord("\u202f"): " ", ord("\n"): " "})


def folded(text: str) -> str:
    """The text without case and accents, letter for letter."""
    return text.translate(_PLAIN)
