"""« 7 sur 24 », and a percentage where there are people enough for one."""

from __future__ import annotations

from enquete.wording import number

LEAST = 50  # people: under it, a percentage says more than so few can


def share(part: int, whole: int) -> str:
    """« 7 sur 24 »; from fifty people on « 12 sur 60, soit 20 % »."""
    told = f"{number(part)} sur {number(whole)}"
    return f"{told}, soit {percent(part, whole)}" if whole >= LEAST else told


def percent(part: int, whole: int) -> str:
    """« 20 % », rounded half up; empty under fifty people."""
    return f"{(200 * part + whole) // (2 * whole)}\u202f%" if whole >= LEAST else ""
