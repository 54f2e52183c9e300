from __future__ import annotations

from datetime import date, timedelta

import pytest
from conftest import AS_OF, make_item, make_plan

from kimplan.schedule import days_left, due_soon, is_overdue, overdue

LAST_DAYS = {
    "2024-05-31": date(2024, 5, 31),
    "2024-05": date(2024, 5, 31),
    "2024-02": date(2024, 2, 29),
    "2023-12/2024-03": date(2024, 3, 31),
    "2023-12-01/2024-03-15": date(2024, 3, 15),
}
PLAN = make_plan(
    {"ref": "A", "due": "2024-05"},
    {"ref": "B", "due": "2024-03"},
    {"ref": "C", "rag": "red", "due": "2024-05-30"},
    {"ref": "D", "rag": "green", "due": None},
    {"ref": "E", "rag": "not-applicable", "due": None},
    {"ref": "F", "due": "2023-12/2024-03"},
    {"ref": "G", "rag": "red", "due": "2024-06"},
    {"ref": "H", "due": "2024-08-29"},
    {"ref": "I", "due": "2024-08-30"},
    {"ref": "J", "due": "2024-05-31"},
)


@pytest.mark.parametrize("text", LAST_DAYS)
@pytest.mark.parametrize("rag", ["amber", "red"])
def test_an_open_record_is_overdue_the_day_after_its_last_day(rag: str, text: str) -> None:
    item, last_day = make_item(rag=rag, due=text), LAST_DAYS[text]
    for days in (-1000, -1, 0, 1, 1000):
        as_of = last_day + timedelta(days)
        assert days_left(item, as_of) == -days
        assert is_overdue(item, as_of) is (days > 0)


@pytest.mark.parametrize("due", [None, "2020-01"])
@pytest.mark.parametrize("rag", ["green", "not-applicable"])
def test_a_closed_record_is_never_overdue(rag: str, due: str | None) -> None:
    item = make_item(rag=rag, due=due)
    assert days_left(item, AS_OF) is None
    assert not is_overdue(item, AS_OF)


def test_an_open_record_without_a_date_is_not_overdue() -> None:
    item = make_item(due=None)
    assert days_left(item, AS_OF) is None
    assert not is_overdue(item, AS_OF)


def test_the_overdue_are_listed_oldest_first_and_else_in_the_plans_order() -> None:
    found = [(item.ref, days) for item, days in overdue(PLAN, AS_OF)]
    assert found == [("B", 61), ("F", 61), ("C", 1)]


def test_what_falls_due_is_listed_soonest_first_and_else_in_the_plans_order() -> None:
    found = [(item.ref, days) for item, days in due_soon(PLAN, AS_OF, 90)]
    assert found == [("A", 0), ("J", 0), ("G", 30), ("H", 90)]


def test_within_no_days_falls_due_what_is_due_today() -> None:
    assert [item.ref for item, _ in due_soon(PLAN, AS_OF, 0)] == ["A", "J"]


def test_an_interval_counts_as_due_soon_by_its_last_day() -> None:
    plan = make_plan({"due": "2024-01/2024-06-10"})
    assert [days for _, days in due_soon(plan, AS_OF, 10)] == [10]
    assert due_soon(plan, AS_OF, 9) == []


@pytest.mark.parametrize("as_of", [date.min, date.max])
def test_the_first_and_the_last_day_of_the_calendar_can_be_asked_for(as_of: date) -> None:
    assert len(overdue(PLAN, as_of)) == (8 if as_of == date.max else 0)
