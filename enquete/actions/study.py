"""Creating a study folder and opening it."""

from __future__ import annotations

import secrets
import shutil
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from enquete import config, kits
from enquete.actions.writing import write_whole
from enquete.errors import EnqueteError, Problem
from enquete.store import database
from enquete.store.code_changes import codebook_written, unwritten_codebooks
from enquete.vault import FOLDER, Vault, create_key

FORMER = ".avant"  # ends the name of a codebook kept as it was before another took its place

_SYNCED = (
    "dropbox",
    "onedrive",
    "google drive",
    "googledrive",
    "icloud",
    "nextcloud",
    "owncloud",
    "ksuite",
    "megasync",
)
_NETWORK = {"nfs", "nfs4", "cifs", "smb3", "smbfs", "fuse.sshfs", "9p", "afs", "fuse.rclone", "davfs", "fuse.davfs2"}


@dataclass(frozen=True, slots=True)
class Study:
    """A study folder, found and read. key: the identity file that the user named, if any."""

    folder: Path
    config: config.StudyConfig
    key: Path | None = None

    @contextmanager
    def database(self) -> Iterator[sqlite3.Connection]:
        """The open database; reads need no transaction, writes use `store.database.transaction`."""
        path = self.folder / database.FILE_NAME
        if not path.is_file():
            raise EnqueteError(Problem.NO_DATABASE, where=path.name)
        with database.opened(path) as connection:
            yield connection

    def vault(self) -> Vault:
        """The vault, opened with the key. Raises EnqueteError when there is none that fits."""
        return Vault.open(self.folder / FOLDER, self.key)

    def version_path(self, name: str, version: int) -> Path:
        """Where a version of a codebook is kept. name: of its file, without « .yaml »."""
        return self.folder / "codebooks" / "versions" / f"{name}-v{version}.yaml"

    def finish_codebooks(self) -> None:
        """Writes the files that a killed command left behind the database."""
        if not (self.folder / database.FILE_NAME).is_file():
            return
        with self.database() as db:
            if not unwritten_codebooks(db):
                return
            with database.transaction(db):  # another command may be finishing it
                for name, version in unwritten_codebooks(db):
                    self.write_codebook(name, version)
                    codebook_written(db, name)

    def write_codebook(self, name: str, version: int) -> None:
        """Puts a version that is kept in the place of the codebook's file; one changed by hand is set aside."""
        folder = self.folder / "codebooks"
        path = next(
            (p for p in (folder / f"{name}.yaml", folder / f"{name}.yml") if p.is_file()), folder / f"{name}.yaml"
        )
        new = self.version_path(name, version).read_bytes()
        former = self.version_path(name, version - 1)
        known = {new, former.read_bytes() if former.is_file() else b""}
        if path.is_file() and path.read_bytes() not in known:
            write_whole(path.with_name(f"{name}{FORMER}{path.suffix}"), path.read_bytes())
        write_whole(path, new)

    def codebook_paths(self) -> list[Path]:
        """The study's own codebooks: those that enquete.toml names, in its order, or all of them.

        A change that a killed command left between the database and the file is finished first.
        """
        self.finish_codebooks()
        return self.codebook_files()

    def codebook_files(self) -> list[Path]:
        """The same files as they stand, without looking at the database."""
        folder = self.folder / "codebooks"
        paths = sorted([*folder.glob("*.yaml"), *folder.glob("*.yml")])
        found = {path.stem: path for path in paths if not path.stem.endswith(FORMER)}
        if not self.config.codebooks:
            return list(found.values())
        for name in self.config.codebooks:
            if name not in found:
                known = ", ".join(found) or "aucune"
                raise EnqueteError(Problem.UNKNOWN_CODEBOOK, where=config.FILE_NAME, name=name, known=known)
        return [found[name] for name in self.config.codebooks]


def open_study(folder: Path | None, key: Path | None = None) -> Study:
    """The study in `folder`, or around the current folder. Raises EnqueteError(NO_STUDY and what config.load does)."""
    found = config.find_study(folder or Path.cwd())
    return Study(found, config.load(found / config.FILE_NAME), key)


@dataclass(frozen=True, slots=True)
class NewStudy:
    """What was made, and where its key lies."""

    folder: Path
    key: Path
    copied: tuple[str, ...]


def create_study(folder: Path, kit_names: Sequence[str], name: str | None = None) -> NewStudy:
    """A new study folder with its kits' files, its empty database and vault; its key outside.

    Raises EnqueteError: STUDY_EXISTS, FOLDER_NOT_EMPTY, UNKNOWN_KIT, SYNCED_FOLDER.
    """
    folder = folder.resolve()
    known = kits.kits()
    for kit in kit_names:
        if kit not in known:
            raise EnqueteError(Problem.UNKNOWN_KIT, name=kit, known=", ".join(known), exit_code=2)
    if (folder / config.FILE_NAME).exists():
        raise EnqueteError(Problem.STUDY_EXISTS, where=str(folder))
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise EnqueteError(Problem.FOLDER_NOT_EMPTY, where=str(folder))
    refuse_shared(folder)
    name = name or folder.name
    # Built beside its place and renamed at the end: a killed process leaves no half study.
    building = folder.with_name(f".{folder.name}.{secrets.token_hex(4)}.tmp")
    building.mkdir(parents=True, mode=0o700)
    try:
        copied = tuple(_copy_kits(building, kit_names))
        (building / config.FILE_NAME).write_text(config.template(name, kit_names), encoding="utf-8")
        key, public = create_key(folder.name)
        Vault.create(building / FOLDER, [public])
        with database.opened(building / database.FILE_NAME):
            pass
        (building / "exports").mkdir()
        if folder.exists():
            folder.rmdir()
        building.rename(folder)
    except BaseException:
        shutil.rmtree(building, ignore_errors=True)
        raise
    return NewStudy(folder, key, copied)


def _copy_kits(folder: Path, kit_names: Iterable[str]) -> Iterator[str]:
    for part in kits.PARTS:
        (folder / part).mkdir()
    for part, path in kits.shared_files():
        shutil.copyfile(path, folder / part / path.name)
        yield f"{part}/{path.name}"
    for kit in kit_names:
        for part, path in kits.kit_files(kit):
            target = folder / part / path.name
            if target.exists():
                target = target.with_name(f"{kit}-{path.name}")
            shutil.copyfile(path, target)
            yield f"{part}/{target.name}"


def refuse_shared(folder: Path) -> None:
    """Raises EnqueteError(SYNCED_FOLDER): a copy made in the middle of a write would lose codings, and names travel."""
    for part in folder.parts:
        if any(part.lower().startswith(name) for name in _SYNCED):
            raise EnqueteError(Problem.SYNCED_FOLDER, where=str(folder), what=part)
    system = _file_system(folder)
    if system in _NETWORK:
        raise EnqueteError(Problem.SYNCED_FOLDER, where=str(folder), what=system)


def _file_system(folder: Path) -> str:
    """The type of the file system that holds a folder, where the system tells (Linux)."""
    try:
        mounts = Path("/proc/mounts").read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return ""
    best, system = "", ""
    for line in mounts:
        _, point, kind, *_ = line.split(" ")
        point = point.replace("\\040", " ")
        if len(point) >= len(best) and (folder == Path(point) or Path(point) in folder.parents):
            best, system = point, kind
    return system
