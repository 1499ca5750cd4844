"""Interviews into the study: all files detected first, then each resolved, replaced and stored in one transaction."""

from __future__ import annotations

import secrets
import sqlite3
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, field
from pathlib import Path

from enquete.actions.interviews.explaining import Explanation, explanations
from enquete.actions.interviews.later_names import settle_typed_words
from enquete.actions.interviews.looking_back import look_back
from enquete.actions.interviews.masking import Masked, Masker, known_names
from enquete.actions.interviews.originals import sweep
from enquete.actions.interviews.participants import identifying_columns, store_participants
from enquete.actions.interviews.people import Cast, Register, cast
from enquete.actions.interviews.reading import Known, Source, Terms, read_sources
from enquete.actions.interviews.speaker_rules import SpeakerRule, speaker_rules
from enquete.actions.protection.erasing import erased_key
from enquete.actions.review.chosen_names import give_chosen
from enquete.actions.review.decisions import Desk, finish_interrupted
from enquete.actions.review.words import keep_decisions
from enquete.actions.study import Study
from enquete.coding.turns import spoken_words
from enquete.errors import EnqueteError, Problem
from enquete.model import InterviewKind, RespondentType, Role
from enquete.offsets import difference
from enquete.store import codings as stored
from enquete.store.database import transaction
from enquete.store.erasing import erased_files, withdrawn
from enquete.store.interviews import (
    Interview,
    Revision,
    add_interview,
    interviews,
    late_names_pending,
    moved_turns,
    revise,
    set_late_names_pending,
    set_people,
)
from enquete.store.people import known_codes, put_participant
from enquete.store.people import participants as stored_participants
from enquete.store.review import drop_vain_alerts
from enquete.survey.participants import (
    NamedRow,
    ParticipantRow,
    named_rows,
    participant_key,
    read_participants,
)
from enquete.tables import Severity
from enquete.vault import Identities, Original, SourceFile, Vault

Step = Callable[[int, int], None]
_FIRST_WORDS = 60  # characters


@dataclass(frozen=True, slots=True)
class Request:
    """What the user asked for."""

    files: tuple[Path, ...]
    wave: str | None = None
    participants: Path | None = None
    speakers: tuple[str, ...] = ()
    notes: bool = False
    try_only: bool = False
    replace: bool = False
    processes: int = 1


@dataclass(frozen=True, slots=True)
class SpeakerSummary:
    """One voice. first_words: pseudonymised."""

    role: Role
    participant: str | None
    turns: int
    first_words: str


@dataclass(frozen=True, slots=True)
class Imported:
    """One file stored, or that would be. code: empty for an interview that is not stored yet. new_version: of the
    text of an interview already there. words: of the participants. touched: codings whose words changed.
    """

    name: str
    code: str
    new_version: bool
    wave: str
    participants: tuple[str, ...]
    turns: int
    words: int
    masked: int
    doubtful: int
    touched: int
    speakers: tuple[SpeakerSummary, ...]
    warnings: tuple[str, ...]
    explained: tuple[Explanation, ...]


@dataclass(slots=True)
class ImportReport:
    """rejected, unchanged: (file name, reason or code). relinked: (file name, code, people). idle_rules: « --locuteur »
    as typed that named nobody.

    doubtful: words newly left to a person in texts stored before, by interview. sources: files left in clear on the
    disk; clear_columns: those of the participants file, left there too, that tell who people are.
    """

    try_only: bool
    imported: list[Imported] = field(default_factory=list)
    unchanged: list[tuple[str, str]] = field(default_factory=list)
    relinked: list[tuple[str, str, tuple[str, ...]]] = field(default_factory=list)
    rejected: list[tuple[str, str]] = field(default_factory=list)
    idle_rules: list[str] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    bad_rows: int = 0
    remasked: list[str] = field(default_factory=list)
    doubtful: dict[str, int] = field(default_factory=dict)
    sources: list[Path] = field(default_factory=list)
    participants: Path | None = None
    clear_columns: tuple[str, ...] = ()


