"""Zip packages opened with care: bounded before anything is unpacked, protected or damaged ones refused."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator

from enquete.errors import EnqueteError, Problem
from enquete.readers.archive import DAMAGED, check_package


def parts(name: str, data: bytes) -> tuple[list[tuple[str, bytes]], str]:
    """(path, content) of each file in the package, of two with one path both; and the package's own comment.

    Raises EnqueteError(CORRUPT_FILE, ENCRYPTED, ZIP_BOMB).
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            infos = archive.infolist()
            check_package(name, infos, len(data))
            return list(_read(archive, infos)), archive.comment.decode("utf-8", "replace")
    except (*DAMAGED, RuntimeError):
        raise EnqueteError(Problem.CORRUPT_FILE, where=name) from None


def _read(archive: zipfile.ZipFile, infos: list[zipfile.ZipInfo]) -> Iterator[tuple[str, bytes]]:
    for info in infos:
        if not info.is_dir():
            yield info.filename, archive.read(info)
        comment = info.comment.decode("utf-8", "replace")
        if comment:
            yield f"{info.filename} {comment}", b""
