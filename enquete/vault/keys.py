"""Identity files: age X25519 keys, one a study, outside the study's folder."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

import pyrage

from enquete.errors import EnqueteError, Problem, system_reason

VARIABLE = "ENQUETE_CLE"
_PREFIX = "AGE-SECRET-KEY-1"


def keys_folder() -> Path:
    """Where this user's keys lie: the configuration folder of the system, never the study."""
    if os.name == "nt":
        base = Path(os.environ.get("APPDATA", Path.home() / "AppData/Roaming"))
    else:
        base = Path(os.environ.get("XDG_CONFIG_HOME") or Path.home() / ".config")
    return base / "enquete" / "cles"


def create_key(name: str, folder: Path | None = None) -> tuple[Path, str]:
    """Writes a new identity file, readable by its owner alone; gives its path and its public key."""
    folder = folder or keys_folder()
    identity = pyrage.x25519.Identity.generate()
    public = str(identity.to_public())
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        path = folder / f"{name}-{public[4:12]}.txt"
        content = f"# Étude : {name}\n# public key: {public}\n{identity}\n"
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
            file.write(content)
    except OSError as error:
        raise EnqueteError(Problem.KEY_WRITE, where=str(folder), reason=system_reason(error)) from error
    return path, public


def read_identities(path: Path) -> list[pyrage.x25519.Identity]:
    """The identities of one file in age's own format."""
    try:
        lines = path.read_text(encoding="utf-8").split()
        found = [pyrage.x25519.Identity.from_str(line) for line in lines if line.startswith(_PREFIX)]
    except (OSError, UnicodeDecodeError, pyrage.IdentityError) as error:
        raise EnqueteError(Problem.KEY_UNREADABLE, where=str(path)) from error
    if not found:
        raise EnqueteError(Problem.KEY_UNREADABLE, where=str(path))
    return found


def find_key(recipients: Iterable[str], given: Path | None = None) -> list[pyrage.x25519.Identity]:
    """The identities that open a vault: the file given, the one named by ENQUETE_CLE, or this user's keys.

    Raises EnqueteError(VAULT_NO_KEY, VAULT_WRONG_KEY, KEY_UNREADABLE).
    """
    wanted = set(recipients)
    explicit = given or (Path(os.environ[VARIABLE]) if os.environ.get(VARIABLE) else None)
    if explicit:
        mine = [i for i in read_identities(explicit) if str(i.to_public()) in wanted]
        if not mine:
            raise EnqueteError(Problem.VAULT_WRONG_KEY, where=str(explicit))
        return mine
    for path in sorted(keys_folder().glob("*.txt")):
        try:
            mine = [i for i in read_identities(path) if str(i.to_public()) in wanted]
        except EnqueteError:
            continue  # another file of the folder may still fit
        if mine:
            return mine
    raise EnqueteError(Problem.VAULT_NO_KEY, folder=keys_folder(), variable=VARIABLE)
