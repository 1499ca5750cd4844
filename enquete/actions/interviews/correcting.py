"""Corrects a transcript: speech recognition errs. What hangs on the text is carried; names typed in are masked."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from enquete import offsets
from enquete.actions.findings.files import refresh_files
from enquete.actions.interviews.correction_sheet import read_sheet, sheet
from enquete.actions.interviews.later_names import mask_late_names, settle_typed_words
from enquete.actions.interviews.masking import known_names, mask_document
from enquete.actions.interviews.revising import Change, revise_text
from enquete.actions.outputs.gate import Output, write_checked
from enquete.actions.places import in_context, named, spot, turn_at, words_in
from enquete.actions.study import Study
from enquete.errors import EnqueteError, Problem
from enquete.model import Audience, IdentifierType, Span
from enquete.offsets import Edit, Mapping
from enquete.pseudonyms import Detection, Document, NameBook, Passage, Policies, detect
from enquete.readers.encoding import decode
from enquete.readers.words import fold
from enquete.store import codings as stored
from enquete.store.database import transaction
from enquete.store.interviews import Interview, interviews, late_names_pending, set_late_names_pending
from enquete.store.review import CORRECTION, drop_vain_alerts
from enquete.vault import Identities
from enquete.wording import n

_CONTEXT = 30  # characters on each side of a correction on the screen


@dataclass(frozen=True, slots=True)
class Correction:
    """text[start:end] of the current text becomes `text`, as a person typed it."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Corrected:
    """lines: each place before and after, pseudonymised. touched: codings whose own words changed, to look at."""

    lines: tuple[str, ...]
    masked: int
    touched: tuple[str, ...]
    remasked: tuple[str, ...]


def interview_to_correct(db: sqlite3.Connection, code: str) -> Interview:
    """Raises EnqueteError(UNKNOWN_INTERVIEW)."""
    return named(interviews(db), code)


def write_sheet(study: Study, code: str, path: Path | None) -> Path:
    """Writes the text to correct, turn by turn, through the gate; gives its place."""
    vault = study.vault()
    with study.database() as db:
        interview = interview_to_correct(db, code)
    turns = [(turn.role, interview.text[turn.start : turn.end]) for turn in interview.turns]
    path = path or study.folder / "exports" / "equipe" / f"corriger-{interview.code}.txt"
    data = sheet(interview.code, interview.uid, turns).encode()
    write_checked(study, vault, Output(path, data, Audience.TEAM, (interview.code,)))
    return path


def corrections_of_sheet(interview: Interview, path: Path) -> list[Correction]:
    """What a person changed in the sheet, word by word. Raises EnqueteError as `read_sheet` does."""
    try:
        data = path.read_bytes()
    except OSError:
        raise EnqueteError(Problem.FILE_NOT_FOUND, where=path.name) from None
    turns = read_sheet(path.name, decode(data)[0], interview.code, interview.uid, len(interview.turns))
    found = []
    for turn, words in zip(interview.turns, turns, strict=True):
        old = interview.text[turn.start : turn.end]
        if old.split() != words.split():  # an editor that cuts spaces at line ends corrects nothing
            edits = offsets.difference(old, words).edits
            found += list(_corrections(edits, words, turn.start))
    return found


def _corrections(edits: Iterable[Edit], new: str, at: int) -> Iterator[Correction]:
    shift = 0
    for edit in edits:
        start = edit.start + shift
        yield Correction(at + edit.start, at + edit.end, new[start : start + edit.length])
        shift += edit.length - (edit.end - edit.start)


def corrections_of_words(
    interview: Interview, old: str, new: str, turn: int | None, *, everywhere: bool
) -> list[Correction]:
    """Where these words stand, whole. turn: from 1, None for any.

    Raises EnqueteError: WORDS_NOT_FOUND; WORDS_SEVERAL_TIMES unless everywhere; TURN_UNKNOWN.
    """
    found = words_in(interview, old, turn)
    if len(found) > 1 and not everywhere:
        where = ", ".join(dict.fromkeys(str(turn_at(interview, start)) for start, _ in found[:10]))
        raise EnqueteError(Problem.WORDS_SEVERAL_TIMES, where=interview.code, count=len(found), turns=where)
    return [Correction(start, end, new) for start, end in found]


def correct(study: Study, code: str, uid: str, corrections: Sequence[Correction], *, store: bool) -> Corrected:
    """Corrects an interview's text. uid: of the revision that the corrections were made on.

    Raises EnqueteError: CORRECTS_PSEUDONYM, TEXT_CHANGED, and what the vault and the database raise.
    """
    vault, policies = study.vault(), study.config.pseudonyms.policies()
    with study.database() as db:
        interview = interview_to_correct(db, code)
        if interview.uid != uid:
            raise EnqueteError(Problem.TEXT_CHANGED, where=interview.code)
        corrections = [c for c in corrections if interview.text[c.start : c.end] != c.text]
        _leave_pseudonyms(interview, corrections)
        before = set() if late_names_pending(db) else set(known_names(vault.identities()))
        # The slow part, without a lock: what the typed words say is read in the sentence that they stand in.
        document, detection = _typed_names(interview, corrections, vault.identities())
        if not store:
            identities = vault.identities()
            changes = _changes(interview, corrections, document, detection, identities, policies)
            return Corrected(tuple(_told(interview, changes)), sum(len(c.masks) for c in changes), (), ())
        settle_typed_words(db, vault, policies)
        with transaction(db):  # what the vault is about to hold is looked for even if this command is killed
            set_late_names_pending(db, True)
        with transaction(db):
            if interview_to_correct(db, code).uid != uid:
                raise EnqueteError(Problem.TEXT_CHANGED, where=interview.code)
            identities = vault.identities()
            changes = _changes(interview, corrections, document, detection, identities, policies)
            touched = _touched(db, interview, changes)
            if identities.book != vault.identities().book:
                vault.write_identities(identities)
            revise_text(db, interview, changes, CORRECTION)
            drop_vain_alerts(db)
            stored.record(db, "corriger", f"corrections={len(changes)} codages touchés={len(touched)}")
        # A name typed in one place may stand elsewhere, in this text too.
        remasked = mask_late_names(db, vault, before, (), policies).masked
        with transaction(db):
            set_late_names_pending(db, False)
    refresh_files(study)
    masked = sum(len(change.masks) for change in changes)
    return Corrected(tuple(_told(interview, changes)), masked, tuple(touched), remasked)


