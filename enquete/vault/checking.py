"""Checks a vault whole: every file opened, read, and held against what the database and the identities tell of it."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import TypeVar

from enquete.errors import EnqueteError
from enquete.vault.folder import CONTACTS, FLAGS, IDENTITIES, ORIGINALS, PROOFS, Original, Vault, parts, uids
from enquete.vault.recipients import read_recipients

_STANZA = b"\n-> X25519 "  # one for each key, in the part of an age file that anybody can read
_HEADER_END = b"\n--- "
_Content = TypeVar("_Content")


@dataclass(frozen=True, slots=True)
class Fault:
    """where: a file of the vault, by its opaque name. what: in French."""

    where: str
    what: str


def faults(vault: Vault, sources: set[str], proofs: set[str]) -> list[Fault]:
    """What is wrong, file by file. sources, proofs: keys of the originals and proofs that the database counts on."""
    found: list[Fault] = []
    identities = _tried(found, IDENTITIES, vault.identities)
    _tried(found, CONTACTS, vault.contacts)
    digests = {uid: file.digest for uid, file in identities.files.items()} if identities else None
    for uid in sorted(sources | uids(vault.folder, ORIGINALS)):
        where = f"{ORIGINALS}/{uid}.age"
        original = _tried(found, where, partial(vault.original, uid))
        if original is not None and digests is not None:
            found += _held_against(original, digests.get(uid), where, wanted=uid in sources)
    for uid in sorted(proofs | uids(vault.folder, PROOFS)):
        _tried(found, f"{PROOFS}/{uid}.age", partial(vault.proof, uid))
    for uid in sorted(uids(vault.folder, FLAGS)):
        _tried(found, f"{FLAGS}/{uid}.age", partial(vault.flag, uid))
    return found + _closed_to_some(vault)


def _tried(found: list[Fault], where: str, read: Callable[[], _Content]) -> _Content | None:
    try:
        return read()
    except EnqueteError as error:
        found.append(Fault(where, error.what))
    except (KeyError, TypeError, ValueError):
        found.append(Fault(where, "son contenu n'est pas celui d'un coffre."))
    return None


def _held_against(original: Original, digest: str | None, where: str, *, wanted: bool) -> list[Fault]:
    if digest is None:
        return [Fault(where, "les identités ne disent rien de ce fichier d'origine.")] if wanted else []
    if hashlib.sha256(original.data).hexdigest() != digest:
        return [Fault(where, "ce n'est plus le fichier qui a été importé.")]
    return []


def _closed_to_some(vault: Vault) -> list[Fault]:
    """Parts that were not encrypted for each key of the list: put back from another copy, or a list changed by hand."""
    count = len(read_recipients(vault.folder))
    found = []
    for path in parts(vault.folder):
        header = path.read_bytes().partition(_HEADER_END)[0]
        if header.startswith(b"age-encryption.org/v1") and header.count(_STANZA) != count:
            where = path.relative_to(vault.folder).as_posix()
            found.append(Fault(where, "il n'est pas chiffré pour les clés de la liste, ni plus ni moins."))
    return found
