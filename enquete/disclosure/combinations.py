"""Broad attributes beside words: made broader until at least k people share what is shown.

k-anonymity over the attributes shown (Samarati, IEEE Transactions on Knowledge and Data Engineering 13(6), 2001), by
recoding (neighbouring bands merged, communes to their territory) and, for what stays rare, by showing less. « Not
shown » counts as a value: those of whom it stands are k too, else one could tell who they are. The loss is that of
Iyengar (KDD 2002): for each value, the share of the possible values that it stands for.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from enquete.pseudonyms.territories import territory_of

NOT_SHOWN = "non montré"

_BAND = re.compile(
    r"(?P<under>moins de|<) ?(?P<top>\d+)|(?P<low>\d+)(?: ?(?:[-–/]|à) ?(?P<high>\d+)| ?(?P<over>et plus|ou plus|\+))?"
)
_ARTICLE = re.compile(r"^de (?:la )?")

Values = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Band:
    """low to high; None: open on that side."""

    low: int | None
    high: int | None

    def label(self, unit: str) -> str:
        if self.low is None:
            return f"moins de {(self.high or 0) + 1}{unit}"
        if self.high is None:
            return f"{self.low}{unit} et plus"
        return f"{self.low}{unit}" if self.low == self.high else f"{self.low}-{self.high}{unit}"


@dataclass(frozen=True, slots=True)
class _Recoding:
    """One attribute as it would be shown. groups: values shown alike, neighbours beside each other; labels: of each.

    total: how many different values there are. ordered: whether neighbours may be merged.
    """

    groups: tuple[frozenset[str], ...]
    labels: tuple[str, ...]
    total: int
    ordered: bool

    def shown(self, value: str) -> str:
        return next((label for group, label in zip(self.groups, self.labels, strict=True) if value in group), NOT_SHOWN)

    def loss(self, label: str) -> float:
        """0 for a value as it is, 1 for one that is not shown."""
        size = next((len(g) for g, known in zip(self.groups, self.labels, strict=True) if known == label), None)
        return 1.0 if size is None else (size - 1) / max(1, self.total)


def shared(people: Mapping[str, Values], k: int) -> dict[str, Values]:
    """What may be shown of each person: every tuple of values shown is that of k people at least.

    people: their values, as many for each; "" for what is not known. Fewer than k people: nothing is shown of anybody.
    Deterministic, whatever the order of the people.
    """
    people = dict(sorted(people.items()))
    width = len(next(iter(people.values()), ()))
    recodings = tuple(_start([values[place] for values in people.values()], k) for place in range(width))
    best = _cost(people, recodings, k)
    while True:
        options = [(_cost(people, option, k), rank, option) for rank, option in enumerate(_coarser(recodings))]
        if not options or min(options)[0] >= best:
            return _shown(people, recodings, k)
        best, _, recodings = min(options)


def _start(values: Sequence[str], k: int) -> _Recoding:
    """Values as they are; rare bands merged with a neighbour."""
    known = sorted({value for value in values if value})
    bands = {value: band for value in known if (band := _band(value)) is not None}
    if not known or len(bands) < len(known):
        return _Recoding(tuple(frozenset({v}) for v in known), tuple(known), len(known), ordered=False)
    known.sort(key=lambda value: (bands[value].low or 0, bands[value].high or 10**6))
    recoding = _Recoding(tuple(frozenset({v}) for v in known), tuple(known), len(known), ordered=True)
    counts = Counter(values)

    def size(group: frozenset[str]) -> int:
        return sum(counts[value] for value in group)

    while len(recoding.groups) > 1 and min(map(size, recoding.groups)) < k:
        sizes = [size(group) for group in recoding.groups]
        rare = sizes.index(min(sizes))
        left = rare - 1 if rare and (rare + 1 == len(sizes) or sizes[rare - 1] <= sizes[rare + 1]) else rare
        recoding = _merged(recoding, left)
    return recoding


def _band(value: str) -> _Band | None:
    """« 35-44 ans », « moins de 25 ans », « 75 et plus », « 43 »."""
    found = _BAND.fullmatch(re.sub(r"\bans?\b", "", value.casefold().replace("\u00a0", " ")).replace("  ", " ").strip())
    if found is None:
        return None
    if found["under"]:
        return _Band(None, int(found["top"]) - 1)
    low = int(found["low"])
    return _Band(low, None if found["over"] else int(found["high"] or low))


def _merged(recoding: _Recoding, left: int) -> _Recoding:
    """Two neighbouring groups as one."""
    group = recoding.groups[left] | recoding.groups[left + 1]
    bands = [band for value in group if (band := _band(value)) is not None]
    low = None if any(b.low is None for b in bands) else min(b.low for b in bands if b.low is not None)
    high = None if any(b.high is None for b in bands) else max(b.high for b in bands if b.high is not None)
    unit = " ans" if any("an" in value.casefold() for value in group) else ""
    return _Recoding(
        (*recoding.groups[:left], group, *recoding.groups[left + 2 :]),
        (*recoding.labels[:left], _Band(low, high).label(unit), *recoding.labels[left + 2 :]),
        recoding.total,
        ordered=True,
    )


def _coarser(recodings: tuple[_Recoding, ...]) -> list[tuple[_Recoding, ...]]:
    """Each way to show one attribute a step less precisely: its neighbours merged, its territories, not at all."""
    found = []
    for place, recoding in enumerate(recodings):
        steps = [_merged(recoding, left) for left in range(len(recoding.groups) - 1)] if recoding.ordered else []
        if (wider := _territories(recoding)) is not None:
            steps.append(wider)
        steps.append(_Recoding((), (), recoding.total, ordered=False))
        found += [(*recodings[:place], step, *recodings[place + 1 :]) for step in steps]
    return found


def _territories(recoding: _Recoding) -> _Recoding | None:
    """Communes by territory; None when there is none to make wider. A place outside them all stays as it is."""
    homes = {value: territory_of(value) or value for group in recoding.groups for value in group}
    if recoding.ordered or all(home == value for value, home in homes.items()):
        return None
    names = sorted(set(homes.values()))
    groups = tuple(frozenset(v for v, home in homes.items() if home == name) for name in names)
    labels = tuple(_ARTICLE.sub("", name) for name in names)
    return None if groups == recoding.groups else _Recoding(groups, labels, recoding.total, ordered=False)


def _shown(people: Mapping[str, Values], recodings: tuple[_Recoding, ...], k: int) -> dict[str, Values]:
    """The recoded values, rare tuples without one of them, or without any; nothing where nothing helps."""
    shown = {
        who: tuple(recoding.shown(value) for recoding, value in zip(recodings, values, strict=True))
        for who, values in people.items()
    }
    for place in reversed(range(len(recodings))):  # the last attribute is the first to give up
        shown = _without(shown, place, k)
    nothing = (NOT_SHOWN,) * len(recodings)
    sizes = Counter(shown.values())
    shown = {who: values if sizes[values] >= k else nothing for who, values in shown.items()}
    while 0 < (hidden := Counter(shown.values())[nothing]) < k and hidden < len(shown):
        sizes = Counter(values for values in shown.values() if values != nothing)
        least = min(sizes, key=lambda values: (sizes[values], values))
        shown = {who: nothing if values == least else values for who, values in shown.items()}
    return shown


def _without(shown: dict[str, Values], place: int, k: int) -> dict[str, Values]:
    """Rare tuples without this attribute, where k people or more then look alike."""
    sizes = Counter(shown.values())
    short = {
        who: (*values[:place], NOT_SHOWN, *values[place + 1 :]) for who, values in shown.items() if sizes[values] < k
    }
    enough = Counter([*short.values(), *(values for who, values in shown.items() if who not in short)])
    return {who: short[who] if who in short and enough[short[who]] >= k else v for who, v in shown.items()}


def _cost(people: Mapping[str, Values], recodings: tuple[_Recoding, ...], k: int) -> float:
    """What is lost, in values of one person."""
    shown = _shown(people, recodings, k)
    lost = (r.loss(v) for values in shown.values() for r, v in zip(recodings, values, strict=True))
    return round(sum(lost), 6)
