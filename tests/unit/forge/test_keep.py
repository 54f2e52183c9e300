"""One issue a role: opened, brought up to date, closed with thanks, opened again."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import pytest
from fake_forge import BOT, Forge, error, invalid

from forge.letters import DAY, digest, row, wanted
from kimplan.answers.answer import Line
from kimplan.answers.news import Event, News
from kimplan.answers.reminders import Digest, Topic
from kimplan.forge.call import Caller
from kimplan.forge.decide import Deed, Scope, Step, decide
from kimplan.forge.issues import Issues
from kimplan.forge.keep import Account, keep
from kimplan.forge.marker import make_key, read_marker
from kimplan.forge.overview import answer_account, refusals


class Run:
    """Runs the whole of it, as often as a test likes, against the forge."""

    def __init__(self, caller: Caller) -> None:
        self.issues = Issues(caller)

    def steps(
        self, *digests: Digest, roles: frozenset[str] | None = None, day: date = DAY
    ) -> list[Step]:
        made = wanted(*digests, day=day) if digests else []
        scope = Scope(make_key("plan", "").plan, roles, day)
        return decide(made, self.issues.all(), self.issues.viewer(), scope)

    def __call__(
        self, *digests: Digest, roles: frozenset[str] | None = None, day: date = DAY
    ) -> Account:
        return keep(self.issues, self.steps(*digests, roles=roles, day=day))


@pytest.fixture
def run(caller: Caller) -> Run:
    return Run(caller)


def deeds(account: Account) -> list[Deed]:
    return [one.deed for one in account.done]


def lines(account: Account) -> Sequence[str]:
    return [part.text for part in answer_account(account).parts if isinstance(part, Line)]


def test_an_issue_is_opened_for_each_role(forge: Forge, run: Run) -> None:
    account = run(digest(), digest(role="Data Manager", handle=None))
    assert lines(account) == [
        "Opened #1 for Head of Repairs: https://github.com/homes/plan/issues/1",
        "Opened #2 for Data Manager: https://github.com/homes/plan/issues/2",
        "2 issues: 2 opened.",
    ]
    issue = forge.issues[1]
    assert issue["title"] == "Action plan: reminders for Head of Repairs"
    assert [one["login"] for one in issue["assignees"]] == ["ann"]
    assert forge.issues[2]["assignees"] == []
    assert forge.comments == []


def test_the_text_is_the_letter_behind_a_hidden_marker(forge: Forge, run: Run) -> None:
    link = "https://github.com/homes/plan/edit/main/plan/recommendations/REC2.yaml"
    run(digest(row()._replace(link=link)))
    marker, *text = forge.issues[1]["body"].splitlines()
    assert marker.startswith("<!-- kimplan-reminder ")
    assert marker.endswith(" -->")
    assert "\n".join(text) == (
        "Hello @ann,\n"
        "\n"
        "One thing is overdue, as of 31 May 2024.\n"
        "\n"
        "This reaches you as Head of Repairs. It is about Action plan, Example Homes.\n"
        "\n"
        "### Overdue: 1\n"
        "\n"
        "If it is done, say so in its file and name the evidence. If it is not, a short note there "
        "says where it stands. If the date cannot be kept, ask for a new one: a revision with the "
        "reason.\n"
        "\n"
        f"- [**REC2**](<{link}>) Keep a register.<br>"
        "Promised for March 2024, 61 days late.\n"
        "\n"
        "---\n"
        "\n"
        "<sub>Each link opens the file in your browser, where it can be changed. Whoever keeps the "
        "plan is glad to help.</sub>\n"
        "\n"
        "<sub>Sent by kimplan from the plan as it stood on 31 May 2024.</sub>"
    )


def test_what_is_the_same_is_not_sent_again(forge: Forge, run: Run) -> None:
    run(digest())
    # A forge may keep other line ends, as a browser sends them.
    forge.issues[1]["body"] = forge.issues[1]["body"].replace("\n", "\r\n") + "\r\n"
    forge.calls.clear()
    account = run(digest())
    assert deeds(account) == [Deed.LEAVE]
    assert forge.changes == []
    assert lines(account) == [
        "Left #1 as it was, of Head of Repairs",
        "1 issue: 1 left as they were.",
    ]


def test_a_text_that_changed_is_replaced(forge: Forge, run: Run) -> None:
    run(digest())
    forge.calls.clear()
    account = run(digest(), day=date(2024, 6, 3))
    assert deeds(account) == [Deed.CHANGE]
    assert forge.changes == ["PATCH /issues/1"]
    assert "as of 3 June 2024" in forge.issues[1]["body"]
    assert forge.comments == []


def test_what_is_new_is_said_in_a_comment(forge: Forge, run: Run) -> None:
    run(digest(row(), row("REC3", Topic.DUE_SOON), row("REC4", Topic.NO_NOTE)))
    forge.calls.clear()
    moved = News(Event.MOVED, "REC5", "Train everybody.", False, "May 2024", "July 2024", why="Ill")
    now = (row(), row("REC3"), row("REC4"), row("REC6", Topic.NO_NOTE))
    run(digest(*now, news=(moved,)))
    assert forge.changes == ["POST /issues/1/comments", "PATCH /issues/1"]
    assert forge.comments == [
        (
            1,
            "@ann New since the last reminder:\n"
            "\n"
            "- **REC3** Keep a register.<br>"
            "Promised for March 2024, 61 days late.\n"
            "\n"
            "- **REC4** Keep a register.<br>"
            "Promised for March 2024, 61 days late.\n"
            "\n"
            "- **REC5** Train everybody.<br>"
            "It is promised for July 2024 now, not May 2024. Earlier reminders of May 2024 no "
            "longer count. Why: Ill.\n"
            "\n"
            "The text at the top says what can be done.\n",
        )
    ]
    run(digest(*now, news=(moved,)))
    assert len(forge.comments) == 1


def test_what_came_from_the_whole_plan_is_no_news_to_its_secretary(forge: Forge, run: Run) -> None:
    run(digest(is_secretary=True))
    run(digest(row(), row("REC3"), is_secretary=True))
    assert "REC3" in forge.issues[1]["body"]
    assert forge.comments == []


def test_a_role_with_two_digests_has_one_issue(forge: Forge, run: Run) -> None:
    whole = digest(row(), row("REC9"), is_secretary=True)
    run(digest(), whole)
    assert len(forge.issues) == 1
    assert "## The whole plan" in forge.issues[1]["body"]


def test_a_role_that_two_plans_write_differently_has_one_issue(forge: Forge, run: Run) -> None:
    plans = digest(plan="north"), digest(plan="south", role="head of  repairs")
    run(*plans)
    assert len(forge.issues) == 1
    assert "**south REC2**" in forge.issues[1]["body"]
    assert deeds(run(*plans)) == [Deed.LEAVE]


def test_an_issue_is_closed_with_thanks_and_opened_again(forge: Forge, run: Run) -> None:
    run(digest())
    account = run()
    assert lines(account) == [
        "Closed #1: Action plan: reminders for Head of Repairs",
        "1 issue: 1 closed.",
    ]
    issue = forge.issues[1]
    assert (issue["state"], issue["state_reason"]) == ("closed", "completed")
    assert issue["body"].splitlines()[1:] == [
        "Nothing waits for you, as of 31 May 2024. Thank you.",
        "",
        "This issue opens again by itself as soon as something does.",
    ]
    forge.calls.clear()
    assert deeds(run()) == []
    assert forge.changes == []

    account = run(digest())
    assert deeds(account) == [Deed.REOPEN]
    assert forge.issues[1]["state"] == "open"
    assert "Overdue: 1" in forge.issues[1]["body"]
    assert [number for number, _ in forge.comments] == [1]
    assert len(forge.issues) == 1


def test_an_issue_that_somebody_closed_is_opened_as_long_as_something_is_left(
    forge: Forge, run: Run
) -> None:
    run(digest())
    forge.issues[1]["state"] = "closed"
    forge.calls.clear()
    assert deeds(run(digest())) == [Deed.REOPEN]
    assert forge.changes == ["PATCH /issues/1"]
    assert forge.calls[-1].content == {"state": "open"}


def test_a_role_that_was_not_asked_about_keeps_its_issue(forge: Forge, run: Run) -> None:
    run(digest(), digest(role="Data Manager"))
    only = frozenset({make_key("plan", "Data  manager").role})
    assert deeds(run(roles=only)) == [Deed.CLOSE]
    assert [one["state"] for one in forge.issues.values()] == ["open", "closed"]
    assert deeds(run(roles=frozenset())) == []


def test_the_issues_of_another_plan_are_not_touched(forge: Forge, run: Run) -> None:
    run(digest())
    body = forge.issues[1]["body"]
    other = body.replace(make_key("plan", "").plan, make_key("plans/other", "").plan)
    forge.put(other)
    assert deeds(run()) == [Deed.CLOSE]
    assert forge.issues[2]["state"] == "open"


def test_of_two_the_oldest_is_kept(forge: Forge, run: Run) -> None:
    run(digest())
    forge.put(forge.issues[1]["body"])
    forge.put(forge.issues[1]["body"], state="closed")
    account = run(digest())
    assert lines(account) == [
        "Left #1 as it was, of Head of Repairs",
        "Closed #2, another one of Head of Repairs",
        "2 issues: 1 closed as a double, 1 left as they were.",
    ]
    assert forge.issues[2]["state_reason"] == "not_planned"
    assert "This is the same as #1, which is kept up to date." in forge.issues[2]["body"]
    assert deeds(run(digest())) == [Deed.LEAVE]


@pytest.mark.parametrize("number", [499, 500, 3000])
def test_a_great_deal_still_fits(number: int, forge: Forge, run: Run) -> None:
    title = "@a <b> " * 80  # becomes many times as long
    rows = [row(f"REC{one}", title=title) for one in range(number)]
    long = "Role " * 60
    whole = digest(*rows, role=long.strip(), title=title.strip(), is_secretary=True)
    assert not run(digest(*rows, role=long.strip(), title=title.strip()), whole).failed
    assert 50_000 < len(forge.issues[1]["body"]) <= 65_536
    assert "There is more than a forge can hold here" in forge.issues[1]["body"]
    assert len(forge.issues[1]["title"]) <= 256
    again = digest(*rows, row("NEW1"), role=long.strip(), title=title.strip())
    assert not run(again).failed
    assert len(forge.comments) == (number < 500)


# Whose issues they are


def test_an_issue_that_somebody_else_opened_is_left_alone(forge: Forge, run: Run) -> None:
    run(digest())
    copied = forge.issues[1]["body"]
    forge.issues.clear()
    forge.put(copied, user="mallory", title="Reminders")
    forge.put(copied, user=None, title="A ghost's")
    account = run(digest())
    assert lines(account) == [
        "Left alone #1, which mallory opened: Reminders",
        "Left alone #2, which nobody opened: A ghost's",
        "Opened #3 for Head of Repairs: https://github.com/homes/plan/issues/3",
        "1 issue: 1 opened.",
    ]
    assert forge.issues[1]["body"] == copied


@pytest.mark.parametrize(
    "spoil",
    [
        lambda body: f"Look at this:\n{body}",
        lambda body: f" {body}",
        lambda body: body.replace(" -->", ""),
        lambda body: body.replace("<!--", "<!-- x"),
    ],
)
def test_a_marker_that_does_not_begin_the_text_is_none(spoil, forge: Forge, run: Run) -> None:  # type: ignore[no-untyped-def]
    run(digest())
    forge.issues[1]["body"] = spoil(forge.issues[1]["body"])
    assert read_marker(forge.issues[1]["body"]) is None
    assert deeds(run(digest())) == [Deed.OPEN]


def test_a_token_of_another_finds_none_of_ours(forge: Forge, run: Run) -> None:
    run(digest())
    forge.user, forge.is_app = "ann", False
    assert deeds(run(digest())) == [Deed.LEAVE_ALONE, Deed.OPEN]
    assert forge.issues[1]["user"]["login"] == BOT


# Whom they are assigned to


@pytest.mark.parametrize("handle", ["@homes/repairs", "ann@example.org", None, "@-no"])
def test_what_is_no_user_is_not_assigned(handle: str | None, forge: Forge, run: Run) -> None:
    run(digest(handle=handle))
    opened = next(call for call in forge.calls if str(call) == "POST /issues")
    assert "assignees" not in opened.content
    greeting = "Hello @homes/repairs," if handle == "@homes/repairs" else "Hello,"
    assert opened.content["body"].splitlines()[1] == greeting


def test_whoever_cannot_be_assigned_is_said(forge: Forge, run: Run) -> None:
    account = run(digest(handle="@stranger"))
    assert lines(account)[0] == (
        "Opened #1 for Head of Repairs: https://github.com/homes/plan/issues/1 "
        "(@stranger cannot be assigned to it)"
    )
    account = run(digest(handle="@stranger"))
    assert deeds(account) == [Deed.LEAVE]
    assert account.done[0].remark == "@stranger cannot be assigned to it"
    account = run(digest(handle="@stranger"), day=date(2024, 6, 3))
    assert deeds(account) == [Deed.CHANGE]
    assert "3 June 2024" in forge.issues[1]["body"]


def test_a_forge_that_drops_assignees_without_a_word_is_noticed(forge: Forge, run: Run) -> None:
    forge.drops_assignees = True
    assert run(digest()).done[0].remark == "@ann cannot be assigned to it"
    assert run(digest()).done[0].remark == "@ann cannot be assigned to it"


def test_an_owner_who_follows_another_is_assigned(forge: Forge, run: Run) -> None:
    run(digest(handle="@ann"))
    run(digest(handle="@Bob"))  # the forge knows no capitals
    forge.assignable.add("Bob")
    run(digest(handle="@Bob"))
    assert [one["login"] for one in forge.issues[1]["assignees"]] == ["Bob"]


def test_a_role_of_two_people_in_two_plans_calls_and_is_assigned_to_both(
    forge: Forge, run: Run
) -> None:
    plans = [digest(plan=name, handle=f"@{name}") for name in ("ann", "bob", "Ann")]
    run(*plans)
    assert [one["login"] for one in forge.issues[1]["assignees"]] == ["ann", "bob"]
    assert forge.issues[1]["body"].splitlines()[1] == "Hello @ann @bob,"
    assert deeds(run(*plans)) == [Deed.LEAVE]
    forge.issues[1]["assignees"].pop()
    forge.assignable.remove("bob")
    assert run(*plans).done[0].remark == "@bob cannot be assigned to it"


def test_others_whom_somebody_assigned_stay(forge: Forge, run: Run) -> None:
    run(digest())
    forge.issues[1]["assignees"] += [forge.issues[1]["assignees"][0] | {"login": "carol"}]
    assert deeds(run(digest())) == [Deed.LEAVE]


# Refusals half-way


def test_an_issue_that_is_refused_does_not_hold_up_the_others(forge: Forge, run: Run) -> None:
    run(digest(), digest(role="Data Manager"), digest(role="Secretary"))
    forge.refuse("PATCH /issues/2", invalid(code="custom", field="body", message="No such body"))
    digests = digest(), digest(role="Data Manager"), digest(role="Secretary")
    account = run(*digests, day=date(2024, 6, 3))
    assert deeds(account) == [Deed.CHANGE, Deed.CHANGE]
    assert lines(account)[-1] == "2 issues: 2 brought up to date; 1 not done."
    assert list(refusals(account)) == [
        "#2 of Data Manager: the forge does not take it: No such body"
    ]


def test_a_limit_half_way_ends_the_run_and_the_next_one_goes_on(forge: Forge, run: Run) -> None:
    digests = [digest(role=f"Role {number}") for number in range(4)]
    forge.refuse("POST /labels", error(403, "rate limit exceeded", Retry_After="900"), times=0)
    run(*digests[:1])
    forge.refuse("POST /issues", error(403, "rate limit exceeded", Retry_After="900"), times=1)
    account = run(*digests)
    assert account.stop
    assert account.stop.message == "the forge asks to wait for 15 minutes: rate limit exceeded"
    assert lines(account)[-1] == "1 issue: 1 left as they were; 3 not done."
    assert deeds(run(*digests)) == [Deed.LEAVE, Deed.OPEN, Deed.OPEN, Deed.OPEN]


def test_a_token_without_rights_ends_the_run(forge: Forge, run: Run) -> None:
    forge.refuse("POST .*", error(403, "Resource not accessible by integration"))
    forge.user, forge.is_app = "ann", False
    account = run(digest(), digest(role="Data Manager"))
    assert account.stop
    assert account.stop.message.startswith("the token may not do this in homes/plan")
    assert lines(account) == ["0 issues; 2 not done."]
    assert forge.changes == ["POST /labels"]


def test_an_issue_that_cannot_be_labelled_is_taken_back(forge: Forge, run: Run) -> None:
    forge.drops_labels = True
    account = run(digest(), digest(role="Data Manager"))
    assert account.stop
    assert account.stop.message == (
        "the token may open issues but not label them, so #1 was closed again"
    )
    assert forge.issues[1]["state"] == "closed"
    assert len(forge.issues) == 1


def test_a_comment_that_is_refused_is_tried_again(forge: Forge, run: Run) -> None:
    run(digest())
    now = digest(row(), row("REC3"))
    forge.refuse("POST /issues/1/comments", error(500, "Oops"), times=1)
    assert run(now).stop
    run(now)
    assert len(forge.comments) == 1


def test_an_issue_that_was_deleted_meanwhile_is_said(forge: Forge, run: Run) -> None:
    run(digest(), digest(role="Data Manager"))
    forge.refuse("PATCH /issues/1", error(410, "This issue was deleted"))
    account = run(digest(), digest(role="Data Manager"), day=date(2024, 6, 3))
    assert deeds(account) == [Deed.CHANGE]
    assert "This issue was deleted" in next(iter(refusals(account)))
