"""Pieces as Markdown files in the study: written for people to edit, and taken in when they have changed.

What a file said when it was written is kept (`departure`): a field that the file alone changed is taken in, one that
the study alone changed stays, and what both changed is left to a person. A file is written anew once it is taken in, so
that no name typed in it stays there.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
import zlib
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from enquete.actions.coding.coders import check_name
from enquete.actions.findings.desk import Placed, Told, checked, known, masked, piece_named, place, texts_of
from enquete.actions.findings.pieces import told_faults
from enquete.actions.study import Study
from enquete.actions.writing import write_whole
from enquete.errors import EnqueteError, Problem
from enquete.findings.written.checking import FieldError
from enquete.findings.written.fields import FIELDS
from enquete.findings.written.markdown import SIDES, Written, read, write
from enquete.findings.written.merging import Changes, compare
from enquete.findings.written.pieces import Piece
from enquete.findings.written.types import Evidence, PieceKind
from enquete.readers.encoding import decode, file_bytes
from enquete.store.codings import record
from enquete.store.database import transaction
from enquete.store.interviews import Interview
from enquete.store.pieces import add_piece, choose, depart, departed, give_up, pieces, say
from enquete.vault import Vault
from enquete.wording import n

FOLDERS: Mapping[PieceKind, str] = {
    PieceKind.FINDING: "constats",
    PieceKind.RECOMMENDATION: "recommandations",
    PieceKind.TYPE: "types",
    PieceKind.ASSESSMENT: "bilan",
    PieceKind.REPLY: "retours",
}
Choice = Literal["", "fichier", "etude"]
_KIND = "markdown"
_AUTHOR = "fichier"  # who writes, where the file names nobody
_SIDE_NAMES = {side: name for name, side in SIDES.items()}


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
        path = _path(study, piece)
        with study.database() as db:
            edited = path.is_file() and not _as_left(db, path)
        if edited:
            yield f"{path.relative_to(study.folder)} a été modifié : il reste ainsi jusqu'à ce qu'il soit repris."
            continue
        _write(study, piece)
        yield f"{path.relative_to(study.folder)}"


@dataclass(slots=True)
class _Back:
    """A file that people changed. placed: its quotations; changes: fields to take in."""

    path: Path
    written: Written
    piece: Piece | None
    values: dict[str, str] = field(default_factory=dict)
    placed: list[Placed] = field(default_factory=list)
    changes: Changes[str] = field(default_factory=Changes)
    dropped: list[int] = field(default_factory=list)


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
    Raises EnqueteError: PIECE_FILES naming every fault of one kind of pieces, PIECE_CONFLICTS; nothing of that kind is
    taken in then.
    """
    if by:
        check_name(by)
    lines = []
    for kind in kinds:  # findings first: the others may name them
        found = list(_changed(study, kind, files))
        faults = [fault for back in found for fault in _understood(study, vault, back, kind)]
        if faults:
            raise EnqueteError(Problem.PIECE_FILES, faults=told_faults(faults))
        if not take:
            _refuse_conflicts(found)
        for back in found:
            code = _take(study, back, kind, take, by)
            lines.append(_told(back, code))
    if not files:
        refresh_files(study, kinds)
    return lines


def _changed(study: Study, kind: PieceKind, files: Collection[Path]) -> Iterator[_Back]:
    """The files that do not say what they said when the program wrote them."""
    wanted = {path.resolve() for path in files}
    for path in sorted((study.folder / FOLDERS[kind]).glob("*.md")):
        if wanted and path.resolve() not in wanted:
            continue
        with study.database() as db:
            if _as_left(db, path):
                continue
        yield _Back(path, read(decode(file_bytes(path))[0], kind), None)


def _understood(study: Study, vault: Vault, back: _Back, kind: PieceKind) -> Iterator[Told]:
    """Fills in what a file brings; gives its faults."""
    name = f"{back.path.parent.name}/{back.path.name}"
    yield from (Told(f"{name}, ligne {line}", message) for line, message in back.written.faults)
    with study.database() as db:
        knowing, texts = known(study, db), texts_of(db)
        back.written.code = back.written.code or _given_before(db, back.path)
        if back.written.code:
            back.piece = next((one for one in pieces(db, kind) if one.code == back.written.code), None)
            if back.piece is None:
                yield Told(f"{name}, ligne 1", f"le code {back.written.code} n'est pas dans l'étude")
        left = _left(db, back.path)
    places = {field_: f"{name}, ligne {line}" for field_, line in back.written.lines.items()}
    values, faults = checked(kind, back.written.values, knowing, places)
    yield from faults
    yield from _placed(texts, back, name)
    now = {one.name: back.piece.get(one.name) for one in FIELDS[kind]} if back.piece else {}
    new = {key: text for key, text in values.items() if text != now.get(key, "") and text != left.get(key, "")}
    back.values = {**values, **masked(study, vault, kind, new)}
    back.changes = compare(left if back.piece else {}, now, back.values)
    back.dropped = _given_up(back, left)


def _placed(texts: Sequence[Interview], back: _Back, name: str) -> Iterator[Told]:
    """Quotations that the piece already has are known by their words; the others are looked for in the texts."""
    held = {_signature(one) for one in back.piece.evidence} if back.piece else set()
    for cited in back.written.cited:
        if (cited.side, cited.interview, cited.turn, cited.words) in held:
            continue
        try:
            back.placed.append(place(texts, cited))
        except FieldError as error:
            yield Told(f"{name}, ligne {cited.line}", str(error))


