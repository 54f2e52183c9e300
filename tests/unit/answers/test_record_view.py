from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest
from conftest import AS_OF, EVIDENCE, make_plan

from kimplan.answers.answer import Facts, Tone
from kimplan.answers.record import answer_records
from kimplan.formatters.answer_text import format_text

EVERY_FIELD: dict[str, Any] = {
    "detail": "Particularly:\n\n- of **emergency** repairs",
    "response": "See [the site](https://example.org/site).",
    "due": "2024-09",
    "owners": ["Head of Repairs", "Data Manager"],
    "evidence": [
        {"title": "Register", "link": "https://example.org/register", "expires": "2024-02"},
        {"title": "Minutes", "link": "docs/minutes.pdf", "expires": "2024-05-31"},
        {"title": "A visit"},
    ],
    "verified": {"by": "Company Secretary", "on": "2024-05-02"},
    "progress": [{"on": "2024-05-02", "by": "Data Manager", "note": "The form is **live**."}],
    "revisions": [
        {"from": "2024-03", "to": "2024-07-31", "reason": "Planned anew.", "agreed_by": "Board",
         "on": "2024-03-20"},
        {"from": "2024-07-31", "to": "2024-09", "reason": "A new contractor.", "on": "2024-05-01"},
    ],
    "actions": [
        {"title": "Publish the form.", "owner": "Data Manager", "due": "2024-06",
         "done": "2024-06-11"},
        {"title": "Close the old system."},
    ],
}  # fmt: skip


def facts(as_of: date = AS_OF, **fields: Any) -> dict[str, tuple[str, Tone]]:
    plan = make_plan(fields)
    found = answer_records(plan, list(plan.recommendations), as_of).parts[1]
    assert isinstance(found, Facts)
    return {name: (value, tone) for name, value, tone in found.pairs}


def moved(first: str, due: str) -> dict[str, Any]:
    return {
        "due": due,
        "revisions": [{"from": first, "to": due, "reason": "Anew.", "on": "2024-01-10"}],
    }


def test_everything_about_a_record_is_shown() -> None:
    plan = make_plan(EVERY_FIELD)
    view = answer_records(plan, list(plan.recommendations), AS_OF)
    assert (
        format_text(view)
        == """\
REC1  Keep a register of every repair.
Section       Governance
RAG           AMBER – In progress: work is planned or under way
Due           September 2024: 122 days left on 31 May 2024
First agreed  March 2024: moved twice, 183 days later
Verified      2 May 2024, Company Secretary
Owners        Head of Repairs; Data Manager

Recommendation
Particularly:
- of emergency repairs

Response
See the site (https://example.org/site).

Evidence
- Register (https://example.org/register), expired February 2024
- Minutes (docs/minutes.pdf), good until 31 May 2024
- A visit

Actions
What                   Owner         Due        Done
---------------------  ------------  ---------  ------------
Publish the form.      Data Manager  June 2024  11 June 2024
Close the old system.

Progress
2 May 2024, Data Manager
The form is live.

Dates moved
On             From          To              Why                Agreed by
-------------  ------------  --------------  -----------------  ---------
20 March 2024  March 2024    31 July 2024    Planned anew.      Board
1 May 2024     31 July 2024  September 2024  A new contractor.

The files hold facts later than 31 May 2024 (REC1: an action done on 11 June
2024), so this is not what was known then. --at 2024-05-31 reads the plan as it
stood.
"""
    )


def test_the_values_are_those_of_the_file_and_where_the_date_stands() -> None:
    plan = make_plan(EVERY_FIELD)
    view = answer_records(plan, list(plan.recommendations), AS_OF)
    values = json.loads(json.dumps(view.data))["recommendations"][0]
    for name, written in EVERY_FIELD.items():
        stored = values[name]
        if isinstance(written, list) and isinstance(written[0], dict):
            stored = [{k: v for k, v in entry.items() if v not in (None, [])} for entry in stored]
        assert stored == written
    standing = ("due_last_day", "first_agreed", "slipped_days", "days_left", "overdue", "label")
    assert [values[name] for name in standing] == [
        "2024-09-30", "2024-03", 183, 122, False, "AMBER",
    ]  # fmt: skip
    assert values["completed"] is None


