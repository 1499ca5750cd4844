"""What the vault's identities part holds: who is who, and which file each text came from."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from typing import Any

from enquete.model import IdentifierType
from enquete.pseudonyms import NameBook


@dataclass(frozen=True, slots=True)
class SourceFile:
    """The file that a text came from. digest: SHA-256 of its bytes. labels: of each speaker, by number."""

    name: str
    digest: str
    labels: tuple[tuple[str, ...], ...] = ()
    properties: dict[str, str] = field(default_factory=dict)
    metadata: dict[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class Identities:
    """secret: of the study, for keyed hashes. files: by the key that the database gives them.

    people: their names as the participants file writes them, by participant code and column.
    """

    secret: bytes
    book: NameBook
    files: dict[str, SourceFile] = field(default_factory=dict)
    people: dict[str, dict[str, str]] = field(default_factory=dict)

    @classmethod
    def new(cls) -> Identities:
        return cls(secrets.token_bytes(32), NameBook())

    def forms(self) -> Iterator[tuple[str, IdentifierType]]:
        """Every string that the vault knows to identify someone."""
        yield from self.book.forms()
        for name in self.names():
            yield name, IdentifierType.PERSON

    def names(self) -> Iterator[str]:
        """Names of the people, as the participants file wrote them."""
        for person in self.people.values():
            yield from person.values()

    def to_json(self) -> dict[str, Any]:
        """What the vault encrypts."""
        return {
            "secret": self.secret.hex(),
            "noms": self.book.to_json(),
            "fichiers": {uid: asdict(file) for uid, file in self.files.items()},
            "personnes": self.people,
        }

    @classmethod
    def from_json(cls, content: dict[str, Any]) -> Identities:
        files = {
            uid: SourceFile(**{**file, "labels": tuple(map(tuple, file["labels"]))})
            for uid, file in content["fichiers"].items()
        }
        return cls(bytes.fromhex(content["secret"]), NameBook.from_json(content["noms"]), files, content["personnes"])
