"""``--set``: an own field of a record, spliced into what stands there."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from conftest import make_record, make_settings, write_plan

from kimplan.edits.own_fields import read_own_values
from kimplan.edits.request import OwnValue, Update
from kimplan.edits.update import update_text
from kimplan.errors import KimplanError

DAY = date(2024, 5, 31)
HEAD = """\
ref: REC1
section: governance
title: Keep a register.
response: It is being built.
rag: amber
due: 2024-07  # the Board's date
owners:
  - Company Secretary
"""
FIELDS = [
    {"id": "priority", "label": "Priority", "type": "choice", "choices": ["High", "Low"]},
    {"id": "reviewed", "label": "Last reviewed", "type": "date"},
    {"id": "learning", "label": "What was learnt", "type": "text"},
    {"id": "lead", "label": "Lead team"},
]


def changed(text: str, *values: OwnValue) -> str:
    return update_text(text, Update(DAY, own=values)).text


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("", "fields:\n  priority: High\n"),
        ("fields: {}\n", "fields:\n  priority: High\n"),
        ("fields:\n  lead: Voids\n", "fields:\n  lead: Voids\n  priority: High\n"),
        ("fields: {lead: Voids}\n", "fields: {lead: Voids, priority: High}\n"),
        (
            "fields:  # ours\n    # agreed in May\n    priority: 'Low'  # not now\n    lead: A\n",
            "fields:  # ours\n    # agreed in May\n    priority: 'High'  # not now\n    lead: A\n",
        ),
        ("fields: {priority: Low, lead: A}  # x\n", "fields: {priority: High, lead: A}  # x\n"),
        (
            "fields:\n  lead: |\n    Voids\n  # the end\n",
            "fields:\n  lead: |\n    Voids\n  priority: High\n  # the end\n",
        ),
        ("fields:\n  priority: High\n", "fields:\n  priority: High\n"),
    ],
)
def test_a_value_is_put_where_it_belongs(before: str, after: str) -> None:
    assert changed(HEAD + before, OwnValue("priority", "High")) == HEAD + after


def test_a_record_between_braces_stays_so() -> None:
    whole = "{ref: REC1, section: a, title: T, response: R, rag: red, due: 2024-07, owners: [A]}\n"
    after = whole.replace("[A]}", "[A], fields: {priority: High}}")
    assert changed(whole, OwnValue("priority", "High")) == after


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("fields:\n  priority: Low\n", ""),
        ("fields:\n  priority: Low\n  lead: A\n", "fields:\n  lead: A\n"),
        ("fields:\n  lead: A\n  # why\n  priority: Low\n", "fields:\n  lead: A\n  # why\n"),
        ("fields: {priority: Low, lead: A}\n", "fields: {lead: A}\n"),
        ("fields: {lead: A}\n", "fields: {lead: A}\n"),
        ("", ""),
    ],
)
def test_an_empty_value_is_taken_away(before: str, after: str) -> None:
    assert changed(HEAD + before, OwnValue("priority", "")) == HEAD + after


def test_a_text_stands_below_a_bar_and_several_values_are_one_change() -> None:
    text = "One form.\n\n- Nobody asks twice."
    values = OwnValue("learning", text, is_prose=True), OwnValue("priority", "no: #1")
    assert changed(HEAD, *values) == HEAD + (
        'fields:\n  learning: |\n    One form.\n\n    - Nobody asks twice.\n  priority: "no: #1"\n'
    )
    assert changed(changed(HEAD, *values), *values) == changed(HEAD, *values)


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    return write_plan(tmp_path, settings=make_settings(fields=FIELDS))


@pytest.mark.parametrize(
    ("given", "read"),
    [
        ("priority=HIGH", OwnValue("priority", "High")),
        ("Priority = low ", OwnValue("priority", "Low")),
        ("fields.priority=Middling", OwnValue("priority", "Middling")),
        ("last  reviewed=the 3rd of March 2024", OwnValue("reviewed", "2024-03-03")),
        ("reviewed=2023-12/2024-03", OwnValue("reviewed", "2023-12/2024-03")),
        ("lead=a = b\nc", OwnValue("lead", "a = b c")),
        ("learning=a\n\n- b\n", OwnValue("learning", "a\n\n- b", is_prose=True)),
        ("lead= ", OwnValue("lead", "")),
    ],
)
def test_what_is_given_is_read_as_its_type(plan: Path, given: str, read: OwnValue) -> None:
    assert read_own_values(plan, [given]) == (read,)


@pytest.mark.parametrize(
    ("given", "message", "hint"),
    [
        (["prority=High"], "the plan has no own field 'prority'", "Did you mean 'priority'?"),
        (["x=1"], "the plan has no own field 'x'", "Declared: priority, reviewed, learning, lead."),
        (
            ["rag=green"],
            "the plan has no own field 'rag'",
            "It is no own field: kimplan update --help lists what changes it, or use --edit.",
        ),
        (
            ["priority"],
            "--set 'priority' gives no value",
            "Write an id of plan.yaml, =, and the value: --set priority=High.",
        ),
        (["lead=a", "Lead team=b"], "--set gives 'lead' twice", "Give each field once."),
        (
            ["reviewed=spring"],
            "--set reviewed 'spring' is not a date",
            "Write a day (2024-07-31), a month (2024-07) or an interval (2023-12/2024-03).",
        ),
    ],
)
def test_what_cannot_be_read_says_why(
    plan: Path, given: list[str], message: str, hint: str
) -> None:
    with pytest.raises(KimplanError) as error:
        read_own_values(plan, given)
    assert (error.value.message, error.value.hint) == (message, hint)


def test_a_plan_without_own_fields_says_where_they_are_declared(tmp_path: Path) -> None:
    plan = write_plan(tmp_path, records={"REC1": make_record()})
    with pytest.raises(KimplanError) as error:
        read_own_values(plan, ["priority=High"])
    assert error.value.hint == "Declare it below 'fields' in plan.yaml first."