@pytest.mark.parametrize(
    ("due", "as_of", "said", "tone"),
    [
        ("2024-05", date(2024, 6, 1), "May 2024: 1 day late on 1 June 2024", Tone.LATE),
        ("2024-05", date(2024, 5, 31), "May 2024: 31 May 2024 is its last day", Tone.PLAIN),
        ("2024-05", date(2024, 5, 30), "May 2024: 1 day left on 30 May 2024", Tone.PLAIN),
        ("2024-05", date(2024, 5, 1), "May 2024: 30 days left on 1 May 2024", Tone.PLAIN),
    ],
)
def test_it_is_said_where_the_date_stands(due: str, as_of: date, said: str, tone: Tone) -> None:
    assert facts(as_of, due=due)["Due"] == (said, tone)


@pytest.mark.parametrize(
    ("first", "due", "said"),
    [
        ("2024-03", "2024-04", "March 2024: moved once, 30 days later"),
        ("2024-04", "2024-03", "April 2024: moved once, 30 days earlier"),
        ("2024-04", "2024-04-29", "April 2024: moved once, 1 day earlier"),
    ],
)
def test_it_is_said_how_far_the_date_has_moved(first: str, due: str, said: str) -> None:
    assert facts(**moved(first, due))["First agreed"] == (said, Tone.PLAIN)


def test_what_was_never_moved_has_no_first_date() -> None:
    assert "First agreed" not in facts()


def test_a_green_promises_nothing() -> None:
    found = facts(rag="green", due=None, evidence=[*EVIDENCE], completed="2024-04-30", owners=None)
    assert set(found) == {"Section", "RAG", "Completed"}
    assert found["Completed"] == ("30 April 2024", Tone.PLAIN)
    assert found["RAG"] == ("GREEN – Complete: the landlord complies", Tone.GREEN)


@pytest.mark.parametrize(
    ("completed", "said", "days"),
    [
        ("2024-04-12", "12 April 2024, 12 days late", 12),
        ("2024-04-01", "1 April 2024, 1 day late", 1),
        ("2024-03-31", "31 March 2024, in time", 0),
        ("2024-03-01", "1 March 2024, in time", -30),
    ],
)
def test_a_completion_is_held_against_what_was_promised(
    completed: str, said: str, days: int
) -> None:
    fields: dict[str, Any] = {"rag": "green", "due": "2024-03", "completed": completed}
    found = facts(**fields)
    assert found["Promised"] == ("March 2024", Tone.PLAIN)
    assert found["Completed"] == (said, Tone.PLAIN)
    plan = make_plan(fields)
    data = answer_records(plan, list(plan.recommendations), AS_OF).data["recommendations"][0]
    assert data["completed_late_days"] == days


def test_a_closed_record_still_says_how_far_its_date_moved() -> None:
    found = facts(rag="green", completed="2024-04-30", **moved("2024-03", "2024-04"))
    assert found["First agreed"] == ("March 2024: moved once, 30 days later", Tone.PLAIN)


def test_actions_say_how_late_they_are_and_how_their_dates_moved() -> None:
    steps = [
        {"title": "Print it", **moved("2024-02", "2024-04")},
        {"title": "Bind it", "due": "2024-05"},
        {"title": "Read it", "due": "2024-01", "done": "2024-05-02"},
    ]
    plan = make_plan(moved("2024-03", "2024-09") | {"actions": steps})
    text = format_text(answer_records(plan, list(plan.recommendations), AS_OF))
    assert text.endswith(
        """\
Actions
What      Owner  Due                       Done
--------  -----  ------------------------  ----------
Print it         April 2024, 31 days late
Bind it          May 2024
Read it          January 2024              2 May 2024

Dates moved
On               Action    From           To              Why    Agreed by
---------------  --------  -------------  --------------  -----  ---------
10 January 2024            March 2024     September 2024  Anew.
10 January 2024  Print it  February 2024  April 2024      Anew.
"""
    )


def test_several_records_are_shown_one_below_the_other() -> None:
    plan = make_plan({}, {"title": "Another."})
    text = format_text(answer_records(plan, list(plan.recommendations), AS_OF))
    assert "\n\nREC2  Another.\nSection" in text
