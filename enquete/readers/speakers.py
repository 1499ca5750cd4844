"""Decides which of the possible labels are speakers, and gathers the spellings of each.

A label must be given by the format, say a role, follow a tool's pattern, carry times, or recur beside others; or it
fits the layout of those. Words followed by a colon inside speech do none of this.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from enquete.readers import words
from enquete.readers.labels import Head, Kind, Shape

_FIRM = frozenset({Shape.COLON, Shape.BRACKET, Shape.DASH, Shape.TAB, Shape.BOLD, Shape.DOT})
_WEAK = frozenset({Shape.CAPITALS, Shape.ALONE, Shape.DASH})
_OFTEN = 3
_LAYOUT = 0.85  # share of paragraphs that begin with a label where every paragraph does


@dataclass(frozen=True)
class Cast:
    """voices: for each speaker the keys of its labels, the most frequent first. heads: those that are speakers.
    misspelt: for each speaker, on how many lines its label was misspelt."""

    voices: tuple[tuple[str, ...], ...]
    heads: tuple[Head, ...]
    misspelt: tuple[int, ...]

    def speaker(self, key: str) -> int | None:
        for number, keys in enumerate(self.voices):
            if key in keys:
                return number
        return None


def cast(heads: Sequence[Head], starts: Collection[int], named: Collection[str]) -> Cast:
    """starts: the lines that begin a paragraph. named: keys that the user says are speakers."""
    heads = _collapsed(_followed(heads))
    accepted = _certain(heads, named)
    accepted |= _recurring(heads, accepted)
    if len(accepted) == 1 and not _stands_alone(accepted, heads, named):
        accepted = set()
    accepted |= _fitting(heads, accepted, starts)
    twins = _twins(heads, accepted)
    kept = tuple(h for h in heads if (h.key in accepted and _reads_so(h, heads)) or h.key in twins)
    return _gathered(kept, twins)


def _followed(heads: Sequence[Head]) -> list[Head]:
    """Labels alone on their line, without time, need something said after them: not another such line."""
    kept = []
    for number, head in enumerate(heads):
        following = heads[number + 1] if number + 1 < len(heads) else None
        bare = head.alone and head.shape is Shape.ALONE and head.kind not in (Kind.ROLE, Kind.PATTERN)
        beside = following and following.line == head.line + 1 and following.alone and head.timed == following.timed
        if bare and beside and not head.distinct:
            continue
        kept.append(head)
    return kept


def _collapsed(heads: list[Head]) -> list[Head]:
    """« Q1 : », « R1 : », « Q2 : »…: numbered questions and answers are two speakers, not one a number."""
    numbers: dict[str, set[str]] = defaultdict(set)
    counts = Counter(h.key for h in heads)
    for head in heads:
        match = words.NUMBERED.fullmatch(head.key)
        if match and match[1] in ("q", "r", "question", "reponse"):
            numbers[match[1]].add(match[2])
    many = {
        letter
        for letter, found in numbers.items()
        if len(found) >= _OFTEN and all(counts[f"{letter}{n}"] + counts[f"{letter} {n}"] <= 2 for n in found)
    }
    return [_renamed(h, many) for h in heads] if many else heads


def _renamed(head: Head, letters: set[str]) -> Head:
    from dataclasses import replace

    match = words.NUMBERED.fullmatch(head.key)
    return replace(head, key=match[1], kind=Kind.LETTER) if match and match[1] in letters else head


def _certain(heads: Iterable[Head], named: Collection[str]) -> set[str]:
    counts: Counter[str] = Counter()
    accepted: set[str] = set()
    for head in heads:
        counts[head.key] += 1
        strong = head.kind in (Kind.ROLE, Kind.PATTERN)
        given = head.shape is Shape.GIVEN and head.kind is not Kind.NEVER
        timed = (
            head.timed and head.kind not in (Kind.NEVER, Kind.OTHER) and (head.shape is not Shape.ALONE or head.alone)
        )
        if (
            head.key in named
            or given
            or head.shape is Shape.GIVEN
            or (strong and (head.shape in _FIRM or head.timed or head.distinct or counts[head.key] > 1))
            or (timed and (head.shape is Shape.BRACKET or head.shape in _FIRM))
        ):
            accepted.add(head.key)
    return accepted


def _recurring(heads: Sequence[Head], accepted: set[str]) -> set[str]:
    """Letters, initials and names that come back, beside at least one other speaker."""
    by_key: dict[str, list[Head]] = defaultdict(list)
    for head in heads:
        if head.key not in accepted and head.kind is not Kind.NEVER:
            by_key[head.key].append(head)
    total = len(heads)
    found = {key for key, like in by_key.items() if _comes_back(like, total)}
    # « E : » and « R : » say enough together, even once.
    letters = {key for key, like in by_key.items() if like[0].kind is Kind.LETTER and like[0].shape in _FIRM}
    if len({words.LETTERS[key] for key in letters}) == 2:
        found |= letters
    return found if len(found | accepted) > 1 else set()


def _comes_back(like: Sequence[Head], total: int) -> bool:
    """Whether heads of one label, out of `total`, are many enough for what their shapes say."""
    marked = [h for h in like if h.distinct or h.timed]
    if like[0].kind is Kind.OTHER:
        clear = [h for h in like if h in marked or h.shape in (Shape.BRACKET, Shape.BOLD, Shape.TAB)]
        return len(clear) >= max(_OFTEN, total // 8)
    firm = [h for h in like if h.shape in _FIRM - _WEAK]
    noted = [h for h in firm if h.shape is Shape.BRACKET and h not in marked and not h.alone]  # « [Rires] Oui »
    clear = [h for h in like if h in marked or (h in firm and h not in noted)]
    weak = Counter(h.shape for h in like if h not in clear)
    return len(clear) >= 2 or any(n >= max(_OFTEN, total // 12) for n in weak.values())


def _stands_alone(accepted: set[str], heads: Iterable[Head], named: Collection[str]) -> bool:
    """Whether a single speaker is sure enough to be one."""
    (key,) = accepted
    return key in named or any(
        h.key == key and (h.shape is Shape.GIVEN or h.kind in (Kind.ROLE, Kind.PATTERN) or h.timed) for h in heads
    )


def _fitting(heads: Sequence[Head], accepted: set[str], starts: Collection[int]) -> set[str]:
    """Labels written once, where every other paragraph begins with a label of the same shape."""
    shapes = Counter(h.shape for h in heads if h.key in accepted)
    candidates = [h for h in heads if h.key not in accepted and h.line in starts]
    once = (Kind.NAME, Kind.INITIALS, Kind.LETTER)
    likely = [h for h in candidates if h.kind in once and h.shape in _FIRM and (not shapes or h.shape in shapes)]
    first = min((h.line for h in heads if h.key in accepted), default=min((h.line for h in likely), default=0))
    paragraphs = [s for s in starts if s >= first]
    headed = {h.line for h in heads if h.key in accepted} | {h.line for h in likely}
    share = sum(s in headed for s in paragraphs) / max(1, len(paragraphs))
    found = {h.key for h in likely} if share >= _LAYOUT else set()
    if not accepted and (len(found) < 2 or share < 1):
        return set()
    if accepted:
        found -= {h.key for h in candidates if h.line < first}
    return found


def _reads_so(head: Head, heads: Sequence[Head]) -> bool:
    """A speaker's name may open a sentence too: a head in a weak shape needs its label to be written so elsewhere."""
    if head.shape not in _WEAK or head.timed or head.distinct:
        return True
    firm = [h for h in heads if h.key == head.key and (h.shape not in _WEAK or h.timed)]
    weak = [h for h in heads if h.key == head.key and h.shape is head.shape]
    return len(weak) >= max(1, len(firm))


