"""The public keys that a vault is encrypted for: a list that `age -R` reads too, each key under its label."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import pyrage

from enquete.errors import EnqueteError, Problem, system_reason

FILE_NAME = "destinataires.txt"


@dataclass(frozen=True, slots=True)
class Recipient:
    """key: « age1… ». label: whose it is, as the holder of the study wrote it; may be empty."""

    key: str
    label: str = ""


def read_recipients(folder: Path) -> list[Recipient]:
    """The list of a vault, never empty. Raises EnqueteError(VAULT_MISSING, VAULT_READ, RECIPIENTS_DAMAGED)."""
    where = f"{folder.name}/{FILE_NAME}"
    try:
        lines = (folder / FILE_NAME).read_text(encoding="utf-8").splitlines()
    except FileNotFoundError as error:
        raise EnqueteError(Problem.VAULT_MISSING, where=where) from error
    except OSError as error:
        raise EnqueteError(Problem.VAULT_READ, where=where, reason=system_reason(error)) from error
    except UnicodeDecodeError as error:
        raise EnqueteError(Problem.RECIPIENTS_DAMAGED, where=where) from error
    found, label = [], ""
    for line in map(str.strip, lines):
        if line.startswith("#"):
            label = line.removeprefix("#").strip()
        elif line:
            found.append(Recipient(line, label))
            label = ""
    if not found or not all(_is_public(recipient.key) for recipient in found):
        raise EnqueteError(Problem.RECIPIENTS_DAMAGED, where=where)
    return found


def as_text(recipients: Iterable[Recipient]) -> bytes:
    """What `read_recipients` reads."""
    return "".join(f"# {r.label}\n{r.key}\n" if r.label else f"{r.key}\n" for r in recipients).encode()


def check_public(text: str) -> str:
    """A public key without the spaces around it. Raises EnqueteError(RECIPIENT_SECRET, RECIPIENT_INVALID)."""
    text = text.strip()
    if text.upper().startswith("AGE-SECRET-KEY"):
        raise EnqueteError(Problem.RECIPIENT_SECRET)
    if not _is_public(text):
        raise EnqueteError(Problem.RECIPIENT_INVALID)
    return text


def encrypt(data: bytes, recipients: Iterable[Recipient]) -> bytes:
    """An age file that each of these keys opens."""
    return pyrage.encrypt(data, [pyrage.x25519.Recipient.from_str(recipient.key) for recipient in recipients])


def _is_public(text: str) -> bool:
    try:
        pyrage.x25519.Recipient.from_str(text)
    except pyrage.RecipientError:
        return False
    return True
