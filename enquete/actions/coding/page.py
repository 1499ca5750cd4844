"""What the coding page asks: a coder's interviews, one to code, what changed since, words to find, notes.

Every answer is JSON-able, and holds nothing of what other coders did.
"""

from __future__ import annotations

import re
import sqlite3
import threading
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from typing import Any

from enquete import codebook
from enquete.actions.coding.page_texts import PageText, PageTexts, folded
from enquete.actions.coding.words import Mask, mask_words
from enquete.actions.study import Study
from enquete.codebook import Codebook
from enquete.errors import EnqueteError, Problem
from enquete.model import Span
from enquete.store.code_changes import adopted, unwritten_codebooks
from enquete.store.database import snapshot, transaction
from enquete.store.entries import Current, StoredEntry, all_entries, entries
from enquete.store.page import Mine, interview_of, interviews_of, set_place, suggestions_on
from enquete.store.responses import open_questions

Json = dict[str, Any]
_HITS = 200
_AROUND = 60  # code points on each side of words found
_LONGEST_QUERY = 200
_WAITING = {"apres-codage": "after-coding", "toujours": "always", "jamais": "never"}
NOTICE = (
    "Ces textes sont pseudonymisés, jamais anonymes : une histoire peut encore faire reconnaître quelqu'un. "
    "N'en copiez rien hors de cette page, et n'écrivez aucun vrai nom dans vos notes."
)


