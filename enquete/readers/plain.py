"""Plain text and Markdown: the text as it stands."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from enquete.readers import delimited
from enquete.readers.source import Line, Source, lines_of

_NUMBER = re.compile(r"\s*(\d{1,4})(?:[ \t\u00a0]+|(?=[A-ZÀ-Ý\[])|$)")
_FEWEST = 5  # numbers in the margin


def read(text: str) -> Source:
    """Markdown's marks are left in the text; the labels are found under them, and they are no speech."""
    rows = delimited.lines_of(text)
    if rows:
        return Source(text, rows)
    lines = lines_of(text)
    widths = margin([text[line.start : line.end] for line in lines])
    return Source(text, tuple(_narrowed(line, width) for line, width in zip(lines, widths, strict=True)))


def _narrowed(line: Line, margin: int) -> Line:
    return replace(line, start=min(line.start + margin, line.end), bold=-1) if margin else line


def margin(lines: Sequence[str]) -> list[int]:
    """For each line, how wide the number that counts it is: each line's or every fifth's; 0 where there is none."""
    found = [_NUMBER.match(line) for line in lines]
    numbers = [int(match[1]) for match in found if match]
    steps = Counter(after - before for before, after in pairwise(numbers))
    step, count = steps.most_common(1)[0] if steps else (0, 0)
    regular = step in (1, 5) and count >= 0.8 * (len(numbers) - 1) and len(numbers) * step >= 0.7 * len(lines)
    if not regular or len(numbers) < _FEWEST:
        return [0] * len(lines)
    return [match.end() if match else 0 for match in found]
