"""A copy that lost the bullets of its lists."""

from __future__ import annotations

from conftest import make_plan
from merge_sheets import FILE, lines, seen_in

from kimplan.merge.edit import Edit, Text
from kimplan.merge.finding import Kind
from kimplan.model.column_field import ColumnField
from kimplan.model.prose import parse_prose

RESPONSE = ColumnField.RESPONSE
LIST = "It holds:\n\n- names\n- dates"
PLAN = make_plan({"response": LIST}, {"title": "Publish the answers.", "response": LIST})
BARE = lines("It holds:", "names", "dates")


def test_what_was_an_item_is_one() -> None:
    seen = seen_in(PLAN, {("REC1", RESPONSE): BARE, ("REC2", RESPONSE): BARE})
    assert seen.edits == []
    assert [(one.kind, one.what) for one in seen.findings] == [(Kind.TOLD, "bullets")]


def test_what_was_changed_in_it_is_taken() -> None:
    cell = lines("It holds:", "names", "streets", "dates", "And more.")
    (edit,) = seen_in(PLAN, {("REC1", RESPONSE): BARE, ("REC2", RESPONSE): cell}).edits
    says = Text(parse_prose("It holds:\n\n- names\n- streets\n- dates\n\nAnd more."))
    assert edit == Edit("REC2", RESPONSE, Text(parse_prose(LIST)), says, FILE)


def test_bullets_that_somebody_took_away_are_an_edit() -> None:
    seen = seen_in(PLAN, {("REC1", RESPONSE): BARE})
    says = Text(parse_prose("It holds:\n\nnames\n\ndates"))
    assert seen == ([Edit("REC1", RESPONSE, Text(parse_prose(LIST)), says, FILE)], [])
