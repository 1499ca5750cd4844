"""Human codings from a file into the study, in one transaction; every row that can't be placed is named."""

from __future__ import annotations

import difflib
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from enquete.actions.codebooks.files import load_codebooks
from enquete.actions.coding.coders import check_coder
from enquete.actions.interviews.masking import mask_texts
from enquete.actions.interviews.originals import Originals
from enquete.actions.study import Study
from enquete.codebook import Codebook
from enquete.coding.placing import Placed, place
from enquete.coding.tables import CodingRow, Positions, Verdict, read_codings
from enquete.model import InterviewKind, Role
from enquete.offsets import Mapping
from enquete.readers.canonical import Canonical, canonical
from enquete.store import codings as stored
from enquete.store.database import transaction
from enquete.store.entries import Current
from enquete.store.interviews import Interview, edits_since, interviews
from enquete.survey.participants import participant_key, same_file
from enquete.tables import Severity


@dataclass(slots=True)
class CodingReport:
    """Numbers of codings, and of suggestions judged; problems and remarks: French sentences with their row.

    interviews: texts where rows stand, by code; whole: those noted as read whole.
    """

    coder: str
    added: int = 0
    same: int = 0
    refused: int = 0
    taken_back: int = 0
    new_coder: bool = False
    interviews: dict[str, Interview] = field(default_factory=dict)
    whole: dict[str, Interview] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    stored: bool = True


class _RowError(Exception):
    """Why a row can't be placed, in French."""


def import_codings(
    study: Study, file: Path, coder: str, codebook: str | None, *, whole: bool = False, try_only: bool = False
) -> CodingReport:
    """whole: the coder read the interviews of this file whole, so that what they left uncoded is a decision too.

    Raises EnqueteError for a file that can't be read, an unknown coder or codebook.
    """
    check_coder(study.config, coder)
    books = load_codebooks([codebook] if codebook else [], study.folder)
    rows, remarks = read_codings(file, [wave.code for wave in study.config.waves])
    report = CodingReport(coder, stored=not try_only)
    for remark in remarks:
        bucket = report.problems if remark.severity is Severity.ERROR else report.remarks
        bucket.append(
            f"{file.name}, ligne {remark.row} : {remark.message}" if remark.row else f"{file.name} : {remark.message}"
        )
    with study.database() as db:
        report.new_coder = coder not in stored.coders(db)
        finder, current = _Finder(study, db, rows), Current(db)
        placed = []
        for row in rows:
            try:
                placed.append((row, *finder.place(row), [_code(books, written, current) for written in row.codes]))
            except _RowError as error:
                report.problems.append(f"{file.name}, ligne {row.row} : {error}")
        memos = _masked_memos(study, [(row, interview) for row, interview, *_ in placed])
        if not try_only:
            with transaction(db):
                for row, interview, where, codes in placed:
                    _store(db, report, row, interview, where, codes, memos[row.row])
                if whole and not report.problems:  # a row refused may have been the code of a turn without any
                    _mark_whole(db, report, [interview for _, interview, *_ in placed])
                stored.record(db, "importer codages", f"ajoutés={report.added} identiques={report.same}")
        else:
            report.added = sum(len(codes) for *_, codes in placed)
            report.interviews = {interview.code: interview for _, interview, *_ in placed}
    return report


def _mark_whole(db: sqlite3.Connection, report: CodingReport, read: Sequence[Interview]) -> None:
    for interview in {one.id: one for one in read}.values():
        stored.mark_read(db, interview.id, report.coder)
        report.whole[interview.code] = interview


def _store(
    db: sqlite3.Connection,
    report: CodingReport,
    row: CodingRow,
    interview: Interview,
    where: Placed,
    codes: Sequence[tuple[str, str]],
    memo: str,
) -> None:
    report.interviews[interview.code] = interview
    if row.verdict is Verdict.READ:
        stored.mark_read(db, interview.id, report.coder)
    suggestion = int(row.suggestion) if row.suggestion else None
    for book, code in codes:
        new = stored.add_coding(
            db,
            stored.Coding(
                interview.revision,
                where.span.start,
                where.span.end,
                book,
                code,
                report.coder,
                row.flag,
                memo,
                suggestion=suggestion,
            ),
        )
        report.added += new
        report.same += not new
    if row.suggestion:
        verdicts = {Verdict.ACCEPTED: "accepted", Verdict.REFUSED: "refused", Verdict.CHANGED: "changed"}
        report.refused += row.verdict is Verdict.REFUSED
        if row.verdict in verdicts:
            report.taken_back += stored.take_back(db, int(row.suggestion), report.coder, codes)
            stored.decide(db, int(row.suggestion), report.coder, verdicts[row.verdict])


def _code(books: Sequence[Codebook], written: str, current: Current) -> tuple[str, str]:
    """(codebook, code) of a code written by its id, its label or a former id, in any case for the first two."""
    wanted = written.casefold().strip()
    found = [(book.id, code.id) for book in books for code in book.codes if code.id.casefold() == wanted]
    found = found or [(book.id, code.id) for book in books for code in book.codes if code.label.casefold() == wanted]
    if not found:
        former = {book.id: current.code(book.id, written.strip(), 0)[1] for book in books}
        found = [(book.id, former[book.id]) for book in books if former[book.id] in book.by_id]
    if len(found) == 1:
        if next(book for book in books if book.id == found[0][0]).by_id[found[0][1]].retired:
            raise _RowError(f"le code « {written} » est retiré de la grille : on ne code plus avec lui.")
        return found[0]
    if found:
        books_named = ", ".join(sorted({book for book, _ in found}))
        raise _RowError(f"le code « {written} » est dans plusieurs grilles ({books_named}) : précisez « --grille ».")
    known = [code.id for book in books for code in book.codes]
    close = difflib.get_close_matches(written, known, n=3)
    hint = f" Codes proches : {', '.join(close)}." if close else ""
    raise _RowError(f"le code « {written} » n'est dans aucune grille de l'étude.{hint}")


