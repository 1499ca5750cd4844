"""The routes of the coding page. Each answers by one action, in a thread of its own."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp

from enquete import page as files
from enquete.actions.coding.entries import read_entries, read_place, receive, words_of
from enquete.actions.coding.links import Links
from enquete.actions.coding.page import CodingPage
from enquete.errors import EnqueteError, Problem
from enquete.web.answers import answer, coder_of
from enquete.web.arbitration import arbitration_routes
from enquete.web.security import TROUBLE, Address, Guard, content_policy
from enquete.web.training import training_routes
from enquete.wording import capital

_STATUS = {Problem.PAGE_NO_INTERVIEW: 404, Problem.PAGE_BAD_REQUEST: 400}
_BUSY = 503  # anything else that a person can mend: the page tries again
_FRESH = {"Cache-Control": "no-cache"}


def application(page: CodingPage, links: Links, address: Address) -> ASGIApp:
    """The whole server."""
    routes = [
        Route("/", _page),
        Route("/styles.css", _asset),
        Route("/static/{name:path}", _asset),
        Route("/vendor/{name:path}", _asset),
        *coding_routes(page, links),
        *training_routes(page),
        *arbitration_routes(page),
    ]
    handlers: dict[Any, Callable[[Request, Any], Response]] = {
        HTTPException: _refused,
        EnqueteError: _problem,
        Exception: _broken,
    }
    app = Starlette(routes=routes, exception_handlers=handlers)
    app.router.redirect_slashes = False
    return Guard(app, address, links.coder)


def coding_routes(page: CodingPage, links: Links) -> list[Route]:
    """What a coder asks and sends."""

    async def overview(request: Request) -> Response:
        coder = coder_of(request)
        return await answer(page.overview, coder, links.queue_key(coder))

    async def interview(request: Request) -> Response:
        return await answer(page.interview, coder_of(request), request.path_params["code"])

    async def entries(request: Request) -> Response:
        sent = read_entries(await request.body())
        return await answer(receive, page, coder_of(request), sent, waits=any(map(words_of, sent)))

    async def place(request: Request) -> Response:
        code, turn = read_place(await request.body())
        await answer(page.set_place, coder_of(request), code, turn)
        return Response(status_code=204)

    async def changes(request: Request) -> Response:
        after = request.query_params.get("after", "0")
        if not re.fullmatch("[0-9]{1,15}", after):
            raise EnqueteError(Problem.PAGE_BAD_REQUEST)
        return await answer(page.changes, coder_of(request), request.query_params.get("interview"), int(after))

    async def search(request: Request) -> Response:
        return await answer(page.search, coder_of(request), request.query_params.get("q", ""))

    async def notes(request: Request) -> Response:
        return await answer(page.notes, coder_of(request))

    return [
        Route("/api/overview", overview),
        Route("/api/interviews/{code}", interview),
        Route("/api/entries", entries, methods=["POST"]),
        Route("/api/place", place, methods=["PUT"]),
        Route("/api/changes", changes),
        Route("/api/search", search),
        Route("/api/notes", notes),
    ]


async def _page(_: Request) -> Response:
    html, imports = files.served()
    policy = {"Content-Security-Policy": content_policy([files.digest_source(imports)])}
    return Response(html, media_type="text/html", headers={**_FRESH, **policy})


async def _asset(request: Request) -> Response:
    found = files.asset(request.url.path.removeprefix("/"))
    if found is None:
        raise HTTPException(404)
    return Response(found.data, media_type=found.type, headers=_FRESH)


def _refused(_: Request, error: HTTPException) -> Response:
    told = {404: "Il n'y a rien à cette adresse.", 405: "Cette adresse ne répond pas à cette demande."}
    return JSONResponse({"error": told.get(error.status_code, "Demande refusée.")}, error.status_code, error.headers)


def _problem(_: Request, error: EnqueteError) -> Response:
    told = str(error) if error.where else capital(str(error))  # a file keeps its name
    return JSONResponse({"error": told}, _STATUS.get(error.problem, _BUSY))


def _broken(_: Request, __: Exception) -> Response:
    """The error itself goes on to the guard, which tells its place on this machine."""
    return JSONResponse({"error": TROUBLE}, 500)
