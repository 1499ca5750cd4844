"""Which codings count in findings. This is the one place where the rule stands.

- In an interview whose disagreements are all settled, the settled version alone counts.
- Elsewhere, a coder's coding counts unless a ruling was made on it; what the ruling kept counts in its place.
- A coding under a code that its coder proposed counts nowhere until the code is adopted.
- Flags are not settled: words that any coder flagged « à paraphraser » or « ne jamais citer » stay so, whatever became
  of the coding, in an exercise too; « à citer » holds for the settled passages under the same code.

Figures of agreement never come from here: they compare coders' own layers.
"""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from enquete.coding.adjudication import Verdict
from enquete.coding.entries import OWN_CODE
from enquete.store.codings import Coding, codings, strictest
from enquete.store.interviews import interviews_by_revision
from enquete.store.settled import rulings, settled_whole

_RESTRICTIVE = ("paraphrase", "never")


class Counted(NamedTuple):
    """A coding that counts. coders: who read these words so; settled: it is of the settled version; upheld: coders
    disagree on it for good.
    """

    coding: Coding
    coders: tuple[str, ...]
    settled: bool = False
    upheld: bool = False


def counted(db: sqlite3.Connection) -> list[Counted]:
    """By interview and place."""
    own = codings(db)
    standing = [ruling for ruling in rulings(db) if ruling.stands]
    ruled = {(ruling.interview, item) for ruling in standing for item in ruling.items}
    whole, home = settled_whole(db), interviews_by_revision(db)
    upheld = _upheld(db, [ruling.id for ruling in standing if ruling.verdict is Verdict.UPHELD])
    flags = _Flags(own, codings(db, training=True))
    found = [
        Counted(flags.guarded(coding), (coding.coder,))
        for coding in own
        if home[coding.revision] not in whole
        and (home[coding.revision], (coding.coder, coding.item)) not in ruled
        and not coding.code.startswith(OWN_CODE)
    ]
    found += [flags.settled(coding, coding.id in upheld) for coding in codings(db, settled=True)]
    return sorted(found, key=lambda one: _place(one.coding))


def counted_of(db: sqlite3.Connection, coder: str) -> list[Counted]:
    """The codings of one coder alone, settled or not, by interview and place."""
    own = codings(db)
    flags = _Flags(own, codings(db, training=True))
    mine = [one for one in own if one.coder == coder and not one.code.startswith(OWN_CODE)]
    return sorted((Counted(flags.guarded(one), (coder,)) for one in mine), key=lambda one: _place(one.coding))


def counted_settled(db: sqlite3.Connection) -> list[Counted]:
    """The settled version alone, in the interviews where it is whole, by interview and place."""
    whole, home = settled_whole(db), interviews_by_revision(db)
    return [one for one in counted(db) if one.settled and home[one.coding.revision] in whole]


def made_after(db: sqlite3.Connection) -> int:
    """Codings of interviews whose settled version was whole before them: they count once somebody has settled them."""
    ruled = {(ruling.interview, item) for ruling in rulings(db) if ruling.stands for item in ruling.items}
    whole, home = settled_whole(db), interviews_by_revision(db)
    late = [(home[c.revision], (c.coder, c.item)) for c in codings(db) if not c.code.startswith(OWN_CODE)]
    return sum(one[0] in whole and one not in ruled for one in late)


def _upheld(db: sqlite3.Connection, which: Sequence[int]) -> set[int]:
    """Rows of the codings of the settled version that come from these rulings."""
    rows = db.execute(
        "SELECT g.id, r.id AS ruling FROM coding g JOIN entry e ON e.id = g.entry_id JOIN ruling r ON r.step = e.step"
    )
    return {row["id"] for row in rows if row["ruling"] in which}


class _Flags:
    """What coders flagged, whatever became of their codings."""

    def __init__(self, own: Sequence[Coding], exercises: Sequence[Coding]) -> None:
        self._restricted: dict[int, list[Coding]] = defaultdict(list)
        self._same: dict[tuple[int, str, str], list[Coding]] = defaultdict(list)
        for coding in own:
            self._same[coding.revision, coding.codebook, coding.code].append(coding)
        for coding in (*own, *exercises):
            if coding.flag in _RESTRICTIVE:
                self._restricted[coding.revision].append(coding)

    def guarded(self, coding: Coding) -> Coding:
        """The coding under the strictest flag of its words."""
        around = (other.flag for other in self._restricted[coding.revision] if _overlap(coding, other))
        return replace(coding, flag=strictest({coding.flag, *around}))

    def settled(self, coding: Coding, upheld: bool) -> Counted:
        same = [c for c in self._same[coding.revision, coding.codebook, coding.code] if _overlap(coding, c)]
        flagged = self.guarded(replace(coding, flag=strictest({c.flag for c in same})))
        return Counted(flagged, tuple(sorted({c.coder for c in same})), settled=True, upheld=upheld)


def _overlap(one: Coding, other: Coding) -> bool:
    return one.start < other.end and other.start < one.end


def _place(coding: Coding) -> tuple[int, int, int, str, str, str, int]:
    return coding.revision, coding.start, coding.end, coding.code, coding.coder, coding.codebook, coding.id
