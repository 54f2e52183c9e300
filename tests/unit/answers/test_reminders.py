"""Who is reminded of what, as data."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from conftest import AS_OF, EVIDENCE, make_item, make_plan

from kimplan.answers.group import PlanOf
from kimplan.answers.news import Event, News
from kimplan.answers.reminders import (
    Digest,
    Question,
    Reminded,
    Row,
    Topic,
    digests,
    find_secretary,
    is_day_for,
)
from kimplan.changes.records import RecordChange, compare
from kimplan.linter import Clock, lint
from kimplan.model.plan import Owner, Plan
from kimplan.model.recommendation import Recommendation

SECRETARY, REPAIRS, DATA = "Company Secretary", "Head of Repairs", "Data Manager"
NOTE = {"on": "2024-05-02", "by": "R. Smith", "note": "The web form\nis **live**."}
SOURCE = {"title": "Report", "published": "2023-05"}


def asked(plan: Plan, name: str = "", **question: Any) -> list[Digest]:
    return digests([Reminded(PlanOf(name, plan))], Question(**{"as_of": AS_OF} | question))


def rows(plan: Plan, role: str, **question: Any) -> tuple[Row, ...]:
    (found,) = [one for one in asked(plan, **question) if one.role == role and not one.is_secretary]
    return found.rows


def told(before: Recommendation, after: Recommendation | None, role: str) -> list[News]:
    plan = make_plan()._replace(recommendations=(after,) if after else ())
    records = compare({"a": before}, {"a": after} if after else {})
    found = digests([Reminded(PlanOf("", plan), records=records)], Question(AS_OF))
    return [news for one in found if one.role == role and not one.is_secretary for news in one.news]


def test_every_topic_is_told_to_the_owner_that_it_is_about() -> None:
    plan = make_plan(
        {"due": "2024-03", "owners": [REPAIRS], "progress": [NOTE],
         "revisions": [{"from": "2024-01", "to": "2024-03", "reason": "L.", "on": "2024-01-09"}]},
        {"due": "2024-06", "owners": [REPAIRS, DATA], "progress": [NOTE]},
        {"due": "2025-06", "owners": [DATA]},
        {"due": "none agreed", "due_reason": "The supplier\nis asked.", "owners": [DATA],
         "progress": [NOTE]},
        {"rag": "green", "due": None, "owners": [DATA], "completed": "2024-04-02",
         "evidence": [{"title": "Policy", "expires": "2024-06-03"}]},
        source=SOURCE,
    )  # fmt: skip
    title = "Keep a register of every repair."
    late = Row(
        Topic.OVERDUE, "REC1", title, False, (REPAIRS,), -61, "March 2024", "January 2024",
        "2 May 2024: The web form is live.",
    )  # fmt: skip
    soon = Row(
        Topic.DUE_SOON, "REC2", title, False, (REPAIRS, DATA), 30, "June 2024", "",
        "2 May 2024: The web form is live.",
    )  # fmt: skip
    silent = Row(Topic.NO_NOTE, "REC3", title, False, (DATA,), -276)
    policy = Row(Topic.EXPIRING, "REC5", title, False, (DATA,), 3, "3 June 2024", evidence="Policy")
    undated = Row(Topic.NO_DATE, "REC4", title, False, (DATA,), None, why="The supplier is asked.")
    proven = Row(Topic.UNVERIFIED, "REC5", title, False, (DATA,), None, "2 April 2024")
    assert [(one.role, one.is_secretary, one.rows) for one in asked(plan)] == [
        (REPAIRS, False, (late, soon)),
        (DATA, False, (soon, silent, policy, undated)),
        (SECRETARY, True, (late, soon, silent, policy, undated, proven)),
    ]


def test_an_action_is_its_own_owners() -> None:
    steps = [
        {"title": "Publish\nit", "owner": DATA, "due": "2024-05-30"},
        {"title": "Draft it", "due": "2024-06-01"},
        {"title": "Plan it", "due": "2024-01", "done": "2024-01-02"},
    ]
    plan = make_plan({"due": "2025-01", "owners": [REPAIRS], "actions": steps})
    found = {role: [(row.title, row.left) for row in rows(plan, role)] for role in (DATA, REPAIRS)}
    assert found == {DATA: [("Publish it", -1)], REPAIRS: [("Draft it", 1)]}
    assert all(row.is_action for row in rows(plan, DATA))


def test_nobody_gets_an_empty_digest() -> None:
    plan = make_plan({"due": "2026-07"}, {"rag": "green", "due": None, "owners": [DATA]})
    assert asked(plan) == []


@pytest.mark.parametrize(("within", "count"), [(None, 1), (29, 0), (30, 1)])
def test_how_far_ahead_is_the_plans_to_say_or_the_questions(within: int | None, count: int) -> None:
    plan = make_plan({"due": "2024-06"}, due_soon_days="30")
    assert sum(len(one.rows) for one in asked(plan, within=within)) == 2 * count


def test_what_has_no_owner_is_the_secretarys_alone() -> None:
    proof = [{"title": "Policy", "expires": "2024-01"}]
    plan = make_plan({"rag": "green", "due": None, "owners": None, "evidence": proof})
    (only,) = asked(plan)
    assert only.is_secretary
    assert [row.topic for row in only.rows] == [Topic.EXPIRING, Topic.UNVERIFIED]


def test_only_some_owners_are_asked_for() -> None:
    plan = make_plan({"due": "2024-03", "owners": [REPAIRS]}, {"due": "2024-03", "owners": [DATA]})
    assert [one.role for one in asked(plan, owners=["head  of REPAIRS"])] == [REPAIRS]
    assert [one.is_secretary for one in asked(plan, owners=[SECRETARY])] == [True]


def test_the_same_role_of_two_plans_has_two_digests() -> None:
    plan = make_plan({"due": "2024-03", "owners": [REPAIRS]})
    question = Question(AS_OF, owners=[REPAIRS])
    found = digests([Reminded(PlanOf(name, plan)) for name in ("north", "south")], question)
    assert [(one.plan, one.role) for one in found] == [("north", REPAIRS), ("south", REPAIRS)]


def test_links_are_those_of_the_records() -> None:
    plan = make_plan({"due": "2024-03"})
    one = Reminded(PlanOf("", plan), lambda ref: f"https://forge.example/{ref}.yaml")
    assert {row.link for found in digests([one], Question(AS_OF)) for row in found.rows} == {
        "https://forge.example/REC1.yaml"
    }


# The secretary


@pytest.mark.parametrize(
    ("roles", "said", "found"),
    [
        (["Head of Repairs", "Governance Manager and Company Secretary"], "",
         "Governance Manager and Company Secretary"),
        (["Secretary", "Company Secretary"], "", None),
        (["Head of Repairs"], "", None),
        (["Secretary", "Company Secretary"], "company  secretary", "Company Secretary"),
        (["Head of Repairs"], "Company Secretary", None),
        (["Head of Repairs"], "ann@homes.example", "Head of Repairs"),
        (["Head of Repairs"], "bob@homes.example", "Secretary"),
    ],
)  # fmt: skip
def test_who_the_secretary_is(roles: list[str], said: str, found: str | None) -> None:
    owners = tuple(Owner(role=role, email="Ann@homes.example") for role in roles)
    secretary = find_secretary(make_plan()._replace(owners=owners), said)
    assert (secretary.role if secretary else None) == found


def test_without_a_known_secretary_the_digest_is_nobodys() -> None:
    plan = make_plan({"due": "2024-03", "owners": [DATA]})._replace(owners=(Owner(role=DATA),))
    assert [(one.role, one.owner) for one in asked(plan) if one.is_secretary] == [("", None)]


# What has changed


def test_who_owns_it_no_more_is_told_and_so_is_the_new_owner() -> None:
    before, after = make_item(owners=[REPAIRS]), make_item(owners=[DATA])
    common = {"ref": "REC1", "title": before.title, "is_action": False, "due": "July 2024"}
    change = {"before": REPAIRS, "after": DATA}
    assert told(before, after, REPAIRS) == [News(Event.HANDED_OVER, **common, **change)]  # type: ignore[arg-type]
    assert told(before, after, DATA) == [News(Event.TAKEN_OVER, **common, **change)]  # type: ignore[arg-type]


def test_a_moved_date_is_told_with_its_reason() -> None:
    move = {
        "from": "2024-07",
        "to": "2024-09",
        "reason": "The\nprinter shut.",
        "on": "2024-05-02",
    }
    before, after = make_item(), make_item(due="2024-09", revisions=[move])
    assert told(before, after, SECRETARY) == [
        News(Event.MOVED, "REC1", before.title, False, "July 2024", "September 2024",
             "September 2024", "The printer shut.")
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("changed", "event", "why"),
    [
        ({"rag": "green", "evidence": [*EVIDENCE]}, Event.DONE, ""),
        ({"rag": "not-applicable"}, Event.DROPPED, ""),
        ({"rag": "not-applicable", "superseded_by": "REC9"}, Event.DROPPED, "Superseded by REC9"),
    ],
)
def test_what_was_closed_is_told(changed: dict[str, Any], event: Event, why: str) -> None:
    (news,) = told(make_item(), make_item(**changed), SECRETARY)
    assert (news.event, news.why) == (event, why)


def test_what_was_removed_is_told() -> None:
    assert [news.event for news in told(make_item(), None, SECRETARY)] == [Event.REMOVED]


def test_what_is_open_again_is_told() -> None:
    closed = make_item(rag="green", evidence=[*EVIDENCE])
    assert [news.event for news in told(closed, make_item(), SECRETARY)] == [Event.REOPENED]


def test_what_stays_closed_is_no_news() -> None:
    closed = {"rag": "green", "evidence": [*EVIDENCE]}
    assert told(make_item(**closed), make_item(**closed, owners=[DATA]), DATA) == []


def test_an_action_that_is_handed_over_or_done_is_told() -> None:
    step = {"title": "Publish it", "owner": REPAIRS, "due": "2024-06"}
    before = make_item(actions=[step])
    over = make_item(actions=[step | {"owner": DATA}])
    done = make_item(actions=[step | {"done": "2024-05-02"}])
    assert [(n.event, n.title, n.is_action) for n in told(before, over, REPAIRS)] == [
        (Event.HANDED_OVER, "Publish it", True)
    ]
    assert [n.event for n in told(before, over, DATA)] == [Event.TAKEN_OVER]
    assert [n.event for n in told(before, done, REPAIRS)] == [Event.DONE]


def test_the_secretary_is_told_of_a_move_that_no_owner_saw_both_sides_of() -> None:
    before, after = make_item(owners=[REPAIRS]), make_item(owners=[DATA], due="2024-09")
    plan = make_plan()._replace(recommendations=(after,))
    records: list[RecordChange] = compare({"a": before}, {"a": after})
    found = digests([Reminded(PlanOf("", plan), records=records)], Question(AS_OF))
    assert [news.event for news in found[-1].news] == [
        Event.HANDED_OVER, Event.TAKEN_OVER, Event.MOVED
    ]  # fmt: skip


# A run of every day


def test_a_sparing_run_reminds_a_week_and_a_day_before_and_each_week_after() -> None:
    plan = make_plan({"due": "2024-05-31", "owners": [DATA]})
    days = [
        offset
        for offset in range(-20, 30)
        for one in asked(plan, as_of=AS_OF + timedelta(offset), owners=[DATA])
        if is_day_for(one, AS_OF + timedelta(offset))
    ]
    assert days == [-7, -1, 1, 8, 15, 22, 29]


def test_a_sparing_run_tells_the_secretary_on_mondays() -> None:
    (digest,) = asked(make_plan({"due": "2024-03"}), owners=[SECRETARY])[1:]
    days = [day for day in range(1, 15) if is_day_for(digest, date(2024, 6, day))]
    assert days == [3, 10]


def test_a_note_is_asked_for_where_check_finds_that_one_lacks(tmp_path: Any) -> None:
    from conftest import load_plan, make_record, make_settings, write_plan

    notes = {"REC1": "2024-05-01", "REC2": "2024-01-01", "REC3": None, "REC4": "2024-03-02"}
    records = {
        ref: make_record(
            ref=ref, title=f"Keep {ref}.", section="repairs" if ref == "REC4" else "governance",
            due="2025-01", owners=[SECRETARY, REPAIRS, DATA],
            progress=[{"on": day, "note": "Begun."}] if day else None,
        )
        for ref, day in notes.items()
    }  # fmt: skip
    plan = write_plan(tmp_path, records=records, settings=make_settings(source=SOURCE))
    found = lint(plan, clock=Clock(AS_OF)).diagnostics
    checked = sorted(one.location.path[-9:-5] for one in found if one.code == "KP704")
    reminded = [row.ref for row in rows(load_plan(plan), DATA) if row.topic is Topic.NO_NOTE]
    assert sorted(reminded) == checked == ["REC2", "REC3"]
