"""The figures of the charts against what they should be."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kimplan.verify.difference import Difference, compare_cells, compare_places
from kimplan.verify.expected import ChartValues, Content


def compare_figures(found: Content, right: Content, *, has_own_text: bool) -> Iterator[Difference]:
    """Yield each figure that differs; a chart that is gone is one difference.

    In an organisation's own document others may be its own.
    """
    left = list(found.figures)
    pairs: list[tuple[ChartValues, ChartValues | None]] = []
    for figure in right.figures:
        chart = _find(left, figure, others=len(right.figures) - len(pairs) - 1)
        if chart is not None:
            left.remove(chart)
        pairs.append((figure, chart))
    texts = {line.text for line in right.lines}
    for figure, chart in pairs:
        if chart is None:
            yield Difference(figure.title, "", "whole chart", "", figure.alt_text)
            continue
        yield from compare_places(figure.title, chart.below, figure.below, texts)
        yield from _compare(figure, chart)
    if not has_own_text:
        for chart in left:
            yield Difference("Figure", "", "added chart", chart.alt_text or "a chart", "")


def _find(charts: Sequence[ChartValues], figure: ChartValues, others: int) -> ChartValues | None:
    """Return the chart that `figure` became; by its place only while there are enough of them."""
    alike = [
        [chart for chart in charts if _figures(chart) == _figures(figure)],
        [chart for chart in charts if chart.alt_text == figure.alt_text],
        [chart for chart in charts if chart.categories == figure.categories],
        list(charts[:1]) if len(charts) > others else [],
    ]
    return next((same[0] for same in alike if same), None)


def _figures(chart: ChartValues) -> tuple[object, ...]:
    return chart.alt_text, chart.categories, chart.series


def _compare(figure: ChartValues, chart: ChartValues) -> Iterator[Difference]:
    # Some programs drop it when they save the file; that says nothing false.
    if chart.alt_text not in {"", figure.alt_text}:
        column = "alternative text"
        yield Difference(figure.title, "", column, chart.alt_text, figure.alt_text)
    labels = ("category",) * len(figure.categories)
    yield from compare_cells(figure.title, "", labels, chart.categories, figure.categories)
    shown = dict(chart.series)
    for name, values in figure.series:
        says = shown.pop(name, ())
        yield from compare_cells(figure.title, name, figure.categories, says, values)
    for name, values in shown.items():
        yield Difference(figure.title, name, "added series", ", ".join(values), "")
    if chart.words:
        yield Difference(figure.title, "", "added words", chart.words, "")
