"""Interviews into the study, their names masked; texts corrected."""
