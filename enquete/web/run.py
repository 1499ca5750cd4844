"""Opens the coding page: the socket, the certificate, the links, and the server until it is stopped."""

from __future__ import annotations

import logging
import signal
import socket
import sys
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import uvicorn

from enquete.actions.coding.links import Links, links_for
from enquete.actions.coding.page import CodingPage
from enquete.actions.coding.page_lock import page_lock
from enquete.actions.coding.words import mask_words, words_apart
from enquete.actions.study import Study
from enquete.errors import EnqueteError, Problem, system_reason
from enquete.web.addresses import LOOPBACK, check_certificate, machine_addresses, machine_names
from enquete.web.app import application
from enquete.web.security import Address

_KEEP_ALIVE_S = 65
_SWITCH_S = 0.0005  # between threads: the usual 5 ms, waited for at each call of the database, add up to 100
_STOPPING_S = 5
_BACKLOG = 128


@dataclass(frozen=True, slots=True)
class Serving:
    """How to serve. port: 0 for any. network: to other machines too. certificate: PEM files of it and of its key.

    new_links: former links open nothing any more. apart: what coders type is read in a process of its own.
    """

    port: int
    network: bool = False
    certificate: tuple[Path, Path] | None = None
    new_links: bool = False
    apart: bool = False


@dataclass(frozen=True, slots=True)
class OpenPage:
    """A page that browsers can reach once it runs. links: the addresses of each coder's link."""

    links: Mapping[str, Sequence[str]]
    _server: uvicorn.Server
    _listening: socket.socket

    def run(self) -> None:
        """Serves until `stop`, Ctrl+C or the end that the system asks for: what is being stored is finished first."""
        interval = sys.getswitchinterval()
        sys.setswitchinterval(_SWITCH_S)
        # It would print traces: of connections by thousands, or with what somebody sent.
        logging.getLogger("asyncio").disabled = True
        try:
            with _stopped_by_signals():
                self._server.run(sockets=[self._listening])
        finally:
            sys.setswitchinterval(interval)

    def stop(self) -> None:
        """Ends `run`, from another thread."""
        self._server.should_exit = True


@contextmanager
def _stopped_by_signals() -> Iterator[None]:
    """The server raises a signal again once it has stopped: the default answer would leave the lock behind."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        with suppress(KeyboardInterrupt):
            yield
    finally:
        signal.signal(signal.SIGTERM, before)


@contextmanager
def open_page(study: Study, coders: Sequence[str], serving: Serving) -> Iterator[OpenPage]:
    """The page of a study for these coders, closed at the end of the block.

    Raises EnqueteError: PAGE_TWICE, PAGE_PORT, PAGE_CERTIFICATE, PAGE_SECRET, and what reading the codebooks raises.
    """
    certified = check_certificate(*serving.certificate) if serving.certificate else []
    with ExitStack() as stack:
        stack.enter_context(page_lock(study))
        listening = stack.enter_context(closing(_listening(serving)))
        words = stack.enter_context(words_apart()) if serving.apart else mask_words
        reached = [LOOPBACK]
        if serving.network:
            reached = certified or machine_addresses() or reached
        names = {*reached, *certified, LOOPBACK, "localhost", *(machine_names() if serving.network else ())}
        scheme = "https" if serving.certificate else "http"
        address = Address(scheme, frozenset(names), listening.getsockname()[1])
        page = CodingPage(study, words)
        with study.database() as db:
            page.codebooks(db)  # one that has errors is told now
        links = links_for(study, coders, anew=serving.new_links)
        shown = {coder: [address.link(host, token) for host in reached] for coder, token in links.tokens.items()}
        yield OpenPage(shown, uvicorn.Server(_config(page, links, address, serving)), listening)


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
