"""The ratings at the end of each month, as a chart."""

from __future__ import annotations

from collections.abc import Iterator

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
    language = plan.settings.language
    series = rating_series(plan.settings, summaries)
    categories = tuple(language.day(day) for day, _ in points)
    text = "Column chart of the recommendations by rating, from {day}."
    first = language.say(text, day=categories[0])
    caption = "Recommendations by rating at the end of each month, and on {day}."
    yield Heading(language.say("Ratings month by month"))
    yield Figure(
        caption=language.say(caption, day=categories[-1]),
        alt_text=describe_chart(first, categories, series, language),
        categories=categories,
        series=series,
        upright=True,
    )
