"""What stands in calendars, and by what it is known again."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from conftest import AS_OF, EVIDENCE, make_plan

from kimplan.answers.agenda import Entry, Promised, agenda, agendas
from kimplan.answers.group import PlanOf
from kimplan.answers.listing import Filters, Wanted, chosen_promises
from kimplan.model.plan import Plan

STEP = {"title": "Publish the form", "owner": "Data Manager", "due": "2024-06"}
MOVE = {"from": "2024-03", "to": "2024-07", "reason": "Re-planned.", "on": "2024-03-20"}
DONE: dict[str, Any] = {"rag": "green", "evidence": [*EVIDENCE]}


def promised(
    plan: Plan, before: Plan | None = None, name: str = "", filters: Filters | None = None
) -> Promised:
    def of(one: Plan) -> tuple[Any, ...]:
        return tuple(chosen_promises(Wanted(PlanOf(name, one), filters or Filters()), AS_OF))

    return Promised(name, plan, of(plan), of(before) if before else ())


def entries(plan: Plan, before: Plan | None = None, filters: Filters | None = None) -> list[Entry]:
    return agenda([promised(plan, before, filters=filters)], AS_OF)


def uids(plan: Plan) -> list[str]:
    return [entry.uid for entry in entries(plan)]


def shown(found: list[Entry]) -> list[tuple[str, str, bool]]:
    return [(str(one.day), one.title, one.is_off) for one in found]


def test_each_open_promise_stands_on_its_last_day_the_earliest_first() -> None:
    plan = make_plan(
        {"due": "2024-07", "actions": [STEP, STEP | {"done": "2024-05-01"}]},
        {"due": "2023-12/2024-02", "title": "Keep\nit."},
        {**DONE, "due": "2024-01"},
        {"rag": "not-applicable", "due": "2024-01"},
        {"due": "none agreed", "due_reason": "Not yet."},
    )
    assert shown(entries(plan)) == [
        ("2024-02-29", "REC2: Keep it.", False),
        ("2024-06-30", "REC1 action: Publish the form", False),
        ("2024-07-31", "REC1: Keep a register of every repair.", False),
    ]


def test_an_entry_says_what_is_promised_of_which_plan_and_whose_it_is() -> None:
    plan = make_plan(
        {"due": "2024-04", "revisions": [MOVE | {"to": "2024-04"}], "owners": ["A; B", "C"]},
        {"actions": [STEP]},
    )
    late, step, _ = entries(plan)
    assert late.description == (
        "Due: April 2024 (first agreed: March 2024)\nOverdue: 31 days on 31 May 2024\n"
        "Rating: AMBER\nOwners: A; B; C\nSection: Governance\n"
        "Plan: Example Homes, Spotlight action plan"
    )
    assert (late.rating, late.sequence) == ("AMBER", 1)
    assert step.description == (
        "Recommendation: Keep a register of every repair.\nDue: June 2024\nRating: AMBER\n"
        "Owner: Data Manager\nSection: Governance\nPlan: Example Homes, Spotlight action plan"
    )


class TestIdentity:
    @pytest.mark.parametrize(
        "change",
        [
            {"due": "2024-07-15", "revisions": [MOVE]},
            {"title": "Keep a better register."},
            {"rag": "red", "owners": ["Data Manager"], "response": "Another."},
            {"section": "repairs"},
            {"ref": "rec1"},
            {"actions": [STEP | {"title": "publish  the FORM", "due": "2024-05"}]},
            {"actions": [{"title": "Another", "due": "2024-06-01"}, STEP]},
        ],
    )
    def test_it_stays_whatever_else_changes(self, change: dict[str, Any]) -> None:
        fields: dict[str, Any] = {"actions": [STEP]}
        was, now = uids(make_plan(fields)), uids(make_plan(fields | change))
        assert set(was) <= set(now)

    def test_the_plan_has_a_part_in_it_by_its_organisation_and_source(self) -> None:
        source = {"title": "Report on repairs"}
        one = make_plan({}, source=source)
        assert uids(one) == uids(make_plan({}, source=source, title="A new title"))
        others = [
            make_plan({}),
            make_plan({}, source=source, organisation="Another"),
            make_plan({}, source={"title": "Report on complaints"}),
        ]
        assert len({*uids(one), *(uid for plan in others for uid in uids(plan))}) == 4

    def test_no_two_are_alike(self) -> None:
        plan = make_plan({"actions": [STEP, STEP, STEP | {"title": "Other"}]}, {"actions": [STEP]})
        assert len(set(uids(plan))) == len(uids(plan)) == 6
        first, second = promised(plan, name="north"), promised(plan, name="south")
        found = agenda([first, second], AS_OF)
        assert len({entry.uid for entry in found}) == 12
        assert {entry.title.split()[0] for entry in found} == {"north", "south"}

    def test_a_plan_among_others_has_those_it_has_alone(self) -> None:
        one, other = make_plan({}), make_plan({}, organisation="Another")
        found = agenda([promised(one, name="north"), promised(other, name="south")], AS_OF)
        assert [entry.uid for entry in found] == [*uids(one), *uids(other)]

    def test_it_is_the_same_on_every_machine(self) -> None:
        assert uids(make_plan({"actions": [STEP]})) == [
            "76cdb754-16d2-5da1-bd81-572757fc2877",
            "8de1c4ca-1caa-59c6-a57f-1163f75590e5",
        ]


class TestCancelled:
    @pytest.mark.parametrize(
        ("now", "title"),
        [
            ({**DONE}, "Done: REC1: Keep a register of every repair."),
            (
                {"due": "none agreed", "due_reason": "Not yet."},
                "No date agreed: REC1: Keep a register of every repair.",
            ),
            ({"rag": "not-applicable"}, "Cancelled: REC1: Keep a register of every repair."),
            ({"ref": "OTHER"}, "Cancelled: REC1: Keep a register of every repair."),
        ],
    )
    def test_what_no_longer_holds_says_why(self, now: dict[str, Any], title: str) -> None:
        before = make_plan({"due": "2024-07"})
        (was,) = entries(before)
        gone = [entry for entry in entries(make_plan(now), before) if entry.is_off]
        assert gone == [was._replace(title=title, is_off=True)]

    def test_an_action(self) -> None:
        before = make_plan({"actions": [STEP, STEP | {"title": "Reword"}, {"title": "No date"}]})
        after = make_plan({"actions": [STEP | {"done": "2024-05-30"}, STEP | {"title": "Re-word"}]})
        assert shown(entries(after, before)) == [
            ("2024-06-30", "REC1 action: Re-word", False),
            ("2024-06-30", "Done: REC1 action: Publish the form", True),
            ("2024-06-30", "Cancelled: REC1 action: Reword", True),
            ("2024-07-31", "REC1: Keep a register of every repair.", False),
        ]

    def test_a_moved_date_cancels_nothing_and_counts(self) -> None:
        before = make_plan({"due": "2024-03"})
        now = entries(make_plan({"due": "2024-07", "revisions": [MOVE]}), before)
        assert [(one.uid, one.sequence, one.is_off) for one in now] == [(uids(before)[0], 1, False)]

    def test_a_closed_one_counts_the_moves_that_came_since(self) -> None:
        before = make_plan({"due": "2024-03"})
        (gone,) = entries(make_plan({**DONE, "due": "2024-07", "revisions": [MOVE]}), before)
        assert (gone.sequence, gone.is_off) == (1, True)

    def test_what_a_filter_no_longer_finds_says_whose_it_is(self) -> None:
        before = make_plan({"owners": ["Head of Repairs"]})
        now = make_plan({"owners": ["Data Manager"]})
        found = entries(now, before, Filters(owners=["repairs"]))
        assert shown(found) == [
            ("2024-07-31", "Now with Data Manager: REC1: Keep a register of every repair.", True)
        ]


class TestOwners:
    def test_each_has_those_of_its_own(self) -> None:
        plan = make_plan(
            {"owners": ["b", "A"], "actions": [STEP, {"title": "Ours", "due": "2024-06"}]},
            {"owners": ["Z"], "due": "2024-05"},
        )
        found = agendas([promised(plan)], AS_OF)
        assert [(role, [one.title.split(":")[0] for one in own]) for role, own in found] == [
            ("A", ["REC1 action", "REC1"]),
            ("b", ["REC1 action", "REC1"]),
            ("Data Manager", ["REC1 action"]),
            ("Z", ["REC2"]),
        ]

    def test_what_passed_to_another_is_cancelled_in_the_formers(self) -> None:
        before, now = make_plan({"owners": ["A", "B"]}), make_plan({"owners": ["B", "C"]})
        found = agendas([promised(now, before)], AS_OF)
        assert [(role, shown(own)) for role, own in found] == [
            ("A", [("2024-07-31", "Now with B; C: REC1: Keep a register of every repair.", True)]),
            ("B", [("2024-07-31", "REC1: Keep a register of every repair.", False)]),
            ("C", [("2024-07-31", "REC1: Keep a register of every repair.", False)]),
        ]

    def test_one_of_several_plans_has_one_calendar(self) -> None:
        one, other = make_plan({"owners": ["A"]}), make_plan({"owners": ["A"]}, organisation="O")
        found = agendas([promised(one, name="n"), promised(other, name="s")], AS_OF)
        assert [(role, [entry.title[:6] for entry in own]) for role, own in found] == [
            ("A", ["n REC1", "s REC1"])
        ]


def test_the_last_day_that_there_is() -> None:
    (entry,) = entries(make_plan({"due": "9999-12"}))
    assert entry.day == date.max
