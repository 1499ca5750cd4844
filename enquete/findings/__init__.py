"""Figures and quotations of a study: pure tables, no formatting."""

from enquete.findings.synthesis import synthesise

__all__ = ["synthesise"]
