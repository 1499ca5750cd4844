"""What a message is made of."""

from __future__ import annotations

from typing import NamedTuple


class Message(NamedTuple):
    """What is wrong, and how to mend it: format strings over the same keywords."""

    what: str
    remedy: str
