"""A file that a library writes at a path, as bytes: in memory where the system can, since nothing is checked yet."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable
from pathlib import Path


def written(write: Callable[[str], None]) -> bytes:
    """What `write` puts at the path that it is given."""
    if not hasattr(os, "memfd_create"):
        with tempfile.TemporaryDirectory() as folder:  # for the user alone, gone afterwards
            path = Path(folder) / "export"
            write(str(path))
            return path.read_bytes()
    file = os.memfd_create("export")
    try:
        write(f"/proc/self/fd/{file}")
        with os.fdopen(os.dup(file), "rb") as stream:
            stream.seek(0)
            return stream.read()
    finally:
        os.close(file)
