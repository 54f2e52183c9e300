"""The dashboard's figures are those that the commands answer, of one plan and of several."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from conftest import AS_OF, ROLES, load_shipped_plan, make_plan
from hypothesis import given
from hypothesis import strategies as st

from kimplan.answers.board.dashboard import Dashboard, read_dashboard
from kimplan.answers.group import PlanOf, Total
from kimplan.answers.listing import Filters, answer_list
from kimplan.answers.naming import NO_OWNER
from kimplan.answers.overdue import Grouping, Question, answer_overdue
from kimplan.answers.summary import answer_summary, compliance
from kimplan.model.plan import Plan

MOVED = {"from": "2024-03", "to": "2024-04", "reason": "Planned anew.", "on": "2024-03-20"}
NORTH = make_plan(
    {"due": "2024-04", "revisions": [MOVED], "owners": ["Head of Repairs", "Data Manager"]},
    {"rag": "green", "due": "2024-02", "completed": "2024-03-01", "section": "repairs"},
    {"rag": "not-applicable", "due": None, "owners": []},
    {"due": "none agreed", "due_reason": "Waits for the budget."},
    {"due": "2024-09", "actions": [{"title": "Ask.", "owner": "Board", "due": "2024-05-02"}]},
)
SOUTH = make_plan(
    {"rag": "red", "due": "2024-01-15", "owners": ["Head of Repairs"]},
    {"due": "2024-06-10", "owners": ["Head of Repairs"], "section": "repairs"},
)
BLUE = make_plan(
    {"rag": "blue", "due": "2024-02", "completed": "2024-02-10"},
    {"rag": "green", "due": "2024-05"},
    ratings={"scheme": "brag"},
)


def dashboard(*plans: Plan, day: date = AS_OF) -> Dashboard:
    names = ["north", "south", "west"]
    several = [PlanOf(name, plan) for name, plan in zip(names, plans, strict=False)]
    return read_dashboard([PlanOf("", plans[0])] if len(plans) == 1 else several, day)


def figures_of(found: Dashboard, totals: Sequence[Total]) -> dict[str, dict[str, Any]]:
    return {
        one.name: {
            "total": one.summary.total,
            "overdue": one.summary.overdue,
            "overdue_actions": one.summary.late_actions,
            "no_date_agreed": one.summary.undated,
            "ratings": {str(rating): one.summary.by_rating[rating] for rating in found.ratings},
        }
        for one in totals
    }


def assert_equal_to_the_commands(plan: Plan, day: date) -> None:
    found = dashboard(plan, day=day)
    for by, totals in ((Grouping.SECTION, found.by_section), (Grouping.OWNER, found.by_owner)):
        said = answer_summary(plan, day, by).data
        assert found.total.summary.total == said["total"]
        assert found.total.summary.overdue == said["overdue"]
        assert compliance(found.total.summary) == said["compliant_percent"]
        assert found.total.due_soon == said["due_soon"] + said["due_soon_actions"]
        assert sum(one.due_soon for one in found.by_section) == found.total.due_soon
        keys = ("total", "overdue", "overdue_actions", "no_date_agreed", "ratings")
        groups = {one["name"]: {key: one[key] for key in keys} for one in said["groups"]}
        assert figures_of(found, totals) == groups
    late = answer_overdue(plan, Question(day, plan.settings.due_soon_days)).data
    for rows, name in ((found.late, "overdue"), (found.soon, "due_soon")):
        shown = [(r.timed.promise.item.ref, r.timed.promise.due.text, r.timed.days) for r in rows]
        assert shown == [(r["ref"], r["due"], abs(r["days_left"])) for r in late[name]]
    for filters, mine in (
        (Filters(), [e.item.ref for e in found.entries]),
        (Filters(is_overdue=True), [e.item.ref for e in found.entries if e.is_late]),
        *((Filters(ratings=[one]), [e.item.ref for e in found.entries if e.item.rag is one])
          for one in plan.settings.ratings.scheme.ratings),
        *((Filters(owners=[owner]),
           [e.item.ref for e in found.entries
            if any(owner.casefold() in one.casefold() for one in e.owners)])
          for owner in found.choices.owners if owner != NO_OWNER),
    ):  # fmt: skip
        listed = answer_list(plan, filters, day).data["recommendations"]
        assert mine == [one["ref"] for one in listed]


def test_the_figures_of_the_shipped_plan_are_those_of_the_commands() -> None:
    plan = load_shipped_plan()
    for day in (AS_OF, date(2023, 12, 1), date(2026, 1, 1)):
        assert_equal_to_the_commands(plan, day)


def test_the_figures_of_small_plans_are_those_of_the_commands() -> None:
    for plan in (NORTH, SOUTH, BLUE):
        assert_equal_to_the_commands(plan, AS_OF)


OWNED = st.lists(st.sampled_from([*ROLES, "board", "Board"]), max_size=3, unique=True)
DUES = st.sampled_from(["2024-05", "2024-05-30", "2024-01/2024-08", "2024-07", "2026-01"])
ACTIONS = st.lists(
    st.fixed_dictionaries({
        "title": st.just("Ask."),
        "due": st.none() | DUES,
        "owner": st.none() | st.sampled_from(ROLES),
        "done": st.none() | st.just("2024-05-02"),
    }),
    max_size=3,
)  # fmt: skip
RECORDS = st.fixed_dictionaries({
    "rag": st.sampled_from(["green", "amber", "red", "not-applicable"]),
    "due": DUES | st.just("none agreed"),
    "owners": OWNED,
    "section": st.sampled_from(["governance", "repairs"]),
    "completed": st.none() | st.just("2024-06-02"),
    "actions": ACTIONS,
})  # fmt: skip


@given(st.lists(RECORDS, min_size=1, max_size=8), st.sampled_from([1, 90, 400]))
def test_the_figures_of_any_plan_are_those_of_the_commands(
    records: list[dict[str, Any]], within: int
) -> None:
    assert_equal_to_the_commands(make_plan(*records, due_soon_days=str(within)), AS_OF)


def test_several_plans_are_added_up_by_plan_and_owner() -> None:
    found = dashboard(NORTH, SOUTH)
    assert found.is_several
    assert found.total.summary.total == 7
    assert [(one.name, one.summary.total, one.summary.overdue) for one in found.by_plan] == [
        ("north", 5, 1), ("south", 2, 1),
    ]  # fmt: skip
    assert found.by_section == ()
    owners = {one.name: one for one in found.by_owner}
    repairs = owners["Head of Repairs"]
    assert (repairs.summary.total, repairs.summary.overdue, repairs.due_soon) == (3, 2, 1)
    assert (owners["Board"].summary.total, owners["Board"].summary.late_actions) == (0, 1)
    assert next(iter(owners)) == "Head of Repairs"
    assert owners[NO_OWNER].summary.total == 1
    assert dashboard(NORTH).by_plan == ()


def test_what_is_overdue_in_several_plans_stands_oldest_first() -> None:
    found = dashboard(NORTH, SOUTH)
    assert [(one.of.name, one.timed.promise.title[:6], one.timed.days) for one in found.late] == [
        ("south", "Keep a", 137), ("north", "Keep a", 31), ("north", "Ask.", 29),
    ]  # fmt: skip
    assert [(one.of.name, one.timed.promise.item.ref, one.timed.days) for one in found.soon] == [
        ("south", "REC2", 10),
    ]  # fmt: skip


def test_an_action_stands_below_its_recommendation_although_another_is_older() -> None:
    first = make_plan(
        {"due": "2024-05-20", "actions": [{"title": "Ask.", "due": "2024-01-02"}]},
    )
    second = make_plan({"due": "2024-03-01"})
    shown = [(one.of.name, one.timed.days) for one in dashboard(first, second).late]
    assert shown == [("north", 11), ("north", 150), ("south", 91)]


def test_plans_of_two_schemes_keep_their_ratings_apart() -> None:
    found = dashboard(NORTH, BLUE)
    assert list(found.ratings.values()) == [
        "BLUE", "GREEN (complete)", "GREEN (on track)", "AMBER", "RED", "Not Applicable",
    ]  # fmt: skip
    numbers = [found.total.summary.by_rating[rating] for rating in found.ratings]
    assert numbers == [1, 1, 1, 3, 0, 1]
    assert compliance(found.total.summary) == 33


def test_the_choices_are_what_there_is() -> None:
    choices = dashboard(NORTH, SOUTH).choices
    assert choices.sections == ("Governance", "Repairs")
    assert choices.owners == (
        "Board", "Company Secretary", "Data Manager", "Head of Repairs", NO_OWNER,
    )  # fmt: skip
    assert choices.plans == ("north", "south")
    assert dashboard(SOUTH).choices.plans == ()


def test_the_days_ahead_are_each_plans_own() -> None:
    near = make_plan({"due": "2024-06-20"}, due_soon_days="10")
    assert dashboard(near).within == 10
    assert dashboard(near).soon == ()
    assert dashboard(near, SOUTH).within is None
    assert [one.of.name for one in dashboard(near, SOUTH).soon] == ["south"]


def test_the_language_is_the_plans_or_english_for_several() -> None:
    welsh = make_plan({}, language="cy")
    assert str(dashboard(welsh, welsh).language) == "cy-GB"
    assert str(dashboard(welsh, SOUTH).language) == "en-GB"
