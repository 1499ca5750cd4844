"""Plain text and Markdown: the text as it stands."""

from __future__ import annotations

from enquete.readers.source import Source, lines_of


def read(text: str) -> Source:
    """Markdown's marks are left in the text; the labels are found under them, and they are no speech."""
    return Source(text, lines_of(text))
