"""The rows of one wave out of a table read whole."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from enquete.survey.matching.columns import Assignment
from enquete.survey.matching.linking import PartTable
from enquete.survey.matching.rows import Rows, per_row
from enquete.survey.matching.single import Answer
from enquete.survey.matching.types import Answered, Answers, Use, Words


@dataclass(frozen=True, slots=True)
class Filled:
    """A table of the file with its answers, by question."""

    placed: PartTable
    assignment: Assignment
    answers: Mapping[str, Answer]


def slice_part(
    filled: Filled,
    rows: Rows,
    wave: str,
    kept: Sequence[int],
    parents: Sequence[int],
    parent_keys: Sequence[str] = (),
) -> Answers:
    """kept: places of its rows in the table. parents: of each, its parent's place in the wave."""
    import numpy as np

    part, table = filled.placed.part, filled.placed.table
    places = np.asarray(kept, dtype=np.int64)
    everything = len(kept) == len(table.numbers)
    answered = tuple(
        one.answered if everything else Answered(one.answered.variable, one.answered.cells, one.answered.codes[places])
        for one in filled.answers.values()
        if one.answered is not None
    )
    texts = tuple(Words(name, [one.texts[row] for row in kept]) for name, one in filled.answers.items() if one.texts)
    days: list[datetime.date | None] = [None] * len(kept) if part else [rows.days[row] for row in kept]
    return Answers(
        wave=wave,
        part=part,
        numbers=[table.numbers[row] for row in kept],
        keys=[parent_keys[parent] for parent in parents] if part else [rows.keys[row] for row in kept],
        parents=list(parents),
        submissions=[""] * len(kept) if part else [rows.submissions[row] for row in kept],
        days=days,
        answered=answered,
        texts=texts,
        identity=_vault(filled, Use.IDENTITY, kept),
        contact=_vault(filled, Use.CONTACT, kept),
    )


def _vault(filled: Filled, use: Use, kept: Sequence[int]) -> tuple[Words, ...]:
    """Under the question's name, or the header where no question asks it."""
    found = []
    for one in filled.assignment.using(use):
        texts = per_row(one.column, len(filled.placed.table.numbers))
        found.append(Words(one.claim.question if one.claim else one.column.name, [texts[row] for row in kept]))
    return tuple(found)
