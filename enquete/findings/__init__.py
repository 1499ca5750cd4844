"""Figures and quotations of a study: pure tables, no formatting."""
