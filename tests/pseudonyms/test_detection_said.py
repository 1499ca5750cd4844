"""Sentences as people say them: what must be hidden stands in [[…]], nothing else may be touched.

A line starting with « ? » is a known miss: it must move when a rule learns it.
"""

import re
from pathlib import Path

import pytest

from enquete.pseudonyms import Document, Passage, detect

SAID = Path(__file__).parent / "said"
# A common noun left readable inside a name tells nothing: « rue », « lycée ».
GENERIC = {"rue", "avenue", "place", "de", "du", "des", "d", "la", "le", "les", "l", "ans", "mme"}


def lines() -> list[pytest.param]:
    found = []
    for path in sorted(SAID.glob("*.txt")):
        for line in path.read_text(encoding="utf-8").splitlines():
            if line and not line.startswith("#"):
                missed = line.startswith("? ")
                mark = (pytest.mark.xfail(strict=True),) if missed else ()
                found.append(pytest.param(line.removeprefix("? "), id=f"{path.stem}: {line}", marks=mark))
    return found


@pytest.mark.parametrize("line", lines())
def test_what_identifies_is_hidden_and_nothing_else(line: str) -> None:
    text, spans = "", []
    for number, part in enumerate(re.split(r"\[\[(.+?)\]\]", line)):
        if number % 2:
            spans.append((len(text), len(text) + len(part)))
        text += part
    (detection,) = detect([Document(text, (Passage(0, len(text)),))])
    hidden = {i for m in detection.mentions for i in range(m.start, m.end)}
    for start, end in spans:
        for word in re.finditer(r"\w+", text[start:end]):
            if word[0].lower() not in GENERIC:
                assert set(range(start + word.start(), start + word.end())) <= hidden, f"readable: {word[0]}"
    for mention in detection.mentions:
        overlaps = any(mention.start < end and mention.end > start for start, end in spans)
        assert overlaps, f"hidden: {text[mention.start : mention.end]} ({mention.why})"
