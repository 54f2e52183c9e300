from __future__ import annotations

import pytest
from conftest import AS_OF, EVIDENCE, make_plan

from kimplan.answers.answer import Line, Table
from kimplan.answers.listing import Filters, answer_list
from kimplan.model.rating import Rating

PLAN = make_plan(
    {"rag": "green", "due": None, "evidence": [*EVIDENCE]},
    {"due": "2024-03", "owners": ["Head of Repairs", "Data Manager"]},
    {"section": "repairs", "rag": "red"},
    {"section": "repairs", "rag": "not-applicable", "due": None, "owners": None},
)


@pytest.mark.parametrize(
    ("filters", "found", "said"),
    [
        (Filters(), ["REC1", "REC2", "REC3", "REC4"], "4 recommendations on 31 May 2024."),
        (Filters(ratings=[Rating.RED]), ["REC3"], "1 of 4 recommendations on 31 May 2024."),
        (
            Filters(ratings=[Rating.RED, Rating.GREEN]),
            ["REC1", "REC3"],
            "2 of 4 recommendations on 31 May 2024.",
        ),
        (Filters(owners=["repairs"]), ["REC2"], "1 of 4 recommendations on 31 May 2024."),
        (
            Filters(owners=["SECRETARY", "data"]),
            ["REC1", "REC2", "REC3"],
            "3 of 4 recommendations on 31 May 2024.",
        ),
        (
            Filters(sections=["repairs"]), ["REC3", "REC4"],
            "2 of 4 recommendations on 31 May 2024.",
        ),
        (Filters(is_overdue=True), ["REC2"], "1 of 4 recommendations on 31 May 2024."),
        (
            Filters([Rating.RED], ["secretary"], ["repairs"]), ["REC3"],
            "1 of 4 recommendations on 31 May 2024.",
        ),
    ],
)  # fmt: skip
def test_the_filters_are_all_met(filters: Filters, found: list[str], said: str) -> None:
    view = answer_list(PLAN, filters, AS_OF)
    assert [item["ref"] for item in view.data["recommendations"]] == found
    table, line = view.parts
    assert isinstance(table, Table)
    assert [row[0] for row in table.rows] == found
    assert line == Line(said)
    assert view.data["total"] == 4


def test_an_empty_answer_is_one_line() -> None:
    view = answer_list(PLAN, Filters([Rating.GREEN], sections=["repairs"]), AS_OF)
    assert view.parts == (Line("None of 4 recommendations on 31 May 2024."),)
    assert view.data["recommendations"] == []


def test_an_open_action_makes_a_recommendation_its_owners_and_overdue() -> None:
    step = {"title": "Publish", "owner": "Head of Repairs", "due": "2024-02"}
    plan = make_plan({"actions": [step]}, {"actions": [{**step, "done": "2024-02-20"}]}, {})
    for filters in (Filters(owners=["repairs"]), Filters(is_overdue=True)):
        found = answer_list(plan, filters, AS_OF).data["recommendations"]
        assert [item["ref"] for item in found] == ["REC1"]


def test_what_has_happened_since_is_said_even_where_it_is_not_listed() -> None:
    green = {"rag": "green", "due": "2024-05", "completed": "2024-06-20"}
    view = answer_list(make_plan({}, green), Filters(ratings=[Rating.AMBER]), AS_OF)
    last = view.parts[-1]
    assert isinstance(last, Line)
    assert "(REC2: completed on 20 June 2024)" in last.text
    assert view.data["later_facts"] == 1


def test_the_date_is_what_the_plan_prints_for_the_rating() -> None:
    table = answer_list(PLAN, Filters(), AS_OF).parts[0]
    assert isinstance(table, Table)
    assert [row[2:] for row in table.rows] == [
        ("GREEN", "Compliant", "Company Secretary"),
        ("AMBER", "March 2024", "Head of Repairs; Data Manager"),
        ("RED", "July 2024", "Company Secretary"),
        ("Not Applicable", "", ""),
    ]
