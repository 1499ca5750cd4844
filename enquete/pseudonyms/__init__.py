"""Detects what identifies people in interviews, resolves who is who, replaces."""

from enquete.pseudonyms.book import KnownName
from enquete.pseudonyms.detection import detect
from enquete.pseudonyms.documents import Detection, Document, Passage, PassageKind, from_transcript

__all__ = ["Detection", "Document", "KnownName", "Passage", "PassageKind", "detect", "from_transcript"]
