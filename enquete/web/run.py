"""Opens the coding page: the socket, the certificate, the links, and the server until it is stopped."""

from __future__ import annotations

import signal
import socket
import sys
import threading
from collections.abc import Callable, Mapping, Sequence
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
from enquete.web.addresses import LOOPBACK, check_certificate, machine_addresses, machine_names
from enquete.web.app import application
from enquete.web.security import Address

_KEEP_ALIVE_S = 65
_STOPPING_S = 5
_BACKLOG = 128

Opened = Callable[[Mapping[str, Sequence[str]]], None]


@dataclass(frozen=True, slots=True)
class Serving:
    """How to serve. port: 0 for any. network: to other machines too. certificate: PEM files of it and of its key."""

    port: int
    network: bool = False
    certificate: tuple[Path, Path] | None = None


def serve(study: Study, links: Links, serving: Serving, opened: Opened) -> None:
    """Serves until the process is told to stop. opened: called once, with the addresses of each coder's link.

    Raises EnqueteError: PAGE_TWICE, PAGE_PORT, PAGE_CERTIFICATE, and what reading the codebooks raises.
    """
    certified = check_certificate(*serving.certificate) if serving.certificate else []
    with page_lock(study), closing(_listening(serving)) as listening:
        port = listening.getsockname()[1]
        reached = [LOOPBACK]
        if serving.network:
            reached = certified or machine_addresses() or reached
        names = {*reached, *certified, LOOPBACK, "localhost", *(machine_names() if serving.network else ())}
        address = Address("https" if serving.certificate else "http", frozenset(names), port)
        page = CodingPage(study)
        page.codebooks()  # one that has errors is told now
        server = uvicorn.Server(_config(page, links, address, serving))
        threading.Thread(target=warm_up, daemon=True).start()
        opened({coder: [address.link(host, token) for host in reached] for coder, token in links.tokens.items()})
        _until_stopped(server, listening)


def _config(page: CodingPage, links: Links, address: Address, serving: Serving) -> uvicorn.Config:
    certificate, key = serving.certificate or (None, None)
    return uvicorn.Config(
        application(page, links, address),
        # Nothing is logged: an address, a coder and a time would say who works when.
        log_config=None,
        log_level="critical",
        access_log=False,
        server_header=False,
        proxy_headers=False,
        lifespan="off",
        ws="none",
        timeout_keep_alive=_KEEP_ALIVE_S,
        timeout_graceful_shutdown=_STOPPING_S,
        ssl_certfile=certificate,
        ssl_keyfile=key,
    )


def _until_stopped(server: uvicorn.Server, listening: socket.socket) -> None:
    """Ctrl+C and the end that the system asks for both finish what is being stored, and are the usual end."""
    if threading.current_thread() is not threading.main_thread():
        server.run(sockets=[listening])
        return
    # The server raises the signal again once it has stopped: the default one would leave the lock behind.
    before = signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        server.run(sockets=[listening])
    except KeyboardInterrupt:
        pass
    finally:
        signal.signal(signal.SIGTERM, before)


def _listening(serving: Serving) -> socket.socket:
    listening = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    try:
        if sys.platform != "win32":  # there, it would let two programs share a port
            listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind(("" if serving.network else LOOPBACK, serving.port))
        listening.listen(_BACKLOG)
    except OSError as error:
        listening.close()
        raise EnqueteError(Problem.PAGE_PORT, port=serving.port, reason=system_reason(error)) from None
    return listening
