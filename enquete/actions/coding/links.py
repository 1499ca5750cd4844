"""Each coder's own link to the coding page: a secret derived from one that this user's configuration keeps."""

from __future__ import annotations

import base64
import hashlib
import hmac
import os
import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from enquete.actions.coding.coders import check_coder, check_name
from enquete.actions.study import Study
from enquete.errors import EnqueteError, Problem, system_reason
from enquete.store.packets import study_uid
from enquete.store.page import assigned_coders, settled_names
from enquete.vault.keys import keys_folder

_SECRET = 32  # bytes
_TOKEN = 24  # bytes


@dataclass(frozen=True, slots=True)
class Links:
    """Tells coders by the token of their link. tokens: by coder. waiting: what keys of `queue_key` come from."""

    tokens: Mapping[str, str]
    waiting: bytes

    def coder(self, token: str) -> str | None:
        """Whose token it is; None for nobody's. As long whatever the token."""
        given, found = token.encode(), None
        for coder, own in self.tokens.items():
            if hmac.compare_digest(own.encode(), given):
                found = coder
        return found

    def queue_key(self, coder: str) -> str:
        """Encrypts what a coder's browser could not send yet: 32 bytes in base64, the same from one day to the next.

        New links leave it as it is: what waits under the former one is sent by the new one.
        """
        return base64.b64encode(_derived(self.waiting, "queue", coder)).decode()


def coders_of(study: Study, named: Iterable[str]) -> list[str]:
    """Who may open the page: those named, else the coders and arbiters of the settings and, where these name no
    coder, those who were given work: who has left still stands among them.

    Raises EnqueteError: CODER_NAME, UNKNOWN_CODER, PAGE_SETTLED_CODER, PAGE_NO_CODER.
    """
    config = study.config
    with study.database() as db:
        assigned, settled = assigned_coders(db), settled_names(db)
    usual = (*(config.coders or assigned), *config.coding.arbiters)
    coders = list(dict.fromkeys(named)) or list(dict.fromkeys(usual))
    for coder in coders:
        if coder in config.coding.arbiters:
            check_name(coder)
        else:
            check_coder(config, coder)
        if coder in settled:
            raise EnqueteError(Problem.PAGE_SETTLED_CODER, name=coder, exit_code=2)
    if not coders:
        raise EnqueteError(Problem.PAGE_NO_CODER, exit_code=2)
    return coders


def links_for(study: Study, coders: Iterable[str], *, anew: bool = False) -> Links:
    """The links of these coders, the same from one start to the next. anew: the former ones open nothing any more.

    Raises EnqueteError(PAGE_SECRET).
    """
    with study.database() as db:
        uid = study_uid(db)
    secret = _secret(f"{uid}.secret", anew=anew)
    return Links({coder: _token(secret, coder) for coder in coders}, _secret(f"{uid}.attente"))


def _token(secret: bytes, coder: str) -> str:
    return base64.urlsafe_b64encode(_derived(secret, "link", coder)[:_TOKEN]).decode()


def _derived(secret: bytes, purpose: str, coder: str) -> bytes:
    return hmac.new(secret, f"{purpose}\x1f{coder}".encode(), hashlib.sha256).digest()


def _secret(name: str, *, anew: bool = False) -> bytes:
    """A secret of a study, made when there is none: beside this user's keys, never in the study."""
    path = keys_folder().parent / "liens" / name
    try:
        if not anew and path.is_file():
            known = path.read_bytes()
            if len(known) == _SECRET:
                return known
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        made = secrets.token_bytes(_SECRET)
        _write_private(path, made)
    except OSError as error:
        raise EnqueteError(Problem.PAGE_SECRET, where=str(path), reason=system_reason(error)) from error
    return made


def _write_private(path: Path, data: bytes) -> None:
    temporary = path.with_name(f".{path.name}.{secrets.token_hex(4)}.tmp")
    try:
        with os.fdopen(os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)
