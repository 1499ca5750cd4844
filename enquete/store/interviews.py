"""Interviews and the revisions of their texts."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from itertools import groupby
from operator import itemgetter
from typing import NamedTuple

from enquete.model import Doubt, IdentifierType, InterviewKind, Role, Span, Turn
from enquete.offsets import Mapping
from enquete.store.carrying import carry


class Mask(NamedTuple):
    """Where a replacement stands in a stored text. entity: key of the vault's book of names.

    form: keyed hash of the words replaced (see pseudonyms.form_key); empty when they can't be told.
    """

    start: int
    end: int
    type: IdentifierType
    entity: str
    score: float
    why: str
    form: str = ""


class Voice(NamedTuple):
    """A speaker of an interview; participant: whose voice it is, when that is known."""

    role: Role
    participant: str | None = None


@dataclass(frozen=True, slots=True)
class Revision:
    """A text to store. source: key of the imported file in the vault; source_edits: from that file to this text."""

    uid: str
    source: str
    text: str
    turns: Sequence[Turn]
    masks: Sequence[Mask]
    doubts: Sequence[Doubt]
    source_edits: Mapping | None
    reason: str


@dataclass(frozen=True, slots=True)
class Interview:
    """An interview, or the answer to an open question, with its current text. revision: row id that codings hang on.

    questionnaire, question: what was answered; empty for an interview.
    """

    id: int
    code: str
    wave: str
    kind: InterviewKind
    held_on: str | None
    participants: tuple[str, ...]
    voices: tuple[Voice, ...]
    revision: int
    uid: str
    source: str
    text: str
    turns: tuple[Turn, ...]
    masks: tuple[Mask, ...]
    source_edits: Mapping | None
    questionnaire: str = ""
    question: str = ""

    @property
    def asked(self) -> str:
        """The question that this answers, as commands name it: « rsa-v1/dire »; empty for an interview."""
        return f"{self.questionnaire}/{self.question}" if self.question else ""


def now() -> str:
    """The moment, in UTC, to the second."""
    return datetime.now(UTC).isoformat(timespec="seconds")


def add_interview(
    db: sqlite3.Connection,
    *,
    wave: str,
    kind: InterviewKind,
    held_on: str | None,
    participants: Sequence[str],
    voices: Sequence[Voice],
    revision: Revision,
) -> str:
    """Stores an interview with its first revision; gives its code. The participants must be there."""
    (code,) = _new_codes(db, "E", 1)
    _add_interview(db, (code, wave, kind, held_on), participants, voices, revision)
    return code


class OpenAnswer(NamedTuple):
    """The words of one person to one open question. response: row of their answers to the questionnaire."""

    response: int
    question: str
    wave: str
    held_on: str | None
    participant: str
    revision: Revision


def add_open_answers(db: sqlite3.Connection, answers: Iterable[OpenAnswer]) -> list[str]:
    """Stores them as texts that can be coded; gives their codes: R001, R002…"""
    listed = list(answers)
    codes = _new_codes(db, "R", len(listed))
    for code, answer in zip(codes, listed, strict=True):
        row = _add_interview(
            db,
            (code, answer.wave, InterviewKind.RECORDED, answer.held_on),
            (answer.participant,),
            (Voice(Role.PARTICIPANT, answer.participant),),
            answer.revision,
        )
        db.execute("INSERT INTO open_answer VALUES (?, ?, ?)", (row, answer.response, answer.question))
    return codes


def _add_interview(
    db: sqlite3.Connection,
    told: tuple[str, str, InterviewKind, str | None],
    participants: Sequence[str],
    voices: Sequence[Voice],
    revision: Revision,
) -> int:
    cursor = db.execute("INSERT INTO interview (code, wave, kind, held_on) VALUES (?, ?, ?, ?)", told)
    interview_id = int(cursor.lastrowid or 0)
    _put_people(db, interview_id, participants, voices)
    _add_revision(db, interview_id, None, Mapping(), revision)
    return interview_id


def revise(
    db: sqlite3.Connection,
    interview: Interview,
    revision: Revision,
    edits: Mapping,
    people: tuple[Sequence[str], Sequence[Voice]] | None = None,
) -> int:
    """Replaces the current text: everything that hangs on it moves along `edits`; the old text is deleted.

    people: participants and voices, where they change. Gives the number of codings whose own words changed.
    """
    if people:
        set_people(db, interview, *people)
    # Its digest would confirm a name masked since to whoever tries one after the other.
    db.execute("UPDATE revision SET text = NULL, digest = '', source_edits = NULL WHERE id = ?", (interview.revision,))
    new = _add_revision(db, interview.id, interview.revision, edits, revision)
    touched = carry(db, interview.revision, new, edits)
    for table in ("turn", "mask", "doubt", "parse", "found"):
        db.execute(f"DELETE FROM {table} WHERE revision_id = ?", (interview.revision,))  # noqa: S608
    return touched


def set_people(
    db: sqlite3.Connection, interview: Interview, participants: Sequence[str], voices: Sequence[Voice]
) -> None:
    """Says anew who took part; the text and what hangs on it stay."""
    db.execute("DELETE FROM interview_participant WHERE interview_id = ?", (interview.id,))
    db.execute("DELETE FROM speaker WHERE interview_id = ?", (interview.id,))
    _put_people(db, interview.id, participants, voices)


def _put_people(
    db: sqlite3.Connection, interview_id: int, participants: Sequence[str], voices: Sequence[Voice]
) -> None:
    named = {*participants, *(voice.participant for voice in voices if voice.participant)}
    ids = {code: participant_id(db, code) for code in named}
    db.executemany(
        "INSERT INTO interview_participant VALUES (?, ?)", [(interview_id, ids[code]) for code in participants]
    )
    db.executemany(
        "INSERT INTO speaker (interview_id, number, role, participant_id) VALUES (?, ?, ?, ?)",
        [(interview_id, n, v.role, ids[v.participant] if v.participant else None) for n, v in enumerate(voices)],
    )


def current_revisions(db: sqlite3.Connection) -> dict[str, int]:
    """The row of each interview's current text, by code."""
    rows = db.execute(
        "SELECT i.code, r.id FROM interview i JOIN revision r ON r.interview_id = i.id WHERE r.text IS NOT NULL"
    )
    return {row["code"]: row["id"] for row in rows}


