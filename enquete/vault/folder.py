"""Reads and writes the parts of the vault, each a file that Debian's `age` opens too."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyrage

from enquete.errors import EnqueteError, Problem, system_reason
from enquete.pseudonyms import Entity
from enquete.vault import files, recipients
from enquete.vault.identities import Identities
from enquete.vault.keys import Key, find_key
from enquete.vault.recipients import Recipient, read_recipients

FOLDER = "coffre"
IDENTITIES = "identites.age"
CONTACTS = "contacts.age"
ORIGINALS = "originaux"
PROOFS = "preuves"
FLAGS = "signalements"


@dataclass(frozen=True, slots=True)
class Original:
    """A file as it was imported, with its name."""

    name: str
    data: bytes


class Vault:
    """The vault of one study, opened with a key. Nothing decrypted is written, or outlives the command."""

    def __init__(self, folder: Path, key: Key) -> None:
        self.folder = folder
        self.key = key
        self._last: tuple[tuple[int, int, int], Identities] | None = None
        self._written: dict[str, tuple[Entity, str]] = {}

    @classmethod
    def create(cls, folder: Path, publics: Iterable[str]) -> None:
        """An empty vault for these public keys, with a new secret of the study."""
        (folder / ORIGINALS).mkdir(parents=True)
        files.write_whole(folder / recipients.FILE_NAME, recipients.as_text(map(Recipient, publics)))
        vault = cls(folder, Key(folder, []))
        vault.write_identities(Identities.new())
        vault.write_contacts({})

    @classmethod
    def open(cls, folder: Path, key: Path | None = None) -> Vault:
        """Settles what a killed process left. key: the identity file that the user named.

        Raises EnqueteError: VAULT_MISSING, VAULT_READ, VAULT_UNSETTLED, RECIPIENTS_DAMAGED and what find_key does.
        """
        files.settle(folder)
        return cls(folder, find_key((recipient.key for recipient in read_recipients(folder)), key))

    def identities(self) -> Identities:
        """Who is who: the book of names, the files imported, the people's names.

        Read again whenever the file has changed: another command may have written it.
        """
        state = self._state()
        if self._last is None or self._last[0] != state:
            self._last = state, Identities.from_json(self._read_json(IDENTITIES))
        return self._last[1].copy()

    def write_identities(self, identities: Identities) -> None:
        self._write(IDENTITIES, identities.dump(self._written))
        self._last = self._state(), identities.copy()

    def _state(self) -> tuple[int, int, int]:
        """Changes whenever the identities are written: each time they are another file."""
        try:
            found = (self.folder / IDENTITIES).stat()
        except FileNotFoundError as error:
            raise EnqueteError(Problem.VAULT_MISSING, where=IDENTITIES) from error
        except OSError as error:
            raise EnqueteError(Problem.VAULT_READ, where=IDENTITIES, reason=system_reason(error)) from error
        return found.st_ino, found.st_mtime_ns, found.st_size

    def contacts(self) -> dict[str, Any]:
        """How to reach people, by participant code."""
        return self._read_json(CONTACTS)

    def write_contacts(self, content: dict[str, Any]) -> None:
        self._write_json(CONTACTS, content)

    def put_original(self, uid: str, original: Original) -> None:
        """A file as it was imported; uid: the key that the database gives it, letters and figures only."""
        self._put(ORIGINALS, uid, original)

    def original(self, uid: str) -> Original:
        return self._get(ORIGINALS, uid)

    def remove_original(self, uid: str) -> None:
        """Takes one original out; nothing happens when it is not there."""
        _remove(self.folder, [_path(self.folder, ORIGINALS, uid)])

    def remove_originals_except(self, known: set[str]) -> None:
        """Sweeps what a killed import left: originals of no text of the database."""
        _sweep(self.folder, ORIGINALS, known)

    def put_proof(self, uid: str, proof: Original) -> None:
        """A proof of consent (a scan, a recording, a note); uid: the key that the database gives it."""
        self._put(PROOFS, uid, proof)

    def proof(self, uid: str) -> Original:
        return self._get(PROOFS, uid)

    def remove_proofs_except(self, known: set[str]) -> None:
        """Sweeps proofs that no consent of the database names."""
        _sweep(self.folder, PROOFS, known)

    def flags(self) -> dict[str, dict[str, Any]]:
        """What coders without a key flagged, by the key that each flag was given."""
        return {uid: self.flag(uid) for uid in sorted(uids(self.folder, FLAGS))}

    def flag(self, uid: str) -> dict[str, Any]:
        return self._read_json(f"{FLAGS}/{uid}.age")

    def remove_flag(self, uid: str) -> None:
        """Takes one flag out; nothing happens when it is not there."""
        _remove(self.folder, [_path(self.folder, FLAGS, uid)])

    def _put(self, part: str, uid: str, file: Original) -> None:
        header = json.dumps({"nom": file.name}, ensure_ascii=False).encode()
        _encrypt(self.folder, _path(self.folder, part, uid), header + b"\n" + file.data)

    def _get(self, part: str, uid: str) -> Original:
        path = _path(self.folder, part, uid)
        header, _, data = self.read(path).partition(b"\n")
        return Original(_from_json(header, f"{part}/{path.name}")["nom"], data)

    def change_recipients(self, change: Callable[[list[Recipient]], list[Recipient]]) -> None:
        """Encrypts every part anew, for the keys that `change` makes of those there are: whole or not at all.

        Raises EnqueteError: VAULT_DAMAGED… for a part that this key does not open, and what `files` does.
        """
        with files.changing(self.folder):
            wanted = change(read_recipients(self.folder))
            files.replace_together(self.folder, self._encrypted_for(wanted))

    def _encrypted_for(self, wanted: list[Recipient]) -> Iterator[tuple[str, bytes]]:
        for path in parts(self.folder):
            yield path.relative_to(self.folder).as_posix(), recipients.encrypt(self.read(path), wanted)
        yield recipients.FILE_NAME, recipients.as_text(wanted)

    def read(self, path: Path) -> bytes:
        """What a part holds. Raises EnqueteError(VAULT_MISSING, VAULT_READ, VAULT_OTHER_KEY, VAULT_DAMAGED)."""
        where = path.relative_to(self.folder).as_posix()
        try:
            return pyrage.decrypt(path.read_bytes(), self.key.identities)
        except FileNotFoundError as error:
            raise EnqueteError(Problem.VAULT_MISSING, where=where) from error
        except OSError as error:
            raise EnqueteError(Problem.VAULT_READ, where=where, reason=system_reason(error)) from error
        except pyrage.DecryptError as error:
            other = str(error) == "No matching keys found"
            raise EnqueteError(Problem.VAULT_OTHER_KEY if other else Problem.VAULT_DAMAGED, where=where) from error

    def _read_json(self, name: str) -> dict[str, Any]:
        return _from_json(self.read(self.folder / name), name)

    def _write_json(self, name: str, content: dict[str, Any]) -> None:
        self._write(name, _as_json(content))

    def _write(self, name: str, data: bytes) -> None:
        _encrypt(self.folder, self.folder / name, data)


def put_flag(folder: Path, uid: str, content: dict[str, Any]) -> None:
    """A word that a coder found revealing, for whoever holds a key: writing it needs none.

    folder: the vault's own (`study.folder / FOLDER`). uid: letters and figures. content: what JSON can hold.
    """
    _encrypt(folder, _path(folder, FLAGS, uid), _as_json(content))


def parts(folder: Path) -> list[Path]:
    """Every encrypted file of a vault. Raises EnqueteError(VAULT_READ)."""
    return [path for place in ("", ORIGINALS, PROOFS, FLAGS) for path in _files(folder / place)]


def uids(folder: Path, part: str) -> set[str]:
    """Keys of the files in ORIGINALS, PROOFS or FLAGS. Raises EnqueteError(VAULT_READ)."""
    return {path.stem for path in _files(folder / part)}


def _files(place: Path) -> list[Path]:
    """A folder that may not be listed is no empty one: its files would be left out of a change of keys."""
    try:
        return sorted(path for path in place.iterdir() if path.suffix == ".age" and not path.name.startswith("."))
    except FileNotFoundError:
        return []
    except OSError as error:
        raise EnqueteError(Problem.VAULT_READ, where=place.name, reason=system_reason(error)) from error


def _as_json(content: dict[str, Any]) -> bytes:
    return json.dumps(content, ensure_ascii=False, sort_keys=True).encode()


def _from_json(data: bytes, where: str) -> dict[str, Any]:
    try:
        content = json.loads(data)
    except ValueError as error:
        raise EnqueteError(Problem.VAULT_DAMAGED, where=where) from error
    if not isinstance(content, dict):
        raise EnqueteError(Problem.VAULT_DAMAGED, where=where)
    return content


def _encrypt(folder: Path, path: Path, data: bytes) -> None:
    with files.changing(folder):
        files.write_whole(path, recipients.encrypt(data, read_recipients(folder)))


def _path(folder: Path, part: str, uid: str) -> Path:
    if not re.fullmatch(r"[A-Za-z0-9_-]+", uid):
        raise ValueError("a key of the vault is made of letters and figures")
    return folder / part / f"{uid}.age"


def _remove(folder: Path, paths: Iterable[Path]) -> None:
    with files.changing(folder):
        files.remove(paths)


def _sweep(folder: Path, part: str, known: set[str]) -> None:
    orphans = uids(folder, part) - known
    if orphans:
        _remove(folder, [folder / part / f"{uid}.age" for uid in orphans])
