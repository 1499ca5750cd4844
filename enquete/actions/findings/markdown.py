"""Pieces as Markdown files in the study: written for people to edit, and taken in when they have changed.

What a file said when it was written is kept (`departure`): a field that the file alone changed is taken in, one that
the study alone changed stays, and what both changed is left to a person. A file is written anew once it is taken in, so
that no name typed in it stays there.
"""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from enquete.actions.coding.coders import check_name
from enquete.actions.findings.desk import Placed, Told, checked, known, masked, piece_named, place, texts_of
from enquete.actions.findings.files import (
    FOLDERS,
    Left,
    as_left,
    begun,
    cited_key,
    evidence_key,
    given_before,
    left,
    path_of,
    paths_of,
    refresh_files,
    replaced,
    shown_path,
    write_file,
)
from enquete.actions.findings.pieces import told_faults
from enquete.actions.study import Study
from enquete.errors import EnqueteError, Problem
from enquete.findings.written.checking import FieldError, Known
from enquete.findings.written.fields import FIELDS, field_of
from enquete.findings.written.markdown import Written, code_in, read
from enquete.findings.written.merging import Changes, compare
from enquete.findings.written.pieces import Piece
from enquete.findings.written.types import PieceKind
from enquete.readers.encoding import decode, file_bytes
from enquete.store.codings import record
from enquete.store.database import transaction
from enquete.store.interviews import Interview
from enquete.store.pieces import add_piece, choose, give_up, pieces, say, was_given
from enquete.vault import Vault
from enquete.wording import n

Choice = Literal["", "fichier", "etude"]
_AUTHOR = "fichier"  # who writes, where the file names nobody


def choice_of(written: str) -> Choice:
    """What somebody types after « --prendre ». Raises EnqueteError(PIECE_CHOICE)."""
    plain = written.strip().casefold().replace("é", "e")
    if plain == "fichier":
        return "fichier"
    if plain == "etude":
        return "etude"
    if plain:
        raise EnqueteError(Problem.PIECE_CHOICE, written=written[:20], exit_code=2)
    return ""


def write_files(study: Study, kind: PieceKind, codes: Sequence[str]) -> Iterator[str]:
    """Writes pieces (all by default) to be edited, and gives lines to print; a file that people changed is kept.

    Raises EnqueteError: PIECE_UNKNOWN and what `write_whole` does.
    """
    with study.database() as db:
        chosen = [piece_named(db, kind, code) for code in codes] or pieces(db, kind)
    for piece in chosen:
        path = path_of(study, piece.kind, piece.code)
        with study.database() as db:
            edited = path.is_file() and not as_left(db, path)
        if edited:
            yield f"{shown_path(path)} a été modifié : il reste ainsi jusqu'à ce qu'il soit repris."
            continue
        yield shown_path(write_file(study, piece))


@dataclass(slots=True)
class _Back:
    """A file that people changed. placed: its new quotations; dropped: numbers of those that it holds no longer;
    changes: fields to take in.
    """

    path: Path
    written: Written
    piece: Piece | None = None
    values: dict[str, str] = field(default_factory=dict)
    placed: list[Placed] = field(default_factory=list)
    changes: Changes[str] = field(default_factory=Changes)
    dropped: list[int] = field(default_factory=list)

    @property
    def name(self) -> str:
        return shown_path(self.path)


@dataclass(frozen=True, slots=True)
class _Desk:
    """What the files of a kind are read against."""

    study: Study
    vault: Vault
    kind: PieceKind
    known: Known
    texts: Sequence[Interview]

    @classmethod
    def at(cls, study: Study, vault: Vault, kind: PieceKind) -> _Desk:
        with study.database() as db:
            return cls(study, vault, kind, known(study, db), texts_of(db))


