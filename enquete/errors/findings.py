"""What people write: findings, recommendations, summaries; and the workbooks that come back."""

from __future__ import annotations


class FindingsProblem:
    """What people write: findings, recommendations, summaries; and the workbooks that come back."""
