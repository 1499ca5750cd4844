"""Pseudonyms read through by a person."""
