"""Bars and columns of recommendations by rating, as shares in per cent."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import NamedTuple

from kimplan.model.language import Language
from kimplan.model.rating import Rating
from kimplan.report.document import Figure
from kimplan.summary import Summary

_LETTERS = 3
_MOST_LINES = 4
_STEPS = (1, 2, 5)


class Segment(NamedTuple):
    """A part of a bar: whose it is, where it begins and how long it is, in per cent."""

    rating: Rating
    is_late: bool
    start: float
    length: float


class Column(NamedTuple):
    """A column of a chart: its place and breadth in per cent, its month and year, its segments."""

    left: float
    breadth: float
    month: str
    year: str
    segments: tuple[Segment, ...]


class Chart(NamedTuple):
    """Columns side by side, and the lines behind them: a number and its height in per cent."""

    columns: tuple[Column, ...]
    lines: tuple[tuple[int, float], ...]


def bar(summary: Summary, ratings: Iterable[Rating], most: int) -> tuple[Segment, ...]:
    """Return the parts of a bar that would be full at `most` recommendations.

    What is overdue of a rating stands behind what is not.
    """
    numbers: list[tuple[Rating, bool, int]] = []
    for rating in ratings:
        late = summary.late[rating]
        numbers += [(rating, False, summary.by_rating[rating] - late), (rating, True, late)]
    return tuple(_stacked(numbers, most))


def chart(figure: Figure, days: Sequence[date], language: Language) -> Chart:
    """Return the columns of a report's figure, whose categories are `days`."""
    stacks = [tuple(one.values[at] for one in figure.series) for at in range(len(days))]
    highest = max(1, *map(sum, stacks))
    step = _step(highest)
    most = -(-highest // step) * step
    looks = [(one.rating, one.overdue) for one in figure.series]
    room = 100 / len(days)
    columns = tuple(
        Column(
            room * at + room / 6,
            room * 2 / 3,
            _month(days, at, language),
            str(day.year) if at == 0 or day.year != days[at - 1].year else "",
            tuple(_stacked([(*look, n) for look, n in zip(looks, stacks[at], strict=True)], most)),
        )
        for at, day in enumerate(days)
    )
    return Chart(columns, tuple((line, 100 * line / most) for line in range(0, most + 1, step)))


def _month(days: Sequence[date], at: int, language: Language) -> str:
    """Return the first letters of a day's month; the last day is shown with its number."""
    name = language.months[days[at].month - 1][:_LETTERS]
    return f"{days[at].day} {name}" if at + 1 == len(days) else name


def _step(highest: int) -> int:
    """Return how far the lines of a chart stand apart: 1, 2 or 5, or ten times that."""
    power = 1
    while True:
        for step in _STEPS:
            if highest <= _MOST_LINES * step * power:
                return step * power
        power *= 10


def _stacked(numbers: Iterable[tuple[Rating, bool, int]], most: int) -> Iterator[Segment]:
    start = 0
    for rating, is_late, number in numbers:
        if number:
            yield Segment(rating, is_late, 100 * start / most, 100 * number / most)
            start += number
