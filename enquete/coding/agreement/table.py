"""Who put which codes on which unit: what every coefficient of agreement is computed from."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

Decision = frozenset[str] | None
Place = tuple[str, int | str]
Profiles = Mapping[tuple[int, ...], int]


@dataclass(frozen=True, slots=True)
class Unit:
    """What each coder decided on one unit, or on `size` units of the same turn decided alike (characters).

    group: the interview that it belongs to, "" when there is none. place: the turn it stands in, an index from 0; in a
    plain table, the unit's own name. decisions: in the order of the table's coders; the empty set: read, and left
    without a code; None: the coder did not decide.
    """

    group: str
    place: int | str
    decisions: tuple[Decision, ...]
    size: int = 1


@dataclass(frozen=True, slots=True)
class ReliabilityData:
    """Units × coders, in the sense of Krippendorff (2011): each cell is a set of codes, or missing."""

    coders: tuple[str, ...]
    units: tuple[Unit, ...]

    def codes(self) -> tuple[str, ...]:
        """The codes that somebody put somewhere, sorted."""
        return tuple(sorted({code for unit in self.units for decision in unit.decisions for code in decision or ()}))

    def renamed(self, names: Mapping[str, str]) -> ReliabilityData:
        """Each code under another name, several perhaps under one (a theme); codes without a name are left out."""
        known: dict[Decision, Decision] = {None: None}
        for unit in self.units:
            for decision in unit.decisions:
                if decision is not None and decision not in known:
                    known[decision] = frozenset(names[code] for code in decision if code in names)
        units = (replace(unit, decisions=tuple(known[decision] for decision in unit.decisions)) for unit in self.units)
        return ReliabilityData(self.coders, tuple(units))

    def only(self, members: Sequence[int]) -> ReliabilityData:
        """These coders alone, by their indexes."""
        units = (replace(unit, decisions=tuple(unit.decisions[rank] for rank in members)) for unit in self.units)
        return ReliabilityData(tuple(self.coders[rank] for rank in members), tuple(units))

    def compact(self) -> ReliabilityData:
        """The same, with the units of an interview where nobody put anything counted together: they are the most."""
        coded: list[Unit] = []
        bare: Counter[tuple[str, tuple[Decision, ...]]] = Counter()
        for unit in self.units:
            if any(unit.decisions):
                coded.append(unit)
            else:
                bare[unit.group, unit.decisions] += unit.size
        together = [Unit(group, "", decisions, size) for (group, decisions), size in bare.items()]
        return ReliabilityData(self.coders, (*coded, *together))

    def compared(self) -> ReliabilityData:
        """The units that two coders at least decided on."""
        units = (unit for unit in self.units if len(unit.decisions) - unit.decisions.count(None) > 1)
        return ReliabilityData(self.coders, tuple(units))

    def by_group(self) -> dict[str, ReliabilityData]:
        """The units of each interview, in the order of their codes."""
        groups: dict[str, list[Unit]] = {}
        for unit in self.units:
            groups.setdefault(unit.group, []).append(unit)
        return {group: ReliabilityData(self.coders, tuple(groups[group])) for group in sorted(groups)}


@dataclass(slots=True)
class Presence:
    """One code, there or not. Units are counted by their size.

    profiles: (coders who left it out, coders who put it) -> units that at least one coder decided on.
    positives: for each coder, the units where they put it and another one decided too.
    places: where somebody put it and somebody else decided, each turn once.
    """

    profiles: Counter[tuple[int, ...]] = field(default_factory=Counter)
    positives: list[int] = field(default_factory=list)
    places: set[Place] = field(default_factory=set)


def presences(
    data: ReliabilityData, codes: Sequence[str] | None = None, members: Sequence[int] | None = None
) -> dict[str, Presence]:
    """These codes, or all those of the data, in one pass. members: indexes of the coders to look at; all by default."""
    members = range(len(data.coders)) if members is None else members
    deciding: Counter[int] = Counter()
    wanted = data.codes() if codes is None else codes
    found = {code: Presence(positives=[0] * len(members)) for code in wanted}
    for unit in data.units:
        decisions = [unit.decisions[member] for member in members]
        number = len(decisions) - decisions.count(None)
        if not number:
            continue
        deciding[number] += unit.size
        put: Counter[str] = Counter()
        for rank, decision in enumerate(decisions):
            for code in decision or ():
                if code in found:
                    put[code] += 1
                    found[code].positives[rank] += unit.size if number > 1 else 0
        for code, present in put.items():
            found[code].profiles[number - present, present] += unit.size
            if number > 1:
                found[code].places.add((unit.group, unit.place))
    for presence in found.values():
        _add_absences(presence.profiles, deciding)
    return found


def _add_absences(profiles: Counter[tuple[int, ...]], deciding: Mapping[int, int]) -> None:
    """The units where nobody put the code: those decided on by as many coders, less those where somebody did."""
    somewhere: Counter[int] = Counter()
    for profile, units in profiles.items():
        somewhere[sum(profile)] += units
    for number, units in deciding.items():
        if units > somewhere[number]:
            profiles[number, 0] += units - somewhere[number]


def pooled_presence(data: ReliabilityData, codes: Sequence[str], members: Sequence[int]) -> Presence:
    """All codes together: each decision « this code on this unit » is one more unit. members: as in `presences`."""
    total = Presence(positives=[0] * len(members))
    for one in presences(data, codes, members).values():
        total.profiles.update(one.profiles)
        total.positives = [sum(both) for both in zip(total.positives, one.positives, strict=True)]
        total.places |= one.places
    return total


# --- categories that exclude one another


def categories(data: ReliabilityData) -> tuple[str, ...] | None:
    """The codes, where every decision is exactly one of them and there are at least two; None elsewhere."""
    decisions = (decision for unit in data.units for decision in unit.decisions)
    one_each = all(decision is None or len(decision) == 1 for decision in decisions)
    found = data.codes() if one_each else ()
    return found if len(found) > 1 else None


def category_profiles(data: ReliabilityData, names: Sequence[str]) -> Profiles:
    """(coders for the first category, for the second…) -> units. Every decision must be one of the categories."""
    alone = [frozenset({name}) for name in names]
    profiles: Counter[tuple[int, ...]] = Counter()
    for unit in data.units:
        profile = tuple(map(unit.decisions.count, alone))
        if any(profile):
            profiles[profile] += unit.size
    return profiles


def category_table(data: ReliabilityData) -> Mapping[tuple[frozenset[str], frozenset[str]], int]:
    """(what one of the two coders chose, what the other did) -> units that both decided on."""
    table: Counter[tuple[frozenset[str], frozenset[str]]] = Counter()
    for unit in data.units:
        one, other = unit.decisions
        if one is not None and other is not None:
            table[one, other] += unit.size
    return table
