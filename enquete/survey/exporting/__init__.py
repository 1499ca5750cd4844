"""Answers as tables for other programs: which columns, which codes, under which names. Pure; formats are elsewhere."""
