"""The ratings at the end of each month, as a chart."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import NamedTuple

from kimplan.model.language import Language
from kimplan.model.plan import Plan, Settings
from kimplan.model.recommendation import Recommendation
from kimplan.report.chart import describe_chart, rating_series
from kimplan.report.document import Element, Figure, Heading
from kimplan.report.request import Request
from kimplan.summary import summarise

LEAST = 3


class Point(NamedTuple):
    """A day, and the recommendations as they were at its end."""

    day: date
    items: Sequence[Recommendation]


def build(plan: Plan, request: Request) -> Iterator[Element]:
    """Yield the ratings of each month and of the day; nothing of fewer than three points."""
    if request.since is None:
        return
    points = [Point(month.day, month.items) for month in request.since.months]
    points.append(Point(request.as_of, plan.recommendations))
    if len(points) >= LEAST:
        language = plan.settings.language
        yield Heading(language.say("Ratings month by month"))
        yield draw_trend(points, plan.settings, language)


def draw_trend(points: Sequence[Point], settings: Settings, language: Language) -> Figure:
    """Return the chart of the ratings at each point, by the ratings of `settings`."""
    summaries = [summarise(items, day) for day, items in points]
    series = rating_series(settings, summaries)
    categories = tuple(language.day(day) for day, _ in points)
    text = "Column chart of the recommendations by rating, from {day}."
    first = language.say(text, day=categories[0])
    caption = "Recommendations by rating at the end of each month, and on {day}."
    return Figure(
        caption=language.say(caption, day=categories[-1]),
        alt_text=describe_chart(first, categories, series, language),
        categories=categories,
        series=series,
        upright=True,
    )
