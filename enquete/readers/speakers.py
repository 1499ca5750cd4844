"""Decides which of the possible labels are speakers, and gathers the spellings of each.

A label must be given by the format, say a role, follow a tool's pattern, carry times, or recur beside others; or it
fits the layout of those. Words followed by a colon inside speech do none of this.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from enquete.readers import words
from enquete.readers.labels import Head, Kind, Shape

_FIRM = frozenset({Shape.COLON, Shape.BRACKET, Shape.DASH, Shape.TAB, Shape.BOLD, Shape.DOT})
# Capitals, a word alone or a dash may as well belong to what is said.
_WEAK = frozenset({Shape.CAPITALS, Shape.ALONE, Shape.DASH})
_SURE = frozenset({Kind.ROLE, Kind.PATTERN})
_OFTEN = 3
_LAYOUT = 0.85  # share of paragraphs that begin with a label, where every paragraph does
_FEW = 6  # voices whose labels may be any words
_CROWD = 12  # voices that speak once each: a list or a glossary rather than people

_ByKey = Mapping[str, Sequence[Head]]


@dataclass(frozen=True)
class Cast:
    """voices: for each speaker the keys of its labels, the most frequent first. numbers: from each key to its speaker.
    heads: those that are speakers. misspelt: for each speaker, on how many lines its label was misspelt."""

    voices: tuple[tuple[str, ...], ...]
    numbers: Mapping[str, int]
    heads: tuple[Head, ...]
    misspelt: tuple[int, ...]


NOBODY = Cast((), {}, (), ())


def cast(heads: Sequence[Head], starts: Collection[int], named: Collection[str]) -> Cast:
    """starts: the lines that begin a paragraph. named: keys that the user or the file says are speakers."""
    heads = _collapsed(_followed(heads))
    by_key: dict[str, list[Head]] = defaultdict(list)
    for head in heads:
        by_key[head.key].append(head)
    accepted = {key for key, like in by_key.items() if key in named or _is_certain(like)}
    accepted |= _recurring(by_key, accepted)
    accepted |= _siblings(by_key, accepted)
    if len(accepted) < 2:
        accepted |= _covering(heads, starts)
    if len(accepted) == 1 and not accepted & set(named) and not _stands_alone(by_key[min(accepted)]):
        accepted = set()
    accepted |= _fitting(heads, accepted, starts)
    twins = _twins(by_key, accepted)
    kept = tuple(h for h in heads if (h.key in accepted and _reads_so(h, by_key[h.key])) or h.key in twins)
    return _gathered(kept, twins)


def _followed(heads: Sequence[Head]) -> list[Head]:
    """Labels alone on their line, without time, need something said after them: not another such line."""
    kept = []
    for number, head in enumerate(heads):
        following = heads[number + 1] if number + 1 < len(heads) else None
        bare = head.alone and head.shape is Shape.ALONE and head.kind not in _SURE and not head.distinct
        beside = following and following.line == head.line + 1 and following.alone and head.timed == following.timed
        if not (bare and beside):
            kept.append(head)
    return kept


def _collapsed(heads: list[Head]) -> list[Head]:
    """« Q1 : », « R1 : », « Q2 : »…: numbered questions and answers are two speakers, not one a number."""
    numbers: dict[str, Counter[str]] = defaultdict(Counter)
    for head in heads:
        match = words.NUMBERED.fullmatch(head.key)
        if match and match[1] in ("q", "r"):
            numbers[match[1]][match[2]] += 1
    many = {letter for letter, found in numbers.items() if len(found) >= _OFTEN and max(found.values()) <= 2}
    if not many:
        return heads
    return [_without_number(head, many) for head in heads]


def _without_number(head: Head, letters: Collection[str]) -> Head:
    match = words.NUMBERED.fullmatch(head.key)
    return replace(head, key=match[1], kind=Kind.LETTER) if match and match[1] in letters else head


def _is_certain(like: Sequence[Head]) -> bool:
    """Whether heads of one label say by themselves that it is a speaker."""
    kind = like[0].kind
    if any(h.shape is Shape.GIVEN for h in like):
        return True
    if kind in _SURE:
        return len(like) > 1 or any(h.shape in _FIRM or h.timed or h.distinct for h in like)
    return kind not in (Kind.NEVER, Kind.OTHER) and any(h.timed and h.shape in _FIRM for h in like)


def _recurring(by_key: _ByKey, accepted: set[str]) -> set[str]:
    """Letters, initials and names that come back, beside at least one other speaker."""
    left = {key: like for key, like in by_key.items() if key not in accepted and like[0].kind is not Kind.NEVER}
    total = sum(len(like) for like in by_key.values())
    found = {key for key, like in left.items() if _comes_back(like, total)}
    # « E : » and « R : » say enough together, even once.
    letters = {key for key, like in left.items() if like[0].kind is Kind.LETTER and like[0].shape in _FIRM}
    if len({words.LETTERS[key] for key in letters}) > 1:
        found |= letters
    return found if len(found | accepted) > 1 else set()


def _siblings(by_key: _ByKey, accepted: Collection[str]) -> set[str]:
    """« P1 » and « P2 » beside « P3 », however seldom they speak."""
    letters = {(m[1], by_key[key][0].shape) for key in accepted if (m := words.NUMBERED.fullmatch(key))}
    return {
        key
        for key, like in by_key.items()
        if (m := words.NUMBERED.fullmatch(key)) and (m[1], like[0].shape) in letters and like[0].shape in _FIRM
    }


def _covering(heads: Sequence[Head], starts: Collection[int]) -> set[str]:
    """Whatever their words, « Moi » and « Elle » or « iPhone d'Awa »: a few labels before a colon that come back and
    between them begin nearly every paragraph."""
    like = [h for h in heads if h.shape is Shape.COLON and (h.kind is not Kind.NEVER or h.key in words.PRONOUNS)]
    often = Counter(h.key for h in like)
    found = {key for key, count in often.items() if count > 1}
    lines = {h.line for h in like if h.key in found}
    covered = [s for s in starts if lines and s >= min(lines)]
    if not 2 <= len(found) <= _FEW or len(lines) < 2 * len(found):
        return set()
    return found if sum(s in lines for s in covered) >= _LAYOUT * len(covered) else set()


def _comes_back(like: Sequence[Head], total: int) -> bool:
    """Whether heads of one label, out of `total`, are many enough for what their shapes say."""
    if like[0].kind is Kind.OTHER:
        shapes = (Shape.BRACKET, Shape.BOLD, Shape.TAB)
        return sum(h.distinct or h.timed or h.shape in shapes for h in like) >= max(_OFTEN, total // 8)
    clear = 0
    weak: Counter[Shape] = Counter()
    for head in like:
        aside = head.shape is Shape.BRACKET and not head.alone  # « [Rires] Oui. »
        if head.distinct or head.timed or (head.shape in _FIRM - _WEAK and not aside):
            clear += 1
        else:
            weak[head.shape] += 1
    return clear > 1 or any(count >= max(_OFTEN, total // 12) for count in weak.values())


def _stands_alone(like: Sequence[Head]) -> bool:
    """Whether the only speaker of a file is sure enough to be one."""
    return like[0].kind in _SURE or any(h.shape is Shape.GIVEN or h.timed for h in like)


def _fitting(heads: Sequence[Head], accepted: set[str], starts: Collection[int]) -> set[str]:
    """Labels written once, where the other paragraphs begin with a label of the same shape."""
    layouts = {(h.shape, h.timed) for h in heads if h.key in accepted}
    kinds = (Kind.NAME, Kind.INITIALS, Kind.LETTER)
    candidates = [h for h in heads if h.key not in accepted and h.line in starts and h.kind in kinds]
    likely = [h for h in candidates if _set_apart(h) and (not accepted or (h.shape, h.timed) in layouts)]
    first = min((h.line for h in heads if h.key in accepted), default=min((h.line for h in likely), default=0))
    likely = [h for h in likely if h.line >= first]
    found = {h.key for h in likely}
    if len(found) > _CROWD or len(found | accepted) < 2:
        return set()
    lines = {h.line for h in likely}
    headed = {h.line for h in heads if h.key in accepted}
    others = [s for s in starts if s >= first and s not in lines]
    share = sum(s in headed for s in others) / len(others) if others else 1
    if share < _LAYOUT:
        found = {h.key for h in likely if h.timed and h.alone and (accepted or h.distinct)}
    return found if len(found | accepted) > 1 else set()


def _set_apart(head: Head) -> bool:
    return head.shape in _FIRM or (head.timed and head.alone)


def _reads_so(head: Head, like: Sequence[Head]) -> bool:
    """A speaker's name may open a sentence too: in a weak shape it must be written so most of the time."""
    sure = head.timed or head.distinct or head.kind in (Kind.ROLE, Kind.PATTERN, Kind.LETTER, Kind.INITIALS)
    if head.shape not in _WEAK or sure or len(like) == 1:
        return True
    same = sum(h.shape is head.shape for h in like)
    return same * 2 >= len(like)


