"""Figures as pictures, the same for a report and a page: bars told apart without colours, by grey printers too."""

from __future__ import annotations

import io
import logging
import os
import tempfile
import textwrap
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from enquete.findings.figures import length, written
from enquete.findings.tables import Figure
from enquete.reports.workbook import INK, PALE, RULE, SERIES, safe_text

# Everything is measured in centimetres.
_SIZE = 9  # points
_LINE = 0.42
_BAR = 0.42
_GAP = 0.32  # between categories
_EDGE = 0.1
_LETTER = 0.19  # the width of a letter, on average
_BESIDE = 14.0  # from this width on, categories stand at the left of their bars
_SHARE = 0.4  # of the width that categories may take there
_INCH = 2.54
_DPI = 200
_LETTERS: Any = {
    "font.family": "DejaVu Sans",  # comes with matplotlib
    "font.size": _SIZE,
    "text.parse_math": False,  # a « $ » is a « $ »
    "text.color": f"#{INK}",
    "hatch.linewidth": 0.7,
    "svg.hashsalt": "enquete",
    "svg.fonttype": "none",  # words stay words, which the gate reads
}
_NAMELESS: dict[str, dict[str, None]] = {
    "png": {"Software": None},
    "svg": {"Date": None, "Creator": None, "Format": None, "Type": None},
}


@dataclass(frozen=True, slots=True)
class _Place:
    """Of a category. lines: its words; top: of them; bars: the top of its first bar."""

    lines: tuple[str, ...]
    top: float
    bars: float


@dataclass(frozen=True, slots=True)
class _Layout:
    """left: where bars begin; legend, title: lines above and below them."""

    width: float
    height: float
    left: float
    places: tuple[_Place, ...]
    legend: tuple[tuple[str, ...], ...]
    title: tuple[str, ...]


def png(figure: Figure, width: float, largest: int | None = None) -> bytes:
    """width: in centimetres. largest: what the longest bar stands for, where several figures share a scale."""
    return _drawn(figure, width, "png", largest)


def svg(figure: Figure, width: float) -> bytes:
    """As `png`, in lines and words: legible at any size."""
    return _drawn(figure, width, "svg", None)


