"""Which figures have room on the bars of a chart, so that none stands on its neighbour."""

from __future__ import annotations

from typing import TypeAlias

from kimplan.report.document import Figure

Hidden: TypeAlias = tuple[tuple[int, ...], ...]

FONT_SIZE = 9  # points
_TALLEST = 105.0  # leaves room on the first page for what stands above and below
_UPRIGHT = 75.0
_LEGEND = 22.0
_PITCH = 9.2  # from one bar to the next
_MM_PER_POINT = 25.4 / 72
_DIGIT = 0.62 * FONT_SIZE * _MM_PER_POINT  # of a bold typeface that runs wide
_LINE = 1.2 * FONT_SIZE * _MM_PER_POINT
_SPARE = 2.2  # on both sides together: Word sets a figure in a box with margins
_PLOT = 0.5  # of the width is the bars'; the rest is the categories' names and the margins
_UPRIGHT_PLOT = 0.45  # of the height, below which their names may stand on end
_BARS = 0.9  # of the width, where the bars stand side by side
_AXIS = 1.25  # times the longest bar: Word and LibreOffice end the axis at a round number


def chart_height(chart: Figure) -> float:
    """Return the height in millimetres that the chart's bars and legend need."""
    if chart.upright:
        return _UPRIGHT
    return min(_LEGEND + _PITCH * max(len(chart.categories), 3), _TALLEST)


def hidden_labels(chart: Figure, width: float) -> Hidden:
    """Return, for each series, the places of the values that would not fit on their bars.

    The chart is `width` millimetres wide. A figure is as wide as its digits and as high as a line;
    what is left out stands in the table of the chart's workbook and in its words. A zero has no
    figure anyway.
    """
    totals = [sum(values) for values in zip(*(one.values for one in chart.series), strict=True)]
    longest = max(totals, default=0) * _AXIS
    return tuple(_without_room(chart, width, one.values, longest) for one in chart.series)


def _without_room(
    chart: Figure, width: float, values: tuple[int, ...], longest: float
) -> tuple[int, ...]:
    pairs = enumerate(values)
    return tuple(at for at, value in pairs if value and not _fits(chart, width, value, longest))


def _fits(chart: Figure, width: float, value: int, longest: float) -> bool:
    digits = len(str(value)) * _DIGIT + _SPARE
    height, share = chart_height(chart), value / longest
    if chart.upright:
        has_room = share * height * _UPRIGHT_PLOT >= _LINE
        return has_room and width * _BARS / len(chart.categories) >= digits
    has_room = share * width * _PLOT >= digits
    return has_room and (height - _LEGEND) / len(chart.categories) >= _LINE
