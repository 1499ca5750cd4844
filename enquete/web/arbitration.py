"""The routes of arbitration: disagreements between coders, for the arbiters that the study names."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from enquete.actions.agreement.arbitrating import Wanted
from enquete.actions.agreement.arbitration_page import listed, opened, settle
from enquete.actions.coding.page import CodingPage
from enquete.errors import EnqueteError, Problem
from enquete.web.answers import answer, coder_of
from enquete.wording import capital

# What the page can do nothing about by trying again.
_REFUSED = {
    Problem.PAGE_NOT_ARBITER: 404,
    Problem.PAGE_CASE_GONE: 409,
    Problem.UNKNOWN_INTERVIEW: 404,
    Problem.UNKNOWN_CASE: 409,
    **dict.fromkeys(
        (
            Problem.MOTIVE_MISSING, Problem.CODE_UNKNOWN, Problem.CODE_RETIRED, Problem.RULING_PLACE,
            Problem.RULING_NEW_CODE, Problem.RULING_NEW_ONLY, Problem.WORDS_NOT_FOUND, Problem.VERDICT_UNKNOWN,
        ),
        400,
    ),
}  # fmt: skip


def arbitration_routes(page: CodingPage) -> list[Route]:
    """GET /api/disagreements?state=open|settled|all&interview=E001&code=R02.1&bounds=1&after=0: see `listed`, where
    « interview » may be a question, « rsa-v1/dire »; GET /api/disagreements/KEY: see `opened`; POST /api/rulings: see
    `settle`. 404 for whoever is no arbiter.
    """

    async def disagreements(request: Request) -> Response:
        asked = request.query_params
        if not re.fullmatch("[0-9]{1,9}", after := asked.get("after", "0")):
            raise EnqueteError(Problem.PAGE_BAD_REQUEST)
        place = asked.get("interview") or ""
        wanted = Wanted(
            interviews=(place,) if place and "/" not in place else (),
            questions=(place,) if "/" in place else (),
            codes=tuple(filter(None, [asked.get("code")])),
            codebooks=tuple(filter(None, [asked.get("codebook")])),
            bounds=asked.get("bounds") == "1",
        )
        return await _told(listed, page, coder_of(request), wanted, asked.get("state", "all"), int(after))

    async def disagreement(request: Request) -> Response:
        return await _told(opened, page, coder_of(request), request.path_params["key"])

    async def ruling(request: Request) -> Response:
        return await _told(settle, page, coder_of(request), await request.body(), waits=True)

    return [
        Route("/api/disagreements", disagreements),
        Route("/api/disagreements/{key}", disagreement),
        Route("/api/rulings", ruling, methods=["POST"]),
    ]


async def _told(action: Callable[..., Any], *arguments: Any, waits: bool = False) -> Response:
    try:
        return await answer(action, *arguments, waits=waits)
    except EnqueteError as error:
        if error.problem not in _REFUSED:
            raise
        return JSONResponse({"error": capital(error.what)}, _REFUSED[error.problem])