def _masked_memos(study: Study, rows: Sequence[tuple[CodingRow, Interview]]) -> dict[int, str]:
    """Memos by row, pseudonymised like the texts: the vault is opened only if there are any."""
    with_memo = [(row, interview) for row, interview in rows if row.memo]
    found = {row.row: "" for row, _ in rows}
    if with_memo:
        groups = [interview.participants or (interview.code,) for _, interview in with_memo]
        memos, policies = [row.memo for row, _ in with_memo], study.config.pseudonyms.policies()
        masked = mask_texts(memos, groups, study.vault().identities(), policies)
        found |= {row.row: memo for (row, _), memo in zip(with_memo, masked, strict=True)}
    return found


class _Finder:
    """Finds the interview and the place that a row means."""

    def __init__(self, study: Study, db: sqlite3.Connection, rows: Sequence[CodingRow]) -> None:
        self._study, self._db = study, db
        self._originals: dict[str, Canonical] = {}
        self._files: Originals | None = None
        self._interviews = list(interviews(db))
        self._by_code = {interview.code.casefold(): interview for interview in self._interviews}
        self._by_source = {i.source: i for i in self._interviews if i.kind is not InterviewKind.ANSWER}
        self._suggestions = {str(s.id): s for s in stored.suggestions(db)}
        named = {row.interview for row in rows if row.interview and row.interview.casefold() not in self._by_code}
        self._names = dict(study.vault().identities().files) if named else {}

    def place(self, row: CodingRow) -> tuple[Interview, Placed]:
        if row.suggestion and row.suggestion not in self._suggestions:
            raise _RowError("ce repérage n'est plus dans l'étude ; relancez « enquete reperer » pour une copie à jour.")
        interview = self._interview(row)
        where = place(row, interview.text, interview.turns, self._mapping(row, interview))
        if not isinstance(where, Placed) and row.quote:
            where = self._in_original(row, interview) or where
        if not isinstance(where, Placed):
            raise _RowError(where.reason)
        if interview.turns[where.turn].role is Role.INTERVIEWER and row.codes:
            raise _RowError(
                f"le tour {where.turn + 1} est une parole de l'enquêteur : on code celles des participants."
            )
        return interview, where

    def _in_original(self, row: CodingRow, interview: Interview) -> Placed | None:
        """Words copied from the file as it was, names included: found there, and followed into the stored text."""
        if interview.source_edits is None:
            return None
        if interview.code not in self._originals:
            self._files = self._files or Originals(self._study.vault())
            self._originals[interview.code] = canonical(self._files.transcript(interview))
        text = self._originals[interview.code]
        where = place(row, text.text, text.turns)
        if not isinstance(where, Placed):
            return None
        span = text.mapping.inverse().then(interview.source_edits).span(where.span).span
        turn = next((i for i, t in enumerate(interview.turns) if t.start <= span.start < t.end), None)
        return None if turn is None else Placed(span, turn)

    def _interview(self, row: CodingRow) -> Interview:
        if row.interview:
            return self._named(row.interview)
        key = participant_key(row.participant)
        found = [
            interview
            for interview in self._interviews
            if interview.kind is not InterviewKind.ANSWER
            and any(participant_key(code) == key for code in interview.participants)
            and (not row.wave or interview.wave.casefold() == row.wave.casefold())
        ]
        if len(found) == 1:
            return found[0]
        if not found:
            where = f" en vague {row.wave}" if row.wave else ""
            raise _RowError(f"aucun entretien de {row.participant}{where} dans l'étude.")
        choices = ", ".join(f"{interview.code} (vague {interview.wave})" for interview in found)
        raise _RowError(f"{row.participant} a plusieurs entretiens : {choices}. Précisez l'entretien.")

    def _named(self, written: str) -> Interview:
        if written.casefold() in self._by_code:
            return self._by_code[written.casefold()]
        uids = [uid for uid, file in self._names.items() if same_file(written, file.name) and uid in self._by_source]
        if not uids:
            raise _RowError(f"l'entretien « {written} » n'est pas dans l'étude.")
        if len(uids) > 1:
            choices = ", ".join(sorted(self._by_source[uid].code for uid in uids))
            raise _RowError(f"« {written} » désigne plusieurs entretiens : {choices}. Écrivez ce code à la place.")
        return self._by_source[uids[0]]

    def _mapping(self, row: CodingRow, interview: Interview) -> Mapping | None:
        if row.positions is Positions.RAW:
            return interview.source_edits
        if row.revision and row.revision != interview.uid:
            since = edits_since(self._db, row.revision)
            if since is None or since[0] != interview.revision:
                raise _RowError("cette ligne vient d'un texte que l'étude n'a pas.")
            return since[1]
        return None
