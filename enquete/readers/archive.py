"""Zip files (.docx, .odt) opened with care: bounded before anything is unpacked."""

from __future__ import annotations

import io
import zipfile
import zlib

from enquete.errors import EnqueteError, Problem

DAMAGED = (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, ValueError)
_MOST_MEMBERS = 4_000
_MOST_BYTES = 256 * 1024 * 1024  # unpacked
_XML_BYTES = 64 * 1024 * 1024  # unpacked, one XML part
_HIGHEST_RATIO = 400  # a Word file of repeated paragraphs stays under 100


def members(name: str, data: bytes) -> dict[str, bytes]:
    """The XML parts by name, the others empty. Raises EnqueteError for what is damaged, protected or a bomb."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if any(i.filename.endswith(".xml") and i.file_size > _XML_BYTES for i in archive.infolist()):
                raise EnqueteError(Problem.ZIP_BOMB, where=name)
            check_package(name, archive.infolist(), len(data))
            return {i.filename: _part(name, archive, i) for i in archive.infolist()}
    except DAMAGED:
        raise EnqueteError(Problem.CORRUPT_FILE, where=name) from None


def check_package(name: str, parts: list[zipfile.ZipInfo], packed: int) -> None:
    """packed: bytes of the file. Raises EnqueteError(ZIP_BOMB, ENCRYPTED)."""
    total = sum(p.file_size for p in parts)
    bomb = total > 2**24 and total > packed * _HIGHEST_RATIO
    if len(parts) > _MOST_MEMBERS or total > _MOST_BYTES or bomb:
        raise EnqueteError(Problem.ZIP_BOMB, where=name)
    if any(p.flag_bits & 0x1 for p in parts):
        raise EnqueteError(Problem.ENCRYPTED, where=name)


def _part(name: str, archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> bytes:
    if not part.filename.endswith((".xml", ".rels")):
        return b""
    content = archive.read(part)
    # No office program writes a document type: it could only bring in entities.
    if b"<!DOCTYPE" in content[:4096] or b"<!ENTITY" in content:
        raise EnqueteError(Problem.CORRUPT_FILE, where=name)
    return content