class CodingPage:
    """A study open for coding. Threads share it; each request opens the database for itself.

    mask: pseudonymises what coders type, as `mask_words` does.
    """

    def __init__(self, study: Study, mask: Mask = mask_words) -> None:
        self.study = study
        self.mask = mask
        self.texts = PageTexts()
        self._books: tuple[object, list[Codebook]] = (None, [])
        self._lock = threading.Lock()
        # One writer after the other: waiting threads of one process queue better here than in the database.
        self.writing = threading.Lock()

    def codebooks(self, db: sqlite3.Connection) -> list[Codebook]:
        """The study's codebooks, read again when a file has changed.

        Outside a transaction, what a killed command left between the database and a file is finished first.
        """
        if not db.in_transaction and unwritten_codebooks(db):
            self.study.finish_codebooks()
        paths = self.study.codebook_files()
        stamp = [(path, (told := path.stat()).st_mtime_ns, told.st_size) for path in paths]
        with self._lock:
            if self._books[0] != stamp:
                self._books = (stamp, [codebook.load(path) for path in paths])
            return self._books[1]

    @contextmanager
    def _moment(self, db: sqlite3.Connection) -> Iterator[list[Codebook]]:
        """A reading of one moment, with the codebooks as they stand in it: a changed one follows the database."""
        while True:
            with snapshot(db):
                if not unwritten_codebooks(db):
                    yield self.codebooks(db)
                    return
            self.study.finish_codebooks()

    def overview(self, coder: str, queue_key: str) -> Json:
        """The coder's interviews, the codebooks, and what they wrote about no interview. queue_key: in base64."""
        config = self.study.config
        with self.study.database() as db, self._moment(db) as books:
            mine = list(self.texts.each(db, interviews_of(db, coder)))
            asked = {one.asked for one, _ in mine}
            return {
                "study": {"name": config.name},
                "coder": coder,
                "arbiter": coder in config.coding.arbiters,
                "generation": Current(db).generation,
                "suggestions": _WAITING[config.coding.suggestions],
                "queueKey": queue_key,
                "codebooks": [_codebook(book) for book in books],
                "interviews": [self._listed(one, text) for one, text in mine],
                "questions": [
                    {"key": question.key, "label": question.label}
                    for question in open_questions(db)
                    if question.key in asked or coder in config.coding.arbiters
                ],
                "adopted": adopted(db),
                "entries": [as_json(one) for one in entries(db, coder)],
                "notice": NOTICE,
            }

    def interview(self, coder: str, code: str) -> Json:
        """One interview to code. Raises EnqueteError(PAGE_NO_INTERVIEW) when it is not theirs, or does not exist."""
        with self.study.database() as db, snapshot(db):
            return self._opened(db, coder, *self.theirs(db, coder, code))

    def interviews(self, coder: str, codes: Collection[str]) -> list[Json]:
        """Those of the coder's that are among these, as `interview` gives each."""
        with self.study.database() as db, snapshot(db):
            mine = [one for one in interviews_of(db, coder) if one.code in codes]
            return [self._opened(db, coder, one, text) for one, text in self.texts.each(db, mine)]

    def _opened(self, db: sqlite3.Connection, coder: str, one: Mine, text: PageText) -> Json:
        found = entries(db, coder, one.code)
        return {
            "code": one.code,
            "wave": self._wave(one.wave),
            "question": one.asked or None,
            "revision": one.uid,
            "generation": Current(db).generation,
            **text.shown,
            "entries": [as_json(entry) for entry in found],
            "last": found[-1].row if found else 0,
            "place": max(one.place, 0),
            "suggestions": self._suggestions(db, one),
        }

    def changes(self, coder: str, code: str | None, after: int) -> Json:
        """What came in beyond a row, on an interview or on none."""
        with self.study.database() as db, snapshot(db):
            one = self.theirs(db, coder, code)[0] if code is not None else None
            found = entries(db, coder, code, after)
            return {
                "last": found[-1].row if found else after,
                "entries": [as_json(entry) for entry in found],
                "revision": one.uid if one else None,
                "generation": Current(db).generation,
                "suggestions": self._suggestions(db, one) if one else None,
            }

    def set_place(self, coder: str, code: str, turn: int) -> None:
        """The coder has seen this turn. Raises EnqueteError(PAGE_NO_INTERVIEW)."""
        with self.study.database() as db:
            _, text = self.theirs(db, coder, code)
            with transaction(db):
                set_place(db, coder, code, min(turn, len(text.turns) - 1))

    def search(self, coder: str, query: str) -> Json:
        """Where these words stand in the coder's interviews, case and accents set aside."""
        pattern = r"\s+".join(map(re.escape, folded(query[:_LONGEST_QUERY]).split()))
        hits: list[Json] = []
        total = 0
        with self.study.database() as db:
            for one, text in self.texts.each(db, interviews_of(db, coder)) if pattern else ():
                for match in re.finditer(pattern, text.folded):
                    total += 1
                    if len(hits) < _HITS:
                        hits.append(_hit(one.code, text, Span(*match.span())))
        return {"hits": hits, "total": total}

    def notes(self, coder: str) -> Json:
        """All that the coder wrote, as it stands."""
        with self.study.database() as db:
            theirs = {one.code for one in interviews_of(db, coder)}
            written = [one for one in all_entries(db, coder) if one.entry.body or one.entry.title]
            shown = [one for one in written if one.entry.interview is None or one.entry.interview in theirs]
            return {"entries": [as_json(one) for one in shown]}

    def pseudonyms(self, db: sqlite3.Connection, coder: str) -> set[str]:
        """What stands for somebody in the texts that a coder reads."""
        texts = self.texts.each(db, interviews_of(db, coder))
        return {form for _, text in texts for form in text.pseudonyms}

    def theirs(self, db: sqlite3.Connection, coder: str, code: str) -> tuple[Mine, PageText]:
        """An interview of this coder and its text. Raises EnqueteError(PAGE_NO_INTERVIEW)."""
        one = interview_of(db, coder, code)
        text = self.texts.get(db, one) if one else None
        if one is None or text is None:
            raise EnqueteError(Problem.PAGE_NO_INTERVIEW)
        return one, text

    def _listed(self, one: Mine, text: PageText) -> Json:
        read = text.read[one.place] if 0 <= one.place < len(text.read) else 0
        return {
            "code": one.code,
            "wave": self._wave(one.wave),
            "kind": one.kind.value,
            "date": one.held_on,
            "question": one.asked or None,
            "words": text.words,
            "turns": len(text.turns),
            "round": one.round._asdict() if one.round else None,
            "begun": one.begun,
            "read": one.read,
            "coded": one.coded,
            "place": max(one.place, 0),
            "wordsLeft": 0 if one.read else text.words - read,
            "codings": one.codings,
        }

    def _wave(self, code: str) -> str:
        return self.study.config.waves_by_code.get(code, code)

    def _suggestions(self, db: sqlite3.Connection, one: Mine) -> list[Json] | None:
        """None while they are hidden."""
        when = self.study.config.coding.suggestions
        if when == "jamais" or (when == "apres-codage" and not one.coded):
            return None
        return [
            {
                "id": s.id,
                "start": s.start,
                "end": s.end,
                "codebook": s.codebook,
                "code": s.code,
                "score": s.score,
                "why": s.origin,
            }
            for s in suggestions_on(db, one.revision)
        ]


def as_json(stored: StoredEntry) -> Json:
    """An entry as it stands, and whether it wants a look (touched: 1 its words changed, 2 its code, 3 both)."""
    return {**stored.entry.model_dump(mode="json"), "touched": stored.touched}


def _codebook(book: Codebook) -> Json:
    return {
        "id": book.id,
        "label": book.label,
        "version": book.version,
        "codes": [
            {
                "id": code.id,
                "label": code.label,
                "parent": code.parent,
                "definition": code.definition,
                "include": code.include,
                "exclude": code.exclude,
                "examples": list(code.examples),
                "colour": book.colour(code.id),
                "retired": code.retired,
            }
            for code in book.codes
        ],
    }


def _hit(code: str, text: PageText, span: Span) -> Json:
    return {
        "interview": code,
        "turn": text.turn_at(span.start),
        "start": span.start,
        "end": span.end,
        "before": text.text[max(0, span.start - _AROUND) : span.start],
        "words": span.of(text.text),
        "after": text.text[span.end : span.end + _AROUND],
    }
