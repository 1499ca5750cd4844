"""Figures in words: what stands for a picture where it is not seen."""

from __future__ import annotations

from enquete.findings.tables import Cell, Figure
from enquete.wording import number


def described(figure: Figure) -> str:
    """Every number of the figure, in words: « Diagramme en barres… Logement : 7 ; santé : quelques (4 au plus). »"""
    head = f"Diagramme en barres : {figure.title}. {figure.value_title}."
    if len(figure.series) > 1:
        head += f" Dans l'ordre : {', '.join(series.name for series in figure.series)}."
    told = (
        f"{category} : {_joined([_told(series.values[place], series.few) for series in figure.series])}"
        for place, category in enumerate(figure.categories)
    )
    return f"{head} {' ; '.join(told)}."


def length(value: Cell, few: int) -> int:
    """Of a bar: the most that a masked count can be."""
    return few if isinstance(value, str) else value


def written(value: Cell) -> str:
    """Beside its bar."""
    return value if isinstance(value, str) else number(value)


def _told(value: Cell, few: int) -> str:
    at_most = f" ({few} au plus)" if isinstance(value, str) and few else ""
    return written(value) + at_most


def _joined(words: list[str]) -> str:
    *first, last = words
    return f"{', '.join(first)} et {last}" if first else last
