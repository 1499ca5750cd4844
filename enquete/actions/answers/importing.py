"""Answers to questionnaires into the study: all open ones detected first, then everything stored in one transaction."""

from __future__ import annotations

import json
import re
import secrets
import sqlite3
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby
from pathlib import Path
from typing import Any

from enquete.actions.answers.identity import attributes, learn, vault_columns
from enquete.actions.answers.open_answers import OpenTexts
from enquete.actions.answers.people import People, Refusal
from enquete.actions.answers.plan import Fate, Plan, plan
from enquete.actions.answers.standing import Standing
from enquete.actions.answers.storing import Stored, Storing, said_in
from enquete.actions.answers.titles import Titles, titles
from enquete.actions.answers.trial import hidden, hidden_faults
from enquete.actions.answers.typed import Typed, typed
from enquete.actions.interviews.later_names import Remasked, settle_late_names
from enquete.actions.interviews.looking_back import look_back
from enquete.actions.interviews.masking import known_names
from enquete.actions.interviews.originals import bundle, source_of, sweep
from enquete.actions.review.decisions import Desk, finish_interrupted
from enquete.actions.study import Study
from enquete.errors import EnqueteError, Problem
from enquete.pseudonyms import KnownName
from enquete.store import codings
from enquete.store.database import changes_seen, transaction
from enquete.store.interviews import set_late_names_pending
from enquete.store.people import add_participants, add_participations, put_attributes
from enquete.store.responses import drop_empty_datasets
from enquete.store.review import drop_vain_alerts
from enquete.survey.answers.types import DataFile
from enquete.survey.matching.trial import trial_lines
from enquete.survey.matching.types import MatchReport, Use
from enquete.tables import Severity
from enquete.vault import Identities

Step = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Terms:
    """How the user wants a file taken in. links: table of keys and codes. files: as they lie on the disk."""

    files: tuple[Path, ...]
    links: Path | None = None
    replace: bool = False
    try_only: bool = False
    processes: int = 1


@dataclass(slots=True)
class WaveSummary:
    """What became of one wave of the file: numbers of rows of the main table. left: lines that say something else than
    what is stored. repeats: rows of linked tables. absent: whose answers are stored, and not in a file that says again
    some others.
    """

    wave: str
    keyed: bool
    new: int
    same: int
    changed: int
    refused: int
    left: list[int]
    repeats: int
    absent: list[str]


@dataclass(slots=True)
class AnswersReport:
    """row: what the file's author calls one. trial: what « --essai » shows; faults: what keeps the whole file out.

    refused: rows, with why. new_people: codes. stored: what became of open answers. vault: columns whose values only
    the vault holds; left_out: columns of the file that are not imported, with why. changed: older texts. sources: files
    left in clear.
    """

    source: str
    row: str
    questionnaire: str
    try_only: bool
    trial: list[str] = field(default_factory=list)
    faults: tuple[str, ...] = ()
    waves: list[WaveSummary] = field(default_factory=list)
    refused: list[Refusal] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    new_people: list[str] = field(default_factory=list)
    stored: Stored = field(default_factory=Stored)
    vault: list[str] = field(default_factory=list)
    left_out: list[tuple[str, str]] = field(default_factory=list)
    changed: Remasked = field(default_factory=lambda: Remasked((), {}))
    sources: list[Path] = field(default_factory=list)

    def quote(self, shown: Titles) -> None:
        """Quotes the titles of the file without the names that they hold."""
        self.trial, self.remarks = list(map(shown.line, self.trial)), list(map(shown.line, self.remarks))
        self.faults = tuple(map(shown.line, self.faults))
        self.refused = [one._replace(why=shown.line(one.why)) for one in self.refused]
        self.vault = list(map(shown.one, self.vault))
        self.left_out = [(shown.one(column), shown.line(why)) for column, why in self.left_out]

    @property
    def incomplete(self) -> bool:
        """Whether something of the file is not in the study."""
        return bool(self.faults or self.refused or any(wave.left for wave in self.waves))


@dataclass(frozen=True, slots=True)
class _Job:
    """A file being imported. data: as it was read, for rows that nothing names."""

    desk: Desk
    terms: Terms
    data: DataFile
    typed: Typed

    @property
    def matched(self) -> MatchReport:
        return self.typed.matched