def take_in_markdown(
    study: Study,
    vault: Vault,
    kinds: Collection[PieceKind] = tuple(FOLDERS),
    files: Collection[Path] = (),
    take: Choice = "",
    by: str = "",
) -> list[str]:
    """Takes in the files that people changed (all of them, or `files`), and gives lines to print; none when none did.

    take: what to do where the file and the study both changed a field.
    Raises EnqueteError: PIECE_FILES naming every fault of one kind of pieces, PIECE_CONFLICTS, PIECE_FILE_ELSEWHERE;
    nothing of that kind is taken in then.
    """
    if by:
        check_name(by)
    lines = []
    for kind in kinds:  # findings first: the others may name them
        found = list(_changed(study, kind, _chosen(study, kind, files)))
        desk = _Desk.at(study, vault, kind) if found else None
        faults = [fault for back in found for fault in _understood(desk, back)] if desk else []
        faults += _in_each_other_s_way(study, found, kind)
        if faults:
            raise EnqueteError(Problem.PIECE_FILES, faults=told_faults(faults))
        if not take:
            _refuse_conflicts(found, kind)
        found.sort(key=lambda back: not back.written.code)  # a new code is none of those that files have
        lines += [_take(study, back, kind, take, by) for back in found]
    if not files:
        refresh_files(study, kinds)
    return lines


def _chosen(study: Study, kind: PieceKind, files: Collection[Path]) -> list[Path]:
    """The files to look at. Raises EnqueteError(PIECE_FILE_ELSEWHERE) for one that is not in the folder of its kind."""
    every = paths_of(study, kind)
    if not files:
        return every
    by_place = {path.resolve(): path for path in every}
    chosen = []
    for file in files:
        path = by_place.get(file.resolve()) or by_place.get((study.folder / FOLDERS[kind] / file).resolve())
        if path is None:
            raise EnqueteError(Problem.PIECE_FILE_ELSEWHERE, where=file.name, folder=FOLDERS[kind], exit_code=2)
        chosen.append(path)
    return list(dict.fromkeys(chosen))


def _changed(study: Study, kind: PieceKind, paths: Sequence[Path]) -> Iterator[_Back]:
    """The files that do not say what they said when the program wrote them."""
    with study.database() as db:
        changed = [path for path in paths if not as_left(db, path)]
    yield from (_Back(path, read(decode(file_bytes(path))[0], kind)) for path in changed)


def _understood(desk: _Desk, back: _Back) -> Iterator[Told]:
    """Fills in what a file brings; gives its faults."""
    kind = desk.kind
    yield from (Told(f"{back.name}, ligne {line}", message) for line, message in back.written.faults)
    with desk.study.database() as db:
        told = left(db, back.path) or Left()
        yield from _named(db, back, kind)
    places = {field_: f"{back.name}, ligne {line}" for field_, line in back.written.lines.items()}
    values, faults = checked(kind, back.written.values, desk.known, places)
    yield from faults
    yield from _compare_quotations(desk.texts, back, told)
    now = {one.name: back.piece.get(one.name) for one in FIELDS[kind]} if back.piece else {}
    new = {key: text for key, text in values.items() if text != now.get(key, "") and text != told.values.get(key, "")}
    back.values = {**values, **masked(desk.study, desk.vault, kind, new)}
    back.changes = compare(told.values if back.piece else {}, now, back.values)


def _named(db: sqlite3.Connection, back: _Back, kind: PieceKind) -> Iterator[Told]:
    """Which piece a file is of: by the code in its title, else by its name. A code never given is that of a new one."""
    back.written.code = back.written.code or code_in(kind, back.path.stem) or given_before(db, back.path)
    back.piece = next((one for one in pieces(db, kind) if one.code == back.written.code), None)
    if back.piece is None and was_given(db, kind, back.written.code):
        yield Told(
            f"{back.name}, ligne 1",
            f"{back.written.code} a été supprimé, son code ne sert plus : ôtez-le du titre, et du nom du fichier",
        )


