"""Dates in tables: one meaning is read, several are offered, none is guessed."""

from __future__ import annotations

import pytest

from kimplan.intake.dates import DateColumn, Reading, read_date, study

NEAR = DateColumn(years=frozenset({2024}))


@pytest.mark.parametrize(
    ("text", "due"),
    [
        ("31 March 2024", "2024-03-31"),
        ("31st March 2024", "2024-03-31"),
        ("Sunday 31 March 2024", "2024-03-31"),
        ("by 31 March 2024", "2024-03-31"),
        ("31.03.2024", "2024-03-31"),
        ("31/03/24", "2024-03-31"),
        ("04/04/2024", "2024-04-04"),
        ("31 March 24", "2024-03-31"),
        ("2024-03-31 00:00:00", "2024-03-31"),
        ("03/2024", "2024-03"),
        ("Mar '24", "2024-03"),
        ("end of July 2024", "2024-07"),
        ("April – June 2024", "2024-04/2024-06"),
        ("Q4 2023/24", "2024-01/2024-03"),
        ("Q1 2023/24", "2023-04/2023-06"),
        ("Q3 2023-24", "2023-10/2023-12"),
    ],
)
def test_one_meaning_is_read(text: str, due: str) -> None:
    assert read_date(text) == Reading(due)


@pytest.mark.parametrize(
    ("text", "due"),
    [
        ("March 24", "2024-03"),
        ("Jul-24", "2024-07"),
        ("Dec 23 – Mar 24", "2023-12/2024-03"),
    ],
)
def test_a_short_year_is_read_where_the_column_has_such_years(text: str, due: str) -> None:
    assert read_date(text, NEAR) == Reading(due, is_doubtful=True)


@pytest.mark.parametrize(
    ("text", "offers"),
    [
        ("03/04/24", ("2024-04-03", "2024-03-04")),
        ("03/31/2024", ("2024-03-31",)),
        ("March 24", ("2024-03",)),
        ("Q4 23/24", ("2024-01/2024-03",)),
        ("Monday 31 March 2024", ("2024-03-31",)),
        ("31 March 2024 / 30 June 2024", ("2024-03-31", "2024-06-30")),
        ("March 2024 (revised from December 2023)", ("2024-03",)),
        ("September 2024, first promised July 2024, moved once", ("2024-09",)),
        ("31/04/2024", ()),
        ("31 September 2024", ()),
        ("1rd April 2024", ()),
        ("Q1 2024", ()),
        ("Q4 2023/25", ()),
        ("2024/25", ()),
        ("2024", ()),
        ("Spring 2024", ()),
        ("Ongoing", ()),
        ("March", ()),
        ("12", ()),
        ("", ()),
        ("x" * 5000, ()),
    ],
)
def test_nothing_is_guessed(text: str, offers: tuple[str, ...]) -> None:
    assert read_date(text) == Reading(offers=offers)


def test_a_column_proves_its_order_by_dates_of_the_same_shape_only() -> None:
    same = study(["31/03/24", "July 2024"])
    assert read_date("03/04/24", same).due == "2024-04-03"
    assert read_date("03/04/2024", same).due == ""
    assert read_date("03.04.24", same).due == ""


def test_a_column_with_both_orders_proves_none() -> None:
    assert read_date("03/04/24", study(["31/03/24", "03/31/24"])).due == ""
