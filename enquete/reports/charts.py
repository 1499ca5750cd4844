"""Native charts: horizontal bars that stay legible in black and white, in Excel and in LibreOffice."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING
from xml.sax.saxutils import quoteattr

from enquete.findings.figures import described as words
from enquete.findings.tables import Figure
from enquete.reports.workbook import FONT, HEAD, INK, PALE, RULE, SERIES, put, safe_text

if TYPE_CHECKING:
    from openpyxl.chart import BarChart
    from openpyxl.chart.axis import _BaseAxis
    from openpyxl.chart.label import DataLabelList
    from openpyxl.chart.series import Series
    from openpyxl.chart.shapes import GraphicalProperties
    from openpyxl.chart.text import RichText
    from openpyxl.chart.title import Title
    from openpyxl.worksheet.worksheet import Worksheet

WIDTH = 24  # centimetres
_LEAST = 7  # centimetres
_WORD_FORMAT = '"{}"'  # a number format that shows a word
_STEPS = (1, 2, 5, 10, 20, 50, 100, 200, 500)


def write_data(sheet: Worksheet, figure: Figure, row: int) -> int:
    """What a figure draws, as a small table from `row` on; gives the first free row."""
    from openpyxl.styles import Alignment, Font, PatternFill

    put(sheet.cell(row, 1), figure.title)
    sheet.cell(row, 1).font = Font(name=FONT, bold=True, color=HEAD)
    for place, title in enumerate((figure.category_title, *(series.name for series in figure.series)), start=1):
        cell = sheet.cell(row + 1, place)
        put(cell, title)
        cell.font, cell.fill = Font(name=FONT, bold=True, color="FFFFFF"), PatternFill("solid", fgColor=HEAD)
        cell.alignment = Alignment(wrap_text=True, vertical="center", horizontal="center" if place > 1 else "left")
    for line, category in enumerate(figure.categories):
        put(sheet.cell(row + 2 + line, 1), category)
        for place, series in enumerate(figure.series, start=2):
            cell, value = sheet.cell(row + 2 + line, place), series.values[line]
            put(cell, series.few if isinstance(value, str) else value)
            if isinstance(value, str):
                cell.number_format = _WORD_FORMAT.format(value)
    return row + 3 + len(figure.categories)


def bar_chart(figure: Figure, data: Worksheet, row: int, height: int) -> BarChart:
    """The figure as a chart on what `write_data` wrote from `row` on; height in centimetres."""
    from openpyxl.chart import BarChart, Reference
    from openpyxl.chart.series_factory import SeriesFactory

    chart = BarChart()
    chart.type, chart.grouping, chart.style = "bar", "clustered", 2
    chart.roundedCorners = False
    chart.gapWidth, chart.overlap = 45, 0
    first, last = row + 2, row + 1 + len(figure.categories)
    for place, one in enumerate(figure.series):
        values = Reference(data, min_col=place + 2, min_row=first - 1, max_row=last)
        series = SeriesFactory(values, title_from_data=True)
        series.graphicalProperties = _fill(SERIES[place % len(SERIES)])
        series.invertIfNegative = False
        series.dLbls = labels = _value_labels()
        for line, value in enumerate(one.values):
            if isinstance(value, str):
                _mark_masked(series, labels, line, value, PALE[place % len(PALE)])
        chart.series.append(series)
    chart.set_categories(Reference(data, min_col=1, min_row=first, max_row=last))
    chart.title = _title(figure.title, size=1200, bold=True)
    _set_axes(chart, figure)
    if len(figure.series) == 1:
        chart.legend = None
    elif chart.legend is not None:
        chart.legend.position, chart.legend.overlay = "b", False
    chart.width, chart.height = WIDTH, height
    return chart


def described(figures: Sequence[Figure]) -> Callable[[bytes], bytes]:
    """Gives what adds, to the XML of a sheet's drawing, the title of each of its charts and what it shows, in words."""
    return partial(_with_descriptions, [(figure.title, words(figure)) for figure in figures])


def _with_descriptions(told: Sequence[tuple[str, str]], drawing: bytes) -> bytes:
    waiting = iter(told)

    def named(found: re.Match[bytes]) -> bytes:
        title, description = next(waiting)
        more = f" title={quoteattr(safe_text(title))} descr={quoteattr(safe_text(description))}"
        return found[0] + more.encode()

    return re.sub(rb'<(?:xdr:)?cNvPr id="\d+" name="Chart \d+"', named, drawing)


