"""Identity files: age X25519 keys, outside any study's folder; a passphrase may wrap the file, as `age -p` does."""

from __future__ import annotations

import contextlib
import os
import stat
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import pyrage

from enquete import config
from enquete.errors import EnqueteError, Problem, system_reason
from enquete.vault.phrases import known_phrase

VARIABLE = "ENQUETE_CLE"
_PREFIX = "AGE-SECRET-KEY-1"
_WRAPPED = (b"age-encryption.org/v1\n", b"-----BEGIN AGE ENCRYPTED FILE-----")


@dataclass(frozen=True, slots=True)
class Key:
    """The identities of one file that fit a vault."""

    path: Path
    identities: list[pyrage.x25519.Identity]

    def publics(self) -> set[str]:
        return {str(identity.to_public()) for identity in self.identities}


def keys_folder() -> Path:
    """Where this user's keys lie: the configuration folder of the system, never the study."""
    if os.name == "nt":
        base = Path(os.environ.get("APPDATA", Path.home() / "AppData/Roaming"))
    else:
        base = Path(os.environ.get("XDG_CONFIG_HOME") or Path.home() / ".config")
    return base / "enquete" / "cles"


def create_key(name: str, folder: Path | None = None, phrase: str = "") -> tuple[Path, str]:
    """Writes a new identity file, readable by its owner alone; gives its path and its public key.

    phrase: wraps the file; "" leaves it in the clear. Raises EnqueteError(KEY_WRITE, KEY_INSIDE_STUDY).
    """
    own = folder or keys_folder()
    identity = pyrage.x25519.Identity.generate()
    public = str(identity.to_public())
    path = own / f"{_file_name(name)}-{_mark(public)}.txt"
    _refuse_inside_study(path)
    try:
        own.mkdir(parents=True, exist_ok=True, mode=0o700)
        if folder is None:
            own.chmod(0o700)
    except OSError as error:
        raise EnqueteError(Problem.KEY_WRITE, where=str(own), reason=system_reason(error)) from error
    _write_private(path, _wrapped(f"# {' '.join(name.split())}\n# public key: {public}\n{identity}\n".encode(), phrase))
    return path, public


def is_wrapped(path: Path) -> bool:
    """Whether a passphrase wraps this identity file. Raises EnqueteError(KEY_READ)."""
    return _read(path).startswith(_WRAPPED)


def set_phrase(path: Path, new: Callable[[], str]) -> None:
    """Wraps an identity file with another passphrase, asked for once the file is open; "" leaves it in the clear.

    Raises EnqueteError(KEY_READ, KEY_UNREADABLE, PHRASE_NEEDED, PHRASE_WRONG, KEY_WRITE).
    """
    read_identities(path)
    _write_private(path, _wrapped(_content(path), new()))


def read_identities(path: Path) -> list[pyrage.x25519.Identity]:
    """The identities of one file in age's own format; its passphrase is asked once for each run of the program.

    Raises EnqueteError(KEY_READ, KEY_UNREADABLE, PHRASE_NEEDED, PHRASE_WRONG).
    """
    try:
        lines = _content(path).decode().split()
        found = [pyrage.x25519.Identity.from_str(line) for line in lines if line.startswith(_PREFIX)]
    except (UnicodeDecodeError, pyrage.IdentityError) as error:
        raise EnqueteError(Problem.KEY_UNREADABLE, where=str(path)) from error
    if not found:
        raise EnqueteError(Problem.KEY_UNREADABLE, where=str(path))
    return found


