"""Opens the coding page: the socket, the certificate, the links, and the server until it is stopped."""

from __future__ import annotations

import socket
import sys
import threading
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import uvicorn

from enquete.actions.coder_links import Links
from enquete.actions.coding_page import CodingPage
from enquete.actions.coding_words import warm_up
from enquete.actions.page_lock import page_lock
from enquete.actions.study import Study
from enquete.errors import EnqueteError, Problem, system_reason
from enquete.web.app import application
from enquete.web.security import Address

_LOOPBACK = "127.0.0.1"
_KEEP_ALIVE_S = 65
_STOPPING_S = 5


@dataclass(frozen=True, slots=True)
class Serving:
    """How to serve. port: 0 for any. network: other machines too. certificate: of the server and its key, PEM files."""

    port: int
    network: bool = False
    certificate: tuple[Path, Path] | None = None


def serve(study: Study, links: Links, serving: Serving, opened: Callable[[list[tuple[str, list[str]]]], None]) -> None:
    """Serves until the process is told to stop. opened: called once with (coder, links) of each coder.

    Raises EnqueteError: PAGE_TWICE, PAGE_PORT, PAGE_CERTIFICATE.
    """
    with page_lock(study), closing(_listening(serving)) as listening:
        port = listening.getsockname()[1]
        hosts = [_LOOPBACK]
        address = Address("http", frozenset({*hosts, "localhost"}), port)
        page = CodingPage(study)
        config = uvicorn.Config(
            application(page, links, address),
            log_config=None,
            log_level="critical",
            access_log=False,
            server_header=False,
            lifespan="off",
            ws="none",
            timeout_keep_alive=_KEEP_ALIVE_S,
            timeout_graceful_shutdown=_STOPPING_S,
        )
        threading.Thread(target=warm_up, daemon=True).start()
        opened([(coder, [f"http://{host}:{port}/#{token}" for host in hosts]) for coder, token in links.tokens.items()])
        uvicorn.Server(config).run(sockets=[listening])


def _listening(serving: Serving) -> socket.socket:
    host = "" if serving.network else _LOOPBACK
    listening = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    try:
        if sys.platform != "win32":
            listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind((host, serving.port))
    except (OSError, OverflowError) as error:
        listening.close()
        reason = system_reason(error) if isinstance(error, OSError) else "ce n'est pas un port"
        raise EnqueteError(Problem.PAGE_PORT, port=serving.port, reason=reason) from None
    return listening
