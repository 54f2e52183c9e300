from __future__ import annotations

from datetime import date, timedelta

import pytest
from conftest import AS_OF, make_item, make_plan

from kimplan.schedule import (
    completed_late,
    days_left,
    due_soon,
    facts,
    is_overdue,
    later_facts,
    overdue,
    slippage,
)

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
    found = [(one.item.ref, days) for one, days in overdue(PLAN, AS_OF)]
    assert found == [("B", 61), ("F", 61), ("C", 1)]


def test_what_falls_due_is_listed_soonest_first_and_else_in_the_plans_order() -> None:
    found = [(one.item.ref, days) for one, days in due_soon(PLAN, AS_OF, 90)]
    assert found == [("A", 0), ("J", 0), ("G", 30), ("H", 90)]


def test_within_no_days_falls_due_what_is_due_today() -> None:
    assert [one.item.ref for one, _ in due_soon(PLAN, AS_OF, 0)] == ["A", "J"]


def test_an_interval_counts_as_due_soon_by_its_last_day() -> None:
    plan = make_plan({"due": "2024-01/2024-06-10"})
    assert [days for _, days in due_soon(plan, AS_OF, 10)] == [10]
    assert due_soon(plan, AS_OF, 9) == []


@pytest.mark.parametrize("as_of", [date.min, date.max])
def test_the_first_and_the_last_day_of_the_calendar_can_be_asked_for(as_of: date) -> None:
    assert len(overdue(PLAN, as_of)) == (8 if as_of == date.max else 0)


STEPS = make_plan(
    {
        "ref": "A",
        "due": "2024-09",
        "owners": ["Company Secretary"],
        "actions": [
            {"title": "Publish", "due": "2024-02", "owner": "Head of Repairs"},
            {"title": "Print", "due": "2024-04"},
            {"title": "Draft", "due": "2024-01", "done": "2024-01-20"},
            {"title": "Train"},
        ],
    },
    {"ref": "B", "due": "2024-03", "actions": [{"title": "Bind", "due": "2024-01"}]},
    {"ref": "C", "due": "2024-04"},
)


def test_an_open_action_is_overdue_below_its_recommendation() -> None:
    found = [(one.item.ref, one.title, one.owners, days) for one, days in overdue(STEPS, AS_OF)]
    secretary = ["Company Secretary"]
    assert found == [
        ("B", "Keep a register of every repair.", secretary, 61),
        ("B", "Bind", secretary, 121),
        ("A", "Publish", ["Head of Repairs"], 92),
        ("A", "Print", secretary, 31),
        ("C", "Keep a register of every repair.", secretary, 31),
    ]


@pytest.mark.parametrize(
    ("due", "completed", "days"),
    [
        ("2024-03", "2024-04-12", 12),
        ("2024-03", "2024-03-31", 0),
        ("2024-03", "2024-03-01", -30),
        ("2024-03", None, None),
        (None, "2024-03-01", None),
    ],
)
def test_a_completion_is_held_against_the_last_day_promised(
    due: str | None, completed: str | None, days: int | None
) -> None:
    assert completed_late(make_item(rag="green", due=due, completed=completed)) == days


def test_a_closed_record_keeps_its_slippage() -> None:
    move = {"from": "2024-03", "to": "2024-05", "reason": "Staff left.", "on": "2024-03-20"}
    assert slippage(make_item(rag="green", due="2024-05", revisions=[move])) == 61


def test_every_fact_is_known_by_its_place_and_its_day() -> None:
    move = {"from": "2024-03", "to": "2024-05", "reason": "Staff left.", "on": "2024-03-20"}
    item = make_item(
        rag="green",
        due="2024-05",
        completed="2024-05-02",
        verified={"by": "Internal Audit", "on": "2024-05-09"},
        progress=[{"on": "2024-04-01", "note": "It begins."}],
        revisions=[move],
        actions=[{"title": "Publish", "due": "2024-05", "done": "2024-04-30", "revisions": [move]}],
    )
    assert list(facts(item)) == [
        (("completed",), "completed", date(2024, 5, 2)),
        (("verified", "on"), "verified", date(2024, 5, 9)),
        (("progress", 0, "on"), "a progress note", date(2024, 4, 1)),
        (("revisions", 0, "on"), "a date moved", date(2024, 3, 20)),
        (("actions", 0, "done"), "an action done", date(2024, 4, 30)),
        (("actions", 0, "revisions", 0, "on"), "an action's date moved", date(2024, 3, 20)),
    ]
    assert [fact.what for _, fact in later_facts([item], date(2024, 5, 1))] == [
        "completed", "verified",
    ]  # fmt: skip
