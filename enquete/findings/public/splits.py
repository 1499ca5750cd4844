"""What the public may see people told apart by: few groups, each large enough for a count in it to be worth showing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from enquete.disclosure.combinations import NOT_SHOWN, shared
from enquete.findings.profile import natural

OTHERS = "autres ou non renseigné"


@dataclass(frozen=True, slots=True)
class Split:
    """The people of one codebook and type, by one attribute. key: of the crossing; values: in order, two at least;
    of: each person's; themes: ids of those that the crossing asks for.
    """

    key: str
    values: tuple[str, ...]
    of: Mapping[str, str]
    themes: frozenset[str]

    @property
    def sizes(self) -> Sequence[int]:
        """How many people there are of each value."""
        counts = Counter(self.of.values())
        return [counts[value] for value in self.values]


def split_people(
    key: str, shown: Mapping[str, str], people: Collection[str], themes: Collection[str], k: int
) -> Split | None:
    """Neighbours merged until every value has twice k people, since a count under k is hidden; or k, where that leaves
    nothing to tell apart. None where nothing does.

    shown: what « Profil » shows of each person: what is merged here is made of whole rows of it, so that no difference
    between the two is that of a few people.
    """
    known = {who: ("" if shown[who] == NOT_SHOWN else shown[who],) for who in sorted(people)}
    for least in (2 * k, k):
        of = {who: OTHERS if value == NOT_SHOWN else value for who, (value,) in shared(known, least).items()}
        values = sorted(set(of.values()), key=lambda value: (value == OTHERS, natural(value)))
        if len(values) > 1:
            return Split(key, tuple(values), of, frozenset(themes))
    return None