def _twins(by_key: _ByKey, accepted: set[str]) -> dict[str, str]:
    """Misspelt labels: rare, and close to a frequent one in the same shape."""
    shapes = {key: {h.shape for h in like} for key, like in by_key.items()}
    frequent = [key for key in accepted if len(by_key[key]) >= 4 or words.role_of(key) is not None]
    frequent = [key for key in frequent if not words.is_respelt(key)]
    twins: dict[str, str] = {}
    for key, like in by_key.items():
        near = [
            (apart, -len(by_key[other]), other)
            for other in frequent
            if (len(like) * 4 <= len(by_key[other]) or words.is_respelt(key))
            and shapes[key] & shapes[other]
            and _may_be_twin(key, other)
            and (apart := words.distance(key, other)) <= _tolerated(key, other)
        ]
        if near:
            twins[key] = min(near)[2]
    return {key: other for key, other in twins.items() if other not in twins}


def _may_be_twin(key: str, other: str) -> bool:
    """Numbers tell speakers apart, and so do two roles; a first letter is seldom wrong."""
    if key == other or key in words.STAGE or re.findall(r"\d+", key) != re.findall(r"\d+", other):
        return False
    if key[0] != other[0] and sorted(key[:2]) != sorted(other[:2]) and key[1:] != other[1:]:
        return False
    role = words.role_of(key)
    return role is None or role is words.role_of(other)


def _tolerated(key: str, other: str) -> int:
    """How many letters may differ."""
    if words.role_of(key) is not None:
        return 1  # « Enquêtée » for « Enquêté », not « Enquêtrice » for « Enquêteur »
    shortest = min(len(key), len(other))
    return 0 if shortest < 5 else 1 if shortest < 7 else 2


def _gathered(heads: Iterable[Head], twins: Mapping[str, str]) -> Cast:
    """Speakers in the order in which they first speak."""
    heads = tuple(heads)
    numbers: dict[str, int] = {}
    spellings: list[Counter[str]] = []
    misspelt: list[int] = []
    for head in heads:
        main = twins.get(head.key, head.key)
        if main not in numbers:
            numbers[main] = len(spellings)
            spellings.append(Counter())
            misspelt.append(0)
        number = numbers[head.key] = numbers[main]
        spellings[number][head.key] += 1
        misspelt[number] += head.key in twins
    voices = tuple(tuple(key for key, _ in counts.most_common()) for counts in spellings)
    return Cast(voices, numbers, heads, tuple(misspelt))
