"""Tells a file's format from its first bytes and its extension, and hands it to that format's reader."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import PurePath

from enquete.errors import EnqueteError, Problem
from enquete.readers import archive
from enquete.readers.encoding import decode
from enquete.readers.source import Source

_STRANGE = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f\ufffd]")
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_TEXTS = frozenset({".txt", ".text", ".md", ".markdown", ".srt", ".vtt", ".json", ".html", ".htm"})
_KNOWN = _TEXTS | {".docx", ".odt", ".rtf", ".pdf"}


def source_of(name: str, data: bytes) -> Source:
    """What the file holds. Raises EnqueteError for what can't be read."""
    if not data.strip(b"\x00 \t\r\n"):
        raise EnqueteError(Problem.EMPTY_FILE, where=name)
    extension = PurePath(name).suffix.lower()
    if data.startswith(_OLE):
        raise EnqueteError(Problem.ENCRYPTED if _is_encrypted_office(data) else Problem.OLD_DOC, where=name)
    reader = _reader(name, data, extension)
    return reader(name, data)


def _is_encrypted_office(data: bytes) -> bool:
    """A protected .docx is an OLE file that holds a stream of this name."""
    return "EncryptedPackage".encode("utf-16-le") in data


def _reader(name: str, data: bytes, extension: str) -> Callable[[str, bytes], Source]:
    head = data[:1024].lstrip(b"\xef\xbb\xbf \t\r\n")
    if data.startswith(b"PK"):
        return _zipped(name, data)
    if head.startswith(b"%PDF-"):
        from enquete.readers import pdf

        return pdf.read
    if head.startswith(b"{\\rtf"):
        from enquete.readers import rtf

        return rtf.read
    if extension in (".docx", ".odt", ".pdf", ".rtf"):
        raise EnqueteError(Problem.CORRUPT_FILE, where=name)
    if extension not in _KNOWN:
        raise EnqueteError(Problem.UNKNOWN_FORMAT, where=name)
    return _text


def _zipped(name: str, data: bytes) -> Callable[[str, bytes], Source]:
    members = archive.members(name, data)
    if "word/document.xml" in members:
        from enquete.readers import docx

        return docx.read
    if "content.xml" in members:
        from enquete.readers import odt

        return odt.read
    extension = PurePath(name).suffix.lower()
    raise EnqueteError(Problem.CORRUPT_FILE if extension in _KNOWN else Problem.UNKNOWN_FORMAT, where=name)


def _text(name: str, data: bytes) -> Source:
    """Text files, by what they hold rather than by what they are called."""
    text, _ = decode(data)
    if is_binary(text):
        raise EnqueteError(Problem.BINARY_FILE, where=name)
    extension = PurePath(name).suffix.lower()
    head = text[:2000].lstrip("\ufeff \t\r\n")
    if extension == ".json" or (extension == ".txt" and head.startswith(("{", "[{")) and _is_json(text)):
        from enquete.readers import whisper

        return whisper.read(name, text)
    if extension in (".html", ".htm") or head[:15].lower().startswith(("<!doctype html", "<html")):
        from enquete.readers import html

        return html.read(name, text)
    from enquete.readers import subtitles

    if head.startswith("WEBVTT") or subtitles.holds_cues(text):
        return subtitles.read(text)
    from enquete.readers import plain

    return plain.read(text)


def is_binary(text: str) -> bool:
    """Control characters and characters that no encoding gave, beyond what an accident leaves."""
    sample = text[:20_000]
    return len(_STRANGE.findall(sample)) > 2 + len(sample) * 0.02


def _is_json(text: str) -> bool:
    try:
        json.loads(text)
    except ValueError:
        return False
    return True
