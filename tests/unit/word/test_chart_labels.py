"""Which figures stand on the bars of a chart: none on its neighbour's."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kimplan.model.rating import Rating
from kimplan.report.document import Figure, Series
from kimplan.word.chart_labels import hidden_labels

WIDTH = 133.0  # beside the counts on the first page


def figure(*series: tuple[int, ...], upright: bool = False) -> Figure:
    names = tuple(f"Section {at}" for at in range(len(series[0])))
    shown = tuple(Series(str(at), Rating.GREEN, False, one) for at, one in enumerate(series))
    return Figure("", "", names, shown, upright)


@pytest.mark.parametrize(
    ("values", "hidden"),
    [
        ([5, 1], [(), ()]),
        ([5, 0], [(), ()]),
        ([15, 1], [(), (0,)]),
        ([100, 10, 16, 1], [(), (0,), (), (0,)]),
        ([1000, 99, 1], [(), (0,), (0,)]),
        ([0, 0], [(), ()]),
    ],
)
def test_a_figure_needs_a_bar_as_wide_as_its_digits(
    values: list[int], hidden: list[tuple[int, ...]]
) -> None:
    assert list(hidden_labels(figure(*((value,) for value in values)), WIDTH)) == hidden


def test_the_longest_bar_decides_for_all() -> None:
    assert hidden_labels(figure((50, 2), (50, 3)), WIDTH) == ((1,), (1,))


def test_a_wide_chart_has_room_for_more() -> None:
    chart = figure((15,), (1,))
    assert hidden_labels(chart, 60) == ((), (0,))
    assert hidden_labels(chart, 260) == ((), ())


def test_very_many_bars_have_no_room_for_lines() -> None:
    assert hidden_labels(figure((9,) * 21), WIDTH) == ((),)
    assert hidden_labels(figure((9,) * 22), WIDTH) == (tuple(range(22)),)


def test_columns_need_the_height_of_a_line() -> None:
    assert hidden_labels(figure((5, 7), (1, 0), upright=True), 260) == ((), ())
    assert hidden_labels(figure((20, 7), (1, 4), upright=True), 260) == ((), (0,))


def test_there_may_be_nothing_to_show() -> None:
    assert hidden_labels(Figure("", "", (), ()), WIDTH) == ()


@given(st.lists(st.integers(0, 5000), min_size=2, max_size=7), st.floats(60, 270))
def test_figures_of_one_bar_never_meet(values: list[int], width: float) -> None:
    """Half of the width may be the names', and the axis may be a quarter longer than the bar."""
    hidden = hidden_labels(figure(*((value,) for value in values)), width)
    scale = width * 0.5 / (sum(values) * 1.25 or 1)
    start, end = 0.0, 0.0
    for value, without in zip(values, hidden, strict=True):
        middle, start = (start + value / 2) * scale, start + value
        if value and not without:
            half = len(str(value)) * 9 * 0.35 * 0.56 / 2
            assert middle - half >= end
            end = middle + half
