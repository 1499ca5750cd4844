"""What routes share: whose request it is, and how an action answers it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response


def coder_of(request: Request) -> str:
    """Whose link the request carries."""
    return str(request.scope["coder"])


async def answer(action: Callable[..., Any], *arguments: Any) -> Response:
    """What an action gives, as JSON; it runs in a thread, and so does the writing of the JSON."""
    return await run_in_threadpool(lambda: JSONResponse(action(*arguments)))
