"""Writes an output whole: into a temporary file beside its place, then renamed."""

from __future__ import annotations

import secrets
from pathlib import Path

from enquete.errors import EnqueteError, Problem


def write_whole(path: Path, data: bytes) -> None:
    """Raises EnqueteError(OUTPUT_LOCKED, OUTPUT_WRITE); what stood there before stays when it fails."""
    temporary = path.with_name(f".{path.name}.{secrets.token_hex(4)}.tmp")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        temporary.write_bytes(data)
        temporary.replace(path)
    except PermissionError as error:
        raise EnqueteError(Problem.OUTPUT_LOCKED, where=str(path)) from error
    except OSError as error:
        raise EnqueteError(Problem.OUTPUT_WRITE, where=str(path), reason=error.strerror) from error
    finally:
        temporary.unlink(missing_ok=True)