def _leave_pseudonyms(interview: Interview, corrections: Sequence[Correction]) -> None:
    for c in corrections:
        for mask in interview.masks:
            inside = mask.start < c.start < mask.end if c.start == c.end else c.start < mask.end and mask.start < c.end
            if inside:
                raise EnqueteError(Problem.CORRECTS_PSEUDONYM, where=_place(interview, c.start))


def _typed_names(
    interview: Interview, corrections: Sequence[Correction], identities: Identities
) -> tuple[Document, Detection]:
    """The corrected text, and the identifiers in the words typed in; the rest of the text has been read before."""
    text, mapping = offsets.replace(interview.text, [offsets.Replacement(c.start, c.end, c.text) for c in corrections])
    typed = [Span(e.start, e.end) for e in mapping.inverse().edits if e.end > e.start]
    touched = {turn_at(interview, c.start) - 1 for c in corrections}
    turns = mapping.spans(Span(interview.turns[i].start, interview.turns[i].end) for i in sorted(touched))
    # Words typed at the edge of a turn belong to it.
    passages = tuple(Passage(*_grown(moved.span, typed)) for moved in turns)
    document = Document(text, tuple(p for p in passages if p.end > p.start))
    (detection,) = detect([document], known=known_names(identities))
    pseudonyms = _pseudonyms(identities.book, interview)
    mentions = []
    for mention in detection.mentions:
        for span in typed:
            start, end = max(mention.start, span.start), min(mention.end, span.end)
            form = text[start:end].strip() if start < end else ""
            # A pseudonym of this interview typed on purpose is no name.
            if any(c.isalnum() for c in form) and fold(form) not in pseudonyms:
                start += text[start:end].index(form)
                mentions.append(type(mention)(start, start + len(form), mention.type, mention.score, mention.why))
    return document, Detection(tuple(sorted(mentions, key=lambda m: m.start)), ())


def _grown(span: Span, typed: Iterable[Span]) -> tuple[int, int]:
    """The span with the words typed just before and after it."""
    start, end = span.start, span.end
    for other in typed:
        if other.end == start or (other.start == end):
            start, end = min(start, other.start), max(end, other.end)
    return start, end


def _pseudonyms(book: NameBook, interview: Interview) -> set[str]:
    people = set(interview.participants or (interview.code,))
    return {
        fold(part.replacement)
        for entity in book.entities
        if entity.type is IdentifierType.PERSON and people & set(entity.group)
        for part in entity.components
    }


def _changes(
    interview: Interview,
    corrections: Sequence[Correction],
    document: Document,
    detection: Detection,
    identities: Identities,
    policies: Policies,
) -> list[Change]:
    """What is stored: the typed words with their names masked. `identities.book` grows by the names met."""
    _, mapping = offsets.replace(interview.text, [offsets.Replacement(c.start, c.end, c.text) for c in corrections])
    people = interview.participants or (interview.code,)
    masked = mask_document(document, detection, people, identities, policies=policies)
    return replace(masked, mapping=mapping.then(masked.mapping)).changes()


def _touched(db: sqlite3.Connection, interview: Interview, changes: Sequence[Change]) -> list[str]:
    """Codings whose own words change, as lines to look at."""
    mapping = Mapping(tuple(Edit(c.start, c.end, len(c.text)) for c in sorted(changes)))
    return [
        f"{_place(interview, coding.start)} : {coding.code} ({coding.coder})"
        for coding in stored.codings(db)
        if coding.revision == interview.revision and mapping.span(Span(coding.start, coding.end)).changed
    ]


def _told(interview: Interview, changes: Sequence[Change]) -> Iterator[str]:
    for change in changes:
        shown = f"{interview.text[change.start : change.end]} → {change.text}"
        said = in_context(interview.text, change.start, change.end, _CONTEXT, shown)
        yield f"{_place(interview, change.start)} : … {said} …"


def _place(interview: Interview, position: int) -> str:
    return f"{interview.code}, {spot(interview, position)}"


def report(done: Corrected, *, store: bool) -> Iterator[str]:
    """Lines to print."""
    yield from done.lines
    verb = "enregistrée" if store else "possible, rien n'est enregistré"
    many = "enregistrées" if store else "possibles, rien n'est enregistré"
    count = len(done.lines)
    yield f"{n('correction', count)} {many if count > 1 else verb}."
    if done.masked:
        yield f"{n('identifiant', done.masked)} dans les mots tapés, masqué{'s' if done.masked > 1 else ''}."
    if done.remasked:
        yield f"Masqué aussi dans : {', '.join(done.remasked)} (« enquete relire »)."
    if done.touched:
        yield f"{n('codage', len(done.touched))} dont les mots ont changé, à revoir :"
        yield from (f"  {line}" for line in done.touched)
