"""What a reviewer should look at: the riskiest words left readable, each form once or twice."""

from __future__ import annotations

from collections import Counter

from enquete.pseudonyms.found import Weak
from enquete.pseudonyms.words import fold

MOST = 30  # entries an interview: more would not be read
_EACH = 2  # occurrences of one form


def riskiest(weak: list[tuple[Weak, int, str]]) -> list[tuple[Weak, int, str]]:
    """At most MOST entries (weak, start of its passage, its words), by decreasing risk, then by position."""
    seen: Counter[str] = Counter()
    kept = []
    for item in sorted(weak, key=lambda w: (-w[0].risk, w[1] + w[0].start)):
        form = fold(item[2])
        seen[form] += 1
        if seen[form] <= _EACH:
            kept.append(item)
    return kept[:MOST]
