"""The ratings at the end of each month, as a chart."""

from __future__ import annotations

from collections.abc import Iterator

from kimplan.model.due import show_day
from kimplan.model.plan import Plan
from kimplan.report.chart import describe_chart, rating_series
from kimplan.report.document import Element, Figure, Heading
from kimplan.report.request import Request
from kimplan.summary import summarise

_LEAST = 3


def build(plan: Plan, request: Request) -> Iterator[Element]:
    """Yield the ratings of each month and of the day; nothing of fewer than three points."""
    if request.since is None:
        return
    points = [(month.day, month.items) for month in request.since.months]
    points.append((request.as_of, plan.recommendations))
    if len(points) < _LEAST:
        return
    summaries = [summarise(items, day) for day, items in points]
    series = rating_series(plan.settings.ratings, summaries)
    categories = tuple(show_day(day) for day, _ in points)
    first = f"Column chart of the recommendations by rating, from {categories[0]}."
    yield Heading("Ratings month by month")
    yield Figure(
        caption=f"Recommendations by rating at the end of each month, and on {categories[-1]}.",
        alt_text=describe_chart(first, categories, series),
        categories=categories,
        series=series,
        upright=True,
    )
