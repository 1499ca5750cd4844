"""What coders do, as entries that are only ever added: a coder's layer is the entries that no other one replaces.

Since nothing is altered, layers made apart (two tabs, a packet, an import) are merged by putting their entries
together, in any order and any number of times. Two states of one coding made apart both hold: the coder sees them and
drops one.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from enum import StrEnum
from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

OWN_CODE = "~"  # begins the id of a code that a coder proposes; the item of its entry follows
SHEET_FIELDS = ("context", "trajectory", "tensions", "impressions")
STAGES = ("read", "coded")
LONGEST_BODY = 20_000  # code points


class Kind(StrEnum):
    """What an entry is. MEMO: on a passage, an interview or a code; JOURNAL: on the study; GONE: only replaces."""

    CODING = "coding"
    MEMO = "memo"
    JOURNAL = "journal"
    SHEET = "sheet"
    EVENT = "event"
    PROPOSAL = "proposal"
    VERDICT = "verdict"
    STAGE = "stage"
    GONE = "gone"


_Uid = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_-]{1,64}$")]
_CodeId = Annotated[str, StringConstraints(min_length=1, max_length=100)]
_Position = Annotated[int, Field(ge=0, le=2**53 - 1)]  # what JavaScript counts exactly


class Entry(BaseModel):
    """One thing that a coder did. What each kind needs is checked; pydantic raises ValidationError.

    over: uids of the entries that it replaces. step: shared by the entries that are undone together; reverses: the
    step that it undoes. item: shared by the successive states of one thing; about: the item that a memo is on.
    interview: code; revision: uid of the text that start and end (code points) count in.
    generation: number of the last change of codes that the coder knew. flag: of a coding. suggestion: row of the one
    taken over or judged. field: part of a sheet, verdict (accepted, refused, changed), stage. title: label of a
    proposed code, day of an event. body: free words. made_at: when, UTC, to the second.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    uid: _Uid
    kind: Annotated[Kind, Field(strict=False)]
    step: _Uid
    item: _Uid
    over: Annotated[tuple[_Uid, ...], Field(strict=False, max_length=200)] = ()
    reverses: _Uid | None = None
    about: _Uid | None = None
    interview: _Uid | None = None
    revision: _Uid | None = None
    start: _Position | None = None
    end: _Position | None = None
    codebook: _CodeId | None = None
    code: _CodeId | None = None
    generation: _Position = 0
    flag: Literal["cite", "paraphrase", "never"] | None = None
    suggestion: _Position | None = None
    field: Annotated[str, StringConstraints(max_length=20)] = ""
    title: Annotated[str, StringConstraints(max_length=200)] = ""
    body: Annotated[str, StringConstraints(max_length=LONGEST_BODY)] = ""
    made_at: Annotated[str, StringConstraints(max_length=40)] = ""

    @model_validator(mode="after")
    def _complete(self) -> Self:
        missing = [name for name in _NEEDED.get(self.kind, ()) if getattr(self, name) in (None, "")]
        if missing:
            raise ValueError(f"{self.kind} needs {', '.join(missing)}")
        placed = (self.revision, self.start, self.end)
        if any(part is not None for part in placed):
            if self.revision is None or self.start is None or self.end is None or self.interview is None:
                raise ValueError("a place is an interview, a revision, a start and an end")
            if self.end < self.start:  # equal: all its words have gone from the text since
                raise ValueError("a place does not end before it starts")
        if self.kind in _FIELDS and self.field not in _FIELDS[self.kind]:
            raise ValueError(f"unknown {self.kind}: {self.field}")
        return self


_NEEDED = {
    Kind.CODING: ("interview", "revision", "codebook", "code"),
    Kind.MEMO: ("body",),
    Kind.JOURNAL: ("body",),
    Kind.SHEET: ("interview", "body"),
    Kind.EVENT: ("interview", "body"),
    Kind.PROPOSAL: ("codebook", "title"),
    Kind.VERDICT: ("interview", "suggestion"),
    Kind.STAGE: ("interview",),
    Kind.GONE: ("over",),
}
_FIELDS = {
    Kind.SHEET: SHEET_FIELDS,
    Kind.VERDICT: ("accepted", "refused", "changed"),
    Kind.STAGE: STAGES,
}


def holding(entries: Iterable[Entry]) -> list[Entry]:
    """The entries of one coder that hold: no other one replaces them. In their order; what only replaces left out."""
    entries = list(entries)
    replaced = {uid for entry in entries for uid in entry.over}
    return [entry for entry in entries if entry.kind is not Kind.GONE and entry.uid not in replaced]


def merged(*layers: Sequence[Entry]) -> list[Entry]:
    """The entries of several copies of one coder's layer, each once, by uid."""
    by_uid = {entry.uid: entry for layer in reversed(layers) for entry in layer}
    return [by_uid[uid] for uid in sorted(by_uid)]
