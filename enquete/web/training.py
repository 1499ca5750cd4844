"""The route of training: a newcomer's codings beside the reference's, once they have finished an interview."""

from __future__ import annotations

from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from enquete.actions.coding.page import CodingPage
from enquete.actions.rounds.lessons import training_feedback
from enquete.errors import EnqueteError, Problem
from enquete.web.answers import answer, coder_of


def training_routes(page: CodingPage) -> list[Route]:
    """GET /api/training?interview=E001: as `training_feedback`; 404 before they have finished it, and for anybody
    else's.
    """

    async def training(request: Request) -> Response:
        return await answer(_feedback, page, coder_of(request), request.query_params.get("interview", ""))

    return [Route("/api/training", training)]


def _feedback(page: CodingPage, coder: str, interview: str) -> dict[str, Any]:
    with page.study.database() as db:
        found = training_feedback(page.study, db, coder, interview)
    if found is None:
        raise EnqueteError(Problem.PAGE_NO_INTERVIEW)
    return found
