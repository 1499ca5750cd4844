"""What a decision keeps of a case, and whether a decision still fits it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from enum import StrEnum
from typing import NamedTuple

from enquete.coding.adjudication.cases import Case, Reading


class Verdict(StrEnum):
    """ONE: what one coder read (nothing, perhaps); ALL: what each of them read; NONE: no code at all; NEW: other codes
    or bounds; UPHELD: they disagree for good, both readings stand side by side. AGREED: nobody had to decide.
    """

    ONE = "one"
    ALL = "all"
    NONE = "none"
    NEW = "new"
    UPHELD = "upheld"
    AGREED = "agreed"


class Kept(NamedTuple):
    """A coding of the settled version."""

    codebook: str
    code: str
    start: int
    end: int


def kept(case: Case, verdict: Verdict, coder: str = "", new: Sequence[Kept] = ()) -> list[Kept]:
    """The codings of the settled version. coder: whose reading, for ONE; new: for NEW.

    ALL and AGREED join passages of one code that overlap, so that they hold all the words that any coder took in; ONE
    and UPHELD leave every reading its own bounds.
    """
    if verdict is Verdict.NONE:
        return []
    if verdict is Verdict.NEW:
        return sorted(set(new))
    if verdict in (Verdict.ALL, Verdict.AGREED):
        return _joined(case.readings)
    readings = case.of(coder) if verdict is Verdict.ONE else case.readings
    return sorted({Kept(r.codebook, r.code, r.start, r.end) for r in readings})


def _joined(readings: Iterable[Reading]) -> list[Kept]:
    by_code: dict[tuple[str, str], list[Kept]] = defaultdict(list)
    for reading in sorted(readings, key=lambda r: r.span):
        mine = by_code[reading.codebook, reading.code]
        if mine and reading.start < mine[-1].end:
            mine[-1] = mine[-1]._replace(end=max(mine[-1].end, reading.end))
        else:
            mine.append(Kept(reading.codebook, reading.code, reading.start, reading.end))
    return sorted(one for mine in by_code.values() for one in mine)


def same_readings(one: Iterable[Reading], other: Iterable[Reading]) -> bool:
    """Whether coders read the same: their memos and flags aside, which decide nothing."""
    return {_essence(reading) for reading in one} == {_essence(reading) for reading in other}


def _essence(r: Reading) -> tuple[str, str, str, str, int, int]:
    return r.coder, r.item, r.codebook, r.code, r.start, r.end
