"""Questionnaires and interview guides."""

from __future__ import annotations


class QuestionnaireProblem:
    """Questionnaires and interview guides."""