def import_interviews(study: Study, request: Request, step: Step) -> ImportReport:
    """Raises EnqueteError for what stops everything: no key, unknown wave, unreadable participants file."""
    report = ImportReport(request.try_only)
    waves = tuple(study.config.waves_by_code)
    if request.wave and request.wave not in waves:
        raise EnqueteError(Problem.UNKNOWN_WAVE, wave=request.wave, known=", ".join(waves), exit_code=2)
    rules = speaker_rules(request.speakers)
    vault, policies = study.vault(), study.config.pseudonyms.policies()
    desk = Desk(study, vault, policies)
    rows, refused = _participant_rows(study, request, report)
    with study.database() as db:
        if not request.try_only:
            finish_interrupted(db, vault, policies)
            settle_typed_words(db, vault, policies)
            sweep(db, vault)
        identities = vault.identities()
        before = [] if late_names_pending(db) else known_names(identities)
        gone = set(map(participant_key, withdrawn(db)))
        if gone.intersection(participant_key(rule.person) for rule in rules if rule.person):
            raise EnqueteError(Problem.WITHDRAWN_CODE, exit_code=2)
        known = _known(db, identities)
        rows, refused = _without_withdrawn(rows, refused, gone, report)
        register = Register(known_codes(db))
        report.remarks += _people_of_rules(rules, register, (row.participant for row in (*(rows or ()), *refused)))
        terms = Terms(waves, request.wave, rows, refused, rules, request.notes, request.replace)
        reading = read_sources(request.files, terms, known, lambda done: step(done, len(request.files)))
        report.unchanged += reading.unchanged
        report.rejected += reading.rejected
        report.idle_rules += reading.idle
        register.reserve(withdrawn(db))
        register.reserve(row.participant for row in refused)
        if not request.try_only:  # names that the vault is about to hold are looked for even if this import is killed
            with transaction(db):
                set_late_names_pending(db, True)
        names = store_participants(db, vault, rows or [], register, store=not request.try_only)
        casts = [cast(source, register, names) for source in reading.sources]
        masker = Masker(reading.sources, casts, vault.identities(), names, policies)
        masker.detect(request.processes, step)
        for number, (source, who) in enumerate(zip(reading.sources, casts, strict=True)):
            if request.try_only:
                report.imported.append(_summary(source, who, masker.mask(number, identities), "", 0))
            else:
                report.imported.append(_store(db, vault, masker, number, source, who, desk))
        report.relinked += [
            _relink(db, source, cast(source, register, names), store=not request.try_only)
            for source in reading.relinked
        ]
        if not request.try_only:
            changed = look_back(desk, db, {done.code for done in report.imported}, set(before))
            report.remasked, report.doubtful = list(changed.masked), dict(changed.doubtful)
            _record(db, report)
    if not request.try_only:
        report.remarks += give_chosen(desk)
    held = {done.name for done in report.imported} | {name for name, _ in report.unchanged}
    report.sources = [path.resolve() for path in request.files if path.name in held and not request.try_only]
    if request.participants and not request.try_only:
        report.participants = request.participants.resolve()
        report.clear_columns = identifying_columns(request.participants, rows or ())
    return report


def _known(db: sqlite3.Connection, identities: Identities) -> Known:
    """The texts and files of the study, those erased included."""
    texts = [text for text in interviews(db) if text.kind is not InterviewKind.ANSWER]
    by_row: dict[int | None, Interview] = {text.id: text for text in texts}
    by_source = {text.source: text for text in texts}
    return Known(
        by_source,
        {uid: file for uid, file in identities.files.items() if uid in by_source},
        {key: by_row.get(row) for key, row in erased_files(db).items()},
        lambda digest: erased_key(identities.secret, digest),
    )


def _participant_rows(
    study: Study, request: Request, report: ImportReport
) -> tuple[list[ParticipantRow] | None, list[NamedRow]]:
    """The rows that could be read, None without a file; and those that could not."""
    if request.participants is None:
        return None, []
    labels = [wave.label for wave in study.config.waves]
    rows, remarks = read_participants(request.participants, list(study.config.waves_by_code), labels, request.wave)
    for remark in remarks:
        place = f"{request.participants.name}, ligne {remark.row}" if remark.row else request.participants.name
        report.remarks.append(f"{place} : {remark.message}")
    bad = {remark.row for remark in remarks if remark.severity is Severity.ERROR}
    report.bad_rows = len(bad)
    return rows, [row for row in named_rows(request.participants) if row.row in bad]


def _without_withdrawn(
    rows: list[ParticipantRow] | None, refused: list[NamedRow], gone: Collection[str], report: ImportReport
) -> tuple[list[ParticipantRow] | None, list[NamedRow]]:
    """The rows of those who withdrew, whose keys are in `gone`, are refused with the files that they name."""
    theirs = [row for row in rows or () if participant_key(row.participant) in gone]
    if rows is None or not theirs:
        return rows, refused
    report.remarks += [str(EnqueteError(Problem.WITHDRAWN_PERSON, where=f"ligne {row.row}")) for row in theirs]
    named = [NamedRow(row.row, row.participant, row.files) for row in theirs]
    return [row for row in rows if row not in theirs], [*refused, *named]