def _compare_quotations(texts: Sequence[Interview], back: _Back, told: Left) -> Iterator[Told]:
    """Those that stood in the file when it was written are known by their words, whatever became of them since; the
    others are looked for in the texts.
    """
    stood = {key: list(numbers) for key, numbers in told.quotations.items()} if back.piece else {}
    now = back.piece.evidence if back.piece else ()
    by_key = {evidence_key(one): one.id for one in now}
    by_place = {(one.side, one.interview, one.start, one.end): one.id for one in now}
    kept: set[int] = set()
    for cited in back.written.cited:
        key = cited_key(cited)
        if stood.get(key):
            kept.add(stood[key].pop(0))
        elif key in by_key:
            kept.add(by_key[key])
        else:
            try:
                placed = place(texts, cited)
            except FieldError as error:
                yield Told(f"{back.name}, ligne {cited.line}", str(error))
                continue
            same = by_place.get((placed.side, placed.interview, placed.span.start, placed.span.end))
            if same is None:
                back.placed.append(placed)
            else:
                kept.add(same)
    was = {number for numbers in told.quotations.values() for number in numbers}
    back.dropped = [one.id for one in now if one.id in was and one.id not in kept]


def _in_each_other_s_way(study: Study, found: Sequence[_Back], kind: PieceKind) -> Iterator[Told]:
    """A piece has one file, which is written anew: another one that somebody changed is not lost."""
    times = Counter(back.written.code for back in found if back.written.code)
    for back in found:
        if times[back.written.code] > 1:
            yield Told(back.name, f"un autre fichier modifié est aussi celui de {back.written.code} : gardez-en un")
        elif back.written.code and (other := _in_the_way(study, back, kind, back.written.code)):
            yield Told(back.name, f"{other} a été modifié aussi : gardez-en un")


def _in_the_way(study: Study, back: _Back, kind: PieceKind, code: str) -> str:
    """The file that would be written over, where somebody changed it; empty for none."""
    home = path_of(study, kind, code)
    if home == back.path or not home.is_file():
        return ""
    with study.database() as db:
        return "" if as_left(db, home) else shown_path(home)


def _refuse_conflicts(backs: Sequence[_Back], kind: PieceKind) -> None:
    told = []
    for back in backs:
        for name, conflict in back.changes.conflicts.items():
            label = field_of(kind, name).label
            told.append(f"{back.name}, « {label} »\n    étude   : {conflict.now}\n    fichier : {conflict.back}")
    if told:
        raise EnqueteError(Problem.PIECE_CONFLICTS, conflicts="".join(f"\n  {one}" for one in told))


def _take(study: Study, back: _Back, kind: PieceKind, take: Choice, by: str) -> str:
    """Into the database, then the file anew; killed between the two, the next command does the same again. Gives the
    line to print.
    """
    values = dict(back.changes.taken)
    if take == "fichier":
        values |= {name: conflict.back for name, conflict in back.changes.conflicts.items()}
    author = by or back.values.get("author", "").split(",")[0].strip() or _AUTHOR
    with study.database() as db, transaction(db):
        code = back.piece.code if back.piece else add_piece(db, kind, wanted=back.written.code)
        if other := _in_the_way(study, back, kind, code):  # one that was not asked for
            raise EnqueteError(Problem.PIECE_FILES, faults=told_faults([Told(other, "reprenez-le d'abord")]))
        changed = say(db, kind, code, values, author)
        for placed in back.placed:
            choose(db, kind, code, placed.side, placed.interview, placed.span.start, placed.span.end, author)
        give_up(db, back.dropped)
        if back.piece is None:
            begun(db, back.path, code)
        record(db, "pièces reprises", f"champs={len(values)}, citations={len(back.placed)}")
        piece = piece_named(db, kind, code)
    if write_file(study, piece) != back.path:
        replaced(study, back.path)
    return _told(back, code, len(changed))


def _told(back: _Back, code: str, changed: int) -> str:
    if back.piece is None:
        return f"{back.name} : {code}, nouveau ; {n('citation', len(back.placed))}."
    parts = [n("champ changé", changed)] if changed else []
    parts += [n("citation ajoutée", len(back.placed))] if back.placed else []
    parts += [n("citation retirée", len(back.dropped))] if back.dropped else []
    return f"{back.name} : {', '.join(parts) or 'rien à reprendre'}."
