"""The Markdown files of pieces in the study, and what each said when the program wrote it (`departure`)."""

from __future__ import annotations

import hashlib
import json
import sqlite3
import unicodedata
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from enquete.actions.study import Study
from enquete.actions.writing import write_whole
from enquete.findings.written.fields import FIELDS
from enquete.findings.written.markdown import Cited, write
from enquete.findings.written.pieces import Piece
from enquete.findings.written.types import Evidence, PieceKind
from enquete.readers.encoding import file_bytes
from enquete.store.database import transaction
from enquete.store.pieces import depart, departed, forget_departure, pieces

FOLDERS: Mapping[PieceKind, str] = {
    PieceKind.FINDING: "constats",
    PieceKind.RECOMMENDATION: "recommandations",
    PieceKind.TYPE: "types",
    PieceKind.ASSESSMENT: "bilan",
    PieceKind.REPLY: "retours",
}
_KIND = "markdown"


@dataclass(frozen=True, slots=True)
class Left:
    """What a file said when it was written. values: by name of field; quotations: key of each -> its numbers."""

    digest: str = ""
    values: Mapping[str, str] = field(default_factory=dict)
    quotations: Mapping[str, list[int]] = field(default_factory=dict)


def paths_of(study: Study, kind: PieceKind) -> list[Path]:
    """The files of a kind, without those that a system or an editor hides beside them."""
    found = sorted((study.folder / FOLDERS[kind]).glob("*.md"))
    return [path for path in found if path.is_file() and not path.name.startswith((".", "~"))]


def path_of(study: Study, kind: PieceKind, code: str) -> Path:
    """Where the file of a piece stands."""
    return study.folder / FOLDERS[kind] / f"{code}.md"


def shown_path(path: Path) -> str:
    """« constats/C01.md »."""
    return f"{path.parent.name}/{path.name}"


def write_file(study: Study, piece: Piece) -> Path:
    """The file first: killed before what it says is kept, it is compared with the study and found the same."""
    path, text = path_of(study, piece.kind, piece.code), write(piece)
    quotations: dict[str, list[int]] = {}
    for one in piece.evidence:
        quotations.setdefault(evidence_key(one), []).append(one.id)
    said = {one.name: piece.get(one.name) for one in FIELDS[piece.kind]}
    body = {"digest": _digest(text.encode()), "said": said, "quotations": quotations}
    write_whole(path, text.encode())
    with study.database() as db, transaction(db):
        told = json.dumps(body, ensure_ascii=False, sort_keys=True)
        depart(db, _mark(path), _KIND, "équipe", zlib.compress(told.encode()))
    return path


def left(db: sqlite3.Connection, path: Path) -> Left | None:
    """None for a file that the program did not write."""
    body = departed(db, _mark(path))
    if body is None:
        return None
    told = json.loads(zlib.decompress(body))
    return Left(told["digest"], told["said"], told.get("quotations", {}))


def as_left(db: sqlite3.Connection, path: Path) -> bool:
    """Whether nobody has changed a file since the program wrote it."""
    told = left(db, path)
    return told is not None and told.digest == _digest(file_bytes(path))


def refresh_files(study: Study, kinds: Iterable[PieceKind] = tuple(FOLDERS)) -> list[str]:
    """Files that nobody changed follow the study: words masked or taken back since do not stay in them.

    Gives lines to print for those that people changed, which may still hold such words.
    """
    lines = []
    for kind in kinds:
        paths = paths_of(study, kind)
        if not paths:
            continue
        with study.database() as db:
            every = {piece.code: piece for piece in pieces(db, kind)}
            untouched = {path: as_left(db, path) for path in paths}
        for path in paths:
            piece = every.get(path.stem)
            if not untouched[path]:
                lines.append(
                    f"{shown_path(path)} a été modifié : il peut encore contenir ces mots ; reprenez-le ou effacez-le."
                )
            elif piece is None:
                _forget(study, path, _mark(path))
            elif write(piece).encode() != file_bytes(path):
                write_file(study, piece)
    return lines


# --- quotations in a file


def cited_key(one: Cited) -> str:
    """Of a quotation as a file names it: a hash, since what files said is kept without a word of a text."""
    words = " ".join(unicodedata.normalize("NFC", one.words).split())
    return _digest(f"{one.side} {one.interview} {one.turn} {words}".encode())[:20]


def evidence_key(one: Evidence) -> str:
    """The same, of a quotation as the program writes it."""
    return cited_key(Cited(one.side, one.interview, one.turn + 1, one.text))


# --- new files: a command killed after the piece was begun must not begin it again


def given_before(db: sqlite3.Connection, path: Path) -> str:
    """Code of the piece that was begun from a new file; empty for one never seen."""
    body = departed(db, _new_mark(path))
    return body.decode() if body is not None else ""


def begun(db: sqlite3.Connection, path: Path, code: str) -> None:
    """Notes, where the piece is begun, from which file."""
    depart(db, _new_mark(path), _KIND, "équipe", code.encode())


def replaced(study: Study, path: Path) -> None:
    """The file that the program wrote stands for the one that people put there: theirs goes."""
    _forget(study, path, _new_mark(path))


def _forget(study: Study, path: Path, mark: str) -> None:
    path.unlink()
    with study.database() as db, transaction(db):
        forget_departure(db, mark)


def _mark(path: Path) -> str:
    return f"{_KIND}:{path.parent.name}/{path.name}"


def _new_mark(path: Path) -> str:
    return f"{_KIND}:{_digest(file_bytes(path))}"


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