def _people_of_rules(rules: Iterable[SpeakerRule], register: Register, written: Iterable[str]) -> list[str]:
    """Refuses a code that nobody bears, in the study or among those `written` in the participants file; in a study
    where nobody is known yet, says that the code is new. Raises EnqueteError(UNKNOWN_SPEAKER_CODE).
    """
    known = Register((*register.codes, *written))
    unknown = list(dict.fromkeys(rule.person for rule in rules if rule.person and not known.knows(rule.person)))
    if unknown and known.codes:
        raise EnqueteError(
            Problem.UNKNOWN_SPEAKER_CODE, code=unknown[0], known=", ".join(sorted(known.codes)), exit_code=2
        )
    return [f"« --locuteur » nomme {code}, que l'étude ne connaît pas encore : vérifiez ce code." for code in unknown]


def _relink(db: sqlite3.Connection, source: Source, who: Cast, *, store: bool) -> tuple[str, str, tuple[str, ...]]:
    """A stored interview that the participants file now gives to other people."""
    interview = source.replaces
    if interview is None:
        raise ValueError("only stored interviews are relinked")
    if store:
        with transaction(db):
            _put_new_people(db, who)
            set_people(db, interview, who.people, who.voices)
    return source.path.name, interview.code, who.people


def _store(
    db: sqlite3.Connection,
    vault: Vault,
    masker: Masker,
    number: int,
    source: Source,
    who: Cast,
    desk: Desk,
) -> Imported:
    """One file: vault first, then database, in one transaction; killed in between, the vault holds an orphan."""
    uid = secrets.token_hex(8)
    with transaction(db):
        identities = vault.identities()
        masked = masker.mask(number, identities)
        _put_new_people(db, who)
        identities.files[uid] = SourceFile(
            source.path.name,
            source.digest,
            tuple(speaker.labels for speaker in source.transcript.speakers),
            dict(source.transcript.properties),
            dict(source.transcript.metadata),
        )
        vault.put_original(uid, Original(source.path.name, source.data))
        vault.write_identities(identities)
        revision = Revision(
            uid=uid,
            source=uid,
            text=masked.text,
            turns=moved_turns(source.text.turns, masked.mapping),
            masks=masked.masks,
            doubts=masked.doubts,
            source_edits=source.text.mapping.then(masked.mapping),
            reason="import",
        )
        touched = 0
        if source.replaces:
            code = source.replaces.code
            edits = difference(source.replaces.text, masked.text)
            touched = revise(db, source.replaces, revision, edits, (who.people, who.voices))
            keep_decisions(db, desk, source.replaces)
        else:
            held_on = next((row.date.isoformat() for row in source.rows if row.date), None)
            code = add_interview(
                db,
                wave=source.wave,
                kind=source.kind,
                held_on=held_on,
                participants=who.people,
                voices=who.voices,
                revision=revision,
            )
    return _summary(source, who, masked, code, touched)


def _put_new_people(db: sqlite3.Connection, who: Cast) -> None:
    there = {person.code for person in stored_participants(db)}
    for code in who.people:
        if code not in there:
            put_participant(db, code, RespondentType.CONCERNED)


def _summary(source: Source, who: Cast, masked: Masked, code: str, touched: int) -> Imported:
    turns = moved_turns(source.text.turns, masked.mapping)
    speakers = []
    for number, voice in enumerate(who.voices):
        mine = [turn for turn in turns if turn.speaker == number]
        first = masked.text[mine[0].start : mine[0].end] if mine else ""
        short = first if len(first) <= _FIRST_WORDS else first[:_FIRST_WORDS].rsplit(" ", 1)[0] + "…"
        speakers.append(SpeakerSummary(voice.role, voice.participant, len(mine), " ".join(short.split())))
    return Imported(
        name=source.path.name,
        code=source.replaces.code if source.replaces else code,
        new_version=source.replaces is not None,
        wave=source.wave,
        participants=who.people,
        turns=len(turns),
        words=spoken_words(masked.text, turns),
        masked=len(masked.masks),
        doubtful=len(masked.doubts),
        touched=touched,
        speakers=tuple(speakers),
        warnings=(*source.transcript.warnings, *who.warnings),
        explained=explanations(masked, turns),
    )


def _record(db: sqlite3.Connection, report: ImportReport) -> None:
    counts = f"importés={len(report.imported)} refusés={len(report.rejected)} inchangés={len(report.unchanged)}"
    with transaction(db):
        set_late_names_pending(db, False)
        drop_vain_alerts(db)
        stored.record(db, "importer entretiens", counts)
