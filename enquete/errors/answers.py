"""Files of answers: reading, matching, importing, exporting."""

from __future__ import annotations


class AnswersProblem:
    """Files of answers: reading, matching, importing, exporting."""
