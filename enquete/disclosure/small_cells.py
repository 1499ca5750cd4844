"""Counts so small that they point at somebody."""

from __future__ import annotations

MASKED = "quelques"


def mask(value: int, threshold: int) -> int | str:
    """« quelques » for 1 to threshold - 1 people; zero stays 0."""
    return MASKED if 0 < value < threshold else value
