"""The figures of a study or of a table: by code, by theme and overall, for all coders and for each two of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from enum import Enum, StrEnum
from itertools import combinations

from enquete.coding.agreement.bootstrap import LEAST_GROUPS, Interval, alpha_interval, draws, percentile_interval
from enquete.coding.agreement.coefficients import (
    cohen_kappa,
    decision_pairs,
    fleiss_kappa,
    gwet_ac1,
    krippendorff_alpha,
    negative_agreement,
    observed_agreement,
    overlap,
    positive_agreement,
    presence_table,
)
from enquete.coding.agreement.masi import set_terms
from enquete.coding.agreement.table import (
    Presence,
    Profiles,
    ReliabilityData,
    categories,
    category_profiles,
    category_table,
    pooled_presence,
    presences,
)

LEAST_PLACES = 5  # turns that somebody coded: with fewer, one more disagreement changes the figure altogether


class Extra(StrEnum):
    """Coefficients given on demand."""

    COHEN = "kappa"
    FLEISS = "fleiss"
    AC1 = "ac1"
    MASI = "masi"
    INTERVAL = "intervalle"


class Reason(Enum):
    """Why a coefficient says nothing here."""

    NOTHING_COMPARED = "nothing compared"  # no unit that two coders decided on
    NO_VARIATION = "no variation"  # everybody put it everywhere, or nobody anywhere
    NOTHING_CODED = "nothing coded"  # nobody put any code on anything
    RARE = "rare"  # fewer than LEAST_PLACES places


@dataclass(frozen=True, slots=True)
class Figures:
    """Of a code, a theme or all codes together. Every coefficient is exact, None where it is not defined.

    units: those that two coders at least decided on. positives: of each coder, among these. coded: units where somebody
    put the code; unanimous: where all those who decided did. places: turns where somebody did.
    reason: why the coefficients should not be read; None when they may be.
    cohen: for two coders only. masi: overall only.
    """

    units: int
    positives: tuple[int, ...]
    coded: int
    unanimous: int
    places: int
    overlap: float | None
    observed: float | None
    positive: float | None
    negative: float | None
    alpha: float | None
    cohen: float | None
    fleiss: float | None
    ac1: float | None
    reason: Reason | None
    masi: float | None = None
    interval: Interval | None = None
    masi_interval: Interval | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """pairs: for each two coders, by their indexes; empty when there are only two."""

    name: str
    everyone: Figures
    pairs: Mapping[tuple[int, int], Figures]


@dataclass(frozen=True, slots=True)
class CategoryFigures:
    """Of a classification as a whole: one category for each decision."""

    units: int
    observed: float | None
    alpha: float | None
    cohen: float | None
    fleiss: float | None
    ac1: float | None
    interval: Interval | None = None


@dataclass(frozen=True, slots=True)
class Categories:
    """names: the categories; pairs: as in Line."""

    names: tuple[str, ...]
    everyone: CategoryFigures
    pairs: Mapping[tuple[int, int], CategoryFigures]


@dataclass(frozen=True, slots=True)
class Agreement:
    """groups: interviews that the units come from; units: their number."""

    coders: tuple[str, ...]
    groups: tuple[str, ...]
    units: int
    codes: tuple[Line, ...]
    themes: tuple[Line, ...]
    overall: Line
    categories: Categories | None


def measure(
    data: ReliabilityData,
    themes: Mapping[str, str] | None = None,
    extras: AbstractSet[Extra] = frozenset(),
    codes: Sequence[str] | None = None,
) -> Agreement:
    """themes: code -> theme. extras: MASI and INTERVAL are computed only when asked for; the others always are.

    codes: the lines wanted, in order, those that nobody used too; by default all codes that somebody used.
    """
    data = data.compact()
    compared = data.compared()
    intervals = Extra.INTERVAL in extras
    by_theme: tuple[Line, ...] = ()
    if themes is not None:
        by_theme = _lines(data.renamed(themes), tuple(dict.fromkeys(themes.values())), intervals=intervals)
    return Agreement(
        coders=data.coders,
        groups=tuple(compared.by_group()),
        units=sum(unit.size for unit in compared.units),
        codes=_lines(data, data.codes() if codes is None else codes, intervals=intervals),
        themes=by_theme,
        overall=_overall(data, extras),
        categories=_categories(data, intervals=intervals),
    )


def _pairs(data: ReliabilityData) -> list[tuple[int, int]]:
    return list(combinations(range(len(data.coders)), 2)) if len(data.coders) > 2 else []


def _lines(data: ReliabilityData, codes: Sequence[str], *, intervals: bool) -> tuple[Line, ...]:
    everyone = presences(data, codes)
    pairs = {pair: presences(data, codes, pair) for pair in _pairs(data)}
    groups = [presences(part, codes) for part in data.compared().by_group().values()] if intervals else []
    taken = draws(len(groups))
    return tuple(
        Line(
            code,
            _figures(everyone[code], interval=alpha_interval([group[code].profiles for group in groups], taken)),
            {pair: _figures(each[code]) for pair, each in pairs.items()},
        )
        for code in codes
    )


def _overall(data: ReliabilityData, extras: AbstractSet[Extra]) -> Line:
    """All codes together: alpha of the decisions « this code on this unit », absences included.

    It follows the codes used most. Only codes that somebody used count, so that a long codebook does not raise it.
    Alpha with MASI compares the whole sets of codes instead, and gives credit for a part in common.
    """
    codes = data.codes()
    everyone = range(len(data.coders))
    groups = list(data.compared().by_group().values()) if Extra.INTERVAL in extras else []
    interval = alpha_interval([pooled_presence(each, codes, everyone).profiles for each in groups], draws(len(groups)))
    figures = _figures(pooled_presence(data, codes, everyone), interval)
    pairs = {pair: _figures(pooled_presence(data, codes, pair)) for pair in _pairs(data)}
    if not codes and data.compared().units:
        figures = replace(figures, reason=Reason.NOTHING_CODED)
    if Extra.MASI in extras:
        figures = _with_masi(figures, data, interval=bool(groups))
        pairs = {pair: _with_masi(each, data.only(pair), interval=False) for pair, each in pairs.items()}
    return Line("", figures, pairs)


def _with_masi(figures: Figures, data: ReliabilityData, *, interval: bool) -> Figures:
    terms = set_terms(data)
    drawn = terms.alphas(draws(len(terms.groups))) if interval and len(terms.groups) >= LEAST_GROUPS else []
    return replace(figures, masi=terms.alpha(), masi_interval=percentile_interval(drawn))


def _figures(presence: Presence, interval: Interval | None = None) -> Figures:
    profiles, positives = presence.profiles, tuple(presence.positives)
    compared = {profile: units for profile, units in profiles.items() if sum(profile) > 1}
    pairs = decision_pairs(compared)
    alpha = krippendorff_alpha(compared)
    return Figures(
        units=sum(compared.values()),
        positives=positives,
        coded=sum(units for (_, present), units in compared.items() if present),
        unanimous=sum(units for (absent, _), units in compared.items() if not absent),
        places=len(presence.places),
        overlap=overlap(pairs),
        observed=observed_agreement(profiles),
        positive=positive_agreement(pairs),
        negative=negative_agreement(pairs),
        alpha=alpha,
        cohen=cohen_kappa(presence_table(compared, positives)) if len(positives) == 2 else None,
        fleiss=fleiss_kappa(profiles),
        ac1=gwet_ac1(profiles),
        reason=_reason(compared, alpha, len(presence.places)),
        interval=interval,
    )


def _reason(compared: Profiles, alpha: float | None, places: int) -> Reason | None:
    if not compared:
        return Reason.NOTHING_COMPARED
    if alpha is None:
        return Reason.NO_VARIATION
    return Reason.RARE if places < LEAST_PLACES else None


def _categories(data: ReliabilityData, *, intervals: bool) -> Categories | None:
    names = categories(data)
    if names is None:
        return None
    everyone = _category_figures(data, names)
    if intervals:
        groups = [category_profiles(part, names) for part in data.compared().by_group().values()]
        everyone = replace(everyone, interval=alpha_interval(groups, draws(len(groups))))
    return Categories(names, everyone, {pair: _category_figures(data.only(pair), names) for pair in _pairs(data)})


def _category_figures(data: ReliabilityData, names: Sequence[str]) -> CategoryFigures:
    profiles = category_profiles(data, names)
    return CategoryFigures(
        units=sum(units for profile, units in profiles.items() if sum(profile) > 1),
        observed=observed_agreement(profiles),
        alpha=krippendorff_alpha(profiles),
        cohen=cohen_kappa(category_table(data)) if len(data.coders) == 2 else None,
        fleiss=fleiss_kappa(profiles),
        ac1=gwet_ac1(profiles),
    )
