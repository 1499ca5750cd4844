"""What routes share: whose request it is, and how an action answers it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from anyio import CapacityLimiter, to_thread
from anyio.lowlevel import RunVar
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

# Threads of one interpreter and one database wait for one another: more of them only make everybody slower. Those that
# wait for words to be pseudonymised are counted apart, and keep nobody else waiting.
_AT_ONCE = {False: 2, True: 8}
_limiters: RunVar[dict[bool, CapacityLimiter]] = RunVar("enquete limiters")


def coder_of(request: Request) -> str:
    """Whose link the request carries."""
    return str(request.scope["coder"])


async def answer(action: Callable[..., Any], *arguments: Any, waits: bool = False) -> Response:
    """What an action gives, as JSON; it runs in a thread, and so does the writing of the JSON.

    waits: most of its time is spent waiting for another process.
    """
    try:
        limiters = _limiters.get()
    except LookupError:
        limiters = {kind: CapacityLimiter(number) for kind, number in _AT_ONCE.items()}
        _limiters.set(limiters)
    return await to_thread.run_sync(lambda: JSONResponse(action(*arguments)), limiter=limiters[waits])
