"""Words as they came in: the vault keeps a file for each interview, one bundle for the open answers of an import.

A bundle holds words by the code of their text. What the database no longer accounts for is taken out of it.
"""

from __future__ import annotations

import hashlib
import json
import re
import sqlite3
from collections.abc import Mapping
from dataclasses import replace

from enquete.model import InterviewKind, RawTurn, Role, Span, Speaker, Transcript
from enquete.readers import read_bytes
from enquete.readers.canonical import Canonical, canonical
from enquete.store.database import transaction
from enquete.store.interviews import Interview, sources
from enquete.store.responses import answer_sources
from enquete.vault import Original, SourceFile, Vault

_BUNDLE = "réponses.json"
_LINE = re.compile(r"[^\r\n]*\S[^\r\n]*")


def bundle(words: Mapping[str, str]) -> Original:
    """What the vault keeps of these open answers, by the code of their text."""
    return Original(_BUNDLE, json.dumps(words, ensure_ascii=False, sort_keys=True).encode())


def bundled(original: Original) -> dict[str, str]:
    """The words of a bundle, by the code of their text."""
    words: dict[str, str] = json.loads(original.data)
    return words


def source_of(name: str, original: Original) -> SourceFile:
    """What the identities tell of a bundle. name: of the file of answers."""
    return SourceFile(name, hashlib.sha256(original.data).hexdigest())


class Originals:
    """The original words of texts, each file of the vault read once."""

    def __init__(self, vault: Vault) -> None:
        self._vault = vault
        self._bundles: dict[str, dict[str, str]] = {}
        self._files: dict[str, Transcript] = {}

    def transcript(self, interview: Interview) -> Transcript:
        """Raises EnqueteError: those of the vault, and what `read_bytes` does."""
        if interview.kind is InterviewKind.ANSWER:
            return spoken(self.words(interview.source).get(interview.code, ""))
        if interview.source not in self._files:
            original = self._vault.original(interview.source)
            self._files[interview.source] = read_bytes(original.name, original.data)
        return self._files[interview.source]

    def words(self, source: str) -> Mapping[str, str]:
        """Those of a whole bundle, by the code of their text."""
        if source not in self._bundles:
            self._bundles[source] = bundled(self._vault.original(source))
        return self._bundles[source]


def spoken(words: str) -> Transcript:
    """An open answer as the readers of interviews give what was said: one turn, a piece for each of its lines."""
    lines = tuple(Span(*found.span()) for found in _LINE.finditer(words))
    turns = (RawTurn(0, lines),) if lines else ()
    return Transcript(words, turns, (Speaker((), Role.PARTICIPANT),))


def canonical_answer(words: str) -> Canonical:
    """The text that is stored of an open answer, before names are masked, and the way to it from the words."""
    return canonical(spoken(words))


def sweep(db: sqlite3.Connection, vault: Vault) -> None:
    """Takes out of the vault what a killed import left there, and words replaced since.

    In a transaction of its own: nobody imports meanwhile.
    """
    with transaction(db):
        identities = vault.identities()
        known = sources(db)
        kept = {uid: file for uid, file in identities.files.items() if uid in known}
        kept |= pruned(db, vault, kept)
        if kept != identities.files:
            identities.files = kept
            vault.write_identities(identities)
        vault.remove_originals_except(known)


def pruned(db: sqlite3.Connection, vault: Vault, files: Mapping[str, SourceFile]) -> dict[str, SourceFile]:
    """Takes out of each bundle the words of no current text; gives what the identities are to tell of those in `files`.

    Killed before they do, it gives the same when it is run again.
    """
    told = {}
    for uid, codes in answer_sources(db).items():
        original = vault.original(uid)
        words = bundled(original)
        left = {code: said for code, said in words.items() if code in codes}
        if left != words:
            original = bundle(left)
            vault.put_original(uid, original)
        if uid in files:
            told[uid] = replace(files[uid], digest=source_of("", original).digest)
    return told
