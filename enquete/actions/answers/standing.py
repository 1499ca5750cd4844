"""What the study holds already of a questionnaire in a wave, and whether a file says the same."""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from enquete.actions.interviews.originals import Originals
from enquete.store.people import participant_rows
from enquete.store.responses import (
    Dataset,
    Kept,
    answer_sources,
    answered_elsewhere,
    datasets,
    kept_responses,
    open_answers_of,
)
from enquete.vault import Vault


@dataclass(frozen=True, slots=True, eq=False)
class Text:
    """Words that are a text of their own. words: None where the original was erased on purpose: it equals any other."""

    words: str | None

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Text) and (self.words is None or other.words is None or self.words == other.words)

    __hash__ = None  # type: ignore[assignment]


Items = Mapping[str, Any]  # by question, what a body holds; Text where it says true; nothing for a blank


class Standing:
    """Every response of a questionnaire in a wave, those of its repeats under their parents."""

    def __init__(self, db: sqlite3.Connection, vault: Vault, questionnaire: str, wave: str) -> None:
        self.datasets = {d.id: d for d in datasets(db, questionnaire, wave, filled=False)}
        self._names = {row: [v.question for v in d.variables] for row, d in self.datasets.items()}
        self.main: list[Kept] = []
        self._children: dict[int, list[Kept]] = defaultdict(list)
        for row, dataset in self.datasets.items():
            for kept in kept_responses(db, row):
                if dataset.part:
                    self._children[kept.parent or 0].append(kept)
                else:
                    self.main.append(kept)
        self._codes = {row: code for code, row in participant_rows(db).items()} if self.main else {}
        self._texts = open_answers_of(db) if self.main else {}
        self._sources = {code: uid for uid, codes in answer_sources(db).items() for code in codes} if self.main else {}
        self._originals = Originals(vault)
        self._days, self._submissions = answered_elsewhere(db, questionnaire, wave)

    def elsewhere(self, code: str, day: str | None, submission: str) -> str:
        """The other wave in which this very answer is stored already, "" for none."""
        return self._submissions.get(submission, "") or self._days.get((code, day or ""), "")

    def code(self, kept: Kept) -> str:
        """Whose it is."""
        return self._codes[kept.participant]

    def part(self, kept: Kept) -> str:
        return self.datasets[kept.dataset].part

    def names(self, kept: Kept) -> Sequence[str]:
        """The questions that its body answers, in order."""
        return self._names[kept.dataset]

    def of_part(self, part: str) -> list[Dataset]:
        return [dataset for dataset in self.datasets.values() if dataset.part == part]

    def children(self, kept: Kept, part: str) -> list[Kept]:
        """The rows of a repeat under it, in order."""
        return [child for child in self._children.get(kept.id, ()) if self.part(child) == part]

    def below(self, kept: Kept) -> Iterator[Kept]:
        """It, and all the rows of repeats under it."""
        yield kept
        for child in self._children.get(kept.id, ()):
            yield from self.below(child)

    def texts(self, kept: Kept) -> list[str]:
        """The codes of its texts."""
        return [code for name in self.names(kept) if (code := self.text(kept, name))]

    def text(self, kept: Kept, question: str) -> str | None:
        """The code of the text that answers an open question."""
        return self._texts.get((kept.id, question))

    def items(self, kept: Kept) -> dict[str, Any]:
        """What it answers, original words included."""
        told = {
            name: item for name, item in zip(self.names(kept), json.loads(kept.body), strict=True) if item is not None
        }
        return {name: Text(self._words(kept, name)) if item is True else item for name, item in told.items()}

    def _words(self, kept: Kept, question: str) -> str | None:
        code = self.text(kept, question) or ""
        source = self._sources.get(code)
        return self._originals.words(source).get(code) if source else None


def same(new: Items, old: Items, questions: Sequence[str]) -> bool:
    """Whether a file says again what is stored. questions: those that the file knows; on others it is silent."""
    return all(new.get(question) == old.get(question) for question in questions)
