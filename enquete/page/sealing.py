"""Files sealed with a phrase: a packet that the page opens, the codings that it gives back, a paper to print.

A phrase gives a key (PBKDF2-HMAC-SHA256), the key encrypts (AES-256-GCM); the header, in clear, is authenticated with
what it announces. `static/sealing.js` is the same in the browser. A digest of the whole tells a file damaged on its
way from a wrong phrase.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import json
import secrets
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Annotated, Literal, Self

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.pbkdf2 import PBKDF2HMAC
from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError

from enquete.errors import EnqueteError, Problem

VERSION = 1
# OWASP, Password Storage Cheat Sheet (2023): 600,000 at least for PBKDF2-HMAC-SHA256.
ITERATIONS = 600_000
MOST_ITERATIONS = 10_000_000  # a forged header could ask for hours
LARGEST = 50_000_000  # bytes
_SALT, _NONCE, _KEY = 16, 12, 32  # bytes
_PARTS = ("header", "nonce", "sealed")
_PACKET_MARK = b'id="paquet"'
_ADDED = bytes(byte for byte in range(256) if not 32 < byte < 127)  # white space, byte order marks, UTF-16 zeros

SealKind = Literal["paquet", "codages", "fiche"]
_Uid = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{8,64}$")]


class Header(BaseModel):
    """What a sealed file says of itself in clear. study, packet: uids; coder: a code; salt: base64."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    kind: SealKind
    version: Literal[1] = 1
    study: _Uid
    packet: _Uid
    coder: Annotated[str, StringConstraints(pattern=r"^\w[\w.-]{0,39}$")]  # shown before anything is authenticated
    salt: Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9+/]{22}==$")]
    iterations: Annotated[int, Field(ge=ITERATIONS, le=MOST_ITERATIONS)] = ITERATIONS

    @classmethod
    def new(cls, kind: SealKind, study: str, coder: str) -> Self:
        """The header of a new packet: salt and uid drawn at random."""
        salt = base64.b64encode(secrets.token_bytes(_SALT)).decode()
        return cls(kind=kind, study=study, packet=secrets.token_hex(8), coder=coder, salt=salt)


@dataclass(frozen=True, slots=True)
class Sealed:
    """A sealed file, read and not yet opened. clear: its header's own bytes, which are authenticated."""

    header: Header
    clear: bytes
    nonce: bytes
    data: bytes

    def parts(self) -> dict[str, object]:
        """As it is written, in JSON."""
        encoded = [base64.b64encode(part).decode() for part in (self.clear, self.nonce, self.data)]
        return {"enquete": VERSION, **dict(zip(_PARTS, encoded, strict=True)), "digest": _digest(encoded)}


def derive(phrase: str, header: Header) -> bytes:
    """The key that a phrase (see `phrases.plain`) gives; takes some tenths of a second, on purpose."""
    salt = base64.b64decode(header.salt)
    return PBKDF2HMAC(SHA256(), _KEY, salt, header.iterations).derive(phrase.encode())


def seal(key: bytes, header: Header, content: Mapping[str, object]) -> Sealed:
    """Encrypts a JSON content."""
    clear = header.model_dump_json().encode()
    nonce = secrets.token_bytes(_NONCE)
    data = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
    return Sealed(header, clear, nonce, AESGCM(key).encrypt(nonce, data, clear))


def unseal(sealed: Sealed, key_of: Callable[[Header], bytes], where: str) -> dict[str, object]:
    """The content. Raises EnqueteError(SEAL_PHRASE) for a wrong phrase, or a file made up on purpose."""
    try:
        data = AESGCM(key_of(sealed.header)).decrypt(sealed.nonce, sealed.data, sealed.clear)
        content = json.loads(data)
    except (InvalidTag, ValueError, RecursionError) as error:
        raise EnqueteError(Problem.SEAL_PHRASE, where=where) from error
    if not isinstance(content, dict):
        raise EnqueteError(Problem.SEAL_DAMAGED, where=where)
    return content


def read_sealed(data: bytes, kind: SealKind, where: str) -> Sealed:
    """A file as it comes, perhaps through mail: line breaks, byte order marks, words around it do no harm.

    Raises EnqueteError: SEAL_IS_PACKET, SEAL_UNKNOWN, SEAL_NEWER, SEAL_DAMAGED.
    """
    if kind == "codages" and _PACKET_MARK in data:
        raise EnqueteError(Problem.SEAL_IS_PACKET, where=where)
    parts = _parts(data, where)
    if parts["enquete"] != VERSION:
        raise EnqueteError(Problem.SEAL_NEWER, where=where)
    encoded = [str(parts.get(name)) for name in _PARTS]
    try:
        clear, nonce, sealed = (base64.b64decode(part, validate=True) for part in encoded)
        header = Header.model_validate_json(clear)
    except (binascii.Error, ValidationError) as error:
        raise EnqueteError(Problem.SEAL_DAMAGED, where=where) from error
    if parts.get("digest") != _digest(encoded) or len(nonce) != _NONCE:
        raise EnqueteError(Problem.SEAL_DAMAGED, where=where)
    if header.kind != kind:
        raise EnqueteError(Problem.SEAL_UNKNOWN, where=where)
    return Sealed(header, clear, nonce, sealed)


def _parts(data: bytes, where: str) -> dict[str, object]:
    """Its JSON object. All that counts in it is printable ASCII, so that any other byte was added on the way."""
    printable = data.translate(None, _ADDED)
    start, end = printable.find(b'{"enquete":'), printable.rfind(b"}")
    if start < 0:
        raise EnqueteError(Problem.SEAL_UNKNOWN, where=where)
    try:
        parts = json.loads(printable[start : end + 1])
    except (ValueError, RecursionError) as error:
        raise EnqueteError(Problem.SEAL_DAMAGED, where=where) from error
    return dict(parts)


def _digest(encoded: Iterable[str]) -> str:
    return hashlib.sha256(".".join(encoded).encode()).hexdigest()
