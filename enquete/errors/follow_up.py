"""The same people met again: attempts, losses, links, change."""

from __future__ import annotations


class FollowUpProblem:
    """The same people met again: attempts, losses, links, change."""
