"""The ratings at the end of each month, as a chart."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from kimplan.history.months import Month
from kimplan.model.due import show_day
from kimplan.model.plan import Plan
from kimplan.report.build import describe_chart, rating_series
from kimplan.report.document import Chart, Trend
from kimplan.summary import summarise

_LEAST = 3


def draw_trend(plan: Plan, as_of: date, months: Sequence[Month]) -> Trend | None:
    """Return the ratings of the `months` and of `as_of`; None of fewer than three points."""
    points = [*months, Month(as_of, plan.recommendations)]
    if len(points) < _LEAST:
        return None
    summaries = [summarise(point.items, point.day) for point in points]
    series = tuple(one for one in rating_series(plan, summaries) if any(one.values))
    categories = tuple(show_day(point.day) for point in points)
    first = f"Column chart of the recommendations by rating, from {categories[0]}."
    chart = Chart(
        caption="Figure 2. Recommendations by rating at the end of each month, and on "
        f"{categories[-1]}.",
        alt_text=describe_chart(first, categories, series),
        categories=categories,
        series=series,
        upright=True,
    )
    return Trend("Ratings month by month", chart)
