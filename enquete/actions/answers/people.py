"""Whose the rows of a file of answers are: people of the study, new ones, or nobody who may be stored."""

from __future__ import annotations

import hashlib
import re
import sqlite3
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from enquete.errors import EnqueteError, Problem
from enquete.model import ConsentKind, ConsentState
from enquete.pseudonyms import form_key
from enquete.store.erasing import erased_files, withdrawn
from enquete.store.people import consents, known_codes
from enquete.survey.answers.types import DataTable
from enquete.survey.identity import telling
from enquete.survey.links import read_links
from enquete.survey.matching.types import Answers
from enquete.survey.participants import participant_key, read_code

_UNKEYED = re.compile(r"Q(\d+)")


class Refusal(NamedTuple):
    """A row that is not imported. number: as its author sees it. why: a French sentence without any name."""

    number: int
    why: str


class People:
    """Who is known, who withdrew, who refused; and who is new in the file being read."""

    def __init__(self, db: sqlite3.Connection, secret: bytes, links: Path | None) -> None:
        """Raises EnqueteError: what `read_links` does, LINKS_UNKNOWN."""
        self._secret = secret
        borne = known_codes(db)
        self._own = {participant_key(code): own for code, own in borne.items()}
        gone = withdrawn(db)
        self._gone = set(map(participant_key, gone))
        self._erased = set(erased_files(db))
        out = (ConsentState.REFUSED, ConsentState.WITHDRAWN)
        self._out = {
            (c.participant, c.wave) for c in consents(db) if c.kind is ConsentKind.PARTICIPATION and c.state in out
        }
        self._last = max((int(m[1]) for code in (*borne, *gone) if (m := _UNKEYED.fullmatch(code))), default=0)
        self._found: dict[str, tuple[str | None, str]] = {}
        self.known = frozenset(self._own.values())
        self._links = self._linked(links) if links else {}

    def _linked(self, path: Path) -> dict[str, str]:
        links = read_links(path)
        known = {*self._own, *self._gone}
        unknown = [link for link in links if participant_key(link.code) not in known]
        if unknown:
            codes = ", ".join(f"{link.code} (ligne {link.row})" for link in unknown[:10])
            raise EnqueteError(Problem.LINKS_UNKNOWN, where=path.name, codes=codes)
        return {participant_key(link.key): link.code for link in links}

    def keyed(self, answers: Answers) -> tuple[list[str | None], list[Refusal]]:
        """The code of each row of a main table, None for those refused."""
        for key in answers.keys:
            if key not in self._found:
                self._found[key] = self._person(key)
        codes: list[str | None] = []
        refused = []
        for number, key, submission in zip(answers.numbers, answers.keys, answers.submissions, strict=True):
            code, why = self._found[key]
            if code and (code, answers.wave) in self._out:
                code, why = None, "cette personne a refusé de participer à cette vague, ou s'en est retirée."
            elif code and submission and self.mark(submission) in self._erased:
                code, why = None, str(EnqueteError(Problem.WITHDRAWN_PERSON))
            if code is None:
                refused.append(Refusal(number, why))
            codes.append(code)
        return _each_once(answers, codes, refused)

    def _person(self, written: str) -> tuple[str | None, str]:
        """The code, or why there is none."""
        if not written:
            return None, "cette ligne n'a pas de code de participant."
        key = participant_key(written)
        linked = self._links.get(key, "")
        key = participant_key(linked) if linked else key
        if key in self._gone:
            return None, str(EnqueteError(Problem.WITHDRAWN_PERSON))
        if key in self._own:
            return self._own[key], ""
        try:
            code = read_code(written).replace(" ", "")
        except ValueError as error:
            return None, f"{error}, ou reliez cette clé à un code de l'étude par « --liens »."
        if telling(written):
            return None, (
                "la clé désigne une personne (adresse ou numéro), elle ne peut pas servir de code : reliez-la "
                "à un code de l'étude par « --liens »."
            )
        return self._own.setdefault(key, code), ""

    def unkeyed(
        self, answers: Answers, marks: Sequence[str], there: Mapping[str, str]
    ) -> tuple[list[str | None], list[Refusal]]:
        """As `keyed`, where the file says nothing: whoever is not there already gets a code in Q.

        marks: keyed hashes that tell the rows; there: codes of those stored, by mark.
        """
        codes: list[str | None] = []
        refused = []
        for number, mark in zip(answers.numbers, marks, strict=True):
            if mark in self._erased:
                codes.append(None)
                refused.append(Refusal(number, str(EnqueteError(Problem.WITHDRAWN_PERSON))))
            elif mark in there:
                codes.append(there[mark])
            else:
                self._last += 1
                codes.append(f"Q{self._last:04d}")
        return codes, refused

    def mark(self, submission: str) -> str:
        """What the database keeps of the collecting program's id of a row."""
        return form_key(self._secret, f"réponse {submission}") if submission else ""

    def marks_of_rows(self, table: DataTable, numbers: Iterable[int]) -> list[str]:
        """For rows that nothing names: a keyed hash of all that they say; equal rows are told apart by their rank."""
        place = {number: row for row, number in enumerate(table.numbers)}
        columns = [(column.name, [*map(str, column.levels)], column.codes.tolist()) for column in table.columns]
        seen: Counter[str] = Counter()
        marks = []
        for number in numbers:
            row = place[number]
            said = [f"{name}\x1f{levels[codes[row]]}" for name, levels, codes in columns if codes[row] >= 0]
            digest = hashlib.sha256("\x1e".join(said).encode()).hexdigest()
            marks.append(self.mark(f"ligne {digest} {seen[digest]}"))
            seen[digest] += 1
        return marks


def _each_once(
    answers: Answers, codes: list[str | None], refused: list[Refusal]
) -> tuple[list[str | None], list[Refusal]]:
    """Two rows of one person in one wave are refused, both: which of them holds can't be told."""
    rows: dict[str, list[int]] = defaultdict(list)
    for row, code in enumerate(codes):
        if code is not None:
            rows[code].append(row)
    for code, mine in rows.items():
        if len(mine) > 1:
            lines = " et ".join(str(answers.numbers[row]) for row in mine)
            for row in mine:
                codes[row] = None
                refused.append(
                    Refusal(
                        answers.numbers[row], f"les lignes {lines} sont à la même personne ({code}) : gardez la bonne."
                    )
                )
    return codes, refused