def participant_id(db: sqlite3.Connection, code: str) -> int:
    """The row of a participant, who must be there."""
    return int(db.execute("SELECT id FROM participant WHERE code = ?", (code,)).fetchone()["id"])


def _add_revision(
    db: sqlite3.Connection, interview_id: int, parent: int | None, edits: Mapping, revision: Revision
) -> int:
    source = revision.source_edits.to_json() if revision.source_edits is not None else None
    cursor = db.execute(
        "INSERT INTO revision "
        "(uid, source, interview_id, parent_id, text, digest, edits, source_edits, reason, made_at) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            revision.uid,
            revision.source,
            interview_id,
            parent,
            revision.text,
            hashlib.sha256(revision.text.encode()).hexdigest(),
            edits.to_json(),
            source,
            revision.reason,
            now(),
        ),
    )
    row = int(cursor.lastrowid or 0)
    db.executemany(
        "INSERT INTO turn VALUES (?, ?, ?, ?, ?, ?, ?)",
        [(row, n, t.start, t.end, t.speaker, t.begin, t.finish) for n, t in enumerate(revision.turns)],
    )
    _add_masks(db, row, revision.masks)
    db.executemany(
        'INSERT OR IGNORE INTO doubt (revision_id, start, "end", why, risk) VALUES (?, ?, ?, ?, ?)',
        [(row, d.start, d.end, d.why, d.risk) for d in revision.doubts],
    )
    return row


