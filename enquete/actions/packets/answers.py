"""Files of codings that packets give back: opened, checked, merged as the coding page's server would have."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from enquete.actions.coding.coders import check_coder
from enquete.actions.coding.entries import Received, prepared, put_prepared
from enquete.actions.coding.page import CodingPage
from enquete.actions.packets.lines import Answered, answer_lines, impossible_line
from enquete.actions.packets.phrases import known_phrase
from enquete.actions.results import Result
from enquete.actions.study import Study
from enquete.coding.entries import Entry
from enquete.errors import EnqueteError, Problem, system_reason
from enquete.page.sealing import LARGEST, Header, derive, read_sealed, unseal
from enquete.store.codings import record
from enquete.store.database import transaction
from enquete.store.interviews import interviews
from enquete.store.packets import StoredPacket, note_answer, packets, study_uid
from enquete.store.page import interviews_of, set_place, settled_names


@dataclass(frozen=True, slots=True)
class Answer:
    """A file of codings, opened. packet: None when the study no longer knows it (an older copy of its database).

    broken: entries that could not be read. places: index of the furthest turn seen, by interview.
    """

    name: str
    coder: str
    packet: StoredPacket | None
    entries: tuple[Entry, ...]
    broken: int
    places: dict[str, int]


class _TrialError(Exception):
    """Ends a trial: what was done in the transaction is undone."""


def take_back(study: Study, files: Sequence[Path], *, try_only: bool, detail: bool = False) -> Result:
    """Merges these files, all in one transaction; a file that can't be opened hides no other one.

    try_only: says exactly what would be done, and changes nothing. detail: a line for each action.
    Entries come in by uid, so that a file taken back again, or an older one after a newer one, changes nothing.
    """
    result = Result()
    page = CodingPage(study)
    with study.database() as db:
        door = _Door(study_uid(db), packets(db), study)
        settled = settled_names(db)
    answers = []
    for file in dict.fromkeys(files):
        try:
            answers.append(door.open(file, settled))
        except EnqueteError as error:
            result.problems.append(str(error))
    with study.database() as db:
        ready = [prepared(page, db, answer.coder, answer.entries) for answer in answers]
    try:
        with study.database() as db, transaction(db):
            for answer, entries in zip(answers, ready, strict=True):
                _merge(page, db, answer, entries, result, detail)
            if try_only:
                raise _TrialError
    except _TrialError:
        result.lines.append("Essai : rien n'est enregistré.")
    else:
        result.lines += ["Enregistré dans l'étude."] if answers else []
    return result


def _merge(
    page: CodingPage, db: sqlite3.Connection, answer: Answer, entries: Sequence[Entry], result: Result, detail: bool
) -> None:
    received = put_prepared(page, db, answer.coder, entries)
    theirs = {one.code: one for one in interviews_of(db, answer.coder)}
    for code, turn in answer.places.items():
        if code in theirs:
            last = len(page.theirs(db, answer.coder, code)[1].turns) - 1
            set_place(db, answer.coder, code, min(turn, last))
    if answer.packet is not None:
        note_answer(db, answer.packet.uid, len(answer.entries))
    counts = " ".join(f"{kind}={count}" for kind, count in _counts(received).items())
    record(db, "reprendre un paquet", counts)
    coded = {one.code for one in interviews_of(db, answer.coder) if one.coded}
    known = {interview.code: interview for interview in interviews(db)}
    told = Answered(answer.name, answer.coder, answer.packet, answer.broken, coded, known)
    result.lines += answer_lines(told, received, detail=detail)
    if impossible := impossible_line(told, received):
        result.problems.append(impossible)


def _counts(received: Received) -> dict[str, int]:
    found: dict[str, int] = {}
    for one in received.arrived:
        found[one.arrival.value] = found.get(one.arrival.value, 0) + 1
    return found


@dataclass(slots=True)
class _Door:
    """Opens files of codings of one study; a phrase is asked once a packet."""

    study_uid: str
    packets: dict[str, StoredPacket]
    study: Study
    _keys: dict[Header, bytes] = field(default_factory=dict)

    def open(self, file: Path, settled: Iterable[str]) -> Answer:
        """Raises EnqueteError: FILE_*, SEAL_*, PACKET_*, UNKNOWN_CODER."""
        sealed = read_sealed(_bytes(file), "codages", file.name)
        header = sealed.header
        if header.study != self.study_uid:
            raise EnqueteError(Problem.PACKET_OTHER_STUDY, where=file.name)
        packet = self.packets.get(header.packet)
        coder = self._coder(header, packet, file.name)
        if coder in settled:
            raise EnqueteError(Problem.PAGE_SETTLED_CODER, where=file.name, name=coder)
        content = unseal(sealed, lambda header: self._key(header, file.name), file.name)
        entries, broken = _entries(content.get("entries"))
        return Answer(file.name, coder, packet, entries, broken, _places(content.get("places")))

    def _coder(self, header: Header, packet: StoredPacket | None, where: str) -> str:
        """Their code of today: it may have been changed since the packet was made."""
        if packet is None:
            check_coder(self.study.config, header.coder)
            return header.coder
        if packet.output.holder != header.coder:
            raise EnqueteError(Problem.PACKET_OTHER_CODER, where=where, named=header.coder, coder=packet.output.holder)
        return packet.coder

    def _key(self, header: Header, where: str) -> bytes:
        if header not in self._keys:
            self._keys[header] = derive(known_phrase(header.coder, where), header)
        return self._keys[header]


def _bytes(file: Path) -> bytes:
    try:
        if file.stat().st_size > LARGEST:
            raise EnqueteError(Problem.SEAL_LARGE, where=file.name, megabytes=LARGEST // 1_000_000)
        return file.read_bytes()
    except FileNotFoundError as error:
        raise EnqueteError(Problem.FILE_NOT_FOUND, where=str(file)) from error
    except IsADirectoryError as error:
        raise EnqueteError(Problem.NOT_A_FILE, where=str(file)) from error
    except OSError as error:
        raise EnqueteError(Problem.FILE_UNREADABLE, where=f"{file} ({system_reason(error)})") from error


def _entries(listed: Any) -> tuple[tuple[Entry, ...], int]:
    """The entries that can be read, each once, in the order of their making; and how many can't."""
    found: dict[str, Entry] = {}
    broken = 0
    for one in listed if isinstance(listed, list) else []:
        try:
            entry = Entry.model_validate(one)
        except ValidationError:
            broken += 1
        else:
            found.setdefault(entry.uid, entry)
    return tuple(found.values()), broken


def _places(listed: Any) -> dict[str, int]:
    told = listed.items() if isinstance(listed, dict) else ()
    return {code: turn for code, turn in told if isinstance(turn, int) and turn >= 0}