def _twins(heads: Sequence[Head], accepted: set[str]) -> dict[str, str]:
    """Misspelt labels: rare, and close to a frequent one in the same shape."""
    counts = Counter(h.key for h in heads)
    shapes = {h.key: {x.shape for x in heads if x.key == h.key} for h in heads}
    twins: dict[str, str] = {}
    for key, count in counts.items():
        near = [
            (distance(key, other), -counts[other], other)
            for other in accepted
            if other != key and shapes[key] & shapes[other] and _may_be_twin(key, other, count, counts[other])
        ]
        near = [n for n in near if n[0] <= _tolerated(key, n[2])]
        if near:
            twins[key] = min(near)[2]
    return {k: v for k, v in twins.items() if v not in twins}


def _may_be_twin(key: str, other: str, count: int, others: int) -> bool:
    if key in words.STAGE or re.findall(r"\d+", key) != re.findall(r"\d+", other):
        return False
    if count * 4 > others or (key[0] != other[0] and distance(key[1:], other[1:]) > 0):
        return False
    role, expected = words.role_of(key), words.role_of(other)
    return role is None or role is expected


def _tolerated(key: str, other: str) -> int:
    """How many letters may differ."""
    shortest = min(len(key), len(other))
    if words.role_of(key) is not None:
        return 1  # « Enquêtée » for « Enquêté », not « Enquêtrice » for « Enquêteur »
    if shortest < 5:
        return 0
    return 2 if shortest >= 7 else 1


def distance(a: str, b: str) -> int:
    """Letters added, dropped, changed or swapped with their neighbour; counted no further than is of use."""
    if abs(len(a) - len(b)) > 2:
        return 3
    before: list[int] = []
    previous = list(range(len(b) + 1))
    for i, x in enumerate(a, 1):
        current = [i]
        for j, y in enumerate(b, 1):
            cost = min(previous[j] + 1, current[-1] + 1, previous[j - 1] + (x != y))
            if i > 1 and j > 1 and x == b[j - 2] and a[i - 2] == y:
                cost = min(cost, before[j - 2] + 1)
            current.append(cost)
        before, previous = previous, current
    return previous[-1]


def _gathered(heads: tuple[Head, ...], twins: dict[str, str]) -> Cast:
    """Speakers in the order in which they first speak."""
    order: dict[str, int] = {}
    keys: list[Counter[str]] = []
    misspelt: list[int] = []
    for head in heads:
        main = twins.get(head.key, head.key)
        number = order.setdefault(main, len(order))
        if number == len(keys):
            keys.append(Counter())
            misspelt.append(0)
        keys[number][head.key] += 1
        misspelt[number] += head.key in twins
    return Cast(tuple(tuple(k for k, _ in c.most_common()) for c in keys), heads, tuple(misspelt))