def import_matched(study: Study, terms: Terms, data: DataFile, matched: MatchReport, step: Step) -> AnswersReport:
    """Takes in what a file of answers says in the words of a questionnaire. step: (open answers read, all).

    matched: without faults, unless it is only tried.
    Raises EnqueteError: ANSWERS_CORRECTED, ANSWERS_MOVED, no key, those of a table of links.
    """
    job = _Job(Desk(study, study.vault(), study.config.pseudonyms.policies()), terms, data, Typed(matched))
    with study.database() as db:
        if not terms.try_only:
            finish_interrupted(db, job.desk.vault, job.desk.policies)
            settle_late_names(db, job.desk.vault, job.desk.policies)
            sweep(db, job.desk.vault)
        seen, identities = changes_seen(db), job.desk.vault.identities()
        job = replace(job, typed=typed(matched, identities))
        people = People(db, identities.secret, terms.links)
        plans = list(_plans(db, job, people)) if not matched.faults else []
        named = (made.codes[row] for made in plans for row in made.rows(Fate.NEW))
        new = [code for code in dict.fromkeys(named) if code and code not in people.known]
        report = _told(job, plans, new)
        if terms.try_only:
            _learn(identities, job, plans, new)
            mask = hidden(matched, identities, job.desk.policies)
            report.trial, report.faults = trial_lines(matched, mask), hidden_faults(matched, mask)
            shown = titles(data, matched, identities, job.desk.policies)
        else:
            before = set(known_names(identities))
            texts = _read(job, identities, plans, new, step)
            shown = titles(data, matched, identities.copy(), job.desk.policies)
            for sheet in (sheet for made in plans for sheet, _ in made.sheets()):
                sheet.variables = shown.variables(sheet.variables)
            _Writing(db, job, plans, new, texts).write(seen, report)
            _finish(db, job, before, report)
            report.sources = [path.resolve() for path in terms.files]
    report.quote(shown)
    return report


def _plans(db: sqlite3.Connection, job: _Job, people: People) -> Iterator[Plan]:
    questionnaire = job.matched.questionnaire
    for wave, tables in groupby(job.matched.tables, key=lambda answers: answers.wave):
        standing = Standing(db, job.desk.vault, questionnaire.name, wave)
        yield plan(list(tables), questionnaire, standing, people, job.data, replace=job.terms.replace)


def _read(job: _Job, identities: Identities, plans: Sequence[Plan], new: Sequence[str], step: Step) -> OpenTexts:
    """Without a lock: the slow part. `identities` grows by the names of the file."""
    _learn(identities, job, plans, new)
    texts = OpenTexts((said for made in plans for said in said_in(made, identities)), identities, job.desk.policies)
    texts.detect(job.terms.processes, step)
    return texts


def _learn(identities: Identities, job: _Job, plans: Sequence[Plan], new: Sequence[str]) -> None:
    job.typed.learn(identities)
    for made in plans:
        learn(identities, {}, made, job.matched.questionnaire, new)


@dataclass(slots=True)
class _Writing:
    """The one transaction of an import."""

    db: sqlite3.Connection
    job: _Job
    plans: Sequence[Plan]
    new: Sequence[str]
    texts: OpenTexts

    def write(self, seen: int, report: AnswersReport) -> None:
        """seen: what `changes_seen` gave before the plans were made. Raises EnqueteError(ANSWERS_MOVED)."""
        with transaction(self.db):  # names that the vault is about to hold are looked for even if this import is killed
            self._refuse_moved(seen)
            set_late_names_pending(self.db, True)
        with transaction(self.db):
            self._refuse_moved(seen)
            identities = self.job.desk.vault.identities()
            uid, former = secrets.token_hex(8), identities.copy()
            contacts = self._learn(identities)
            storing = Storing(self.db, self.job.desk, self.texts, identities, uid)
            self._rows(storing)
            self._vault(uid, storing.stored.words, identities, former, contacts)
            storing.revise()
            drop_empty_datasets(self.db)
            report.stored = storing.stored
            self._record(report)

    def _refuse_moved(self, seen: int) -> None:
        if changes_seen(self.db) != seen:
            raise EnqueteError(Problem.ANSWERS_MOVED, where=self.job.data.source)

    def _learn(self, identities: Identities) -> dict[str, Any] | None:
        """The ways to reach people, None where the file tells none that is new."""
        contacts = self.job.desk.vault.contacts()
        former = json.dumps(contacts)
        self.job.typed.learn(identities)
        for made in self.plans:
            learn(identities, contacts, made, self.job.matched.questionnaire, self.new)
        return contacts if json.dumps(contacts) != former else None

    def _rows(self, storing: Storing) -> None:
        questionnaire = self.job.matched.questionnaire
        people = add_participants(self.db, self.new)
        for made in self.plans:
            rows = made.rows(Fate.NEW, Fate.CHANGED)
            add_participations(self.db, [(people[made.codes[row] or ""], made.wave) for row in rows])
            told = attributes(self.db, made, questionnaire, rows)
            put_attributes(self.db, [(people[code], made.wave, name, value) for code, name, value in told])
            storing.rows(made, questionnaire.name, people)

    def _vault(
        self,
        uid: str,
        words: Mapping[str, str],
        identities: Identities,
        former: Identities,
        contacts: dict[str, Any] | None,
    ) -> None:
        vault = self.job.desk.vault
        if words:
            original = bundle(words)
            identities.files[uid] = source_of(self.job.data.source, original)
            vault.put_original(uid, original)
        if identities != former:
            vault.write_identities(identities)
        if contacts is not None:
            vault.write_contacts(contacts)

    def _record(self, report: AnswersReport) -> None:
        waves = report.waves
        codings.record(
            self.db,
            "importer reponses",
            f"nouvelles={sum(w.new for w in waves)} inchangées={sum(w.same for w in waves)} "
            f"changées={sum(w.changed for w in waves)} laissées={sum(len(w.left) for w in waves)} "
            f"refusées={len(report.refused)} ouvertes={len(report.stored.added)}",
        )


