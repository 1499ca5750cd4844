"""Titles that take two rows: Framaforms writes the question above, its choices or lines under it.

    | Enquête    |     |                    |                       |                 |      |
    |            |     |                    |                       | Quelles aides ? |      |
    | Serial     | SID | Submitted Time     | Touchez-vous le RSA ? | Colis           | Prêt |
    | 1          | 12  | 2025-03-01 - 10:00 | Oui                   | X               |      |

Nothing says where a question ends: what comes after it is named by itself, and bears both titles as its label.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from enquete.survey.answers.types import Column

_HEAD = 5  # rows among which such titles are looked for


@dataclass(frozen=True, slots=True)
class Stacked:
    """place: of the last row of titles. titles: of each column. labels: with the question above, "" where none is.

    begins: whether the question above begins at this column.
    """

    place: int
    titles: tuple[str, ...]
    labels: tuple[str, ...]
    begins: tuple[bool, ...]

    def named(self, columns: Sequence[Column]) -> list[Column]:
        """The columns with what stands above them: in its name for what is a choice for sure."""
        return [
            replace(one, name=label if begins or _crossed(one) else one.name, label=label) if label else one
            for one, label, begins in zip(columns, self.labels, self.begins, strict=True)
        ]


def stacked_titles(rows: Sequence[Sequence[str]]) -> Stacked | None:
    """None where one row of titles is all there is."""
    from enquete.survey.matching.platforms import platform_of

    for place in range(1, min(len(rows), _HEAD)):
        row, above = rows[place], rows[place - 1]
        platform = platform_of(row)
        if platform.name != "framaforms" or not all(row) or not any(above[1:]):
            continue
        question, labels = "", []
        for column, title in enumerate(row):
            over = above[column] if column < len(above) else ""
            question = "" if platform.writes(title) else over or question
            labels.append(f"{question} [{title}]" if question else "")
        counts = Counter(row)
        titles = [label if counts[title] > 1 and label else title for title, label in zip(row, labels, strict=True)]
        begins = [bool(column < len(above) and above[column] and labels[column]) for column in range(len(row))]
        return Stacked(place, tuple(titles), tuple(labels), tuple(begins))
    return None


def _crossed(column: Column) -> bool:
    return bool(column.levels) and all(str(level).casefold() == "x" for level in column.levels)
