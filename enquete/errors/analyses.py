"""Analyses described as text, and the documents made from them."""

from __future__ import annotations


class AnalysesProblem:
    """Analyses described as text, and the documents made from them."""