def find_key(recipients: Iterable[str], given: Path | None = None) -> Key:
    """What opens a vault: the file given, the one named by ENQUETE_CLE, or one of this user's keys.

    Raises EnqueteError: VAULT_NO_KEY, VAULT_WRONG_KEY, KEY_INSIDE_STUDY and what read_identities does.
    """
    wanted = set(recipients)
    explicit = named_key(given)
    for path in [explicit] if explicit else _own_files(wanted):
        mine = [identity for identity in read_identities(path) if str(identity.to_public()) in wanted]
        if mine:
            _refuse_inside_study(path)
            _warn_if_exposed(path)
            return Key(path, mine)
    if explicit:
        raise EnqueteError(Problem.VAULT_WRONG_KEY, where=str(explicit))
    raise EnqueteError(Problem.VAULT_NO_KEY, folder=keys_folder(), variable=VARIABLE)


def named_key(given: Path | None = None) -> Path | None:
    """The identity file that the user named, by option or by variable."""
    return given or (Path(os.environ[VARIABLE]) if os.environ.get(VARIABLE) else None)


def own_publics(wanted: set[str], given: Path | None = None) -> dict[str, Path]:
    """Which of these public keys have their secret half here, and in which file; no passphrase is asked."""
    explicit = named_key(given)
    found: dict[str, Path] = {}
    for path in [explicit] if explicit else _own_files(wanted):
        if is_wrapped(path):
            found |= {public: path for public in wanted if path.stem.endswith(_mark(public))}
        else:
            found |= {str(identity.to_public()): path for identity in read_identities(path)}
    return {public: path for public, path in found.items() if public in wanted}


def _own_files(wanted: set[str]) -> Iterator[Path]:
    """This user's keys that may fit: those in the clear first, then wrapped ones whose file name says that they do."""
    wrapped = []
    for path in sorted(keys_folder().glob("*.txt")):
        try:
            if not is_wrapped(path):
                read_identities(path)
                yield path
            elif any(path.stem.endswith(_mark(public)) for public in wanted):
                wrapped.append(path)
        except EnqueteError:
            continue  # another file of the folder may still fit
    yield from wrapped


def _mark(public: str) -> str:
    """Ends the name of a key's file: tells which key it is without opening it."""
    return public[4:12]


def _file_name(name: str) -> str:
    return "".join(sign if sign.isalnum() or sign in "-_." else "-" for sign in name).strip("-.") or "cle"


def _content(path: Path) -> bytes:
    data = _read(path)
    return _unwrapped(data, path.name) if data.startswith(_WRAPPED) else data


@lru_cache(maxsize=4)
def _unwrapped(data: bytes, name: str) -> bytes:
    """Kept for the run of the program: unwrapping takes seconds, and a person types the phrase once."""
    try:
        return pyrage.passphrase.decrypt(data, known_phrase(name))
    except pyrage.DecryptError as error:
        raise EnqueteError(Problem.PHRASE_WRONG, where=name) from error


def _wrapped(data: bytes, phrase: str) -> bytes:
    return pyrage.passphrase.encrypt(data, phrase, armored=True) if phrase else data


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise EnqueteError(Problem.KEY_READ, where=str(path), reason=system_reason(error)) from error


def _write_private(path: Path, data: bytes) -> None:
    temporary = path.with_name(f".{path.name}.tmp")
    try:
        temporary.unlink(missing_ok=True)
        with os.fdopen(os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(path)
    except OSError as error:
        raise EnqueteError(Problem.KEY_WRITE, where=str(path), reason=system_reason(error)) from error
    finally:
        with contextlib.suppress(OSError):  # the first fault says more
            temporary.unlink(missing_ok=True)


def _refuse_inside_study(path: Path) -> None:
    if any((folder / config.FILE_NAME).is_file() for folder in path.resolve().parents):
        raise EnqueteError(Problem.KEY_INSIDE_STUDY, where=str(path), folder=keys_folder())


@lru_cache(maxsize=16)
def _warn_if_exposed(path: Path) -> None:
    """Once for each run of the program."""
    if os.name != "nt" and stat.S_IMODE(path.stat().st_mode) & 0o077:
        print(
            f"Attention : d'autres comptes de cet ordinateur peuvent lire la clé du coffre. "
            f"Réservez-la au vôtre : chmod 600 '{path}'",
            file=sys.stderr,
        )
