"""What each sheet of a workbook says: whole grids of cells, before they are written."""

from __future__ import annotations

from datetime import date
from typing import Any

from conftest import AS_OF, make_plan

from kimplan.answers.group import PlanOf, alone
from kimplan.answers.tables.book import BookSheet, book_sheets
from kimplan.model.plan import Plan

LATE = {
    "due": "2024-03",
    "revisions": [
        {"from": "2024-01-31", "to": "2024-03", "reason": "Ill.", "agreed_by": "Board",
         "on": "2024-01-01"}
    ],
    "actions": [{"title": "Write it", "owner": "Data Manager", "due": "2024-05"},
                {"title": "Print it", "done": "2024-02-01"}],
    "evidence": [{"title": "Draft", "link": "https://example.org/d", "expires": "2024-06"}],
    "progress": [{"on": "2024-02-02", "note": "- One\n- Two"}],
}  # fmt: skip
DONE = {"rag": "green", "due": "2024-01-31", "completed": "2024-02-02", "owners": []}
GREEN = {"rag": "green", "due": None, "section": "repairs"}


def plan(**settings: Any) -> Plan:
    return make_plan(LATE, DONE, GREEN, **settings)


def sheets(*plans: PlanOf) -> dict[str, BookSheet]:
    return {sheet.name: sheet for sheet in book_sheets(plans, AS_OF)}


def grid(sheet: BookSheet) -> list[tuple[Any, ...]]:
    return [tuple(column.label for column in sheet.columns), *sheet.rows]


TITLE, RESPONSE = "Keep a register of every repair.", "The register is being built."
OWNER = "Company Secretary"


def test_the_plan_has_its_own_columns_first_and_then_all_that_is_used() -> None:
    assert grid(sheets(*alone(plan()))["Action plan"]) == [
        ("Ref", "Recommendation", "Response", "RAG rating", "Estimated completion date", "Last day",
         "Owner", "Section", "First agreed", "Days late", "Completed", "Days completed late"),
        ("REC1", TITLE, RESPONSE, "AMBER", "March 2024", date(2024, 3, 31), OWNER, "Governance",
         date(2024, 1, 31), 61, None, None),
        ("REC2", TITLE, RESPONSE, "GREEN", date(2024, 1, 31), date(2024, 1, 31), None, "Governance",
         None, None, date(2024, 2, 2), 2),
        ("REC3", TITLE, RESPONSE, "GREEN", "Compliant", None, OWNER, "Repairs",
         None, None, None, None),
    ]  # fmt: skip


def test_columns_of_the_settings_tell_what_other_sheets_hold() -> None:
    columns = [
        {"field": "ref", "label": "No."}, {"field": "evidence", "label": "Proof"},
        {"field": "progress", "label": "Notes"}, {"field": "actions", "label": "Steps"},
        {"field": "fields.day", "label": "no."},
    ]  # fmt: skip
    own = [{"id": "day", "label": "Board day", "type": "date"}]
    made = make_plan(LATE | {"fields": {"day": "2024-06"}}, columns=columns, fields=own)
    header, row = grid(sheets(*alone(made))["Action plan"])
    assert header[:6] == ("No.", "Proof", "Notes", "Steps", "no. (2)", "no., last day")
    assert row[:6] == (
        "REC1",
        "Draft (https://example.org/d), expires June 2024",
        "2 February 2024: One Two",
        "Write it – Data Manager – due May 2024\nPrint it – done 1 February 2024",
        "June 2024",
        date(2024, 6, 30),
    )


