"""The cells of a plan's own columns: each value as its type is shown."""

from __future__ import annotations

from typing import Any

import pytest
from conftest import AS_OF, make_plan

from kimplan.model.due import parse_due
from kimplan.model.language import ENGLISH
from kimplan.model.own_field import OwnField
from kimplan.model.prose import parse_prose
from kimplan.report.build import build_report
from kimplan.report.document import Cell, SectionRow, Table, Width
from kimplan.report.own_cells import own_cell
from kimplan.report.request import Request


def field(kind: str, **more: Any) -> OwnField:
    return OwnField.model_validate({"id": "own", "label": "Own", "type": kind, **more})


def links(cell: Cell) -> list[tuple[str, str]]:
    return [(span.text, span.link) for block in cell.blocks for span in block.spans]


@pytest.mark.parametrize("kind", ["line", "text", "date", "choice", "link"])
def test_without_a_value_the_cell_is_empty(kind: str) -> None:
    assert own_cell(field(kind), "", ENGLISH) == Cell(())


def test_a_line_and_a_choice_are_the_words() -> None:
    for kind in ("line", "choice"):
        assert links(own_cell(field(kind), "- **High**", ENGLISH)) == [("- **High**", "")]
    assert links(own_cell(None, "**High**", ENGLISH)) == [("**High**", "")]


def test_a_text_is_prose() -> None:
    text = "One form.\n\n- **Nobody** asks twice."
    assert own_cell(field("text"), text, ENGLISH).blocks == parse_prose(text)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("2024-07-31", "31 July 2024"),
        ("2024-07", "July 2024"),
        ("2023-12/2024-03", "December 2023 – March 2024"),
    ],
)
def test_a_date_is_shown_in_full_and_is_a_date(text: str, shown: str) -> None:
    cell = own_cell(field("date"), text, ENGLISH)
    assert (cell.text, cell.value) == (shown, parse_due(text))


def test_a_date_that_is_none_is_shown_as_it_is() -> None:
    assert own_cell(field("date"), "spring", ENGLISH) == own_cell(field("line"), "spring", ENGLISH)


def test_an_address_is_a_link_and_a_path_is_none() -> None:
    address = "HTTPS://example.org/paper"
    assert links(own_cell(field("link"), address, ENGLISH)) == [(address, address)]
    assert links(own_cell(field("link"), "papers/may.pdf", ENGLISH)) == [("papers/may.pdf", "")]
    assert links(own_cell(field("link"), "javascript:x", ENGLISH)) == [("javascript:x", "")]


def test_the_plans_table_has_the_columns_with_their_rooms() -> None:
    fields = [
        {"id": "priority", "label": "Priority", "type": "choice", "choices": ["High"]},
        {"id": "reviewed", "label": "Reviewed", "type": "date"},
    ]
    columns = [
        {"field": "ref", "label": "Ref"},
        {"field": "fields.priority", "label": "How urgent"},
        {"field": "fields.reviewed", "label": "Reviewed", "width": "40"},
    ]
    values = {"priority": "High", "reviewed": "2024-07"}
    plan = make_plan({"fields": values}, {}, fields=fields, columns=columns)
    document = build_report(plan, Request(AS_OF, "1"))
    [part] = [part for part in document.parts if part.name == "plan"]
    [table] = [element for element in part.elements if isinstance(element, Table)]
    assert [(one.field, one.label, one.width, one.is_short) for one in table.columns] == [
        ("ref", "Ref", Width(16, 15), False),
        ("fields.priority", "How urgent", Width(25, 22), True),
        ("fields.reviewed", "Reviewed", Width(40, 24, is_set=True), True),
    ]
    rows = [row.cells for row in table.rows if not isinstance(row, SectionRow)]
    assert [[cell.text for cell in row] for row in rows] == [
        ["REC1", "High", "July 2024"],
        ["REC2", "–", "–"],
    ]
