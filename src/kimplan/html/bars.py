"""Bars and columns of recommendations by rating, as shares in per cent."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import NamedTuple

from kimplan.answers.board.figures import Figures
from kimplan.model.language import Language
from kimplan.model.rating import Rating, Scheme
from kimplan.report.document import Figure

_LETTERS = 3
_STEPS = (1, 2, 5)


class Segment(NamedTuple):
    """A part of a bar: whose it is, where it begins and how long it is, in per cent."""

    rating: Rating
    is_late: bool
    start: float
    length: float


class Column(NamedTuple):
    """A column of a chart: its place and breadth in per cent, its label, and its segments."""

    left: float
    breadth: float
    label: str
    year: str
    segments: tuple[Segment, ...]


class Chart(NamedTuple):
    """Columns side by side, and the lines behind them: a number and its height in per cent."""

    columns: tuple[Column, ...]
    lines: tuple[tuple[int, float], ...]


def segments(figures: Figures, scheme: Scheme, most: int) -> tuple[Segment, ...]:
    """Return the parts of a bar that would be full at `most` recommendations, overdue ones last."""
    numbers = []
    for rating in scheme.ratings:
        late = figures.late(rating, scheme)
        numbers += [(rating, False, figures.of(rating, scheme) - late), (rating, True, late)]
    return tuple(_stacked(numbers, most))


def rating_segments(
    figures: Figures, scheme: Scheme, rating: Rating, most: int
) -> tuple[Segment, ...]:
    """Return the same of one rating."""
    late = figures.late(rating, scheme)
    numbers = [(rating, False, figures.of(rating, scheme) - late), (rating, True, late)]
    return tuple(_stacked(numbers, most))


def chart(figure: Figure, days: Sequence[date], language: Language) -> Chart:
    """Return the columns of a report's figure, whose categories are `days`."""
    stacks = list(zip(*(one.values for one in figure.series), strict=True))
    step = _step(max(map(sum, stacks), default=0))
    most = -(-max(map(sum, stacks), default=1) // step) * step
    room = 100 / len(days)
    columns = [
        Column(
            room * at + room / 6,
            room * 2 / 3,
            _label(days, at, language),
            str(day.year) if at == 0 or day.year != days[at - 1].year else "",
            tuple(_stacked(
                [(one.rating, one.overdue, number)
                 for one, number in zip(figure.series, stacks[at], strict=True)], most,
            )),
        )
        for at, day in enumerate(days)
    ]  # fmt: skip
    lines = tuple((number, 100 * number / most) for number in range(0, most + 1, step))
    return Chart(tuple(columns), lines)


def _label(days: Sequence[date], at: int, language: Language) -> str:
    """Return the month's first letters, and for the last day which day it is."""
    day = days[at]
    month = language.months[day.month - 1][:_LETTERS]
    return f"{day.day} {month}" if at + 1 == len(days) else month


def _step(most: int) -> int:
    """Return how far the lines of a chart stand apart, so that there are five at most."""
    power = 1
    while True:
        for step in _STEPS:
            if most <= 4 * step * power:
                return step * power
        power *= 10


def _stacked(numbers: Sequence[tuple[Rating, bool, int]], most: int) -> Iterator[Segment]:
    start = 0
    for rating, is_late, number in numbers:
        if number:
            yield Segment(rating, is_late, 100 * start / most, 100 * number / most)
            start += number
