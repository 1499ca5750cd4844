"""Writes an output whole: into a temporary file beside its place, then renamed."""

from __future__ import annotations

import contextlib
import secrets
from pathlib import Path

from enquete.errors import EnqueteError, Problem, system_reason


def write_whole(path: Path, data: bytes) -> None:
    """What stood there before stays when it fails.

    Raises EnqueteError: OUTPUT_IS_FOLDER, OUTPUT_LOCKED, OUTPUT_WRITE.
    """
    if path.is_dir():
        raise EnqueteError(Problem.OUTPUT_IS_FOLDER, where=str(path))
    temporary = path.with_name(f".{path.name}.{secrets.token_hex(4)}.tmp")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        temporary.write_bytes(data)
        temporary.replace(path)
    except PermissionError as error:
        raise EnqueteError(Problem.OUTPUT_LOCKED, where=str(path)) from error
    except OSError as error:
        raise EnqueteError(Problem.OUTPUT_WRITE, where=str(path), reason=system_reason(error)) from error
    finally:
        with contextlib.suppress(OSError):  # nothing was written, or the first fault says more
            temporary.unlink(missing_ok=True)
