"""``--where``: which recommendations say so, and what cannot be asked."""

from __future__ import annotations

import pytest
from conftest import make_plan

from kimplan.answers.where import meets, read_conditions
from kimplan.errors import KimplanError
from kimplan.model.plan import Plan

FIELDS = [
    {"id": "priority", "label": "Priority", "type": "choice", "choices": ["High", "Medium", "Low"]},
    {"id": "reviewed", "label": "Last reviewed", "type": "date"},
    {"id": "lead", "label": "Lead team"},
    {"id": "learning", "label": "Learning", "type": "text"},
]


@pytest.fixture(scope="module")
def plan() -> Plan:
    return make_plan(
        {"fields": {"priority": "High", "reviewed": "2024-03", "lead": "Voids and lettings"}},
        {"fields": {"priority": "Low", "reviewed": "2024-03-14/2024-04"}, "section": "repairs"},
        {"due": None, "rag": "green", "completed": "2024-03-31", "owners": ["Head of Repairs"]},
        {"due": "2025-01-01", "fields": {"learning": "One\nform."}, "title": "Publish it."},
        fields=FIELDS,
        ratings={"amber": {"label": "On track", "meaning": "Under way"}},
    )


def found(plan: Plan, *texts: str) -> str:
    conditions = read_conditions(plan, texts)
    return "".join(item.ref[3:] for item in plan.recommendations if meets(item, conditions))


@pytest.mark.parametrize(
    ("texts", "refs"),
    [
        ([], "1234"),
        (["priority=High"], "1"),
        (["Priority = high"], "1"),
        (["fields.priority=LOW"], "2"),
        (["priority=Medium"], ""),
        (["priority=High", "priority=Low"], "12"),
        (["priority=High", "reviewed=2024-03"], "1"),
        (["priority=Low", "reviewed=2024-03"], ""),
        (["priority="], "34"),
        (["reviewed=2024-03"], "1"),
        (["last reviewed=March 2024"], "1"),
        (["reviewed=2024"], "12"),
        (["reviewed=2024-01/2024-04"], "12"),
        (["reviewed=2024-03-14"], ""),
        (["lead=voids"], "1"),
        (["lead=  voids   AND lettings"], "1"),
        (["learning=one form"], "4"),
        (["learning=zzz"], ""),
        (["rag=green"], "3"),
        (["rag=on track"], "124"),
        (["section=repairs"], "2"),
        (["section=Governance"], "134"),
        (["ref=rec2"], "2"),
        (["due=2024"], "12"),
        (["due="], "3"),
        (["completed=2024-03"], "3"),
        (["completed="], "124"),
        (["owners=repairs"], "3"),
        (["title=publish"], "4"),
        (["response=built", "rag=green"], "3"),
    ],
)
def test_which_say_so(plan: Plan, texts: list[str], refs: str) -> None:
    assert found(plan, *texts) == refs


KNOWN = (
    "Known: priority, reviewed, lead, learning, ref, section, rag, due, owners, completed, title, "
    "response."
)
DATES = (
    "Write a day (2024-07-31), a month (2024-07) or an interval (2023-12/2024-03). A year will "
    "do, too."
)


@pytest.mark.parametrize(
    ("text", "message", "hint"),
    [
        ("priority", "--where 'priority' gives no value",
         "Write a field, =, and what it says: --where priority=High."),
        ("prority=High", "--where 'prority' is no field", f"Did you mean 'priority'? {KNOWN}"),
        ("cost=1", "--where 'cost' is no field", KNOWN),
        ("priority=Hihg", "--where priority='Hihg' is none of the choices",
         "Did you mean 'High'? Choices: High, Medium, Low."),
        ("rag=amer", "--where rag='amer' is none of the choices",
         "Did you mean 'amber'? Choices: green, amber, red, not-applicable."),
        ("reviewed=spring", "--where reviewed='spring' is not a date", DATES),
        ("lead=Voids and letings", "--where lead='Voids and letings' is said nowhere",
         "Did you mean 'Voids and lettings'?"),
        ("ref=REC9", "--where ref='REC9' is none of the choices",
         "Did you mean 'REC4'? Choices: REC1, REC2, REC3, REC4."),
    ],
)  # fmt: skip
def test_what_cannot_be_asked(plan: Plan, text: str, message: str, hint: str) -> None:
    with pytest.raises(KimplanError) as error:
        read_conditions(plan, [text])
    assert (error.value.message, error.value.hint) == (message, hint)
