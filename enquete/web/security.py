"""What every request passes before anything answers it: whose it is, where it comes from, how much it brings."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from enquete.errors import failing_place

LARGEST_BODY = 1_000_000  # bytes
_READING = frozenset({"GET", "HEAD"})
_API = "/api/"
_WAIT_S = 0.5  # before a wrong link is told so
_BODY_S = 30  # within which a body must have come whole
_MOST_WAITING = 20
_DEFAULT_PORTS = {"http": 80, "https": 443}
TROUBLE = "Le programme a rencontré un problème ; rien de ce qui était enregistré n'est perdu."
_NO_LINK = "Ce lien n'est pas valable : demandez le vôtre à la personne qui a ouvert la page de codage."
_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}


@dataclass(frozen=True, slots=True)
class Address:
    """Where the page is served. hosts: names and addresses, in small letters, that a browser may call it by."""

    scheme: str
    hosts: frozenset[str]
    port: int

    def link(self, host: str, token: str) -> str:
        """Where a coder opens the page; what follows « # » is sent to nobody."""
        at = host if self.port == _DEFAULT_PORTS[self.scheme] else f"{host}:{self.port}"
        return f"{self.scheme}://{at}/#{token}"

    def is_host(self, header: str) -> bool:
        """Whether a Host header names this server."""
        return self.is_origin(f"{self.scheme}://{header}")

    def is_origin(self, origin: str) -> bool:
        """Whether an Origin header names the page of this server."""
        try:
            parts = urlsplit(origin)
            port = parts.port or _DEFAULT_PORTS[self.scheme]
        except ValueError:
            return False
        bare = f"{parts.scheme}://{parts.netloc}" == origin and "@" not in parts.netloc
        return bare and parts.scheme == self.scheme and (parts.hostname or "") in self.hosts and port == self.port


def content_policy(scripts: Iterable[str]) -> str:
    """The page's content security policy. scripts: digests of its inline scripts."""
    allowed = " ".join(["'self'", *scripts])
    return (
        f"default-src 'none'; script-src {allowed}; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
        "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    )


class Refused(Exception):  # noqa: N818 - an answer, not a fault
    """A request that goes no further. message: in French, for the page."""

    def __init__(self, status: int, message: str) -> None:
        super().__init__(message)
        self.status = status
        self.message = message


class Guard:
    """Wraps the application. whose: the coder that a token belongs to, or None.

    What passes has a body that was read whole, and for /api/ a coder: scope["coder"].
    """

    def __init__(self, app: ASGIApp, address: Address, whose: Callable[[str], str | None]) -> None:
        self._app = app
        self._address = address
        self._whose = whose
        self._waiting = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answers one request; nothing that goes wrong inside is told beyond its kind and place."""
        if scope["type"] != "http":
            return
        begun = False

        async def sealed(message: Message) -> None:
            nonlocal begun
            if message["type"] == "http.response.start":
                begun = True
                headers = MutableHeaders(scope=message)
                for name, value in _HEADERS.items():
                    headers[name] = value
                headers.setdefault("Content-Security-Policy", content_policy(()))
                headers.setdefault("Cache-Control", "no-store")
            await send(message)

        try:
            body = await self._admit(scope, receive)
            await self._app(scope, _replayed(body, receive), sealed)
        except Refused as refusal:
            await _refusal(refusal)(scope, receive, sealed)
        except Exception as error:  # noqa: BLE001 - a trace could hold somebody's words
            print(f"Erreur du programme ({failing_place(error)}).", file=sys.stderr)
            if not begun:
                await _refusal(Refused(500, TROUBLE))(scope, receive, sealed)

    async def _admit(self, scope: Scope, receive: Receive) -> bytes:
        """The body of a request that may go on. Raises Refused."""
        headers = Headers(scope=scope)
        hosts = headers.getlist("host")
        if len(hosts) != 1 or not self._address.is_host(hosts[0].lower()):
            raise Refused(421, "Cette adresse n'est pas celle de la page de codage.")
        changes = scope["method"] not in _READING
        origin = headers.get("origin")
        if changes and origin is not None and not self._address.is_origin(origin.lower()):
            raise Refused(403, "Cette demande ne vient pas de la page de codage.")
        if scope["path"].startswith(_API):
            scope["coder"] = await self._coder(headers)
        elif changes:
            raise Refused(405, "Cette adresse ne répond pas à cette demande.")
        if not changes:
            return b""
        if headers.get("content-type", "").partition(";")[0].strip().lower() != "application/json":
            raise Refused(415, "Cette demande n'est pas en JSON.")
        try:
            async with asyncio.timeout(_BODY_S):
                return await _whole_body(headers, receive)
        except TimeoutError:
            raise Refused(408, "Cette demande est arrivée trop lentement.") from None

    async def _coder(self, headers: Mapping[str, str]) -> str:
        """Whose link the request carries; a wrong one waits, and few wait at a time: no guessing by thousands."""
        kind, _, token = headers.get("authorization", "").partition(" ")
        coder = self._whose(token.strip()) if kind.lower() == "bearer" else None
        if coder is not None:
            return coder
        if self._waiting >= _MOST_WAITING:
            raise Refused(429, "Trop de demandes sans lien valable : attendez un peu.")
        self._waiting += 1
        try:
            await asyncio.sleep(_WAIT_S)
        finally:
            self._waiting -= 1
        raise Refused(401, _NO_LINK)


async def _whole_body(headers: Mapping[str, str], receive: Receive) -> bytes:
    too_large = Refused(413, "Cette demande est trop longue : 1 Mo au plus.")
    told = headers.get("content-length", "0")
    if not told.isdecimal() or int(told) > LARGEST_BODY:
        raise too_large
    body = bytearray()
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise Refused(400, "La demande s'est interrompue.")
        body += message.get("body", b"")
        if len(body) > LARGEST_BODY:
            raise too_large
        if not message.get("more_body", False):
            return bytes(body)


def _replayed(body: bytes, receive: Receive) -> Receive:
    """Gives the body already read, once; then what comes after it."""
    given = False

    async def replay() -> Message:
        nonlocal given
        if given:
            return await receive()
        given = True
        return {"type": "http.request", "body": body, "more_body": False}

    return replay


def _refusal(refusal: Refused) -> JSONResponse:
    # A body left unread would be taken for the next request.
    closing = {"Connection": "close"} if refusal.status in (400, 405, 408, 413) else None
    return JSONResponse({"error": refusal.message}, refusal.status, closing)
