"""What the vault's identities part holds: who is who, and which file each text came from."""

from __future__ import annotations

import json
import secrets
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from typing import Any

from enquete.model import IdentifierType
from enquete.pseudonyms import Entity, NameBook


@dataclass(frozen=True, slots=True)
class SourceFile:
    """The file that a text came from. digest: SHA-256 of its bytes. labels: of each speaker, by number."""

    name: str
    digest: str
    labels: tuple[tuple[str, ...], ...] = ()
    properties: dict[str, str] = field(default_factory=dict)
    metadata: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, order=True)
class Cleared:
    """A form that a person said names nobody. form: folded; group: codes of the people it holds for, empty for all."""

    form: str
    group: tuple[str, ...] = ()


@dataclass(slots=True)
class Identities:
    """secret: of the study, for keyed hashes. files: by the key that the database gives them.

    people: their names as the participants file writes them, by participant code and column.
    admitted: marks (keyed hashes) of occurrences in outputs that a person let pass. chosen: the pseudonym that a person
    chose, by participant code.
    """

    secret: bytes
    book: NameBook
    files: dict[str, SourceFile] = field(default_factory=dict)
    people: dict[str, dict[str, str]] = field(default_factory=dict)
    cleared: frozenset[Cleared] = frozenset()
    admitted: frozenset[str] = frozenset()
    chosen: dict[str, str] = field(default_factory=dict)

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

    def copy(self) -> Identities:
        """Another one with the same content: what changes in one stays out of the other."""
        people = {code: dict(names) for code, names in self.people.items()}
        chosen = dict(self.chosen)
        return Identities(self.secret, self.book, dict(self.files), people, self.cleared, self.admitted, chosen)

    def dump(self, written: dict[str, tuple[Entity, str]]) -> bytes:
        """What the vault encrypts, as JSON. written: entities already told, so that a growing book costs no more."""
        for entity in self.book.entities:
            if entity.key not in written or written[entity.key][0] is not entity:
                written[entity.key] = entity, json.dumps(entity.to_json(), ensure_ascii=False)
        names = ",".join(written[entity.key][1] for entity in self.book.entities)
        files = {uid: asdict(file) for uid, file in self.files.items()}
        cleared = [[c.form, list(c.group)] for c in sorted(self.cleared)]
        rest = {"secret": self.secret.hex(), "fichiers": files, "personnes": self.people, "innocents": cleared}
        rest |= {"admis": sorted(self.admitted), "choisis": self.chosen}
        told = json.dumps(rest, ensure_ascii=False, sort_keys=True)
        return f'{told[:-1]}, "noms": [{names}]}}'.encode()

    @classmethod
    def from_json(cls, content: dict[str, Any]) -> Identities:
        files = {
            uid: SourceFile(**{**file, "labels": tuple(map(tuple, file["labels"]))})
            for uid, file in content["fichiers"].items()
        }
        cleared = frozenset(Cleared(form, tuple(group)) for form, group in content.get("innocents", ()))
        book = NameBook.from_json(content["noms"])
        admitted = frozenset(content.get("admis", ()))
        chosen = content.get("choisis", {})
        return cls(bytes.fromhex(content["secret"]), book, files, content["personnes"], cleared, admitted, chosen)