def parts(figure: Figure, width: float, tallest: float) -> list[Figure]:
    """The figure, cut into as few as are not taller than that; a category is never cut."""
    for count in range(1, len(figure.categories) + 1):
        size = -(-len(figure.categories) // count)
        every = range(len(figure.categories))
        cut = [_only(figure, every[start : start + size]) for start in every[::size]]
        if all(_layout(one, width).height <= tallest for one in cut):
            return cut
    return [_only(figure, [place]) for place in range(len(figure.categories))]


def longest(figure: Figure) -> int:
    """What the longest bar stands for."""
    return max((length(value, series.few) for series in figure.series for value in series.values), default=0)


def _only(figure: Figure, places: Sequence[int]) -> Figure:
    series = tuple(replace(one, values=tuple(one.values[place] for place in places)) for one in figure.series)
    return replace(figure, categories=tuple(figure.categories[place] for place in places), series=series)


def _drawn(figure: Figure, width: float, form: str, largest: int | None) -> bytes:
    _prepare()
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure as Drawing

    layout = _layout(figure, width)
    with _settings():
        drawing = Drawing(figsize=(layout.width / _INCH, layout.height / _INCH), dpi=_DPI, facecolor="white")
        FigureCanvasAgg(drawing)
        axes = drawing.add_axes((0, 0, 1, 1))
        axes.set(xlim=(0, layout.width), ylim=(layout.height, 0))
        axes.axis("off")
        _draw(axes, figure, layout, largest or longest(figure) or 1)
        data = io.BytesIO()
        drawing.savefig(data, format=form, metadata=_NAMELESS[form])
    return data.getvalue()


def _layout(figure: Figure, width: float) -> _Layout:
    beside = width >= _BESIDE
    room = width * _SHARE if beside else width - 2 * _EDGE
    names = [_wrapped(category, room) for category in figure.categories]
    left = _EDGE
    if beside:
        left += min(room, max((len(line) for lines in names for line in lines), default=0) * _LETTER) + 0.25
    legend = tuple(_wrapped(one.name, width - 1) for one in figure.series) if len(figure.series) > 1 else ()
    y = _EDGE + sum(map(len, legend)) * _LINE + (_GAP if legend else 0)
    places = []
    for lines in names:
        words, bars = len(lines) * _LINE, len(figure.series) * _BAR
        if beside:
            tall = max(words, bars)
            places.append(_Place(lines, y + (tall - words) / 2, y + (tall - bars) / 2))
        else:
            tall = words + bars
            places.append(_Place(lines, y, y + words + 0.05))
        y += tall + _GAP
    title = _wrapped(figure.value_title, (width - left) * 1.1)  # in smaller letters
    return _Layout(width, y + len(title) * _LINE + _EDGE, left, tuple(places), legend, title)


def _wrapped(text: str, room: float) -> tuple[str, ...]:
    """room: in centimetres."""
    return tuple(textwrap.wrap(safe_text(text), max(8, int(room / _LETTER)))) or ("",)


def _draw(axes: Any, figure: Figure, layout: _Layout, largest: int) -> None:
    values = [written(value) for series in figure.series for value in series.values]
    room = layout.width - layout.left - max(map(len, values), default=0) * _LETTER - 0.4
    beside = layout.left > 2 * _EDGE
    for rank, place in enumerate(layout.places):
        x, side = (layout.left - 0.2, "right") if beside else (layout.left, "left")
        for line, words in enumerate(place.lines):
            axes.text(x, place.top + (line + 0.5) * _LINE, words, ha=side, va="center_baseline")
        foot = place.bars + len(figure.series) * _BAR
        axes.plot([layout.left] * 2, [place.bars - 0.03, foot + 0.03], color=f"#{INK}", lw=0.8)
        for number, series in enumerate(figure.series):
            value, top = series.values[rank], place.bars + number * _BAR
            size = length(value, series.few) / largest * room
            _bar(axes, layout.left, top + 0.04, size, number, masked=isinstance(value, str))
            axes.text(layout.left + size + 0.12, top + _BAR / 2, written(value), va="center_baseline")
    _draw_words(axes, layout)


def _draw_words(axes: Any, layout: _Layout) -> None:
    """The legend, and what bars count."""
    y = _EDGE
    for number, lines in enumerate(layout.legend):
        _bar(axes, layout.left, y + 0.07, 0.5, number, masked=False)
        for words in lines:
            axes.text(layout.left + 0.65, y + _LINE / 2, words, va="center_baseline")
            y += _LINE
    foot = layout.height - _EDGE - len(layout.title) * _LINE
    axes.plot([layout.left, layout.width - _EDGE], [foot - _GAP / 2] * 2, color=f"#{RULE}", lw=0.6)
    for line, words in enumerate(layout.title):
        axes.text(layout.left, foot + (line + 0.5) * _LINE, words, va="center_baseline", size=_SIZE - 1)


def _bar(axes: Any, x: float, y: float, size: float, number: int, *, masked: bool) -> None:
    """masked: pale, hatched and with a dashed edge."""
    from matplotlib.patches import Rectangle

    colours = PALE if masked else SERIES
    look: dict[str, Any] = {"hatch": "////", "linestyle": (0, (2, 1.5))} if masked else {}
    look |= {"facecolor": f"#{colours[number % len(colours)]}", "edgecolor": f"#{INK}", "linewidth": 0.5}
    axes.add_patch(Rectangle((x, y), size, _BAR - 0.08, **look))


@contextmanager
def _settings() -> Iterator[None]:
    """Matplotlib's own, whatever this computer's user has set, and ours."""
    import matplotlib as mpl

    with mpl.rc_context(), warnings.catch_warnings():
        warnings.filterwarnings("ignore", message="Glyph .* missing")  # an emoji: a box stands for it
        mpl.rcdefaults()
        mpl.rcParams.update(_LETTERS)
        yield


@cache
def _prepare() -> None:
    """Matplotlib writes where its fonts are: not in anybody's home."""
    logging.getLogger("matplotlib").setLevel(logging.ERROR)  # it tells of the fonts that it looks for
    former = os.environ.get("MPLCONFIGDIR")
    with tempfile.TemporaryDirectory() as folder:
        os.environ["MPLCONFIGDIR"] = folder
        try:
            import matplotlib.font_manager  # noqa: F401
        finally:
            os.environ.pop("MPLCONFIGDIR")
            if former is not None:
                os.environ["MPLCONFIGDIR"] = former
