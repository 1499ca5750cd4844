"""Reads and writes the parts of the vault, each a file that Debian's `age` opens too.

Every file is written whole: encrypted in memory, into a temporary file beside its place, synced, then renamed.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyrage

from enquete.errors import EnqueteError, Problem, system_reason
from enquete.pseudonyms import Entity
from enquete.vault.identities import Identities
from enquete.vault.keys import find_key

FOLDER = "coffre"
_RECIPIENTS = "destinataires.txt"
_IDENTITIES = "identites.age"
_CONTACTS = "contacts.age"
_ORIGINALS = "originaux"
_PROOFS = "preuves"
_FLAGS = "signalements"


@dataclass(frozen=True, slots=True)
class Original:
    """A file as it was imported, with its name."""

    name: str
    data: bytes


class Vault:
    """The vault of one study, opened with a key. Nothing decrypted is written, or outlives the command."""

    def __init__(self, folder: Path, identities: list[pyrage.x25519.Identity]) -> None:
        self._folder = folder
        self._identities = identities
        self._last: tuple[tuple[int, int, int], Identities] | None = None
        self._written: dict[str, tuple[Entity, str]] = {}

    @classmethod
    def create(cls, folder: Path, recipients: Iterable[str]) -> None:
        """An empty vault for these public keys, with a new secret of the study."""
        (folder / _ORIGINALS).mkdir(parents=True)
        _write_whole(folder / _RECIPIENTS, "".join(f"{key}\n" for key in recipients).encode())
        vault = cls(folder, [])
        vault.write_identities(Identities.new())
        vault.write_contacts({})

    @classmethod
    def open(cls, folder: Path, key: Path | None = None) -> Vault:
        """Raises EnqueteError(VAULT_MISSING, VAULT_NO_KEY, VAULT_WRONG_KEY)."""
        return cls(folder, find_key(recipients(folder), key))

    def identities(self) -> Identities:
        """Who is who: the book of names, the files imported, the people's names.

        Read again whenever the file has changed: another command may have written it.
        """
        state = self._state()
        if self._last is None or self._last[0] != state:
            self._last = state, Identities.from_json(self._read_json(_IDENTITIES))
        return self._last[1].copy()

    def write_identities(self, identities: Identities) -> None:
        self._write(_IDENTITIES, identities.dump(self._written))
        self._last = self._state(), identities.copy()

    def _state(self) -> tuple[int, int, int]:
        """Changes whenever the identities are written: each time they are another file."""
        try:
            found = (self._folder / _IDENTITIES).stat()
        except OSError as error:
            raise EnqueteError(Problem.VAULT_MISSING, where=_IDENTITIES) from error
        return found.st_ino, found.st_mtime_ns, found.st_size

    def contacts(self) -> dict[str, Any]:
        """How to reach people, by participant code."""
        return self._read_json(_CONTACTS)

    def write_contacts(self, content: dict[str, Any]) -> None:
        self._write_json(_CONTACTS, content)

    def put_original(self, uid: str, original: Original) -> None:
        """A file as it was imported; uid: the key that the database gives it, letters and figures only."""
        self._put(_ORIGINALS, uid, original)

    def original(self, uid: str) -> Original:
        return self._get(_ORIGINALS, uid)

    def remove_original(self, uid: str) -> None:
        """Takes one original out; nothing happens when it is not there."""
        _remove(self._folder, _ORIGINALS, uid)

    def remove_originals_except(self, known: set[str]) -> None:
        """Sweeps what a killed import left: originals of no text of the database."""
        _sweep(self._folder, _ORIGINALS, known)

    def put_proof(self, uid: str, proof: Original) -> None:
        """A proof of consent (a scan, a recording, a note); uid: the key that the database gives it."""
        self._put(_PROOFS, uid, proof)

    def proof(self, uid: str) -> Original:
        return self._get(_PROOFS, uid)

    def remove_proof(self, uid: str) -> None:
        """Takes one proof out; nothing happens when it is not there."""
        _remove(self._folder, _PROOFS, uid)

    def remove_proofs_except(self, known: set[str]) -> None:
        """Sweeps proofs that no consent of the database names."""
        _sweep(self._folder, _PROOFS, known)

    def flags(self) -> dict[str, dict[str, Any]]:
        """What coders without a key flagged, by the key that each flag was given."""
        return {uid: json.loads(self._read(_path(self._folder, _FLAGS, uid))) for uid in _uids(self._folder, _FLAGS)}

    def remove_flag(self, uid: str) -> None:
        """Takes one flag out; nothing happens when it is not there."""
        _remove(self._folder, _FLAGS, uid)

    def _put(self, part: str, uid: str, file: Original) -> None:
        header = json.dumps({"nom": file.name}, ensure_ascii=False).encode()
        _encrypt(self._folder, _path(self._folder, part, uid), header + b"\n" + file.data)

    def _get(self, part: str, uid: str) -> Original:
        header, _, data = self._read(_path(self._folder, part, uid)).partition(b"\n")
        return Original(json.loads(header)["nom"], data)

    def _read_json(self, name: str) -> dict[str, Any]:
        content: dict[str, Any] = json.loads(self._read(self._folder / name))
        return content

    def _write_json(self, name: str, content: dict[str, Any]) -> None:
        self._write(name, json.dumps(content, ensure_ascii=False, sort_keys=True).encode())

    def _read(self, path: Path) -> bytes:
        try:
            return pyrage.decrypt(path.read_bytes(), self._identities)
        except OSError as error:
            raise EnqueteError(Problem.VAULT_MISSING, where=path.name) from error
        except pyrage.DecryptError as error:
            raise EnqueteError(Problem.VAULT_DAMAGED, where=path.name) from error

    def _write(self, name: str, data: bytes) -> None:
        _encrypt(self._folder, self._folder / name, data)


def put_flag(folder: Path, uid: str, content: dict[str, Any]) -> None:
    """A word that a coder found revealing, for whoever holds a key: writing it needs none.

    folder: the vault's own (`study.folder / FOLDER`). uid: letters and figures. content: what JSON can hold.
    """
    _encrypt(folder, _path(folder, _FLAGS, uid), json.dumps(content, ensure_ascii=False, sort_keys=True).encode())


def _encrypt(folder: Path, path: Path, data: bytes) -> None:
    keys = [pyrage.x25519.Recipient.from_str(key) for key in recipients(folder)]
    path.parent.mkdir(exist_ok=True)
    _write_whole(path, pyrage.encrypt(data, keys))


def _path(folder: Path, part: str, uid: str) -> Path:
    if not re.fullmatch(r"[A-Za-z0-9_-]+", uid):
        raise ValueError("a key of the vault is made of letters and figures")
    return folder / part / f"{uid}.age"


def _uids(folder: Path, part: str) -> list[str]:
    return sorted(path.stem for path in (folder / part).glob("*.age") if not path.name.startswith("."))


def _remove(folder: Path, part: str, uid: str) -> None:
    path = _path(folder, part, uid)
    path.unlink(missing_ok=True)
    if path.parent.is_dir():
        _sync_folder(path.parent)


def _sweep(folder: Path, part: str, known: set[str]) -> None:
    for path in (folder / part).glob("*"):
        if path.name.removesuffix(".age") not in known:
            path.unlink()


def recipients(folder: Path) -> list[str]:
    """The public keys that the vault is encrypted for. Raises EnqueteError(VAULT_MISSING)."""
    try:
        lines = (folder / _RECIPIENTS).read_text(encoding="utf-8").split()
    except OSError as error:
        raise EnqueteError(Problem.VAULT_MISSING, where=f"{folder.name}/{_RECIPIENTS}") from error
    return [line for line in lines if line.startswith("age1")]


def _write_whole(path: Path, data: bytes) -> None:
    """Encrypted or public bytes to a temporary file, then in one step to their place."""
    temporary = path.with_name(f".{path.name}.tmp")
    try:
        with temporary.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(path)
        _sync_folder(path.parent)
    except OSError as error:
        temporary.unlink(missing_ok=True)
        raise EnqueteError(Problem.VAULT_WRITE, where=path.name, reason=system_reason(error)) from error


def _sync_folder(folder: Path) -> None:
    if os.name == "nt":  # Windows cannot sync a folder
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