def test_each_table_has_a_sheet_of_its_own() -> None:
    found = sheets(*alone(plan()))
    assert [*found] == [
        "Action plan", "Overdue", "Owners", "Actions", "Revisions", "Evidence", "Progress"
    ]  # fmt: skip
    assert grid(found["Overdue"]) == [
        ("Ref", "What is overdue", "Due", "Last day", "First agreed", "Days late", "Owners",
         "Rating"),
        ("REC1", TITLE, "March 2024", date(2024, 3, 31), date(2024, 1, 31), 61, OWNER, "AMBER"),
    ]  # fmt: skip
    assert grid(found["Owners"]) == [
        ("Owner", "Recommendations", "Complete", "Open", "No date agreed", "Overdue",
         "Actions overdue", "Due soon"),
        ("Company Secretary", 2, 1, 1, 0, 1, 0, 0),
        ("Head of Repairs", 0, 0, 0, 0, 0, 0, 0),
        ("Data Manager", 0, 0, 0, 0, 0, 0, 1),
        ("No owner", 1, 1, 0, 0, 0, 0, 0),
    ]  # fmt: skip
    assert grid(found["Actions"]) == [
        ("Ref", "No.", "Action", "Owner", "Due", "Last day", "Done"),
        ("REC1", 1, "Write it", "Data Manager", "May 2024", date(2024, 5, 31), None),
        ("REC1", 2, "Print it", None, None, None, date(2024, 2, 1)),
    ]
    assert grid(found["Revisions"]) == [
        ("Ref", "No.", "From", "To", "To, last day", "Reason", "Agreed by", "Moved on"),
        ("REC1", 1, date(2024, 1, 31), "March 2024", date(2024, 3, 31), "Ill.", "Board",
         date(2024, 1, 1)),
    ]  # fmt: skip
    assert grid(found["Evidence"]) == [
        ("Ref", "No.", "Evidence", "Link", "Expires", "Expires, last day"),
        ("REC1", 1, "Draft", "https://example.org/d", "June 2024", date(2024, 6, 30)),
    ]
    assert grid(found["Progress"]) == [
        ("Ref", "No.", "Day", "By", "Note"),
        ("REC1", 1, date(2024, 2, 2), None, "- One\n- Two"),
    ]


def test_a_sheet_without_rows_says_so_and_can_be_filled() -> None:
    found = sheets(*alone(make_plan(GREEN)))
    assert [*found] == ["Action plan", "Overdue", "Owners", "Revisions", "Evidence"]
    assert (found["Overdue"].rows, found["Overdue"].otherwise) == (
        [],
        "Nothing is overdue on 31 May 2024.",
    )
    assert [column.label for column in found["Evidence"].columns] == [
        "Ref", "No.", "Evidence", "Link", "Expires", "Expires, last day"
    ]  # fmt: skip


def test_several_plans_stand_together_with_their_names_and_totals() -> None:
    found = sheets(PlanOf("north", plan()), PlanOf("south", make_plan(GREEN, title="South")))
    assert found["Action plan"].columns[0].label == "Plan"
    assert [row[:2] for row in found["Action plan"].rows] == [
        ("north", "REC1"), ("north", "REC2"), ("north", "REC3"), ("south", "REC1")
    ]  # fmt: skip
    assert grid(found["Plans"]) == [
        ("Plan", "Title", "Recommendations", "Complete", "Open", "No date agreed", "Overdue",
         "Actions overdue", "Due soon"),
        ("north", "Spotlight action plan", 3, 2, 1, 0, 1, 0, 1),
        ("south", "South", 1, 1, 0, 0, 0, 0, 0),
    ]  # fmt: skip
    assert [row[:3] for row in found["Owners"].rows][-3:] == [
        ("south", "Company Secretary", 1), ("south", "Head of Repairs", 0),
        ("south", "Data Manager", 0),
    ]  # fmt: skip


def test_a_plan_in_welsh_has_its_dates_in_welsh() -> None:
    _, row, *_ = grid(sheets(*alone(plan(language="cy")))["Action plan"])
    assert "Mawrth 2024" in row


def test_sections_of_one_name_are_told_apart() -> None:
    sections = [{"id": "governance", "title": "Same"}, {"id": "repairs", "title": "same"}]
    rows = sheets(*alone(plan(sections=sections)))["Action plan"].rows
    assert [row[7] for row in rows] == [
        "Same (governance)", "Same (governance)", "same (repairs)"
    ]  # fmt: skip


def test_a_plan_of_very_many_own_dates_has_no_more_columns_than_can_be_read_back() -> None:
    own = [{"id": f"d{at}", "label": f"Day {at}", "type": "date"} for at in range(50)]
    made = make_plan({"fields": {f"d{at}": "2024-06" for at in range(50)}}, fields=own)
    labels = [column.label for column in sheets(*alone(made))["Action plan"].columns]
    assert len(labels) == 58
    assert "Day 49, last day" not in labels