def _signature(one: Evidence) -> tuple[object, ...]:
    return one.side, one.interview, one.turn + 1, " ".join(one.text.split())


def _given_up(back: _Back, left: Mapping[str, str]) -> list[int]:
    """Quotations that stood in the file when it was written, and that its author took out."""
    if back.piece is None:
        return []
    kept = {(c.side, c.interview, c.turn, c.words) for c in back.written.cited}
    stood = {int(number) for number in left.get("", "").split(",") if number}
    return [one.id for one in back.piece.evidence if one.id in stood and _signature(one) not in kept]


def _refuse_conflicts(backs: Sequence[_Back]) -> None:
    told = []
    for back in backs:
        for name, conflict in back.changes.conflicts.items():
            told.append(f"{back.written.code}, {name}\n    étude   : {conflict.now}\n    fichier : {conflict.back}")
    if told:
        raise EnqueteError(Problem.PIECE_CONFLICTS, conflicts="".join(f"\n  {one}" for one in told))


def _take(study: Study, back: _Back, kind: PieceKind, take: Choice, by: str) -> str:
    """Into the database, then the file anew; killed between the two, the next command does the same again."""
    values = dict(back.changes.taken)
    if take == "fichier":
        values |= {name: conflict.back for name, conflict in back.changes.conflicts.items()}
    author = by or back.values.get("author", "").split(",")[0].strip() or _AUTHOR
    with study.database() as db, transaction(db):
        code = back.piece.code if back.piece else add_piece(db, kind)
        say(db, kind, code, values, author)
        for placed in back.placed:
            choose(db, kind, code, placed.side, placed.interview, placed.span.start, placed.span.end, author)
        give_up(db, back.dropped)
        depart(db, _new_mark(back.path), _KIND, "équipe", code.encode())
        record(db, "pièces reprises", f"champs={len(values)}, citations={len(back.placed)}")
        piece = piece_named(db, kind, code)
    target = _write(study, piece)
    if target != back.path:
        back.path.unlink(missing_ok=True)
    return code


def _told(back: _Back, code: str) -> str:
    name = f"{back.path.parent.name}/{back.path.name}"
    if back.piece is None:
        return f"{name} : {code}, nouveau ; {n('citation', len(back.placed))}."
    parts = [n("champ changé", len(back.changes.taken))] if back.changes.taken else []
    parts += [n("citation ajoutée", len(back.placed))] if back.placed else []
    parts += [n("citation retirée", len(back.dropped))] if back.dropped else []
    return f"{name} : {', '.join(parts) or 'rien à reprendre'}."


def refresh_files(study: Study, kinds: Iterable[PieceKind] = tuple(FOLDERS)) -> list[str]:
    """Files that nobody changed follow the study: words masked or taken back since do not stay in them.

    Gives lines to print for those that people changed, which may still hold such words.
    """
    lines = []
    for kind in kinds:
        paths = sorted((study.folder / FOLDERS[kind]).glob("*.md"))
        if not paths:
            continue
        with study.database() as db:
            every = {piece.code: piece for piece in pieces(db, kind)}
            left = {path: _as_left(db, path) for path in paths}
        for path in paths:
            piece = every.get(path.stem)
            if not left[path]:
                name = f"{path.parent.name}/{path.name}"
                lines.append(f"{name} a été modifié : il peut encore contenir ces mots ; reprenez-le ou effacez-le.")
            elif piece is None:
                path.unlink()
            elif write(piece).encode() != path.read_bytes():
                _write(study, piece)
    return lines


# --- what files said when they were written


def _path(study: Study, piece: Piece) -> Path:
    return study.folder / FOLDERS[piece.kind] / f"{piece.code}.md"


def _write(study: Study, piece: Piece) -> Path:
    """The file of a piece, and what it says."""
    path, text = _path(study, piece), write(piece)
    said = {one.name: piece.get(one.name) for one in FIELDS[piece.kind]}
    said[""] = ",".join(str(one.id) for one in piece.evidence)
    body = json.dumps({"digest": _digest(text.encode()), "said": said}, ensure_ascii=False, sort_keys=True)
    write_whole(path, text.encode())
    with study.database() as db, transaction(db):
        depart(db, _mark(path), _KIND, "équipe", zlib.compress(body.encode()))
    return path


def _as_left(db: sqlite3.Connection, path: Path) -> bool:
    body = departed(db, _mark(path))
    return body is not None and json.loads(zlib.decompress(body))["digest"] == _digest(file_bytes(path))


def _left(db: sqlite3.Connection, path: Path) -> dict[str, str]:
    body = departed(db, _mark(path))
    return dict(json.loads(zlib.decompress(body))["said"]) if body is not None else {}


def _mark(path: Path) -> str:
    return f"{_KIND}:{path.parent.name}/{path.name}"


def _new_mark(path: Path) -> str:
    """Of the content of a file: the same one is not taken for another new piece after a command was killed."""
    return f"{_KIND}:{_digest(file_bytes(path))}"


def _given_before(db: sqlite3.Connection, path: Path) -> str:
    body = departed(db, _new_mark(path))
    return body.decode() if body is not None else ""


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
