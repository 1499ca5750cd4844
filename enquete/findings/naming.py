"""Codes of people in what somebody wrote, as an audience reads them."""

from __future__ import annotations

import re
from collections.abc import Mapping

from enquete.wording import capital

_CODE = re.compile(r"\b[PQ]\d{3,}\b")
_BEGINS = re.compile(r"(?:^|[.!?…]\s+|\n\s*)$")  # what stands before the first word of a sentence
SOMEBODY = "une personne"
SEVERAL = "plusieurs personnes"
_SEVERAL = re.compile(rf"\b(u)ne personne(?:, {SOMEBODY})*,? (et|ou) {SOMEBODY}\b", re.IGNORECASE)


def with_labels(text: str, labels: Mapping[str, str]) -> str:
    """The text with a label in the place of each code; « une personne » for who has none, as one who withdrew.

    Where nobody has any, « une personne et une personne » are « plusieurs personnes ».
    """

    def told(code: re.Match[str]) -> str:
        words = labels.get(code[0], SOMEBODY)
        return capital(words) if _BEGINS.search(text[: code.start()]) else words

    named = _CODE.sub(told, text)
    if named == text or labels:
        return named
    return _SEVERAL.sub(lambda found: capital(SEVERAL) if found[1] == "U" else SEVERAL, named)