def set_masks(db: sqlite3.Connection, revision: int, masks: Sequence[Mask]) -> None:
    """Says anew where the replacements of a current text stand, and whose they are; the text stays."""
    db.execute("DELETE FROM mask WHERE revision_id = ?", (revision,))
    _add_masks(db, revision, masks)


def _add_masks(db: sqlite3.Connection, revision: int, masks: Sequence[Mask]) -> None:
    db.executemany(
        'INSERT INTO mask (revision_id, start, "end", type, entity, score, why, form) VALUES (?, ?, ?, ?, ?, ?, ?, ?)',
        [(revision, *mask) for mask in masks],
    )


_CURRENT = (
    "SELECT i.id, i.code, i.wave, i.kind, i.held_on, r.id AS revision, r.uid, r.source, r.text, r.source_edits, "
    "coalesce(d.questionnaire, '') AS questionnaire, coalesce(o.question, '') AS question "
    "FROM interview i JOIN revision r ON r.interview_id = i.id AND r.text IS NOT NULL "
    "LEFT JOIN open_answer o ON o.interview_id = i.id LEFT JOIN response n ON n.id = o.response_id "
    "LEFT JOIN dataset d ON d.id = n.dataset_id "
)


# E001… then R001…, in the order of their numbers: R999 comes before R1000.
IN_ORDER = "ORDER BY substr(i.code, 1, 1), length(i.code), i.code"


def interviews(db: sqlite3.Connection) -> Iterator[Interview]:
    """Every interview with its current text, by code, then every open answer."""
    yield from _interviews(db, f"{_CURRENT} {IN_ORDER}", "")


def interviews_by_revision(db: sqlite3.Connection) -> dict[int, str]:
    """Current revision -> code of its interview, without reading any text."""
    rows = db.execute(
        "SELECT r.id, i.code FROM revision r JOIN interview i ON i.id = r.interview_id WHERE r.text IS NOT NULL"
    )
    return {row["id"]: row["code"] for row in rows}


def interview_named(db: sqlite3.Connection, code: str) -> Interview | None:
    """One interview with its current text."""
    return next(_interviews(db, f"{_CURRENT} WHERE i.code = ?", "WHERE i.code = ?", code), None)


def _interviews(db: sqlite3.Connection, query: str, where: str, *named: str) -> Iterator[Interview]:
    """As many queries for one as for thousands. where: restricts what hangs on them."""
    found = db.execute(query, named).fetchall()
    voices = _grouped(
        db.execute(
            "SELECT s.interview_id, s.role, p.code FROM speaker s JOIN interview i ON i.id = s.interview_id "  # noqa: S608
            f"LEFT JOIN participant p ON p.id = s.participant_id {where} ORDER BY s.interview_id, s.number",
            named,
        )
    )
    people = _grouped(
        db.execute(
            "SELECT ip.interview_id, p.code FROM interview_participant ip JOIN interview i ON i.id = ip.interview_id "  # noqa: S608
            f"JOIN participant p ON p.id = ip.participant_id {where} ORDER BY ip.interview_id, p.code",
            named,
        )
    )
    of = (
        "{table} h JOIN revision r ON r.id = h.revision_id JOIN interview i ON i.id = r.interview_id "
        f"{where} ORDER BY h.revision_id, "
    )
    turns = _grouped(db.execute(f"SELECT h.* FROM {of.format(table='turn')} h.position", named))  # noqa: S608
    masks = _grouped(db.execute(f"SELECT h.* FROM {of.format(table='mask')} h.start", named))  # noqa: S608
    for row in found:
        voiced = tuple(Voice(Role(v["role"]), v["code"]) for v in voices.get(row["id"], ()))
        yield Interview(
            id=row["id"],
            code=row["code"],
            wave=row["wave"],
            kind=InterviewKind.ANSWER if row["question"] else InterviewKind(row["kind"]),
            held_on=row["held_on"],
            participants=tuple(p["code"] for p in people.get(row["id"], ())),
            voices=voiced,
            revision=row["revision"],
            uid=row["uid"],
            source=row["source"],
            text=row["text"],
            turns=tuple(
                Turn(t["start"], t["end"], t["speaker"], voiced[t["speaker"]].role, t["begin_s"], t["end_s"])
                for t in turns.get(row["revision"], ())
            ),
            masks=tuple(
                Mask(m["start"], m["end"], IdentifierType(m["type"]), m["entity"], m["score"], m["why"], m["form"])
                for m in masks.get(row["revision"], ())
            ),
            source_edits=Mapping.from_json(row["source_edits"]) if row["source_edits"] else None,
            questionnaire=row["questionnaire"],
            question=row["question"],
        )