def _finish(db: sqlite3.Connection, job: _Job, before: set[KnownName], report: AnswersReport) -> None:
    """Older texts are looked through for names that came with the file; words that were replaced leave the vault."""
    imported = {*report.stored.added, *report.stored.revised}
    if imported or before != set(known_names(job.desk.vault.identities())):
        report.changed = look_back(job.desk, db, imported, before)
    with transaction(db):
        set_late_names_pending(db, False)
        drop_vain_alerts(db)
    if any(wave.changed for wave in report.waves):
        sweep(db, job.desk.vault)


def refused_rows(matched: MatchReport) -> list[Refusal]:
    """Rows that are in no table, each with its reason alone."""
    return [
        Refusal(one.row, re.sub("^ligne refusée : ", "", one.message, flags=re.IGNORECASE))
        for one in matched.remarks
        if one.severity is Severity.ERROR and one.row is not None
    ]


def row_word(data: DataFile) -> str:
    """What the author of the file calls a row."""
    return "cas" if data.format in ("sav", "zsav", "por", "dta") else "ligne"


def _told(job: _Job, plans: Sequence[Plan], new: Sequence[str]) -> AnswersReport:
    """What is to be said of the file, before anything is stored."""
    matched = job.matched
    row = row_word(job.data)
    report = AnswersReport(job.data.source, row, matched.questionnaire.name, job.terms.try_only, new_people=list(new))
    report.refused = refused_rows(matched)
    for remark in matched.remarks:
        if remark.severity is not Severity.ERROR or remark.row is None:
            report.remarks.append(f"{row} {remark.row} : {remark.message}" if remark.row else remark.message)
    left = [column for column in matched.columns if column.use in (Use.LEFT, Use.UNKNOWN)]
    report.left_out = [(column.column, column.note) for column in left]
    for made in plans:
        report.refused += made.refused
        report.waves.append(_summary(made))
        report.vault += [c for c in vault_columns(sheet for sheet, _ in made.sheets()) if c not in report.vault]
    report.refused.sort()
    if len(plans) == 1 and not plans[0].parts:  # rows that matching refused belong to no plan
        report.waves[0].refused = len({one.number for one in report.refused})
    return report


def _summary(made: Plan) -> WaveSummary:
    counts = Counter(made.fates)
    return WaveSummary(
        made.wave,
        made.keyed,
        counts[Fate.NEW],
        counts[Fate.SAME],
        counts[Fate.CHANGED],
        counts[Fate.REFUSED],
        [made.main.answers.numbers[row] for row in made.rows(Fate.LEFT)],
        sum(len(sheet.answers.numbers) for sheet in made.parts.values()),
        _absent(made),
    )


def _absent(made: Plan) -> list[str]:
    seen = {kept.id for kept in made.kept if kept}
    if not seen or made.refused:  # a row that is refused may be theirs
        return []
    return sorted(made.standing.code(kept) for kept in made.standing.main if kept.id not in seen)