def height(figure: Figure, page: int) -> int:
    """Centimetres: enough for each bar and its label, and no more than a page as long as bars stay legible."""
    bars = len(figure.categories) * len(figure.series)
    wanted = 4 + 0.45 * len(figure.categories) + 0.35 * bars
    return max(_LEAST, min(page, round(wanted)), round(0.22 * bars))


def _set_axes(chart: BarChart, figure: Figure) -> None:
    """First category on top, counts along the bottom, whole numbers only."""
    from openpyxl.chart.axis import ChartLines
    from openpyxl.chart.data_source import NumFmt

    categories, values = chart.x_axis, chart.y_axis
    for axis, title in ((categories, figure.category_title), (values, figure.value_title)):
        axis.delete = False
        axis.title = _title(title, size=1000, bold=False)
        axis.txPr = _letters(900, bold=False)
        axis.majorTickMark = axis.minorTickMark = "none"
    categories.scaling.orientation = "maxMin"
    categories.majorGridlines = None
    categories.tickLblPos = "low"
    values.crosses = "max"
    values.scaling.min = 0
    largest = max((s.few if isinstance(v, str) else v for s in figure.series for v in s.values), default=0)
    values.majorUnit = next((step for step in _STEPS if largest <= step * 10), _STEPS[-1])
    values.numFmt = NumFmt(formatCode="0", sourceLinked=False)
    values.majorGridlines = ChartLines(spPr=_line(RULE))
    _line_of(values)
    _line_of(categories)


def _line_of(axis: _BaseAxis) -> None:
    axis.spPr = _line(RULE)


def _fill(colour: str) -> GraphicalProperties:
    from openpyxl.chart.shapes import GraphicalProperties
    from openpyxl.drawing.line import LineProperties

    return GraphicalProperties(solidFill=colour, ln=LineProperties(solidFill=INK, w=6350))


def _line(colour: str) -> GraphicalProperties:
    from openpyxl.chart.shapes import GraphicalProperties
    from openpyxl.drawing.line import LineProperties

    return GraphicalProperties(ln=LineProperties(solidFill=colour, w=6350))


def _value_labels() -> DataLabelList:
    from openpyxl.chart.label import DataLabelList

    return DataLabelList(
        showVal=True,
        showSerName=False,
        showCatName=False,
        showLegendKey=False,
        showPercent=False,
        showBubbleSize=False,
        dLblPos="outEnd",
        txPr=_letters(900, bold=False),
    )


def _mark_masked(series: Series, labels: DataLabelList, point: int, word: str, colour: str) -> None:
    """A pale bar with a dashed edge, and a word in the place of its number."""
    from openpyxl.chart.label import DataLabel
    from openpyxl.chart.marker import DataPoint
    from openpyxl.chart.shapes import GraphicalProperties
    from openpyxl.drawing.line import LineProperties

    edge = LineProperties(solidFill=INK, w=6350, prstDash="sysDash")
    look = GraphicalProperties(solidFill=colour, ln=edge)
    series.dPt.append(DataPoint(idx=point, invertIfNegative=False, bubble3D=False, spPr=look))
    label = DataLabel(
        idx=point,
        numFmt=_WORD_FORMAT.format(word),
        showVal=True,
        showSerName=False,
        showCatName=False,
        showLegendKey=False,
        showPercent=False,
        showBubbleSize=False,
        dLblPos="outEnd",
        txPr=_letters(900, bold=False),
    )
    labels.dLbl.append(label)


def _letters(size: int, *, bold: bool) -> RichText:
    """size: hundredths of a point."""
    from openpyxl.chart.text import RichText
    from openpyxl.drawing.text import CharacterProperties, Paragraph, ParagraphProperties, RichTextProperties

    look = CharacterProperties(sz=size, b=bold, solidFill=INK)
    return RichText(RichTextProperties(), p=[Paragraph(pPr=ParagraphProperties(defRPr=look), endParaRPr=look)])


def _title(text: str, *, size: int, bold: bool) -> Title:
    from openpyxl.chart.text import RichText, Text
    from openpyxl.chart.title import Title
    from openpyxl.drawing.text import (
        CharacterProperties,
        Paragraph,
        ParagraphProperties,
        RegularTextRun,
        RichTextProperties,
    )

    look = CharacterProperties(sz=size, b=bold, solidFill=INK)
    paragraph = Paragraph(pPr=ParagraphProperties(defRPr=look), r=[RegularTextRun(rPr=look, t=text)])
    return Title(tx=Text(rich=RichText(RichTextProperties(), p=[paragraph])), overlay=False)
