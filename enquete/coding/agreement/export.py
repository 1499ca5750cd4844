"""Figures as JSON: numbers exact, null where they are not defined; turns counted from 0.

`rare` says that a coefficient rests on fewer than LEAST_PLACES turns or on no variation, `raison` why, in French.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from enquete.coding.agreement.bootstrap import LEVEL, REPLICATES, SEED, Interval
from enquete.coding.agreement.disagreements import Disagreement
from enquete.coding.agreement.measuring import Agreement, Categories, CategoryFigures, Figures, Line
from enquete.coding.agreement.units import UnitKind
from enquete.coding.agreement.words import reason_words

Json = dict[str, object]


def agreement_json(agreement: Agreement, kind: UnitKind | None) -> Json:
    """kind: None for a plain table."""
    return {
        "unite": kind.value if kind else "unite",
        "codeurs": list(agreement.coders),
        "entretiens": [group for group in agreement.groups if group],
        "unites": agreement.units,
        "par_code": [{"code": line.name, **line_json(line, agreement.coders, kind)} for line in agreement.codes],
        "par_theme": [{"theme": line.name, **line_json(line, agreement.coders, kind)} for line in agreement.themes],
        "ensemble": line_json(agreement.overall, agreement.coders, kind, masi=True),
        "categories": _categories_json(agreement.categories, agreement.coders) if agreement.categories else None,
        "intervalle": {"tirages": REPLICATES, "graine": SEED, "niveau": LEVEL, "unite_tiree": "entretien"},
    }


def line_json(line: Line, coders: Sequence[str], kind: UnitKind | None, *, masi: bool = False) -> Json:
    """The figures of a line, those of each two coders under « paires ». masi: with the alpha of whole sets."""
    pairs = []
    for pair, each in line.pairs.items():
        both = [coders[rank] for rank in pair]
        pairs.append({"codeurs": both, **figures_json(each, both, kind), **(_masi_json(each) if masi else {})})
    return {
        **figures_json(line.everyone, coders, kind),
        **(_masi_json(line.everyone) if masi else {}),
        "paires": pairs,
    }


def figures_json(figures: Figures, coders: Sequence[str], kind: UnitKind | None) -> Json:
    """kappa_cohen: null for more than two coders."""
    return {
        "unites": figures.units,
        "positifs": dict(zip(coders, figures.positives, strict=True)),
        "codees_par_un_au_moins": figures.coded,
        "codees_par_tous": figures.unanimous,
        "recouvrement": figures.overlap,
        "accord_observe": figures.observed,
        "accord_positif": figures.positive,
        "accord_negatif": figures.negative,
        "alpha": figures.alpha,
        "kappa_cohen": figures.cohen,
        "kappa_fleiss": figures.fleiss,
        "ac1": figures.ac1,
        "alpha_intervalle": _interval_json(figures.interval),
        "rare": figures.reason is not None,
        "raison": reason_words(figures, kind) or None,
    }


def _masi_json(figures: Figures) -> Json:
    return {"alpha_masi": figures.masi, "alpha_masi_intervalle": _interval_json(figures.masi_interval)}


def _interval_json(interval: Interval | None) -> list[float] | None:
    return None if interval is None else [interval.low, interval.high]


def _categories_json(categories: Categories, coders: Sequence[str]) -> Json:
    return {
        "categories": list(categories.names),
        **_category_json(categories.everyone),
        "paires": [
            {"codeurs": [coders[rank] for rank in pair], **_category_json(each)}
            for pair, each in categories.pairs.items()
        ],
    }


def _category_json(figures: CategoryFigures) -> Json:
    return {
        "unites": figures.units,
        "accord_observe": figures.observed,
        "alpha": figures.alpha,
        "kappa_cohen": figures.cohen,
        "kappa_fleiss": figures.fleiss,
        "ac1": figures.ac1,
        "alpha_intervalle": _interval_json(figures.interval),
    }


def disagreements_json(found: Sequence[Disagreement]) -> list[Mapping[str, object]]:
    """Each place with who put the code and who did not."""
    return [
        {
            "entretien": one.group,
            "tour" if isinstance(one.place, int) else "unite": one.place,
            "mis_par": list(one.put),
            "laisse_par": list(one.left),
            "a_la_place": list(one.instead),
        }
        for one in found
    ]
