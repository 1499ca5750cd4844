"""Transcripts of interviews: one reader per format, one recognition of speakers for all.

`read` gives a Transcript: the raw text and its turns as spans; `canonical.canonical` makes the text that is stored.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from enquete.errors import EnqueteError, Problem
from enquete.model import Role, Transcript
from enquete.readers import formats, turns, words

LARGEST = 64 * 1024 * 1024  # bytes: a day of speech in Word takes less than one


def read(path: Path, roles: Mapping[str, Role] | None = None) -> Transcript:
    """The transcript that a file holds.

    roles: by speaker's label as written in the file, case and accents aside; these win over what is recognised.
    Raises EnqueteError for a file that is missing, unreadable, protected, damaged, without words or of another kind.
    """
    try:
        if path.is_dir():
            raise EnqueteError(Problem.NOT_A_FILE, where=path.name or str(path.resolve()))
        if path.stat().st_size > LARGEST:
            raise EnqueteError(Problem.TOO_LARGE, where=path.name, megabytes=LARGEST // 2**20)
        data = path.read_bytes()
    except FileNotFoundError:
        raise EnqueteError(Problem.FILE_NOT_FOUND, where=path.name) from None
    except OSError:
        raise EnqueteError(Problem.FILE_UNREADABLE, where=path.name) from None
    return read_bytes(path.name, data, roles)


def read_bytes(name: str, data: bytes, roles: Mapping[str, Role] | None = None) -> Transcript:
    """As `read`, for the bytes of a file called `name`."""
    if len(data) > LARGEST:
        raise EnqueteError(Problem.TOO_LARGE, where=name, megabytes=LARGEST // 2**20)
    source = formats.source_of(name, data)
    found = turns.transcript(source, {words.key(label): role for label, role in (roles or {}).items()})
    if not found.turns:
        raise EnqueteError(Problem.NO_WORDS, where=name)
    return found
