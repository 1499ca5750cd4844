"""One wave of answers into the database: rows, repeats, open answers; their words are for the vault."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from enquete import offsets
from enquete.actions.answers.identity import own_names
from enquete.actions.answers.open_answers import OpenTexts, Said
from enquete.actions.answers.plan import Fate, Plan, Sheet
from enquete.actions.review.decisions import Desk
from enquete.actions.review.words import keep_decisions
from enquete.store.erasing import erase_interview
from enquete.store.interviews import Interview, OpenAnswer, Revision, add_open_answers, interviews, revise
from enquete.store.responses import (
    BLANK,
    Dataset,
    Kept,
    ResponseRow,
    add_responses,
    change_response,
    delete_responses,
    move_answers,
    new_dataset,
)
from enquete.survey.matching.types import Variable
from enquete.vault import Identities


class _Asked(NamedTuple):
    """Words to store. response: its row; code: of the text that answers it already, "" for none."""

    response: int
    question: str
    day: str | None
    said: Said
    code: str


@dataclass(slots=True)
class Stored:
    """words: for the vault's bundle, by code of their text. added: codes of new texts; revised, erased: of those that
    were there. masked: passages replaced. touched: codings whose words changed.
    """

    words: dict[str, str] = field(default_factory=dict, repr=False)
    added: list[str] = field(default_factory=list)
    revised: list[str] = field(default_factory=list)
    erased: list[str] = field(default_factory=list)
    masked: int = 0
    touched: int = 0


def said_in(plan: Plan, identities: Identities) -> Iterator[Said]:
    """The words that storing this plan needs read."""
    for sheet, roots in plan.sheets():
        for words in sheet.texts:
            for root, said in zip(roots, words.texts, strict=True):
                if said and plan.fates[root] in (Fate.NEW, Fate.CHANGED):
                    code = plan.codes[root] or ""
                    yield Said(said, code, own_names(identities, code))


class Storing:
    """Inside one transaction: `rows` first, then the vault with `stored.words`, then `revise`."""

    def __init__(
        self, db: sqlite3.Connection, desk: Desk, texts: OpenTexts, identities: Identities, source: str
    ) -> None:
        """source: key of the bundle that will hold the words."""
        self._db, self._desk, self._texts = db, desk, texts
        self._identities, self._source = identities, source
        self._changed: list[tuple[str, Revision]] = []
        self.stored = Stored()

    def rows(self, plan: Plan, questionnaire: str, people: Mapping[str, int]) -> None:
        """people: row of everybody, by code."""
        asked: list[_Asked] = []
        placed = {"": self._main(plan, questionnaire, people, asked)}
        for part, sheet in plan.parts.items():
            placed[part] = self._repeat(plan, questionnaire, part, sheet, people, placed[plan.above[part]], asked)
        self._drop_former(plan)
        self._words(plan.wave, asked)

    def _main(self, plan: Plan, questionnaire: str, people: Mapping[str, int], asked: list[_Asked]) -> dict[int, int]:
        """Gives the rows of the database under which repeats are to be put, by row of the table."""
        new, changed = plan.rows(Fate.NEW), plan.rows(Fate.CHANGED)
        if not new and not changed:
            return {}
        sheet, silent = plan.main, _silent(plan, plan.main, "")
        dataset = new_dataset(self._db, self._dataset(plan, questionnaire, sheet, silent))
        bodies = [_widened(sheet.bodies[row], _others(plan, None, silent)) for row in new]
        listed = [
            ResponseRow(people[plan.codes[row] or ""], None, plan.marks[row], sheet.day(row), body)
            for row, body in zip(new, bodies, strict=True)
        ]
        placed = dict(zip(new, add_responses(self._db, dataset, listed), strict=True))
        for row in changed:
            kept = plan.kept[row]
            if kept is None:
                raise ValueError("what changes is stored")
            day = sheet.day(row) or kept.answered_on
            body = _widened(sheet.bodies[row], _others(plan, kept, silent))
            change_response(self._db, kept.id, dataset, body, day)
            if row in plan.children:
                placed[row] = kept.id
            asked += self._asked(plan, sheet, row, kept.id, row, kept)
        for row in new if sheet.texts else ():
            asked += self._asked(plan, sheet, row, placed[row], row)
        return placed

    def _repeat(
        self,
        plan: Plan,
        questionnaire: str,
        part: str,
        sheet: Sheet,
        people: Mapping[str, int],
        above: Mapping[int, int],
        asked: list[_Asked],
    ) -> dict[int, int]:
        """The rows of a repeat whose parents are in `above`: row of the table around it -> row of the database.

        Where they replace others, the texts of these are theirs from now on, with their codings.
        """
        parents = sheet.answers.parents
        mine = [row for row, parent in enumerate(parents) if parent in above]
        if not mine:
            return {}
        roots, silent, former = plan.roots[part], _silent(plan, sheet, part), plan.former.get(part, {})
        dataset = new_dataset(self._db, self._dataset(plan, questionnaire, sheet, silent))
        listed = [
            ResponseRow(
                people[plan.codes[roots[row]] or ""],
                above[parents[row]],
                "",
                sheet.day(row),
                _widened(sheet.bodies[row], _others(plan, former.get(row), silent)),
            )
            for row in mine
        ]
        placed = dict(zip(mine, add_responses(self._db, dataset, listed), strict=True))
        for row in mine:
            before = former.get(row)
            if before:
                move_answers(self._db, before.id, placed[row])
            asked += self._asked(plan, sheet, row, placed[row], roots[row], before)
        return placed

    def _drop_former(self, plan: Plan) -> None:
        """The rows of repeats that were replaced; those that no new one follows take their texts along."""
        followed = {kept.id for rows in plan.former.values() for kept in rows.values()}
        for row in plan.rows(Fate.CHANGED) if plan.children else ():
            kept = plan.kept[row]
            if kept and row in plan.children:
                gone = [child for part in plan.parts for child in plan.standing.children(kept, part)]
                below = [child for one in gone for child in plan.standing.below(one)]
                self.stored.erased += [
                    code for child in below if child.id not in followed for code in plan.standing.texts(child)
                ]
                delete_responses(self._db, [child.id for child in gone])

    def _dataset(self, plan: Plan, questionnaire: str, sheet: Sheet, silent: Sequence[Variable]) -> Dataset:
        variables = (*sheet.variables, *silent)
        return Dataset(0, questionnaire, plan.wave, sheet.answers.part, plan.keyed, variables)

    def _asked(
        self, plan: Plan, sheet: Sheet, row: int, response: int, root: int, kept: Kept | None = None
    ) -> Iterator[_Asked]:
        """The words of one row; a text that they took the place of, and that says nothing any more, is erased.

        kept: what the row said before.
        """
        code = plan.codes[root] or ""
        before = plan.standing.items(kept) if kept else {}
        for words in sheet.texts:
            there = plan.standing.text(kept, words.name) or "" if kept else ""
            said = words.texts[row]
            if said and not (there and before[words.name] == sheet.items(row)[words.name]):
                told = Said(said, code, own_names(self._identities, code))
                yield _Asked(response, words.name, sheet.day(row), told, there)
            elif there and not said:
                self.stored.erased.append(there)

    def _words(self, wave: str, asked: Sequence[_Asked]) -> None:
        revisions = self._texts.revisions([one.said for one in asked], self._identities, self._source)
        new = [
            OpenAnswer(one.response, one.question, wave, one.day, one.said.person, revision)
            for one, revision in zip(asked, revisions, strict=True)
            if not one.code
        ]
        codes = iter(add_open_answers(self._db, new))
        for one, revision in zip(asked, revisions, strict=True):
            code = one.code or next(codes)
            self.stored.words[code] = one.said.words
            self.stored.masked += len(revision.masks)
            if one.code:
                self._changed.append((code, revision))
            else:
                self.stored.added.append(code)

    def revise(self) -> None:
        """Texts that were there and say something else; the vault knows by now what their names stand for."""
        if not self._changed and not self.stored.erased:
            return
        there: dict[str, Interview] = {text.code: text for text in interviews(self._db)}
        for code, revision in self._changed:
            text = there[code]
            self.stored.touched += revise(self._db, text, revision, offsets.difference(text.text, revision.text))
            keep_decisions(self._db, self._desk, text)
            self.stored.revised.append(code)
        for code in self.stored.erased:
            if code in there:  # those of rows that are no more went with them
                erase_interview(self._db, there[code].id)


def _silent(plan: Plan, sheet: Sheet, part: str) -> list[Variable]:
    """Questions that are stored and that the file does not know: their answers stay."""
    known = set(sheet.questions)
    found: dict[str, Variable] = {}
    for dataset in plan.standing.of_part(part):
        for variable in dataset.variables:
            if variable.question not in known:
                found.setdefault(variable.question, variable)
    return list(found.values())


def _others(plan: Plan, kept: Kept | None, silent: Sequence[Variable]) -> list[str]:
    """Items of a body for these questions, as they are stored."""
    if kept is None:
        return [BLANK] * len(silent)
    told = dict(zip(plan.standing.names(kept), json.loads(kept.body), strict=True))
    return [json.dumps(told.get(v.question), ensure_ascii=False, separators=(",", ":")) for v in silent]


def _widened(body: str, items: Sequence[str]) -> str:
    if not items:
        return body
    return f"{body[:-1]}{',' if len(body) > 2 else ''}{','.join(items)}]"
