"""Codebooks of the study, and what becomes of codings when they change."""
