"""The study kits shipped with the program: questionnaires, codebooks, analyses, documents, a folder per kit in each.

The Word templates of documents are the same for every kit; what a kit says of its subject is in its folder.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

PARTS = ("questionnaires", "codebooks", "analyses", "documents")
_PACKAGE = Path(__file__).parent


def _root() -> Path:
    """Inside the installed package; in a checkout, the folders stand beside it."""
    shipped = _PACKAGE / "kits"
    return shipped if shipped.is_dir() else _PACKAGE.parent


def kits() -> list[str]:
    """Names of the kits, in alphabetical order."""
    return sorted(folder.name for folder in (_root() / "codebooks").iterdir() if folder.is_dir())


def kit_files(kit: str) -> Iterator[tuple[str, Path]]:
    """(part, file) of each file of a kit, in order."""
    for part in PARTS:
        for path in sorted((_root() / part / kit).glob("*")):
            if path.is_file():
                yield part, path


def shared_files() -> Iterator[tuple[str, Path]]:
    """(part, file) of what every kit has, in order: the Word templates."""
    for path in sorted((_root() / "documents").glob("*.docx")):
        yield "documents", path