def _grouped(rows: Iterable[sqlite3.Row]) -> dict[int, list[sqlite3.Row]]:
    """By their first column."""
    return {key: list(group) for key, group in groupby(rows, itemgetter(0))}


def moved_turns(turns: Sequence[Turn], mapping: Mapping) -> list[Turn]:
    """The turns of a text, where they stand in the text that `mapping` leads to."""
    moved = mapping.spans(Span(turn.start, turn.end) for turn in turns)
    return [replace(turn, start=m.span.start, end=m.span.end) for turn, m in zip(turns, moved, strict=True)]


def doubts(db: sqlite3.Connection, revision: int) -> list[Doubt]:
    """Passages of a current text that a reviewer should look at, by position."""
    rows = db.execute("SELECT * FROM doubt WHERE revision_id = ? ORDER BY start", (revision,))
    return [Doubt(row["start"], row["end"], row["why"], row["risk"]) for row in rows]


def sources(db: sqlite3.Connection) -> set[str]:
    """Keys of the files that the current texts came from: what the vault holds beside them is left from a crash."""
    return {row["source"] for row in db.execute("SELECT source FROM revision WHERE text IS NOT NULL AND source <> ''")}


def entities(db: sqlite3.Connection) -> set[str]:
    """Keys of the book of names that stand in a current text."""
    return {row["entity"] for row in db.execute("SELECT DISTINCT entity FROM mask")}


def _new_codes(db: sqlite3.Connection, letter: str, count: int) -> list[str]:
    """The codes after the highest that was ever given: E001. That of an erased text stays its own."""
    rows = db.execute("SELECT code FROM interview").fetchall()
    numbers = [int(row["code"][1:]) for row in rows if row["code"][0] == letter and row["code"][1:].isdecimal()]
    last = db.execute("SELECT number FROM last_number WHERE letter = ?", (letter,)).fetchone()
    first = max([*numbers, *(last or ())], default=0) + 1
    db.execute("INSERT OR REPLACE INTO last_number VALUES (?, ?)", (letter, first + count - 1))
    return [f"{letter}{number:03d}" for number in range(first, first + count)]


def edits_since(db: sqlite3.Connection, uid: str) -> tuple[int, Mapping] | None:
    """(row of the current revision, mapping) from the text of revision `uid` to it; None when `uid` is unknown."""
    row = db.execute("SELECT id FROM revision WHERE uid = ?", (uid,)).fetchone()
    if row is None:
        return None
    current, mapping = int(row["id"]), Mapping()
    while True:
        child = db.execute("SELECT id, edits FROM revision WHERE parent_id = ?", (current,)).fetchone()
        if child is None:
            return current, mapping
        current, mapping = int(child["id"]), mapping.then(Mapping.from_json(child["edits"]))


def late_names_pending(db: sqlite3.Connection) -> bool:
    """Whether an import ended before it had looked for its new names in the texts stored before."""
    return db.execute("SELECT 1 FROM pending WHERE task = 'late names'").fetchone() is not None


def set_late_names_pending(db: sqlite3.Connection, pending: bool) -> None:
    """Said with each text stored; taken back when the older texts have been looked through."""
    if pending:
        db.execute("INSERT OR IGNORE INTO pending VALUES ('late names')")
    else:
        db.execute("DELETE FROM pending WHERE task = 'late names'")
